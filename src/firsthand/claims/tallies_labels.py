"""Numbers beside a word of outcome that stands alone, as lists and tables have it: "Dead: 7", "Houses destroyed: 31"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from firsthand.model import Outcome

from .tallies_lexicon import building_nouns, outcome_words
from .tallies_phrases import noun_at
from .tallies_reading import Mention, Reading
from .victim_classes import combined_classes


@dataclass(frozen=True, slots=True)
class Label:
    """The words from token ``first`` on that say what befell those whom ``mention`` counts."""

    mention: Mention
    outcome: Outcome
    first: int


def labels(reading: Reading) -> Iterator[Label]:
    """ "Dead: 7", "Injured – 19", "Civilians killed: 4", "the wounded, 43 in all,". Whom a label counts its other words tell."""
    low = reading.low
    for mention in reading.mentions:
        at = mention.first - 2
        if at < 0 or mention.quantity is None or mention.quantity.article or low[at + 1] not in _MARKS:
            continue
        outcome = _said_alone(reading, at)
        if outcome is None or not _counts_alone(reading, mention):
            continue
        if low[at + 1] in {",", "("}:
            the = at > 0 and low[at - 1] == "the" and mention.elided
            if the and low[mention.last + 1 : mention.last + 3] in _IN_ALL:
                yield Label(mention, outcome, at - 1)
            continue
        first = _beginning(reading, at)
        if first is not None and _qualified(reading, mention, outcome, first, at):
            yield Label(mention, outcome, first)


def _said_alone(reading: Reading, index: int) -> Outcome | None:
    """The outcome of "dead", "deaths", "destroyed"; none for an act that a headline is about ("Shooting: 6 hurt")."""
    for entry in outcome_words().get(reading.low[index], ()):
        done = entry.outcome == "destroyed" and reading.tokens[index].tag in {"VBN", "VBD", "JJ"}
        if not entry.tails and (entry.kind in ("state", "counted") or done):
            return entry.outcome
    return None


def _counts_alone(reading: Reading, mention: Mention) -> bool:
    """Whether no outcome of its own stands behind the number; one that is the next label is none: "Deaths: 7 Injuries: 9"."""
    number = mention.last if mention.elided else mention.last - (mention.counted_noun)
    behind = number + 1
    if behind >= len(reading.low) or _said_alone(reading, behind) is None:
        return mention.state is None
    if reading.low[behind + 1 : behind + 2] not in _MARKED:
        return False
    if mention.counted_noun:
        mention.last, mention.head, mention.elided = number, number, True
        mention.state, mention.counted_noun = None, False
    return True


def _beginning(reading: Reading, at: int) -> int | None:
    """Where the label that ends at ``at`` begins: behind a mark, another number or nothing, and with no verb in it."""
    first = at
    while first > 0 and not _stops(reading, first - 1):
        first -= 1
        if at - first > _LONGEST or reading.tokens[first].pos in {"VERB", "AUX", "PRON"}:
            return None
    return first


def _stops(reading: Reading, index: int) -> bool:
    return reading.low[index] in _STOPS or reading.tokens[index].pos == "NUM"


def _qualified(reading: Reading, mention: Mention, outcome: Outcome, first: int, at: int) -> bool:
    """Gives the people counted the class that the label names; False where something is destroyed that is no building."""
    words = reading.low[first:at]
    if outcome == "destroyed":
        mention.building = mention.building or not building_nouns().isdisjoint(words)
        return mention.building
    if mention.classes == ("people",):
        noun = next((n for i in range(first, at) if (n := noun_at(reading.low, i))), None)
        mention.classes = combined_classes(words, noun.classes if noun is not None else mention.classes)
    return not mention.building


_MARKS = frozenset({":", "-", "–", "—", "=", ",", "("})
_MARKED = tuple((mark,) for mark in sorted(_MARKS - {",", "("}))
_STOPS = frozenset({".", ",", ";", ":", "|", "•", "*", "-", "–", "—", "(", ")"})
_LONGEST = 4  # words before the word of outcome: "number of civilians reported"
_IN_ALL = (("in", "all"), ("in", "total"), ("in", "number"), ("all", "told"))
