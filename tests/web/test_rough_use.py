"""The desk in a real browser, used roughly: sessions that end, refusals, going back, two at once, and piles made to break pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from firsthand.ingest import Intake, read
from firsthand.ledger import View, Writer
from firsthand.runners.local import build
from firsthand.web.accounts import Doorkeeper

from .browser import Open, Served, Watched, keeps_out

PHRASE = "a phrase that is long enough"
REASON = "Compared with the list of the clinic, line by line; <b>two</b> names are doubled."


def sign_in(page: Any) -> None:
    page.get_by_label("Name").fill("Nadia")
    page.get_by_label("Password").fill(PHRASE)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def judgements(served: Served) -> list[tuple[str, str, str]]:
    with View(served.ledger) as view:
        assert list(view.verify()) == []
        return [(j.verb, j.by, j.reason) for j in view.judgements()]


def test_a_decision_goes_through_after_signing_in_again_in_another_tab(open_page: Open, served: Served) -> None:
    door = Doorkeeper(served.ledger)
    door.add("Nadia", "admin", PHRASE)
    page = open_page().page
    page.goto(f"/incidents/{served.main_incident()}")
    sign_in(page)
    page.locator("#decide summary").filter(has_text="Note").click()
    note = page.locator("form[action$='/note']")
    note.get_by_label("Note").fill(REASON)
    door.sign_out(next(c["value"] for c in page.context.cookies() if c["name"] == "firsthand_session"))
    note.get_by_role("button").click()
    refused = page.get_by_role("alert").filter(has_text="your session has ended")
    refused.wait_for()
    assert note.get_by_label("Note").input_value() == REASON
    with page.expect_popup() as popup:
        refused.get_by_role("link").click()
    sign_in(popup.value)
    note.get_by_role("button").click()
    page.locator("#log").get_by_text(REASON).wait_for()
    assert judgements(served) == [("note", "Nadia", REASON)]


def test_a_form_of_an_earlier_run_of_the_desk_still_goes_through(open_page: Open, served: Served) -> None:
    page = open_page().page
    page.goto(f"/incidents/{served.main_incident()}")
    page.get_by_label("Because").first.fill(REASON)
    served.desk.token = "of a run that began after the page was loaded"
    page.get_by_role("button", name="Sign", exact=True).first.click()
    page.get_by_text("Stood behind by").first.wait_for()
    assert [(verb, reason) for verb, _, reason in judgements(served)] == [("accept", REASON)]


def test_a_refused_correction_leaves_what_was_typed(open_page: Open, served: Served) -> None:
    page = open_page().page
    page.goto(f"/incidents/{served.main_incident()}")
    row = page.locator(".claim.line").first
    row.locator("summary").first.click()
    row.get_by_label("At least").fill("30")
    row.get_by_label("At most").fill("3")
    row.get_by_label("Reason").first.fill(REASON)
    row.get_by_role("button", name="Sign the correction").click()
    page.get_by_role("alert").filter(has_text="lower bound is above").wait_for()
    assert row.get_by_label("At least").input_value() == "30"
    assert row.get_by_label("Reason").first.input_value() == REASON
    assert judgements(served) == []


def test_the_page_follows_a_decision(open_page: Open, served: Served) -> None:
    incident = served.main_incident()
    with View(served.ledger) as view:
        women = next(f for f in view.figures_of(incident) if f.victims == "women")
    page = open_page().page
    page.goto(f"/incidents/{incident}")
    for _ in range(2):  # two texts carry the number
        row = page.locator(".claim.line:not(.rejected)").filter(has_text="killed (women)").first
        claim = row.get_attribute("id")
        page.locator(f"#{claim}").get_by_role("button", name="Reject", exact=True).click()
        page.locator(f"#{claim}.rejected").wait_for()
    page.locator(f"#{women.id}").wait_for(state="detached")  # nobody loaded the page again


def test_a_click_that_meets_the_new_figures_is_not_lost(open_page: Open, served: Served) -> None:
    page = open_page().page
    page.goto(f"/incidents/{served.main_incident()}")
    first, second = (page.locator(".claim.line").nth(n).get_attribute("id") for n in (0, 1))
    # The figures are ready when the button is held down, not before.
    page.route("**/state.json", lambda route: route.fulfill(json={"running": True}))
    page.locator(f"#{first}").get_by_role("button", name="Accept", exact=True).click()
    page.locator(f"#{first}.accepted").wait_for()
    page.locator(f"#{second}").get_by_role("button", name="Accept", exact=True).hover()
    page.mouse.down()
    page.unroute("**/state.json")
    page.wait_for_function("async () => !(await (await fetch('/state.json')).json()).running")
    page.wait_for_timeout(1500)  # twice as long as the page waits between two looks
    page.mouse.up()
    page.locator(f"#{second}.accepted").wait_for()
    page.get_by_role("status").filter(has_text="The figures are up to date").wait_for()


def test_what_is_typed_in_one_form_outlives_a_decision_in_another(open_page: Open, served: Served) -> None:
    page = open_page().page
    page.goto(f"/incidents/{served.main_incident()}")
    page.locator("#decide summary").filter(has_text="Note").click()
    note = page.locator("form[action$='/note'] textarea")
    note.fill(REASON)
    page.locator("#decide summary").filter(has_text="Grade").click()
    page.locator("form[action$='/grade'] select").select_option("weak")
    row = page.locator(".claim.line").nth(1)
    row.locator("summary").first.click()
    row.locator("select[name=victims]").select_option(["women", "children"])
    claim = page.locator(".claim.line").first.get_attribute("id")
    page.locator(f"#{claim}").get_by_role("button", name="Accept", exact=True).click()
    page.locator(f"#{claim}.accepted").wait_for()
    # The figures follow beside the page, which says so and leaves what is typed alone.
    page.get_by_role("status").filter(has_text="The figures are up to date").wait_for()
    assert note.input_value() == REASON
    assert note.is_visible()
    assert page.locator("form[action$='/grade'] select").input_value() == "weak"
    assert row.locator("select[name=victims]").evaluate("n => [...n.selectedOptions].map((o) => o.value)") == [
        "children",
        "women",
    ]


def test_going_back_after_a_decision_shows_it(open_page: Open, served: Served) -> None:
    page = open_page().page
    address = f"/incidents/{served.main_incident()}"
    page.goto(address)
    claim = page.locator(".claim.line").first.get_attribute("id")
    page.locator(f"#{claim}").get_by_role("button", name="Accept", exact=True).click()
    page.locator(f"#{claim}.accepted").wait_for()
    page.goto("/queue")
    page.go_back()
    page.locator(f"#{claim}.accepted").wait_for()
    page.go_forward()
    assert page.url.endswith("/queue")


def test_a_link_to_something_folded_away_opens_it(open_page: Open, served: Served) -> None:
    page = open_page().page
    page.goto(f"/incidents/{served.main_incident()}")
    folded = page.locator("details[id^=others] .claim.line").first
    assert not folded.is_visible()
    page.goto(f"/incidents/{served.main_incident()}#{folded.get_attribute('id')}")
    folded.wait_for(state="visible")


def test_a_link_that_ended_says_so(open_page: Open, served: Served) -> None:
    door = Doorkeeper(served.ledger)
    door.add("Nadia", "admin", PHRASE)
    token = door.share(served.main_incident(), "Nadia", days=-1)
    page = open_page().page
    assert page.goto(f"/shared/{token}").status == 404
    assert page.get_by_text("this link has ended or was withdrawn").count() == 1
    assert page.get_by_role("link", name="Queue").count() == 0


# -- piles that are made to break pages


NAME = "Bartholomäus" + "von" * 60 + "Hohenfels"
MARKUP = "<script>alert(document.cookie)</script>"
ARABIC = (
    "قال الدفاع المدني إن تسعة أشخاص قتلوا في غارة جوية على سوق في حلب يوم 2 آذار 2018.\n\n"
    "Nine people were killed in an air strike on Aleppo on 2 March 2018, the Civil Defence said."
)
ROUGH = [
    ("long", f"{'x' * 90}.example", "Ambush " * 40, "2018-01-02",
     f"Four soldiers were killed in Tikrit on 1 January 2018, {NAME} said. {'w' * 500} was heard."),
    ("markup", MARKUP, f"{MARKUP} strike", "2018-02-02",
     f"Five civilians were killed in Raqqa on 1 February 2018, Colonel {MARKUP} Hassan said. </textarea></form>\u202e back"),
    ("undated", "", "", "", "Seven people were killed in a raid, villagers said."),
    ("arabic", "ar.example", "مقتل تسعة أشخاص في غارة على سوق في حلب", "2018-03-03", ARABIC),
    *((f"many{n}", f"site{n}.example", f"Shells fall on the grain market of Mosul, outlet {n}", "2017-03-06",
       f"{20 + n} people were killed when shells struck the grain market in Mosul on 5 March 2017, the head of ward "
       f"{chr(65 + n)} said.\n\nThe police put the number of wounded at {40 + n % 3}. Carter {n} lost {3 + n % 2} oxen.")
      for n in range(24)),
]  # fmt: skip
FIELDS = ("id", "site", "title", "published", "text")


@pytest.fixture(scope="session")
def rough(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("rough")
    pile = folder / "pile.jsonl"
    pile.write_text(
        "\n".join(
            json.dumps({k: v for k, v in zip(FIELDS, row, strict=True) if v}, ensure_ascii=False) for row in ROUGH
        ),
        encoding="utf-8",
    )
    ledger = str(folder / "rough.db")
    with Writer(ledger) as writer:
        writer.add((item.report, item.original) for item in read([str(pile)]) if isinstance(item, Intake))
    build(ledger, workers=1)
    served = Served(ledger)
    yield served
    served.stop()


@pytest.mark.parametrize("width", [320, 1280])
def test_rough_reports_break_no_page(width: int, browser: Any, rough: Served) -> None:
    with View(rough.ledger) as view:
        incidents = view.incidents()
        reports = {link.report for incident in incidents for link in incident.links[:2]}
    assert any(incident.when.start is None for incident in incidents)
    assert any(not incident.places for incident in incidents)
    watched = Watched(browser, rough, viewport={"width": width, "height": 800})
    dialogs: list[str] = []
    watched.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    addresses = [f"/incidents/{incident.id}" for incident in incidents] + [f"/reports/{id}" for id in sorted(reports)]
    for address in ("/", "/queue", "/actors", "/search?q=killed", *addresses):
        watched.open(address)
        assert keeps_out(watched.page) == [], address
    assert dialogs == []
    watched.close()


def test_a_long_incident_is_folded_and_nothing_of_it_is_missing(browser: Any, rough: Served) -> None:
    incident = rough.main_incident()
    with View(rough.ledger) as view:
        reports = view.incident(incident).reports
    assert len(reports) > 20
    watched = Watched(browser, rough, viewport={"width": 390, "height": 800})
    watched.open(f"/incidents/{incident}")
    listed = watched.page.locator("#reports form input[name=r]")
    assert listed.count() == len(reports)
    assert sum(one.is_visible() for one in listed.all()) == 20
    watched.page.locator("#reports summary").first.click()
    assert all(one.is_visible() for one in listed.all())
    watched.close()


def test_arabic_runs_its_own_way(browser: Any, rough: Served) -> None:
    with View(rough.ledger) as view:
        (report,) = view.by_source_id("arabic")
    watched = Watched(browser, rough)
    watched.open(f"/reports/{report}")
    direction = "node => getComputedStyle(node).direction"
    assert watched.page.locator("h1").evaluate(direction) == "rtl"
    assert watched.page.locator("nav").first.evaluate(direction) == "ltr"
    watched.close()


def test_a_file_that_is_no_report_is_refused_and_the_others_are_taken(
    open_page: Open, served: Served, tmp_path: Path
) -> None:
    (tmp_path / "picture.pdf").write_bytes(b"\x00\xff" * 300)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "<img src=x>.txt").write_text(
        "Two guards were killed in Erbil on 4 June 2015, officials said.", encoding="utf-8"
    )
    page = open_page().page
    page.goto("/add")
    page.get_by_label("Files").set_input_files(
        [str(path) for path in sorted(tmp_path.iterdir()) if path.is_file() and path.suffix != ".db"]
    )
    page.get_by_role("button", name="Add", exact=True).click()
    told = page.get_by_role("status").filter(has_text="1 report added")
    told.wait_for()
    assert "rejected: " in told.inner_text()
    assert page.locator("main img").count() == 0
