"""A kept grouping, read as far as it is asked for: reports are looked up by marks, their profiles come when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar, overload

from firsthand.model import (
    Annotation,
    Document,
    Grouping,
    Incident,
    Judgement,
    ReportClaims,
    ReportDate,
    Suggestion,
)

from .crowd import Cell, Crowd
from .mentions import Mention
from .pages import (
    Found,
    Keys,
    Names,
    PileState,
    Postings,
    block_marks,
    cell_marks,
    mark,
    read,
)
from .profile import Profile

Record = TypeVar("Record")


class Ledger(Protocol):
    """What a ledger answers."""

    def group_pages(self, kind: str, names: Collection[str] | None = None) -> dict[str, bytes]: ...
    def reading_marks(self) -> dict[str, str]: ...
    def origin_members(self) -> dict[str, list[str]]: ...
    def incident_links(self) -> list[tuple[str, str]]: ...
    def homes_of_claims(self, claims: Collection[str]) -> dict[str, str]: ...
    def documents(self, reports: Sequence[str] | None = None) -> list[Document]: ...
    def annotations(self, reports: Sequence[str] | None = None) -> list[Annotation]: ...
    def claims(self, reports: Sequence[str] | None = None) -> list[ReportClaims]: ...
    def incidents_by_id(self, ids: Iterable[str]) -> list[Incident]: ...
    def actor_ids(self) -> set[str]: ...
    def grouping_part(self, incidents: Collection[str]) -> Grouping: ...
    def suggestions(self) -> tuple[Suggestion, ...]: ...
    def report_dates(self) -> tuple[ReportDate, ...]: ...
    def judgements(self) -> tuple[Judgement, ...]: ...


class Fetched(Mapping[str, Record]):
    """Records by name, fetched when they are first asked for; ``among`` fetches many at once."""

    def __init__(self, fetch: Callable[[Collection[str]], Mapping[str, Record]]) -> None:
        self._fetch = fetch
        self._known: dict[str, Record] = {}

    def among(self, names: Iterable[str]) -> None:
        missing = sorted(set(names) - self._known.keys())
        if missing:
            self._known.update(self._fetch(missing))

    def put(self, name: str, record: Record) -> None:
        self._known[name] = record

    def __getitem__(self, name: str) -> Record:
        if name not in self._known:
            self.among([name])
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class Outside(Sequence[Profile]):
    """The profiles of some reports; counting them reads none."""

    def __init__(self, reports: Sequence[str], profiles: Fetched[Profile]) -> None:
        self._reports = reports
        self._profiles = profiles

    @overload
    def __getitem__(self, index: int) -> Profile: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Profile]: ...
    def __getitem__(self, index: int | slice) -> Profile | Sequence[Profile]:
        if isinstance(index, slice):
            return Outside(self._reports[index], self._profiles)
        return self._profiles[self._reports[index]]

    def __iter__(self) -> Iterator[Profile]:
        self._profiles.among(self._reports)
        return (self._profiles[report] for report in self._reports)

    def __len__(self) -> int:
        return len(self._reports)


class KeptCrowd(Crowd):
    """The crowd of a kept pile: cells are added up when a report of theirs is compared."""

    def __init__(self, cells: Postings, heads: Collection[str]) -> None:
        super().__init__()
        self._cells = cells
        self._heads = heads

    def _told(self, cell: Cell) -> Mapping[str, int]:
        known = self._shares.get(cell)
        if known is None:
            known = self._shares[cell] = {}
            for report, _, (place, share) in self._cells.of(mark(*cell)):
                if report in self._heads:
                    known[f"{place:x}"] = known.get(f"{place:x}", 0) + share
        return known


class KeptPile:
    """The pages of a grouping. Raises DamagedGrouping where one is missing."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.state = read(PileState, ledger.group_pages("pile").get(""))
        self.learned = self.state.learned
        self.keys = {name: read(Keys, page) for name, page in ledger.group_pages("keys").items()}
        self.found = {name: read(Found, page) for name, page in ledger.group_pages("incident").items()}
        entries = [(report, 0, keys.blocks) for report, keys in self.keys.items()]
        self.blocks = Postings(entries)
        self.cells = Postings([(report, 0, keys.cells) for report, keys in self.keys.items()], columns=3)
        self.mentions = Postings(
            [(report, n, marks) for report, keys in self.keys.items() for n, marks in enumerate(keys.mentions)]
        )
        self.profiles = self._pages("profile", Profile)
        self.told = self._pages("told", tuple[Mention, ...])
        self.documents = Fetched(lambda names: {d.id: d for d in ledger.documents(sorted(names))})
        self.annotations = Fetched(
            lambda names: {r: Annotation(r) for r in names} | {a.document: a for a in ledger.annotations(sorted(names))}
        )
        self.claims = Fetched(
            lambda names: {r: ReportClaims(r) for r in names} | {c.report: c for c in ledger.claims(sorted(names))}
        )

    def names(self) -> dict[str, Names]:
        """Who is named, in all reports."""
        return {name: read(Names, page) for name, page in self.ledger.group_pages("names").items()}

    def index(self, own: Profile) -> None:
        """Have a report found by its profile of now."""
        self.profiles.put(own.report, own)
        self.blocks.replace(own.report, ((key, 0, ()) for key in block_marks(own, self.learned)))
        self.cells.replace(own.report, ((cell, 0, (place, share)) for cell, place, share in cell_marks(own)))

    def _pages(self, kind: str, of: type[Record]) -> Fetched[Record]:
        def fetch(names: Collection[str]) -> Mapping[str, Record]:
            pages = self.ledger.group_pages(kind, names)
            return {name: read(of, pages.get(name)) for name in names}

        return Fetched(fetch)
