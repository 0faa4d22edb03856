"""Where things came from, on either database."""

from __future__ import annotations

import hashlib

from firsthand.ledger import View, Watched, Writer
from firsthand.model import Capture, RawReport, Timestamp

URL = "https://example.org/story?a=1&b=%C3%A9"


def report(number: int, url: str | None = None) -> tuple[RawReport, bytes]:
    data = f"Report {number}: two people were hurt.".encode()
    sha256 = hashlib.sha256(data).hexdigest()
    return RawReport(f"rep-{number}", str(number), f"{number}.txt", sha256, "text", data.decode(), url), data


def capture(number: int, payload: bytes) -> tuple[Capture, bytes]:
    warc = f"WARC/1.1 {number}".encode()
    hashes = hashlib.sha256(payload).hexdigest(), hashlib.sha256(warc).hexdigest()
    at = f"2020-01-0{number}T00:00:00Z"
    return Capture(f"cap-{number}", URL, URL, at, 200, "text/html", "192.0.2.1", len(payload), *hashes), warc


def test_what_is_kept_about_reports_comes_back(ledger: str) -> None:
    first, second = report(1, URL), report(2, URL)
    with Writer(ledger) as writer:
        writer.add([first], by="Ada", details={"rep-1": {"form": "text"}}, captures=[capture(1, first[1])])
        writer.add([first, second], by="Grace", captures=[capture(2, second[1]), capture(1, first[1])])
        with View(ledger) as view:
            last = view.last_custody()
        assert last is not None
        timestamp = Timestamp(last.number, last.hash, "https://example.org/tsa", "2020-01-03T00:00:00+00:00", "AAAA")
        for _ in range(2):
            writer.put_timestamp(timestamp)
            writer.put_watched(Watched(URL, '"tag"', None, "digest", "2020-01-03"))
    with View(ledger) as view:
        assert [(e.number, e.verb, e.subject, e.by) for e in view.custody()] == [
            (1, "fetched", "cap-1", "Ada"),
            (2, "added", "rep-1", "Ada"),
            (3, "fetched", "cap-2", "Grace"),
            (4, "added", "rep-2", "Grace"),
        ]
        assert view.custody(["rep-1"])[0].details == {"form": "text"}
        assert [found.id for found in view.captures(url=URL)] == ["cap-1", "cap-2"]
        assert view.kept(capture(2, second[1])[0].warc) == b"WARC/1.1 2"
        assert [id for id, _ in view.at_address(URL)] == ["rep-1", "rep-2"]
        assert view.at_address("https://example.org/other") == []
        assert view.timestamps() == [timestamp]
        assert view.watched()[URL].etag == '"tag"'
        assert list(view.verify()) == []


def test_a_ledger_from_before_the_log_gets_an_entry_for_each_report(ledger: str) -> None:
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
