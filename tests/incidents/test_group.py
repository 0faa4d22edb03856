"""What grouping must and must not put together, on invented reports."""

import itertools
import random
from collections.abc import Callable, Sequence

import pytest

from firsthand.incidents import group, regrouping
from firsthand.model import Grouping, Incident, Judgement, Lineage, Origin

MARKET = (
    "DARRUN (VNA) - Two shells struck the grain market of Darrun on Thursday, killing eleven people, the hospital said. "
    "The market was crowded. Surgeon Pella Orrin said most of the dead were traders from the hill villages. "
    "The Ridge Command blamed the Seventh Militia, which holds the heights above Darrun."
)
MARKET_OTHER = (
    "Eleven people died when mortar fire hit a crowded market in Darrun on Thursday. Traders from the hill villages were "
    "loading grain when the shells fell. The Seventh Militia denied that it had fired from the heights."
)
MARKET_AGAIN = (
    "Shells fell again on Darrun on Friday, killing two guards at the water works. The Ridge Command said the Seventh "
    "Militia had fired from the heights. The pumps stood still in the evening."
)
AMBUSH = (
    "Gunmen ambushed a supply convoy near Sennick on Thursday and killed five drivers. The convoy carried flour to the "
    "garrison. No group claimed the attack."
)


@pytest.fixture
def pile(told: Callable[..., object]) -> list[object]:
    thursday, friday = ("on Thursday", "2031-05-15"), ("on Friday", "2031-05-16")
    return [
        told("a", MARKET, title="Shells kill eleven in Darrun market", published="2031-05-15",
             days=[thursday], places=["Darrun"], tolls=[("eleven people", "killed", 11)]),
        told("b", MARKET_OTHER, title="Eleven dead as shells hit market in Darrun", published="2031-05-16",
             days=[thursday], places=["Darrun"], tolls=[("Eleven people", "killed", 11)]),
        told("c", MARKET_AGAIN, title="Two guards killed in Darrun", published="2031-05-17",
             days=[friday], places=["Darrun"], tolls=[("two guards", "killed", 2)]),
        told("d", AMBUSH, title="Five drivers killed in ambush", published="2031-05-15",
             days=[thursday], places=["Sennick"], tolls=[("five drivers", "killed", 5)]),
    ]  # fmt: skip


def run(pile: Sequence[object], **options: object) -> Grouping:
    return group(
        [t.document for t in pile],  # type: ignore[attr-defined]
        [t.annotation for t in pile],  # type: ignore[attr-defined]
        [t.claims for t in pile],  # type: ignore[attr-defined]
        options.pop("lineage", Lineage()),  # type: ignore[arg-type]
        **options,  # type: ignore[arg-type]
    )


def names(grouping: Grouping, pile: Sequence[object]) -> set[frozenset[str]]:
    """The main groups by the reports' short names."""
    short = {t.id: t.document.source_id for t in pile}  # type: ignore[attr-defined]
    return {frozenset(short[link.report] for link in i.links if link.main) for i in grouping.incidents} - {frozenset()}


def of(grouping: Grouping, report: str) -> Incident:
    return next(i for i in grouping.incidents if any(link.report == report and link.main for link in i.links))


def judgement(verb: str, before: Sequence[Sequence[str]], after: Sequence[Sequence[str]], number: int = 1) -> Judgement:
    texts = regrouping(before, after)
    return Judgement(f"jud-{number}", f"2031-06-0{number}", "desk", verb, "", *texts, "", None, "", "")  # type: ignore[arg-type]


def test_one_attack_told_twice_is_one_incident_and_its_neighbours_are_others(pile: list[object]) -> None:
    assert names(run(pile), pile) == {frozenset("ab"), frozenset("c"), frozenset("d")}


def test_every_record_says_why(pile: list[object]) -> None:
    grouping = run(pile)
    assert all(i.why for i in grouping.incidents)
    assert all(link.why for i in grouping.incidents for link in i.links)
    assert len(grouping.assignments) == 4
    assert all(a.why for a in grouping.assignments)


def test_the_incident_has_the_day_place_and_type_that_its_reports_agree_on(pile: list[object]) -> None:
    incident = of(run(pile), pile[0].id)  # type: ignore[attr-defined]
    assert incident.when.day is not None
    assert incident.when.day.isoformat() == "2031-05-15"
    assert incident.places[0] == "plc-darrun"
    assert incident.type == "shelling"
    assert incident.title == "Shelling, Darrun, 15 May 2031"


def test_the_order_of_the_input_leaves_no_trace(pile: list[object]) -> None:
    first = run(pile)
    for seed in range(4):
        shuffled = list(pile)
        random.Random(seed).shuffle(shuffled)
        assert run(shuffled) == first


def test_the_ids_of_the_reports_leave_no_trace(told: Callable[..., object]) -> None:
    days = [("on Thursday", "2031-05-15")]
    texts = [MARKET, MARKET_OTHER, MARKET_AGAIN, AMBUSH, MARKET]
    results = set()
    for order in itertools.permutations("vwxyz"):
        made = [
            told(name, text, published="2031-05-16", days=days if "on Thursday" in text else (), places=["Darrun"])
            for name, text in zip(order, texts, strict=True)
            if "Darrun" in text
        ]
        content = {t.document.source_id: t.document.text for t in made}  # type: ignore[attr-defined]
        results.add(frozenset(tuple(sorted(content[n] for n in group)) for group in names(run(made), made)))
    assert len(results) == 1


def test_ids_survive_new_reports(pile: list[object]) -> None:
    before = run(pile[1:])
    after = run(pile, previous=before.incidents)
    for member in pile[1:]:
        assert of(after, member.id).id == of(before, member.id).id  # type: ignore[attr-defined]


def test_a_persons_merge_and_split_outlast_rebuilds(pile: list[object]) -> None:
    a, b, c, d = (t.id for t in pile)  # type: ignore[attr-defined]
    decided = [judgement("split", [[a, b]], [[a], [b]], 1), judgement("merge", [[c], [d]], [[c, d]], 2)]
    first = run(pile, judgements=decided)
    assert names(first, pile) == {frozenset("a"), frozenset("b"), frozenset("cd")}
    assert names(run(pile, judgements=decided, previous=first.incidents), pile) == names(first, pile)


def test_a_withdrawn_judgement_counts_no_more(pile: list[object]) -> None:
    a, b, *_ = (t.id for t in pile)  # type: ignore[attr-defined]
    split = judgement("split", [[a, b]], [[a], [b]], 1)
    undo = Judgement("jud-2", "2031-06-02", "desk", "undo", "", "[]", "[]", "", "jud-1", "", "")
    assert names(run(pile, judgements=[split, undo]), pile) == names(run(pile), pile)


def test_copies_share_their_incident_even_where_the_copy_lost_its_dates(
    pile: list[object], told: Callable[..., object]
) -> None:
    copy = told("e", MARKET.replace(" on Thursday", ""), title="Market hit", places=["Darrun"])
    lineage = Lineage(origins=(Origin("org-1", "VNA", (pile[0].id, copy.id)),))  # type: ignore[attr-defined]
    grouping = run([*pile, copy], lineage=lineage)
    assert frozenset("abe") in names(grouping, [*pile, copy])
    assert [(d.report, d.interval.day) for d in grouping.dates] == [(copy.id, pile[0].document.published)]  # type: ignore[attr-defined]


def test_one_text_under_two_leads_tells_of_two_events(told: Callable[..., object]) -> None:
    darrun = (
        "Shells killed nine millers in Darrun on Thursday. They had queued at the weir since dawn, when the first salvo came "
        "over the orchards and broke the sluice. Surgeon Pella Orrin counted the dead in the granary yard and laid them under "
        "sailcloth. A second salvo burned the drying sheds and the cart of the guild. Nobody could say which battery had fired, "
        "for the smoke lay thick along the embankment until noon and the lookouts had left their posts. The guild closed its "
        "counters for three days and sent its clerks home to their families."
    )
    sennick = (
        "Gunmen shot two judges dead in Sennick on Thursday. The pair walked from the courthouse to the tram when a grey van drew "
        "up and three men in overalls stepped out with pistols. Witness Joram Tave hid behind the flower stall and heard five "
        "reports. The van was found alight in a quarry beyond the cemetery before dusk. Colleagues said that both had lately "
        "ruled on smuggled diesel and had asked in vain for bodyguards. The chamber hung black ribbon from its balcony and put off "
        "every hearing of the week."
    )
    rest = (
        " Elsewhere in the province the hill roads stayed shut for a third week, traders said. The hospital asked for blood and "
        "for fuel to run its lamps at night. Talks between the Ridge Command and the Seventh Militia broke off in Vellin without "
        "a date for another round. Bread was sold by the half loaf, and the ferries did not sail. Envoys of the river towns "
        "pleaded for safe passage of seed before the rains, and neither side answered them. Schoolteachers went unpaid for the "
        "fifth month. Mediators spoke of a truce over the harvest, as they had in spring, and named the same two bridges as "
        "crossings. Prices of lamp oil doubled. The observers of the League stayed in their hotel and wrote that they were "
        "concerned. Snow was forecast for the passes, which would cut the valley off until March."
    )
    cases = [("Darrun", darrun, "nine millers", 9), ("Sennick", sennick, "two judges", 2)]
    made = [
        told(town, lead + rest, title=lead.split(" on ")[0], published="2031-05-16", places=[town],
             tolls=[(words, "killed", count)], days=[("on Thursday", "2031-05-15")])
        for town, lead, words, count in cases
    ]  # fmt: skip
    lineage = Lineage(origins=(Origin("org-1", "VNA", tuple(t.id for t in made)),))  # type: ignore[attr-defined]
    assert names(run(made, lineage=lineage), made) == {frozenset({"Darrun"}), frozenset({"Sennick"})}


def test_a_background_attack_is_an_incident_of_its_own_shared_by_those_who_mention_it(
    told: Callable[..., object],
) -> None:
    first = told(
        "f", "Jets bombed two camps near Darrun on Friday and killed nine fighters. The raid was retaliation for a drone attack "
        "that killed three engineers in Ottia on Sunday.", published="2031-05-17", title="Jets bomb camps near Darrun",
        days=[("on Friday", "2031-05-16"), ("on Sunday", "2031-05-11")], places=["Darrun", "Ottia"],
        tolls=[("nine fighters", "killed", 9), ("three engineers", "killed", 3)], background=["three engineers"],
    )  # fmt: skip
    second = told(
        "g", "A judge in Sennick was shot dead on Thursday. It came days after a drone killed three engineers in Ottia on Sunday.",
        published="2031-05-15", title="Judge shot dead in Sennick",
        days=[("on Thursday", "2031-05-15"), ("on Sunday", "2031-05-11")], places=["Sennick", "Ottia"],
        tolls=[("A judge", "killed", 1), ("three engineers", "killed", 3)], background=["three engineers"],
    )  # fmt: skip
    pile = [first, second]
    grouping = run(pile)
    further = [i for i in grouping.incidents if not any(link.main for link in i.links)]
    assert [set(i.reports) for i in further] == [{t.id for t in pile}]  # type: ignore[attr-defined]
    assert further[0].country == "OT"
    assert further[0].when.day is not None
    assigned = {a.claim: a.incident for a in grouping.assignments}
    background = [c.id for t in pile for c in t.claims.claims if c.background]  # type: ignore[attr-defined]
    assert {assigned[c] for c in background} == {further[0].id}
    own = of(grouping, first.id)  # type: ignore[attr-defined]
    assert [(r.incident, r.relation) for r in own.related] == [(further[0].id, "retaliation_for")]


def test_a_month_and_a_toll_in_the_same_words_are_one_earlier_event_at_the_reports_own_place(
    told: Callable[..., object],
) -> None:
    earlier = "In April 2029 a raid on the same market had killed 14 grocers."
    pile = [
        told(name, f"{own} {earlier}", published="2031-05-16", title=title, days=[day, ("In April 2029", "2029-04")],
             places=["Darrun"], tolls=[toll, ("14 grocers", "killed", 14)], background=["14 grocers"])
        for name, own, title, day, toll in (
            ("k", "Shells fell on the market of Darrun on Thursday and killed eleven people.",
             "Shells kill eleven in Darrun market", ("on Thursday", "2031-05-15"), ("eleven people", "killed", 11)),
            ("l", "Two guards were shot in Darrun on Sunday by men in a lorry.",
             "Guards shot in Darrun", ("on Sunday", "2031-05-11"), ("Two guards", "killed", 2)),
        )
    ]  # fmt: skip
    further = [i for i in run(pile).incidents if not any(link.main for link in i.links)]
    assert [set(i.reports) for i in further] == [{t.id for t in pile}]  # type: ignore[attr-defined]
    assert further[0].places
    assert further[0].places[0] in {m.place.id for m in pile[0].annotation.text.places}


def test_a_report_without_violence_has_no_incident(told: Callable[..., object]) -> None:
    quiet = told(
        "q", "The harvest fair opened in Sennick. Bakers sold plum cake.", title="Fair opens", published="2031-05-15"
    )
    assert run([quiet]).incidents == ()


def test_an_empty_pile_gives_an_empty_grouping() -> None:
    assert run([]) == Grouping()
