"""What `firsthand build` costs beside reading: a ledger made from nothing, then one report more, ten more, and one judgement.

    python -m benchmarks.building --reports 2000 10000

The reports are those of benchmarks/incidents.py, written to the ledger as if they had been read, so that no parser is timed. Every
build is a process of its own: printed are the seconds from its start to its end, those that its processes worked, those of each
stage, its peak memory and that of its largest worker, of which most is shared with it.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from benchmarks.incidents import Report, World

from firsthand import pipeline
from firsthand.ledger import Reading, View, Writer
from firsthand.model import RawReport, Settings

BATCH = 1_000


def note_read(path: str, reports: Sequence[Report]) -> None:
    """Adds ``reports`` to the ledger at ``path``, read."""
    with Writer(path) as writer:
        for start in range(0, len(reports), BATCH):
            part = reports[start : start + BATCH]
            writer.add((_raw(report), report.document.text.encode()) for report in part)
            writer.put_readings(
                [Reading.of(report.document, report.annotation, report.claims) for report in part],
                pipeline.read_key(Settings()),
            )


def _raw(report: Report) -> RawReport:
    one = report.document
    return RawReport(
        one.id, one.source_id, f"{one.source_id}.txt", sha256(one.text.encode()).hexdigest(), "text", one.text
    )


def step(path: str, workers: int) -> None:
    """Builds the ledger in this process; prints the seconds of its stages and the peak memory as JSON."""
    from firsthand.runners.local import build

    moments: list[tuple[str, float]] = []
    build(path, workers=workers, progress=lambda stage, done, total: moments.append((stage, time.perf_counter())))
    spent = {stage: round(after - at, 2) for (stage, at), (_, after) in pairwise(moments) if stage != "done"}
    peak, beside = (
        round(resource.getrusage(whose).ru_maxrss / 1024**2, 2)
        for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps({"stages": spent, "gib": peak, "worker": beside}))


def timed(path: str, what: str, workers: int) -> None:
    """Builds the ledger in a process of its own and prints what it cost."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "benchmarks.building", "--step", path, "--workers", str(workers)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in told["stages"].items())
    print(
        f"    {what:28} {took:7.1f} s  worked {worked:7.1f} s  peak {told['gib']:5.2f} + {told['worker']:.2f} GiB   ({stages})",
        flush=True,
    )


def measure(count: int, more: int, workers: int, seed: int) -> None:
    """A ledger of ``count`` reports; then a report, ``more`` reports and a few judgements."""
    reports, _ = World(seed).reports(count + more + 1)
    # Those that come later fall anywhere in the five years.
    late = random.Random(seed).sample(range(len(reports)), more + 1)
    chosen = set(late)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "ledger.db")
        print(f"{count:,} reports", flush=True)
        note_read(path, [report for number, report in enumerate(reports) if number not in chosen])
        timed(path, "from nothing", workers)
        print(f"    {Path(path).stat().st_size / 1e6:,.0f} MB")
        timed(path, "nothing new", workers)
        note_read(path, [reports[late[0]]])
        timed(path, "one report more", workers)
        note_read(path, [reports[number] for number in late[1:]])
        timed(path, f"{more} reports more", workers)
        with View(path) as view:
            claim = view.assignments()[0].claim
            one, other = view.incidents()[:2]
            groups = [[link.report for link in incident.links if link.main] for incident in (one, other)]
        with Writer(path) as writer:
            writer.judge(by="Ada", verb="reject", subject=claim)
        timed(path, "one claim rejected", workers)
        with Writer(path) as writer:
            after = json.dumps([sorted(groups[0] + groups[1])])
            writer.judge(by="Ada", verb="merge", subject=one.id, before=json.dumps(groups), after=after)
        timed(path, "two incidents merged", workers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[2_000, 10_000])
    parser.add_argument("--more", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--step", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        step(options.step, options.workers)
        return
    for count in options.reports:
        measure(count, options.more, options.workers, options.seed)


if __name__ == "__main__":
    main()
