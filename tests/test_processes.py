"""Work over processes comes to what it comes to in one."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from multiprocessing import parent_process

import pytest

from firsthand.errors import FirsthandError
from firsthand.processes import AHEAD, spread

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_the_order_of_their_items(workers: int) -> None:
    assert list(spread(lambda n: n * n, range(100), workers)) == [n * n for n in range(100)]
    assert list(spread(len, [], workers)) == []


def test_a_worker_sees_what_its_parent_held_and_changes_nothing_there() -> None:
    held = {"a": 1, "b": 2}

    def taken(name: str) -> tuple[int, bool]:
        return held.pop(name), parent_process() is not None

    assert list(spread(taken, ["a", "b"], 2)) == [(1, True), (2, True)]
    assert held == {"a": 1, "b": 2}


def test_few_items_are_taken_ahead() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for n in range(100):
            taken.append(n)
            yield n

    results = spread(abs, items(), 2)
    assert next(results) == 0
    assert len(taken) == 2 * AHEAD + 1
    results.close()  # type: ignore[attr-defined]
    assert len(taken) == 2 * AHEAD + 1


def test_an_error_in_a_worker_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(spread(lambda n: 1 // n, [2, 1, 0], 2))


def test_a_worker_that_dies_is_told() -> None:
    with pytest.raises(FirsthandError, match="a worker process died"):
        list(spread(lambda n: os.kill(os.getpid(), signal.SIGKILL), range(4), 2))
