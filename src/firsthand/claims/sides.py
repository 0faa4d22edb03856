"""Whom victims belong to, in the report's words: "three US soldiers", "four members of the Hill Brigade", "rebel fighters"."""

from __future__ import annotations

from firsthand.resources import word_set

from .tallies_reading import Mention, Reading

_BODIES = frozenset({"organisation", "group", "state", "nationality"})
# Words for a side of a war that are no names.
_SIDES = word_set(
    "government regime rebel rebels opposition army police coalition militia loyalist separatist insurgent jihadist"
)
# Tokens between the victims and the body whose they are: "of the", "loyal to", "allied with the".
_REACH = 4
_LINKS = frozenset({"of", "from", "loyal", "allied", "affiliated", "belonging", "to", "with", "the", "'s"})


def side_of(reading: Reading, mention: Mention) -> str | None:
    """The words that say so, or None where the phrase says nothing of it or names two sides."""
    start, end = reading.span(mention.first, mention.last)
    reach = min(mention.last + _REACH, len(reading.tokens) - 1)
    found: list[str] = []
    for name in reading.names:
        if name.kind not in _BODIES:
            continue
        inside = start <= name.span.start and name.span.end <= end
        behind = end <= name.span.start < reading.tokens[reach].end and _linked(reading, mention, name.span.start)
        if inside or (behind and name.kind in ("organisation", "group")):
            found.append(name.text)
    if not found and "fighters" in mention.classes:
        words = reading.low[mention.first : mention.head]
        found = [
            reading.text[t.start : t.end]
            for t, w in zip(reading.tokens[mention.first :], words, strict=False)
            if w in _SIDES
        ]
    return found[0] if len(set(found)) == 1 else None


def _linked(reading: Reading, mention: Mention, start: int) -> bool:
    """Whether only words of belonging stand between the victims and the name that begins at ``start``."""
    between = [
        word
        for token, word in zip(reading.tokens, reading.low, strict=True)
        if reading.tokens[mention.last].end <= token.start < start
    ]
    return bool(between) and between[0] in _LINKS - {"the"} and all(word in _LINKS for word in between)
