"""The dates that undated reports have through their copies. Nothing is ever borrowed from a report that merely tells the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from firsthand.model import Annotation, Document, Interval, Lineage, ReportDate

# Which clue of a copy dates it best. A caption dates its photograph, which may be older: it is no date of the report.
_CLUES = ("dateline", "updated", "header", "page", "url", "copyright")


def dates_through_copies(
    documents: Sequence[Document], annotations: Mapping[str, Annotation], lineage: Lineage
) -> tuple[ReportDate, ...]:
    """A date for each undated report that shares its copy with a dated one. The report itself stays undated."""
    by_id = {d.id: d for d in documents}
    out = []
    for origin in lineage.origins:
        members = sorted(r for r in origin.reports if r in by_id)
        for report in members:
            if by_id[report].published is not None:
                continue
            dated = [
                (*known, other)
                for other in members
                if other != report and (known := _dated(by_id[other], annotations.get(other))) is not None
            ]
            if dated:
                _, start, end, basis, other = min(dated)
                interval = Interval(
                    start, end, "day" if start == end else "year" if (end - start).days > 31 else "days"
                )
                name = by_id[other].site or by_id[other].source_id
                out.append(ReportDate(report, interval, other, f"shares its copy with {name}, dated by {basis}"))
    return tuple(sorted(out, key=lambda d: d.report))


def _dated(document: Document, annotation: Annotation | None) -> tuple[int, date, date, str] | None:
    """How well the document is dated (0 best), first and last day, and by what; None where it is not dated."""
    if document.published is not None:
        return 0, document.published, document.published, "its day of publication"
    if annotation is not None and annotation.printed is not None:
        return (
            1,
            annotation.printed,
            annotation.printed,
            "a caption on its page and the weekday on which its sources speak",
        )
    clues = [
        (_CLUES.index(c.kind) + 2, c.start, c.end, f"its {c.kind} line")
        for c in document.date_clues
        if c.kind in _CLUES
    ]
    return min(clues, default=None)
