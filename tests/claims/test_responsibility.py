"""Who takes, gives and denies responsibility: sentences with the bodies that annotate marked in them."""

from __future__ import annotations

import re

import pytest

from firsthand.claims.responsibility import responsibility_claims
from firsthand.model import Layer, Name, Sentence, Span
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
    ]


CASES = [
    ("The Northern Front claimed responsibility for the blast.", [("asserted", "Northern Front", "Northern Front")]),
    ("Five died in an attack claimed by the Northern Front.", [("asserted", "Northern Front", "Northern Front")]),
    ("Westland blamed the attack on the Northern Front.", [("asserted", "Northern Front", "Westland")]),
    ("Villagers blamed Westlandish troops.", [("asserted", "Westlandish troops", None)]),
    ("The raid was carried out by suspected members of the Northern Front.", [("asserted", "Northern Front", None)]),
    ("The River League denied any involvement.", [("denied", "River League", "River League")]),
    # nobody, somebody else, another attack, a part that goes its own way, a place
    ("No group has claimed responsibility, the Northern Front said.", []),
    ("Officials blamed bad roads in Westland.", []),
    ("The Northern Front has claimed responsibility for many similar attacks.", []),
    ("A splinter group of the Northern Front claimed responsibility.", []),
    ("The killings were carried out by men on horses in northern Westland.", []),
    ("Nine Westlandish villagers were killed in an attack carried out by night.", []),
]


@pytest.mark.parametrize(("text", "want"), CASES)
def test_responsibility(text, want):
    assert found(text) == want


@pytest.mark.parametrize("row", table("claims/responsibility.tsv"), ids=lambda row: row["pattern"][:30])
def test_rule(row):
    pattern = re.compile(row["pattern"], re.IGNORECASE)
    assert pattern.search(row["example"])
    assert not pattern.search(row["counter"])
    assert any(word in row["example"].lower() for word in row["needs"].split("|"))
