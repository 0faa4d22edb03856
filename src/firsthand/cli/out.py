"""The command that writes the ledger in other forms."""

from __future__ import annotations

from pathlib import Path

import click

from .terminal import say

FORMATS = ("bundle",)


@click.command(short_help="Write the ledger in a form that other programs read.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="bundle", show_default=True, help="What to write."
)
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@click.pass_context
def export(ctx: click.Context, form: str, out: Path) -> None:
    """Write the ledger to OUT.

    bundle: a folder with one JSON Lines file a table and a datapackage.json that describes every field (docs/bundle.md).

    \b
    Example:
      firsthand export --format bundle out/
    """
    from firsthand.export.bundle import write_bundle
    from firsthand.ledger import View

    with View(ctx.obj) as view:
        counts = write_bundle(view, out)
    say(f"{out}: " + ", ".join(f"{count} {name}" for name, count in counts.items() if count))
