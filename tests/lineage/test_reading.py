"""read and fold: sentences, words, marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.lineage.reading import NAME, NUMBER, QUOTED, fold, quotations, read, run_keys

SENTENCES = [
    ("Two fell. Three rose.", ["Two fell.", "Three rose."]),
    ("Gen. Orso spoke to Mr. Lund. He left.", ["Gen. Orso spoke to Mr. Lund.", "He left."]),
    ("The U.S. envoy left on Oct. 3 for Lunde.", ["The U.S. envoy left on Oct. 3 for Lunde."]),
    ("“It is over.” She sat down.", ["“It is over.”", "She sat down."]),
    ("A heading\n\nThe text. More", ["A heading", "The text.", "More"]),
    ("It cost 3.5 million. That was too much!", ["It cost 3.5 million.", "That was too much!"]),
    ("…\n\n---\n\n", []),
]


@pytest.mark.parametrize(("text", "sentences"), SENTENCES)
def test_sentences(text: str, sentences: list[str]) -> None:
    reading = read("x", text)
    assert [reading.span(k).of(text) for k in range(reading.sentences)] == sentences


FOLDS = [
    ("Strikes", "striking"), ("U.S.", "American"), ("Syria’s", "Syrian"), ("three", "3"), ("2,500", "2500"), ("28th", "28"),
    ("killed", "killing"), ("Oct", "October"), ("rebels", "rebel"), ("spokesperson", "spokesman"), ("chargé", "charge"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), FOLDS)
def test_variants_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("1,000", "1"), ("6.5", "6"), ("Homs", "home"), ("16", "36")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_marks_tell_names_numbers_and_quoted_words() -> None:
    text = "Later Petar Vuk counted 12 boats: “Nobody crossed.”"
    reading = read("x", text)
    words = [text[a:b] for a, b in zip(reading.starts, reading.ends, strict=True)]
    marked = {
        mark: [w for w, m in zip(words, reading.marks, strict=True) if m & mark] for mark in (NAME, NUMBER, QUOTED)
    }
    assert marked[NAME][:2] == ["Petar", "Vuk"]
    assert marked[NUMBER] == ["12"]
    assert marked[QUOTED] == ["Nobody", "crossed"]


@pytest.mark.parametrize(
    "text",
    [
        "“Lift it,” he said, and “mind the rope.”",
        '"Lift it," he said, and "mind the rope."',
        "``Lift it,'' he said, and ``mind the rope.''",
        '"Lift it,\'\' he said, and "mind the rope."',
    ],
    ids=["curly", "straight", "wire", "mixed"],
)
def test_quotations_in_the_marks_of_any_house(text: str) -> None:
    assert [span.of(text).strip("“”\"`'") for span in quotations(text)] == ["Lift it,", "mind the rope."]


def test_an_apostrophe_closes_no_quotation() -> None:
    text = "\"He calls me 'captain', and the men's wives 'sir'\""
    assert [span.of(text) for span in quotations(text)] == [text]


@given(st.text(max_size=400))
def test_words_lie_in_their_sentences_in_order(text: str) -> None:
    reading = read("x", text)
    assert reading.bounds[0] == 0
    assert reading.bounds[-1] == len(reading.words)
    for k in range(reading.sentences):
        span = reading.span(k)
        first, last = reading.bounds[k], reading.bounds[k + 1]
        assert first < last
        assert span.start <= reading.starts[first]
        assert reading.ends[last - 1] <= len(text)
    assert (reading.starts[1:] >= reading.ends[:-1]).all()


@given(st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), min_size=5, max_size=12))
def test_runs_of_five_have_equal_keys_where_their_words_are_equal(words: list[str]) -> None:
    keys = run_keys(read("x", " ".join(words)).words)
    runs = [tuple(words[k : k + 5]) for k in range(len(words) - 4)]
    assert len(keys) == len(runs)
    for i, key in enumerate(keys):
        for j, other in enumerate(keys):
            assert (key == other) == (runs[i] == runs[j])
