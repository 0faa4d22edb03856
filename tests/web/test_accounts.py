"""A desk for several: who comes in, what each role may do, what a link shows, and what is never kept in clear."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from firsthand.cli import firsthand
from firsthand.errors import NotFound, SettingsError
from firsthand.ledger import Accounts, View, Writer
from firsthand.web.accounts import Doorkeeper
from firsthand.web.app import create_app, serve

from .conftest import ADDRESS, Reviewer

PHRASE = "a phrase that is long enough"


@pytest.fixture
def team(demo_ledger: Path) -> Reviewer:
    """A desk with one account of each role."""
    door = Doorkeeper(str(demo_ledger))
    for name, role in (("Nadia", "admin"), ("Omar", "reviewer"), ("Rhea", "reader")):
        door.add(name, role, PHRASE)  # type: ignore[arg-type]
    return Reviewer(demo_ledger)


def signed_in(team: Reviewer, name: str, password: str = PHRASE) -> TestClient:
    client = TestClient(team.client.app, base_url=ADDRESS, follow_redirects=False)
    token = token_on(client.get("/sign-in").text)
    answer = client.post("/sign-in", data={"token": token, "name": name, "password": password})
    assert answer.status_code == (303 if password == PHRASE else 401)
    return client


def token_on(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_nobody_comes_in_without_an_account(team: Reviewer) -> None:
    main = team.main_incident().id
    for path in (
        "/",
        f"/incidents/{main}",
        f"/incidents/{main}/record.json",
        "/queue",
        "/state.json",
        "/search?q=killed",
        "/accounts",
    ):
        answer = team.client.get(path)
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/sign-in?back=")
    assert team.client.get("/static/desk.css").status_code == 200
    answer = team.client.post(f"/incidents/{main}/note", data={"token": team.token, "reason": "x"})
    assert answer.status_code == 401
    assert "Dareth" not in team.client.get("/sign-in").text


def test_a_wrong_password_and_an_unknown_name_look_alike(team: Reviewer) -> None:
    pages = []
    for name in ("Nadia", "Nobody"):
        client = TestClient(team.client.app, base_url=ADDRESS, follow_redirects=False)
        fields = {"token": token_on(client.get("/sign-in").text), "name": name, "password": "wrong wrong wrong"}
        answer = client.post("/sign-in", data=fields)
        assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
        pages.append(re.sub(r'value="[^"]*"', "", answer.text))
    assert pages[0] == pages[1]


def test_who_guesses_has_to_wait(team: Reviewer) -> None:
    for _ in range(6):
        page = TestClient(team.client.app, base_url=ADDRESS, follow_redirects=False)
        fields = {"token": token_on(page.get("/sign-in").text), "name": "Nadia", "password": "wrong wrong wrong"}
        told = page.post("/sign-in", data=fields).text
    assert "too many wrong passwords" in told


def test_each_role_may_what_it_may(team: Reviewer) -> None:
    main = team.main_incident().id
    for name, note, share, accounts in (("Nadia", 303, 200, 200), ("Omar", 303, 200, 403), ("Rhea", 403, 403, 403)):
        client = signed_in(team, name)
        page = client.get(f"/incidents/{main}")
        assert page.status_code == 200
        token = token_on(page.text)
        assert client.post(f"/incidents/{main}/note", data={"token": token, "reason": "seen"}).status_code == note
        assert client.post(f"/incidents/{main}/share", data={"token": token}).status_code == share
        assert client.get("/accounts").status_code == accounts
        made = client.post(
            "/accounts", data={"token": token, "name": f"By {name}", "password": PHRASE, "role": "reader"}
        )
        assert made.status_code == (303 if name == "Nadia" else 403)
    assert [j.by for j in team.decided()] == ["Nadia", "Omar"]
    assert "set a name" not in team.page("/sign-in")


def test_a_form_of_one_session_is_no_good_in_another(team: Reviewer) -> None:
    main = team.main_incident().id
    one, other = signed_in(team, "Nadia"), signed_in(team, "Omar")
    token = token_on(one.get(f"/incidents/{main}").text)
    assert other.post(f"/incidents/{main}/note", data={"token": token, "reason": "x"}).status_code == 403
    assert other.post("/reviewer", data={"token": token_on(other.get("/").text), "name": "Nadia"}).status_code == 403


def test_a_session_ends(team: Reviewer) -> None:
    client = signed_in(team, "Omar")
    cookie = client.cookies["firsthand_session"]
    assert client.get("/").status_code == 200
    client.post("/sign-out", data={"token": token_on(client.get("/").text)})
    client.cookies.set("firsthand_session", cookie)
    assert client.get("/").status_code == 303
    again = signed_in(team, "Omar")
    with Accounts(team.ledger) as accounts:
        accounts.change("Omar", password="x")  # a new hash: whoever was in is out
    assert again.get("/").status_code == 303


def test_what_is_kept_is_of_no_use_to_who_reads_it(team: Reviewer) -> None:
    client = signed_in(team, "Nadia")
    main = team.main_incident().id
    page = client.post(f"/incidents/{main}/share", data={"token": token_on(client.get("/").text)}).text
    link = re.search(r"/shared/([\w-]+)", page)
    assert link is not None
    kept = "\n".join(sqlite3.connect(team.ledger).iterdump())
    assert PHRASE not in kept
    assert client.cookies["firsthand_session"] not in kept
    assert link[1] not in kept
    assert "$argon2id$" in kept


def test_a_link_shows_one_incident_and_nothing_that_is_withheld(team: Reviewer) -> None:
    main = team.main_incident()
    hidden, shown = main.reports[0], main.reports[1]
    with View(team.ledger) as view:
        title = view.document(hidden).title or ""
        elsewhere = next(r for i in view.incidents() for r in i.reports if r not in main.reports)
    with Writer(team.ledger) as writer:
        writer.judge(by="Nadia", verb="withhold", subject=hidden, reason="its author is in danger")
    link = f"/shared/{team.desk.door.share(main.id, 'Nadia')}"
    page = team.page(link)
    assert title not in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    assert f'href="{link}/reports/{shown}"' in page
    assert not re.search(r'href="/(?!shared|static)', page)
    assert title not in team.page(f"{link}/reports/{hidden}")
    team.page(f"{link}/reports/{shown}")
    team.page(f"{link}/reports/{elsewhere}", 404)
    team.page("/shared/guessed", 404)
    team.desk.door.accounts.unshare(team.desk.door.accounts.shares(main.id)[0].token)
    team.page(link, 404)


def test_the_last_admin_stays(team: Reviewer) -> None:
    with Accounts(team.ledger) as accounts:
        for change in (lambda: accounts.remove("Nadia"), lambda: accounts.change("Nadia", role="reader")):
            with pytest.raises(SettingsError, match="last admin"):
                change()
        with pytest.raises(NotFound):
            accounts.remove("Nobody")
        with pytest.raises(SettingsError, match="already"):
            accounts.add("Omar", "reader", "hash")
        accounts.change("Omar", role="admin")
        accounts.remove("Nadia")
        assert [account.name for account in accounts.all()] == ["Omar", "Rhea"]


@pytest.mark.parametrize("password", ["", "short", "x" * 500])
def test_a_password_that_protects_nothing_is_refused(demo_ledger: Path, password: str) -> None:
    with pytest.raises(SettingsError, match="12 to 200 characters"):
        Doorkeeper(str(demo_ledger)).add("Nadia", "admin", password)


def test_without_accounts_others_are_not_let_in(demo_ledger: Path) -> None:
    with pytest.raises(SettingsError, match="accounts"):
        serve(str(demo_ledger), host="0.0.0.0")
    with pytest.raises(SettingsError, match="accounts"):
        serve(str(demo_ledger), names=["desk.example.org"])
    # Nor would the application itself, whoever runs it.
    client = TestClient(create_app(str(demo_ledger), hosts=["desk.example.org"]), base_url="http://desk.example.org")
    assert client.get("/", follow_redirects=False).headers["location"].startswith("/sign-in")


def test_accounts_are_made_from_the_command_line(demo_ledger: Path) -> None:
    def call(*arguments: str, given: str = "") -> str:
        found = CliRunner().invoke(firsthand, ["--ledger", str(demo_ledger), "accounts", *arguments], input=given)
        assert found.exception is None or isinstance(found.exception, SettingsError), found.exception
        return found.output + str(found.exception or "")

    assert "made: admin" in call("add", "Nadia", "--role", "admin", given=f"{PHRASE}\n{PHRASE}\n")
    assert PHRASE not in call("add", "Omar", given=f"{PHRASE}\n{PHRASE}\n")
    assert "already" in call("add", "Omar", given=f"{PHRASE}\n{PHRASE}\n")
    assert [line.split()[0] for line in call("list").splitlines()] == ["admin", "reviewer"]
    assert "set" in call("password", "Omar", given=f"{PHRASE}!\n{PHRASE}!\n")
    assert "removed" in call("remove", "Omar")
    assert "Omar" not in call("list")
