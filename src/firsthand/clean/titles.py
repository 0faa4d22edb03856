"""The headline, where none came with the report: a first line that reads like one."""

from __future__ import annotations

import re
from itertools import islice

from .draft import Draft, Edit
from .layout import begins_sentence, lines_of

# Headlines run to some twenty words; the first paragraph of a report is rarely without a full stop.
MOST_WORDS = 25
LEAST_WORDS = 3
MOST_CHARACTERS = 200
FULL_STOP = re.compile(r"[.;:,](?:[\"”’')\]])*$")
ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2,}$")
WORD = re.compile(r"[^\W_]+")
BEFORE_SITE = re.compile(r" [|–—-] ")
CLOSING = re.compile(r"[\"”’')]?\s?[.!?]?(?=\s|$)")


def split_title(draft: Draft) -> tuple[Draft | None, Draft]:
    """The title's own draft and the rest; None where the first line is no headline or nothing follows it."""
    lines = lines_of(draft.text)
    if len(lines) < 2 or not _is_headline(lines[0].text):
        return None, draft
    # A list of short lines has no headline; something must follow that is written out.
    if not any(
        len(line.text) > len(lines[0].text) and re.search(r"[.!?][\"”’')\]]*$", line.text) for line in lines[1:4]
    ):
        return None, draft
    title = draft.part(lines[0].start, lines[0].end)
    rest = draft.edited([Edit(0, lines[1].start)], "title")
    return title, rest


def begins_with_title(draft: Draft, title: str) -> bool:
    """Whether the first line is ``title``, which a page's head often follows with the name of the site."""
    lines = lines_of(draft.text)
    first = _folded(lines[0].text) if lines else ""
    return len(first.split()) >= LEAST_WORDS and (_folded(title) + " ").startswith(first + " ")


def title_copy(text: str, title: str) -> int:
    """How many characters of ``text``'s beginning are a copy of ``title``, or of its part before the site's name; 0 for none."""
    for wanted in (title, BEFORE_SITE.split(title)[0]):
        end = _copied(text, [word.lower() for word in WORD.findall(wanted)])
        if end and (end >= len(text.rstrip()) or text[end - 1] in ".!?" or begins_sentence(text, end, len(text))):
            return end
    return 0


def _copied(text: str, words: list[str]) -> int:
    """Where ``text`` has all of ``words`` behind it, with the mark that closes them; 0 where it begins otherwise."""
    found = list(islice(WORD.finditer(text), len(words)))
    if len(words) < LEAST_WORDS or [match.group().lower() for match in found] != words:
        return 0
    closing = CLOSING.match(text, found[-1].end())
    return closing.end() if closing else found[-1].end()


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _is_headline(text: str) -> bool:
    words = text.split()
    if (
        not LEAST_WORDS <= len(words) <= MOST_WORDS
        or len(text) > MOST_CHARACTERS
        or (not text[0].isalnum() and text[0] not in "“\"'‘«(¿")
    ):
        return False
    return not FULL_STOP.search(text) or bool(ABBREVIATION.search(text))
