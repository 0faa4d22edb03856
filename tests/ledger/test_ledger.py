"""The store, on SQLite and on PostgreSQL: what goes in comes out, whole or not at all."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from firsthand.errors import LedgerError, NotFound
from firsthand.ledger import Reading, View, Writer
from firsthand.ledger.codec import decode, encode
from firsthand.ledger.engine import SCHEMA, ledger_url, shown
from firsthand.ledger.tables import judgements
from firsthand.model import (
    Actor,
    Annotation,
    Claim,
    Copy,
    Credit,
    DateClue,
    Document,
    Figure,
    Grouping,
    Incident,
    IncidentGrade,
    Interval,
    Layer,
    Lineage,
    Name,
    OffsetMap,
    Origin,
    Passage,
    Phrase,
    Place,
    RawReport,
    Reconciliation,
    ReportClaims,
    ReportLink,
    Run,
    Sentence,
    Source,
    Span,
    Step,
    Tally,
    TimeMention,
    Token,
    Unobserved,
    Variant,
    Victim,
    VoiceCount,
    record_id,
)

WORDS = "The mayor of Tarvo said two shepherds were killed on 4 May."


def intake(words: str = WORDS, source_id: str = "a") -> tuple[RawReport, bytes]:
    data = words.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    raw = RawReport(record_id("rep", sha256), source_id, f"{source_id}.txt", sha256, "text", words, steps=("utf-8",))
    return raw, data


def reading(report: str) -> tuple[Document, Annotation, ReportClaims]:
    document = Document(
        id=report,
        source_id="a",
        text=WORDS,
        map=OffsetMap((Run(0, 4, len(WORDS)),)),
        title="Two killed near Tarvo",
        site="The Tarvo Post",
        published=date(1998, 5, 5),
        published_basis="given",
        credits=(Credit("source", "Agency", "Source: Agency", Span(0, 3)),),
        date_clues=(DateClue("copyright", "© 1998", date(1998, 1, 1), date(1998, 12, 31)),),
        steps=(Step("copyright-line", removed="© 1998", source_span=Span(60, 66)),),
    )
    token = Token("The", "the", "DT", "DET", "det", 0, 0, 3)
    day = Interval(date(1998, 5, 4), date(1998, 5, 4))
    annotation = Annotation(
        report,
        text=Layer(
            sentences=(Sentence(Span(0, len(WORDS)), (token,)),),
            names=(Name(Span(13, 18), "Tarvo", "place", "Tarvo"),),
            times=(TimeMention(Span(50, 58), "on 4 May", day),),
        ),
    )
    claim = Claim(
        record_id("clm", report, 1),
        report,
        "text",
        Span(24, 58),
        source=Source("The mayor of Tarvo", Span(0, 18), "mayor of Tarvo", "role"),
        cue=Phrase("said", Span(19, 23)),
        tally=Tally("killed", 2, 2, "two", Span(24, 27), victims=("civilians",), victims_text="shepherds"),
        when=day,
    )
    quiet = Claim(record_id("clm", report, 2), report, "text", Span(0, 23))
    victim = Victim(record_id("vic", report), report, "Ilo Beren", Span(0, 3), age=41)
    return document, annotation, ReportClaims(report, (claim, quiet), (victim,))


def put(writer: Writer, words: str = WORDS, key: str = "k1") -> str:
    raw, data = intake(words)
    writer.add([(raw, data)])
    writer.put_readings([Reading.of(*reading(raw.id))], key)
    return raw.id


def test_reports_are_kept_once_and_unchanged(ledger: str) -> None:
    raw, data = intake()
    with Writer(ledger) as writer:
        first = writer.add([(raw, data), (raw, data)])
        second = writer.add([(raw, data)])
    assert (first.new, first.known) == ((raw.id,), (raw.id,))
    assert (second.new, second.known) == ((), (raw.id,))
    with View(ledger) as view:
        assert view.raw(raw.id) == raw
        assert view.original(raw.id) == data
        assert view.by_source_id("a") == [raw.id]
        assert view.count("reports") == view.count("originals") == 1


def test_two_reports_may_share_their_original(ledger: str) -> None:
    raw, data = intake()
    other = RawReport("rep-other", "b", "b.txt", raw.sha256, "text", raw.body)
    with Writer(ledger) as writer:
        assert writer.add([(raw, data), (other, data)]).new == (raw.id, "rep-other")
    with View(ledger) as view:
        assert view.count("originals") == 1
        assert view.original("rep-other") == data


def test_a_wrong_hash_takes_nothing_of_its_batch(ledger: str) -> None:
    good, data = intake()
    bad, _ = intake("Another text.", "b")
    with Writer(ledger) as writer, pytest.raises(LedgerError, match="changed while it was read"):
        writer.add([(good, data), (bad, b"other bytes")])
    with View(ledger) as view:
        assert view.report_ids() == []


def test_readings_come_back_as_they_went_in_but_for_the_parse(ledger: str) -> None:
    with Writer(ledger) as writer:
        report = put(writer)
    document, annotation, claims = reading(report)
    with View(ledger) as view:
        assert view.document(report) == document
        assert view.annotation(report) == annotation.without_parse()
        assert view.claims_of(report) == claims
        assert view.claim(claims.claims[0].id) == claims.claims[0]
        assert view.documents([report]) == view.documents() == [document]
        assert view.reports_of_claims([claims.claims[1].id]) == {report}


def test_what_was_read_under_another_key_is_unread(ledger: str) -> None:
    with Writer(ledger) as writer:
        first = put(writer, key="old")
        raw, data = intake("Nothing was read of this.")
        writer.add([(raw, data)])
        with View(ledger) as view:
            assert view.unread("old") == [raw.id]
            assert set(view.unread("new")) == {first, raw.id}


def test_reading_again_replaces(ledger: str) -> None:
    with Writer(ledger) as writer:
        report = put(writer)
        document, annotation, claims = reading(report)
        fewer = ReportClaims(report, claims.claims[1:])
        writer.put_readings([Reading.of(document, annotation, fewer)], "k2")
    with View(ledger) as view:
        assert view.claims_of(report) == fewer
        assert view.count("claims") == 1
        with pytest.raises(NotFound):
            view.claim(claims.claims[0].id)


def derived(report: str) -> tuple[Lineage, Grouping, Reconciliation]:
    missing = Unobserved("uno-1", "Agency", (report,), "why")
    copy = Copy(
        "cop-1", "uno-1", report, "edited", 0.5, 0.4, 0.9, 0.7, "credit", (Passage(Span(0, 3), Span(1, 4), 1.0),)
    )
    lineage = Lineage((copy,), (Origin("org-1", "Agency", (report,), True, (missing,), "why"),))
    incident = Incident(
        "inc-1",
        "Shooting at Tarvo",
        "shooting",
        Interval(date(1998, 5, 4), date(1998, 5, 4)),
        ("plc-1",),
        (ReportLink(report, True, 0.9, "why"),),
        perpetrators=("act-1",),
        country="XX",
    )
    grouping = Grouping(
        incidents=(incident,),
        actors=(Actor("act-1", "Band", "group", (Variant("the Band", (report,)),)),),
        places=(Place("plc-1", "Tarvo", "XX"),),
        victims=(Victim("vic-1", report, "Ilo Beren", Span(0, 3), incident="inc-1"),),
    )
    voice = VoiceCount("mayor", 2, 2, ("clm-1",), ("org-1",), (("clm-0", 1, 1),))
    figure = Figure(
        "fig-1",
        "inc-1",
        "killed",
        "people",
        2,
        2,
        2,
        "single",
        "default",
        1,
        1,
        1,
        ("clm-1",),
        "why",
        by_voice=(voice,),
    )
    grade = IncidentGrade("inc-1", "weak", "Single source claim", 1, 1, 1, 1, "why")
    return lineage, grouping, Reconciliation((figure,), (), (grade,))


def test_stages_over_the_whole_ledger_come_back_and_are_replaced(ledger: str) -> None:
    with Writer(ledger) as writer:
        report = put(writer)
        lineage, grouping, reconciliation = derived(report)
        writer.put_lineage(lineage, "l1")
        writer.put_grouping(grouping, "i1")
        writer.put_reconciliation(reconciliation, "r1")
        with View(ledger) as view:
            assert view.lineage() == lineage
            assert view.grouping() == grouping
            assert view.reconciliation() == reconciliation
            assert view.incidents_of(report) == ["inc-1"]
            assert [view.stage_key(stage) for stage in ("lineage", "incidents", "reconcile")] == ["l1", "i1", "r1"]
        writer.put_grouping(Grouping(), "i2")
        with View(ledger) as view:
            assert view.grouping() == Grouping()
            assert view.incidents_of(report) == []
            assert view.lineage() == lineage


def test_a_view_does_not_see_what_is_written_after_it_was_opened(ledger: str) -> None:
    with Writer(ledger) as writer:
        put(writer)
        with View(ledger) as view:
            assert view.count("reports") == 1
            put(writer, "A second text.")
            assert view.count("reports") == 1


def test_a_view_cannot_write(ledger: str) -> None:
    with Writer(ledger) as writer:
        put(writer)
    with View(ledger) as view, pytest.raises(Exception, match=r"readonly|read-only"):
        view._connection.exec_driver_sql("DELETE FROM judgements")


def test_judgements_are_chained_and_a_change_shows(ledger: str) -> None:
    with Writer(ledger) as writer:
        first = writer.judge(by="Noor", verb="reject", subject="clm-1", reason="misread")
        second = writer.judge(by="Ada", verb="undo", subject="clm-1", undoes=first.id)
        assert second.previous == first.hash
        with View(ledger) as view:
            assert view.judgements() == (first, second)
            assert list(view.verify()) == []
        with writer._engine.begin() as connection:
            changed = encode(first).replace("misread", "well read")
            connection.execute(update(judgements).where(judgements.c.number == 1).values(body=changed))
    with View(ledger) as view:
        assert [damage.subject for damage in view.verify()] == [first.id]


def test_a_changed_original_shows(ledger: str) -> None:
    with Writer(ledger) as writer:
        report = put(writer)
        with writer._engine.begin() as connection:
            connection.exec_driver_sql("UPDATE originals SET bytes = 'tampered'")
    with View(ledger) as view:
        damage = list(view.verify())
        assert [(d.subject, d.name) for d in damage] == [(view.raw(report).sha256, "a.txt")]


def test_names_are_found_by_their_beginning(ledger: str) -> None:
    with Writer(ledger) as writer:
        report = put(writer)
    with View(ledger) as view:
        assert view.named(report[:8], ("reports",)) == [("reports", report)]
        assert view.named(report, ("reports", "claims")) == [("reports", report)]
        assert view.named("rep-%", ("reports",)) == []
        assert view.named("", ("reports",)) == []


ADD_MANY = """
import hashlib, sys
from firsthand.ledger import Writer
from firsthand.model import RawReport
with Writer(sys.argv[1]) as writer:
    for number in range(int(sys.argv[2]), int(sys.argv[2]) + 25):
        words = f"Report number {number}."
        sha256 = hashlib.sha256(words.encode()).hexdigest()
        writer.add([(RawReport(f"rep-{number}", str(number), words, sha256, "text", words), words.encode())])
"""


def test_four_processes_write_at_once(ledger: str) -> None:
    commands = [[sys.executable, "-c", ADD_MANY, ledger, str(20 * number)] for number in range(4)]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for command in commands]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [("", 0)] * 4
    with View(ledger) as view:
        assert view.count("reports") == 85  # the ranges overlap by five


def test_the_migrations_make_the_tables_that_the_code_expects(ledger: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from firsthand.ledger.tables import metadata

    def ours(_object: object, name: str | None, *_: object) -> bool:
        # The search index belongs to one database or the other, not to the tables that both have.
        return not (name or "").startswith(("text_index", "ix_texts_words"))

    with Writer(ledger) as writer, writer._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, metadata) == []
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == SCHEMA


# -- ledgers that cannot be used


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger"):
        View(str(tmp_path / "none.db"))
    with pytest.raises(LedgerError, match="there is no folder"):
        Writer(str(tmp_path / "no" / "such" / "ledger.db"))
    with pytest.raises(LedgerError, match="it is a folder"):
        Writer(str(tmp_path))


def test_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("This is not a database, it is a text that is longer than a header.\n" * 100)
    for kind in (Writer, View):
        with pytest.raises(LedgerError, match="not a database"):
            kind(str(path))
    assert path.read_text().startswith("This is not")


def test_another_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    for kind in (Writer, View):
        with pytest.raises(LedgerError, match="not a ledger"):
            kind(str(path))


def test_a_newer_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Writer(str(path)):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for kind in (Writer, View):
        with pytest.raises(LedgerError, match="newer firsthand"):
            kind(str(path))


def test_a_password_is_not_printed() -> None:
    url = "postgresql://noor:secret@db.example/ledger"
    assert "secret" not in shown(url)
    assert ledger_url(url).drivername == "postgresql+psycopg"


def test_an_unknown_database_is_refused() -> None:
    with pytest.raises(LedgerError):
        Writer("mysql://noor@db.example/ledger")


# -- codec

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


@given(texts, texts, st.none() | st.dates())
def test_any_text_survives_the_codec(title: str, text: str, published: date | None) -> None:
    document = Document("rep-1", "a", text, OffsetMap.identity(len(text)), title=title, published=published)
    assert decode(Document, encode(document)) == document


def test_a_broken_body_is_named() -> None:
    with pytest.raises(LedgerError, match="a stored Document cannot be read"):
        decode(Document, '{"id": 3}')
