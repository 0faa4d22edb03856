"""Proper names: of people, bodies, armed groups, states and peoples.

Three sources, in this order: the lexicon of known names, shapes (a title before a capitalised name, a head such as
"Police Department" after one), and the spans that a parser hands in. A later source never overrules an earlier one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from firsthand.model import Name, Sentence, Span
from firsthand.model.annotation import NameKind
from firsthand.patterns import any_of
from firsthand.resources import table

from .lexicon import Known, Lexicon, lexicon
from .runs import Word, runs_of, words_in

_LABELS: dict[str, NameKind] = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "nationality",
}  # fmt: skip
_NOT_PERSON = frozenset(row["word"] for row in table("names/not_persons.tsv"))
_AGE = re.compile(r",\s+(?:aged\s+)?\d{1,3}(?:,|\.|\s+(?:and|was|were|years?|of)\b)")
_SPEAKS = re.compile(
    r"\s*,?\s+(?:said|says|told|added|wrote|tweeted|announced|confirmed|warned|stated|reported|claimed|denied)\b"
)


def find_names(
    text: str,
    *,
    sentences: Sequence[Sentence] = (),
    entities: Sequence[tuple[Span, str]] = (),
    extra: str = "",
) -> tuple[Name, ...]:
    """The names in ``text`` in text order, none overlapping.

    ``entities`` are a parser's spans with its labels (PERSON, ORG, GPE, …); those inside a heading of ``sentences`` count
    only where the text has the same words outside one. ``extra`` is the path of a user's own table of names.

    >>> [(n.text, n.kind, n.canonical) for n in find_names("Kata'ib Hezbollah denied it, Col. Rana Aziz said.")]
    [("Kata'ib Hezbollah", 'group', 'Kataib Hezbollah'), ('Rana Aziz', 'person', 'Rana Aziz')]
    """
    words = words_in(text)
    found = _Found(text)
    book = lexicon(extra)
    _from_lexicon(text, words, book, found)
    runs = runs_of(words)
    for span, kind in (*_institutions(text, words, runs), *_titled(text, words, runs), *_by_context(text, words, runs)):
        found.add(Name(span, span.of(text), kind, span.of(text), "shape"))
    headings = [s.span for s in sentences if s.heading]
    for span, label in sorted(entities):
        kind = _LABELS.get(label, "other")
        if label in _LABELS and _believable(text, span, headings):
            found.add(Name(span, span.of(text), kind, span.of(text), "parser"))
    found.add_surnames(words)
    return found.in_order()


def known_name(name: str, *, extra: str = "") -> Known | None:
    """What the lexicon says of the canonical ``name``: its kind, country and the body it belongs to."""
    return lexicon(extra).names.get(name)


class _Found:
    """Names so far, and which characters they take."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.taken = bytearray(len(text))
        self.names: list[Name] = []

    def add(self, name: Name) -> None:
        span = name.span
        if span.start < span.end and not any(self.taken[span.start : span.end]):
            self.taken[span.start : span.end] = b"\1" * (span.end - span.start)
            self.names.append(name)

    def add_surnames(self, words: Sequence[Word]) -> None:
        """Mark later mentions of a person by the last word of the name, where only one person here has it."""
        full: dict[str, set[str]] = {}
        for name in self.names:
            parts = re.split(r"[\s-]+", name.text)
            if name.kind == "person" and len(parts) > 1 and len(parts[-1]) > 2:
                full.setdefault(parts[-1], set()).add(name.canonical)
        owners = {last: names.pop() for last, names in full.items() if len(names) == 1}
        for word in words:
            owner = owners.get(word.text)
            if owner is not None:
                self.add(Name(Span(word.start, word.end), word.text, "person", owner, "shape"))

    def in_order(self) -> tuple[Name, ...]:
        return tuple(sorted(self.names, key=lambda n: n.span))


def _from_lexicon(text: str, words: tuple[Word, ...], book: Lexicon, found: _Found) -> None:
    matches = list(book.matches(words))
    countries = Counter(k.country for _, _, known in matches if len(known) == 1 for k in known)
    written = {k.name for first, last, known in matches if last - first > 1 for k in known}
    for first, last, candidates in matches:
        span = Span(words[first].start, words[last - 1].end)
        known = _chosen(candidates, countries, written)
        kind = known.kind if known else candidates[0].kind
        canonical = known.name if known else span.of(text)
        if first + 1 == last and _part_of_other_name(words, first, kind):
            continue
        found.add(Name(span, span.of(text), kind, canonical, "lexicon"))


def _chosen(candidates: tuple[Known, ...], countries: Counter[str], written: set[str]) -> Known | None:
    """The one meant by an acronym that several bear: the one spelled out in the text, else the one whose country is named."""
    if len(candidates) == 1:
        return candidates[0]
    spelled = [k for k in candidates if k.name in written]
    if len(spelled) == 1:
        return spelled[0]
    named = [k for k in candidates if k.country and countries[k.country]]
    return named[0] if len(named) == 1 else None


def _part_of_other_name(words: Sequence[Word], index: int, kind: NameKind) -> bool:
    """Whether a single-word state or body is a piece of a person's name: "Jordan Whitlow", "Michael Jordan"."""
    word = words[index]
    if kind not in ("state", "nationality") or word.shouted:
        return False
    after = words[index + 1] if index + 1 < len(words) else None
    first_names = _first_names()
    if after and after.upper and after.gap == " " and not word.possessive and word.fold in first_names:
        return after.fold not in _NOT_PERSON and not after.shouted
    before = words[index - 1] if index else None
    return bool(before and before.upper and word.gap == " " and before.fold in first_names and not before.possessive)


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    return frozenset(row["name"].lower() for row in table("names/first_names.tsv"))


@lru_cache(maxsize=1)
def _titles() -> tuple[re.Pattern[str], frozenset[str]]:
    rows = table("names/titles.tsv")
    titles = any_of((row["title"] for row in rows), behind=r"(?<![\w-].)")
    pattern = re.compile(titles + r"(?=\s+[^\W\d_a-z]|\s+(?:al|el|bin|abu)[- ])")
    return pattern, frozenset(row["title"].lower() for row in rows)


def _titled(text: str, words: tuple[Word, ...], runs: Sequence[tuple[int, int]]) -> Iterator[tuple[Span, NameKind]]:
    """People after a title: "Maj-Gen Yehia Rasool", "spokesman Tariq Jalil"."""
    pattern, _ = _titles()
    ends = [match.end() for match in pattern.finditer(text)]
    if not ends:
        return
    starts = {words[k].start: (k, last) for first, last in runs for k in range(first, last)}
    for end in ends:
        begin = end
        while begin < len(text) and text[begin] == " ":
            begin += 1
        if begin in starts:
            first, last = starts[begin]
            span = _person(words, first, last, least=1)
            if span is not None:
                yield span, "person"


def _by_context(text: str, words: tuple[Word, ...], runs: Sequence[tuple[int, int]]) -> Iterator[tuple[Span, NameKind]]:
    """People by what follows: an age ("Omar Farah, 34,") or a speech verb ("Omar Farah said")."""
    for first, last in runs:
        end = words[last - 1].end
        if words[last - 1].possessive:
            continue
        if _AGE.match(text, end) or (last - first <= 4 and _SPEAKS.match(text, end)):
            span = _person(words, first, last, least=2)
            if span is not None:
                yield span, "person"


def _person(words: Sequence[Word], first: int, last: int, *, least: int) -> Span | None:
    """The person's name in the run: at least ``least`` and at most five words, none of which ends a name."""
    _, titles = _titles()
    stop = first
    while (
        stop < min(last, first + 5)
        and words[stop].fold not in _NOT_PERSON
        and not (stop > first and words[stop].gap == "\n")
    ):
        stop += 1
        if words[stop - 1].possessive:
            break
    while first < stop and (words[first].text.lower() in titles or f"{words[first].text.lower()}." in titles):
        first += 1
    while stop > first and not words[stop - 1].upper:
        stop -= 1
    if stop - first < least or words[first].text[0].isdigit() or all(w.shouted for w in words[first:stop]):
        return None
    if stop < last and stop - first < 2:
        return None
    return Span(words[first].start, words[stop - 1].end)


@lru_cache(maxsize=1)
def _heads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    before, after = (
        [row["head"] for row in table("names/institutions.tsv") if row["order"] == order]
        for order in ("before", "after")
    )
    return (
        re.compile(any_of(before, behind=r"(?<=\s.)") + r"(?!\w)"),
        re.compile(any_of(after, behind=r"(?<!\w.)") + r"\s+(?=[^\W\d_a-z])"),
    )


def _institutions(
    text: str, words: tuple[Word, ...], runs: Sequence[tuple[int, int]]
) -> Iterator[tuple[Span, NameKind]]:
    """Bodies by the head of their name: "Marlow County Sheriff's Office", "Ministry of Health"."""
    before, after = _heads()
    heads = list(before.finditer(text))
    if heads:
        starts = {words[k].start: first for first, last in runs for k in range(first, last)}
        for match in heads:
            first = starts.get(match.start())
            if first is None:
                continue
            while words[first].fold in ("the", "a", "in", "at", "on") and words[first].start < match.start():
                first += 1
            if words[first].start < match.start():
                yield Span(words[first].start, match.end()), "organisation"
    for match in after.finditer(text):
        run = next((r for r in runs if words[r[0]].start <= match.end() < words[r[1] - 1].end), None)
        if run is not None:
            yield Span(match.start(), words[run[1] - 1].end), "organisation"


def _believable(text: str, span: Span, headings: Sequence[Span]) -> bool:
    """Whether a parser's span may be taken: on one line, with a capital, and if in a heading, found elsewhere too."""
    words = span.of(text)
    if "\n" in words or not words.strip() or not any(c.isupper() for c in words):
        return False
    inside = [h for h in headings if h.overlaps(span)]
    return not inside or any(
        not any(h.start <= at < h.end for h in headings)
        for at in (m.start() for m in re.finditer(re.escape(words), text))
    )
