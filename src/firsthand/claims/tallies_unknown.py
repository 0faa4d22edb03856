"""What a report says it does not know, and casualties reported without any number."""

from __future__ import annotations

import re
from functools import cache

from firsthand.model import Outcome, Span
from firsthand.resources import table, word_set

from .tallies_lexicon import tells_of_ignorance
from .tallies_reading import Reading, Trigger

_BARE = frozenset({"casualties", "deaths", "fatalities", "injuries", "losses"})
_REPORTED = word_set(
    "were cause causes caused causing inflict inflicted inflicting inflicts suffer suffered suffering "
    "sustained report reported reports leaving left resulted resulting result in heavy mounting mass "
    "serious human with claimed claiming many"
)
_WOUNDED = re.compile(r"wounded|injur", re.IGNORECASE)
_KILLED = re.compile(r"kill|dead|death|died|fatalit|(?<!an exact )(?<!a precise )(?<!casualty )toll", re.IGNORECASE)
_NAMED = re.compile(r"losses|missing|abducted|kidnapped|displaced", re.IGNORECASE)
_OUTCOMES: dict[str, Outcome] = {
    "losses": "casualties", "missing": "missing", "abducted": "abducted", "kidnapped": "abducted", "displaced": "displaced",
}  # fmt: skip
_DETAINED = re.compile(r"arrest|detain", re.IGNORECASE)


@cache
def _patterns() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in table("claims/unknown.tsv")), re.IGNORECASE)


def unknown_counts(reading: Reading, before: Outcome | None) -> list[tuple[Span, Outcome]]:
    """Stretches that say that a count is not known, each with its outcome; ``before`` is that of a tally just before."""
    if not tells_of_ignorance(frozenset(reading.low)):
        return []
    start, end = reading.sentence.span
    out: list[tuple[Span, Outcome]] = []
    for match in _patterns().finditer(reading.text, start, end):
        words = match.group()
        outcome: Outcome
        if "casualt" in words.lower():
            outcome = "casualties"
        elif _KILLED.search(words):
            outcome = "killed"
        elif _WOUNDED.search(words):
            outcome = "wounded"
        elif _DETAINED.search(words):
            outcome = "detained"
        elif (named := _NAMED.search(words)) is not None:
            outcome = _OUTCOMES[named.group().lower()]
        elif before is None:
            continue  # "did not give a number": of what, nobody has said
        else:
            outcome = before
        out.append((Span(match.start(), match.end()), outcome))
    return out


def _first_word(reading: Reading, index: int) -> int:
    """Start of what says how many: "heavy", "mounting", "a sharp rise in"."""
    low = reading.low
    while index > 0:
        before = reading.tokens[index - 1]
        rising = low[index - 1] in {"mounting", "rising", "growing"}
        if low[index - 1] == "in" and index > 1 and low[index - 2] in {"rise", "increase", "surge"}:
            index -= 2
        elif rising or (before.pos in {"ADJ", "NOUN", "DET"} and low[index - 1] not in {"reports", "the"}):
            index -= 1
        else:
            break
    return index


def bare_casualties(reading: Reading, triggers: list[Trigger], masked: list[Span]) -> list[tuple[Span, Outcome]]:
    """ "heavy casualties", "there were deaths": people harmed, without a number."""
    out: list[tuple[Span, Outcome]] = []
    for trigger in triggers:
        if trigger.word.kind not in ("counted", "toll") or reading.low[trigger.first] not in _BARE | {"toll"}:
            continue
        left = reading.low[max(0, trigger.first - 4) : trigger.first]
        of = reading.low[trigger.last + 1 : trigger.last + 2] == ("of",)
        if of and any(trigger.last < m.first <= trigger.last + 3 for m in reading.mentions):
            continue  # "the deaths of dozens of herders" counts the herders
        if "capable" in reading.low[max(0, trigger.first - 6) : trigger.first]:
            continue
        if not any(word in _REPORTED for word in left) or any(
            word in {"no", "any", "without", "to", "avoid", "not"} for word in left
        ):
            continue
        if reading.low[trigger.first] == "injuries" and "with" in left:
            continue  # "she was taken to a clinic with severe injuries"
        if reading.low[trigger.first] == "toll" and "heavy" not in left:
            continue
        if reading.low[trigger.first] == "losses" and "heavy" not in left:
            continue
        first = _first_word(reading, trigger.first)
        span = reading.span(first, trigger.last)
        if not any(span.overlaps(other) for other in masked) and not any(
            m.first <= trigger.first <= m.last for m in reading.mentions
        ):
            out.append((span, "killed" if reading.low[trigger.first] == "toll" else trigger.outcome))
    return out
