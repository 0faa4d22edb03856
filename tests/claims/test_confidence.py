"""How sure a reading is: every signal, and what confidence must never touch."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.annotate import Annotator
from firsthand.claims import extract
from firsthand.claims.confidence import chance, rated, signals
from firsthand.model import Annotation, Claim, Document, OffsetMap
from firsthand.resources import table

ROWS = table("claims/confidence.tsv")
NAMES = [row["signal"] for row in ROWS]
PLAIN = "Eleven miners were killed in Orvo, the provincial governor said."
TANGLED = (
    "Of the miners, whom their union said it had warned, eleven were hurt and six, a cook and his son among them, died."
)


@cache
def read() -> dict[str, tuple[Annotation, tuple[Claim, ...]]]:
    texts = sorted({row[column] for row in ROWS for column in ("example", "counter")} | {PLAIN, TANGLED})
    documents = [Document(str(n), str(n), text, OffsetMap.identity(len(text))) for n, text in enumerate(texts)]
    annotations = Annotator().annotate(documents)
    return {
        document.text: (annotation, extract(document, annotation).claims)
        for document, annotation in zip(documents, annotations, strict=True)
    }


def last_signals(text: str) -> tuple[str, ...]:
    annotation, claims = read()[text]
    counted = [claim for claim in claims if claim.tally is not None]
    return signals(counted[-1], claims, annotation.text)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["signal"])
def test_signals(row: dict[str, str]) -> None:
    assert row["signal"] in last_signals(row["example"])
    assert row["signal"] not in last_signals(row["counter"])


def test_a_plain_sentence_leaves_no_doubt_and_a_tangled_one_does() -> None:
    plain = [claim for claim in read()[PLAIN][1] if claim.tally]
    tangled = [claim for claim in read()[TANGLED][1] if claim.tally]
    assert [(claim.doubt, claim.unsure) for claim in plain] == [("", False)]
    assert tangled
    assert all(claim.doubt for claim in tangled)
    assert max(c.confidence or 0 for c in tangled) < min(c.confidence or 0 for c in plain)


def test_a_claim_without_a_count_has_no_confidence() -> None:
    for annotation, claims in read().values():
        for claim in claims:
            assert (claim.confidence is None) == (claim.tally is None), annotation.document


def test_rating_changes_nothing_else() -> None:
    for annotation, claims in read().values():
        bare = [replace(claim, confidence=None, doubt="") for claim in claims]
        again = rated(bare, {"text": annotation.text, "title": annotation.title})
        assert again == list(claims)
        kept = [field.name for field in fields(Claim) if field.name not in ("confidence", "doubt")]
        assert all(getattr(a, name) == getattr(b, name) for a, b in zip(bare, again, strict=True) for name in kept)


@given(st.sets(st.sampled_from(NAMES)), st.sampled_from(NAMES))
def test_each_signal_lowers_the_chance(names: set[str], more: str) -> None:
    less = chance(sorted(names | {more}))
    assert 0 < less <= chance(sorted(names)) < 1
    assert more in names or less < chance(sorted(names))
