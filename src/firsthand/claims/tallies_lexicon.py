"""The lexicons of the tallies, read once: words of outcome, nouns for people, nouns for other things, buildings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias, cast

from firsthand.model import Outcome, VictimClass
from firsthand.resources import table, word_set

Kind: TypeAlias = Literal["transitive", "intransitive", "state", "counted", "event", "toll"]


@dataclass(frozen=True, slots=True)
class OutcomeWord:
    """One line of ``resources/claims/outcomes.tsv``. ``tails``: word sequences, one of which must follow; () for none."""

    kind: Kind
    word: str
    outcome: Outcome
    tails: tuple[tuple[str, ...], ...]
    gap: bool


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for people as it stands in the text."""

    words: tuple[str, ...]
    classes: tuple[VictimClass, ...]
    plural: bool
    singular: bool


def inflected(verb: str) -> tuple[str, ...]:
    """All forms of a regular English verb.

    >>> inflected("kidnap"), inflected("raze")
    (('kidnap', 'kidnaps', 'kidnaped', 'kidnaping'), ('raze', 'razes', 'razed', 'razing'))
    """
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    doubled = ("elled", "elling") if verb.endswith("el") else ()
    return verb, third, verb + "ed", verb + "ing", *(verb[:-2] + d for d in doubled)


@cache
def outcome_words() -> dict[str, tuple[OutcomeWord, ...]]:
    """First word in lower case → what it may begin, longest tails first."""
    out: dict[str, list[OutcomeWord]] = {}
    for row in table("claims/outcomes.tsv"):
        kind = cast(Kind, row["kind"])
        verbal = kind in ("transitive", "intransitive") and not row["word"].endswith("ly")
        forms = row["forms"].split() or (inflected(row["word"]) if verbal else (row["word"],))
        tails = tuple(tuple(tail.split()) for tail in row["tail"].split("|") if tail)
        tails = tuple(sorted(tails, key=len, reverse=True))
        entry = OutcomeWord(kind, row["word"], cast(Outcome, row["outcome"]), tails, row["gap"] == "yes")
        for form in {row["word"], *forms} if verbal else forms:
            out.setdefault(form, []).append(entry)
    return {form: tuple(sorted(entries, key=lambda e: not e.tails)) for form, entries in out.items()}


@cache
def outcome_signs() -> frozenset[str]:
    """Words of which a sentence must hold one to tell of an outcome: what needs no tail, and the tails of the others."""
    signs = {
        "among",
        "include",
        "included",
        "includes",
        "including",
        "death",
        "figure",
        "raised",
        "revised",
        "updated",
        "risen",
        "rose",
    }
    for form, entries in outcome_words().items():
        for entry in entries:
            if not entry.tails:
                signs.add(form)
            for tail in entry.tails:
                signs |= set(tail[1:]) if tail[0] == "…" else {max(reversed(tail), key=len)}
    return frozenset(signs)


@cache
def person_starts() -> frozenset[str]:
    """First words of nouns for people, and what else a person without a noun is told by ("a 12-year-old", "others")."""
    return frozenset({*person_nouns(), "old", "others"})


@cache
def person_nouns() -> dict[str, tuple[Noun, ...]]:
    """First word in lower case → the nouns for people that begin with it, longest first."""
    out: dict[str, dict[tuple[str, ...], Noun]] = {}
    for row in table("claims/victims.tsv"):
        classes = tuple(cast(VictimClass, c) for c in row["classes"].split())
        for spelling in {row["noun"], row["plural"]}:
            words = tuple(re.findall(r"[^\s-]+|-", spelling))  # as the tokens are: "passer", "-", "by"
            plural, singular = spelling == row["plural"], spelling == row["noun"]
            out.setdefault(words[0], {})[words] = Noun(words, classes, plural, singular)
    return {first: tuple(sorted(nouns.values(), key=lambda n: -len(n.words))) for first, nouns in out.items()}


@cache
def other_nouns() -> frozenset[str]:
    """Singular and plural nouns of things and animals, never victims."""
    out: set[str] = set()
    for row in table("claims/nonpersons.tsv"):
        noun = row["noun"]
        out |= {noun, noun + "s", noun + "es", noun[:-1] + "ies" if noun.endswith("y") else noun}
    return frozenset(out)


@cache
def building_nouns() -> frozenset[str]:
    return frozenset(word for row in table("claims/buildings.tsv") for word in (row["noun"], row["plural"]))


#: No pattern of ``unknown.tsv`` matches without one word of each set.
_COUNTS = word_set(
    "number numbers figure figures toll tolls count counts estimate estimates breakdown assessment assessments details casualties "
    "casualty losses deaths fatalities injuries victims dead killed wounded injured many information word reports report news"
)
_IGNORANCE = word_set(
    "no not t nt n't didnt doesnt hasnt havent wasnt werent isnt couldnt unknown "
    "unclear unable unavailable unconfirmed unspecified undisclosed declined refused without"
)


def tells_of_ignorance(words: frozenset[str]) -> bool:
    """Whether a sentence of ``words`` can say that a count is not known."""
    return not (_COUNTS.isdisjoint(words) or _IGNORANCE.isdisjoint(words))
