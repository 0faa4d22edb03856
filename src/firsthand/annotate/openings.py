"""Where the sentence begins behind a dateline that stayed on it: "Imphal, Aug 5: Three men …", "TULSA, Okla. - Two men …".

Cleaning takes off the datelines that tell it an agency or a day. What it leaves, a parser reads as the subject of the sentence, so
that the place is what was killed.
"""

from __future__ import annotations

import re

from firsthand.model import Sentence

from .gate import worth_parsing

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? (?:19|20)\d\d)?"
_REGION = r"(?:, ?[A-Z][\w’'.]*(?: [A-Z][\w’'.]*)?)?"
_AGENCY = r"(?: ?\([^()\n]{2,40}\))"
_DASH = r"(?:--+|[–—]| -(?= ))"
# Behind the place: a dash, with or without its state, a day and an agency; or, behind a day or an agency, a colon.
_BEHIND = rf"{_REGION}(?:(?:,? {_DAY}\.?)?{_AGENCY}? ?{_DASH}|,? {_DAY}{_AGENCY}? ?:|{_AGENCY} ?:) ?(?=[A-Z0-9“\"‘])"
_IN_CAPITALS = re.compile(rf"[A-Z][A-Z’'.\-]{{2,}}(?: [A-Z][A-Z’'.\-]+){{0,3}}(?:{_BEHIND}|{_AGENCY} (?=[A-Z]))")
# In small letters only at the head of a text: further down it is as often the label of a list.
_AT_HEAD = re.compile(rf"[A-Z][\w’'.\-]+(?: [A-Z][\w’'.\-]+){{0,2}}{_BEHIND}")


def behind_dateline(text: str, sentence: Sentence) -> int:
    """Offset in ``text`` at which ``sentence`` begins behind its dateline; its own start where it has none, or is a headline."""
    start, end = sentence.span
    if sentence.heading or (start and text[start - 1] != "\n"):
        return start
    found = _IN_CAPITALS.match(text, start, end) or (None if start else _AT_HEAD.match(text, start, end))
    if found is None or worth_parsing(found.group().rstrip(" :-–—")):
        return start  # "Killed – 12, wounded – 30" labels numbers
    return found.end()
