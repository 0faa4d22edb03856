"""What "shot" and "stabbed" came to.

"Two men were shot" says neither that they died nor that they live. The rest of the report often does: a word of death, a
hospital, a condition. Where it tells both, of some people each, the count stays undivided.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from firsthand.model import Outcome

if TYPE_CHECKING:
    from .tallies import FoundTally, NamedPerson

_SURVIVED = re.compile(
    r"\b(?:surviv\w+|recover(?:ing|ed)?|treated|hospitali[sz]ed|in\s+(?:critical|serious|stable|fair|good|grave|guarded)\s+(?:but\s+\w+\s+)?condition"
    r"|condition|non-?life|life-threatening|injur(?:ed|y|ies)|wounded|wounds?\s+(?:to|in)|released|underwent|surgery|hospital)\b",
    re.IGNORECASE,
)
_DIED = re.compile(
    r"\b(?:die[sd]?|dead|death|deadly|fatal(?:ly)?|killed|killing|murder\w*|homicide|slain|slaying|body|bodies|funeral|mourn\w*|late|autopsy|coroner"
    r"|medical\s+examiner|assassinat\w+|execut\w+|martyr\w*|pronounced)\b",
    re.IGNORECASE,
)


def settle_shot(text: str, tallies: Sequence[FoundTally], persons: Sequence[NamedPerson]) -> None:
    """Gives the people shot or stabbed in a field the outcome that its ``text`` as a whole tells, in place."""
    shot = [tally for tally in tallies if tally.shot]
    named = [person for person in persons if person.shot]
    if not shot and not named:
        return
    killed = any(t.outcome == "killed" and t.low != 0 and not t.background for t in tallies)
    survived, died = bool(_SURVIVED.search(text)), killed or bool(_DIED.search(text))
    outcome: Outcome = "casualties" if survived and died else "wounded" if survived else "killed"
    for tally in shot:
        tally.outcome = outcome
        tally.why += _WHY[outcome]
    for person in named:
        person.outcome = outcome


_WHY: dict[str, str] = {
    "casualties": " The report tells of dead and of survivors, so that it is open who died.",
    "wounded": " The report tells of survivors and of no death.",
    "killed": " The report tells of no survivor.",
}
