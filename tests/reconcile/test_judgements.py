"""What a person decided is respected, withdrawn decisions are not, and nothing else moves."""

from __future__ import annotations

import json

import pytest

from firsthand.model import Judgement, Victim
from firsthand.model.spans import Span
from firsthand.reconcile import reconcile

from .build import claim, pile, range_of


def judged(number, verb, subject, after=None, undoes=None):
    return Judgement(
        f"j{number}",
        f"2024-02-0{number}T10:00:00Z",
        "ana",
        verb,
        subject,
        "",
        json.dumps(after or {}),
        "why",
        undoes,
        "",
        "",
    )


CLAIMS = [claim("a", 4, "Front"), claim("a", 9, "Monitor", at=60)]
FRONT, MONITOR = (c.id for c in CLAIMS)

CASES = [
    # judgements, low to high
    ([], (4, 9)),
    ([judged(1, "reject", MONITOR)], (4, 4)),
    ([judged(1, "reject", MONITOR), judged(2, "undo", "j1", undoes="j1")], (4, 9)),
    ([judged(1, "reject", MONITOR), judged(2, "accept", MONITOR)], (4, 9)),
    ([judged(1, "correct", MONITOR, {"low": 6, "high": 6})], (4, 6)),
    ([judged(1, "correct", MONITOR, {"tally": {"low": 6, "high": 6}})], (4, 6)),
    ([judged(1, "correct", MONITOR, {"outcome": "wounded"})], (4, 4)),
    ([judged(1, "correct", MONITOR, {"scope": "total"})], (4, 4)),
    ([judged(1, "correct", MONITOR, {"low": 6, "high": 6}), judged(2, "correct", MONITOR, {"high": None})], (4, 6)),
    ([judged(1, "note", MONITOR, {"text": "seen"})], (4, 9)),
    # One speaker's later number stands for the earlier one.
    ([judged(1, "correct", MONITOR, {"source": {"name": "Front", "kind": "named"}})], (9, 9)),
    ([judged(1, "correct", MONITOR, {"when": {"start": "2024-01-05"}, "source": "nobody"})], (4, 9)),
    ([judged(1, "correct", MONITOR, {"outcome": "vanished"})], (4, 9)),  # no such outcome: left as it was
]


@pytest.mark.parametrize(("judgements", "want"), CASES)
def test_claims(judgements, want):
    low, _, high = range_of(reconcile(**pile(CLAIMS), judgements=judgements))
    assert (low, high) == want


def test_order_of_judgements_is_their_time():
    decided = [judged(2, "accept", MONITOR), judged(1, "reject", MONITOR)]
    assert range_of(reconcile(**pile(CLAIMS), judgements=decided))[2] == 9


def test_rejected_victim_is_no_floor():
    people = [Victim(f"v{n}", "a", f"Ana Roz{n}", Span(n, n + 7), incident="inc") for n in range(3)]
    claims = [claim("a", (1, None), "Front")]
    assert range_of(reconcile(**pile(claims, victims=people)))[0] == 3
    assert range_of(reconcile(**pile(claims, victims=people), judgements=[judged(1, "reject", "v0")]))[0] == 2


def test_grade_of_a_person_stands_before_the_rule():
    result = reconcile(**pile(CLAIMS), judgements=[judged(1, "grade", "inc", {"grade": "confirmed"})])
    assert result.grades[0].grade == "confirmed"
    assert result.grades[0].why.startswith("Graded confirmed by a person: why; by rule: Airwars fair")


def test_the_voice_of_a_claim_is_whom_a_person_named():
    def voices(after):
        decided = [judged(1, "correct", MONITOR, {"source": after})]
        (found,) = [f for f in reconcile(**pile(CLAIMS), judgements=decided).figures if f.place is None]
        return sorted(count.voice for count in found.by_voice)

    assert voices({"name": "Front", "kind": "named"}) == ["Front"]
    assert voices({"name": "Harbour Clinic", "kind": "organisation"}) == ["Front", "Harbour Clinic"]
    assert voices({"name": "Front", "kind": "rumour"}) == ["Front", "Monitor"]
    assert len(voices(None)) == 2
    assert "Monitor" not in voices(None)
