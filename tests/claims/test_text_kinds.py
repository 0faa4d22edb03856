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
    ("a participle in front, its victims behind",
     "Killed in the ambush were Pfc. Ben Ocampo and two militiamen, the garrison said.",
     [("killed", 2, 2, "garrison")]),
    ("their own", "Rebels killed 11 soldiers and lost nine of their own in a dawn raid.",
     [("killed", 11, 11, None), ("killed", 9, 9, None)]),
    ("a figure of losses with its outcome",
     "Officials said 38 rebels were killed and put their own losses at three dead and 11 hurt.",
     [("killed", 38, 38, "Officials"), ("killed", 3, 3, "Officials"), ("wounded", 11, 11, "Officials")]),
    ("a number of casualties put at dead", "The officer confirmed it but put the number of casualties at six dead.",
     [("killed", 6, 6, "officer")]),
    ("claimed to have", "The rebels, however, claimed to have killed 45 troops.", [("killed", 45, 45, "rebels")]),
    ("description and name between commas",
     "The bandits abducted 23 worshippers, including the pastor, a resident, Malam Sule, told the Sun.",
     [("abducted", 23, 23, "Malam Sule"), ("abducted", 1, 1, "Malam Sule")]),
    ("an ordinal alone", "Two men were killed and a third was wounded.", [("killed", 2, 2, None), ("wounded", 1, 1, None)]),
    ("a rank the parser does not know", "Troops found the bodies of three rebels, said Maj. John Bello.",
     [("killed", 3, 3, "John Bello")]),
    ("a name with a hyphen behind an article", "A friend of Naji Al-Fares emphasized that one fireman was killed.",
     [("killed", 1, 1, "friend of Naji Al-Fares")]),
    ("sentences that lost their blank",
     "Two women were hurt in the yard, police said.Three men were killed in the shop.By noon it was shut.",
     [("wounded", 2, 2, "police"), ("killed", 3, 3, None)]),
    ("a second body behind while", "The front said it had lost six guerrillas, while the army put its own dead at four.",
     [("killed", 6, 6, "front"), ("killed", 4, 4, "army")]),
    ("deaths put at a number by another", "The army says 30 rebels were killed; aid groups put civilian deaths at more than 700.",
     [("killed", 30, 30, "army"), ("killed", 701, None, "aid groups")]),
    ("the rest", "Eleven of the riders died, including the driver, and the rest were hurt, five of them seriously.",
     [("killed", 11, 11, None), ("killed", 1, 1, None), ("wounded", None, None, None), ("wounded", 5, 5, None)]),
    ("intensive care",
     "Of the 27 pupils injured, nine are in intensive care.", [("wounded", 27, 27, None), ("wounded", 9, 9, None)]),
    ("the dead are", "The killed persons are 5 from the one family according to neighbours.", [("killed", 5, 5, "neighbours")]),
    ("object of one verb, subject of the next", "Police arrested 34 marchers and 12 officers were injured by stones.",
     [("detained", 34, 34, None), ("wounded", 12, 12, None)]),
    ("claimed by somebody", "The blast, which killed nine clerks, was claimed by a splinter group.", [("killed", 9, 9, None)]),
    ("found dead is no finding", "Gunmen abducted four traders, two of them later found dead.",
     [("abducted", 4, 4, None), ("killed", 2, 2, None)]),
    ("taken by the subject behind", "A list names the 76 girls the raiders abducted.", [("abducted", 76, 76, None)]),
    ("a toll that hangs on what is reported",
     "The governor Talal Barak had reported the raids giving a toll of 33 killed and 70 hurt.",
     [("killed", 33, 33, "Talal Barak"), ("wounded", 70, 70, "Talal Barak")]),
    ("told before their parts",
     "The storm led to at least 12 pilgrims being killed, including seven children, and one person being injured.",
     [("killed", 12, None, None), ("killed", 7, 7, None), ("wounded", 1, 1, None)]),
    ("ages without an article", "A 13-year-old pupil, 17-year-old cook and 20-year-old nurse were all taken to Kano Hospital.",
     [("wounded", 1, 1, None), ("wounded", 2, 2, None)]),
    ("an agency behind a place",
     "Rocket fire wounded three people in the old quarter of northern Damascus SANA said blaming raiders.",
     [("wounded", 3, 3, "SANA")]),
    ("between ages", "Five riders between the ages of 19 and 58 were wounded, police say.", [("wounded", 5, 5, "police")]),
    ("injuries to", "The crash resulted in the death of Eva Moss and injuries to five other people.", [("wounded", 5, 5, None)]),
    ("a death of some, others missing", "The storm caused the death of 90 people and at least 60 are missing.",
     [("killed", 90, 90, None), ("missing", 60, None, None)]),
    ("seen, not said", "When they arrived they found the two guards shot dead.", [("killed", 2, 2, None)]),
    ("died of it", "The man, 34, was stabbed and taken to a clinic where he later died, Greer said.", [("killed", 1, 1, "Greer")]),
    ("a perfect closes it",
     "A car bomb killed four clerks in the old quarter as residents fear a raid the official news agency has reported.",
     [("killed", 4, 4, "official news agency")]),
    ("a body renamed behind its verb",
     "Sixty rebels were killed near Kesh on Monday said the Observatory for Human Rights a body close to the coast.",
     [("killed", 60, 60, "Observatory for Human Rights")]),
    ("who shared it, far behind",
     "At least 12 guards were killed in the fire and the fight behind it along with eight raiders.",
     [("killed", 12, None, None), ("killed", 8, 8, None)]),
    (
        "an hour before the victims",
        "Around 9pm on Tuesday, March 3, 2020, at least five miners, including a cook, were killed.",
        [("killed", 5, None, None), ("killed", 1, 1, None)],
    ),
    (
        "kin counted, then named",
        "A potter was killed alongside her husband, 50-year-old Elmo Roth, and two farmers.",
        [("killed", 1, 1, None), ("killed", 1, 1, None), ("killed", 2, 2, None)],
    ),
    (
        "a verb that the parser takes for a participle",
        "The pro-Lind Danube Observatory for Human Rights reported on Tuesday that 40 people had been killed.",
        [("killed", 40, 40, "Lind Danube Observatory for Human Rights")],
    ),
    (
        "a body with its town and state",
        "Police in Port Adra, Florida, say a guard killed two sailors.",
        [("killed", 2, 2, "Police in Port Adra")],
    ),
    (
        "two bodies, each with its number",
        "Most papers wrote that six people were killed, however the Danube Observatory and the Lake League cited eight deaths.",
        [("killed", 6, 6, "Most papers"), ("killed", 8, 8, "Danube Observatory and the Lake League")],
    ),
    (
        "a statement in the paragraph below",
        "The school issued a statement:\n\nWe mourn the death of one of our pupils.",
        [("killed", 1, 1, "school")],
    ),
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
    ("found shot dead", "3 found shot dead after break-in in Kano flat", [("killed", 3, 3, None)]),
    ("two with a comma", "Nun, 12-year-old pupil injured in Kano blast", [("wounded", 2, 2, None)]),
    ("a comma for an and", "Man, 2 sons gunned down in Davao", [("killed", 1, 1, None), ("killed", 2, 2, None)]),
    ("a gerund that qualifies", "Kivu Shooting Suspect Texted Friend a Verse Before Attack", []),
]

NOTHING = [
    ("whose wounds they are", "The sailor Olga Rand died from multiple injuries, an examination found."),
    ("aimed at, not hit", "The clerk who was shot at by a guard on Monday is held on bail."),
    ("those who mourn the dead", "The sister of those killed spoke to the radio."),
    ("what is left of a thing", "The remains of the bus stop have been removed."),
    ("what someone has said", "He stood by everything he said."),
    ("people who only are described", "The hall was sheltering displaced people and injured villagers."),
    ("survivors beside the dead", "Radio reports quoted one of the survivors of the raid."),
    ("injuries of nobody counted", "Injuries to children have been left out of the estimate."),
    ("a purpose", "Officers are working to locate and arrest the raiders."),
    ("a camera", "In the picture an elderly man was captured wearing a scarf."),
    ("wounds of one who is named", "Olga Rand was flown out with life-threatening injuries."),
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
