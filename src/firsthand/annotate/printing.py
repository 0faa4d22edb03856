"""The day on which an undated report was printed, where its own page gives it away.

Pictures beside news are days old at most, and news calls the day of writing by its weekday. So a report that carries a dated
caption, whose copyright year holds that date, and whose sources speak "on Saturday", was printed on the first Saturday from the
caption's day on. It is a reading of the page, not its date: ``Document.published`` stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from firsthand.model import DateClue

from .calendars import DAY
from .time_patterns import WEEKDAYS
from .times import find_times

# Of the 21 reports of the development halves with a dated caption and a known day, 19 were printed within six days of it; count
# again before widening this. A week is also the longest in which a weekday names one day.
_DAYS = 7


def estimated_day(text: str, date_clues: Sequence[DateClue], *, title: str = "") -> date | None:
    """The day in a bulletin's ``title`` ("Hill Radio News, 3 May 2019"), else the day of printing that caption, copyright year and
    weekdays of speech agree on; None where one of them is missing."""
    stamps = {m.interval.day for m in find_times(title, published=None) if m.role == "published" and m.interval}
    if len(stamps) == 1 and (stamp := stamps.pop()) is not None:
        return stamp
    years = {clue.end.year for clue in date_clues if clue.kind == "copyright"}
    captions = [clue.end for clue in date_clues if clue.kind == "caption"]
    if len(years) != 1 or not captions or max(captions).year not in years:
        return None
    spoken = {_weekday(m.text) for m in find_times(text, published=None) if m.role == "said"}
    days = (max(captions) + n * DAY for n in range(_DAYS))
    return next((day for day in days if day.weekday() in spoken), None)


def _weekday(words: str) -> int | None:
    return next((WEEKDAYS[word] for word in re.findall(r"[a-z]+", words.lower()) if word in WEEKDAYS), None)
