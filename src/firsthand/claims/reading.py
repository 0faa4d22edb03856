"""One field of a report as the claims rules read it: text, parsed clauses, quotations, and statements in the making."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from firsthand.model import Certainty, Layer, Quotation, Span
from firsthand.resources import name_particles

from .grammar import Clauses
from .source_nouns import CALENDAR, noun_kinds
from .sources import titular

# Words that join the parts of a name: "Abd al-Rahman", "Ursula von der Leyen".
_JOINTS = name_particles() | {"-"}
_EDGE = " ,;:-–—\n\t"


@dataclass(slots=True)
class Draft:
    """An attribution in the making. ``cue`` and ``source`` are token indices in sentence ``at``; ``cue_span`` and
    ``source_span`` stand in for them where no token does; ``source_edges`` are the source phrase's first and last token where
    the parse does not give them; ``follows`` is the statement that this one adds to."""

    at: int
    cue: tuple[int, int] | None
    source: int | None
    content: list[Span]
    rule: str
    certainty: Certainty = "asserted"
    quotes: list[Span] = field(default_factory=list)
    cue_span: Span | None = None
    source_span: Span | None = None
    source_edges: tuple[int, int] | None = None
    follows: Draft | None = None


class Reading:
    """A field's text with its annotation, and the questions that rules ask of both."""

    def __init__(self, text: str, layer: Layer) -> None:
        self.text = text
        self.layer = layer
        self.sentences = layer.sentences
        self.clauses = {at: Clauses(s) for at, s in enumerate(layer.sentences) if s.tokens}
        self.quotations: tuple[Quotation, ...] = tuple(q for q in layer.quotations if q.style == "double")

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]

    @cached_property
    def _quotation_starts(self) -> list[int]:
        return [quotation.span.start for quotation in self.quotations]

    @cached_property
    def _full_names(self) -> dict[str, set[str]]:
        """By last word, the names of two words or more in the parsed text."""
        out: dict[str, set[str]] = {}
        for clauses in self.clauses.values():
            first = None
            for index, token in enumerate((*clauses.tokens, None)):
                if token is not None and token.tag == "NNP" and _name_word(token.text):
                    first = index if first is None else first
                    continue
                if token is not None and first is not None and token.text.casefold() in _JOINTS:
                    continue
                if first is not None:
                    last = index - 1
                    while clauses.tokens[last].tag != "NNP":
                        last -= 1
                    for inside in range(first, last):
                        if titular(clauses.tokens[inside].text):
                            first = inside + 1
                    if last > first:
                        name = clauses.span(first, last).of(self.text)
                        out.setdefault(clauses.tokens[last].text, set()).add(name)
                first = None
        return out

    def full_name(self, surname: str) -> str | None:
        """The one full form in which the text gives a surname or a body; None where it gives none or several."""
        if noun_kinds().get(surname.casefold()) == "organisation":
            return self._full_body(surname)
        if len(surname) > 1 and surname.isupper() and not self.text.isupper():
            return None  # "in Aden SABA said": an acronym is nobody's surname
        words = surname.replace("-", " ").split()
        forms = {form for form in self._full_names.get(words[-1], ()) if form != surname} if words else set()
        return forms.pop() if len(forms) == 1 else None

    def _full_body(self, word: str) -> str | None:
        """The full name of "the Observatory": capitals before it and "for …", "of …" behind it, where the text has one."""
        capital = r"[A-Z][\w’'-]*"
        pattern = rf"(?:{capital}[ ])*\b{re.escape(word)}\b(?:[ ](?:for|of)(?:[ ](?:the[ ])?{capital})+)?"
        found = re.finditer(pattern, self.text)
        running = [form for form in found if not self.sentences[self.sentence_at(form.start())].heading]
        forms = {" ".join(form.group().split()) for form in running} - {word}  # in a headline all have capitals
        longest = max(forms, key=lambda form: (len(form), form), default=None)
        if longest is None or any(not set(form.split()) <= set(longest.split()) for form in forms):
            return None
        return longest.removeprefix("The ")

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds ``offset``, or of the last one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def quotation_at(self, offset: int) -> Quotation | None:
        """The double quotation that covers ``offset``."""
        index = bisect_right(self._quotation_starts, offset) - 1
        if index < 0:
            return None
        quotation = self.quotations[index]
        return quotation if offset < quotation.span.end else None

    def trimmed(self, span: Span) -> Span | None:
        """``span`` without punctuation and white space at its edges; None where less than two characters are left."""
        start, end = span
        while start < end and self.text[start] in _EDGE:
            start += 1
        while end > start and self.text[end - 1] in _EDGE:
            end -= 1
        return Span(start, end) if end - start >= 2 else None


def _name_word(word: str) -> bool:
    return word[:1].isupper() and word.casefold() not in CALENDAR


def merged(spans: list[Span]) -> list[Span]:
    """``spans`` in order, with those that overlap or touch made one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out
