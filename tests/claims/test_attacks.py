"""Who attacks whom in plain narrative: sentences with the names that annotate would mark in them."""

from __future__ import annotations

import re

import pytest

from firsthand.claims.attacks import attack_claims, home_of
from firsthand.model import Claim, Layer, Name, Place, PlaceMention, Sentence, Source, Span
from firsthand.resources import table

NAMES = {
    "Northern Front": "group",
    "River League": "group",
    "Westland": "state",
    "Westlandish": "nationality",
    "Eastland": "state",
    "Eastlandish": "nationality",
    "USA": "state",
    "Afghan": "nationality",
    "Westlandish Observatory": "organisation",
    "Hill Army": "organisation",
    "Defence Office": "organisation",
    "Moscow": "place",
    "Haddan": "person",
    "Lake Union": "organisation",
}


def layer_of(text: str, *places: tuple[str, str]) -> Layer:
    found = [
        Name(Span(*match.span()), match.group(0), kind, match.group(0))  # type: ignore[arg-type]
        for name, kind in NAMES.items()
        for match in re.finditer(rf"\b{name}\b", text)
    ]
    names = [n for n in found if not any(o.span != n.span and o.span.covers(n.span) for o in found)]
    mentions = [
        PlaceMention(Span(text.index(name), text.index(name) + len(name)), name, Place(name, name, code))
        for name, code in places
    ]
    return Layer(
        sentences=(Sentence(Span(0, len(text))),),
        names=tuple(sorted(names, key=lambda name: name.span)),
        places=tuple(mentions),
    )


def claims_in(text: str, *places: tuple[str, str], known: tuple[Claim, ...] = ()) -> list[Claim]:
    layer = layer_of(text, *places)
    return attack_claims("r", "text", text, layer, known, home_of([layer]))


def sides(text: str, *places: tuple[str, str]) -> set[tuple[str | None, str | None]]:
    return {
        (claim.responsible.text if claim.responsible else None, claim.target.text if claim.target else None)
        for claim in claims_in(text, *places)
    }


ATTACKS = [
    # before the word of attack: an adjective, a state that news knows by its initials, a group, a possessive, unnamed people
    ("Nine people died in a Westlandish air strike on Dorna.", ("Westlandish", None)),
    ("USA strikes in the delta hit three depots.", ("USA", None)),
    ("Six guards died in a Northern Front ambush.", ("Northern Front", None)),
    ("The League condemned Westland's bombardment of Dorna.", ("Westland", None)),
    ("Moscow's raids have emptied the valley.", ("Moscow", None)),
    ("Army shelling killed two farmers.", ("Army", None)),
    ("Overnight, government air raids killed five.", ("government", None)),
    # the subject of a verb of attack
    ("Westland bombed the harbour on Friday.", ("Westland", None)),
    ("Westlandish warplanes have repeatedly struck the market.", ("Westlandish warplanes", None)),
    ("Northern Front fighters stormed the Hill Army barracks.", ("Northern Front fighters", "Hill Army")),
    ("Masked gunmen opened fire in the market.", ("Masked gunmen", None)),
    ("Haddan's forces shelled the old town.", ("Haddan's forces", None)),
    ("The Hill Army carried out a pre-dawn raid on Northern Front camps.", ("Hill Army", "Northern Front")),
    ("Northern Front kills nine soldiers.", ("Northern Front", None)),
    # behind a "by"
    ("Dorna was shelled on Monday by the Hill Army.", ("Hill Army", None)),
    ("Four drivers were killed by suspected Northern Front militants.", ("Northern Front militants", None)),
    ("An attack by members of the River League left two dead.", ("River League", None)),
    ("The convoy was ambushed by bandits near Dorna.", ("bandits", None)),
    ("Nine died in raids by Westlandish or Eastlandish jets.", ("Eastlandish jets", None)),
    ("Six shepherds were killed at the hands of Westlandish soldiers.", ("Westlandish soldiers", None)),
    # targets
    ("Westlandish jets attacked Eastland-backed militias.", ("Westlandish jets", "Eastland-backed militias")),
    ("The raids targeted bases of the River League.", (None, "River League")),
    ("Hill Army troops were ambushed by the Northern Front.", ("Northern Front", "Hill Army troops")),
    ("Westlandish shelling of Dorna was followed by an attack on Eastlandish bases.", (None, "Eastlandish")),
    # what belongs to a side, or is held by it
    ("The Northern Front attacked a checkpoint manned by Westlandish soldiers.", ("Northern Front", "Westlandish soldiers")),
    ("The army shelled the River League's positions.", ("army", "River League")),
    ("Rebels ambushed a convoy of the Hill Army.", ("Rebels", "Hill Army")),
    ("Westlandish war planes bombed camps belonging to the Northern Front.", ("Westlandish war planes", "Northern Front")),
    ("The Northern Front opened fire on a Westlandish police patrol.", ("Northern Front", "Westlandish police")),
    ("Northern Front fighters overran a police post.", ("Northern Front fighters", "police")),
    ("A Westlandish drone strike on an Eastlandish airfield hit two jets.", ("Westlandish", "Eastlandish")),
    ("A convoy of River League rebels was ambushed by the Hill Army.", ("Hill Army", "River League rebels")),
    # of a body without an army of its own
    ("The Northern Front raided a base of Lake Union troops.", ("Northern Front", "Lake Union troops")),
    ("Lake Union peacekeepers fired at a minibus.", ("Lake Union peacekeepers", None)),
    ("A Lake Union convoy was attacked on Monday.", (None, "Lake Union")),
    # nobody is named who did it
    ("A roadside bomb hit a convoy of Lake Union soldiers.", (None, "Lake Union soldiers")),
    ("The Hill Army barracks were shelled at dawn.", (None, "Hill Army")),
    # a time or an aside between the attacker and its verb
    ("Suspected herdsmen in the early hours of Tuesday attacked Dorna.", ("Suspected herdsmen", None)),
    ("The Hill Army late on Monday night bombed the harbour.", ("Hill Army", None)),
    ("The River League, a rebel group, attacked a mine.", ("River League", None)),
    # what the attack or the bomber did to a side
    ("A Westlandish strike on a village killed five River League fighters.", (None, "River League fighters")),
    ("A rebel blew himself up near a Hill Army post.", ("rebel", "Hill Army")),
    # two sides of one fight
    ("Clashes between the Hill Army and the River League killed nine.", ("Hill Army", None)),
    ("Clashes between the Hill Army and the River League killed nine.", ("River League", None)),
    # in an apposition
    ("The rebel group Northern Front attacked a village.", ("Northern Front", None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "want"), ATTACKS, ids=lambda value: str(value)[:50])
def test_attack(text, want):
    assert want in sides(text)


NO_ATTACKS = [
    "A Westlandish hospital treated the wounded.",
    "Westlandish Observatory strikes a careful note.",
    "A Westlandish-made rocket struck the market.",
    "Eight Westlandish soldiers were killed on Friday.",
    "Two Hill Army soldiers killed near Dorna.",
    "Northern Front's attack on the bill drew applause.",
    "The Northern Front would attack the town.",
    "The army has not bombed Dorna.",
    "It is not known whether Westlandish jets bombed the bridge.",
    "The Northern Front is suspending attacks.",
    "A terrorist attack killed nine.",
    "A blast near the army headquarters killed nine.",
    "The harvest was struck by government neglect.",
    "The town is held by the Northern Front after the attack.",
    "An attack on Westland was feared.",
    "He was charged with assault by Northern Front prosecutors.",
    "The River League, the mayor said, attacked nobody's views.",
    "Clashes between two families killed six.",
    "It was unclear whether the raids on the valley were carried out by the Hill Army.",
    "A bomb went off near a convoy of Lake Union soldiers.",
    "Lake Union staff raided the larder.",
]


@pytest.mark.parametrize("text", NO_ATTACKS)
def test_no_attack(text):
    assert not {side for side in sides(text) if side[0] is not None}


def test_sides_named_in_one_breath_are_both_told():
    assert sides("Westlandish and Eastlandish jets bombed the bridge.") == {
        ("Westlandish", None),
        ("Eastlandish jets", None),
    }


@pytest.mark.parametrize(
    ("where", "told"),
    [
        pytest.param(("Herat", "AF"), False, id="in the country itself it is the country's misfortune"),
        pytest.param(("Herat", "IR"), True, id="abroad it is the country's deed"),
    ],
)
def test_a_bombing_with_an_adjective(where, told):
    assert bool(sides("An Afghan bombing killed six in Herat.", where)) == told


def test_a_state_says_that_it_struck():
    (claim,) = claims_in("Westland said it had bombed two camps.")
    assert claim.source is not None
    assert claim.source.text == claim.responsible.text == "Westland"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Defence Office said its jets had bombed two camps.", "Defence Office"),
        ("The River League said that its fighters attacked an outpost.", "River League"),
        pytest.param("The Defence Office said its budget had hit a record.", None, id="no arms of its own"),
        pytest.param("The army left before its jets had bombed two camps.", None, id="nobody speaks"),
    ],
)
def test_who_says_that_its_own_forces_struck(text, who):
    found = [c for c in claims_in(text) if c.responsible is not None and c.source is not None]
    assert [(c.responsible.text, c.source.text) for c in found] == ([(who, who)] if who else [])


def test_the_speaker_of_the_sentence_is_the_source():
    text = "Nine died in a Westlandish raid, the mayor said."
    mayor = Source("the mayor", Span(33, 42), "the mayor", "role")
    told = Claim("c", "r", "text", Span(0, len(text)), source=mayor, content=(Span(0, 31),))
    (claim,) = claims_in(text, known=(told,))
    assert claim.source == mayor
    (unsaid,) = claims_in(text)
    assert unsaid.source is None


def test_words_that_leave_it_open_make_it_alleged():
    assert [c.certainty for c in claims_in("Nine died in an alleged Westlandish strike.")] == ["alleged"]


def test_what_an_attack_answers_is_another_one():
    later = "It was in retaliation for a Northern Front ambush that killed three."
    assert [c.background for c in claims_in(later)] == [True]


def test_an_attack_that_only_describes_a_region_is_another_one():
    claims = claims_in("The district, plagued by Northern Front attacks, has lost its clinic.")
    assert claims
    assert all(claim.background for claim in claims)


def test_a_clash_beside_an_attack_says_nothing_of_it():
    assert sides("Amid clashes between the Hill Army and the River League, Westlandish jets bombed Dorna.") == {
        ("Westlandish jets", None)
    }


@pytest.mark.parametrize("row", table("claims/attacks.tsv"), ids=lambda row: f"{row['class']}: {row['example'][:30]}")
def test_rule(row):
    known = [pair.split("=")[0] for pair in row["words"].split("|")]
    # Classes that take an attack back show at the counter-example.
    shown = row["counter"] if row["class"] in ("unreal", "matter") else row["example"]
    assert any(re.search(rf"\b{re.escape(word)}\b", shown, re.IGNORECASE) for word in known)
    assert sides(row["example"])
    assert not {side for side in sides(row["counter"]) if side[0] is not None}
