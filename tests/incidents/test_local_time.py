"""The day at the place of the event, where the stamp of a report is of another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from firsthand.annotate.times import find_times
from firsthand.incidents.local_time import local_day, told_locally
from firsthand.incidents.placing import PlaceShares
from firsthand.incidents.timing import event_days
from firsthand.model import Annotation, Document, Layer, OffsetMap, Place, Sentence, Span

MOSUL = Place("plc-mosul", "Mosul", "IQ", lat=36.3, lon=43.1, precision=1)
DENVER = Place("plc-denver", "Denver", "US", lat=39.7, lon=-105.0, precision=1)
SUVA = Place("plc-suva", "Suva", "FJ", lat=-18.1, lon=178.4, precision=1)
IRAQ = Place("plc-iraq", "Iraq", "IQ", lat=33.0, lon=44.0, precision=6, kind="country")


def report(text: str, published: date, moment: datetime | None) -> tuple[Document, Annotation]:
    document = Document(
        "rep-1",
        "1",
        text,
        OffsetMap.identity(len(text)),
        published=published,
        published_at=moment,
        published_basis="given",
    )
    layer = Layer(sentences=(Sentence(Span(0, len(text))),), times=find_times(text, published=published))
    return document, Annotation("rep-1", text=layer)


@pytest.mark.parametrize(
    ("moment", "place", "day", "comment"),
    [
        (datetime(2024, 2, 3, 0, 40, tzinfo=UTC), MOSUL, date(2024, 2, 3), "03:40 there"),
        (datetime(2024, 2, 2, 23, 30, tzinfo=UTC), MOSUL, date(2024, 2, 3), "02:30 there"),
        (datetime(2024, 2, 2, 21, 10, tzinfo=UTC), MOSUL, None, "midnight there: no answer"),
        (datetime(2024, 2, 2, 23, 30, tzinfo=UTC), IRAQ, None, "a country may have several zones"),
        (datetime(2024, 2, 3, 2, 0, tzinfo=UTC), DENVER, date(2024, 2, 2), "19:00 the evening before"),
        (datetime(2024, 2, 2, 15, 0, tzinfo=UTC), SUVA, date(2024, 2, 3), "beside the date line"),
        (None, MOSUL, None, "no hour"),
        (datetime(2024, 2, 3, 2, 0, tzinfo=UTC), None, None, "no place"),
    ],
)
def test_day_at_the_place(moment: datetime | None, place: Place | None, day: date | None, comment: str) -> None:
    document, _ = report("Nothing.", date(2024, 2, 3), moment)
    assert local_day(document, place) == day, comment


@pytest.mark.parametrize(
    ("text", "published", "moment", "place", "day", "comment"),
    [
        (
            "Gunmen killed two late on Friday night.",
            date(2024, 2, 3),
            datetime(2024, 2, 3, 0, 40, tzinfo=UTC),
            MOSUL,
            date(2024, 2, 2),
            "the stamp's day is the place's: nothing changes",
        ),
        (
            "Gunmen killed two on Saturday at dawn.",
            date(2024, 2, 2),
            datetime(2024, 2, 3, 3, 0, tzinfo=UTC),
            MOSUL,
            date(2024, 2, 3),
            "stamped on Friday evening in New York, told of Saturday in Mosul",
        ),
        (
            "Gunmen killed two on Saturday at dawn.",
            date(2024, 2, 2),
            None,
            MOSUL,
            date(2024, 1, 27),
            "without an hour it is the Saturday before",
        ),
        (
            "Gunmen killed two last Saturday.",
            date(2024, 2, 2),
            datetime(2024, 2, 3, 3, 0, tzinfo=UTC),
            MOSUL,
            date(2024, 1, 27),
            "last Saturday is past in any zone",
        ),
    ],
)
def test_the_day_of_the_event_is_the_places(
    text: str, published: date, moment: datetime | None, place: Place, day: date, comment: str
) -> None:
    document, annotation = report(text, published, moment)
    annotation, _ = told_locally(document, annotation, (), place)
    places = PlaceShares({place.id: 0.8}, {}, {place.id: place})
    assert event_days(document, annotation, (), places=places).best == day, comment


def test_today_may_be_either_day() -> None:
    document, annotation = report(
        "A man shot two people today.", date(2024, 2, 3), datetime(2024, 2, 3, 2, 0, tzinfo=UTC)
    )
    (mention,) = told_locally(document, annotation, (), DENVER)[0].text.times
    assert mention.interval is not None
    assert (mention.interval.start, mention.interval.end) == (date(2024, 2, 2), date(2024, 2, 3))
    same, _ = told_locally(replace(document, published_at=None), annotation, (), DENVER)
    assert same == annotation
