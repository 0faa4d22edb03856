"""Time expressions against a table of cases, and what must hold for any text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.annotate.calendars import from_hijri
from firsthand.annotate.printing import estimated_day
from firsthand.annotate.times import find_times
from firsthand.model import DateClue, TimeMention
from firsthand.resources import table

from .tables import rows

CASES = Path(__file__).parent / "cases" / "times.tsv"


def spelled(mention: TimeMention) -> str:
    interval = mention.interval
    if interval is None:
        return "?"
    part = f"/{interval.part}" if interval.part else ""
    return f"{interval.start}..{interval.end}/{interval.granularity}{part}"


@pytest.mark.parametrize(("text", "published", "expected", "comment"), rows(CASES))
def test_meaning(text: str, published: str, expected: str, comment: str) -> None:
    found = find_times(text, published=date.fromisoformat(published) if published else None)
    assert "; ".join(map(spelled, found)) == ("" if expected == "-" else expected), comment


@pytest.mark.parametrize("row", table("times/readings.tsv"), ids=lambda row: str(row["name"]))
def test_readings_catch_their_example_and_leave_their_counter(row: dict[str, str]) -> None:
    published = date(2018, 5, 16)
    assert find_times(row["example"], published=published)
    assert not find_times(row["counter"], published=published)


@pytest.mark.parametrize("row", table("times/roles.tsv"), ids=lambda row: str(row["example"]))
def test_roles(row: dict[str, str]) -> None:
    published = date(2019, 5, 7)
    assert row["role"] in {m.role for m in find_times(row["example"], published=published)}
    assert {m.role for m in find_times(row["counter"], published=published)} <= {"event"}


def test_clues_bound_the_publication_day_and_settle_a_year_only_where_every_day_between_agrees() -> None:
    caption = DateClue("caption", "March 9, 2016", date(2016, 3, 9), date(2016, 3, 9))
    copyright_line = DateClue("copyright", "2016", date(2016, 1, 1), date(2016, 12, 31))

    def days(text: str, *clues: DateClue) -> list[object]:
        return [m.interval and m.interval.day for m in find_times(text, published=None, date_clues=clues)]

    # Published between 9 March and 31 December 2016: March 5 was that year's, October 18 may be either year's.
    assert days("killed on March 5", caption, copyright_line) == [date(2016, 3, 5)]
    assert days("killed on October 18", caption, copyright_line) == [None]
    # A caption alone may be years old, a copyright alone spans the year.
    assert days("killed on March 5", caption) == [None]
    assert days("killed on March 5", copyright_line) == [None]
    other_year = DateClue("copyright", "2014", date(2014, 1, 1), date(2014, 12, 31))
    assert days("killed on March 5", caption, other_year) == [None]
    assert days("killed on Monday", caption, copyright_line) == [None]


def test_tabular_islamic_calendar_against_known_days() -> None:
    # New year's days of the civil tabular calendar, from published conversion tables.
    assert from_hijri(1400, 1, 1) == date(1979, 11, 21)
    assert from_hijri(1420, 1, 1) == date(1999, 4, 17)
    assert from_hijri(1443, 1, 1) == date(2021, 8, 10)
    assert from_hijri(1443, 13, 1) is None


PIECES = st.sampled_from(
    [r[0] for r in rows(CASES)]
    + ["\n", ", ", " and ", "شُنّت غارة", "killed 12", "U.S.", "(AP) - ", "—", "31", "May", "1/2/3"]
)


@given(st.lists(PIECES, max_size=8).map(" ".join), st.one_of(st.none(), st.dates(date(1980, 1, 1), date(2039, 12, 31))))
def test_spans_are_ordered_and_their_own_text(text: str, published: date | None) -> None:
    found = find_times(text, published=published)
    end = 0
    for mention in found:
        assert mention.span.start >= end
        assert mention.span.of(text) == mention.text != ""
        end = mention.span.end
        interval = mention.interval
        if interval and interval.start and interval.end:
            assert interval.start <= interval.end
    assert found == find_times(text, published=published)


# -- undated reports

CAPTION = DateClue("caption", "6 March 2018", date(2018, 3, 6), date(2018, 3, 6))
COPYRIGHT = DateClue("copyright", "Copyright 2018", date(2018, 1, 1), date(2018, 12, 31))


@pytest.mark.parametrize(
    ("text", "clues", "expected", "comment"),
    [
        (
            "The council said on Friday that six died.",
            (CAPTION, COPYRIGHT),
            date(2018, 3, 9),
            "first Friday from it on",
        ),
        ("The council said Tuesday that six died.", (CAPTION, COPYRIGHT), date(2018, 3, 6), "the caption's own day"),
        ("Six died on Friday.", (CAPTION, COPYRIGHT), None, "nobody speaks on a day"),
        ("The council said on Friday that six died.", (CAPTION,), None, "no copyright year"),
        ("The council said on Friday that six died.", (COPYRIGHT,), None, "no caption"),
        (
            "The council said on Friday that six died.",
            (CAPTION, replace(COPYRIGHT, start=date(2019, 1, 1), end=date(2019, 12, 31))),
            None,
            "an older picture",
        ),
    ],
)
def test_estimated_day(text: str, clues: tuple[DateClue, ...], expected: date | None, comment: str) -> None:
    assert estimated_day(text, clues) == expected, comment


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Hill Radio News, 15 March 2018", date(2018, 3, 15)),
        ("Northern Bulletin – 15 March 2018", date(2018, 3, 15)),
        ("Market bombed, 15 March 2018", None),
        ("What the raid of 15 March 2018 left", None),
    ],
)
def test_the_day_in_a_bulletins_title_is_that_of_its_printing(title: str, expected: date | None) -> None:
    assert estimated_day("Six died on Monday.", (), title=title) == expected


def test_times_of_an_estimated_day_say_so() -> None:
    (mention,) = find_times("Six died on Monday.", published=None, printed=date(2018, 3, 9))
    assert mention.anchor == "estimate"
    assert mention.interval is not None
    assert mention.interval.day == date(2018, 3, 5)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Bombs hit market NEWSWIRE Saturday 10 March 2018 Rebels shelled a town.", "published"),
        ("March 10 2018 1849 UTC+3 A total of six died.", "published"),
        ("Rebels shelled a town on 10 March 2018. Six died.", "event"),
        ("The raid of 10 March 2018 Rebels called a defeat.", "event"),
    ],
)
def test_stamp_at_the_head_of_a_text(text: str, role: str) -> None:
    (mention,) = find_times(text, published=date(2018, 3, 10))
    assert mention.role == role


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The girl was still in hospital, doctors said Saturday.", date(2018, 3, 10)),
        ("The girl was shot on Saturday.", date(2018, 3, 3)),
        ("Doctors said last Saturday that she would live.", date(2018, 3, 3)),
        ("Doctors said Thursday that she would live.", date(2018, 3, 8)),
    ],
)
def test_nobody_is_quoted_by_the_weekday_of_six_days_ago(text: str, day: date) -> None:
    (mention,) = find_times(text, published=date(2018, 3, 9))  # a Friday
    assert mention.interval is not None
    assert mention.interval.day == day


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("(Photo taken on 6 March by a resident)", "published"),
        ("A picture taken late on Monday shows the crater.", "published"),
        ("Seven shot, three of them dead. — Station Six (@stationsix) March 8, 2018", "published"),
        ("ULMARI (March 8, 2018) – A guard was shot dead.", "published"),
        ("ULMARI, March 8 (Agency) – A guard was shot dead.", "published"),
        ("Flood Warning issued March 8 at 9:05AM", "published"),
        ("The video, released on Thursday, shows two men kneeling.", "said"),
        ("In a video posted on Thursday the gunmen show two men kneeling.", "said"),
        ("A mine went off on 8 March in Ulmari.", "event"),
        ("The ministry on Thursday rejected the report.", "said"),
        ("The group claimed on Thursday that it had shot two.", "said"),
    ],
)
def test_role_of_captions_posts_datelines_and_warnings(text: str, role: str) -> None:
    (mention,) = find_times(text, published=date(2018, 3, 9))
    assert mention.role == role
