"""Reports written by hand for the tests: an invented war in an invented country, with what annotate and claims would find."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest

from firsthand.model import (
    Annotation,
    Claim,
    Document,
    Interval,
    Layer,
    Name,
    OffsetMap,
    Phrase,
    Place,
    PlaceMention,
    ReportClaims,
    Sentence,
    Source,
    Span,
    Tally,
    TimeMention,
    Victim,
    record_id,
)
from firsthand.model.annotation import NameKind

PLACES = {
    "Darrun": Place("plc-darrun", "Darrun", "VL", "Upper Vell", 10.0, 20.0, precision=1, kind="city"),
    "Sennick": Place("plc-sennick", "Sennick", "VL", "Lower Vell", 12.0, 21.5, precision=1, kind="city"),
    "Old Sennick": Place("plc-old", "Old Sennick", "VL", "Lower Vell", 12.02, 21.5, precision=1, kind="village"),
    "Marrow Bay": Place("plc-marrow", "Marrow Bay", "OT", None, 40.0, 3.0, precision=1, kind="city"),
    "Ottia": Place("plc-ottia", "Ottia", "OT", None, 41.0, 4.0, precision=6, kind="country"),
}


@dataclass
class Told:
    """One report with its annotation and claims."""

    document: Document
    annotation: Annotation
    claims: ReportClaims
    victims: list[Victim] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.document.id


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _sentences(text: str) -> tuple[Sentence, ...]:
    out, start = [], 0
    for part in text.split(". "):
        out.append(Sentence(Span(start, start + len(part) + 1)))
        start += len(part) + 2
    return tuple(out)


def _interval(iso: str) -> Interval:
    if len(iso) == len("2031-05"):
        year, month = (int(part) for part in iso.split("-"))
        return Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")
    return Interval(date.fromisoformat(iso), date.fromisoformat(iso))


def _told(
    name: str,
    text: str,
    *,
    title: str = "",
    published: str | None = None,
    days: Sequence[tuple[str, str]] = (),
    places: Sequence[str] = (),
    tolls: Sequence[tuple[str, str, int]] = (),
    background: Sequence[str] = (),
    people: Sequence[tuple[str, NameKind]] = (),
    sources: Sequence[tuple[str, str, str]] = (),
    victims: Sequence[str] = (),
) -> Told:
    """``days``: (words, ISO date or month); ``tolls``: (words, outcome, count), of background events where the words are in
    ``background`` too; ``sources``: (name, role, kind) of a claim of each."""
    report = record_id("rep", name)
    when = {words: _interval(day) for words, day in days}
    sentences = _sentences(text)
    claims = []
    for words, outcome, count in tolls:
        span = _at(text, words)
        sentence = next(s.span for s in sentences if s.span.covers(span))
        inside = sentence.of(text)
        claims.append(
            Claim(
                record_id("clm", report, words),
                report,
                "text",
                span,
                tally=Tally(outcome, count, count, words, span),  # type: ignore[arg-type]
                place=next((PLACES[p].id for p in places if p in inside), None),
                when=next((interval for w, interval in when.items() if w in inside), None),
                event=Phrase(words, span) if words in background else None,
                background=words in background,
            )
        )
    for source, role, kind in sources:
        span = _at(text, source)
        made = Source(source, span, source, kind, role=role)  # type: ignore[arg-type]
        claims.append(Claim(record_id("clm", report, "source", source), report, "text", span, source=made))
    layer = Layer(
        sentences=sentences,
        names=tuple(Name(_at(text, n), n, kind, n) for n, kind in people),
        times=tuple(TimeMention(_at(text, words), words, interval) for words, interval in when.items()),
        places=tuple(PlaceMention(_at(text, p), p, PLACES[p]) for p in places),
    )
    killed = [Victim(record_id("vic", report, v), report, v, _at(text, v)) for v in victims]
    document = Document(
        report,
        name,
        text,
        OffsetMap.identity(len(text)),
        title=title or None,
        published=date.fromisoformat(published) if published else None,
    )
    return Told(document, Annotation(report, text=layer), ReportClaims(report, tuple(claims), tuple(killed)))


@pytest.fixture
def told() -> Callable[..., Told]:
    """Makes one report."""
    return _told
