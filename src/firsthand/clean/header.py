"""What stands before the first sentence: the title again, bylines, and the items of ``header_items.py``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from firsthand.model import Credit, DateClue, Span
from firsthand.resources import name_particles

from .credits import agency_named
from .draft import Draft, Edit
from .header_items import LABEL, Items
from .layout import Line, begins_sentence, lines_of
from .outlets import outlet_named
from .titles import title_copy

# A header has a handful of lines; the title's copy is among the first of them. What is longer than a byline or a line of dates
# is text.
HEADER_LINES, TITLE_LINES = 8, 3
LONGEST = 120
LONGEST_TITLE_OF_OFFICE = 60
SEPARATORS = " |•·–—-:"
SPACE = re.compile(r"\s*")
WORD = re.compile(r"[^\W_]+")
BYLINE = re.compile(
    r"(?:(?:written|reported|posted|published|story|words)? ?by|author|correspondent)[: ]+(?P<who>[^\d\n]{3,100}?)"
    r"(?=$| ?[|•·/–—-] | ?, ?(?:staff|for|special|reporter|correspondent|editor|in\b)|(?: on| at)? ?\d|\. )",
    re.I,
)
MASTHEAD = re.compile(r"(?P<outlet>[A-Z][^\d\n,|•·–—:]{2,60}?)\s?(?:[,|•·–—:]| -) ?(?=[^\W_])")
_PARTICLE = "|".join(sorted(name_particles()))
NAME = re.compile(
    rf"(?:the )?(?:[^\W\d_a-z][\w.'’-]*|al-\w+|{_PARTICLE}|and|,|&)"
    rf"(?:,? (?:[^\W\d_a-z][\w.'’-]*|al-\w+|{_PARTICLE}|and|&)){{0,10}}"
)
OUTLET_WORD = re.compile(
    r"\b(?:Media|News|Group|Agency|Agencies|Staff|Desk|Bureau|Press|Network|Service|Services|Correspondents?|Reporters?|Editors?"
    r"|Newsroom|Online|Wire|Team|Report|Monitor|Times|Post|Tribune|Herald|Gazette|Telegraph|Journal|TV|Radio|Broadcasting)\b\.?$"
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the header said. ``published`` is a labelled or bare date, ``updated`` one that says it is a later version's;
    ``outlet`` is the paper or station that its first line names beside a date."""

    draft: Draft
    published: date | None = None
    published_text: str = ""
    updated: date | None = None
    byline: str | None = None
    outlet: str | None = None
    credits: tuple[Credit, ...] = ()
    clues: tuple[DateClue, ...] = ()


def with_header_read(draft: Draft, title: str | None) -> Header:
    """The header items of the first lines and of lines that hold nothing else, read and taken out.

    A copy of the title at the beginning stays and becomes a paragraph of its own.
    """
    lines = lines_of(draft.text)
    header = Header(draft)
    edits: list[Edit] = []
    for number, line in enumerate(lines[:HEADER_LINES]):
        header = _read_line(header, line, edits, title=title if number < TITLE_LINES else None, first=number == 0)
    # A line of dates further down ("Updated: …" at the foot) still is one.
    for line in lines[HEADER_LINES:]:
        if len(line.text) <= LONGEST and LABEL.match(line.text):
            header = _read_line(header, line, edits, title=None, first=False)
    return replace(header, draft=draft.edited(edits, "header"))


def _read_line(header: Header, line: Line, edits: list[Edit], *, title: str | None, first: bool) -> Header:
    """``header`` with what ``line`` says, and the edits that take it out. Only in the first line, or behind a copy of
    ``title``, may items run into a sentence."""
    text = header.draft.text
    if first and (masthead := _masthead(text, line)):
        edits.append(Edit(line.start, line.end))
        return replace(_merged(header, masthead[1]), outlet=masthead[0])
    items = Items(text, line.start, line.end)
    items.read(started=False)
    copy = _past_title(items, title)
    whole = items.at >= line.end or not WORD.search(text, items.at, line.end)
    if copy is None and (not items.count or not (first or whole)):
        return _byline(header, line, edits)
    if not whole and not begins_sentence(text, items.at, line.end):
        return header
    edits += _cuts(text, line, copy, items, whole)
    return _merged(header, items)


def _masthead(text: str, line: Line) -> tuple[str, Items] | None:
    """The outlet and the date of a line that holds nothing else: "Radio Karoo, 4 May 1996"."""
    match = MASTHEAD.match(line.text) if len(line.text) <= LONGEST else None
    outlet = outlet_named(match["outlet"]) if match else ""
    if match is None or not outlet:
        return None
    items = Items(text, line.start + match.end(), line.end)
    items.read(started=False)
    return (outlet, items) if items.at >= line.end and items.published else None


def _past_title(items: Items, title: str | None) -> Span | None:
    """Where a copy of ``title`` stands next, read past it and the items behind it; None where there is none."""
    ahead = items.text[items.at : items.end]
    length = title_copy(ahead, title) if title else 0
    if not length:
        return None
    copy = Span(
        items.at + len(ahead) - len(ahead.lstrip(SEPARATORS)), items.at + len(ahead[:length].rstrip(SEPARATORS))
    )
    items.at += length
    before = items.count
    items.read(started=True)
    if items.count == before and items.at < items.end:
        items.skip_sections()
    return copy


def _cuts(text: str, line: Line, copy: Span | None, items: Items, whole: bool) -> list[Edit]:
    """Take the items out; set a copy of the title apart with a paragraph break."""
    stop = line.end if whole else items.after() if items.count else items.at
    if copy is None:
        return [Edit(line.start, stop)]
    before = [Edit(line.start, copy.start)] if copy.start > line.start else []
    if not whole:
        rest = SPACE.match(text, stop)
        return [*before, Edit(copy.end, rest.end() if rest else stop, "\n\n")]
    return [*before, Edit(copy.end, line.end)] if copy.end < line.end and items.count else before


def _byline(header: Header, line: Line, edits: list[Edit]) -> Header:
    """A line that is a byline ("By Jane Sample and A. N. Other", "Example Media Group") is read and dropped."""
    if header.byline or len(line.text) > LONGEST:
        return header
    match = BYLINE.match(line.text)
    who = match["who"].strip(" ,") if match else ""
    rest = line.text[match.end() :] if match else ""
    if match and NAME.fullmatch(who) and len(rest) <= LONGEST_TITLE_OF_OFFICE and line.text[-1] not in ".!?":
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


def _merged(header: Header, items: Items) -> Header:
    credits, clues = list(header.credits), list(header.clues)
    for name, start, end in items.agencies:
        credits.append(Credit("byline", name, items.text[start:end], header.draft.source_span(start, end)))
    for found in (items.published, items.updated):
        if found:
            clues.append(DateClue("updated" if found is items.updated else "header", found[1], found[0], found[0]))
    published = header.published or (items.published[0] if items.published else None)
    words = header.published_text or (items.published[1] if items.published else "")
    updated = header.updated or (items.updated[0] if items.updated else None)
    return replace(
        header, published=published, published_text=words, updated=updated, credits=tuple(credits), clues=tuple(clues)
    )
