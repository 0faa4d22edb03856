"""Every line of the tallies' lexicons catches its example and leaves its counter-example alone."""

from __future__ import annotations

from functools import cache

import pytest

from firsthand.annotate import Annotator
from firsthand.claims.tallies import FoundTally, find_tallies
from firsthand.model import Document, OffsetMap
from firsthand.resources import table

TABLES = ("outcomes", "victims", "nonpersons", "buildings", "unknown", "scope")


@cache
def read(text: str) -> list[FoundTally]:
    return _readings()[text]


@cache
def _readings() -> dict[str, list[FoundTally]]:
    """All sentences of the lexicons, parsed in one go."""
    texts = sorted(
        {row[column] for name in TABLES for row in table(f"claims/{name}.tsv") for column in ("example", "counter")}
    )
    documents = [Document(str(n), str(n), text, OffsetMap.identity(len(text))) for n, text in enumerate(texts)]
    annotations = Annotator().annotate(documents)
    return {d.text: find_tallies(d.text, a.text).tallies for d, a in zip(documents, annotations, strict=True)}


@pytest.mark.parametrize(
    "row", table("claims/outcomes.tsv"), ids=lambda row: f"{row['kind']}-{row['word']}-{row['tail'][:12]}"
)
def test_outcome_words(row: dict[str, str]) -> None:
    assert row["outcome"] in {tally.outcome for tally in read(row["example"])}
    assert row["outcome"] not in {tally.outcome for tally in read(row["counter"]) if tally.low is not None}


@pytest.mark.parametrize("row", table("claims/victims.tsv"), ids=lambda row: row["noun"])
def test_nouns_for_people(row: dict[str, str]) -> None:
    classes = {victim for tally in read(row["example"]) for victim in tally.victims}
    assert set(row["classes"].split()) <= classes
    assert not any(tally.low is not None for tally in read(row["counter"]))


@pytest.mark.parametrize("row", table("claims/nonpersons.tsv"), ids=lambda row: row["noun"])
def test_nouns_for_other_things(row: dict[str, str]) -> None:
    assert not read(row["example"])
    assert any(tally.outcome == "killed" for tally in read(row["counter"]))


@pytest.mark.parametrize("row", table("claims/buildings.tsv"), ids=lambda row: row["noun"])
def test_buildings(row: dict[str, str]) -> None:
    assert [tally.outcome for tally in read(row["example"])] == ["destroyed"]
    assert not read(row["counter"])


@pytest.mark.parametrize("row", table("claims/unknown.tsv"), ids=lambda row: row["example"][:30])
def test_unknown_counts(row: dict[str, str]) -> None:
    assert [tally.unknown for tally in read(row["example"])].count(True) == 1
    assert not any(tally.unknown for tally in read(row["counter"]))


@pytest.mark.parametrize("row", table("claims/scope.tsv"), ids=lambda row: row["example"][:40])
def test_scope_and_earlier_events(row: dict[str, str]) -> None:
    def told(text: str) -> list[bool]:
        return [tally.scope == "total" if row["reading"] == "total" else tally.background for tally in read(text)]

    assert told(row["example"])[-1]
    assert not any(told(row["counter"]))
