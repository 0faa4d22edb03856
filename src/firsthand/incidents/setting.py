"""Where and when each claim of a report is set, and whether it speaks of the report's main event.

A claim's place and time are those its clause states, else none: what surrounding sentences say is the incident's to give.
A claim is of another event where its words say so ("in retaliation for a raid that killed three"), or where the clause names
a country, a far town or a day that cannot be the main event's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from firsthand.model import Annotation, Claim, Document, Interval, Layer, Place, PlaceMention, Sentence, Span

from .cues import beside, cues, is_background, is_cause
from .placing import FINE, PlaceShares, distance_km
from .spelling import spelt
from .timing import DayShares

# A place or time this many characters from the count still belongs to it; beyond, it is another clause's.
_REACH = 120
# A place that only qualifies a noun ("the Syria strikes") counts as so much further off than one at which something happens.
_QUALIFIES = 60
# A town this far from all main towns is another event's: the same operation seldom strikes wider in one night.
_FAR_KM = 60.0
# A hospital or the police of a place count what happened elsewhere too.
_LOCAL_OFFICE = re.compile(r"\b(?:mayor|municipal\w*|(?:town|city|village) council)\b", re.I)
# A country with less than this of the attention that the first has is not where the main event was; of towns likewise.
_MINOR_COUNTRY = 0.1
_MINOR_TOWN = 0.2
# A day this far from every likely day of the main event is another event's.
_OTHER_DAYS = 2
# A town nearer to the main one than this may be a part of it. A day is the report's own where so much speaks for it; then a claim
# set in another town on another day is of another event. Who died of the main one later or elsewhere, by words this near, did not.
_NEAR_KM = 3.0
_SURE_DAY = 0.3
_AFTER = 60
_DIED_LATER = re.compile(
    r"\b(?:died|dies|succumb\w*|treat\w*|taken|brought|rushed|evacuated)\b[^.;]{0,60}\b(?:hospitals?|clinics?|wounds|injur(?:y|ies))\b"
    r"|\b(?:bodies|morgues?|buried)\b",
    re.I,
)
# Characters behind "the town that rebels had seized" within which a count is that of the seizing.
_GROUND_REACH = 80
_LIKELY_DAY = 0.08


@dataclass(frozen=True)
class Setting:
    """Where and when a claim is set (None where its clause does not say), its sentence, and whether it is background."""

    place: Place | None
    when: Interval | None
    sentence: Span
    background: bool
    why: str = ""


def settings_of(
    document: Document, annotation: Annotation, claims: Iterable[Claim], days: DayShares, places: PlaceShares
) -> dict[str, Setting]:
    """The setting of every claim with a count, by claim id. ``days`` and ``places`` are those of the main event."""
    known = {m.place.id: m.place for layer in (annotation.title, annotation.text) for m in layer.places if m.place}
    out = {}
    counted = [claim for claim in claims if claim.tally is not None]
    first = min(counted, key=lambda c: (c.field != "title", c.tally.span if c.tally else c.span), default=None)
    for claim in counted:
        assert claim.tally is not None
        layer = annotation.layer(claim.field)
        index = bisect_right(layer.sentences, claim.tally.span.start, key=lambda sentence: sentence.span.start) - 1
        sentence = layer.sentences[index] if index >= 0 else Sentence(claim.span)
        text = document.field_text(claim.field)
        place = known.get(claim.place or "") or _place(claim, layer, sentence.span, text)
        when = claim.when or _time(claim, layer, sentence.span)
        if when is not None and _is_to_come(when, document.published):
            when = None  # "found dead a month after he was seized": no month of what has been
        if place is None and any(cue.kind == "same_place" for cue in cues(sentence.span.of(text), "relation")):
            place = places.main  # "a strike on the same market": where the report's own event was
        setting = Setting(place, when, sentence.span, claim.background, "its words tell of an earlier event")
        if not claim.background:
            opens = first is not None and (claim.field, claim.span) == (first.field, first.span)
            why = _other_event(claim, text, sentence.span, place, when, days, places, opens=opens)
            setting = replace(setting, background=bool(why), why=why)
        out[claim.id] = setting
    return _with_places_shared(out, places)


def _with_places_shared(found: dict[str, Setting], places: PlaceShares) -> dict[str, Setting]:
    """What is set abroad where another event of the report was speaks of that other event."""
    home = {places.main.country if places.main else None, *(places.places[p].country for p in places.joint)}
    others = {
        s.place.id for s in found.values() if s.background and s.place is not None and s.place.country not in home
    }
    return {
        claim: replace(s, background=True, why=f"its clause is set in {s.place.name}, as that of another event is")
        if not s.background and s.place is not None and s.place.id in others
        else s
        for claim, s in found.items()
    }


def _place(claim: Claim, layer: Layer, sentence: Span, text: str) -> Place | None:
    """The place of the claim's clause: the nearest that something happens at, not one inside its source, nor that of another
    event which the claim's own answers."""
    assert claim.tally is not None
    told = sentence.of(text)
    victims = _victims(claim, text)
    of_cause = is_cause(told, claim.tally.span.start - sentence.start)
    best: tuple[int, int, Place] | None = None
    for mention in layer.places:
        if mention.place is None or not sentence.covers(mention.span) or _of_source(claim, mention):
            continue
        if not mention.locative and victims.covers(mention.span):
            continue  # "nine Chadian traders" may have died anywhere
        if is_cause(told, mention.span.start - sentence.start) != of_cause:
            continue
        distance = _gap(claim.tally.span, mention.span) + (0 if mention.locative else _QUALIFIES)
        # Of two places told in one breath the narrower is meant ("in Qaim, near the Syrian border").
        key = (distance + 10 * mention.place.precision, mention.span.start, mention.place)
        if distance <= _REACH and (best is None or key[:2] < best[:2]):
            best = key
    return best[2] if best else _place_of_office(claim, layer)


def _victims(claim: Claim, text: str) -> Span:
    """The words that count and name the victims."""
    assert claim.tally is not None
    span, words = claim.tally.span, claim.tally.victims_text
    found = text.find(words, span.start, span.end + _REACH) if words else -1
    return Span(span.start, max(span.end, found + len(words)))


def _place_of_office(claim: Claim, layer: Layer) -> Place | None:
    """The town of a local office: what the mayor of a town counts, he counts there unless he says otherwise."""
    source = claim.source
    if source is None or _LOCAL_OFFICE.search(source.text) is None:
        return None
    towns = [m.place for m in layer.places if m.place and m.place.kind in FINE and source.span.covers(m.span)]
    return towns[0] if len(towns) == 1 else None


def _of_source(claim: Claim, mention: PlaceMention) -> bool:
    source = claim.source
    return source is not None and source.span.overlaps(mention.span)


def _time(claim: Claim, layer: Layer, sentence: Span) -> Interval | None:
    assert claim.tally is not None
    found = [
        (_gap(claim.tally.span, m.span), m.span.start, m.interval)
        for m in layer.times
        if m.interval is not None and m.role == "event" and sentence.covers(m.span) and _tells_day(m.interval)
    ]
    near = [f for f in found if f[0] <= _REACH]
    return min(near, key=lambda f: f[:2])[2] if near else None


def _tells_day(interval: Interval) -> bool:
    """Whether a time says on what day something was. Longer times beside a count are those of a war, a body's founding or a
    campaign as often as the event's; the claims room, which has the parse, tells those apart."""
    return interval.granularity in ("part", "day", "days") and interval.days is not None


def _is_to_come(when: Interval, printed: date | None) -> bool:
    """Whether a time longer than some days begins after the day of printing."""
    return printed is not None and when.start is not None and when.start > printed and not _tells_day(when)


def _gap(a: Span, b: Span) -> int:
    return max(b.start - a.end, a.start - b.end, 0)


def _other_event(
    claim: Claim,
    text: str,
    sentence: Span,
    place: Place | None,
    when: Interval | None,
    days: DayShares,
    places: PlaceShares,
    *,
    opens: bool,
) -> str:
    """Why the claim speaks of another event than the main one; empty where it does not. ``opens``: nothing is counted before it, so
    that "three separate attacks" are the report's own."""
    assert claim.tally is not None
    words, offset = sentence.of(text), claim.tally.span.start - sentence.start
    if is_cause(words, offset):
        return "its words name it as what the main event answers"
    if is_background(words, offset, reach=_GROUND_REACH):
        return "its words tell how the place came into other hands"
    around = Span(max(sentence.start, claim.span.start - _AFTER), min(sentence.end, claim.span.end + _AFTER))
    if _DIED_LATER.search(around.of(text)):
        return ""
    away = place is not None and _is_another_town(place, places)
    later = when is not None and _excludes(when, days)
    told = "" if opens else beside(words, offset)
    if told == "separate" or (told and (away or later)):
        return "its words set it beside the main event"
    if place is not None and (why := _elsewhere(place, places)):
        return why
    if when is not None and _another_day(when, days):
        return "its clause names a day that is not the main event's"
    if place is not None and away and later:
        return f"its clause is set in {place.name} on a day that is not the main event's"
    return ""


def _is_another_town(place: Place, places: PlaceShares) -> bool:
    """Whether a claim's town is not the report's likeliest one, nor a spelling of it, nor too near it to tell."""
    main = places.main
    if main is None or main.kind not in FINE or place.kind not in FINE or place.id in places.near:
        return False
    distance = distance_km(place, main)
    return (
        place.id != main.id and spelt(place.name) != spelt(main.name) and distance is not None and distance > _NEAR_KM
    )


def _excludes(when: Interval, days: DayShares) -> bool:
    """Whether a claim's time leaves out the report's likeliest day, where the report names one."""
    best = days.best
    if best is None or when.start is None or when.end is None or days.named.get(best, 0.0) < _SURE_DAY:
        return False
    return not when.start <= best <= when.end


def _elsewhere(place: Place, places: PlaceShares) -> str:
    shares = _countries(places)
    joint = {places.places[p].country for p in places.joint}
    if (
        place.country
        and place.country not in joint
        and shares
        and shares.get(place.country, 0.0) < _MINOR_COUNTRY * max(shares.values())
    ):
        return f"its clause is set in {place.name}, outside the countries of the main event"
    if place.kind in FINE and places.fine and place.precision <= 2:
        main = [p for p, share in places.fine.items() if share >= _MINOR_TOWN * max(places.fine.values())]
        far = [distance_km(place, places.places[p]) for p in main]
        if main and all(d is not None and d > _FAR_KM for d in far):
            return f"its clause is set in {place.name}, far from the main event"
    return ""


def _countries(places: PlaceShares) -> Mapping[str, float]:
    """The shares of the report's attention by country, out of 1."""
    out: dict[str, float] = {}
    for shares in (places.fine, places.coarse):
        for place, share in shares.items():
            country = places.places[place].country
            if country:
                out[country] = out.get(country, 0.0) + share
    total = sum(out.values())
    return {country: share / total for country, share in out.items()}


def _another_day(when: Interval, days: DayShares) -> bool:
    likely = [d for d, share in days.shares.items() if share >= _LIKELY_DAY]
    if not likely or not days.named or when.start is None or when.end is None:
        return False
    margin = timedelta(days=_OTHER_DAYS)
    return all(day > when.end + margin or day < when.start - margin for day in likely)
