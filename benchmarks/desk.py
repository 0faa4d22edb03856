"""How fast the desk answers: many readers at once on a large ledger, while another process writes to it.

    python -m benchmarks.desk --reports 10000 --readers 20 [--pause 0] [--build 1]

The ledger is made up: reports of 300 words, eight claims each, one incident for every four reports, with figures, actors and
places, and one incident told by forty reports. The desk runs as a process of its own, as does a writer, which stores readings
all the while; with ``--build`` it is `firsthand build` itself, with so many workers, which reads all reports anew. Each reader
loads pages one after the other and looks at each for ``--pause`` seconds; with 0 nobody ever looks at anything, which measures
what the desk can serve at most. Prints the middle and the 95th percentile of each kind of page in milliseconds, as a reader
waits for it, first alone and then all at once.

The goal is the incident page under 300 ms at the 95th percentile with 20 readers, on two cores that do nothing else.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from urllib.request import urlopen

from firsthand.ledger import Reading, View, Writer
from firsthand.model import (
    Actor,
    Assignment,
    Figure,
    Grouping,
    Incident,
    IncidentGrade,
    Interval,
    Lineage,
    Origin,
    Place,
    Reconciliation,
    ReportLink,
    Variant,
    VoiceCount,
    record_id,
)
from firsthand.runners.local import COMMIT, build

from .ledger import intake, parts, reading

#: Reports of the incident that most was written about.
LARGEST = 40


def make(ledger: str, count: int) -> None:
    """The ledger: everything a build would leave in it, without reading a word."""
    with Writer(ledger) as writer:
        for part in parts(count, 500):
            writer.add([intake(number) for number in part])
        for part in parts(count, COMMIT):
            writer.put_readings([reading(intake(number)[0]) for number in part], "key")
        with View(ledger) as view:
            reports = view.report_ids()
        groups = [reports[:LARGEST], *(reports[at : at + 4] for at in range(LARGEST, count, 4))]
        origins = tuple(
            Origin(record_id("org", *pair), f"Agency {number % 50}", tuple(pair), why="They carry one text.")
            for number, pair in enumerate(reports[at : at + 2] for at in range(0, count, 2))
        )
        writer.put_lineage(Lineage(origins=origins), "first")
        incidents = tuple(_incidents(groups))
        assignments = tuple(_assignments(ledger, incidents))
        actors = tuple(_actors(reports))
        writer.put_grouping(Grouping(incidents, assignments, actors=actors, places=tuple(_places())), "first")
        writer.put_reconciliation(
            Reconciliation(figures=tuple(_figures(incidents)), grades=tuple(_grades(incidents))), "first"
        )


def _incidents(groups: Sequence[Sequence[str]]) -> Iterator[Incident]:
    for number, group in enumerate(groups):
        day = _day(number)
        links = tuple(ReportLink(report, True, 0.9, "It tells of the same strike.") for report in group)
        place = f"plc-{number % 900:04}"
        yield Incident(
            f"inc-{number:08}", f"Attack {number}", "attack", day, (place,), links, 33.0 + number % 90 / 30,
            40.0 + number % 70 / 20, 2 + number % 4, "IQ", why="The reports agree on day and place.",
        )  # fmt: skip


def _day(number: int) -> Interval:
    day = date.fromordinal(730_000 + number % 3000)
    return Interval(day, day)


def _assignments(ledger: str, incidents: Sequence[Incident]) -> Iterator[Assignment]:
    home = {report: incident for incident in incidents for report in incident.reports}
    with View(ledger) as view:
        for found in view.claims():
            for claim in found.claims:
                incident = home[found.report]
                yield Assignment(claim.id, incident.id, incident.places[0], incident.when, "It speaks of it.")


def _actors(reports: Sequence[str]) -> Iterator[Actor]:
    for number in range(max(50, len(reports) // 5)):
        names = tuple(Variant(f"Speaker {number} {end}", tuple(reports[number : number + 5])) for end in "AB")
        yield Actor(f"act-{number:08}", f"Speaker {number} A", "person", names, why="First and last name agree.")


def _places() -> Iterator[Place]:
    for number in range(900):
        yield Place(f"plc-{number:04}", f"Town {number}", "IQ", "Province", 33.0, 44.0, precision=2)


def _figures(incidents: Sequence[Incident]) -> Iterator[Figure]:
    for number, incident in enumerate(incidents):
        for outcome in ("killed", "wounded"):
            voices = tuple(VoiceCount(f"Voice {n}", n, n + 2, (), ()) for n in range(3))
            status = "contested" if number % 5 == 0 else "agreed"
            yield Figure(
                record_id("fig", incident.id, outcome), incident.id, outcome, "people", 3, 4, 7, status, "default", 3, 2, 4, (),
                "3 to 7 according to three voices.", None, voices,
            )  # fmt: skip


def _grades(incidents: Sequence[Incident]) -> Iterator[IncidentGrade]:
    for incident in incidents:
        yield IncidentGrade(incident.id, "fair", "Likely strike", 2, 3, 2, 4, "Three voices tell of harm.")


# -- asking


def pages(ledger: str) -> dict[str, list[str]]:
    """Addresses by kind of page."""
    with View(ledger) as view:
        incidents = [incident.id for incident in view.incidents()]
        reports = view.report_ids()
    chance = random.Random(1)
    return {
        "incident": [f"/incidents/{id}" for id in chance.sample(incidents, min(200, len(incidents)))],
        "incident told by forty": ["/incidents/inc-00000000"],
        "list": ["/", "/?status=contested", "/?order=killed"],
        "report": [f"/reports/{id}" for id in chance.sample(reports, min(200, len(reports)))],
        "search": [f"/search?q=report+number+{number}" for number in range(1, 40)],
        "queue": ["/queue"],
    }


def read_pages(
    address: str, wanted: dict[str, list[str]], seed: int, rounds: int, pause: float
) -> dict[str, list[float]]:
    """One reader: milliseconds that each page took, by kind."""
    chance = random.Random(seed)
    time.sleep(pause * chance.random())  # people do not click all at once
    out: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for kind, addresses in wanted.items():
            begun = time.perf_counter()
            with urlopen(address + chance.choice(addresses), timeout=120) as answer:
                answer.read()
            out[kind].append(1000 * (time.perf_counter() - begun))
            time.sleep(pause)
    return dict(out)


def processor_time(ledger: str, wanted: dict[str, list[str]]) -> None:
    """Prints what a page of each kind costs the desk itself: that depends on nobody else who uses the machine."""
    from starlette.testclient import TestClient

    from firsthand.web.app import create_app

    client = TestClient(create_app(ledger), base_url="http://127.0.0.1")
    print("processor time a page")
    for kind, addresses in wanted.items():
        client.get(addresses[0])
        begun = time.process_time()
        asked = (addresses * 20)[:20]
        for address in asked:
            client.get(address)
        print(f"  {kind:24} {1000 * (time.process_time() - begun) / len(asked):7.1f} ms")


def write_on(ledger: str, count: int) -> None:
    """Stores readings again and again, as a build does, until it is stopped."""
    with Writer(ledger) as writer:
        for number in range(1_000_000):
            wanted = [(number * COMMIT + n) % count for n in range(COMMIT)]
            fresh: list[Reading] = [
                replace(reading(intake(each)[0]), words=f"round {number}") for each in dict.fromkeys(wanted)
            ]
            writer.put_readings(fresh, "key")


def build_on(ledger: str, workers: int) -> None:
    """Builds the ledger as the command does; the readings that it was made with are of no rules, so all reports are read anew."""
    build(ledger, workers=workers)


def report(title: str, taken: Sequence[dict[str, list[float]]]) -> None:
    print(title)
    for kind in taken[0]:
        times = sorted(time for one in taken for time in one[kind])
        high = times[min(len(times) - 1, int(0.95 * len(times)))]
        print(f"  {kind:24} middle {statistics.median(times):7.0f} ms   95th {high:7.0f} ms   {len(times):5} pages")


def measure(count: int, readers: int, rounds: int, pause: float, workers: int, folder: str) -> None:
    ledger = str(Path(folder) / "ledger.db")
    begun = time.perf_counter()
    make(ledger, count)
    print(
        f"ledger of {count} reports made in {time.perf_counter() - begun:.0f} s, {Path(ledger).stat().st_size / 1e6:.0f} MB"
    )
    command = [sys.executable, "-m", "firsthand", "--ledger", ledger, "desk", "--port", "8917", "--no-browser"]
    desk = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    address = "http://127.0.0.1:8917"
    context = get_context("spawn")
    beside = "a build" if workers else "a writer"
    writer = (
        # No daemon: those may have no workers of their own.
        context.Process(target=build_on, args=(ledger, workers))
        if workers
        else context.Process(target=write_on, args=(ledger, count), daemon=True)
    )
    try:
        begun = time.perf_counter()
        _wait_for(address)
        print(f"first page after {time.perf_counter() - begun:.1f} s")
        wanted = pages(ledger)
        processor_time(ledger, wanted)
        report("one reader", [read_pages(address, wanted, 0, rounds, 0)])
        writer.start()
        with ThreadPoolExecutor(readers) as pool:
            asked = [pool.submit(read_pages, address, wanted, seed, rounds, pause) for seed in range(1, readers + 1)]
            answers = [each.result() for each in asked]
            report(f"{readers} readers, and {beside}{'' if writer.is_alive() else ' that has ended'}", answers)
    finally:
        if writer.is_alive():
            writer.terminate()
        desk.terminate()
        desk.wait(30)


def _wait_for(address: str) -> None:
    for _ in range(600):
        try:
            with urlopen(address, timeout=60):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the desk does not answer")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5, help="pages of each kind that a reader loads")
    parser.add_argument("--pause", type=float, default=2.0, help="seconds that a reader looks at a page")
    parser.add_argument(
        "--build", type=int, default=0, metavar="WORKERS", help="a real build beside, instead of a writer"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(options.reports, options.readers, options.rounds, options.pause, options.build, folder)


if __name__ == "__main__":
    main()
