"""A build does what has to be done and nothing else, and comes to the same however it is cut up."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from firsthand import pipeline
from firsthand.incidents import regrouping
from firsthand.ingest import Intake, read
from firsthand.ledger import View, Writer
from firsthand.model import RawReport, Settings
from firsthand.pipeline import Reader
from firsthand.resources import resource_path
from firsthand.runners.local import build


def ledger_of(path: Path, lines: Sequence[str]) -> str:
    """A ledger beside ``path`` with these JSON lines as reports."""
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    ledger = str(path.with_suffix(".db"))
    add(ledger, path)
    return ledger


def add(ledger: str, path: Path) -> None:
    with Writer(ledger) as writer:
        writer.add((item.report, item.original) for item in read([str(path)]) if isinstance(item, Intake))


def dump(ledger: str) -> dict[str, list[tuple[object, ...]]]:
    with View(ledger) as view:
        return view.dump()


def told_by_reports(ledger: str) -> dict[frozenset[str], set[tuple[object, ...]]]:
    """The figures by the reports of their incident: what a ledger says, whatever the ids of its incidents, which depend on
    what was there first."""
    with View(ledger) as view:
        return {
            frozenset(incident.reports): {
                (f.outcome, f.victims, f.low, f.best, f.high, f.voices, f.origins) for f in view.figures_of(incident.id)
            }
            for incident in view.incidents()
        }


@pytest.fixture
def lines(pile: Path) -> list[str]:
    return pile.read_text(encoding="utf-8").splitlines()


def test_a_second_build_does_nothing(lines: list[str], tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a.jsonl", lines[:12])
    first = build(ledger)
    before = dump(ledger)
    second = build(ledger)
    assert (first.read, first.stages) == (12, ("lineage", "incidents", "reconcile"))
    assert (second.read, second.stages) == (0, ())
    assert dump(ledger) == before


def test_only_new_reports_are_read(lines: list[str], tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a.jsonl", lines[:12])
    build(ledger)
    ledger_of(tmp_path / "a.jsonl", lines[:15])
    assert build(ledger).read == 3


def test_incidents_keep_their_ids_when_reports_come_in(lines: list[str], tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a.jsonl", lines[:12])
    build(ledger)
    with View(ledger) as view:
        before = {report: view.incidents_of(report) for report in view.report_ids()}
    ledger_of(tmp_path / "a.jsonl", lines[:15])
    build(ledger)
    with View(ledger) as view:
        assert {report: view.incidents_of(report)[:1] for report in before} == {
            report: found[:1] for report, found in before.items()
        }


def test_another_policy_redoes_the_figures_without_reading(lines: list[str], tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a.jsonl", lines[:12])
    build(ledger)
    built = build(ledger, Settings(policy="widest_range"))
    assert (built.read, built.stages) == (0, ("reconcile",))
    with View(ledger) as view:
        assert {figure.policy for figure in view.figures()} == {"widest_range"}


def test_a_judgement_redoes_what_depends_on_it(lines: list[str], tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a.jsonl", lines[:12])
    build(ledger)
    with View(ledger) as view:
        claim = next(c for report in view.claims() for c in report.claims if c.tally is not None)
    with Writer(ledger) as writer:
        writer.judge(by="Noor", verb="note", subject=claim.id, reason="look again")
    assert build(ledger).stages == ()
    with Writer(ledger) as writer:
        writer.judge(by="Noor", verb="reject", subject=claim.id, reason="misread")
    built = build(ledger)
    assert (built.read, built.stages) == (0, ("reconcile",))
    with View(ledger) as view:
        one, other = view.incidents()[:2]
    with Writer(ledger) as writer:
        before, after = regrouping([one.reports, other.reports], [[*one.reports, *other.reports]])
        writer.judge(by="Noor", verb="merge", subject=one.id, before=before, after=after)
    assert build(ledger).stages == ("incidents", "reconcile")


def test_the_order_of_the_reports_does_not_matter(lines: list[str], tmp_path: Path) -> None:
    shuffled = lines[:40]
    random.Random(7).shuffle(shuffled)
    ledgers = [ledger_of(tmp_path / "a.jsonl", lines[:40]), ledger_of(tmp_path / "b.jsonl", shuffled)]
    for ledger in ledgers:
        build(ledger)
    assert dump(ledgers[0]) == dump(ledgers[1])


def test_a_ledger_grown_in_steps_says_what_one_built_at_once_says(lines: list[str], tmp_path: Path) -> None:
    for count in (10, 25, 40):
        grown = ledger_of(tmp_path / "a.jsonl", lines[:count])
        assert build(grown).read
    whole = ledger_of(tmp_path / "b.jsonl", lines[:40])
    build(whole)
    assert told_by_reports(grown) == told_by_reports(whole)


def test_the_order_of_sets_does_not_matter(tmp_path: Path) -> None:
    """Python shuffles its sets anew in every process unless it is told how."""
    ledgers = []
    for seed in ("1", "2"):
        ledger = tmp_path / f"{seed}.db"
        for arguments in (["add", "-q", str(resource_path("demo/reports"))], ["build"]):
            subprocess.run(
                [sys.executable, "-m", "firsthand", "--ledger", str(ledger), *arguments],
                check=True,
                capture_output=True,
                env={**os.environ, "PYTHONHASHSEED": seed},
            )
        ledgers.append(str(ledger))
    assert dump(ledgers[0]) == dump(ledgers[1])


def test_one_process_and_two_come_to_the_same(
    lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("alone._SPREAD_FROM", "alone._TOGETHER", "pile._SPREAD_FROM", "pile._TOGETHER"):
        monkeypatch.setattr(f"firsthand.incidents.{name}", 5)
    ledgers = [ledger_of(tmp_path / f"{name}.jsonl", lines[:48]) for name in "ab"]
    build(ledgers[0], workers=1)
    build(ledgers[1], workers=2)
    assert dump(ledgers[0]) == dump(ledgers[1])


def test_an_empty_ledger_builds(tmp_path: Path) -> None:
    ledger = str(tmp_path / "a.db")
    assert build(ledger).read == 0
    assert build(ledger).stages == ()


class Stumbling(Reader):
    """A reader with a rule that fails on one text."""

    def _read(self, raws: Sequence[RawReport]):  # type: ignore[no-untyped-def]
        for raw in raws:
            if raw.source_id == "r5":
                raise ValueError("a rule stumbled")
        return super()._read(raws)


def test_a_report_that_cannot_be_read_does_not_take_the_others_with_it(
    lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = ledger_of(tmp_path / "a.jsonl", lines[:12])
    with monkeypatch.context() as patched:
        patched.setattr("firsthand.runners.local.Reader", Stumbling)
        built = build(ledger)
    assert built.read == 11
    assert [(u.name, u.why) for u in built.unreadable] == [(f"{tmp_path}/a.jsonl#6", "ValueError: a rule stumbled")]
    assert build(ledger).read == 1


def test_progress_is_told(lines: list[str], tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(ledger_of(tmp_path / "a.jsonl", lines[:12]), progress=lambda *step: told.append(step))
    assert [step for step in told if step[0] == "read"] == [("read", 8, 12), ("read", 12, 12)]
    assert [stage for stage, _, _ in told][-4:] == ["lineage", "incidents", "reconcile", "done"]


def test_the_file_behind_a_setting_counts(tmp_path: Path) -> None:
    ranking = tmp_path / "ranking.txt"
    settings = Settings(hierarchy_file=str(ranking))
    keys = []
    for text in ("mayor\n", "army\n", "mayor\n"):
        ranking.write_text(text)
        keys.append(pipeline.reconcile_key("inputs", settings))
    assert keys[0] != keys[1]
    assert keys[0] == keys[2]
