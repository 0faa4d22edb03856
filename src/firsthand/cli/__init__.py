"""The command line: a skin over the library. Commands are loaded when they are called, so that each starts fast."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from firsthand import __version__
from firsthand.errors import FirsthandError

# Command: (module, function, one line for the list of commands).
COMMANDS: dict[str, tuple[str, str, str]] = {
    "accounts": ("accounts", "accounts", "Look after who may use the desk."),
    "add": ("take", "add", "Take reports into the ledger."),
    "brief": ("story", "brief", "Print the brief of an incident as Markdown."),
    "build": ("make", "build", "Bring everything derived up to date."),
    "compare": ("compare", "compare", "Print two reports side by side, what they share marked."),
    "demo": ("demo", "demo", "Build a ledger from the packaged invented reports and show it."),
    "desk": ("desk", "desk", "Open the review desk in a browser."),
    "export": ("out", "export", "Write the ledger in a form that other programs read."),
    "figures": ("figures", "figures", "Print figures, under any policy."),
    "incidents": ("look", "incidents", "List incidents with their figures."),
    "lineage": ("story", "lineage", "Print who copies whom among the reports of an incident."),
    "package": ("custody", "package", "Write an incident with everything it rests on, to be checked elsewhere."),
    "reconcile": ("coded", "reconcile", "Reconcile a table of hand-coded event reports."),
    "release": ("withhold", "release", "Let a withheld report or name out again."),
    "sensitivity": ("figures", "sensitivity", "Print figures under all policies side by side."),
    "show": ("show", "show", "Print a report with its claims marked, an incident, or a claim."),
    "stamp": ("custody", "stamp", "Have a timestamp service sign what the ledger holds."),
    "verify": ("custody", "verify", "Check that nothing that is kept was changed; or check a package."),
    "versions": ("versions", "versions", "Print every version of a page that was kept, and what changed."),
    "watch": ("watch", "watch", "Look at feeds, pages and folders again and again, and say what changed."),
    "withhold": ("withhold", "withhold", "Keep a report or a name out of everything that leaves the desk."),
    "why": ("story", "why", "Print the reasons behind an incident."),
}

DONE, REJECTED, UNUSABLE = 0, 1, 2


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run it or to show its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, function, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"firsthand.cli.{module}"), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][2]) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--ledger",
    metavar="PATH_OR_URL",
    default=lambda: os.environ.get("FIRSTHAND_LEDGER") or "firsthand.db",
    help="The ledger: a file, or the URL of a PostgreSQL database. Default: $FIRSTHAND_LEDGER, else ./firsthand.db.",
)
@click.version_option(__version__, prog_name="firsthand", message="%(prog)s %(version)s")
@click.pass_context
def firsthand(ctx: click.Context, ledger: str) -> None:
    """Turns piles of news reports about conflict into a ledger of incidents: who says what happened, who merely copies
    whom, and how far the figures agree. Everything stays on this machine; the network is used only for addresses you name.

    Exit status: 0 done; 1 done with rejected inputs, each named on standard error, the others taken; 2 wrong usage or an
    unusable ledger.
    """
    ctx.obj = ledger


def main() -> None:
    """Runs the command line and exits; a failure is told in plain words (FIRSTHAND_DEBUG=1 shows the traceback)."""
    sys.exit(_status())


def _status() -> int:
    from .terminal import complain

    debug = bool(os.environ.get("FIRSTHAND_DEBUG"))
    try:
        return firsthand.main(prog_name="firsthand", standalone_mode=False) or DONE
    except click.ClickException as error:
        error.show()
        return UNUSABLE
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted; what was done so far is kept")
        return 130
    except (BrokenPipeError, SystemExit):
        # The reader of our output went away ("| head"): not an error of ours. click makes a SystemExit of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except FirsthandError as error:
        if debug:
            raise
        complain(f"firsthand: {error}")
        return UNUSABLE
    except OSError as error:
        if debug:
            raise
        where = f" {error.filename}" if error.filename else ""
        complain(f"firsthand: cannot read or write{where}: {error.strerror or error}")
        return UNUSABLE
    except Exception as error:
        if debug:
            raise
        complain(
            f"firsthand: a defect: {type(error).__name__}: {error}\n"
            "Nothing was half-written. Run it again with FIRSTHAND_DEBUG=1 to see where, and please report it."
        )
        return UNUSABLE
