"""Speakers of one incident that differ in the words for them only: under one head in the brief.

"Ruritanian officials" and "Ruritanian Officials" are one, and so are "Foreign Ministry", "Ruritania's foreign ministry" and its
spokesman where the incident lies in Ruritania and no other country's foreign ministry speaks of it. Bodies of other names are
never put together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from firsthand.model import Claim, Figure
from firsthand.resources import table

# Bodies of which a state has one.
_OF_STATE = re.compile(
    r"\b(?:ministry|government|army|military|parliament|presidency|cabinet|state media|state television|air force)\b"
)
_SPOKESMAN = re.compile(r"^(?:spokes(?:man|woman|person) (?:for|of) (?:the )?)|(?: spokes(?:man|woman|person))$")
_MARKS = re.compile(r"['’]s\b|^(?:the|a|an) ")


def one_head(names: Iterable[str], country: str | None) -> Mapping[str, str]:
    """The name under which each of ``names`` is listed. ``country`` is that of the incident (ISO 3166-1 alpha-2).

    >>> found = one_head(["Foreign Ministry", "Norway’s foreign ministry", "Norwegian officials", "Norwegian Officials"], "NO")
    >>> sorted(set(found.values()))
    ['Norway’s foreign ministry', 'Norwegian officials']
    >>> sorted(set(one_head(["Foreign Ministry", "Norway’s foreign ministry", "Danish foreign ministry"], "NO").values()))
    ['Danish foreign ministry', 'Foreign Ministry', 'Norway’s foreign ministry']
    """
    ordered = sorted(set(names), key=lambda name: (sum(map(str.isupper, name)), len(name), name))
    read = {name: _read(name) for name in ordered}
    lands: dict[str, set[str]] = defaultdict(set)
    for land, body in read.values():
        if land:
            lands[body].add(land)
    heads: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, (land, body) in read.items():
        of_state = _OF_STATE.search(body) is not None
        if not land and of_state and lands[body] == {country}:
            land = country or ""
        heads[land, body].append(name)
    # The name that tells the country is the fuller one.
    best = {key: next((n for n in found if read[n][0] == key[0]), found[0]) for key, found in heads.items()}
    return {name: best[key] for key, found in heads.items() for name in found}


def voices_of(claims: Iterable[Claim], figures: Iterable[Figure], names: Mapping[str, str]) -> Mapping[str, str]:
    """The voice of each claim of a speaker whom the figures count as one voice; ``names`` has each claim's speaker, "" for a
    report's own voice, which is no speaker. What figures know of a claim holds for all that its speaker says."""
    counted = {
        claim: count.voice
        for figure in figures
        for count in figure.by_voice
        for claim in (*count.claims, *(earlier[0] for earlier in count.history))
    }
    heard: dict[str, set[str]] = defaultdict(set)
    spoken = [claim for claim in claims if names[claim.id]]
    for claim in spoken:
        if claim.id in counted:
            heard[names[claim.id]].add(counted[claim.id])
    one = {name: next(iter(found)) for name, found in heard.items() if len(found) == 1}
    return {claim.id: voice for claim in spoken if (voice := counted.get(claim.id) or one.get(names[claim.id]))}


def _read(name: str) -> tuple[str, str]:
    """The country that the words begin with, and what they call the body, in small letters."""
    words = " ".join(_MARKS.sub("", name.casefold()).split())
    body = _SPOKESMAN.sub("", words)
    words = body if _OF_STATE.search(body) else words
    first, _, rest = words.partition(" ")
    land = _lands().get(first, "")
    return (land, rest) if land and rest else ("", words)


@cache
def _lands() -> Mapping[str, str]:
    return {
        word.casefold(): row["code"]
        for row in table("places/countries.tsv")
        for word in (row["name"], *row["demonyms"].split("|"))
        if word and " " not in word
    }
