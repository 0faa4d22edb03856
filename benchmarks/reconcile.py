"""How long reconciling takes: ``python -m benchmarks.reconcile --claims 100000``, processor time, made-up claims of a fixed seed.

The goal is 100,000 claims in under 20 seconds. The pile has what makes reconciling slow: voices with many reports, unnamed
voices, classes, places, and incidents of very unequal size.
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import date, timedelta

from firsthand.model import (
    Assignment,
    Claim,
    Document,
    Grouping,
    Incident,
    Interval,
    Lineage,
    OffsetMap,
    Origin,
    Place,
    ReportClaims,
    ReportLink,
    Source,
    Span,
    Tally,
)
from firsthand.reconcile import disagreement, reconcile

CLASSES = (("people",), ("people",), ("civilians",), ("children",), ("women", "children"), ("fighters",))


def pile(count: int) -> tuple[Grouping, list[ReportClaims], Lineage, list[Document]]:
    """About four claims a report, seven reports an incident on average (a few have hundreds), a third of them copies."""
    rng = random.Random(7)
    reports = count // 4
    incidents = max(1, reports // 7)
    places = [Place(f"p{n}", f"Town {n}", "XX", f"A{n % 9}", n % 50, n % 70, precision=1 + n % 5) for n in range(50)]
    found: list[ReportClaims] = []
    assignments = []
    links: dict[int, list[ReportLink]] = {}
    documents = []
    origins: dict[str, list[str]] = {}
    for number in range(reports):
        report = f"r{number}"
        incident = min(rng.randrange(incidents), rng.randrange(incidents))
        links.setdefault(incident, []).append(ReportLink(report, True, 1.0, ""))
        origins.setdefault(f"r{number - 1}" if rng.random() < 0.33 else report, []).append(report)
        claims = []
        for index in range(4):
            who = rng.choice((None, "a medic", f"Voice {rng.randrange(12)}"))
            low = rng.choice((None, 3, 5, 8, 13, 21))
            source = Source(who, Span(0, 5), who, "anonymous" if who == "a medic" else "named") if who else None
            tally = Tally(
                rng.choice(("killed", "killed", "wounded")), low, rng.choice((low, None)), str(low),
                Span(index * 90, index * 90 + 2), vague=low is None, victims=rng.choice(CLASSES),
            )  # fmt: skip
            place = rng.choice((None, None, f"p{rng.randrange(50)}"))
            claims.append(
                Claim(
                    f"{report}c{index}",
                    report,
                    "text",
                    Span(index * 90, index * 90 + 60),
                    source,
                    tally=tally,
                    place=place,
                )
            )
            assignments.append(Assignment(claims[-1].id, f"i{incident}", place, None, ""))
        found.append(ReportClaims(report, tuple(claims)))
        day = date(2012, 1, 1) + timedelta(rng.randrange(9)) if rng.random() < 0.9 else None
        told = "Rescuers gave a higher toll." if number % 20 == 0 else "Rescuers gave a toll."
        documents.append(Document(report, report, told + " text" * 400, OffsetMap(), published=day))
    made = tuple(
        Incident(f"i{n}", "", "attack", Interval(None, None, "none"), (), tuple(own))
        for n, own in sorted(links.items())
    )
    lineage = Lineage(origins=tuple(Origin(f"o{key}", key, tuple(own)) for key, own in origins.items()))
    return Grouping(made, tuple(assignments), places=tuple(places)), found, lineage, documents


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    count = parser.parse_args().claims
    grouping, reports, lineage, documents = pile(count)
    begin = time.process_time()
    result = reconcile(grouping, reports, lineage, documents=documents)
    took = time.process_time() - begin
    scores = disagreement(result.figures)
    print(f"claims {count} incidents {len(grouping.incidents)} figures {len(result.figures)}", end=" ")
    print(f"conflicts {len(result.conflicts)} classes {len(scores)} seconds {took:.1f}")


if __name__ == "__main__":
    main()
