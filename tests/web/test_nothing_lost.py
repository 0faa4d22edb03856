"""What somebody typed is never lost: neither by a session that ends, nor by a refusal, nor by somebody else's decision."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from firsthand.ledger import Writer
from firsthand.web.access import form_token
from firsthand.web.accounts import Doorkeeper

from .conftest import ADDRESS, Reviewer

REASON = "Compared with the list of the clinic, line by line; <b>two</b> names are doubled."
PHRASE = "a phrase that is long enough"


def typed(page: str) -> dict[str, str]:
    """The fields that a page of refusal gives back."""
    found = re.findall(r"<label>(\w[\w ]*) <textarea readonly[^>]*>(.*?)</textarea>", page, re.DOTALL)
    return {name: html.unescape(value) for name, value in found}


def test_a_refusal_gives_back_what_was_typed(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    claim = reviewer.claims(main, victims="women")[0]
    fields = {"verb": "correct", "low": "9", "high": "2", "outcome": "killed", "reason": REASON}
    page = reviewer.send(f"/claims/{claim.id}/judge", 422, **fields)
    assert typed(page) == {"Low": "9", "High": "2", "Outcome": "killed", "Reason": REASON}
    with Writer(reviewer.ledger) as writer:
        writer.judge(by="Ben", verb="accept", subject=claim.id)
    page = reviewer.send(f"/claims/{claim.id}/judge", 409, verb="reject", reason=REASON)
    assert typed(page) == {"Reason": REASON}
    assert "Ben" in page
    assert typed(reviewer.send("/figures/nothing/accept", 404, reason=REASON)) == {"Reason": REASON}
    assert [j.by for j in reviewer.decided()] == ["Ben"]


def test_a_form_of_an_earlier_run_of_the_desk_gives_back_what_was_typed(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    answer = reviewer.client.post(f"/incidents/{main}/note", data={"token": "of yesterday", "reason": REASON})
    assert answer.status_code == 403
    assert typed(answer.text) == {"Reason": REASON}
    assert "of yesterday" not in answer.text
    assert reviewer.decided() == ()


def test_a_session_that_ended_gives_back_what_was_typed(demo_ledger: Path) -> None:
    door = Doorkeeper(str(demo_ledger))
    door.add("Nadia", "admin", PHRASE)
    team = Reviewer(demo_ledger)
    main = team.main_incident().id
    client = TestClient(team.client.app, base_url=ADDRESS, follow_redirects=False)
    secret = door.sign_in("Nadia", PHRASE)
    assert secret is not None
    client.cookies.set("firsthand_session", secret)
    token = re.search(r'name="token" value="([^"]+)"', client.get(f"/incidents/{main}").text)
    assert token is not None
    door.sign_out(secret)
    answer = client.post(f"/incidents/{main}/note", data={"token": token[1], "reason": REASON})
    assert answer.status_code == 401
    assert typed(answer.text) == {"Reason": REASON}
    assert token[1] not in answer.text
    # Without a session the page says nothing of the ledger.
    assert team.main_incident().title not in answer.text
    assert form_token(team.desk.token, None) not in answer.text


def test_a_password_is_never_given_back(demo_ledger: Path) -> None:
    team = Reviewer(demo_ledger)
    page = team.send("/accounts", 422, name="Nadia", role="reader", password="my secret of twelve and more")
    assert "my secret" not in page


@pytest.mark.parametrize("body", [b"\xff\xfe not a form", b"--x\r\nbroken multipart"])
def test_what_is_no_form_is_refused_in_words(reviewer: Reviewer, body: bytes) -> None:
    for kind in ("multipart/form-data; boundary=x", "application/json", "application/x-www-form-urlencoded"):
        answer = reviewer.client.post("/queue/settle", content=body, headers={"content-type": kind})
        assert answer.status_code in (400, 403, 422), kind
        assert "<h1>" in answer.text
    assert reviewer.decided() == ()
