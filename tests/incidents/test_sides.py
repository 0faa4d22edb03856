"""Whose the attacks of a report are, and which actor its words mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from firsthand.incidents import group
from firsthand.incidents.attacks import telling_counts
from firsthand.incidents.side_words import is_unnamed
from firsthand.model import Actor, Claim, Grouping, Lineage, Name, Phrase, Span, Tally

OPENING = "Jets bombed two camps near Darrun on Friday and killed nine fighters. "
FILLER = "Rain fell over the hills for two days and the roads stayed shut. " * 4


def attack(report: str, text: str, cue: str, doer: str | None, target: str | None = None, **more: object) -> Claim:
    """An attack told in the sentence that holds ``cue``."""
    at = text.index(cue)
    start = text.rfind(". ", 0, at) + 2 if ". " in text[:at] else 0
    end = text.index(".", at) + 1

    def phrase(words: str | None) -> Phrase | None:
        return Phrase(words, Span(start, start + 1)) if words else None

    return Claim(
        f"{report}-{cue}", report, "text", Span(start, end), cue=Phrase(cue, Span(at, at + len(cue))), rule="attack",
        responsible=phrase(doer), target=phrase(target), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def grouped(
    told: Callable[..., object], text: str, *attacks: tuple[str, str | None, str | None], names: tuple[Name, ...] = ()
):
    report = told("f", text, published="2031-05-17", title="", days=[("on Friday", "2031-05-16")], places=["Darrun"],
                  tolls=[("nine fighters", "killed", 9)])  # fmt: skip
    claims = [attack(report.id, text, *one) for one in attacks]
    annotation = replace(report.annotation, text=replace(report.annotation.text, names=names))
    reports = replace(report.claims, claims=(*report.claims.claims, *claims))
    return group([report.document], [annotation], [reports], Lineage())


def perpetrators(grouping: Grouping) -> list[Actor]:
    (incident,) = grouping.incidents
    actors = {actor.id: actor for actor in grouping.actors}
    return [actors[a] for a in incident.perpetrators]


def test_an_adjective_means_the_state(told):
    (actor,) = perpetrators(grouped(told, OPENING, ("bombed", "Norwegian jets", None)))
    assert (actor.name, actor.kind, actor.variants) == ("Norway", "state", ())


def test_a_capital_means_the_state_where_it_acts(told):
    (actor,) = perpetrators(grouped(told, OPENING, ("bombed", "Ankara", None)))
    assert actor.name == "Turkey"


def test_a_coalition_is_known_by_who_leads_it(told):
    (actor,) = perpetrators(grouped(told, OPENING, ("bombed", "US-led coalition", None)))
    assert (actor.name, actor.unnamed) == ("Global Coalition against Daesh", False)


def test_the_army_is_that_of_the_one_state_which_the_report_blames(told):
    text = OPENING + "Army shells hit the camps."
    (actor,) = perpetrators(grouped(told, text, ("bombed", "Norwegian jets", None), ("shells", "army", None)))
    assert actor.name == "Norway"


def test_unnamed_people_stay_without_a_name(told):
    grouping = grouped(told, OPENING, ("bombed", "masked gunmen", None))
    (actor,) = perpetrators(grouping)
    assert (actor.name, actor.kind, actor.unnamed) == ("masked gunmen", "group", True)


@pytest.mark.parametrize("doer", ["Norway-backed militias", "Norwegian rebels"])
def test_where_armed_people_come_from_does_not_make_them_the_state(told, doer):
    (actor,) = perpetrators(grouped(told, OPENING, ("bombed", doer, None)))
    assert (actor.name, actor.unnamed) == (doer, True)


def test_attacks_told_far_from_head_and_counts_are_others(told):
    text = OPENING + FILLER + "Danish troops raided a port."
    actors = perpetrators(grouped(told, text, ("bombed", "Norwegian jets", None), ("raided", "Danish troops", None)))
    assert [actor.name for actor in actors] == ["Norway"]


def test_without_a_word_on_it_nobody_is_responsible(told):
    assert not perpetrators(
        grouped(told, OPENING + FILLER + "Danish troops raided a port.", ("raided", "Danish troops", None))
    )


def test_an_attack_in_the_cause_is_not_the_main_one(told):
    text = "In retaliation for a raid on Darrun camp, jets killed nine fighters near Darrun on Friday. "
    assert not perpetrators(grouped(told, text, ("raid", "Danish", None)))


def test_counts_that_tell_the_sides_are_those_of_the_headline_their_parts_and_the_same_again():
    def count(name: str, at: int, low: int, part_of: str | None = None) -> Claim:
        tally = Tally("killed", low, low, str(low), Span(at, at + 1), part_of=part_of)
        return Claim(name, "r", "text", Span(at, at + 40), tally=tally)

    first, part = count("first", 10, 9), count("part", 600, 2, "first")
    again, other = count("again", 700, 9), count("other", 800, 30)
    assert telling_counts([first, part, again, other]) == {"first", "part", "again"}
    assert telling_counts([again, other]) == {"again", "other"}, "the headline counts nobody"


def test_the_target_is_told_beside_the_attacker(told):
    grouping = grouped(told, OPENING, ("bombed", "Norwegian jets", "Danish troops"))
    actors = {actor.id: actor for actor in grouping.actors}
    assert [(actors[a].name, actors[a].kind) for a in grouping.incidents[0].targets] == [("Denmark", "state")]


def test_the_attacker_is_never_its_own_target(told):
    (incident,) = grouped(told, OPENING, ("bombed", "Norwegian jets", "Norwegian bases")).incidents
    assert incident.perpetrators
    assert not incident.targets


@pytest.mark.parametrize(
    ("phrase", "unnamed"),
    [("gunmen", True), ("Islamist rebels", True), ("army", True), ("River League", False), ("the blast", False)],
)
def test_is_unnamed(phrase, unnamed):
    assert is_unnamed(phrase) == unnamed
