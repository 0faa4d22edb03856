"""The readings of time expressions, compiled from ``resources/times``: where one may stand, not what it means.

``times.py`` says what interval each means. Readings are tried in order; the caller lets none take text that is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from firsthand.patterns import any_of
from firsthand.resources import table


def _words(kind: str) -> dict[str, str]:
    return {row["word"]: row["value"] for row in table("times/words.tsv") if row["kind"] == kind}


MONTHS = {word.lower(): int(value) for word, value in _words("month").items()}
WEEKDAYS = {word.lower(): int(value) for word, value in _words("weekday").items()}
HIJRI_MONTHS = {re.sub(r"[\s'’-]", "", word.lower()): int(value) for word, value in _words("hijri").items()}
PARTS = _words("part")
NUMBERS = {word: int(value) for word, value in _words("number").items()}
ORDINALS = {word: int(value) for word, value in _words("ordinal").items()}


def _any(words: dict[str, int] | dict[str, str]) -> str:
    return "|".join(sorted((re.escape(w) for w in words), key=len, reverse=True))


_FULL_DAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_DAY_NAME = rf"(?P<weekday>{_FULL_DAY}|{_FULL_DAY.upper()})(?![a-rt-z]|s[a-z])"
_ANY_DAY_NAME = "(?:" + "|".join(sorted(_words("weekday"), key=len, reverse=True)) + r")"
_MONTH_NAMES = sorted(_words("month"), key=len, reverse=True)
_MONTH = "(?P<month>" + "|".join([*_MONTH_NAMES, *(m.upper() for m in _MONTH_NAMES if m != "May")]) + "|MAY)"
# "May" and "March" without a day or year beside them are verbs until a preposition says otherwise; "Jan" and "Mar" may be names.
_SHORT = ("June", "July", "May", "Sept", "Aug", "Nov", "Dec", "Oct")
_PLAIN_MONTH = "(?P<month>" + "|".join(m for m in _MONTH_NAMES if len(m) > 4 or m in _SHORT) + ")"
_DAY = r"(?P<day>3[01]|[12][0-9]|0?[1-9])"
_SECOND = r"(?P<day2>3[01]|[12][0-9]|0?[1-9])"
_TH = r"(?:\s?(?:st|nd|rd|th))?"
_YEAR = r"(?P<year>19[0-9]{2}|20[0-4][0-9])(?![\d,.]?\d)"
_PART = "|".join(sorted((re.escape(p) for p in PARTS), key=len, reverse=True))
_NUMBER = r"\d{1,3}|" + "|".join(sorted((re.escape(n) for n in NUMBERS), key=len, reverse=True))
_UNIT = r"(?P<unit>hour|day|night|week|month|year|decade)s?"
_LEAD = rf"(?:(?:{_ANY_DAY_NAME})\.?,?\s+(?:the\s+)?)?"
_TO = r"\s*(?:-|–|—|to|and|or|/|through|until)\s*"
# What may stand before a day: "early on", "the night of", "at dawn on", "shortly after midnight on".
_BEFORE = rf"(?P<before>(?:(?:early|late|overnight|{_PART})(?:\s+hours)?(?:\s+(?:on|of|of\s+the)|,)?\s+)?)"
_AFTER = rf"(?P<after>(?:\s+(?:early\s+|late\s+)?(?:{_PART}))?)"


_FRAGMENTS = {
    "DAY_NAME": _DAY_NAME, "ANY_DAY_NAME": _ANY_DAY_NAME, "MONTH": _MONTH, "PLAIN_MONTH": _PLAIN_MONTH, "DAY": _DAY,
    "SECOND": _SECOND, "TH": _TH, "YEAR": _YEAR, "PART": _PART, "NUMBER": _NUMBER, "UNIT": _UNIT, "LEAD": _LEAD, "TO": _TO,
    "BEFORE": _BEFORE, "AFTER": _AFTER, "ORDINAL": _any(ORDINALS), "HIJRI": _any(_words("hijri")),
}  # fmt: skip
_FRAGMENT = re.compile(r"%([A-Z_]+)%")


class Reading(NamedTuple):
    """One row of the lexicon: a named pattern and what must stand near for it to be worth trying."""

    name: str
    trigger: str
    pattern: re.Pattern[str]


READINGS = tuple(
    Reading(
        row["name"],
        row["trigger"],
        re.compile(_FRAGMENT.sub(lambda m: _FRAGMENTS[m[1]], row["pattern"]), re.I if row["flags"] == "i" else 0),
    )
    for row in table("times/readings.tsv")
)

# What must stand near for a reading to be worth trying. The readings run only in windows around these cheap, case-sensitive
# patterns, which costs a fifth of running them over the whole text.


def _beginning(*words: str) -> str:
    """``words`` where they begin a word."""
    return any_of(words, behind=r"(?<!\w.)")


def _cased(*words: str) -> str:
    return "|".join(spelling for word in words for spelling in (word, word.capitalize(), word.upper()))


_TRIGGERS: dict[str, re.Pattern[str]] = {
    kind: re.compile(pattern)
    for kind, pattern in {
        "month": _beginning(*sorted({m[:3] for m in _words("month")} | {m[:3].upper() for m in _words("month")})),
        "weekday": f"{_FULL_DAY}|{_FULL_DAY.upper()}",
        "date": r"\d[/.-]\d",
        "year": r"(?:19|20)\d\d",
        "hijri": r"1[34]\d\d",
        "named": _cased("yesterday", "today", "tonight", "tomorrow"),
        "part": r"this (?:morn|after|even)|This (?:morn|after|even)|night|Night|overnight|Overnight",
        "event": r"(?:the|The|that|That|same|previous|following|next|preceding) (?:day|night|morning|evening|afternoon)",
        "shift": rf"(?:{_beginning('earlier', 'before', 'later', 'after', 'afterwards')})\b",
        "ordinal": r"(?:st|nd|rd|th) (?:straight |consecutive |successive )?(?:day|night)",
        "ago": rf"{_beginning('ago')}\b",
        "span": rf"(?:{_beginning('last', 'past', 'previous', 'preceding')})\b",
        "unit": _beginning("week", "Week", "month", "Month", "year", "Year"),
        "season": r"spring|summer|autumn|fall\b|winter|Spring|Summer|Autumn|Winter",
    }.items()
}
# Characters either side of a trigger that an expression around it can reach.
_REACH = 64


def matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Every match of every reading, with the reading's name, in the order of ``READINGS``."""
    windows: dict[str, list[tuple[int, int]]] = {}
    for name, trigger, pattern in READINGS:
        if trigger not in windows:
            windows[trigger] = _windows(_TRIGGERS[trigger], text)
        for start, end in windows[trigger]:
            for match in pattern.finditer(text, start, end):
                yield name, match


def _windows(trigger: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Stretches of ``text`` around the matches of ``trigger``, widened to whole words and merged where they touch."""
    out: list[tuple[int, int]] = []
    for match in trigger.finditer(text):
        start, end = max(0, match.start() - _REACH), min(len(text), match.end() + _REACH)
        while start > 0 and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


# A clock time that ends just before a day: "at around 9:40 p.m. (local time) on".
CLOCK = re.compile(
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>a\.?m\.?|p\.?m\.?|AM|PM)?"
    r"(?:\s+(?:local\s+time|GMT|UTC|[A-Z]{2,4}T))?(?:\s*\([^)]{1,40}\))?,?\s*(?:on|of)?\s*$"
)
EDGE = re.compile(rf"(?:\b(?P<edge>early|late|(?:{_PART}))(?:\s+hours)?,?\s+(?:on|of|in)?\s*(?:the\s+)?)$", re.I)
OPEN_START = re.compile(r"\b[Ss]ince\s+(?:the\s+|last\s+|early\s+|late\s+)?$")
OPEN_END = re.compile(r"\b(?:[Uu]ntil|[Tt]ill)\s+(?:the\s+)?$")
FUTURE = re.compile(r"\b(?:will|scheduled|due|upcoming|plans?\s+to|expected\s+to|set\s+to)\b[^.!?\n]{0,70}$")
