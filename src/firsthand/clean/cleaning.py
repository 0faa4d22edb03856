"""RawReport → Document, as numbered cases. Everything is read before it is dropped, and each step is recorded."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

from firsthand.model import Credit, DateClue, Document, OffsetMap, RawReport, Span, Step
from firsthand.model.report import DateBasis

from .characters import with_plain_spaces, without_controls
from .credits import Signed, closing_credit, credits_in
from .datelines import Datelines, without_datelines
from .dates import dates_in, moment_in
from .draft import Draft, Edit
from .header import Header, with_header_read
from .layout import lines_of, with_joined_lines, with_paragraphs
from .lines import rule_for, without_boilerplate_lines, without_inline, without_tail
from .metadata import Metadata, metadata_of
from .mojibake import repaired, with_repaired_encoding
from .page import article_text, parsed
from .surroundings import without_surroundings
from .titles import begins_with_title, split_title

YEAR = re.compile(r"(?:19|20)\d\d")


class Publication(NamedTuple):
    """When the report was published and what that rests on; ``step`` says where in the text it stood."""

    day: date | None = None
    basis: DateBasis = "none"
    moment: datetime | None = None
    step: Step | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        return () if self.step is None else (self.step,)


def clean(raw: RawReport) -> Document:
    """The report's news text with the way back to ``raw.body``, and what its other lines said.

    Dates, credits, byline and dateline are read before the lines that hold them go. The title that came with the report
    wins; its copy in a plain text stays there, that at the head of a page's article is the headline itself. ``published``
    is what the report was given, else what its page says, else a date that its text states as its own; never one from a
    copyright line.
    """
    # 1 The text, of a page its article: its characters put right, its lines joined to paragraphs.
    page, draft = _page(raw) if raw.media_type == "html" else (Metadata(), Draft.of(raw.body))
    draft = _legible(draft)
    title = _title(raw.title or page.title)
    # 2 Read: credits and the dates of lines that will go.
    credits = credits_in(draft)
    clues = _clues(draft, credits)
    # 3 Of a page, what stands around the article; headers, marks at the end, datelines, boilerplate.
    if raw.media_type == "html":
        kept = [Span(signed.start, signed.end) for signed in credits]
        draft = without_surroundings(draft, raw.body, title, keep=kept)
    header = with_header_read(draft, title)
    draft = without_boilerplate_lines(without_tail(header.draft))
    # 4 The title from the text, where none came.
    told_again = title is None or (raw.media_type == "html" and begins_with_title(draft, title))
    title_draft, draft, header = _with_title_split(draft, header) if told_again else (None, draft, header)
    datelines = without_datelines(draft)
    # 5 White space, last, so that nothing that went leaves a gap.
    draft = with_paragraphs(_without_closing(datelines.draft))
    publication = _publication(raw, page, header, datelines)
    return Document(
        id=raw.id,
        source_id=raw.source_id,
        text=draft.text,
        map=draft.map,
        title=title_draft.text if title_draft else title,
        title_map=title_draft.map if title_draft else OffsetMap(),
        url=raw.url or page.url,
        site=raw.site or page.site or header.outlet,
        byline=_title(raw.author or page.author) or header.byline,
        language=raw.language or page.language,
        published=publication.day,
        published_basis=publication.basis,
        dateline=datelines.place,
        credits=_unique((*datelines.credits, *header.credits, *(signed.credit for signed in credits))),
        date_clues=(*header.clues, *datelines.clues, *clues, *page.clues),
        steps=(*(Step(note) for note in raw.steps), *draft.steps, *publication.steps),
        sha256=raw.sha256,
        retrieved=raw.retrieved,
        published_at=publication.moment,
    )


def _page(raw: RawReport) -> tuple[Metadata, Draft]:
    tree = parsed(raw.body)
    return metadata_of(tree, raw.url), article_text(tree, raw.body)


def _legible(draft: Draft) -> Draft:
    """Encoding first, since control codes can be bytes of a garbled letter; then lines as paragraphs."""
    return without_inline(with_joined_lines(with_plain_spaces(without_controls(with_repaired_encoding(draft)))))


def _title(given: str | None) -> str | None:
    """A title or name from metadata, repaired and on one line."""
    if not given:
        return None
    return " ".join(without_controls(Draft.of(repaired(given))).text.split()) or None


def _with_title_split(draft: Draft, header: Header) -> tuple[Draft | None, Draft, Header]:
    """The headline's own draft, None where the text has none, and the rest. What stands between the headline and the first
    sentence is read once the headline is known."""
    title, rest = split_title(with_paragraphs(draft))
    if title is None or header.byline or header.published:
        return title, rest, header
    again = with_header_read(rest, None)
    return title, again.draft, again


def _without_closing(draft: Draft) -> Draft:
    """The text without an agency's mark as its last words; the mark is among the credits."""
    found = closing_credit(draft.text)
    if found is None or found[0] == 0:
        return draft
    return draft.edited([Edit(found[0], found[1])], "agency's closing mark")


def _clues(draft: Draft, credits: list[Signed]) -> tuple[DateClue, ...]:
    """Dates in copyright lines (a year at least) and in captions."""
    clues: list[DateClue] = []
    for line in lines_of(draft.text):
        rule = rule_for(line.text, "line") if YEAR.search(line.text) else None
        if rule is None:
            continue
        if rule.name == "caption":
            clues += [
                DateClue("caption", line.text[found.start : found.end], found.day, found.day)
                for found in dates_in(line.text)
            ]
        if rule.name == "copyright":
            clues += _copyright_years(line.text)
    if not any(clue.kind == "copyright" for clue in clues):
        for signed in credits:
            if signed.credit.kind == "copyright":
                clues += _copyright_years(signed.credit.text)
    return tuple(clues)


def _copyright_years(words: str) -> list[DateClue]:
    years = YEAR.findall(words)[:1]
    return [DateClue("copyright", words.strip(), date(int(year), 1, 1), date(int(year), 12, 31)) for year in years]


def _publication(raw: RawReport, page: Metadata, header: Header, datelines: Datelines) -> Publication:
    """The first date that there is. A header's "updated" counts only where nothing else is stated."""
    if raw.published and (given := _given(raw.published)):
        return Publication(given, "given", moment_in(raw.published))
    if page.published:
        return Publication(page.published, "page", page.published_at)
    dateline = next((clue for clue in datelines.clues), None)
    if header.published:
        return Publication(header.published, "text", step=Step("publication date from header", header.published_text))
    if dateline:
        return Publication(dateline.start, "text", step=Step("publication date from dateline", dateline.text))
    if header.updated:
        step = Step("publication date from the line that says when it was updated")
        return Publication(header.updated, "text", step=step)
    return Publication()


def _given(value: str) -> date | None:
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})", value)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def _unique(credits: tuple[Credit, ...]) -> tuple[Credit, ...]:
    """Each agency once a kind and place of words."""
    seen: dict[tuple[str, str, str], Credit] = {}
    for credit in credits:
        seen.setdefault((credit.kind, credit.agency, credit.text), credit)
    return tuple(seen.values())
