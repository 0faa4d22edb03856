"""Reports that tell of several events: which count speaks of which, by the words of the report alone.

Each case is one invented report, read by the whole chain. Of every count named: the place and day of the incident that it is
assigned to, and whether that is the report's main one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from firsthand import pipeline
from firsthand.incidents import group
from firsthand.ingest import Intake, read
from firsthand.model import Assignment, Claim, Grouping, Incident, Settings, Span


@dataclass(frozen=True)
class Told:
    """What is expected of the count ``words``: no incident (``main`` None), or the ``place`` and ``day`` of its incident, where
    they are given."""

    words: str
    main: bool | None
    place: str = ""
    day: date | None = None


# The towns are real, for the gazetteer to know; the years have not come, and nothing that is told has happened.
CASES: dict[str, tuple[str, str, str, list[Told]]] = {
    "a weekly summary": (
        "2031-11-17",
        "Niger: cattle market shelled, drone hits bus depot",
        "Doctors said shells killed nine people at a cattle market in Zinder on Thursday.\n\n"
        "On Saturday a drone strike killed four mechanics in Agadez, residents said.",
        [
            Told("nine people", True, "Zinder", date(2031, 11, 13)),
            Told("four mechanics", False, "Agadez", date(2031, 11, 15)),
        ],
    ),
    "a list by bullet": (
        "2031-03-13",
        "Strikes on Kazakh cities this week",
        "Pavlodar was hit hardest this week, officials said.\n\n"
        "- On Monday a missile killed six people in Pavlodar.\n"
        "- On Wednesday drones killed two people in Taraz.\n"
        "- On Wednesday shelling wounded five people in Kokshetau.",
        [
            Told("six people", True, "Pavlodar", date(2031, 3, 10)),
            Told("two people", False, "Taraz", date(2031, 3, 12)),
            Told("five people", False, "Kokshetau", date(2031, 3, 12)),
        ],
    ),
    "a separate attack": (
        "2032-04-20",
        "Gunmen kill five guards in Rundu",
        "Gunmen killed five guards at a grain depot in Rundu on Monday, the police said. "
        "In a separate attack a roadside bomb killed three farmers in Oshakati.",
        [
            Told("five guards", True, "Rundu", date(2032, 4, 19)),
            Told("three farmers", False, "Oshakati"),
        ],
    ),
    "elsewhere": (
        "2033-08-21",
        "Air raid on Bukhara kills eight",
        "An air raid on a flour mill in Bukhara killed eight people on Saturday, medics said.\n\n"
        "Elsewhere, a mine killed two shepherds near Nukus, residents said.",
        [
            Told("eight people", True, "Bukhara", date(2033, 8, 20)),
            Told("two shepherds", False, "Nukus"),
        ],
    ),
    "the latest in a string": (
        "2031-06-16",
        "Bomb on ferry kills 13 nurses in Surabaya",
        "A bomb on a ferry killed 13 nurses in Surabaya on Saturday, police said. "
        "It is the latest in a string of raids on ferries. "
        "In January a bombing at a cinema killed 27 people in Surabaya.",
        [
            Told("13 nurses", True, "Surabaya", date(2031, 6, 14)),
            Told("27 people", False),
        ],
    ),
    "what the event answers": (
        "2034-11-12",
        "Jets strike Tacna after rocket kills farmer",
        "Jets killed six gunmen in Tacna on Saturday in retaliation for a rocket that killed one farmer in Arica on Thursday, "
        "the army said.",
        [
            Told("six gunmen", True, "Tacna", date(2034, 11, 11)),
            Told("one farmer", False, "Arica", date(2034, 11, 9)),
        ],
    ),
    "a cumulative toll": (
        "2031-09-09",
        "Raiders kill 18 in Mzuzu village",
        "Raiders killed 18 people in Mzuzu on Saturday night, the Red Cross said. "
        "More than 60 people have been killed in the hills since the raids began in August.",
        [
            Told("18 people", True, "Mzuzu", date(2031, 9, 6)),
            Told("60 people", None),
        ],
    ),
    "hours after another": (
        "2032-02-15",
        "Gunmen attack army post near Potosi",
        "Gunmen killed 31 soldiers at an army post in Potosi on Friday, the army said. "
        "The attack came hours after a mine killed two drivers in Sucre.",
        [
            Told("31 soldiers", True, "Potosí", date(2032, 2, 13)),
            Told("two drivers", False, "Sucre"),
        ],
    ),
    "meanwhile in another town": (
        "2033-10-17",
        "Car bomb kills 22 at Lusaka market",
        "A car bomb killed 22 people at a market in Lusaka on Sunday, an ambulance service said. "
        "In Kitwe, meanwhile, gunmen shot dead two elders.",
        [
            Told("22 people", True, "Lusaka", date(2033, 10, 16)),
            Told("two elders", False, "Kitwe"),
        ],
    ),
    "a day earlier in another town": (
        "2031-05-15",
        "Gunmen in uniform kill 33 in Mwanza",
        "Gunmen in uniform killed 33 people in Mwanza on Wednesday, residents said. "
        "A day earlier, gunmen killed seven traders in Dodoma.",
        [
            Told("33 people", True, "Mwanza", date(2031, 5, 14)),
            Told("seven traders", False, "Dodoma", date(2031, 5, 13)),
        ],
    ),
    "an older attack on the same market": (
        "2032-03-09",
        "Suicide bomber kills 26 in Dhaka market",
        "A suicide bomber killed 26 labourers at a market in Dhaka on Monday, police said. "
        "In May 2031 a truck bomb at the same market killed 14 people.",
        [
            Told("26 labourers", True, "Dhaka", date(2032, 3, 8)),
            Told("14 people", False),
        ],
    ),
    "a strike abroad some days before": (
        "2031-08-03",
        "Strikes on bases in Laos kill 13",
        "Strikes on two bases in Laos killed 13 fighters on Saturday, the militia said. "
        "Laos called the strikes in Laos a breach of its borders. "
        "They followed Tuesday’s drone attack that killed three guards in Cambodia, officials said.",
        [
            Told("13 fighters", True, "Laos", date(2031, 8, 2)),
            Told("three guards", False, "Cambodia", date(2031, 7, 29)),
        ],
    ),
    "how a town changed hands": (
        "2032-05-23",
        "Air strikes kill 19 in Samarkand",
        "Air strikes killed 19 people on Sunday in Samarkand, which gunmen seized on May 11 in a battle that left 400 dead.",
        [
            Told("19 people", True, "Samarkand", date(2032, 5, 23)),
            Told("400", False),
        ],
    ),
    "two towns in one night are one operation": (
        "2033-09-12",
        "Overnight strikes on Rift Valley towns kill eight",
        "Overnight air strikes killed five people in Nakuru and three people in Njoro, rescuers said on Monday.",
        [Told("five people", True), Told("three people", True)],
    ),
    "who died later elsewhere died of the same": (
        "2034-02-15",
        "Shell kills 14 in Maribor bread queue",
        "A shell killed 14 people who were queuing for bread in Maribor on Monday, doctors said. "
        "Two people died of their wounds in a hospital in Celje on Tuesday.",
        [Told("14 people", True, "Maribor", date(2034, 2, 13)), Told("Two people", True)],
    ),
    "an anniversary": (
        "2031-10-21",
        "Bomb kills 13 at Bursa ferry landing",
        "A bomb killed 13 people at a ferry landing in Bursa on Monday, the president’s office said. "
        "It went off a year after a bombing killed 28 people in Konya.",
        [Told("13 people", True, "Bursa", date(2031, 10, 20)), Told("28 people", False, "Konya")],
    ),
}


@pytest.fixture(scope="module")
def read_cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Grouping, list[Claim], str]]:
    """Each case grouped on its own: the grouping, its claims and its text."""
    path: Path = tmp_path_factory.mktemp("roundups") / "reports.jsonl"
    rows = [
        {"id": name, "title": title, "text": text, "published": day} for name, (day, title, text, _) in CASES.items()
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    raws = [item.report for item in read([str(path)]) if isinstance(item, Intake)]
    reader = pipeline.Reader(Settings())
    out = {}
    for raw in raws:
        ((document, annotation, claims),) = reader.records([raw])
        grouping = group([document], [annotation.without_parse()], [claims], pipeline.trace([document])[0])
        out[document.source_id] = (grouping, [c for c in claims.claims if c.field == "text"], document.text)
    return out


def _incident_of(grouping: Grouping, claim: Claim) -> Incident | None:
    names = {a.claim: a.incident for a in grouping.assignments if isinstance(a, Assignment)}
    return next((i for i in grouping.incidents if i.id == names.get(claim.id)), None)


@pytest.mark.parametrize(
    ("name", "told"), [(name, told) for name, (*_, expected) in CASES.items() for told in expected], ids=str
)
def test_each_count_speaks_of_its_own_event(
    read_cases: dict[str, tuple[Grouping, list[Claim], str]], name: str, told: Told
) -> None:
    grouping, claims, text = read_cases[name]
    at = text.index(told.words)
    counts = [c for c in claims if c.tally is not None and c.tally.span.overlaps(Span(at, at + len(told.words)))]
    assert counts, f"no count was read at {told.words!r}"
    incident = _incident_of(grouping, counts[0])
    if told.main is None:
        assert incident is None
        return
    assert incident is not None
    assert any(link.main for link in incident.links) == told.main, incident.why
    names = {place.id: place.name for place in grouping.places}
    if told.place:
        assert names[incident.places[0]] == told.place
    if told.day is not None:
        assert incident.when.day == told.day
