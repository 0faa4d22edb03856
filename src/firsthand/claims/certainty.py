"""How far a source stands behind what is reported of it: negated cues, hearsay adverbs, and what nobody could verify."""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.model import Certainty

from .cues import CueRule, hearsay_adverbs
from .reading import Draft, Reading


def negated(rule: CueRule | None) -> Certainty:
    """What "not" makes of a cue: who does not believe denies; who did not say, confirm or comment leaves it unknown.

    >>> negated(None)
    'unknown'
    """
    return "denied" if rule is not None and rule.name in ("believe", "know", "support") else "unknown"


def hearsay(reading: Reading, at: int) -> Iterator[Draft]:
    """ "Four people were reportedly killed": somebody says so, the text does not say who."""
    clauses = reading.clauses[at]
    for index, token in enumerate(clauses.tokens):
        if token.text.casefold() not in hearsay_adverbs() or reading.quotation_at(token.start) is not None:
            continue
        low, high = clauses.edges[token.head]
        if clauses.tokens[token.head].pos not in ("VERB", "AUX") or not low <= index <= high:
            continue
        parts = [clauses.span(low, index - 1)] if low < index else []
        if index < high:
            parts.append(clauses.span(index + 1, high))
        content = [part for part in map(reading.trimmed, parts) if part is not None]
        if content:
            yield Draft(at, (index, index), None, content, "hearsay", "alleged")
