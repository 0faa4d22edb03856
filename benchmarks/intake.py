"""What taking reports in costs: time for many small ones, memory for a large web archive.

    python -m benchmarks.intake --reports 10000 --gigabytes 2

Generates both in a temporary folder, runs `firsthand add` on each as a user would, and prints wall and processor seconds and
the largest memory of the process. The ledger of the archive takes about twice its size on disk while it runs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TEXT = (
    "the a of and in to near town valley river road market police said mayor people were killed wounded shells fell morning night "
    "convoy soldiers armed men hospital doctors witnesses village bridge school army spokesman denied reported attack fighting"
)
WORDS = TEXT.split()


def prose(source: random.Random, words: int) -> str:
    return " ".join(source.choice(WORDS) for _ in range(words)).capitalize() + "."


def write_lines(path: Path, count: int) -> None:
    """Reports of 300 words, one a line."""
    source = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            paragraphs = [prose(source, 50) for _ in range(6)]
            file.write(
                json.dumps({"id": str(number), "title": prose(source, 8), "text": "\n\n".join(paragraphs)}) + "\n"
            )


def write_archive(path: Path, size: int) -> int:
    """A gzipped WARC of pages of about 200 kB that unpacks to ``size`` bytes; returns how many pages it holds."""
    source = random.Random(2)
    scripts = [prose(source, 30_000) for _ in range(8)]
    written = count = 0
    with path.open("wb") as file:
        while written < size:
            article = "".join(f"<p>{prose(source, 50)}</p>" for _ in range(6))
            filler = f"<script>{source.choice(scripts)}</script>"
            page = f"<html><head><title>{count}</title>{filler}</head><body><article>{article}</article></body></html>".encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n".encode()
            fields = (
                f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{count}\r\n"
                f"WARC-Date: 2020-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{count:012}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(head) + len(page)}\r\n\r\n"
            )
            record = fields.encode() + head + page + b"\r\n\r\n"
            file.write(gzip.compress(record, 1))
            written += len(record)
            count += 1
    return count


def measure(name: str, folder: Path, source: Path) -> None:
    """Adds ``source`` to a new ledger, in a process of its own."""
    ledger = folder / "ledger.db"
    command = [sys.executable, "-m", "firsthand", "--ledger", str(ledger), "add", str(source)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    memory = usage.ru_maxrss / 1024  # kilobytes on Linux
    print(
        f"{name}: {took:.1f} s, {usage.ru_utime + usage.ru_stime:.1f} s of the processor, {memory:.0f} MB at most, "
        f"ledger {ledger.stat().st_size / 1e6:.0f} MB, status {os.waitstatus_to_exitcode(status)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--gigabytes", type=float, default=2.0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        lines = Path(name, "reports.jsonl")
        write_lines(lines, arguments.reports)
        measure(f"{arguments.reports} JSON lines", Path(name), lines)
    with tempfile.TemporaryDirectory() as name:
        archive = Path(name, "pages.warc.gz")
        count = write_archive(archive, int(arguments.gigabytes * 1e9))
        packed = archive.stat().st_size / 1e6
        measure(f"WARC of {arguments.gigabytes} GB ({packed:.0f} MB packed, {count} pages)", Path(name), archive)


if __name__ == "__main__":
    main()
