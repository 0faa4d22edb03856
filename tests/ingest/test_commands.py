"""Taking in from a terminal: addresses, mapped columns, and what the custody log says afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from firsthand.cli import firsthand
from firsthand.errors import NotFound
from firsthand.ledger import View

from .conftest import PAGE, Server, answer
from .test_formats import folder

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in an empty folder, as Ada."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FIRSTHAND_LEDGER", raising=False)
    monkeypatch.setenv("FIRSTHAND_USER", "Ada")
    return lambda *arguments: CliRunner().invoke(firsthand, [str(argument) for argument in arguments])


def test_a_fetched_page_comes_with_its_capture(run: Run, server: Server) -> None:
    address = f"{server.address}/story"
    barred = run("add", address)
    assert barred.exit_code == 1
    assert "--allow-private" in barred.stderr
    done = run("add", address, "--allow-private")
    assert done.exit_code == 0, done.output
    assert "1 report added (1 as HTML)" in done.stderr
    with View("firsthand.db") as view:
        (report,) = view.report_ids()
        (capture,) = view.captures(url=address)
        log = view.custody()
        assert view.original(report) == PAGE.encode()
        assert b"WARC/1.1" not in view.original(report)
        assert view.kept(capture.warc)[:2] == b"\x1f\x8b"
        assert [(entry.verb, entry.by, entry.place, entry.subject) for entry in log] == [
            ("fetched", "Ada", address, capture.id),
            ("added", "Ada", address, report),
        ]
        assert log[1].details["capture"] == capture.id
        assert list(view.verify()) == []


def test_the_same_bytes_from_another_place_are_noted_once(run: Run) -> None:
    for name in ("a.txt", "b.txt"):
        Path(name).write_text("Two people were killed in Ketra on Monday, the mayor said.\n")
    for name in ("a.txt", "b.txt", "b.txt", "a.txt"):
        assert run("add", name, "--by", "Grace").exit_code == 0
    with View("firsthand.db") as view:
        assert [(entry.verb, entry.place, entry.by) for entry in view.custody()] == [
            ("added", "a.txt", "Grace"),
            ("seen", "b.txt", "Grace"),
        ]


def test_a_folder_of_every_format_goes_in_with_one_command(run: Run, tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    folder(pile)
    done = run("add", pile)
    assert done.exit_code == 1
    refused = [line for line in done.stderr.splitlines() if line.startswith("rejected ")]
    assert len(refused) == 9
    assert all(str(pile) in line and ": " in line and line.endswith(")") for line in refused)
    told = done.stderr.splitlines()[-1]
    # Two of the archives hold a page that lies in the folder, too: the same bytes, added once and noted twice more.
    assert re.match(r"16 reports added \(.*\); 2 in the ledger already; 9 rejected$", told), told
    for form in ("1 as CSV", "1 as DOCX", "2 as HTML", "2 as JSON,", "1 as JSON Lines", "1 as MHTML", "1 as Markdown", "1 as PDF",
                 "1 as WARC", "1 as e-mail", "2 as feed", "2 as text"):  # fmt: skip
        assert form in told, (form, told)
    again = run("add", pile)
    assert re.search(r"^0 reports added; 18 in the ledger already; 9 rejected$", again.stderr, re.MULTILINE), (
        again.stderr
    )
    with View("firsthand.db") as view:
        assert len(view.report_ids()) == 16
        assert sorted(entry.verb for entry in view.custody()) == ["added"] * 16 + ["seen"] * 2
        assert list(view.verify()) == []


def test_columns_are_mapped(run: Run) -> None:
    Path("coded.csv").write_text("nr;Wortlaut;Tag\n1;Two people were killed in Ketra.;2011-02-03\n")
    assert run("add", "coded.csv").exit_code == 1
    done = run("add", "coded.csv", "--map", "text=Wortlaut", "--map", "published=Tag", "--map", "id=nr")
    assert done.exit_code == 0, done.output
    with View("firsthand.db") as view:
        (raw,) = view.raws(view.report_ids())
        assert (raw.source_id, raw.published) == ("1", "2011-02-03")
    assert run("add", "coded.csv", "--map", "words=Wortlaut").exit_code == 2


def test_versions_of_a_page_are_kept_and_compared(run: Run, server: Server) -> None:
    address = f"{server.address}/packed"
    assert run("add", address, "--allow-private").exit_code == 0
    server.pages["/packed"] = answer(PAGE.replace("Nine people", "Eleven people").encode())
    assert run("add", address, "--allow-private").exit_code == 0
    done = run("versions", address)
    assert done.exit_code == 0, done.output
    assert "-Nine people were killed" in done.stdout
    assert "+Eleven people were killed" in done.stdout
    with View("firsthand.db") as view:
        first, second = (report for report, _ in view.at_address(address))
        assert len(view.captures(url=address)) == 2
    assert run("versions", first).stdout == done.stdout
    # A saved copy that names the address as its own is a version, too, once the ledger has read it.
    head = f'<head><link rel="canonical" href="{address}">'
    Path("saved.html").write_text(PAGE.replace("<head>", head).replace("Nine", "Six"))
    assert run("add", "saved.html").exit_code == 0
    assert run("build").exit_code == 0
    listed = run("versions", second, "--list").stdout
    assert listed.count("rep-") == 3
    assert isinstance(run("versions", "https://example.org/never").exception, NotFound)


def test_a_report_without_an_address_has_no_versions(run: Run) -> None:
    Path("a.txt").write_text("Two people were killed in Ketra on Monday, the mayor said.\n")
    run("add", "a.txt")
    done = run("versions", "a")
    assert isinstance(done.exception, NotFound)
    assert "without an address" in str(done.exception)
