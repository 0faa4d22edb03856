"""When an event was: which of the days that a report names tell it, and what an undated report can still say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.incidents.describe import incident_days
from firsthand.incidents.evidence import weekday_part
from firsthand.incidents.mentions import narrowed
from firsthand.incidents.placing import PlaceShares
from firsthand.incidents.profile import profile
from firsthand.incidents.timing import DayShares, event_days
from firsthand.model import (
    Annotation,
    Document,
    Interval,
    Layer,
    OffsetMap,
    Place,
    PlaceMention,
    Sentence,
    Span,
    TimeMention,
    latest_weekday,
)

FRIDAY, SATURDAY, SUNDAY = date(2031, 5, 16), date(2031, 5, 17), date(2031, 5, 11)


def on(day: date) -> Interval:
    return Interval(day, day)


def read(text: str, *mentions: TimeMention, published: date | None = None) -> tuple[Document, Annotation]:
    """A report of one sentence, with the times in it."""
    document = Document("rep-1", "1", text, OffsetMap.identity(len(text)), published=published)
    return document, Annotation("rep-1", text=Layer(sentences=(Sentence(Span(0, len(text))),), times=mentions))


def time(text: str, words: str, interval: Interval | None, role: str = "event") -> TimeMention:
    start = text.index(words)
    return TimeMention(Span(start, start + len(words)), words, interval, role=role)  # type: ignore[arg-type]


def shares(text: str, *mentions: TimeMention, **options: date | None) -> DayShares:
    document, annotation = read(text, *mentions, published=options.get("published"))
    return event_days(document, annotation, (), printed=options.get("printed"))


def test_the_day_of_the_event_outweighs_the_day_of_speech() -> None:
    text = "Shells hit the mill on Friday and killed two, the mayor said Saturday."
    found = shares(text, time(text, "Friday", on(FRIDAY)), time(text, "Saturday", on(SATURDAY), "said"))
    assert found.best == FRIDAY
    assert found.named[FRIDAY] > 2 * found.named[SATURDAY]


def test_the_stamp_of_a_page_is_no_day_of_the_event() -> None:
    text = "Saturday 17 May 2031 Shells hit the mill on Friday and killed two."
    found = shares(
        text, time(text, "Saturday 17 May 2031", on(SATURDAY), "published"), time(text, "Friday", on(FRIDAY))
    )
    assert set(found.named) == {FRIDAY}


def test_what_the_event_answers_has_another_day() -> None:
    text = "Jets struck two camps on Friday in retaliation for a raid that killed three on Sunday."
    found = shares(text, time(text, "Friday", on(FRIDAY)), time(text, "Sunday", on(SUNDAY)))
    assert found.named[FRIDAY] > 10 * found.named[SUNDAY]


@pytest.mark.parametrize("granularity", ["week", "month", "year"])
def test_longer_times_name_no_day(granularity: str) -> None:
    text = "Shells killed two this week."
    found = shares(text, time(text, "this week", Interval(FRIDAY, SATURDAY, granularity)))  # type: ignore[arg-type]
    assert not found.named


def test_an_undated_report_keeps_its_weekdays_and_no_day() -> None:
    text = "Shells hit the mill on Friday night and killed two."
    found = shares(text, time(text, "Friday night", None))
    assert not found.shares
    assert set(found.weekdays) == {4}


def test_a_copy_that_dates_a_report_dates_its_weekdays() -> None:
    text = "Shells hit the mill on Friday night and killed two."
    found = shares(text, time(text, "Friday night", None), printed=SATURDAY)
    assert found.best == FRIDAY


def test_an_incident_has_the_day_of_an_undated_reports_weekday_beside_a_dated_one() -> None:
    dated = "Shells killed two at the mill."
    undated = "Shells hit the mill on Friday night and killed two."
    profiles = [
        profile(*read(dated, published=SATURDAY), None),
        profile(*read(undated, time(undated, "Friday night", None)), None),
    ]
    assert profiles[1].published is None
    assert FRIDAY in (incident_days(profiles).start, incident_days(profiles).end)


def test_undated_reports_of_other_weekdays_are_held_apart() -> None:
    friday, monday = DayShares({}, {}, weekdays={4: 0.7}), DayShares({}, {}, weekdays={0: 0.7})
    assert weekday_part(friday, friday).weight > 0 > weekday_part(friday, monday).weight
    assert weekday_part(DayShares({FRIDAY: 0.7}, {}), friday).weight > 0
    assert weekday_part(DayShares({FRIDAY: 0.7}, {}), DayShares({SATURDAY: 0.7}, {})).weight == 0


def test_a_narrower_time_wins_over_the_wider_that_holds_it() -> None:
    weekend = Interval(SUNDAY - timedelta(1), SUNDAY, "days")
    assert narrowed([weekend, on(SUNDAY)]) == on(SUNDAY)
    assert narrowed([]) is None


@given(st.integers(0, 6), st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_the_latest_weekday_lies_in_the_week_up_to_the_day(weekday: int, day: date) -> None:
    found = latest_weekday(weekday, day)
    assert found.weekday() == weekday
    assert timedelta(0) <= day - found < timedelta(7)


@pytest.mark.parametrize(
    ("text", "own", "other", "comment"),
    [
        ("Shells killed two on Friday in the town that rebels had seized on Sunday.", "Friday", "Sunday", "ground"),
        (
            "A bomb killed two shopkeepers at the market on Friday; elsewhere, a mine killed one on Sunday.",
            "Friday",
            "Sunday",
            "beside",
        ),
        ("The raid on Friday came days after a bomb killed two on Sunday.", "Friday", "Sunday", "beside"),
        ("The girl was shot on Friday and was in critical condition on Sunday.", "Friday", "Sunday", "state"),
        (
            "A man was charged on Sunday over Friday’s deadly shooting.",
            "Friday’s",
            "Sunday",
            "a day that owns an event",
        ),
        ("He confessed on Sunday that he had shot her on Friday.", "Friday", "Sunday", "court"),
    ],
)
def test_a_day_of_something_else_counts_less(text: str, own: str, other: str, comment: str) -> None:
    found = shares(text, time(text, own, on(FRIDAY)), time(text, other, on(SUNDAY)))
    assert found.best == FRIDAY, comment
    assert found.named[FRIDAY] > 1.5 * found.named[SUNDAY], comment


def test_a_report_of_the_aftermath_names_its_own_day_for_what_followed() -> None:
    text = "The trial over the shooting opened on Saturday; the judge heard that the shooting was on Friday."
    named = shares(text, time(text, "Saturday", on(SATURDAY)), time(text, "Friday", on(FRIDAY)), published=SATURDAY)
    later = shares(text, time(text, "Saturday", on(SATURDAY)), time(text, "Friday", on(FRIDAY)))
    assert named.late > 0.3
    assert named.named[SATURDAY] < later.named[SATURDAY]


def test_a_day_told_only_of_a_far_town_is_another_events() -> None:
    near = Place("plc-near", "Dareth", "WE", lat=10.0, lon=20.0, precision=1)
    far = Place("plc-far", "Ottia", "WE", lat=12.0, lon=20.0, precision=1)
    text = "Shells killed two in Dareth. In Ottia a bomb killed one on Sunday. The shells fell on Friday."
    mentions = tuple(PlaceMention(Span(text.index(p.name), text.index(p.name) + 5), p.name, p) for p in (near, far))
    sentences = tuple(Sentence(Span(m, n)) for m, n in ((0, 28), (29, 66), (67, len(text))))
    times = (time(text, "Sunday", on(SUNDAY)), time(text, "Friday", on(FRIDAY)))
    document = Document("rep-1", "1", text, OffsetMap.identity(len(text)))
    annotation = Annotation("rep-1", text=Layer(sentences=sentences, times=times, places=mentions))
    alone = event_days(document, annotation, ())
    places = PlaceShares({near.id: 0.7, far.id: 0.1}, {}, {p.id: p for p in (near, far)})
    assert alone.best == SUNDAY
    assert event_days(document, annotation, (), places=places).best == FRIDAY
