"""Events that reports tell of beside their main one: background, round-ups, the attack that this one answers.

Each background claim hangs on an event of its own. The claims of one report on one such event make a mention; mentions of one
event in several reports, and the reports whose main incident it is, belong together.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from firsthand.model import Claim, Document, Interval, Outcome, Place
from firsthand.model.incident import IncidentType

from .cues import cues
from .learned import Learned
from .placing import nearness
from .setting import Setting
from .terms import cosine, counted, vector, words

# Log-odds that a mention and an incident brought together by a block are one event, before anything is compared; and the
# parts that are then added. Set by hand on invented cases; the seeds and the round-ups of the demonstration must come out.
_PRIOR = -3.2
_SAME_DAYS, _SAME_WEEK, _SAME_MONTH, _OTHER_TIME = 2.6, 1.2, 0.4, -4.0
_OTHER_COUNTRY, _OTHER_PLACE, _OPEN_PLACE, _MOST_SAME_PLACE = -4.0, -1.5, -0.2, 2.5
_SAME_TOLL, _SAME_HIGH_TOLL, _OTHER_TOLL = 1.6, 2.4, -1.0
_HIGH_TOLL = 10
# Mentions of a larger block are not compared in it: it is that of a war's capital.
LARGEST_MENTION_BLOCK = 400
_WORDING, _STRANGERS = 1.4, 0.15


@dataclass(frozen=True)
class Mention:
    """One event as one report tells of it. ``main``: it is what the report is about."""

    report: str
    main: bool
    claims: tuple[str, ...]
    when: Interval | None
    places: Mapping[str, Place]
    terms: Mapping[str, int]
    tolls: frozenset[tuple[Outcome, int]]
    phrase: str = ""
    sentence: str = ""

    @property
    def kind(self) -> IncidentType:
        """The type of event that its phrase, else its sentence, speaks of."""
        for text in (self.phrase, self.sentence):
            kinds = [c.kind for c in cues(text, "event") if c.kind]
            if kinds:
                return cast(IncidentType, next((k for k in kinds if k != "attack"), kinds[0]))
        return "attack"

    @property
    def place(self) -> Place | None:
        """Its first, that is most telling, place."""
        return next(iter(self.places.values()), None)


def background_mentions(document: Document, claims: Iterable[Claim], settings: Mapping[str, Setting]) -> list[Mention]:
    """The mentions of one report, in text order, from the claims whose setting is another event's."""
    out: list[Mention] = []
    for claim in claims:
        setting = settings.get(claim.id)
        if setting is None or not setting.background or (claim.tally is not None and claim.tally.scope == "total"):
            continue
        text = setting.sentence.of(document.field_text(claim.field))
        mention = Mention(
            report=document.id,
            main=False,
            claims=(claim.id,),
            when=setting.when,
            places={setting.place.id: setting.place} if setting.place else {},
            terms=counted(words(text)),
            tolls=_tolls(claim),
            phrase=claim.event.text if claim.event else "",
            sentence=text,
        )
        joined = next((n for n, other in enumerate(out) if _one_event(mention, other)), None)
        if joined is None:
            out.append(mention)
        else:
            out[joined] = _joined(out[joined], mention)
    return out


def _tolls(claim: Claim) -> frozenset[tuple[Outcome, int]]:
    tally = claim.tally
    value = None if tally is None else tally.low if tally.low is not None else tally.high
    return frozenset() if tally is None or value is None else frozenset({(tally.outcome, value)})


def _one_event(a: Mention, b: Mention) -> bool:
    """Whether two background claims of one report hang on one event: nothing stated differs and something is shared."""
    if a.places and b.places and not a.places.keys() & b.places.keys():
        return False
    if a.when and b.when and not overlaps(a.when, b.when):
        return False
    return (
        bool(a.places.keys() & b.places.keys())
        or (a.when is not None and a.when == b.when)
        or (bool(a.phrase) and a.phrase == b.phrase)
        or a.terms == b.terms
    )


def _joined(a: Mention, b: Mention) -> Mention:
    terms = Counter(a.terms)
    if a.terms != b.terms:
        terms.update(b.terms)
    return replace(
        a,
        claims=a.claims + b.claims,
        when=narrowed([w for w in (a.when, b.when) if w is not None]),
        places={**a.places, **b.places},
        terms=terms,
        tolls=a.tolls | b.tolls,
        phrase=a.phrase or b.phrase,
        sentence=a.sentence if a.sentence == b.sentence else f"{a.sentence} {b.sentence}",
    )


def overlaps(a: Interval, b: Interval) -> bool:
    """Whether two intervals share a day; an open side reaches for ever."""
    return (a.start is None or b.end is None or a.start <= b.end) and (
        b.start is None or a.end is None or b.start <= a.end
    )


def narrowed(times: Sequence[Interval]) -> Interval | None:
    """The days on which all of ``times`` that overlap the first agree: "last weekend" and "Sunday" are the Sunday."""
    out: Interval | None = None
    for when in sorted(times, key=lambda w: (w.days is None, w.days or 0, str(w.start), str(w.end))):
        if out is None:
            out = when
        elif overlaps(out, when) and out.days is None:
            start = max((d for d in (out.start, when.start) if d is not None), default=None)
            end = min((d for d in (out.end, when.end) if d is not None), default=None)
            out = replace(out, start=start, end=end)
    return out


class MentionScores:
    """Compares mentions. Each is met by many others of its block: its vector of terms is made once."""

    def __init__(self, learned: Learned) -> None:
        self._learned = learned
        # By identity, which the mention kept beside its vector makes safe.
        self._vectors: dict[int, tuple[Mention, dict[str, float]]] = {}

    def of(self, a: Mention, b: Mention) -> float:
        """Log-odds that two mentions are of one event."""
        score = _PRIOR + _time(a.when, b.when) + _place(a, b, self._learned.place_share) + _toll(a, b)
        likeness = cosine(self._vector(a), self._vector(b))
        return score + _WORDING * (math.log(likeness + 0.05) - math.log(_STRANGERS + 0.05))

    def _vector(self, mention: Mention) -> dict[str, float]:
        known = self._vectors.get(id(mention))
        if known is None:
            known = self._vectors[id(mention)] = (mention, vector(mention.terms, self._learned.weights))
        return known[1]


def _time(a: Interval | None, b: Interval | None) -> float:
    if a is None or b is None or (a.start is None and a.end is None) or (b.start is None and b.end is None):
        return 0.0
    if not overlaps(a, b):
        return _OTHER_TIME
    longest = max(a.days or 366, b.days or 366)
    return _SAME_DAYS if longest <= 3 else _SAME_WEEK if longest <= 8 else _SAME_MONTH if longest <= 31 else 0.0


def _place(a: Mention, b: Mention, share: Mapping[str, float]) -> float:
    if not a.places or not b.places:
        return _OPEN_PLACE
    countries_a, countries_b = ({p.country for p in m.places.values() if p.country} for m in (a, b))
    if countries_a and countries_b and not countries_a & countries_b:
        return _OTHER_COUNTRY
    same = [p for p in a.places if p in b.places]
    if same:
        return min(_MOST_SAME_PLACE, max(-math.log(2 * share.get(p, 1.0)) for p in same))
    if any(p.precision >= 4 for m in (a, b) for p in m.places.values()):
        return 0.0
    near = max(nearness(p, q) for p in a.places.values() for q in b.places.values())
    return near if near else _OTHER_PLACE


def _toll(a: Mention, b: Mention) -> float:
    if same := a.tolls & b.tolls:
        return _SAME_HIGH_TOLL if max(n for _, n in same) >= _HIGH_TOLL else _SAME_TOLL
    outcomes = {o for o, _ in a.tolls} & {o for o, _ in b.tolls}
    return _OTHER_TOLL if outcomes else 0.0


def mention_blocks(mentions: Sequence[Mention]) -> dict[tuple[str, str], list[int]]:
    """Indices of the mentions that share a place, some days, a month with one toll, or their very words: what to compare."""
    blocks: dict[tuple[str, str], list[int]] = {}
    for index, mention in enumerate(mentions):
        for key in mention_keys(mention):
            blocks.setdefault(key, []).append(index)
    return blocks


def mention_keys(mention: Mention) -> list[tuple[str, str]]:
    """The blocks that one mention belongs to."""
    keys = [("place", p) for p in mention.places]
    start, days = (mention.when.start, mention.when.days) if mention.when is not None else (None, None)
    if start is not None and days is not None and days <= 8:
        keys += [("week", str((start.toordinal() + shift) // 8)) for shift in (0, 4)]
    if start is not None and days is not None and days <= 31:
        keys += [("month", f"{start:%Y-%m} {outcome} {count}") for outcome, count in sorted(mention.tolls)]
    if not mention.main:
        keys.append(("words", " ".join(sorted(mention.terms))))
    return keys
