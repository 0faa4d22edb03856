"""What an aligned pair is: verbatim, edited, paraphrased, reworded throughout, or only sharing a passage."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz.distance import LCSseq

from firsthand.model import Passage, SharedPassage, Span, record_id
from firsthand.model.lineage import Relation

from .align import Alignment, Link, Side
from .evidence import Measures
from .reading import NAME, NUMBER, SPEECH

#: Share of the words of aligned sentences that agree, in order. Real syndication loses a headline and a comma; a subeditor
#: changes one word in five; below that the sentences have been written again.
VERBATIM, EDITED = 0.93, 0.7
#: Signs of rewording throughout, all of them: the sentences stay in their order, one for one, and hardly one is left as it was. An
#: editor changes some sentences and leaves the others alone.
SPUN_SENTENCES, SPUN_ONE_TO_ONE, SPUN_COVERAGE, SPUN_UNTOUCHED = 4, 0.8, 0.6, 0.15
#: A passage shared by independent reports: runs of so many words, with so much weight in words that are not names or numbers.
#: "The Syrian Observatory for Human Rights" is in both because both name it, not because one was copied. Marks of quotation in
#: both say that it is somebody's wording, and so many words between them are a sentence, however plain; without marks set phrases
#: ("inflicting heavy losses upon") must be ruled out.
RUN_WORDS, QUOTED_WORDS, QUOTED_WEIGHT, UNQUOTED_WEIGHT = 4, 7, 9.0, 15.0
#: What is shared over more days than this is a set phrase or background, not one statement reported twice.
STATEMENT_DAYS = 30
#: What a direction rests on that rests on nothing.
COIN_TOSS = "coin toss"


@dataclass(frozen=True)
class Verdict:
    """An aligned pair and what was measured. ``left`` and ``right`` as in the alignment."""

    alignment: Alignment
    measures: Measures

    @cached_property
    def agreement(self) -> tuple[float, ...]:
        """For each link how much of the two sentences' weighted wording agrees, in order, 0–1."""
        return tuple(_agreement(self.alignment.left, self.alignment.right, link) for link in self.alignment.links)

    @cached_property
    def wording(self) -> float:
        """Share of the words of the aligned sentences that agree, in order."""
        left, right = self.alignment.left, self.alignment.right
        words = min(
            sum(len(left.sentence(i)) for i in {link.left for link in self.alignment.links}),
            sum(len(right.sentence(j)) for j in {link.right for link in self.alignment.links}),
        )
        return min(1.0, self.alignment.in_order / words) if words else 0.0

    @property
    def relation(self) -> Relation:
        if self.wording >= VERBATIM:
            return "verbatim"
        return "edited" if self.wording >= EDITED else "paraphrased"

    @cached_property
    def coverage(self) -> tuple[float, float]:
        """Share of the sentences of left and right that align."""
        links = self.alignment.links
        return (
            len({link.left for link in links}) / max(1, len(self.alignment.left.sets)),
            len({link.right for link in links}) / max(1, len(self.alignment.right.sets)),
        )

    @property
    def spun(self) -> bool:
        """Whether one text looks like the other reworded sentence for sentence: a machine's work, or that of somebody who hides a
        copy, for the two leave the same traces."""
        links = self.alignment.links
        sides = self.alignment.left, self.alignment.right
        known = self.alignment.known
        told = max(len(there) / max(1, len(side.sets)) for there, side in zip(known, sides, strict=True))
        if self.relation == "verbatim" or not links or min(map(len, known)) < SPUN_SENTENCES or told < SPUN_COVERAGE:
            return False
        lefts, rights = [link.left for link in links], [link.right for link in links]
        single = sum(lefts.count(link.left) == 1 and rights.count(link.right) == 1 for link in links if not link.moved)
        untouched = sum(agreement > 0.97 for agreement in self.agreement)
        return single / len(links) >= SPUN_ONE_TO_ONE and untouched / len(links) <= SPUN_UNTOUCHED

    @property
    def turned(self) -> Verdict:
        """The same with left and right exchanged."""
        return Verdict(self.alignment.turned, self.measures)

    @property
    def measured(self) -> str:
        """What was measured, in words."""
        order, phrases, other = round(100 * self.measures.order), self.measures.phrases, self.measures.exchanged
        figures = (
            f"; in the same words {other} of its numbers {'is' if other == 1 else 'are'} other ones" if other else ""
        )
        return (
            f"{len(self.alignment.links)} passages align; {order}% of the shorter text's words stand in the other in order, with "
            f"{phrases} common runs of five words and {round(100 * self.measures.anchors)}% of the names and numbers{figures}"
        )

    def why(self, basis: str) -> str:
        """What the verdict and its direction rest on, in one sentence."""
        way = f"which came first is a {basis}" if basis == COIN_TOSS else f"direction by {basis}"
        return f"{self.measured}; {way}."

    def passages(self) -> tuple[Passage, ...]:
        """The aligned stretches, left as source and right as derived."""
        left, right = self.alignment.left.reading, self.alignment.right.reading
        return tuple(
            Passage(left.span(link.left), right.span(link.right), round(agreement, 3))
            for link, agreement in zip(self.alignment.links, self.agreement, strict=True)
        )

    def shared_passage(self) -> SharedPassage | None:
        """The statements that two reports of different origin have in common, or None."""
        left, right = self.alignment.left, self.alignment.right
        passages: list[Passage] = []
        quoted = spoken = 0
        for link in self.alignment.links:
            kept, exchanged = self.alignment.figures_of(link)
            if exchanged > kept:
                continue  # The same words about another count are not the same statement.
            runs = common_runs(left, right, link, least=RUN_WORDS)
            words = sum(length for _, _, length in runs)
            in_left = sum(left.quoted[k] for start, _, length in runs for k in range(start, start + length))
            in_right = sum(right.quoted[k] for _, start, length in runs for k in range(start, start + length))
            in_quotes = 2 * min(in_left, in_right) > words
            weight = sum(_own_weight(left, start, length) for start, _, length in runs)
            sentence = in_quotes and max((length for _, _, length in runs), default=0) >= QUOTED_WORDS
            if not sentence and weight < (QUOTED_WEIGHT if in_quotes else UNQUOTED_WEIGHT):
                continue
            (first, first_right, _), (last, last_right, length) = runs[0], runs[-1]
            passages.append(
                Passage(
                    _chars(left, first, last + length),
                    _chars(right, first_right, last_right + length),
                    round(_agreement(left, right, link), 3),
                )
            )
            # An interview is printed as it was spoken, a release as it was sent: whoever quotes them puts in the marks.
            quoted += 2 * max(in_left, in_right) > words
            spoken += bool(SPEECH & set(left.sentence(link.left)) & set(right.sentence(link.right)))
        if not passages:
            return None
        kind: Literal["quotation", "statement", "background"]
        kind = "quotation" if quoted else "statement" if spoken else "background"
        if (self.measures.days or 0) > STATEMENT_DAYS:
            kind = "background"
        ids = (left.reading.id, right.reading.id)
        return SharedPassage(record_id("shp", *ids), ids, tuple(passages), kind, _why_shared(kind, len(passages), self))


_SHARED = {
    "quotation": "the same quoted words stand in both",
    "statement": "the same statement is reported in the same words",
    "background": "background is told in the same words",
}


def _why_shared(kind: str, passages: int, verdict: Verdict) -> str:
    count = "1 passage" if passages == 1 else f"{passages} passages"
    share = round(100 * verdict.measures.order)
    return f"{_SHARED[kind]} ({count}), but only {share}% of the shorter text runs along the other: not a copy."


def common_runs(left: Side, right: Side, link: Link, *, least: int) -> list[tuple[int, int, int]]:
    """Stretches of at least ``least`` equal words in a linked pair: word index in left, in right, and length."""
    a, b = left.bounds[link.left], right.bounds[link.right]
    blocks = LCSseq.opcodes(left.sentence(link.left), right.sentence(link.right))
    return [
        (a + block.src_start, b + block.dest_start, block.src_end - block.src_start)
        for block in blocks
        if block.tag == "equal" and block.src_end - block.src_start >= least
    ]


def _agreement(left: Side, right: Side, link: Link) -> float:
    mine, theirs = left.sentence(link.left), right.sentence(link.right)
    weight = left.weight
    equal = sum(
        weight[word]
        for block in LCSseq.opcodes(mine, theirs)
        if block.tag == "equal"
        for word in mine[block.src_start : block.src_end]
    )
    total = sum(weight[word] for word in mine) + sum(right.weight[word] for word in theirs)
    return min(1.0, 2 * equal / total) if total else 0.0


def _own_weight(side: Side, start: int, length: int) -> float:
    marks = side.reading.marks[start : start + length].tolist()
    return sum(
        side.weight[word]
        for word, mark in zip(side.words[start : start + length], marks, strict=True)
        if not mark & (NAME | NUMBER)
    )


def _chars(side: Side, first: int, last: int) -> Span:
    return Span(int(side.reading.starts[first]), int(side.reading.ends[last - 1]))
