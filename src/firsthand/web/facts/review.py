"""How far people are with an incident, and decisions that new evidence speaks against."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from firsthand.ledger import View
from firsthand.model import Claim, Figure, Judgement, standing
from firsthand.wording import range_told

from ..words import counted_told
from .claims import as_decided, count_told

#: Stages of review: one person has gone through the incident, another has confirmed it.
ANNOTATED, CONFIRMED = "annotated", "confirmed"


@dataclass(frozen=True, slots=True)
class Review:
    """Where an incident stands. ``stage`` is empty, annotated or confirmed; ``by`` who said so; ``to`` whose work it is;
    ``since`` counts the decisions that came after the stage was set, which it does not cover."""

    stage: str = ""
    by: str = ""
    to: str = ""
    since: int = 0


def reviews(judgements: Iterable[Judgement], subjects: Mapping[str, str] | None = None) -> dict[str, Review]:
    """The review of every incident that has one, by incident. ``subjects`` gives the incident of each claim and figure, so that
    decisions on those count as decisions on it."""
    out: dict[str, Review] = defaultdict(Review)
    home = subjects or {}
    for j in standing(judgements):
        incident = home.get(j.subject, j.subject)
        was = out[incident]
        if j.verb == "confirm":
            stage = str(_object(j.after).get("stage", ""))
            out[incident] = Review(stage, j.by, was.to)
        elif j.verb == "assign" and "to" in _object(j.after):
            out[incident] = Review(was.stage, was.by, str(_object(j.after)["to"]), was.since)
        elif was.stage and j.verb != "note":
            out[incident] = Review(was.stage, was.by, was.to, was.since + 1)
    return {incident: review for incident, review in out.items() if review != Review()}


@dataclass(frozen=True, slots=True)
class Challenge:
    """A decision that stands, and what has come since that speaks against it. ``incident`` is empty where its subject is gone;
    ``claim`` is the later claim that says otherwise, where it is one claim."""

    judgement: Judgement
    incident: str
    why: str
    claim: str = ""


def challenges(view: View, judgements: Sequence[Judgement]) -> list[Challenge]:
    """Decisions that deserve another look, oldest first: what they rest on has changed, or a later report says otherwise.

    Nothing is taken back by this: the decision stands until a person says otherwise.
    """
    decided = standing(judgements)
    claims = [j for j in decided if j.subject.startswith("clm-") and j.verb in ("accept", "reject", "correct")]
    incidents = [j for j in decided if j.subject.startswith("inc-") and j.verb in ("grade", "correct", "confirm")]
    figures = [j for j in decided if j.subject.startswith("fig-") and j.verb == "accept"]
    found = [
        *_about_claims(view, list({j.subject: j for j in claims}.values()), decided),
        *_about_incidents(view, incidents),
        *_about_figures(view, list({j.subject: j for j in figures}.values())),
    ]
    return sorted(found, key=lambda challenge: (challenge.judgement.at, challenge.judgement.id))


def _about_claims(view: View, decided: Sequence[Judgement], judgements: Sequence[Judgement]) -> Iterable[Challenge]:
    homes = view.incidents_of_claims([j.subject for j in decided])
    by_incident: dict[str, list[Judgement]] = defaultdict(list)
    for j in decided:
        if j.subject in homes:
            by_incident[homes[j.subject]].append(j)
        elif not view.reports_of_claims([j.subject]):
            yield Challenge(j, "", "The claim it is about is no longer read in any report.")
    for incident, own in by_incident.items():
        claims = _claims_of(view, incident)
        arrived = view.added_times(sorted({claim.report for claim in claims.values()}))
        for j in own:
            later = [c for c in claims.values() if _since(arrived.get(c.report, ""), j) and c.id != j.subject]
            if j.subject in claims and later:
                against = _against(j, claims[j.subject], later, judgements)
                if against is not None:
                    yield Challenge(j, incident, *against)


def _claims_of(view: View, incident: str) -> dict[str, Claim]:
    wanted = {assignment.claim for assignment in view.assignments_of(incident)}
    reports = sorted(view.reports_of_claims(sorted(wanted)))
    return {c.id: c for found in view.claims(reports) for c in found.claims if c.id in wanted}


def _against(
    j: Judgement, claim: Claim, later: Iterable[Claim], judgements: Sequence[Judgement]
) -> tuple[str, str] | None:
    """What a later claim about the same people says against the decision, in a sentence, and its id; None where none does."""
    (decided,) = as_decided([claim], judgements)
    mine = decided.tally
    if mine is None or not mine.counted:
        return None
    for other in later:
        tally = other.tally
        if tally is None or not tally.counted or (tally.outcome, tally.victims) != (mine.outcome, mine.victims):
            continue
        same = (tally.low, tally.high) == (mine.low, mine.high)
        if j.verb == "reject" and same:
            why = f"{count_told(decided)} was rejected; a report that came later says so too."
            return f"{why[0].upper()}{why[1:]}", other.id
        if j.verb != "reject" and not same:
            return f"The claim says {count_told(decided)}; a report that came later says {count_told(other)}.", other.id
    return None


def _about_incidents(view: View, decided: Sequence[Judgement]) -> Iterable[Challenge]:
    known = {incident.id: incident for incident in view.incidents_by_id(j.subject for j in decided)}
    for j in decided:
        incident = known.get(j.subject)
        if incident is None:
            yield Challenge(
                j, "", "The incident it is about is no longer there: it was merged, split or read otherwise."
            )
            continue
        arrived = view.added_times(incident.reports)
        count = sum(_since(time, j) for time in arrived.values())
        if count:
            what = {"grade": "was graded", "correct": "was corrected"}.get(j.verb, "was reviewed")
            told = "1 report of it has" if count == 1 else f"{count} reports of it have"
            yield Challenge(j, incident.id, f"{told} come in since it {what}.")


def _about_figures(view: View, decided: Sequence[Judgement]) -> Iterable[Challenge]:
    known = {figure.id: figure for figure in view.figures_by_id(j.subject for j in decided)}
    for j in decided:
        figure = known.get(j.subject)
        then = _object(j.before)
        if figure is None:
            yield Challenge(
                j, "", f"What was stood behind, {then.get('told', 'a figure')}, the ledger no longer gives."
            )
        elif not covers(j, figure):
            was = figure_told(j)
            now = range_told(figure.low, figure.best, figure.high)
            yield Challenge(
                j,
                figure.incident,
                f"What was stood behind is {was}; the claims now come to {now} {counted_told(figure)}.",
            )


def bounds(figure: Figure) -> dict[str, int | None]:
    """The numbers of a figure that a decision on it covers."""
    return {"low": figure.low, "best": figure.best, "high": figure.high}


def covers(judgement: Judgement, figure: Figure) -> bool:
    """Whether who signed the figure signed the numbers that it has now."""
    then = _object(judgement.before)
    return bounds(figure) == {name: then.get(name) for name in ("low", "best", "high")}


def figure_told(judgement: Judgement) -> str:
    """The numbers that a decision on a figure covers, in words."""
    return str(_object(judgement.before).get("told") or "another range")


def _since(added: str, judgement: Judgement) -> bool:
    """Whether a report came in after the decision. Reports are dated to the second: one of the same second counts, since being
    shown one look too many costs less than missing one."""
    return added[:19] >= judgement.at[:19]


def _object(text: str) -> dict[str, object]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
