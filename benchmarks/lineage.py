"""Throughput, memory and recall by kind of copy of ``firsthand.lineage`` on synthetic reports, beside MinHash libraries.

    python -m benchmarks.lineage --reports 100000 --workers 2

The reports are drawn from a Zipf vocabulary of made-up words, about 300 words each. Seven in ten are originals, of which every
seventh is a second reporter's account of another one's event (it shares names and numbers, not sentences: a trap); three in ten are
copies of one of ten kinds. rensa and datasketch are run on the same reports where they are installed, each in one process as it
comes; both only find near duplicates, so their recall on rewrites is no reproach to them.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

import numpy as np

from firsthand.lineage import Index, extend
from firsthand.lineage.pages import Pages
from firsthand.model import Document, OffsetMap

WORDS = 300
VOCABULARY = 60_000
NAMES = 40_000
DAYS = 120
KINDS = (
    "verbatim", "cut30", "cut50", "inserted", "edit5", "edit15", "edit30", "reordered", "reworded40", "condensed",
)  # fmt: skip
#: The peers' settings: both take a pair for copies from a Jaccard likeness of about a half on.
PERMUTATIONS, BANDS = 128, 32
SETTINGS = (
    f"MinHash over word triples, {PERMUTATIONS} permutations, {BANDS} bands of {PERMUTATIONS // BANDS}, one process"
)

Pairs: TypeAlias = list[tuple[int, int]]


@dataclass(frozen=True)
class Report:
    """A synthetic report: sentences of words, the report it was copied from and how."""

    sentences: list[list[str]]
    day: int
    origin: int
    kind: str


class Writer:
    """Draws reports. The same seed writes the same pile."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
        self.words = self._coin(syllables, VOCABULARY)
        self.names = [name.capitalize() for name in self._coin([s + "r" for s in syllables], NAMES)]
        share = 1 / (np.arange(VOCABULARY) + 2.7) ** 1.05
        self.cumulative = np.cumsum(share / share.sum())

    def _coin(self, syllables: Sequence[str], count: int) -> list[str]:
        made: dict[str, None] = {}
        while len(made) < count:
            size = int(self.random.integers(2, 5))
            made["".join(syllables[k] for k in self.random.integers(0, len(syllables), size))] = None
        return list(made)

    def draw(self, count: int) -> list[str]:
        """Words as frequent as they are in the language."""
        return [self.words[k] for k in np.searchsorted(self.cumulative, self.random.random(count))]

    def original(self, facts: Sequence[str]) -> list[list[str]]:
        """About 300 words in sentences, with the names and numbers of an event here and there."""
        words = self.draw(WORDS - 2 * len(facts))
        for fact in facts:
            for _ in range(2):
                words.insert(int(self.random.integers(0, len(words))), fact)
        sentences = []
        while words:
            size = int(self.random.integers(10, 30))
            sentences.append(words[:size])
            words = words[size:]
        return sentences

    def facts(self) -> list[str]:
        """The names and numbers of an event."""
        names = [self.names[k] for k in self.random.integers(0, NAMES, 8)]
        return names + [str(k) for k in self.random.integers(3, 900, 4)]

    def copy(self, sentences: list[list[str]], kind: str) -> list[list[str]]:
        """A copy of one of ``KINDS``."""
        sentences = [list(sentence) for sentence in sentences]
        if kind.startswith("cut"):
            return sentences[: max(2, len(sentences) * (100 - int(kind[3:])) // 100)]
        if kind == "inserted":
            other = self.original(self.facts())
            middle = len(other) // 2
            return other[:middle] + sentences + other[middle:]
        if kind.startswith("edit"):
            return [self._replaced(sentence, int(kind[4:]) / 100) for sentence in sentences]
        if kind == "reordered":
            third = len(sentences) // 3
            return sentences[third : 2 * third] + sentences[:third] + sentences[2 * third :]
        if kind == "reworded40":
            return [self._swapped(self._replaced(sentence, 0.4, spare_names=True)) for sentence in sentences]
        if kind == "condensed":
            kept = [self._replaced(s[: max(8, len(s) * 2 // 3)], 0.3, spare_names=True) for s in sentences]
            return [sentence for k, sentence in enumerate(kept) if k % 4 != 3]
        return sentences

    def _replaced(self, sentence: list[str], share: float, *, spare_names: bool = False) -> list[str]:
        fresh = self.draw(len(sentence))
        hit = self.random.random(len(sentence)) < share
        return [
            new if change and not (spare_names and (old[0].isupper() or old.isdigit())) else old
            for old, new, change in zip(sentence, fresh, hit, strict=True)
        ]

    def _swapped(self, sentence: list[str]) -> list[str]:
        for k in range(0, len(sentence) - 1, 5):
            sentence[k], sentence[k + 1] = sentence[k + 1], sentence[k]
        return sentence


def pile(count: int, seed: int) -> list[Report]:
    """``count`` reports in order of writing."""
    writer = Writer(seed)
    reports: list[Report] = []
    events: list[tuple[int, list[str]]] = []
    for number in range(count):
        place = number % 10
        if place < 7 or not reports:
            if place == 6 and events:
                which, facts = events[-1]
                reports.append(Report(writer.original(facts), reports[which].day, number, "second reporter"))
                continue
            facts = writer.facts()
            events.append((number, facts))
            reports.append(Report(writer.original(facts), int(writer.random.integers(0, DAYS)), number, "original"))
            continue
        source = reports[int(writer.random.integers(0, number))]
        while source.kind not in ("original", "second reporter"):
            source = reports[int(writer.random.integers(0, number))]
        kind = KINDS[number // 10 % len(KINDS)]
        day = source.day + int(writer.random.integers(0, 3))
        reports.append(Report(writer.copy(source.sentences, kind), day, source.origin, kind))
    return reports


def text_of(report: Report) -> str:
    """The report as text, three sentences a paragraph."""
    joined = [" ".join(sentence) for sentence in report.sentences]
    lines = [sentence[0].upper() + sentence[1:] + "." for sentence in joined]
    return "\n\n".join(" ".join(lines[k : k + 3]) for k in range(0, len(lines), 3))


def document(number: int, report: Report) -> Document:
    """The report as it leaves the cleaning room."""
    text = text_of(report)
    day = date(1999, 1, 1) + timedelta(days=report.day)
    return Document(
        f"rep-{number:07d}", str(number), text, OffsetMap.identity(len(text)), published=day, published_basis="given"
    )


class Memory(threading.Thread):
    """Watches the memory of this process and its children. Where the system tells it, pages that they share count once."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0

    def run(self) -> None:
        while True:
            now = self.now()
            self.peak = max(self.peak, now)
            time.sleep(1)

    @staticmethod
    def now() -> int:
        """Megabytes at this moment."""
        process = Path("/proc/self")
        if not (process / "smaps_rollup").exists():
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (
                1024 * 1024 if sys.platform == "darwin" else 1024
            )
        children = [child for task in process.glob("task/*/children") for child in task.read_text().split()]
        total = 0
        for rollup in (process, *(Path("/proc") / child for child in children)):
            with suppress(OSError):
                text = (rollup / "smaps_rollup").read_text()
                total += int(next(line for line in text.splitlines() if line.startswith("Pss:")).split()[1])
        return total // 1024


class Kept:
    """The pages of an index, in memory."""

    def __init__(self, pages: Pages) -> None:
        self.all = pages

    def pages(self, kind: str, numbers: Sequence[int]) -> dict[int, bytes]:
        """Those of ``numbers`` that there are."""
        return {number: self.all[kind, number] for number in numbers if (kind, number) in self.all}


def cpu_seconds() -> float:
    """Processor time of this process and of its finished children."""
    return sum(
        r.ru_utime + r.ru_stime for r in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def score(reports: Sequence[Report], label: Sequence[int]) -> str:
    """Recall by kind of copy and pairwise precision of a grouping."""
    hit: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for number, report in enumerate(reports):
        if report.origin != number:
            total[report.kind] += 1
            hit[report.kind] += label[number] == label[report.origin]
    joint = Counter(zip(label, (report.origin for report in reports), strict=True))
    right = sum(n * (n - 1) for n in joint.values())
    made = sum(n * (n - 1) for n in Counter(label).values())
    recall = "  ".join(f"{kind} {hit[kind] / total[kind]:.3f}" for kind in KINDS if total[kind])
    return f"precision {right / made if made else 1:.4f}   recall: {recall}"


def grouped(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Labels of connected reports."""
    parent = list(range(count))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for left, right in pairs:
        parent[root(left)] = root(right)
    return [root(k) for k in range(count)]


def run_firsthand(reports: Sequence[Report], documents: list[Document], workers: int, memory: Memory) -> None:
    """Index, candidates, alignment, origins; then one report more."""
    start, before = time.perf_counter(), cpu_seconds()
    index = Index(documents, workers=workers)
    read = time.perf_counter()
    lineage = index.lineage()
    end, used = time.perf_counter(), cpu_seconds() - before
    label = [0] * len(documents)
    for number, origin in enumerate(lineage.origins):
        for report in origin.reports:
            label[int(report[4:])] = number
    rate = f"{len(documents) / (end - start):,.0f} reports/s"
    print(f"firsthand  {rate}  (read {read - start:.0f} s, trace {end - read:.0f} s; {used:.0f} s of processor time)")
    print(f"           peak memory {memory.peak:,} MB, the reports themselves included; {len(lineage.copies):,} copies")
    print(f"           {score(reports, label)}")
    source = next(number for number, report in enumerate(reports) if report.kind == "original")
    late = Report(
        Writer(9).copy(reports[source].sentences, "reworded40"), reports[source].day + 1, source, "reworded40"
    )
    added = document(len(documents), late)
    kept = Kept(index.pages())
    by_id = {document.id: document for document in documents}
    # A build that adds a report holds only the pages it looks at: a collection of the whole pile held here is none of its cost.
    gc.collect()
    gc.freeze()
    start = time.perf_counter()
    found = extend(kept, lambda ids: [by_id[id] for id in ids], [added]).lineage
    took = time.perf_counter() - start
    ok = any(added.id in origin.reports and documents[source].id in origin.reports for origin in found.origins)
    gc.unfreeze()
    print(f"           one report more: {took * 1000:.0f} ms, its source {'found' if ok else 'MISSED'}", flush=True)


def rensa_pairs(texts: list[str]) -> Pairs:
    """What rensa finds with ``SETTINGS``."""
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(0.5, PERMUTATIONS, BANDS)
    pairs: Pairs = []
    for number, text in enumerate(texts):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(triples(text))
        pairs.extend((number, other) for other in lsh.query(sketch))
        lsh.insert(number, sketch)
    return pairs


def datasketch_pairs(texts: list[str]) -> Pairs:
    """What datasketch finds with ``SETTINGS``."""
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))
    pairs: Pairs = []
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update_batch([triple.encode() for triple in triples(text)])
        pairs.extend((number, other) for other in lsh.query(sketch))
        lsh.insert(number, sketch)
    return pairs


def triples(text: str) -> list[str]:
    """Runs of three words."""
    words = text.lower().split()
    return [" ".join(words[k : k + 3]) for k in range(max(1, len(words) - 2))]


def run_peer(
    name: str, find: Callable[[list[str]], Pairs], reports: Sequence[Report], texts: list[str], memory: Memory
) -> None:
    """Let a peer find its pairs and print what it did; memory is that of the whole process, the reports themselves included."""
    gc.collect()
    memory.peak = 0
    start, before = time.perf_counter(), cpu_seconds()
    try:
        pairs = find(texts)
    except ImportError:
        print(f"{name:10} not installed: pip install {name}")
        return
    took, used = time.perf_counter() - start, cpu_seconds() - before
    memory.peak = max(memory.peak, memory.now())
    print(f"{name:10} {len(reports) / took:,.0f} reports/s  ({took:.0f} s, {used:.0f} s of processor time), {SETTINGS}")
    print(f"           peak memory {memory.peak:,} MB; {len(pairs):,} pairs")
    print(f"           {score(reports, grouped(len(reports), pairs))}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    reports = pile(options.reports, options.seed)
    documents = [document(number, report) for number, report in enumerate(reports)]
    kinds: dict[str, int] = defaultdict(int)
    for report in reports:
        kinds[report.kind] += 1
    print(f"{len(reports):,} reports: " + ", ".join(f"{n:,} {kind}" for kind, n in sorted(kinds.items())))
    print(f"memory before: {Memory.now():,} MB", flush=True)
    memory = Memory()
    memory.start()
    run_firsthand(reports, documents, options.workers, memory)
    texts = [document.text for document in documents]
    run_peer("rensa", rensa_pairs, reports, texts, memory)
    run_peer("datasketch", datasketch_pairs, reports, texts, memory)


if __name__ == "__main__":
    main()
