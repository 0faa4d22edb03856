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
    r"|condition|non-?life|life-threatening|injur(?:ed|y|ies)|wounded|wounds?\s+(?:to|in)|released|underwent|surgery|hospital"
    r"|paramedics|ambulance|medical\s+attention|(?:in|to)\s+(?:the|his|her|their|both)?\s*(?:\w+\s+)?(?:arms?|legs?|foot|feet|ankle|hand|shoulder"
    r"|thigh|buttocks?|knee|hip|calf))\b",
    re.IGNORECASE,
)
#: News tells of who was shot by accident whether he lives or not.
_BY_ACCIDENT = re.compile(r"\b(?:accident(?:al|ally)?|playing\s+with)\b", re.IGNORECASE)
_DIED = re.compile(
    r"\b(?:died|dead|deadly|fatal(?:ly)?|killed|murdered|slain|pronounced|homicide|coroner)\b", re.IGNORECASE
)
_BODIES = re.compile(
    r"\b(?:their\s+(?:bodies|corpses)|in\s+the\s+(?:head|neck|back\s+of\s+the\s+head)|firing\s+squad|in\s+reprisal|court[\s-]martial)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s")
_SAME_SENTENCE = 160  # characters from one count to the next, about a sentence
_WHY: dict[str, str] = {
    "casualties": " The report tells of dead and of survivors, so that it is open who died.",
    "wounded": " The report tells of survivors and of no death.",
    "killed": " The report tells of no survivor.",
}


def settle_shot(text: str, tallies: Sequence[FoundTally], persons: Sequence[NamedPerson]) -> None:
    """Gives the people shot or stabbed in a report the outcome that its whole ``text`` tells, in place."""
    shot = [tally for tally in tallies if tally.shot]
    named = [person for person in persons if person.shot]
    if not shot and not named:
        return
    told_dead = [
        t for t in tallies if t.outcome == "killed" and t.low != 0 and not t.background and t.scope == "incident"
    ]
    dead = max(
        [*(t.low or 1 for t in told_dead), *(1 for p in persons if p.outcome == "killed" and not p.background)],
        default=0,
    )
    survived = bool(_SURVIVED.search(text))
    by_accident = _BY_ACCIDENT.search(text) is not None and _DIED.search(text) is None
    for tally in shot:
        tally.outcome = _outcome(dead, survived or by_accident, tally.low or 1)
        if tally.outcome == "wounded" and not survived and _BODIES.search(tally.near):
            tally.outcome = "killed"
        if "prisoners" in tally.victims and not _SURVIVED.search(tally.near):
            tally.outcome = "killed"  # captives are shot to death
        if tally.outcome == "casualties" and (_beside_the_dead(tally, told_dead) or _lives(tally.near)):
            tally.outcome = "wounded"
        if tally.whole is not None and tally.whole.shot:
            tally.outcome = tally.whole.outcome
        tally.why += _WHY[tally.outcome]
    for person in named:
        person.outcome = _outcome(dead, survived, 1)


def _outcome(dead: int, survived: bool, count: int) -> Outcome:
    """What the report as a whole says of ``count`` people shot, where it tells of ``dead`` dead."""
    if dead:
        # As many were shot as died: the same people. More: undivided.
        return "killed" if count <= dead and not survived else "casualties"
    # Of one person shot, and nothing else of him, news tells because he died; of several shot, that they were hit.
    return "killed" if count == 1 and not survived else "wounded"


def _lives(near: str) -> bool:
    """The words around a count, or the rest of its own sentence, tell of survivors and of no death."""
    own = _SENTENCE_END.split(near, maxsplit=1)[0]
    return any(_SURVIVED.search(words) is not None and _DIED.search(words) is None for words in (near, own))


def _beside_the_dead(tally: FoundTally, told_dead: Sequence[FoundTally]) -> bool:
    """ "One dead and eleven others shot": told apart from the dead."""
    apart = tally.victims_text.lower().startswith("other") or tally.text.lower().startswith(
        ("another", "an additional")
    )
    return apart and any(0 <= tally.span.start - dead.span.end < _SAME_SENTENCE for dead in told_dead)
