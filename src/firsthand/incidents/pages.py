"""What is kept of a grouping so that reports which come later can be added to it: pages of reports, of incidents, and of the pile.

A page is MessagePack of one of the records below, named after its report or incident. Blocks, cells and mentions are looked up by
marks, 64-bit hashes of their keys. Where a page is missing or cannot be read the pile is grouped anew.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, TypeVar, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from firsthand.model import Incident, Interval, Place
from firsthand.model.entity import ActorKind

from .actors import Linked, Sighting, surnames_of
from .blocks import keys_of
from .compact import pack
from .crowd import shares_of
from .learned import Learned
from .mentions import Mention, mention_keys
from .profile import Profile
from .terms import Weights

Kind: TypeAlias = Literal["pile", "keys", "profile", "told", "names", "incident"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: By kind and name; None where there is no such page any more.
Pages: TypeAlias = "dict[tuple[str, str], bytes | None]"
Record = TypeVar("Record")


class DamagedGrouping(LookupError):
    """A page is missing or cannot be read."""


@dataclass(frozen=True)
class PileState:
    """What the pile had taught when it was last grouped as a whole, and the decisions that are carried out: pairs of reports put
    together and told apart, claims assigned to incidents and by which judgement, corrections by incident, and (hashes) those about
    actors."""

    weights: Weights
    local: Mapping[str, Weights]
    place_share: Mapping[str, float]
    origins: int
    together: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]
    assigned: tuple[tuple[str, str, str], ...]
    corrected: tuple[tuple[str, str], ...]
    settled: tuple[str, ...]

    @property
    def learned(self) -> Learned:
        return Learned(self.weights, self.local, self.place_share, self.origins)


@dataclass(frozen=True)
class Keys:
    """By what a report is found. ``mark`` stands for what it was read as, ``origin`` for the reports whose copy it shares;
    ``printed`` is the day of printing that its page or a copy gives. ``head``: it stands for its copy in the crowd;
    ``stands_in``: in comparisons. ``blocks`` are marks; ``cells`` triples of marks of cell and place, and the share;
    ``mentions`` the marks of each event that it tells of."""

    mark: str
    origin: str
    printed: date | None
    head: bool
    stands_in: bool
    blocks: bytes
    cells: bytes
    mentions: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Names:
    """Who is named in a report, who each of them is (for the name and for the claim), and the places of its claims. ``surnames``
    are those by which alone people are linked, empty for bodies and for people who may be linked in another way too; ``others``
    are the surnames of the latter."""

    seen: tuple[tuple[str | None, str, ActorKind, str, str, str, str | None, bool], ...]
    actors: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    surnames: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """When and where an incident was before people corrected it."""

    when: Interval
    where_precision: int | None
    places: tuple[Place, ...]


def write(record: object) -> bytes:
    """The page that holds ``record``."""
    return pack(record)


def read(kind: type[Record], page: bytes | None) -> Record:
    """The record of a page. Raises DamagedGrouping."""
    if page is None:
        raise DamagedGrouping("a page is missing")
    try:
        found: Record = _decoder(kind).decode(page)
    except msgspec.DecodeError as error:
        raise DamagedGrouping(str(error)) from error
    return found


_DECODERS: dict[object, msgspec.msgpack.Decoder[object]] = {}


def _decoder(kind: type[Record]) -> msgspec.msgpack.Decoder[Record]:
    if kind not in _DECODERS:
        _DECODERS[kind] = msgspec.msgpack.Decoder(kind)
    return _DECODERS[kind]  # type: ignore[return-value]


# -- marks


def mark(*key: object) -> int:
    """The mark of a key."""
    return int.from_bytes(hashlib.blake2b(repr(key).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def block_marks(own: Profile, learned: Learned) -> list[int]:
    return [mark(*key) for key in keys_of(own, learned.weights)]


def cell_marks(own: Profile) -> list[tuple[int, int, int]]:
    return [(mark(*cell), mark(place), share) for cell, place, share in shares_of(own)]


def mention_marks(told: Iterable[Mention]) -> tuple[list[int], ...]:
    return tuple([mark(*key) for key in mention_keys(mention)] for mention in told)


def packed(numbers: Iterable[int] | Iterable[tuple[int, int, int]]) -> bytes:
    """Marks as bytes."""
    return np.asarray(list(numbers), dtype=np.uint64).tobytes()


def unpacked(data: bytes) -> NDArray[np.uint64]:
    return np.frombuffer(data, dtype=np.uint64)


class Postings:
    """Which entries bear a mark. An entry is a report, a number within it and further columns of numbers; those of a report can be
    replaced."""

    def __init__(self, entries: Sequence[tuple[str, int, bytes]], columns: int = 1) -> None:
        """``entries``: report, number within it, and rows of ``columns`` numbers, the first of which is the mark."""
        self._entries = [(report, number) for report, number, _ in entries]
        table = unpacked(b"".join(data for _, _, data in entries)).reshape(-1, columns)
        lengths = [len(data) // (8 * columns) for _, _, data in entries]
        order = np.argsort(table[:, 0], kind="stable")
        self._marks, self._rest = table[order, 0], table[order, 1:]
        self._owners = np.repeat(np.arange(len(entries)), lengths)[order]
        self._replaced: set[str] = set()
        self._fresh: dict[int, list[tuple[str, int, tuple[int, ...]]]] = defaultdict(list)
        self._looked_up: dict[int, frozenset[str]] = {}

    def of(self, mark: int) -> list[tuple[str, int, tuple[int, ...]]]:
        """(report, number, further columns) of the entries with ``mark``."""
        key = np.uint64(mark)
        first, last = np.searchsorted(self._marks, key, "left"), np.searchsorted(self._marks, key, "right")
        rows = zip(self._owners[first:last].tolist(), self._rest[first:last].tolist(), strict=True)
        stored = ((*self._entries[owner], tuple(rest)) for owner, rest in rows)
        return [entry for entry in stored if entry[0] not in self._replaced] + self._fresh.get(mark, [])

    def reports(self, mark: int) -> frozenset[str]:
        """The reports that have an entry with ``mark``."""
        found = self._looked_up.get(mark)
        if found is None:
            found = self._looked_up[mark] = frozenset(report for report, _, _ in self.of(mark))
        return found

    def replace(self, report: str, entries: Iterable[tuple[int, int, tuple[int, ...]]]) -> None:
        """Put ``entries`` (mark, number, further columns) in place of the stored ones of ``report``; once a report."""
        self._replaced.add(report)
        self._looked_up.clear()
        for key, number, rest in entries:
            self._fresh[key].append((report, number, rest))


# -- names


def names_page(seen: Sequence[Sighting], linked: Linked, places: Iterable[Place]) -> bytes:
    """The page of who is named in one report."""
    return write(names_of(seen, [actor_of(s, linked) for s in seen], places))


def names_of(seen: Sequence[Sighting], actors: Iterable[tuple[str, str]], places: Iterable[Place]) -> Names:
    """Who is named in one report, and who they are."""
    told = tuple((s.incident, s.text, s.kind, s.canonical, s.role, s.affiliation, s.claim, s.plain) for s in seen)
    surnames = [surnames_of(s) for s in seen]
    alone = tuple(next(iter(found)) if only else "" for found, only in surnames)
    others = sorted({name for found, only in surnames if not only for name in found})
    return Names(told, tuple(actors), tuple(places), alone, tuple(others))


def actor_of(sighting: Sighting, linked: Linked) -> tuple[str, str]:
    """Who a sighting is, by name and by claim."""
    return linked.by_name.get((sighting.report, sighting.text), ""), linked.by_claim.get(sighting.claim or "", "")


def origin_mark(reports: Collection[str]) -> str:
    """Stands for the reports that share a copy."""
    return f"{mark(*sorted(reports)):x}"


def found_at(incident: Incident, places: Mapping[str, Place]) -> Found:
    """Where and when an incident was, before corrections."""
    return Found(incident.when, incident.where_precision, tuple(places[p] for p in incident.places))
