"""Small hand-written inputs: claims, reports, incidents and origins with only what a test is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from firsthand.model import (
    Assignment,
    Claim,
    Document,
    Grouping,
    Incident,
    Interval,
    Lineage,
    OffsetMap,
    Origin,
    Phrase,
    Place,
    ReportClaims,
    ReportLink,
    Source,
    Span,
    Tally,
    Victim,
)

DAY = date(2009, 6, 20)


def source(name, kind="named", **more):
    return Source(text=name, span=Span(0, len(name)), name=name, kind=kind, **more)


def claim(
    report,
    number,
    who=None,
    *,
    outcome="killed",
    victims=("people",),
    at=0,
    kind="named",
    certainty="asserted",
    place=None,
    part_of=None,
    scope="incident",
    when=None,
    responsible=None,
    field="text",
    text=None,
    affiliation=None,
    approx=False,
    shift=0,
    length=40,
):
    """``number``: 16, (44, None), "dozens" (vague), "?" (said to be unknown) or None (no tally). The clause begins ``at`` and has
    ``length``; the count stands ``shift`` behind its begin."""
    tally = None
    if number is not None:
        low, high = (
            number if isinstance(number, tuple) else (number, number) if isinstance(number, int) else (None, None)
        )
        words = text or str(number)
        tally = Tally(
            outcome,
            low,
            high,
            words,
            Span(at + shift, at + shift + len(words)),
            approx=approx,
            vague=isinstance(number, str) and number != "?",
            unknown=number == "?",
            victims=victims,
            part_of=part_of,
            scope=scope,
        )
    name = f"{report}:{at + shift}:{number}:{who}:{'+'.join(victims)}:{outcome}:{field}"
    return Claim(
        id=name,
        report=report,
        field=field,
        span=Span(at, at + length),
        source=source(who, kind, affiliation=affiliation) if who else None,
        certainty=certainty,
        tally=tally,
        place=place,
        when=when,
        responsible=Phrase(responsible, Span(at, at + len(responsible))) if responsible else None,
    )


def document(report, text="", published=None):
    return Document(
        id=report, source_id=report, text=text, map=OffsetMap.identity(len(text)), published=published,
        published_basis="given" if published else "none",
    )  # fmt: skip


def town(name, country="SR", admin1="North", precision=1, kind="city", lat=None, lon=None):
    return Place(f"place:{name}", name, country, admin1, lat, lon, precision=precision, kind=kind)


def pile(
    claims: Sequence[Claim],
    *,
    origins: Sequence[Sequence[str]] = (),
    published=None,
    texts=None,
    places: Sequence[Place] = (),
    incident_places: Sequence[str] = (),
    victims: Sequence[Victim] = (),
    actors=(),
    perpetrators=(),
    alterations=(),
):
    """Everything ``reconcile`` takes, with all claims in one incident "inc"; reports of no origin are their own."""
    reports = sorted({c.report for c in claims} | {report for group in origins for report in group})
    grouped = {report for group in origins for report in group}
    groups = [*map(tuple, origins), *((report,) for report in reports if report not in grouped)]
    lineage = Lineage(
        origins=tuple(Origin(f"org:{group[0]}", f"Paper {group[0]}", group) for group in groups),
        alterations=tuple(alterations),
    )
    incident = Incident(
        "inc", "An attack", "attack", Interval(DAY, DAY), tuple(incident_places),
        tuple(ReportLink(report, True, 1.0, "") for report in reports), perpetrators=tuple(perpetrators),
    )  # fmt: skip
    main = incident_places[0] if incident_places else None
    grouping = Grouping(
        incidents=(incident,),
        assignments=tuple(Assignment(c.id, "inc", c.place or main, c.when, "") for c in claims),
        places=tuple(places),
        victims=tuple(victims),
        actors=tuple(actors),
    )
    found = [ReportClaims(report, tuple(c for c in claims if c.report == report)) for report in reports]
    pages = [document(report, (texts or {}).get(report, ""), (published or {}).get(report)) for report in reports]
    return {"grouping": grouping, "reports": found, "lineage": lineage, "documents": pages}


def figure(result, outcome="killed", victims="people", place=None):
    (found,) = [f for f in result.figures if (f.outcome, f.victims, f.place) == (outcome, victims, place)]
    return found


def range_of(result, outcome="killed", victims="people", place=None):
    found = figure(result, outcome, victims, place)
    return found.low, found.best, found.high


def kinds(result):
    return sorted(conflict.kind for conflict in result.conflicts)
