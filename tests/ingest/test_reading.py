"""Sources in, reports and named rejections out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from firsthand.errors import InputRejected
from firsthand.ingest import Intake, Limits, read


def taken(*sources: object, **options: object) -> tuple[list[Intake], list[InputRejected]]:
    results = list(read([str(source) for source in sources], **options))  # type: ignore[arg-type]
    reports = [result for result in results if isinstance(result, Intake)]
    return reports, [result for result in results if isinstance(result, InputRejected)]


def test_wrong_files_among_good_ones(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Nine people were killed on Friday.", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n \n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "broken.txt").write_bytes(b"Nine people \xff\xfe were killed \x80\x81 on Friday.")
    (tmp_path / "long.txt").write_bytes(b"x" * 5000)
    (tmp_path / "lines.jsonl").write_bytes(
        b'\xef\xbb\xbf{"id": "a", "text": "Nine people were killed."}\r\n\r\n{"id": \r\n[1, 2]\r\n{"id": "b"}\r\n'
        b'{"text": "'
        + b"y" * 5000
        + b'"}\n{"id": 7, "html": "<p>Six people were killed.</p>", "published": "2019-05-04"}'
    )
    reports, rejected = taken(tmp_path, limits=Limits(report_bytes=4000))
    assert [intake.report.source_id for intake in reports] == ["good", "a", "7"]
    assert reports[2].report.media_type == "html"
    assert reports[2].report.published == "2019-05-04"
    reasons = {str(error.what).removeprefix(f"{tmp_path}/"): error.why for error in rejected}
    assert set(reasons) == {
        "empty.txt", "blank.txt", "binary.txt", "broken.txt", "long.txt",
        "lines.jsonl#3", "lines.jsonl#4", "lines.jsonl#5", "lines.jsonl#6",
    }  # fmt: skip
    assert reasons["empty.txt"] == "it is empty"
    assert "not UTF-8" in reasons["broken.txt"]
    assert "binary" in reasons["binary.txt"]
    assert "JSON" in reasons["lines.jsonl#3"]
    assert 'no "text"' in reasons["lines.jsonl#5"]
    assert all(error.hint for error in rejected)


def test_the_same_bytes_have_the_same_id_wherever_they_come_from(tmp_path: Path) -> None:
    line = b'{"id": "a", "text": "Nine people were killed."}'
    (tmp_path / "one.jsonl").write_bytes(line + b"\n")
    (tmp_path / "two.jsonl").write_bytes(b"\n\n" + line + b"\r\n" + line)
    reports, rejected = taken(tmp_path, "-", stdin=io.BytesIO(line))
    assert len(reports) == 4
    assert not rejected
    assert {intake.report.id for intake in reports} == {reports[0].report.id}
    assert {intake.original for intake in reports} == {line}


def test_folders_and_patterns_come_in_one_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.txt", "c.txt", ".hidden/x.txt", "b/.DS_Store"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Nine people were killed, {name} says.", encoding="utf-8")
    assert [intake.report.source_id for intake in taken(tmp_path)[0]] == ["1", "2", "c"]
    assert [intake.report.source_id for intake in taken(tmp_path / "*" / "*.txt")[0]] == ["1", "2"]


@pytest.mark.parametrize("source", ["no/such/file.txt", "no/such/*.txt", "-"])
def test_a_source_that_is_not_there_is_named(source: str) -> None:
    reports, rejected = taken(source)
    assert not reports
    assert rejected[0].what == source


def test_a_folder_without_files_is_named(tmp_path: Path) -> None:
    assert taken(tmp_path)[1][0].what == str(tmp_path)


def test_a_saved_page_without_a_suffix_is_html(tmp_path: Path) -> None:
    (tmp_path / "page").write_text("<!DOCTYPE html><p>Nine people were killed.</p>", encoding="utf-8")
    assert taken(tmp_path)[0][0].report.media_type == "html"
