"""The setting of a claim: whether its count adds up many incidents, tells of an earlier one, where and when it happened."""

from __future__ import annotations

import re

from firsthand.model import Span
from firsthand.model.claim import Scope

from .tallies_reading import Reading

#: Words that make a count one of a whole war, year or campaign. "since Wednesday" and "since dawn" do not.
_TOTAL = re.compile(
    r"\bsince\s+(?:the\s+|its\s+|an?\s+)?(?:(?:syrian|civil|armed|anti-government)\s+)*(?:(?:19|20)\d\d|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|war|conflict|uprising|revolt|revolution|start|beginning|outbreak|onset|invasion|rebellion|crisis|insurgency"
    r"|protests?|unrest|then|early|mid|late|last\s+(?:year|month|week))"
    r"|\b(?:war|conflict|uprising|revolt|rebellion|insurgency|infighting|violence|crackdown|civil\s+war)\b[^.;]{0,60}\b(?:has|have|had)\b[^.;]{0,30}"
    r"\b(?:killed|claimed|taken|left|displaced|cost|forced|wounded)"
    r"|\b(?:in|over|during|for)\s+the\s+(?:last|past)\s+(?:\w+\s+)?(?:weeks|months?|years?|decades?)\b"
    r"|(?<!attack\s)(?<!bombing\s)\b(?:so\s+far\s+this|this|last)\s+year\b|\b(?:this|last)\s+month\s+alone\b|\b(?:began|erupted|started|broke\s+out)\s+in\s+(?:\w+\s+)?(?:19|20)\d\d"
    r"|\bduring\s+the\s+(?:\w+\s+)?(?:war|conflict|uprising)\b|\byear-(?:old|long)\s+(?:\w+\s+)?(?:war|conflict|uprising|rebellion|revolt|insurgency)\b",
    re.IGNORECASE,
)
#: Words that place an event before the report's own.
_EARLIER = re.compile(
    r"\b(?:last|previous|earlier)\s+(?:year|month|week|december|january|february|march|april|may|june|july|august|september|october|november)\b"
    r"|\b(?:years?|months?|weeks?)\s+(?:ago|earlier|before)\b|\b(?:in\s+)?(?:a\s+)?(?:similar|previous|earlier)\s+(?:incident|attack|bombing|raid|strike|clash)"
    r"|\bin\s+(?:19|20)\d\d\b",
    re.IGNORECASE,
)


#: A relative clause tells of something else: "a poet who won a prize last year was killed".
_RELATIVE = re.compile(
    r",?\s(?:who|whose|where)\s[^,.;]*|\b(?:deadliest|worst|bloodiest|largest|biggest|latest|second|first)\b[^.;]*",
    re.IGNORECASE,
)
#: Characters on both sides of a clause that its time is looked for in; more reaches into the clauses of others.
_REACH = 90


def _around(reading: Reading, clause: Span) -> str:
    """The clause with what belongs to it on both sides, inside its sentence."""
    sentence = reading.sentence.span
    return reading.text[max(sentence.start, clause.start - _REACH) : min(sentence.end, clause.end + _REACH)]


def scope_of(reading: Reading, clause: Span) -> Scope:
    """ "total" where the count runs over many incidents: a war, a year, the time since an uprising began."""
    return "total" if _TOTAL.search(_RELATIVE.sub(" ", _around(reading, clause))) else "incident"


def is_background(reading: Reading, clause: Span) -> bool:
    """True where the clause tells of an event before the report's own."""
    return _EARLIER.search(_around(reading, clause)) is not None
