"""A view for what leaves the desk: withheld reports and names are not in it.

A withheld report keeps its id and its hash, so that what is missing is known to be missing, and nothing else: no words, no title,
no publisher, no claims. A withheld name is covered by blocks of its own length wherever it stands, so that every span stays
right. Numbers stay as they are: a figure still counts what a withheld report says, and says that it does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cached_property
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Table

from firsthand.errors import NotFound
from firsthand.model import (
    Actor,
    Alteration,
    Annotation,
    Assignment,
    Claim,
    Conflict,
    Copy,
    Document,
    Figure,
    Incident,
    Judgement,
    OffsetMap,
    Origin,
    RawReport,
    ReportClaims,
    ReportDate,
    SharedPassage,
    Suggestion,
    UncertainPair,
    Victim,
    Withheld,
    withheld,
)

from . import tables as t
from .added import with_added
from .view import View

Record = TypeVar("Record")

BLOCK = "█"
TOLD = "Withheld."
# A last name shorter than this is too often another word.
SHORTEST = 3


class PublicView(View):
    """What the ledger says without what is withheld. With nothing withheld it is the same as a View."""

    def __enter__(self) -> PublicView:
        return self

    @cached_property
    def withheld(self) -> Withheld:
        """What stands withheld, with the reasons; its names must not leave the desk."""
        return withheld(super().judgements())

    # -- what came in

    def raws(self, reports: Sequence[str]) -> list[RawReport]:
        return [self.published(raw) for raw in super().raws(reports)]

    def original(self, report: str) -> bytes:
        """The bytes as they came in. Raises NotFound where the report is withheld, or holds a withheld name."""
        if self.hides_original(report):
            raise NotFound(f"the original of {report} is withheld")
        return super().original(report)

    def hides_original(self, report: str) -> bool:
        """Whether the bytes of the report may not leave the desk."""
        return report in self.withheld.reports or self._named_in(report)

    def naming(self, name: str) -> list[str]:
        """The reports in which ``name`` stands in full, in any case, withheld or not."""
        pattern = re.compile(_flexible(name), re.I)
        return [report for report in self.report_ids() if pattern.search(self._came_as(report))]

    # -- all other records

    def claims_of(self, report: str) -> ReportClaims:
        return self.published(super().claims_of(report))

    def claims(self, reports: Sequence[str] | None = None) -> list[ReportClaims]:
        return [self.published(found) for found in super().claims(reports)]

    def incidents(self) -> tuple[Incident, ...]:
        return tuple(self.published(incident) for incident in super().incidents())

    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements; a name that one withholds is covered in it, and so the hash cannot be computed again."""
        return tuple(self.published(judgement) for judgement in super().judgements())

    def judgements_on(self, subjects: Iterable[str]) -> tuple[Judgement, ...]:
        return tuple(self.published(judgement) for judgement in super().judgements_on(subjects))

    def _one(self, table: Table, kind: type[Record], where: ColumnElement[bool], id: str) -> Record:
        return self.published(super()._one(table, kind, where, id))

    def _all(self, table: Table, kind: type[Record]) -> tuple[Record, ...]:
        return self._without(super()._all(table, kind))

    def _where(self, table: Table, kind: type[Record], where: ColumnElement[bool]) -> tuple[Record, ...]:
        return self._without(super()._where(table, kind, where))

    def _by_id(self, table: Table, kind: type[Record], ids: Iterable[str]) -> list[Record]:
        return list(self._without(super()._by_id(table, kind, ids)))

    def _by_report(self, table: Table, kind: type[Record], reports: Sequence[str] | None) -> list[Record]:
        return list(self._without(super()._by_report(table, kind, reports)))

    # -- how

    def _without(self, records: Iterable[Record]) -> tuple[Record, ...]:
        if not self.withheld:
            return tuple(records)
        return tuple(self.published(record) for record in records if not self._dropped(record))

    def _dropped(self, record: object) -> bool:
        """Whether a record tells of nothing but a withheld report."""
        hidden = self.withheld.reports
        if isinstance(record, Victim | ReportDate):
            return record.report in hidden
        if isinstance(record, Alteration):
            return record.source in hidden or record.derived in hidden
        if isinstance(record, Assignment):
            return record.claim in self._hidden_claims
        return False

    def published(self, record: Record) -> Record:
        """``record`` as it may be seen outside."""
        if not self.withheld:
            return record
        hide = _HIDERS.get(type(record))
        if hide is not None and self.withheld.reports:
            record = cast(Record, hide(record, frozenset(self.withheld.reports), self._hidden_claims))
        if self.withheld.names:
            if isinstance(record, Victim | Actor) and self._any_name.search(record.name):
                record = cast(Record, _unnamed(record))
            report = _report_of(record)
            near = report is None or self._named_in(report)
            record = _covered(record, self._any_name if near else self._full_name)
        return record

    @cached_property
    def _hidden_claims(self) -> frozenset[str]:
        hidden = sorted(self.withheld.reports)
        if not hidden:
            return frozenset()
        found = with_added(super()._by_report(t.report_claims, ReportClaims, hidden), self._added)
        return frozenset(claim.id for each in found for claim in each.claims)

    def _named_in(self, report: str) -> bool:
        """Whether a withheld name stands in full in the report as it came: there its last word alone is covered, too."""
        if not self.withheld.names:
            return False
        if report not in self._named:
            self._named[report] = self._full_name.search(self._came_as(report)) is not None
        return self._named[report]

    def _came_as(self, report: str) -> str:
        """All words of the report as it came."""
        found = super()._one(t.reports, RawReport, t.reports.c.id == report, report)
        return "\n".join(part for part in (found.title, found.author, found.body) if part)

    @cached_property
    def _named(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _full_name(self) -> re.Pattern[str]:
        return re.compile("|".join(_flexible(name) for name in sorted(self._spellings)), re.I)

    @cached_property
    def _any_name(self) -> re.Pattern[str]:
        """The names in full in any case, and their last words as they are written or in capitals."""
        last = {name.split()[-1] for name in self._spellings if len(name.split()) > 1}
        parts = [f"(?i:{self._full_name.pattern})"]
        parts += [_flexible(word) for name in sorted(last) if len(name) >= SHORTEST for word in (name, name.upper())]
        return re.compile("|".join(parts))

    @cached_property
    def _spellings(self) -> frozenset[str]:
        """The withheld names and the spellings that the ledger has linked to them."""
        out = {" ".join(name.split()) for name in self.withheld.names}
        wanted = {name.casefold() for name in out}
        people: list[tuple[str, ...]] = [(v.name, *v.variants) for v in super()._all(t.victims, Victim)]
        people += [(a.name, *(variant.text for variant in a.variants)) for a in super()._all(t.actors, Actor)]
        for names in people:
            if any(name.casefold() in wanted for name in names):
                # A spelling of one word can be anybody's; the last word of a full one is covered where that stands.
                out.update(name for name in names if len(name.split()) > 1)
        return frozenset(out)


def _flexible(name: str) -> str:
    """A pattern for the name with any white space between its words."""
    return r"(?<!\w)" + r"\s+".join(re.escape(word) for word in name.split()) + r"(?!\w)"


def _report_of(record: object) -> str | None:
    if isinstance(record, RawReport | Document):
        return record.id
    if isinstance(record, Annotation):
        return record.document
    if isinstance(record, ReportClaims | Claim | Victim):
        return record.report
    return None


def _covered(value: Record, pattern: re.Pattern[str]) -> Record:
    """``value`` with every match in any of its texts covered; lengths stay."""
    if isinstance(value, str):
        return cast(Record, pattern.sub(lambda match: BLOCK * len(match[0]), value))
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for each in fields(value):
            before = getattr(value, each.name)
            after = _covered(before, pattern)
            if after is not before and after != before:
                changed[each.name] = after
        return cast(Record, replace(cast(Any, value), **changed)) if changed else value
    if isinstance(value, tuple):
        parts = [_covered(part, pattern) for part in value]
        return cast(Record, type(value)(*parts) if hasattr(value, "_fields") else tuple(parts))
    if isinstance(value, dict):
        return cast(Record, {key: _covered(part, pattern) for key, part in value.items()})
    return value


def _unnamed(record: Victim | Actor) -> Victim | Actor:
    """A person whose name is withheld, without what would give them away."""
    if isinstance(record, Victim):
        return replace(record, age=None, sex=None, affiliation=None)
    return replace(record, roles=(), part_of=(), country=None)


# -- what is left of each kind of record where it touches a withheld report

Hidden = frozenset[str]


def _hide_raw(raw: RawReport, reports: Hidden, _claims: Hidden) -> RawReport:
    if raw.id not in reports:
        return raw
    return RawReport(raw.id, raw.id, "withheld", raw.sha256, raw.media_type, "")


def _hide_document(document: Document, reports: Hidden, _claims: Hidden) -> Document:
    if document.id not in reports:
        return document
    return Document(document.id, document.id, "", OffsetMap(), sha256=document.sha256)


def _hide_annotation(annotation: Annotation, reports: Hidden, _claims: Hidden) -> Annotation:
    return Annotation(annotation.document) if annotation.document in reports else annotation


def _hide_claims(found: ReportClaims, reports: Hidden, _claims: Hidden) -> ReportClaims:
    return ReportClaims(found.report) if found.report in reports else found


def _hide_copy(copy: Copy, reports: Hidden, _claims: Hidden) -> Copy:
    return replace(copy, passages=(), why=TOLD) if {copy.source, copy.derived} & reports else copy


def _hide_pair(pair: SharedPassage | UncertainPair, reports: Hidden, _claims: Hidden) -> SharedPassage | UncertainPair:
    if not set(pair.reports) & reports:
        return pair
    return replace(pair, passages=(), why=TOLD) if isinstance(pair, SharedPassage) else replace(pair, why=TOLD)


def _hide_origin(origin: Origin, reports: Hidden, _claims: Hidden) -> Origin:
    if not set(origin.reports) & reports:
        return origin
    # An origin is named after an agency or after the site of one of its reports.
    name = "withheld" if set(origin.reports) <= reports or not origin.credited else origin.name
    return replace(origin, name=name, unobserved=tuple(replace(each, why=TOLD) for each in origin.unobserved), why=TOLD)


def _hide_incident(incident: Incident, reports: Hidden, _claims: Hidden) -> Incident:
    if not set(incident.reports) & reports:
        return incident
    links = tuple(replace(link, why=TOLD) if link.report in reports else link for link in incident.links)
    return replace(incident, links=links, why=TOLD)


def _hide_figure(figure: Figure, _reports: Hidden, claims: Hidden) -> Figure:
    rests_on = {*figure.claims, *(claim for voice in figure.by_voice for claim in voice.claims)}
    rests_on |= {entry[0] for voice in figure.by_voice for entry in voice.history}
    hidden = rests_on & claims
    if not hidden:
        return figure
    voices = tuple(
        replace(
            voice,
            voice="withheld" if set(voice.claims) <= claims else voice.voice,
            claims=tuple(claim for claim in voice.claims if claim not in claims),
            history=tuple(entry for entry in voice.history if entry[0] not in claims),
        )
        for voice in figure.by_voice
    )
    kept = tuple(claim for claim in figure.claims if claim not in claims)
    stand = "stands in a report that is" if len(hidden) == 1 else "stand in reports that are"
    why = f"{len(hidden)} of the {len(rests_on)} claims it rests on {stand} withheld."
    return replace(figure, claims=kept, by_voice=voices, vague=(), why=why)


def _hide_conflict(conflict: Conflict, reports: Hidden, claims: Hidden) -> Conflict:
    if not set(conflict.claims) & claims and not set(conflict.reports) & reports:
        return conflict
    kept = tuple(claim for claim in conflict.claims if claim not in claims)
    return replace(
        conflict, claims=kept, why="One of the claims that do not agree stands in a report that is withheld."
    )


def _hide_actor(actor: Actor, reports: Hidden, _claims: Hidden) -> Actor:
    variants = tuple(
        replace(variant, reports=tuple(report for report in variant.reports if report not in reports))
        for variant in actor.variants
        if not variant.reports or set(variant.reports) - reports
    )
    if variants == actor.variants:
        return actor
    if not variants:
        return replace(actor, name="withheld", variants=(), roles=(), part_of=(), country=None, why=TOLD)
    return replace(actor, variants=variants, why=TOLD)


def _hide_suggestion(suggestion: Suggestion, _reports: Hidden, _claims: Hidden) -> Suggestion:
    return replace(suggestion, why=TOLD)


_HIDERS: dict[type[Any], Callable[[Any, Hidden, Hidden], Any]] = {
    RawReport: _hide_raw,
    Document: _hide_document,
    Annotation: _hide_annotation,
    ReportClaims: _hide_claims,
    Copy: _hide_copy,
    SharedPassage: _hide_pair,
    UncertainPair: _hide_pair,
    Origin: _hide_origin,
    Incident: _hide_incident,
    Figure: _hide_figure,
    Conflict: _hide_conflict,
    Actor: _hide_actor,
    Suggestion: _hide_suggestion,
}
