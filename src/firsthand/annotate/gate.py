"""Which sentences are worth a parse. The parser is the dearest step of a build; a sentence without a quantity, an outcome, a cue
of speech or a quotation mark gives no claim."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from firsthand.resources import table

_WORD = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"[\d\"“”„«»‘]")


@cache
def _words_and_stems() -> tuple[frozenset[str], tuple[str, ...]]:
    rows = table("annotate/gate.tsv")
    words = frozenset(row["stem"] for row in rows if row["kind"] == "word")
    return words, tuple(row["stem"] for row in rows if row["kind"] != "word")


# A pile uses the same words over and over: each is looked up in the lexicon once.
@lru_cache(maxsize=1 << 15)
def _tells(word: str) -> bool:
    """Whether ``word`` (in small letters) is one of the gate's, or begins with one of its stems."""
    words, stems = _words_and_stems()
    return word in words or word.startswith(stems)


def worth_parsing(sentence: str) -> bool:
    """True where the sentence may hold a claim.

    >>> worth_parsing("The mayor said so."), worth_parsing("Rain fell over the valley.")
    (True, False)
    """
    return _MARK.search(sentence) is not None or any(map(_tells, _WORD.findall(sentence.lower())))
