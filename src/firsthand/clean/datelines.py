"""Datelines: "BEIRUT, 12 March 2014 (Reuters) —" read into place, date and agency, then taken off the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from firsthand.model import Credit, DateClue
from firsthand.resources import table

from .credits import agencies_in
from .dates import MONTH, YEAR, dates_in
from .draft import Draft, Edit
from .outlets import signed_by

CAPITALS = r"[A-Z][A-Z'’.\-]{2,}(?: [A-Z'’.\-]{2,}){0,3}"
NAME = r"[A-Z][\w'’.\-]+(?: [A-Z][\w'’.\-]+){0,3}"
DAY = rf"(?:(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? {YEAR})?|\d{{1,2}}[./-]\d{{1,2}}[./-]{YEAR})"
DASH = r"(?:--+|[-–—])"
# The forms that agencies print, most telling first. {CODE} is words that hold an agency's name.
SIGNED = re.compile(
    rf"(?P<place>{NAME}(?:[/,] ?{NAME})?)?,?[ ]?(?P<day>{DAY})?[.,]?[ ]?"
    rf"(?:[(\[](?P<agency>[^()\[\]\n]{{2,40}})[)\]]|/(?P<slash>[\w \-]{{2,20}})/\.?)"
    rf"(?P<after>[ ]?[.,]?[ ]?{DASH}[ ]?(?:{NAME}, {DAY} ?{DASH} ?)?|[ ]?:[ ]|[ ](?=[A-Z“\"]))"
)
PLAIN_AGENCY = re.compile(rf"(?P<place>{NAME}),[ ](?P<agency>[A-Z]{{2,6}}|[A-Z][a-z]+)[ ]?{DASH}[ ]?(?=[A-Z“\"])")
PLACE_ONLY = re.compile(
    rf"(?P<place>{CAPITALS}(?:, {NAME})?)(?:,? (?P<day>{DAY}))?[ ]?(?P<after>{DASH}[ ]|:[ ])[ ]?(?=[A-Z“\"‘0-9])"
)


@dataclass(frozen=True, slots=True)
class Datelines:
    """What the datelines of a draft said. ``place`` is the first one's, as it is written there."""

    draft: Draft
    place: str | None
    credits: tuple[Credit, ...]
    clues: tuple[DateClue, ...]


def without_datelines(draft: Draft) -> Datelines:
    """The draft with its datelines read and taken off."""
    text = draft.text
    edits: list[Edit] = []
    place: str | None = None
    credits: list[Credit] = []
    clues: list[DateClue] = []
    for start, opening in _openings(text):
        found = _signed(text, start, opening) or (_unsigned(text, start) if opening else None)
        if found is None:
            continue
        end, where, agency = found
        words, span = text[start:end].strip(), draft.source_span(start, end)
        edits.append(Edit(start, end))
        place = place or where
        credits += [Credit("dateline", name, words, span) for name in agency]
        clues += [DateClue("dateline", words, day.day, day.day) for day in dates_in(words)]
    return Datelines(draft.edited(edits, "dateline"), place, tuple(credits), tuple(clues))


def _openings(text: str) -> list[tuple[int, bool]]:
    """Where a dateline can begin: at a paragraph (True), or after a sentence of a text whose lines were lost (False)."""
    starts = [(match.start(), True) for match in re.finditer(r"(?m)^(?=\S)", text)]
    inside = [
        (match.end(), False) for match in re.finditer(r"(?<=[.!?\"”])[ ](?=[A-Z(][^.!?\n]{0,60}[(/][A-Z])", text[:1500])
    ]
    return sorted(starts[:6] + inside)


def _signed(text: str, start: int, opening: bool) -> tuple[int, str | None, list[str]] | None:
    match = SIGNED.match(text, start)
    if match:
        names = agencies_in(match["agency"] or match["slash"], signed=True)
        bare_bracket = match["after"] == " " and not (match["place"] or "").isupper()
        if not names and match["agency"] and opening and re.search(DASH, match["after"]):
            # No agency that the lexicon has; a dash after the brackets at the head of a paragraph says that it is one.
            unknown = signed_by(match["agency"], text)
            names = [unknown] if unknown else []
        if names and not bare_bracket:
            return match.end(), match["place"], names
    match = PLAIN_AGENCY.match(text, start)
    if match and (names := agencies_in(match["agency"], signed=True)):
        return match.end(), match["place"], names
    return None


def _unsigned(text: str, start: int) -> tuple[int, str | None, list[str]] | None:
    """A place in capitals before a dash or colon, unless the capitals are a label such as UPDATE or RELATED."""
    match = PLACE_ONLY.match(text, start)
    if not match or any(word in _labels() for word in re.findall(r"[A-Z]+", match["place"])):
        return None
    if match["after"].startswith(":") and (start > 0 or len(match["place"].split()) > 2):
        return None
    return match.end(), match["place"], []


@cache
def _labels() -> frozenset[str]:
    return frozenset(row["word"] for row in table("clean/labels.tsv"))
