"""Commands about figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from firsthand.model import OUTCOMES, Figure, Place
from firsthand.wording import counted, range_told, whom_told

from .find import find, tell_unread
from .make import PolicyName, settings_in
from .terminal import one_line, say, say_json, table

if TYPE_CHECKING:
    from firsthand.ledger import View
    from firsthand.reconcile import Comparison


@click.command()
@click.argument("incidents", nargs=-1, metavar="[INCIDENT]...")
@click.option("--policy", type=PolicyName(), help="Policy to use instead of the ledger's.")
@click.option("--hierarchy", type=click.Path(exists=True, dir_okay=False), help="Ranking for source_hierarchy.")
@click.option("--outcome", type=click.Choice(OUTCOMES), help="Only figures for this outcome.")
@click.option("--policies", is_flag=True, help="Print what each policy does, and nothing else.")
@click.option("--disagreement", "scores", is_flag=True, help="Print how far voices disagree over these figures.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, as in the bundle.")
@click.option("--csv", "table_file", type=click.Path(path_type=Path, dir_okay=False), help="Write a CSV file instead.")
@click.pass_context
def figures(
    ctx: click.Context,
    incidents: tuple[str, ...],
    policy: str | None,
    hierarchy: str | None,
    outcome: str | None,
    policies: bool,
    scores: bool,
    as_json: bool,
    table_file: Path | None,
) -> None:
    """Print the figures of these incidents, or of all, with the reason for each. A dash is unknown, not zero. Another policy
    than the ledger's is computed for this once; `firsthand build --policy` changes the ledger's.

    \b
    Example:
      firsthand figures inc-1f3a --policy majority
    """
    from firsthand.export.context import figure_order
    from firsthand.ledger import PublicView, View

    if policies:
        _print_policies()
        return
    with View(ctx.obj) as view:
        wanted = {find(view, typed, ("incidents",))[1] for typed in incidents}
        tell_unread(view)
        found = _figures(view, policy, hierarchy)
        places = view.places()
    if as_json or table_file is not None:
        with PublicView(ctx.obj) as public:
            found = [public.published(figure) for figure in found]
    chosen = [f for f in found if (not wanted or f.incident in wanted) and (outcome is None or f.outcome == outcome)]
    chosen.sort(key=figure_order)
    if scores:
        _print_disagreement(chosen)
    elif table_file is not None:
        _write_csv(table_file, chosen)
    elif as_json:
        _print_json(chosen)
    else:
        rows = [
            [*_cell_told(figure, places), figure.status, _voices(figure), one_line(figure.why)] for figure in chosen
        ]
        if rows:
            columns = ("id", "outcome", "of whom", "where", "number", "standing", "voices", "why")
            table(columns, rows, right=("number", "voices"), prose=("why",))
        say(counted(len(rows), "figure"))


@click.command()
@click.argument("incidents", nargs=-1, metavar="[INCIDENT]...")
@click.option("--hierarchy", type=click.Path(exists=True, dir_okay=False), help="Ranking for source_hierarchy.")
@click.option("--all", "everything", is_flag=True, help="Also figures that no policy changes.")
@click.pass_context
def sensitivity(ctx: click.Context, incidents: tuple[str, ...], hierarchy: str | None, everything: bool) -> None:
    """Print the figures of these incidents, or of all, under every policy; those that change most come first. Then print how far
    voices disagree about them: distinct numbers an incident less one, share of incidents with more than one number, highest less
    lowest number, share of voices that give the commonest.

    \b
    Example:
      firsthand sensitivity
    """
    from firsthand.ledger import View
    from firsthand.reconcile import disagreement
    from firsthand.reconcile import sensitivity as compare

    with View(ctx.obj) as view:
        wanted = {find(view, typed, ("incidents",))[1] for typed in incidents}
        places = view.places()
        found = compare(
            view.grouping(),
            view.claims(),
            view.lineage(),
            documents=view.documents(),
            judgements=view.judgements(),
            hierarchy=hierarchy or view.settings().get("hierarchy_file") or None,
        )
        titles = {incident.id: incident.title for incident in view.grouping().incidents}
        kept = view.figures()
    rows = []
    for c in found:
        if (wanted and c.incident not in wanted) or not (c.spread or everything or wanted):
            continue
        where = one_line(places[c.place].name) if c.place in places else "all"
        title = one_line(titles.get(c.incident, ""))
        rows.append(
            [c.incident, title, c.outcome, whom_told(c.outcome, c.victims), where, str(c.spread), _under_policies(c)]
        )
    if rows:
        columns = ("id", "incident", "outcome", "of whom", "where", "spread", "under the policies")
        table(columns, rows, right=("spread",), prose=("incident", "under the policies"))
    say(
        counted(len(rows), "figure")
        + ("" if everything or wanted else f" that change{'s' if len(rows) == 1 else ''} with the policy")
    )
    scored = [figure for figure in kept if not wanted or figure.incident in wanted]
    if any(d.several_voices for d in disagreement(scored)):
        say("How far voices disagree where there are several:")
        _print_disagreement(scored, several_only=True)


def _under_policies(comparison: Comparison) -> str:
    """The number under each policy, policies that give the same together, in the order of the policies."""
    told: dict[str, list[str]] = {}
    for name, number in comparison.by_policy.items():
        told.setdefault(range_told(*number), []).append(name)
    return "; ".join(f"{number}: {', '.join(names)}" for number, names in told.items())


def _figures(view: View, policy: str | None, hierarchy: str | None) -> Sequence[Figure]:
    kept = settings_in(view)
    if (policy is None or policy == kept.policy) and hierarchy is None:
        return view.figures()
    from firsthand.pipeline import reconcile

    settings = replace(kept, policy=policy or kept.policy, hierarchy_file=hierarchy or kept.hierarchy_file)
    return reconcile(
        view.grouping(),
        view.claims(),
        view.lineage(),
        documents=view.documents(),
        settings=settings,
        judgements=view.judgements(),
    ).figures


def _cell_told(figure: Figure, places: dict[str, Place]) -> list[str]:
    where = one_line(places[figure.place].name) if figure.place in places else figure.place or "all"
    number = range_told(figure.low, figure.best, figure.high)
    return [figure.incident, figure.outcome, whom_told(figure.outcome, figure.victims), where, number]


def _voices(figure: Figure) -> str:
    return f"{figure.voices} in {figure.origins}"


def _print_json(chosen: Sequence[Figure]) -> None:
    from firsthand.export.rows import figure_row

    for figure in chosen:
        say_json(figure_row(figure))


def _write_csv(path: Path, chosen: Sequence[Figure]) -> None:
    from firsthand.export.files import write_csv

    names = [
        "incident", "outcome", "victims", "place", "low", "best", "high", "status", "policy", "voices", "origins", "reports",
        "why",
    ]  # fmt: skip
    write_csv(path, names, ([getattr(figure, name) for name in names] for figure in chosen))


def _print_policies() -> None:
    from firsthand.reconcile import POLICIES

    for name, policy in POLICIES.items():
        say(f"{name}: {policy.summary}")


def _print_disagreement(chosen: Sequence[Figure], *, several_only: bool = False) -> None:
    from firsthand.reconcile import disagreement

    def told(value: float | None) -> str:
        return "–" if value is None else f"{value:.2f}"

    columns = (
        "outcome",
        "of whom",
        "incidents",
        "several voices",
        "divergence",
        "disagreeing",
        "mean range",
        "modal share",
    )
    rows = [
        [d.outcome, whom_told(d.outcome, d.victims), str(d.incidents), str(d.several_voices)]
        + [told(value) for value in (d.divergence, d.disagreeing, d.mean_range, d.modal)]
        for d in disagreement(chosen)
        if d.several_voices or not several_only
    ]
    table(columns, rows, right=columns[2:])
