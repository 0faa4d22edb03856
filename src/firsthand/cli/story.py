"""Commands that tell about one incident."""

from __future__ import annotations

from html import escape
from pathlib import Path

import click

from .find import find
from .terminal import say


@click.command()
@click.argument("incident")
@click.pass_context
def brief(ctx: click.Context, incident: str) -> None:
    """Print the brief of an incident as Markdown: what happened, the figures with their range and why, each source's
    words, the contradictions, the copies. Every sentence carries the numbers of the passages it rests on.

    \b
    Example:
      firsthand brief inc-1f3a > brief.md
    """
    from firsthand.export.brief import brief as write
    from firsthand.ledger import PublicView

    with PublicView(ctx.obj) as view:
        say(write(view, find(view, incident, ("incidents",))[1]).rstrip("\n"))


@click.command()
@click.argument("incident")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page instead of printing.")
@click.pass_context
def lineage(ctx: click.Context, incident: str, html: Path | None) -> None:
    """Print the tree of copies behind an incident, one tree an origin, time downwards. A parent text that nobody here has
    stands in brackets.

    \b
    Example:
      firsthand lineage inc-1f3a
    """
    from firsthand.export.context import load_context
    from firsthand.export.files import write_text
    from firsthand.export.pages import page
    from firsthand.export.tree import tree_html, tree_text
    from firsthand.ledger import PublicView

    with PublicView(ctx.obj) as view:
        context = load_context(view, find(view, incident, ("incidents",))[1])
    if html is not None:
        title = f"Who copies whom: {context.incident.title}"
        write_text(html, page(title, f"<h1>{escape(title)}</h1>\n{tree_html(context)}"))
    else:
        say(tree_text(context).rstrip("\n"))


@click.command()
@click.argument("incident")
@click.pass_context
def why(ctx: click.Context, incident: str) -> None:
    """Print why the reports of an incident were put together, why claims count towards it, and what was left in doubt.

    \b
    Example:
      firsthand why inc-1f3a
    """
    from firsthand.export.reasons import reasons
    from firsthand.ledger import PublicView

    with PublicView(ctx.obj) as view:
        say(reasons(view, find(view, incident, ("incidents",))[1]).rstrip("\n"))
