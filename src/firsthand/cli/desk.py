"""The command that opens the desk."""

from __future__ import annotations

import click

from firsthand.errors import FirsthandError

from .make import settings_in
from .terminal import say


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8017, show_default=True, help="Port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; another needs accounts.")
@click.option("--name", "names", multiple=True, help="A name that browsers call this machine by. Can be given again.")
@click.option("--database", help="The ledger, where it is not the one of --ledger: the URL of a team's database.")
@click.option("--browser/--no-browser", default=True, help="Whether to open a browser window.")
@click.pass_context
def desk(ctx: click.Context, port: int, host: str, names: tuple[str, ...], database: str | None, browser: bool) -> None:
    """Open the review desk: read incidents, compare reports, decide. It loads nothing from elsewhere and needs no network.
    It listens on this machine only, unless the ledger has accounts (`firsthand accounts`) and another address is given; put
    a server that speaks TLS before it then. Stop it with Ctrl-C.

    \b
    Example:
      firsthand desk --port 8080 --no-browser
      firsthand desk --database postgresql://user@host/ledger --host 0.0.0.0 --name desk.example.org
    """
    from firsthand.ledger import View

    try:
        from firsthand.web.app import serve
    except ImportError as error:
        raise FirsthandError(
            "the desk's libraries are not installed", why=str(error), hint="pip install 'firsthand[web]'"
        ) from error
    ledger = database or ctx.obj
    with View(ledger) as view:
        settings = settings_in(view)
    address = f"http://{host}:{port}/"
    say(f"the desk is at {address} (Ctrl-C stops it)")
    if browser:
        click.launch(address)
    serve(ledger, settings=settings, host=host, port=port, names=names)
