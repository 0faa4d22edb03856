"""What the pages show, that they stand without scripts, and that nothing from a report becomes markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.ingest import Intake, read
from firsthand.ledger import View, Writer
from firsthand.model import Settings, Span
from firsthand.resources import resource_path
from firsthand.runners.local import build
from firsthand.web.facts.claims import count_told
from firsthand.web.facts.incident import incident_page
from firsthand.web.marking import Mark, paragraphs, stretches

from .conftest import ADDRESS, Reviewer

VOID = {"meta", "link", "input", "br"}


class Outline(HTMLParser):
    """Checks that elements close as they were opened, and keeps what could run or load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def addresses(reader: Reviewer) -> Iterator[str]:
    """Every page there is on the ledger."""
    yield from ("/", "/queue", "/actors", "/decisions", "/incidents/nothing", "/compare", "/search", "/search?q=killed")
    yield from ("/accounts", "/add", "/sign-in", "/shared/nothing", "/actors/nothing")
    with View(reader.ledger) as view:
        reports = view.report_ids()
        for incident in view.incidents():
            yield f"/incidents/{incident.id}"
            yield f"/incidents/{incident.id}/sensitivity"
    yield from (f"/reports/{report}" for report in reports)
    yield f"/compare?r={reports[0]}&r={reports[-1]}"
    yield f"/compare?r={reports[0]}&r={reports[-1]}&r={reports[len(reports) // 2]}"


def test_every_page_is_well_formed_and_loads_only_from_the_desk(reader: Reviewer) -> None:
    for address in addresses(reader):
        answer = reader.client.get(address)
        assert answer.status_code in (200, 404, 422), address
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        outline = Outline(answer.text)
        ids = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
        assert len(ids) == len(set(ids)), address
        for tag, attributes in outline.elements:
            assert not any(name.startswith("on") or name == "style" for name in attributes), (address, tag)
            for name in ("src", "href", "action"):
                value = attributes.get(name) or "/"
                assert value[0] in "/#?" or value == "data:,", (address, value)


def test_every_link_between_pages_leads_somewhere(reader: Reviewer) -> None:
    pages = [f"/incidents/{reader.main_incident().id}", "/", "/queue"]
    links = {link for page in pages for link in re.findall(r'href="(/[^"#]*)', reader.page(page))}
    assert len(links) > 20
    for link in sorted(links):
        assert reader.client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_the_list_shows_every_incident_and_filters(reader: Reviewer) -> None:
    with View(reader.ledger) as view:
        incidents = view.incidents()
    page = reader.page("/")
    for incident in incidents:
        assert f'href="/incidents/{incident.id}"' in page
    main = reader.main_incident()
    day = main.when.start
    assert day is not None
    shown = set(re.findall(r'href="/incidents/([^"]+)"', reader.page(f"/?start={day}&end={day}")))
    assert shown == {i.id for i in incidents if i.when.start and i.when.end and i.when.start <= day <= i.when.end}
    assert 0 < len(shown) < len(incidents)
    assert "No incident fits." in reader.page("/?q=no+such+words")
    assert set(re.findall(r'href="/incidents/([^"]+)"', reader.page("/?outcome=missing"))) < {i.id for i in incidents}


def test_the_map_is_told_how_well_each_place_is_known(demo_ledger: Path) -> None:
    tables = Settings(places_file=str(resource_path("demo/places.tsv")))
    build(str(demo_ledger), tables, workers=1)
    reader = Reviewer(demo_ledger, tables)
    data = json.loads(reader.page("/map.json"))
    with View(reader.ledger) as view:
        placed = {i.id: i.where_precision for i in view.incidents() if i.lat is not None}
    assert placed
    assert {row["id"]: row["precision"] for row in data} == placed
    assert json.loads(reader.page("/map.json?q=no+such+words")) == []


def test_an_incident_is_shown_with_all_that_bears_on_it(reader: Reviewer) -> None:
    main = reader.main_incident()
    page = " ".join(reader.page(f"/incidents/{main.id}").split())
    with View(reader.ledger) as view:
        facts = incident_page(view, main.id)
    text = re.sub(r"<[^>]+>", "", page)
    for figure in facts.context.figures:
        assert " ".join(figure.why.split()).replace("'", "&#39;") in text
    for conflict in facts.context.conflicts:
        assert " ".join(conflict.why.split()).replace("'", "&#39;") in text
    for report in main.reports:
        assert f'href="/reports/{report}"' in page
    for claim in facts.context.claims.values():
        if claim.tally:
            assert f'id="{claim.id}"' in page
    lineage = page.split('<section id="lineage"')[1].split("<h3>What changed")[0]
    lineage = re.sub(r"<svg.*?</svg>", "", lineage)  # the picture says it again
    # Each origin has a heading with its tree; those of one report each share one.
    assert lineage.count("<h3>") == len(facts.descents) - len(facts.alone) + bool(facts.alone)
    assert len(facts.descents) > len(facts.alone) > 0
    assert all(lineage.count(f'<a href="/reports/{report}">') == 1 for report in main.reports)


def test_a_report_is_shown_cleaned_and_as_it_came_with_its_claims_marked(reader: Reviewer) -> None:
    with View(reader.ledger) as view:
        report = next(r for r in view.report_ids() if view.raw(r).media_type == "html")
        claims = [claim for claim in view.claims_of(report).claims if claim.tally]
        raw, document = view.raw(report), view.document(report)
    page = reader.page(f"/reports/{report}")
    assert claims
    for claim in claims:
        assert f'<a href="#{claim.id}"' in page
        assert f'id="{claim.id}"' in page
        assert count_told(claim).replace("'", "&#39;").split(" (")[0] in page
    assert "&lt;!DOCTYPE html&gt;" in page  # the page as it came is text here
    assert raw.sha256 in page
    assert all(step.rule in page for step in document.steps)


def test_two_reports_are_compared_whole(reader: Reviewer) -> None:
    with View(reader.ledger) as view:
        altered = next(copy for copy in view.lineage().copies if copy.relation != "verbatim")
    left, right = altered.source, altered.derived
    page = reader.page(f"/compare?r={left}&r={right}")
    shown = re.sub(r"<[^>]+>", "", page)
    with View(reader.ledger) as view:
        for report in (left, right):
            for word in re.findall(r"\w+", view.document(report).text):
                assert word in shown
    assert "<ins>" in page


def test_the_queue_holds_what_is_contested(reader: Reviewer) -> None:
    page = reader.page("/queue")
    with View(reader.ledger) as view:
        contested = [f for f in view.figures() if f.status == "contested" and f.place is None]
        conflicts = view.reconciliation().conflicts
    assert page.count('<span class="chip">contested figure</span>') == len(contested) > 0
    # A contradiction between the numbers of a contested figure is that figure's matter.
    told = [c for c in conflicts if c.kind == "count" and any(set(c.claims) <= set(f.claims) for f in contested)]
    assert page.count('<span class="chip">contradiction:') == len(conflicts) - len(told) > 0


def test_actors_are_found_by_any_spelling(reader: Reviewer) -> None:
    with View(reader.ledger) as view:
        actor = next(a for a in view.actors().values() if len(a.variants) > 1)
    for variant in actor.variants:
        assert actor.name in reader.page(f"/actors?q={variant.text.upper()}")
    assert "0 found" in reader.page("/actors?q=nobody-of-this-name")


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nothing", 404), ("/incidents/nothing", 404), ("/reports/nothing", 404), ("/compare", 422)],
)
def test_what_is_not_there_is_told_on_a_page(reader: Reviewer, address: str, status: int) -> None:
    assert "To the incidents" in reader.page(address, status)


def test_a_ledger_without_incidents_says_what_to_do(tmp_path: Path) -> None:
    source, ledger = tmp_path / "a.txt", tmp_path / "ledger.db"
    source.write_text("Two people were killed in Salta on 5 March 2031, police said.")
    with Writer(str(ledger)):
        pass
    empty = Reviewer(ledger)
    assert "firsthand add" in empty.page("/")
    with Writer(str(ledger)) as writer:
        writer.add((item.report, item.original) for item in read([str(source)]) if isinstance(item, Intake))
    assert "has not been built" in empty.page("/")
    empty.send("/update")
    assert "has not been built" not in empty.page("/")
    assert empty.main_incident().title in empty.page("/")
    for address in addresses(empty):
        assert empty.client.get(address).status_code in (200, 404, 422), address


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def test_markup_in_a_report_is_shown_as_text(tmp_path: Path) -> None:
    source = tmp_path / "pile.jsonl"
    text = f"Three people were killed in Salta on 5 March 2031, police in {HOSTILE} said. </script>{HOSTILE} It was closed."
    rows = [{"id": name, "title": f"{HOSTILE} kills three", "text": text, "site": HOSTILE} for name in ("a", HOSTILE)]
    source.write_text("\n".join(json.dumps(row) for row in rows))
    ledger = tmp_path / "ledger.db"
    with Writer(str(ledger)) as writer:
        taken = writer.add((item.report, item.original) for item in read([str(source)]) if isinstance(item, Intake))
    build(str(ledger))
    hostile = Reviewer(ledger)
    assert len(taken.new) == 2
    seen = 0
    for address in (*addresses(hostile), f"/?q={HOSTILE}", f"/actors?q={HOSTILE}", f"/incidents/{HOSTILE}"):
        page = hostile.client.get(address).text
        assert "<script>alert" not in page, address
        assert "<img" not in page, address
        seen += "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert seen > 4


TEXTS = st.text(alphabet="ab <\n", max_size=40)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=6))
def test_stretches_are_the_text_again(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(Span(start, end), "count", str(index)) for index, (start, end) in enumerate(spans) if start <= end]
    pieces = stretches(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    for piece in pieces:
        assert piece.text == text[piece.start : piece.start + len(piece.text)]
        for mark in marks:
            inside = mark.span.start <= piece.start < mark.span.end <= len(text)
            assert (mark in piece.marks) == inside
    assert [s.text for p in paragraphs(pieces) for s in p] == [
        part for piece in pieces for part in piece.text.split("\n\n") if part
    ]


def test_an_address_from_elsewhere_is_never_answered(reader: Reviewer) -> None:
    answer = reader.client.get("/", headers={"host": "desk.example"})
    assert answer.status_code == 400
    assert "Content-Security-Policy" in answer.headers
    assert reader.client.get("/", headers={"host": ADDRESS.removeprefix("http://")}).status_code == 200
