"""Commands that list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from firsthand.model import OUTCOMES, Actor, Figure, Incident, Place
from firsthand.wording import counted, range_told, when_told, whole_figure

from .find import tell_unread
from .terminal import one_line, say, say_json, table

if TYPE_CHECKING:
    from firsthand.ledger import View


class DayRange(click.ParamType[tuple[date, date]]):
    """A day, month or year: "2024-02-03", "2024-02", "2024"; its first and last day."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[date, date]:
        match = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", str(value))
        try:
            if match is None:
                raise ValueError
            year, month, day = (int(part) if part else None for part in match.groups())
            assert year is not None
            if day and month:
                return date(year, month, day), date(year, month, day)
            first = date(year, month or 1, 1)
            after = date(year + 1, 1, 1) if not month or month == 12 else date(year, month + 1, 1)
            return first, after - timedelta(days=1)
        except ValueError:
            self.fail(f"{value!r} is no date: write 2024, 2024-02 or 2024-02-03", param, ctx)


@click.command()
@click.option("--where", metavar="PLACE", help="Country, by code (IQ) or name, or part of a place's name.")
@click.option("--from", "start", type=DayRange(), help="On or after: 2024, 2024-02 or 2024-02-03.")
@click.option("--to", "end", type=DayRange(), help="On or before the end of: 2024, 2024-02 or 2024-02-03.")
@click.option("--outcome", type=click.Choice(OUTCOMES), help="Only incidents with a figure for this outcome.")
@click.option(
    "--sort",
    type=click.Choice(("date", "toll", "reports")),
    default="date",
    show_default=True,
    help="By day, or those with the highest best number or the most reports first.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, as in the bundle, with the figures.")
@click.pass_context
def incidents(
    ctx: click.Context,
    where: str | None,
    start: tuple[date, date] | None,
    end: tuple[date, date] | None,
    outcome: str | None,
    sort: str,
    as_json: bool,
) -> None:
    """List incidents, oldest first, with what is known of the killed and the wounded. A dash is unknown, not zero.
    An incident without a date is left out where --from or --to asks for one.

    \b
    Example:
      firsthand incidents --where IQ --from 2024-01 --to 2024-03 --outcome killed
    """
    from firsthand.ledger import PublicView, View

    # What programs read leaves the desk; a person's own list does not.
    with (PublicView if as_json else View)(ctx.obj) as view:
        tell_unread(view)
        places = view.places()
        figures: dict[str, list[Figure]] = {}
        for figure in view.figures():
            figures.setdefault(figure.incident, []).append(figure)
        chosen = [
            incident
            for incident in view.incidents()
            if _in_time(incident, start, end)
            and (where is None or _in_place(incident, places, where))
            and (outcome is None or any(f.outcome == outcome for f in figures.get(incident.id, ())))
        ]
        if sort == "toll":
            chosen.sort(key=lambda incident: -(_best(figures.get(incident.id, []), outcome or "killed") or 0))
        elif sort == "reports":
            chosen.sort(key=lambda incident: -len(incident.links))
        if as_json:
            _print_json(view, chosen, figures)
        else:
            _print_table(chosen, figures, places, view.actors(), outcome)


def _print_table(
    chosen: list[Incident],
    figures: dict[str, list[Figure]],
    places: dict[str, Place],
    actors: Mapping[str, Actor],
    outcome: str | None,
) -> None:
    columns = ["id", "date", "what", "where", "said to be by", "killed", "wounded", "reports"]
    if outcome and outcome not in columns:
        columns.insert(-1, outcome)
    rows = []
    for incident in chosen:
        mine = figures.get(incident.id, [])
        cells = [incident.id, when_told(incident), one_line(incident.title), _where_told(incident, places)]
        cells.append(one_line(", ".join(actors[a].name for a in incident.perpetrators if a in actors)) or "–")
        cells += [toll_told(mine, name) for name in columns[5:-1]]
        rows.append([*cells, str(len(incident.links))])
    if rows:
        table(columns, rows, right=columns[5:], prose=("what",), spare=("said to be by", "date", "where"))
    say(counted(len(rows), "incident"))


def toll_told(figures: list[Figure], outcome: str) -> str:
    """The figure for all people and the whole incident as "low–high (best)", or a dash where nothing is known."""
    figure = whole_figure(figures, outcome)
    if figure is None:
        return "–"
    return range_told(figure.low, figure.best, figure.high)


def _best(figures: list[Figure], outcome: str) -> int | None:
    figure = whole_figure(figures, outcome)
    return None if figure is None else figure.best if figure.best is not None else figure.low


def _in_time(incident: Incident, start: tuple[date, date] | None, end: tuple[date, date] | None) -> bool:
    if start is None and end is None:
        return True
    first, last = incident.when.start, incident.when.end
    if first is None and last is None:
        return False
    after = start is None or last is None or last >= start[0]
    before = end is None or first is None or first <= end[1]
    return after and before


def _in_place(incident: Incident, places: dict[str, Place], where: str) -> bool:
    names = [places[place] for place in incident.places if place in places]
    code = _country(where)
    if code is not None:
        return incident.country == code or any(place.country == code for place in names)
    wanted = where.casefold()
    return any(wanted in (part or "").casefold() for place in names for part in (place.name, place.admin1))


def _country(where: str) -> str | None:
    """The code of the country that ``where`` means; two capitals are always one."""
    from firsthand.resources import table as rows

    if len(where) == 2 and where.isupper():
        return where
    wanted = where.casefold()
    for row in rows("places/countries.tsv"):
        if wanted in (row["name"].casefold(), *(alias.casefold() for alias in row["aliases"].split("|"))):
            return row["code"]
    return None


def _where_told(incident: Incident, places: dict[str, Place]) -> str:
    main = next((places[place] for place in incident.places if place in places), None)
    if main is None:
        return incident.country or "–"
    return one_line(main.name if main.country is None or main.kind == "country" else f"{main.name}, {main.country}")


def _print_json(view: View, chosen: list[Incident], figures: dict[str, list[Figure]]) -> None:
    from firsthand.export.rows import figure_row, incident_row

    for incident in chosen:
        row = incident_row(incident, view.grade_of(incident.id))
        row["figures"] = [figure_row(figure) for figure in figures.get(incident.id, [])]
        say_json(row)
