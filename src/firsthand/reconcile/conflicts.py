"""Claims about one incident that cannot all be true, each with a sentence that says what clashes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations
from math import asin, cos, radians, sin, sqrt

from firsthand.model import Claim, Conflict, Interval, Outcome, Place, Span, record_id
from firsthand.model.figure import ConflictKind

from .areas import by_area, within
from .counted import clash, counting
from .evidence import Evidence, Gathered
from .figures import EVERYONE
from .marks import tells_aftermath
from .statements import Cell, Standing, Statement, one_person
from .voices import Voice, Voices, folded
from .wording import listed, number_phrase, outcome_phrase

# What happens in the attack itself; arrests and flights have days of their own.
_OF_THE_ATTACK = ("killed", "wounded", "casualties")
# Of these a voice speaks that says that civilians came to harm.
_NO_FIGHTERS = frozenset({"civilians", "children", "women"})
# Smaller numbers are told of many incidents, so that the same one in two places is no sign of one claim.
_TELLING = 3
# Two named towns farther apart than this cannot be two names of one spot. Areas of incidents are smaller: see incidents/.
_APART_KM = 60.0


def incident_conflicts(evidence: Evidence, gathered: Gathered, altered: Set[str]) -> list[Conflict]:
    """Conflicts of count, victims, responsibility, date and place. ``altered`` are claims whose alteration by a copy is told."""
    out = [
        *_counts(evidence, gathered.places, altered),
        *_denied(evidence),
        *_victims(evidence, gathered.places),
        *_responsibility(evidence, gathered.voices),
        *_dates(evidence, gathered),
        *_places(evidence, gathered.places),
    ]
    return sorted(out, key=lambda conflict: (conflict.kind, conflict.id))


def conflict(
    incident: str, kind: ConflictKind, claims: Iterable[str], why: str, reports: Iterable[str] = ()
) -> Conflict:
    """A conflict whose id rests on what clashes, not on the wording."""
    found = tuple(sorted(set(claims)))
    carriers = tuple(sorted(set(reports)))
    key = found or carriers
    return Conflict(record_id("cfl", incident, kind, key, "" if found else why), incident, kind, found, why, carriers)


def _counts(evidence: Evidence, places: Mapping[str, Place], altered: Set[str]) -> list[Conflict]:
    """One conflict a cell: the groups of voices whose numbers cannot both hold. That there were no civilians, where it only
    follows from a count of fighters, is a conflict about who the victims were."""
    out = []
    for place, cells in evidence.cells.items():
        for (outcome, victims), cell in sorted(cells.items()):
            statements = [
                s
                for s in counting(cell.statements)
                if not s.part and not (s.implied and (s.high == 0 or (victims == "people" and s.open)))
            ]
            clashing = [s for s in statements if any(clash(s, other) for other in statements)]
            if not clashing or (victims != "people" and _repeats_people(clashing, cells.get((outcome, EVERYONE)))):
                continue
            where = f" in {places[place].name}" if place is not None and place in places else ""
            told = "; ".join(dict.fromkeys(f"{s.voice.name}: {number_phrase(s.low, s.high)}" for s in clashing))
            why = f"The numbers of {outcome_phrase(outcome, victims)}{where} cannot all hold: {told}."
            claims = [claim for s in clashing for claim in s.claims]
            out.append(conflict(evidence.incident.id, "count", claims, why, _reports(clashing)))
    for claim_id in evidence.altered:
        if claim_id in altered:
            continue
        found = next(claim for claim, _ in evidence.claims if claim.id == claim_id)
        number = found.tally.text if found.tally else ""
        why = f"A copy changed a count on the way to “{number}”; it does not count."
        out.append(conflict(evidence.incident.id, "count", [claim_id], why, [found.report]))
    return out


def _repeats_people(clashing: Sequence[Statement], cell: Cell | None) -> bool:
    """The same voices already clash about all people: the class adds nothing."""
    if cell is None:
        return False
    people = {s.voice: s.bounds for s in cell.statements}
    return all(people.get(s.voice) == s.bounds for s in clashing)


def _denied(evidence: Evidence) -> list[Conflict]:
    """A denial against those who assert a number of the same outcome."""
    out = []
    for denial in evidence.denied:
        against = [
            standing
            for standing in evidence.counts
            if standing.tally.outcome == denial.tally.outcome
            and standing.voice != denial.voice
            and (standing.tally.low or standing.tally.vague)
        ]
        against = _of_those_denied(denial, against)
        if against:
            names = sorted({standing.voice.name for standing in against})
            why = (
                f"{denial.voice.name} denies {outcome_phrase(denial.tally.outcome, denial.tally.victims[0])}, which "
                f"{listed(names)} {'assert' if len(names) > 1 else 'asserts'}."
            )
            claims = [denial.claim.id, *(standing.claim.id for standing in against)]
            reports = [denial.claim.report, *(standing.claim.report for standing in against)]
            out.append(conflict(evidence.incident.id, "count", claims, why, reports))
    return out


def _of_those_denied(denial: Standing, against: list[Standing]) -> list[Standing]:
    """Of those who assert a number those who speak of the people denied: where the denial is of civilians, who counts civilians,
    and where nobody does, all but who counts fighters."""
    if not _NO_FIGHTERS.intersection(denial.tally.victims):
        return against
    civilians = [standing for standing in against if _NO_FIGHTERS.intersection(standing.tally.victims)]
    return civilians or [standing for standing in against if "fighters" not in standing.tally.victims]


def _victims(evidence: Evidence, places: Mapping[str, Place]) -> list[Conflict]:
    """Some say that all the dead were fighters, others that civilians were among them. What a report says itself beside those
    whom it quotes goes together with what they say."""
    out = []
    groups: dict[tuple[Outcome, str], list[Standing]] = defaultdict(list)
    for area, standings in by_area(evidence.parts, places).items():
        for standing in standings:
            if standing.tally.outcome in _OF_THE_ATTACK:
                groups[standing.tally.outcome, area or ""].append(standing)
    for (outcome, _), own in sorted(groups.items()):
        fighters = [standing for standing in only_fighters(own) if not standing.voice.narrator]
        civilians = [
            s
            for s in own
            if _NO_FIGHTERS.intersection(s.tally.victims)
            and s.tally.low != 0
            and s.voice not in {standing.voice for standing in fighters}
            and not (s.voice.narrator and s.origin in {standing.origin for standing in fighters})
        ]
        if not fighters or not civilians:
            continue
        one = _by_voice((s.voice.name, f"{s.tally.text} {s.tally.victims_text}".strip()) for s in fighters)
        two = _by_voice((s.voice.name, s.tally.victims_text or s.tally.victims[0]) for s in civilians)
        who = "Who the casualties were" if outcome == "casualties" else f"Who was {outcome}"
        why = f"{who}: only fighters according to {one}, civilians too according to {two}."
        claims = [s.claim.id for s in (*fighters, *civilians)]
        reports = [s.claim.report for s in (*fighters, *civilians)]
        out.append(conflict(evidence.incident.id, "victims", claims, why, reports))
    return out


def _by_voice(told: Iterable[tuple[str, str]]) -> str:
    """Each voice once, with its words in brackets."""
    words: dict[str, dict[str, None]] = defaultdict(dict)
    for voice, said in sorted(told):
        words[voice][said] = None
    return "; ".join(f"{voice} ({', '.join(said)})" for voice, said in words.items())


def only_fighters(standings: Sequence[Standing]) -> list[Standing]:
    """The claims by which a voice counts all the dead it speaks of as fighters: as many fighters as it counts people."""
    out = []
    for standing in standings:
        tally = standing.tally
        if "fighters" not in tally.victims or not tally.low or tally.part_of is not None or one_person(tally):
            continue
        own = [s for s in standings if s.voice == standing.voice]
        if any(_NO_FIGHTERS.intersection(s.tally.victims) and s.tally.low != 0 for s in own):
            continue
        if all((s.tally.low or 0) <= tally.low for s in own if "people" in s.tally.victims):
            out.append(standing)
    return out


def _responsibility(evidence: Evidence, voices: Voices) -> list[Conflict]:
    """Different bodies are said to have done it, or somebody denies what another says of it."""
    said: dict[str, list[Claim]] = defaultdict(list)
    denied: dict[str, list[Claim]] = defaultdict(list)
    accused = list(accusations(evidence, voices))
    for held, claim in accused:
        (denied if claim.certainty == "denied" else said)[held].append(claim)
    names = {held: claim.responsible.text for held, claim in reversed(accused) if claim.responsible is not None}
    out = []
    rivals = rival_bodies(said, voices)
    if rivals:
        told = "; ".join(
            f"{names[key]} according to {listed(_speakers(said[key], evidence, voices))}" for key in rivals
        )
        claims = [claim for key in rivals for claim in said[key]]
        out.append(_between(evidence, "responsibility", claims, f"Responsibility is given to different sides: {told}."))
    for key in sorted(denied):
        claims = [*denied[key], *said.get(key, ())]
        if key in said:
            blaming, denying = (_speakers(own, evidence, voices) for own in (said[key], denied[key]))
            why = (
                f"{listed(blaming)} {'say' if len(blaming) > 1 else 'says'} that {names[key]} did it; "
                f"{listed(denying)} {'deny' if len(denying) > 1 else 'denies'} it."
            )
            out.append(_between(evidence, "responsibility", claims, why))
    return out


def _between(evidence: Evidence, kind: ConflictKind, claims: Sequence[Claim], why: str) -> Conflict:
    return conflict(evidence.incident.id, kind, [claim.id for claim in claims], why, [claim.report for claim in claims])


def _speakers(claims: Sequence[Claim], evidence: Evidence, voices: Voices) -> list[str]:
    return list(dict.fromkeys(evidence.heard(voices.of(claim)).name for claim in claims))


def _dates(evidence: Evidence, gathered: Gathered) -> list[Conflict]:
    """Voices put the incident on days that do not overlap. Only stated days and parts of days speak; a day's slack is left
    for nights that span two, and what came after (bodies found, burials) dates nothing."""
    voices = gathered.voices
    stated = [
        (claim, claim.when)
        for claim, _ in evidence.claims
        if claim.when is not None and claim.when.granularity in ("part", "day") and not claim.background
        and claim.tally and claim.tally.outcome in _OF_THE_ATTACK
        and not _aftermath(claim, gathered)
    ]  # fmt: skip

    def who(claim: Claim) -> Voice:
        return evidence.heard(voices.of(claim))

    clashing = {
        claim.id: (claim, when)
        for (claim, when) in stated
        if any(_days_apart(when, other) > 1 and who(claim) != who(rival) for rival, other in stated)
    }
    if not clashing:
        return []
    days = (f"{who(claim).name}: {when.start}" for _, (claim, when) in sorted(clashing.items()))
    told = "; ".join(dict.fromkeys(days))
    claims = [claim for claim, _ in clashing.values()]
    return [_between(evidence, "date", claims, f"The incident is put on different days: {told}.")]


def _aftermath(claim: Claim, gathered: Gathered) -> bool:
    page = gathered.documents.get(claim.report)
    return page is not None and tells_aftermath(page.field_text(claim.field), claim.span)


def _days_apart(one: Interval, other: Interval) -> int:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return 0
    return max((one.start - other.end).days, (other.start - one.end).days, 0)


def _places(evidence: Evidence, places: Mapping[str, Place]) -> list[Conflict]:
    """The same number of the same outcome is put in places that cannot be one."""
    out = []
    by_number: dict[tuple[Outcome, int | None, int | None], list[tuple[Standing, Place]]] = defaultdict(list)
    for standing in evidence.counts:
        place = places.get(standing.claim.place or "")
        if place is not None and max(standing.tally.low or 0, standing.tally.high or 0) >= _TELLING:
            by_number[standing.tally.outcome, standing.tally.low, standing.tally.high].append((standing, place))
    for (outcome, low, high), group in sorted(by_number.items(), key=lambda item: str(item[0])):
        pairs = [(a, b) for a, b in combinations(group, 2) if a[0].voice != b[0].voice and _far(a[1], b[1])]
        if pairs:
            claims = [standing.claim for pair in pairs for standing, _ in pair]
            names = sorted({place.name for pair in pairs for _, place in pair})
            why = f"{number_phrase(low, high)} {outcome} are put in different places: {', '.join(names)}."
            out.append(_between(evidence, "place", claims, why[:1].upper() + why[1:]))
    return out


def _far(one: Place, other: Place) -> bool:
    if within(one, other) or within(other, one):
        return False
    if one.country != other.country:
        return one.country is not None and other.country is not None
    if None in (one.lat, one.lon, other.lat, other.lon) or max(one.precision, other.precision) > 3:
        return False
    return _kilometres(one, other) > _APART_KM


def _kilometres(one: Place, other: Place) -> float:
    """Great-circle distance."""
    lat1, lon1, lat2, lon2 = (radians(value or 0.0) for value in (one.lat, one.lon, other.lat, other.lon))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(chord))


def _reports(statements: Iterable[Statement]) -> list[str]:
    return [report for statement in statements for report in statement.reports]


def alteration_conflicts(gathered: Gathered) -> list[Conflict]:
    """Quotations, names, numbers and negations that a copy changed, under an incident that both reports tell of, the copy's main
    one if they do: stock phrases that reports of different incidents share are no copies of each other."""
    linked: dict[str, dict[str, bool]] = defaultdict(dict)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for evidence in (*gathered.evidence, *gathered.around):
        for link in evidence.incident.links:
            linked[link.report][evidence.incident.id] = link.main
        for claim, _ in evidence.claims:
            claims[claim.report].append(claim)
    kinds: dict[str, ConflictKind] = {"quote": "quote", "name": "name", "number": "count", "negation": "narration"}
    out: dict[str, Conflict] = {}
    for alteration in gathered.lineage.alterations:
        kind = kinds.get(alteration.kind)
        told, copied = linked[alteration.source], linked[alteration.derived]
        both = sorted(told.keys() & copied.keys(), key=lambda incident: (not copied[incident], incident))
        if kind is None or not both:
            continue
        touched = [
            claim.id
            for report, span in (
                (alteration.source, alteration.source_span),
                (alteration.derived, alteration.derived_span),
            )
            for claim in claims.get(report, ())
            if span is not None and claim.field == "text" and _touches(claim, span)
        ]
        found = conflict(both[0], kind, touched, alteration.why, [alteration.source, alteration.derived])
        out.setdefault(found.id, found)
    return list(out.values())


def _touches(claim: Claim, span: Span) -> bool:
    tally = () if claim.tally is None else (claim.tally.span,)
    return any(part[0] < span[1] and span[0] < part[1] for part in (claim.span, *tally, *claim.content, *claim.quotes))


def responsible_bodies(evidence: Evidence, voices: Voices) -> dict[str, list[Claim]]:
    """Who is said to have done it, by what tells bodies apart, with the claims that assert it."""
    out: dict[str, list[Claim]] = defaultdict(list)
    for held, claim in accusations(evidence, voices):
        if claim.certainty != "denied":
            out[held].append(claim)
    return dict(out)


def rival_bodies(said: Mapping[str, Sequence[Claim]], voices: Voices) -> list[str]:
    """The bodies of which either but not both can have done it, in order. Those that one voice of a report names together acted
    together, and so did those of one report's narrative ("Ruritanian and Graustarkian jets bombed")."""
    tellings = {
        held: {(c.report, "narrative" if c.tells_sides else voices.of(c).key) for c in claims}
        for held, claims in said.items()
    }
    return sorted(
        held
        for held, own in tellings.items()
        if any(own.isdisjoint(others) for other, others in tellings.items() if other != held)
    )


def accusations(evidence: Evidence, voices: Voices) -> Iterator[tuple[str, Claim]]:
    """The claims that hold a body responsible or deny it, each with the body. One of the victims is no culprit."""
    victims = {folded(victim.name) for victim in evidence.victims}
    for claim, _ in evidence.claims:
        held = voices.held(claim)
        if (
            held
            and claim.certainty != "unknown"
            and claim.responsible
            and folded(claim.responsible.text) not in victims
        ):
            yield held, claim
