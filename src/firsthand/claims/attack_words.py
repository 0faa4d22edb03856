"""A sentence as the reading of attacks sees it: known words and names, each with what it may do beside an attack.

It needs no parse: headlines and sentences that the gate left unparsed tell of attacks too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from firsthand.model import Layer, Name, Span
from firsthand.resources import table, word_set

NATIONALITY, STATE, ACRONYM, BODY, CAPITAL, PERSON, OTHER = (
    "nationality",
    "state",
    "acronym",
    "body",
    "capital",
    "person",
    "other",
)
ACTING = frozenset({NATIONALITY, STATE, ACRONYM, BODY, CAPITAL})

# Words of grammar that the reading asks for; the words of attack themselves are data.
_GRAMMAR: Mapping[str, frozenset[str]] = {
    "by": frozenset({"by", "at the hands of"}),
    "upon": word_set("on against targeting hitting striking at upon"),
    "and": word_set("and & or"),
    "of": word_set("of"),
    "manned": word_set("manned held guarded run operated controlled occupied used staffed defended protected belonging"),
    "between": word_set("between"),
    "weapon": word_set(
        "bomb bombs rocket rockets missile missiles mortar mortars drone drones shell shells ied ieds mine mines explosion "
        "explosions device devices grenade grenades shellfire gunfire blast"
    ),
    "time": word_set(
        "dawn dusk night midnight noon midday morning afternoon evening hours day weekend week month monday tuesday wednesday "
        "thursday friday saturday sunday yesterday today january february march april june july august september october "
        "november december"
    ),
    "timing": word_set("in on at the early late of around about am pm a.m p.m local time same past last this small first during"),
    "be": word_set("is are was were be been being gets got"),
    "it": word_set("it they"),
    "says": word_set("says said say announced confirmed claimed claims claim admitted acknowledged declared"),
    "that": word_set("that"),
    "possessive": frozenset({"'s", "’s"}),
    "det": word_set(
        "the a an its their his our some several many dozens scores hundreds least about around over nearly this that these those "
        "another other more than up both"
    ),
    "number": word_set("one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty"),
    "small": word_set(
        "in near at on by when while as who which whose after before during from with for inside outside around over across "
        "between into under until and or but if than to along amid because where within without upon against through behind "
        "beside since of off it they he she we i you is are was were be been has have had will would not said says say"
    ),
    "site": word_set(
        "base bases target targets position positions facility facilities interests personnel site sites "
        "headquarters convoy convoys patrol patrols checkpoint checkpoints checkpost outpost outposts post posts barracks "
        "airfield airfields airbase airbases garrison garrisons compound compounds roadblock roadblocks column columns "
        "drone drones plane planes helicopter helicopters tank tanks warehouse warehouses tunnel tunnels tanker tankers "
        "camp camps embassy consulate stronghold strongholds hideout hideouts troops soldiers forces warship "
        "warships vessel ship ships depot depots gathering gatherings vehicle vehicles commander commanders leader "
        "leaders"
    ),
}  # fmt: skip
_ARMED = re.compile(
    r"\b(?:army|armed|forces?|military|militia|guards?|coalition|police|gendarmerie|air force|navy|corps|command|brigades?"
    r"|front|nato|isaf|pentagon|tatmadaw|battalion|division|resistance|rebels?|legion|defen[cs]e)\b",
    re.IGNORECASE,
)
_BACKED = re.compile(
    r"(?:.+-(?:backed|linked|allied|affiliated|aligned|supported|funded|trained|led|inspired)|pro-.+|anti-.+)"
)
_WORD = re.compile(r"’s\b|'s\b|[^\W_]+(?:[-.’'][^\W_]+)*|[^\w\s]")
_RUN = re.compile(r"\w+")
_JOINED = re.compile(r"-[^\W_]+(?:-[^\W_]+)*")


class Unit(NamedTuple):
    """A word, a mark, a known phrase or a name. ``does`` are the classes it belongs to, ``kind`` that of a name, else ""."""

    low: str
    span: Span
    does: frozenset[str]
    kind: str = ""
    name: Name | None = None

    def any(self, *classes: str) -> bool:
        return not self.does.isdisjoint(classes)

    @property
    def mark(self) -> bool:
        """Whether it is a mark of punctuation."""
        return not self.kind and len(self.low) == 1 and not self.low.isalnum()


@cache
def _words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in table("claims/attacks.tsv"):
        if row["class"] != "capital":
            for word in row["words"].split("|"):
                found.setdefault(word.lower(), set()).add(row["class"])
    for name, words in _GRAMMAR.items():
        for word in words:
            found.setdefault(word, set()).add(name)
    return {word: frozenset(classes) for word, classes in found.items()}


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    """The lexicon's entries of several words, longest first, by their first word."""
    several = (word for word in _words() if " " in word)
    return _by_first_word(sorted(several, key=lambda word: (-len(word), word)))


def _by_first_word(entries: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """Patterns to be tried where a word begins, by that word in small letters."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        found.setdefault(_RUN.match(entry)[0], []).append(re.escape(entry))  # type: ignore[index]
    return {word: re.compile(rf"(?:{'|'.join(forms)})\b", re.IGNORECASE) for word, forms in found.items()}


@cache
def capitals() -> dict[str, str]:
    """The state that a capital stands for where it acts."""
    rows = [row["words"] for row in table("claims/attacks.tsv") if row["class"] == "capital"]
    return dict(pair.split("=") for words in rows for pair in words.split("|"))


@cache
def _signs() -> dict[str, re.Pattern[str]]:
    """The words of attack by their first word."""
    triggers = (word for word, classes in _words().items() if classes & {"blow", "deed", "did", "does"})
    return _by_first_word(sorted(triggers, key=lambda word: (-len(word), word)))


def tells_of_attack(words: str) -> bool:
    """Whether a word of attack stands in ``words`` at all."""
    signs = _signs()
    if signs.keys().isdisjoint(_RUN.findall(words.lower())):
        return False
    return any(
        (sign := signs.get(run[0].lower())) is not None and sign.match(words, run.start()) is not None
        for run in _RUN.finditer(words)
    )


@cache
def _armed_bodies() -> frozenset[str]:
    """The organisations of the lexicon that bear arms."""
    return frozenset(
        row["name"]
        for row in table("names/organisations.tsv")
        if row["kind"] == "organisation" and _ARMED.search(f"{row['name']}|{row['aliases']}")
    )


def units_of(text: str, span: Span, names: Sequence[Name], starts: Sequence[int]) -> list[Unit]:
    """The units of the sentence at ``span`` in order. ``names`` are those of the field, ``starts`` where they begin."""
    out: list[Unit] = []
    here = names[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
    phrases = _phrases_in(text, span)
    at = span.start
    for name in [*here, None]:
        if name is not None and name.span.start < at:
            continue
        until = name.span.start if name is not None else span.end
        out += _plain(text, at, until, phrases)
        if name is not None:
            unit = _named(text, name, out)
            out.append(unit)
            at = unit.span.end
    return out


def _phrases_in(text: str, span: Span) -> dict[int, int]:
    """Where known phrases of several words begin in ``span``, and where each ends; none overlap."""
    known, found, at = _phrases(), {}, span.start
    for run in _RUN.finditer(text, span.start, span.end):
        pattern = known.get(run[0].lower())
        if pattern is not None and run.start() >= at and (match := pattern.match(text, run.start(), span.end)):
            at = found[run.start()] = match.end()
    return found


def _plain(text: str, start: int, end: int, phrases: Mapping[int, int]) -> Iterator[Unit]:
    at: int | None = start
    while at is not None:
        begin, at = at, None
        for match in _WORD.finditer(text, begin, end):
            until = phrases.get(match.start())
            if until is not None and until <= end:
                yield _word(text[match.start() : until], match.start(), until)
                at = until
                break
            yield _word(match[0], *match.span())


def _word(word: str, start: int, end: int) -> Unit:
    low, does, kind = _known(word)
    return Unit(low, Span(start, end), does, kind)


# A pile has some ten thousand words in the sentences that tell of attacks; most come again and again.
@lru_cache(maxsize=1 << 14)
def _known(word: str) -> tuple[str, frozenset[str], str]:
    """A word in small letters, the classes it belongs to and the kind of name it is."""
    low = word.lower()
    does = _words().get(low, frozenset())
    if low.isdigit():
        does |= {"number"}
    if _BACKED.fullmatch(low):
        does |= {"kin"}
    if low.endswith("ly") and len(low) > 4:
        does |= {"skip"}
    return low, does, CAPITAL if word in capitals() else ""


def _named(text: str, name: Name, before: list[Unit]) -> Unit:
    """The unit of a name; one that is part of a longer word ("Westland-backed", "pro-Westlandish") is that word."""
    joined = _JOINED.match(text, name.span.end)
    glued = name.span.start > 0 and text[name.span.start - 1] == "-" and bool(before) and before[-1].low == "-"
    if joined or glued:
        if glued:
            before.pop()
        first = before.pop().span.start if glued and before else name.span.start
        span = Span(first, joined.end() if joined else name.span.end)
        return _word(span.of(text), *span)
    low = name.text.lower()
    return Unit(
        low, name.span, _words().get(low, frozenset()) if name.basis != "lexicon" else frozenset(), _kind(name), name
    )


def _kind(name: Name) -> str:
    if name.kind == "nationality":
        return NATIONALITY
    if name.kind == "state":
        short = name.text.replace(".", "")
        # "United States" has no adjective that news would use instead.
        return ACRONYM if (short.isupper() and len(short) <= 3) or " " in name.text else STATE
    if name.kind == "group":
        return BODY
    if name.kind == "organisation":
        armed = name.canonical in _armed_bodies() or (name.basis != "lexicon" and _ARMED.search(name.text))
        return BODY if armed else OTHER
    if name.kind == "place" and name.text in capitals():
        return CAPITAL
    return PERSON if name.kind == "person" else "place" if name.kind == "place" else OTHER


def by_text(layer: Layer) -> tuple[list[Name], list[int]]:
    """The names of a field in order and where they begin."""
    names = sorted(layer.names, key=lambda name: (name.span.start, -name.span.end))
    names = [name for name in names if name.basis == "lexicon" or not name.text.islower()]
    return names, [name.span.start for name in names]
