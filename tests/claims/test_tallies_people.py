"""Who is counted: lists, apposition, pairs, company, pronouns. Cases are data: comment, text, tallies expected."""

from __future__ import annotations

from functools import cache

import pytest

from firsthand.annotate import Annotator
from firsthand.claims import extract
from firsthand.model import Document, OffsetMap, ReportClaims


@cache
def _annotator() -> Annotator:
    return Annotator()


@cache
def read(text: str, title: str | None = None) -> ReportClaims:
    document = Document("r1", "r1", text, OffsetMap.identity(len(text)), title=title)
    return extract(document, next(iter(_annotator().annotate([document]))))


def told(text: str, title: str | None = None) -> str:
    """Every tally as "outcome low-high", "+" where the top is open, "?" without a number, in brackets where a part."""
    out = []
    for claim in read(text, title).claims:
        tally = claim.tally
        if tally is None:
            continue
        number = "?" if not tally.counted else f"{tally.low}+" if tally.high is None else f"{tally.low}"
        if tally.low != tally.high and tally.low is not None and tally.high is not None:
            number = f"{tally.low}-{tally.high}"
        said = f"{tally.outcome} {number}"
        out.append(f"({said})" if tally.part_of else said)
    return ", ".join(out)


CASES = (
    ("a day is nobody", "Nine miners were killed and 12 others hurt Wednesday in a fire.", "killed 9, wounded 12"),
    ("nor is yesterday", "Nine miners were killed and at least six wounded yesterday in a fire.", "killed 9, wounded 6+"),
    ("nor is an hour", "Around 10pm on Sunday at least six sailors were killed.", "killed 6+"),
    ("a number behind a plural and a comma is no age",
     "Raiders killed 20 people, including at least six women, 11 children, and a baby.",
     "killed 20, (killed 6+), (killed 11), (killed 1)"),
    ("ages of several stay ages", "The flood killed her sons, 10 and 12.", "killed ?"),
    ("spelt out behind the number", "Three people, two men and a woman, died in the fire.", "killed 3, (killed 2), (killed 1)"),
    ("spelt out by descriptions", "At least two hikers, a 40-year-old baker and a 16-year-old pupil, were killed.",
     "killed 2+, (killed 1), (killed 1)"),
    ("two kinds of people are no apposition", "Ten soldiers, five nurses and five monks were killed.",
     "killed 10, killed 5, killed 5"),
    ("a pair of kin", "A father and daughter were killed and three others hurt.", "killed 2, wounded 3"),
    ("two by the verb", "A driver and passenger were killed.", "killed 2"),
    ("one with two trades", "A baker and poet was killed.", "killed 1"),
    ("two offices of one", "The owner and director of a radio station was abducted.", "abducted 1"),
    ("in company", "He was killed along with his wife, two sons and a neighbour.", "killed 1, killed 1, killed 2, killed 1"),
    ("kin with an age", "A chief was killed along with his wife, 80-year-old mother and driver.", "killed 1, killed 3"),
    ("behind a name", "Soldiers killed a tailor identified as Omar Diallo and his two pupils.", "killed 1, killed 2"),
    ("a person named beside people counted", "Mayor Ana Ruiz and two guards were killed.", "killed 1, killed 2"),
    ("a person named and described", "Ana Ruiz, a nurse, was killed.", "killed 1"),
    ("them are those of the sentence", "Raiders dragged 11 men from the mosque and then executed them.", "killed 11"),
    ("what police say stands between", "Hundreds buried a teacher on Sunday who officials said was killed near her school.",
     "killed 1"),
    ("an adverb inside the phrase", "Eight seriously wounded people were brought in.", "wounded 8"),
    ("burned bodies", "Six burned bodies were found in the valley.", "killed 6"),
    ("members of a family", "Between 13 and 16 members of the Tarek family including a boy were killed.",
     "killed 13-16, (killed 1)"),
    ("a family of", "The blaze killed an entire family of six, including a baby.", "killed 6, (killed 1)"),
    ("one of them fatally", "Robbers shot five clerks, one fatally, in a bank.", "casualties 5, (killed 1)"),
    ("a list behind the verb", "Three people were killed, two men and a woman, police said.", "killed 3, (killed 2), (killed 1)"),
    ("numbers by place", "Eight monks died in Adra and three in Bera.", "killed 8, killed 3"),
    ("numbers by place behind a passive", "Thirty miners were killed near Sadi and another five outside Kob.",
     "killed 30, killed 5"),
    ("numbers by place that a total adds up", "Some 150 bodies were counted, 100 in Adra, 30 in Bera and 20 in Cola.",
     "killed 150, (killed 100), (killed 30), (killed 20)"),
    ("a condition is no place", "Two men were killed and two in critical condition.", "killed 2, wounded 2"),
    ("a revised toll", "Police put the death toll at nine. The figure was later revised to 11.", "killed 9, killed 11"),
    ("among those killed when others attacked", "Two nurses were among those killed when insurgents set off a bomb.",
     "killed 2"),
    ("killing or wounding of", "The killing or wounding of several villagers caused anger.", "casualties ?"),
    ("the rest", "Of the 40 passengers, 12 were killed and the rest were injured.", "killed 12, wounded ?"),
    ("soldiers who flee", "The remaining rebels fled towards the hills.", ""),
    ("one number over men and a body of men", "The blasts killed at least 30 militiamen and police.", "killed 30+"),
    ("a name between commas", "The crash claimed the lives of the mayor, Ana Ruiz, her deputy and two guards.",
     "killed 2, killed 2"),
    ("his wife, his sons, then himself", "A neighbour killed his wife, two sons, then himself.", "killed 1, killed 2"),
    ("attempted murder", "The men face five counts of attempted murder.", ""),
    ("one of a number", "One of 40 passengers died.", "killed 1"),
    ("who of those did not survive", "Four people were shot, including a girl who did not survive.",
     "wounded 4, killed 1"),
    ("the victims of a report that tells of wounded", "Nine people were hurt. The victims included three women.",
     "wounded 9, (wounded 3)"),
    ("shot by accident", "A boy accidentally shot his uncle.", "wounded 1"),
    ("a group whose name is a verb", "35 IS jihadists were killed in clashes near the river.", "killed 35"),
    ("his entourage", "The army killed a colonel as well as three of her entourage.", "killed 1, killed 3"),
    ("as well as", "The blast killed a senator and her cook, as well as three guards.", "killed 1, killed 1, killed 3"),
    ("a person who does something to others", "A foreman leading striking dockers was shot dead.", "killed 1"),
    ("a person beside people whom nothing befell", "A union man accompanying protesting dock workers was shot dead.",
     "killed 1"),
    ("so were others", "A nurse was killed, as were two patients.", "killed 1, killed 2"),
    ("and so was another", "Two sailors were killed and so was a villager.", "killed 2, killed 1"),
    ("bodies of two", "The bodies of a judge and her driver were found in a ditch.", "killed 1, killed 1"),
    ("the number killed", "Later accounts placed the number killed over the feast at 13.", "killed 13"),
    ("the number of those wounded", "Police put the number of those wounded at 14.", "wounded 14"),
    ("one and others", "A ferryman and six others were killed in the storm.", "killed 1, killed 6"),
    ("one of some place and others", "The head teacher of a school in Adra and two others died.", "killed 1, killed 2"),
    ("others with a verb of their own", "A ferryman was killed and six others were injured.", "killed 1, wounded 6"),
    ("others behind a comma", "The storm killed a ferryman, and six others were injured.", "killed 1, wounded 6"),
    ("others behind parts", "Ten were killed, three of them women and children, and six others were injured.",
     "killed 10, (killed 3), (killed ?), wounded 6"),
    ("families are no count of people", "The storm killed two families in Bera.", "killed ?"),
    ("an entire family", "The storm killed an entire family.", "killed ?"),
    ("killed and robbed along with", "A miller was killed and robbed along with his wife.", "killed 1, killed 1"),
    ("a body", "A charred body was found in the well.", "killed 1"),
    ("divers find another body", "Divers recovered another body on Monday.", "killed 1"),
    ("bodies of other kinds", "A governing body was found for the league.", ""),
    ("behind a relative clause", "Ana Ruiz, a 45-year-old clerk who sorted mail for two firms in Bera, was killed on Monday.",
     "killed 1"),
    ("two families told one by one", "The storm killed two families: three boys and four women.",
     "killed ?, killed 3, killed 4"),
    ("a list that goes on behind its part", "Nine adults, including four guards, and a baby were killed.",
     "killed 9, killed 1, (killed 4)"),
    ("a part of three", "Nine people, including two boys, a nurse, and a guard, were killed.",
     "killed 9, (killed 2), (killed 1), (killed 1)"),
    ("a woman, her husband and their baby", "A baker, her husband and their baby were shot dead.", "killed 1, killed 2"),
    ("a man, his wife and two sons", "The storm killed a porter, his wife and their two sons.",
     "killed 1, killed 1, killed 2"),
    ("throats", "Raiders slit the throats of six herders.", "killed 6"),
    ("the number of dead", "Officials put the number of dead at 40.", "killed 40"),
    ("treated", "Four pupils were treated at a medical centre.", "wounded 4"),
    ("any, whoever they may be", "Nobody could give the names of any villagers killed in the raid.", ""),
    ("brought in with injuries", "Twelve pilgrims were brought in with injuries.", "wounded 12"),
)  # fmt: skip


@pytest.mark.parametrize(("comment", "text", "expected"), CASES, ids=[comment for comment, *_ in CASES])
def test_who_is_counted(comment: str, text: str, expected: str) -> None:
    assert told(text) == expected


TITLES = (
    ("an age", "Singer Ana Ruiz dead at 61", ""),
    ("shot", "Four shot, one dead in Leeds", "casualties 4, killed 1"),
    ("two nouns and a site behind", "More than 50 coast rebels jihadists killed NGO - Region - Site", "killed 51+"),
    ("a person without an article", "Police name teen killed in crash", "killed 1"),
)


@pytest.mark.parametrize(("comment", "title", "expected"), TITLES, ids=[comment for comment, *_ in TITLES])
def test_headlines(comment: str, title: str, expected: str) -> None:
    assert told("The mayor spoke of it.", title) == expected
