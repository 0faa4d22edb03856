"""How records read in plain words, the same at every door. A dash is unknown, never zero."""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.model import Figure, Incident, Outcome, VictimClass


def when_told(incident: Incident) -> str:
    """The incident's date at the precision it is known with."""
    when = incident.when
    if when.start is None and when.end is None:
        return "undated"
    if when.start is None or when.end is None:
        return f"until {when.end}" if when.end else f"since {when.start}"
    if when.start == when.end:
        return when.start.isoformat()
    if when.granularity == "year" and when.start.year == when.end.year:
        return str(when.start.year)
    if when.granularity == "month" and (when.start.year, when.start.month) == (when.end.year, when.end.month):
        return when.start.strftime("%Y-%m")
    return f"{when.start} – {when.end}"


def whole_figure(figures: Iterable[Figure], outcome: str) -> Figure | None:
    """The figure for all people and the whole incident."""
    return next((f for f in figures if f.outcome == outcome and f.victims == "people" and f.place is None), None)


def whom_told(outcome: Outcome, victims: VictimClass) -> str:
    """Of whom a figure is, in words; of what is destroyed there is nobody to tell of.

    >>> whom_told("killed", "aid_workers"), whom_told("destroyed", "people")
    ('aid workers', '–')
    """
    return "–" if outcome == "destroyed" else victims.replace("_", " ")


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 report", "2 reports"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def range_told(low: int | None, best: int | None, high: int | None) -> str:
    """A range in words: "16", "16–23 (best 18)", "at least 44", "up to 30"; a dash where nothing is known.

    >>> range_told(16, 16, 16), range_told(44, 44, None), range_told(3, 4, 7), range_told(None, None, None)
    ('16', 'at least 44', '3–7 (best 4)', '–')
    >>> range_told(0, None, None), range_told(0, 1, None)
    ('0 or more', '0 or more (best 1)')
    """
    if low is not None and low == high:
        return str(low)
    if low is None and high is None:
        return "–" if best is None else f"about {best}"
    if high is None:
        floor = f"at least {low}" if low else "0 or more"
        return floor + (f" (best {best})" if best not in (None, low) else "")
    if low is None:
        return f"up to {high}" + (f" (best {best})" if best not in (None, high) else "")
    return f"{low}–{high}" + (f" (best {best})" if best is not None else "")
