"""Whether a time is that of an event, of a statement, or of the page itself, by the words beside it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from firsthand.resources import table

Role: TypeAlias = Literal["event", "said", "published"]

_REACH = 70
# What may stand on the line of a page's own date besides it: a clock time, a zone, a weekday, brackets.
_BARE = re.compile(
    r"(?:[\s|,.:;()@–—-]|\d{1,2}(?::\d\d)*|[AaPp]\.?[Mm]\.?|[A-Z]{2,4}T|GMT|UTC|at|on|updated|posted|published)*", re.I
)


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[Role, str, re.Pattern[str]], ...]:
    roles: tuple[Role, ...] = ("event", "said", "published")
    return tuple(
        (next(role for role in roles if role == row["role"]), row["side"], re.compile(row["pattern"]))
        for row in table("times/roles.tsv")
    )


def role_of(text: str, start: int, end: int) -> Role:
    """The role of the time expression at ``[start, end)`` of ``text``."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    before = text[max(line_start, start - _REACH) : start]
    after = text[end : min(line_end, end + _REACH)]
    for role, side, pattern in _rules():
        if side == "before" and pattern.search(before):
            return role
        if side == "after" and pattern.search(after):
            return role
        if side == "alone" and line_end - line_start < 60 and _alone(text[line_start:start], text[end:line_end]):
            return role
    return "event"


# A stamp stands in the first words, opens what it stands in and is followed by a clock time or a new sentence.
_STAMP_END = 250
_STAMPED = re.compile(
    r"[\s|,.;:–—-]*(?:\d{1,2}:?\d\d(?::\d\d)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:(?:GMT|UTC|[A-Z]{2,4}T)(?:[+-]\d+)?)?[\s|,.:–—-]*)?(?=[A-Z“\"‘]|$)"
)
_INTRODUCED = re.compile(
    r"(?:\b(?:on|of|since|by|from|until|till|in|before|after|between|and|to|for|the|this|late|early|around)|[,(])\s*$",
    re.I,
)


def is_stamp(text: str, start: int, end: int) -> bool:
    """Whether a whole date near the start of a text is the page's own stamp, in a text whose lines were lost: "Agency Saturday
    17 Aug 2013 Rebels attacked a town". The caller knows that it is the day of publication or next to it."""
    if start > _STAMP_END or _STAMPED.match(text, end) is None:
        return False
    return _INTRODUCED.search(text, max(0, start - 12), start) is None


def _alone(before: str, after: str) -> bool:
    return any(c.isdigit() for c in after + before) and bool(_BARE.fullmatch(before) and _BARE.fullmatch(after))
