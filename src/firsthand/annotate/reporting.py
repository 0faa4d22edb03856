"""Verbs of saying that the parser seldom met, handed to it as "said" where the words around them leave no doubt.

The model learnt from newswire, where nearly every statement that its source follows closes with "said". A rarer verb there
("… the union stated on Tuesday") it takes for a participle of the noun before it, and the source is lost. The tokens of the parse
keep the word of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from firsthand.resources import table, word_set

# A statement and whose it is take at least so many tokens in front of the verb.
_SHORTEST = 3
_CLOSING_QUOTES = frozenset({'"', "”", "''", "’’", "»"})
_STOPS = frozenset({".", ",", ";", ":", ")", *_CLOSING_QUOTES})
# Before the verb these make a passive, an infinitive or a second predicate of it, or leave it without a speaker.
_NO_SPEAKER = word_set(
    "be been being is are was were am has have had having get got gets to not never n't as and or but that which who if when "
    "the a an this these those his her its their our my your by of in on at for from with than"
)
_DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday today yesterday")
# What goes on behind a closing verb: "stated in a report", "disclosed, citing medics".
_GOES_ON = frozenset({"citing", "quoting", "adding", "late", "early", "earlier"})
_OF_A_TEXT = frozenset({"a", "an", "its", "his", "her", "their"})


@cache
def reporting_words() -> frozenset[str]:
    return frozenset(row["word"] for row in table("annotate/reporting_verbs.tsv"))


def as_read(words: Sequence[str]) -> list[str]:
    """The tokens ``words`` of one sentence as the parser shall read them.

    >>> as_read("Four miners died the union stated on Tuesday .".split())[5]
    'said'
    >>> as_read("The order was relayed on Tuesday .".split())[3]
    'relayed'
    """
    small = [word.lower() for word in words]
    return [
        "said"
        if word in reporting_words() and (_closes(small, index) or _follows_quotation(small, index))
        else words[index]
        for index, word in enumerate(small)
    ]


def _closes(words: Sequence[str], index: int) -> bool:
    """Whether the verb at ``index`` stands behind its speaker and ends what is said of the speaking."""
    if index < _SHORTEST or words[index - 1] in _NO_SPEAKER or not words[index - 1][-1].isalnum():
        return False
    after = [*words[index + 1 : index + 3], "", ""]
    if after[0] in ("", *_STOPS) or after[0] in _DAYS or after[0] in _GOES_ON:
        return True
    return (after[0] == "on" and after[1] in _DAYS) or (after[0] == "in" and after[1] in _OF_A_TEXT)


def _follows_quotation(words: Sequence[str], index: int) -> bool:
    """Whether the verb at ``index`` stands between a quotation and its speaker: "“…,” stated the union"."""
    after = words[index + 1] if index + 1 < len(words) else ""
    return index > 0 and words[index - 1] in _CLOSING_QUOTES and after[:1].isalpha()
