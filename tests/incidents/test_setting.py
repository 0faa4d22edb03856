"""Where a claim is set, and which claims speak of another event than the report's main one."""

from __future__ import annotations

from datetime import date

import pytest

from firsthand.incidents.profile import profile
from firsthand.incidents.setting import Setting
from firsthand.model import (
    Annotation,
    Claim,
    Document,
    Interval,
    Layer,
    OffsetMap,
    Place,
    PlaceMention,
    ReportClaims,
    Sentence,
    Source,
    Span,
    Tally,
)

WEST = Place("plc-west", "Westland", "WE", lat=10.0, lon=20.0, precision=6, kind="country")
EAST = Place("plc-east", "Eastland", "EA", lat=12.0, lon=24.0, precision=6, kind="country")
SOUTH = Place("plc-south", "Southland", "SO", lat=2.0, lon=24.0, precision=6, kind="country")
DARETH = Place("plc-dareth", "Dareth", "WE", "Hills", 10.1, 20.1, precision=1, kind="city")


def settings(
    text: str,
    counts: dict[str, str],
    *places: Place,
    source: str = "",
    qualifying: str = "",
    victims: str = "",
    whens: dict[str, Interval] | None = None,
    published: date | None = None,
) -> dict[str, Setting]:
    """The settings of a report's claims by their words. ``counts`` maps the words of each count to its outcome; each place is
    marked wherever its name stands, merely qualifying what follows the words ``qualifying``. ``victims``: who they were;
    ``whens``: when a count's clause puts it."""
    sentences, start = [], 0
    for part in text.split(". "):
        sentences.append(Sentence(Span(start, start + len(part))))
        start += len(part) + 2
    mentions = sorted(
        (
            PlaceMention(
                Span(at, at + len(p.name)), p.name, p, locative=not (qualifying and text[:at].endswith(qualifying))
            )
            for p in places
            for at in range(len(text))
            if text.startswith(p.name, at)
        ),
        key=lambda m: m.span,
    )
    claims = []
    for words, outcome in counts.items():
        span = Span(text.index(words), text.index(words) + len(words))
        said = None
        if source:
            at = text.index(source)
            said = Source(source, Span(at, at + len(source)), source, "role")
        tally = Tally(outcome, 3, 3, words, span, victims_text=victims)  # type: ignore[arg-type]
        claims.append(Claim(words, "rep-1", "text", span, source=said, tally=tally, when=(whens or {}).get(words)))
    document = Document("rep-1", "1", text, OffsetMap.identity(len(text)), published=published)
    annotation = Annotation("rep-1", text=Layer(sentences=tuple(sentences), places=tuple(mentions)))
    found = profile(document, annotation, ReportClaims("rep-1", tuple(claims)))
    return dict(found.settings)


def test_two_countries_named_in_one_breath_are_both_the_main_events() -> None:
    text = (
        "Jets struck camps in Westland and Eastland on Friday. Officials in Westland said 16 died in Westland. "
        "Westland mourned in Westland. A monitor said the strikes in Eastland killed 23."
    )
    found = settings(text, {"16": "killed", "23": "killed"}, WEST, EAST)
    assert [found[c].place for c in ("16", "23")] == [WEST, EAST]
    assert not any(s.background for s in found.values())


def test_a_country_named_alone_is_that_of_another_event() -> None:
    text = (
        "Jets struck camps in Westland on Friday. In Westland 16 were killed, officials in Westland said. "
        "Westland mourned in Westland. They answered a raid in Eastland. Strikes in Westland go on. "
        "An attack in Southland killed three."
    )
    found = settings(text, {"16": "killed", "three": "killed"}, WEST, EAST, SOUTH)
    assert (found["16"].background, found["three"].background) == (False, True)
    assert "Southland" in found["three"].why


def test_what_is_set_abroad_beside_the_cause_is_the_causes_too() -> None:
    text = (
        "Jets struck camps in Westland on Friday in retaliation for a raid that killed three soldiers in Eastland. "
        "Officials in Westland said 16 were killed in Westland. Jets were seen in Westland. "
        "The raid in Eastland killed the soldiers, the army said."
    )
    found = settings(text, {"three soldiers": "killed", "16": "killed", "the soldiers": "killed"}, WEST, EAST)
    assert [found[c].background for c in ("three soldiers", "16", "the soldiers")] == [True, False, True]


@pytest.mark.parametrize(
    ("source", "place"),
    [("The mayor of Dareth", DARETH), ("The friends of Dareth", None)],
)
def test_a_local_office_counts_in_its_own_town(source: str, place: Place | None) -> None:
    text = f"Jets struck camps on Friday. {source} said one civilian was killed."
    found = settings(text, {"one civilian": "killed"}, DARETH, source=source)
    assert found["one civilian"].place == place


OTTIA = Place("plc-ottia", "Ottia", "WE", "Plains", 12.1, 20.1, precision=1, kind="city")


@pytest.mark.parametrize(
    ("second", "other", "comment"),
    [
        ("In a separate attack a mine killed three drivers.", True, "said to be another"),
        ("In another village gunmen killed three drivers.", True, "said to be another"),
        ("Meanwhile in Ottia three drivers were killed.", True, "another town"),
        ("Meanwhile, three drivers were killed, the army said.", False, "nothing says where"),
        ("The raid came as a mine killed three drivers in Ottia.", True, "another town"),
        ("The town, which the League seized in a battle that killed three drivers, is quiet.", True, "older"),
        ("He said that three drivers died of their wounds in a hospital in Ottia.", False, "wounded in the raid"),
    ],
)
def test_what_is_told_beside_the_main_event(second: str, other: bool, comment: str) -> None:
    text = f"Jets struck Dareth and killed nine people in Dareth. {second}"
    found = settings(text, {"nine people": "killed", "three drivers": "killed"}, DARETH, OTTIA)
    assert (found["nine people"].background, found["three drivers"].background) == (False, other), comment


def test_what_is_told_first_is_the_reports_own_though_its_words_set_attacks_apart() -> None:
    text = "Raiders in three separate attacks near Dareth killed ten people. In another raid three died"
    found = settings(text, {"ten people": "killed", "three died": "killed"}, DARETH)
    assert [found[words].background for words in ("ten people", "three died")] == [False, True]


def test_the_country_of_the_victims_is_not_where_they_died() -> None:
    text = "At Dareth nine Eastland traders were shot by guards. In Westland the guards said little. Westland is calm."
    found = settings(text, {"nine": "killed"}, DARETH, WEST, EAST, qualifying="nine ", victims="Eastland traders")
    assert (found["nine"].place, found["nine"].background) == (DARETH, False)


@pytest.mark.parametrize(
    ("text", "background"),
    [
        ("The army carried out retaliatory raids on Dareth that killed nine people.", False),
        ("A revenge attack on Dareth killed nine people.", False),
        ("Jets struck Dareth in retaliation for a raid that killed nine people.", True),
        ("Jets struck Dareth in revenge for a raid that killed nine people.", True),
    ],
)
def test_an_attack_that_answers_another_is_not_the_one_answered(text: str, background: bool) -> None:
    assert settings(text, {"nine people": "killed"}, DARETH)["nine people"].background == background


@pytest.mark.parametrize(
    ("when", "kept"),
    [
        (Interval(date(1998, 6, 1), date(1998, 6, 30), "month"), False),
        (Interval(date(1998, 4, 1), date(1998, 4, 30), "month"), True),
    ],
)
def test_a_month_still_to_come_is_no_time_of_what_has_been(when: Interval, kept: bool) -> None:
    text = "A cleric was found dead at Dareth, a month after he was seized."
    found = settings(text, {"A cleric": "killed"}, DARETH, whens={"A cleric": when}, published=date(1998, 5, 4))
    assert (found["A cleric"].when is not None) == kept
