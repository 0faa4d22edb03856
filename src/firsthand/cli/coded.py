"""``reconcile``: tables that were coded by hand."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from .terminal import complain, safe


@click.command()
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--group", help="Column that says which event a report is about. Default: what the specification says.")
@click.option("--policy", help="A shipped specification: conservative, informative or representative.")
@click.option("--spec", type=click.Path(path_type=Path, dir_okay=False), help="Your own specification, a TOML file.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="CSV file for the events. Default: standard output."
)
@click.option(
    "--diagnostics", type=click.Path(path_type=Path, dir_okay=False), help="CSV file for the measures of disagreement."
)
def reconcile(
    table: Path, group: str | None, policy: str | None, spec: Path | None, out: Path | None, diagnostics: Path | None
) -> None:
    """Reconcile a table of hand-coded event reports: one row a report comes in, one row an event goes out. No ledger is
    needed. A specification says for each column how its cells become one.

    \b
    Example:
      firsthand reconcile coded.csv --group event_id --policy conservative --diagnostics spread.csv
    """
    from firsthand.reconcile import load_spec, read_table, reconcile_table, table_diagnostics

    if (policy is None) == (spec is None):
        raise click.UsageError("give either --policy or --spec")
    wanted = load_spec(policy or str(spec), group=group)
    rows = read_table(table)
    events = reconcile_table(rows, wanted)
    columns = list(events[0].cells) if events else []
    header = [wanted.group, "reports", *columns, "undecided", *(f"{column}_disagreement" for column in columns)]
    _write(
        out,
        header,
        [
            [event.event, event.reports, *(_cell(event.cells[c]) for c in columns), ";".join(event.undecided)]
            + [_cell(event.disagreement[c]) for c in columns]
            for event in events
        ],
    )
    if diagnostics is not None:
        measures = ("divergence", "normalised", "deviation", "range", "disagreeing", "modal")
        found = table_diagnostics(rows, wanted)
        _write(
            diagnostics, ["column", *measures], [[d.column, *(_cell(getattr(d, m)) for m in measures)] for d in found]
        )
    complain(f"{len(rows)} reports, {len(events)} events")


def _cell(value: str | float | None) -> str:
    return "" if value is None else value if isinstance(value, str) else f"{value:.6g}"


def _write(path: Path | None, header: list[str], rows: list[list[object]]) -> None:
    from firsthand.export.files import cell, write_csv

    if path is None:
        shown = safe if sys.stdout.isatty() else str  # a program gets the cells as they are
        csv.writer(sys.stdout).writerows([header, *([shown(str(cell(value))) for value in row] for row in rows)])
    else:
        write_csv(path, header, rows)
