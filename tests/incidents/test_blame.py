"""A claim of who did it goes to the event it follows on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from firsthand.incidents import group
from firsthand.model import Claim, Incident, Lineage, Phrase, ReportClaims, Span

STRIKES = "Jets bombed two camps near Darrun on Friday and killed nine fighters. "
CAUSE = "The raid was retaliation for a drone attack that killed three engineers in Ottia on Sunday. "
BLAME = "The army blamed the Ridge League for it."


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        pytest.param(STRIKES + CAUSE + BLAME, True, id="behind the earlier event"),
        pytest.param(CAUSE + STRIKES + BLAME, False, id="behind the report's own"),
        pytest.param(STRIKES + CAUSE + "Rain fell over the hills for two days and the roads stayed shut. " * 2 + BLAME, False,
                     id="too far behind"),
    ],
)  # fmt: skip
def test_blame(told: Callable[..., object], text: str, cause: bool) -> None:
    report = told(
        "f", text, published="2031-05-17", title="Jets bomb camps near Darrun",
        days=[("on Friday", "2031-05-16"), ("on Sunday", "2031-05-11")], places=["Darrun", "Ottia"],
        tolls=[("nine fighters", "killed", 9), ("three engineers", "killed", 3)], background=["three engineers"],
    )  # fmt: skip
    start = text.index(BLAME)
    named = Span(text.index("the Ridge League"), text.index("the Ridge League") + len("the Ridge League"))
    blame = Claim("blame", report.id, "text", Span(start, len(text)), responsible=Phrase("the Ridge League", named))  # type: ignore[attr-defined]
    claims = replace(report.claims, claims=(*report.claims.claims, blame))  # type: ignore[attr-defined]
    assert isinstance(claims, ReportClaims)
    found = group([report.document], [report.annotation], [claims], Lineage())  # type: ignore[attr-defined]
    by_id: dict[str, Incident] = {i.id: i for i in found.incidents}
    (assigned,) = (a for a in found.assignments if a.claim == "blame")
    assert (by_id[assigned.incident].country == "OT") == cause
