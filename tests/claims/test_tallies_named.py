"""Persons named as victims, in prose and in lists."""

from __future__ import annotations

from functools import cache

import pytest

from firsthand.annotate import Annotator
from firsthand.claims import extract
from firsthand.model import Document, OffsetMap, ReportClaims

# comment, text, (name, age, sex, outcome) of each
CASES = [
    ("name, age and place", "John Pell, 34, of Tulsa, was killed on Monday.", [("John Pell", 34, None, "killed")]),
    ("told by an adverb", "Marta Oliveira was fatally stabbed.", [("Marta Oliveira", None, None, "killed")]),
    ("trade before the name", "Singer Marta Oliveira was shot dead at her door.", [("Marta Oliveira", None, "female", "killed")]),
    ("office before it", "Mayor Elena Sokolova was abducted; she is lost.", [("Elena Sokolova", None, "female", "abducted")]),
    ("as object", "Gunmen killed Judge Arturo Vega.", [("Arturo Vega", None, None, "killed")]),
    ("several of one verb", "Ana Ruiz, Luis Ruiz and Eva Sol were killed in the raid.",
     [("Ana Ruiz", None, None, "killed"), ("Luis Ruiz", None, None, "killed"), ("Eva Sol", None, None, "killed")]),
    ("deaths of", "The strike led to the deaths of Omar Haddad, Sami Haddad and Rana Saleh.",
     [("Omar Haddad", None, None, "killed"), ("Sami Haddad", None, None, "killed"), ("Rana Saleh", None, None, "killed")]),
    ("list in prose", "The dead were identified as Ivan Petrov, 40, Olga Petrova, 38, and their son Misha Petrov, 9.",
     [("Ivan Petrov", 40, None, "killed"), ("Olga Petrova", 38, None, "killed"), ("Misha Petrov", 9, "male", "killed")]),
    ("one a line", "Those injured were named as:\n– Ahmed Saleh\n– Mona Saleh (12)\n– Tarek al-Amin",
     [("Ahmed Saleh", None, None, "wounded"), ("Mona Saleh", 12, None, "wounded"), ("Tarek al-Amin", None, None, "wounded")]),
    ("a surname is the same person", "Peter Novak (61) died of his wounds. Novak was killed by a mine.",
     [("Peter Novak", 61, "male", "killed")]),
    ("names and ages before the verb", "Luis G. Paz, 19, Leo Haas, 21, and Jamal K. Reed, 17, were also wounded.",
     [("Luis G Paz", 19, None, "wounded"), ("Leo Haas", 21, None, "wounded"), ("Jamal K Reed", 17, None, "wounded")]),
    ("left dead", "The fire that left Carla Moreno, 61, and Jeremy Moreno, 10, dead is being looked into.",
     [("Carla Moreno", 61, None, "killed"), ("Jeremy Moreno", 10, None, "killed")]),
    ("a pronoun identified", "A man was stabbed and died in hospital. He has been identified as Wilfred Dole, 35.",
     [("Wilfred Dole", 35, "male", "killed")]),
    ("somebody identifies the dead", "The doctor named the fatality as 18-year-old Dejan Gill.",
     [("Dejan Gill", 18, None, "killed")]),
    ("who had been killed",
     "The victims who died in the blast were identified as 49-year-old Khalid Rashid and Abed Jaber.",
     [("Khalid Rashid", 49, None, "killed"), ("Abed Jaber", None, None, "killed")]),
    ("serious injuries", "Becky Pryce, 3, suffered serious injuries on the stairs.", [("Becky Pryce", 3, None, "wounded")]),
    ("her boyfriend is a man", "Relatives named the dead as Jo Sand, 64, and her boyfriend Roy Rall.",
     [("Jo Sand", 64, None, "killed"), ("Roy Rall", None, "male", "killed")]),
    ("between dashes", "Two men – Abdel Rahman Musa and Munir Obeid – were killed by a drone.",
     [("Abdel Rahman Musa", None, None, "killed"), ("Munir Obeid", None, None, "killed")]),
    ("a bystander's sex", "The shot that left Calvin Watt dead was heard in the unnamed woman's home.",
     [("Calvin Watt", None, None, "killed")]),
    ("victims of an attack", "The victims of the raid were identified as 28-year-old Basil Tawil and 26-year-old Abdel Madkur.",
     [("Basil Tawil", 28, None, "killed"), ("Abdel Madkur", 26, None, "killed")]),
    ("children beside them",
     "Six died. Among the dead were Abdul Farra and his wife Samira Harz, along with their three sons, 20 year old Hadi Farra.",
     [("Abdul Farra", None, None, "killed"), ("Samira Harz", None, "female", "killed"), ("Hadi Farra", 20, None, "killed")]),
    ("wounded, then dead", "Karim Aziz was wounded. Aziz later died.", [("Karim Aziz", None, None, "killed")]),
]  # fmt: skip

NOBODY = [
    ("a speaker", "Tomas Reyes said that his cousin had been killed."),
    ("a group", "The army killed Hezbollah fighters in Bint Jbeil."),
    ("a suspect identified", "Police arrested a man after the killing. He was identified as Peter Novak, 30."),
    ("capitals", "HER DAUGHTER'S FRIEND WAS GUNNED DOWN IN THE YARD."),
    ("a body", "The commission identified the dead as members of Red Cross Society."),
    ("a suspect", "Peter Novak was asked about the killing."),
]


@cache
def read(text: str) -> ReportClaims:
    document = Document("r1", "r1", text, OffsetMap.identity(len(text)))
    return extract(document, next(iter(_annotator().annotate([document]))))


@cache
def _annotator() -> Annotator:
    return Annotator()


@pytest.mark.parametrize(("comment", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_named(comment: str, text: str, expected: list[tuple[object, ...]]) -> None:
    victims = read(text).victims
    assert [(v.name, v.age, v.sex, v.outcome) for v in victims] == expected
    assert all(v.why.endswith(".") and v.name.split()[-1] in v.span.of(text) for v in victims)


@pytest.mark.parametrize(("comment", "text"), NOBODY, ids=[comment for comment, _ in NOBODY])
def test_nobody_is_named(comment: str, text: str) -> None:
    assert not read(text).victims


def test_both_scripts_are_kept() -> None:
    (victim,) = read("Layla Mansour (ليلى منصور), a nurse, was killed in the strike.").victims
    assert victim.variants == ("Layla Mansour", "ليلى منصور")


def test_what_describes_a_named_person_is_the_count_and_the_person_points_to_it() -> None:
    found = read("Layla Mansour, a nurse, was killed in the strike.")
    (claim,) = [claim for claim in found.claims if claim.tally]
    assert claim.tally is not None
    assert (claim.tally.low, claim.tally.victims) == (1, ("medics",))
    assert found.victims[0].claims == (claim.id,)


def test_affiliation() -> None:
    assert [v.affiliation for v in read("John Pell, 34, of Tulsa, was killed.").victims] == ["Tulsa"]
    assert [v.affiliation for v in read("John Pell, a union leader, was killed.").victims] == ["a union leader"]
