"""Names that two texts write differently."""

from __future__ import annotations

from rapidfuzz.distance import DamerauLevenshtein

from .reading import word_id
from .weights import UNLISTED_SHARE, expected_share

#: Names that differ in at most so many letters are one name in two spellings.
SPELLING = 2


def respelled(one: str, other: str) -> bool:
    """Whether two names, casefolded, are one in two spellings; "Pakistan" and "Pakistani", "Prof" and "Professor" are not, nor
    are two common words that have a capital in a title."""
    shorter = min(len(one), len(other))
    if shorter < 4 or one.startswith(other) or other.startswith(one):
        return False
    if any(expected_share(word_id(name)) > UNLISTED_SHARE for name in (one, other)):
        return False
    limit = 1 if shorter == 4 else SPELLING
    distance: int = DamerauLevenshtein.distance(one, other, score_cutoff=limit)
    return distance <= limit
