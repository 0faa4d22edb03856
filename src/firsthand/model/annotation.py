"""What the language tools see in a document: sentences with a parse of our own, and marked spans.

No type of a parser library appears here, so claims and signals can be tested on parses written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

from .entity import Place
from .spans import Span
from .time import Interval

FieldName: TypeAlias = Literal["title", "text"]


class Token(NamedTuple):
    """One token. ``start``/``end`` are offsets in the field's text; ``head`` is an index in the same sentence.

    The root's head is itself. ``tag`` is the Penn Treebank tag, ``pos`` the universal one, ``dep`` the ClearNLP label.
    """

    text: str
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Sentence:
    """One sentence. ``tokens`` is empty where the gate found nothing in it that needs a parse.

    ``paragraph`` counts from 0. ``heading`` marks a line that is a headline or a subheading.
    """

    span: Span
    tokens: tuple[Token, ...] = ()
    paragraph: int = 0
    heading: bool = False

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indices of its dependents, in text order."""
        out: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if token.head != index:
                out[token.head].append(index)
        return tuple(tuple(c) for c in out)

    @cached_property
    def root(self) -> int:
        """Index of the first token that is its own head."""
        return next((i for i, token in enumerate(self.tokens) if token.head == i), 0)

    def subtree(self, index: int) -> list[int]:
        """Indices of the token and all below it, in text order."""
        out, stack = [], [index]
        while stack:
            top = stack.pop()
            out.append(top)
            stack.extend(self.children[top])
        return sorted(out)

    def ancestors(self, index: int) -> Iterator[int]:
        """Indices from the token's head up to the root."""
        while self.tokens[index].head != index:
            index = self.tokens[index].head
            yield index

    def span_of(self, indices: list[int]) -> Span:
        """From the first to the last of the tokens at ``indices`` (not empty)."""
        return Span(self.tokens[min(indices)].start, self.tokens[max(indices)].end)


NameKind: TypeAlias = Literal["person", "organisation", "state", "group", "nationality", "place", "other"]


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name. ``canonical`` is the lexicon's spelling, or the text itself. ``basis``: lexicon or parser."""

    span: Span
    text: str
    kind: NameKind
    canonical: str
    basis: Literal["lexicon", "parser", "shape"] = "parser"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count in the text, with bounds as the words set them; ``span`` covers the qualifier and the number.

    "16" 16,16 · "at least 44" 44,None · "more than 100" 101,None · "up to 30" None,30 · "between 3 and 5" 3,5 ·
    "about 50" 50,50 approx · "a"/"an" 1,1 with ``article`` · "no" 0,0 · "dozens" None,None vague.
    ``unit`` is set where it is not a count of things: percent, money, time, age, ordinal, year, distance, score.
    """

    span: Span
    text: str
    low: int | None
    high: int | None
    approx: bool = False
    vague: bool = False
    article: bool = False
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression. ``interval`` is None where it cannot be resolved (no publication date, unknown anchor).

    ``anchor`` says against what it was resolved: itself, the publication date, the estimated day of printing, or an event told
    before it. ``role`` says
    what the words beside it make it: the day of an event, of a statement ("police said Tuesday"), or of the page's own
    printing ("Updated: …").
    """

    span: Span
    text: str
    interval: Interval | None
    anchor: Literal["absolute", "publication", "estimate", "event"] = "publication"
    role: Literal["event", "said", "published"] = "event"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name. ``place`` is None where the gazetteer has no single answer.

    ``locative``: something is said to be or happen there ("in Homs"), not merely qualified by it ("Syrian state media").
    ``relation`` keeps words such as "near", "north of", "outside".
    """

    span: Span
    text: str
    place: Place | None
    locative: bool = True
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Text inside quotation marks. ``span`` includes the marks; ``inner`` does not. ``closed`` False: no closing mark,
    as when a quotation runs on into the next paragraph."""

    span: Span
    inner: Span
    closed: bool = True
    style: Literal["double", "single"] = "double"


@dataclass(frozen=True, slots=True)
class Layer:
    """The annotation of one field. All spans are in that field's text, each tuple in text order."""

    sentences: tuple[Sentence, ...] = ()
    names: tuple[Name, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotation:
    """All that annotate found in one document. ``document`` is its id.

    ``printed`` is the day on which a report without a date was printed, where captions, copyright line and weekdays of its own
    page agree on one; times of anchor "estimate" were resolved against it.
    """

    document: str
    text: Layer = field(default_factory=Layer)
    title: Layer = field(default_factory=Layer)
    printed: date | None = None

    def layer(self, name: FieldName) -> Layer:
        return self.title if name == "title" else self.text

    def without_parse(self) -> Annotation:
        """The same with the tokens left out: what the ledger keeps and what incidents reads."""
        return replace(self, text=_bare(self.text), title=_bare(self.title))


def _bare(layer: Layer) -> Layer:
    # Spelled out: ``replace`` takes several times as long, and every sentence of a pile comes by here.
    return replace(layer, sentences=tuple(Sentence(s.span, (), s.paragraph, s.heading) for s in layer.sentences))
