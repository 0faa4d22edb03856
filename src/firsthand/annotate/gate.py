"""Which sentences are worth a parse. The parser is the dearest step of a build; a sentence without a quantity, an outcome, a cue
of speech or a quotation mark gives no claim."""

from __future__ import annotations

import re
from functools import cache

from firsthand.resources import table


@cache
def _pattern() -> re.Pattern[str]:
    """One alternation over the gate's lexicon: whole words, and stems at the start of a word."""
    rows = table("annotate/gate.tsv")
    words = "|".join(re.escape(row["stem"]) for row in rows if row["kind"] == "word")
    stems = "|".join(re.escape(row["stem"]) for row in rows if row["kind"] != "word")
    return re.compile(rf"[\d\"“”„«»‘]|\b(?:(?:{words})\b|(?:{stems}))", re.IGNORECASE)


def worth_parsing(sentence: str) -> bool:
    """True where the sentence may hold a claim.

    >>> worth_parsing("The mayor said so."), worth_parsing("Rain fell over the valley.")
    (True, False)
    """
    return _pattern().search(sentence) is not None
