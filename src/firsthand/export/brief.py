"""The brief of one incident as Markdown, for an editor: every sentence carries the numbers of the passages it rests on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from firsthand.incidents.describe import day_words
from firsthand.ledger import View
from firsthand.lineage import Descent, tree_lines
from firsthand.model import Claim, Conflict, Document, Figure, Place, Span
from firsthand.resources import table
from firsthand.wording import range_told, when_told, whom_told

from .context import IncidentContext, load_context
from .speakers import one_head, voices_of
from .tree import how_told, tree_of

_OUTCOME_VERB = {
    "killed": "killed",
    "wounded": "wounded",
    "missing": "missing",
    "detained": "detained",
    "abducted": "abducted",
    "displaced": "displaced",
    "casualties": "killed or wounded",
    "destroyed": "buildings destroyed",
}
_TYPE_PHRASE = {
    "airstrike": "An air strike",
    "shelling": "Shelling",
    "bombing": "A bombing",
    "suicide_bombing": "A suicide bombing",
    "shooting": "A shooting",
    "ambush": "An ambush",
    "clash": "A clash",
    "execution": "An execution",
    "abduction": "An abduction",
    "arrest": "An arrest",
    "chemical": "A chemical attack",
    "massacre": "A massacre",
    "attack": "An attack",
    "other": "An event",
}


# Copies of one agency sentence share three words in five even when they were put through two translations; two sentences of
# one speaker on different matters share fewer than one in three. Read the briefs of the demonstration before touching it.
ALIKE = 0.6

_WORD = re.compile(r"\w+")
# Names that English uses with an article.
_ARTICLE = re.compile(
    r"^(?:United |Democratic Republic|Netherlands|Philippines|Maldives|Bahamas|Gambia|Central African Republic|Czech Republic"
    r"|Dominican Republic|Comoros|Solomon Islands|Taliban$|Houthis$)"
    r"|\b(?:Army|Forces|Police|Front|Movement|Guard Corps|Units|Navy|Air Force|military)$|\b(?:[Cc]oalition|Resistance)\b"
)
# Passages that the opening names for who is said to have done it; the table of sources has all.
_BLAMING = 3


def brief(view: View, incident: str) -> str:
    """Markdown: what happened, the figures with range and reason, each source's words, contradictions, copies.

    Raises NotFound where there is no such incident.
    """
    context = load_context(view, incident)
    references = _References(context)
    parts = [
        f"# {plain(context.incident.title)}",
        _facts(context),
        _what_happened(context, references),
        _figures(context, references),
        _sources(context, references),
        _conflicts(context, references),
        _victims(context, references),
        _copies(context),
        _related(context),
        references.listed(),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


@dataclass
class _References:
    """Numbers the passages that the brief rests on, in the order they are first named."""

    context: IncidentContext
    numbers: dict[tuple[str, str, Span], int] = field(default_factory=dict)

    def of(self, claims: Iterable[str]) -> str:
        """Marks such as " [1][4]" for the sentences in which these claims stand; "" for none that is known."""
        known = [self.context.claims[claim] for claim in claims if claim in self.context.claims]
        found = sorted({self._number(claim) for claim in known})
        return " " + "".join(f"[{number}]" for number in found) if found else ""

    def listed(self) -> str:
        if not self.numbers:
            return ""
        lines = ["## References", ""]
        for (report, name, span), number in self.numbers.items():
            document = self.context.documents[report]
            where = "headline" if name == "title" else f"characters {span.start}–{span.end}"
            words = plain(span.of(document.field_text(name)))
            lines.append(f"{number}. {told(document)}, {where} ({report}): “{words}”")
        return "\n".join(lines)

    def _number(self, claim: Claim) -> int:
        key = (claim.report, claim.field, self.context.sentence_span(claim))
        return self.numbers.setdefault(key, len(self.numbers) + 1)


def told(document: Document) -> str:
    """How a report is named in running text: its site and date."""
    when = document.published.isoformat() if document.published else "undated"
    return plain(f"{document.site or document.source_id}, {when}")


def _facts(context: IncidentContext) -> str:
    incident, grade = context.incident, context.grade
    lines = [
        f"- **When:** {when_told(incident)}",
        f"- **Where:** {_places_told(context)}",
        f"- **Said to be responsible:** {_names(context, incident.perpetrators)}{_unclaimed(context)}",
        f"- **Said to be targeted:** {_names(context, incident.targets)}",
        f"- **Reports:** {len(incident.links)}, of {len(context.lineage.origins)} independent "
        + ("origin" if len(context.lineage.origins) == 1 else "origins"),
    ]
    if grade is not None:
        lines.append(f"- **Grade:** {_sentence(grade.why)}")
    lines.append(f"- **Record:** {incident.id}")
    return "\n".join(lines)


def _what_happened(context: IncidentContext, references: _References) -> str:
    resting = [claim.id for claim in context.claims.values() if claim.report in context.main_reports][:3]
    blaming = [
        claim.id for claim in context.claims.values() if claim.responsible is not None or claim.target is not None
    ]
    lines = [_opening(context) + references.of([*resting, *blaming[:_BLAMING]])]
    whole = [f for f in context.figures if f.victims == "people" and f.place is None]
    parted = any(f.outcome in ("killed", "wounded") and f.low is not None for f in whole)
    for figure in whole:
        # Where the dead or the wounded are counted, that nobody counts both together says nothing.
        if not (parted and figure.outcome == "casualties" and figure.low is None and figure.high is None):
            lines.append(_toll_sentence(figure) + references.of(_first_of_each_voice(figure)))
    return "## What happened\n\n" + " ".join(lines) + _lead(context, references)


def _opening(context: IncidentContext) -> str:
    """One sentence of what, where, when, by whom and against whom: "Shelling in Westland on 3 May 2021, said to be by …"."""
    incident = context.incident
    places = [context.places[place] for place in incident.places if place in context.places]
    several = len(places) > 1 and places[0].kind == "country"
    named = [_in_country(place) for place in (places[:2] if several else places[:1])]
    words = _TYPE_PHRASE[incident.type] + (f" in {' and '.join(named)}" if named else "")
    day = day_words(incident.when)
    single = incident.when.granularity in ("day", "days", "part")
    words += (
        f" {'from' if ' to ' in day else 'on' if single else 'in'} {day}" if day else ", on a day that no report gives"
    )
    by, on = (_told_of(context, ids) for ids in (incident.perpetrators, incident.targets))
    if by and incident.type != "clash":
        words += f", said to be by {by}" + (f" against {on}" if on else "")
    elif on:
        words += f", said to be against {on}"
    return words + "."


def _told_of(context: IncidentContext, actors: Sequence[str]) -> str:
    names = [context.actors[actor].name for actor in actors if actor in context.actors]
    told = [f"the {name}" if _ARTICLE.search(name) else name for name in names]
    return plain(", ".join(told[:-1]) + (" and " if len(told) > 1 else "") + told[-1]) if told else ""


def _in_country(place: Place) -> str:
    """The place with the country's name, not its code."""
    country = _countries().get(place.country or "", "")
    country = f"the {country}" if _ARTICLE.search(country) else country
    if place.kind == "country":
        return plain(country or place.name)
    parts = [place.name, place.admin1 if place.admin1 != place.name else None, country]
    return plain(", ".join(part for part in parts if part))


@cache
def _countries() -> dict[str, str]:
    return {row["code"]: row["name"] for row in table("places/countries.tsv")}


def _lead(context: IncidentContext, references: _References) -> str:
    """The earliest sentence, in a source's words, that counts those whom the main figure counts: the shape of the event as it was
    first told. One that bears the figure goes before others of the incident's own reports, these before reports of other events."""
    main = next((f for f in context.figures if f.victims == "people" and f.place is None), None)
    if main is None:
        return ""
    # The claims stand in the order of publication; a headline leaves too much out.
    told_in_text = [
        c
        for c in context.claims.values()
        if c.tally is not None
        and c.tally.outcome == main.outcome
        and c.source is not None
        and not context.in_heading(c)
    ]

    def rank(claim: Claim) -> tuple[bool, bool, bool]:
        counts = claim.tally is not None and claim.tally.counted
        return not counts, claim.report not in context.main_reports, claim.id not in main.claims

    claim = min(told_in_text, key=rank, default=None)
    if claim is None:
        return ""
    words = plain(context.sentence(claim))
    return f"\n\n> {told(context.documents[claim.report])}: “{words}”{references.of([claim.id])}"


def _first_of_each_voice(figure: Figure) -> list[str]:
    """One claim a voice: the running text needs no more, the table names all."""
    return [voice.claims[0] for voice in figure.by_voice if voice.claims] or list(figure.claims[:1])


def _toll_sentence(figure: Figure) -> str:
    number = range_told(figure.low, figure.best, figure.high)
    if (figure.low, figure.best, figure.high) == (0, None, None):
        return f"No report tells of anybody {_OUTCOME_VERB[figure.outcome]}."
    if figure.vague and not figure.voices:
        words = ", ".join(f"“{plain(vague)}”" for vague in figure.vague)
        floor = f", {number}" if number != "–" else ""
        return f"{words} {_OUTCOME_VERB[figure.outcome]}{floor}; nobody gives a number."
    if number == "0":
        return f"Nobody {_OUTCOME_VERB[figure.outcome]}, {_voices_told(figure)}."
    if number == "–":
        return f"How many were {_OUTCOME_VERB[figure.outcome]} is not known."
    return f"{number[0].upper()}{number[1:]} {_OUTCOME_VERB[figure.outcome]}, {_voices_told(figure)}."


def _voices_told(figure: Figure) -> str:
    voices = "one voice" if figure.voices == 1 else f"{figure.voices} independent voices"
    origins = "one origin" if figure.origins == 1 else f"{figure.origins} origins"
    return f"by {voices} in {origins}"


def _figures(context: IncidentContext, references: _References) -> str:
    if not context.figures:
        return "## Figures\n\nNo report gives a figure."
    lines = ["## Figures", "", "| | of whom | where | number | standing | why |", "|---|---|---|---|---|---|"]
    for figure in context.figures:
        place = _place_told(context.places.get(figure.place)) if figure.place else "all"
        number = range_told(figure.low, figure.best, figure.high)
        vague = f" (also said: {', '.join(map(_cell, figure.vague))})" if figure.vague else ""
        why = _cell(_sentence(figure.why)) + references.of(figure.claims)
        whom = whom_told(figure.outcome, figure.victims)
        lines.append(f"| {figure.outcome} | {whom} | {_cell(place)} | {number}{vague} | {figure.status} | {why} |")
    return "\n".join(lines)


def _sources(context: IncidentContext, references: _References) -> str:
    """Each source's words, under the one name that the figures count it by, those who count people first; what the reports say in
    their own voice comes last."""
    by_source: dict[str, list[Claim]] = defaultdict(list)
    attributed = {_place_of(context, claim) for claim in context.claims.values() if claim.source}
    names = {claim.id: context.speaker(claim) for claim in context.claims.values()}
    voices = voices_of(context.claims.values(), context.figures, names)
    heads = one_head([*names.values(), *voices.values()], context.incident.country)
    also: dict[str, set[str]] = defaultdict(set)
    for claim in context.claims.values():
        # A sentence that is somebody's words is not told again as the report's own.
        if claim.source or _place_of(context, claim) not in attributed:
            head = heads[voices.get(claim.id, names[claim.id])]
            by_source[head].append(claim)
            also[head].add(heads[names[claim.id]])
    if not by_source:
        return ""
    counting = {name for name, claims in by_source.items() if any(claim.tally for claim in claims)}
    lines = ["## Who says what"]
    for name in sorted(by_source, key=lambda name: (not name, name not in counting, name.casefold(), name)):
        lines += ["", f"### {plain(name) or 'The reports themselves'}", ""]
        if variants := sorted(also[name] - {name}):
            lines += [f"One voice, also called {plain(', '.join(variants))}:", ""]
        for statement in _statements(context, by_source[name]):
            first, *others = statement
            line = f"- “{plain(context.sentence(first[0]))}”{references.of(claim.id for claim in first)}"
            if others:
                line += f"; in other words{references.of(claim.id for claims in others for claim in claims)}"
            lines.append(line)
    return "\n".join(lines)


def _place_of(context: IncidentContext, claim: Claim) -> tuple[str, str, Span]:
    return claim.report, claim.field, context.sentence_span(claim)


def _statements(context: IncidentContext, claims: Sequence[Claim]) -> list[list[list[Claim]]]:
    """The claims by statement, and within it by wording. Reports of one origin carry one statement in several wordings;
    sentences of independent reports are never put together."""
    origin = {report: origin.id for origin in context.lineage.origins for report in origin.reports}
    out: list[list[list[Claim]]] = []
    for claim in claims:
        words = context.sentence(claim)
        for statement in out:
            first = statement[0][0]
            if origin.get(first.report) != origin.get(claim.report) or not alike(context.sentence(first), words):
                continue
            same = [wording for wording in statement if plain(context.sentence(wording[0])) == plain(words)]
            (same[0].append(claim) if same else statement.append([claim]))
            break
        else:
            out.append([[claim]])
    return out


def alike(left: str, right: str) -> bool:
    """Whether two sentences share most of their words: ``ALIKE`` of the longer one's.

    >>> alike("Two men were killed in Ketra, the mayor said.", "The mayor said two men had been killed in Ketra.")
    True
    """
    ours, theirs = Counter(_WORD.findall(left.casefold())), Counter(_WORD.findall(right.casefold()))
    return (ours & theirs).total() >= ALIKE * max(ours.total(), theirs.total(), 1)


def _conflicts(context: IncidentContext, references: _References) -> str:
    if not context.conflicts:
        return ""
    lines = ["## What does not agree", ""]
    for conflict in context.conflicts:
        resting = references.of(conflict.claims) or _standing_in(context, conflict)
        lines.append(f"- **{conflict.kind}:** {_sentence(conflict.why)}{resting}")
    return "\n".join(lines)


def _standing_in(context: IncidentContext, conflict: Conflict) -> str:
    """The reports that clash, where what clashes stands in no claim."""
    told_of = [told(context.documents[report]) for report in conflict.reports if report in context.documents]
    return f" ({'; '.join(dict.fromkeys(told_of))})" if told_of else ""


def _victims(context: IncidentContext, references: _References) -> str:
    if not context.victims:
        return ""
    lines = ["## People named", ""]
    for victim in context.victims:
        known = [f"{victim.age} years old" if victim.age is not None else "", victim.affiliation or "", victim.outcome]
        also = f" (also {', '.join(map(plain, victim.variants))})" if victim.variants else ""
        document = context.documents.get(victim.report)
        where = f"; {told(document)}" if document else ""
        details = ", ".join(plain(part) for part in known if part)
        lines.append(f"- {plain(victim.name)}{also}: {details}{where}{references.of(victim.claims)}")
    return "\n".join(lines)


def _copies(context: IncidentContext) -> str:
    lines = ["## Who copies whom", ""]
    for descent in tree_of(context).origins:
        lines += _descent_lines(context, descent)
    return "\n".join(lines)


def _descent_lines(context: IncidentContext, descent: Descent) -> list[str]:
    origin = descent.origin
    nodes = [node for _, node in tree_lines(descent.roots) if node.observed]
    if len(nodes) == 1 and not origin.unobserved and not descent.elsewhere:
        return [f"- **{plain(origin.name)}**: {_carrier(context, nodes[0].id)} alone."]
    out = [f"- **{plain(origin.name)}**{' (credited)' if origin.credited else ''}: {_sentence(origin.why)}"]
    absent = {parent.id: f"a text of {plain(parent.name)} that is not in this ledger" for parent in origin.unobserved}
    for node in nodes:
        line = f"  - {_carrier(context, node.id)}"
        if node.copy is not None:
            source = absent.get(node.copy.source) or _carrier(context, node.copy.source)
            line += f": from {source}; {plain(how_told(node.copy))}"
        out.append(f"{line}.")
    return out


def _carrier(context: IncidentContext, report: str) -> str:
    document = context.documents.get(report)
    return f"{told(document)} ({report})" if document else report


def _related(context: IncidentContext) -> str:
    if not context.incident.related:
        return ""
    lines = ["## Related incidents", ""]
    for relation in context.incident.related:
        other = context.related.get(relation.incident)
        title = f"{plain(other.title)}, {when_told(other)}" if other else relation.incident
        lines.append(
            f"- {relation.relation.replace('_', ' ')}: {title} ({relation.incident}). {_sentence(relation.why)}"
        )
    return "\n".join(lines)


def _places_told(context: IncidentContext) -> str:
    names = [_place_told(context.places[place]) for place in context.incident.places if place in context.places]
    if not names:
        return "not known"
    precision = context.incident.where_precision
    return "; ".join(names) + (f" (UCDP precision {precision})" if precision else "")


def _place_told(place: Place | None) -> str:
    if place is None:
        return ""
    parts = [place.name, place.admin1 if place.admin1 != place.name else None, place.country]
    return plain(", ".join(part for part in parts if part))


def _unclaimed(context: IncidentContext) -> str:
    """That nobody had taken responsibility, as the reports of the incident say; a body may have done so since."""
    told = any(claim.tells_unclaimed for claim in context.claims.values())
    return "; no claim of responsibility known at the time" if told else ""


def _names(context: IncidentContext, actors: Sequence[str]) -> str:
    names = [context.actors[actor].name for actor in actors if actor in context.actors]
    return plain(", ".join(names)) or "not stated"


def _sentence(text: str) -> str:
    """``text`` as one sentence with its full stop."""
    text = plain(text)
    return text if not text or text[-1] in ".!?”" else text + "."


def plain(text: str) -> str:
    """One line, with the characters that Markdown would read as markup escaped."""
    text = " ".join(text.split())
    return "".join(f"\\{char}" if char in "\\`*_[]<>|#" else char for char in text)


def _cell(text: str) -> str:
    return text.replace("|", "\\|") if "\\|" not in text else text
