"""What one report more costs a large ledger: finding what is new, and who copies whom.

    python -m benchmarks.growing --reports 10000 100000

The reports are those of benchmarks/lineage.py, about 300 made-up words each; they are written to the ledger as if they had been
read, without names or claims, of which made-up words have none. Prints the seconds of the first lineage, and for each report that
comes later those of `firsthand add`, of finding what is new and of the lineage.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from benchmarks.lineage import KINDS, Report, Writer, document, pile, text_of

from firsthand import ledger as store
from firsthand import pipeline
from firsthand.clean import clean
from firsthand.lineage.pages import read_head
from firsthand.model import Annotation, Document, Layer, RawReport, ReportClaims, Settings
from firsthand.runners.local import trace_copies

BATCH = 2_000


def written(path: str, documents: list[Document]) -> None:
    """A ledger at ``path`` that holds ``documents`` as read."""
    with store.Writer(path) as writer:
        for start in range(0, len(documents), BATCH):
            part = documents[start : start + BATCH]
            writer.add((raw(one), one.text.encode()) for one in part)
            note_read(writer, part)


def note_read(writer: store.Writer, documents: list[Document]) -> None:
    """Notes the documents as read, without names and claims."""
    readings = [store.Reading.of(one, Annotation(one.id, Layer((), ())), ReportClaims(one.id, ())) for one in documents]
    writer.put_readings(readings, pipeline.read_key(Settings()))


def raw(one: Document) -> RawReport:
    """The report as it came in."""
    digest = sha256(one.text.encode()).hexdigest()
    return RawReport(one.id, one.source_id, f"{one.source_id}.txt", digest, "text", one.text)


def trace(path: str) -> None:
    """Brings the lineage of the ledger up to date."""
    with store.Writer(path) as writer, store.View(path) as view:
        trace_copies(view, writer, pipeline.lineage_key(view.sums().documents), 2)


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Prints the seconds that its block takes, and those of them that this process worked."""
    start, worked = time.perf_counter(), time.process_time()
    yield
    print(f"    {what:24} {time.perf_counter() - start:8.2f} s  ({time.process_time() - worked:.2f} s)", flush=True)


def measure(count: int, more: int) -> None:
    """A ledger of ``count`` reports, and ``more`` that come later, one by one."""
    reports = pile(count, 1)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "ledger.db")
        print(f"{count:,} reports")
        with timed("written as read"):
            written(path, [document(number, report) for number, report in enumerate(reports)])
        before = Path(path).stat().st_size
        with timed("first lineage"):
            trace(path)
        after = Path(path).stat().st_size
        print(f"    {before / 1e6:,.0f} MB, with the lineage and its index {after / 1e6:,.0f} MB")
        for number in range(more):
            kind = KINDS[number % len(KINDS)]
            source = next(report for report in reports[17 * number :] if report.kind == "original")
            late = Report(Writer(number).copy(source.sentences, kind), source.day + 1, source.origin, kind)
            text = Path(folder) / f"late{number}.txt"
            text.write_text(text_of(late), encoding="utf-8")
            print(f"  one more ({kind})")
            with timed("firsthand add"):
                command = [sys.executable, "-m", "firsthand", "--ledger", path, "add", "-q", str(text)]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            with timed("find what is new"), store.View(path) as view:
                new = view.raws(view.unread(pipeline.read_key(Settings())))
            with store.Writer(path) as writer:
                note_read(writer, [clean(one) for one in new])
            with timed("lineage"):
                trace(path)
        with store.View(path) as view:
            head = read_head(view)
            print(f"    {head.reports if head else 0:,} reports in the index")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[10_000])
    parser.add_argument("--more", type=int, default=4)
    options = parser.parse_args()
    for count in options.reports:
        measure(count, options.more)


if __name__ == "__main__":
    main()
