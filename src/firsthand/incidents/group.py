"""The order in which reports become incidents."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from firsthand.model import (
    Annotation,
    Assignment,
    Claim,
    Document,
    Grouping,
    Incident,
    Interval,
    Judgement,
    Lineage,
    Place,
    ReportClaims,
    ReportLink,
    Suggestion,
    record_id,
)

from .blocks import candidates
from .cluster import Pair, average_link, united
from .decisions import Decisions, read_decisions
from .describe import day_words, incident_days, incident_places, incident_title, incident_type
from .evidence import Comparison, Part
from .identity import keep_ids
from .mentions import Mention, background_mentions, mention_blocks, mention_score
from .profile import Profile, profile
from .terms import Weights

# Of many copies of one text this many stand for all when it is compared.
_REPRESENTATIVES = 3
# What it adds that two reports carry one underlying copy, and with how many of the next copies of it each is compared.
_COPY = 8.0
_COPIES_COMPARED = 5
# Two incidents whose groups come this near to joining are shown to a person.
_DOUBTFUL = -1.5
_PRIOR_REPORTS = 30
_LARGEST_MENTION_BLOCK = 400


def group(
    documents: Sequence[Document],
    annotations: Sequence[Annotation],
    reports: Sequence[ReportClaims],
    lineage: Lineage,
    *,
    previous: Sequence[Incident] = (),
    judgements: Sequence[Judgement] = (),
) -> Grouping:
    """Group the pile's reports into incidents and assign their claims.

    Every report that tells of violence has one main incident; copies of one text share it. Claims about other events belong to
    further incidents. Ids of ``previous`` incidents survive; ``judgements`` of a person are kept (see ``decisions``). The order
    of the input does not matter.
    """
    pile = _Pile(documents, annotations, reports, lineage, read_decisions(judgements))
    mains, doubts = pile.main_groups()
    mentions = pile.mentions(mains)
    return pile.grouping(mains, mentions, doubts, previous)


class _Pile:
    """The pile while it is grouped: profiles in order of report id, so that the input's order leaves no trace."""

    def __init__(
        self,
        documents: Sequence[Document],
        annotations: Sequence[Annotation],
        reports: Sequence[ReportClaims],
        lineage: Lineage,
        decisions: Decisions,
    ) -> None:
        self.documents = sorted(documents, key=lambda d: d.id)
        self.annotations = {a.document: a for a in annotations}
        self.claims = {r.report: r for r in reports}
        self.decisions = decisions
        blank = Annotation("")
        self.profiles = [profile(d, self.annotations.get(d.id, blank), self.claims.get(d.id)) for d in self.documents]
        self.index = {p.report: i for i, p in enumerate(self.profiles)}
        self.origins = [
            sorted(self.index[r] for r in origin.reports if r in self.index)
            for origin in sorted(lineage.origins, key=lambda o: o.id)
        ]
        alone = set(range(len(self.profiles))) - {i for members in self.origins for i in members}
        heads = [self.profiles[i] for i in sorted({members[0] for members in self.origins if members} | alone)]
        self.weights = Weights.learned([*p.terms, *("@" + " ".join(k) for k in p.people)] for p in heads)
        used = Counter(place for p in heads for place in p.places.places)
        size = len(heads) + _PRIOR_REPORTS
        self.place_share = {place: (n + 1) / size for place, n in used.items()}
        self.comparison = Comparison(self.profiles, self.weights, self.place_share)
        self.units = self._units()

    def _units(self) -> list[list[int]]:
        """Reports that are settled to be together: copies of one text, and what a person merged.

        A report that took over only a tail of another's text while its own title and lead tell of something else is no copy
        in this sense: then what speaks against weighs more than the copying.
        """
        apart = {self._pair(p) for p in self.decisions.apart}
        together = [p for q in self.decisions.together if (p := self._pair(q)) is not None]
        copies = [
            (i, j)
            for members in self.origins
            for n, i in enumerate(members)
            for j in members[n + 1 : n + 1 + _COPIES_COMPARED]
            if (i, j) not in apart and self.comparison.score(self.profiles[i], self.profiles[j]) + _COPY > 0
        ]
        units: list[list[int]] = []
        for unit in united(len(self.profiles), [*copies, *together]):
            units.extend(_divided(unit, apart))
        return sorted(units)

    def _pair(self, reports: tuple[str, str]) -> Pair | None:
        i, j = self.index.get(reports[0]), self.index.get(reports[1])
        return None if i is None or j is None else (min(i, j), max(i, j))

    def main_groups(self) -> tuple[list[list[int]], list[tuple[int, int, float]]]:
        """Groups of report indices by main incident, and pairs of groups in doubt with their score."""
        unit_of = {i: n for n, unit in enumerate(self.units) for i in unit}
        stand_ins = sorted(i for unit in self.units for i in self._representatives(unit))
        chosen = [self.profiles[i] for i in stand_ins]
        sums: dict[Pair, list[float]] = defaultdict(list)
        for a, b in candidates(chosen, self.weights):
            i, j = stand_ins[a], stand_ins[b]
            m, n = sorted((unit_of[i], unit_of[j]))
            if m != n:
                sums[m, n].append(self.comparison.score(self.profiles[i], self.profiles[j]))
        scores = {pair: sum(values) / len(values) for pair, values in sorted(sums.items())}
        apart = {
            (min(unit_of[p[0]], unit_of[p[1]]), max(unit_of[p[0]], unit_of[p[1]]))
            for q in self.decisions.apart
            if (p := self._pair(q)) is not None and unit_of[p[0]] != unit_of[p[1]]
        }
        grouped = average_link(len(self.units), scores, apart=apart)
        group_of = {unit: n for n, units in enumerate(grouped) for unit in units}
        doubts = self._doubts(scores, grouped, group_of, apart)
        return [sorted(i for unit in units for i in self.units[unit]) for units in grouped], doubts

    def _representatives(self, unit: Sequence[int]) -> list[int]:
        return sorted(unit, key=lambda i: (-len(self.documents[i].text), self.profiles[i].report))[:_REPRESENTATIVES]

    def _doubts(
        self,
        scores: Mapping[Pair, float],
        grouped: Sequence[Sequence[int]],
        group_of: Mapping[int, int],
        apart: set[Pair],
    ) -> list[tuple[int, int, float]]:
        between: dict[Pair, list[float]] = defaultdict(list)
        barred = {tuple(sorted((group_of[i], group_of[j]))) for i, j in apart}
        for (i, j), score in scores.items():
            m, n = sorted((group_of[i], group_of[j]))
            if m != n and (m, n) not in barred:
                between[m, n].append(score)
        out = []
        for (m, n), values in sorted(between.items()):
            pairs = len(grouped[m]) * len(grouped[n])
            mean = (sum(values) + (pairs - len(values)) * 2 * _DOUBTFUL) / pairs
            if mean > _DOUBTFUL:
                out.append((m, n, mean))
        return out

    def mentions(self, mains: Sequence[Sequence[int]]) -> list[list[Mention]]:
        """Mentions by event: for each main group its own summary and what other reports tell of it, then further events."""
        found: list[Mention] = [self._summary(members) for members in mains]
        for document in self.documents:
            claims = self.claims.get(document.id)
            annotation = self.annotations.get(document.id)
            if claims is not None and annotation is not None:
                found.extend(background_mentions(document, annotation, claims.claims))
        home = {self.profiles[i].report: n for n, members in enumerate(mains) for i in members}
        scores: dict[Pair, float] = {}
        apart: set[Pair] = set()
        for members_of_block in mention_blocks(found).values():
            if len(members_of_block) > _LARGEST_MENTION_BLOCK:
                continue
            for i, j in combinations(members_of_block, 2):
                if found[i].main and found[j].main:
                    apart.add((i, j))
                elif (found[i].main and home[found[j].report] == i) or found[i].report == found[j].report:
                    continue
                else:
                    scores[i, j] = mention_score(found[i], found[j], self.weights, self.place_share)
        return [[found[i] for i in members] for members in average_link(len(found), scores, apart=apart)]

    def _summary(self, members: Sequence[int]) -> Mention:
        """A main group as the event that a background mention elsewhere may speak of."""
        profiles = [self.profiles[i] for i in members]
        terms: Counter[str] = Counter()
        for member in profiles:
            terms.update(member.lead)
        tolls = {(o, low if low is not None else high) for p in profiles for o, (low, high) in p.tolls.items()}
        return Mention(
            report=profiles[0].report,
            main=True,
            claims=(),
            when=incident_days(profiles),
            places={p.id: p for p in incident_places(profiles)},
            terms=terms,
            tolls=frozenset((o, n) for o, n in tolls if n is not None),  # type: ignore[misc]
        )

    def grouping(
        self,
        mains: Sequence[Sequence[int]],
        events: Sequence[Sequence[Mention]],
        doubts: Sequence[tuple[int, int, float]],
        previous: Sequence[Incident],
    ) -> Grouping:
        """Write it all down as records."""
        main_of = {self.profiles[members[0]].report: n for n, members in enumerate(mains)}
        drafts = []
        for mentions in events:
            number = next((main_of[m.report] for m in mentions if m.main), None)
            drafts.append((mains[number] if number is not None else (), [m for m in mentions if not m.main]))
        drafts = [d for d in drafts if d[1] or any(self.profiles[i].violent for i in d[0])]
        members = [
            {self.profiles[i].report for i in reports} | {_mention_member(m.report, m.place, m.when) for m in told}
            for reports, told in drafts
        ]
        ids = keep_ids(members, {incident.id: _known_members(incident) for incident in previous}, kind="incident")
        incidents = []
        assignments: list[Assignment] = []
        places: dict[str, Place] = {}
        for name, (reports, told) in zip(ids, drafts, strict=True):
            incident, used = self._incident(name, reports, told)
            incidents.append(incident)
            places.update(used)
            assignments.extend(self._assignments(incident, reports, told))
        id_of = {self.profiles[i].report: name for name, (reports, _) in zip(ids, drafts, strict=True) for i in reports}
        suggestions = [
            s for m, n, score in doubts if (s := self._suggestion(mains[m], mains[n], score, id_of)) is not None
        ]
        return Grouping(
            incidents=tuple(sorted(incidents, key=lambda i: i.id)),
            assignments=tuple(sorted(assignments, key=lambda a: a.claim)),
            suggestions=tuple(sorted(suggestions, key=lambda s: s.id)),
            places=tuple(places[p] for p in sorted(places)),
        )

    def _incident(
        self, name: str, reports: Sequence[int], told: Sequence[Mention]
    ) -> tuple[Incident, dict[str, Place]]:
        profiles = [self.profiles[i] for i in reports]
        if profiles:
            when, found, kind = incident_days(profiles), incident_places(profiles), incident_type(profiles)
        else:
            when = next((m.when for m in told if m.when is not None), Interval(None, None, "none"))
            found = list({p.id: p for m in told for p in m.places.values()}.values())
            kind = "attack"
        place = found[0] if found else None
        links = [ReportLink(p.report, True, *self._why_linked(p, profiles)) for p in profiles]
        own = {p.report for p in profiles}
        links += [
            ReportLink(
                m.report,
                False,
                0.7,
                f"tells of it beside its own event: “{m.phrase}”" if m.phrase else "tells of it beside its own event",
            )
            for m in {m.report: m for m in reversed(told) if m.report not in own}.values()
        ]
        incident = Incident(
            id=name,
            title=incident_title(kind, place, when),
            type=kind,
            when=when,
            places=tuple(p.id for p in found),
            links=tuple(sorted(links, key=lambda link: (not link.main, link.report))),
            lat=place.lat if place else None,
            lon=place.lon if place else None,
            where_precision=place.precision if place else None,
            country=place.country if place else None,
            why=_incident_why(len(profiles), len(told), place, when),
        )
        return incident, {p.id: p for p in found}

    def _why_linked(self, own: Profile, profiles: Sequence[Profile]) -> tuple[float, str]:
        others = [p for p in profiles if p.report != own.report]
        if not others:
            return 1.0, "the only report of it"
        for members in self.origins:
            if (
                len(members) > 1
                and self.index[own.report] in members
                and any(self.index[p.report] in members for p in others)
            ):
                return 1.0, "carries the same underlying copy as another report of it"
        for other in others:
            pair = (min(own.report, other.report), max(own.report, other.report))
            if pair in self.decisions.together:
                return 1.0, "a person put it together with another report of it"
        scored = max(((self.comparison.score(own, p), p) for p in others), key=lambda s: (s[0], s[1].report))
        parts = [p for p in self.comparison.parts(own, scored[1]) if p.weight > 0 and p.words]
        return _confidence(scored[0]), _sentence(parts)

    def _assignments(self, incident: Incident, reports: Sequence[int], told: Sequence[Mention]) -> list[Assignment]:
        told_claims = {c for m in told for c in m.claims}
        out = []
        for i in reports:
            found = self.claims.get(self.profiles[i].report)
            for claim in found.claims if found else ():
                if not claim.background and not _is_total(claim):
                    out.append(_assigned(claim, incident, "it speaks of the report's main event"))
        for report in sorted({m.report for m in told}):
            for claim in self.claims[report].claims:
                if claim.id in told_claims:
                    phrase = f" “{claim.event.text}”" if claim.event else ""
                    out.append(_assigned(claim, incident, f"it speaks of another event than the report's own{phrase}"))
        return out

    def _suggestion(
        self, one: Sequence[int], other: Sequence[int], score: float, id_of: Mapping[str, str]
    ) -> Suggestion | None:
        a, b = (id_of.get(self.profiles[g[0]].report) for g in (one, other))
        if a is None or b is None or a == b:
            return None
        parts = self.comparison.parts(self.profiles[one[0]], self.profiles[other[0]])
        first, second = sorted((a, b))
        return Suggestion(
            record_id("sug", first, second),
            (first, second),
            _confidence(score),
            "perhaps one incident: " + _sentence(parts),
        )


def _divided(unit: list[int], apart: set[Pair | None]) -> list[list[int]]:
    """``unit`` parted so that no part holds two reports that a person told apart; each report joins the first part it may."""
    parts: list[list[int]] = []
    for item in unit:
        home = next((p for p in parts if not any((min(item, o), max(item, o)) in apart for o in p)), None)
        if home is None:
            parts.append([item])
        else:
            home.append(item)
    return parts


def _mention_member(report: str, place: Place | None, when: Interval | None) -> str:
    day = when.start.isoformat() if when is not None and when.start is not None else ""
    return f"{report}|{place.id if place else ''}|{day}"


def _known_members(incident: Incident) -> set[str]:
    """The members by which an incident of an earlier build is known again."""
    day = incident.when.start.isoformat() if incident.when.start is not None else ""
    place = incident.places[0] if incident.places else ""
    return {link.report if link.main else f"{link.report}|{place}|{day}" for link in incident.links}


def _is_total(claim: Claim) -> bool:
    return claim.tally is not None and claim.tally.scope == "total"


def _assigned(claim: Claim, incident: Incident, why: str) -> Assignment:
    place = claim.place or (incident.places[0] if incident.places else None)
    return Assignment(claim.id, incident.id, place, claim.when or incident.when, why)


def _confidence(score: float) -> float:
    """Log-odds as a probability, to two places."""
    bounded = max(-20.0, min(20.0, score))
    return round(1 / (1 + math.exp(-bounded)), 2)


def _sentence(parts: Sequence[Part]) -> str:
    return "; ".join(p.words for p in parts[:3] if p.words) or "their wording agrees"


def _incident_why(main: int, told: int, place: Place | None, when: Interval) -> str:
    reports = f"{main} report{'s' if main != 1 else ''} of it" if main else "only told of beside other events"
    beside = f", {told} more that mention{'s' if told == 1 else ''} it" if main and told else ""
    where = f" in {place.name}" if place else ""
    on = day_words(when)
    return f"{reports}{beside}{where}{', ' + on if on else ', day not stated'}."
