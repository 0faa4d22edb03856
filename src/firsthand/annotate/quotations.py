"""Quotation marks paired within a field: curly, straight, guillemets; runs over paragraphs; apostrophes left alone."""

from __future__ import annotations

import re

from firsthand.model import Quotation, Span

# Each choice opens with a mark, so that the search skips what is none.
_MARK = re.compile(r"\"|“|”|„|«|»|‘|’|''?|``")
_OPENING = "“„«"


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Quotations in ``text`` in order. A double quotation may hold a single one; both are given.

    Each paragraph is paired on its own. One that is still open at the end of its paragraph is given with ``closed`` False
    when its mark is an opening one or the next paragraph opens with a mark, as printers do for long speeches; a lone
    straight mark with nothing after it is dropped.

    >>> [q.inner.of('He said “we left” and it’s true.') for q in find_quotations('He said “we left” and it’s true.')]
    ['we left']
    """
    paragraphs = list(re.finditer(r"[^\n]+", text))
    out: list[Quotation] = []
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1].group().lstrip() if index + 1 < len(paragraphs) else ""
        out.extend(_pair_double(text, paragraph.start(), paragraph.end(), goes_on=following[:1] in ('"', "“", "«")))
        out.extend(_pair_single(text, paragraph.start(), paragraph.end()))
    return tuple(sorted(out, key=lambda quotation: (quotation.span.start, -quotation.span.end)))


def _pair_double(text: str, start: int, end: int, *, goes_on: bool) -> list[Quotation]:
    out: list[Quotation] = []
    opened: tuple[int, int] | None = None  # start of the mark, start of the inner text
    directed = False
    for mark in _MARK.finditer(text, start, end):
        sign = mark.group()
        if sign in ("‘", "’", "'"):
            continue
        straight = sign in ('"', "''")
        opening = (
            sign in _OPENING or sign == "``" or (straight and _looks_opening(text, mark.start(), mark.end(), opened))
        )
        if opened is None:
            if opening:
                opened, directed = (mark.start(), mark.end()), sign in _OPENING
        elif not opening or straight:
            out.append(Quotation(Span(opened[0], mark.end()), Span(opened[1], mark.start())))
            opened = None
        else:  # an opening mark inside an open quotation: the first was never closed
            opened, directed = (mark.start(), mark.end()), sign in _OPENING
    if opened is not None and (directed or goes_on) and text[opened[1] : end].strip():
        out.append(Quotation(Span(opened[0], end), Span(opened[1], end), closed=False))
    return out


def _looks_opening(text: str, start: int, end: int, opened: tuple[int, int] | None) -> bool:
    """A straight mark opens where text follows it at once; it closes where one is open and no text does."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if opened is None:
        return not after.isspace() and after not in ".,;:!?"
    return before.isspace() and not after.isspace()


def _pair_single(text: str, start: int, end: int) -> list[Quotation]:
    """Single quotations: an opening mark after a space, a closing one before space or punctuation, two words or more or a
    capital inside; apostrophes ("Iraq’s", "militants’ base") open nothing."""
    out: list[Quotation] = []
    opened: int | None = None
    for mark in _MARK.finditer(text, start, end):
        sign = mark.group()
        if sign not in ("‘", "’", "'"):
            continue
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end()] if mark.end() < end else " "
        if sign in ("‘", "'") and (before.isspace() or before in '([“"') and not after.isspace():
            opened = mark.start()
        elif sign in ("’", "'") and opened is not None and not after.isalnum() and not before.isspace():
            inner = Span(opened + 1, mark.start())
            if before in ".,!?" or not _possessive(text, mark.start(), mark.end(), end):
                out.append(Quotation(Span(opened, mark.end()), inner, style="single"))
                opened = None
    return out


def _possessive(text: str, start: int, end: int, limit: int) -> bool:
    """``s’`` before a lower-case word while a later mark could still close: a plural possessive inside the quotation."""
    return (
        text[start - 1] == "s"
        and end < limit - 1
        and text[end] == " "
        and text[end + 1].islower()
        and re.search(r"[.,!?\w][’'](?=[\s.,;:]|$)", text[end:limit]) is not None
    )
