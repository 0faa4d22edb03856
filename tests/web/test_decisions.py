"""Decisions: signed, chained, undone by another record, kept through rebuilds, refused where they should be."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from firsthand.ledger import View, Writer
from firsthand.model import Settings, Suggestion, standing
from firsthand.web.updating import UpdateState

from .conftest import ADDRESS, Reviewer

WOMEN = ("killed", "women")


def judge(reviewer: Reviewer, claim: str, verb: str, status: int = 303, **fields: object) -> str:
    return reviewer.send(f"/claims/{claim}/judge", status, verb=verb, **fields)


def test_a_rejected_claim_no_longer_counts_until_it_is_taken_back(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    before = reviewer.figures(main)
    claims = reviewer.claims(main, victims="women")
    assert claims
    assert before[WOMEN] == (3, 3, 3)
    for claim in claims:
        judge(reviewer, claim.id, "reject", reason="not in the original interview")
    assert WOMEN not in reviewer.figures(main)
    page = reviewer.page(f"/reports/{claims[0].report}")
    assert f'<div class="claim rejected" id="{claims[0].id}"' in page
    for judgement in reviewer.decided():
        assert judgement.verb == "reject"
        reviewer.send(f"/decisions/{judgement.id}/undo")
    assert reviewer.figures(main) == before
    assert [j.verb for j in reviewer.decided()] == ["reject"] * len(claims) + ["undo"] * len(claims)
    assert 'class="claim rejected"' not in reviewer.page(f"/reports/{claims[0].report}")


def test_a_corrected_claim_counts_as_corrected(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    claims = reviewer.claims(main, victims="women")
    for claim in claims:
        judge(reviewer, claim.id, "correct", low="4", high="", outcome="killed", reason="the tape says four or more")
    assert reviewer.figures(main)[WOMEN] == (4, 4, None)
    judgement = reviewer.decided()[0]
    assert json.loads(judgement.before) == {"high": 3, "low": 3}
    assert json.loads(judgement.after) == {"high": None, "low": 4}
    assert judgement.reason == "the tape says four or more"
    page = reviewer.page(f"/incidents/{main}")
    assert re.search(r"<strong>at least 4 killed \(women\)</strong> <span class=\"state decided\">corrected by", page)
    # A second correction starts from the first.
    judge(reviewer, claims[0].id, "correct", seen=reviewer.seen(f"/reports/{claims[0].report}", f"/claims/{claims[0].id}/judge"),
          low="5", high="5", outcome="killed")  # fmt: skip
    assert json.loads(reviewer.decided()[-1].before) == {"high": None, "low": 4}


def test_an_accepted_claim_is_told_from_a_proposal(reviewer: Reviewer) -> None:
    claim = reviewer.claims(reviewer.main_incident().id, victims="women")[0]
    assert f'<div class="claim proposed" id="{claim.id}"' in reviewer.page(f"/reports/{claim.report}")
    judge(reviewer, claim.id, "accept")
    assert f'<div class="claim accepted" id="{claim.id}"' in reviewer.page(f"/reports/{claim.report}")
    assert f'href="/claims/{claim.id}"' in reviewer.page("/decisions")
    answer = reviewer.client.get(f"/claims/{claim.id}")
    assert answer.headers["location"] == f"/reports/{claim.report}#{claim.id}"


def test_a_decision_made_meanwhile_is_not_overwritten(reviewer: Reviewer) -> None:
    claim = reviewer.claims(reviewer.main_incident().id, victims="women")[0]
    seen = reviewer.seen(f"/reports/{claim.report}", f"/claims/{claim.id}/judge")
    judge(reviewer, claim.id, "accept", seen=seen)
    told = judge(reviewer, claim.id, "reject", 409, seen=seen)
    assert "decided on this after your page was loaded" in told
    judge(reviewer, claim.id, "reject", seen=reviewer.seen(f"/reports/{claim.report}", f"/claims/{claim.id}/judge"))
    assert [j.verb for j in reviewer.decided()] == ["accept", "reject"]


def test_of_two_decisions_at_once_one_is_refused(reviewer: Reviewer) -> None:
    claim = reviewer.claims(reviewer.main_incident().id, victims="women")[0]
    codes: list[int] = []

    def decide(verb: str) -> None:
        fields = {"token": reviewer.token, "verb": verb, "seen": ""}
        codes.append(reviewer.client.post(f"/claims/{claim.id}/judge", data=fields).status_code)

    threads = [Thread(target=decide, args=(verb,)) for verb in ("accept", "reject", "accept", "reject")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [303, 409, 409, 409]
    assert len(reviewer.decided()) == 1


def test_a_grade_needs_a_reason_and_holds(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    reviewer.send(f"/incidents/{main}/grade", 422, grade="weak", reason=" ")
    reviewer.send(f"/incidents/{main}/grade", 422, grade="certain", reason="because")
    reviewer.send(f"/incidents/{main}/grade", grade="weak", reason="one agency behind all of it")
    page = reviewer.page(f"/incidents/{main}")
    assert "Grade: weak" in page
    assert "one agency behind all of it" in page
    reviewer.send(f"/incidents/{main}/grade", 409, grade="fair", reason="second thoughts")
    (judgement,) = reviewer.decided()
    reviewer.send(f"/decisions/{judgement.id}/undo")
    assert "Grade: weak" not in reviewer.page(f"/incidents/{main}")


def test_a_note_is_kept_with_its_author(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    reviewer.send("/reviewer", name="Nadia Šarić <desk>")
    reviewer.send(f"/incidents/{main}/note", reason="Call the hospital again.")
    reviewer.send(f"/incidents/{main}/note", 422, reason="  ")
    (judgement,) = reviewer.decided()
    assert (judgement.by, judgement.verb, judgement.subject) == ("Nadia Šarić <desk>", "note", main)
    for page in (reviewer.page(f"/incidents/{main}"), reviewer.page("/decisions")):
        assert "Call the hospital again." in page
        assert "Nadia Šarić &lt;desk&gt;" in page


def test_a_split_and_a_merge_hold(reviewer: Reviewer) -> None:
    main = reviewer.main_incident()
    out = main.reports[-1]
    reviewer.send(f"/incidents/{main.id}/split", reports=out, reason="another strike")
    with View(reviewer.ledger) as view:
        stayed, left = view.incidents_of(main.reports[0])[0], view.incidents_of(out)[0]
    assert stayed != left
    reviewer.send(f"/incidents/{stayed}/merge", other=left, reason="the same strike after all")
    with View(reviewer.ledger) as view:
        assert len({view.incidents_of(report)[0] for report in main.reports}) == 1
    assert [j.verb for j in reviewer.decided()] == ["split", "merge"]
    merged = reviewer.decided()[-1]
    reviewer.send(f"/decisions/{merged.id}/undo")
    with View(reviewer.ledger) as view:
        assert view.incidents_of(main.reports[0])[0] != view.incidents_of(out)[0]


def test_a_split_leaves_some_and_takes_some(reviewer: Reviewer) -> None:
    main = reviewer.main_incident()
    reviewer.send(f"/incidents/{main.id}/split", 422, reports=list(main.reports))
    reviewer.send(f"/incidents/{main.id}/split", 422, reports="rep-of-something-else")
    reviewer.send(f"/incidents/{main.id}/split", 422)
    reviewer.send(f"/incidents/{main.id}/merge", 422, other=main.id)
    reviewer.send(f"/incidents/{main.id}/merge", 404, other="nothing")
    assert reviewer.decided() == ()


def test_a_pair_in_doubt_can_be_kept_apart(reviewer: Reviewer) -> None:
    with View(reviewer.ledger) as view:
        grouping, key = view.grouping(), view.stage_key("incidents")
    assert key is not None
    pair = (grouping.incidents[0].id, grouping.incidents[1].id)
    doubt = Suggestion("sug-1", pair, 0.5, "Both are at one market.")
    with Writer(reviewer.ledger) as writer:
        writer.put_grouping(replace(grouping, suggestions=(doubt,)), key)
    assert "Both are at one market." in reviewer.page("/queue")
    reviewer.send("/suggestions/sug-1/reject", reason="two months apart")
    assert "Both are at one market." not in reviewer.page("/queue")
    reviewer.send("/suggestions/nothing/reject", 404)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"low": "-3", "high": "3"}, "is no number of people"),
        ({"low": "many", "high": ""}, "is no number of people"),
        ({"low": "1e3", "high": ""}, "is no number of people"),
        ({"low": "1234567890", "high": ""}, "is no number of people"),
        ({"low": "7", "high": "5"}, "the lower bound is above the upper one"),
        ({"low": "3", "high": "3", "outcome": "vanished"}, "is no outcome"),
        ({"low": "3", "high": "3", "outcome": "killed", "victims": "women"}, "nothing was changed"),
    ],
)
def test_a_correction_that_says_nothing_possible_is_refused(
    reviewer: Reviewer, fields: dict[str, str], told: str
) -> None:
    claim = reviewer.claims(reviewer.main_incident().id, victims="women")[0]
    assert told in judge(reviewer, claim.id, "correct", 422, **fields)
    assert reviewer.decided() == ()


def test_other_verbs_are_refused(reviewer: Reviewer) -> None:
    claim = reviewer.claims(reviewer.main_incident().id, victims="women")[0]
    judge(reviewer, claim.id, "merge", 422)
    judge(reviewer, "nothing", "accept", 404)
    reviewer.send("/decisions/nothing/undo", 404)
    assert reviewer.decided() == ()


def test_a_decision_is_taken_back_once(reviewer: Reviewer) -> None:
    claim = reviewer.claims(reviewer.main_incident().id, victims="women")[0]
    judge(reviewer, claim.id, "accept")
    (judgement,) = reviewer.decided()
    reviewer.send(f"/decisions/{judgement.id}/undo")
    reviewer.send(f"/decisions/{judgement.id}/undo", 409)
    assert len(reviewer.decided()) == 2


def test_taking_a_decision_back_is_itself_taken_back(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    claim = reviewer.claims(main, victims="women")[0]
    judge(reviewer, claim.id, "reject")
    (rejected,) = reviewer.decided()
    reviewer.send(f"/decisions/{rejected.id}/undo")
    undo = reviewer.decided()[-1]
    assert "Let it stand again" in reviewer.page("/decisions")
    reviewer.send(f"/decisions/{undo.id}/undo")
    reviewer.send(f"/decisions/{undo.id}/undo", 409)
    assert [j.verb for j in reviewer.decided()] == ["reject", "undo", "undo"]
    assert [j.id for j in standing(reviewer.decided())] == [rejected.id]
    assert "rejected by" in reviewer.page(f"/incidents/{main}")
    reviewer.send(f"/decisions/{rejected.id}/undo")  # and back once more
    assert standing(reviewer.decided()) == []


FORMS = [
    ("/claims/{claim}/judge", {"verb": "reject"}),
    ("/incidents/{incident}/grade", {"grade": "weak", "reason": "x"}),
    ("/incidents/{incident}/note", {"reason": "x"}),
    ("/incidents/{incident}/merge", {"other": "x"}),
    ("/incidents/{incident}/split", {"reports": "x"}),
    ("/claims/{claim}/assign", {"incident": "x"}),
    ("/reports/x/claims", {"words": "x"}),
    ("/figures/x/accept", {"reason": "x"}),
    ("/queue/settle", {"key": "x", "reason": "x"}),
    ("/incidents/{incident}/correct", {"reason": "x"}),
    ("/incidents/{incident}/assign", {"to": "x"}),
    ("/incidents/{incident}/review", {"stage": "annotated"}),
    ("/incidents/{incident}/share", {}),
    ("/shares/x/withdraw", {}),
    ("/victims/x/judge", {"incident": "x", "verb": "reject"}),
    ("/actors/merge", {"actor": "x"}),
    ("/actors/x/split", {"spelling": "x"}),
    ("/origins/merge", {"report": "x"}),
    ("/origins/split", {"report": "x"}),
    ("/suggestions/x/reject", {}),
    ("/decisions/x/undo", {}),
    ("/reviewer", {"name": "x"}),
    ("/update", {}),
    ("/add", {"pasted": "x"}),
    ("/sign-in", {"name": "x", "password": "x"}),
    ("/sign-out", {}),
    ("/accounts", {"name": "x", "password": "x", "role": "admin"}),
    ("/accounts/x/change", {}),
    ("/accounts/x/remove", {}),
]


def test_every_form_is_in_the_list(reviewer: Reviewer) -> None:
    app = reviewer.client.app
    paths = {path for path, methods in app.openapi()["paths"].items() if "post" in methods}  # type: ignore[attr-defined]
    assert len(paths) == len(FORMS)


@pytest.mark.parametrize(("path", "fields"), FORMS, ids=[path for path, _ in FORMS])
def test_a_form_from_elsewhere_is_refused(reviewer: Reviewer, path: str, fields: dict[str, str]) -> None:
    incident = reviewer.main_incident().id
    claim = reviewer.claims(incident, victims="women")[0].id
    address = path.format(claim=claim, incident=incident)
    token = reviewer.token
    for sent, headers, status in (
        ({}, {}, 422),
        ({"token": ""}, {}, 422),
        ({"token": "wrong"}, {}, 403),
        ({"token": "ключ"}, {}, 403),
        ({"token": token}, {"origin": "https://elsewhere.example"}, 403),
        ({"token": token}, {"origin": "null"}, 403),
        ({"token": token}, {"origin": f"{ADDRESS}1"}, 403),
        ({"token": token}, {"host": "elsewhere.example"}, 400),
    ):
        answer = reviewer.client.post(address, data={**fields, **sent}, headers=headers)
        assert answer.status_code == status, (sent, headers)
        assert "Content-Security-Policy" in answer.headers
    pages = ("/add", "/sign-in", "/accounts")  # these show their form under the address it goes to
    assert reviewer.client.get(address).status_code in ((200,) if path in pages else (404, 405))
    assert reviewer.decided() == ()


def test_our_own_origin_is_accepted(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    fields = {"token": reviewer.token, "reason": "Seen."}
    answer = reviewer.client.post(f"/incidents/{main}/note", data=fields, headers={"origin": ADDRESS})
    assert answer.status_code == 303
    assert len(reviewer.decided()) == 1


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "", "x"])
def test_a_form_never_leads_elsewhere(reviewer: Reviewer, back: str) -> None:
    fields = {"token": reviewer.token, "name": "A", "back": back}
    assert reviewer.client.post("/reviewer", data=fields).headers["location"] == "/"


def test_an_update_that_fails_is_told_on_every_page(demo_ledger: Path) -> None:
    reviewer = Reviewer(demo_ledger, Settings(policy="no_such_policy"))
    fields = {"token": reviewer.token}
    assert reviewer.client.post("/update", data=fields).status_code == 303
    assert reviewer.desk.updater.wait(120)
    assert "no_such_policy" in reviewer.page("/")


def test_an_update_that_ends_while_a_page_is_read_is_told_on_it(
    reviewer: Reviewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[View] = []
    summary = reviewer.desk.summary
    monkeypatch.setattr(reviewer.desk, "summary", lambda view: (read.append(view), summary(view))[1])
    monkeypatch.setattr(reviewer.desk.updater, "state", lambda: UpdateState(running=not read, failure=""))
    assert 'id="updating"' in reviewer.page("/")
    assert 'id="updating"' not in reviewer.page("/")
