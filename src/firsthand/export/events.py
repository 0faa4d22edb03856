"""Incidents as one row an event, in the columns of UCDP GED and of ACLED, and as GeoJSON.

What a coder decides and no report states (dyads, disorder types that do not follow from the kind of event, regions) is left
empty, and so is a number that nobody gives: empty is unknown, never zero. Both tables need a date, so incidents without one are
left out and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from firsthand.ledger import View
from firsthand.model import Actor, Document, Figure, Incident, IncidentGrade, Place
from firsthand.resources import table
from firsthand.wording import whole_figure

from .files import write_csv, write_text

UCDP: tuple[str, ...] = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa",
    "gwnob",
)  # fmt: skip
ACLED: tuple[str, ...] = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale",
    "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
# ACLED's event and sub-event types, where the kind of event settles them.
_ACLED_TYPES: Mapping[str, tuple[str, str]] = {
    "airstrike": ("Explosions/Remote violence", "Air/drone strike"),
    "shelling": ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "bombing": ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    "suicide_bombing": ("Explosions/Remote violence", "Suicide bomb"),
    "chemical": ("Explosions/Remote violence", "Chemical weapon"),
    "clash": ("Battles", "Armed clash"),
    "ambush": ("Battles", "Armed clash"),
    "execution": ("Violence against civilians", "Attack"),
    "massacre": ("Violence against civilians", "Attack"),
    "abduction": ("Violence against civilians", "Abduction/forced disappearance"),
    "arrest": ("Strategic developments", "Arrests"),
}


@dataclass(frozen=True, slots=True)
class _Event:
    incident: Incident
    figures: Sequence[Figure]
    grade: IncidentGrade | None
    documents: Sequence[Document]
    place: Place | None
    perpetrators: str
    targets: str

    def killed(self, victims: str = "people") -> Figure | None:
        if victims == "people":
            return whole_figure(self.figures, "killed")
        return next((f for f in self.figures if (f.outcome, f.victims, f.place) == ("killed", victims, None)), None)


def write_ucdp(view: View, path: Path) -> tuple[int, int]:
    """A CSV file with the 49 columns of UCDP GED. Returns how many events were written and how many left out undated."""
    return _write(view, path, UCDP, _ucdp_row)


def write_acled(view: View, path: Path) -> tuple[int, int]:
    """A CSV file with ACLED's columns. Returns how many events were written and how many left out undated."""
    return _write(view, path, ACLED, _acled_row)


def write_geojson(view: View, path: Path) -> tuple[int, int]:
    """A FeatureCollection, one feature an incident; ``geometry`` null where no place is known. Nothing is left out."""
    features = [_feature(event) for event in _events(view)]
    collection = {"type": "FeatureCollection", "features": features}
    write_text(path, msgspec.json.format(msgspec.json.encode(collection), indent=1).decode() + "\n")
    return len(features), 0


def _write(
    view: View, path: Path, columns: Sequence[str], row: Callable[[_Event], Mapping[str, object]]
) -> tuple[int, int]:
    events = _events(view)
    dated = [event for event in events if event.incident.when.start and event.incident.when.end]
    rows = [row(event) for event in dated]
    write_csv(path, columns, ([cells.get(column) for column in columns] for cells in rows))
    return len(dated), len(events) - len(dated)


def _events(view: View) -> list[_Event]:
    figures: dict[str, list[Figure]] = {}
    for figure in view.figures():
        figures.setdefault(figure.incident, []).append(figure)
    grades = {grade.incident: grade for grade in view.reconciliation().grades}
    documents = {document.id: document for document in view.documents()}
    actors, places = view.actors(), view.places()
    return [
        _Event(
            incident,
            figures.get(incident.id, []),
            grades.get(incident.id),
            sorted((documents[report] for report in incident.reports if report in documents), key=_printed),
            next((places[place] for place in incident.places if place in places), None),
            _names(incident.perpetrators, actors),
            _names(incident.targets, actors),
        )
        for incident in view.incidents()
    ]


def _names(ids: Sequence[str], actors: Mapping[str, Actor]) -> str:
    return "; ".join(actors[id].name for id in ids if id in actors)


def _printed(document: Document) -> tuple[bool, str, str]:
    """Sorts by day of publication, undated ones last."""
    return document.published is None, str(document.published), document.id


def _each(cells: Sequence[str]) -> str | None:
    """One entry a source in every such column, so that the n-th entries belong together; None where all are empty."""
    return "; ".join(cells) if any(cells) else None


def _ucdp_row(event: _Event) -> Mapping[str, object]:
    incident, place, killed = event.incident, event.place, event.killed()
    civilians = event.killed("civilians")
    located = incident.lat is not None and incident.lon is not None
    return {
        "id": incident.id,
        "relid": incident.id,
        "year": incident.when.start.year if incident.when.start else None,
        "side_a": event.perpetrators,
        "side_b": event.targets,
        "number_of_sources": event.grade.origins if event.grade else None,
        "source_article": "; ".join(_cited(document) for document in event.documents),
        "source_office": _each([document.site or "" for document in event.documents]),
        "source_date": _each([str(document.published or "") for document in event.documents]),
        "source_headline": _each([(document.title or "").replace(";", ",") for document in event.documents]),
        "where_prec": incident.where_precision,
        "where_coordinates": place.name if place else None,
        "adm_1": place.admin1 if place else None,
        "latitude": incident.lat,
        "longitude": incident.lon,
        "geom_wkt": f"POINT ({incident.lon} {incident.lat})" if located else None,
        "priogrid_gid": priogrid(incident.lat, incident.lon)
        if incident.lat is not None and incident.lon is not None
        else None,
        "country": country_name(incident.country),
        "event_clarity": event.grade.event_clarity if event.grade else None,
        "date_prec": _ucdp_date_precision(incident),
        "date_start": incident.when.start,
        "date_end": incident.when.end,
        "deaths_civilians": civilians.best if civilians else None,
        "best": killed.best if killed else None,
        "high": killed.high if killed else None,
        "low": killed.low if killed else None,
    }


def _acled_row(event: _Event) -> Mapping[str, object]:
    incident, place, killed = event.incident, event.place, event.killed()
    kind, subkind = _ACLED_TYPES.get(incident.type, (None, None))
    return {
        "event_id_cnty": incident.id,
        "event_date": incident.when.start,
        "year": incident.when.start.year if incident.when.start else None,
        "time_precision": _acled_time_precision(incident),
        "event_type": kind,
        "sub_event_type": subkind,
        "actor1": event.perpetrators,
        "actor2": event.targets,
        "country": country_name(incident.country),
        "admin1": place.admin1 if place else None,
        "location": place.name if place else None,
        "latitude": incident.lat,
        "longitude": incident.lon,
        "geo_precision": _acled_geo_precision(incident.where_precision),
        "source": "; ".join(dict.fromkeys(document.site or document.source_id for document in event.documents)),
        "notes": f"{incident.title}. {killed.why if killed else ''}".strip(),
        "fatalities": (killed.best if killed.best is not None else killed.low) if killed else None,
    }


def _feature(event: _Event) -> Mapping[str, object]:
    incident, killed, wounded = event.incident, event.killed(), whole_figure(event.figures, "wounded")
    geometry = None
    if incident.lat is not None and incident.lon is not None:
        geometry = {"type": "Point", "coordinates": [incident.lon, incident.lat]}
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": geometry,
        "properties": {
            "title": incident.title,
            "type": incident.type,
            "date_start": incident.when.start,
            "date_end": incident.when.end,
            "date_precision": "day" if incident.when.granularity == "part" else incident.when.granularity,
            "place": event.place.name if event.place else None,
            "country": incident.country,
            "where_precision": incident.where_precision,
            "killed": _range(killed),
            "wounded": _range(wounded),
            "grade": event.grade.grade if event.grade else None,
            "reports": len(incident.links),
            "origins": event.grade.origins if event.grade else None,
        },
    }


def country_name(code: str | None) -> str | None:
    """The English short name of an ISO 3166-1 alpha-2 code; the code itself where it is not known."""
    return next((row["name"] for row in table("places/countries.tsv") if row["code"] == code), code)


def _range(figure: Figure | None) -> Mapping[str, int | None] | None:
    return {"low": figure.low, "best": figure.best, "high": figure.high} if figure else None


def _cited(document: Document) -> str:
    when = document.published.isoformat() if document.published else "undated"
    return f"“{document.title or document.source_id}”, {document.site or document.source_id}, {when}"


def _ucdp_date_precision(incident: Incident) -> int:
    """UCDP: 1 the day, 2 two to six days, 3 a week, 4 up to a month, 5 longer."""
    days = incident.when.days or 1
    return 1 if days == 1 else 2 if days < 7 else 3 if days == 7 else 4 if days <= 31 else 5


def _acled_time_precision(incident: Incident) -> int:
    """ACLED: 1 the day, 2 a week, 3 longer."""
    days = incident.when.days or 1
    return 1 if days == 1 else 2 if days <= 7 else 3


def _acled_geo_precision(precision: int | None) -> int | None:
    """ACLED: 1 the town, 2 part of a region, 3 a region; from the UCDP scale."""
    return None if precision is None else 1 if precision == 1 else 2 if precision <= 3 else 3


def priogrid(lat: float, lon: float) -> int:
    """Number of the half-degree cell of PRIO-GRID, counted from the south-west corner, 720 a row.

    >>> priogrid(-89.9, -179.9), priogrid(34.4, 40.9)
    (1, 179002)
    """
    return int((lat + 90) * 2) * 720 + int((lon + 180) * 2) + 1
