"""A report as published and as cleaned, with its claims marked and its custody; and reports beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from firsthand.clean import why_silent
from firsthand.export.pages import Piece, left_pieces, right_pieces
from firsthand.ledger import View
from firsthand.lineage import compare
from firsthand.model import Claim, CustodyEntry, Document, Incident, Origin, RawReport, Span, Victim

from ..marking import Mark, Stretch, paragraphs, stretches
from .claims import ClaimLine, as_decided, claim_line, last_standing, newest_decisions


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report as published and as cleaned, with its claims marked and its custody."""

    document: Document
    raw: RawReport
    title: list[Stretch]
    paragraphs: list[list[Stretch]]
    claims: dict[str, ClaimLine]
    original: list[list[Stretch]]
    incidents: tuple[Incident, ...]
    assigned: dict[str, str]
    origin: Origin | None
    victims: tuple[Victim, ...]
    custody: tuple[CustodyEntry, ...]
    newest: dict[str, str]
    silent: str


def report_page(view: View, id: str) -> ReportPage:
    """Raises NotFound where no report has that id, or the ledger has not been built since it was added."""
    document, raw, found = view.document(id), view.raw(id), view.claims_of(id)
    lineage = view.lineage_of([id])
    origin = next((origin for origin in lineage.origins if id in origin.reports), None)
    judgements = view.judgements_on([claim.id for claim in found.claims])
    decided = last_standing(judgements)
    lines = {
        claim.id: claim_line(claim, document, {id: origin} if origin else {}, decided)
        for claim in as_decided(found.claims, judgements)
        if claim.tally
    }
    kept = [Mark(Span(r.source_start, r.source_start + r.length), "kept", "") for r in document.map.runs]
    return ReportPage(
        document=document,
        raw=raw,
        title=stretches(document.title or "", _marks(found.claims, "title")),
        paragraphs=paragraphs(stretches(document.text, _marks(found.claims, "text"))),
        claims=lines,
        original=paragraphs(stretches(raw.body, kept)),
        incidents=tuple(view.incidents_by_id(view.incidents_of(id))),
        assigned=view.incidents_of_claims(list(lines)),
        origin=origin,
        victims=found.victims,
        custody=view.custody([id]),
        newest=newest_decisions(judgements),
        silent=why_silent(" ".join(filter(None, (document.title, document.text)))) if not found.claims else "",
    )


def _marks(claims: Iterable[Claim], field: str) -> list[Mark]:
    """The counts, their sources and their cues in one field."""
    out: list[Mark] = []
    for claim in claims:
        if claim.field != field or claim.tally is None:
            continue
        out.append(Mark(claim.tally.span, "count", claim.id))
        if claim.source is not None and claim.source.kind != "narrator":
            out.append(Mark(claim.source.span, "source", claim.id))
        if claim.cue is not None:
            out.append(Mark(claim.cue.span, "cue", claim.id))
    return out


@dataclass(frozen=True, slots=True)
class Beside:
    """One line of a comparison: the first report's sentences, and beside them those of each other report that align.

    ``kind`` is same, changed or single (only one of them has it); ``moved`` that it stands elsewhere in another text.
    """

    cells: tuple[tuple[Piece, ...], ...]
    kind: str
    moved: bool = False


def side_by_side(documents: Sequence[Document]) -> list[Beside]:
    """Every sentence of every report once, in the order of the first; what only another has follows its neighbour there."""
    first, *others = documents
    after: dict[int, list[Beside]] = defaultdict(list)
    whole: dict[Span, list[tuple[Piece, ...]]] = {}
    moved: set[Span] = set()
    for number, other in enumerate(others, start=1):
        at = -1
        for row in compare(first, other):
            mine, theirs = tuple(left_pieces(row, first.text)), tuple(right_pieces(row, other.text))
            if row.left is None:
                cells = tuple(theirs if n == number else () for n in range(len(documents)))
                after[at].append(Beside(cells, "single"))
                continue
            at = row.left.end
            cells_of = whole.setdefault(row.left, [() for _ in documents])
            # With several others the words that differ are marked in those; the first text has one wording for all.
            cells_of[0] = mine if len(others) == 1 else (Piece(row.left.of(first.text), False),)
            cells_of[number] = theirs
            if row.moved:
                moved.add(row.left)
    out = list(after[-1])
    for span in sorted(whole):
        cells = tuple(whole[span])
        differs = any(piece.differs for cell in cells for piece in cell)
        kind = "single" if not any(cells[1:]) else "changed" if differs or not all(cells) else "same"
        out.append(Beside(cells, kind, span in moved))
        out += after.pop(span.end, [])
    return out
