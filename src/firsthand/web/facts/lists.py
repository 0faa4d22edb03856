"""The list of incidents: read whole when a build has changed it, filtered and counted in memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from firsthand.ledger import View
from firsthand.model import Figure, Incident, Outcome, Place
from firsthand.resources import table
from firsthand.wording import range_told, when_told, whole_figure

HEADLINE_OUTCOMES: tuple[Outcome, ...] = ("killed", "wounded")

#: Orders of the list, by the name that the page shows.
ORDERS = {"date": "newest first", "oldest": "oldest first", "killed": "most killed first", "conflicts": "most contradictions first",
          "reports": "most reports first"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """A line of the list of incidents. ``killed`` and ``wounded`` are ranges in words; ``best`` sorts; ``status`` is that of the
    figure of all killed; ``sites`` carry its reports."""

    id: str
    title: str
    when: str
    start: date | None
    end: date | None
    country: str
    place: str
    type: str
    killed: str
    wounded: str
    best: int | None
    outcomes: frozenset[str]
    status: str
    grade: str
    conflicts: int
    reports: tuple[str, ...]
    sites: frozenset[str]
    lat: float | None
    lon: float | None
    precision: int | None


def incident_rows(view: View) -> list[IncidentRow]:
    """All incidents, newest first, undated ones last. Reads the whole ledger once; the caller keeps it."""
    places = view.places()
    sites = view.sites()
    figures: dict[str, list[Figure]] = defaultdict(list)
    conflicts: Counter[str] = Counter()
    reconciliation = view.reconciliation()
    for figure in reconciliation.figures:
        figures[figure.incident].append(figure)
    for conflict in reconciliation.conflicts:
        conflicts[conflict.incident] += 1
    grades = {grade.incident: grade.grade for grade in reconciliation.grades}
    rows = [
        _row(incident, places, sites, figures[incident.id], grades.get(incident.id, ""), conflicts[incident.id])
        for incident in view.incidents()
    ]
    return sorted(rows, key=_newest)


def _row(
    incident: Incident,
    places: Mapping[str, Place],
    sites: Mapping[str, str],
    figures: Sequence[Figure],
    grade: str,
    conflicts: int,
) -> IncidentRow:
    killed, wounded = (whole_figure(figures, outcome) for outcome in HEADLINE_OUTCOMES)
    place = places.get(incident.places[0]) if incident.places else None
    return IncidentRow(
        id=incident.id,
        title=incident.title,
        when=when_told(incident),
        start=incident.when.start,
        end=incident.when.end,
        country=incident.country or "",
        place=place.name if place else "",
        type=incident.type.replace("_", " "),
        killed=range_told(killed.low, killed.best, killed.high) if killed else "–",
        wounded=range_told(wounded.low, wounded.best, wounded.high) if wounded else "–",
        best=(killed.best if killed.best is not None else killed.low) if killed else None,
        outcomes=frozenset(figure.outcome for figure in figures),
        status=killed.status if killed else "",
        grade=grade,
        conflicts=conflicts,
        reports=incident.reports,
        sites=frozenset(sites[report] for report in incident.reports if report in sites),
        lat=incident.lat,
        lon=incident.lon,
        precision=incident.where_precision,
    )


@dataclass(frozen=True, slots=True)
class Query:
    """What the list of incidents is filtered by; empty fields ask for nothing. ``found`` are the reports that hold the words of
    ``text``; ``among`` the incidents of a stage of review or a person's, None for all."""

    text: str = ""
    country: str = ""
    start: date | None = None
    end: date | None = None
    outcome: str = ""
    grade: str = ""
    status: str = ""
    site: str = ""
    found: Collection[str] = frozenset()
    among: Collection[str] | None = None

    def matches(self, row: IncidentRow) -> bool:
        return (
            (not self.text or self._speaks(row))
            and (not self.country or row.country == self.country)
            and (self.start is None or (row.end is not None and row.end >= self.start))
            and (self.end is None or (row.start is not None and row.start <= self.end))
            and (not self.outcome or self.outcome in row.outcomes)
            and (not self.grade or row.grade == self.grade)
            and (not self.status or row.status == self.status)
            and (not self.site or self.site in row.sites)
            and (self.among is None or row.id in self.among)
        )

    def _speaks(self, row: IncidentRow) -> bool:
        named = f"{row.title} {row.place} {row.type} {row.id}".casefold()
        return self.text.casefold() in named or any(report in self.found for report in row.reports)


def ordered(rows: Iterable[IncidentRow], order: str) -> list[IncidentRow]:
    """``rows`` (newest first) in one of ``ORDERS``; equals stay newest first."""
    if order == "oldest":
        return sorted(rows, key=lambda row: (row.start is None, row.start or date.min, row.id))
    if order == "killed":
        return sorted(rows, key=lambda row: -(row.best if row.best is not None else -1))
    if order == "conflicts":
        return sorted(rows, key=lambda row: -row.conflicts)
    if order == "reports":
        return sorted(rows, key=lambda row: -len(row.reports))
    return list(rows)


def by_site(rows: Iterable[IncidentRow]) -> list[tuple[str, int]]:
    """(site, incidents it reports on), the most first."""
    counted = Counter(site for row in rows for site in row.sites)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def by_time(rows: Iterable[IncidentRow]) -> list[tuple[date, date, int]]:
    """(first day, last day, incidents that began then), by day, or by month or year where days would be too many to tell apart."""
    days = Counter(
        row.start for row in rows if row.start is not None and row.end is not None and _begun(row.start, row.end)
    )
    if not days:
        return []
    length = (max(days) - min(days)).days
    parts: Counter[tuple[date, date]] = Counter()
    for day, count in days.items():
        parts[_stretch(day, length)] += count
    return [(first, last, count) for (first, last), count in sorted(parts.items())]


def _begun(start: date, end: date) -> bool:
    """Whether the first day tells when it was: a month or a year has a first day, too."""
    return (end - start).days <= 7


def _stretch(day: date, length: int) -> tuple[date, date]:
    if length <= 100:
        return day, day
    if length <= 3000:
        after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return day.replace(day=1), date.fromordinal(after.toordinal() - 1)
    return date(day.year, 1, 1), date(day.year, 12, 31)


@cache
def country_names() -> dict[str, str]:
    """English names by ISO 3166-1 alpha-2 code."""
    return {row["code"]: row["name"] for row in table("places/countries.tsv")}


def _newest(row: IncidentRow) -> tuple[bool, int, str]:
    return (row.start is None, -(row.start or date.min).toordinal(), row.id)
