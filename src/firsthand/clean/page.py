"""The article on an HTML page, each word of it with its place in the markup."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from firsthand.markup import hidden
from firsthand.model import OffsetMap, Run, joined

from .draft import Draft

TOKEN = re.compile(
    r"<[^<>]*>|(?P<entity>&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});?)|(?P<word>[^\s<&]+|[<&])", re.I
)
# Pages have some hundreds of images, breaks and the like; a page nested as deep as this takes the parser a second.
UNCLOSED = 5000
TAG = re.compile(r"<[^<>]*>?")
PLAIN = re.compile(r"</?(?:p|br|h[1-6]|li|body|html|head|title)\b[^<>]{0,300}>", re.I)
# A list without lists in it, up to the length that a list of several hundred names has.
LIST = re.compile(r"<ul\b[^<>]*>(?:(?!</?ul\b).){0,60000}?</ul>", re.I | re.S)
ITEM = re.compile(r"<li\b", re.I)
LINK = re.compile(r"<a\b|<button\b|<input\b", re.I)
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


def parsed(markup: str) -> HTMLTree:
    """The page as a tree. Lists that are not made of links are given to the extractor as numbered ones: it takes every other
    list for a menu and drops it, and lists name the dead. Of a page with thousands of tags that never close only the plainest
    are given to the parser, whose cost grows with the square of the depth."""
    if markup.count("<") - 2 * markup.count("</") > UNCLOSED:
        markup = TAG.sub(_plainest, markup)
    return HTMLTree.parse(LIST.sub(_as_numbered, markup) if "<ul" in markup or "<UL" in markup else markup)


def _plainest(match: re.Match[str]) -> str:
    return match.group() if PLAIN.fullmatch(match.group()) else " " * len(match.group())


def _as_numbered(match: re.Match[str]) -> str:
    whole = match.group()
    items = len(ITEM.findall(whole))
    if items == 0 or 2 * len(LINK.findall(whole)) >= items:
        return whole
    # The letters change, no place does: the tree is read beside the markup as it came.
    return f"{whole[0]}o{whole[2:-5]}/ol>" if whole.endswith(("/ul>", "/UL>")) else whole


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
    for match in chain.from_iterable(TOKEN.finditer(markup, start, end) for start, end in _visible(markup)):
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


def _visible(markup: str) -> Iterator[tuple[int, int]]:
    """The parts of ``markup`` between those that are not shown, so that no word of a script is taken for the article's."""
    at = 0
    for span in hidden(markup):
        yield at, span.start
        at = span.end
    yield at, len(markup)


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
