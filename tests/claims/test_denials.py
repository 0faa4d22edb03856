"""What somebody denies is no count of his, and what nobody has confirmed is not told as fact."""

from __future__ import annotations

from functools import cache

import pytest

from firsthand.annotate import Annotator
from firsthand.claims import extract
from firsthand.model import Claim, Document, OffsetMap


@cache
def annotator() -> Annotator:
    return Annotator()


def counts(text: str) -> list[Claim]:
    document = Document("r1", "r1", text, OffsetMap.identity(len(text)))
    claims = extract(document, next(iter(annotator().annotate([document])))).claims
    return [claim for claim in claims if claim.tally is not None and claim.tally.counted]


@pytest.mark.parametrize(
    ("text", "certainty", "source"),
    [
        ("The navy denied that nine fishermen were shot.", "denied", "navy"),
        ("The navy denied reports that nine fishermen were killed.", "denied", "navy"),
        ("The navy rejected claims that nine fishermen were killed.", "denied", "navy"),
        ("The navy refuted allegations that nine fishermen had been killed.", "denied", "navy"),
        ("Reports that nine fishermen were killed were denied by the navy.", "denied", "navy"),
        ("There is no truth in reports that nine fishermen were killed, the navy said.", "denied", "navy"),
        ("It is not true that nine fishermen were killed, the navy said.", "denied", "navy"),
        ("It is untrue that nine fishermen were killed.", "denied", None),
        ("The navy denied the union's claim that nine fishermen were killed.", "alleged", "union"),
        ("The navy confirmed reports that nine fishermen were killed.", "asserted", "navy"),
        ("It is true that nine fishermen were killed.", "asserted", None),
        ("Unconfirmed reports say nine fishermen were killed.", "alleged", "Unconfirmed reports"),
        ("According to unverified reports, nine fishermen were killed.", "alleged", "unverified reports"),
        ("Reports by the union say nine fishermen were killed.", "asserted", "union"),
    ],
)
def test_who_stands_behind_the_count(text: str, certainty: str, source: str | None) -> None:
    (claim,) = counts(text)
    assert claim.certainty == certainty
    assert source is None or (claim.source is not None and source in claim.source.name)
    assert source is not None or claim.source is None
