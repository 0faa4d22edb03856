"""The command that opens the desk."""

from __future__ import annotations

import click

from firsthand.errors import FirsthandError

from .make import settings_in
from .terminal import say


@click.command(short_help="Open the review desk in a browser, on this machine only.")
@click.option("--port", type=click.IntRange(1, 65535), default=8017, show_default=True, help="Port on 127.0.0.1.")
@click.option("--browser/--no-browser", default=True, help="Whether to open a browser window.")
@click.pass_context
def desk(ctx: click.Context, port: int, browser: bool) -> None:
    """Open the review desk: read incidents, compare reports, decide. It listens on this machine only, loads nothing from
    elsewhere and needs no network. Stop it with Ctrl-C.

    \b
    Example:
      firsthand desk --port 8080 --no-browser
    """
    from firsthand.ledger import View

    try:
        from firsthand.web.app import serve
    except ImportError as error:
        raise FirsthandError(
            "the desk's libraries are not installed", why=str(error), hint="pip install 'firsthand[web]'"
        ) from error
    with View(ctx.obj) as view:
        settings = settings_in(view)
    address = f"http://127.0.0.1:{port}/"
    say(f"the desk is at {address} (Ctrl-C stops it)")
    if browser:
        click.launch(address)
    serve(ctx.obj, settings=settings, port=port)
