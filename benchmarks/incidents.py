"""Time and memory of grouping a whole pile against the number of reports (what ten more cost: building.py).

    python -m benchmarks.incidents --reports 1000 10000 50000 --workers 1 2

The reports are invented: five years of attacks in ten made-up countries of forty towns each, about two and a half reports an
incident, each of 120 words drawn from a Zipf vocabulary with the names of its place, of its people and of the bodies that act
there. They come with the places, times, names and tallies that reading would find in them, so that nothing but
``firsthand.incidents`` is timed. Prints the seconds from start to end, the processor time of all its processes, what of it this one
worked, and the peak memory of this one; cost that grows with the pile and no faster prints the same time a report on every line.
Every pile is grouped in a process of its own.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import random
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from firsthand.incidents import Given
from firsthand.incidents import start as grouped
from firsthand.model import (
    Annotation,
    Claim,
    Document,
    Interval,
    Layer,
    Lineage,
    Name,
    OffsetMap,
    Origin,
    Place,
    PlaceMention,
    ReportClaims,
    Sentence,
    Span,
    Tally,
    TimeMention,
    record_id,
)

DAYS = 5 * 365
COUNTRIES, TOWNS = 10, 40
FIRST = date(2031, 1, 1)
WORDS = 120
MEANS = ("An air strike hit", "Shells hit", "A car bomb exploded at", "Gunmen attacked", "A mine blew up a bus near")
TARGETS = ("the market", "a school", "the mill", "a checkpoint", "a clinic", "the bus station", "a bakery", "a bridge")


@dataclass(frozen=True)
class Report:
    """A report as reading would leave it."""

    document: Document
    annotation: Annotation
    claims: ReportClaims


class World:
    """Draws reports; the same seed draws the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
        made: dict[str, None] = {}
        while len(made) < 24_000:
            made["".join(self.random.choices(syllables, k=self.random.randint(2, 4)))] = None
        coined = list(made)
        self.words = coined[:16_000]
        self.surnames = [w.capitalize() for w in coined[16_000:23_000]]
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        self.towns = [
            [
                Place(
                    record_id("plc", country, town), coined[23_000 + country * TOWNS + town].capitalize(), f"{country:02}",
                    f"Province {country}-{town % 5}", country * 3.0, town * 0.7, precision=1, kind="city",
                )
                for town in range(TOWNS)
            ]
            for country in range(COUNTRIES)
        ]  # fmt: skip

    def reports(self, count: int) -> tuple[list[Report], Lineage]:
        """``count`` reports in the order of their days, and which of them are copies."""
        out: list[Report] = []
        origins: list[Origin] = []
        while len(out) < count:
            day = FIRST + timedelta(len(out) * DAYS // count)
            for told in self._incident(day, len(out)):
                out.append(told)
                if self.random.random() < 0.15:
                    copy = self._copy(told, len(out))
                    origins.append(Origin(record_id("org", told.document.id), "", (told.document.id, copy.document.id)))
                    out.append(copy)
        kept = {report.document.id for report in out[:count]}
        return out[:count], Lineage(origins=tuple(o for o in origins if kept.issuperset(o.reports)))

    def _incident(self, day: date, number: int) -> Iterator[Report]:
        towns = self.random.choice(self.towns)
        place = self.random.choice(towns)
        opening = f"{self.random.choice(MEANS)} {self.random.choice(TARGETS)}"
        killed = self.random.randint(1, 40)
        people = [f"{self.random.choice(self.surnames)} {self.random.choice(self.surnames)}" for _ in range(3)]
        for n in range(self.random.choice((1, 2, 2, 3, 4))):
            yield self._report(f"{number}-{n}", day, day + timedelta(n % 2), place, opening, killed, people)

    def _report(
        self, name: str, day: date, printed: date, place: Place, opening: str, killed: int, people: Sequence[str]
    ) -> Report:
        when = f"{day:%A}"
        lead = f"{opening} in {place.name} on {when} and killed {killed} people, {people[0]} said. "
        rest = self.random.choices(self.words, cum_weights=self.weights, k=WORDS)
        rest[20:20], rest[60:60] = people[1].split(), people[2].split()
        text = lead + " ".join(rest[:70]) + ". " + " ".join(rest[70:]) + "."
        report = record_id("rep", name)
        ends = [len(lead) - 1, len(lead) + len(" ".join(rest[:70])) + 1, len(text)]
        starts = [0, *(end + 1 for end in ends[:-1])]
        count = Span(text.index(f"{killed} people"), text.index(f"{killed} people") + len(f"{killed} people"))
        interval = Interval(day, day)
        spans = {
            words: Span(text.index(words), text.index(words) + len(words)) for words in (when, place.name, *people)
        }
        layer = Layer(
            sentences=tuple(Sentence(Span(a, b)) for a, b in zip(starts, ends, strict=True)),
            names=tuple(Name(spans[p], p, "person", p) for p in people),
            times=(TimeMention(spans[when], when, interval),),
            places=(PlaceMention(spans[place.name], place.name, place),),
        )
        claim = Claim(
            record_id("clm", report), report, "text", Span(0, ends[0]),
            tally=Tally("killed", killed, killed, count.of(text), count), place=place.id, when=interval,
        )  # fmt: skip
        title = f"{killed} killed in {place.name}"
        document = Document(report, name, text, OffsetMap.identity(len(text)), title=title, published=printed)
        return Report(document, Annotation(report, text=layer), ReportClaims(report, (claim,)))

    def _copy(self, told: Report, number: int) -> Report:
        """The same report under another name."""
        report = record_id("rep", "copy", number)
        document = Document(
            report, f"copy-{number}", told.document.text, told.document.map,
            title=told.document.title, published=told.document.published,
        )  # fmt: skip
        (claim,) = told.claims.claims
        copied = Claim(
            record_id("clm", report), report, "text", claim.span, tally=claim.tally, place=claim.place, when=claim.when
        )
        return Report(document, Annotation(report, text=told.annotation.text), ReportClaims(report, (copied,)))


def measure(count: int, workers: int, seed: int) -> None:
    """Groups ``count`` reports and prints what it cost."""
    reports, lineage = World(seed).reports(count)
    gc.freeze()
    start, before = time.perf_counter(), time.process_time()
    grouping, _ = grouped(
        Given([r.document for r in reports], [r.annotation for r in reports], [r.claims for r in reports]),
        lineage,
        marks={r.document.id: "read" for r in reports},
        workers=workers,
    )
    took, own = time.perf_counter() - start, time.process_time() - before
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = own + children.ru_utime + children.ru_stime
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"{count:7,} reports  workers {workers}  {len(grouping.incidents):7,} incidents  {took:7.1f} s  "
        f"worked {worked:7.1f} s, {own:.1f} in one  {1000 * worked / count:6.2f} ms a report  {memory:5.2f} GiB",
        flush=True,
    )


def main() -> None:
    """Group piles of the sizes asked for, and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, nargs="+", default=[1_000, 10_000, 50_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1])
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    for count in chosen.reports:
        for workers in chosen.workers:
            process = multiprocessing.get_context("spawn").Process(target=measure, args=(count, workers, chosen.seed))
            process.start()
            process.join()


if __name__ == "__main__":
    main()
