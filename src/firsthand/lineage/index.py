"""A whole pile compared with itself, and the index that is kept of it."""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.model import Document, Lineage

from .candidates import Candidates, candidates
from .few import FEW_TEXTS, FewReports
from .learned import Learned, learn
from .pages import Head, Pages, name_pages, report_pages, run_pages, word_pages, write_head, write_learned
from .pile import Pile, spread
from .reading import Reading, read
from .weights import Weights


def trace(documents: Iterable[Document], *, workers: int = 1) -> Lineage:
    """Who copies whom among ``documents``: every one of them gets exactly one origin, whatever order they come in."""
    index = Index(documents, workers=workers)
    return index.lineage_of_few() if index.learned.frequencies.texts <= FEW_TEXTS else index.lineage()


class Index:
    """A pile of documents, in order of their ids.

    ``learned`` is what another pile taught (none: this one teaches itself). ``workers`` processes share the work where the
    platform can fork.
    """

    def __init__(self, documents: Iterable[Document] = (), *, workers: int = 1, learned: Learned | None = None) -> None:
        ordered = sorted(documents, key=lambda document: document.id)
        if learned is None:
            whole: list[Reading] = list(spread(_read, ordered, workers))
            learned, readings = learn(ordered, whole)
        else:
            readings = [learned.read(document) for document in ordered]
        self.learned = learned
        self.pile = Pile(ordered, readings, Weights(frequencies=learned.frequencies), workers=workers)
        self._found: Candidates | None = None

    def lineage(self) -> Lineage:
        """Everything that can be said about the reports in the index."""
        pile = self.pile
        shared = pile.score(self._candidates())
        return pile.describe(pile.groups(range(len(pile.documents))), shared)

    def lineage_of_few(self) -> Lineage:
        """The same for a small pile, with a second look (``few``) at who belongs together."""
        pile, everything, pairs = self.pile, range(len(self.pile.documents)), self._candidates()
        shared = pile.score(pairs)
        again = FewReports(pile, pile.groups(everything))
        again.score(pairs)
        for pair, odds in again.odds.items():
            if odds <= 0 < pile.odds[pair] and (passage := pile.judge(*pair).shared_passage()):
                shared[pair] = passage
        pile.odds.update(again.odds)
        return pile.describe(again.groups(everything), shared)

    def _candidates(self) -> list[tuple[int, int]]:
        pile = self.pile
        self._found = candidates(pile.readings, pile.weights, pile.days())
        return [(left, right) for left, right in self._found.pairs.tolist()]

    def pages(self) -> Pages:
        """The index as it is kept, for ``extend``; after ``lineage``."""
        if self._found is None:
            raise ValueError("the pages are those of a lineage that was traced")
        words, runs = word_pages(self._found.vectors), run_pages(self._found.runs)
        names = name_pages([document.id for document in self.pile.documents])
        return {
            **write_head(Head(len(self.pile.documents), len(words), len(runs), len(names))),
            **write_learned(self.learned),
            **words,
            **runs,
            **names,
            **report_pages(self.pile, self._found),
        }


def _read(document: Document) -> Reading:
    return read(document.id, document.text)
