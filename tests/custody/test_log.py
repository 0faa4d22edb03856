"""The custody log: every entry sealed to the one before, on both databases."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.ledger import View, Writer
from firsthand.ledger.custody import broken_custody, sealed
from firsthand.model import CustodyEntry, RawReport

WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
CONTENT = st.builds(
    CustodyEntry,
    number=st.just(0),
    at=WORDS,
    by=WORDS,
    verb=st.sampled_from(["added", "seen", "fetched", "found"]),
    subject=WORDS,
    sha256=WORDS,
    place=WORDS,
    record=WORDS,
    details=st.dictionaries(WORDS, WORDS, max_size=3),
)


def chain(contents: list[CustodyEntry]) -> list[CustodyEntry]:
    out: list[CustodyEntry] = []
    for number, entry in enumerate(contents, 1):
        out.append(sealed(replace(entry, number=number), out[-1].hash if out else ""))
    return out


@given(st.lists(CONTENT, min_size=1, max_size=6), st.data())
@settings(max_examples=150, deadline=None)
def test_any_change_to_any_entry_is_found(contents: list[CustodyEntry], data: st.DataObject) -> None:
    log = chain(contents)
    assert list(broken_custody(log)) == []
    at = data.draw(st.integers(0, len(log) - 1))
    name = data.draw(
        st.sampled_from(["at", "by", "subject", "sha256", "place", "record", "hash", "digest", "previous"])
    )
    other = data.draw(WORDS.filter(lambda words: words != getattr(log[at], name)))
    changed = [*log[:at], replace(log[at], **{name: other}), *log[at + 1 :]]
    assert list(broken_custody(changed))
    if at < len(log) - 1:
        assert list(broken_custody([*log[:at], *log[at + 1 :]]))
        # An entry forged whole, with hashes of its own, does not fit the one after it.
        forged = sealed(replace(log[at], by=f"{log[at].by} and another"), log[at].previous)
        assert list(broken_custody([*log[:at], forged, *log[at + 1 :]]))


def report(number: int) -> tuple[RawReport, bytes]:
    data = f"Report {number}: two people were hurt.".encode()
    sha256 = hashlib.sha256(data).hexdigest()
    return RawReport(f"rep-{number}", str(number), f"{number}.txt", sha256, "text", data.decode()), data


def test_a_ledger_from_before_the_log_gets_an_entry_for_each_report(tmp_path: pytest.TempPathFactory) -> None:
    ledger = f"{tmp_path}/ledger.db"
    with Writer(ledger) as writer:
        writer.add([report(1), report(2)], by="Ada")
        with writer._engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM custody")  # as one made by an older version
        with View(ledger) as view:
            assert list(view.verify()) == []
        writer.add([report(3)], by="Grace")
    with View(ledger) as view:
        assert [(e.number, e.verb, e.subject, e.by) for e in view.custody()] == [
            (1, "found", "rep-1", "Grace"),
            (2, "found", "rep-2", "Grace"),
            (3, "added", "rep-3", "Grace"),
        ]
        assert list(view.verify()) == []
