"""Reading what came in and where it came from: the part of a view that tells of custody."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, select

from firsthand.errors import NotFound
from firsthand.model import Capture, CustodyEntry, Document, Judgement, Timestamp

from . import tables as t
from . import verifying
from .bring import VARIABLES
from .codec import decode, encode
from .custody import Damage, broken_custody, broken_judgements
from .rows import Watched


class Kept:
    """The custody log, captures and timestamps of a ledger, and what is damaged in it."""

    @abstractmethod
    def _rows(self, statement: Select[Any]) -> Iterator[Any]: ...

    @abstractmethod
    def judgements(self) -> tuple[Judgement, ...]: ...

    def custody(self, subjects: Sequence[str] | None = None) -> tuple[CustodyEntry, ...]:
        """The custody log in order, or its entries on these reports and captures."""
        c = t.custody.c
        if subjects is None:
            return tuple(
                decode(CustodyEntry, row.body) for row in self._rows(select(c.number, c.body).order_by(c.number))
            )
        found = [
            decode(CustodyEntry, row.body)
            for start in range(0, len(subjects), VARIABLES)
            for row in self._rows(select(c.body).where(c.subject.in_(subjects[start : start + VARIABLES])))
        ]
        return tuple(sorted(found, key=lambda entry: entry.number))

    def last_custody(self) -> CustodyEntry | None:
        """The last entry of the custody log: its hash covers all before it."""
        newest = select(t.custody.c.body).order_by(t.custody.c.number.desc()).limit(1)
        return next((decode(CustodyEntry, row.body) for row in self._rows(newest)), None)

    def captures(self, *, url: str | None = None, payloads: Sequence[str] = ()) -> list[Capture]:
        """Captures of the address ``url``, or those whose content has one of the hashes ``payloads``, oldest first."""
        c = t.captures.c
        wanted = select(c.body).order_by(c.at, c.id)
        if url is not None:
            wanted = wanted.where(c.url == url)
        found = [decode(Capture, row.body) for row in self._rows(wanted)]
        return [capture for capture in found if not payloads or capture.payload in payloads]

    def kept(self, sha256: str) -> bytes:
        """The kept bytes of that hash: an original, or the WARC records of a capture."""
        row = next(iter(self._rows(select(t.originals.c.bytes).where(t.originals.c.sha256 == sha256))), None)
        if row is None:
            raise NotFound(f"nothing is kept under the hash {sha256!r}")
        return bytes(row.bytes)

    def timestamps(self) -> list[Timestamp]:
        """All timestamps over the custody log, in its order."""
        c = t.timestamps.c
        return [decode(Timestamp, row.body) for row in self._rows(select(c.body).order_by(c.number, c.service))]

    def at_address(self, url: str) -> list[tuple[str, str]]:
        """(report id, when it was added) of the reports that came from the address ``url`` or whose page names it as its own,
        in the order of adding."""
        c, d = t.reports.c, t.documents.c
        came = select(c.id, c.added).where(c.url == url)
        found = {(row.added, row.id) for row in self._rows(came)}
        naming = select(c.id, c.added, d.body).join(t.documents).where(d.body.contains(encode(url), autoescape=True))
        found |= {(row.added, row.id) for row in self._rows(naming) if decode(Document, row.body).url == url}
        order = {e.subject: e.number for e in self.custody([id for _, id in found]) if e.verb in ("added", "found")}
        return [(id, added) for added, id in sorted(found, key=lambda row: (order.get(row[1], 0), row))]

    def watched(self) -> dict[str, Watched]:
        """What the last look at each watched feed or folder found, by its address."""
        return {row.url: Watched(*row) for row in self._rows(select(t.watched))}

    def verify(self) -> Iterator[Damage]:
        """Every original whose bytes no longer have their hash, every record that is not what the custody log says, and
        every break in the log and in the chain of judgements."""
        yield from verifying.damaged_originals(self._rows)
        entries = self.custody()
        yield from broken_custody(entries)
        yield from verifying.damaged_records(self._rows, entries)
        yield from verifying.damaged_timestamps(entries, self.timestamps())
        yield from broken_judgements(self.judgements())
