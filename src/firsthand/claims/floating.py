"""Quotations that stand alone behind a sentence about their speaker: "The widow shook her head. “Nobody came.”" """

from __future__ import annotations

from collections.abc import Sequence

from firsthand.model import Span

from .cues import candour
from .reading import Draft, Reading
from .source_nouns import noun_kinds

_PERSONAL = frozenset({"he", "she"})
# What somebody is only said to think or want is no sign that he goes on to speak.
_SILENT = frozenset({"hearsay", "raising", "unverified", "no-figure", "unclear", "untrue", "passive"})


def spoken_before(reading: Reading, told: Sequence[Draft], whole: Span) -> Draft | None:
    """A statement of the quotation ``whole`` by whoever has the floor in the sentence before it: its own source among ``told``, the
    statements of that sentence, else the person its main verb tells about. None where it tells of nobody."""
    at = reading.sentence_at(whole.start)
    before = reading.clauses.get(at - 1)
    if before is None or reading.sentences[at - 1].heading:
        return None
    spoken = [d for d in told if d.source is not None and d.rule not in _SILENT and d.certainty != "unknown"]
    if spoken:
        widest = max(spoken, key=lambda d: (sum(part.end - part.start for part in d.content), d.source))
        return Draft(at - 1, None, widest.source, [], "floating", source_edges=widest.source_edges)
    if reading.sentences[at - 1].paragraph != reading.sentences[at].paragraph:
        return None
    subject = before.own_subject(before.sentence.root)
    if subject is None or reading.quotation_at(before.tokens[subject].start) is not None:
        return None
    speaks = _is_person(reading, at - 1, subject) or _is_frank(reading, at - 1, subject)
    return Draft(at - 1, None, subject, [], "floating") if speaks else None


def _is_frank(reading: Reading, at: int, index: int) -> bool:
    """ "Police were blunt. “…”": a body of which is told how it speaks."""
    clauses = reading.clauses[at]
    kind = noun_kinds().get(clauses.tokens[index].lemma.casefold())
    body = kind in ("organisation", "group") or clauses.tokens[index].tag.startswith("NNP")
    return body and clauses.tokens[clauses.sentence.root].lemma == "be" and not candour().isdisjoint(clauses.words)


def _is_person(reading: Reading, at: int, index: int) -> bool:
    """Whether the subject is somebody who may go on to speak, and to whom nothing is done."""
    token = reading.clauses[at].tokens[index]
    if token.dep == "nsubjpass":
        return False
    if token.tag == "PRP":
        return token.text.casefold() in _PERSONAL
    if token.tag == "NNP":
        return any(name.span.covers(token.span) and name.kind == "person" for name in reading.layer.names)
    return noun_kinds().get(token.lemma.casefold()) in ("role", "anonymous")
