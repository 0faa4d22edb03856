"""Each report read by itself: its profile, and of its annotation no more than the names. The rest is dropped with its part of the
pile, so that memory grows with the profiles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeAlias

import msgspec

from firsthand.model import Annotation, Document, Layer, Lineage, ReportClaims, ReportDate
from firsthand.processes import spread

from .actors import NAMED
from .compact import Packed, pack
from .dates import dates_through_copies
from .profile import profile

# Reports that are read at a time, and so many that more than one process pays.
_TOGETHER = 64
_SPREAD_FROM = 1_000

# A report, its profile, its names, and the day of printing that its own page gives.
_Read: TypeAlias = "tuple[str, bytes, bytes, date | None]"


class Part(Protocol):
    """The annotations of some ``reports``, which may be sent to another process before they are unpacked."""

    @property
    def reports(self) -> Sequence[str]: ...
    def opened(self) -> Sequence[Annotation]: ...


class Reports(Protocol):
    """What each report of a pile was read as."""

    def documents(self) -> Sequence[Document]: ...
    def claims(self) -> Sequence[ReportClaims]: ...
    def annotations(self, reports: Sequence[str]) -> Sequence[Annotation]: ...
    def annotation_parts(self, size: int) -> Iterator[Part]: ...


@dataclass(frozen=True)
class Given:
    """Reports that are in memory."""

    all_documents: Sequence[Document]
    all_annotations: Sequence[Annotation]
    all_claims: Sequence[ReportClaims]

    def documents(self) -> Sequence[Document]:
        return self.all_documents

    def claims(self) -> Sequence[ReportClaims]:
        return self.all_claims

    def annotations(self, reports: Sequence[str]) -> Sequence[Annotation]:
        wanted = set(reports)
        return [annotation for annotation in self.all_annotations if annotation.document in wanted]

    def annotation_parts(self, size: int) -> Iterator[Part]:
        return _opened(self.all_annotations, size)


@dataclass(frozen=True)
class _Opened:
    annotations: Sequence[Annotation]

    @property
    def reports(self) -> Sequence[str]:
        return [annotation.document for annotation in self.annotations]

    def opened(self) -> Sequence[Annotation]:
        return self.annotations


def _opened(annotations: Sequence[Annotation], size: int) -> Iterator[Part]:
    return (_Opened(annotations[start : start + size]) for start in range(0, len(annotations), size))


@dataclass(frozen=True)
class Alone:
    """What was read of each report: its profile as a page, its annotation with nothing but names, the day of printing that its own
    page gives; and the dates that undated ones have through copies."""

    profiles: Mapping[str, bytes]
    annotations: Mapping[str, Annotation]
    printed: Mapping[str, date]
    dates: tuple[ReportDate, ...]


def read_alone(
    reports: Reports, documents: Sequence[Document], claims: Mapping[str, ReportClaims], lineage: Lineage, workers: int
) -> Alone:
    """Read each of ``documents`` by itself, in ``workers`` processes where there are many."""
    by_id = {document.id: document for document in documents}
    dates = _dates(reports, by_id, lineage)
    through_copies = {found.report: found.interval.day for found in dates}
    many = workers > 1 and len(documents) >= _SPREAD_FROM
    reader = _Reader(by_id, claims, through_copies)
    profiles: dict[str, bytes] = {}
    names: dict[str, bytes] = {}
    printed: dict[str, date] = {}
    for part in spread(reader.read, _parts(reports, by_id), workers if many else 1):
        for report, found, named, day in part:
            profiles[report], names[report] = found, named
            if day is not None:
                printed[report] = day
    return Alone(profiles, Packed(names, _ANNOTATION), printed, dates)


def _dates(reports: Reports, by_id: Mapping[str, Document], lineage: Lineage) -> tuple[ReportDate, ...]:
    undated = {
        report
        for origin in lineage.origins
        if len(origin.reports) > 1
        for report in origin.reports
        if report in by_id and by_id[report].published is None
    }
    annotations = {a.document: a for a in reports.annotations(sorted(undated))} if undated else {}
    return dates_through_copies(list(by_id.values()), annotations, lineage)


def _parts(reports: Reports, by_id: Mapping[str, Document]) -> Iterator[Part]:
    """The annotations of all reports, an empty one of each that has none."""
    missing = dict.fromkeys(by_id)
    for part in reports.annotation_parts(_TOGETHER):
        yield part
        for report in part.reports:
            missing.pop(report, None)
    yield from _opened([Annotation(report) for report in missing], _TOGETHER)


class _Reader:
    """Reads the reports of a part; a worker holds one."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        claims: Mapping[str, ReportClaims],
        printed: Mapping[str, date | None],
    ) -> None:
        self._documents, self._claims, self._printed = documents, claims, printed

    def read(self, part: Part) -> list[_Read]:
        return [self._one(annotation) for annotation in part.opened() if annotation.document in self._documents]

    def _one(self, annotation: Annotation) -> _Read:
        report = annotation.document
        printed = annotation.printed or self._printed.get(report)
        found = profile(self._documents[report], annotation, self._claims.get(report), printed=printed)
        return report, pack(found), pack(_names_only(annotation)), annotation.printed


def _names_only(annotation: Annotation) -> Annotation:
    text, title = (
        Layer(names=tuple(name for name in layer.names if name.kind in NAMED))
        for layer in (annotation.text, annotation.title)
    )
    return Annotation(annotation.document, text=text, title=title)


_ANNOTATION = msgspec.msgpack.Decoder(Annotation)
