"""What a header is made of: dates and the words before them, times, agencies, share buttons, counts of views.

Pages flattened to one line run these into the first sentence ("Shells hit market AFP Tuesday 23 Sep 2014 At least …"), so they
are read one by one until something is met that is none.
"""

from __future__ import annotations

import re
from datetime import date

from .credits import agency_named
from .dates import TIME, date_at

LABEL = re.compile(
    r"(?P<updated>(?:last )?(?:updated|modified|edited)|update)\b|(?:date of publication|publication date|publish date"
    r"|first published|(?:originally )?published|posted|issued|created|release date|date|time)\b"
    r"(?=\s*(?::|on\b|at\b|[-–]|\d|[A-Z]))",
    re.I,
)
GLUE = re.compile(r"(?: (?:on|at|in|from|by)\b|[\s|•·,;:/\-–—@]|by(?= )|\.(?=[\s|]|$)|×)+")
WIDGET = re.compile(
    r"(?:print|tweet|share(?: this)?|e-?mail|save|facebook|twitter|pinterest|linkedin|whatsapp|get short url|listen"
    r"|(?:\d+ )?(?:views?|comments?|shares?)(?: \d+)?|\d+ min(?:ute)?s?(?: read)?"
    r"|\d+ (?:months?|weeks?|days?|hours?) ago|reading time|title)"
    r"(?![\w'’])",
    re.I,
)
COUNT = re.compile(r"\d{1,5}(?=\s)")
WIDGET_BEFORE = re.compile(r"(?:url|views?|tweet|print|share)\W*$", re.I)
# An agency's name has at most three words.
AGENCY = tuple(re.compile(rf"\S+(?: \S+){{{further}}}") for further in (2, 1, 0))
SECTIONS = re.compile(r"\s*(?:[A-Z][\w&-]*\s+){1,6}?(?=\d|[A-Z][a-z]{2})")
SECTION = re.compile(r"(?:[A-Z][\w&-]*\s+)")
# Six names of sections are seldom longer.
LONGEST_SECTIONS = 70


class Items:
    """The header items of one line, read from left to right: ``count`` of them so far. ``at`` is where the first thing stands
    that is none."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.at, self.end = text, start, end
        self.published: tuple[date, str] | None = None
        self.updated: tuple[date, str] | None = None
        self.agencies: list[tuple[str, int, int]] = []
        self.label_updated = False
        self.count = 0

    def read(self, *, started: bool) -> None:
        """Items until one is met that is none. ``started``: a title copy stood before, so lone widgets count too."""
        while self.at < self.end:
            end = self._item(self._behind_glue(self.at), started or bool(self.count))
            if end is None:
                break
            self.at = end
            self.count += 1

    def skip_sections(self) -> None:
        """Past up to six capitalised words (site sections) that lead up to a date: "Africa Security 07-08-2013 A shell …"."""
        match = SECTIONS.match(self.text, self.at, self.end)
        while match and not date_at(self.text, match.end()):
            further = SECTION.match(self.text, match.end(), self.end)
            if not further or further.end() - self.at > LONGEST_SECTIONS:
                return
            match = further
        if match and date_at(self.text, match.end()):
            self.at = match.end()
            self.read(started=True)

    def after(self) -> int:
        """Where what follows the items and their punctuation begins."""
        return self._behind_glue(self.at)

    def _item(self, at: int, started: bool) -> int | None:
        if found := date_at(self.text, at):
            words = self.text[found.start : found.end]
            if self.label_updated:
                self.updated = self.updated or (found.day, words)
            else:
                self.published = self.published or (found.day, words)
            return found.end
        if match := LABEL.match(self.text, at, self.end):
            here = self._behind_glue(match.end())
            if date_at(self.text, here) or TIME.match(self.text, here):
                self.label_updated = bool(match["updated"])
                return match.end()
        if (self.published or self.updated) and (match := TIME.match(self.text, at, self.end)):
            return match.end()
        if started and (match := WIDGET.match(self.text, at, self.end)):
            return match.end()
        if started and self.count and (match := COUNT.match(self.text, at, self.end)) and self._widget_before(at):
            return match.end()
        return self._agency(at)

    def _behind_glue(self, at: int) -> int:
        glue = GLUE.match(self.text, at, self.end)
        return glue.end() if glue else at

    def _widget_before(self, at: int) -> bool:
        return WIDGET_BEFORE.search(self.text[max(0, at - 16) : at]) is not None

    def _agency(self, at: int) -> int | None:
        """An agency's name, where it stands alone in its line or before a date."""
        for pattern in AGENCY:
            match = pattern.match(self.text, at, self.end)
            if match and (name := agency_named(match.group())):
                here = self._behind_glue(match.end())
                if here >= self.end or date_at(self.text, here) or self.published:
                    self.agencies.append((name, match.start(), match.end()))
                    return match.end()
        return None
