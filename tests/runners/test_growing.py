"""A large ledger that grows: new reports are looked up in the index that is kept, and the lineage is the one of all together."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from firsthand import pipeline
from firsthand.ingest import Intake, read
from firsthand.ledger import View, Writer
from firsthand.lineage import Index, decided_reports, growth, regrouped
from firsthand.lineage.pages import read_head, read_learned
from firsthand.runners.local import build


@pytest.fixture(autouse=True)
def index_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "INDEXED_FROM", 20)
    monkeypatch.setattr(growth, "GROWN", 2.0)


def add(ledger: str, path: Path, lines: list[str]) -> None:
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    with Writer(ledger) as writer:
        writer.add((item.report, item.original) for item in read([str(path)]) if isinstance(item, Intake))


def check(ledger: str, *, indexed: int, learned_from: int) -> None:
    """The stored lineage is what a trace of all reports finds with what the index has learnt."""
    with View(ledger) as view:
        head, learned = read_head(view), read_learned(view)
        assert head is not None
        assert (head.reports, learned.frequencies.reports) == (indexed, learned_from)
        whole = Index(view.documents(), learned=learned).lineage()
        assert view.lineage() == regrouped(whole, view.judgements())
        assert view.untraced() == ([], False)


def test_a_grown_ledger_has_the_lineage_of_the_whole(pile: Path, tmp_path: Path) -> None:
    lines = pile.read_text(encoding="utf-8").splitlines()
    ledger = str(tmp_path / "grown.db")
    add(ledger, tmp_path / "lines.jsonl", lines[:30])
    build(ledger)
    check(ledger, indexed=30, learned_from=30)
    for first, last in ((30, 31), (31, 40), (40, 44)):
        add(ledger, tmp_path / "lines.jsonl", lines[first:last])
        assert build(ledger).stages == ("lineage", "incidents", "reconcile")
        check(ledger, indexed=last, learned_from=30)
    # More reports than may be looked up one by one: all are traced anew.
    add(ledger, tmp_path / "lines.jsonl", lines[44:70])
    build(ledger)
    check(ledger, indexed=70, learned_from=70)


def test_decisions_about_origins_hold_and_can_be_taken_back(pile: Path, tmp_path: Path) -> None:
    lines = pile.read_text(encoding="utf-8").splitlines()
    ledger = str(tmp_path / "grown.db")
    add(ledger, tmp_path / "lines.jsonl", lines[:30])
    build(ledger)
    with View(ledger) as view:
        before = view.lineage()
        origin = next(origin for origin in before.origins if len(origin.reports) == 2)
        lone = next(origin for origin in before.origins if len(origin.reports) == 1)
    with Writer(ledger) as writer:
        apart = json.dumps([[report] for report in origin.reports])
        split = writer.judge(by="Noor", verb="split", subject=origin.id, after=apart)
        together = json.dumps([[origin.reports[0], *lone.reports]])
        merge = writer.judge(by="Noor", verb="merge", subject=lone.id, after=together)
    add(ledger, tmp_path / "lines.jsonl", lines[30:34])
    build(ledger)
    check(ledger, indexed=34, learned_from=30)
    with View(ledger) as view:
        assert view.lineage_of([origin.reports[0]]).origins[0].reports == tuple(
            sorted([origin.reports[0], *lone.reports])
        )
        assert decided_reports(view.judgements()) == {*origin.reports, *lone.reports}
    with Writer(ledger) as writer:
        for judgement in (split, merge):
            writer.judge(by="Noor", verb="undo", subject=judgement.subject, undoes=judgement.id)
    build(ledger)
    check(ledger, indexed=34, learned_from=30)
    with View(ledger) as view:
        assert origin in view.origins()


def test_other_rules_trace_everything_anew(pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = pile.read_text(encoding="utf-8").splitlines()
    ledger = str(tmp_path / "grown.db")
    add(ledger, tmp_path / "lines.jsonl", lines[:30])
    build(ledger)
    ruled = pipeline.rule_version
    monkeypatch.setattr(pipeline, "rule_version", lambda room: ruled(room) + "x")
    add(ledger, tmp_path / "lines.jsonl", lines[30:32])
    build(ledger)
    check(ledger, indexed=32, learned_from=32)


def test_a_damaged_index_is_made_anew(pile: Path, tmp_path: Path) -> None:
    lines = pile.read_text(encoding="utf-8").splitlines()
    ledger = str(tmp_path / "grown.db")
    add(ledger, tmp_path / "lines.jsonl", lines[:30])
    build(ledger)
    with sqlite3.connect(ledger) as connection:
        connection.execute("DELETE FROM lineage_pages WHERE kind = 'report'")
    add(ledger, tmp_path / "lines.jsonl", lines[30:32])
    build(ledger)
    check(ledger, indexed=32, learned_from=32)
