"""Names that stand behind what they name: "a child named Ana Ruiz", "two medics – Luis Sol and Eva Ruiz –", "… were identified as".

Works on the text alone: the parser loses itself in long lists of names, the more so in names it has not seen.
"""

from __future__ import annotations

import re

from firsthand.model import Span
from firsthand.resources import name_particles

_PARTICLE = rf"(?:{'|'.join(sorted(name_particles()))})"
_PART = rf"(?:{_PARTICLE}[ -])*[A-Z][\w’'‑]*(?:[-‑.](?=[A-Z])[\w’'‑]+)*"
# "Luis G. Perez": the stop after one letter ends no sentence.
NAME = rf"{_PART}(?:\s(?:“[^”]{{2,30}}”\s)?(?:[A-Z]\.\s)?{_PART}){{1,8}}"
_AGE = r"(?:\d{1,3}[-\s](?:year|month|week|day)s?[-\s]old,?\s)"
_KIN = (
    "son|daughter|wife|husband|father|mother|brother|sister|uncle|aunt|cousin|nephew|niece|grandson|granddaughter|grandfather"
    ""
    r"|grandmother|boyfriend|girlfriend|partner|friend|neighbou?r|in-law|child|baby|infant|boy|girl|man|woman|teenager|toddler|fiancée?|siblings?|children|sons|daughters"
)
# What may stand in front of a name in a list: an age, a tie, a trade in small letters.
_TRADE = rf"(?:(?:(?!and\b|or\b)[a-z][\w-]*\s){{0,3}}(?:{_KIN}|[a-z]+(?:er|or|ist|ant|ian|man|ic))\s)"
_TITLE = r"(?:(?:Dr|Mr|Mrs|Ms|Prof|Hajj|Sheikh)\.?\s)"
_OF_SEVERAL = (
    r"(?:(?:his|her|their)\s(?:[a-z]+\s){0,3}(?:sons|daughters|children|brothers|sisters|nephews|nieces|cousins),\s)?"
)
_LEAD = rf"{_OF_SEVERAL}(?:(?:an?|the|his|her|their|its|your|my)\s)?{_AGE}?{_TRADE}?(?:named\s)?{_AGE}?{_TITLE}?"
_TAIL = r"(?:\s?\([^)\n]{1,60}\)|,\s(?:aged?\s)?\d{1,3}(?:\syears?\sold)?(?=[,;.\s]|$))?"
_ITEM = re.compile(rf"(?<![\w’'-]){_LEAD}(?P<name>{NAME}){_TAIL}")
_JOINT = re.compile(
    r"\s?(?:,?\s(?:alongside|along\swith|together\swith)\s|,\s(?:and\s|as\swell\sas\s)?|;\s(?:and\s)?|\sand\s|\sas\swell\sas\s)"
)
_LEAD_IN = re.compile(
    r"\s*(?:,|–|—|-|:|\()?\s*(?:(?:were|was|being)\s)?(?:named|identified|listed|called|including|namely)?\s*(?:as|namely|:)?\s*"
)


# "… were also among the dead"
_BEFORE_AMONG = re.compile(r"\s?,?\s?(?:(?:were|was|are|is|as)\s)?(?:(?:also|all|both)\s)?")


def names_before(text: str, start: int, end: int) -> list[Span]:
    """The names of the list that ends at ``end``, not before ``start``: "Ana Ruiz and Luis Sol were among the dead"."""
    found: list[Span] = []
    items = list(_ITEM.finditer(text, start, end))
    at = end
    for item in reversed(items):
        gap = text[item.end() : at]
        if not (_JOINT.fullmatch(gap) if found else _BEFORE_AMONG.fullmatch(gap)):
            break
        found.append(Span(item.start("name"), item.end("name")))
        at = item.start()
    return found[::-1]


def names_behind(text: str, start: int, end: int) -> list[Span]:
    """The names of the list that begins at ``start``, before ``end``; none where no name of two words or more stands there."""
    lead = _LEAD_IN.match(text, start, end)
    at = lead.end() if lead is not None else start
    found: list[Span] = []
    while True:
        item = _ITEM.match(text, at, end)
        if item is None:
            return found
        found.append(Span(item.start("name"), item.end("name")))
        joint = _JOINT.match(text, item.end(), end)
        if joint is None:
            return found
        at = joint.end()
