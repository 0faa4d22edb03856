"""One report more: what it changes in a lineage that was traced before, found in the kept index without reading the pile.

The outcome is the same, to the letter, as tracing the whole pile anew with the same ``Learned``: neighbour lists and ties by
runs are kept exactly, and every origin that a pair was added to or lost from is put together anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import msgspec
import numpy as np

from firsthand.model import Document, Lineage

from .candidates import LEAST_LIKENESS, NEIGHBOURS, RUN_BUCKET, RUNS_SHARED, in_window, sampled_runs, vectors
from .groups import Pair
from .pages import (
    RUN_ENTRY,
    WORD_ENTRY,
    Entries,
    Entry,
    Pages,
    Shelf,
    name_page,
    read_entry,
    read_head,
    read_learned,
    read_names,
    read_reports_learned,
    run_page,
    word_page,
    write_entry,
    write_head,
    write_names,
)
from .pile import Pile
from .printings import ordinal
from .reading import Reading
from .weights import Weights

Fetch = Callable[[Sequence[str]], Sequence[Document]]
Page = TypeVar("Page")

#: A pile that has grown by this factor since its words were counted is read anew: by then new names may be in many reports and
#: still weigh like rare words. Read anew so seldom, the whole reading costs each report four looks in all.
GROWN = 1.25
#: A look-up takes about as long as thirty reports take in a whole trace.
FEW, MORE_SHARE = 20, 0.03


class DamagedIndex(LookupError):
    """There is no index, or a page of it is missing or cannot be read: all reports must be traced anew."""


@contextmanager
def _sound() -> Iterator[None]:
    try:
        yield
    except (LookupError, ValueError, msgspec.MsgspecError) as error:
        raise DamagedIndex("a page of the index is missing or cannot be read") from error


@dataclass(frozen=True)
class Extension:
    """What some reports more change.

    ``touched`` are the reports whose origins were put together anew, ``parted`` the pairs that are no longer compared. Of the
    lineage before, what lies inside ``touched`` or on a parted pair is gone; ``lineage`` holds what takes its place. ``pages``
    are those to rewrite.
    """

    lineage: Lineage
    touched: tuple[str, ...]
    parted: tuple[tuple[str, str], ...]
    pages: Pages


def extend(shelf: Shelf, fetch: Fetch, documents: Iterable[Document], *, again: Iterable[str] = ()) -> Extension:
    """Take ``documents``, none of which is in the index on ``shelf``, into the lineage. ``fetch`` gives documents by id; the
    origins of the reports ``again`` are put together anew as well.

    Raises DamagedIndex where there is no index, or one that cannot be read.
    """
    work = _Work(shelf, fetch)
    for document in sorted(documents, key=lambda document: document.id):
        work.add(document)
    work.seed(again)
    return work.finish()


def extendable(shelf: Shelf, more: int) -> bool:
    """Whether there is an index that ``more`` reports can be added to, rather than tracing everything anew: what the pile taught
    must still hold, and looking each report up must be the quicker way."""
    try:
        with _sound():
            head, learned_from = read_head(shelf), read_reports_learned(shelf)
    except DamagedIndex:
        return False
    return (
        head is not None and head.reports + more <= GROWN * learned_from and more <= max(FEW, MORE_SHARE * head.reports)
    )


class _Work:
    """The pages in hand, and what was found so far. Reports go by their numbers in the index."""

    def __init__(self, shelf: Shelf, fetch: Fetch) -> None:
        with _sound():
            head, self._learned = read_head(shelf), read_learned(shelf)
        if head is None:
            raise DamagedIndex("there is no index to extend")
        self._shelf, self._fetch, self._head = shelf, fetch, head
        self._weights = Weights(frequencies=self._learned.frequencies)
        self._count = head.reports
        self._entries: dict[int, Entry] = {}
        self._documents: dict[int, Document] = {}
        self._readings: dict[int, Reading] = {}
        self._names: dict[int, dict[str, int]] = {}
        self._word_pages: dict[int, Entries] = {}
        self._run_pages: dict[int, Entries] = {}
        self._changed: set[tuple[str, int]] = set()
        self._new_pairs: set[Pair] = set()
        self._parted: set[Pair] = set()
        self._seeds: set[int] = set()

    def add(self, document: Document) -> None:
        """Take in one report: find its candidates, measure them, and part what it displaces."""
        number = self._count
        self._count += 1
        self._documents[number] = document
        entry = self._entries[number] = Entry(document.id, ordinal(document))
        self._changed.add(("report", number))
        self._seeds.add(number)
        page = name_page(document.id, self._head.names)
        self._load_names([page])
        self._names[page][document.id] = number
        self._changed.add(("name", page))
        displaced = self._place_words(number, entry)
        tied, loosened = self._place_runs(number)
        partners = {other for other, _ in entry.near} | tied | displaced.pop(number, set())
        self._compare(number, sorted(partners))
        lost = {_pair(one, other) for one, others in displaced.items() for other in others} | loosened
        for one, other in sorted(lost):
            if other in self._entry(one).odds and not self._is_candidate(one, other):
                self._part(one, other)

    def seed(self, ids: Iterable[str]) -> None:
        """Have the origins of these reports put together anew; ids that are not in the index are passed over."""
        pages = {id: name_page(id, self._head.names) for id in ids}
        self._load_names(sorted(set(pages.values())))
        self._seeds.update(self._names[page][id] for id, page in pages.items() if id in self._names[page])

    def finish(self) -> Extension:
        """Put the touched origins together anew."""
        touched = self._component()
        new = self._new_pairs - self._parted
        beyond = {one for pair in new for one in pair} - touched
        self._load(sorted(touched | beyond))
        numbers = sorted(touched | beyond, key=lambda number: self._entry(number).id)
        place = {number: index for index, number in enumerate(numbers)}
        pile = Pile(
            [self._documents[number] for number in numbers],
            [self._reading(number) for number in numbers],
            self._weights,
        )
        known: dict[Pair, float] = {}
        for number in sorted(touched):
            for other, odds in self._entry(number).odds.items():
                if other in touched or _pair(number, other) in new:
                    known[_pair(place[number], place[other])] = odds
        # Passages are not kept: those of pairs that look independent are found again.
        shared = pile.score(sorted(pair for pair, odds in known.items() if odds <= 0))
        pile.know({pair: odds for pair, odds in known.items() if odds > 0})
        groups = pile.groups(sorted(place[number] for number in touched))
        lineage = pile.describe(groups, shared)
        ids = {number: self._entry(number).id for pair in self._parted for number in pair}
        return Extension(
            lineage,
            tuple(sorted(self._entry(number).id for number in touched)),
            tuple(sorted(_ids(ids[one], ids[other]) for one, other in self._parted)),
            dict(self._pages()),
        )

    # -- neighbours by words

    def _place_words(self, number: int, entry: Entry) -> dict[int, set[int]]:
        """Fill the report's neighbour list and put it into those of others. Returns for each report whom it has lost from its list;
        under ``number`` those that now have the new report in theirs."""
        mine = vectors([self._reading(number)], self._weights)
        pages = word_page(mine.word, self._head.words)
        self._load_words(sorted(set(pages.tolist())))
        looked, met = _Sum(), _Sum()
        for word, value, probe, page in zip(
            mine.word.tolist(), mine.value.tolist(), mine.probe.tolist(), pages.tolist(), strict=True
        ):
            entries = self._word_pages[page]
            entries = entries[entries["word"] == word]
            values = entries["value"].astype(np.int64)
            if probe:
                looked.add(entries["report"], np.abs(values) * value)
            met.add(entries["report"][values > 0], values[values > 0] * value)
        for page in sorted(set(pages.tolist())):
            here = pages == page
            more = np.empty(int(here.sum()), WORD_ENTRY)
            more["word"], more["report"] = mine.word[here], number
            more["value"] = np.where(mine.probe[here], mine.value[here], -mine.value[here])
            self._word_pages[page] = np.concatenate([self._word_pages[page], more])
            self._changed.add(("word", page))
        nearest = looked.above(LEAST_LIKENESS)
        for_others = met.above(LEAST_LIKENESS)
        self._load_entries(sorted(nearest.keys() | for_others.keys()))
        entry.near = self._ranked(entry.day, nearest)
        displaced: dict[int, set[int]] = {number: set()}
        for other, likeness in sorted(for_others.items()):
            theirs = self._entry(other)
            ranked = self._ranked(theirs.day, {**dict(theirs.near), number: likeness})
            if any(one == number for one, _ in ranked):
                displaced[number].add(other)
                displaced[other] = {one for one, _ in theirs.near} - {one for one, _ in ranked}
                theirs.near = ranked
                self._changed.add(("report", other))
        return displaced

    def _ranked(self, day: int, likeness: dict[int, int]) -> list[tuple[int, int]]:
        """The nearest of some reports, as ``candidates`` ranks them."""
        numbers = list(likeness)
        self._load_entries(numbers)
        days = np.array([self._entry(number).day for number in numbers], np.int64)
        near = [number for number, inside in zip(numbers, in_window(day, days).tolist(), strict=True) if inside]
        near.sort(key=lambda number: (-likeness[number], self._entry(number).day, self._entry(number).id))
        return [(number, likeness[number]) for number in near[:NEIGHBOURS]]

    # -- ties by runs of words

    def _place_runs(self, number: int) -> tuple[set[int], set[Pair]]:
        """Enter the report's runs. Returns the reports that they tie it to, and pairs that they may tie no longer."""
        runs = sampled_runs(self._reading(number).words)
        pages = run_page(runs, self._head.runs)
        self._load_runs(sorted(set(pages.tolist())))
        count: dict[int, int] = {}
        crowds: set[frozenset[int]] = set()
        loosened: set[Pair] = set()
        for run, page in zip(runs.tolist(), pages.tolist(), strict=True):
            holders = self._holders(run, page)
            first = bool(holders) and self._entry(number).id < self._entry(holders[0]).id
            if len(holders) >= RUN_BUCKET:
                tied = holders if first else holders[:1]
                if first and len(holders) > RUN_BUCKET:
                    loosened.update(_pair(holders[0], other) for other in holders[1:])
                elif len(holders) == RUN_BUCKET:
                    crowds.add(frozenset(holders))
            else:
                tied = holders
            for other in tied:
                count[other] = count.get(other, 0) + 1
            self._enter(run, page, number, first=first)
        for crowd in crowds:
            self._load_entries(sorted(crowd))
            loosened.update(_pair(one, other) for one in crowd for other in self._entry(one).odds if other in crowd)
        return {other for other, shared in count.items() if shared >= RUNS_SHARED}, loosened

    def _holders(self, run: int, page: int) -> list[int]:
        entries = self._run_pages[page]
        holders: list[int] = entries["report"][entries["run"] == np.uint64(run)].tolist()
        return holders

    def _enter(self, run: int, page: int, number: int, *, first: bool) -> None:
        more = np.array([(run, number)], RUN_ENTRY)
        parts = [more, self._run_pages[page]] if first else [self._run_pages[page], more]
        self._run_pages[page] = np.concatenate(parts)
        self._changed.add(("run", page))

    def _is_candidate(self, one: int, other: int) -> bool:
        """Whether two reports of the index are still worth comparing."""
        if any(other == near for near, _ in self._entry(one).near):
            return True
        if any(one == near for near, _ in self._entry(other).near):
            return True
        common = np.intersect1d(
            sampled_runs(self._reading(one).words), sampled_runs(self._reading(other).words), assume_unique=True
        )
        pages = run_page(common, self._head.runs)
        self._load_runs(sorted(set(pages.tolist())))
        ties = 0
        for run, page in zip(common.tolist(), pages.tolist(), strict=True):
            holders = self._holders(run, page)
            ties += len(holders) <= RUN_BUCKET or holders[0] in (one, other)
        return ties >= RUNS_SHARED

    # -- pairs

    def _compare(self, number: int, others: Sequence[int]) -> None:
        """Measure the new report against ``others``."""
        self._load([number, *others])
        numbers = sorted((number, *others), key=lambda one: self._entry(one).id)
        pile = Pile([self._documents[one] for one in numbers], [self._reading(one) for one in numbers], self._weights)
        mine = numbers.index(number)
        pile.score([_pair(mine, index) for index in range(len(numbers)) if index != mine])
        for (left, right), odds in pile.odds.items():
            one, other = numbers[left], numbers[right]
            self._entry(one).odds[other] = self._entry(other).odds[one] = odds
            self._changed |= {("report", one), ("report", other)}
            self._new_pairs.add(_pair(one, other))
            if odds > 0:
                self._seeds |= {one, other}

    def _part(self, one: int, other: int) -> None:
        self._load_entries([one, other])
        if self._entry(one).odds.pop(other) > 0:
            self._seeds |= {one, other}
        del self._entry(other).odds[one]
        self._changed |= {("report", one), ("report", other)}
        self._parted.add(_pair(one, other))

    def _component(self) -> set[int]:
        """The reports that hang together with any whose pairs have changed."""
        touched = set(self._seeds)
        frontier = sorted(touched)
        while frontier:
            self._load_entries(frontier)
            beyond = {other for one in frontier for other, odds in self._entry(one).odds.items() if odds > 0}
            frontier = sorted(beyond - touched)
            touched |= beyond
        return touched

    # -- pages

    def _entry(self, number: int) -> Entry:
        if number not in self._entries:
            self._load_entries([number])
        return self._entries[number]

    def _reading(self, number: int) -> Reading:
        if number not in self._readings:
            self._load([number])
            self._readings[number] = self._learned.read(self._documents[number])
        return self._readings[number]

    def _load(self, numbers: Sequence[int]) -> None:
        """Fetch the documents of ``numbers``."""
        self._load_entries(numbers)
        missing = {self._entries[number].id: number for number in numbers if number not in self._documents}
        for document in self._fetch(sorted(missing)) if missing else ():
            self._documents[missing[document.id]] = document

    def _load_entries(self, numbers: Sequence[int]) -> None:
        missing = [number for number in numbers if number not in self._entries]
        self._entries.update(self._read("report", missing, read_entry))

    def _load_names(self, numbers: Sequence[int]) -> None:
        missing = [number for number in numbers if number not in self._names]
        self._names.update(self._read("name", missing, read_names))

    def _load_words(self, numbers: Sequence[int]) -> None:
        missing = [number for number in numbers if number not in self._word_pages]
        self._word_pages.update(self._read("word", missing, lambda page: np.frombuffer(page, WORD_ENTRY)))

    def _load_runs(self, numbers: Sequence[int]) -> None:
        missing = [number for number in numbers if number not in self._run_pages]
        self._run_pages.update(self._read("run", missing, lambda page: np.frombuffer(page, RUN_ENTRY)))

    def _read(self, kind: str, numbers: Sequence[int], read: Callable[[bytes], Page]) -> dict[int, Page]:
        if not numbers:
            return {}
        with _sound():
            found = self._shelf.pages(kind, numbers)
            return {number: read(found[number]) for number in numbers}

    def _pages(self) -> Iterator[tuple[tuple[str, int], bytes]]:
        for kind, number in sorted(self._changed):
            if kind == "report":
                yield (kind, number), write_entry(self._entries[number])
            elif kind == "word":
                yield (kind, number), self._word_pages[number].tobytes()
            elif kind == "name":
                yield (kind, number), write_names(self._names[number])
            else:
                yield (kind, number), self._run_pages[number].tobytes()
        yield from write_head(msgspec.structs.replace(self._head, reports=self._count)).items()


class _Sum:
    """Whole numbers summed by report."""

    def __init__(self) -> None:
        self._reports: list[np.ndarray[tuple[int], np.dtype[np.int32]]] = []
        self._values: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []

    def add(self, reports: np.ndarray, values: np.ndarray) -> None:  # type: ignore[type-arg]
        self._reports.append(reports)
        self._values.append(values)

    def above(self, least: int) -> dict[int, int]:
        """Those that come to ``least``."""
        if not self._reports:
            return {}
        reports, where = np.unique(np.concatenate(self._reports), return_inverse=True)
        total = np.zeros(len(reports), np.int64)
        np.add.at(total, where, np.concatenate(self._values))
        enough = total >= least
        return dict(zip(reports[enough].tolist(), total[enough].tolist(), strict=True))


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _ids(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
