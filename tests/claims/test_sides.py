"""Whose the victims are, in the report's words."""

from __future__ import annotations

from functools import cache

import pytest

from firsthand.annotate import Annotator
from firsthand.claims import extract
from firsthand.model import Document, OffsetMap


@cache
def _annotator() -> Annotator:
    return Annotator()


CASES = (
    ("a nationality", "A drone killed three US soldiers in Jordan.", ["US"]),
    ("people named for it", "Seven Palestinians died.", ["Palestinians"]),
    ("members of a body", "Four members of Hezbollah were killed.", ["Hezbollah"]),
    ("loyal to a body", "Five fighters loyal to the Houthis were hurt.", ["Houthis"]),
    (
        "two sides, two counts",
        "Sixty Islamic State militants and nine Peshmerga were killed.",
        ["Islamic State", "Peshmerga"],
    ),
    ("a side without a name", "Two rebel fighters were killed.", ["rebel"]),
    ("two sides under one count", "Six US and Iraqi troops were killed.", [None]),
    ("who killed them is not whose they are", "Hezbollah killed two soldiers.", [None]),
    ("nothing said", "Two nurses were killed.", [None]),
)


@pytest.mark.parametrize(("comment", "text", "sides"), CASES, ids=[comment for comment, *_ in CASES])
def test_side(comment: str, text: str, sides: list[str | None]) -> None:
    document = Document("r1", "r1", text, OffsetMap.identity(len(text)))
    claims = extract(document, next(iter(_annotator().annotate([document])))).claims
    assert [claim.tally.side for claim in claims if claim.tally] == sides
