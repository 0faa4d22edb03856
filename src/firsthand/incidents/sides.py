"""Who is said to have attacked whom in each incident, and which actors the words of the reports mean.

Armed people whom nobody names are an actor of the one incident, never taken for a body that somebody names elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from firsthand.model import Claim, Incident, ReportClaims, record_id

from .actors import Linked, Sighting, unnamed_id
from .attacks import telling_counts
from .records import Written
from .side_words import (
    adjectives_of_states,
    arms,
    bare,
    is_state,
    is_unnamed,
    led_by,
    of_unnamed,
    state_names,
    state_of,
    states,
    without_names,
    words_of,
)


def side_sightings(
    report: str,
    claims: Sequence[Claim],
    seen: Sequence[Sighting],
    incident_of: Mapping[str, str],
    incidents: Mapping[str, Incident],
) -> list[Sighting]:
    """The words other than names by which a report's claims mean a side: a state by its adjective or capital, a coalition by who
    leads it, a state's "army" or "regime", and armed people who have no name. ``seen`` are the names that the report uses."""
    told = [
        (incident_of[claim.id], phrase.text, phrase is claim.responsible)
        for claim in claims
        for phrase in (claim.responsible, claim.target)
        if phrase is not None and claim.id in incident_of
    ]
    canonical = {sighting.text: sighting.canonical for sighting in seen if sighting.kind != "person"}
    out: list[Sighting] = []
    blamed: set[str] = set()
    for incident, phrase, doer in dict.fromkeys(told):
        rest, names = without_names(phrase, canonical)
        here = [] if of_unnamed(phrase) else [(w, states()[bare(w)]) for w in words_of(rest) if is_state(w)]
        out += [Sighting(report, incident, word, "state", state, plain=True) for word, state in here]
        leader = words_of(phrase)[0].casefold() if words_of(phrase) else ""
        if not names and leader in led_by():
            out.append(Sighting(report, incident, phrase, "organisation", led_by()[leader], plain=True))
        if doer:
            blamed |= {state_of(canonical[name]) for name in names} | {state for _, state in here}
    for incident, phrase, _ in dict.fromkeys(told):
        if not is_unnamed(phrase) or (without_names(phrase, canonical)[1] and not of_unnamed(phrase)):
            continue
        state = _whose_arms(phrase, blamed - {""}, incidents[incident].country if incident in incidents else None)
        if state:
            out.append(Sighting(report, incident, phrase, "state", state, plain=True))
        elif of_unnamed(phrase) or not any(is_state(word) for word in words_of(phrase)):
            out.append(Sighting(report, incident, phrase, "group", "", plain=True))
    return list(dict.fromkeys(out))


def _whose_arms(phrase: str, blamed: Collection[str], country: str | None) -> str:
    """Whose "regime", "army" or "air force" without a name is: that of the country where it happened, where it is a government or
    the report blames that state under its name; else that of the one state which the report blames."""
    words = [word.casefold() for word in words_of(phrase)]
    if not words or not all(word in arms() for word in words):
        return ""
    home = state_names().get(country or "", "")
    if home and (home in blamed or {"regime", "government"} & set(words)):
        return home
    return next(iter(blamed)) if len(blamed) == 1 else ""


class _Sides:
    """Finds the actors whom the words of a claim mean. People may be known by their ids only; bodies are all linked."""

    def __init__(self, linked: Linked) -> None:
        self._actors = {actor.id: actor for actor in linked.actors}
        self._names: dict[str, dict[str, str]] = {}
        for (report, text), actor in linked.by_name.items():
            self._names.setdefault(report, {})[text] = actor

    def named(self, report: str, phrase: str, *, adjectives: bool = True) -> list[str]:
        """The actors named in ``phrase`` by a report, longest names first; a state that only says where armed people come from
        ("Westland rebels", "Westland-backed militias") is not meant.
        ``adjectives``: "Westlandish" means Westland; said of victims it tells their nationality."""
        names = self._names.get(report, {})
        usable = (
            n for n in names if self._known(names[n]) and (adjectives or n.casefold() not in adjectives_of_states())
        )
        out = [names[name] for name in without_names(phrase, usable)[1]]
        if of_unnamed(phrase):
            out = [actor for actor in out if actor not in self._actors or self._actors[actor].kind != "state"]
        return list(dict.fromkeys(out))

    def unnamed(self, incident: str, phrase: str) -> list[str]:
        actor = unnamed_id(incident, phrase)
        return [actor] if actor in self._actors else []

    def one_side(self, actors: Sequence[str]) -> list[str]:
        """``actors`` without those that are a part of a state which is among them."""
        return [a for a in dict.fromkeys(actors) if self.of_state(a) in ("", a) or self.of_state(a) not in actors]

    def of_state(self, actor: str) -> str:
        """The state itself, or that which an organisation is part of; empty where there is none."""
        found = self._actors.get(actor)
        if found is None or found.kind not in ("state", "organisation"):
            return ""
        state = state_of(found.name)
        return actor if found.kind == "state" else record_id("act", "state", state) if state else ""

    def _known(self, actor: str) -> bool:
        return actor not in self._actors or not self._actors[actor].unnamed


def with_sides(written: Written, reports: Iterable[ReportClaims], linked: Linked) -> list[Incident]:
    """The incidents with those said to be responsible, and those said to have been attacked or whose people were hit."""
    sides = _Sides(linked)
    doers: dict[str, list[tuple[str, str]]] = {}
    hit: dict[str, list[tuple[str, str]]] = {}
    suffered: dict[str, list[str]] = {}
    for found in sorted(reports, key=lambda r: r.report):
        told: dict[str, list[Claim]] = {}
        for claim in found.claims:
            told.setdefault(written.of_claim.get(claim.id, ("", ""))[0], []).append(claim)
        counts = {claim for own in told.values() for claim in telling_counts(own)}
        for incident, claim in ((incident, claim) for incident, own in told.items() for claim in own):
            if incident not in written.incidents or (claim.tally is not None and claim.id not in counts):
                continue
            arrest = claim.tally is not None and claim.tally.outcome == "detained"
            # Who detained somebody after a shooting did not shoot.
            blamed = claim.certainty != "denied" and (not arrest or written.incidents[incident].type == "arrest")
            if claim.responsible is not None and blamed:
                doers.setdefault(incident, []).append((found.report, claim.responsible.text))
            if claim.target is not None:
                hit.setdefault(incident, []).append((found.report, claim.target.text))
            if claim.tally is not None and claim.tally.side:
                suffered.setdefault(incident, []).extend(sides.named(found.report, claim.tally.side, adjectives=False))
    out = []
    for name in sorted(written.incidents):
        perpetrators = _resolved(sides, name, doers.get(name, ()))
        targets = _resolved(sides, name, hit.get(name, ()), besides=perpetrators, more=suffered.get(name, ()))
        out.append(replace(written.incidents[name], perpetrators=tuple(perpetrators), targets=tuple(targets)))
    return out


def _resolved(
    sides: _Sides,
    incident: str,
    told: Sequence[tuple[str, str]],
    *,
    besides: Sequence[str] = (),
    more: Sequence[str] = (),
) -> list[str]:
    """The actors whom the words of the reports mean and ``more``, but not ``besides``; the unnamed only where nobody is named."""
    phrases = list(dict.fromkeys(told))
    out = [*more, *(actor for report, phrase in phrases for actor in sides.named(report, phrase))]
    out = [actor for actor in out if actor not in besides and sides.of_state(actor) not in besides]
    if not out:
        unnamed = _fullest([key for key in phrases if is_unnamed(key[1])])
        out = [actor for _, phrase in unnamed for actor in sides.unnamed(incident, phrase)]
    return sides.one_side(out)


def _fullest(told: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """``told`` without the phrases whose words another says too: "militia" beside "Westland-backed militias"."""
    words = {phrase: {word.casefold().removesuffix("s") for word in words_of(phrase)} for _, phrase in told}
    return [key for key in told if not any(words[key[1]] < other for other in words.values())]
