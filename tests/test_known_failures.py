"""What is known to come out wrong. A case that starts to come out right fails here, and moves to the tests of its room."""

from __future__ import annotations

from pathlib import Path

import pytest

from firsthand.ingest import Intake, read
from firsthand.ledger import View, Writer
from firsthand.runners.local import build


@pytest.mark.xfail(
    raises=AssertionError,
    reason="a bulletin of the day after that rounds its numbers shares too few words with the others",
)
def test_the_radio_report_of_the_demonstration_is_put_to_its_strike(built_demo: Path) -> None:
    with View(str(built_demo)) as view:
        incidents = {view.document(report).source_id: view.incidents_of(report)[0] for report in view.report_ids()}
    assert incidents["velm-radio"] == incidents["agency-dareth"]


def killed(folder: Path, text: str) -> tuple[int | None, int | None, int | None]:
    """Low, best and high of all people killed that one report tells of."""
    (folder / "a.txt").write_text(text, encoding="utf-8")
    ledger = str(folder / "a.db")
    with Writer(ledger) as writer:
        writer.add((item.report, item.original) for item in read([str(folder / "a.txt")]) if isinstance(item, Intake))
    build(ledger)
    with View(ledger) as view:
        (figure,) = [f for f in view.figures() if (f.outcome, f.victims, f.place) == ("killed", "people", None)]
    return figure.low, figure.best, figure.high


@pytest.mark.xfail(raises=AssertionError, reason="that two descriptions are one person is known by name alone")
def test_one_person_described_twice_is_counted_once(tmp_path: Path) -> None:
    text = "A mine killed the deputy governor near Selm on 4 May 2031, police said.\n\nTwo guards died with Mr Shekib."
    assert killed(tmp_path, text) == (3, 3, 3)


@pytest.mark.xfail(raises=AssertionError, reason="names that lost their commas are not told apart")
def test_names_without_commas_are_counted(tmp_path: Path) -> None:
    text = "Ana Ruiz Tomas Vega Ilse Brandt were killed by a shell near Selm on 4 May 2031, police said."
    assert killed(tmp_path, text) == (3, 3, 3)
