"""Which sentences are worth a parse, the dearest step of a build.

A sentence without a word of outcome, a cue of speech, a word for an unknown count or a quotation mark gives no claim: the
claims room finds no tally without the first and no statement without the others.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from firsthand.model import Sentence
from firsthand.resources import table

_WORD = re.compile(r"[^\W\d_]+")
# Quotation marks, the dash with which a line names whose the words above it are, and the colon with which one leads in the words
# below it.
_MARK = re.compile(r"[\"“”„«»‘]|''|``|\A[―—–]\s*[A-Z]|:\s*\Z")
_OPENING = frozenset('"“„«')
# Who goes on to speak is told in fewer characters than this; longer sentences tell of other things, and a parse is dear.
_SHORT = 120
# Words by which a part is told of a count that an earlier sentence gave.
_PARTS = frozenset({"among", "include", "included", "includes", "including"})


@cache
def _cues() -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    """Stems, whole words, and words that count in small letters only."""
    rows = table("annotate/gate.tsv")
    stems, words, small = ([row["word"] for row in rows if row["how"] == how] for how in ("stem", "word", "small"))
    return tuple(stems), frozenset(words) | _PARTS, frozenset(small)


@cache
def _outcomes() -> dict[str, frozenset[str] | None]:
    """First word of an outcome in every form → None where it says enough, else words one of which must stand beside it
    ("took … lives")."""
    out: dict[str, frozenset[str] | None] = {}
    for row in table("claims/outcomes.tsv"):
        tails = [tail.split() for tail in row["tail"].split("|") if tail]
        beside = frozenset(
            word for tail in tails for word in (tail[1:] if tail[0] == "…" else [max(reversed(tail), key=len)])
        )
        for form in _forms(row["word"], row["forms"]):
            known = out.get(form, beside)
            out[form] = None if not tails or known is None else known | beside
    return out


def _forms(word: str, given: str) -> set[str]:
    """The forms of ``word``: those ``given``, else all that a regular verb may have, right or not."""
    if given:
        return {word, *given.split()}
    endings = ("s", "es", "d", "ed", "ing")
    stems = {word, word + word[-1], word[:-1], word[:-1] + "i"}
    return {word, *(stem + ending for stem in stems for ending in endings)}


# A pile uses the same words over and over: each is looked up in the lexicon once.
@lru_cache(maxsize=1 << 15)
def _tells(word: str) -> bool:
    """Whether ``word`` alone, as it is written, makes a sentence worth a parse."""
    stems, words, small = _cues()
    lowered = word.lower()
    return (
        lowered in words
        or word in small
        or lowered.startswith(stems)
        or (lowered in _outcomes() and _outcomes()[lowered] is None)
    )


def worth_parsing(sentence: str) -> bool:
    """True where the sentence may hold a claim.

    >>> worth_parsing("The mayor said so."), worth_parsing("Rain fell over the valley.")
    (True, False)
    """
    words = _WORD.findall(sentence)
    return any(map(_tells, words)) or _MARK.search(sentence) is not None or _tells_together(words)


def leads_to_quotation(text: str, sentence: Sentence, following: Sentence | None) -> bool:
    """True where a short sentence may tell who speaks in the quotation with which the next one opens: "The widow wept. “…”"."""
    return (
        following is not None
        and text[following.span.start] in _OPENING
        and following.paragraph == sentence.paragraph
        and sentence.span.end - sentence.span.start <= _SHORT
    )


def _tells_together(words: list[str]) -> bool:
    """Whether the words hold an outcome that is told by several of them."""
    found = {word.lower() for word in words}
    return any(not found.isdisjoint(_outcomes()[word] or ()) for word in found if word in _outcomes())
