"""clean() as a whole: what goes, what stays, what was read first; and the map, whatever comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.clean import clean, why_silent
from firsthand.clean.lines import LEXICON
from firsthand.model import Document, RawReport
from firsthand.resources import table

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


def raw(body: str, **fields: str) -> RawReport:
    return RawReport("rep-1", "one", "one.txt", "00", "text", body, **fields)  # type: ignore[arg-type]


def assert_mapped(document: Document, source: str) -> None:
    for text, offsets in ((document.text, document.map), (document.title or "", document.title_map)):
        for run in offsets.runs:
            assert text[run.start : run.start + run.length] == source[run.source_start : run.source_start + run.length]


STORY = (
    "Shells fall on river town\n\nADEN, 4 May 2019 (Reuters) - Shells fell on a river town on Friday and killed nine people, "
    "its mayor said.\n\nThe mayor told The Associated Press that six of the dead were children.\n\nThe army did not comment."
)
CHROME = (
    "\n\nJane Sample in Aden contributed to this report.\n\nSmoke over the river on May 3, 2019. (Photo by A. Sample/Getty Images)"
    "\n\nCopyright 2019 The Associated Press. All rights reserved.\n\nRelated Articles\n\nTruce talks go on in the capital"
    "\n\nFollow us on Twitter\n\nLeave a Reply\n\nYour email address will not be published. Required fields are marked *"
)


def test_a_story_with_its_chrome() -> None:
    document = clean(raw(STORY + CHROME))
    assert document.title == "Shells fall on river town"
    assert document.text == (
        "Shells fell on a river town on Friday and killed nine people, its mayor said.\n\n"
        "The mayor told The Associated Press that six of the dead were children.\n\nThe army did not comment."
    )
    assert (document.published, document.published_basis, document.dateline) == (date(2019, 5, 4), "text", "ADEN")
    assert {(credit.kind, credit.agency) for credit in document.credits} == {
        ("dateline", "Reuters"),
        ("told", "Associated Press"),
        ("copyright", "Associated Press"),
        ("photo", "Getty Images"),
    }
    clues = {(clue.kind, clue.start, clue.end) for clue in document.date_clues}
    assert clues == {
        ("dateline", date(2019, 5, 4), date(2019, 5, 4)),
        ("caption", date(2019, 5, 3), date(2019, 5, 3)),
        ("copyright", date(2019, 1, 1), date(2019, 12, 31)),
    }
    assert_mapped(document, STORY + CHROME)


def test_a_copyright_year_is_no_publication_date() -> None:
    document = clean(
        raw(
            "Nine people were killed on Friday, the mayor said.\n\nCopyright 2019 The Example Agency. All rights reserved."
        )
    )
    assert document.published is None
    assert document.published_basis == "none"


def test_the_given_title_wins_and_its_copy_stays_in_the_text() -> None:
    body = "Shells fall on river town\n\nNine people were killed on Friday, the mayor said."
    document = clean(raw(body, title="Shells fall on river town", published="2019-05-04T10:00:00Z"))
    assert document.title == "Shells fall on river town"
    assert document.text == body
    assert document.title_map.runs == ()
    assert (document.published, document.published_basis) == (date(2019, 5, 4), "given")


def test_a_headline_at_the_head_of_a_page_is_its_title_and_not_its_text() -> None:
    story = "<p>Nine people were killed on Friday, the mayor said.</p><p>Two of them were porters at the mill.</p>"
    head = "<title>Shells fall on river town | Lake Courier</title>"
    page = f"<html><head>{head}</head><body><article><h1>Shells fall on river town</h1>{story}</article></body></html>"
    document = clean(replace(raw(page), media_type="html"))
    assert document.text.startswith("Nine people")
    assert document.title == "Shells fall on river town"
    assert document.title_map.runs


FLAT = [
    # A page flattened to one line: title, agency, date and share buttons run into the first sentence.
    (
        "Nine killed in raid Monitor AFP Friday 3 May 2019 Print Tweet Views 41 Nine people were killed.",
        date(2019, 5, 3),
        "Nine people",
    ),
    (
        "03-05-2019 Nine killed in raid Monitor. Nine people were killed in a raid.",
        date(2019, 5, 3),
        "Nine people were",
    ),
    ("Fri 03 May 2019 40 people were killed in a raid on a town.", date(2019, 5, 3), "40 people"),
    ("Last updated at May 032019 At least nine people were killed in a raid.", date(2019, 5, 3), "At least nine"),
]


@pytest.mark.parametrize(("body", "day", "begins"), FLAT)
def test_headers_of_flattened_pages(body: str, day: date, begins: str) -> None:
    document = clean(raw(body, title="Nine killed in raid Monitor"))
    assert document.published == day
    assert document.text.split("\n\n")[-1].startswith(begins)
    assert_mapped(document, body)


KEPT = [
    "May 3, 2019, was the day on which the town fell.",
    "Share prices fell in Aden on Monday after nine people were killed.",
    "“Leave a reply at the gate,” the guard had said.",
    "He told reporters that the agency Reuters Street is named after had closed.",
]


@pytest.mark.parametrize("sentence", KEPT)
def test_sentences_that_look_like_chrome_stay(sentence: str) -> None:
    assert clean(raw(sentence)).text == sentence


def test_a_comment_link_under_the_headline_does_not_take_the_story() -> None:
    body = "Shells fall on river town\n\nLeave a comment\n\n" + STORY.split("\n\n", 1)[1]
    assert clean(raw(body)).text.startswith("Shells fell on a river town")


def test_terminal_and_direction_controls_go() -> None:
    document = clean(raw("Nine people\x1b[31m were\u202e killed\x07 on\u00a0Friday.\x00"))
    assert document.text == "Nine people were killed on Friday."


def test_wrapped_lines_become_paragraphs() -> None:
    body = (
        "Nine people were killed on Friday when shells fell on a river town in\n"
        "the south of the country, its mayor said, and more than twenty others\n"
        "were taken to a hospital in the provincial capital for treatment.\n\nThe army did not comment.\n"
    )
    assert clean(raw(body)).text.count("\n\n") == 1


PIECES = st.one_of(
    st.sampled_from([row["example"] for row in table(LEXICON)]),
    st.sampled_from(
        [
            "Nine people were killed on Friday, the mayor said.",
            "BEIRUT (AP) — ",
            "Tue 05 Jul 2016",
            "\n\n",
            "\r\n",
            "chargĂ©",
            "“",
            "\u202e",
        ]
    ),
    st.text(max_size=30),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join), st.one_of(st.none(), st.text(max_size=30)))
def test_the_map_is_exact_for_any_text(body: str, title: str | None) -> None:
    document = clean(RawReport("rep-1", "one", "one.txt", "00", "text", body, title=title))
    assert_mapped(document, body)
    assert "\n\n\n" not in document.text
    assert document.text == document.text.strip()


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed reports are not beside this repository")
def test_seeds_lose_their_chrome_and_keep_their_dates() -> None:
    documents = {path.name[:3]: clean(raw(path.read_text(encoding="utf-8"))) for path in SEEDS.glob("*.txt")}
    for document in documents.values():
        for chrome in (
            "Leave a",
            "Related",
            "Source link",
            "[ad_",
            "Copyright",
            "Photo by",
            "Scroll to",
            "Back to top",
            "Ă",
        ):
            assert chrome not in document.text
            assert chrome not in (document.title or "")
    assert documents["003"].published is None
    assert documents["003"].date_clues == ()
    assert ("dateline", "Associated Press") in {(credit.kind, credit.agency) for credit in documents["001"].credits}
    assert {clue.kind for clue in documents["001"].date_clues} == {"copyright", "caption"}
    assert all(document.published_basis == "none" for document in documents.values())


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2019-05-04T23:30:00-02:00", datetime(2019, 5, 5, 1, 30, tzinfo=UTC)),
        ("2019-05-04T10:00:00Z", datetime(2019, 5, 4, 10, tzinfo=UTC)),
        ("2019-05-04T10:00:00", None),  # whose ten o'clock?
        ("2019-05-04T00:00:00Z", None),  # a day that a program wrote as a moment
        ("2019-05-04", None),
    ],
)
def test_a_moment_needs_an_hour_and_a_zone(given: str, moment: datetime | None) -> None:
    assert clean(raw("Nine people were killed on Friday, the mayor said.", published=given)).published_at == moment


@pytest.mark.parametrize(
    ("head", "title", "site", "day"),
    [
        (
            "Karoo Radio News, 4 May 1996\n\nMine kills three near Selm",
            "Mine kills three near Selm",
            "Karoo Radio News",
            4,
        ),
        (
            "Harar Gazette | Monday, May 6, 1996\nMine kills three near Selm",
            "Mine kills three near Selm",
            "Harar Gazette",
            6,
        ),
        # a place is no outlet, nor is a headline that ends with a day
        ("News from Selm, 4 May 1996", "News from Selm, 4 May 1996", None, None),
        ("Mine kills three near Selm, 4 May 1996", "Mine kills three near Selm, 4 May 1996", None, None),
    ],
)
def test_a_first_line_of_outlet_and_day_is_no_headline(
    head: str, title: str, site: str | None, day: int | None
) -> None:
    document = clean(
        raw(f"{head}\n\nThree men died when their truck hit a mine on the road to Selm, the mayor said on Friday.\n")
    )
    assert (document.title, document.site) == (title, site)
    assert document.published == (date(1996, 5, day) if day else None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Gunmen shot four men at a well in Orrin on Sunday, wounding two others.", ""),
        ("Three dead in Orrin.", ""),
        ("Drei Männer starben am Freitag, als ihr Wagen auf der Straße nach Orrin auf eine Mine fuhr.", "English"),
        ("Tres hombres murieron el viernes cuando su camión pisó una mina en la carretera de Orrin.", "English"),
        ("Трое мужчин погибли.", "English"),
        ("\n", "No text"),
    ],
)
def test_a_text_that_says_nothing_tells_why(text: str, told: str) -> None:
    assert told in why_silent(text)
    assert bool(told) == bool(why_silent(text))
