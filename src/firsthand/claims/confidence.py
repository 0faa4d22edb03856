"""How sure the reading of a count is: a short logistic table of signals that can be seen in the text and in the reading.

``rated`` looks only at the claims of one report and at its own parse. The signals, what each takes off, and the words in which
it is told are data: ``resources/claims/confidence.tsv``. The sum is turned into a chance by the logistic function, as in
Platt's scaling (Platt 1999); ``benchmarks/confidence.py`` fits it and prints how often each chance came true.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from firsthand.model import Claim, FieldName, Layer, Sentence, Span, Tally, Token
from firsthand.resources import table, word_set

from .cues import cue_rules

# Log-odds of a count against which nothing speaks. From the fit in benchmarks/confidence.py, like the weights of the table;
# all were chosen together, so rerun it before touching one.
_CLEAR = 3.4

# From so many numbers in a sentence, and sources in a report, on they get mixed up; from so many words between a number and
# what befell its people on the parse is less to be trusted. Each is where the share of errors rises on the development halves.
_MANY_NUMBERS = 3
_MANY_SOURCES = 3
_FAR = 8

_INDIRECT = word_set("counted_noun event_of pronoun state_modifier bare_casualties")
_SAYING = word_set("say tell report")
_CITING = word_set("according citing quoting")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A counted claim with what its signals look at: its sentence, who speaks in the counts of that sentence (None: the outlet),
    how many sources speak in the field, how many plain numbers the sentence has, and whether one of them is the claim's own."""

    claim: Claim
    tally: Tally
    sentence: Sentence
    beside: frozenset[str | None]
    voices: int
    numbers: int
    written: bool


def rated(claims: Sequence[Claim], layers: Mapping[FieldName, Layer]) -> list[Claim]:
    """``claims`` of one report with their confidence and the doubt that weighs most; ``layers`` are its fields as annotated."""
    fields = {name: _Field(layer, [claim for claim in claims if claim.field == name]) for name, layer in layers.items()}
    out = []
    for claim in claims:
        seen = fields[claim.field].seen(claim)
        out.append(_rated(seen) if seen is not None else claim)
    return out


def signals(claim: Claim, claims: Sequence[Claim], layer: Layer) -> tuple[str, ...]:
    """The names of the signals that a counted claim has, among all ``claims`` of its report; for fitting the weights."""
    seen = _Field(layer, [other for other in claims if other.field == claim.field]).seen(claim)
    return _present(seen) if seen is not None else ()


def chance(names: Sequence[str]) -> float:
    """The chance that a reading with the signals ``names`` is right."""
    log_odds = _CLEAR - sum(_table()[name][0] for name in names)
    return 1 / (1 + math.exp(-log_odds))


@cache
def _table() -> dict[str, tuple[float, str]]:
    return {row["signal"]: (float(row["weight"]), row["doubt"]) for row in table("claims/confidence.tsv")}


def _rated(seen: _Seen) -> Claim:
    names = _present(seen)
    heaviest = max(names, key=lambda name: _table()[name][0], default=None)
    return replace(seen.claim, confidence=round(chance(names), 2), doubt=_table()[heaviest][1] if heaviest else "")


def _present(seen: _Seen) -> tuple[str, ...]:
    return tuple(name for name in _table() if _SIGNALS[name](seen))


class _Field:
    """One field's sentences, numbers and speakers, looked up by offset."""

    def __init__(self, layer: Layer, claims: Sequence[Claim]) -> None:
        self._sentences = layer.sentences
        self._starts = [sentence.span.start for sentence in layer.sentences]
        self._numbers = [quantity for quantity in layer.quantities if quantity.unit is None]
        self._number_starts = [quantity.span.start for quantity in self._numbers]
        self._speakers: dict[int, set[str | None]] = defaultdict(set)
        for claim in claims:
            if claim.tally is not None:
                self._speakers[self._at(claim)].add(_speaker(claim))
        self._voices = len({name for names in self._speakers.values() for name in names if name is not None})

    def seen(self, claim: Claim) -> _Seen | None:
        """None where it counts nobody, or no sentence holds it."""
        at, tally = self._at(claim), claim.tally
        if tally is None or at < 0:
            return None
        sentence = self._sentences[at]
        first = bisect_left(self._number_starts, sentence.span.start)
        here = self._numbers[first : bisect_left(self._number_starts, sentence.span.end)]
        return _Seen(
            claim,
            tally,
            sentence,
            frozenset(self._speakers[at]),
            self._voices,
            numbers=sum(not number.article for number in here),
            written=any(number.span.overlaps(tally.span) for number in here),
        )

    def _at(self, claim: Claim) -> int:
        """Index of the sentence in which the claim begins; -1 for none."""
        return bisect_right(self._starts, claim.span.start) - 1


def _speaker(claim: Claim) -> str | None:
    """Whom the claim is attributed to; None where the outlet speaks itself."""
    return claim.source.name if claim.source is not None and claim.source.kind != "narrator" else None


def _says(token: Token) -> bool:
    return (token.pos == "VERB" and token.lemma.casefold() in _saying_verbs()) or token.text.casefold() in _CITING


@cache
def _saying_verbs() -> frozenset[str]:
    return frozenset(lemma for lemma, rule in cue_rules("verb").items() if rule.name in _SAYING)


def _unheard(seen: _Seen) -> bool:
    # "The mayor did not say how many had died" is the outlet's own, and the word of saying is what it is about.
    return _speaker(seen.claim) is None and not seen.tally.unknown and any(map(_says, seen.sentence.tokens))


def _weak_cue(seen: _Seen) -> bool:
    cue = seen.claim.cue
    words = _inside(seen.sentence, cue.span) if cue is not None else ()
    return bool(words) and not any(map(_says, words))


def _far(seen: _Seen) -> bool:
    return len(_inside(seen.sentence, seen.claim.span)) >= _FAR


def _inside(sentence: Sentence, span: Span) -> list[Token]:
    return [token for token in sentence.tokens if span.start <= token.start and token.end <= span.end]


_SIGNALS: Mapping[str, Callable[[_Seen], bool]] = {
    "unheard": _unheard,
    "weak_cue": _weak_cue,
    "two_speakers": lambda seen: bool(seen.beside - {None, _speaker(seen.claim)}),
    "carried_class": lambda seen: seen.tally.victims != ("people",) and not seen.tally.victims_text,
    "no_number": lambda seen: not seen.written and not seen.tally.unknown and seen.claim.rule not in _INDIRECT,
    "crowded": lambda seen: seen.numbers >= _MANY_NUMBERS,
    "indirect": lambda seen: seen.claim.rule in _INDIRECT,
    "far": _far,
    "many_voices": lambda seen: seen.voices >= _MANY_SOURCES,
}
