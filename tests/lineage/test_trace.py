"""trace: origins, copies and shared passages of small piles."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.lineage import trace
from firsthand.model import Document, Lineage

from .conftest import AGENCY, ELSEWHERE, INDEPENDENT, SPUN, Make


def origins(lineage: Lineage) -> list[list[str]]:
    return sorted(sorted(report.removeprefix("rep-") for report in origin.reports) for origin in lineage.origins)


def cut(text: str, first: int, last: int | None = None) -> str:
    return "\n\n".join(text.split("\n\n")[first:last])


def test_empty_pile_has_no_origins() -> None:
    assert trace([]) == Lineage()


def test_every_document_gets_exactly_one_origin(make: Make) -> None:
    documents = [make("a", AGENCY), make("b", SPUN), make("c", ELSEWHERE), make("d", ""), make("e", "…")]
    reports = [report for origin in trace(documents).origins for report in origin.reports]
    assert sorted(reports) == sorted(document.id for document in documents)


def test_spun_and_cut_copies_share_the_origin_and_independent_reports_do_not(make: Make) -> None:
    lineage = trace(
        [
            make("agency", AGENCY, day=4),
            make("spun", SPUN, day=5),
            make("cut", cut(AGENCY, 1, 4), day=5),
            make("own", INDEPENDENT, day=5),
            make("other", ELSEWHERE, day=6),
        ]
    )
    assert origins(lineage) == [["agency", "cut", "spun"], ["other"], ["own"]]
    relations = {(copy.derived, copy.source): copy for copy in lineage.copies}
    assert relations["rep-cut", "rep-agency"].relation == "verbatim"
    assert relations["rep-spun", "rep-agency"].relation in ("edited", "paraphrased")
    assert relations["rep-spun", "rep-agency"].spun
    assert not relations["rep-cut", "rep-agency"].spun


def test_independent_reports_that_share_a_quotation_are_tied_by_it_alone(make: Make) -> None:
    lineage = trace([make("agency", AGENCY, day=4), make("own", INDEPENDENT, day=5)])
    (shared,) = lineage.shared
    assert shared.kind == "quotation"
    assert "dared to cross the square" in shared.passages[0].source_span.of(AGENCY)
    assert not lineage.copies


def test_copies_never_run_backwards_in_time(make: Make) -> None:
    for early, late in (("a", "b"), ("b", "a")):
        lineage = trace([make(early, cut(AGENCY, 0, 3), day=4), make(late, AGENCY, day=9)])
        (copy,) = lineage.copies
        assert (copy.source, copy.derived) == (f"rep-{early}", f"rep-{late}")
        assert copy.direction > 0.5


def test_the_hour_tells_on_one_day_and_outweighs_every_other_sign(make: Make) -> None:
    for early, late in (("a", "b"), ("b", "a")):
        documents = [make(early, cut(AGENCY, 0, 3), day=4, hour=6), make(late, AGENCY, day=4, hour=9)]
        (copy,) = trace(documents).copies
        assert (copy.source, copy.derived) == (f"rep-{early}", f"rep-{late}")
        assert copy.direction_basis.startswith("timestamps")
        assert copy.direction > 0.5


def test_where_nothing_speaks_no_direction_is_claimed(make: Make) -> None:
    longer = AGENCY + "\n\nThe ferrymen have asked the council for lanterns and for oilskins, which it does not have."
    for names in (("a", "b"), ("b", "a")):
        (copy,) = trace([make(names[0], AGENCY), make(names[1], longer)]).copies
        assert (copy.direction, copy.direction_basis) == (0.5, "coin toss")
        assert copy.why.endswith("which came first is a coin toss.")


def test_a_text_that_lost_its_quotation_is_the_copy_and_marks_of_doubt_are_no_quotation(make: Make) -> None:
    lost = AGENCY.replace(
        "“We had nine minutes between the second and the third salvo, and nobody dared to cross the square,” she", "She"
    )
    doubtful = lost.replace("rowing boats", "“rowing boats”")
    for names in (("a", "b"), ("b", "a")):
        (copy,) = trace([make(names[0], AGENCY), make(names[1], doubtful)]).copies
        assert (copy.source, copy.direction_basis) == (f"rep-{names[0]}", "quotations")


def test_a_text_that_ran_paragraphs_together_is_the_copy(make: Make) -> None:
    paragraphs = AGENCY.split("\n\n")
    together = "\n\n".join([" ".join(paragraphs[:2]), *paragraphs[2:]])
    for names in (("a", "b"), ("b", "a")):
        (copy,) = trace([make(names[0], AGENCY), make(names[1], together)]).copies
        assert (copy.source, copy.direction_basis) == (f"rep-{names[0]}", "paragraphs")
        # Where no break is left at all, whoever fetched the page may have lost them.
        (copy,) = trace([make(names[0], AGENCY), make(names[1], " ".join(paragraphs))]).copies
        assert copy.direction_basis == "coin toss"


def test_an_agency_that_signs_its_text_on_its_own_site_is_the_source(make: Make) -> None:
    for names in (("a", "b"), ("b", "a")):
        own = make(names[0], AGENCY, day=4, site="meridianpress.example", agency="Meridian Press")
        (copy,) = trace([own, make(names[1], AGENCY, day=4, site="lake.example")]).copies
        assert (copy.source, copy.direction_basis) == (own.id, "credits")


def test_an_interview_that_is_quoted_shares_quotations(make: Make) -> None:
    """It has no quotation marks of its own."""
    answers = (
        "I had eleven hundred shells left and the river behind me, and whoever says that he would have stayed is a poet.",
        "When the last of them is home I shall resign, and not one day earlier.",
    )
    interview = f"Q: Did you order the retreat from Sered?\nA: {answers[0]}\nQ: Will you go?\nA: {answers[1]}"
    report = f"""The general who gave up Sered has defended himself in a weekly and attacked the ministry.

“{answers[0]}” General Anton Weiss told it. The opposition wants an inquiry.

Sered fell on Friday after a siege of five weeks. Some 8,000 inhabitants are thought to be in its cellars still, and the Red \
Cross has asked for a truce so that bread and blankets can be brought across the ford before the frost sets in."""
    documents = [make("interview", interview, day=4), make("report", report, day=5), make("other", ELSEWHERE, day=5)]
    lineage = trace(documents)
    assert all(len(origin.reports) == 1 for origin in lineage.origins)
    assert [(shared.reports, shared.kind) for shared in lineage.shared] == [
        (("rep-interview", "rep-report"), "quotation")
    ]


def test_an_agency_that_is_credited_but_absent_stands_above_its_copies(make: Make) -> None:
    lineage = trace([make("left", AGENCY, day=4, agency="Lakeside Press"), make("right", SPUN, day=4)])
    (origin,) = lineage.origins
    assert (origin.name, origin.credited) == ("Lakeside Press", True)
    assert [parent.name for parent in origin.unobserved] == ["Lakeside Press"]


def test_an_agency_that_is_present_needs_no_unobserved_parent(make: Make) -> None:
    lineage = trace(
        [
            make("wire", AGENCY, day=4, site="lakesidepress.example"),
            make("copy", AGENCY, day=4, agency="Lakeside Press"),
        ]
    )
    (origin,) = lineage.origins
    assert (origin.name, origin.unobserved) == ("Lakeside Press", ())


def test_a_short_form_stands_for_the_agency_that_another_report_names_in_full(make: Make) -> None:
    lineage = trace([make("a", AGENCY, day=4, agency="LKP"), make("b", AGENCY, day=5, agency="Lower Karoo Press")])
    (origin,) = lineage.origins
    assert origin.name == "Lower Karoo Press"


def test_the_outlet_that_the_text_names_is_its_source(make: Make) -> None:
    text = AGENCY.replace("told reporters", "told the Lake Courier")
    for names in (("a", "b"), ("b", "a")):
        own, other = (
            make(names[0], text, day=4, site="lake-courier.example"),
            make(names[1], text, day=4, site="x.example"),
        )
        lineage = trace([own, other])
        (copy,) = lineage.copies
        assert (copy.source, copy.direction_basis) == (own.id, "credits")
        assert lineage.origins[0].name == "lake-courier.example"


def test_siblings_that_complete_each_other_have_an_unobserved_parent(make: Make) -> None:
    head, tail, middle = cut(AGENCY, 0, 4), cut(AGENCY, 1), cut(AGENCY, 0, 1) + "\n\n" + cut(AGENCY, 2)
    (origin,) = trace([make("head", head), make("tail", tail), make("middle", middle)]).origins
    (parent,) = origin.unobserved
    assert set(parent.children) == {"rep-head", "rep-tail", "rep-middle"}


def test_order_of_input_changes_nothing(make: Make) -> None:
    documents = [
        make("a", AGENCY, day=4), make("b", SPUN), make("c", cut(AGENCY, 2), day=6), make("d", INDEPENDENT), make("e", ELSEWHERE),
    ]  # fmt: skip
    expected = trace(documents)
    for seed in range(5):
        shuffled = random.Random(seed).sample(documents, len(documents))
        assert trace(shuffled) == expected


PARAGRAPHS = [*AGENCY.split("\n\n"), *SPUN.split("\n\n"), *INDEPENDENT.split("\n\n"), *ELSEWHERE.split("\n\n")]
PILES = st.lists(
    st.tuples(
        st.lists(st.integers(0, len(PARAGRAPHS) - 1), min_size=1, max_size=6, unique=True),
        st.one_of(st.none(), st.integers(1, 5)),
        st.one_of(st.none(), st.integers(0, 23)),
        st.sampled_from(["", "Lakeside Press"]),
    ),
    max_size=7,
)


@given(PILES, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_pile(make: Make, pile: list[tuple[list[int], int | None, int | None, str]], order: random.Random) -> None:
    """Every report has one origin, no copy runs back in time, nobody is its own ancestor, and order changes nothing."""
    documents = [
        make(str(k), "\n\n".join(PARAGRAPHS[p] for p in picked), day=day, hour=hour, agency=agency)
        for k, (picked, day, hour, agency) in enumerate(pile)
    ]
    lineage = trace(documents)
    by_id = {document.id: document for document in documents}
    assert sorted(r for origin in lineage.origins for r in origin.reports) == sorted(by_id)
    parent = {copy.derived: copy.source for copy in lineage.copies}
    assert len(parent) == len(lineage.copies)
    for derived, source in parent.items():
        before, after = by_id[source].published if source in by_id else None, by_id[derived].published
        assert before is None or after is None or before <= after
        begun, ended = by_id[source].published_at if source in by_id else None, by_id[derived].published_at
        assert begun is None or ended is None or begun <= ended
        seen = {derived}
        while source in parent:
            assert source not in seen
            seen.add(source)
            source = parent[source]
    for change in lineage.alterations:
        assert change.source_span is None or change.source_span.of(by_id[change.source].text) == change.source_text
        assert change.derived_span is None or change.derived_span.of(by_id[change.derived].text) == change.derived_text
    order.shuffle(documents)
    assert trace(documents) == lineage


CHROME = """

Our correspondents risk their lives for these pages; a subscription to the Harbour Gazette costs less than a loaf of bread a week.

Readers who were in Korva may write to the night desk, which answers every letter and prints the best of them on Saturdays."""


def test_what_a_site_prints_under_every_story_ties_nothing(make: Make) -> None:
    stories = [ELSEWHERE, INDEPENDENT, AGENCY.split("\n\n")[3], AGENCY.split("\n\n")[4]]
    documents = [make(str(k), text + CHROME, day=1 + 5 * k, site="gazette.example") for k, text in enumerate(stories)]
    lineage = trace(documents)
    assert origins(lineage) == [["0"], ["1"], ["2"], ["3"]]
    assert not lineage.shared


def test_a_notice_under_stories_of_many_sites_ties_nothing(make: Make) -> None:
    stories = [*(text.split("\n\n")[k] for text in (ELSEWHERE, INDEPENDENT) for k in range(3))]
    notice = CHROME.replace("\n\nOur", "\n\nReaders know that our")
    documents = [make(str(k), text + notice, day=4, site=f"site{k}.example") for k, text in enumerate(stories)]
    lineage = trace(documents)
    assert len(lineage.origins) == len(stories)
    assert not lineage.shared
    assert not lineage.copies


def test_updates_of_one_story_on_one_site_are_no_chrome(make: Make) -> None:
    documents = [make(str(k), AGENCY + f"\n\nUpdate {k}.", day=4 + k, site="gazette.example") for k in range(4)]
    assert origins(trace(documents)) == [["0", "1", "2", "3"]]


SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed reports are not beside this checkout")
def test_seed_origins() -> None:
    from firsthand.model import Credit, OffsetMap

    documents = []
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        credit = (Credit("dateline", "Associated Press", "(AP)"),) if "(AP)" in text else ()
        documents.append(Document(path.name[:3], path.name[:3], text, OffsetMap.identity(len(text)), credits=credit))
    lineage = trace(documents)
    assert sorted(origin.reports for origin in lineage.origins) == [("000", "001", "002"), ("003",), ("004",)]
    (press,) = (origin for origin in lineage.origins if len(origin.reports) == 3)
    assert press.name == "Associated Press"
    assert press.credited
    assert "002" in press.unobserved[0].children
    assert any(set(shared.reports) == {"002", "004"} for shared in lineage.shared)
