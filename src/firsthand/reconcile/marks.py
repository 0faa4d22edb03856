"""What the words in and around a count say: overtaken ("initially four"), the new whole ("has risen to nine"), on top of one
told before ("another six died"), above the number that is named ("more than 20"), or of what came after ("recovered on Sunday").
"""

from __future__ import annotations

import re
from functools import cache

from firsthand.model import Span, Tally
from firsthand.resources import table

_SENTENCE_END = re.compile(r"[.!?\n](?:(?<=\n)|[”\"’')]*\s+(?=[A-Z“\"]))")
# A mark of an early count stands in the same sentence, before the count; sentences that run longer are lists.
_REACH = 200


# What is said of some of the dead follows within so many code points.
_PREDICATE = 40
_CLAUSE_END = re.compile(r"[.,;:\n]")


@cache
def _marks(lexicon: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in table(f"reconcile/{lexicon}.tsv")), re.IGNORECASE)


def is_early(text: str, quantity: Span) -> bool:
    """The sentence says, before the count at ``quantity``, that it is an early one."""
    return _marks("preliminary").search(_before(text, quantity)) is not None


def is_risen(text: str, quantity: Span) -> bool:
    """The words right before the count at ``quantity`` say that it is the new whole after further deaths."""
    if text[max(0, quantity.start - 3) : quantity.start].lower() not in (
        "to ",
        "at ",
    ):  # as all rules end: it saves the search
        return False
    return _marks("rising").search(_before(text, quantity)) is not None


def is_later(text: str, quantity: Span, clause: Span) -> bool:
    """The sentence says, before the count at ``quantity``, that it came after those told before, or is the whole of them; or
    ``clause`` tells of somebody who died later."""
    return (
        _marks("later").search(_before(text, quantity)) is not None or _DIED_LATER.search(clause.of(text)) is not None
    )


def is_again(text: str, quantity: Span) -> bool:
    """The sentence of ``quantity`` begins with words for another hour of the day told of: "Later the same day"."""
    return _AGAIN.match(_before(text, quantity)) is not None


def tells_aftermath(text: str, span: Span) -> bool:
    """The sentence of ``span`` tells what came after: bodies found, a burial, a death in hospital."""
    after = _SENTENCE_END.search(text, span.end, min(len(text), span.end + _REACH))
    sentence = _before(text, span) + text[span.start : after.start() if after else span.end + _REACH]
    return _marks("aftermath").search(sentence) is not None


def _before(text: str, span: Span) -> str:
    """What stands before ``span`` in its sentence."""
    before = text[max(0, span.start - _REACH) : span.start]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    return before[ends[-1] :] if ends else before


_ORDINALS = (
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
_ON_TOP = re.compile(r"\b(?:another|additional|further)\b|\bmore\b(?!\s+than\b)", re.IGNORECASE)
_ALSO = re.compile(r"\balso\b", re.IGNORECASE)
_ORDINAL = re.compile(rf"\b(?:an?|the)\s+({'|'.join(_ORDINALS)})\b", re.IGNORECASE)
_DIED_LATER = re.compile(r"\b(?:later|subsequently)\s+(?:died|succumbed)\b|\bdied\s+later\b", re.IGNORECASE)
_AGAIN = re.compile(
    r"\W*(?:later|earlier)\s+(?:on\s+)?(?:in\s+the|(?:on\s+)?(?:the\s+same|that))\s+day\b", re.IGNORECASE
)
_REMAINING = re.compile(r"\bremaining\b", re.IGNORECASE)
_WORD = len("remaining ")
_OTHERS = re.compile(r"\bothers?\b", re.IGNORECASE)


def clause_of(text: str, clause: Span, tally: Tally) -> str:
    """The words of ``clause``; for a part without a noun of its own ("five of whom were porters") what is said of it too."""
    if tally.part_of is None or tally.victims_text:
        return clause.of(text)
    end = _CLAUSE_END.search(text, clause.end, clause.end + _PREDICATE)
    return text[clause.start : end.start() if end else clause.end + _PREDICATE]


def is_on_top(tally: Tally) -> bool:
    """The count is of further people: "an additional 12", "two others". The others who were wounded are mostly others than the
    dead, so that word is heard for deaths only."""
    words = f"{tally.text} {tally.victims_text}"
    others = tally.outcome == "killed" and _OTHERS.search(words) is not None
    return tally.counted and (others or _ON_TOP.search(words) is not None)


def is_said_also(text: str, clause: Span) -> bool:
    """ "A driver was also killed", "gunmen also shot dead two": people other than those told of before."""
    return _ALSO.search(text, max(0, clause.start - len("also ")), clause.end) is not None


def is_remaining(text: str, quantity: Span) -> bool:
    """ "The remaining four": the others of those told of before."""
    return _REMAINING.search(text, max(0, quantity.start - _WORD), quantity.end) is not None


def ordinal_of(tally: Tally) -> int | None:
    """6 for "a sixth man"; None where the count is no such person."""
    match = _ORDINAL.match(tally.text) if tally.low == tally.high == 1 else None
    return _ORDINALS.index(match.group(1).lower()) + 2 if match else None


@cache
def _more_than() -> re.Pattern[str]:
    words = [row["words"] for row in table("quantities/qualifiers.tsv") if row["effect"] == "more_than"]
    return re.compile(rf"\W*(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})\b", re.IGNORECASE)


def names_less(tally: Tally) -> bool:
    """The words name a number below the least that they allow: "more than 20", at least 21, speaks of 20."""
    return tally.low is not None and tally.low > 1 and tally.high is None and _more_than().match(tally.text) is not None


def is_of_others(tally: Tally) -> bool:
    """The count is of people other than those told of before: "four others", "three other victims"."""
    return _OTHERS.search(f"{tally.text} {tally.victims_text}") is not None
