"""The nouns that name a source, by kind, and the words of the calendar that never do."""

from __future__ import annotations

from functools import cache

from firsthand.model import SourceKind
from firsthand.resources import table

CALENDAR = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "january", "february",
     "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
)  # fmt: skip


@cache
def noun_kinds() -> dict[str, SourceKind]:
    """By lemma; the first row that lists a noun decides."""
    out: dict[str, SourceKind] = {}
    for row in table("claims/source_nouns.tsv"):
        if row["kind"] in ("closing", "bystander"):
            continue
        for word in row["words"].split():
            out.setdefault(word, row["kind"])  # type: ignore[arg-type]
    return out


@cache
def source_words() -> frozenset[str]:
    """Nouns that name a source, not merely a person, with their plurals."""
    words = {word for word, kind in noun_kinds().items() if word not in _words_of("bystander")}
    return frozenset(words | {_plural(word) for word in words})


def _plural(noun: str) -> str:
    """
    >>> _plural("witness"), _plural("agency"), _plural("survey")
    ('witnesses', 'agencies', 'surveys')
    """
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeo" else noun + "s"


@cache
def closing_source_words() -> frozenset[str]:
    """Words that close a headline as its source though a colon was lost: "… in blast monitor"."""
    return _words_of("closing")


def _words_of(kind: str) -> frozenset[str]:
    return frozenset(w for row in table("claims/source_nouns.tsv") if row["kind"] == kind for w in row["words"].split())
