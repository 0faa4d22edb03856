"""The custody log: who did what to which report, when, and where it came from, each entry sealed to the one before.

An entry's ``digest`` covers what it says; its ``hash`` covers the digest and the hash of the entry before. So the chain can be
checked by someone who sees only the digests of the entries that do not concern them, and a timestamp over one hash vouches for
everything before it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from firsthand.model import CustodyEntry, Judgement, canonical_json
from firsthand.model.ids import Part


@dataclass(frozen=True, slots=True)
class Damage:
    """Something kept that is no longer what it was: ``subject`` is a hash, an id, or the number of a custody entry."""

    subject: str
    name: str
    why: str


def entry_digest(entry: CustodyEntry) -> str:
    """SHA-256 over what the entry says: all fields but the digest, ``previous`` and ``hash``."""
    fields: list[Part] = [
        entry.number, entry.at, entry.by, entry.verb, entry.subject, entry.sha256, entry.place, entry.record,
        [list(pair) for pair in sorted(entry.details.items())],
    ]  # fmt: skip
    return hashlib.sha256(canonical_json(fields).encode()).hexdigest()


def chain_hash(previous: str, digest: str) -> str:
    """SHA-256 over the hash of the entry before and this entry's digest, a line each."""
    return hashlib.sha256(f"{previous}\n{digest}\n".encode()).hexdigest()


def sealed(entry: CustodyEntry, previous: str) -> CustodyEntry:
    """The entry with its digest, tied to the one whose hash is ``previous``."""
    digest = entry_digest(entry)
    return replace(entry, digest=digest, previous=previous, hash=chain_hash(previous, digest))


def judgement_hash(judgement: Judgement) -> str:
    """SHA-256 over all fields but ``hash`` itself; ``previous`` ties it to the judgement before."""
    fields = [
        judgement.id, judgement.at, judgement.by, judgement.verb, judgement.subject, judgement.before, judgement.after,
        judgement.reason, judgement.undoes, judgement.previous,
    ]  # fmt: skip
    return hashlib.sha256(canonical_json(fields).encode()).hexdigest()


def broken_custody(entries: Iterable[CustodyEntry]) -> Iterator[Damage]:
    """The breaks in a custody log that begins with its first entry."""
    previous = ""
    for number, entry in enumerate(entries, 1):
        name = f"custody entry {entry.number}"
        if entry.number != number:
            yield Damage(name, entry.place, "an entry before it is missing")
            return
        if entry.digest != entry_digest(entry) or entry.hash != chain_hash(entry.previous, entry.digest):
            yield Damage(name, entry.place, "the entry was changed after it was written")
        elif entry.previous != previous:
            yield Damage(name, entry.place, "the entry before it was changed or replaced")
        previous = entry.hash


def broken_judgements(judgements: Iterable[Judgement]) -> Iterator[Damage]:
    """The breaks in the chain of judgements."""
    previous = ""
    for judgement in judgements:
        if judgement.hash != judgement_hash(judgement):
            yield Damage(judgement.id, judgement.by, "the judgement was changed after it was signed")
        elif judgement.previous != previous:
            yield Damage(judgement.id, judgement.by, "the judgement before it is missing or was changed")
        previous = judgement.hash
