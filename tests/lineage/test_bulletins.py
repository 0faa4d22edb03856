"""Forms that are filled in anew every day: each bulletin is a report of its own, whoever copies it shares its origin."""

import random

import pytest

from firsthand.lineage import trace
from firsthand.lineage.index import Index
from firsthand.model import Document

from .conftest import AGENCY, ELSEWHERE, Make, invented

PLACES = ("Dahra", "Kefr Amin", "Salhin", "Ain Sur", "Tel Hajar", "Zabd")
CAUSES = ("by shells on the vegetable market", "under torture", "by snipers", "by a mine", "in a raid on the camp")


def staff(day: int, pick: random.Random) -> str:
    """A general staff counts what the enemy lost."""
    killed, tanks, guns = (pick.randint(*limits) for limits in ((200, 900), (1, 15), (1, 30)))
    return f"""Losses of the invader from 2 February to {day} March, in all:

personnel – about {21000 + 560 * day + killed:,} (+{killed}) killed and wounded;
tanks – {480 + 8 * day + tanks:,} (+{tanks});
artillery pieces – {730 + 15 * day + guns:,} (+{guns});
aircraft – 41 (+0).

The data are being checked. Our strength is in the truth!"""


def prose(day: int, pick: random.Random) -> str:
    """The same as an agency writes it up every morning."""
    killed, tanks, guns = (pick.randint(*limits) for limits in ((200, 900), (1, 15), (16, 30)))
    return f"""KALINOVA, {day} March – Over the past day the defence forces put another {killed} enemy soldiers out of action, the \
staff said in its morning report.

In all the aggressor has lost about {21000 + 560 * day + killed:,} men since the invasion began.

It also lost {tanks} tanks, {guns} artillery pieces and several lorries within twenty-four hours.

Fierce fighting goes on along the eastern front."""


def victims(day: int, pick: random.Random) -> str:
    """An observatory counts the day's dead by place."""
    rows = [(pick.randint(1, 30), place, pick.choice(CAUSES)) for place in pick.sample(PLACES, pick.randint(2, 4))]
    lines = "\n".join(f"{place}: {count} persons, {cause}." for count, place, cause in rows)
    return f"""The Sarrin Network for Human Rights documented the death of {sum(row[0] for row in rows)} people on {day} March, as \
follows:

{lines}

The Network has been able to document the names and the places of death of these victims. It notes that the actual number may be \
higher because of the siege of several areas."""


def monitors(day: int, pick: random.Random) -> str:
    """Observers of a ceasefire report what they saw."""
    seen, ground = pick.randint(60, 700), pick.choice(("field", "yard", "lane"))
    return f"""Daily report {100 + day}, {day} March

The Mission recorded {seen} ceasefire violations in the Lugava region, including {seen // 3} explosions, compared with \
{seen - pick.randint(3, 40)} in the reporting period before.

Its freedom of movement continued to be restricted, also at checkpoints near {pick.choice(PLACES)}.

A resident of {pick.choice(PLACES)} showed the Mission {pick.randint(2, 9)} craters in a {ground}."""


FORMS = {"staff": staff, "prose": prose, "victims": victims, "monitors": monitors}


def series(make: Make, form: str, days: int) -> list[Document]:
    pick = random.Random(form)
    return [
        make(f"{form}{day:02}", FORMS[form](day, pick), day=day, site=f"{form}.example") for day in range(1, 1 + days)
    ]


def copies_of(make: Make, bulletins: list[Document]) -> list[Document]:
    return [
        make(
            f"copy-{one.source_id}",
            f"What the bulletin of the {one.published.day}th says\n\n{one.text}" if one.published else one.text,
            day=one.published.day if one.published else None,
            site="daily.example",
        )
        for one in bulletins[::2]
    ]


def expected(bulletins: list[Document], copies: list[Document]) -> list[tuple[str, ...]]:
    carried = {copy.id.replace("copy-", ""): copy.id for copy in copies}
    return sorted(tuple(sorted({one.id, carried.get(one.id, one.id)})) for one in bulletins)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("days", [3, 12])
def test_each_day_is_a_report_of_its_own_and_its_copies_are_found(make: Make, form: str, days: int) -> None:
    bulletins = series(make, form, days)
    copies = copies_of(make, bulletins)
    others = [make("agency", AGENCY, day=4), make("other", ELSEWHERE, day=6)]
    lineage = trace([*bulletins, *copies, *others])
    found = sorted(origin.reports for origin in lineage.origins if len(origin.reports) > 1 or form in origin.reports[0])
    assert found == expected(bulletins, copies)


def test_in_a_large_pile_of_all_forms(make: Make) -> None:
    bulletins = [one for form in FORMS for one in series(make, form, 28)]
    copies = copies_of(make, bulletins)
    fillers = [make(f"filler{k:02}", invented(k), day=1 + k % 28) for k in range(40)]
    lineage = Index([*bulletins, *copies, *fillers]).lineage()
    found = sorted(origin.reports for origin in lineage.origins if "filler" not in origin.reports[0])
    assert found == expected(bulletins, copies)


def test_days_that_share_a_form_share_no_statement(make: Make) -> None:
    """What one bulletin says about its day is not said again by the next."""
    bulletins = series(make, "prose", 3)
    text = {one.id: one.text for one in bulletins}
    lineage = trace([*bulletins, make("agency", AGENCY, day=4)])
    shared = [(s.reports[0], passage.source_span) for s in lineage.shared for passage in s.passages]
    assert shared
    assert not any("put another" in span.of(text[report]) for report, span in shared)


@pytest.mark.parametrize(
    ("before", "after"),
    [("killing 11 people and wounding 40", "killing 17 people and wounding 52"), ("18,000", "19,500")],
    ids=["higher toll", "correction"],
)
def test_a_copy_with_another_toll_or_a_correction_stays_a_copy(make: Make, before: str, after: str) -> None:
    documents = [make("first", AGENCY, day=4, site="a.example"), make("second", AGENCY.replace(before, after), day=5)]
    (origin,) = trace(documents).origins
    assert origin.reports == ("rep-first", "rep-second")
