"""Groups of reports and mentions → incidents, assignments and suggestions, each with its reason."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from firsthand.model import Assignment, Claim, Incident, Interval, Place, ReportLink, Suggestion, record_id
from firsthand.model.incident import IncidentType

from .actors import Linked
from .describe import day_words, incident_days, incident_places, incident_title, incident_type
from .evidence import Part
from .identity import keep_ids
from .mentions import Mention, narrowed
from .pile import Pile
from .profile import Profile

# A report that tells of an incident beside its own: how sure its mention's day, place or words make the link.
_MENTION_CONFIDENCE = 0.7


class Records:
    """Writes down what a pile's groups are. Look-ups by report, claim and incident are made once."""

    def __init__(
        self,
        pile: Pile,
        mains: Sequence[Sequence[int]],
        events: Sequence[Sequence[Mention]],
        previous: Sequence[Incident],
    ) -> None:
        self._pile = pile
        self._mains = mains
        number = {pile.profiles[members[0]].report: n for n, members in enumerate(mains)}
        drafts: list[tuple[Sequence[int], list[Mention]]] = []
        for mentions in events:
            main = next((number[m.report] for m in mentions if m.main), None)
            beside = [m for m in mentions if not m.main]
            reports = mains[main] if main is not None else ()
            if beside or any(pile.profiles[i].violent for i in reports):
                drafts.append((reports, beside))
        members = [
            {pile.profiles[i].report for i in reports} | {_member(m.report, m.place, m.when) for m in beside}
            for reports, beside in drafts
        ]
        ids = keep_ids(members, {i.id: _known_members(i) for i in previous}, kind="incident")
        self._drafts = dict(zip(ids, drafts, strict=True))
        self.told: Mapping[str, Sequence[Mention]] = {name: beside for name, (_, beside) in self._drafts.items()}
        self.main_of = {pile.profiles[i].report: name for name, (reports, _) in self._drafts.items() for i in reports}
        self._reasons: dict[str, str] = {}
        self.incident_of = dict(self._assigned())
        found: dict[str, Place] = {}
        self._incidents = [self._incident(name, found) for name in sorted(self._drafts)]
        for profile in pile.profiles:
            for claim_id, setting in profile.settings.items():
                if setting.place is not None and claim_id in self.incident_of:
                    found.setdefault(setting.place.id, setting.place)
        self.places = tuple(found[p] for p in sorted(found))

    # -- incidents

    def _incident(self, name: str, found: dict[str, Place]) -> Incident:
        reports, told = self._drafts[name]
        profiles = [self._pile.profiles[i] for i in reports]
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
            links=tuple(sorted(self._links(profiles, told), key=lambda link: (not link.main, link.report))),
            lat=place.lat if place else None,
            lon=place.lon if place else None,
            where_precision=place.precision if place else None,
            country=place.country if place else None,
            why=_incident_why(len(profiles), len(told), place, when),
        )

    def _links(self, profiles: Sequence[Profile], told: Sequence[Mention]) -> Iterator[ReportLink]:
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

    def with_sides(self, linked: Linked) -> list[Incident]:
        """The incidents with the actors that claims hold responsible, and those whose people were hit."""
        doers: dict[str, list[str]] = {}
        targets: dict[str, list[str]] = {}
        named: dict[str, dict[str, str]] = {}
        for (report, text), actor in linked.by_name.items():
            named.setdefault(report, {})[text] = actor
        for report, found in sorted(self._pile.claims.items()):
            names = named.get(report, {})
            for claim in found.claims:
                incident = self.incident_of.get(claim.id)
                if incident is None:
                    continue
                if claim.responsible is not None:
                    doers.setdefault(incident, []).extend(_named_in(claim.responsible.text, names))
                if claim.tally is not None and claim.tally.side:
                    targets.setdefault(incident, []).extend(_named_in(claim.tally.side, names))
        return [
            replace(
                incident,
                perpetrators=tuple(dict.fromkeys(doers.get(incident.id, ()))),
                targets=tuple(dict.fromkeys(targets.get(incident.id, ()))),
            )
            for incident in self._incidents
        ]

    # -- claims

    def _assigned(self) -> Iterator[tuple[str, str]]:
        """(claim, incident) for every claim that speaks of one; the reasons are kept beside."""
        for name, (reports, told) in self._drafts.items():
            for i in reports:
                settings = self._pile.profiles[i].settings
                for claim in self._pile.claims_of(self._pile.profiles[i].report):
                    setting = settings.get(claim.id)
                    other = claim.background if setting is None else setting.background
                    if not other and not _is_total(claim):
                        self._reasons[claim.id] = "It speaks of the report's main event."
                        yield claim.id, name
            for mention in told:
                words = mention.phrase or mention.sentence[:120]
                settings = self._pile.profile_of(mention.report).settings
                for claim_id in mention.claims:
                    self._reasons[claim_id] = f"It hangs on “{words}”: {settings[claim_id].why}."
                    yield claim_id, name
        for claim_id, (incident, judgement) in self._pile.decisions.assigned.items():
            if incident in self._drafts:
                self._reasons[claim_id] = f"A person assigned it (judgement {judgement})."
                yield claim_id, incident

    def assignments(self, linked: Linked) -> list[Assignment]:
        """One for each claim that speaks of an incident."""
        incidents = {incident.id: incident for incident in self._incidents}
        out = []
        for report in sorted(self._pile.claims):
            settings = self._pile.profile_of(report).settings if report in self._pile.index else {}
            for claim in self._pile.claims_of(report):
                name = self.incident_of.get(claim.id)
                if name is not None:
                    incident = incidents[name]
                    setting = settings.get(claim.id)
                    own = setting.place.id if setting and setting.place else claim.place
                    place = own or (incident.places[0] if incident.places else None)
                    when = (setting.when if setting else claim.when) or incident.when
                    actor = linked.by_claim.get(claim.id)
                    out.append(Assignment(claim.id, name, place, when, self._reasons[claim.id], actor))
        return out

    # -- pairs in doubt

    def suggestions(self, doubts: Sequence[tuple[int, int, float]]) -> list[Suggestion]:
        """Pairs of incidents that a person should look at."""
        out = []
        for m, n, score in doubts:
            one, other = (self._pile.profiles[self._mains[k][0]] for k in (m, n))
            a, b = self.main_of.get(one.report), self.main_of.get(other.report)
            if a is None or b is None or a == b:
                continue
            parts = self._pile.comparison.parts(one, other)
            first, second = sorted((a, b))
            why = "Perhaps one incident: " + _sentence(parts)
            out.append(Suggestion(record_id("sug", first, second), (first, second), _confidence(score), why))
        return out


def _named_in(phrase: str, names: Mapping[str, str]) -> list[str]:
    """The actors whose names stand in ``phrase``, longest names first, none inside another."""
    out = []
    for text in sorted(names, key=lambda t: (-len(t), t)):
        if text in phrase:
            out.append(names[text])
            phrase = phrase.replace(text, " ")
    return out


def _member(report: str, place: Place | None, when: Interval | None) -> str:
    day = when.start.isoformat() if when is not None and when.start is not None else ""
    return f"{report}|{place.id if place else ''}|{day}"


def _known_members(incident: Incident) -> set[str]:
    """The members by which an incident of an earlier build is known again."""
    day = incident.when.start.isoformat() if incident.when.start is not None else ""
    place = incident.places[0] if incident.places else ""
    return {link.report if link.main else f"{link.report}|{place}|{day}" for link in incident.links}


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
