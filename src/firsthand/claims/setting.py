"""The setting of a claim: whether its count adds up many incidents, tells of an earlier one, where and when it happened."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import TypeVar

from firsthand.model import Interval, Layer, Phrase, PlaceMention, Span, TimeMention
from firsthand.model.claim import Scope
from firsthand.resources import table, word_set

from .tallies_reading import Reading, Trigger

_MACROS = {
    "{month}": "(?:january|february|march|april|may|june|july|august|september|october|november|december)",
    "{war}": "(?:war|conflict|uprising|revolt|revolution|rebellion|insurgency|infighting|violence|crackdown|crisis)",
}
#: What tells of something else than the count beside it: a relative clause ("a poet who won a prize last year was killed"),
#: a comparison ("the worst raid this year").
_OTHER_MATTER = re.compile(
    r",?\s(?:who|whose|where)\s[^,.;]*|\b(?:deadliest|worst|bloodiest|largest|biggest|latest|second|first)\b[^.;]*",
    re.IGNORECASE,
)
#: No match of ``_OTHER_MATTER`` without one of these.
_OTHER_SIGNS = ("who", "where", "deadliest", "worst", "bloodiest", "largest", "biggest", "latest", "second", "first")
#: What stands between two dashes.
_DASHED = re.compile(r"\s[–—-]{1,2}\s[^–—\n]{1,300}?\s[–—-]{1,2}\s")
#: Characters on both sides of a clause that belong to it; more reaches into the clauses of others.
_REACH = 90
#: Characters before a clause that "a day after gunmen" and the like can fill.
_AHEAD = 120


@cache
def _pattern(reading: str, reach: str) -> re.Pattern[str]:
    """The alternatives of ``resources/claims/scope.tsv`` for one reading and reach; matches nothing where there are none."""
    patterns = [
        row["pattern"] for row in table("claims/scope.tsv") if (row["reading"], row["reach"]) == (reading, reach)
    ]
    # Those that open with a word's border share one: elsewhere in a word none of them is tried.
    opening = [pattern.removeprefix(r"\b") for pattern in patterns if pattern.startswith(r"\b")]
    others = [pattern for pattern in patterns if not pattern.startswith(r"\b")]
    bordered = [rf"\b(?:{_either(opening)})"] if opening else []
    joined = _either([*bordered, *others]) or r"(?!)"
    for macro, words in _MACROS.items():
        joined = joined.replace(macro, words)
    return re.compile(joined, re.IGNORECASE)


def _either(patterns: Sequence[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _said(kind: str, reading: Reading, clause: Span) -> bool:
    sentence, text = reading.sentence.span, reading.text
    near = Span(max(sentence.start, clause.start - _REACH), min(sentence.end, clause.end + _REACH))
    own = Span(clause.start - near.start, clause.end - near.start)
    if _pattern(kind, "near").search(_own_matter(near.of(text), own)):
        told = list(near.of(text))
        for aside in _asides(reading, clause):
            for index in range(max(aside.start, near.start), min(aside.end, near.end)):
                told[index - near.start] = " "
        if _pattern(kind, "near").search(_own_matter("".join(told), own)):
            return True
    if _pattern(kind, "ahead").search(text[max(sentence.start, clause.start - _AHEAD) : clause.start]):
        return True
    return _pattern(kind, "wide").search(text, sentence.start, clause.end) is not None


def _own_matter(words: str, own: Span) -> str:
    """``words`` without what tells of something else; a relative clause that holds the count itself, at ``own``, tells of it."""
    lowered = words.lower()
    if not any(sign in lowered for sign in _OTHER_SIGNS):
        return words

    def kept(found: re.Match[str]) -> str:
        relative = found[0].lstrip(" ,").lower().startswith("wh")
        return found[0] if relative and Span(*found.span()).covers(own) else " "

    return _OTHER_MATTER.sub(kept, words)


def _asides(reading: Reading, clause: Span) -> list[Span]:
    """What only describes somebody or something named before the clause, no event: "the council, formed in 1998, said six were
    killed". Behind the count a description tells of the event as often as not."""
    sentence = reading.sentence
    described = [
        sentence.span_of(sentence.subtree(index))
        for index, token in enumerate(reading.tokens)
        if token.dep in ("relcl", "acl") and token.pos == "VERB" and reading.low[token.head] not in _EVENTS | _WARS
    ]
    dashed = [Span(*m.span()) for m in _DASHED.finditer(reading.text, sentence.span.start, sentence.span.end)]
    return [aside for aside in (*described, *dashed) if aside.end <= clause.start]


def scope_of(reading: Reading, clause: Span) -> Scope:
    """ "total" where the count runs over many incidents: a war, a year, the time since an uprising began."""
    return "total" if _said("total", reading, clause) else "incident"


def is_background(reading: Reading, clause: Span) -> bool:
    """True where the clause tells of an event before the report's own."""
    return _said("earlier", reading, clause)


def tells_earlier(text: str, sentence: Span, clause: Span) -> bool:
    """The same, or a sum over many incidents, from the words alone: for sentences without a parse."""
    near = Span(max(sentence.start, clause.start - _REACH), min(sentence.end, clause.end + _REACH)).of(text)
    until = text[sentence.start : clause.end]
    return any(
        _pattern(kind, "near").search(near) is not None or _pattern(kind, "wide").search(until) is not None
        for kind in ("earlier", "total")
    )


_EVENTS = word_set(
    "attack attacks strike strikes airstrike airstrikes raid raids bombing bombings blast blasts explosion explosions shelling "
    "ambush ambushes clash clashes shooting shootings fighting battle battles offensive assault assaults massacre bombardment "
    "bombardments rampage siege stampede crash fire flood quake earthquake protest protests crackdown gunfight crossfire bomb "
    "bombs rocket rockets mortar mortars gunfire mine operation operations incident incidents"
)
_WARS = word_set(
    "war wars conflict rising uprising revolt revolution rebellion insurgency infighting violence crisis unrest campaign"
)
_PHRASE_PARTS = frozenset({"det", "amod", "compound", "nummod", "poss", "case", "punct", "nmod", "quantmod", "advmod"})
_STOPS = frozenset({",", ";", ":", "."})
_Mention = TypeVar("_Mention", PlaceMention, TimeMention)


class Surroundings:
    """The places and event times of one field, to be asked for what stands nearest to a clause."""

    def __init__(self, layer: Layer) -> None:
        self._places = [m for m in layer.places if m.locative and m.place is not None]
        self._times = [m for m in layer.times if m.role == "event" and m.interval is not None]
        self._place_starts = [m.span.start for m in self._places]
        self._time_starts = [m.span.start for m in self._times]

    def place(self, clause: Span, window: Span) -> str | None:
        """Id of the place where the clause's event is said to be, inside ``window``."""
        mention = _nearest(self._places[_between(self._place_starts, window)], clause)
        return mention.place.id if mention is not None and mention.place is not None else None

    def when(self, reading: Reading, clause: Span, window: Span) -> Interval | None:
        """The stated time of the clause's event, inside ``window``; not one said in passing of something else."""
        inside = self._times[_between(self._time_starts, window)]
        if inside:
            asides = [*_asides(reading, clause), *_other_stories(reading, clause)]
            inside = [m for m in inside if not (_is_long(m) and any(aside.overlaps(m.span) for aside in asides))]
        mention = _nearest(inside, clause)
        return mention.interval if mention is not None else None


def _other_stories(reading: Reading, clause: Span) -> list[Span]:
    """Clauses that hang on a noun, tell of nothing befallen and do not hold the count: "a poet who won a prize last year was
    killed", "for aiding the search for girls taken last month"."""
    sentence = reading.sentence
    spans = [
        sentence.span_of(sentence.subtree(index))
        for index, token in enumerate(reading.tokens)
        if token.dep in ("relcl", "acl") and token.pos == "VERB" and reading.low[token.head] not in _EVENTS | _WARS
    ]
    return [span for span in spans if not span.covers(clause) and not span.covers(Span(clause.end - 1, clause.end))]


def _is_long(mention: TimeMention) -> bool:
    """Whether a time is that of an era rather than of an event: a month, a year, or one without end."""
    interval = mention.interval
    return interval is not None and (interval.granularity in ("month", "year") or interval.days is None)


def _between(starts: Sequence[int], window: Span) -> slice:
    return slice(bisect_left(starts, window.start), bisect_left(starts, window.end))


def _nearest(inside: Sequence[_Mention], clause: Span) -> _Mention | None:
    """The mention inside the clause or next behind it, else the last before it: news puts place and day behind the verb."""
    behind = next((m for m in inside if m.span.start >= clause.start), None)
    return behind or (inside[-1] if inside else None)


def event_of(reading: Reading, clause: Span, window: Span) -> Phrase | None:
    """The phrase nearest to the clause that names the event: "a drone strike"."""
    tokens = reading.tokens
    best: tuple[int, int] | None = None
    for index, word in enumerate(reading.low):
        if word not in _EVENTS or tokens[index].pos not in {"NOUN", "PROPN"} or not window.covers(tokens[index].span):
            continue
        distance = max(0, tokens[index].start - clause.end, clause.start - tokens[index].end)
        if best is None or distance < best[0]:
            best = distance, index
    return _phrase(reading, best[1]) if best is not None else None


def responsible_of(reading: Reading, trigger: Trigger | None, counted: Span) -> Phrase | None:
    """Who is said to have done it: the subject of "killed", or who follows its "by". An event is nobody, and those ``counted``
    are its victims ("46 others wounded")."""
    if trigger is None or trigger.word.kind != "transitive":
        return None
    tokens, children = reading.tokens, reading.sentence.children
    for verb in range(trigger.first, trigger.last + 1):
        for child in children[verb]:
            doer: int | None = None
            if tokens[child].dep == "agent":
                doer = next((c for c in children[child] if tokens[c].dep == "pobj"), None)
            elif tokens[child].dep == "nsubj" and trigger.voice in ("active", "participle") and child < verb:
                doer = child
            if doer is None or tokens[doer].pos == "PRON":
                continue
            if reading.low[doer] in _EVENTS:
                doer = _by(reading, doer)
            if doer is not None and tokens[doer].pos in {"NOUN", "PROPN"}:
                phrase = _phrase(reading, doer)
                if not phrase.span.overlaps(counted):
                    return phrase
        for child in children[verb]:
            if tokens[child].dep != "prep":
                continue
            event = next((c for c in children[child] if reading.low[c] in _EVENTS), None)
            doer = _by(reading, event) if event is not None else None
            if doer is not None:
                return _phrase(reading, doer)
    return None


def _by(reading: Reading, event: int) -> int | None:
    """ "An attack by raiders": the raiders."""
    tokens, children = reading.tokens, reading.sentence.children
    for child in children[event]:
        if reading.low[child] == "by":
            return next((c for c in children[child] if tokens[c].dep == "pobj"), None)
    return None


def _phrase(reading: Reading, head: int) -> Phrase:
    first = head
    while first > 0 and reading.tokens[first - 1].dep in _PHRASE_PARTS and reading.tokens[first - 1].text not in _STOPS:
        first -= 1
    span = reading.span(first, head)
    return Phrase(span.of(reading.text), span)


def told_earlier(when: Interval | None, main: Interval | None) -> bool:
    """True where a stated time lies before the day of the report's main event, a night apart at least."""
    if when is None or main is None or when.end is None or main.start is None or when.granularity == "none":
        return False
    return when.end < main.start - timedelta(days=1)
