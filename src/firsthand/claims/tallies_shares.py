"""Mentions of a share: "two of them", "15 of the wounded", "most of the 50 fighters", "one of its members"."""

from __future__ import annotations

from firsthand.model import Quantity, VictimClass

from .tallies_lexicon import outcome_words
from .tallies_phrases import DETERMINERS, RESUMED, Phrase, phrase_at
from .tallies_reading import Kind, Mention, Reading
from .victim_classes import is_armed

_PRONOUN_PARTS = frozenset({"them", "whom", "us", "which"})
_POSSESSIVES = frozenset({"his", "her", "their", "its", "our", "my"})
_POINTING = frozenset(
    {"the", "these", "those"}
)  # "two of his guards" are told for the first time, "two of the guards" not


def share_of(
    reading: Reading, index: int, after: int, quantity: Quantity, kind: Kind, at: dict[int, Quantity]
) -> Mention | None:
    """ "two of them", "15 of the wounded", "dozens of miners", "most of the 50 fighters", "one of its members"."""
    low = reading.low
    if after >= len(low):
        return None
    definite = low[after] in DETERMINERS
    here = after + 1 if definite else after
    if low[after] in _PRONOUN_PARTS:
        said = _predicate(reading, after + 1, at)
        if said is not None:
            return Mention(index, after, index, kind, quantity, said.classes, quantity.span, partitive=True)
        return Mention(index, after, index, kind, quantity, ("people",), quantity.span, partitive=True, elided=True)
    if here < len(low) and low[here] in RESUMED and not phrase_at(reading, here, at, plural=True):
        return _of_the_dead(reading, index, here, quantity, kind, at)
    if _of_their_own(reading, here, at):
        fighters = any("fighters" in mention.classes for mention in reading.mentions)
        own: tuple[VictimClass, ...] = ("fighters",) if fighters else ("people",)
        return Mention(index, here, index, kind, quantity, own, quantity.span)
    if here in at and (definite or not at[here].article):
        inner = at[here]
        phrase = phrase_at(reading, index_after(reading, here, inner), at, plural=True)
        if phrase is None:
            return None
        return Mention(index, here - 1, phrase.head, kind, quantity, phrase.classes, quantity.span, partitive=True)
    phrase = phrase_at(reading, here, at, plural=True)
    if phrase is None:
        return _of_a_body(reading, index, here, quantity, kind)
    if definite and not phrase.sure:
        return None
    definite = definite and low[after] in _POINTING
    if definite and phrase.counted_noun and (said := _said_to_be(reading, phrase.last, at)) is not None:
        phrase.classes = said.classes
    partitive = (definite and not quantity.vague) or quantity.text.lower().startswith(
        ("most", "some", "several of", "many of")
    )
    return Mention(
        index, phrase.last, phrase.head, kind, quantity, phrase.classes, quantity.span, phrase.state, phrase.counted_noun,
        partitive=partitive and definite, elided=phrase.elided, sure=phrase.sure, building=phrase.building,
    )  # fmt: skip


def _of_the_dead(
    reading: Reading, index: int, here: int, quantity: Quantity, kind: Kind, at: dict[int, Quantity]
) -> Mention:
    """ "Two of the wounded", "one of those killed was a soldier"."""
    words = outcome_words().get(reading.low[here], ())
    state = next((w.outcome for w in words if w.kind in ("state", "counted")), None)
    definite = reading.low[here - 1] in DETERMINERS
    said = _said_to_be(reading, here, at) if definite else None
    classes: tuple[VictimClass, ...] = said.classes if said is not None else ("people",)
    return Mention(
        index, here, here, kind, quantity, classes, quantity.span, state or "killed",
        partitive=definite, elided=not definite,
    )  # fmt: skip


def _of_their_own(reading: Reading, here: int, at: dict[int, Quantity]) -> bool:
    """ "Lost nine of their own": nobody else is named behind it."""
    own = reading.low[here - 1] in _POSSESSIVES and reading.low[here : here + 1] == ("own",)
    return own and not phrase_at(reading, here, at, plural=True)


def _said_to_be(reading: Reading, last: int, at: dict[int, Quantity]) -> Phrase | None:
    """What the people of a phrase that ends at ``last`` are said to be: "one of the dead was a soldier"."""
    low = reading.low
    verb = next((k for k in range(last + 1, min(last + 5, len(low))) if low[k] in {"was", "were", "are"}), None)
    return _predicate(reading, verb, at) if verb is not None else None


def _predicate(reading: Reading, index: int, at: dict[int, Quantity]) -> Phrase | None:
    """What "two of them" are said to be: "two of them elderly men", "most of whom were students"."""
    low = reading.low
    while index < len(low) and low[index] in {"was", "were", "are", "is", ",", "believed", "to", "be", "reportedly"}:
        index += 1
    if index in at and at[index].article:
        index = index_after(reading, index, at[index])
    if index >= len(low) or index in at:
        return None
    phrase = phrase_at(reading, index, at, plural=None)
    return phrase if phrase is not None and phrase.sure and not phrase.elided and not phrase.counted_noun else None


def _of_a_body(reading: Reading, index: int, here: int, quantity: Quantity, kind: Kind) -> Mention | None:
    """ "Five of the Hill Front and allied militiamen": a body by its name, for those who belong to it."""
    last = here
    while last < len(reading.low) and (reading.tokens[last].pos == "PROPN" or reading.low[last] == "-"):
        last += 1
    last -= 1
    span = reading.span(here, last) if last >= here else None
    body = span is not None and any(
        n.kind in ("organisation", "group") and n.span.overlaps(span) for n in reading.names
    )
    armed = last >= here and is_armed(reading.low[last])
    if kind != "count" or not (body or armed):
        return None
    classes: tuple[VictimClass, ...] = ("people",)
    if armed or any(is_armed(word) for word in reading.low[here : last + 1]):
        classes = ("fighters",)
    if reading.low[last + 1 : last + 2] == ("and",):
        allied = phrase_at(reading, last + 2, {}, plural=True)
        if allied is not None and allied.sure and "fighters" in allied.classes:
            last, classes = allied.last, ("fighters",)
    return Mention(index, last, here, kind, quantity, classes, quantity.span)


def index_after(reading: Reading, index: int, quantity: Quantity) -> int:
    """Index of the first token after the quantity that begins at ``index``."""
    while index < len(reading.tokens) and reading.tokens[index].start < quantity.span.end:
        index += 1
    return index
