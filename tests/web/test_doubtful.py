"""Readings in doubt: which wait in the queue, in which order, and what takes them out of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.ledger import View
from firsthand.model import UNSURE_BELOW, Figure, VoiceCount
from firsthand.web.facts.doubtful import bearing, doubtful_claims

from .conftest import Reviewer


def figure(*voices: VoiceCount, low: int | None = None, high: int | None = None) -> Figure:
    claims = tuple(claim for voice in voices for claim in voice.claims)
    return Figure("fig", "inc", "killed", "people", low, low, high, "range", "default", len(voices), 1, 1, claims, "",
                  by_voice=voices)  # fmt: skip


def voice(low: int | None, high: int | None, *claims: str, before: tuple[int, int] | None = None) -> VoiceCount:
    history = ((claims[0], low, high), ("earlier", *before)) if before else ()
    return VoiceCount("somebody", low, high, claims, ("org",), history)


@pytest.mark.parametrize(
    ("figures", "moved", "words"),
    [
        pytest.param((), 0, "No figure rests on it", id="nothing rests on it"),
        pytest.param((figure(voice(5, 5, "c"), low=5, high=5),), 5, "rests on it alone", id="all that there is"),
        pytest.param(
            (figure(voice(31, 31, "c"), voice(12, 14, "d"), low=12, high=31),),
            17,
            "the voices say 12–14",
            id="the highest",
        ),
        pytest.param(
            (figure(voice(9, 9, "c", "e"), voice(12, 12, "d"), low=9, high=12),),
            0,
            "others say",
            id="said elsewhere too",
        ),
        pytest.param(
            (figure(voice(9, 9, "c", before=(7, 7)), low=9, high=9),), 4, "the voices say 7", id="the number before it"
        ),
        pytest.param(
            (figure(voice(5, 5, "c"), low=5, high=5), figure(voice(40, None, "c"), low=40)),
            40,
            "at least 40",
            id="the larger",
        ),
    ],
)
def test_how_far_a_figure_moves_without_it(figures: tuple[Figure, ...], moved: int, words: str) -> None:
    found, sentence = bearing("c", figures)
    assert found == moved
    assert words in sentence


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=5))
def test_what_all_voices_say_otherwise_too_moves_nothing(numbers: list[tuple[int, int]]) -> None:
    voices = [voice(min(n), max(n), "c", f"d{i}") for i, n in enumerate(numbers)]
    low, high = min(v.low or 0 for v in voices), max(v.high or 0 for v in voices)
    assert bearing("c", [figure(*voices, low=low, high=high)])[0] == 0


def test_the_queue_holds_readings_in_doubt(reader: Reviewer) -> None:
    with View(reader.ledger) as view:
        found = doubtful_claims(view, view.figures())
        homes = {a.claim for a in view.assignments()}
        unsure = {
            c.id
            for report in view.claims()
            for c in report.claims
            if c.confidence is not None and c.confidence < UNSURE_BELOW and c.id in homes
        }
    assert {doubtful.claim.id for doubtful in found} == unsure
    assert any(doubtful.moved for doubtful in found)
    page = reader.page("/queue?kind=reading%20in%20doubt")
    shown = re.findall(r'action="/claims/(clm-\w+)/judge"', page)
    moved = {doubtful.claim.id: doubtful.moved for doubtful in found}
    bears = {doubtful.claim.id: doubtful.bears for doubtful in found}
    assert [bears[id] for id in shown] == sorted(bears.values(), reverse=True)
    assert sorted(shown) == sorted(unsure)
    assert [moved[id] for id in shown] == sorted(moved.values(), reverse=True)


def test_a_decision_takes_it_out_and_taking_that_back_returns_it(reviewer: Reviewer) -> None:
    with View(reviewer.ledger) as view:
        first, second = doubtful_claims(view, view.figures())[:2]
    for doubtful, verb in ((first, "accept"), (second, "reject")):
        address = f"/claims/{doubtful.claim.id}/judge"
        report = f"/reports/{doubtful.claim.report}"
        assert 'class="state unsure">reading in doubt' in reviewer.page(report)
        reviewer.send(address, verb=verb, back="/queue", seen=reviewer.seen("/queue", address))
        assert address not in reviewer.page("/queue")
        assert doubtful.claim.id in reviewer.page(report)
    reviewer.send(f"/decisions/{reviewer.decided()[-1].id}/undo")
    assert f"/claims/{second.claim.id}/judge" in reviewer.page("/queue")
