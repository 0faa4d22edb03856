"""Commands as a person types them: what they print, and with which status they end."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from firsthand.cli import COMMANDS, firsthand
from firsthand.ledger import View

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FIRSTHAND_LEDGER", raising=False)

    def call(*arguments: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(firsthand, [str(argument) for argument in arguments], input=stdin)

    return call


@pytest.fixture
def on_demo(run: Run, built_demo: Path) -> Run:
    """Runs a command on the built demonstration ledger."""
    return lambda *arguments: run("--ledger", str(built_demo), *arguments)


def command(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The real command line, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "firsthand", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


# -- add


def test_reports_that_say_nothing_are_named_with_the_reason(run: Run) -> None:
    Path("fr.txt").write_text(
        "Trois hommes sont morts vendredi près de Selm, selon le maire de la ville voisine.\n", "utf-8"
    )
    Path("empty.html").write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>")
    Path("en.txt").write_text("Two people were killed in Ketra on Monday, the mayor said.\n")
    run("add", "fr.txt", "empty.html", "en.txt")
    built = run("build")
    assert "nothing was read from fr: it does not seem to be in English" in built.output
    assert "nothing was read from empty: no text was found in it" in built.output
    assert "It does not seem to be in English" in run("show", "fr").output
    assert "English" not in run("show", "en").output


def test_reports_that_no_build_has_read_are_told_of(run: Run) -> None:
    Path("a.txt").write_text("Two people were killed in Ketra on Monday, the mayor said.\n")
    run("add", "a.txt")
    for command in (["incidents"], ["figures"], ["export", "--format", "ucdp", "out.csv"]):
        assert "1 report not read yet: `firsthand build` reads it" in run(*command).output
    run("build")
    assert "not read yet" not in run("incidents").output


def test_columns_named_too_late_are_told_of(run: Run) -> None:
    Path("a.csv").write_text("where,body\nKetra,Two people were killed on Monday. The mayor said so.\n")
    assert "its column “where” was not taken" in run("add", "a.csv").output
    assert "add the file to a new ledger" in run("add", "a.csv", "--map", "site=where").output


def test_adding_twice_adds_once(run: Run) -> None:
    Path("a.txt").write_text("Two people were killed in Ketra on Monday, the mayor said.\n")
    first, second = run("add", "a.txt"), run("add", "a.txt")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "1 report added (1 as text)" in first.output
    assert "0 reports added; 1 in the ledger already" in second.output


def test_bad_inputs_are_named_and_the_others_taken(run: Run) -> None:
    Path("good.txt").write_text("Two people were killed in Ketra on Monday, the mayor said.\n")
    Path("empty.txt").write_bytes(b"")
    Path("picture.txt").write_bytes(bytes(range(256)) * 40)
    Path("lines.jsonl").write_text('{"id": "1", "text": "One was hurt in Selm."}\n{"id": "2", "text": \n')
    done = run("add", "good.txt", "empty.txt", "picture.txt", "lines.jsonl", "nothing-here.txt")
    assert done.exit_code == 1
    assert "2 reports added" in done.output
    for name in ("empty.txt", "picture.txt", "lines.jsonl", "nothing-here.txt"):
        assert re.search(rf"^rejected .*{re.escape(name)}.*: ", done.stderr, re.MULTILINE), done.stderr


def test_the_ledger_in_the_folder_is_not_taken_for_a_report(run: Run) -> None:
    Path("a.txt").write_text("Two people were killed in Ketra on Monday, the mayor said.\n")
    assert run("add", ".").exit_code == 0
    again = run("add", ".")
    assert again.exit_code == 0
    assert "rejected" not in again.stderr


def test_standard_input(run: Run) -> None:
    done = run("add", "-", stdin=b'{"id": "x", "text": "One was hurt in Selm on Friday."}\n')
    assert done.exit_code == 0, done.output
    with View("firsthand.db") as view:
        assert view.by_source_id("x")


def test_the_ledger_comes_from_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_text("Two people were killed in Ketra on Monday.\n")
    monkeypatch.setenv("FIRSTHAND_LEDGER", "other.db")
    assert run("add", "a.txt").exit_code == 0
    assert Path("other.db").exists()
    assert not Path("firsthand.db").exists()


# -- failures, told in plain words


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["incidents"], "there is no ledger at firsthand.db"),
        (["--ledger", "notes.txt", "build"], "not a database"),
        (["--ledger", "no/such/folder/x.db", "add", "notes.txt"], "there is no folder"),
        (["add"], "Missing argument"),
        (["frobnicate"], "No such command"),
        (["export", "--format", "sonnet", "out"], "is not"),
        (["incidents", "--from", "yesterday"], "is no date"),
        (["figures", "--policy", "guess"], "is none of: default"),
    ],
)
def test_wrong_usage_and_unusable_ledgers_end_with_2(tmp_path: Path, arguments: list[str], told: str) -> None:
    (tmp_path / "notes.txt").write_text("These are notes, and longer than the header of a database is.\n" * 50)
    done = command(*arguments, cwd=tmp_path, FIRSTHAND_LEDGER="")
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_rejected_inputs_end_with_1(tmp_path: Path) -> None:
    done = command("add", "nothing-here.txt", cwd=tmp_path, FIRSTHAND_LEDGER="")
    assert done.returncode == 1
    assert "rejected nothing-here.txt" in done.stderr


def test_a_reader_that_goes_away_is_no_error(built_demo: Path, tmp_path: Path) -> None:
    line = f"{sys.executable} -m firsthand --ledger {built_demo} figures --json | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


# -- the built ledger


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_output_that_cannot_be_written_is_no_defect(built_demo: Path) -> None:
    line = f"{sys.executable} -m firsthand --ledger {built_demo} incidents > /dev/full"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "firsthand: cannot read or write: No space left on device\n"


def test_incidents_as_a_table_and_as_json(on_demo: Run, built_demo: Path) -> None:
    with View(str(built_demo)) as view:
        found = view.incidents()
    printed = on_demo("incidents")
    rows = [json.loads(line) for line in on_demo("incidents", "--json").output.splitlines()]
    assert printed.exit_code == 0
    assert [row["id"] for row in rows] == [incident.id for incident in found]
    for incident in found:
        assert incident.id in printed.output
    assert all(figure["incident"] == row["id"] for row in rows for figure in row["figures"])


def test_incidents_are_filtered(on_demo: Run) -> None:
    everything = [json.loads(line) for line in on_demo("incidents", "--json").output.splitlines()]
    later = [json.loads(line) for line in on_demo("incidents", "--from", "2019", "--json").output.splitlines()]
    earlier = [json.loads(line) for line in on_demo("incidents", "--to", "2018-12", "--json").output.splitlines()]
    dated = [row for row in everything if row["date_start"]]
    assert later
    assert earlier
    assert sorted(row["id"] for row in later + earlier) == sorted(row["id"] for row in dated)
    assert all(row["date_start"] >= "2019" for row in later)
    hurt = [json.loads(line) for line in on_demo("incidents", "--outcome", "wounded", "--json").output.splitlines()]
    assert hurt
    assert all(any(f["outcome"] == "wounded" for f in row["figures"]) for row in hurt)


def main_incident(ledger: Path) -> str:
    with View(str(ledger)) as view:
        return max(view.incidents(), key=lambda incident: len(incident.links)).id


def test_every_sentence_of_the_brief_has_its_reference(on_demo: Run, built_demo: Path) -> None:
    done = on_demo("brief", main_incident(built_demo))
    assert done.exit_code == 0
    text = done.output
    for heading in ("## What happened", "## Figures", "## Who says what", "## Who copies whom", "## References"):
        assert heading in text
    body, references = text.split("## References")
    listed = {int(number) for number in re.findall(r"^(\d+)\. ", references, re.MULTILINE)}
    used = {int(number) for number in re.findall(r"(?<!\\)\[(\d+)\]", body)}
    assert used == listed == set(range(1, len(listed) + 1))
    said = body.split("## Who says what")[1].split("\n## ")[0]
    for line in said.splitlines():
        if line.startswith("- "):
            assert re.search(r"\[\d+\]$", line), line


def test_the_brief_quotes_word_for_word(on_demo: Run, built_demo: Path) -> None:
    references = on_demo("brief", main_incident(built_demo)).output.split("## References")[1]
    with View(str(built_demo)) as view:
        texts = [" ".join((document.title or "").split()) for document in view.documents()]
        texts += [" ".join(document.text.split()) for document in view.documents()]
    quoted = re.findall(r": “(.*)”$", references, re.MULTILINE)
    assert quoted
    for words in quoted:
        plain = re.sub(r"\\(.)", r"\1", words)
        assert any(plain in text for text in texts), plain


def test_show_marks_claims_in_a_report(on_demo: Run, built_demo: Path) -> None:
    with View(str(built_demo)) as view:
        report = next(found for found in view.claims() if any(c.tally for c in found.claims))
        document = view.document(report.report)
    done = on_demo("show", document.id)
    assert done.exit_code == 0
    for number, claim in enumerate(report.claims, start=1):
        assert f"[{number}]" in done.output
        if claim.source:
            assert " ".join(claim.source.name.split()) in done.output
    assert f"{len(report.claims)} claims of" in done.output
    assert done.output.count("‹") == len(report.claims) + 1  # one in the legend
    assert on_demo("show", document.source_id).output == done.output


def test_show_an_incident_and_a_claim(on_demo: Run, built_demo: Path) -> None:
    with View(str(built_demo)) as view:
        claim = next(c for found in view.claims() for c in found.claims if c.tally is not None)
        document = view.document(claim.report)
        back = document.map.to_source(claim.span)
    shown = on_demo("show", claim.id)
    assert shown.exit_code == 0
    if claim.field == "text" and back is not None:
        assert f"characters {back.start}–{back.end} of the text as it came in" in shown.output
    assert on_demo("show", main_incident(built_demo)).exit_code == 0


def test_what_could_be_several_is_not_guessed(on_demo: Run) -> None:
    done = on_demo("show", "rep-")
    assert done.exit_code != 0
    assert "could be several" in str(done.exception)


@pytest.mark.parametrize("name", ["lineage", "why", "brief"])
def test_commands_about_an_incident_name_what_they_do_not_find(on_demo: Run, name: str) -> None:
    done = on_demo(name, "inc-nothing")
    assert "no incident goes by 'inc-nothing'" in str(done.exception)


def test_lineage_prints_every_report_of_the_incident(on_demo: Run, built_demo: Path, tmp_path: Path) -> None:
    incident = main_incident(built_demo)
    done = on_demo("lineage", incident)
    with View(str(built_demo)) as view:
        for document in view.documents(view.incident(incident).reports):
            assert document.source_id in done.output
    assert on_demo("lineage", incident, "--html", str(tmp_path / "tree.html")).exit_code == 0
    assert incident.split("-")[0] not in (tmp_path / "tree.html").read_text(encoding="utf-8").split("<body>")[0]


def test_why_gives_the_reason_of_every_link(on_demo: Run, built_demo: Path) -> None:
    incident = main_incident(built_demo)
    told = " ".join(on_demo("why", incident).output.split())
    with View(str(built_demo)) as view:
        for link in view.incident(incident).links:
            assert " ".join(link.why.split()) in told


def test_compare_prints_both_texts(on_demo: Run, built_demo: Path, tmp_path: Path) -> None:
    with View(str(built_demo)) as view:
        copy = next(c for c in view.lineage().copies if c.source.startswith("rep-"))
        documents = [view.document(copy.source), view.document(copy.derived)]
    page = tmp_path / "two.html"
    printed = on_demo("compare", copy.source, copy.derived)
    assert printed.exit_code == 0
    assert max(map(len, printed.output.splitlines())) <= 160  # for reading, in a file too
    assert on_demo("compare", copy.source, copy.derived, "--html", str(page)).exit_code == 0
    html = re.sub(r"<[^>]*>", "", page.read_text(encoding="utf-8"))
    for document in documents:
        for word in set(re.findall(r"\w{4,}", document.text)):
            assert word in html


def test_figures_under_another_policy(on_demo: Run) -> None:
    rows = [json.loads(line) for line in on_demo("figures", "--policy", "widest_range", "--json").output.splitlines()]
    assert rows
    assert {row["policy"] for row in rows} == {"widest_range"}
    assert on_demo("figures", "--disagreement").exit_code == 0
    assert on_demo("figures", "--csv", "figures.csv").exit_code == 0
    written = Path("figures.csv").read_text(encoding="utf-8").splitlines()
    assert written[0].startswith("incident,outcome,victims,place,low,best,high")
    assert "majority:" in on_demo("figures", "--policies").output


def test_sensitivity_compares_policies(on_demo: Run) -> None:
    done = on_demo("sensitivity", "--all")
    assert done.exit_code == 0
    assert "widest_range" in done.output


def test_a_coded_table_is_reconciled_without_a_ledger(run: Run) -> None:
    Path("coded.csv").write_text("event_id,deaths_best,city\ne1,3,Ketra\ne1,5,Ketra\ne2,1,Selm\n", encoding="utf-8")
    Path("spec.toml").write_text(
        '[[take]]\nhow = "min"\ntype = "number"\ncolumns = ["deaths_best"]\n[[take]]\nhow = "first"\ncolumns = ["city"]\n'
    )
    done = run("reconcile", "coded.csv", "--spec", "spec.toml", "--diagnostics", "spread.csv")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith("event_id,reports,deaths_best,city")
    assert lines[1].startswith("e1,2,3,Ketra")
    assert Path("spread.csv").read_text().startswith("column,divergence")
    assert not Path("firsthand.db").exists()


def test_verify_names_a_damaged_original(run: Run, demo_ledger: Path) -> None:
    import sqlite3

    assert run("--ledger", str(demo_ledger), "verify").exit_code == 0
    with sqlite3.connect(demo_ledger) as connection:
        connection.execute("UPDATE originals SET bytes = x'00' WHERE sha256 = (SELECT min(sha256) FROM originals)")
    done = run("--ledger", str(demo_ledger), "verify")
    assert done.exit_code == 1
    assert done.stderr.startswith("damaged ")


def test_build_keeps_its_settings_in_the_ledger(run: Run, demo_ledger: Path) -> None:
    assert run("--ledger", str(demo_ledger), "build", "--policy", "majority").exit_code == 0
    assert "everything is up to date" in run("--ledger", str(demo_ledger), "build").output
    with View(str(demo_ledger)) as view:
        assert view.settings() == {"policy": "majority"}


def test_a_setting_that_cannot_be_used_is_not_kept(run: Run, demo_ledger: Path) -> None:
    assert run("--ledger", str(demo_ledger), "build", "--policy", "guess").exit_code == 2
    assert run("--ledger", str(demo_ledger), "build", "--hierarchy", "no-such-file").exit_code == 2
    assert run("--ledger", str(demo_ledger), "build").exit_code == 0


def test_nothing_from_a_report_steers_the_terminal(run: Run) -> None:
    text = "Two people were killed in Ketra\x1b[2J on Monday\u202e, the mayor\x07 said.\n\nThe road was closed."
    Path("a.jsonl").write_text(json.dumps({"id": "\x1b]0;x\x07", "text": text, "site": "A\x9bB", "title": "T\x1b[31m"}))
    assert run("add", "a.jsonl").exit_code == 0
    assert run("build").exit_code == 0
    with View("firsthand.db") as view:
        report = view.report_ids()[0]
        incidents = [incident.id for incident in view.incidents()]
    outputs = [run("show", report).output, run("incidents").output, run("compare", report, report).output]
    outputs += [run(name, incident).output for incident in incidents for name in ("brief", "why", "lineage", "show")]
    for output in outputs:
        assert output
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", output)


def test_the_demonstration_runs(tmp_path: Path) -> None:
    done = command("demo", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "INVENTED" in done.stdout
    assert "## What happened" in done.stdout
    ledger = tmp_path / "out" / "firsthand.db"
    with View(str(ledger)) as view:
        assert all(incident.id in done.stdout for incident in view.incidents())
    assert f"show {main_incident(ledger)}" in done.stdout.splitlines()[-5]
    shown = re.findall(r"^inc-.*$", (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    listed = {
        line.split()[0]: re.split(r"  +", line.strip()) for line in done.stdout.splitlines() if line[:4] == "inc-"
    }
    assert len(shown) == len(listed)
    for cells in (re.split(r"  +", line) for line in shown):
        assert set(cells) <= set(listed[cells[0]]), "README's list of the demonstration is not what it prints"
    assert "## References" in (tmp_path / "out" / "brief.md").read_text(encoding="utf-8")
    again = command("demo", "out", cwd=tmp_path)
    assert again.returncode == 0
    assert "everything is up to date" in again.stdout


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_of_every_command(run: Run, name: str) -> None:
    done = run(name, "--help")
    assert done.exit_code == 0
    assert "Example:" in done.output
