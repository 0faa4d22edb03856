"""The page of one incident and the queue: no number without its words, no link that leads nowhere, one voice under one name."""

from __future__ import annotations

import html
import json
import re

import pytest

from firsthand.ledger import View, Writer
from firsthand.model import Claim, Figure, Origin, Source, Span, Tally, VoiceCount
from firsthand.model.lineage import Copy, Relation
from firsthand.web.facts.claims import ClaimLine
from firsthand.web.facts.incident import incident_page
from firsthand.web.facts.voices import voice_blocks
from firsthand.web.words import copied_told

from .conftest import Reviewer


def anchors_without_target(page: str) -> set[str]:
    return set(re.findall(r'href="#([^"]+)"', page)) - set(re.findall(r' id="([^"]+)"', page))


def test_every_link_within_a_page_leads_somewhere(reader: Reviewer) -> None:
    with View(reader.ledger) as view:
        pages = [f"/incidents/{incident.id}" for incident in view.incidents()]
        pages += [f"/reports/{report}" for report in view.report_ids()]
    for address in (*pages, "/queue", "/decisions"):
        assert anchors_without_target(reader.page(address)) == set(), address


def test_the_queue_leads_to_what_it_is_about(reader: Reviewer) -> None:
    links = re.findall(r'href="(/incidents/[^"#]+)#([^"]+)"', reader.page("/queue"))
    assert links
    for address, anchor in links:
        assert f'id="{anchor}"' in reader.page(address), (address, anchor)


def test_the_queue_names_what_is_contested_and_which_texts_are_in_doubt(reader: Reviewer) -> None:
    page = html.unescape(reader.page("/queue"))
    with View(reader.ledger) as view:
        figures = [f for f in view.figures() if f.status == "contested" and f.place is None]
        pairs = view.uncertain()
        titles = {report: view.document(report).title for pair in pairs for report in pair.reports}
    assert figures
    assert pairs
    assert "0–14 (best 14) killed (civilians). 0 according to" in page
    assert all(f"“{title}”" in page for title in titles.values())


def test_any_figure_can_be_stood_behind_from_the_page(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    page = reviewer.page(f"/incidents/{main}")
    with View(reviewer.ledger) as view:
        figures = view.figures_of(main)
    assert len({f.victims for f in figures}) > 2
    for figure in figures:
        assert f'action="/figures/{figure.id}/accept"' in page
    children = next(f for f in figures if f.victims == "children")
    reviewer.send(f"/figures/{children.id}/accept", reason="the names of seven children were read out")
    brief = reviewer.page(f"/incidents/{main}/brief.md")
    assert re.search(r"\*\*5–7 \(best 7\) killed \(children\)\*\*: .*the names of seven children were read out", brief)
    assert f"`{children.id}`" not in brief.split("## Decisions")[1]


def test_what_a_reviewer_writes_is_no_markup_in_the_brief(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    reviewer.send(f"/incidents/{main}/note", reason="seen\n\n## Figures\n\n| killed | 900 | <img src=x>")
    brief = reviewer.page(f"/incidents/{main}/brief.md")
    assert brief.count("\n## Figures") == 1
    assert r"seen \#\# Figures \| killed \| 900 \| \<img src=x\>" in brief


def test_who_blames_whom_is_shown_in_its_words(reader: Reviewer) -> None:
    main = reader.main_incident()
    with View(reader.ledger) as view:
        facts = incident_page(view, main.id)
    section = html.unescape(reader.page(f"/incidents/{main.id}").split('id="sides"')[1].split("</section>")[0])
    assert facts.blamed
    for blame in facts.blamed:
        assert blame.line.words in section
        assert blame.who in section


def test_a_voice_stands_under_one_name_the_one_of_the_figures(reader: Reviewer) -> None:
    with View(reader.ledger) as view:
        facts = incident_page(view, reader.main_incident().id)
    known = {count.voice for figure in facts.context.figures for count in figure.by_voice}
    shown = [block.voice for block in facts.voices]
    assert len(shown) == len(set(shown))
    assert known <= set(shown)
    assert any({"Ilyan Moradi", "district health director"} <= {block.voice, *block.also} for block in facts.voices)
    every = [x.claim.id for b in facts.voices for row in (*b.lines, *b.others) for x in (row, *row.copies)]
    assert sorted(every) == sorted(facts.lines)  # each count once, none lost


def line(
    id: str, source: str | None, *, report: str = "rep-1", origin: str = "org-1", low: int = 3, state: str = ""
) -> ClaimLine:
    span = Span(0, 5)
    speaker = Source(source, span, source, "named") if source else None
    claim = Claim(id, report, "text", span, speaker, tally=Tally("killed", low, low, str(low), span))
    called = source or "site (own voice)"
    return ClaimLine(
        claim, report, "site", "2011-05-04", "three died", called, "3 killed", "an agency", origin, state, by=""
    )


def figure(*voices: tuple[str, tuple[str, ...]]) -> Figure:
    counts = tuple(VoiceCount(name, 3, 3, claims, ("org-1",)) for name, claims in voices)
    claims = tuple(claim for _, own in voices for claim in own)
    return Figure(
        "fig-1", "inc-1", "killed", "people", 3, 3, 3, "agreed", "default", 1, 1, 1, claims, "", by_voice=counts
    )


ORIGINS = {"rep-1": Origin("org-1", "an agency", ("rep-1",)), "rep-2": Origin("org-2", "an agency", ("rep-2",))}


def test_a_spokesman_stands_with_the_body_that_the_figures_know_him_as() -> None:
    lines = [line("clm-1", "Anna Ruiz"), line("clm-2", "Anna Ruiz", low=2), line("clm-3", "River Police", low=4)]
    blocks = voice_blocks(lines, [figure(("River Police", ("clm-1",)))], ORIGINS)
    assert [(b.voice, b.also, [x.claim.id for x in b.lines], [x.claim.id for x in b.others]) for b in blocks] == [
        ("River Police", ("Anna Ruiz",), ["clm-1"], ["clm-2", "clm-3"])
    ]


def test_a_name_that_the_figures_know_as_two_voices_joins_neither() -> None:
    lines = [line("clm-1", "a doctor"), line("clm-2", "a doctor", report="rep-2"), line("clm-3", "a doctor", low=9)]
    told = figure(("doctor of the clinic", ("clm-1",)), ("doctor of the camp", ("clm-2",)))
    assert {b.voice for b in voice_blocks(lines, [told], ORIGINS)} == {
        "doctor of the clinic",
        "doctor of the camp",
        "a doctor",
    }


def test_origins_of_one_name_are_two_texts() -> None:
    lines = [line("clm-1", "Anna Ruiz"), line("clm-2", "Anna Ruiz", report="rep-2", origin="org-2")]
    (block,) = voice_blocks(lines, [], ORIGINS)
    assert [row.carriers for row in block.others] == [0, 0]


def test_what_was_decided_is_never_folded_away() -> None:
    lines = [line("clm-1", "Anna Ruiz", state="rejected"), line("clm-2", "Anna Ruiz")]
    (block,) = voice_blocks(lines, [], ORIGINS)
    assert [row.claim.id for row in block.lines] == ["clm-1"]
    assert [row.claim.id for row in block.others] == ["clm-2"]


# -- one decision for a count and its copies


def copies_of(reviewer: Reviewer, incident: str) -> tuple[str, str]:
    """The first claim about women killed, and its copies as its form on the page gives them."""
    page = reviewer.page(f"/incidents/{incident}")
    for row in page.split('<div class="claim line')[1:]:
        copies = re.search(r'name="copies" checked value="([^"]+)"', row)
        if "killed (women)" in row and copies:
            claim = re.search(r'id="(clm-[^"]+)"', row)
            assert claim is not None
            return claim[1], copies[1]
    raise AssertionError("no claim about women with copies")


def test_a_count_is_rejected_with_its_copies(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    claim, copies = copies_of(reviewer, main)
    reviewer.send(f"/claims/{claim}/judge", verb="reject", copies=copies, reason="a misprint of the agency")
    decided = reviewer.decided()
    assert {j.subject for j in decided} == {claim, *(pair.split(":")[0] for pair in copies.split())}
    assert {(j.verb, j.reason) for j in decided} == {("reject", "a misprint of the agency")}
    for left in reviewer.claims(main, victims="women"):
        if left.id not in {j.subject for j in decided}:
            reviewer.send(f"/claims/{left.id}/judge", verb="reject")
    assert ("killed", "women") not in reviewer.figures(main)


def test_a_correction_of_copies_leaves_what_it_does_not_touch(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    claim, copies = copies_of(reviewer, main)
    with View(reviewer.ledger) as view:
        source = view.claim(claim).source
    assert source is not None
    reviewer.send(f"/claims/{claim}/judge", verb="correct", copies=copies, low="4", high="4", outcome="killed",
                  victims=["women"], source=source.name, certainty="asserted")  # fmt: skip
    decided = reviewer.decided()
    assert len(decided) == 1 + len(copies.split())
    assert all(json.loads(j.after) == {"high": 4, "low": 4} for j in decided)


def test_nothing_is_signed_where_somebody_decided_on_a_copy_meanwhile(reviewer: Reviewer) -> None:
    main = reviewer.main_incident().id
    claim, copies = copies_of(reviewer, main)
    last = copies.split()[-1].split(":")[0]
    with Writer(reviewer.ledger) as writer:
        writer.judge(by="Ben", verb="accept", subject=last)
    told = reviewer.send(f"/claims/{claim}/judge", 409, verb="reject", copies=copies)
    assert "Ben" in told
    assert [j.by for j in reviewer.decided()] == ["Ben"]
    reviewer.send(f"/claims/{claim}/judge", 404, verb="reject", copies="clm-nothing:")


BY_TIME = "that this one is the copy is 99% sure, by the times of publication and credit lines"


@pytest.mark.parametrize(
    ("relation", "coverage", "direction", "basis", "told"),
    [
        ("verbatim", 1.0, 0.998, "timestamps, credits", f"word for word, 100% of its sentences; {BY_TIME}"),
        ("paraphrased", 0.5, 0.5, "", "reworded, 50% of its sentences; which of the two came first is a coin toss"),
        ("edited", 0.8, 1.0, "unobserved parent", "edited, 80% of its sentences"),
    ],
)  # fmt: skip
def test_how_a_report_was_copied_is_told_in_words(
    relation: Relation, coverage: float, direction: float, basis: str, told: str
) -> None:
    copy = Copy("cpy-1", "rep-1", "rep-2", relation, coverage, coverage, 0.9, direction, basis)
    assert copied_told(copy) == told
