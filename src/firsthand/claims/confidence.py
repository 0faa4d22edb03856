"""How sure the reading of a count is: a short logistic table of signals that can be seen in the text and in the reading.

``rated`` looks only at the claims of one report and at its own parse. The signals, what each takes off, and the words in which
it is told are data: ``resources/claims/confidence.tsv``. The sum is turned into a chance by the logistic function, as in
Platt's scaling (Platt 1999); ``benchmarks/confidence.py`` fits it and prints how often each chance came true.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from firsthand.model import Claim, FieldName, Layer, Sentence, Tally, Token
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
    """A counted claim with what its signals look at: its sentence, the claims of the report that hold a count, and how many
    plain numbers its sentence has."""

    claim: Claim
    tally: Tally
    sentence: Sentence
    beside: Sequence[Claim]
    numbers: int
    written: bool


def rated(claims: Sequence[Claim], layers: Mapping[FieldName, Layer]) -> list[Claim]:
    """``claims`` of one report with their confidence and the doubt that weighs most; ``layers`` are its fields as annotated."""
    fields = {name: _Field(layer) for name, layer in layers.items()}
    counted = [claim for claim in claims if claim.tally is not None]
    out = []
    for claim in claims:
        seen = fields[claim.field].seen(claim, claim.tally, counted) if claim.tally is not None else None
        out.append(_rated(seen) if seen is not None else claim)
    return out


def signals(claim: Claim, claims: Sequence[Claim], layer: Layer) -> tuple[str, ...]:
    """The names of the signals that a counted claim has, among all ``claims`` of its report; for fitting the weights."""
    counted = [other for other in claims if other.tally is not None]
    seen = _Field(layer).seen(claim, claim.tally, counted) if claim.tally is not None else None
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
    """One field's sentences and numbers, looked up by offset."""

    def __init__(self, layer: Layer) -> None:
        self._sentences = layer.sentences
        self._starts = [sentence.span.start for sentence in layer.sentences]
        self._numbers = [quantity for quantity in layer.quantities if quantity.unit is None]
        self._number_starts = [quantity.span.start for quantity in self._numbers]

    def seen(self, claim: Claim, tally: Tally, counted: Sequence[Claim]) -> _Seen | None:
        """None where no sentence holds the claim."""
        at = bisect_right(self._starts, claim.span.start) - 1
        if at < 0:
            return None
        sentence = self._sentences[at]
        first = bisect_left(self._number_starts, sentence.span.start)
        last = bisect_left(self._number_starts, sentence.span.end)
        here = self._numbers[first:last]
        written = any(number.span.overlaps(tally.span) for number in here)
        return _Seen(claim, tally, sentence, counted, sum(not number.article for number in here), written)


def _speaker(claim: Claim) -> str | None:
    """Whom the claim is attributed to; None where the outlet speaks itself."""
    return claim.source.name if claim.source is not None and claim.source.kind != "narrator" else None


def _says(token: Token) -> bool:
    rule = cue_rules("verb").get(token.lemma.casefold()) if token.pos == "VERB" else None
    return (rule is not None and rule.name in _SAYING) or token.text.casefold() in _CITING


def _unheard(seen: _Seen) -> bool:
    return _speaker(seen.claim) is None and any(map(_says, seen.sentence.tokens))


def _weak_cue(seen: _Seen) -> bool:
    cue = seen.claim.cue
    words = [token for token in seen.sentence.tokens if cue is not None and cue.span.covers(token.span)]
    return bool(words) and not any(map(_says, words))


def _two_speakers(seen: _Seen) -> bool:
    names = {
        name
        for claim in seen.beside
        if claim.field == seen.claim.field
        and seen.sentence.span.covers(claim.span)
        and (name := _speaker(claim)) is not None
    }
    return len(names) > 1 or (bool(names) and _speaker(seen.claim) is None)


def _many_voices(seen: _Seen) -> bool:
    names = {_speaker(claim) for claim in seen.beside if claim.field == seen.claim.field} - {None}
    return len(names) >= _MANY_SOURCES


def _far(seen: _Seen) -> bool:
    return sum(seen.claim.span.covers(token.span) for token in seen.sentence.tokens) >= _FAR


_SIGNALS: Mapping[str, Callable[[_Seen], bool]] = {
    "unheard": _unheard,
    "weak_cue": _weak_cue,
    "two_speakers": _two_speakers,
    "carried_class": lambda seen: seen.tally.victims != ("people",) and not seen.tally.victims_text,
    "no_number": lambda seen: not seen.written and not seen.tally.unknown,
    "crowded": lambda seen: seen.numbers >= _MANY_NUMBERS,
    "indirect": lambda seen: seen.claim.rule in _INDIRECT,
    "far": _far,
    "many_voices": _many_voices,
}
