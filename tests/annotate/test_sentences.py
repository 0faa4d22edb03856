"""Sentence boundaries, headings and the gate."""

from __future__ import annotations

import pytest

from firsthand.annotate.gate import worth_parsing
from firsthand.annotate.sentences import split_sentences
from firsthand.resources import table

CASES = [
    ("two sentences", "He left. She stayed.", ["He left.", "She stayed."]),
    (
        "rank and initials",
        "Lt. Gen. A. B. Okoro spoke. Nobody asked.",
        ["Lt. Gen. A. B. Okoro spoke.", "Nobody asked."],
    ),
    ("acronym inside", "The U.S. Army denied it.", ["The U.S. Army denied it."]),
    (
        "acronym at the end",
        "It was sent by the U.S. The army denied it.",
        ["It was sent by the U.S.", "The army denied it."],
    ),
    ("quotation closes", "“We saw it.” They fled.", ["“We saw it.”", "They fled."]),
    ("speaker after a question", "“Who did it?” asked the mayor.", ["“Who did it?” asked the mayor."]),
    ("space lost", "Four men were killed.The army left.", ["Four men were killed.", "The army left."]),
    ("decimal", "Some 2.5 million fled. All walked.", ["Some 2.5 million fled.", "All walked."]),
    ("lines", "A heading\nOne line. Two.", ["A heading", "One line.", "Two."]),
    ("white space only", " \n\t\n", []),
]


@pytest.mark.parametrize(("comment", "text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_boundaries(comment: str, text: str, expected: list[str]) -> None:
    assert [s.span.of(text) for s in split_sentences(text)] == expected


@pytest.mark.parametrize("row", table("annotate/abbreviations.tsv"), ids=lambda row: row["abbreviation"])
def test_abbreviations(row: dict[str, str]) -> None:
    assert len(split_sentences(row["example"])) == 1
    if row["ends"] != "never":
        assert len(split_sentences(row["counter"])) == 2


def test_headings_and_paragraphs() -> None:
    text = "What the villagers saw\n\nThe bus was hit at dawn. Two died.\n\nSource link"
    sentences = split_sentences(text)
    assert [(s.paragraph, s.heading) for s in sentences] == [(0, True), (1, False), (1, False), (2, True)]


def test_gate_lets_claims_through() -> None:
    assert worth_parsing("Twelve farmers died near the well.")
    assert worth_parsing("“We ran,” one of them recalled.")
    assert not worth_parsing("The river rises in the northern hills.")
    assert worth_parsing("The treaty states the border.")
    assert not worth_parsing("The United States lies beyond 2 rivers.")


@pytest.mark.parametrize("row", table("claims/outcomes.tsv"), ids=lambda row: f"{row['word']} {row['tail'][:20]}")
def test_gate_lets_every_outcome_through(row: dict[str, str]) -> None:
    assert worth_parsing(row["example"])


@pytest.mark.parametrize("row", table("claims/unknown.tsv"), ids=lambda row: row["example"][:30])
def test_gate_lets_unknown_counts_through(row: dict[str, str]) -> None:
    assert worth_parsing(row["example"])


@pytest.mark.parametrize(
    "row", [row for row in table("claims/cues.tsv") if row["frames"]], ids=lambda row: row["class"]
)
def test_gate_lets_cues_of_every_class_through(row: dict[str, str]) -> None:
    assert worth_parsing(row["example"])
