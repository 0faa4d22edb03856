"""What stands before the first sentence: the title again, dates, times, agencies, share buttons, bylines.

Pages flattened to one line run these into the first sentence ("Shells hit market AFP Tuesday 23 Sep 2014 At least …"), so
the beginning of the text is read item by item until something is met that is not a header's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from firsthand.model import Credit, DateClue

from .credits import agency_named
from .dates import TIME, date_at
from .draft import Draft, Edit
from .layout import Line, lines_of

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
WORD = re.compile(r"[^\W_]+")
BYLINE = re.compile(
    r"(?:(?:written|reported|posted|published|story|words)? ?by|author|correspondent)[: ]+(?P<who>[^\d\n]{3,100}?)"
    r"(?=$| ?[|•·/–—-] | ?, ?(?:staff|for|special|reporter|correspondent|editor|in\b)|(?: on| at)? ?\d|\. )",
    re.I,
)
NAME = re.compile(
    r"(?:the )?(?:[^\W\d_a-z][\w.'’-]*|al-\w+|bin|ibn|de|van|von|el|and|,|&)"
    r"(?:,? (?:[^\W\d_a-z][\w.'’-]*|al-\w+|bin|ibn|de|van|von|el|and|&)){0,10}"
)
OUTLET_WORD = re.compile(
    r"\b(?:Media|News|Group|Agency|Agencies|Staff|Desk|Bureau|Press|Network|Service|Services|Correspondents?|Reporters?|Editors?"
    r"|Newsroom|Online|Wire|Team|Report|Monitor|Times|Post|Tribune|Herald|Gazette|Telegraph|Journal|TV|Radio|Broadcasting)\b\.?$"
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the header said. ``published`` is a labelled or bare date, ``updated`` one that says it is a later version's."""

    draft: Draft
    published: date | None = None
    published_text: str = ""
    updated: date | None = None
    byline: str | None = None
    credits: tuple[Credit, ...] = ()
    clues: tuple[DateClue, ...] = ()


class _Reading:
    """The state of reading one line's header items from left to right."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.at, self.end = text, start, end
        self.published: tuple[date, str] | None = None
        self.updated: tuple[date, str] | None = None
        self.agencies: list[tuple[str, int, int]] = []
        self.label_updated = False
        self.items = 0

    def read(self, *, started: bool) -> None:
        """Items until one is met that is none. ``started``: a title copy stood before, so lone widgets count too."""
        while self.at < self.end:
            glue = GLUE.match(self.text, self.at, self.end)
            at = glue.end() if glue else self.at
            end = self._item(at, started or bool(self.items))
            if end is None:
                break
            self.at = end
            self.items += 1

    def _item(self, at: int, started: bool) -> int | None:
        if found := date_at(self.text, at):
            words = self.text[found.start : found.end]
            if self.label_updated:
                self.updated = self.updated or (found.day, words)
            else:
                self.published = self.published or (found.day, words)
            return found.end
        if match := LABEL.match(self.text, at, self.end):
            after = GLUE.match(self.text, match.end(), self.end)
            if date_at(self.text, after.end() if after else match.end()) or TIME.match(
                self.text, after.end() if after else match.end()
            ):
                self.label_updated = bool(match["updated"])
                return match.end()
        if (self.published or self.updated) and (match := TIME.match(self.text, at, self.end)):
            return match.end()
        if started and (match := WIDGET.match(self.text, at, self.end)):
            return match.end()
        if started and self.items and (match := COUNT.match(self.text, at, self.end)) and self._widget_before(at):
            return match.end()
        return self._agency(at)

    def _widget_before(self, at: int) -> bool:
        return bool(re.search(r"(?:url|views?|tweet|print|share)\W*$", self.text[max(0, at - 16) : at], re.I))

    def _agency(self, at: int) -> int | None:
        """An agency's name, where it stands alone in its line or before a date."""
        for length in (3, 2, 1):
            match = re.compile(rf"\S+(?: \S+){{{length - 1}}}").match(self.text, at, self.end)
            if match and (name := agency_named(match.group())):
                after = GLUE.match(self.text, match.end(), self.end)
                here = after.end() if after else match.end()
                if here >= self.end or date_at(self.text, here) or self.published:
                    self.agencies.append((name, match.start(), match.end()))
                    return match.end()
        return None


def with_header_read(draft: Draft, title: str | None) -> Header:
    """The header items of the first lines and of lines that hold nothing else, read and taken out.

    A copy of the title at the beginning stays and becomes a paragraph of its own.
    """
    lines = lines_of(draft.text)
    header = Header(draft)
    edits: list[Edit] = []
    for number, line in enumerate(lines[:8]):
        header = _read_line(
            header, line, edits, title=title if number < 3 else None, alone=len(lines) == 1, number=number
        )
    # A line of dates further down ("Updated: …" at the foot) still is one.
    for line in lines[8:]:
        if len(line.text) <= 120 and LABEL.match(line.text):
            header = _read_line(header, line, edits, title=None, alone=False, number=99)
    return replace(header, draft=draft.edited(edits, "header"))


def _read_line(header: Header, line: Line, edits: list[Edit], *, title: str | None, alone: bool, number: int) -> Header:
    text = header.draft.text
    reading = _Reading(text, line.start, line.end)
    reading.read(started=False)
    copied = title_copy(text[reading.at : line.end], title) if title else 0
    copy_start = reading.at
    if copied:
        copy_start += len(text[reading.at : line.end]) - len(text[reading.at : line.end].lstrip(" |•·–—-:"))
        reading.at += copied
        before_copy = reading.items
        reading.read(started=True)
        if reading.items == before_copy and reading.at < line.end:
            _skip_sections(reading)
    whole = reading.at >= line.end or not WORD.search(text, reading.at, line.end)
    if not whole and not copied and number > 0:
        return _byline(header, line, edits)
    if not reading.items and not copied:
        return _byline(header, line, edits)
    if not whole and not _sentence_follows(text, reading.at, line.end):
        return header
    if not whole and not reading.items and copied == 0:
        return header
    _cut(edits, text, line, copy_start, copied, reading, whole)
    return _merged(header, reading)


def _skip_sections(reading: _Reading) -> None:
    """Past up to six capitalised words (site sections) that lead up to a date: "Africa Security 07-08-2013 A shell …"."""
    match = re.compile(r"\s*(?:[A-Z][\w&-]*\s+){1,6}?(?=\d|[A-Z][a-z]{2})").match(reading.text, reading.at, reading.end)
    while match and not date_at(reading.text, match.end()):
        further = re.compile(r"(?:[A-Z][\w&-]*\s+)").match(reading.text, match.end(), reading.end)
        if not further or further.end() - reading.at > 70:
            return
        match = further
    if match and date_at(reading.text, match.end()):
        reading.at = match.end()
        reading.read(started=True)


def _cut(
    edits: list[Edit], text: str, line: Line, copy_start: int, copied: int, reading: _Reading, whole: bool
) -> None:
    """Take the items out; set a title copy apart with a paragraph break."""
    tail = GLUE.match(text, reading.at, line.end)
    stop = line.end if whole else (tail.end() if tail and reading.items else reading.at)
    if not copied:
        edits.append(Edit(line.start, stop))
        return
    if copy_start > line.start:
        edits.append(Edit(line.start, copy_start))
    copy_end = copy_start + _copy_length(text, copy_start, reading.at, copied)
    if not whole:
        rest = re.compile(r"\s*").match(text, stop)
        edits.append(Edit(copy_end, rest.end() if rest else stop, "\n\n"))
    elif copy_end < line.end and reading.items:
        edits.append(Edit(copy_end, line.end))


def _copy_length(text: str, start: int, limit: int, copied: int) -> int:
    end = min(start + copied, limit)
    return len(text[start:end].rstrip(" |•·–—-:"))


def _sentence_follows(text: str, at: int, end: int) -> bool:
    """Whether a sentence or name begins at ``at``: a small letter would mean that the header was part of the sentence."""
    rest = text[at:end].lstrip(" |•·–—-:.")
    return bool(rest) and (rest[0].isupper() or rest[0].isdigit() or rest[0] in "“\"'‘(«" or not rest[0].isascii())


def title_copy(text: str, title: str | None) -> int:
    """How many characters of ``text``'s beginning are a copy of ``title`` (or of its part before the site's name)."""
    if not title:
        return 0
    for wanted in (title, re.split(r" [|–—-] ", title)[0]):
        words = [word.lower() for word in WORD.findall(wanted)]
        if len(words) < 3:
            continue
        end = 0
        for word, match in zip(words, WORD.finditer(text), strict=False):
            if match.group().lower() != word:
                break
            end = match.end()
        else:
            if sum(1 for _ in WORD.finditer(text[:end])) < len(words):
                continue
            closing = re.compile(r"[\"”’')]?\s?[.!?]?(?=\s|$)").match(text, end)
            end = closing.end() if closing else end
            if end >= len(text.rstrip()) or text[end - 1] in ".!?" or _sentence_follows(text, end, len(text)):
                return end
    return 0


def _byline(header: Header, line: Line, edits: list[Edit]) -> Header:
    """A line that is a byline ("By Jane Sample and A. N. Other", "Example Media Group") is read and dropped."""
    if header.byline or len(line.text) > 120:
        return header
    match = BYLINE.match(line.text)
    who = match["who"].strip(" ,") if match else ""
    rest = line.text[match.end() :] if match else ""
    if match and NAME.fullmatch(who) and len(rest) <= 60 and not re.search(r"[.!?]$", line.text):
        edits.append(Edit(line.start, line.end))
        span = header.draft.source_span(line.start, line.end)
        agency = agency_named(who)
        credits = (Credit("byline", agency, line.text, span),) if agency else ()
        return replace(header, byline=who, credits=header.credits + credits)
    words = line.text.split()
    if 2 <= len(words) <= 5 and OUTLET_WORD.search(line.text) and all(word[0].isupper() for word in words):
        edits.append(Edit(line.start, line.end))
        return replace(header, byline=line.text)
    return header


def _merged(header: Header, reading: _Reading) -> Header:
    credits, clues = list(header.credits), list(header.clues)
    for name, start, end in reading.agencies:
        credits.append(Credit("byline", name, reading.text[start:end], header.draft.source_span(start, end)))
    for found in (reading.published, reading.updated):
        if found:
            clues.append(DateClue("updated" if found is reading.updated else "header", found[1], found[0], found[0]))
    published = header.published or (reading.published[0] if reading.published else None)
    words = header.published_text or (reading.published[1] if reading.published else "")
    updated = header.updated or (reading.updated[0] if reading.updated else None)
    return replace(
        header, published=published, published_text=words, updated=updated, credits=tuple(credits), clues=tuple(clues)
    )
