"""What the brief of an incident says, and what it does not say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from firsthand.export.brief import brief
from firsthand.ingest import Intake, read
from firsthand.ledger import View, Writer
from firsthand.model import Settings
from firsthand.resources import resource_path
from firsthand.runners.local import build


@pytest.fixture(scope="module")
def told(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The brief of the demonstration's main incident, its invented names and places known."""
    ledger = str(tmp_path_factory.mktemp("brief") / "demo.db")
    shutil.copy(built_demo, ledger)
    known = {f"{name}_file": str(resource_path(f"demo/{name}.tsv")) for name in ("actors", "places")}
    build(ledger, Settings(**known))
    with View(ledger) as view:
        main = max(view.incidents(), key=lambda incident: (len(incident.links), incident.id))
        return brief(view, main.id)


def brief_of(folder: Path, text: str) -> str:
    """The brief of the one incident that one report tells of."""
    (folder / "a.txt").write_text(text, encoding="utf-8")
    ledger = str(folder / "a.db")
    with Writer(ledger) as writer:
        writer.add((item.report, item.original) for item in read([str(folder / "a.txt")]) if isinstance(item, Intake))
    build(ledger)
    with View(ledger) as view:
        (incident,) = view.incidents()
        return brief(view, incident.id)


def test_it_opens_with_a_count_of_one_of_its_own_reports(told: str) -> None:
    lead = next(line for line in told.splitlines() if line.startswith("> "))
    assert "killed at least 14 people" in lead


def test_what_one_voice_says_stands_under_one_name(told: str) -> None:
    said = told.partition("## Who says what")[2].partition("## What does not agree")[0]
    assert "One voice, also called Ilyan Moradi, district health chief, district health director:" in said
    assert "### Ilyan Moradi" not in said


def test_that_nobody_counts_dead_and_wounded_together_says_nothing(told: str) -> None:
    assert "killed or wounded is not known" not in told.partition("## Figures")[0]


def test_nobody_killed_is_said_in_words(tmp_path: Path) -> None:
    text = (
        "A shell hit a mill near Orrin on 4 May 1994. Nobody was killed, and two millers were hurt, the mayor said.\n"
    )
    assert "Nobody killed, by one voice" in brief_of(tmp_path, text)


def test_no_word_of_the_dead_is_no_number(tmp_path: Path) -> None:
    text = "A shell that hit a mill near Orrin on 4 May 1994 wounded two millers, the mayor said.\n"
    found = brief_of(tmp_path, text)
    assert "No report tells of anybody killed." in found
    assert "at least 0" not in found


def test_what_is_destroyed_is_not_counted_in_people(tmp_path: Path) -> None:
    text = "Shells killed a miller near Orrin on 4 May 1994 and destroyed six houses, the mayor said.\n"
    assert "| destroyed | – | all | 6 |" in brief_of(tmp_path, text)
