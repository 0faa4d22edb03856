"""Checking a package on any machine, without the ledger it came from."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from firsthand.errors import FirsthandError
from firsthand.ledger import Damage
from firsthand.ledger.custody import chain_hash, entry_digest
from firsthand.model import CustodyEntry, Timestamp

CHUNK = 1024 * 1024
# A file of records is read whole; one of this size would tell of a million reports.
MOST_RECORDS = 1024 * CHUNK
LINE = re.compile(r"([0-9a-f]{64})\s+\*?(\S.*)")
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
)


class Package:
    """A package that is being checked. ``members`` are its files by their path in the bag."""

    def __init__(self, path: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
        except UNREADABLE as error:
            raise FirsthandError(f"{path} is no package", why=str(error), hint="is it whole?") from None
        self.path = path
        names = [info.filename for info in self._archive.infolist() if not info.filename.endswith("/")]
        tops = {name.partition("/")[0] for name in names}
        self.members = {name.partition("/")[2]: name for name in names}
        self.doubled = len(names) != len(set(names)) or len(tops) != 1
        if "bagit.txt" not in self.members:
            raise FirsthandError(
                f"{path} is no package", why="there is no bagit.txt in it", hint="`firsthand package` makes one"
            )

    def hash_of(self, member: str) -> tuple[str, int]:
        """SHA-256 and length of a member, read piece by piece."""
        digest, size = hashlib.sha256(), 0
        with self._archive.open(self.members[member]) as stream:
            while piece := stream.read(CHUNK):
                digest.update(piece)
                size += len(piece)
        return digest.hexdigest(), size

    def text(self, member: str) -> str:
        """A text file whole. Raises ValueError where it is too long, or not UTF-8."""
        with self._archive.open(self.members[member]) as stream:
            data = stream.read(MOST_RECORDS + 1)
        if len(data) > MOST_RECORDS:
            raise ValueError("it is longer than any such file should be")
        return data.decode("utf-8")

    def rows(self, member: str) -> list[dict[str, Any]]:
        """The records in a JSON Lines file; none where there is no such file."""
        if member not in self.members:
            return []
        return [
            msgspec.json.decode(line, type=dict[str, Any]) for line in self.text(member).split("\n") if line.strip()
        ]


def check_package(path: Path) -> Iterator[Damage]:
    """Everything in a package that is not what it should be: files changed, missing or added; records whose original is
    missing or whose text does not stand in it; breaks in the custody log; timestamps over another hash. Raises
    FirsthandError where the file is no package at all."""
    package = Package(path)
    if package.doubled:
        yield Damage(str(path), "", "it holds a file twice, or more than one folder")
    try:
        broken = list(_files(package))
        yield from broken
        yield from _texts(package, {damage.subject for damage in broken})
        yield from _custody(package)
    except UNREADABLE as error:
        yield Damage(str(path), "", f"it cannot be read further: {error}"[:200])


def package_timestamps(path: Path) -> list[Timestamp]:
    """The timestamps in a package, to be checked against certificates."""
    return [msgspec.convert(row, Timestamp) for row in Package(path).rows("data/timestamps.jsonl")]


def _files(package: Package) -> Iterator[Damage]:
    for manifest, covers in (("manifest-sha256.txt", True), ("tagmanifest-sha256.txt", False)):
        if manifest not in package.members:
            yield Damage(manifest, "", "the manifest is missing")
            continue
        listed = _listed(package.text(manifest))
        for member, hash in listed.items():
            if member not in package.members:
                yield Damage(member, "", "the file is missing")
                continue
            try:
                found, _ = package.hash_of(member)
            except UNREADABLE as error:
                yield Damage(member, "", f"it cannot be read: {error}"[:200])
                continue
            if found != hash:
                yield Damage(member, "", "the file is not what the manifest says")
        for member in sorted(package.members):
            payload = member.startswith("data/")
            if payload == covers and member not in listed and member != "tagmanifest-sha256.txt":
                yield Damage(member, "", "the manifest does not name this file")


def _listed(manifest: str) -> Mapping[str, str]:
    found = (LINE.fullmatch(line.strip()) for line in manifest.splitlines())
    return {match[2]: match[1] for match in found if match}


def _texts(package: Package, broken: set[str]) -> Iterator[Damage]:
    """Whether each report's original is there under its hash, and its text stands in what was read of it."""
    originals = {
        member.rpartition("/")[2].partition(".")[0]: member for member in package.members if "/originals/" in member
    }
    texts: dict[str, str] = {}
    for row in package.rows("data/records/reports.jsonl"):
        report, sha256 = row["id"], row["sha256"]
        texts[report] = row["text"]
        if row.get("withheld") or "█" in row["text"]:
            continue
        member = originals.get(sha256)
        if member is None:
            if f"data/texts/{report}.txt" in package.members:
                yield Damage(report, row.get("title") or "", "its original is missing")
            continue
        if member not in broken and package.hash_of(member)[0] != sha256:
            yield Damage(report, row.get("title") or "", "its original has another hash than the record says")
        source = package.text(f"data/texts/{report}.txt")
        for start, source_start, length in row["map"]:
            if row["text"][start : start + length] != source[source_start : source_start + length]:
                yield Damage(report, row.get("title") or "", "its text does not stand in what was read of the original")
                break
    for row in package.rows("data/records/claims.jsonl"):
        tally, text = row.get("tally"), texts.get(row["report"])
        if tally and text is not None and row["field"] == "text":
            start, end = tally["span"]
            if text[start:end] != tally["text"]:
                yield Damage(row["id"], "", "its words do not stand where it says")


def _custody(package: Package) -> Iterator[Damage]:
    rows = package.rows("data/custody.jsonl")
    reports = {row["id"]: row["sha256"] for row in package.rows("data/records/reports.jsonl")}
    previous = rows[0]["previous"] if rows else ""
    hashes: dict[int, str] = {}
    told: set[str] = set()
    for row in rows:
        name = f"custody entry {row['number']}"
        if "subject" in row:
            entry = msgspec.convert(row, CustodyEntry)
            told.add(entry.subject)
            if entry_digest(entry) != entry.digest:
                yield Damage(name, entry.place, "the entry was changed after it was written")
            if entry.subject in reports and entry.sha256 != reports[entry.subject]:
                yield Damage(name, entry.place, "the entry is on another original than the record names")
        if row["previous"] != previous or chain_hash(previous, row["digest"]) != row["hash"]:
            yield Damage(name, "", "the chain is broken here")
        previous = row["hash"]
        hashes[row["number"]] = row["hash"]
    for report in sorted(reports):
        if f"data/texts/{report}.txt" in package.members and report not in told:
            yield Damage(report, "", "the custody log does not say where it came from")
    for row in package.rows("data/timestamps.jsonl"):
        if row["number"] in hashes and hashes[row["number"]] != row["hash"]:
            yield Damage(f"timestamp over custody entry {row['number']}", row["service"], "it is over another hash")
