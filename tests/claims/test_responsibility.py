"""Who takes, gives and denies responsibility: sentences with the bodies that annotate marked in them."""

from __future__ import annotations

import re

import pytest

from firsthand.claims.responsibility import responsibility_claims
from firsthand.model import Claim, Layer, Name, Phrase, Sentence, Source, Span
from firsthand.resources import table

BODIES = {
    "Northern Front": "group",
    "Westland": "state",
    "Westland's": "state",
    "Westlandish": "nationality",
    "River League": "group",
}


def found(text):
    names = tuple(
        Name(Span(match.start(), match.end()), match.group(0), kind, body)
        for body, kind in BODIES.items()
        for match in re.finditer(rf"\b{body}\b(?!')", text)
    )
    layer = Layer(sentences=(Sentence(Span(0, len(text))),), names=tuple(sorted(names, key=lambda name: name.span)))
    return [
        (claim.certainty, claim.responsible.text, claim.source.text if claim.source else None)
        for claim in responsibility_claims("r", "text", text, layer, ())
        if claim.responsible is not None
    ]


CASES = [
    ("The Northern Front claimed responsibility for the blast.", [("asserted", "Northern Front", "Northern Front")]),
    ("Five died in an attack claimed by the Northern Front.", [("asserted", "Northern Front", "Northern Front")]),
    ("Westland blamed the attack on the Northern Front.", [("asserted", "Northern Front", "Westland")]),
    ("Villagers blamed Westlandish troops.", [("asserted", "Westlandish troops", None)]),
    ("The raid was carried out by suspected members of the Northern Front.", [("asserted", "Northern Front", None)]),
    ("The River League denied any involvement.", [("denied", "River League", "River League")]),
    ("Officials say the Northern Front was behind the ambush.", [("asserted", "Northern Front", None)]),
    ("The River League denies that it was behind the ambush.", [("denied", "River League", "River League")]),
    ("Suspicion fell on the River League.", [("asserted", "River League", None)]),
    ("The Northern Front claimed a car bomb attack on the bridge.", [("asserted", "Northern Front", "Northern Front")]),
    ("Westland accused rebels of firing gas shells.", [("asserted", "rebels", "Westland")]),
    ("The mayor blamed masked gunmen.", [("asserted", "masked gunmen", None)]),
    ("The mayor blamed the paramilitary Northern Front for both raids.", [("asserted", "Northern Front", None)]),
    ("The mayor blamed the outlawed rebel group River League.", [("asserted", "River League", None)]),
    ("The mayor blamed the paramilitary Orrin Volunteers.", []),
    # nobody, somebody else, another attack, a part that goes its own way, a place
    ("No group has claimed responsibility, the Northern Front said.", []),
    ("Officials blamed bad roads in Westland.", []),
    ("The mayor blamed rebel-held mines for the fall in prices.", []),
    ("The Northern Front was behind the hill.", []),
    ("The Northern Front has claimed responsibility for many similar attacks.", []),
    ("A splinter group of the Northern Front claimed responsibility.", []),
    ("The killings were carried out by men on horses in northern Westland.", []),
    ("Nine Westlandish villagers were killed in an attack carried out by night.", []),
]


@pytest.mark.parametrize(("text", "want"), CASES)
def test_responsibility(text, want):
    assert found(text) == want


UNCLAIMED = [
    ("No faction has claimed responsibility for the blast.", True),
    ("There was no early claim of responsibility, but Westland blamed the attack on the Northern Front.", True),
    ("Nobody took credit for the ambush.", True),
    ("Responsibility for the raid had not been claimed by nightfall.", True),
    ("The bombing remains unclaimed.", True),
    ("The Northern Front has not claimed responsibility.", False),
    ("Nobody died in the blast for which the Northern Front claimed responsibility.", False),
    ("No claims were paid after the flood.", False),
    ("Nobody claimed responsibility for several earlier attacks.", False),
]


@pytest.mark.parametrize(("text", "told"), UNCLAIMED)
def test_nobody_takes_responsibility(text, told):
    layer = Layer(sentences=(Sentence(Span(0, len(text))),))
    claims = responsibility_claims("r", "text", text, layer, ())
    assert [(c.rule, c.responsible, c.certainty) for c in claims] == ([("unclaimed", None, "unknown")] if told else [])


def test_who_blames_is_whoever_the_words_are_said_of():
    text = "The army blamed the Northern Front."
    army = Source("army", Span(4, 8), "army", "organisation")
    blamed = Phrase("blamed", Span(9, 15))
    told = Claim("c", "r", "text", Span(16, 34), source=army, cue=blamed, content=(Span(16, 34),), rule="object")
    layer = Layer(
        sentences=(Sentence(Span(0, len(text))),),
        names=(Name(Span(20, 34), "Northern Front", "group", "Northern Front"),),
    )
    (claim,) = responsibility_claims("r", "text", text, layer, [told])
    assert (claim.source, claim.responsible.text) == (army, "Northern Front")


def test_a_raid_claimed_further_on_is_another_one():
    text = "Nine died in a blast in Dorna. The Northern Front claimed a raid on the port."
    names = (Name(Span(35, 49), "Northern Front", "group", "Northern Front"),)
    layer = Layer(sentences=(Sentence(Span(0, 30)), Sentence(Span(31, len(text)))), names=names)
    assert [(c.rule, c.background) for c in responsibility_claims("r", "text", text, layer, ())] == [
        ("responsibility", True)
    ]


def test_blame_beside_an_unclaimed_attack_is_kept():
    text = "No one has claimed the ambush, but the council accused the Northern Front of carrying out the attack."
    assert ("asserted", "Northern Front", None) in found(text)


@pytest.mark.parametrize("row", table("claims/responsibility.tsv"), ids=lambda row: row["pattern"][:30])
def test_rule(row):
    pattern = re.compile(row["pattern"], re.IGNORECASE)
    assert pattern.search(row["example"])
    assert not pattern.search(row["counter"])
    assert any(word in row["example"].lower() for word in row["needs"].split("|"))
