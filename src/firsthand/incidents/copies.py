"""What a later copy of a text tells, taken as its first copy tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from firsthand.model import Claim, Document

from .profile import Profile
from .setting import Setting

# A claim by where it stands: the field, its sentence, its first and last character there, and which of several equal ones it is.
_Spot: TypeAlias = "tuple[str, str, int, int, int]"


def same_words(text: str) -> str:
    """What two texts share that differ in nothing but spacing and capitals.

    >>> same_words("Two  killed\\nin Kandy.") == same_words("two killed in kandy.")
    True
    """
    return " ".join(text.casefold().split())


def counterparts(
    copy: Document,
    claims: Sequence[Claim],
    settings: Mapping[str, Setting],
    first: Document,
    first_claims: Sequence[Claim],
    first_settings: Mapping[str, Setting],
) -> dict[str, str]:
    """The first's claims by those of the copy that stand at the same words of the same sentence, among claims with a setting."""
    known = dict(_spots(first, first_claims, first_settings))
    return {claim: known[spot] for spot, claim in _spots(copy, claims, settings) if spot in known}


def _spots(document: Document, claims: Sequence[Claim], settings: Mapping[str, Setting]) -> Iterator[tuple[_Spot, str]]:
    met: Counter[tuple[str, str, int, int]] = Counter()
    for claim in claims:
        if claim.id in settings:
            sentence = settings[claim.id].sentence
            text = sentence.of(document.field_text(claim.field))
            spot = (claim.field, text, claim.span.start - sentence.start, claim.span.end - sentence.start)
            met[spot] += 1
            yield (*spot, met[spot]), claim.id


def with_settings_of(copy: Profile, first: Profile, found: Mapping[str, str]) -> Profile:
    """The profile of a copy whose claims are set where and when their counterparts ``found`` in the first are."""
    settings = {
        claim: replace(first.settings[found[claim]], sentence=own.sentence) if claim in found else own
        for claim, own in copy.settings.items()
    }
    return replace(copy, settings=settings)
