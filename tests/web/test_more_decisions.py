"""Decisions about whole incidents, figures, names, origins, and claims that were not read: each holds through the rebuild."""

from __future__ import annotations

import json
import re

from firsthand.ledger import View, Writer
from firsthand.ledger.codec import encode
from firsthand.model import Claim, Span, Tally

from .conftest import Reviewer


def test_a_figure_somebody_stands_behind_is_told_from_a_proposal(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    with View(reviewer.ledger) as view:
        figure = next(
            f for f in view.figures_of(main) if f.outcome == "killed" and f.victims == "people" and f.place is None
        )
    reviewer.send(f"/figures/{figure.id}/accept", 422, reason=" ")
    reviewer.send("/figures/nothing/accept", 404, reason="seen")
    reviewer.send(f"/figures/{figure.id}/accept", reason="the health office’s own list")
    (judgement,) = reviewer.decided()
    assert json.loads(judgement.before) | {"low": figure.low, "high": figure.high} == json.loads(judgement.before)
    page = reviewer.page(f"/incidents/{main}")
    assert "Stood behind by" in page
    assert "the health office’s own list" in page
    assert "the health office’s own list" in reviewer.page(f"/incidents/{main}/brief.md")
    assert "the health office’s own list" in reviewer.page(f"/incidents/{main}/figures.csv")
    assert json.loads(reviewer.page(f"/incidents/{main}/record.json"))["judgements"][0]["hash"] == judgement.hash


def test_a_figure_that_moves_after_somebody_stood_behind_it_is_shown(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    with View(reviewer.ledger) as view:
        figure = next(f for f in view.figures_of(main) if f.victims == "women" and f.place is None)
    reviewer.send(f"/figures/{figure.id}/accept", reason="counted by name")
    assert "New evidence" not in reviewer.page(f"/incidents/{main}")
    for claim in reviewer.claims(main, victims="women"):
        reviewer.send(f"/claims/{claim.id}/judge", verb="correct", low="5", high="5", outcome="killed")
    told = "What was stood behind is 3 killed (women); the claims now come to 5 killed (women)."
    assert told in reviewer.page(f"/incidents/{main}")
    assert told in reviewer.page("/decisions")
    # Nobody stands behind the number that it is now: neither the page nor what leaves it may say so.
    assert "Stood behind by" not in reviewer.page(f"/incidents/{main}")
    assert "counted by name" not in reviewer.page(f"/incidents/{main}/figures.csv")
    assert "decision in doubt" in reviewer.page("/queue")
    doubted = reviewer.decided()[0]
    reviewer.send("/queue/settle", key=doubted.id, reason="it stands until the list is published")
    assert "decision in doubt" not in reviewer.page("/queue")


def test_a_later_report_that_says_otherwise_is_shown_against_a_decision(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    claim = reviewer.claims(main, victims="women")[0]
    reviewer.send(f"/claims/{claim.id}/judge", verb="accept", reason="heard the tape")
    text = (
        "(MPA) — An air strike on a market in the northern town of Dareth late on Thursday 14 March 2019 killed nine women, "
        "Karsovia Casualty Watch said. The strike hit the market of Dareth in northern Karsovia on Thursday."
    )
    reviewer.send("/add", 200, pasted=text)
    with View(reviewer.ledger) as view:
        (added,) = view.search('"nine women"')[1]
        home, theirs = view.incidents_of(claim.report)[0], view.incidents_of(added)[0]
    if theirs != home:  # however the machine groups them: a person puts them together
        reviewer.send(f"/incidents/{home}/merge", other=theirs)
        with View(reviewer.ledger) as view:
            home = view.incidents_of(claim.report)[0]
    assert "a report that came later says 9 killed (women)" in reviewer.page(f"/incidents/{home}")


def test_an_incident_is_annotated_by_one_and_confirmed_by_another(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    address = f"/incidents/{main}/review"
    reviewer.send(address, 422, stage="confirmed")
    reviewer.send(address, 422, stage="perfect")
    reviewer.send("/reviewer", name="Ada")
    reviewer.send(address, stage="annotated")
    assert "somebody else" in reviewer.send(
        address, 422, stage="confirmed", seen=reviewer.seen(f"/incidents/{main}", address)
    )
    reviewer.send("/reviewer", name="Ben")
    reviewer.send(address, stage="confirmed", seen=reviewer.seen(f"/incidents/{main}", address))
    assert "confirmed by Ben" in reviewer.page(f"/incidents/{main}")
    shown = set(re.findall(r'href="/incidents/([^"]+)"', reviewer.page("/?review=confirmed")))
    assert shown == {main}
    assert main not in reviewer.page("/?review=none")
    claim = reviewer.claims(main, victims="women")[0]
    reviewer.send(f"/claims/{claim.id}/judge", verb="accept")
    assert "1 decision since" in reviewer.page(f"/incidents/{main}")


def test_work_is_given_to_a_person(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    reviewer.send(f"/incidents/{main}/assign", to="Čiro")
    reviewer.send(f"/incidents/{main}/assign", 422, to="Čiro")
    assert "with Čiro" in reviewer.page(f"/incidents/{main}")
    assert set(re.findall(r'href="/incidents/([^"]+)"', reviewer.page("/?to=Čiro"))) == {main}
    reviewer.send(f"/incidents/{main}/assign", to="")
    assert "with Čiro" not in reviewer.page(f"/incidents/{main}")


def test_day_place_and_kind_are_corrected(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    address = f"/incidents/{main}/correct"
    for fields in (
        {"start": "2019-03-13"},  # no reason
        {"reason": "x"},  # nothing changed
        {"reason": "x", "start": "yesterday"},
        {"reason": "x", "start": "2019-03-15", "end": "2019-03-13"},
        {"reason": "x", "type": "picnic"},
        {"reason": "x", "place": "Atlantis"},
        {"reason": "x", "place": "Ridge Farm", "lat": "95", "lon": "2"},
    ):
        reviewer.send(address, 422, **fields)
    reviewer.send(
        address, start="2019-03-13", end="2019-03-13", type="airstrike", place="Ridge Farm", country="xx", admin1="North",
        lat="36.5", lon="43.25", precision="2", reason="the crater was found",
    )  # fmt: skip
    with View(reviewer.ledger) as view:
        incident = view.incident(main)
        place = view.places()[incident.places[0]]
    assert incident.title == "Airstrike, Ridge Farm, 13 March 2019"
    assert (incident.lat, incident.lon, incident.where_precision, incident.country) == (36.5, 43.25, 2, "XX")
    assert (place.name, place.admin1) == ("Ridge Farm", "North")
    (judgement,) = reviewer.decided()
    reviewer.send(f"/decisions/{judgement.id}/undo")
    with View(reviewer.ledger) as view:
        assert view.incident(main).when.start != incident.when.start


def test_a_claim_that_was_not_read_is_added_from_its_words(reviewer: Reviewer) -> None:
    report = reviewer.main_incident().reports[0]
    with View(reviewer.ledger) as view:
        text = view.document(report).text
    words = " ".join(text.split()[:9])
    address = f"/reports/{report}/claims"
    first = text.split()[0]
    for fields in (
        {"words": "these words are not there", "low": "3"},
        {"words": first[:1], "low": "3"},  # stands many times
        {"words": words, "low": "4", "high": "3"},
        {"words": words, "number": "ninety-nine"},
        {"words": words, "outcome": "vanished"},
        {"words": words, "certainty": "maybe"},
    ):
        reviewer.send(address, 422, **fields)
    reviewer.send(
        address, words=words, number=first, low="3", high="3", outcome="wounded", victims=["women", "children"],
        source="a nurse", source_kind="anonymous", certainty="alleged", reason="the parser missed it",
    )  # fmt: skip
    (judgement,) = reviewer.decided()
    with View(reviewer.ledger) as view:
        claim = view.claim(judgement.subject)
        assert claim.span.of(text).split() == words.split()
        assert claim.tally == Tally("wounded", 3, 3, first, Span(*claim.tally.span), victims=("children", "women"))  # type: ignore[union-attr]
        assert (claim.source and claim.source.name, claim.certainty) == ("a nurse", "alleged")
        assert view.assignment(claim.id) is not None
    page = reviewer.page(f"/reports/{report}")
    assert f'<div class="claim added" id="{claim.id}"' in page
    # It is corrected and rejected as any other.
    reviewer.send(f"/claims/{claim.id}/judge", verb="reject", seen=judgement.id)
    assert f'<div class="claim rejected" id="{claim.id}"' in reviewer.page(f"/reports/{report}")


def test_a_correction_may_concern_source_sureness_place_and_day(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    claim = reviewer.claims(main, victims="women")[0]
    tally = claim.tally
    assert tally is not None
    same = {"verb": "correct", "low": str(tally.low), "high": str(tally.high)}
    address = f"/claims/{claim.id}/judge"
    for fields in (
        {"source": "Somebody", "source_kind": "rumour"}, {"certainty": "maybe"}, {"place": "Atlantis"}, {"day": "then"},
    ):  # fmt: skip
        reviewer.send(address, 422, **same, **fields)
    reviewer.send(
        address, **same, source="Harbour Clinic", source_kind="organisation", certainty="alleged", day="2019-03-13"
    )
    after = json.loads(reviewer.decided()[-1].after)
    assert after == {
        "source": {"name": "Harbour Clinic", "kind": "organisation"},
        "certainty": "alleged",
        "when": {"start": "2019-03-13", "end": "2019-03-13"},
    }
    assert "Harbour Clinic" in reviewer.page(f"/reports/{claim.report}")
    for other in reviewer.claims(main, victims="women")[1:]:
        reviewer.send(f"/claims/{other.id}/judge", **same, source="Harbour Clinic", source_kind="organisation")
    with View(reviewer.ledger) as view:
        assert any(
            v.voice == "Harbour Clinic" for f in view.figures_of(main) for v in f.by_voice if f.victims == "women"
        )


def test_a_claim_is_put_to_another_incident(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    claim = reviewer.claims(main, victims="women")[0]
    with View(reviewer.ledger) as view:
        other = next(i.id for i in view.incidents() if i.id != main)
    address = f"/claims/{claim.id}/assign"
    reviewer.send(address, 422, incident=main)
    reviewer.send(address, 404, incident="nothing")
    reviewer.send(address, incident=other, reason="the strike of the year before")
    with View(reviewer.ledger) as view:
        found = view.assignment(claim.id)
        assert found is not None
        assert found.incident == other


def test_actors_are_merged_and_split(reviewer: Reviewer) -> None:
    with View(reviewer.ledger) as view:
        one, other = sorted(view.actors().values(), key=lambda a: a.id)[:2]
    reviewer.send("/actors/merge", 422, actor=one.id)
    reviewer.send("/actors/merge", actor=[one.id, other.id], reason="one man under two names")
    spelt = {v.text for actor in (one, other) for v in actor.variants}
    with View(reviewer.ledger) as view:
        (merged,) = [a for a in view.actors().values() if {v.text for v in a.variants} == spelt]
    assert "merged by" in reviewer.page(f"/actors/{merged.id}")
    reviewer.send(f"/actors/{merged.id}/split", 422, spelling=sorted(spelt))
    out = other.variants[0].text
    reviewer.send(
        f"/actors/{merged.id}/split",
        spelling=out,
        seen=reviewer.seen(f"/actors/{merged.id}", f"/actors/{merged.id}/split"),
    )
    with View(reviewer.ledger) as view:
        homes = [a.id for a in view.actors().values() for v in a.variants if v.text in (out, one.variants[0].text)]
    assert len(set(homes)) > 1


def test_origins_are_merged_and_split(reviewer: Reviewer) -> None:
    with View(reviewer.ledger) as view:
        largest = max(view.origins(), key=lambda origin: len(origin.reports))
        lone = next(origin for origin in view.origins() if len(origin.reports) == 1)
    reviewer.send("/origins/merge", 422, report=list(largest.reports[:2]))
    reviewer.send("/origins/split", 422, report=list(largest.reports))
    reviewer.send("/origins/split", report=largest.reports[0], reason="its own reporter was there")
    with View(reviewer.ledger) as view:
        assert (largest.reports[0],) in {origin.reports for origin in view.origins()}
    reviewer.send("/origins/merge", report=[largest.reports[0], lone.reports[0]])
    with View(reviewer.ledger) as view:
        assert tuple(sorted((largest.reports[0], lone.reports[0]))) in {origin.reports for origin in view.origins()}
    page = reviewer.page(f"/compare?r={largest.reports[0]}&r={lone.reports[0]}")
    assert "They carry one text" in page


def test_a_matter_is_settled_with_a_reason(reviewer: Reviewer) -> None:
    page = reviewer.page("/queue")
    key = re.findall(r'name="key" value="([^"]+)"', page)[0]
    reviewer.send("/queue/settle", 422, key=key, reason="")
    reviewer.send("/queue/settle", 404, key="nothing", reason="seen")
    reviewer.send("/queue/settle", key=key, reason="looked at both; the later one is a correction")
    assert f'value="{key}"' not in reviewer.page("/queue")


def test_a_decision_whose_subject_is_gone_is_shown(reviewer: Reviewer) -> None:
    with Writer(reviewer.ledger) as writer:
        writer.judge(by="Ada", verb="accept", subject="clm-of-an-older-reading")
        writer.judge(by="Ada", verb="grade", subject="inc-of-an-older-grouping", after='{"grade":"weak"}')
        claim = Claim("", "rep-gone", "text", Span(0, 3))
        writer.judge(by="Ada", verb="add", subject="clm-in-no-report", after=encode(claim))
    page = reviewer.page("/decisions")
    assert "no longer read in any report" in page
    assert "no longer there" in page
    assert "A decision of Ada" in reviewer.page("/queue")


def test_reports_are_added_once_and_told(reviewer: Reviewer) -> None:
    reviewer.send("/add", 422)
    text = "Two people were wounded in Sennick on 2 May 2019, the mayor said."
    assert "1 report added" in reviewer.send("/add", 200, pasted=text)
    assert "1 in the ledger already" in reviewer.send("/add", 200, pasted=text)
    with View(reviewer.ledger) as view:
        total, (report,) = view.search("sennick wounded mayor")
        assert total == 1
        assert view.raw(report).name == "upload:pasted.txt"
        assert {entry.by for entry in view.custody([report])} == {
            reviewer.client.get("/").text and view.custody([report])[0].by
        }


def test_pasted_text_keeps_what_is_said_of_it(reviewer: Reviewer) -> None:
    body = "Three ferrymen drowned off Karsov City, the harbour master said. " + "The search goes on. " * 400
    said = {
        "title": "Ferry lost",
        "site": "harbour.example",
        "published": "2019-05-04",
        "url": "https://harbour.example/1",
    }
    assert "1 report added" in reviewer.send("/add", 200, pasted=body, **said)
    with View(reviewer.ledger) as view:
        _, (report,) = view.search("ferrymen drowned")
        document = view.document(report)
    assert (document.title, document.site, document.url) == (
        "Ferry lost",
        "harbour.example",
        "https://harbour.example/1",
    )
    assert str(document.published) == "2019-05-04"
    assert len(document.text) > 4000, "a long report is kept whole"


def test_somebody_named_by_mistake_no_longer_counts(reviewer: Reviewer) -> None:
    with View(reviewer.ledger) as view:
        victim = next((v for v in view.victims() if v.incident), None)
    if victim is None:
        text = "Salma Deen, 34, and Idris Vole were killed in Sennick on 2 May 2019, the mayor said."
        reviewer.send("/add", 200, pasted=text)
        with View(reviewer.ledger) as view:
            victim = next(v for v in view.victims() if v.incident)
    address = f"/victims/{victim.id}/judge"
    assert victim.incident is not None
    reviewer.send("/victims/nobody/judge", 404, incident=victim.incident, verb="reject")
    reviewer.send(address, 422, incident=victim.incident, verb="merge")
    reviewer.send(address, incident=victim.incident, verb="reject", reason="the mayor himself")
    page = reviewer.page(f"/incidents/{victim.incident}")
    assert f"<s>{victim.name}</s>" in page
    assert "rejected by" in page
