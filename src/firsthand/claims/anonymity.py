"""Why a source is not named: "on condition of anonymity because he was not allowed to speak to the press"."""

from __future__ import annotations

import re

from firsthand.model import Phrase, Span

# The wording is nearly fixed in English news; the reason runs on to the next comma or the end of the sentence.
_REASON = re.compile(
    r"\b(?:on\s+(?:the\s+)?condition\s+of\s+anonymity|on\s+condition\s+(?:that\s+)?(?:he|she|they)\s+not\s+be\s+(?:named|identified)"
    r"|(?:asked|asking|requested|requesting|insisted|insisting|wished|wishing|preferred|preferring|declined|refused)\s+"
    r"(?:for\s+anonymity|anonymity|not\s+to\s+be\s+(?:named|identified|quoted)|to\s+(?:be\s+(?:named|identified)|remain\s+anonymous|give\s+(?:his|her|their)\s+names?))"
    r"|anonymously|not\s+(?:authori[sz]ed|allowed|permitted)\s+to\s+(?:speak|brief|talk|comment|discuss)"
    r"|could\s+not\s+be\s+(?:named|identified))[^,.;”\"]*",
    re.IGNORECASE,
)


def anonymity_reason(text: str, sentence: Span) -> Phrase | None:
    """The words in ``sentence`` that say why its source has no name.

    >>> anonymity_reason("A guard, who asked not to be named for fear of reprisals, said so.", Span(0, 70)).text
    'asked not to be named for fear of reprisals'
    """
    found = _REASON.search(text, sentence.start, sentence.end)
    if found is None:
        return None
    words = found.group().rstrip()
    return Phrase(words, Span(found.start(), found.start() + len(words)))
