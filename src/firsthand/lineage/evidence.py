"""How much two texts look like one text and its copy: a few measures, one sum of log odds.

Each measure answers a doubt of its own. *Order*: the shorter text's words stand in the longer one, in order, in aligned
sentences. *Likeness*: the whole texts are about the same, both ways; a short notice inside a long round-up is not. *Anchors*: the
names and numbers of one are in the other; a second reporter brings others. *Phrases*: runs of five words. *Lead*: both
openings are told by the other text; where they are not, what is shared is background. *Sequence*: sentences have their
nearest counterparts in the same order, however reworded; two reporters of one event tell it each in an order of their own.
*Days*: copies follow within days; the next day's report of the same story is a new one.
*Figures*: a copy keeps the numbers in its sentences; a form that is filled in every day has others in the same words.
*Follow-up*: a paper that returns to its own story brings its own background with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, fsum, log, log1p, sqrt

from .align import Alignment, Side

#: Weights of the measures, rounded from a logistic regression over the pairs of the two development halves, each half counting the
#: same; fitted on one half of the stories of each, they find the others as well. The sets differ in kind (rewrites by machine;
#: agency copy beside rival reports) and neither alone sets them: rerun both before touching one. Of the pairs with log odds
#: −3 to −1.1, −1.1 to 0, 0 to 1.1, 1.1 to 2 and above 2, the share that are copies is .06, .23, .64, .92 and .99: the sum can be
#: read as what it says.
ORDER, LIKENESS, ANCHORS, PHRASES, LEAD, SEQUENCE, DAYS, BASE = 0.7, 1.5, 1.5, 0.7, 0.6, 3.0, 0.6, -2.1
#: Two reports of one site on different days. A paper that prints its text again prints all of it; one that follows its story up
#: repeats background paragraphs, which between two papers would be signs of a copy. Without this the former have log odds above 9
#: on the development halves, the latter below 3.
FOLLOW_UP = 3.0
#: Each number that stands where the other text has another one in the same words, beyond one for every ``KEPT`` that agree:
#: bulletins that a staff or an observatory issues every day agree in all else. Among copies of the development halves 12 of 1,686
#: such numbers are others, by a correction or a higher toll, so the origins there are the same with any weight up to 3; with
#: 1.5 bulletins of ``tests/lineage/test_bulletins.py`` come together.
FIGURES, KEPT = 3.0, 4
#: A share nearer to 0 or 1 than this is not known more exactly than this.
FLOOR = 0.02
#: Pairs nearer than this to even odds, .25 to .75, are named as uncertain.
UNCERTAIN = 1.1
#: A pair without a common run of five words is not aligned where even so good an order, lead and sequence would leave it below
#: these log odds. On the development halves this spares a fifth of the alignments and no copy.
HOPED_ORDER, HOPED_LEAD, HOPED_SEQUENCE, HOPELESS = 0.35, 0.5, 0.7, -0.5


@dataclass(frozen=True, slots=True)
class Measures:
    """All shares 0–1. ``order`` is of the shorter text, ``anchors`` of the text with fewer; ``lead`` of the worse covered
    opening; ``phrases`` counts runs of five words; ``sequence`` is −1 to 1; ``days`` between the dates, None where one
    is unknown; ``follow_up``: of one site, on different days; of the numbers in aligned sentences ``kept`` agree and ``exchanged``
    stand where the other text has another one."""

    order: float
    likeness: float
    anchors: float
    phrases: int
    lead: float
    sequence: float
    days: int | None
    follow_up: bool = False
    kept: int = 0
    exchanged: int = 0

    @property
    def log_odds(self) -> float:
        """Above 0: one text is the other's copy, or both are copies of a third."""
        return (
            BASE
            + ORDER * _logit(self.order)
            + LIKENESS * _logit(self.likeness)
            + ANCHORS * _logit(self.anchors)
            + PHRASES * log1p(self.phrases)
            + LEAD * _logit(self.lead)
            + SEQUENCE * self.sequence
            - DAYS * min(self.days or 0, 7)
            - FOLLOW_UP * self.follow_up
            - FIGURES * max(0.0, self.exchanged - self.kept / KEPT)
        )

    @property
    def confidence(self) -> float:
        """Probability 0–1 that belongs to ``log_odds``."""
        return confidence(self.log_odds)


def confidence(log_odds: float) -> float:
    """Probability 0–1 that belongs to ``log_odds``."""
    return 1 / (1 + exp(-log_odds))


def measure(alignment: Alignment, *, days: int | None, same_site: bool = False) -> Measures:
    """The measures of an aligned pair."""
    left, right = alignment.left, alignment.right
    kept, exchanged = alignment.figures
    return Measures(
        order=min(1.0, alignment.in_order / max(1, min(len(left.words), len(right.words)))),
        likeness=likeness(left, right),
        anchors=_anchors(left, right),
        phrases=len(left.runs & right.runs),
        lead=min(alignment.lead_share()),
        sequence=alignment.sequence,
        days=days,
        follow_up=same_site and bool(days),
        kept=kept,
        exchanged=exchanged,
    )


def hopeless(left: Side, right: Side) -> float | None:
    """Log odds of a pair that no alignment could bring near even odds, or None where it must be aligned to know.

    What is cheap to measure is measured, what is not is taken for better than independent reports ever have it.
    """
    if left.runs & right.runs:
        return None
    odds = Measures(
        HOPED_ORDER, likeness(left, right), _anchors(left, right), 0, HOPED_LEAD, HOPED_SEQUENCE, None
    ).log_odds
    return odds if odds < HOPELESS else None


def likeness(left: Side, right: Side) -> float:
    """Cosine 0–1 of the two texts' words, weighted by what they tell and, less than in proportion, by how often they stand."""
    if len(left.weight) > len(right.weight):
        left, right = right, left
    theirs = right.vector
    product = fsum(value * theirs[word] for word, value in left.vector.items() if word in theirs)
    norm = sqrt(left.squared * right.squared)
    return product / norm if norm else 0.0


def _anchors(left: Side, right: Side) -> float:
    """Share of the names and numbers of the text with fewer, drawn towards a half where there are few."""
    fewest = min(len(left.anchors), len(right.anchors))
    return (len(left.anchors & right.anchors) + 1) / (fewest + 2)


def _logit(share: float) -> float:
    share = min(1 - FLOOR, max(FLOOR, share))
    return log(share / (1 - share))
