"""One voice under several descriptions, and several voices that only look like one."""

from __future__ import annotations

from datetime import date

import pytest

from firsthand.model import Copy, Lineage, Passage, Span
from firsthand.reconcile import reconcile
from firsthand.reconcile.unify import body_of

from .build import claim, figure, kinds, pile


def names(*speakers, **more):
    """The voices of one incident in which each of ``speakers`` (name, kind, affiliation) counts the dead in a report of its own."""
    claims = [
        claim(f"r{index}", 9, name, kind=kind, affiliation=affiliation)
        for index, (name, kind, affiliation) in enumerate(speakers)
    ]
    return [voice.voice for voice in figure(reconcile(**pile(claims, **more))).by_voice]


@pytest.mark.parametrize(
    ("words", "core", "rest"),
    [
        ("district health director", "health", {"district"}),
        ("head of the Dareth district health bureau", "health", {"dareth", "district"}),
        ("Ministry of the Interior", "ministry", {"interior"}),
        ("police officer in Lome", "officer", {"police", "lome"}),
        ("the director", None, set()),
    ],
)
def test_body(words, core, rest):
    body = body_of(words)
    assert (body.core if body else None) == core
    assert (body.words - {body.core} if body else set()) == rest


@pytest.mark.parametrize(
    ("speakers", "want"),
    [
        (
            [
                ("health director", "role", None),
                ("district health chief", "role", None),
                ("Ama Mensah", "named", "Volta district health office"),
                ("district health office", "organisation", None),
            ],
            ["district health office"],
        ),
        (
            [("Defence Ministry", "organisation", None), ("Ministry of Defence", "organisation", None)],
            ["Ministry of Defence"],
        ),
        ([("army", "organisation", None), ("Malian army", "organisation", None)], ["Malian army"]),
        (
            [
                ("Defence Ministry", "organisation", None),
                ("Malian Defence Ministry", "organisation", None),
                ("Nigerien Defence Ministry", "organisation", None),
            ],
            ["Defence Ministry", "Malian Defence Ministry", "Nigerien Defence Ministry"],  # either could be meant
        ),
        (
            [("Interior Ministry", "organisation", None), ("Defence Ministry", "organisation", None)],
            ["Defence Ministry", "Interior Ministry"],
        ),
        (
            [("shepherd", "role", None), ("old shepherd", "role", None)],
            ["old shepherd", "shepherd"],
        ),  # they speak for themselves
        ([("mayor of Gao", "role", None), ("Gao mayor", "role", None)], ["mayor of Gao"]),
        (
            [("police", "organisation", None), ("police officer in Lome", "role", None)],
            ["police", "police officer in Lome"],
        ),
    ],
)
def test_bodies(speakers, want):
    assert sorted(names(*speakers)) == sorted(want)


def test_speaker_of_a_copied_sentence():
    """A machine rewrite calls the health director a wellbeing boss; the sentence is aligned, so it is he."""
    claims = [
        claim("a", 9, "health director", kind="role", at=10),
        claim("b", 9, "wellbeing boss", kind="role", at=20),
        claim("b", 4, "a clerk", kind="role", at=400),
    ]
    given = pile(claims, origins=[("a", "b")])
    copy = Copy("cpy", "a", "b", "paraphrased", 1.0, 1.0, 1.0, 1.0, "", (Passage(Span(0, 60), Span(5, 90), 0.8),))
    given["lineage"] = Lineage(origins=given["lineage"].origins, copies=(copy,))
    result = reconcile(**given)
    assert [voice.voice for voice in figure(result).by_voice] == ["a clerk", "health director"]


def test_rising_toll_of_one_office_is_history():
    claims = [
        claim("a", (14, None), "health director", kind="role", affiliation="district health"),
        claim("b", 19, "district health office", kind="organisation"),
    ]
    days = {"a": date(2009, 6, 20), "b": date(2009, 6, 22)}
    result = reconcile(**pile(claims, published=days))
    found = figure(result)
    assert (found.low, found.best, found.high, found.status) == (19, 19, 19, "single")
    assert [voice.history[0][1:] for voice in found.by_voice] == [(14, None)]
    assert kinds(result) == []


def test_reports_own_voice_goes_with_the_number_that_its_source_gave_up():
    claims = [
        claim("a", 14, at=0),
        claim("a", 14, "district health office", kind="organisation", at=60),
        claim("b", 19, "district health office", kind="organisation"),
    ]
    days = {"a": date(2009, 6, 20), "b": date(2009, 6, 22)}
    found = figure(reconcile(**pile(claims, published=days)))
    assert (found.low, found.best, found.high) == (19, 19, 19)


def test_further_dead_after_a_risen_toll_are_in_it():
    text = "The toll has risen to 19, the office said, after rescuers found five more bodies."
    claims = [
        claim("a", 19, "district health office", kind="organisation", at=text.index("19")),
        claim("a", 5, at=text.index("five"), text="five more"),
    ]
    result = reconcile(**pile(claims, texts={"a": text}))
    found = figure(result)
    assert (found.low, found.best, found.high) == (19, 19, 19)
    assert kinds(result) == []


def test_day_of_a_recovery_is_no_other_day_of_the_attack():
    from firsthand.model import Interval

    day = lambda number: Interval(date(2009, 6, number), date(2009, 6, number), "day")  # noqa: E731
    text = "The raid on 20 June killed nine people. Two bodies were recovered on 24 June, officers said."
    claims = [
        claim("a", 9, "Police", when=day(20), at=text.index("nine")),
        claim("a", 2, "Officers", when=day(24), at=text.index("Two")),
    ]
    assert "date" not in kinds(reconcile(**pile(claims, texts={"a": text})))
    assert "date" in kinds(
        reconcile(**pile(claims, texts={"a": text.replace("bodies were recovered", "men fell there")}))
    )
