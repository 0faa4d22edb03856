"""SIGKILL at any moment of a build, then a build: the same ledger as without."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

from firsthand.ledger import View

Dump: TypeAlias = dict[str, list[tuple[object, ...]]]
Undisturbed: TypeAlias = tuple[float, Dump]  # seconds, and what the ledger says
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")


def command(ledger: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "firsthand", "--ledger", str(ledger), *arguments]


def run(ledger: Path, *arguments: str) -> float:
    """Runs a command that must succeed; returns the seconds it took."""
    start = time.monotonic()
    subprocess.run(command(ledger, *arguments), check=True, capture_output=True)
    return time.monotonic() - start


def kill_after(seconds: float, ledger: Path, *arguments: str) -> bool:
    """Kills the command with all its workers still running; False where it was done before."""
    process = subprocess.Popen(command(ledger, *arguments), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return True


def dump(ledger: Path) -> Dump:
    with View(str(ledger)) as view:
        return view.dump()


@pytest.fixture(scope="module")
def added(pile: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that holds the pile, not built."""
    ledger = tmp_path_factory.mktemp("added") / "added.db"
    run(ledger, "add", str(pile))
    return ledger


@pytest.fixture(scope="module")
def undisturbed(added: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Undisturbed]:
    """How long that many workers take to build the ledger, and what it says then."""

    @cache
    def built(workers: str) -> Undisturbed:
        ledger = copy_of(added, tmp_path_factory.mktemp("whole"))
        took = run(ledger, "build", "--workers", workers)
        found = dump(ledger)
        assert len(found["documents"]) == 130
        assert found["incidents"]
        return took, found

    return built


def copy_of(ledger: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return Path(shutil.copy(ledger, folder / "ledger.db"))


@pytest.mark.parametrize(("workers", "shares"), [("1", (0.45, 0.65, 0.85)), ("2", (0.5, 0.8))])
def test_a_killed_build_is_finished_by_the_next(
    added: Path,
    undisturbed: Callable[[str], Undisturbed],
    tmp_path: Path,
    workers: str,
    shares: tuple[float, ...],
) -> None:
    """``shares`` are the moments, as shares of the time that an undisturbed build takes."""
    took, expected = undisturbed(workers)
    killed = 0
    for share in shares:
        ledger = copy_of(added, tmp_path / str(share))
        killed += kill_after(share * took, ledger, "build", "--workers", workers)
        run(ledger, "build", "--workers", workers)
        assert dump(ledger) == expected
    assert killed, "no build was caught alive: the machine is faster the second time than this test expects"


def test_a_build_killed_again_and_again_ends_where_the_others_do(
    added: Path, undisturbed: Callable[[str], Undisturbed], tmp_path: Path
) -> None:
    took, expected = undisturbed("1")
    ledger = copy_of(added, tmp_path)
    for share in (0.5, 0.6):
        kill_after(share * took, ledger, "build", "--workers", "1")
    run(ledger, "build", "--workers", "1")
    assert dump(ledger) == expected


def test_a_killed_add_leaves_whole_reports_and_is_finished_by_the_next(pile: Path, tmp_path: Path) -> None:
    whole, ledger = tmp_path / "whole.db", tmp_path / "killed.db"
    took = run(whole, "add", str(pile))
    for share in (0.6, 0.8, 0.95):
        kill_after(share * took, ledger, "add", str(pile))
    run(ledger, "add", str(pile))
    with View(str(ledger)) as view, View(str(whole)) as other:
        assert view.report_ids() == other.report_ids()
        assert view.raws(view.report_ids()) == other.raws(other.report_ids())
        assert list(view.verify()) == []


def test_workers_end_with_their_parent(added: Path, tmp_path: Path) -> None:
    ledger = copy_of(added, tmp_path)
    process = subprocess.Popen(
        command(ledger, "build", "--workers", "2"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    children: list[int] = []
    deadline = time.monotonic() + 60
    while len(children) < 2 and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)
        children = _children(process.pid)
    assert children, "no worker was seen"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    while any(_alive(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [child for child in children if _alive(child)]


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    if not path.exists():
        pytest.skip("this system does not list child processes under /proc")
    return [int(child) for child in path.read_text().split()]


def _alive(pid: int) -> bool:
    try:
        # A child that nobody waited for stays as a zombie: dead all the same.
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
