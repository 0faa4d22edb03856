"""A thousand random decisions and takings back: the chain holds, both databases come to the same, and nothing is lost."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from firsthand import pipeline
from firsthand.incidents import group, regrouping, with_bodies
from firsthand.incidents.pages import PileState
from firsthand.incidents.pages import read as read_page
from firsthand.ingest import Intake, read
from firsthand.ledger import Reading, View, Writer
from firsthand.model import OUTCOMES, VICTIM_CLASSES, Judgement, Reconciliation, Settings, standing
from firsthand.resources import resource_path
from firsthand.runners.local import build

COUNT = 1000
SEED = 20260716

Decide = Callable[[random.Random], dict[str, object]]


def test_a_thousand_random_decisions_hold_on_either_database(
    ledger: str,
    built_demo: Path,
    tmp_path: Path,
) -> None:
    if "://" in ledger:
        with Writer(ledger) as writer:
            sources = [str(resource_path("demo/reports"))]
            writer.add((item.report, item.original) for item in read(sources) if isinstance(item, Intake))
        build(ledger)
    else:
        shutil.copy(built_demo, ledger)
    sqlite = str(tmp_path / "other.db")
    shutil.copy(built_demo, sqlite)
    for each in (ledger, sqlite):
        decide_at_random(each)
        build(each)
    with View(ledger) as view, View(sqlite) as other, View(str(built_demo)) as before:
        assert list(view.verify()) == []
        made = view.judgements()
        assert len(made) == COUNT
        assert len({judgement.verb for judgement in made}) > 9
        told, told_other = spoken(view), spoken(other)
        assert told == told_other
        assert told != spoken(before)  # the decisions do bear on what the ledger says
    assert build(ledger).stages == ()
    take_everything_back(ledger)
    build(ledger)
    with View(ledger) as view:
        assert list(view.verify()) == []
        assert not standing(view.judgements())
        assert {i.reports for i in view.incidents()} == {i.reports for i in before_incidents(built_demo)}


def before_incidents(path: Path):  # type: ignore[no-untyped-def]
    with View(str(path)) as view:
        return view.incidents()


def spoken(view: View) -> str:
    """What the ledger says, with each judgement named by its place in the chain: ids hold the time of signing."""
    text = repr({name: rows for name, rows in view.dump().items() if name != "stage_keys"})
    for number, judgement in enumerate(view.judgements()):
        text = text.replace(judgement.id, f"judgement {number}")
    return text


def take_everything_back(ledger: str) -> None:
    with View(ledger) as view:
        stands = standing(view.judgements())
    with Writer(ledger) as writer:
        for judgement in stands:
            writer.judge(by="Ben", verb="undo", subject=judgement.subject, undoes=judgement.id)


def decide_at_random(ledger: str) -> None:
    """The same decisions for the same ledger, whatever database holds it."""
    chance = random.Random(SEED)
    with View(ledger) as view:
        kinds = decisions(view)
    made: list[Judgement] = []
    with Writer(ledger) as writer:
        while len(made) < COUNT:
            stands = standing(made)
            if stands and chance.random() < 0.25:
                undone = chance.choice(stands)
                fields: dict[str, object] = {"verb": "undo", "subject": undone.subject, "undoes": undone.id}
            else:
                fields = chance.choice(kinds)(chance)
            by = chance.choice(("Ada", "Ben", "Čiro"))
            made.append(writer.judge(by=by, reason=chance.choice(("", "seen", "سمعت")), **fields))  # type: ignore[arg-type]


def decisions(view: View) -> list[Decide]:
    """Every kind of decision the desk knows, on subjects of this ledger, in the form that the desk signs."""
    claims = [claim for found in view.claims() for claim in found.claims if claim.tally]
    incidents = view.incidents()
    actors = sorted(view.actors().values(), key=lambda actor: actor.id)
    origins = sorted(view.origins(), key=lambda origin: origin.id)
    figures = view.figures()
    places = [*sorted(view.places()), "plc-nowhere"]

    def said(verb: str, subject: str, after: object = "", before: object = "") -> dict[str, object]:
        told = [part if isinstance(part, str) else json.dumps(part, sort_keys=True) for part in (before, after)]
        return {"verb": verb, "subject": subject, "before": told[0], "after": told[1]}

    def correction(chance: random.Random) -> dict[str, object]:
        low = chance.randrange(0, 40)
        after: dict[str, object] = chance.choice(
            [
                {"low": low, "high": chance.choice([None, low, low + 5])},
                {"outcome": chance.choice(OUTCOMES)},
                {"victims": sorted(chance.sample(VICTIM_CLASSES, 2))},
                {
                    "source": {
                        "name": chance.choice(["the clinic", "Ada Roz"]),
                        "kind": chance.choice(["role", "named"]),
                    }
                },
                {"source": None},
                {"certainty": "denied"},
            ]
        )
        return said("correct", chance.choice(claims).id, after)

    def about_incident(chance: random.Random) -> dict[str, object]:
        subject = chance.choice(incidents).id
        return chance.choice(
            [
                said("grade", subject, {"grade": chance.choice(["weak", "fair", "confirmed"])}),
                said("note", subject),
                said("assign", subject, {"to": "Ben"}),
                said("confirm", subject, {"stage": "annotated"}),
                said("correct", subject, {"start": "2019-03-12", "end": "2019-03-13"}),
                said("correct", subject, {"type": "shelling"}),
                said(
                    "correct",
                    subject,
                    {"place": {"id": "plc-x", "name": "Ridge Farm", "country": "XX", "lat": 1.5, "lon": 2.5}},
                ),
            ]
        )

    def grouped(chance: random.Random) -> dict[str, object]:
        one, other = chance.sample(incidents, 2)
        if chance.random() < 0.5 or len(one.reports) < 2:
            before, after = regrouping([one.reports, other.reports], [sorted({*one.reports, *other.reports})])
            return said("merge", one.id, after, before)
        cut = chance.randrange(1, len(one.reports))
        before, after = regrouping([one.reports], [one.reports[:cut], one.reports[cut:]])
        return said("split", one.id, after, before)

    def spelt(chance: random.Random) -> dict[str, object]:
        one, other = chance.sample(actors, 2)
        texts = [sorted(v.text for v in actor.variants) for actor in (one, other)]
        if chance.random() < 0.5:
            return said("merge", one.id, [sorted({*texts[0], *texts[1]})], texts)
        return said("split", one.id, [[text] for text in texts[0]], [texts[0]])

    def traced(chance: random.Random) -> dict[str, object]:
        one, other = chance.sample(origins, 2)
        if chance.random() < 0.5:
            return said("merge", one.id, [sorted((*one.reports, *other.reports))])
        return said("split", one.id, [[report] for report in one.reports])

    def added(chance: random.Random) -> dict[str, object]:
        claim = chance.choice(claims)
        whole = json.loads(json.dumps(asdict(claim), default=str))
        whole["tally"]["low"] = whole["tally"]["high"] = chance.randrange(30)
        return said("add", f"clm-by-hand-{chance.randrange(20)}", whole)

    return [
        lambda chance: said("accept", chance.choice(claims).id),
        lambda chance: said("reject", chance.choice(claims).id),
        correction,
        correction,
        about_incident,
        grouped,
        spelt,
        traced,
        added,
        lambda chance: said("accept", chance.choice(figures).id, {}),
        lambda chance: said("assign", chance.choice(claims).id, [chance.choice(incidents).id]),
        lambda chance: said("correct", chance.choice(claims).id, {"place": chance.choice(places)}),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_what_is_brought_up_to_date_is_what_making_it_anew_gives(
    ledger: str, built_demo: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reports come, people decide and take back, the policy changes: after every build incidents are those that grouping the whole
    gives with what the pile had taught, and figures, conflicts and grades those of reconciling everything; what stayed as it was
    rests on what it would be made from now."""
    monkeypatch.setattr(pipeline, "GROWING_FROM", 1)
    chance = random.Random(seed)
    with View(str(built_demo)) as view:
        readings = [readings_of(view, report) for report in chance.sample(view.report_ids(), view.count("reports"))]
        come = [(view.raw(reading.report), view.original(reading.report)) for reading in readings]
    settings = Settings()
    with Writer(ledger) as writer:
        for _ in range(12):
            if readings and chance.random() < 0.4:
                writer.add([come.pop()])
                writer.put_readings([readings.pop()], pipeline.read_key(settings))
            if chance.random() < 0.2:
                settings = Settings(policy=chance.choice(["default", "majority", "widest_range", "most_recent"]))
            with View(ledger) as view:
                made, kinds = view.judgements(), decisions(view) if len(view.incidents()) > 1 else []
            if kinds and (stands := standing(made)) and chance.random() < 0.3:
                writer.judge(by="Ben", verb="undo", subject=stands[-1].subject, undoes=chance.choice(stands).id)
            elif kinds:
                writer.judge(by="Ada", **chance.choice(kinds)(chance))  # type: ignore[arg-type]
            with View(ledger) as view:
                before = view.incidents()
            build(ledger, settings)
            with View(ledger) as view:
                if page := view.group_pages("pile"):
                    whole = group(
                        view.documents(), view.annotations(), view.claims(), view.lineage(), previous=before,
                        judgements=view.judgements(), learned=read_page(PileState, page[""]).learned,
                    )  # fmt: skip
                    assert (set(view.incidents()), view.assignments()) == (set(whole.incidents), whole.assignments)
                    assert (view.victims(), tuple(view.actors().values())) == (whole.victims, with_bodies(whole.actors))
                assert view.reconciliation() == in_order(pipeline.reconcile(
                    view.grouping(), view.claims(), view.lineage(), documents=view.documents(), settings=settings,
                    judgements=view.judgements(),
                ))  # fmt: skip
                kept = view.figure_keys()
            writer.put_reconciliation(Reconciliation(), "none")
            build(ledger, settings)
            with View(ledger) as view:
                assert view.figure_keys() == kept
                assert set(kept) == {incident.id for incident in view.incidents()}


def readings_of(view: View, report: str) -> Reading:
    return Reading.of(view.document(report), view.annotation(report), view.claims_of(report))


def in_order(found: Reconciliation) -> Reconciliation:
    """As a view gives it."""
    return Reconciliation(
        tuple(sorted(found.figures, key=lambda figure: figure.id)),
        tuple(sorted(found.conflicts, key=lambda conflict: conflict.id)),
        tuple(sorted(found.grades, key=lambda grade: grade.incident)),
    )


@pytest.mark.parametrize("verb", ["accept", "add", "correct"])
def test_what_cannot_be_read_is_passed_over(verb: str, demo_ledger: Path) -> None:
    """A judgement from a newer program, or a broken one, never stops a build."""
    with View(str(demo_ledger)) as view:
        before = view.dump()
        subjects = ["nothing", view.incidents()[0].id, view.actors().popitem()[0]]
    with Writer(str(demo_ledger)) as writer:
        for subject in subjects:
            for after in ("", "[]", "{", '{"low": "many"}', '"x"', "[[1]]", '{"place": 3, "start": 4}'):
                writer.judge(by="Ada", verb=verb, subject=subject, after=after)  # type: ignore[arg-type]
    build(str(demo_ledger))
    with View(str(demo_ledger)) as view:
        after_all = view.dump()
    assert {n: r for n, r in after_all.items() if n != "stage_keys"} == {
        n: r for n, r in before.items() if n != "stage_keys"
    }
