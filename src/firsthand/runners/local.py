"""Runs the stages on this machine: reports are read in a pool of processes, each with its own parser; those of a large ledger
are traced and grouped in several too. What comes of it is the same with any number of them.

Only this process writes. Every batch of readings and every stage over the whole ledger is one transaction with its key, so
a build that is killed loses at most the batch in hand, and the next one goes on from there.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Protocol, TypeVar

from firsthand import pipeline
from firsthand.clean import why_silent
from firsthand.ledger import KeptGrouping, KeptIndex, Reading, View, Writer
from firsthand.ledger.writer import GROUPED, TRACED
from firsthand.model import Lineage, RawReport, Settings
from firsthand.pipeline import BATCH, Reader, Unreadable
from firsthand.processes import in_order, serve

from .figures import bring_figures

Record = TypeVar("Record")

# Below this many reports one process is as fast as several: each has to load a parser first, a second or two.
POOL_FROM = 64

# Reports a transaction: large enough that its cost does not show, small enough that a kill loses seconds.
COMMIT = 64

# The collector looks for cycles after so many new objects. Stages make millions of records and hardly a cycle: with the 700 that
# Python starts with a build of 1,000 reports takes a fourteenth longer, with this many 36 MB more (benchmarks/claims_speed.py).
COLLECT_AFTER = (200_000, 50, 100)


class Progress(Protocol):
    """Told how far a stage is; ``total`` counts reports."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: how many reports it read, which it could not, and which stages over the ledger it ran.

    ``silent`` are pairs of a report that was read and says nothing and the sentence that says why (``clean.why_silent``).
    """

    read: int = 0
    unreadable: tuple[Unreadable, ...] = ()
    stages: tuple[str, ...] = ()
    silent: tuple[tuple[str, str], ...] = ()


def build(
    ledger: str, settings: Settings | None = None, *, workers: int | None = None, progress: Progress | None = None
) -> Built:
    """Brings everything derived in ``ledger`` up to date. ``workers`` None: one process a core where that pays.

    Raises LedgerError, ModelUnavailable or SettingsError; a report that cannot be read is returned, not raised.
    """
    settings = settings or Settings()
    tell = progress or _untold
    pipeline.check()
    pipeline.check_settings(settings)
    with _few_collections(), Writer(ledger) as writer:
        key = pipeline.read_key(settings)
        with View(ledger) as view:
            todo = view.unread(key)
        unreadable: list[Unreadable] = []
        pending: list[Reading] = []
        silent: list[tuple[str, str]] = []
        done = 0
        try:
            for results in _readings(ledger, todo, settings, workers):
                done += len(results)
                pending += [result for result in results if isinstance(result, Reading)]
                unreadable += [result for result in results if isinstance(result, Unreadable)]
                silent += _silent_among(results)
                if len(pending) >= COMMIT:
                    writer.put_readings(pending, key)
                    pending = []
                tell("read", done, len(todo))
        finally:
            # Also when a person interrupts: what was read is kept.
            writer.put_readings(pending, key)
        stages = _relate(ledger, writer, settings, workers or _cores(), tell)
    return Built(len(todo) - len(unreadable), tuple(unreadable), stages, tuple(silent))


def _silent_among(results: Sequence[Reading | Unreadable]) -> list[tuple[str, str]]:
    """The reports in which no claim was found for a reason that lies in their text."""
    empty = [result for result in results if isinstance(result, Reading) and not result.claims]
    return [(reading.report, why) for reading in empty if (why := why_silent(reading.words))]


def _relate(ledger: str, writer: Writer, settings: Settings, workers: int, tell: Progress) -> tuple[str, ...]:
    """Runs the stages over the whole ledger whose key has changed; returns which.

    One view stays open, so that all stages see the same readings; each kind of record is read when its stage comes.
    """
    with View(ledger) as view:
        sums = view.sums()
        judgements = view.judgements()
        lineage_key = pipeline.lineage_key(sums.documents, judgements)
        incidents_key = pipeline.incidents_key(lineage_key, sums.readings, judgements, settings)
        reconcile_key = pipeline.reconcile_key(incidents_key, settings, judgements)
        keys = {"lineage": lineage_key, "incidents": incidents_key, "reconcile": reconcile_key}
        # Each key holds the one before, so what follows a stale stage is stale too.
        stale = tuple(stage for stage, key in keys.items() if view.stage_key(stage) != key)
        if not stale:
            return ()
        total = view.count("documents")
        try:
            if "lineage" in stale:
                tell("lineage", 0, total)
                trace_copies(view, writer, lineage_key, workers)
                gc.unfreeze()
            if "incidents" in stale:
                tell("incidents", 0, total)
                bring_grouping(ledger, writer, incidents_key, settings, workers)
        finally:
            gc.unfreeze()
    tell("reconcile", 0, total)
    bring_figures(ledger, writer, reconcile_key, settings)
    tell("done", total, total)
    return stale


def trace_copies(view: View, writer: Writer, key: str, workers: int) -> None:
    """Brings the lineage up to date: reports that came since are looked up in the index, or all are traced anew."""
    judgements = view.judgements()
    new, changed = view.untraced()
    rules = pipeline.rule_version("lineage")
    if not changed and view.stage_key(TRACED) == rules and pipeline.extendable(view, len(new)):
        found = pipeline.extend(view, view.documents([report for report, _ in new]), judgements=judgements)
        if found is not None:
            index = KeptIndex(found.pages, new, rules)
            writer.extend_lineage(found.lineage, key, touched=found.touched, parted=found.parted, index=index)
            return
    documents = _kept(view.documents())
    lineage, pages = pipeline.trace(documents, workers=workers, judgements=judgements)
    traced = [(report, document) for report, document, *_ in view.digests()]
    writer.put_lineage(lineage, key, index=KeptIndex(pages, traced, rules) if pages else None)


def bring_grouping(ledger: str, writer: Writer, key: str, settings: Settings, workers: int = 1) -> None:
    """Brings the grouping up to date: what came since is added to it, or all reports are grouped anew."""
    rules = pipeline.rule_version("incidents")
    # What was just written does not show in a view that was open before.
    with View(ledger) as view:
        more = pipeline.group_more(view, settings) if view.stage_key(GROUPED) == rules else None
        if more is not None:
            kept = KeptGrouping(more.pages.items(), rules)
            writer.extend_grouping(more.grouping, key, touched=more.touched, actors=more.actors, kept=kept)
            return
        grouping, pages = pipeline.group_whole(view, Lineage(origins=view.origins()), settings, workers=workers)
        writer.put_grouping(grouping, key, kept=KeptGrouping(pages, rules) if pages is not None else None)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Spaces the collector's runs; on leaving it works as the caller had it."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECT_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _kept(records: list[Record]) -> list[Record]:
    """``records``, which stay for long: the collector need not walk them again and again while the stages run."""
    gc.freeze()
    return records


def _readings(
    ledger: str, todo: Sequence[str], settings: Settings, workers: int | None
) -> Iterator[list[Reading | Unreadable]]:
    """The results batch by batch, in the order of ``todo``: after a kill the rest falls into the same batches."""
    if not todo:
        return
    count = workers or (_cores() if len(todo) >= POOL_FROM else 1)
    batches = _batches(ledger, todo)
    if count == 1:
        reader = Reader(settings)
        gc.freeze()  # the parser's objects stay: no need to walk them again and again
        try:
            for batch in batches:
                yield reader.read(batch)
        finally:
            gc.unfreeze()
        return
    context = get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_start_worker, initargs=(settings,))
    why = "it could not load the parser, or the machine ran out of memory"
    yield from in_order(pool, _read_batch, batches, count, why=why)


def _batches(ledger: str, todo: Sequence[str]) -> Iterator[list[RawReport]]:
    # A view held open for the whole build would keep SQLite from folding its log into the file.
    chunk = BATCH * 32
    for start in range(0, len(todo), chunk):
        with View(ledger) as view:
            raws = view.raws(todo[start : start + chunk])
        for first in range(0, len(raws), BATCH):
            yield raws[first : first + BATCH]


# -- inside a worker

_reader: Reader | None = None


def _start_worker(settings: Settings) -> None:
    global _reader
    serve()
    gc.set_threshold(*COLLECT_AFTER)
    _reader = Reader(settings)
    gc.freeze()  # the parser's objects live as long as the process: no need to walk them again and again


def _read_batch(batch: list[RawReport]) -> list[Reading | Unreadable]:
    assert _reader is not None
    return _reader.read(batch)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _untold(stage: str, done: int, total: int) -> None:
    pass
