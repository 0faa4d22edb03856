"""The desk in a real browser: every flow by mouse and by keyboard, with scripts and without, and nobody kept out."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from firsthand.ingest import Intake, read
from firsthand.ledger import View, Writer
from firsthand.runners.local import build

from .browser import Open, Served, Watched, keeps_out

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


def verbs(served: Served) -> list[str]:
    with View(served.ledger) as view:
        assert list(view.verify()) == []
        return [judgement.verb for judgement in view.judgements()]


def signed(served: Served) -> list[str]:
    """The verbs in order, what was signed for a count and all its copies at once told once."""
    return [verb for verb, _ in groupby(verbs(served))]


def every_page(served: Served) -> list[str]:
    with View(served.ledger) as view:
        incident = served.main_incident()
        one, other, third, *_ = view.incident(incident).reports
        actor = max(view.actors().values(), key=lambda actor: len(actor.variants)).id
    return [
        "/", f"/incidents/{incident}", f"/incidents/{incident}/sensitivity", f"/reports/{one}", f"/compare?r={one}&r={other}",
        f"/compare?r={one}&r={other}&r={third}", "/queue", "/search?q=killed", "/actors", f"/actors/{actor}", "/decisions",
        "/add", "/accounts", "/sign-in", "/nothing-here",
    ]  # fmt: skip


# -- nobody is kept out


WAYS = {
    "light": {"viewport": {"width": 1280, "height": 900}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True},
    # What a window of 1,280 pixels shows at 200 per cent.
    "zoomed, dark": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2, "color_scheme": "dark"},
}


@pytest.mark.parametrize("way", WAYS)
def test_no_page_keeps_anybody_out(way: str, open_page: Open, served: Served) -> None:
    incident = served.main_incident()
    with Writer(served.ledger) as writer:  # decided things look different: they are looked at too
        with View(served.ledger) as view:
            claims = [a.claim for a in view.assignments_of(incident)]
            figure = view.figures_of(incident)[0]
        for claim, verb in zip(claims, ("accept", "reject", "correct"), strict=False):
            writer.judge(by="Ada", verb=verb, subject=claim, after='{"low":3}', reason="for the look of it")  # type: ignore[arg-type]
        writer.judge(by="Ada", verb="accept", subject=figure.id, before='{"low":1,"best":1,"high":1}', reason="seen")
        writer.judge(by="Ada", verb="confirm", subject=incident, after='{"stage":"annotated"}')
    watched = open_page(**WAYS[way])
    page = watched.page
    for address in every_page(served):
        watched.open(address)
        assert keeps_out(page) == [], (address, way)


def test_the_list_of_keys_keeps_nobody_out(open_page: Open, served: Served) -> None:
    page = open_page().page
    page.goto("/")
    page.keyboard.press("?")
    assert keeps_out(page, within="dialog") == []


# -- from the start page to a figure that somebody stands behind


def walk(page: Any, served: Served, title: str) -> Path:
    """As somebody who has never seen the desk: the incident, its figure, a reason, the brief. Returns the brief."""
    page.goto("/")
    page.get_by_role("link", name=title, exact=True).first.click()
    form = page.get_by_label("Because").first
    form.fill("Read all reports; the health office gives the number itself.")
    page.get_by_role("button", name="Sign", exact=True).first.click()
    page.get_by_text("Stood behind by").first.wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Brief (Markdown)").click()
    served.settled()
    return Path(download.value.path())


def test_a_figure_of_the_demonstration_is_defended_and_exported(open_page: Open, served: Served) -> None:
    incident = served.main_incident()
    with View(served.ledger) as view:
        title = view.incident(incident).title
    brief = walk(open_page().page, served, title).read_text(encoding="utf-8")
    assert title in brief
    assert "Read all reports; the health office gives the number itself." in brief
    assert verbs(served) == ["accept"]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed reports are not beside this repository")
def test_a_figure_of_the_seed_reports_is_defended_and_exported(browser: Any, tmp_path: Path) -> None:
    ledger = str(tmp_path / "seeds.db")
    with Writer(ledger) as writer:
        writer.add((item.report, item.original) for item in read([str(SEEDS)]) if isinstance(item, Intake))
    build(ledger)
    served = Served(ledger)
    watched = Watched(browser, served)
    try:
        with View(ledger) as view:
            title = view.incident(served.main_incident()).title
        assert "Read all reports" in walk(watched.page, served, title).read_text(encoding="utf-8")
        assert verbs(served) == ["accept"]
    finally:
        watched.close()
        served.stop()


# -- deciding


def test_claims_are_decided_by_keyboard_alone(open_page: Open, served: Served) -> None:
    page = open_page().page
    incident = served.main_incident()
    page.goto(f"/incidents/{incident}#voices")
    claims = page.locator(".claim")
    first, second, third = (claims.nth(index).get_attribute("id") for index in range(3))
    while page.evaluate("document.activeElement.id") != first:
        page.keyboard.press("j")
    page.keyboard.press("a")
    page.locator(f"#{first}.accepted").wait_for()
    assert page.evaluate("document.activeElement.id") == first  # the place is kept
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.locator(f"#{second}.rejected").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("6")
    page.locator(f"#{third} input[name=high]").fill("9")
    page.keyboard.press("Tab")
    page.locator(f"#{third} form[action$='/judge'] input[name=reason]").fill("the ledger of the clinic")
    page.locator(f"#{third} button[value=correct]").press("Enter")
    page.locator(f"#{third}.corrected").wait_for()
    served.settled()
    assert signed(served) == ["accept", "reject", "correct"]
    with View(served.ledger) as view:
        assert {"low": 6, "high": 9}.items() <= json.loads(view.judgements()[-1].after).items()
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    page.wait_for_url("**/decisions")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.get_by_text("taken back").first.wait_for()
    served.settled()
    assert verbs(served)[-1] == "undo"


def test_keys_can_be_changed_and_stay_changed(open_page: Open) -> None:
    page = open_page().page
    page.goto("/")
    page.keyboard.press("?")
    page.get_by_label("key: to the queue").fill("z")
    page.get_by_label("key: to all decisions").fill("z")  # taken: refused
    page.get_by_label("key: next row, claim or matter").focus()
    assert page.get_by_label("key: to all decisions").input_value() == "u"
    page.keyboard.press("Escape")
    page.goto("/actors")
    page.keyboard.press("g")
    assert page.url.endswith("/actors")
    page.keyboard.press("z")
    page.wait_for_url("**/queue")
    page.keyboard.press("?")
    page.get_by_role("button", name="As they were").click()
    assert page.get_by_label("key: to the queue").input_value() == "g"


def test_selected_words_become_a_claim(open_page: Open, served: Served) -> None:
    with View(served.ledger) as view:
        report, words = next(
            (claims.report, claim.span.of(view.document(claims.report).text))
            for claims in view.claims()
            for claim in claims.claims
            if claim.field == "text"
            and claim.tally is None
            and len(claim.span.of(view.document(claims.report).text)) > 30
        )
    page = open_page().page
    page.goto(f"/reports/{report}")
    page.evaluate(
        """words => {
          const walk = document.createTreeWalker(document.getElementById("clean-text"), NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            const at = node.data.indexOf(words.slice(0, 25));
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 25);
            document.getSelection().removeAllRanges();
            document.getSelection().addRange(range);
            return;
          }
        }""",
        words,
    )
    page.get_by_role("button", name="Make a claim of this").click()
    assert page.locator("#add-claim textarea").input_value() == words[:25].strip()
    page.locator("#add-claim input[name=low]").fill("2")
    page.locator("#add-claim input[name=source]").fill("a neighbour")
    page.get_by_role("button", name="Sign the claim").click()
    page.locator(".claim.added").wait_for()
    served.settled()
    with View(served.ledger) as view:
        (judgement,) = view.judgements()
        claim = view.claim(judgement.subject)
        assert claim.span.of(view.document(report).text) == words[:25].strip()
    assert (judgement.verb, claim.tally and claim.tally.low, claim.source and claim.source.name) == (
        "add",
        2,
        "a neighbour",
    )


def test_two_people_see_each_others_change_and_lose_nothing(open_page: Open, served: Served) -> None:
    ada, ben = open_page().page, open_page().page
    for page, name in ((ada, "Ada"), (ben, "Ben")):
        page.goto(f"/incidents/{served.main_incident()}")
        page.get_by_label("Decisions are signed by").fill(name)
        page.get_by_role("button", name="Change").click()
        page.wait_for_load_state()
    claim = ada.locator(".claim").first.get_attribute("id")
    ada.locator(f"#{claim}").get_by_role("button", name="Accept").click()
    ada.locator(f"#{claim}.accepted").wait_for()
    ben.locator(f"#{claim}").get_by_role("button", name="Reject").click()
    refused = ben.get_by_role("alert").filter(has_text="Ada decided on this after your page was loaded")
    refused.wait_for()
    assert "Not signed" in refused.inner_text()
    served.settled()
    assert signed(served) == ["accept"]
    ben.reload()
    ben.locator(f"#{claim}.accepted").wait_for()
    assert "accepted by Ada" in ben.locator(f"#{claim}").inner_text()
    ben.locator(f"#{claim}").get_by_role("button", name="Reject").click()
    ben.locator(f"#{claim}.rejected").wait_for()
    served.settled()
    assert signed(served) == ["accept", "reject"]


def test_everything_works_without_scripts(open_page: Open, served: Served) -> None:
    page = open_page(java_script_enabled=False).page
    incident = served.main_incident()
    page.goto("/")
    assert page.locator("svg.timeline rect").count() > 0
    page.goto(f"/incidents/{incident}")
    claim = page.locator(".claim").first.get_attribute("id")
    page.locator(f"#{claim}").get_by_role("button", name="Accept").click()
    assert page.locator(f"#{claim}.accepted").count() == 1
    served.settled()
    page.goto(f"/incidents/{incident}")
    page.locator("#decide summary").filter(has_text="Grade").click()
    grade = page.locator("form[action$='/grade']")
    grade.locator("select").select_option("weak")
    grade.get_by_label("Reason").fill("one agency behind all of it")
    grade.get_by_role("button").click()
    served.settled()
    page.goto(f"/incidents/{incident}")
    assert page.get_by_text("Grade: weak").count() == 1
    page.goto("/decisions")
    page.get_by_role("button", name="Take back").first.click()
    served.settled()
    assert signed(served) == ["accept", "grade", "undo"]


# -- pictures


def test_the_map_shows_areas_as_areas(open_page: Open, served: Served) -> None:
    page = open_page().page
    page.goto("/")
    page.locator("#map svg a").first.wait_for(state="attached")
    with View(served.ledger) as view:
        placed = [incident for incident in view.incidents() if incident.lat is not None]
    assert page.locator("#map .point").count() == sum((i.where_precision or 9) < 3 for i in placed)
    assert page.locator("#map .area").count() == sum((i.where_precision or 9) >= 3 for i in placed)
    bar = page.locator("svg.timeline a").first
    bar.click()
    assert "start=" in page.url
    assert page.locator("tbody tr[data-row]").count() > 0


def test_a_province_is_drawn_as_it_is(open_page: Open, served: Served) -> None:
    page = open_page().page
    page.goto("/add")
    page.locator("[name=pasted]").fill(
        "Nine dockers were killed by a mortar in Basra province, Iraq, on 3 June 2031, police said."
    )
    page.locator("main form button").click()
    page.get_by_role("status").filter(has_text="1 report added").wait_for()
    served.settled()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/?country=IQ")
    area = page.locator("#map .area")
    area.wait_for(state="attached")
    assert [url for url in asked if url.endswith("/static/vendor/provinces/IQ.json")]
    box = area.evaluate(
        "node => { const box = node.getBBox(); return [box.width, box.height, node.getTotalLength()]; }"
    )
    # A circle is as long as its box is wide times pi; a province has bends.
    assert box[2] > 1.1 * 3.2 * max(box[:2]) or abs(box[0] - box[1]) > 0.05 * box[0]


def test_a_count_tells_whose_it_is_when_it_is_pointed_at(open_page: Open, served: Served) -> None:
    page = open_page().page
    with View(served.ledger) as view:
        report = view.incident(served.main_incident()).reports[0]
    page.goto(f"/reports/{report}")
    count = page.locator("#clean-text mark.count a").first
    count.focus()
    shown = count.evaluate("node => getComputedStyle(node, '::after').content")
    assert count.get_attribute("data-tip").split(":")[0] in shown


# -- a desk for several


def test_accounts_roles_and_a_link_to_one_incident(open_page: Open, served: Served) -> None:
    admin = open_page().page
    admin.goto("/accounts")
    admin.get_by_label("Name").fill("Nadia")
    admin.get_by_label("Role").select_option("admin")
    admin.get_by_label("Password, at least").fill("a long enough phrase")
    admin.get_by_role("button", name="Make it").click()
    sign_in(admin, "Nadia", "a long enough phrase")
    admin.goto("/accounts")
    new = admin.locator("form[action='/accounts']")
    new.get_by_label("Name").fill("Omar")
    new.get_by_label("Role").select_option("reader")
    new.get_by_label("Password").fill("another long phrase")
    new.get_by_role("button").click()
    reader = open_page().page
    reader.goto("/queue")
    assert "/sign-in" in reader.url
    sign_in(reader, "Omar", "a wrong password")
    assert reader.get_by_role("alert").filter(has_text="do not belong together").count() == 1
    sign_in(reader, "Omar", "another long phrase")
    incident = served.main_incident()
    reader.goto(f"/incidents/{incident}")
    assert reader.locator("form[action*='/judge']").count() == 0
    assert reader.goto("/accounts").status == 403
    admin.goto(f"/incidents/{incident}")
    admin.get_by_role("button", name="Make a link").click()
    address = admin.get_by_label("Address").input_value()
    guest = open_page(java_script_enabled=False).page
    guest.goto(address)
    assert guest.locator("#figures").count() == 1
    assert guest.locator("main form").count() == 0
    guest.locator("#reports a").first.click()
    assert "/shared/" in guest.url
    guest.goto("/")
    assert "/sign-in" in guest.url
    admin.goto(f"/incidents/{incident}")
    admin.get_by_role("button", name="Withdraw").click()
    assert guest.goto(address).status == 404


def sign_in(page: Any, name: str, password: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def test_reports_are_added_from_the_browser(open_page: Open, served: Served, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(
        "Three people were killed in Dareth on 2 April 2019, the mayor said.", encoding="utf-8"
    )
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 and then nothing")
    page = open_page().page
    page.goto("/add")
    page.get_by_label("Files").set_input_files([str(tmp_path / "new.txt"), str(tmp_path / "bad.pdf")])
    page.get_by_role("button", name="Add", exact=True).click()
    told = page.get_by_role("status").filter(has_text="1 report added")
    told.wait_for()
    assert "rejected: " in told.inner_text()
    assert "bad.pdf" in told.inner_text()
    assert str(tmp_path) not in told.inner_text()
    served.settled()
    page.goto("/search?q=april+mayor+dareth")
    assert page.get_by_role("link", name="Three people were killed").count() >= 1
