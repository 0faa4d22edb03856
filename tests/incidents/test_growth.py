"""A pile that grows: adding reports gives what grouping the whole pile gives."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand import pipeline
from firsthand.incidents import Given, regrouping, with_bodies
from firsthand.incidents.group import grouped
from firsthand.incidents.growth import pages_of
from firsthand.incidents.pages import KINDS, PileState
from firsthand.incidents.pages import read as read_page
from firsthand.incidents.part import Regrouping
from firsthand.ledger import Reading, View, Writer
from firsthand.model import Grouping, Lineage, Origin, RawReport, Settings, record_id, standing
from firsthand.runners.local import bring_grouping

FIRST = date(2031, 5, 10)
TARGETS = ("the grain market", "the water works", "a convoy of flour", "the old mill", "a school")
MEANS = ("Shells struck", "Gunmen attacked", "A bomb hit", "Jets bombed")
PEOPLE = ("Pella Orrin", "Tam Vosk", "Rudo Hale", "Mirra Stane", "Joss Hale")
SPEAKERS = (("Hale", "mayor"), ("Rudo Hale", "surgeon"), ("Tam Vosk", "spokesman"), ("Vosk", "spokesman"))
BODIES = ("Vell Relief Council", "VRC", "Veteran Riders Club", "River Front")
TOWNS = ("Darrun", "Sennick", "Old Sennick", "Marrow Bay")


def drawn(told: Callable[..., object], number: int, dice: random.Random, span: int = 9, later: int = 0) -> object:
    """A report of one of the attacks of ``span`` days; a third tell of an earlier one too. One printed ``later`` reads its own days
    into the same words."""
    first = FIRST + timedelta(later)
    town, day, target = dice.choice(TOWNS), dice.randint(1, span), dice.choice(TARGETS)
    when, killed = (first + timedelta(day)).isoformat(), dice.randint(2, 9)
    person, body, (speaker, role) = dice.choice(PEOPLE), dice.choice(BODIES), dice.choice(SPEAKERS)
    text = f"{dice.choice(MEANS)} {target} in {town} on day{day} and killed {killed} people. {person} said so."
    text += f" The {body} sent a car. The {role} {speaker} thanked it."
    tolls = [(f"{killed} people", "killed", killed)]
    days, places, background = [(f"day{day}", when)], [town], []
    if dice.random() < 0.35:
        other = dice.choice([t for t in TOWNS if t not in town and town not in t])
        dead = "three men"
        text += f" A raid in {other} on day0 had killed {dead}."
        tolls.append((dead, "killed", 3))
        days.append(("day0", (first - timedelta(dice.randint(1, span))).isoformat()))
        places.append(other)
        background.append(dead)
    published = None if dice.random() < 0.1 else (first + timedelta(day + dice.randint(0, 1))).isoformat()
    return told(
        f"r{number}", text, title=f"{killed} killed at {target} in {town}", published=published,
        days=days, places=places, tolls=tolls, background=background,
        people=[(name, "person") for name in sorted({person, speaker})] + [(body, "organisation")],
        sources=[(speaker, role, "named")], victims=[person] if dice.random() < 0.3 else [],
    )  # fmt: skip


def drawn_pile(told: Callable[..., object], size: int, dice: random.Random, span: int) -> list[object]:
    """Reports of which some are word for word that before them, as printed some days later."""
    out: list[object] = []
    seed = 0
    for number in range(size):
        again = number % 2 == 1 and dice.random() < 0.2
        seed = seed if again else dice.randint(0, 10**6)
        out.append(drawn(told, number, random.Random(seed), span, dice.randint(0, 8) if again else 0))
    return out


def copies(pile: list[object], dice: random.Random) -> Lineage:
    """Some pairs of neighbours in the pile, and all that are of the same words, as copies of one text."""
    ids = [t.id for t in pile]  # type: ignore[attr-defined]
    texts = [t.document.text for t in pile]  # type: ignore[attr-defined]
    pairs = [
        (ids[n], ids[n + 1]) for n in range(0, len(ids) - 1, 2) if texts[n] == texts[n + 1] or dice.random() < 0.15
    ]
    alone = set(ids) - {r for pair in pairs for r in pair}
    groups = [*pairs, *((r,) for r in sorted(alone))]
    return Lineage(origins=tuple(Origin(record_id("org", *members), "", members) for members in groups))


def within(lineage: Lineage, pile: list[object]) -> Lineage:
    ids = {t.id for t in pile}  # type: ignore[attr-defined]
    kept = [(o.id, tuple(r for r in o.reports if r in ids)) for o in lineage.origins]
    return Lineage(origins=tuple(Origin(name, "", members) for name, members in kept if members))


def judged(view: View, dice: random.Random) -> dict[str, str]:
    """A decision about incidents, actors or claims of the ledger, or one taken back."""
    incidents, claims = view.incidents(), [claim.id for found in view.claims() for claim in found.claims]
    stands = standing(view.judgements())
    if stands and dice.random() < 0.3:
        undone = dice.choice(stands)
        return {"verb": "undo", "subject": undone.subject, "undoes": undone.id}
    if len(incidents) < 2 or dice.random() < 0.2:
        actor = dice.choice(sorted(view.actors()))
        spelt = [[v.text for a in view.actors().values() for v in a.variants if a.id == actor or dice.random() < 0.3]]
        return {"verb": "merge", "subject": actor, "after": json.dumps(spelt)}
    one, other = dice.sample(incidents, 2)
    kind = dice.choice(("merge", "split", "assign", "day", "place"))
    if kind == "merge":
        before, after = regrouping([one.reports, other.reports], [{*one.reports, *other.reports}])
        return {"verb": "merge", "subject": one.id, "before": before, "after": after}
    if kind == "split":
        before, after = regrouping([one.reports], [[report] for report in one.reports])
        return {"verb": "split", "subject": one.id, "before": before, "after": after}
    if kind == "assign":
        return {"verb": "assign", "subject": dice.choice(claims), "after": json.dumps([one.id])}
    if kind == "day":
        said = {"start": "2031-05-12", "end": "2031-05-12"}
        known = {"start": str(one.when.start) if one.when.start else None, "end": None}
    else:
        said = {
            "place": {"id": "plc-y", "name": "Ridge Farm", "country": "VL", "lat": 10.5, "lon": 20.5, "precision": 2}
        }
        known = {"place": asdict(view.places()[one.places[0]]) if one.places else None}
    return {"verb": "correct", "subject": one.id, "before": json.dumps(known), "after": json.dumps(said)}


def add(writer: Writer, pile: list[object], lineage: Lineage) -> None:
    """Reports of the pile, as read, and whose copies they are."""
    documents = [each.document for each in pile]  # type: ignore[attr-defined]
    come = [(document, document.text.encode()) for document in documents]
    writer.add((RawReport(d.id, d.source_id, "x", sha256(data).hexdigest(), "text", d.text), data) for d, data in come)
    readings = [Reading.of(each.document, each.annotation, each.claims) for each in pile]  # type: ignore[attr-defined]
    writer.put_readings(readings, "read")
    writer.put_lineage(lineage, "lineage")


def check(ledger: str, before: Grouping, writer: Writer) -> bool:
    """Brings the grouping up to date: it is that of the whole pile. Gives whether the pile was added to."""
    with View(ledger) as view:
        known = view.group_pages("pile").get("")
    learned = read_page(PileState, known).learned if known else None
    bring_grouping(ledger, writer, "incidents", Settings())
    with View(ledger) as view:
        now = read_page(PileState, view.group_pages("pile")[""]).learned
        if now != learned:
            learned = None  # the pile had outgrown it
        marks = view.reading_marks()
        found = grouped(view, view.lineage(), previous=before.incidents, judgements=view.judgements(), learned=now)
        whole = found.grouping
        if learned != now:
            whole = grouped(
                view, view.lineage(), previous=before.incidents, judgements=view.judgements(), learned=learned
            ).grouping
        assert same(view.grouping(), whole)
        # What is kept is what would be kept of the whole, found in this very way.
        kept = {kind: view.group_pages(kind) for kind in KINDS}
        pages = list(pages_of(found, view.lineage(), marks, view.judgements()))
    for (kind, name), page in pages:
        assert kept[kind].pop(name) == page, (kind, name)  # type: ignore[index]
    assert not any(kept.values())
    return learned is not None


@given(st.integers(0, 10_000), st.integers(4, 40), st.integers(1, 6), st.sampled_from([3, 9, 60, 400]), st.booleans())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_adding_gives_what_grouping_the_whole_gives(
    told: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    size: int,
    steps: int,
    span: int,
    deciding: bool,
) -> None:
    monkeypatch.setattr(pipeline, "GROWING_FROM", 1)
    dice = random.Random(seed)
    pile = drawn_pile(told, size, dice, span)
    lineage = copies(pile, dice)
    dice.shuffle(pile)
    first = max(1, size - steps)
    with TemporaryDirectory() as folder, Writer(f"{folder}/ledger.db") as writer:
        ledger = writer.ledger
        add(writer, pile[:first], within(lineage, pile[:first]))
        check(ledger, Grouping(), writer)
        end = first
        for _ in range(2 * steps if deciding else steps):
            with View(ledger) as view:
                before = view.grouping()
                decided = judged(view, dice) if deciding and before.actors and dice.random() < 0.6 else None
            if decided is not None:
                writer.judge(by="Noor", **decided)  # type: ignore[arg-type]
            elif end < size:
                end += 1
                add(writer, pile[end - 1 : end], within(lineage, pile[:end]))
            check(ledger, before, writer)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a ledger whose grouping is kept however small it is."""
    monkeypatch.setattr(pipeline, "GROWING_FROM", 1)
    return str(tmp_path / "ledger.db")


def test_a_pile_that_has_outgrown_what_it_taught_is_grouped_anew(told: Callable[..., object], ledger: str) -> None:
    dice = random.Random(3)
    pile = [drawn(told, n, dice) for n in range(20)]
    with Writer(ledger) as writer:
        add(writer, pile[:10], Lineage())
        assert not check(ledger, Grouping(), writer)
        for end, added in ((12, True), (20, False)):
            with View(ledger) as view:
                before = view.grouping()
            add(writer, pile[10 if end == 12 else 12 : end], Lineage())
            assert check(ledger, before, writer) == added
    with View(ledger) as view:
        assert {r for i in view.incidents() for r in i.reports} == {t.id for t in pile}  # type: ignore[attr-defined]


def test_reports_far_off_in_time_and_place_are_left_alone(
    told: Callable[..., object], ledger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(5)
    pile = [drawn(told, n, dice) for n in range(30)]
    late = told(
        "late", "Gunmen shot two clerks in Ottia on Monday.", title="Two clerks shot", published="2033-01-04",
        days=[("on Monday", "2033-01-03")], places=["Ottia"], tolls=[("two clerks", "killed", 2)],
    )  # fmt: skip
    regrouped: list[set[str]] = []
    one_part = Regrouping._pile
    monkeypatch.setattr(Regrouping, "_pile", lambda self, part: regrouped.append(part) or one_part(self, part))
    with Writer(ledger) as writer:
        add(writer, pile, Lineage())
        check(ledger, Grouping(), writer)
        with View(ledger) as view:
            before = view.grouping()
        add(writer, [late], Lineage())
        check(ledger, before, writer)
    assert regrouped == [{late.id}]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM group_pages WHERE kind = 'profile'",
        "DELETE FROM group_pages WHERE kind = 'pile'",
        "UPDATE group_pages SET body = x'c1' WHERE kind = 'keys'",
        "UPDATE stage_keys SET key = 'other rules' WHERE stage = 'grouped'",
    ],
)
def test_a_damaged_or_old_grouping_is_made_anew(told: Callable[..., object], ledger: str, harm: str) -> None:
    dice = random.Random(8)
    pile = [drawn(told, n, dice) for n in range(12)]
    with Writer(ledger) as writer:
        add(writer, pile[:11], Lineage())
        bring_grouping(ledger, writer, "incidents", Settings())
        with sqlite3.connect(ledger) as connection:
            connection.execute(harm)
        add(writer, pile[11:], Lineage())
        bring_grouping(ledger, writer, "incidents", Settings())
    with View(ledger) as view:
        assert read_page(PileState, view.group_pages("pile")[""]).origins == 12
        assert len(view.group_pages("profile")) == 12


def same(found: Grouping, whole: Grouping) -> bool:
    assert sorted(found.incidents, key=lambda i: i.id) == list(whole.incidents)
    assert found.assignments == whole.assignments
    assert found.suggestions == whole.suggestions
    assert found.places == whole.places
    assert found.actors == with_bodies(whole.actors)
    assert found.victims == whole.victims
    return found.dates == whole.dates


# -- in several processes


@pytest.fixture
def spreading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small parts, and processes for however few of them."""
    monkeypatch.setattr("firsthand.incidents.alone._SPREAD_FROM", 1)
    monkeypatch.setattr("firsthand.incidents.alone._TOGETHER", 3)
    monkeypatch.setattr("firsthand.incidents.pile._SPREAD_FROM", 1)
    monkeypatch.setattr("firsthand.incidents.pile._TOGETHER", 2)


@given(st.integers(0, 10_000), st.integers(2, 40), st.sampled_from([2, 3, 5]), st.sampled_from([3, 9, 60]))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_number_of_processes_comes_to_the_same(
    told: Callable[..., object], spreading: None, seed: int, size: int, workers: int, span: int
) -> None:
    dice = random.Random(seed)
    reports = drawn_pile(told, size, dice, span)
    lineage = copies(reports, dice)
    marks = {each.id: "read" for each in reports}  # type: ignore[attr-defined]
    found = []
    for count in (1, workers):
        read = Given(
            [each.document for each in reports],  # type: ignore[attr-defined]
            [each.annotation for each in reports],  # type: ignore[attr-defined]
            [each.claims for each in reports],  # type: ignore[attr-defined]
        )
        of = grouped(read, lineage, workers=count)
        found.append((of.grouping, dict(pages_of(of, lineage, marks, ()))))
        dice.shuffle(reports)
    assert found[0] == found[1]


def test_a_report_without_an_annotation_or_claims_is_read_all_the_same(
    told: Callable[..., object], spreading: None
) -> None:
    reports = drawn_pile(told, 8, random.Random(2), 3)
    documents = [each.document for each in reports]  # type: ignore[attr-defined]
    annotations = [each.annotation for each in reports]  # type: ignore[attr-defined]
    claims = [each.claims for each in reports]  # type: ignore[attr-defined]
    one, two = (
        grouped(Given(documents, annotations[:5], claims[2:]), copies([], random.Random()), workers=count).grouping
        for count in (1, 2)
    )
    assert one == two
    assert {r for incident in one.incidents for r in incident.reports} >= {d.id for d in documents[2:5]}
