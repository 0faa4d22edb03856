"""The article on an HTML page, each word of it with its place in the markup."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from typing import NamedTuple

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from firsthand.model import OffsetMap, Run, joined

from .draft import Draft

# What a browser never shows is passed over whole, so that no word of a script is taken for the article's.
TOKEN = re.compile(
    r"<!--.*?-->|<(?P<element>script|style|noscript|template|svg)\b.*?</(?P=element)\s*>|<[^<>]*>"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});?)|(?P<word>[^\s<&]+|[<&])",
    re.I | re.S,
)
# Lines at least this long, white space aside, are unlikely to stand twice on a page: they are placed first, and short
# lines between them.
TELLING = 40


class Stretch(NamedTuple):
    """Characters that stand together: at ``start`` of the text without white space, at ``source`` of the other text.

    ``source`` is None for characters written as an entity.
    """

    start: int
    source: int | None
    length: int


def article_text(tree: HTMLTree, markup: str) -> Draft:
    """The main text of the page with its map into ``markup``. What cannot be found again in the markup has no runs."""
    text = extract_plain_text(tree, main_content=True, alt_texts=False, links=False, list_bullets=False, comments=False)
    return Draft(text, aligned(text, markup))


def aligned(text: str, markup: str) -> OffsetMap:
    """Where the words of ``text`` stand in ``markup``, line by line in their order.

    White space is left out of the comparison, since rendering changes it; characters written as entities match but give
    no runs, because the markup has other characters there.
    """
    shown, stretches = _shown(markup)
    starts = [stretch.start for stretch in stretches]
    lines = [(match.start(), match.group()) for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    squeezed = ["".join(line.split()) for _, line in lines]
    places = _places(squeezed, shown)
    runs: list[Run] = []
    for (offset, line), place, length in zip(lines, places, map(len, squeezed), strict=True):
        if place is None:
            continue
        mine = _words(line, offset)
        first = max(0, bisect_right(starts, place) - 1)
        last = bisect_right(starts, place + length - 1)
        theirs = [Stretch(s.start - place, s.source, s.length) for s in stretches[first:last]]
        runs += _common(mine, theirs)
    return OffsetMap(tuple(_bridged(joined(runs), text, markup)))


def _shown(markup: str) -> tuple[str, list[Stretch]]:
    """The visible characters of ``markup`` without white space, and where they stand in it."""
    parts: list[str] = []
    stretches: list[Stretch] = []
    length = 0
    for match in TOKEN.finditer(markup):
        kind = match.lastgroup
        if kind == "word":
            word = match.group()
            stretches.append(Stretch(length, match.start(), len(word)))
        elif kind == "entity":
            word = "".join(html.unescape(match.group()).split())
            stretches.append(Stretch(length, None, len(word)))
        else:
            continue
        parts.append(word)
        length += len(word)
    return "".join(parts), stretches


def _places(squeezed: list[str], shown: str) -> list[int | None]:
    """Where each line begins in ``shown``, in order: telling lines first, the others between their neighbours."""
    places: list[int | None] = [None] * len(squeezed)
    at = 0
    for number, line in enumerate(squeezed):
        if len(line) >= TELLING and (found := shown.find(line, at)) >= 0:
            places[number], at = found, found + len(line)
    ends = [len(shown)] * len(squeezed)
    for number in range(len(squeezed) - 2, -1, -1):
        following = places[number + 1]
        ends[number] = ends[number + 1] if following is None else following
    at = 0
    for number, line in enumerate(squeezed):
        place = places[number]
        if place is None and (found := shown.rfind(line, at, ends[number])) >= 0:
            # The nearest to what follows: a headline stands in the menu too, and above the article.
            place = places[number] = found
        if place is not None:
            at = place + len(line)
    return places


def _words(line: str, offset: int) -> list[Stretch]:
    out, length = [], 0
    for match in re.finditer(r"\S+", line):
        out.append(Stretch(length, offset + match.start(), match.end() - match.start()))
        length += match.end() - match.start()
    return out


def _common(mine: list[Stretch], theirs: list[Stretch]) -> list[Run]:
    """Runs where both sides have a position; both lists cover the same characters."""
    runs: list[Run] = []
    i = j = 0
    while i < len(mine) and j < len(theirs):
        start = max(mine[i].start, theirs[j].start, 0)
        mine_end, their_end = mine[i].start + mine[i].length, theirs[j].start + theirs[j].length
        end = min(mine_end, their_end)
        here, there = mine[i].source, theirs[j].source
        if end > start and here is not None and there is not None:
            runs.append(Run(here + start - mine[i].start, there + start - theirs[j].start, end - start))
        if mine_end <= their_end:
            i += 1
        if their_end <= mine_end:
            j += 1
    return runs


def _bridged(runs: list[Run], text: str, markup: str) -> list[Run]:
    """``runs`` with the single spaces between their words, where the markup has a single space too."""
    out: list[Run] = []
    for run in runs:
        if out:
            before = out[-1]
            end, source_end = before.start + before.length, before.source_start + before.length
            gap = run.start - end
            if gap == run.source_start - source_end and text[end : run.start] == markup[source_end : run.source_start]:
                out[-1] = Run(before.start, before.source_start, before.length + gap + run.length)
                continue
        out.append(run)
    return out
