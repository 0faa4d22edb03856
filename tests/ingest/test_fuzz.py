"""Whatever bytes come under whatever name: reports or named refusals, never another exception, and always the same."""

from __future__ import annotations

import io
import zipfile

from hypothesis import example, given, settings
from hypothesis import strategies as st

from firsthand.errors import InputRejected
from firsthand.ingest import Intake, Limits
from firsthand.ingest.formats import FORMATS
from firsthand.ingest.reading import read_piece
from firsthand.ingest.types import Piece

SUFFIXES = [*sorted({suffix for form in FORMATS for suffix in form.suffixes}), "", ".bin", ".warc.gz", ".tar.gz"]
SNIPPETS = [
    b"PK\x03\x04", b"%PDF-1.7\n", b"WARC/1.1\r\n", b"\x1f\x8b\x08\x00", b"<?xml version='1.0'?>", b"<rss>", b"<item>",
    b"</item></rss>",
    b'{"text": "', b'"}\n', b"[", b"{", b"From: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n", b"text,id\n", b'"', b"\x00",
    b"\xff\xfe", b"\xef\xbb\xbf", "‮نص".encode(), b"---\ntitle: x\n---\n", b"<!DOCTYPE html><p>", b"Nine people were killed.\r\n",
]  # fmt: skip
DATA = st.lists(st.one_of(st.sampled_from(SNIPPETS), st.binary(max_size=40)), max_size=12).map(b"".join)


def outside() -> bytes:
    """A zip with most of its member cut out: its directory then says that the member begins before the file does."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "Nine people were killed. " * 20)
    return packed.getvalue()[:60] + packed.getvalue()[400:]


def nameless() -> bytes:
    """A zip whose member has no name in the directory."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "Nine people were killed.")
    before, after = packed.getvalue().rsplit(b"a.txt", 1)
    return before + b"\0.txt" + after


@settings(max_examples=400, deadline=None)
@example(b"PK\x05\x06" + bytes(18), ".zip")
@example(outside(), ".zip")  # found by tools/fuzz.py
@example(nameless(), ".zip")  # found by tools/fuzz.py
@example(b"<rss>" * 4000, ".xml")
@example(b"[" * 4000, ".json")
@given(DATA, st.sampled_from(SUFFIXES))
def test_any_bytes_under_any_name(data: bytes, suffix: str) -> None:
    piece = Piece.of_bytes(f"file{suffix}", data)
    results = list(read_piece(piece, Limits(report_bytes=65536)))
    for result in results:
        assert isinstance(result, Intake | InputRejected)
        if isinstance(result, InputRejected):
            assert result.what
            assert result.why
            assert result.hint
        else:
            assert "\0" not in result.report.body
    again = list(read_piece(piece, Limits(report_bytes=65536)))
    assert [r.report.id for r in again if isinstance(r, Intake)] == [
        r.report.id for r in results if isinstance(r, Intake)
    ]
