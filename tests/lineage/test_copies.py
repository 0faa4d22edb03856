"""A verbatim copy more, of any report, changes nothing between the others."""

import random
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.lineage import trace
from firsthand.lineage.index import Index
from firsthand.lineage.weights import Weights
from firsthand.model import Document, Lineage

from .conftest import AGENCY, ELSEWHERE, INDEPENDENT, SPUN, Make, invented
from .test_growth import grown

PARAGRAPHS = [*AGENCY.split("\n\n"), *SPUN.split("\n\n"), *INDEPENDENT.split("\n\n"), *ELSEWHERE.split("\n\n")]
#: Paragraphs, invented text beside, day.
TEXTS = st.tuples(
    st.lists(st.integers(0, len(PARAGRAPHS) - 1), min_size=1, max_size=5, unique=True),
    st.one_of(st.none(), st.integers(0, 3)),
    st.one_of(st.none(), st.integers(1, 12)),
)
#: Which report, how many days later.
COPIED = st.lists(st.tuples(st.integers(0, 11), st.sampled_from((0, 1, 7))), min_size=1, max_size=4)


def pile_of(make: Make, texts: list[tuple[list[int], int | None, int | None]]) -> list[Document]:
    return [
        make(
            f"{7919 * k % 101}-{k}",
            "\n\n".join([*(PARAGRAPHS[p] for p in picked), *([] if seed is None else [invented(seed, 60)])]),
            day=day,
            site=f"paper{k}.example",
        )
        for k, (picked, seed, day) in enumerate(texts)
    ]


def copies_of(documents: list[Document], copied: list[tuple[int, int]]) -> list[Document]:
    copies = []
    for k, (which, later) in enumerate(copied):
        source = documents[which % len(documents)]
        day = source.published and source.published + timedelta(later)
        # Ids that come before and after all others: the order of ids must not matter either.
        name = f"rep-{'0z'[k % 2]}copy{k}"
        copies.append(replace(source, id=name, source_id=name, site=f"copy{k}.example", published=day))
    return copies


def between(
    lineage: Lineage, documents: list[Document]
) -> tuple[set[frozenset[str]], set[tuple[tuple[str, ...], float]]]:
    """Origins and pairs in doubt, as far as they are of ``documents``."""
    ids = {document.id for document in documents}
    return (
        {frozenset(ids.intersection(origin.reports)) for origin in lineage.origins} - {frozenset()},
        {(pair.reports, pair.confidence) for pair in lineage.uncertain if ids.issuperset(pair.reports)},
    )


@given(st.lists(TEXTS, min_size=2, max_size=9), COPIED)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_verbatim_copies_change_nothing_between_the_others(
    make: Make, texts: list[tuple[list[int], int | None, int | None]], copied: list[tuple[int, int]]
) -> None:
    documents = pile_of(make, texts)
    copies = copies_of(documents, copied)
    assert between(trace([*documents, *copies]), documents) == between(trace(documents), documents)


@given(st.lists(TEXTS, min_size=2, max_size=9), COPIED, st.integers(1, 3), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nor_where_they_come_into_a_ledger_that_grows(
    make: Make,
    texts: list[tuple[list[int], int | None, int | None]],
    copied: list[tuple[int, int]],
    size: int,
    order: random.Random,
) -> None:
    documents = pile_of(make, texts)
    copies = copies_of(documents, copied)
    order.shuffle(copies)
    lineage, whole = grown(documents, [copies[k : k + size] for k in range(0, len(copies), size)])
    assert lineage == whole
    assert between(lineage, documents) == between(Index(documents).lineage(), documents)


def test_words_weigh_the_same_however_often_a_text_was_printed(make: Make) -> None:
    first = Index([make("agency", AGENCY), make("own", INDEPENDENT), make("other", ELSEWHERE)]).pile.readings
    weights, again = Weights(first), Weights([*first, *(replace(first[0], id=f"rep-{k}") for k in range(30))])
    words = first[0].words
    assert weights.array(words).tolist() == again.array(words).tolist()
    known = again.frequencies
    assert (known.reports, known.texts) == (33, 3)
    assert max(known.used) == 3
    assert max(known.carried) == 33


def test_a_text_in_very_many_reports_is_one_origin(make: Make) -> None:
    """Its words are in too many reports to bring each together with all the others; runs of words still tie them."""
    documents = [make(f"copy{k}", AGENCY, day=4) for k in range(230)]
    origins = Index([*documents, make("spun", SPUN, day=5), make("own", INDEPENDENT, day=4)]).lineage().origins
    assert sorted(len(origin.reports) for origin in origins) == [1, 231]
