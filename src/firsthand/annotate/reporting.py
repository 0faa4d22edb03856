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
# Verbs that newswire also sets before their source at the sentence's end, and present forms that look like nouns.
_INVERTED = word_set(
    "reported announced confirmed stated noted disclosed relayed reports announces confirms states writes informs claims"
)
_PRESENT = word_set("reports states")
# A source at the sentence's end, or behind the last comma, has fewer tokens than this.
_SOURCE = 7
# These open no source; and these stand in an adjunct, not in a source.
_NO_SOURCE = word_set("missing dead as that to it him her them and or but by in on at from with after before who which")
_SETTING = word_set("by in on at from with to as that after before during than")
# What goes on behind a closing verb: "stated in a report", "disclosed, citing medics".
_GOES_ON = frozenset({"citing", "quoting", "adding", "late", "early", "earlier"})
# A clause about people opens with these, and its verb stands within so many words; a relative clause has another subject.
_COUNTING = word_set(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty hundreds dozens scores "
    "several many some at more nearly about around over another a an the all both"
)
_FINITE = word_set("was were had has have is are died")
_RELATIVE = word_set("who which that whom whose where when while")
_CLAUSE = 12
# A surname that the parser takes for the verb, and one that it does not.
_SURNAME, _ANY_SURNAME = "Said", "Khan"
_OF_A_TEXT = frozenset({"a", "an", "its", "his", "her", "their"})


@cache
def reporting_words() -> frozenset[str]:
    return frozenset(row["word"] for row in table("annotate/reporting_verbs.tsv"))


@cache
def _told() -> frozenset[str]:
    """All words that may be read as "said"."""
    return reporting_words() | _INVERTED | _PRESENT


@cache
def _speakers() -> frozenset[str]:
    """Nouns that name somebody who speaks, not what is spoken of: "confirmed the governor", never "confirmed the report"."""
    spoken = {"document", "bystander", "closing"}
    rows = [row["words"].split() for row in table("claims/source_nouns.tsv") if row["kind"] not in spoken]
    others = {
        word for row in table("claims/source_nouns.tsv") if row["kind"] == "bystander" for word in row["words"].split()
    }
    return frozenset(word for words in rows for word in words) - others


def as_read(words: Sequence[str]) -> list[str]:
    """The tokens ``words`` of one sentence as the parser shall read them.

    >>> as_read("Four miners died the union stated on Tuesday .".split())[5]
    'said'
    >>> as_read("The order was relayed on Tuesday .".split())[3]
    'relayed'
    """
    if _SURNAME in words:
        words = [_ANY_SURNAME if _is_surname(words, index) else word for index, word in enumerate(words)]
    small = [word.lower() for word in words]
    if _told().isdisjoint(small):
        return list(words)
    return ["said" if _reports(small, index) else word for index, word in enumerate(words)]


def _is_surname(words: Sequence[str], index: int) -> bool:
    """Whether the word at ``index`` is the surname in "Omar Said, a miner": behind a name, where what follows is no headline."""
    if words[index] != _SURNAME or index == 0 or index + 1 == len(words):
        return False
    before, after = words[index - 1], next((word for word in words[index + 1 :] if word[:1].isalpha()), "")
    return before[:1].isupper() and not before.isupper() and before.lower() not in _speakers() and after.islower()


def _reports(words: Sequence[str], index: int) -> bool:
    word = words[index]
    if word in reporting_words() and (
        _closes(words, index) or _follows_quotation(words, index) or _opens_clause(words, index)
    ):
        return True
    return (word in _INVERTED and _ends_inverted(words, index)) or (word in _PRESENT and _ends_plainly(words, index))


def _closes(words: Sequence[str], index: int) -> bool:
    """Whether the verb at ``index`` stands behind its speaker and ends what is said of the speaking."""
    if index < _SHORTEST or words[index - 1] in _NO_SPEAKER or not words[index - 1][-1].isalnum():
        return False
    after = [*words[index + 1 : index + 3], "", ""]
    if after[0] in ("", *_STOPS) or after[0] in _DAYS or after[0] in _GOES_ON:
        return True
    return (after[0] == "on" and after[1] in _DAYS) or (after[0] == "in" and after[1] in _OF_A_TEXT)


def _opens_clause(words: Sequence[str], index: int) -> bool:
    """Whether a bare clause stands behind the verb at ``index`` and its speaker: "the navy tweeted two sailors were missing"."""
    if index == 0 or words[index - 1] not in _speakers() or index + 1 >= len(words):
        return False
    if not (words[index + 1] in _COUNTING or words[index + 1].isdigit()):
        return False
    for word in words[index + 2 : index + _CLAUSE]:
        if word in _FINITE:
            return True
        if word in _STOPS or word in _RELATIVE:
            return False
    return False


def _follows_quotation(words: Sequence[str], index: int) -> bool:
    """Whether the verb at ``index`` stands between a quotation and its speaker: "“…,” stated the union"."""
    after = words[index + 1] if index + 1 < len(words) else ""
    return index > 0 and words[index - 1] in _CLOSING_QUOTES and after[:1].isalpha()


def _ends_inverted(words: Sequence[str], index: int) -> bool:
    """Whether a comma stands before the verb at ``index`` and nothing but a source behind it: "…, reported state radio."."""
    behind = _without_stop(words[index + 1 :])
    if index <= _SHORTEST or words[index - 1] != "," or not 0 < len(behind) < _SOURCE:
        return False
    return behind[-1] in _speakers() and not any(word in _STOPS or word in _SETTING for word in behind)


def _ends_plainly(words: Sequence[str], index: int) -> bool:
    """Whether the verb at ``index`` ends the sentence, with nothing but its source since a comma: "…, state radio reports."."""
    comma = max((at for at, word in enumerate(words[:index]) if word == ","), default=index)
    source = words[comma + 1 : index]
    if _without_stop(words[index + 1 :]) or comma < _SHORTEST or not 0 < len(source) < _SOURCE:
        return False
    return source[0] not in _NO_SOURCE and source[-1] not in _NO_SPEAKER and not _SETTING & set(source)


def _without_stop(words: Sequence[str]) -> list[str]:
    """``words`` without the marks that end them."""
    out = list(words)
    while out and out[-1] in _STOPS:
        out.pop()
    return out
