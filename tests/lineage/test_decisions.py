"""Origins as people decided: what was put together or told apart stays so, whatever the texts say."""

from __future__ import annotations

import json

from firsthand.lineage import regrouped, trace
from firsthand.model import Judgement

from .conftest import AGENCY, SPUN, Make

OTHER = (
    "The ministry of health of Korva counted its ambulances on Friday and found that nine of thirty had fuel for a day."
)


def judged(number: int, verb: str, subject: str, after: object = None, undoes: str | None = None) -> Judgement:
    return Judgement(
        f"jdg-{number}", f"1997-04-{number:02}T10:00:00+00:00", "Ina", verb, subject, "", json.dumps(after), "", undoes, "", ""  # type: ignore[arg-type]
    )  # fmt: skip


def groups(lineage) -> list[tuple[str, ...]]:  # type: ignore[no-untyped-def]
    return sorted(origin.reports for origin in lineage.origins)


def test_copies_that_a_person_told_apart_are_two_origins(make: Make) -> None:
    found = trace([make("a", AGENCY, day=4, agency="LTA"), make("b", SPUN, day=5), make("c", OTHER, day=6)])
    assert groups(found) == [("rep-a", "rep-b"), ("rep-c",)]
    (origin,) = (o for o in found.origins if len(o.reports) == 2)
    split = judged(1, "split", origin.id, [["rep-a"], ["rep-b"]])
    apart = regrouped(found, [split])
    assert groups(apart) == [("rep-a",), ("rep-b",), ("rep-c",)]
    assert not [copy for copy in apart.copies if copy.source == "rep-a" and copy.derived == "rep-b"]
    assert not apart.alterations
    assert all("Ina told apart" in o.why for o in apart.origins if o.reports != ("rep-c",))
    assert regrouped(found, [split, judged(2, "undo", origin.id, undoes="jdg-1")]) == found


def test_reports_that_a_person_put_together_share_an_origin(make: Make) -> None:
    found = trace([make("a", AGENCY, day=4, agency="LTA"), make("b", SPUN, day=5), make("c", OTHER, day=6)])
    lone = next(o for o in found.origins if o.reports == ("rep-c",))
    merge = judged(1, "merge", lone.id, [["rep-a", "rep-b", "rep-c"]])
    joined = regrouped(found, [merge])
    (origin,) = joined.origins
    assert origin.reports == ("rep-a", "rep-b", "rep-c")
    assert origin.name == "LTA"
    assert origin.credited
    assert joined.copies == found.copies
    later = regrouped(found, [merge, judged(2, "split", origin.id, [["rep-a", "rep-c"], ["rep-b"]])])
    assert groups(later) == [("rep-a", "rep-c"), ("rep-b",)]


def test_what_does_not_concern_origins_or_cannot_be_read_changes_nothing(make: Make) -> None:
    found = trace([make("a", AGENCY, day=4), make("c", OTHER, day=6)])
    origin = found.origins[0].id
    for judgement in (
        judged(1, "merge", "inc-1", [["rep-a", "rep-c"]]),
        judged(1, "merge", origin, {"reports": ["rep-a"]}),
        judged(1, "merge", origin, [["rep-x", "rep-y"], "rep-a", [3]]),
        judged(1, "merge", origin, [["rep-a"]]),
    ):
        assert regrouped(found, [judgement]) == found
