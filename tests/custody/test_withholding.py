"""What is withheld leaves in nothing, and comes back when it is released."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from firsthand.cli import firsthand
from firsthand.errors import NotFound
from firsthand.export.bundle import write_bundle
from firsthand.ledger import PublicView, View
from firsthand.ledger.public import BLOCK

Run = Callable[..., Result]


@pytest.fixture
def run(demo_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a copy of the built demonstration ledger."""
    monkeypatch.setenv("FIRSTHAND_USER", "Ada")
    return lambda *words: CliRunner().invoke(firsthand, ["--ledger", str(demo_ledger), *words])


def everything(run: Run, ledger: Path, out: Path) -> str:
    """All that leaves the desk, as one text."""
    with View(str(ledger)) as view:
        incidents = [incident.id for incident in view.incidents()]
    parts = []
    for form in ("bundle", "ucdp", "acled", "geojson"):
        done = run("export", "--format", form, str(out / form))
        assert done.exit_code == 0, done.output
    for path in sorted(out.rglob("*")):
        if path.is_file():
            parts.append(path.read_text(encoding="utf-8"))
    for command in ("brief", "why", "lineage"):
        parts += [run(command, incident).stdout for incident in incidents]
    parts += [run("incidents", "--json").stdout, run("figures", "--json").stdout]
    return "\n".join(parts)


def named_person(view: View) -> str:
    """A person of two names whom several reports name as a source."""
    for actor in view.actors().values():
        if actor.kind == "person" and len(actor.name.split()) == 2:
            return actor.name
    raise AssertionError("the demonstration names nobody")


def telling_report(view: View) -> tuple[str, list[str], str]:
    """The report with the most paragraphs that no other has, those paragraphs, and the words of all other reports. JSON writes
    straight quotation marks otherwise: paragraphs with them are none that can be looked for."""
    documents = view.documents()
    found = []
    for document in documents:
        others = "\n".join(f"{d.title}\n{d.text}" for d in documents if d.id != document.id)
        own = [part for part in document.text.split("\n\n") if len(part) > 60 and '"' not in part]
        own = [part for part in own if part not in others]
        found.append((len(own), document.id, own, others))
    _, report, own, others = max(found)
    return report, own, others


def test_nothing_withheld_is_the_same_as_a_view(demo_ledger: Path, tmp_path: Path) -> None:
    for name, kind in (("a", View), ("b", PublicView)):
        with kind(str(demo_ledger)) as view:
            write_bundle(view, tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_a_withheld_report_leaves_with_its_id_and_hash_alone(run: Run, demo_ledger: Path, tmp_path: Path) -> None:
    with View(str(demo_ledger)) as view:
        report, own, others = telling_report(view)
        document, claims = view.document(report), view.claims_of(report).claims
        figures = {f.id: (f.low, f.best, f.high) for f in view.figures()}
    assert own
    assert any(line in everything(run, demo_ledger, tmp_path / "before") for line in own)
    done = run("withhold", "report", report, "--reason", "the source asked for it")
    assert done.exit_code == 0, done.output
    after = everything(run, demo_ledger, tmp_path / "after")
    words = [words for words in (document.title, document.source_id) if words and words not in others]
    for secret in (*own, *words, *(claim.id for claim in claims)):
        assert secret not in after, secret
    assert report in after
    assert document.sha256 in after
    assert "the source asked for it" in after
    with PublicView(str(demo_ledger)) as view:
        assert {f.id: (f.low, f.best, f.high) for f in view.figures()} == figures
        with pytest.raises(NotFound):
            view.original(report)
    with View(str(demo_ledger)) as view:
        assert view.document(report) == document
        assert list(view.verify()) == []
    # Released, it is all there again.
    assert run("release", "report", report, "--reason", "agreed").exit_code == 0
    assert all(line in everything(run, demo_ledger, tmp_path / "again") for line in own)


def test_a_withheld_name_is_covered_and_spans_stay_right(run: Run, demo_ledger: Path, tmp_path: Path) -> None:
    with View(str(demo_ledger)) as view:
        name = named_person(view)
        texts = {document.id: document.text for document in view.documents()}
    last = name.split()[-1]
    before = everything(run, demo_ledger, tmp_path / "before")
    assert name in before
    assert run("withhold", "name", name, "--reason", "he was threatened").exit_code == 0
    after = everything(run, demo_ledger, tmp_path / "after")
    assert name.casefold() not in after.casefold()
    assert BLOCK in after
    with PublicView(str(demo_ledger)) as view:
        for document in view.documents():
            assert len(document.text) == len(texts[document.id])
            if re.search(re.escape(name), texts[document.id], re.I):
                assert not re.search(rf"\b{last}\b", document.text)
                with pytest.raises(NotFound):
                    view.original(document.id)
            for claim in view.claims_of(document.id).claims:
                if claim.tally and claim.field == "text":
                    assert claim.tally.span.of(document.text) == claim.tally.text
    assert run("release", "name", name, "--reason", "he is safe").exit_code == 0
    again = everything(run, demo_ledger, tmp_path / "again")
    assert again.count(name) == before.count(name) + 2  # the two decisions name it


def test_a_name_that_no_report_has_is_told_of(run: Run) -> None:
    done = run("withhold", "name", "Maren Tosck", "--reason", "she was threatened")
    assert done.exit_code == 0
    assert "no report has Maren Tosck in these words" in done.output
    assert "no report has" not in run("withhold", "name", "MAREN  TOSK", "--reason", "she was threatened").output


def test_withholding_needs_a_reason_and_a_subject(run: Run) -> None:
    assert run("withhold", "report", "agency-dareth").exit_code == 2
    assert run("withhold", "name", "—", "--reason", "x").exit_code == 2
    assert isinstance(run("withhold", "report", "nothing", "--reason", "x").exception, NotFound)
    assert isinstance(run("release", "name", "Nobody Here", "--reason", "x").exception, NotFound)
    for _ in range(2):
        assert run("withhold", "report", "agency-dareth", "--reason", "x").exit_code == 0
    assert "already" in run("withhold", "report", "agency-dareth", "--reason", "x").output
