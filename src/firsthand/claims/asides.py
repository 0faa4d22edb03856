"""Statements that an aside cuts in two, where the parse often loses the thread: "The agency said, citing medics, that …", "Nine
people died, the daily quoted the mayor as saying".
"""

from __future__ import annotations

from collections.abc import Iterator

from .cues import cue_rules
from .grammar import FINITE, SUBJECTS, Clauses
from .reading import Draft, Reading
from .source_nouns import CALENDAR

# From the comma behind a verb to the "that" of what it says: ", in a statement to the state news agency on Monday,".
_LONGEST_ASIDE = 16
_QUOTING = frozenset({"quote", "cite"})


def cut_statements(reading: Reading, at: int) -> Iterator[Draft]:
    """Drafts of sentence ``at`` with an aside between their parts."""
    clauses = reading.clauses[at]
    for index, token in enumerate(clauses.tokens):
        if token.pos != "VERB" or reading.quotation_at(token.start) is not None:
            continue
        draft = None
        if token.lemma in _QUOTING and token.tag in FINITE:
            draft = _quoted_as_saying(reading, clauses, at, index)
        elif token.tag in FINITE and index + 1 < len(clauses.tokens) and clauses.tokens[index + 1].text == ",":
            draft = _behind_aside(reading, clauses, at, index)
        if draft is not None:
            yield draft


def _behind_aside(reading: Reading, clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "The daily reported, citing a nurse, that four people died": from "that" to the sentence's end."""
    rule = cue_rules("verb").get(clauses.tokens[index].lemma.casefold())
    if rule is None or "tail" not in rule.frames:
        return None
    that = _that_behind(clauses, index)
    edges = None
    source = clauses.own_subject(index)
    if source is None:
        edges = clauses.phrase_before(index)
        source = edges[1] if edges is not None else None
    if that is None or source is None or source > index:
        return None
    content = reading.trimmed(clauses.span(that, clauses.last_word))
    if content is None:
        return None
    return Draft(at, (index, index), source, [content], "clause", rule.certainty, source_edges=edges)


def _that_behind(clauses: Clauses, index: int) -> int | None:
    """The "that" behind the comma that closes the aside, where no verb but a participle stands in the aside."""
    tokens = clauses.tokens
    for i in range(index + 2, min(index + _LONGEST_ASIDE, len(tokens) - 1)):
        if tokens[i].tag in FINITE or tokens[i].tag == "MD":
            return None
        if tokens[i].text == "," and tokens[i + 1].text.casefold() == "that":
            return i + 1
    return None


def _quoted_as_saying(reading: Reading, clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "Nine people died, the daily quoted the mayor as saying (on Monday)": all that is said stands in front."""
    tokens = clauses.tokens
    as_ = next((i for i in range(index + 1, len(tokens) - 1) if tokens[i].text.casefold() == "as"), None)
    if as_ is None or tokens[as_ + 1].text.casefold() != "saying" or as_ == index + 1:
        return None
    closed = all(t.pos == "PUNCT" or t.tag == "IN" or t.text.casefold() in CALENDAR for t in tokens[as_ + 2 :])
    reporter = clauses.child(index, *SUBJECTS)
    if not closed or reporter is None:
        return None
    first = clauses.edges[reporter][0]
    if first < 2 or tokens[first - 1].text not in (",", "”", '"', "''") or reporter > index:
        return None
    quoted = clauses.child(index, "dobj")
    source = quoted if quoted is not None and quoted < as_ else as_ - 1
    content = reading.trimmed(clauses.span(0, first - 1))
    if content is None:
        return None
    return Draft(at, (index, as_ + 1), source, [content], "quoted-as", source_edges=(index + 1, as_ - 1))
