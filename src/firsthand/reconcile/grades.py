"""How well an incident is attested: the grades of Airwars and UCDP, each computed by a rule that is printed with it.

Airwars (methodology note): confirmed, a belligerent accepts responsibility for civilian harm, not for a strike alone (that is
a declared strike); fair, two or more credible sources; weak, a single source; contested, competing claims of responsibility;
discounted, those harmed were fighters.
UCDP GED codebook: event clarity 1, reported clearly enough to tell who, where, when and how many; 2 otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from firsthand.model import Figure, IncidentGrade
from firsthand.model.figure import Grade

from .conflicts import accusations, only_fighters, responsible_bodies, rival_bodies
from .evidence import Evidence, Gathered
from .statements import Standing
from .voices import Voice, Voices

_GRADES: tuple[Grade, ...] = ("confirmed", "fair", "weak", "contested", "discounted")
# UCDP where_precision up to 3 (a district) is a place; from 4 on it is an area.
_PLACED = 3
# Sentences name at most so many bodies, and so many voices for each.
_SHOWN = 3
# The body that is held responsible, where it speaks of itself.
_ITSELF = "itself"


def incident_grade(evidence: Evidence, figures: list[Figure], gathered: Gathered) -> IncidentGrade:
    """The grade of one incident. A person's grade stands before the rule's."""
    incident = evidence.incident
    harm = [s for s in evidence.counts if s.tally.outcome in ("killed", "wounded", "casualties")]
    voices = _credible(s.voice for s in harm)
    origins = {s.origin for s in harm}
    reports = {s.claim.report for s in harm} or set(incident.reports)
    said = responsible_bodies(evidence, gathered.voices)
    accused = {held: said[held] for held in rival_bodies(said, gathered.voices)}
    declared, accepted = _owned(evidence, gathered, harm)
    all_fighters = bool(harm) and {s.voice for s in only_fighters(harm)} >= {s.voice for s in harm if s.tally.counted}
    grade: Grade
    if accepted and not all_fighters:
        grade, rule = "confirmed", f"confirmed: {accepted} accepts responsibility"
    elif all_fighters and any(s.tally.counted for s in harm):
        grade, rule = "discounted", "discounted: every voice that gives a number counts fighters only"
    elif len(accused) > 1:
        grade, rule = "contested", f"contested: {len(accused)} different bodies are said to be responsible"
    elif len(voices) > 1:
        grade, rule = "fair", f"fair: {len(voices)} voices tell of harm"
    else:
        grade, rule = (
            "weak",
            "weak: a single voice tells of harm" if voices else "weak: nobody gives a number or a name",
        )
    status = _strike_status(declared, accused, voices)
    clarity, missing = _clarity(evidence, figures, gathered.voices)
    why = f"Airwars {rule}; strike status: {status}; UCDP event clarity {clarity}"
    why += f" ({', '.join(missing)} not known)" if missing else " (who, where, when and how many are known)"
    named = len({victim.name.casefold() for victim in evidence.victims if victim.outcome == "killed"})
    why += _share(named, figures) + _blamed(evidence, gathered.voices)
    given, reason = gathered.decided.grades.get(incident.id, ("", ""))
    for known in _GRADES:
        if known == given:
            grade, why = known, f"Graded {known} by a person: {reason}; by rule: {why}"
    return IncidentGrade(incident.id, grade, status, clarity, len(voices), len(origins), len(reports), f"{why}.")


def _credible(voices: Iterable[Voice]) -> set[Voice]:
    """Voices that count as sources: all but reports' own, and those where there is no other."""
    found = set(voices)
    return {voice for voice in found if not voice.narrator} or found


def _owned(evidence: Evidence, gathered: Gathered, harm: Sequence[Standing]) -> tuple[str | None, str | None]:
    """The body that says of itself that it did it, and the one that accepts the harm too: in words of responsibility, or by
    counting dead or wounded other than fighters itself. "We have carried out air strikes" says nothing of who was harmed."""
    counting = {s.voice for s in harm if s.tally.low and "fighters" not in s.tally.victims}
    counting -= {s.voice for s in harm if s.tally.high == 0}
    declared = accepted = None
    for claim, _ in evidence.claims:
        if claim.responsible is None or claim.source is None or claim.certainty != "asserted":
            continue
        held = gathered.voices.held(claim)
        if held and held == gathered.voices.body(claim.source.name):
            declared = declared or claim.responsible.text
            if not claim.tells_sides or evidence.heard(gathered.voices.of(claim)) in counting:
                accepted = accepted or claim.responsible.text
    return declared, accepted


def _strike_status(declared: str | None, accused: Mapping[str, object], voices: set[Voice]) -> str:
    if declared:
        return "Declared strike"
    if len(accused) > 1:
        return "Contested strike"
    return "Likely strike" if len(voices) > 1 else "Single source claim"


def _clarity(evidence: Evidence, figures: list[Figure], voices: Voices) -> tuple[int, list[str]]:
    incident = evidence.incident
    missing = []
    if all(voices.is_unnamed(actor) for actor in incident.perpetrators):
        missing.append("perpetrator")
    if incident.where_precision is None or incident.where_precision > _PLACED:
        missing.append("exact place")
    if incident.when.granularity not in ("part", "day"):
        missing.append("day")
    if not any(f.outcome == "killed" and f.status != "unknown" for f in figures):
        missing.append("number of dead")
    return (2 if missing else 1), missing


def _blamed(evidence: Evidence, voices: Voices) -> str:
    """Who is said to have done it, by whom, and who denies it."""
    said: dict[str, dict[str, set[str]]] = {}
    names: dict[str, str] = {}
    for held, claim in accusations(evidence, voices):
        who = evidence.heard(voices.of(claim)).name
        side = "denied" if claim.certainty == "denied" else "said"
        if claim.source is not None and held == voices.body(claim.source.name):
            who = _ITSELF
        said.setdefault(held, {"said": set(), "denied": set()})[side].add(who)
        names.setdefault(held, claim.responsible.text if claim.responsible else "")
    told = []
    for held in sorted(said, key=lambda key: (-len(said[key]["said"]), names[key]))[:_SHOWN]:
        by = f"according to {_some(said[held]['said'])}" if said[held]["said"] else ""
        denied = f"denied by {_some(said[held]['denied'])}" if said[held]["denied"] else ""
        told.append(f"{names[held]} ({', '.join(part for part in (by, denied) if part)})")
    unclaimed = {evidence.heard(voices.of(claim)).name for claim, _ in evidence.claims if claim.tells_unclaimed}
    open_then = f"; no claim of responsibility known at the time to {_some(unclaimed)}" if unclaimed else ""
    return (f"; said to have done it: {', '.join(told)}" if told else "") + open_then


def _some(names: Iterable[str]) -> str:
    ordered = sorted(names)
    more = f" and {len(ordered) - _SHOWN} more" if len(ordered) > _SHOWN else ""
    return " and ".join(ordered[:_SHOWN]) + more if not more else ", ".join(ordered[:_SHOWN]) + more


def _share(named: int, figures: list[Figure]) -> str:
    dead = next((f.best for f in figures if f.outcome == "killed" and f.victims == "people" and f.place is None), None)
    if not named:
        return ""
    return f"; {named} of {dead} dead known by name" if dead and dead >= named else f"; {named} dead known by name"
