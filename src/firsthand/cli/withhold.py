"""``withhold`` and ``release``: what stays in custody and leaves in no export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from firsthand.errors import NotFound
from firsthand.model.withheld import NAME

from .find import find
from .take import person
from .terminal import complain, one_line, say

if TYPE_CHECKING:
    from firsthand.ledger import View

KIND = click.Choice(("report", "name"))


@click.command()
@click.argument("kind", type=KIND)
@click.argument("subject")
@click.option("--reason", required=True, help="Why, in a sentence; it stands in the chain of judgements.")
@click.option("--by", help="Who decides. Default: $FIRSTHAND_USER, else the user's name.")
@click.pass_context
def withhold(ctx: click.Context, kind: str, subject: str, reason: str, by: str | None) -> None:
    """Keep a report, or a name, out of every export, brief and package. It stays in custody, figures still count it, and who
    works here still sees it. Of a report its id and hash are given with the reason, and nothing else; a name is covered by
    blocks wherever it stands in full, and its last word with it in those reports. Other spellings of a name that the ledger
    has linked are covered; look for more with the search, since a name in another script or misspelt is another name.

    \b
    Example:
      firsthand withhold report agency-dareth --reason "the source asked for it"
      firsthand withhold name "Ilyan Moradi" --reason "his family was threatened"
    """
    from firsthand.ledger import PublicView, View, Writer

    with View(ctx.obj) as view:
        key = _subject(view, kind, subject)
    with PublicView(ctx.obj) as public:
        if key in public.withheld.judgements:
            say(f"{one_line(subject)} is withheld already")
            return
    if not reason.strip():
        raise click.BadParameter("it is empty", param_hint="--reason")
    with Writer(ctx.obj) as writer:
        writer.judge(by=by or person(), verb="withhold", subject=key, reason=reason.strip())
    with PublicView(ctx.obj) as public:
        hidden = [report for report in public.report_ids() if public.hides_original(report)]
        unknown = kind == "name" and not public.naming(key.removeprefix(NAME))
    stay = "original stays" if len(hidden) == 1 else "originals stay"
    say(f"withheld: {one_line(subject)}; {len(hidden)} {stay} out of packages now")
    if unknown:
        complain(f"no report has {one_line(subject)} in these words: the search of the desk shows how reports spell it")


@click.command()
@click.argument("kind", type=KIND)
@click.argument("subject")
@click.option("--reason", required=True, help="Why, in a sentence.")
@click.option("--by", help="Who decides. Default: $FIRSTHAND_USER, else the user's name.")
@click.pass_context
def release(ctx: click.Context, kind: str, subject: str, reason: str, by: str | None) -> None:
    """Take back a `withhold`. Both decisions stay in the chain of judgements.

    \b
    Example:
      firsthand release name "Ilyan Moradi" --reason "he has left the country"
    """
    from firsthand.ledger import PublicView, View, Writer

    with View(ctx.obj) as view:
        key = _subject(view, kind, subject)
    with PublicView(ctx.obj) as public:
        decision = public.withheld.judgements.get(key)
    if decision is None:
        raise NotFound(f"{subject} is not withheld")
    with Writer(ctx.obj) as writer:
        writer.judge(by=by or person(), verb="undo", subject=key, reason=reason.strip(), undoes=decision)
    say(f"released: {one_line(subject)}")


def _subject(view: View, kind: str, typed: str) -> str:
    if kind == "report":
        return find(view, typed, ("reports",))[1]
    name = " ".join(typed.split())
    if not any(c.isalnum() for c in name):
        raise click.BadParameter(f"{typed!r} is no name", param_hint="SUBJECT")
    return NAME + name
