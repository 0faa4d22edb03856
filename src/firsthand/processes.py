"""Work spread over processes. The result is the same with any number of them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from threading import Thread
from typing import TypeVar

from firsthand.errors import FirsthandError

Item = TypeVar("Item")
Result = TypeVar("Result")

# Items waiting for each worker: enough to keep it busy while a slow one is waited for, few enough to bound the memory.
AHEAD = 4


def spread(work: Callable[[Item], Result], items: Iterable[Item], workers: int) -> Iterator[Result]:
    """``work`` over ``items``, in their order; in ``workers`` forked processes, or in this one where there is but one or the
    platform cannot fork.

    A worker sees what this process held when the first result was asked for, so that only items and results are sent. Raises
    FirsthandError where a worker dies.
    """
    if workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, items)
        return
    # What is there before the fork is left alone by the workers' garbage collector, which would else copy every page.
    gc.freeze()
    pool = ProcessPoolExecutor(workers, mp_context=get_context("fork"), initializer=_begin, initargs=(work,))
    try:
        yield from in_order(pool, _call, items, workers, why="the machine ran out of memory, or somebody ended it")
    finally:
        gc.unfreeze()


def in_order(
    pool: ProcessPoolExecutor, call: Callable[[Item], Result], items: Iterable[Item], workers: int, *, why: str
) -> Iterator[Result]:
    """``call`` over ``items`` in ``pool``, in their order, of which no more wait than keep ``workers`` busy; then the pool is shut.

    Raises FirsthandError, with ``why``, where a worker dies.
    """
    try:
        waiting: deque[Future[Result]] = deque()
        for item in items:
            waiting.append(pool.submit(call, item))
            if len(waiting) > AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise FirsthandError(
            "a worker process died",
            why=why,
            hint="try `firsthand build --workers 1`; what was read so far is kept",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def serve() -> None:
    """Makes this process a worker: an interrupt is its parent's to hear, and it ends when its parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A pool's worker does not notice when its parent is killed: it would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


# What a worker does, set when it is forked.
_work: Callable[..., object]


def _begin(work: Callable[..., object]) -> None:
    global _work
    serve()
    _work = work


def _call(item: Item) -> Result:  # type: ignore[type-var]
    return _work(item)  # type: ignore[return-value]
