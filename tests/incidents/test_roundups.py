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


CASES: dict[str, tuple[str, str, str, list[Told]]] = {
    "a weekly summary": (
        "2023-11-13",
        "Darfur: market shelled, drone hits river port",
        "Doctors said shells killed nine people at a cattle market in El Fasher on Thursday.\n\n"
        "On Saturday a drone strike killed four dockers in Port Sudan, residents said.",
        [
            Told("nine people", True, "El Fasher", date(2023, 11, 9)),
            Told("four dockers", False, "Port Sudan", date(2023, 11, 11)),
        ],
    ),
    "a list by bullet": (
        "2023-03-09",
        "Strikes on Ukrainian cities this week",
        "Kharkiv was hit hardest this week, officials said.\n\n"
        "- On Monday a missile killed six people in Kharkiv.\n"
        "- On Wednesday drones killed two people in Odesa.\n"
        "- On Wednesday shelling wounded five people in Kherson.",
        [
            Told("six people", True, "Kharkiv", date(2023, 3, 6)),
            Told("two people", False, "Odesa", date(2023, 3, 8)),
            Told("five people", False, "Kherson", date(2023, 3, 8)),
        ],
    ),
    "a separate attack": (
        "2018-04-24",
        "Gunmen kill five guards in Ghazni",
        "Gunmen killed five guards at a bank in Ghazni on Monday, the police said. In a separate attack a "
        "roadside bomb killed three "
        "farmers in Kunduz.",
        [
            Told("five guards", True, "Ghazni", date(2018, 4, 23)),
            Told("three farmers", False, "Kunduz"),
        ],
    ),
    "elsewhere": (
        "2016-08-21",
        "Air raid on Taiz kills eight",
        "An air raid on a wedding hall in Taiz killed eight people on Saturday, medics said.\n\n"
        "Elsewhere, a mine killed two shepherds near Marib, residents said.",
        [
            Told("eight people", True, "Taiz", date(2016, 8, 20)),
            Told("two shepherds", False, "Marib"),
        ],
    ),
    "the latest in a string": (
        "2013-06-17",
        "Bomb on bus kills 14 students in Quetta",
        "A bomb on a bus killed 14 students in Quetta on Saturday, police said. It was the latest in a string "
        "of attacks in the "
        "province. In January a bombing at a snooker hall killed 92 people in Quetta.",
        [
            Told("14 students", True, "Quetta", date(2013, 6, 15)),
            Told("92 people", False),
        ],
    ),
    "what the event answers": (
        "2012-11-11",
        "Jets strike Gaza City after rocket kills farmer",
        "Jets killed four gunmen in Gaza City on Saturday in retaliation for a rocket that killed one farmer "
        "in Ashkelon on Thursday, "
        "the army said.",
        [
            Told("four gunmen", True, "Gaza City", date(2012, 11, 10)),
            Told("one farmer", False, "Ashkelon", date(2012, 11, 8)),
        ],
    ),
    "a cumulative toll": (
        "2014-07-08",
        "Raiders kill 21 in Lamu county village",
        "Raiders killed 21 people in Lamu on Saturday night, the Red Cross said. More than 80 people have "
        "been killed on the coast since "
        "the raids began in June.",
        [
            Told("21 people", True, "Lamu", date(2014, 7, 5)),
            Told("80 people", None),
        ],
    ),
    "hours after another": (
        "2019-11-03",
        "Gunmen attack army post near Menaka",
        "Gunmen killed 49 soldiers at an army post in Menaka on Friday, the army said. The attack came hours "
        "after a mine killed two "
        "drivers in Mopti.",
        [
            Told("49 soldiers", True, "Ménaka", date(2019, 11, 1)),
            Told("two drivers", False, "Mopti"),
        ],
    ),
    "meanwhile in another town": (
        "2017-02-20",
        "Car bomb kills 30 at Mogadishu market",
        "A car bomb killed 30 people at a market in Mogadishu on Sunday, an ambulance service said. In "
        "Baidoa, meanwhile, gunmen shot "
        "dead two elders.",
        [
            Told("30 people", True, "Mogadishu", date(2017, 2, 19)),
            Told("two elders", False, "Baidoa"),
        ],
    ),
    "a day earlier in another town": (
        "2014-06-05",
        "Gunmen in uniform kill 45 in Gwoza",
        "Gunmen in uniform killed 45 people in Gwoza on Wednesday, residents said. A day earlier, gunmen "
        "killed seven traders in Potiskum.",
        [
            Told("45 people", True, "Gwoza", date(2014, 6, 4)),
            Told("seven traders", False, "Potiskum", date(2014, 6, 3)),
        ],
    ),
    "an older attack on the same market": (
        "2017-01-03",
        "Suicide bomber kills 35 in Baghdad market",
        "A suicide bomber killed 35 labourers at a market in Baghdad on Monday, police said. In May 2016 a "
        "truck bomb at the same market "
        "killed 18 people.",
        [
            Told("35 labourers", True, "Baghdad", date(2017, 1, 2)),
            Told("18 people", False),
        ],
    ),
    "a strike abroad some days before": (
        "2020-01-05",
        "Strikes on bases in Iraq kill 11",
        "Strikes on two bases in Iraq killed 11 fighters on Saturday, the militia said. Iraq called the "
        "strikes in Iraq a breach of its "
        "borders. They followed Tuesday’s drone attack that killed three guards in Kuwait, officials said.",
        [
            Told("11 fighters", True, "Iraq", date(2020, 1, 4)),
            Told("three guards", False, "Kuwait", date(2019, 12, 31)),
        ],
    ),
    "how a town changed hands": (
        "2015-05-24",
        "Air strikes kill 17 in Ramadi",
        "Air strikes killed 17 people on Sunday in Ramadi, which gunmen seized on May 17 in a battle that "
        "left 500 dead.",
        [
            Told("17 people", True, "Ramadi", date(2015, 5, 24)),
            Told("500", False),
        ],
    ),
    "two towns in one night are one operation": (
        "2018-09-10",
        "Overnight strikes on Idlib towns kill eight",
        "Overnight air strikes killed five people in Saraqib and three people in Binnish, rescuers said on Monday.",
        [Told("five people", True), Told("three people", True)],
    ),
    "who died later elsewhere died of the same": (
        "1993-07-14",
        "Shell kills 12 in Sarajevo water queue",
        "A shell killed 12 people who were queuing for water in Sarajevo on Monday, doctors said. Two people "
        "died of their wounds in a "
        "hospital in Zenica on Tuesday.",
        [Told("12 people", True, "Sarajevo", date(1993, 7, 12)), Told("Two people", True)],
    ),
    "an anniversary": (
        "2011-04-12",
        "Bomb kills 11 at Minsk metro",
        "A bomb killed 11 people at a metro station in Minsk on Monday, the president’s office said. It went "
        "off a year after a bombing "
        "killed 40 people in Moscow.",
        [Told("11 people", True, "Minsk", date(2011, 4, 11)), Told("40 people", False, "Moscow")],
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
