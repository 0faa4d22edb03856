"""The words other than names that mean the sides of an attack: states by adjective and capital, their arms, unnamed people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from firsthand.resources import table

_BACKED = re.compile(
    r"\S+-(?:backed|linked|allied|affiliated|aligned|supported|funded|trained|inspired)", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"['’]s$")
_WORDS = re.compile(r"[\w.'’-]+")


def without_names(phrase: str, names: Iterable[str]) -> tuple[str, list[str]]:
    """``phrase`` without the names in it, and these, longest first."""
    found = []
    for name in sorted((n for n in names if n in phrase), key=lambda n: (-len(n), n)):
        if _apart(name).search(phrase):
            found.append(name)
            phrase = _apart(name).sub(" ", phrase)
    return phrase, found


def is_unnamed(phrase: str) -> bool:
    """Whether ``phrase`` means armed people, or somebody's forces, by common words only.

    >>> [is_unnamed(phrase) for phrase in ("masked gunmen", "Hill League fighters", "Westland-backed militias", "the blast")]
    [True, False, True, False]
    """
    words = words_of(phrase)
    return of_unnamed(phrase) or (bool(words) and all(word.casefold() in arms() for word in words))


def of_unnamed(phrase: str) -> bool:
    """Whether common words for armed people head ``phrase``, with nothing but words of kind and origin before them."""
    words = words_of(phrase)
    if words and _BACKED.fullmatch(words[0]):
        return True
    if words and words[0].casefold() in led_by():
        return False
    known = [word.casefold() in _common() or "-" in word or word.casefold() in states() for word in words]
    return bool(words) and all(known) and words[-1].casefold() in _armed()


def words_of(phrase: str) -> list[str]:
    return [word for word in _WORDS.findall(phrase) if word.casefold() not in ("the", "a", "an")]


@lru_cache(maxsize=1 << 12)
def _apart(text: str) -> re.Pattern[str]:
    """``text`` as words of its own, not as a part of "Westland-backed"."""
    return re.compile(rf"(?<![\w-]){re.escape(text)}(?![\w-])")


def _classes(*names: str) -> frozenset[str]:
    rows = [row["words"] for row in table("claims/attacks.tsv") if row["class"] in names]
    return frozenset(part.casefold() for words in rows for entry in words.split("|") for part in entry.split())


@cache
def arms() -> frozenset[str]:
    return _classes("arm", "people") - _armed()


@cache
def _armed() -> frozenset[str]:
    return _classes("unnamed")


@cache
def _common() -> frozenset[str]:
    return _classes("unnamed", "people", "kin")


def is_common(word: str) -> bool:
    """Whether ``word`` is no part of a name but one of the words for people in arms."""
    return word.casefold() in _common() or word.casefold() in arms()


def bare(word: str) -> str:
    return _POSSESSIVE.sub("", word).casefold()


def is_state(word: str) -> bool:
    return word[:1].isupper() and bare(word) in states()


@cache
def states() -> Mapping[str, str]:
    """States by their names of one word, adjectives and capitals, in small letters."""
    rows = table("places/countries.tsv")
    found = {
        word.casefold(): row["name"]
        for row in rows
        for word in (row["name"], *row["demonyms"].split("|"), *row["aliases"].split("|"))
        if word and " " not in word
    }
    pairs = (pair for r in table("claims/attacks.tsv") if r["class"] == "capital" for pair in r["words"].split("|"))
    return found | {capital.casefold(): state for capital, state in (pair.split("=") for pair in pairs)}


@cache
def adjectives_of_states() -> frozenset[str]:
    return frozenset(word.casefold() for row in table("places/countries.tsv") for word in row["demonyms"].split("|"))


@cache
def led_by() -> Mapping[str, str]:
    """The coalitions of the knowledge file by who leads them: "westland-led"."""
    found: dict[str, set[str]] = {}
    for row in table("names/organisations.tsv"):
        for alias in (row["name"], *row["aliases"].split("|")):
            leader = alias.split(" ")[0].casefold()
            if leader.endswith("-led"):
                found.setdefault(leader, set()).add(row["name"])
    return {leader: next(iter(names)) for leader, names in found.items() if len(names) == 1}


@cache
def state_names() -> Mapping[str, str]:
    return {row["code"]: row["name"] for row in table("places/countries.tsv")}


@cache
def state_of(name: str) -> str:
    """The state that the organisation of this name is part of, by the knowledge file."""
    parents = {row["name"]: row["part_of"] for row in table("names/organisations.tsv") if row["kind"] == "organisation"}
    states = set(state_names().values())
    for _ in range(4):
        if name in states:
            return name
        name = parents.get(name, "")
    return ""
