"""Tallies of invented reports, parsed by the real parser. Cases are data: comment, text, tallies expected."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.annotate import Annotator
from firsthand.claims import extract
from firsthand.model import Claim, Document, OffsetMap, ReportClaims


class Case(NamedTuple):
    """``expected``: (outcome, low, high, victims) of every tally in text order; "vague"/"unknown" instead of numbers."""

    comment: str
    text: str
    expected: tuple[tuple[object, ...], ...]


def killed(low: int | None, high: int | None, *victims: str) -> tuple[object, ...]:
    return "killed", low, high, *(victims or ("people",))


def wounded(low: int | None, high: int | None, *victims: str) -> tuple[object, ...]:
    return "wounded", low, high, *(victims or ("people",))


CASES = (
    Case("active", "The flood killed 16 villagers.", (killed(16, 16, "civilians"),)),
    Case("passive", "At least 44 miners were killed on Monday.", (killed(44, None, "civilians"),)),
    Case("participle", "Two sailors killed in the raid came from Varna.", (killed(2, 2, "fighters"),)),
    Case("intransitive", "More than 100 people have died.", (killed(101, None),)),
    Case("lost their lives", "Up to 30 pilgrims lost their lives.", (killed(None, 30, "civilians"),)),
    Case("claimed the lives", "The avalanche claimed the lives of about 50 people.", (killed(50, 50),)),
    Case("bodies", "The bodies of five men were found near the weir.", (killed(5, 5, "men"),)),
    Case("counted noun", "The clashes caused seven civilian deaths.", (killed(7, 7, "civilians"),)),
    Case("a toll", "The death toll from the ferry fire has risen to 61.", (killed(61, 61),)),
    Case("a toll put at", "Police put the death toll at 61.", (killed(61, 61),)),
    Case("left dead", "A bomb left 12 dead.", (killed(12, 12),)),
    Case("killed and wounded", "The blast killed six people and wounded 40.", (killed(6, 6), wounded(40, 40))),
    Case("participles", "Gunmen attacked a bus, killing 12 and wounding 30.", (killed(12, 12), wounded(30, 30))),
    Case("elided noun keeps its class", "Three soldiers were killed and ten wounded.",
         (killed(3, 3, "fighters"), wounded(10, 10, "fighters"))),
    Case("others", "Two medics were killed and six others injured.", (killed(2, 2, "medics"), wounded(6, 6, "medics"))),
    Case("two nouns", "The shelling killed 50 rebels and eight civilians.",
         (killed(50, 50, "fighters"), killed(8, 8, "civilians"))),
    Case("one number, two nouns", "Nine journalists and media workers were killed.", (killed(9, 9, "journalists"),)),
    Case("killed or wounded is undivided", "The rebels killed or wounded at least 20 soldiers.",
         (("casualties", 20, None, "fighters"),)),
    Case("a child", "A child was killed.", (killed(1, 1, "children"),)),
    Case("one with a role", "Gunmen shot dead the village chief.", (killed(1, 1, "officials"),)),
    Case("a trade no lexicon has", "Gunmen killed a prominent glassblower.", (killed(1, 1),)),
    Case("grown children", "Five adult children of the mayor were killed.", (killed(5, 5),)),
    Case("family ties", "Raiders killed a man and his two sons.", (killed(1, 1, "men"), killed(2, 2))),
    Case("under one determiner", "His aunt, uncle and sister are all hurt.", (wounded(3, 3),)),
    Case("a family of six", "A family of six was killed.", (killed(6, 6, "civilians"),)),
    Case("his wife, along with", "The judge was killed along with his wife.", (killed(1, 1, "officials"), killed(1, 1, "women"))),
    Case("a share of a whole", "Fourteen of the 20 miners died.", (killed(14, 14, "civilians"),)),
    Case("a couple", "A young couple was killed.", (killed(2, 2),)),
    Case("a list between dashes", "Between five and eight members of the Tor family – including a journalist – were killed.",
         (killed(5, 8, "civilians"), killed(1, 1, "journalists"))),
    Case("far from its verb", "No fewer than 29 persons were, yesterday, killed in the raid.", (killed(29, None),)),
    Case("what the dead include", "The dead include six miners and eight guards.",
         (killed(6, 6, "civilians"), killed(8, 8, "fighters"))),
    Case("a toll in two numbers", "Police said the toll had risen to 31 dead and 60 injured.", (killed(31, 31), wounded(60, 60))),
    Case("none of them", "None of the passengers was hurt.", (wounded(0, 0, "civilians"),)),
    Case("age makes a child", "A 12-year-old boy and a 40-year-old man were shot dead.",
         (killed(1, 1, "children"), killed(1, 1, "men"))),
    Case("an age alone", "A 2-year-old was killed.", (killed(1, 1, "children"),)),
    Case("in its own words", "Rebels beheaded two captives.", (killed(2, 2, "prisoners"),)),
    Case("to death", "A mob beat two traders to death.", (killed(2, 2, "civilians"),)),
    Case("dozens", "Dozens were wounded.", (("wounded", "vague", "people"),)),
    Case("people without a number", "Civilians were killed.", (("killed", "vague", "civilians"),)),
    Case("not known", "It was not clear how many people were killed.", (("killed", "unknown", "people"),)),
    Case("nothing known", "There was no immediate word on casualties.", (("casualties", "unknown", "people"),)),
    Case("nobody", "No one was killed in the blast.", (killed(0, 0),)),
    Case("no casualties", "The navy reported no casualties.", (("casualties", 0, 0, "people"),)),
    Case("arrests", "Police made 90 arrests and detained two pastors.",
         (("detained", 90, 90, "people"), ("detained", 2, 2, "civilians"))),
    Case("abduction", "Militants took 40 nurses hostage.", (("abducted", 40, 40, "medics"),)),
    Case("missing", "Eight sailors are missing.", (("missing", 8, 8, "fighters"),)),
    Case("flight", "The fighting forced 13000 residents to flee.", (("displaced", 13000, 13000, "civilians"),)),
    Case("homes", "The quake destroyed 300 homes.", (("destroyed", 300, 300, "people"),)),
    Case("headline", "Blast kills 6, injures 22", (killed(6, 6), wounded(22, 22))),
    Case("headline without a verb", "44 dead in ferry fire", (killed(44, 44),)),
    Case("headline without commas", "2 Herders Killed 9 Injured in Raid",
         (killed(2, 2, "civilians"), wounded(9, 9, "civilians"))),
    Case("capitals", "FERRY FIRE KILLS 44 PASSENGERS", (killed(44, 44, "civilians"),)),
    Case("no commas", "Rockets killed 7 people in Tikva on Monday and hurt at least 30 a medical charity said.",
         (killed(7, 7), wounded(30, None))),
    Case("a pronoun with a new outcome", "Gunmen kidnapped five herders. They were later found dead.",
         (("abducted", 5, 5, "civilians"), killed(5, 5, "civilians"))),
    Case("shot and lived", "Two men were shot. Both were treated at a hospital.", (wounded(2, 2, "men"),)),
    Case("shot and no more", "The union leader was shot at his door.", (killed(1, 1),)),
    Case("shot, told apart from the dead", "One clerk was killed and three others were shot.",
         (killed(1, 1, "civilians"), wounded(3, 3, "civilians"))),
    Case("lives without their 'the'", "The siege of the port cost more than 700 lives a monitor said.", (killed(701, None),)),
    Case("an army's losses", "The Tigrayans also lost three fighters in Adwa.", (killed(3, 3, "fighters"),)),
    Case("a list without commas", "The blast killed a teacher a shop owner and two policemen said the mayor.",
         (killed(1, 1, "civilians"), killed(1, 1, "civilians"), killed(2, 2, "fighters"))),
    Case("parts without commas", "The watch lists 4210 civilians killed including 733 children 369 women and 3108 men.",
         (killed(4210, 4210, "civilians"), killed(733, 733, "children"), killed(369, 369, "women"),
          killed(3108, 3108, "men"))),
    Case("no list", "The blast killed five people two soldiers and three nuns were hurt.",
         (killed(5, 5), wounded(2, 2, "fighters"), wounded(3, 3, "civilians"))),
    Case("many others", "The raid killed six soldiers and wounded many others.",
         (killed(6, 6, "fighters"), ("wounded", "vague", "fighters"))),
    Case("an estimate of a toll", "A toll estimated between 300 and 900 is in doubt.", (killed(300, 900),)),
    Case("two ages", "Four people, including a 9- and a 13-year-old, were killed.",
         (killed(4, 4), killed(1, 1, "children"))),
    Case("ages from and to", "Ten boys aged from four to 12 were killed.", (killed(10, 10, "children"),)),
    Case("some of the killed", "At least two of those killed near Maarib were medics.", (killed(2, None, "medics"),)),
    Case("shot, and bodies told of", "Forty farmers were shot on Tuesday and their bodies hung from poles.",
         (killed(40, 40, "civilians"),)),
    Case("members of two bands", "Troops killed 35 members of Jund al-Noor and Faylaq Sawa terrorist groups.",
         (killed(35, 35, "fighters"),)),
    Case("members of no band", "Gunmen killed two members of parliament and the council.", (killed(2, 2),)),
    Case("not only", "The strikes not only claimed the lives of six rebels but burnt a mill.", (killed(6, 6, "fighters"),)),
    Case("others follow the whole, not its part", "Shells killed 12 villagers including one boy and wounded 30 others.",
         (killed(12, 12, "civilians"), killed(1, 1, "children"), wounded(30, 30, "civilians"))),
    Case("others share no sex or age", "A woman was killed and 24 others hurt.",
         (killed(1, 1, "women"), wounded(24, 24))),
    Case("several among the counted", "Seven nurses and 12 soldiers were among 30 people killed in Dili.",
         (killed(7, 7, "medics"), killed(12, 12, "fighters"), killed(30, 30))),
    Case("a part of those among the counted", "Four villagers including a boy were among at least 15 people killed.",
         (killed(4, 4, "civilians"), killed(1, 1, "children"), killed(15, None))),
    Case("an attack by its doers", "In a rebel shelling attack two nuns were killed.", (killed(2, 2, "civilians"),)),
)  # fmt: skip

NOTHING = (
    ("strength", "Some 2,500 soldiers are based there."),
    ("money", "The strike cost two million dollars."),
    ("animals", "The drought killed 300 sheep."),
    ("a state supposed", "There should have been seven or eight people dead."),
    ("members lost to another side", "The Liberals lost three members to the new party."),
    ("things", "The army executed two manoeuvres."),
    ("hypothetical", "A strike could kill hundreds of people."),
    ("condition", "If ten people are killed, the talks will end."),
    ("purpose", "They plotted to kill two ministers."),
    ("threat", "The group threatened to kill its 40 hostages."),
    ("negated", "The blast did not kill the two guards."),
    ("beatings", "Ten journalists were beaten."),
    ("releases", "The rebels released 30 captives."),
    ("the attacker's own death", "A suicide bomber was killed in the explosion."),
    ("captured ground", "The militia captured large areas of the delta."),
)


@cache
def read(text: str, title: str | None = None) -> ReportClaims:
    document = Document("r1", "r1", text, OffsetMap.identity(len(text)), title=title)
    return extract(document, next(iter(_annotator().annotate([document]))))


@cache
def _annotator() -> Annotator:
    return Annotator()


def tallies(text: str) -> list[Claim]:
    return [claim for claim in read(text).claims if claim.tally is not None]


def summary(claim: Claim) -> tuple[object, ...]:
    tally = claim.tally
    assert tally is not None
    if tally.vague or tally.unknown:
        return tally.outcome, "vague" if tally.vague else "unknown", *tally.victims
    return tally.outcome, tally.low, tally.high, *tally.victims


@pytest.mark.parametrize("case", CASES, ids=[case.comment for case in CASES])
def test_tallies(case: Case) -> None:
    assert [summary(claim) for claim in tallies(case.text)] == list(case.expected)


@pytest.mark.parametrize(("comment", "text"), NOTHING, ids=[comment for comment, _ in NOTHING])
def test_no_tally(comment: str, text: str) -> None:
    assert tallies(text) == []


PARTS = (
    ("including", "Seven people, including two medics, were killed.", {"two": "Seven"}),
    ("letters changed round", "Seven people, inlcuding two medics, were killed.", {"two": "Seven"}),
    ("several parts", "Raiders killed nine people including a baby and two nurses.", {"a baby": "nine", "two": "nine"}),
    ("among them", "Ten pupils were killed, among them four girls.", {"four": "Ten"}),
    ("of them", "Six men were wounded, two of them badly hurt.", {"two": "Six"}),
    ("of whom", "The raid killed 16 fighters, three of whom were medics.", {"three": "16"}),
    ("the whole behind its parts", "Three nurses were among ten people killed.", {"Three": "ten"}),
    (
        "among the dead",
        "The quake killed 14 people. Among the dead were two firemen and a nurse.",
        {"two": "14", "a nurse": "14"},
    ),
    (
        "of those counted",
        "Nine people drowned. Of the nine people who drowned, six were pupils and three sailors.",
        {"six": "nine", "three": "nine"},
    ),
    ("with so many of them", "The toll of the ferry fire climbed to 12, with seven sailors killed.", {"seven": "12"}),
    (
        "comprising",
        "Rebels killed 18 people, comprising ten soldiers and eight pilgrims.",
        {"ten": "18", "eight": "18"},
    ),
    ("across sentences", "Forty people were wounded. Two of the wounded were pilots.", {"Two": "Forty"}),
)


@pytest.mark.parametrize(("comment", "text", "expected"), PARTS, ids=[comment for comment, *_ in PARTS])
def test_parts_point_to_their_whole(comment: str, text: str, expected: dict[str, str]) -> None:
    found = {claim.id: claim.tally for claim in tallies(text) if claim.tally}
    parts = {tally.text: found[tally.part_of].text for tally in found.values() if tally.part_of}
    assert parts == expected


def test_numbers_that_one_and_joins_share_their_clause() -> None:
    one, other = tallies("The shelling killed 50 rebels and eight civilians.")
    assert one.span == other.span
    assert one.id != other.id


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("More than 9,000 people have been killed since the war began.", "total"),
        ("The conflict has killed 40,000 people.", "total"),
        ("Twelve guards have been killed in the past two years.", "total"),
        ("Twelve guards have been killed since Tuesday.", "incident"),
        ("Twelve guards were killed in the raid.", "incident"),
    ],
)
def test_scope(text: str, scope: str) -> None:
    assert [claim.tally.scope for claim in tallies(text) if claim.tally] == [scope]


def test_an_earlier_event_is_background_and_the_first_told_never_is() -> None:
    first, earlier = tallies("Two miners died on Monday. In a similar incident last year 30 miners were killed.")
    assert (first.background, earlier.background) == (False, True)
    assert not tallies("Last year 30 miners were killed in the shaft.")[0].background


def test_an_earlier_event_of_the_first_sentence_is_background_where_a_later_one_follows() -> None:
    earlier, later = tallies(
        "A day after two nuns were shot at Dorn, raiders killed nine villagers in the next valley."
    )
    assert (earlier.background, later.background) == (True, False)
    of_its_own, _ = tallies("A week after a bomb killed nine pilgrims, police arrested two men.")
    assert not of_its_own.background


@pytest.mark.parametrize(
    "text",
    [
        "The mine killed nine people. One of the dead was an army officer.",
        "The mine killed nine people. One of those killed was a sailor.",
        "The mine killed nine people. Two of the fatalities were policemen.",
    ],
)
def test_what_a_part_is_said_to_be(text: str) -> None:
    _, part = tallies(text)
    assert part.tally is not None
    assert part.tally.part_of is not None
    assert part.tally.victims == ("fighters",)


def test_a_tally_has_the_source_of_the_statement_it_stands_in() -> None:
    inside, outside = tallies("The harbour master said that nine sailors had drowned. Six men died.")
    assert inside.source is not None
    assert inside.cue is not None
    assert "harbour master" in inside.source.name
    assert outside.source is None


def test_every_claim_says_why() -> None:
    for case in CASES:
        for claim in tallies(case.text):
            assert claim.rule
            assert claim.why.endswith(".")
            assert claim.tally is not None
            assert claim.tally.span.of(case.text) == claim.tally.text


def test_the_title_is_read_too() -> None:
    claims = read("Nothing else is known.", "Ferry fire kills 44").claims
    assert [(claim.field, claim.tally.low) for claim in claims if claim.tally] == [("title", 44)]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 5000),
    st.sampled_from(["miners", "soldiers", "pupils", "nurses"]),
    st.sampled_from(
        ["{n} {v} were killed.", "The raid killed {n} {v}.", "Raid kills {n} {v}", "The deaths of {n} {v} are mourned."]
    ),
)
def test_the_number_is_the_one_in_the_text(number: int, victims: str, frame: str) -> None:
    text = frame.format(n=number, v=victims)
    assert [(c.tally.outcome, c.tally.low, c.tally.high) for c in tallies(text) if c.tally] == [
        ("killed", number, number)
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([case.text for case in CASES]), min_size=1, max_size=4))
def test_ids_are_unique_and_lasting(texts: list[str]) -> None:
    text = " ".join(texts)
    first, again = read(text), read.__wrapped__(text)
    assert first == again
    assert len({claim.id for claim in first.claims}) == len(first.claims)


def setting(claim: Claim, places: dict[str, str]) -> tuple[str | None, str | None, str | None, str | None]:
    return (
        places.get(claim.place or ""),
        claim.when.start.isoformat() if claim.when and claim.when.start else None,
        claim.event.text if claim.event else None,
        claim.responsible.text if claim.responsible else None,
    )


def test_every_count_has_the_setting_of_its_own_clause() -> None:
    text = "A drone strike killed 12 fighters in Salta on Monday. On Friday 30 people were killed in Jujuy by Paraguayan shells."
    document = Document(
        "r1", "r1", text, OffsetMap.identity(len(text)), published=date(2030, 5, 8), published_basis="given"
    )
    annotation = next(iter(_annotator().annotate([document])))
    places = {m.place.id: m.place.name for m in annotation.text.places if m.place}
    first, second = [claim for claim in extract(document, annotation).claims if claim.tally]
    assert setting(first, places) == ("Salta", "2030-05-06", "A drone strike", None)
    assert setting(second, places) == ("Jujuy", "2030-05-03", None, "Paraguayan shells")
    assert (first.background, second.background) == (False, True)


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Raiders killed two herders.", "Raiders"),
        ("Two herders were killed by masked raiders.", "masked raiders"),
        ("Two herders were killed in an attack by raiders.", "raiders"),
        ("An explosion killed two herders.", None),
    ],
)
def test_who_is_said_to_have_done_it(text: str, doer: str | None) -> None:
    (claim,) = tallies(text)
    assert (claim.responsible.text if claim.responsible else None) == doer
