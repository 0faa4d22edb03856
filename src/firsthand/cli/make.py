"""The command that derives."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from types import TracebackType
from typing import TYPE_CHECKING, Any

import click

from firsthand.errors import SettingsError

from . import DONE, REJECTED
from .terminal import complain, one_line, say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from firsthand.ledger import View
    from firsthand.model import Settings


class PolicyName(click.ParamType[str]):
    """The name of a policy; the list is only loaded when it is needed."""

    name = "POLICY"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from firsthand.reconcile import POLICIES

        if value not in POLICIES:
            self.fail(f"{value!r} is none of: {', '.join(POLICIES)}", param, ctx)
        return str(value)


class OwnFile(click.Path):
    """A file of the user's own, by its whole path, since the ledger keeps it; "" for none."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, readable=True, resolve_path=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if value == "" else super().convert(value, param, ctx)


# So many reports that say nothing are named.
NAMED = 8

_TOLD = {
    "read": "reading reports",
    "lineage": "who copies whom",
    "incidents": "what happened",
    "reconcile": "how far the figures agree",
}


@click.command()
@click.option(
    "--workers", type=click.IntRange(min=1), help="Processes that read, trace and group. Default: one a core."
)
@click.option("--parser", help="An installed spaCy model to parse with; '' for the packaged one. Kept in the ledger.")
@click.option("--policy", type=PolicyName(), help="Policy of the figures: see `firsthand figures --policies`. Kept.")
@click.option(
    "--actors", "actors_file", type=OwnFile(), help="Your own table of actors; '' for none. Kept in the ledger."
)
@click.option(
    "--places", "places_file", type=OwnFile(), help="Your own table of places; '' for none. Kept in the ledger."
)
@click.option(
    "--hierarchy", "hierarchy_file", type=OwnFile(), help="Your ranking of sources; '' for none. Kept in the ledger."
)
@click.pass_context
def build(ctx: click.Context, /, workers: int | None, **chosen: str | None) -> None:
    """Bring everything derived up to date: only what is new or changed is read again. A build that was interrupted goes
    on where it stopped.

    \b
    Example:
      firsthand build --policy lowest_credible
    """
    from firsthand.ledger import View, Writer, check_there
    from firsthand.runners.local import build as run

    given = {name: value for name, value in chosen.items() if value is not None}
    check_there(ctx.obj)
    with Writer(ctx.obj):
        pass  # brings its schema up to date, so that it can be read
    with View(ctx.obj) as view:
        settings = replace(settings_in(view), **given)
    with _Bar() as bar:
        built = run(ctx.obj, settings, workers=workers, progress=bar)
    if given:
        # Only now: a setting that no build can use must not stand in the way of the next one.
        with Writer(ctx.obj) as writer:
            writer.set_settings(given)
    for failed in built.unreadable:
        complain(
            f"could not read {one_line(failed.name)}: {one_line(failed.why)} (it is kept, and tried again next time)"
        )
    for line in _of_silent(ctx.obj, built.silent):
        complain(line)
    if built.read or built.stages:
        read = f"{built.read} {'report' if built.read == 1 else 'reports'} read"
        say(f"{read}; brought up to date: {', '.join(built.stages)}" if built.stages else read)
    else:
        say("everything is up to date")
    ctx.exit(REJECTED if built.unreadable else DONE)


def _of_silent(ledger: str, silent: Sequence[tuple[str, str]]) -> Iterator[str]:
    """A line for each reason why reports say nothing, with the first few of those that it holds for."""
    from firsthand.ledger import View

    reports: dict[str, list[str]] = {}
    for report, why in silent:
        reports.setdefault(why, []).append(report)
    for why, found in sorted(reports.items()):
        with View(ledger) as view:
            names = [one_line(view.document(report).source_id) for report in found[:NAMED]]
        more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
        yield f"nothing was read from {', '.join(names)}{more}: {why[0].lower()}{why[1:].rstrip('.')}"


def settings_in(view: View) -> Settings:
    """The settings that the ledger keeps. Raises SettingsError for one that this version does not know."""
    from firsthand.model import Settings

    kept = view.settings()
    unknown = set(kept) - {field.name for field in fields(Settings)}
    if unknown:
        raise SettingsError(f"the ledger keeps a setting {min(unknown)!r}", why="this version does not know it")
    return replace(Settings(), **kept)


class _Bar(AbstractContextManager["_Bar"]):
    """A progress bar on standard error, on a terminal only; made when there is something to show."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        if self._progress is None:
            self._progress = _columns()
            self._progress.start()
        if stage != self._stage:
            self._stage = stage
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._task = self._progress.add_task(_TOLD.get(stage, stage), total=total if stage == "read" else None)
        if self._task is not None and stage == "read":
            self._progress.update(self._task, completed=done)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()


def _columns() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
