"""Counts in running text, with the bounds that their words set.

``find_quantities`` takes the text of one field and gives every count, vague count and indefinite singular in it, in text
order, as ``Quantity`` spans. Numbers that count no things (percentages, money, times, ages, years, distances, scores) come
with a ``unit`` so that nobody takes them for people. It reads the text alone and never needs a parse. It never decides what
is counted: that is the claims room's part.

Bounds follow the interchange contract: "at least 44" 44 to open, "more than 100" 101 to open, "up to 30" open to 30,
"between 3 and 5" 3 to 5, "about 50" 50 approximately, "dozens" vague without a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from firsthand.model import Quantity, Sentence, Span
from firsthand.patterns import any_of, lowered
from firsthand.resources import table, word_set

_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_GROUPS = {"dozen": 12, "couple": 2, "pair": 2}
_ARTICLES = frozenset({"a", "an", "another", "no"})
#: First words of the vague patterns in ``resources/quantities/vague.tsv``, so that the patterns are tried only there.
_VAGUE_STARTS = word_set(
    "many several few some dozens scores hundreds thousands tens millions numerous countless multiple "
    "untold innumerable a an the increasing growing large huge high rising unknown unspecified great any "
    "handful quite vast majority most half both entire whole group crowd around about nearly almost more over"
)
#: Nouns that a number only labels: "Tower 22", "Resolution 2254", "Channel 3".
_LABELS = (
    "tower|resolution|channel|route|highway|interstate|flight|division|brigade|article|no|(?<!now\\s)number|page|section|chapter|phase|"
    "level|act|class|grade|type|sector|room|terminal|gate|line|apollo|covid|battalion|regiment|unit|world war|top|zone|g|the age "
    "of|aged?|ages|since|until|till"
)

_ONES = "|".join(sorted(_SMALL, key=len, reverse=True))
_TEN = rf"(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(list(_SMALL)[1:10])}))?"
_BELOW_HUNDRED = rf"(?:{_TEN}|{_ONES})"
_BELOW_THOUSAND = rf"(?:(?:{_BELOW_HUNDRED}\s)?hundred(?!s)(?:\s(?:and\s)?{_BELOW_HUNDRED})?|{_BELOW_HUNDRED})"
_SPELT = rf"(?:(?:{_BELOW_THOUSAND}[\s-])?(?:thousand|million|billion)(?!s)(?:\s(?:and\s)?{_BELOW_THOUSAND})?|{_BELOW_THOUSAND})\b"
_DIGITS = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?![\d,]\d)|\d+(?:\.\d+)?)(?:[\s-](?:{'|'.join(_SCALES)})\b)?"
_GROUP = (
    rf"(?:half[\s-]a[\s-]dozen|half[\s-]dozen|a\shalf[\s-]dozen|(?:(?:a|{_BELOW_HUNDRED}|\d+)\s)?(?:dozen|pair)(?!s)"
    rf"|(?:a|{_BELOW_HUNDRED}|\d+)\scouple)\b(?:\sof(?!\s(?:the|them|those|whom)\b))?"
)
_NUMBER = rf"(?:{_GROUP}|a\s(?:hundred|thousand|million)\b(?:\s(?:and\s)?{_BELOW_HUNDRED}\b)?|{_SPELT}|{_DIGITS})"

_OPENING_DIGITS = re.compile(r"\d+")
_NEXT_WORD = re.compile(r"\s([A-Za-z]+)")
_AT_NUMBER = re.compile(_NUMBER, re.IGNORECASE)
_RANGE = re.compile(rf"\s?(?P<sign>-|–|—|to|or|and)\s?(?P<upper>{_NUMBER})(?![\w%]|[-–/.]\d)", re.IGNORECASE)
# "at least 40, and possibly as many as 55, people"
_CEILING = re.compile(
    rf"(?P<aside>,?)\s(?:and|or|but)\s(?:(?:possibly|perhaps|maybe|probably|potentially)\s)?(?:as\smany\sas|up\sto|at\smost)\s"
    rf"(?P<upper>{_NUMBER})(?![\w%]|[-–/.]\d)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"between\s|anywhere\sfrom\s", re.IGNORECASE)
_ABOUT_END = re.compile(r"\sor\sso\b", re.IGNORECASE)
_OPEN_END = re.compile(r"\s?\+|\s(?:or\smore|plus|and\sabove)\b|-plus\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\s$", re.IGNORECASE)
_MONTH_AFTER = re.compile(
    r"\s(?:of\s)?(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)(?!\w)"
)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_YEAR_BEFORE = re.compile(
    rf"(?:\b(?:in|since|from|by|until|till|during|before|after|early|late|mid|year|summer|winter|spring|autumn"
    rf"|fall|{_MONTH}|\d(?:st|nd|rd|th)?)\s|\d,\s|[-/(\[©])$",
    re.IGNORECASE,
)
_COUNTED_PLURAL = re.compile(
    r"\s(?:[A-Z]?[a-z]+\s){0,2}[a-z]+(?:s|men|people|children)\b|\s(?:dead|killed|wounded|injured)\b"
)
_LABEL_BEFORE = re.compile(rf"\b(?:{_LABELS})\.?\s$", re.IGNORECASE)
_PERSON = (
    "man|woman|boy|girl|teen|teenager|child|son|daughter|father|mother|brother|sister|husband|wife|baby|toddler|student|victim|suspect"
    "|driver|cousin|nephew|niece|uncle|aunt|grandmother|grandfather|friend|girlfriend|boyfriend|neighbou?r|resident|officer"
)
_AGE_AFTER_NAME = re.compile(rf"(?:[A-Z][\w’'.-]*|\b(?:{_PERSON}))(?:,\s|\s\()$")
#: "A herder, 17, was killed": whatever he is called, where he opens a clause.
_ONE_PERSON = re.compile(
    r"(?:^|[.;:,(“\"]\s?|\b(?:and|killed|killing|wounded|wounding|shot|as)\s)(?:[Aa]n?|[Hh]is|[Hh]er)\s(?:[\w-]+\s){0,3}[a-z-]+[a-rt-z],\s$"
)
#: "A boy of 13 was killed"; "the son of two teachers" is none, nor is "a child of nine brothers".
_AGE_OF_ONE = re.compile(rf"\b[Aa]n?\s(?:[\w-]+\s){{0,2}}(?:{_PERSON})\sof\s(?:only\s|just\s|about\s)?$")
_PLURAL_NEXT = re.compile(r"\s(?!(?:was|is|has|as|this|his)\b)[a-z]+s\b")
_AGE_ASIDE = re.compile(r",\s(?:was|is|has|had|died|who|of|from|and)\b")
_AGES_OF_SEVERAL = re.compile(
    r"\b(?:(?:sons|daughters|children|brothers|sisters|boys|girls|kids|teens|twins|siblings|men|women),|ages?|aged)\s"
    r"(?:\d{1,2},\s)*(?:\d{1,2},?\sand\s)?$"
)
#: "seven women, 10 children": what follows is counted.
_OF_MORE = re.compile(r"\s(?:(?!and\b|or\b)[a-z-]+\s)?(?:[a-z-]{3,}s|men|women|people|children)\b")
#: "a 9- and a 13-year-old", "aged from four to 10"
_SUSPENDED_AGE = re.compile(r"[-–]\s?(?:,|and|or|to)\s(?:an?\s)?[\w-]{1,12}[-–\s](?:year|month)s?\b", re.IGNORECASE)
_AGE_RANGE_BEFORE = re.compile(
    r"\b(?:(?:ages|aged|ranging in age)\s(?:from|between)|between\sthe\sages\sof)\s(?:\w+\s(?:to|and)\s)?$",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\b(?:image|photo|slide|page|part)\s(?:\d+\sof\s)?$", re.IGNORECASE)
_AGE_TAIL = re.compile(
    r"(?=\)|,|\.\s|\.$|;|$|\s(?:of(?!\s(?:them|whom|these|those|the)\b)|from|who|was|were|is|has|had|died|dies|and\s\d))"
)
#: "Said that one civilian was killed" counts; "that one was closed" points.
_COUNTED_NOUN = re.compile(r"\s(?!was\b|is\b|has\b|had\b|will\b|would\b|in\b|on\b|of\b|and\b|or\b)[a-z]{3,}")
#: "Both pilots were killed", "both of them died"; not "both men and women", "both sides", "both in Gao and in Kidal".
_BOTH = re.compile(
    r"\s(?!(?:sides|parties|houses|countries|groups|ends|cases)\b)(?:of\s(?:the\s)?)?(?:[a-z]{2,}s|[a-z]*(?:men|people|children)|them)\b"
    r"(?!,?\s(?:and|or)\b)"
)
_ONE_PRONOUN = re.compile(r"\b(?:no|any|some|every|each|which|this|that)[\s-]$", re.IGNORECASE)


class _Number(NamedTuple):
    start: int
    end: int
    value: int
    spelt: bool


def find_quantities(text: str, sentences: Sequence[Sentence]) -> tuple[Quantity, ...]:
    """All quantities of ``text``, in order, not overlapping. ``sentences`` bound them: none runs over a sentence's end.

    Works from the text alone; an empty ``sentences`` means one sentence. Offsets are code points of ``text``.
    """
    found: list[Quantity] = []
    ends = [sentence.span.end for sentence in sentences]
    here, limit = 0, ends[0] if ends else len(text)
    done = 0
    for start, stop in _openings(text):
        if start < done:
            continue
        while start >= limit and here + 1 < len(ends):
            here += 1
            limit = ends[here]
        end = limit if start < limit else len(text)
        word = text[start:stop].lower()
        quantity = _vague(text, start, end) if word in _VAGUE_STARTS else None
        if quantity is None and (word[0].isdigit() or (word in _starts() and _goes_on(word, text, stop))):
            quantity = _counted(text, start, end)
        if word == "both" and _BOTH.match(text, stop):
            quantity = Quantity(Span(start, stop), text[start:stop], 2, 2)
        if quantity is None and word in _ARTICLES:
            quantity = _article(text, start, stop, word)
        if quantity is not None:
            found.append(quantity)
            done = quantity.span.end
    return tuple(found)


def _openings(text: str) -> list[tuple[int, int]]:
    """Where the words and digits stand that a quantity can begin with."""
    small = lowered(text)
    return sorted(match.span() for pattern in (_opening_words(), _OPENING_DIGITS) for match in pattern.finditer(small))


@cache
def _opening_words() -> re.Pattern[str]:
    words = {*_starts(), *_VAGUE_STARTS, *_ARTICLES, "both"}
    return re.compile(any_of(words, behind=r"(?<![a-z].)") + r"(?![a-z])")


@cache
def _starts() -> frozenset[str]:
    """Words that a number, or the qualifier of a number, can begin with."""
    words = {*_SMALL, *_TENS, *_SCALES, "dozen", "pair", "a", "half", "between"}
    return frozenset(words | {row["words"].split()[0] for row in table("quantities/qualifiers.tsv")})


@cache
def _seconds() -> dict[str, frozenset[str]]:
    """For words that begin a number or qualifier without being one ("the", "at", "a"), the words that must follow."""
    words = [tuple(row["words"].split()) for row in table("quantities/qualifiers.tsv")]
    alone = {row[0] for row in words if len(row) == 1} | {*_SMALL, *_TENS, *_SCALES, "dozen", "pair", "half", "between"}
    out: dict[str, set[str]] = {"a": {*_SCALES, *_GROUPS, "half"}}
    for row in words:
        if len(row) > 1:
            out.setdefault(row[0], set()).add(row[1])
    return {first: frozenset(seconds) for first, seconds in out.items() if first not in alone}


def _goes_on(word: str, text: str, end: int) -> bool:
    """Whether ``word``, which ends at ``end``, can begin a number by what follows it."""
    seconds = _seconds().get(word)
    if seconds is None:
        return True
    following = _NEXT_WORD.match(text, end)
    return following is not None and following[1].lower() in seconds


@cache
def _effects() -> dict[str, str]:
    return {row["words"]: row["effect"] for row in table("quantities/qualifiers.tsv")}


@cache
def _qualifier() -> re.Pattern[str]:
    words = sorted(_effects(), key=len, reverse=True)
    alternatives = "|".join(re.escape(w).replace(r"\ ", r"\s") for w in words)
    return re.compile(rf"(?:(?:{alternatives})(?:\s(?:the\s)?|(?=\d)))*", re.IGNORECASE)


@cache
def _vague_words() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{row['pattern']})" for row in table("quantities/vague.tsv")), re.IGNORECASE)


@cache
def _units() -> re.Pattern[str]:
    by_unit: dict[str, list[str]] = {}
    for row in table("quantities/units.tsv"):
        by_unit.setdefault(row["unit"], []).append(row["pattern"])
    # Ages come before times, as "12-year-old" begins like a time.
    return re.compile(
        r"[\s–‑-]?(?:" + "|".join(f"(?P<{unit}>{'|'.join(patterns)})" for unit, patterns in by_unit.items()) + ")",
        re.IGNORECASE,
    )


def _counted(text: str, start: int, limit: int) -> Quantity | None:
    """The quantity that begins at ``start``, where a number stands there, bare or after its qualifiers."""
    lead = _qualifier().match(text, start, limit)
    qualifiers = lead.group().lower().split() if lead else []
    at = lead.end() if lead else start
    between = _BETWEEN.match(text, at, limit)
    if between:
        at = between.end()
        inner = _qualifier().match(text, at, limit)
        at = inner.end() if inner else at
    number = _number(text, at, limit, glued=at > start)
    if number is None or (between and number.start != at):
        return None
    unit = _unit(text, number, bare=not qualifiers)
    if unit == "label":
        return None
    effect, approx = _effect(" ".join(qualifiers))
    upper = None if unit == "age" else _upper(text, number, limit, between is not None)
    low: int | None = number.value + (effect == "more_than" and upper is None)
    high: int | None = number.value
    end = number.end
    if upper is None and (between or effect in ("at_least", "more_than")):
        upper = _ceiling(text, number, limit)
    if upper is not None:
        high, end = upper.value, upper.end
        unit = unit or _unit(text, upper, bare=False)
        if _YEAR.match(text[number.start : number.end]) and _YEAR.match(text[upper.start : upper.end]):
            unit = "year"
    elif effect in ("at_least", "more_than"):
        high = None
    elif effect == "at_most":
        low = None
    elif effect == "less_than":
        low, high = None, number.value - 1
    open_end = _OPEN_END.match(text, end, limit)
    if open_end and upper is None:
        high, end = None, open_end.end()
    about = _ABOUT_END.match(text, end, limit)
    if about:
        approx, end = True, about.end()
    span = Span(start, end)
    return Quantity(span, span.of(text), low, high, approx=approx and high is not None, unit=unit)


@lru_cache(maxsize=1 << 10)
def _effect(qualifiers: str) -> tuple[str, bool]:
    """The strongest bound that the qualifier words set, and whether they make the number approximate."""
    effects = [effect for words, effect in _effects().items() if f" {words} " in f" {qualifiers} "]
    longest = max((w for w in _effects() if f" {w} " in f" {qualifiers} "), key=len, default="")
    bound = next((e for e in (_effects().get(longest), *effects) if e not in {None, "approx", "exact"}), "")
    return bound or "", not bound and "approx" in effects


def _number(text: str, start: int, limit: int, *, glued: bool = False) -> _Number | None:
    """The number at ``start``. ``glued``: a qualifier may stand before it without a blank ("at least16")."""
    match = _AT_NUMBER.match(text, start, limit)
    if match is None:
        return None
    end = match.end()
    if end < len(text) and (text[end].isalpha() and not _ORDINAL.match(text, end)):
        return None
    before = text[start - 1] if start else " "
    if (
        (before.isalnum() and not glued)
        or before in "_#@"
        or (
            before in ".,-/:"
            and start > 1
            and text[start - 2].isalnum()
            and before != "-"
            and not _lost_blank(text, start)
        )
    ):
        return None
    if before == "-" and start > 1 and text[start - 2].isalnum():
        return None
    words = match.group().lower()
    if words == "one" and not text.startswith(" of ", end) and _ONE_PRONOUN.search(text, max(0, start - 8), start):
        that = text[max(0, start - 5) : start].lower() in ("that ", "hich ")
        if not that or not _COUNTED_NOUN.match(text, end):
            return None
    value = _value(words)
    return None if value is None else _Number(start, end, value, not words[0].isdigit())


def _lost_blank(text: str, start: int) -> bool:
    """Whether a spelt number opens a sentence whose blank was lost: "… police said.Three men were held"."""
    return text[start - 1] == "." and text[start - 2].islower() and text[start].isupper()


def _value(words: str) -> int | None:
    """The whole number that ``words`` spell, or None for a fraction.

    >>> _value("two hundred and six"), _value("6.36 million"), _value("half a dozen"), _value("3.5")
    (206, 6360000, 6, None)
    """
    if words.startswith(("half", "a half")):
        return 6  # only "half a dozen" and its spellings get here
    total, current, any_number = 0.0, 0.0, False
    for word in re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", words):
        if word[0].isdigit():
            current += float(word.replace(",", ""))
        elif word in _SMALL or word in _TENS:
            current += _SMALL.get(word, 0) or _TENS.get(word, 0)
        elif word in _GROUPS:
            current = (current or 1) * _GROUPS[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _SCALES:
            total += (current or 1) * _SCALES[word]
            current = 0.0
        elif word == "a":
            current = 1
        else:
            continue
        any_number = True
    value = total + current
    return round(value) if any_number and abs(value - round(value)) < 1e-6 else None


def _upper(text: str, number: _Number, limit: int, between: bool) -> _Number | None:
    """The upper end of a range that ``number`` begins: "3 to 5", "3-5", "three or four", "between 3 and 5"."""
    match = _RANGE.match(text, number.end, limit)
    if match is None:
        return None
    sign = match["sign"].lower()
    if sign == "and" and not between:
        return None
    if sign == "to" and not between and re.search(r"\b(?:from|toll)\s$", text[max(0, number.start - 6) : number.start]):
        return None  # a rise from one figure to another, not a range
    value = _value(match["upper"].lower())
    if value is None or value <= number.value or (sign == "or" and value > number.value + 2):
        return None
    return _Number(match.start("upper"), match.end("upper"), value, number.spelt)


def _ceiling(text: str, number: _Number, limit: int) -> _Number | None:
    """The ceiling that is told beside a floor, with the comma that closes it where a comma opens it."""
    match = _CEILING.match(text, number.end, limit)
    value = _value(match["upper"].lower()) if match is not None else None
    if match is None or value is None or value <= number.value:
        return None
    closed = match["aside"] and re.compile(r",(?=\s[a-z])").match(text, match.end(), limit)
    return _Number(match.start("upper"), closed.end() if closed else match.end(), value, number.spelt)


def _unit(text: str, number: _Number, *, bare: bool) -> str | None:
    """What ``number`` measures where it counts nothing; "label" where it only names something."""
    start, end = number.start, number.end
    left = text[max(0, start - 16) : start]
    if left[-1:] in ("$", "€", "£"):
        return "money"
    if text[end : end + 1] in (":", "/") and text[end + 1 : end + 2].isdigit():
        return "time" if text[end] == ":" else "label"
    if left[-1:] in (":", "/") and left[-2:-1].isdigit():
        return "time"
    match = _units().match(text, end)
    if match:
        return match.lastgroup
    if number.value <= 110 and left.endswith(("of ", "only ", "just ", "about ")):
        one = _AGE_OF_ONE.search(text[max(0, start - 48) : start]) is not None
        if one and not _PLURAL_NEXT.match(text, end):
            return "age"
    if _SUSPENDED_AGE.match(text, end) or _AGE_RANGE_BEFORE.search(text[max(0, start - 36) : start]):
        return "age"
    if number.spelt:
        return "age" if re.search(r"\b(?:aged?|ages)\s$", left, re.IGNORECASE) else None
    if _ORDINAL.match(text, end):
        return "ordinal"
    if not bare:
        return None
    if re.search(r"\b(?:aged?|ages|the age of)\s$", left, re.IGNORECASE):
        return "age"
    return _digit_unit(text, number, left)


def _digit_unit(text: str, number: _Number, left: str) -> str | None:
    """Dates, years, ages after a name, scores and labels among numbers written in digits without a qualifier."""
    start, end = number.start, number.end
    digits = text[start:end]
    if _YEAR.match(digits) and (_YEAR_BEFORE.search(left) or not _COUNTED_PLURAL.match(text, end)):
        return "year"
    if number.value <= 31 and (_MONTH_AFTER.match(text, end) or _MONTH_BEFORE.search(left)):
        return "time"
    if re.match(r"-\d|–\d", text[end : end + 2]):
        following = re.match(r"[-–](\d+)", text[end:])
        if following and int(following[1]) <= number.value:
            return "score"
        if re.match(r"[-–]\d+[-–]\d", text[end:]):
            return "label"
    if number.value <= 110 and _AGE_AFTER_NAME.search(left) and _AGE_TAIL.match(text, end):
        return "age"
    if number.value <= 110 and _AGE_ASIDE.match(text, end) and _ONE_PERSON.search(text[max(0, start - 48) : start]):
        return "age"
    if (
        number.value < 100
        and _AGES_OF_SEVERAL.search(text[max(0, start - 28) : start])
        and not _OF_MORE.match(text, end)
    ):
        return "age"
    if text[end : end + 2] in ("'s", "’s"):
        return "age"  # "in his 20's"
    return "label" if _LABEL_BEFORE.search(left) or _PICTURE.search(left) else None


def _vague(text: str, start: int, limit: int) -> Quantity | None:
    match = _vague_words().match(text, start, limit)
    if match is None or not match.group() or (match.end() < len(text) and text[match.end()].isalnum()):
        return None
    span = Span(start, match.end())
    return Quantity(span, span.of(text), None, None, vague=True)


def _article(text: str, start: int, end: int, word: str) -> Quantity:
    count = 0 if word == "no" else 1
    return Quantity(Span(start, end), text[start:end], count, count, article=word != "no")
