"""Looking things up by what a person has in hand: a name, a word, a claim."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from firsthand.errors import NotFound
from firsthand.model import UNSURE_BELOW, Actor, Figure, Judgement, Place, UncertainPair

from . import tables as t
from .bring import parts
from .codec import decode
from .folding import asked
from .search import reports_holding


class Lookups:
    """The part of a view that the desk and other doors ask questions of."""

    _connection: Connection

    @abstractmethod
    def _rows(self, statement: Select[Any]) -> Iterator[Any]: ...

    def named(self, typed: str, tables: Sequence[str]) -> list[tuple[str, str]]:
        """(table, id) of the records of ``tables`` whose id is ``typed``; where none is, of those that begin with it, at
        most ten a table."""
        begun: list[tuple[str, str]] = []
        for name in tables:
            column = t.metadata.tables[name].c.id
            if any(self._rows(select(column).where(column == typed))):
                return [(name, typed)]
            if typed:
                starting = select(column).where(column.startswith(typed, autoescape=True)).order_by(column).limit(10)
                begun += [(name, row.id) for row in self._rows(starting)]
        return begun

    def added_times(self, reports: Sequence[str]) -> dict[str, str]:
        """When each of these reports came into the ledger, as ISO date-times in UTC."""
        c = t.reports.c
        return {
            row.id: row.added
            for part in parts(reports)
            for row in self._rows(select(c.id, c.added).where(c.id.in_(part)))
        }

    def sites(self) -> dict[str, str]:
        """The site of every report that has one."""
        c = t.documents.c
        return {row.report: row.site for row in self._rows(select(c.report, c.site).where(c.site.is_not(None)))}

    def search(self, query: str, *, limit: int = 50, offset: int = 0) -> tuple[int, list[str]]:
        """How many reports hold all that ``query`` asks for, and ids of some of them: the latest published first, undated
        ones last. Words are compared folded, Latin and Arabic (see ``folding``); both databases give the same answer.
        """
        parts = asked(query)
        if not parts:
            return 0, []
        found = reports_holding(parts, sqlite=self._connection.dialect.name == "sqlite")
        counted = select(func.count()).select_from(found.subquery())
        total = int(next(iter(self._rows(counted)))[0])
        d = t.documents.c
        ordered = found.order_by(d.published.is_(None), d.published.desc(), d.report).limit(limit).offset(offset)
        return total, [row.report for row in self._rows(ordered)]

    def uncertain(self) -> tuple[UncertainPair, ...]:
        """Pairs of reports that may or may not be copies of one text."""
        c = t.uncertain.c
        return tuple(decode(UncertainPair, row.body) for row in self._rows(select(c.id, c.body).order_by(c.id)))

    def unsure_claims(self) -> dict[str, str]:
        """The claims that are read with little confidence, each with its report."""
        c = t.claims.c
        return {row.id: row.report for row in self._rows(select(c.id, c.report).where(c.confidence < UNSURE_BELOW))}

    def places_named(self, name: str) -> list[Place]:
        """The places of that name, in order of their ids."""
        c = t.places.c
        return [decode(Place, row.body) for row in self._rows(select(c.body).where(c.name == name).order_by(c.id))]

    def judgements_on(self, subjects: Iterable[str]) -> tuple[Judgement, ...]:
        """Every judgement on these subjects, in order. An undo has the subject of what it undoes."""
        found: dict[int, Judgement] = {}
        for part in parts(sorted(set(subjects))):
            c = t.judgements.c
            for row in self._rows(select(c.number, c.body).where(c.subject.in_(part))):
                found[row.number] = decode(Judgement, row.body)
        return tuple(found[number] for number in sorted(found))

    def actor(self, id: str) -> Actor:
        """Raises NotFound where no actor goes by that id."""
        row = next(iter(self._rows(select(t.actors.c.body).where(t.actors.c.id == id))), None)
        if row is None:
            raise NotFound(f"no actor goes by the id {id!r}", hint="a merge or split may have changed who is who")
        return decode(Actor, row.body)

    def incidents_of_claims(self, claims: Sequence[str]) -> dict[str, str]:
        """The incident of each of these claims that counts towards one."""
        c = t.assignments.c
        return {
            row.claim: row.incident
            for part in parts(claims)
            for row in self._rows(select(c.claim, c.incident).where(c.claim.in_(part)))
        }

    def figures_by_id(self, ids: Iterable[str]) -> list[Figure]:
        """Those of ``ids`` that there are, in the order of their ids."""
        c = t.figures.c
        return [
            decode(Figure, row.body)
            for part in parts(sorted(set(ids)))
            for row in self._rows(select(c.id, c.body).where(c.id.in_(part)).order_by(c.id))
        ]
