"""extend: some reports more come to the same as tracing the pile anew with what was learnt before."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.lineage import candidates as candidates_module
from firsthand.lineage import growth as growth_module
from firsthand.lineage.growth import DamagedIndex, Extension, extend, extendable
from firsthand.lineage.index import Index
from firsthand.lineage.pages import Pages
from firsthand.model import Document, Lineage

from .conftest import AGENCY, ELSEWHERE, INDEPENDENT, SPUN, Make, invented


class Drawer:
    """Pages in memory."""

    def __init__(self, pages: Pages) -> None:
        self.all = pages

    def pages(self, kind: str, numbers: Sequence[int]) -> dict[int, bytes]:
        return {number: self.all[kind, number] for number in numbers if (kind, number) in self.all}


def merged(lineage: Lineage, extension: Extension) -> Lineage:
    """What an extension leaves of the lineage before, and what it puts there."""
    touched, parted = set(extension.touched), set(extension.parted)

    def gone(one: str, other: str) -> bool:
        return touched.issuperset((one, other)) or (min(one, other), max(one, other)) in parted

    new = extension.lineage
    copies = [*(c for c in lineage.copies if c.derived not in touched), *new.copies]
    origins = [*(o for o in lineage.origins if touched.isdisjoint(o.reports)), *new.origins]
    shared = [*(s for s in lineage.shared if not gone(*s.reports)), *new.shared]
    changed = [*(a for a in lineage.alterations if not gone(a.source, a.derived)), *new.alterations]
    uncertain = [*(u for u in lineage.uncertain if not gone(*u.reports)), *new.uncertain]
    return Lineage(
        tuple(sorted(copies, key=lambda record: record.id)),
        tuple(sorted(origins, key=lambda record: record.id)),
        tuple(sorted(shared, key=lambda record: record.id)),
        tuple(sorted(changed, key=lambda record: record.id)),
        tuple(sorted(uncertain, key=lambda record: record.id)),
    )


def grown(first: list[Document], batches: list[list[Document]]) -> tuple[Lineage, Lineage]:
    """The lineage of a pile grown batch by batch, and that of the whole traced anew."""
    index = Index(first)
    lineage, drawer = index.lineage(), Drawer(index.pages())
    known = {document.id: document for document in first}
    for batch in batches:
        known = known | {document.id: document for document in batch}
        extension = extend(drawer, lambda ids, known=known: [known[id] for id in ids], batch)
        lineage = merged(lineage, extension)
        drawer.all.update(extension.pages)
    return lineage, Index(known.values(), learned=index.learned).lineage()


def test_one_report_more_finds_its_source(make: Make) -> None:
    first = [make("agency", AGENCY, day=4), make("own", INDEPENDENT, day=4), make("other", ELSEWHERE, day=4)]
    first += [make(f"filler{k}", invented(k), day=4) for k in range(20)]
    late = [make("spun", SPUN, day=5), make("cut", AGENCY.split("\n\n", 1)[1], day=6), make("new", invented(99), day=6)]
    lineage, whole = grown(first, [[document] for document in late])
    assert lineage == whole
    groups = [origin.reports for origin in lineage.origins]
    assert ("rep-agency", "rep-cut", "rep-spun") in groups
    assert ("rep-new",) in groups


def test_there_must_be_an_index() -> None:
    with pytest.raises(DamagedIndex):
        extend(Drawer({}), lambda ids: [], [])
    assert not extendable(Drawer({}), 1)


@pytest.mark.parametrize("kind", ["learned", "word", "run", "name", "report"])
@pytest.mark.parametrize("left", [None, b"", b"no page"])
def test_an_index_that_cannot_be_read_is_told(make: Make, kind: str, left: bytes | None) -> None:
    first = [make("agency", AGENCY, day=4), *(make(f"filler{k}", invented(k), day=4) for k in range(9))]
    index = Index(first)
    index.lineage()
    pages = {key: left if key[0] == kind else page for key, page in index.pages().items()}
    drawer = Drawer({key: page for key, page in pages.items() if page is not None})
    if left == b"" and kind in ("word", "run", "learned"):
        return  # an array without entries is a sound one
    with pytest.raises(DamagedIndex):
        extend(drawer, lambda ids: [d for d in first if d.id in ids], [make("cut", AGENCY.split("\n\n", 1)[1], day=6)])


PARAGRAPHS = [*AGENCY.split("\n\n"), *SPUN.split("\n\n"), *INDEPENDENT.split("\n\n"), *ELSEWHERE.split("\n\n")]
REPORTS = st.tuples(
    st.lists(st.integers(0, len(PARAGRAPHS) - 1), min_size=0, max_size=5, unique=True),
    st.integers(0, 3),
    st.one_of(st.none(), st.integers(1, 28)),
)


@given(
    st.lists(REPORTS, min_size=2, max_size=22),
    st.integers(1, 4),
    st.integers(1, 5),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_growing_comes_to_the_same_as_tracing_anew(
    make: Make,
    monkeypatch: pytest.MonkeyPatch,
    pile: list[tuple[list[int], int, int | None]],
    first: int,
    size: int,
    order: random.Random,
) -> None:
    """In any order and in batches of any size, with lists and buckets so short that reports push each other out."""
    for module in (candidates_module, growth_module):
        monkeypatch.setattr(module, "NEIGHBOURS", 2)
        monkeypatch.setattr(module, "RUN_BUCKET", 3)
    monkeypatch.setattr(candidates_module, "WINDOW_DAYS", 9)
    documents = [
        make(str(k), "\n\n".join([*(PARAGRAPHS[p] for p in picked), invented(seed, 60)]), day=day)
        for k, (picked, seed, day) in enumerate(pile)
    ]
    order.shuffle(documents)
    start = max(1, len(documents) // first)
    batches = [documents[k : k + size] for k in range(start, len(documents), size)]
    lineage, whole = grown(documents[:start], batches)
    assert lineage == whole


def test_a_rewrite_is_found_by_words_that_its_source_alone_had(make: Make) -> None:
    first = [make("agency", AGENCY, day=4), *(make(f"filler{k}", invented(k), day=4) for k in range(60))]
    lineage, whole = grown(first, [[make("spun", SPUN, day=5)]])
    assert lineage == whole
    assert ("rep-agency", "rep-spun") in [origin.reports for origin in lineage.origins]
