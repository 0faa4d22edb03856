"""Sentence alignment of two texts: a weighted chain in order, with splits and merges, then the blocks that were moved.

The chain is the heaviest sequence of sentence pairs that rises in both texts, after the monotone alignment of Barzilay and
Elhadad, "Sentence alignment for monolingual comparable corpora" (EMNLP 2003); what is left over is matched greedily, so that a
transposed paragraph, which a chain must lose, is found again. Words weigh what they tell (``weights``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import fsum, log

import numpy as np
from rapidfuzz.distance import LCSseq

from .reading import NAME, NUMBER, QUOTED, Reading, run_keys
from .weights import Weights

#: A sentence pair must share this much weight, in nats: two unlisted words, or one and a few common ones.
LEAST_SHARED = 4.0
#: ... and this share of the lighter sentence's weight: less is chance between two reports of one event.
LEAST_CONTAINED = 0.3
#: A split, a merge or a moved block has no neighbours to vouch for it and must show more.
LEAST_ALONE = 0.5
#: ... and one between the same neighbours in both texts need only share one word that is not in every other report, where no more
#: than so many stand between.
LEAST_IN_PLACE, MOST_IN_PLACE = 1.2, 6
#: Two sentences are one form filled in twice where this share of the longer one's words, numbers aside, stands in both in order.
SAME_FORM = 0.75
#: A sentence's nearest counterpart counts for the sequence from this share of the lighter sentence's weight on; so many pairs of
#: sentences are needed before the sequence says half of what it could.
LEAST_NEAREST, FEW_PAIRS = 0.12, 4
#: Words below this weight are in more than half of all reports and align nothing.
LEAST_TELLING = 0.6
#: Words below this weight are in nearly a third of all reports; they carry no order worth counting.
CONTENT_WEIGHT = 1.2
#: Words of the lead: the first sentences until this many are reached.
LEAD_WORDS = 100


@dataclass(frozen=True, slots=True)
class Link:
    """Sentence ``left`` of one text beside sentence ``right`` of the other. ``shared`` is in nats, ``contained`` 0–1 of the
    lighter sentence; ``moved``: outside the chain."""

    left: int
    right: int
    shared: float
    contained: float
    moved: bool = False


class Side:
    """One text made ready for alignment."""

    def __init__(self, reading: Reading, weights: Weights) -> None:
        self.reading = reading
        self.words: list[int] = reading.words.tolist()
        self.bounds: list[int] = reading.bounds.tolist()
        of = weights.of
        self.weight = {word: of(word) for word in dict.fromkeys(self.words)}
        telling = {word: weight for word, weight in self.weight.items() if weight >= LEAST_TELLING}
        self.sets = [
            {word: telling[word] for word in self.words[start:end] if word in telling}
            for start, end in zip(self.bounds, self.bounds[1:], strict=False)
        ]
        self.weights = [sum(words.values()) for words in self.sets]
        self.total = sum(self.weights)

    def sentence(self, index: int) -> list[int]:
        """Folded words of one sentence."""
        return self.words[self.bounds[index] : self.bounds[index + 1]]

    @cached_property
    def postings(self) -> dict[int, list[int]]:
        """For each word the sentences that have it."""
        postings: dict[int, list[int]] = {}
        for index, words in enumerate(self.sets):
            for word in words:
                postings.setdefault(word, []).append(index)
        return postings

    @cached_property
    def vector(self) -> dict[int, float]:
        """Weight of each word times one plus the logarithm of its count, in order of first appearance."""
        return {word: self.weight[word] * (1 + log(count)) for word, count in Counter(self.words).items()}

    @cached_property
    def squared(self) -> float:
        """Squared length of ``vector``."""
        return fsum(value * value for value in self.vector.values())

    @cached_property
    def anchors(self) -> frozenset[int]:
        """Names and numbers that tell something."""
        marks = self.reading.marks.tolist()
        return frozenset(
            word
            for word, mark in zip(self.words, marks, strict=True)
            if mark & (NAME | NUMBER) and self.weight[word] > CONTENT_WEIGHT
        )

    @cached_property
    def runs(self) -> frozenset[int]:
        """Keys of the runs of five words."""
        return frozenset(run_keys(self.reading.words).tolist())

    @cached_property
    def figures(self) -> dict[int, Counter[int]]:
        """The numbers of each sentence that has any."""
        numbers = np.flatnonzero(self.reading.marks & NUMBER)
        sentences = np.searchsorted(self.reading.bounds, numbers, side="right") - 1
        found: dict[int, Counter[int]] = {}
        for index, sentence in zip(numbers.tolist(), sentences.tolist(), strict=True):
            found.setdefault(sentence, Counter())[self.words[index]] += 1
        return found

    @cached_property
    def quoted(self) -> list[bool]:
        """For each word whether it stands in quotation marks."""
        return [bool(mark & QUOTED) for mark in self.reading.marks.tolist()]

    @cached_property
    def lead(self) -> int:
        """Number of sentences in the lead."""
        return next((i for i, bound in enumerate(self.bounds) if bound >= LEAD_WORDS), len(self.sets))


@dataclass(frozen=True)
class Alignment:
    """``links`` in order of the left text: the chain and what was moved.

    ``sequence``, −1 to 1, says whether sentences have their nearest counterparts in the same order in both texts: Kendall's tau,
    drawn towards 0 where there are few. ``known`` are the sentences of left and of right that stand in the other text at all, be
    it a second time or reworded beyond recognition between the same neighbours.
    """

    left: Side
    right: Side
    links: tuple[Link, ...]
    sequence: float = 0.0
    known: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())

    @cached_property
    def shared(self) -> tuple[dict[int, float], dict[int, float]]:
        """Weight of the words that each sentence has in common with its partners, each word counted once: left, right."""
        left_rest: dict[int, set[int]] = {}
        right_rest: dict[int, set[int]] = {}
        left: dict[int, float] = {}
        right: dict[int, float] = {}
        for link in self.links:
            words = self.left.sets[link.left]
            mine = left_rest.setdefault(link.left, set(words))
            theirs = right_rest.setdefault(link.right, set(self.right.sets[link.right]))
            common = mine & theirs
            mine -= common
            theirs -= common
            # Summed in order of weight: a float sum must not depend on the order of a set.
            weight = sum(sorted(words[word] for word in common))
            left[link.left] = left.get(link.left, 0.0) + weight
            right[link.right] = right.get(link.right, 0.0) + weight
        return left, right

    @cached_property
    def in_order(self) -> int:
        """Number of words that the aligned sentences have in common, in order."""
        chain = [link for link in self.links if not link.moved]
        left = [word for i in dict.fromkeys(link.left for link in chain) for word in self.left.sentence(i)]
        right = [word for j in dict.fromkeys(link.right for link in chain) for word in self.right.sentence(j)]
        count: int = LCSseq.similarity(left, right)
        for link in self.links:
            if link.moved:
                count += LCSseq.similarity(self.left.sentence(link.left), self.right.sentence(link.right))
        return count

    @cached_property
    def figures(self) -> tuple[int, int]:
        """How many numbers the aligned sentences have in common, and how many stand where the other text has another one in the
        same words."""
        kept = exchanged = 0
        for link in self.links:
            same, other = self.figures_of(link)
            kept, exchanged = kept + same, exchanged + other
        return kept, exchanged

    def figures_of(self, link: Link) -> tuple[int, int]:
        """The same for two aligned sentences."""
        mine, theirs = self.left.figures.get(link.left), self.right.figures.get(link.right)
        if mine is None or theirs is None:
            return 0, 0
        same = (mine & theirs).total()
        other = min(mine.total(), theirs.total()) - same
        return same, other if other and self._same_form(link) else 0

    def _same_form(self, link: Link) -> bool:
        """Whether two aligned sentences have the same words around their numbers."""
        numbers = self.left.figures[link.left].keys() | self.right.figures[link.right].keys()
        mine = [word for word in self.left.sentence(link.left) if word not in numbers]
        theirs = [word for word in self.right.sentence(link.right) if word not in numbers]
        common: int = LCSseq.similarity(mine, theirs)
        return common >= SAME_FORM * max(len(mine), len(theirs))

    @property
    def turned(self) -> Alignment:
        """The same with left and right exchanged."""
        links = [Link(link.right, link.left, link.shared, link.contained, link.moved) for link in self.links]
        links.sort(key=lambda link: (link.left, link.right))
        return Alignment(self.right, self.left, tuple(links), self.sequence, self.known[::-1])

    def lead_share(self) -> tuple[float, float]:
        """Share of each text's lead, by weight, that the other text has anywhere: left, right."""
        shares = []
        for side, shared in zip((self.left, self.right), self.shared, strict=True):
            total = sum(side.weights[: side.lead])
            shares.append(sum(shared.get(i, 0.0) for i in range(side.lead)) / total if total else 0.0)
        return shares[0], shares[1]


def align(left: Side, right: Side) -> Alignment:
    """Which sentences of ``left`` and ``right`` say the same in much the same words."""
    shared = _shared_weights(left, right)
    cells = _cells(left, right, shared)
    chain = _chain(cells)
    taken_left = {cells[k].left for k in chain}
    taken_right = {cells[k].right for k in chain}
    links = [cells[k] for k in chain]
    for cell in sorted(cells, key=lambda c: (-c.shared * c.contained, c.left, c.right)):
        if cell.contained >= LEAST_ALONE and cell.left not in taken_left and cell.right not in taken_right:
            links.append(Link(cell.left, cell.right, cell.shared, cell.contained, moved=True))
            taken_left.add(cell.left)
            taken_right.add(cell.right)
    links.sort(key=lambda link: (link.left, link.right))
    sure = [cell for cell in cells if cell.contained >= LEAST_ALONE]
    placed = list(_in_place([cells[k] for k in chain], left, right, shared))
    known = (
        frozenset((*taken_left, *(cell.left for cell in sure), *(i for i, _ in placed))),
        frozenset((*taken_right, *(cell.right for cell in sure), *(j for _, j in placed))),
    )
    return Alignment(left, right, tuple(links), _sequence(left, right, shared), known)


def _in_place(
    chain: list[Link], left: Side, right: Side, shared: dict[tuple[int, int], float]
) -> Iterator[tuple[int, int]]:
    """Sentences that stand between the same neighbours in both texts, as many in one as in the other: each is its counterpart in
    other words, where the two still share a word that tells something."""
    before = [(-1, -1), *((link.left, link.right) for link in chain)]
    after = [*((link.left, link.right) for link in chain), (len(left.sets), len(right.sets))]
    for (i, j), following in zip(before, after, strict=True):
        between = following[0] - i - 1
        if between == following[1] - j - 1 <= MOST_IN_PLACE:
            for k in range(1, between + 1):
                if shared.get((i + k, j + k), 0.0) >= LEAST_IN_PLACE:
                    yield i + k, j + k


def _shared_weights(left: Side, right: Side) -> dict[tuple[int, int], float]:
    """Weight of the words in common for every pair of sentences that has any."""
    shared: dict[tuple[int, int], float] = {}
    mine, theirs = left.postings, right.postings
    for word in mine.keys() & theirs.keys():
        weight = left.weight[word]
        for i in mine[word]:
            for j in theirs[word]:
                key = (i, j)
                shared[key] = shared.get(key, 0.0) + weight
    return shared


def _sequence(left: Side, right: Side, shared: dict[tuple[int, int], float]) -> float:
    """See ``Alignment.sequence``; the mean of the two directions."""
    forth: dict[int, tuple[float, int]] = {}
    back: dict[int, tuple[float, int]] = {}
    for (i, j), weight in shared.items():
        if weight >= LEAST_NEAREST * min(left.weights[i], right.weights[j]):
            forth[i] = max(forth.get(i, (0.0, 0)), (weight, -j))
            back[j] = max(back.get(j, (0.0, 0)), (weight, -i))
    total = 0.0
    for nearest in (forth, back):
        ranks = np.array([-nearest[key][1] for key in sorted(nearest)])
        rises = np.sign(np.triu(ranks[None, :] - ranks[:, None]))
        total += float(rises.sum()) / (np.count_nonzero(rises) + FEW_PAIRS)
    return total / 2


def _cells(left: Side, right: Side, shared: dict[tuple[int, int], float]) -> list[Link]:
    cells = []
    for (i, j), weight in shared.items():
        if weight >= LEAST_SHARED:
            contained = min(1.0, weight / min(left.weights[i], right.weights[j]))
            if contained >= LEAST_CONTAINED:
                cells.append(Link(i, j, weight, contained))
    cells.sort(key=lambda cell: (cell.left, cell.right))
    return cells


def _chain(cells: list[Link]) -> list[int]:
    """Indices of the heaviest chain. A step may stay on one sentence where the next one of the other text is its second half."""
    best: list[float] = []
    back: list[int] = []
    for k, cell in enumerate(cells):
        top, before = 0.0, -1
        for index in range(k):
            if best[index] > top and _follows(cells[index], cell):
                top, before = best[index], index
        best.append(top + cell.shared * cell.contained)
        back.append(before)
    chain: list[int] = []
    k = max(range(len(cells)), key=best.__getitem__, default=-1)
    while k >= 0:
        chain.append(k)
        k = back[k]
    return chain[::-1]


def _follows(before: Link, after: Link) -> bool:
    if before.left < after.left and before.right < after.right:
        return True
    neighbours = (before.left == after.left and before.right == after.right - 1) or (
        before.right == after.right and before.left == after.left - 1
    )
    return neighbours and before.contained >= LEAST_ALONE and after.contained >= LEAST_ALONE
