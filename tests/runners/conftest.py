"""A pile of invented reports: enough for several transactions, with copies and repeated incidents among them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

TOWNS = ("Tarvo", "Selm", "Orrin", "Quadir Bridge", "Lower Maas", "Ketra", "Villa Arda", "Pell")
WEAPONS = ("An air strike", "Shelling", "A car bomb", "Gunmen")


def story(number: int) -> dict[str, str]:
    """An invented report; every fourth is a copy of the one before with another headline."""
    told = number - 1 if number % 4 == 3 else number
    town, weapon = TOWNS[told % len(TOWNS)], WEAPONS[told % 3]
    day = date(1998, 3, 1) + timedelta(days=told * 3)
    text = (
        f"{weapon} in {town} on {day.strftime('%A')} killed {told % 7 + 2} people and wounded {told % 11 + 3}, "
        f"the mayor of {town} said.\n\n"
        f"“We are still searching house number {told},” he told reporters. A spokesman for the northern army denied that "
        f"its forces were in {town}.\n\n"
        f"The strike came {told % 5 + 2} days after a shooting in which a teacher was killed. (INVENTED)"
    )
    return {
        "id": f"r{number}",
        "title": f"{told % 7 + 2} killed in {town}" if told == number else f"{town}: what we know",
        "text": text if told == number else f"{text}\n\nRead more on our site number {number}.",
        "published": (day + timedelta(days=1)).isoformat(),
        "site": f"Paper {number % 9}",
    }


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """130 reports, one a line: three transactions."""
    path = tmp_path / "pile.jsonl"
    path.write_text("".join(json.dumps(story(number)) + "\n" for number in range(130)), encoding="utf-8")
    return path
