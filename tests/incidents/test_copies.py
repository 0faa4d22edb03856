"""Copies: what a later one tells is what the first told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from firsthand.incidents import group
from firsthand.model import Grouping, Lineage, Origin

MAY = date(2031, 5, 12)
TEXT = (
    "Gunmen on motorcycles shot 4 people in Darrun on Monday. A raid in Sennick the week before had killed three men."
)
OTHERS = (
    "Four traders were shot dead in Darrun on Monday by men on motorcycles. Their stalls were set on fire.",
    "Motorcyclists fired on the market of Darrun on Monday. A nurse counted 4 people dead.",
)


def report(told: Callable[..., object], name: str, text: str, printed: date | None) -> object:
    """A report whose Monday is the last before it was printed; an undated one has none."""
    days = []
    if printed is not None:
        monday = printed - timedelta(printed.weekday())
        days = [("Monday", monday.isoformat()), ("the week before", (monday - timedelta(6)).isoformat())]
    return told(
        name, text, published=printed.isoformat() if printed else None, days=[d for d in days if d[0] in text],
        places=[p for p in ("Darrun", "Sennick") if p in text],
        tolls=[t for t in (("4 people", "killed", 4), ("three men", "killed", 3)) if t[0] in text],
        background=["three men"] if "three men" in text else [],
    )  # fmt: skip


def grouped(pile: list[object], *origin: str) -> Grouping:
    ids = [t.id for t in pile]  # type: ignore[attr-defined]
    origins = [Origin("org-copied", "", origin)] if origin else []
    origins += [Origin(f"org-{r}", "", (r,)) for r in ids if r not in origin]
    return group(
        *zip(*((t.document, t.annotation, t.claims) for t in pile), strict=True), Lineage(origins=tuple(origins))
    )  # type: ignore[attr-defined]


def described(grouping: Grouping, without: str = "") -> list[tuple[object, ...]]:
    return sorted(
        (
            sorted((link.report, link.main) for link in i.links if link.report != without),
            i.title, i.type, str(i.when), i.places, i.where_precision,
        )
        for i in grouping.incidents
    )  # fmt: skip


@pytest.mark.parametrize("later", [0, 1, 7, 400, None])
def test_a_copy_moves_no_report_day_or_place(told: Callable[..., object], later: int | None) -> None:
    pile = [report(told, "first", TEXT, MAY + timedelta(1))]
    pile += [report(told, f"other{n}", text, MAY + timedelta(n)) for n, text in enumerate(OTHERS)]
    copy = report(told, "copy", TEXT, None if later is None else MAY + timedelta(1 + later))
    without, found = grouped(pile), grouped([*pile, copy], pile[0].id, copy.id)  # type: ignore[attr-defined]
    assert described(found, copy.id) == described(without)  # type: ignore[attr-defined]
    # The copy is linked wherever its first is, and its claims speak of the same days.
    for incident in found.incidents:
        assert (copy.id in incident.reports) == (pile[0].id in incident.reports)  # type: ignore[attr-defined]
    said = {a.claim: (a.incident, a.place, a.when) for a in found.assignments}
    one, other = ([c.id for c in t.claims.claims] for t in (pile[0], copy))  # type: ignore[attr-defined]
    assert [said[c] for c in one] == [said[c] for c in other]


def test_an_altered_copy_of_the_same_day_still_speaks(told: Callable[..., object]) -> None:
    first = report(told, "first", "Gunmen shot 4 people on Monday. Nobody claimed it.", MAY + timedelta(1))
    altered = report(
        told, "altered", "Gunmen shot 4 people in Darrun on Monday. Nobody claimed it.", MAY + timedelta(1)
    )
    (incident,) = grouped([first, altered], first.id, altered.id).incidents  # type: ignore[attr-defined]
    assert incident.places == ("plc-darrun",)
