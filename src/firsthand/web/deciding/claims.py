"""Forms about one claim: accept, correct, reject, move to another incident, add one that the machine did not read."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Annotated, TypeAlias, get_args

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from firsthand.ledger import View
from firsthand.model import (
    OUTCOMES,
    VICTIM_CLASSES,
    Certainty,
    Claim,
    Document,
    Source,
    SourceKind,
    Span,
    Tally,
    record_id,
)
from firsthand.model.annotation import FieldName
from firsthand.model.judgement import Verb

from ..access import REVIEWERS, Many, Short, Words, back_to
from ..desk import TheDesk, ThePerson
from ..facts.claims import as_decided, newest_decisions
from .signing import sign

routes = APIRouter(dependencies=[REVIEWERS])

SOURCE_KINDS: tuple[str, ...] = get_args(SourceKind)
CERTAINTIES: tuple[str, ...] = get_args(Certainty)
OWN_VOICE = "narrator"
VERBS: dict[str, Verb] = {"accept": "accept", "reject": "reject", "correct": "correct"}

Fields: TypeAlias = dict[str, object]
# A claim and the newest decision on it take some 50 letters: a thousand copies.
Copies = Annotated[str, Form(max_length=50_000)]


@routes.post("/claims/{id}/judge")
def judge_claim(
    desk: TheDesk, person: ThePerson, id: str, verb: Short, back: Short = "/", seen: Short = "", reason: Words = "",
    low: Short = "", high: Short = "", outcome: Short = "", victims: Many = None, certainty: Short = "",
    source: Short = "", source_kind: Short = "", place: Short = "", day: Short = "", copies: Copies = "",
) -> RedirectResponse:  # fmt: skip
    """Accepts, rejects or corrects the claim, and with it its ``copies``: pairs "claim:newest decision seen", a space between
    two. Each gets a judgement of its own."""
    if verb not in VERBS:
        raise HTTPException(422, f"a claim cannot be decided on with {verb!r}")
    seen_of = {id: seen} | dict(pair.split(":", 1) for pair in copies.split() if ":" in pair)
    with View(desk.ledger) as view:
        judgements = view.judgements_on(seen_of)
        claims = as_decided([view.claim(each) for each in seen_of], judgements)
        wanted: Fields = {}
        if verb == "correct":
            wanted = _wanted_tally(claims[0], low, high, outcome, victims or [])
            wanted |= _wanted_claim(view, claims[0], certainty, source, source_kind, place, day)
            # What the form leaves as it is stays so in each copy too, which may name its source otherwise.
            wanted = {name: value for name, value in wanted.items() if value != _field(claims[0], name)}
            if not wanted:
                raise HTTPException(422, "nothing was changed")
    newest = newest_decisions(judgements)
    # Where somebody has decided on one of them since, that one is refused before any is signed.
    for claim in sorted(claims, key=lambda claim: newest.get(claim.id, "") == seen_of[claim.id]):
        before = {name: _field(claim, name) for name in wanted}
        sign(
            desk, person, VERBS[verb], claim.id, before=before or "", after=wanted or "", reason=reason,
            seen=seen_of[claim.id],
        )  # fmt: skip
    return back_to(back)


@routes.post("/claims/{id}/assign")
def assign_claim(
    desk: TheDesk, person: ThePerson, id: str, incident: Short, back: Short = "/", seen: Short = "", reason: Words = ""
) -> RedirectResponse:
    """The claim counts towards another incident."""
    with View(desk.ledger) as view:
        view.claim(id)
        other = view.incident(incident.strip())
        now = view.assignment(id)
    if now is not None and now.incident == other.id:
        raise HTTPException(422, "it counts towards that incident already")
    before = [now.incident] if now else []
    sign(desk, person, "assign", id, before=before, after=[other.id], reason=reason, seen=seen)
    return back_to(back)


@routes.post("/reports/{id}/claims")
def add_claim(
    desk: TheDesk, person: ThePerson, id: str, words: Words, number: Short = "", back: Short = "/", reason: Words = "",
    low: Short = "", high: Short = "", outcome: Short = "killed", victims: Many = None, certainty: Short = "asserted",
    source: Short = "", source_kind: Short = "", at: Short = "",
) -> RedirectResponse:  # fmt: skip
    """A claim that a person reads in the report: ``words`` are the report's own, ``number`` the part of them that gives the
    count. ``at`` is where they begin in the text, where scripts know it."""
    with View(desk.ledger) as view:
        document = view.document(id)
    field, span = _found(document, words, at)
    counted = _within(document.field_text(field), span, number) if number.strip() else span
    bounds = _bounds(low, high)
    if outcome not in OUTCOMES or certainty not in CERTAINTIES:
        raise HTTPException(422, "choose an outcome and how sure the source is from the lists")
    text = document.field_text(field)
    claim = Claim(
        record_id("clm", "by hand", id, field, *span, outcome, *counted),
        id,
        field,
        span,
        _source(text, span, source, source_kind),
        certainty=certainty,  # type: ignore[arg-type]
        content=(span,),
        tally=Tally(
            outcome,
            bounds["low"],
            bounds["high"],
            counted.of(text),
            counted,
            unknown=bounds["low"] is None and bounds["high"] is None,
            victims=tuple(name for name in VICTIM_CLASSES if name in (victims or [])) or ("people",),
            victims_text="",
        ),
    )
    sign(desk, person, "add", claim.id, after=_encoded(claim), reason=reason, seen="")
    return back_to(f"{back.partition('#')[0]}#{claim.id}")


# -- what the fields mean


def _wanted_tally(claim: Claim, low: str, high: str, outcome: str, victims: list[str]) -> dict[str, object]:
    """The fields of the count as the form gives them. Empty bounds mean unknown, never zero."""
    if claim.tally is None:
        return {}
    if outcome and outcome not in OUTCOMES:
        raise HTTPException(422, f"{outcome!r} is no outcome")
    wanted: dict[str, object] = {**_bounds(low, high), "outcome": outcome or claim.tally.outcome}
    classes = [name for name in VICTIM_CLASSES if name in victims]
    return wanted | {"victims": classes} if classes else wanted


def _wanted_claim(
    view: View, claim: Claim, certainty: str, source: str, source_kind: str, place: str, day: str
) -> dict[str, object]:
    """The other fields; an empty one asks for nothing."""
    wanted: dict[str, object] = {}
    if certainty:
        if certainty not in CERTAINTIES:
            raise HTTPException(422, f"{certainty!r} says not how sure a source is")
        wanted["certainty"] = certainty
    if source_kind == OWN_VOICE:
        wanted["source"] = None
    elif source.strip() and (claim.source is None or source.strip() != claim.source.name or source_kind):
        if source_kind and source_kind not in SOURCE_KINDS:
            raise HTTPException(422, f"{source_kind!r} is no kind of source")
        kind = source_kind or (claim.source.kind if claim.source and claim.source.kind != OWN_VOICE else "named")
        wanted["source"] = {"name": source.strip(), "kind": kind}
    if place.strip():
        wanted["place"] = _place_id(view, place.strip())
    if day.strip():
        wanted["when"] = {"start": _iso(day), "end": _iso(day)}
    return wanted


def _field(claim: Claim, name: str) -> object:
    """The claim's own value of a field that a correction may change."""
    if name == "source":
        return {"name": claim.source.name, "kind": claim.source.kind} if claim.source else None
    if name == "when":
        start, end = (claim.when.start, claim.when.end) if claim.when else (None, None)
        return {"start": start.isoformat() if start else None, "end": end.isoformat() if end else None}
    value = getattr(claim if name in ("certainty", "place") else claim.tally, name)
    return list(value) if isinstance(value, tuple) else value


def _bounds(low: str, high: str) -> dict[str, int | None]:
    least, most = _bound(low), _bound(high)
    if least is not None and most is not None and least > most:
        raise HTTPException(422, "the lower bound is above the upper one")
    return {"low": least, "high": most}


def _bound(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > 9:
        raise HTTPException(422, f"{text!r} is no number of people")
    return int(text)


def _place_id(view: View, name: str) -> str:
    found = view.places_named(name) or list(view.places_by_id([name]).values())
    if not found:
        raise HTTPException(
            422, f"no report in this ledger names a place {name!r}: write it as the list of places has it"
        )
    if len(found) > 1:
        told = "; ".join(f"{p.id} in {', '.join(part for part in (p.admin1, p.country) if part)}" for p in found[:6])
        raise HTTPException(422, f"several places go by {name!r}: give the id of the one that is meant ({told})")
    return found[0].id


def _iso(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise HTTPException(422, f"{text!r} is no day: write it as 2016-07-19") from error


def _found(document: Document, words: str, at: str) -> tuple[FieldName, Span]:
    """Where ``words`` stand in the report. White space may differ; two places and no ``at`` is a question, not a guess."""
    pieces = words.split()
    if not pieces:
        raise HTTPException(422, "copy the words of the claim from the report")
    fields: tuple[FieldName, ...] = ("text", "title")
    spots: list[tuple[FieldName, Span]] = []
    for field in fields:
        text = document.field_text(field)
        spots += [(field, span) for span in _occurrences(text, pieces)]
    if at.isdecimal() and any(field == "text" and span.start == int(at) for field, span in spots):
        return next((field, span) for field, span in spots if field == "text" and span.start == int(at))
    if not spots:
        raise HTTPException(422, "these words do not stand in the report: copy them from the cleaned text as they are")
    if len(spots) > 1:
        raise HTTPException(
            422, f"these words stand {len(spots)} times in the report: copy a few more, so that it is clear which"
        )
    return spots[0]


def _occurrences(text: str, pieces: list[str]) -> list[Span]:
    out: list[Span] = []
    start = text.find(pieces[0])
    while start >= 0:
        at = start
        for piece in pieces:
            at += len(text[at:]) - len(text[at:].lstrip())
            if not text.startswith(piece, at):
                break
            at += len(piece)
        else:
            out.append(Span(start, at))
        start = text.find(pieces[0], start + 1)
    return out


def _within(text: str, span: Span, number: str) -> Span:
    start = text.find(number.strip(), span.start, span.end)
    if start < 0:
        raise HTTPException(422, f"{number.strip()!r} does not stand in the words of the claim")
    return Span(start, start + len(number.strip()))


def _source(text: str, span: Span, name: str, kind: str) -> Source | None:
    if not name.strip() or kind == OWN_VOICE:
        return None
    if kind and kind not in SOURCE_KINDS:
        raise HTTPException(422, f"{kind!r} is no kind of source")
    start = text.find(name.strip(), span.start, span.end)
    where = Span(start, start + len(name.strip())) if start >= 0 else span
    return Source(name.strip(), where, name.strip(), kind or "named")  # type: ignore[arg-type]


def _encoded(claim: Claim) -> str:
    return json.dumps(asdict(claim), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


__all__ = ["CERTAINTIES", "OWN_VOICE", "SOURCE_KINDS", "routes"]
