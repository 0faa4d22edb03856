"""Groups of reports and mentions → incidents, assignments and suggestions, each with its reason."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from firsthand.model import (
    Assignment,
    Claim,
    Incident,
    Interval,
    Place,
    ReportClaims,
    ReportLink,
    Suggestion,
    record_id,
)
from firsthand.model.incident import IncidentType

from .actors import Linked
from .attacks import AttacksTold, attacks_told
from .decisions import Decisions
from .describe import basis, day_words, incident_days, incident_places, incident_title, incident_type, where_precision
from .evidence import Part
from .identity import keep_ids
from .mentions import Mention, narrowed
from .pile import Pile
from .profile import Profile

# A report that tells of an incident beside its own: how sure its mention's day, place or words make the link.
_MENTION_CONFIDENCE = 0.7
# Characters between a count and a claim of who did it that follows on it: the rest of its sentence and the start of the next.
_FOLLOWS_ON = 120


@dataclass
class Written:
    """Incidents before they are set beside each other, by id, with what they rest on.

    ``mains`` are the reports of which each is the main one, ``told`` the mentions of it beside other reports' own events,
    ``of_claim`` the incident of each claim with the reason, ``places`` those of the incidents.
    """

    incidents: dict[str, Incident] = field(default_factory=dict)
    mains: dict[str, tuple[str, ...]] = field(default_factory=dict)
    told: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
    of_claim: dict[str, tuple[str, str]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    suggestions: dict[str, Suggestion] = field(default_factory=dict)

    @property
    def main_of(self) -> dict[str, str]:
        """The main incident of each report."""
        return {report: name for name, reports in self.mains.items() for report in reports}

    @property
    def incident_of(self) -> dict[str, str]:
        """The incident of each claim that speaks of one."""
        return {claim: incident for claim, (incident, _) in self.of_claim.items()}


class Records:
    """Writes down what a pile's groups are. Look-ups by report, claim and incident are made once."""

    def __init__(
        self,
        pile: Pile,
        mains: Sequence[Sequence[int]],
        events: Sequence[Sequence[Mention]],
        previous: Sequence[Incident],
        taken: Iterable[str] = (),
    ) -> None:
        """``taken`` are ids of further incidents, which no new one may bear."""
        self._pile = pile
        self._mains = mains
        number = {pile.documents[members[0]].id: n for n, members in enumerate(mains)}
        drafts: list[tuple[Sequence[int], list[Mention]]] = []
        for mentions in events:
            main = next((number[m.report] for m in mentions if m.main), None)
            beside = [m for m in mentions if not m.main]
            reports = mains[main] if main is not None else ()
            if beside or any(pile.profiles[i].violent for i in reports):
                drafts.append((reports, beside))
        members = [
            {pile.documents[i].id for i in reports} | {_member(m.report, m.place, m.when) for m in beside}
            for reports, beside in drafts
        ]
        known = dict.fromkeys(taken, frozenset[str]()) | {i.id: _known_members(i) for i in previous}
        ids = keep_ids(members, known, kind="incident")
        self._drafts = dict(zip(ids, drafts, strict=True))

    def written(self, doubts: Sequence[tuple[int, int, float]]) -> Written:
        """The incidents, the claims that speak of them, and ``doubts`` (pairs of main groups with a score) as suggestions."""
        out = Written(
            mains={name: tuple(self._pile.documents[i].id for i in of) for name, (of, _) in self._drafts.items()},
            told={name: tuple(beside) for name, (_, beside) in self._drafts.items()},
        )
        out.incidents = {name: self._incident(name, out.places) for name in sorted(self._drafts)}
        out.of_claim = {claim: (incident, why) for claim, incident, why in self._assigned()}
        out.suggestions = {s.id: s for s in self._suggestions(doubts, out.main_of)}
        return out

    # -- incidents

    def _incident(self, name: str, found: dict[str, Place]) -> Incident:
        self._pile.comparison.tidy()
        reports, told = self._drafts[name]
        profiles = [self._pile.profiles[i] for i in self._pile.speaking(reports)]
        kind: IncidentType
        if profiles:
            when, places, kind = incident_days(profiles), incident_places(profiles), incident_type(profiles)
        else:
            when = narrowed([m.when for m in told if m.when is not None]) or Interval(None, None, "none")
            places = list({p.id: p for m in told for p in m.places.values()}.values())
            kind = told[0].kind
        found.update((p.id, p) for p in places)
        place = places[0] if places else None
        return Incident(
            id=name,
            title=incident_title(kind, places, when),
            type=kind,
            when=when,
            places=tuple(p.id for p in places),
            links=tuple(sorted(self._links(reports, told), key=lambda link: (not link.main, link.report))),
            lat=place.lat if place else None,
            lon=place.lon if place else None,
            where_precision=where_precision(profiles, place) if place else None,
            country=place.country if place else None,
            why=" ".join(
                t for t in (_incident_why(len(reports), len(told), place, when), basis(profiles, when, place)) if t
            ),
        )

    def _links(self, reports: Sequence[int], told: Sequence[Mention]) -> Iterator[ReportLink]:
        profiles = [self._pile.profiles[i] for i in reports]
        for own in profiles:
            yield ReportLink(own.report, True, *self._why_linked(own, profiles))
        mentioned: dict[str, Mention] = {}
        for mention in told:
            mentioned.setdefault(mention.report, mention)
        for own in profiles:
            mentioned.pop(own.report, None)
        for mention in mentioned.values():
            words = mention.phrase or mention.sentence[:120]
            yield ReportLink(mention.report, False, _MENTION_CONFIDENCE, f"It tells of “{words}” beside its own event.")

    def _why_linked(self, own: Profile, profiles: Sequence[Profile]) -> tuple[float, str]:
        others = [p for p in profiles if p.report != own.report]
        if not others:
            return 1.0, "It is the only report of it."
        together = self._pile.decisions.together
        if any((min(own.report, o.report), max(own.report, o.report)) in together for o in others):
            return 1.0, "A person put it together with another report of it."
        if any(self._pile.origin_of.get(own.report, own.report) == self._pile.origin_of.get(o.report) for o in others):
            return 1.0, "It carries the same underlying copy as another report of it."
        score, nearest = max((self._pile.comparison.score(own, o), o.report) for o in others)
        parts = self._pile.comparison.parts(own, self._pile.profile_of(nearest))
        return _confidence(score), _sentence([p for p in parts if p.weight > 0])

    # -- claims

    def _assigned(self) -> Iterator[tuple[str, str, str]]:
        """(claim, incident, why) for every claim that speaks of one; the later of two holds."""
        for name, (reports, told) in self._drafts.items():
            for i in reports:
                own = self._pile.claims_of(self._pile.documents[i].id)
                settings = self._pile.profiles[i].settings
                yield from (
                    (attack, name, "It is told as the report's main event.") for attack in self._attacks(i).main
                )
                for claim in own:
                    if claim.tells_sides:
                        continue
                    setting = settings.get(claim.id)
                    other = claim.background if setting is None else setting.background
                    if not other and not _is_total(claim):
                        yield claim.id, name, "It speaks of the report's main event."
            for mention in told:
                words = mention.phrase or mention.sentence[:120]
                settings = self._pile.profile_of(mention.report).settings
                for claim_id in mention.claims:
                    yield claim_id, name, f"It hangs on “{words}”: {settings[claim_id].why}."
        yield from self._blamed()

    def _blamed(self) -> Iterator[tuple[str, str, str]]:
        """(claim, incident, why) for claims of who did it that follow on what is told of another event: "A drone killed three in
        Ottia. The army blamed the League for it"."""
        beside = {claim: (name, m) for name, told in self._told() for m in told for claim in m.claims}
        for report in sorted({m.report for _, m in beside.values()}):
            for attack, count in self._attacks(self._pile.index[report]).beside:
                if count in beside:
                    yield attack, beside[count][0], "It stands with a count of that event."
            counts = [c for c in self._pile.claims_of(report) if c.tally is not None]
            for claim in self._pile.claims_of(report):
                blames = claim.responsible is not None or claim.tells_unclaimed
                if not blames or claim.tally is not None or claim.tells_sides:
                    continue
                before = [c for c in counts if c.field == claim.field and c.span.start <= claim.span.start]
                last = max(before, key=lambda c: c.span, default=None)
                if last is not None and last.id in beside and claim.span.start - last.span.end <= _FOLLOWS_ON:
                    name, mention = beside[last.id]
                    words = mention.phrase or mention.sentence[:120]
                    yield claim.id, name, f"It follows on “{words}” and says who did it."

    def _attacks(self, i: int) -> AttacksTold:
        report = self._pile.documents[i]
        return attacks_told(report, self._pile.claims_of(report.id), self._pile.profiles[i].settings)

    def _told(self) -> Iterator[tuple[str, list[Mention]]]:
        return ((name, told) for name, (_, told) in self._drafts.items())

    # -- pairs in doubt

    def _suggestions(
        self, doubts: Sequence[tuple[int, int, float]], main_of: Mapping[str, str]
    ) -> Iterator[Suggestion]:
        """Pairs of incidents that a person should look at."""
        for m, n, score in doubts:
            one, other = (self._pile.profiles[self._mains[k][0]] for k in (m, n))
            a, b = main_of.get(one.report), main_of.get(other.report)
            if a is None or b is None or a == b:
                continue
            parts = self._pile.comparison.parts(one, other)
            first, second = sorted((a, b))
            why = "Perhaps one incident: " + _sentence(parts)
            yield Suggestion(record_id("sug", first, second), (first, second), _confidence(score), why)


def assigned_by_hand(written: Written, decisions: Decisions) -> None:
    """Let the claims that a person assigned speak of the incidents that are still there."""
    for claim, (incident, judgement) in decisions.assigned.items():
        if incident in written.incidents:
            written.of_claim[claim] = incident, f"A person assigned it (judgement {judgement})."


def assignments(
    written: Written, reports: Iterable[ReportClaims], profiles: Mapping[str, Profile], linked: Linked
) -> Iterator[Assignment]:
    """One for each claim that speaks of an incident."""
    for found in reports:
        settings = profiles[found.report].settings if found.report in profiles else {}
        for claim in found.claims:
            name, why = written.of_claim.get(claim.id, ("", ""))
            if name:
                incident = written.incidents[name]
                setting = settings.get(claim.id)
                own = setting.place.id if setting and setting.place else claim.place
                place = own or (incident.places[0] if incident.places else None)
                when = (setting.when if setting else claim.when) or incident.when
                yield Assignment(claim.id, name, place, when, why, linked.by_claim.get(claim.id))


def _member(report: str, place: Place | None, when: Interval | None) -> str:
    day = when.start.isoformat() if when is not None and when.start is not None else ""
    return f"{report}|{place.id if place else ''}|{day}"


def _known_members(incident: Incident) -> frozenset[str]:
    """The members by which an incident of an earlier build is known again."""
    day = incident.when.start.isoformat() if incident.when.start is not None else ""
    place = incident.places[0] if incident.places else ""
    return frozenset(link.report if link.main else f"{link.report}|{place}|{day}" for link in incident.links)


def _is_total(claim: Claim) -> bool:
    return claim.tally is not None and claim.tally.scope == "total"


def _confidence(score: float) -> float:
    """Log-odds as a probability, to two places."""
    return round(1 / (1 + math.exp(-max(-20.0, min(20.0, score)))), 2)


def _sentence(parts: Sequence[Part]) -> str:
    told = "; ".join([p.words for p in parts if p.words][:3]) or "their wording agrees"
    return f"{told[0].upper()}{told[1:]}."


def _incident_why(main: int, told: int, place: Place | None, when: Interval) -> str:
    reports = f"{main} report{'s' if main != 1 else ''} of it" if main else "Only told of beside other events"
    beside = f", {told} more that mention{'s' if told == 1 else ''} it" if main and told else ""
    where = f" in {place.name}" if place else ""
    on = day_words(when)
    return f"{reports}{beside}{where}{', ' + on if on else ', day not stated'}."
