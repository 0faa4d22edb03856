"""Index: candidates, groups, many workers."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.lineage import pile as pile_module
from firsthand.lineage import trace
from firsthand.lineage.candidates import NEIGHBOURS, RUN_BUCKET, UNDATED, candidates
from firsthand.lineage.groups import components, split
from firsthand.lineage.reading import read
from firsthand.lineage.weights import Weights
from firsthand.model import Document

from .conftest import AGENCY, ELSEWHERE, INDEPENDENT, SPUN, Make, invented


def candidate_pairs(texts: list[str], days: list[int]) -> set[tuple[int, int]]:
    readings = [read(f"{k:04d}", text) for k, text in enumerate(texts)]
    found = candidates(readings, Weights(readings), np.array(days, np.int64))
    return {(int(a), int(b)) for a, b in found.pairs}


def test_candidates_find_a_rewrite_and_an_embedded_copy() -> None:
    texts = [AGENCY, SPUN, invented(1) + "\n\n" + AGENCY + "\n\n" + invented(2), invented(3), invented(4)]
    assert {(0, 1), (0, 2)} <= candidate_pairs(texts, [1] * 5)


def test_a_late_rewrite_is_out_of_the_window_and_a_late_copy_is_not() -> None:
    fillers = [invented(k) for k in range(3)]
    assert (0, 1) in candidate_pairs([AGENCY, AGENCY, *fillers], [0, 300, 0, 0, 0])
    assert (0, 1) in candidate_pairs([AGENCY, SPUN, *fillers], [0, int(UNDATED), 0, 0, 0])


def test_candidates_of_a_large_bucket_stay_linear() -> None:
    copies = 3 * RUN_BUCKET
    found = candidate_pairs([AGENCY] * copies, [1] * copies)
    assert len(found) <= copies * (NEIGHBOURS + 1)
    assert components(dict.fromkeys(found, 1.0)) == [list(range(copies))]


def test_many_copies_are_one_origin(make: Make) -> None:
    documents = [make(f"{k:03d}", AGENCY, day=1 + k % 9) for k in range(60)] + [make("x", ELSEWHERE, day=3)]
    lineage = trace(documents)
    assert sorted(len(origin.reports) for origin in lineage.origins) == [1, 60]
    assert len(lineage.copies) == 59


def test_one_doubtful_pair_does_not_join_two_groups() -> None:
    sure, doubtful, against = 3.0, 0.4, -2.0
    pairs = {(0, 1): sure, (2, 3): sure, (1, 2): doubtful, (0, 2): against, (0, 3): against, (1, 3): against}
    (component,) = components(pairs)
    assert split(component, pairs, lambda left, right: against) == [[0, 1], [2, 3]]
    pairs.update({(0, 2): doubtful, (0, 3): doubtful, (1, 3): doubtful})
    assert split(component, pairs, lambda left, right: against) == [[0, 1, 2, 3]]


@given(st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1]), st.floats(-5, 5)))
@settings(max_examples=60)
def test_split_keeps_every_report_once(pairs: dict[tuple[int, int], float]) -> None:
    for component in components(pairs):
        groups = split(component, pairs, lambda left, right: -3.0)
        assert sorted(item for group in groups for item in group) == component


def test_more_workers_change_nothing(make: Make, monkeypatch: object) -> None:
    documents: list[Document] = [make(f"{k:03d}", invented(k // 2), day=1 + k % 5) for k in range(40)]
    documents += [make("agency", AGENCY), make("spun", SPUN), make("own", INDEPENDENT)]
    expected = trace(documents)
    monkeypatch.setattr(pile_module, "CHUNK", 4)  # type: ignore[attr-defined]
    assert trace(documents, workers=2) == expected
