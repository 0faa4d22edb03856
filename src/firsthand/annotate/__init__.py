"""Document → Annotation: sentences, parse, names, quantities, times, places, quotations, all as spans.

Takes cleaned documents, gives one annotation each, in order. Never changes a text, never looks at another report. The only
room that imports spaCy, and only in ``parser``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, zip_longest

from firsthand.model import Annotation, Document, FieldName, Layer, Sentence, Settings

from .atlas import Atlas
from .casing import parser_text
from .gate import leads_to_quotation, worth_parsing
from .gazetteer import Gazetteer
from .names import find_names
from .parser import BATCH_REPORTS, Parser
from .places import find_places
from .printing import estimated_day
from .quantities import find_quantities
from .quotations import find_quotations
from .sentences import split_sentences
from .times import find_times

__all__ = ["Annotator"]


class Annotator:
    """Loads its model and lexicons once; :meth:`annotate` may be called many times.

    Raises :class:`~firsthand.errors.ModelUnavailable` where the parser model of ``settings`` cannot be loaded.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._parser = Parser(self._settings.parser)
        self._atlas = Atlas(Gazetteer(), self._settings.places_file)

    def annotate(self, documents: Iterable[Document]) -> Iterator[Annotation]:
        """One annotation a document, in order; works in batches, so memory does not grow with the pile."""
        source = iter(documents)
        while batch := list(islice(source, BATCH_REPORTS)):
            yield from self._annotate_batch(batch)

    def _annotate_batch(self, batch: Sequence[Document]) -> Iterator[Annotation]:
        printed = [
            estimated_day(document.text, document.date_clues, title=document.title or "")
            if document.published is None
            else None
            for document in batch
        ]
        drafts = [
            self._placed(document, {name: self._draft(document, name, day) for name in _FIELDS})
            for document, day in zip(batch, printed, strict=True)
        ]
        wanted = [
            [
                (sentence, parser_text(document.field_text(name), sentence, draft[name].names, document.text))
                for name in _FIELDS
                for sentence, following in zip_longest(draft[name].sentences, draft[name].sentences[1:])
                if name == "title"
                or worth_parsing(sentence.span.of(document.text))
                or leads_to_quotation(document.text, sentence, following)
            ]
            for document, draft in zip(batch, drafts, strict=True)
        ]
        for document, day, draft, given, parsed in zip(
            batch, printed, drafts, wanted, self._parser.parse(wanted), strict=True
        ):
            tokens = {id(before[0]): after for before, after in zip(given, parsed, strict=True)}
            layers = {name: _with_parse(draft[name], tokens) for name in _FIELDS}
            yield Annotation(document.id, text=layers["text"], title=layers["title"], printed=day)

    def _placed(self, document: Document, drafts: dict[FieldName, Layer]) -> dict[FieldName, Layer]:
        """The drafts with their places. Each field is read in the light of the other: a headline often leaves the country out,
        a text sometimes names it only there."""
        title, text, extra = document.title or "", document.text, self._settings.actors_file
        first = find_places(title, drafts["title"].names, gazetteer=self._atlas, extra=extra)
        places = find_places(text, drafts["text"].names, gazetteer=self._atlas, known=first, extra=extra)
        again = find_places(title, drafts["title"].names, gazetteer=self._atlas, known=places, extra=extra)
        return {"title": replace(drafts["title"], places=again), "text": replace(drafts["text"], places=places)}

    def _draft(self, document: Document, name: FieldName, printed: date | None) -> Layer:
        """Everything that needs no parse."""
        text = document.field_text(name)
        sentences = split_sentences(text)
        if name == "title":
            sentences = tuple(Sentence(s.span, paragraph=s.paragraph, heading=True) for s in sentences)
        return Layer(
            sentences=sentences,
            names=find_names(text, sentences=sentences, extra=self._settings.actors_file),
            quantities=find_quantities(text, sentences),
            times=find_times(text, published=document.published, date_clues=document.date_clues, printed=printed),
            quotations=find_quotations(text),
        )


_FIELDS: tuple[FieldName, ...] = ("title", "text")


def _with_parse(layer: Layer, tokens: dict[int, Sentence]) -> Layer:
    return Layer(
        sentences=tuple(tokens.get(id(sentence), sentence) for sentence in layer.sentences),
        names=layer.names,
        quantities=layer.quantities,
        times=layer.times,
        places=layer.places,
        quotations=layer.quotations,
    )
