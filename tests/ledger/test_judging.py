"""Decisions in the store: none overwrites another unseen, and a claim that a person added is there for every reader."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from firsthand.errors import NotFound, Superseded
from firsthand.ingest import Intake, read
from firsthand.ledger import View, Writer
from firsthand.ledger.codec import encode
from firsthand.model import Claim, Phrase, Source, Span, Tally, standing
from firsthand.runners.local import build

TEXT = "Shells fell on the village of Vestry. The mayor said seven people were killed. A nurse spoke of nine."


def test_a_decision_is_refused_where_another_came_unseen(ledger: str) -> None:
    with Writer(ledger) as writer:
        first = writer.judge(by="Ada", verb="accept", subject="clm-1", seen="")
        with pytest.raises(Superseded, match="Ada decided on this"):
            writer.judge(by="Ben", verb="reject", subject="clm-1", seen="")
        writer.judge(by="Ben", verb="reject", subject="clm-2", seen="")
        writer.judge(by="Ben", verb="reject", subject="clm-1", seen=first.id)
    with View(ledger) as view:
        assert [(j.by, j.verb) for j in view.judgements()] == [("Ada", "accept"), ("Ben", "reject"), ("Ben", "reject")]


DECIDE = """
import sys
from firsthand.errors import Superseded
from firsthand.ledger import Writer
with Writer(sys.argv[1]) as writer:
    try:
        writer.judge(by=sys.argv[2], verb="accept", subject="clm-1", seen="")
    except Superseded:
        print("refused")
"""


def test_of_four_processes_that_decide_at_once_one_does(ledger: str) -> None:
    with Writer(ledger):
        pass
    commands = [[sys.executable, "-c", DECIDE, ledger, name] for name in "abcd"]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
    assert sorted(process.communicate()[0] for process in processes) == ["", *["refused\n"] * 3]
    with View(ledger) as view:
        assert len(view.judgements()) == 1


def test_times_of_decisions_only_rise(ledger: str) -> None:
    with Writer(ledger) as writer:
        made = [writer.judge(by="a", verb="accept", subject="clm-1") for _ in range(30)]
    assert [j.id for j in standing(reversed(made))] == [j.id for j in made]
    assert len({j.at for j in made}) == 30


def test_a_claim_that_a_person_added_is_there_until_it_is_taken_back(ledger: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    with Writer(ledger) as writer:
        writer.add((item.report, item.original) for item in read([str(tmp_path / "a.txt")]) if isinstance(item, Intake))
    build(ledger)
    with View(ledger) as view:
        (report,) = view.report_ids()
        text = view.document(report).text
        found = view.claims_of(report)
    start = text.index("nine")
    tally = Tally("killed", 9, 9, "nine", Span(start, start + 4))
    source = Source("A nurse", Span(text.index("A nurse"), text.index("A nurse") + 7), "nurse", "anonymous")
    claim = Claim(
        "", report, "text", Span(text.index("A nurse"), start + 4), source, Phrase("spoke", Span(0, 1)), tally=tally
    )
    with Writer(ledger) as writer:
        added = writer.judge(
            by="Ada", verb="add", subject="clm-by-hand", after=encode(claim), reason="the parser missed it"
        )
        writer.judge(by="Ada", verb="add", subject="clm-broken", after="{}")
    build(ledger)
    with View(ledger) as view:
        assert len(view.claims_of(report).claims) == len(found.claims) + 1
        kept = view.claim("clm-by-hand")
        assert (kept.tally, kept.why) == (tally, "Read in the report by Ada: the parser missed it.")
        assert view.reports_of_claims(["clm-by-hand"]) == {report}
        assert view.assignment("clm-by-hand") is not None
        killed = [f for f in view.figures() if f.outcome == "killed" and f.victims == "people" and f.place is None]
        assert [(f.low, f.high) for f in killed] == [(7, 9)]
    with Writer(ledger) as writer:
        writer.judge(by="Ada", verb="undo", subject="clm-by-hand", undoes=added.id)
    build(ledger)
    with View(ledger) as view:
        assert view.claims_of(report) == found
        with pytest.raises(NotFound):
            view.claim("clm-by-hand")
