"""The least that words without a number can mean: "several miners" are at least two, "dozens" at least a dozen.

Never a number of the voice's own: it is no best number, sets no ceiling, and gives way to any number that somebody states.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from firsthand.model import Tally
from firsthand.resources import table

from .statements import Standing

# Victims named by a plural alone: "civilians", "other family members", "rescue workers from the village".
_PLURAL = re.compile(
    r"(?:[\w.’'-]+\s+){0,4}(?:people|children|\w*men|police|injured|wounded|dead|\w{3,}(?<![siu])s)\b",
    re.IGNORECASE,
)


@cache
def _rules() -> tuple[tuple[re.Pattern[str], int | None], ...]:
    return tuple(
        (re.compile(row["pattern"], re.IGNORECASE), int(row["least"]) if row["least"] else None)
        for row in table("reconcile/plurals.tsv")
    )


_OTHERS = re.compile(r"\bothers\b", re.IGNORECASE)


def least_of(tally: Tally) -> int | None:
    """The smallest number that the words of a vague count allow; None where they promise nobody or one thing only."""
    if not tally.vague or tally.counted:
        return None
    for pattern, least in _rules():
        if pattern.match(tally.text):
            return least
    return 2 if _PLURAL.match(tally.victims_text or tally.text) else None


def floor_of(vague: Iterable[Standing], *, beside: bool) -> tuple[int | None, str]:
    """The largest of the least numbers that the words of one cell allow, and the words; (None, "") where there are none.

    ``beside`` a count of one person, a plural alone may take up that person or speak of people at large ("the victims",
    "innocent children"): there only words that tell how many, and others, add to what is known.
    """
    found = [
        (least, standing.tally.text or standing.tally.victims_text)
        for standing in vague
        if standing.claim.certainty in ("asserted", "alleged")
        and (least := least_of(standing.tally)) is not None
        and not (beside and _bare(standing.tally))
    ]
    return max(found, key=lambda pair: pair[0]) if found else (None, "")


def _bare(tally: Tally) -> bool:
    """A plural alone, without a word for how many and not of others."""
    words = f"{tally.text} {tally.victims_text}"
    return not any(pattern.match(tally.text) for pattern, _ in _rules()) and _OTHERS.search(words) is None
