"""When and where a count is set: what is told in passing of somebody is not the day of the event."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

import pytest

from firsthand.annotate import Annotator
from firsthand.claims import extract
from firsthand.model import Claim, Document, OffsetMap


class Case(NamedTuple):
    """``words`` of the count asked about; ``year`` its stated time begins in, None for no time; whether it is background."""

    comment: str
    text: str
    words: str
    year: int | None
    background: bool = False


OPENING = "Five miners were killed when a raid hit the pit head on 3 May 2017. "

CASES = (
    Case("the founding of the source, in a relative clause",
         OPENING + "The Hill Council, which was formed in 1998, said the raid killed six miners.", "six", None),
    Case("between dashes",
         OPENING + "The Hill Council – a league that took arms in 1998 and joined the army three years ago – said four miners "
         "were killed.", "four", None),
    Case("an event of its own year", OPENING + "In 1998 a raid killed 30 miners.", "30", 1998, True),
    Case("a day in a relative clause of the event", "Five died in an attack that took place on 3 May 2017.", "Five", 2017),
    Case("the day of the event beside a description",
         "The Hill Council, formed in 1998, said six miners were killed on 3 May 2017.", "six", 2017),
)  # fmt: skip


@cache
def annotator() -> Annotator:
    return Annotator()


def claim_of(text: str, words: str) -> Claim:
    document = Document("rep-1", "1", text, OffsetMap.identity(len(text)), published=date(2017, 5, 4))
    (annotation,) = annotator().annotate([document])
    return next(c for c in extract(document, annotation).claims if c.tally and c.tally.text == words)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.comment)
def test_time_of_a_count(case: Case) -> None:
    claim = claim_of(case.text, case.words)
    year = claim.when.start.year if claim.when is not None and claim.when.start is not None else None
    assert (year, claim.background) == (case.year, case.background)
