"""The command that writes the ledger in other forms."""

from __future__ import annotations

from pathlib import Path

import click

from firsthand.wording import counted

from .find import tell_unread
from .terminal import say

FORMATS = ("bundle", "ucdp", "acled", "geojson")


@click.command()
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="bundle", show_default=True, help="What to write."
)
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@click.pass_context
def export(ctx: click.Context, form: str, out: Path) -> None:
    """Write the ledger to OUT.

    \b
    bundle   a folder: one JSON Lines file a table, and a datapackage.json that describes every field (docs/bundle.md)
    ucdp     a CSV file: one row an incident, in the columns of UCDP GED
    acled    a CSV file: one row an incident, in ACLED's columns
    geojson  a file: one feature an incident

    In the tables an empty cell is unknown, never zero; incidents without a date are left out, and how many is said.

    \b
    Example:
      firsthand export --format bundle out/
    """
    from firsthand.ledger import PublicView

    with PublicView(ctx.obj) as view:
        tell_unread(view)
        if form == "bundle":
            from firsthand.export.bundle import write_bundle

            counts = write_bundle(view, out)
            told = [f"{name}: {count}" for name, count in counts.items() if count]
            say(f"{out}: {', '.join(told) or 'no rows; the ledger holds no reports'}")
            return
        from firsthand.export.events import write_acled, write_geojson, write_ucdp

        writers = {"ucdp": write_ucdp, "acled": write_acled, "geojson": write_geojson}
        written, left_out = writers[form](view, out)
    say(f"{out}: {counted(written, 'incident')}" + (f"; {left_out} without a date left out" if left_out else ""))
