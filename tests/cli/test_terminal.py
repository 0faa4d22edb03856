"""Nothing that stands in a report reaches the terminal as a command to it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from firsthand.cli import firsthand, terminal
from firsthand.ledger import View

STEERING = "\x1b[2J\x1b]0;title\x07\x9b31m\x08\x7f\u202e\u2066\u200b\x00"
HTML = "<script>alert(1)</script>'; DROP TABLE reports; --"
NOT_PRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]|\x1b(?!\[[0-9;]*m)")


def report(number: int, killed: str) -> str:
    words = f"{killed} people were killed in Salta, Argentina, on 4 May 2031 by a car bomb, Colonel Ali{STEERING} Hadi said."
    spoilt = {name: f"{name}{number}{STEERING}{HTML}" for name in ("id", "url", "site", "title", "author", "language")}
    return json.dumps(
        {**spoilt, "published": "2031-05-04", "text": f"{words}\n\n“They{STEERING} fled,” he said. {HTML}"}
    )


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A built ledger of reports with control characters, markup and SQL in every field, and what building it printed."""
    folder = tmp_path_factory.mktemp("spoilt")
    lines = [report(1, "Four"), report(2, "Nine"), '{"id": "x' + "\\u001b[2J" + '"}', "{"]
    (folder / "a\x1b[2J\u202e.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ledger = folder / "ledger.db"
    added = CliRunner().invoke(firsthand, ["--ledger", str(ledger), "add", str(folder)])
    built = CliRunner().invoke(firsthand, ["--ledger", str(ledger), "build"])
    assert (added.exit_code, built.exit_code) == (1, 0)
    return ledger, added.output + built.output


COLUMNS = ("id", "day", "what", "killed", "why")
ROWS = [
    ["inc-0123456789abcdef0123", "2019-05-04", "Attack, Selm, 4 May 2019", "4", "Four according to the mayor, cited twice."],
    ["inc-89abcdef012345678901", "2019-05-05", "Clash, Villa Arda, 5 May 2019", "at least 12", "Twelve or more\u202e."],
]  # fmt: skip


@pytest.mark.parametrize("width", [30, 60, 80, 100, 200])
def test_a_table_fits_the_terminal_and_loses_no_figure(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terminal, "console", lambda: Console(highlight=False, markup=False, width=width))
    terminal.table(COLUMNS, ROWS, right=("killed",), prose=("what", "why"), spare=("day",))
    printed = capsys.readouterr().out
    assert "…" not in printed
    assert "\u202e" not in printed
    for row in ROWS:
        # The whole id, or so much of it that it still names the record.
        assert row[0][: terminal.SHORT_ID] in printed
        assert row[3] in printed
    if width >= 60:
        assert all(len(line.rstrip()) <= width for line in printed.splitlines())


def test_a_row_is_a_line_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.table(COLUMNS, [[*row[:4], row[4] * 50] for row in ROWS], right=("killed",), prose=("what", "why"))
    assert len(capsys.readouterr().out.splitlines()) == 2 + len(ROWS)


COMMANDS = [
    ["incidents"], ["incidents", "--json"], ["figures"], ["figures", "--json"], ["sensitivity", "--all"],
    ["show", "REPORT"], ["show", "INCIDENT"], ["show", "CLAIM"], ["brief", "INCIDENT"], ["why", "INCIDENT"],
    ["lineage", "INCIDENT"],
    ["compare", "REPORT", "OTHER"], ["verify"], ["versions", "REPORT"],
]  # fmt: skip


def test_taking_in_prints_nothing_that_steers(spoilt: tuple[Path, str]) -> None:
    assert not NOT_PRINTABLE.search(spoilt[1]), ascii(spoilt[1])


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_command_prints_what_steers(spoilt: tuple[Path, str], arguments: list[str]) -> None:
    with View(str(spoilt[0])) as view:
        first, second = view.report_ids()
        named = {
            "REPORT": first,
            "OTHER": second,
            "INCIDENT": view.incidents()[0].id,
            "CLAIM": view.claims_of(first).claims[0].id,
        }
    done = CliRunner().invoke(firsthand, ["--ledger", str(spoilt[0]), *(named.get(word, word) for word in arguments)])
    assert done.exit_code == 0, done.output
    assert done.output.strip()
    found = NOT_PRINTABLE.search(done.output)
    assert not found, ascii(done.output[max(0, found.start() - 60) : found.end() + 20])
