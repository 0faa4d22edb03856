"""``demo``: the whole chain on reports that were written for it."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

import click

from .terminal import say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default="demo-out")
@click.pass_context
def demo(ctx: click.Context, folder: Path) -> None:
    """Build a ledger in FOLDER (default: ./demo-out) from the packaged reports, print how its main incident is told and the
    list of all, and write the brief of the main one beside it. The reports are invented: an agency story, copies of it in
    several shapes, independent reports, a denial.

    \b
    Example:
      firsthand demo
    """
    from firsthand.errors import FirsthandError
    from firsthand.export.brief import brief
    from firsthand.export.files import write_text
    from firsthand.ledger import View
    from firsthand.resources import resource_path

    from .look import incidents
    from .make import build
    from .take import add

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FirsthandError(f"cannot make the folder {folder}", why=error.strerror or str(error)) from error
    ctx.obj = str(folder / "firsthand.db")
    say("INVENTED: these reports were written for this demonstration. Nothing in them happened.\n")
    tables = [f"--{name}={resource_path(f'demo/{name}.tsv')}" for name in ("actors", "places")]
    for command, arguments in ((add, [str(resource_path("demo/reports"))]), (build, tables)):
        with command.make_context(command.name, arguments, parent=ctx) as inner:
            try:
                command.invoke(inner)
            except click.exceptions.Exit as done:
                if done.exit_code:
                    raise
    with View(ctx.obj) as view:
        main = max(view.incidents(), key=lambda incident: (len(incident.links), incident.id))
        whole = brief(view, main.id)
    write_text(folder / "brief.md", whole)
    # Who says what, with each passage, goes over pages: on a terminal the beginning shows what a brief is.
    say("\n" + whole.partition("\n## Who says what")[0])
    with incidents.make_context("incidents", [], parent=ctx) as inner:
        incidents.invoke(inner)
    run = f"{_called()} --ledger {ctx.obj}"
    say(f"\nThe ledger is {ctx.obj}, the whole brief {folder / 'brief.md'}. Further:")
    for words in (f"show {main.id}", f"lineage {main.id}", f"why {main.id}", "sensitivity", "desk"):
        say(f"  {run} {words}")


def _called() -> str:
    """How the command can be called again: in a fresh checkout it is not on the PATH."""
    if shutil.which("firsthand"):
        return "firsthand"
    return f"{sys.executable} -m firsthand" if sys.argv[0].endswith("__main__.py") else shlex.quote(sys.argv[0])
