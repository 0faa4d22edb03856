"""Time of `firsthand build` beside a bare pass of the same spaCy model over the same texts, on one core and on two.

    python -m benchmarks.claims_speed --reports 1000
    python -m benchmarks.claims_speed --texts reports.jsonl

Without ``--texts`` (JSON Lines with ``text``) the reports are drawn from a small grammar, about 300 words each: one sentence in
five counts victims, one in four is attributed, the rest tells. Every run is a process of its own, held to its cores, and both
sides pay for loading the model. The bare pass is ``nlp.pipe`` with the batch size that is fastest for it (8 reports).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from firsthand.resources import table

BATCH = 8
WORDS = 300
DAYS = 90
VERBS = (
    "crossed reached watched left entered closed guarded searched avoided described opened crowded served blocked repaired "
    "visited filled praised questioned surrounded supplied abandoned rebuilt followed divided"
)
ADJECTIVES = (
    "northern quiet crowded narrow distant official local dry former eastern heavy new small broken coastal divided rural early "
    "tired wide empty long uncertain mountain regional"
)
SYLLABLES = "bakalamanarasatadogokolomonorusutuviminirizekele"
OUTCOMES = (
    "{n} {v} were killed and {m} others wounded when {np} {verb} {place} on {day}",
    "an attack on {np} near {place} killed at least {n} {v}, including {m} {w}",
    "{n} {v} died and {m} were injured in {place}",
    "the bodies of {n} {v} were found outside {place}",
    "more than {n} {v} have been arrested since {day}",
    "fighting near {place} has forced {n} {v} to flee",
)
SAID = (
    "{s}, {who} said",
    "According to {who}, {s}",
    "{who} told reporters that {s}",
    "“{s},” said {who}",
    "{who} said in a statement on {day} that {s}",
)


class Writer:
    """Draws reports. The same seed writes the same pile."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.things = [row["noun"] for row in table("claims/nonpersons.tsv")]
        self.people = [row["plural"] for row in table("claims/victims.tsv")]
        self.verbs, self.adjectives = VERBS.split(), ADJECTIVES.split()

    def report(self) -> str:
        """A report of about ``WORDS`` words in paragraphs."""
        out: list[str] = []
        length = 0
        while length < WORDS:
            sentence = self.sentence()
            length += len(sentence.split())
            out.append(sentence)
        return "\n\n".join(" ".join(out[i : i + 3]) for i in range(0, len(out), 3))

    def sentence(self) -> str:
        told = self.outcome() if self.random.random() < 0.2 else self.clause()
        if self.random.random() < 0.25:
            told = self.pick(SAID).format(s=told, who=self.who(), day=self.day())
        return told[0].upper() + told[1:] + "."

    def outcome(self) -> str:
        n = self.random.randint(2, 90)
        return self.pick(OUTCOMES).format(
            n=n, m=self.random.randint(1, n), v=self.pick(self.people), w=self.pick(self.people), np=self.phrase(),
            verb=self.pick(self.verbs), place=self.name(), day=self.day(),
        )  # fmt: skip

    def clause(self) -> str:
        joined = self.pick((" while ", " after ", ", and ", " before "))
        return joined.join(
            f"{self.phrase()} {self.pick(self.verbs)} {self.phrase()} in {self.name()}"
            for _ in range(self.random.randint(1, 2))
        )

    def phrase(self) -> str:
        return f"the {self.pick(self.adjectives)} {self.pick(self.things)} of {self.name()}"

    def who(self) -> str:
        return f"{self.name()} {self.name()}, a {self.pick(self.adjectives)} spokesman"

    def name(self) -> str:
        return "".join(self.syllable() for _ in range(self.random.randint(2, 4))).capitalize()

    def syllable(self) -> str:
        start = 2 * self.random.randrange(len(SYLLABLES) // 2)
        return SYLLABLES[start : start + 2]

    def day(self) -> str:
        return self.pick(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))

    def pick(self, items: Sequence[str]) -> str:
        return items[self.random.randrange(len(items))]


def _spent() -> float:
    """Processor seconds of this process and of its children that ended."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def bare(path: Path, cores: int) -> tuple[float, float]:
    """Elapsed and processor seconds of a bare pass, model load included."""
    from firsthand.annotate.parser import PACKAGED_MODEL, PREFERRED_MODEL

    texts = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
    start, spent = time.perf_counter(), _spent()
    import spacy

    nlp = spacy.load(PREFERRED_MODEL if spacy.util.is_package(PREFERRED_MODEL) else PACKAGED_MODEL)
    for _ in nlp.pipe(texts, batch_size=BATCH, n_process=cores):
        pass
    return time.perf_counter() - start, _spent() - spent


def build(path: Path, cores: int) -> tuple[float, float]:
    """The same of a build of a fresh ledger that holds the reports."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = str(Path(folder) / "ledger.db")
        subprocess.run(
            [sys.executable, "-m", "firsthand", "--ledger", ledger, "add", str(path)], check=True, capture_output=True
        )
        start, spent = time.perf_counter(), _spent()
        from firsthand.runners import local

        built = local.build(ledger, workers=cores)
        if built.unreadable:
            sys.exit(f"{len(built.unreadable)} reports were not read: {built.unreadable[0].why}")
        return time.perf_counter() - start, _spent() - spent


def measured(kind: str, path: Path, cores: int) -> tuple[float, float]:
    """Elapsed and processor seconds of ``kind`` in a process of its own that is held to ``cores`` cores."""
    command = [sys.executable, __file__, "--run", kind, "--texts", str(path), "--cores", str(cores)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    elapsed, spent = done.stdout.split()[-2:]
    return float(elapsed), float(spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--texts", type=Path, help="JSON Lines with a text a line, instead of drawn reports")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cores", type=int, default=0, help="only this many cores")
    parser.add_argument("--rounds", type=int, default=1, help="runs of each, by turns")
    parser.add_argument("--run", choices=("bare", "build"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.cores])
        print(*(bare if options.run == "bare" else build)(options.texts, options.cores))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        rows = _rows(options.texts, options.reports, options.seed)
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        words = sum(len(row["text"].split()) for row in rows)
        print(f"{len(rows)} reports, {words / len(rows):.0f} words each")
        for cores in (options.cores,) if options.cores else (1, 2):
            rounds = [{kind: measured(kind, path, cores) for kind in ("bare", "build")} for _ in range(options.rounds)]
            for unit, name in enumerate(("elapsed", "processor")):
                plain, full = (min(took[kind][unit] for took in rounds) for kind in ("bare", "build"))
                print(f"cores {cores}, {name}: bare spaCy {plain:.1f} s, build {full:.1f} s, ratio {full / plain:.2f}")
        print(f"load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def _rows(texts: Path | None, count: int, seed: int) -> list[dict[str, str]]:
    if texts is not None:
        found = [json.loads(line) for line in texts.open(encoding="utf-8")][:count]
        return [
            {"id": str(n), **{k: row[k] for k in ("text", "published") if row.get(k)}} for n, row in enumerate(found)
        ]
    writer, first = Writer(seed), date(2021, 3, 1)
    return [
        {"id": str(number), "text": writer.report(), "published": str(first + timedelta(writer.random.randrange(DAYS)))}
        for number in range(count)
    ]


if __name__ == "__main__":
    main()
