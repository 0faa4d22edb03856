"""A pile of invented reports: enough for several transactions, with copies and repeated incidents among them."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path

import pytest

TOWNS = ("Tarvo", "Selm", "Orrin", "Quadir Bridge", "Lower Maas", "Ketra", "Villa Arda", "Pell", "Zevin", "Nimsan")
OPENINGS = (
    "{weapon} in {town} on {day} killed {dead} people and wounded {hurt}, the mayor of {town} said.",
    "At least {dead} people died on {day} when {weapon} hit {town}, according to hospital staff. {hurt} were hurt.",
    "{dead} bodies were brought to the clinic of {town} after {weapon} on {day}; its director counted {hurt} wounded.",
    "Residents of {town} buried {dead} neighbours after {weapon} struck on {day}. Doctors treated {hurt} others.",
)
PEOPLE = (
    "a baker",
    "the school inspector",
    "two drivers",
    "a nurse",
    "the bus company",
    "an engineer",
    "farmers",
    "the imam",
)
VERBS = (
    "reopened",
    "left",
    "repaired",
    "described",
    "closed",
    "searched",
    "guarded",
    "counted",
    "photographed",
    "crossed",
)
THINGS = (
    "the bridge",
    "a grain store",
    "the old mill",
    "its workshop",
    "the eastern road",
    "two wells",
    "the bus station",
)


def story(number: int) -> dict[str, str]:
    """An invented report; every fourth is a copy of the one before with another headline."""
    told = number - 1 if number % 4 == 3 else number
    draw = random.Random(told)
    town, day = draw.choice(TOWNS), date(1998, 3, 1) + timedelta(days=told * 3)
    facts = {"town": town, "day": day.strftime("%A"), "dead": draw.randrange(2, 30), "hurt": draw.randrange(3, 50)}
    facts["weapon"] = draw.choice(("an air strike", "shelling", "a car bomb", "rocket fire"))
    opening = draw.choice(OPENINGS).format(**facts)
    rest = [
        f"{draw.choice(PEOPLE).capitalize()} {draw.choice(VERBS)} {draw.choice(THINGS)} {draw.randrange(2, 60)} days "
        f"after {draw.choice(PEOPLE)} {draw.choice(VERBS)} {draw.choice(THINGS)} near {draw.choice(TOWNS)}."
        for _ in range(5)
    ]
    text = "\n\n".join([opening[0].upper() + opening[1:], " ".join(rest), "(INVENTED)"])
    return {
        "id": f"r{number}",
        "title": f"{facts['dead']} dead in {town}" if told == number else f"{town}: what we know",
        "text": text if told == number else f"{text}\n\nThe mayor of {town} will speak on page {number}.",
        "published": (day + timedelta(days=1)).isoformat(),
        "site": f"Paper {number % 9}",
    }


@pytest.fixture(scope="session")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """130 reports, one a line: three transactions."""
    path = tmp_path_factory.mktemp("pile") / "pile.jsonl"
    path.write_text("".join(json.dumps(story(number)) + "\n" for number in range(130)), encoding="utf-8")
    return path
