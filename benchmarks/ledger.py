"""What the ledger itself costs, beside the rooms: adding, storing readings, reading all back, replacing what has not changed.

    python -m benchmarks.ledger --reports 1000 10000 50000

Documents, annotations and claims are made up to the size that news of 300 words has; no text is parsed. Prints processor seconds
a step and the milliseconds a report: they must not grow with the ledger. Last, the time in which a build finds that there is
nothing to do, and the size of the file.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from firsthand.ledger import Reading, View, Writer
from firsthand.model import (
    Annotation,
    Assignment,
    Claim,
    Document,
    Grouping,
    Incident,
    Interval,
    Layer,
    Name,
    OffsetMap,
    Phrase,
    RawReport,
    ReportClaims,
    ReportLink,
    Sentence,
    Source,
    Span,
    Tally,
    record_id,
)
from firsthand.runners.local import COMMIT

Result = TypeVar("Result")


def intake(number: int) -> tuple[RawReport, bytes]:
    words = f"Report number {number} of a long day. " * 50
    sha256 = hashlib.sha256(words.encode()).hexdigest()
    return RawReport(f"rep-{number:08}", str(number), f"{number}.txt", sha256, "text", words), words.encode()


def reading(raw: RawReport) -> Reading:
    sentences = tuple(Sentence(Span(90 * i, 90 * i + 88), paragraph=i) for i in range(14))
    names = tuple(Name(Span(40 * i, 40 * i + 10), "Some Name", "person", "Some Name") for i in range(25))
    claims = tuple(
        Claim(
            record_id("clm", raw.id, i),
            raw.id,
            "text",
            Span(50 * i, 50 * i + 40),
            source=Source("the mayor", Span(0, 9), "mayor", "role"),
            cue=Phrase("said", Span(10, 14)),
            tally=Tally("killed", i, i, str(i), Span(20, 22)) if i < 2 else None,
            why="A sentence that gives the reason for this reading.",
        )
        for i in range(8)
    )
    document = Document(raw.id, raw.source_id, raw.body, OffsetMap.identity(len(raw.body)), title="A title")
    return Reading.of(document, Annotation(raw.id, Layer(sentences, names)), ReportClaims(raw.id, claims))


def grouping(view: View) -> Grouping:
    """One incident for every four reports."""
    found = view.claims()
    incidents = [
        Incident(
            record_id("inc", start),
            "An incident",
            "attack",
            Interval(None, None, "none"),
            (),
            tuple(
                ReportLink(report.report, True, 1.0, "The reason for this link.") for report in found[start : start + 4]
            ),
        )
        for start in range(0, len(found), 4)
    ]
    assignments = [
        Assignment(claim.id, incidents[number // 4].id, None, None, "The reason for this assignment.")
        for number, report in enumerate(found)
        for claim in report.claims
    ]
    return Grouping(incidents=tuple(incidents), assignments=tuple(assignments))


def parts(count: int, size: int) -> Iterator[range]:
    return (range(start, min(count, start + size)) for start in range(0, count, size))


def measure(count: int, ledger: str) -> None:
    def step(name: str, run: Callable[[], Result]) -> Result:
        start = time.process_time()
        result = run()
        took = time.process_time() - start
        print(f"{count:8} reports  {name:32} {took:8.2f} s  {1000 * took / count:8.3f} ms a report")
        return result

    with Writer(ledger) as writer:
        step("add", lambda: [writer.add([intake(n) for n in part]) for part in parts(count, 500)])
        step(
            "store readings",
            lambda: [
                writer.put_readings([reading(intake(n)[0]) for n in part], "key") for part in parts(count, COMMIT)
            ],
        )
        with View(ledger) as view:
            step("find nothing to read", lambda: (view.unread("key"), view.sums()))
            step("read documents", view.documents)
            step("read annotations", view.annotations)
            step("read claims", view.claims)
            found = grouping(view)
        step("store a grouping", lambda: writer.put_grouping(found, "first"))
        step("store the same grouping again", lambda: writer.put_grouping(found, "second"))
    print(f"{count:8} reports  {'size of the file':32} {Path(ledger).stat().st_size / 1e6:8.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[1_000, 10_000])
    for count in parser.parse_args().reports:
        with tempfile.TemporaryDirectory() as folder:
            measure(count, str(Path(folder) / "ledger.db"))


if __name__ == "__main__":
    main()
