"""Forms about one incident: grade, note, correct, merge, split, give to a person, and the two stages of review."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, get_args

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from firsthand.incidents import regrouping
from firsthand.ledger import View
from firsthand.model import Incident, Place, record_id
from firsthand.model.incident import IncidentType

from ..access import REVIEWERS, Short, Words, back_to
from ..desk import TheDesk, ThePerson
from ..facts.review import ANNOTATED, CONFIRMED, Review, reviews
from ..words import GRADES
from .signing import needed, sign

routes = APIRouter(dependencies=[REVIEWERS])

TYPES: tuple[str, ...] = get_args(IncidentType)


@routes.post("/incidents/{id}/grade")
def grade(
    desk: TheDesk, person: ThePerson, id: str, grade: Short, seen: Short = "", back: Short = "/", reason: Words = ""
) -> RedirectResponse:
    if grade not in GRADES:
        raise HTTPException(422, f"{grade!r} is no grade: use {', '.join(GRADES)}")
    needed(reason, "a grade")
    with View(desk.ledger) as view:
        view.incident(id)
        now = view.grade_of(id)
    before = {"grade": now.grade if now else None}
    sign(desk, person, "grade", id, before=before, after={"grade": grade}, reason=reason, seen=seen)
    return back_to(back)


@routes.post("/incidents/{id}/note")
def note(desk: TheDesk, person: ThePerson, id: str, reason: Words, back: Short = "/") -> RedirectResponse:
    if not reason.strip():
        raise HTTPException(422, "the note is empty")
    with View(desk.ledger) as view:
        view.incident(id)
    sign(desk, person, "note", id, reason=reason, changes=False)
    return back_to(back)


@routes.post("/incidents/{id}/correct")
def correct(
    desk: TheDesk, person: ThePerson, id: str, seen: Short = "", back: Short = "/", reason: Words = "",
    start: Short = "", end: Short = "", type: Short = "", place: Short = "", country: Short = "", admin1: Short = "",
    lat: Short = "", lon: Short = "", precision: Short = "",
) -> RedirectResponse:  # fmt: skip
    """Day, place and kind, as the evidence has them in a person's reading."""
    needed(reason, "a correction")
    with View(desk.ledger) as view:
        incident = view.incident(id)
        places = view.places_by_id(incident.places[:1])
        main = places.get(incident.places[0]) if incident.places else None
        given = _place(view, place, country, admin1, lat, lon, precision) if place.strip() else None
    before, after = _days(incident, start, end)
    if type:
        if type not in TYPES:
            raise HTTPException(422, f"{type!r} is no kind of incident")
        if type != incident.type:
            before["type"], after["type"] = incident.type, type
    if given is not None and given != main:
        before["place"], after["place"] = asdict(main) if main else None, asdict(given)
    if not after:
        raise HTTPException(422, "nothing was changed")
    sign(desk, person, "correct", id, before=before, after=after, reason=reason, seen=seen)
    return back_to(back)


@routes.post("/incidents/{id}/assign")
def assign(
    desk: TheDesk, person: ThePerson, id: str, to: Short = "", back: Short = "/", reason: Words = ""
) -> RedirectResponse:
    """Whose work it is; empty: nobody's."""
    with View(desk.ledger) as view:
        view.incident(id)
        was = reviews(view.judgements_on([id])).get(id, Review()).to
    if to.strip() == was:
        raise HTTPException(422, "that is whose work it is already")
    sign(desk, person, "assign", id, before={"to": was}, after={"to": to.strip()}, reason=reason, changes=False)
    return back_to(back)


@routes.post("/incidents/{id}/review")
def review(
    desk: TheDesk, person: ThePerson, id: str, stage: Short, seen: Short = "", back: Short = "/", reason: Words = ""
) -> RedirectResponse:
    """Annotated by one person, then confirmed by another."""
    if stage not in (ANNOTATED, CONFIRMED):
        raise HTTPException(422, f"{stage!r} is no stage of review")
    with View(desk.ledger) as view:
        view.incident(id)
        now = reviews(view.judgements_on([id])).get(id, Review())
    if stage == CONFIRMED and now.stage != ANNOTATED:
        raise HTTPException(
            422, "first somebody has to go through it and sign it as annotated; then another confirms it"
        )
    if stage == CONFIRMED and now.by == person.name:
        raise HTTPException(422, f"{person.name} annotated it: the second look has to be somebody else's")
    before = {"stage": now.stage, "by": now.by}
    sign(desk, person, "confirm", id, before=before, after={"stage": stage}, reason=reason, seen=seen, changes=False)
    return back_to(back)


@routes.post("/incidents/{id}/merge")
def merge(
    desk: TheDesk,
    person: ThePerson,
    id: str,
    other: Annotated[list[str], Form()],
    seen: Short | None = None,
    reason: Words = "",
) -> RedirectResponse:
    """The incident and all the others are one."""
    with View(desk.ledger) as view:
        one = view.incident(id)
        others = [view.incident(name.strip()) for name in dict.fromkeys(other)]
    if any(found.id == one.id for found in others):
        raise HTTPException(422, "an incident cannot be merged with itself")
    groups = [found.reports for found in (one, *others)]
    before, after = regrouping(groups, [sorted({report for group in groups for report in group})])
    sign(desk, person, "merge", one.id, before=before, after=after, reason=reason, seen=seen)
    return back_to("/decisions")  # only one of the incidents keeps its page


@routes.post("/incidents/{id}/split")
def split(
    desk: TheDesk,
    person: ThePerson,
    id: str,
    reports: Annotated[list[str], Form()],
    seen: Short | None = None,
    reason: Words = "",
) -> RedirectResponse:
    with View(desk.ledger) as view:
        incident = view.incident(id)
    out = sorted(set(reports) & set(incident.reports))
    stay = sorted(set(incident.reports) - set(out))
    if not out or not stay:
        raise HTTPException(422, "choose some of the reports, not none and not all")
    before, after = regrouping([incident.reports], [stay, out])
    sign(desk, person, "split", id, before=before, after=after, reason=reason, seen=seen)
    return back_to(f"/incidents/{id}")


@routes.post("/victims/{id}/judge")
def judge_victim(
    desk: TheDesk,
    person: ThePerson,
    id: str,
    incident: Short,
    verb: Short,
    seen: Short = "",
    back: Short = "/",
    reason: Words = "",
) -> RedirectResponse:
    """Whether a person named in a report was a victim of this incident; who was not no longer counts towards it."""
    if verb not in ("accept", "reject"):
        raise HTTPException(422, f"a named person cannot be decided on with {verb!r}")
    with View(desk.ledger) as view:
        if id not in {victim.id for victim in view.victims_of(incident)}:
            raise HTTPException(404, "no such person is named for this incident")
    sign(desk, person, "accept" if verb == "accept" else "reject", id, reason=reason, seen=seen)
    return back_to(back)


# -- what the fields mean


def _days(incident: Incident, start: str, end: str) -> tuple[dict[str, object], dict[str, object]]:
    """The days before and after, both empty where the form leaves them as they are."""
    if not start.strip() and not end.strip():
        return {}, {}
    first, last = _day(start), _day(end) if end.strip() else _day(start)
    if first > last:
        raise HTTPException(422, "the last day is before the first")
    if (first, last) == (incident.when.start, incident.when.end):
        return {}, {}
    was = {
        "start": incident.when.start.isoformat() if incident.when.start else None,
        "end": incident.when.end.isoformat() if incident.when.end else None,
    }
    return dict(was), {"start": first.isoformat(), "end": last.isoformat()}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise HTTPException(422, f"{text!r} is no day: write it as 2016-07-19") from error


def _place(view: View, name: str, country: str, admin1: str, lat: str, lon: str, precision: str) -> Place:
    """A place that reports name, by its name or id; or a new one, where a coordinate is given."""
    name = name.strip()
    if lat.strip() or lon.strip():
        where = _degrees(lat, 90), _degrees(lon, 180)
        level = int(precision) if precision in "1234567" and precision else 2
        known = country.strip().upper() or None
        return Place(
            record_id("plc", "by hand", name, *where), name, known, admin1.strip() or None, *where, precision=level
        )
    found = view.places_named(name) or list(view.places_by_id([name]).values())
    if len(found) == 1:
        return found[0]
    if found:
        told = "; ".join(f"{p.id} in {', '.join(part for part in (p.admin1, p.country) if part)}" for p in found[:6])
        raise HTTPException(422, f"several places go by {name!r}: give the id of the one that is meant ({told})")
    raise HTTPException(422, f"no report in this ledger names a place {name!r}: give its latitude and longitude too")


def _degrees(text: str, most: int) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        raise HTTPException(422, f"{text!r} is no coordinate: write degrees with a point, such as 36.34")
    return value
