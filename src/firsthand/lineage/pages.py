"""The index as pages of bytes, small enough that one report more reads and rewrites few of them.

A page goes by its kind and a number. ``word`` and ``run`` pages hold the entries of those words or runs whose key ends in the
page's number; ``report`` pages one report each, by the number that it got when it came; ``name`` pages the numbers of reports by
their ids; ``learned`` pages what the pile taught; the ``head`` page says how many there are. All numbers are little-endian.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol, TypeAlias
from zlib import crc32

import msgspec
import numpy as np
import numpy.typing as npt

from .candidates import Candidates, Runs, Vectors
from .learned import Learned
from .pile import Pile
from .printings import ordinal
from .weights import Frequencies

PageKey: TypeAlias = tuple[str, int]
Pages: TypeAlias = dict[PageKey, bytes]
Entries: TypeAlias = npt.NDArray[np.void]

#: ``value`` is negative for a word that is not one of its report's probes.
WORD_ENTRY = np.dtype([("word", "<u4"), ("report", "<i4"), ("value", "<i2")])
RUN_ENTRY = np.dtype([("run", "<u8"), ("report", "<i4")])
NEAR_ENTRY = np.dtype([("report", "<i4"), ("likeness", "<i4")])
PAIR_ENTRY = np.dtype([("report", "<i4"), ("odds", "<f8")])
#: Entries a page when an index is written: one report has a few hundred words and runs, and rewrites as many pages.
PAGE_ENTRIES = 128


class Shelf(Protocol):
    """Where pages are kept."""

    def pages(self, kind: str, numbers: Sequence[int]) -> Mapping[int, bytes]:
        """Those of ``numbers`` that there are."""
        ...


@dataclass
class Entry:
    """A report in the index: its neighbours from the nearest on, and the log odds of all its candidates, by their numbers."""

    id: str
    day: int
    near: list[tuple[int, int]] = field(default_factory=list)
    odds: dict[int, float] = field(default_factory=dict)


class Head(msgspec.Struct, frozen=True):
    """How many reports, word pages, run pages and name pages there are."""

    reports: int
    words: int
    runs: int
    names: int


class _Kept(msgspec.Struct):
    id: str
    day: int
    near: bytes
    odds: bytes


def word_page(word: npt.NDArray[np.uint32], pages: int) -> npt.NDArray[np.int64]:
    """The pages of words, of which there are ``pages``, a power of two."""
    return (word & np.uint32(pages - 1)).astype(np.int64)


def run_page(run: npt.NDArray[np.uint64], pages: int) -> npt.NDArray[np.int64]:
    """The pages of runs; the lowest bits of all indexed runs are the same."""
    return ((run >> np.uint64(8)) & np.uint64(pages - 1)).astype(np.int64)


def word_pages(vectors: Vectors) -> Pages:
    """All word pages, empty ones too."""
    entries = np.empty(len(vectors.word), WORD_ENTRY)
    entries["word"], entries["report"] = vectors.word, vectors.owner
    entries["value"] = np.where(vectors.probe, vectors.value, -vectors.value)
    count = _page_count(len(entries))
    page = word_page(vectors.word, count)
    return _paged("word", entries[np.lexsort((vectors.owner, vectors.word, page))], np.sort(page), count)


def run_pages(runs: Runs) -> Pages:
    """All run pages, empty ones too; of a run's holders the one with the lowest id comes first."""
    entries = np.empty(len(runs.key), RUN_ENTRY)
    entries["run"], entries["report"] = runs.key, runs.holder
    count = _page_count(len(entries))
    page = run_page(runs.key, count)
    return _paged("run", entries[np.argsort(page, kind="stable")], np.sort(page), count)


def name_page(id: str, pages: int) -> int:
    """The page that says which number the report ``id`` has."""
    return crc32(id.encode()) & (pages - 1)


def name_pages(ids: Sequence[str]) -> Pages:
    """All name pages; the numbers of reports are their places in ``ids``."""
    count = _page_count(len(ids))
    names: list[dict[str, int]] = [{} for _ in range(count)]
    for number, id in enumerate(ids):
        names[name_page(id, count)][id] = number
    return {("name", page): write_names(known) for page, known in enumerate(names)}


def write_names(names: Mapping[str, int]) -> bytes:
    """A name page."""
    return msgspec.msgpack.encode(names)


def read_names(page: bytes) -> dict[str, int]:
    """What ``write_names`` wrote."""
    return msgspec.msgpack.decode(page, type=dict[str, int])


def report_pages(pile: Pile, found: Candidates) -> Pages:
    """One page a report."""
    entries = [Entry(document.id, ordinal(document)) for document in pile.documents]
    for report, other, likeness in zip(
        found.near.report.tolist(), found.near.other.tolist(), found.near.likeness.tolist(), strict=True
    ):
        entries[report].near.append((other, likeness))
    for (left, right), odds in pile.odds.items():
        entries[left].odds[right] = entries[right].odds[left] = odds
    return {("report", number): write_entry(entry) for number, entry in enumerate(entries)}


def write_entry(entry: Entry) -> bytes:
    """The page of a report."""
    near = np.array(entry.near, NEAR_ENTRY).tobytes()
    odds = np.array(sorted(entry.odds.items()), PAIR_ENTRY).tobytes()
    return msgspec.msgpack.encode(_Kept(entry.id, entry.day, near, odds))


def read_entry(page: bytes) -> Entry:
    """What ``write_entry`` wrote."""
    kept = msgspec.msgpack.decode(page, type=_Kept)
    near, odds = np.frombuffer(kept.near, NEAR_ENTRY), np.frombuffer(kept.odds, PAIR_ENTRY)
    return Entry(
        kept.id,
        kept.day,
        list(zip(near["report"].tolist(), near["likeness"].tolist(), strict=True)),
        dict(zip(odds["report"].tolist(), odds["odds"].tolist(), strict=True)),
    )


def write_head(head: Head) -> Pages:
    """The head page."""
    return {("head", 0): msgspec.msgpack.encode(head)}


def read_head(shelf: Shelf) -> Head | None:
    """The head, or None where there is no index."""
    page = shelf.pages("head", [0]).get(0)
    return None if page is None else msgspec.msgpack.decode(page, type=Head)


def write_learned(learned: Learned) -> Pages:
    """What the pile taught."""
    known = learned.frequencies
    arrays = (
        np.array([known.reports, known.texts], "<i8"), known.words.astype("<u4"), known.told.astype("<i4"),
        known.used.astype("<i4"), known.carried.astype("<i4"),
        np.array(sorted(learned.site), "<u8"), np.array(sorted(learned.common), "<i8"),
    )  # fmt: skip
    return {("learned", number): array.tobytes() for number, array in enumerate(arrays)}


def read_reports_learned(shelf: Shelf) -> int:
    """From how many reports the index has learnt."""
    return int(np.frombuffer(shelf.pages("learned", [0])[0], "<i8")[0])


def read_learned(shelf: Shelf) -> Learned:
    """What ``write_learned`` wrote."""
    found = shelf.pages("learned", range(7))
    kinds = ("<i8", "<u4", "<i4", "<i4", "<i4", "<u8", "<i8")
    counted, words, told, used, carried, site, common = (
        np.frombuffer(found[number], kind) for number, kind in enumerate(kinds)
    )
    reports, texts = counted.tolist()
    return Learned(
        Frequencies(reports, texts, words, told, used, carried), frozenset(site.tolist()), frozenset(common.tolist())
    )


def _page_count(entries: int) -> int:
    return 1 << max(0, (entries // PAGE_ENTRIES).bit_length())


def _paged(kind: str, entries: Entries, page: npt.NDArray[np.int64], count: int) -> Pages:
    edges = np.searchsorted(page, np.arange(count + 1)).tolist()
    size, data = entries.dtype.itemsize, entries.tobytes()
    return {(kind, number): data[start * size : end * size] for number, (start, end) in enumerate(pairwise(edges))}
