"""Who says what: every statement of a report with its source, cue and content."""

from __future__ import annotations

from dataclasses import dataclass, replace

from firsthand.model import Certainty, Layer, Phrase, Source, Span

from .anonymity import anonymity_reason
from .asides import cut_statements
from .authors import author
from .beside import set_beside, told_afterwards
from .certainty import doubtful, hearsay
from .cues import continuations
from .grammar import SUBJECTS
from .headlines import headline_statements
from .layout import led_paragraphs, named_colons, signed_quotations
from .nominals import nominal_statements
from .predicated import predicated
from .quoted import attach_quotations
from .reading import Draft, Reading, merged
from .source_nouns import noun_kinds
from .sources import SourcePhrase, read_source
from .speakers import Speakers
from .spoken_for import spoken_for
from .statements import citation, statements
from .surface import tail_statements

# A closing mark and a full stop may stand between a statement and its sentence's end.
_FULL_STOP = 2


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source says something. ``content`` are the spans of what is said, ``quotes`` those of them in quotation marks.

    ``source`` is None where the text names none ("is expected to"). ``depth`` counts the attributions this one stands
    inside: 0 is what the report itself attributes; a tally takes the innermost attribution whose content holds it.
    """

    source: Source | None
    cue: Phrase | None
    content: tuple[Span, ...]
    quotes: tuple[Span, ...] = ()
    certainty: Certainty = "asserted"
    rule: str = ""
    why: str = ""
    depth: int = 0


def find_attributions(text: str, layer: Layer) -> tuple[Attribution, ...]:
    """Every statement in one field of a report that the text attributes to someone, in text order."""
    reading = Reading(text, layer)
    drafts = [draft for at in reading.clauses for draft in _drafts(reading, at)]
    drafts += _continued(reading, drafts)
    drafts += list(told_afterwards(reading, drafts))
    drafts += list(named_colons(reading, drafts))
    drafts += list(led_paragraphs(reading, drafts))
    drafts += list(signed_quotations(reading))
    attach_quotations(reading, drafts)
    drafts = _without_doubles([draft for draft in drafts if draft.content])
    drafts.sort(key=_order)
    holders = _holders(reading, drafts)
    sources = _sources(reading, drafts, holders)
    return tuple(
        _finished(reading, draft, _passed_on(source, [sources[j] for j in held]), len(held))
        for draft, source, held in zip(drafts, sources, holders, strict=True)
    )


def _sources(reading: Reading, drafts: list[Draft], holders: list[list[int]]) -> list[Source | None]:
    """The source of each draft. In a sentence the outer statements are read first: whom they are said by has the floor."""
    speakers = Speakers(reading.full_name)
    out: list[Source | None] = [None] * len(drafts)
    telling = {draft.at for draft in drafts}
    for i in sorted(range(len(drafts)), key=lambda i: (drafts[i].at, len(holders[i]), i)):
        subject = None
        if drafts[i].rule == "inverted":
            subject = _subject_within(reading, drafts[i])
            if drafts[i].quotes and drafts[i].at - 1 not in telling and not holders[i]:
                subject = _subject_before(reading, drafts[i].at)
        elif drafts[i].at - 1 not in telling and not holders[i]:
            subject = _subject_before(reading, drafts[i].at)
        follows = drafts[i].follows
        if follows is not None:
            out[i] = next((source for draft, source in zip(drafts, out, strict=True) if draft is follows), None)
            continue
        out[i] = _source(reading, drafts[i], speakers, subject, outermost=not holders[i])
    return out


def _drafts(reading: Reading, at: int) -> list[Draft]:
    """The statements whose cue stands in sentence ``at``. What word order says overrules a parse that disagrees."""
    surface = [*tail_statements(reading, at), *cut_statements(reading, at)]
    out: list[Draft] = []
    for draft in statements(reading, at):
        rival = next((other for other in surface if _same_cue(other, draft)), None)
        if rival is None:
            out.append(draft)
        elif draft.rule == "inverted" and rival.rule == "tail" and _set_off(reading, rival):
            surface.remove(rival)
            out.append(draft)
    out += surface
    out += set_beside(reading, at)
    out += predicated(reading, at)
    out += nominal_statements(reading, at)
    out += hearsay(reading, at)
    out += headline_statements(reading, at)
    return out


def _continued(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """A sentence that adds a count to the statement right before it in its paragraph ("Additionally, nine were hurt.").
    Without such a word a sentence behind a statement is the outlet's own."""
    ending = {draft.at: draft for draft in drafts if draft.source is not None and _reaches_end(reading, draft)}
    made = []
    for at, clauses in reading.clauses.items():
        first = clauses.tokens[0]
        before = ending.get(at - 1)
        if before is None or first.text.casefold() not in continuations():
            continue
        if reading.sentences[at].paragraph != reading.sentences[at - 1].paragraph or any(d.at == at for d in drafts):
            continue
        content = reading.trimmed(Span(first.end, reading.sentences[at].span.end))
        if content is not None and any(token.pos == "NUM" for token in clauses.tokens):
            made.append(Draft(at, (0, 0), before.source, [content], "continued", before.certainty, follows=before))
    return made


def _reaches_end(reading: Reading, draft: Draft) -> bool:
    """Whether the statement fills its sentence to the full stop."""
    return reading.sentences[draft.at].span.end - max(part.end for part in draft.content) <= _FULL_STOP


def _without_doubles(drafts: list[Draft]) -> list[Draft]:
    """One draft for each source and content: of "raised concerns that …" the noun's."""
    best: dict[tuple[int, int | None, tuple[Span, ...]], Draft] = {}
    for draft in drafts:
        key = (draft.at, draft.source, tuple(draft.content))
        if key not in best or draft.rule == "noun":
            best[key] = draft
    return [draft for draft in drafts if best[draft.at, draft.source, tuple(draft.content)] is draft]


def _same_cue(first: Draft, second: Draft) -> bool:
    if first.cue is None or second.cue is None:
        return False
    return first.cue[0] <= second.cue[1] and second.cue[0] <= first.cue[1]


def _set_off(reading: Reading, draft: Draft) -> bool:
    """Whether a comma stands between the statement and the source phrase, so that the parse could see the boundary."""
    return "," in reading.text[draft.content[-1].end : draft.content[-1].end + 2]


def _order(draft: Draft) -> tuple[int, int, int]:
    return draft.at, draft.cue[0] if draft.cue else 0, draft.content[0].start


def _source(
    reading: Reading, draft: Draft, speakers: Speakers, subject: SourcePhrase | None, *, outermost: bool
) -> Source | None:
    """Reads the source phrase and names the speaker it means."""
    clauses = reading.clauses[draft.at]
    head, edges = draft.source, draft.source_edges
    if head is None and draft.source_span is not None:
        inside = [i for i, t in enumerate(clauses.tokens) if draft.source_span.covers(t.span)]
        nouns = [i for i in inside if clauses.tokens[i].tag.startswith(("NN", "PRP"))]
        if inside:
            head, edges = (nouns or inside)[-1], (inside[0], inside[-1])
    if head is None:
        return None
    phrase = _by_surname(reading, read_source(clauses, head, reading.text, reading.layer.names, edges))
    phrase = spoken_for(reading, draft.at, phrase, speakers)
    writer = author(reading, draft.at, head, phrase)
    if writer is not None:
        speaker = speakers.resolve(writer, subject=subject, push=outermost)
        if speaker.name and speaker.kind != "narrator" and (writer.pronoun is None or speaker.name != writer.text):
            speaker.heads |= phrase.heads
            named = speaker.name, speaker.kind
            return Source(phrase.text, phrase.span, *named, role=speaker.role, affiliation=speaker.affiliation)
    antecedent = None
    if phrase.pronoun in ("who", "which", "that", "whom", "whose"):
        noun = clauses.antecedent(head)
        if noun is not None:
            antecedent = read_source(clauses, noun, reading.text, reading.layer.names)
    if draft.rule == "inverted" and phrase.sex is not None and not draft.quotes:
        subject = None  # "President Lind was right, he said": more often another speaker's words about Lind
    introduced = _introduced(reading, draft.at, phrase)
    speaker = speakers.resolve(phrase, antecedent=antecedent, subject=subject, introduced=introduced, push=outermost)
    kind = speaker.kind if phrase.pronoun is not None else phrase.kind
    return Source(
        phrase.text,
        phrase.span,
        speaker.name or phrase.text,
        kind,
        role=phrase.role or speaker.role,
        affiliation=phrase.affiliation or speaker.affiliation,
        via=_via(reading, draft),
        anonymity=_anonymity(reading, draft.at) if kind in ("anonymous", "role") else None,
    )


def _by_surname(reading: Reading, phrase: SourcePhrase) -> SourcePhrase:
    """A surname that the parser took for a common noun, where the report gives the full name: "Voters said" by Eva Voters."""
    known = noun_kinds().get(phrase.text.casefold()) or noun_kinds().get(phrase.text.casefold().rstrip("s"))
    if phrase.proper is not None or not phrase.text.isalpha() or not phrase.text[0].isupper() or known is not None:
        return phrase
    named = reading.full_name(phrase.text) if phrase.pronoun is None else None
    return replace(phrase, kind="named", proper=phrase.text, plural=False) if named is not None else phrase


def _anonymity(reading: Reading, at: int) -> Phrase | None:
    """The reason for not naming a source, in the statement's sentence or in the one behind it."""
    found = anonymity_reason(reading.text, reading.sentences[at].span)
    if found is None and at + 1 < len(reading.sentences):
        found = anonymity_reason(reading.text, reading.sentences[at + 1].span)
    return found


def _introduced(reading: Reading, at: int, phrase: SourcePhrase) -> SourcePhrase | None:
    """What "the group" takes up where no group has spoken: "a group of farmers" in one of the two sentences before."""
    if phrase.pronoun is not None or phrase.proper is not None or not phrase.definite:
        return None
    for before in (at - 1, at - 2):
        clauses = reading.clauses.get(before)
        for index, token in enumerate(clauses.tokens if clauses is not None else ()):
            if clauses is None or token.lemma not in phrase.heads or reading.quotation_at(token.start) is not None:
                continue
            if clauses.indefinite(index):
                found = read_source(clauses, index, reading.text, reading.layer.names)
                return replace(found, proper=clauses.given_name(index, reading.text) or found.proper)
    return None


def _subject_before(reading: Reading, at: int) -> SourcePhrase | None:
    """Whom the sentence before tells about, where it belongs to the same paragraph and says nothing of others."""
    before = reading.clauses.get(at - 1)
    if before is None or reading.sentences[at - 1].paragraph != reading.sentences[at].paragraph:
        return None
    subject = before.own_subject(before.sentence.root)
    if subject is None or reading.quotation_at(before.tokens[subject].start) is not None:
        return None
    return read_source(before, subject, reading.text, reading.layer.names)


def _subject_within(reading: Reading, draft: Draft) -> SourcePhrase | None:
    """Whom the statement in front of its cue tells about: "The court has opened an inquiry, it said"."""
    clauses = reading.clauses[draft.at]
    for index, token in enumerate(clauses.tokens):
        if token.dep in SUBJECTS and index != draft.source:
            inside = draft.content[0].covers(token.span) and reading.quotation_at(token.start) is None
            return read_source(clauses, index, reading.text, reading.layer.names) if inside else None
    return None


def _via(reading: Reading, draft: Draft) -> Phrase | None:
    """Whom the source relies on or spoke to: "the observatory, citing medics", "a doctor told the agency"."""
    if draft.cue is None:
        return None
    clauses = reading.clauses[draft.at]
    cited = citation(clauses, draft.cue)
    if cited is None:
        return None
    phrase = read_source(clauses, cited, reading.text, reading.layer.names)
    return Phrase(phrase.text, phrase.span)


def _holders(reading: Reading, drafts: list[Draft]) -> list[list[int]]:
    """For each draft the others whose content holds its cue, innermost first. Of two that hold each other's ("He hoped, he
    said, that …") the parenthesis is the outer one."""
    held = _holding(drafts, [_cue_span(reading, draft) for draft in drafts])
    weights = [(draft.rule in ("inverted", "tail"), _length(draft), -i) for i, draft in enumerate(drafts)]
    out = []
    for i, above in enumerate(held):
        outer = [j for j in above if i not in held[j] or weights[j] > weights[i]]
        out.append(sorted(outer, key=lambda j: (_length(drafts[j]), j)))
    return out


def _length(draft: Draft) -> int:
    return sum(part.end - part.start for part in draft.content)


def _passed_on(source: Source | None, outer: list[Source | None]) -> Source | None:
    """The source of a statement inside others: without one of its own it is the nearest outer one's ("the army said the
    toll was expected to rise"); with one it comes to the report through a body that speaks ("the agency said police
    counted 16")."""
    for holder in outer:
        if holder is None or holder.kind == "narrator":
            continue
        if source is None:
            return holder
        if source.via is None and holder.kind in ("organisation", "document") and holder.name != source.name:
            return replace(source, via=Phrase(holder.text, holder.span))
        return source
    return source


def _holding(drafts: list[Draft], cues: list[Span | None]) -> list[set[int]]:
    """For each cue the drafts whose content covers it; one sweep over the text, so that long reports cost no more a word."""
    held: list[set[int]] = [set() for _ in cues]
    parts = sorted((part, j) for j, draft in enumerate(drafts) if draft.rule != "hearsay" for part in draft.content)
    waiting = sorted((cue, i) for i, cue in enumerate(cues) if cue is not None)
    begun, open_parts = 0, []
    for cue, i in waiting:
        while begun < len(parts) and parts[begun][0].start <= cue.start:
            open_parts.append(parts[begun])
            begun += 1
        open_parts = [(part, j) for part, j in open_parts if part.end > cue.start]
        held[i] = {j for part, j in open_parts if j != i and part.covers(cue)}
    return held


def _cue_span(reading: Reading, draft: Draft) -> Span | None:
    if draft.cue is None:
        return draft.cue_span
    return reading.clauses[draft.at].span(*draft.cue)


def _apart(reading: Reading, draft: Draft, cue: Span | None) -> list[Span]:
    """The content in order, without overlaps, and without the cue where a misread clause spans it. A withheld figure ("did
    not give a number") is all cue and stays whole."""
    parts = merged(draft.content)
    if cue is None or draft.rule == "no-figure":
        return parts
    pieces: list[Span] = []
    for part in parts:
        if part.covers(cue):
            pieces += [Span(part.start, cue.start), Span(cue.end, part.end)]
        else:
            pieces.append(part)
    return [piece for piece in map(reading.trimmed, pieces) if piece is not None]


def _finished(reading: Reading, draft: Draft, source: Source | None, depth: int) -> Attribution:
    cue = _cue_span(reading, draft)
    who = source.name if source is not None else "no one in particular"
    said = f"“{cue.of(reading.text)}”" if cue is not None else "quotation marks"
    unconfirmed = source is not None and draft.certainty == "asserted" and doubtful(source.text)
    return Attribution(
        source,
        Phrase(cue.of(reading.text), cue) if cue is not None else None,
        tuple(_apart(reading, draft, cue)),
        tuple(draft.quotes),
        "alleged" if unconfirmed else draft.certainty,
        draft.rule,
        f"{said} attributes this to {who}.",
        depth,
    )
