"""What stands around an article on its page and came along with it: menus, teasers, invitations, advertisements.

The extractor finds the region of the article; this looks at each line it gave. Lines that are told, long and closed like
sentences, are the article. What stands before its headline, after its last paragraph, or between paragraphs in another kind
of element goes, unless it reads on from them. Lists are left alone where a line announces them: they can name the dead.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from firsthand.model import Span

from .draft import Draft, Edit
from .layout import Line, lines_of

# A line of running text has at least this many words and ends like a sentence; menus, teasers and buttons do not. Rerun
# tests/clean/test_pages.py before touching these.
TOLD_WORDS = 12
# An announcement has fewer: "The dead were named as:".
ANNOUNCED_WORDS = 4
# Nothing is cut from a page most of whose words are no running text: a list, a table or a transcript is the article there.
MOST = 0.5
# How far before a line its tags are looked for: addresses in links and long class names fit.
LOOK_BACK = 1500

CLOSED = re.compile(r"[.!?…؟۔。！？][\"”’»“')\]]*$")
OPENING = re.compile(r"<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>[^<>]*)>\s*$", re.I)
CLOSING_LINK = re.compile(r"\s*(?:</(?:span|b|strong|em|i|h[1-6]|div|p|u|font)\s*>\s*)*</a\s*>", re.I)
CLASS = re.compile(r"\b(?:class|id)\s*=\s*[\"']?([^\"'<>]*)", re.I)
INLINE = {
    "a",
    "span",
    "b",
    "strong",
    "em",
    "i",
    "u",
    "font",
    "small",
    "mark",
    "sup",
    "sub",
    "abbr",
    "time",
    "cite",
    "q",
    "big",
}
PARAGRAPHS = {"p", "li", "blockquote", "dd", "dt", "pre", "td", "th", "h2", "h3", "h4", "h5", "h6"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# A heading over a list of people harmed: what follows it is the article, however short its lines are.
NAMING = re.compile(
    r"\b(?:victims?|dead|killed|fallen|injured|wounded|missing|names?|named|identified|casualt(?:y|ies)|died|lives lost|"
    r"remember(?:ed|ing)|v[ií]ctimas|muertos|victimes|morts|Opfer|Toten?|жертв\w*|погибш\w*|загибл\w*)\b|ضحايا|شهداء|قتلى|أسماء",
    re.I,
)
# Words in the class of an element that opens right before a line which say that it is no part of the article.
HINT = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|sponsor\w*|promo\w*|newsletter|sign-?up|subscri\w*|related|recommend\w*|trending|most-?read|"
    r"read-?more|share|sharing|social|tweet|embed\w*|comments?|cookies?|consent|ticker|paywall|outbrain|taboola)(?:$|[\s_-])",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a line stands in the markup: the element it opens in with its classes, whether it is one whole link, and whether
    the elements around it are named like something beside the article."""

    element: str = ""
    classes: str = ""
    linked: bool = False
    hinted: bool = False

    @property
    def kind(self) -> tuple[str, str]:
        return self.element, self.classes


def without_surroundings(draft: Draft, markup: str, title: str | None, *, keep: Collection[Span]) -> Draft:
    """The draft of a page without the lines around its article. Lines that hold one of the spans ``keep`` stay."""
    lines = lines_of(draft.text)
    told = [_told(line.text) for line in lines]
    words = [len(line.text.split()) for line in lines]
    if sum(count for count, good in zip(words, told, strict=True) if good) < MOST * sum(words):
        return draft
    settings = [_setting(draft, markup, line) for line in lines]
    goes = _going(lines, told, settings, title)
    goes -= {n for n in goes for span in keep if span.overlaps(Span(lines[n].start, lines[n].end))}
    return draft.edited([Edit(lines[n].start, lines[n].end) for n in sorted(goes)], "line around the article")


def _going(lines: list[Line], told: list[bool], settings: list[Setting], title: str | None) -> set[int]:
    """Numbers of the lines that go."""
    good = [number for number, is_told in enumerate(told) if is_told and not settings[number].linked]
    if not good:
        return set()
    kinds = {settings[number].kind for number in good}
    first, last = good[0], _end_of_list(lines, settings, good[-1])
    head = max((n for n in range(first) if _is_title(lines[n], settings[n], title)), default=None)
    goes = set(range(head)) if head is not None else set()
    goes |= {n for n in range(head or 0, first) if n != head and (settings[n].linked or settings[n].hinted)}
    for number in range(first + 1, last):
        setting = settings[number]
        if told[number] and not setting.linked:
            continue
        foreign = setting.element not in PARAGRAPHS and setting.element != "" and setting.kind not in kinds
        if setting.linked or setting.hinted or foreign:
            goes.add(number)
    for number in range(last + 1, len(lines)):
        setting = settings[number]
        if setting.linked or setting.hinted or setting.element in HEADINGS:
            return goes | set(range(number, len(lines)))
        if not CLOSED.search(lines[number].text) or setting.kind not in kinds:
            goes.add(number)
    return goes


def _end_of_list(lines: list[Line], settings: list[Setting], last: int) -> int:
    """The last line of a list that a line or a heading after the last paragraph announces, else ``last``."""
    for number in range(last, min(last + 3, len(lines))):
        text, setting = lines[number].text, settings[number]
        announced = text.endswith(":") and len(text.split()) >= ANNOUNCED_WORDS
        named = number > last and setting.element in HEADINGS and not setting.linked and NAMING.search(text) is not None
        if announced or named:
            last = number
            while last + 1 < len(lines) and _goes_on(settings[number + 1], settings[last + 1]):
                last += 1
            break
    return last


def _goes_on(first: Setting, following: Setting) -> bool:
    return not following.linked and not following.hinted and following.kind == first.kind


def _told(text: str) -> bool:
    return len(text.split()) >= TOLD_WORDS and CLOSED.search(text) is not None


def _is_title(line: Line, setting: Setting, title: str | None) -> bool:
    return setting.element == "h1" or (title is not None and " ".join(line.text.split()).casefold() == title.casefold())


def _setting(draft: Draft, markup: str, line: Line) -> Setting:
    """The tags that open right before the line, read backwards to the first that closes or to other words."""
    place = draft.source_span(line.start, line.end)
    if place is None:
        return Setting()
    element, classes, link, hinted = "", "", False, False
    at = place.start
    for _ in range(8):
        before = markup[max(0, at - LOOK_BACK) : at]
        begin = before.rfind("<")
        match = OPENING.match(before, begin) if begin >= 0 else None
        if match is None:
            break
        name = match["name"].lower()
        at -= len(before) - begin
        if match["close"]:
            # Text after a closed inline element belongs to the same line; after a closed block it begins one.
            if name not in INLINE:
                element = element or "after"
            break
        hint = CLASS.findall(match["rest"])
        hinted = hinted or any(HINT.search(value) for value in hint)
        if name == "br" or name == "hr":
            element = element or "br"
            break
        link = link or name == "a"
        if name not in INLINE and not element:
            element, classes = name, " ".join(hint)
    linked = link and CLOSING_LINK.match(markup, place.end) is not None
    return Setting(element, classes, linked, hinted)
