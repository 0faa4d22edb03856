"""``demo``: the whole chain on reports that were written for it."""

from __future__ import annotations

from pathlib import Path

import click

from .terminal import say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default="demo-out")
@click.pass_context
def demo(ctx: click.Context, folder: Path) -> None:
    """Build a ledger in FOLDER (default: ./demo-out) from the packaged reports, print its incidents and the brief of the
    main one. The reports are invented: an agency story, copies of it in several shapes, independent reports, a denial.

    \b
    Example:
      firsthand demo
    """
    from firsthand.errors import FirsthandError
    from firsthand.export.brief import brief
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
    with incidents.make_context("incidents", [], parent=ctx) as inner:
        incidents.invoke(inner)
    with View(ctx.obj) as view:
        found = view.incidents()
        if found:
            main = max(found, key=lambda incident: (len(incident.links), incident.id))
            say()
            say(brief(view, main.id))
    say(f"The ledger is {ctx.obj}. Try: firsthand --ledger {ctx.obj} show REPORT, compare, lineage, why, sensitivity.")
