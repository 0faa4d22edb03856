"""What the words around a count say about its place among the others: overtaken ("initially four"), or on top of one told
before ("another six died").
"""

from __future__ import annotations

import re
from functools import cache

from firsthand.model import Span, Tally
from firsthand.resources import table

_SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s+(?=[A-Z“\"])|\n")
# A mark of an early count stands in the same sentence, before the count; sentences that run longer are lists.
_REACH = 200


@cache
def _marks() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in table("reconcile/preliminary.tsv")), re.IGNORECASE)


def is_early(text: str, quantity: Span) -> bool:
    """The sentence says, before the count at ``quantity``, that it is an early one."""
    before = text[max(0, quantity.start - _REACH) : quantity.start]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    return _marks().search(before, ends[-1] if ends else 0) is not None


_ON_TOP = re.compile(r"\b(?:another|additional|further)\b|\bmore\b(?!\s+than\b)", re.IGNORECASE)
_OTHERS = re.compile(r"\bothers?\b", re.IGNORECASE)


def is_on_top(tally: Tally) -> bool:
    """The count is of further people: "an additional 12", "two others". The others who were wounded are mostly others than the
    dead, so that word is heard for deaths only."""
    words = f"{tally.text} {tally.victims_text}"
    others = tally.outcome == "killed" and _OTHERS.search(words) is not None
    return tally.counted and (others or _ON_TOP.search(words) is not None)
