"""An incident's package is checked without the ledger, and every way of tampering with it is found."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from firsthand.cli import firsthand
from firsthand.errors import FirsthandError
from firsthand.export.checking import check_package
from firsthand.ledger import View
from firsthand.ledger.custody import chain_hash, entry_digest
from firsthand.model import CustodyEntry

from .timestamp_service import TimestampService
from .web import serving

Run = Callable[..., Result]


@pytest.fixture
def run(demo_ledger: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("FIRSTHAND_USER", "Ada")
    monkeypatch.delenv("FIRSTHAND_TIMESTAMPS", raising=False)
    monkeypatch.delenv("FIRSTHAND_TIMESTAMP_ROOTS", raising=False)
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(firsthand, ["--ledger", str(demo_ledger), *map(str, words)])


def largest(ledger: Path) -> str:
    with View(str(ledger)) as view:
        return max(view.incidents(), key=lambda incident: len(incident.links)).id


@pytest.fixture
def package(run: Run, demo_ledger: Path, tmp_path: Path) -> Path:
    path = tmp_path / "incident.zip"
    done = run("package", largest(demo_ledger), path)
    assert done.exit_code == 0, done.output
    return path


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename.partition("/")[2]: archive.read(info) for info in archive.infolist()}


def write(path: Path, files: dict[str, bytes], *, sealed: bool = False) -> None:
    """Packs ``files``; ``sealed``: with manifests that fit them, as one who tampers with care would."""
    if sealed:
        for manifest, payload in (("manifest-sha256.txt", True), ("tagmanifest-sha256.txt", False)):
            names = [n for n in files if n.startswith("data/") == payload and n != "tagmanifest-sha256.txt"]
            files[manifest] = "".join(f"{hashlib.sha256(files[n]).hexdigest()}  {n}\n" for n in sorted(names)).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"bag/{name}", data)


def test_a_package_is_whole_and_holds_what_it_says(package: Path, run: Run, demo_ledger: Path) -> None:
    files = members(package)
    assert list(check_package(package)) == []
    reports = [json.loads(line) for line in files["data/records/reports.jsonl"].splitlines()]
    originals = {
        name.rpartition("/")[2].partition(".")[0]: data for name, data in files.items() if "/originals/" in name
    }
    assert {row["sha256"] for row in reports} == set(originals)
    assert all(hashlib.sha256(data).hexdigest() == name for name, data in originals.items())
    assert files["data/brief.md"].decode() == run("brief", largest(demo_ledger)).stdout
    described = json.loads(files["data/records/datapackage.json"])
    for resource in described["resources"]:
        fields = {field["name"] for field in resource["schema"]["fields"]}
        rows = [json.loads(line) for line in files[f"data/records/{resource['path']}"].splitlines()]
        assert all(set(row) == fields for row in rows), resource["path"]
    (incident,) = (json.loads(line) for line in files["data/records/incidents.jsonl"].splitlines())
    assert incident["grade"] == "fair"
    assert b"Payload-Oxum" in files["bag-info.txt"]
    # The same again is the same bytes.
    again = package.with_name("again.zip")
    run("package", largest(demo_ledger), again)
    assert again.read_bytes() == package.read_bytes()
    # Checked from a place where there is no ledger.
    alone = CliRunner().invoke(firsthand, ["--ledger", "nowhere.db", "verify", str(package)])
    assert (alone.exit_code, alone.stdout) == (0, f"{package}: whole\n")


def first(files: dict[str, bytes], pattern: str) -> str:
    return next(name for name in sorted(files) if re.search(pattern, name))


def swap(files: dict[str, bytes], pattern: str, old: bytes, new: bytes) -> None:
    name = first(files, pattern)
    assert old in files[name]
    files[name] = files[name].replace(old, new, 1)


def another_original(files: dict[str, bytes]) -> None:
    name = first(files, "/originals/")
    files[name] = files[name] + b"\nOne more line."


def another_word(files: dict[str, bytes]) -> None:
    name = "data/records/reports.jsonl"
    row = json.loads(files[name].splitlines()[0])
    files[name] = files[name].replace(row["text"][:12].encode(), row["text"][:12][::-1].encode())


def another_number(files: dict[str, bytes]) -> None:
    name = "data/records/claims.jsonl"
    rows = [json.loads(line) for line in files[name].splitlines()]
    row = next(row for row in rows if row["tally"] and row["field"] == "text")
    row["tally"]["text"] = "ninety"
    files[name] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def no_original(files: dict[str, bytes]) -> None:
    del files[first(files, "/originals/")]


def another_person(files: dict[str, bytes]) -> None:
    name = "data/custody.jsonl"
    files[name] = files[name].replace(b'"by":"', b'"by":"Mallory', 1)


def no_entry(files: dict[str, bytes]) -> None:
    name = "data/custody.jsonl"
    lines = files[name].splitlines(keepends=True)
    files[name] = b"".join(lines[:2] + lines[3:])


def no_log(files: dict[str, bytes]) -> None:
    del files["data/custody.jsonl"]


CAREFUL = [another_original, another_word, another_number, no_original, another_person, no_entry, no_log]


@pytest.mark.parametrize("tamper", CAREFUL)
def test_tampering_is_found_even_with_new_manifests(package: Path, tamper: Callable[[dict[str, bytes]], None]) -> None:
    files = members(package)
    tamper(files)
    for sealed in (False, True):
        write(package, dict(files), sealed=sealed)
        found = list(check_package(package))
        assert found
        assert all(damage.subject and damage.why for damage in found)


def test_files_added_removed_or_changed_are_named(package: Path) -> None:
    whole = members(package)
    write(package, {**whole, "data/more.txt": b"x"})
    assert [d.subject for d in check_package(package)] == ["data/more.txt"]
    write(package, {name: data for name, data in whole.items() if name != "data/brief.md"})
    assert [d.subject for d in check_package(package)] == ["data/brief.md"]
    write(package, {**whole, "data/brief.md": b"another"})
    assert [d.subject for d in check_package(package)] == ["data/brief.md"]
    write(package, {**whole, "bag-info.txt": b"another"})
    assert [d.subject for d in check_package(package)] == ["bag-info.txt"]
    write(package, {name: data for name, data in whole.items() if "manifest-sha256" not in name})
    assert len(list(check_package(package))) >= 2


def test_a_byte_turned_anywhere_is_found(package: Path) -> None:
    whole = package.read_bytes()
    for at in range(100, len(whole) - 100, len(whole) // 40):
        package.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        try:
            found = list(check_package(package))
        except FirsthandError:
            continue  # too broken to be opened, and told so
        if not found:
            # What the zip keeps besides names and contents: times, attributes, lengths told twice.
            with zipfile.ZipFile(package) as archive:
                assert archive.testzip() is None


@pytest.mark.parametrize("data", [b"", b"nothing", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_package(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    with pytest.raises(FirsthandError):
        list(check_package(path))


def test_what_is_withheld_stays_out(run: Run, demo_ledger: Path, tmp_path: Path) -> None:
    incident = largest(demo_ledger)
    with View(str(demo_ledger)) as view:
        texts = {link.report: view.document(link.report).text[:80] for link in view.incident(incident).links}
        # Copies say the same words: one whose opening stands in no other report.
        report = next(r for r, words in texts.items() if sum(words in d.text for d in view.documents()) == 1)
        document = view.document(report)
    assert run("withhold", "report", report, "--reason", "the source asked for it").exit_code == 0
    path = tmp_path / "x.zip"
    assert "1 original withheld" in run("package", incident, path).stdout
    assert list(check_package(path)) == []
    files = members(path)
    assert not [name for name in files if document.sha256 in name or report in name]
    assert document.text[:80].encode() not in b"".join(files.values())


# -- timestamps


def test_a_timestamp_vouches_for_what_came_before(run: Run, demo_ledger: Path, tmp_path: Path) -> None:
    service = TimestampService()
    roots, wrong = tmp_path / "roots.pem", tmp_path / "wrong.pem"
    roots.write_bytes(service.root_pem)
    wrong.write_bytes(TimestampService().root_pem)
    with serving(service.answer) as address:
        done = run("stamp", "--service", address)
        assert done.exit_code == 0, done.output
        assert service.at.isoformat() in done.stdout
        assert "nothing came since" in run("stamp", "--service", address).stdout
    path = tmp_path / "x.zip"
    run("package", largest(demo_ledger), path)
    for arguments in (["verify"], ["verify", path]):
        assert "signature not checked" in run(*arguments).stdout
        good = run(*arguments, "--roots", roots)
        assert (good.exit_code, "signature good" in good.stdout) == (0, True)
        bad = run(*arguments, "--roots", wrong)
        assert bad.exit_code == 1
        assert "signature does not hold" in bad.stderr


def test_a_service_that_answers_something_else_is_refused(run: Run, demo_ledger: Path) -> None:
    service = TimestampService()
    other = TimestampRequestBuilder().data(b"something else").hash_algorithm(HashAlgorithm.SHA256).build().as_bytes()
    for answer, told in ((b"nonsense", "is no timestamp"), (service.answer(other), "over another hash")):
        with serving(lambda _, answer=answer: answer) as address:  # type: ignore[misc]
            done = run("stamp", "--service", address)
        assert done.exit_code == 1
        assert told in str(done.exception)
    with View(str(demo_ledger)) as view:
        assert view.timestamps() == []


def test_adding_is_stamped_where_a_service_is_configured(
    run: Run, demo_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.txt").write_text("Two people were killed in Ketra on Monday, the mayor said.\n")
    Path("b.txt").write_text("Three people were killed in Selm on Monday, the mayor said.\n")
    with serving(TimestampService().answer) as address:
        monkeypatch.setenv("FIRSTHAND_TIMESTAMPS", address)
        assert "states" in run("add", "a.txt").stderr
    gone = run("add", "b.txt")
    assert gone.exit_code == 0
    assert "the reports are added, but" in gone.stderr
    with View(str(demo_ledger)) as view:
        assert [t.number for t in view.timestamps()] == [len(view.custody()) - 1]


# -- the ledger itself


def tampered(ledger: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(ledger) as connection:
        assert connection.execute(statement, values).rowcount > 0


TAMPERING = {
    "an original": ("UPDATE originals SET bytes = 'x' WHERE rowid = 1", "do not have this hash"),
    "a report's record": ("UPDATE reports SET body = replace(body, 'a', 'e') WHERE rowid = 1", "record of the report"),
    "who added it": (
        'UPDATE custody SET body = replace(body, \'"by":"\', \'"by":"M\') WHERE number = 2',
        "was changed",
    ),
    "an entry gone": ("DELETE FROM custody WHERE number = 3", "missing"),
    "a report gone": ("DELETE FROM reports WHERE rowid = 1", "the report is missing"),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_verify_names_what_does_not_match(run: Run, demo_ledger: Path, what: str) -> None:
    assert run("verify").exit_code == 0
    statement, told = TAMPERING[what]
    tampered(demo_ledger, statement)
    done = run("verify")
    assert done.exit_code == 1
    assert told in done.stderr


def test_a_log_written_anew_no_longer_fits_its_timestamp(run: Run, demo_ledger: Path) -> None:
    """Whoever can write to the ledger can write a whole new log; only what lies outside shows it."""
    with serving(TimestampService().answer) as address:
        assert run("stamp", "--service", address).exit_code == 0
    with sqlite3.connect(demo_ledger) as connection:
        previous = ""
        for number, body in connection.execute("SELECT number, body FROM custody ORDER BY number").fetchall():
            row = json.loads(body) | {"by": "Mallory", "previous": previous}
            row["digest"] = entry_digest(CustodyEntry(**row))
            previous = row["hash"] = chain_hash(row["previous"], row["digest"])
            connection.execute("UPDATE custody SET body = ? WHERE number = ?", (json.dumps(row), number))
    done = run("verify")
    assert done.exit_code == 1
    assert "over another hash" in done.stderr
