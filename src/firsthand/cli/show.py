"""``show``: one record, with the words it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import click

from firsthand.clean import why_silent
from firsthand.model import Claim, Document, Span
from firsthand.wording import counted, range_told, when_told, whom_told

from .find import find
from .terminal import console, one_line, safe, say, table

if TYPE_CHECKING:
    from rich.text import Text

    from firsthand.ledger import View

# One a source, in turn; chosen to stay apart on dark and on light terminals.
COLOURS = ("cyan", "magenta", "green", "yellow", "blue", "red", "bright_cyan", "bright_magenta", "bright_green")


@click.command()
@click.argument("id", metavar="ID")
@click.option("--counts", is_flag=True, help="Mark only claims that count people.")
@click.pass_context
def show(ctx: click.Context, id: str, counts: bool) -> None:
    """Print a report with its claims marked in place, one colour a source; or an incident; or a claim with its sentence and
    the way back to the original. ID may be shortened; a report also goes by the id its sender gave it.

    In a report the number of a claim stands behind its clause, counts are bold and words of saying underlined. Where there
    are no colours (a pipe, or NO_COLOR set) a mark opens each clause too.

    \b
    Example:
      firsthand show agency-dareth
    """
    from firsthand.ledger import View

    with View(ctx.obj) as view:
        kind, found = find(view, id)
        if kind == "reports":
            _show_report(view, found, counts=counts)
        elif kind == "incidents":
            _show_incident(view, found)
        else:
            _show_claim(view, view.claim(found))


def _show_report(view: View, report: str, *, counts: bool) -> None:
    document = view.document(report)
    claims = [c for c in view.claims_of(report).claims if c.tally is not None or not counts]
    numbers = {claim.id: number for number, claim in enumerate(claims, start=1)}
    sources = list(dict.fromkeys(_source_name(claim) for claim in claims))
    colours = {name: COLOURS[index % len(COLOURS)] for index, name in enumerate(sources)}
    out = console()
    plain = out.no_color or not out.is_terminal
    _heading(view, document)
    silent = why_silent(" ".join(filter(None, (document.title, document.text)))) if not claims else ""
    say(silent or _legend(plain=plain, sources=len(sources), claims=len(claims)))
    say()
    for name in ("title", "text"):
        mine = [claim for claim in claims if claim.field == name]
        text = document.field_text(name)
        if text:
            marked = _marked(text, mine, numbers, colours, plain=plain)
            out.print(marked, style="bold" if name == "title" else "", soft_wrap=plain)
            say()
    for source in sources:
        own = [claim for claim in claims if _source_name(claim) == source]
        out.print(safe(_introduced(source, own)), style=f"bold {colours[source]}", soft_wrap=True)
        for claim in own:
            out.print(f"  [{numbers[claim.id]}] {one_line(_said(claim, document, numbers))}", soft_wrap=True)


def _legend(*, plain: bool, sources: int, claims: int) -> str:
    """What the marks mean, in one line."""
    marks = (
        "‹ opens a clause, [n] closes it"
        if plain
        else "one colour a source, bold: counts, underlined: words of saying, [n]"
    )
    return f"{counted(claims, 'claim')} of {counted(sources, 'source')} ({marks} and numbers it as in the list below)"


def _introduced(source: str, claims: Sequence[Claim]) -> str:
    """The source with what the report says of it: role, body spoken for, whom it relies on, why it is not named."""
    found = [claim.source for claim in claims if claim.source is not None]
    if not found:
        return "the report itself"
    told = [next((s.role for s in found if s.role), None), next((s.affiliation for s in found if s.affiliation), None)]
    said: list[str] = []
    for word in told:
        if word and not any(word.casefold() in known.casefold() for known in (source, *said)):
            said.append(word)
    via = next((s.via.text for s in found if s.via is not None), None)
    said += [f"through {via}"] if via else []
    reason = next((s.anonymity.text for s in found if s.anonymity is not None), None)
    said += [f"not named: “{reason}”"] if reason else []
    return f"{source} ({'; '.join(said)})" if said else source


def _heading(view: View, document: Document) -> None:
    origin = next(iter(view.lineage_of([document.id]).origins), None)
    when = f"{document.published} ({document.published_basis})" if document.published else "undated"
    say(f"{document.id}  {one_line(document.source_id)}  {one_line(document.site or '')}  {when}")
    if document.url:
        say(one_line(document.url))
    if origin is not None:
        others = f", shared with {counted(len(origin.reports) - 1, 'other report')}" if len(origin.reports) > 1 else ""
        say(f"origin {origin.id}: {one_line(origin.name)}{others}")
    for incident in view.incidents_of(document.id):
        say(f"incident {incident}: {one_line(view.incident(incident).title)}")
    say(f"original sha256 {document.sha256}; {counted(len(document.steps), 'step')} of cleaning")
    say()


def _marked(
    text: str, claims: Sequence[Claim], numbers: dict[str, int], colours: dict[str, str], *, plain: bool
) -> Text:
    """``text`` with each claim's clause in its source's colour, the count bold, the cue underlined, and the claim's number
    behind the clause; ``plain``: with a mark where a clause opens, for want of colours."""
    from rich.text import Text

    edges = {0, len(text)}
    for claim in claims:
        for span in (claim.span, *_inner(claim)):
            edges.update((span.start, span.end))
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(text))
    out = Text()
    for start, end in pairwise(cuts):
        here = Span(start, end)
        if plain and any(claim.span.start == start for claim in claims):
            out.append("‹")
        covering = [claim for claim in claims if claim.span.covers(here)]
        style = colours[_source_name(covering[-1])] if covering else ""
        if any(claim.tally is not None and claim.tally.span.covers(here) for claim in claims):
            style += " bold"
        if any(claim.cue is not None and claim.cue.span.covers(here) for claim in claims):
            style += " underline"
        out.append(safe(text[start:end]), style=style.strip())
        for claim in claims:
            if claim.span.end == end:
                out.append(f"[{numbers[claim.id]}]", style=f"{colours[_source_name(claim)]} dim")
    return out


def _inner(claim: Claim) -> list[Span]:
    return [part.span for part in (claim.tally, claim.cue) if part is not None]


def _source_name(claim: Claim) -> str:
    return claim.source.name if claim.source else ""


def _said(claim: Claim, document: Document, numbers: Mapping[str, int]) -> str:
    """One line about a claim: its count in the contract's terms, or its words. ``numbers``: of the claims printed with it."""
    if claim.tally is None:
        words = " ".join(span.of(document.field_text(claim.field)) for span in claim.content or (claim.span,))
        blames = claim.responsible is not None or claim.tells_unclaimed
        return f"{_blame(claim)}: “{words}”" if blames else f"{claim.certainty}: “{words}”"
    tally = claim.tally
    number = "not known" if tally.unknown else "vague" if tally.vague else range_told(tally.low, None, tally.high)
    about = "about " if tally.approx else ""
    whole = tally.part_of
    extra = [f"part of [{numbers[whole]}]" if whole in numbers else f"part of {whole}"] if whole else []
    extra += ["a running total"] if tally.scope == "total" else []
    extra += [claim.certainty] if claim.certainty != "asserted" and not tally.unknown else []
    extra += ["another event"] if claim.background else []
    extra += ["reading in doubt"] if claim.unsure else []
    note = f" ({'; '.join(extra)})" if extra else ""
    whom = (
        ""
        if tally.outcome == "destroyed"
        else f", {', '.join(tally.victims)}" + (f" of {tally.side}" if tally.side else "")
    )
    return f"{tally.outcome} {about}{number}{whom}{note}: “{tally.text}”  {claim.id}"


def _blame(claim: Claim) -> str:
    """What a claim of responsibility says in a few words."""
    if claim.tells_unclaimed:
        return "no claim of responsibility known"
    who = claim.responsible.text if claim.responsible is not None else ""
    own = claim.source is not None and claim.source.text == who
    if claim.certainty == "denied":
        return f"{who} denies it"
    on = f", on {claim.target.text}" if claim.target is not None else ""
    return (f"{who} takes responsibility" if own else f"laid to {who}") + on


def _show_incident(view: View, incident_id: str) -> None:
    from firsthand.export.context import figure_order

    incident = view.incident(incident_id)
    places = view.places()
    names = "; ".join(places[place].name for place in incident.places if place in places)
    say(f"{incident.id}  {one_line(incident.title)}")
    say(f"{when_told(incident)}  {one_line(names) or 'place not known'}")
    actors = view.actors()
    for told, side in (("Said to be by", incident.perpetrators), ("Said to be against", incident.targets)):
        if bodies := ", ".join(actors[actor].name for actor in side if actor in actors):
            say(f"{told}: {one_line(bodies)}")
    grade = view.grade_of(incident_id)
    if grade is not None:
        say(f"{grade.grade}: {one_line(grade.why)}")
    rows = []
    for figure in sorted(view.figures_of(incident_id), key=figure_order):
        where = one_line(places[figure.place].name) if figure.place in places else "all"
        number = range_told(figure.low, figure.best, figure.high)
        whom, origins = whom_told(figure.outcome, figure.victims), str(figure.origins)
        rows.append([figure.outcome, whom, where, number, figure.status, str(figure.voices), origins])
    if rows:
        say()
        table(("outcome", "of whom", "where", "number", "standing", "voices", "origins"), rows, right=("number",))
    say()
    links = {link.report: link for link in incident.links}
    for document in sorted(
        view.documents(sorted(links)),
        key=lambda d: (not links[d.id].main, d.published is None, d.published, d.source_id),
    ):
        mark = "main" if links[document.id].main else "also"
        say(
            f"{mark}  {document.id}  {document.published or 'undated   '}"
            f"  {one_line(document.site or document.source_id)}  {one_line(document.title or '')}"
        )
    conflicts = view.conflicts_of(incident_id)
    if conflicts:
        say()
    for conflict in conflicts:
        say(f"{conflict.kind}: {one_line(conflict.why)}")


def _show_claim(view: View, claim: Claim) -> None:
    document, annotation = view.document(claim.report), view.annotation(claim.report)
    text = document.field_text(claim.field)
    spans = [s.span for s in annotation.layer(claim.field).sentences if s.span.overlaps(claim.span)] or [claim.span]
    say(f"{claim.id}  in {claim.report} ({one_line(document.site or document.source_id)}), {claim.field}")
    say(f"“{one_line(text[spans[0].start : spans[-1].end])}”")
    say(f"source: {one_line(_source_name(claim)) or 'the report itself'}")
    say(one_line(_said(claim, document, {})))
    say(f"characters {claim.span.start}–{claim.span.end} of the cleaned {claim.field}")
    back = (document.map if claim.field == "text" else document.title_map).to_source(claim.span)
    if back is not None:
        say(f"characters {back.start}–{back.end} of the text as it came in (original sha256 {document.sha256})")
    if claim.why:
        say(f"why: {one_line(claim.why)}")
    if claim.confidence is not None:
        say(f"read rightly with a chance of {claim.confidence:.0%}{': ' if claim.doubt else ''}{claim.doubt}")
    assigned = view.assignment(claim.id)
    if assigned is not None:
        say(f"counts towards {assigned.incident}: {one_line(assigned.why)}")
