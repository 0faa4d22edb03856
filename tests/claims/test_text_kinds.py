"""Counts with their sources in kinds of text that lose the parser: lost commas, headlines, asides, words between verb and count."""

from __future__ import annotations

from functools import cache

import pytest

from firsthand.annotate import Annotator
from firsthand.claims import extract
from firsthand.model import Document, OffsetMap, ReportClaims

Told = tuple[str, int | None, int | None, str | None]

# comment, text, (outcome, low, high, source's name) of each tally
CASES: list[tuple[str, str, list[Told]]] = [
    ("a pronoun closes the sentence", "Aid chief Ana Holt said the port was shut. One docker was also killed in the fire she said.",
     [("killed", 1, 1, "Ana Holt")]),
    ("a pronoun, then a participle",
     "The mayor Jon Abara spoke to us. The mines have taken the lives of six farmers he added noting that the "
     "road is closed.", [("killed", 6, 6, "Jon Abara")]),
    ("a described body closes it",
     "Gunboats killed at least 20 rebels near the delta an organisation following the war said on Friday.",
     [("killed", 20, None, "organisation following the war")]),
    ("a plural before the source",
     "Raiders hanged nine men seven of them hunters who feared the army and the bandits a monitor said on Sunday.",
     [("killed", 9, 9, "monitor"), ("killed", 7, 7, "monitor")]),
    ("a span of time behind the verb",
     "Gunboats shelled the port on Monday killing four dockers residents said a day after the fleet came.",
     [("killed", 4, 4, "residents")]),
    ("a quotation without a comma",
     '"At least 30 guards were killed when two lorries blew up at the gate" Kivu Monitoring Centre chief '
     "Paul Mbeki told the Post.", [("killed", 30, None, "Paul Mbeki")]),
    ("sources close to somebody", "Six farmers were killed in the hills, sources close to the army and traders said.",
     [("killed", 6, 6, "sources close to the army and traders")]),
    ("a source between verb and count",
     "Rebels hit the quarter with rockets killing according to the latest count 44 traders and wounding "
     "over 140.", [("killed", 44, 44, "latest count"), ("wounded", 141, None, "latest count")]),
    ("members of a body by name",
     "The raid killed five of Hezbollah and allied militiamen as well as six guards who held the depot.",
     [("killed", 5, 5, None), ("killed", 6, 6, None)]),
    ("two nouns under one number", "More than 40 troops and militia died there.", [("killed", 41, None, None)]),
    ("another, then a day", "Police shot dead six traders and wounded another Thursday, witnesses said.",
     [("killed", 6, 6, "witnesses"), ("wounded", 1, 1, "witnesses")]),
    ("names between the counts",
     "The blast killed the head of the post Luis Ortega (36), two firemen – Juan Sol and Pedro Ruiz (43 years old) – "
     "and two nurses, Ana Lopez and Eva Cruz.", [("killed", 1, 1, None), ("killed", 2, 2, None), ("killed", 2, 2, None)]),
    ("a condition", "Two more victims, a clerk and a nurse, were listed in serious condition.",
     [("wounded", 2, 2, None), ("wounded", 1, 1, None), ("wounded", 1, 1, None)]),
    ("one who counts raises a toll", "The ministry later raised the death toll to 25.", [("killed", 25, 25, "ministry")]),
    ("an event raises a toll", "The second blast raised the death toll to 25.", [("killed", 25, 25, None)]),
    ("a judgement takes the count for granted",
     "The envoy condemned the raid that killed 12 villagers.", [("killed", 12, 12, None)]),
    ("an accusation does not", "The envoy accused the fleet of a raid that killed 12 villagers.", [("killed", 12, 12, "envoy")]),
    ("a charge over a shooting",
     "Detectives charged a man over a shooting that took the life of one clerk.", [("killed", 1, 1, None)]),
]  # fmt: skip

HEADLINES: list[tuple[str, str, list[Told]]] = [
    ("a monitor behind other names", "18 rebels killed fighting Sudan army monitor", [("killed", 18, 18, "monitor")]),
    ("names run into the source", "Raids kill nine fighters in Mali Monitor", [("killed", 9, 9, "Monitor")]),
    (
        "two verbs",
        "Army Bombs Kill Injure Civilians in Darfur",
        [("killed", None, None, None), ("wounded", None, None, None)],
    ),
    ("an age and its verb", "Bogo Police: 15-year-old shot near ferry", [("killed", 1, 1, "Bogo Police")]),
    (
        "some among all the dead",
        "13 officers among 20 dead in ambush",
        [("killed", 13, 13, None), ("killed", 20, 20, None)],
    ),
    ("a father of three is one", "Father of three stabbed to death in Lagos", [("killed", 1, 1, None)]),
    ("a comma for an and", "Man, 2 sons gunned down in Davao", [("killed", 1, 1, None), ("killed", 2, 2, None)]),
    ("a gerund that qualifies", "Kivu Shooting Suspect Texted Friend a Verse Before Attack", []),
]

NOTHING = [
    ("what someone has said", "He stood by everything he said."),
    ("people who only are described", "The hall was sheltering displaced people and injured villagers."),
    ("survivors beside the dead", "Radio reports quoted one of the survivors of the raid."),
    ("kin who are told", "The clinic was not releasing names pending notification of relatives."),
]


@cache
def _annotator() -> Annotator:
    return Annotator()


def read(text: str, title: str | None = None) -> ReportClaims:
    document = Document("r1", "r1", text, OffsetMap.identity(len(text)), title=title)
    return extract(document, next(iter(_annotator().annotate([document]))))


def told(claims: ReportClaims) -> list[Told]:
    return [
        (c.tally.outcome, c.tally.low, c.tally.high, c.source.name if c.source else None)
        for c in claims.claims
        if c.tally is not None
    ]


@pytest.mark.parametrize(("comment", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_counts_and_sources(comment: str, text: str, expected: list[Told]) -> None:
    assert told(read(text)) == expected


@pytest.mark.parametrize(("comment", "title", "expected"), HEADLINES, ids=[case[0] for case in HEADLINES])
def test_headlines(comment: str, title: str, expected: list[Told]) -> None:
    assert told(read("The road to the town is open again.", title)) == expected


@pytest.mark.parametrize(("comment", "text"), NOTHING, ids=[comment for comment, _ in NOTHING])
def test_no_count(comment: str, text: str) -> None:
    assert told(read(text)) == []


def test_a_count_in_a_relative_clause_has_the_reach_of_its_own_words() -> None:
    text = "Fighters flock to the hills where upwards of 9,000 people have died in more than four years of conflict."
    assert [c.tally.scope for c in read(text).claims if c.tally] == ["total"]


def test_a_friend_inside_a_quotation_is_not_the_one_who_speaks() -> None:
    text = "His friend read a line: “Whoever wrongs a friend of mine wrongs me.” “I saw no hint in it,” the friend told the Post."
    assert all("mine" not in c.source.name for c in read(text).claims if c.source)


def test_a_body_named_since_is_meant_by_the_generic_noun() -> None:
    text = (
        "Six men were shot, a monitor said. Nine have died since May, the Delta Observatory for Rights said. "
        "Raids killed 12 farmers, the London-based monitor said."
    )
    assert [source for *_, source in told(read(text))] == [
        "monitor",
        "Delta Observatory for Rights",
        "Delta Observatory for Rights",
    ]


def test_a_pronoun_inside_her_words_does_not_make_the_speaker_a_man() -> None:
    text = (
        "General Leo Ward said the plan was sound. Director Ina Palm said Roe uses “insults” because he cannot defend his record. "
        "“Nine people died under him,” she said."
    )
    assert [source for *_, source in told(read(text))] == ["Ina Palm"]
