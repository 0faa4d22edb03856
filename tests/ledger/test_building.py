"""A build in several processes on either database comes to what one process comes to on SQLite."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from firsthand.incidents import alone, pile
from firsthand.ingest import Intake, read
from firsthand.ledger import View, Writer
from firsthand.runners.local import build

TOWNS = ("Maribor", "Zinder", "Bursa", "Konya", "Samarkand")
HEARD = ("the mayor said", "according to a nurse", "two neighbours told a reporter")


def reports(path: Path) -> Path:
    """Thirty reports of some ten attacks: three of each, by other people and with other counts."""
    draw = random.Random(1)
    lines = []
    for number in range(30):
        town, day = TOWNS[number // 3 % 5], 3 + number // 3
        text = f"Mortar fire on {day} March 1998 killed {draw.randrange(2, 9)} people in {town}, {HEARD[number % 3]}."
        text += (
            f" Workers cleared {draw.choice(('a mill', 'the road', 'two wells'))} and counted {number + 20} craters."
        )
        lines.append(json.dumps({"id": f"r{number}", "text": text, "published": f"1998-03-{day + 1:02}"}))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def built(ledger: str, source: Path, *, workers: int) -> dict[str, list[tuple[object, ...]]]:
    with Writer(ledger) as writer:
        writer.add((item.report, item.original) for item in read([str(source)]) if isinstance(item, Intake))
    assert "incidents" in build(ledger, workers=workers).stages
    with View(ledger) as view:
        return view.dump()


def test_two_processes_group_on_either_database_as_one_does(
    ledger: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = reports(tmp_path / "reports.jsonl")
    whole = built(str(tmp_path / "one.db"), source, workers=1)
    # So small a pile is otherwise grouped in one process whatever is asked for.
    for module in (alone, pile):
        monkeypatch.setattr(module, "_SPREAD_FROM", 5)
        monkeypatch.setattr(module, "_TOGETHER", 5)
    assert built(ledger, source, workers=2) == whole
    assert len(whole["incidents"]) >= 5
