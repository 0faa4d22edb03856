"""What a build changed, in a sentence each: incidents that are new, tolls that moved, contradictions that came up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias

from firsthand.ledger import View
from firsthand.model import Figure
from firsthand.wording import range_told, when_told

ChangeKind: TypeAlias = Literal["incident", "toll", "contradiction"]
Numbers: TypeAlias = tuple[int | None, int | None, int | None]
# Outcomes whose figures are followed: what is counted in people harmed.
FOLLOWED = ("killed", "wounded", "missing", "detained", "abducted")


@dataclass(frozen=True, slots=True)
class State:
    """What of a ledger is compared: titles and dates by incident, tolls (low, best, high) by incident and outcome, all people
    and all places, and contradictions by id: (incident, kind, why)."""

    incidents: Mapping[str, tuple[str, str]]
    tolls: Mapping[tuple[str, str], Numbers]
    conflicts: Mapping[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new. ``told`` is a sentence for a person."""

    kind: ChangeKind
    incident: str
    title: str
    told: str


def state_of(view: View) -> State:
    """What ``view`` says now, to be compared with what another says later."""
    reconciliation = view.reconciliation()
    return State(
        incidents={incident.id: (incident.title, when_told(incident)) for incident in view.incidents()},
        tolls={
            (figure.incident, figure.outcome): (figure.low, figure.best, figure.high)
            for figure in reconciliation.figures
            if _followed(figure)
        },
        conflicts={c.id: (c.incident, c.kind, c.why) for c in reconciliation.conflicts},
    )


def changes(before: State, after: State) -> list[Change]:
    """What ``after`` has that ``before`` had not, in the order of incidents, each incident's own news together."""
    out: list[Change] = []
    for incident, (title, when) in after.incidents.items():
        if incident not in before.incidents:
            out.append(Change("incident", incident, title, _new_told(after, incident, when)))
        else:
            out += [
                Change("toll", incident, title, told)
                for outcome in FOLLOWED
                if (told := _toll_told(before, after, (incident, outcome), outcome))
            ]
        out += [
            Change("contradiction", incident, title, f"{kind}: {why}")
            for id, (where, kind, why) in after.conflicts.items()
            if where == incident and id not in before.conflicts
        ]
    return out


def change_row(change: Change) -> dict[str, str]:
    """The change as a program reads it."""
    return asdict(change)


def _followed(figure: Figure) -> bool:
    return figure.place is None and figure.victims == "people" and figure.outcome in FOLLOWED


def _new_told(state: State, incident: str, when: str) -> str:
    tolls = [
        f"{range_told(*state.tolls[incident, outcome])} {outcome}"
        for outcome in FOLLOWED
        if any(number is not None for number in state.tolls.get((incident, outcome), ()))
    ]
    return f"{when}; {', '.join(tolls) or 'no figure yet'}"


def _toll_told(before: State, after: State, key: tuple[str, str], outcome: str) -> str:
    was, now = before.tolls.get(key, (None, None, None)), after.tolls.get(key, (None, None, None))
    if was == now or now == (None, None, None):
        return ""
    verb = "has risen" if _risen(was, now) else "is now lower" if _risen(now, was) else "has changed"
    if was == (None, None, None):
        return f"{outcome}: a first figure, {range_told(*now)}"
    return f"{outcome}: the toll {verb}, from {range_told(*was)} to {range_told(*now)}"


def _risen(was: Numbers, now: Numbers) -> bool:
    """Whether no bound fell and one rose."""
    pairs = [(old, new) for old, new in zip(was, now, strict=True) if old is not None and new is not None]
    return all(new >= old for old, new in pairs) and any(new > old for old, new in pairs)
