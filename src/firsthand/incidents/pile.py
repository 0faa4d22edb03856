"""The pile while it is grouped: which reports share their main incident, and which further events are one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, islice

from firsthand.model import Annotation, Claim, Document, Lineage, ReportClaims
from firsthand.processes import spread

from .blocks import Key, candidates
from .cluster import Pair, between, linked, united
from .compact import ByReport, Profiles
from .copies import counterparts, same_words, with_settings_of
from .crowd import Crowd
from .decisions import Decisions
from .describe import incident_days, incident_places
from .evidence import Comparison
from .learned import Learned
from .mentions import LARGEST_MENTION_BLOCK, Mention, MentionScores, background_mentions, mention_blocks
from .profile import Profile
from .setting import Setting

# Of many wordings of one text this many stand for all when it is compared.
_REPRESENTATIVES = 3
# What it adds that two reports carry one underlying copy, and with how many of the next copies of it each is compared.
_COPY = 8.0
_COPIES_COMPARED = 5
# Pairs that are compared at a time, and so many that more than one process pays.
_TOGETHER = 1_000
_SPREAD_FROM = 4_000
# Two incidents whose groups come this near to joining are shown to a person. Of the pairs above it on incidents_syria and
# incidents_guns three in ten are one incident, of those between -2.0 and -1.5 one in six; from -2.5 to -2.0 one in fifteen.
DOUBTFUL = -2.0


@dataclass(frozen=True)
class Beside:
    """The larger pile of which a part is grouped: how its reports are compared, which of them stand ``outside`` the part in a
    block, and how many events are ``mentioned`` outside it in a block of mentions."""

    comparison: Comparison
    outside: Callable[[Key], Sequence[Profile]]
    mentioned: Callable[[tuple[str, str]], int]


class Pile:
    """The pile while it is grouped: profiles in order of the reports' content, so that neither the order of the input nor the
    reports' ids leave a trace in what is grouped."""

    def __init__(
        self,
        documents: Sequence[Document],
        annotations: Mapping[str, Annotation],
        claims: Mapping[str, ReportClaims],
        profiles: Mapping[str, bytes],
        lineage: Lineage,
        decisions: Decisions,
        *,
        learned: Learned | None = None,
        beside: Beside | None = None,
        workers: int = 1,
    ) -> None:
        """``annotations`` are asked for names, ``profiles`` are pages of those of all ``documents``. ``learned`` stands in for what
        the pile itself would teach; ``beside`` is the larger pile of which this is a part; ``workers`` processes compare."""
        self.documents = in_order(documents)
        self.annotations = annotations
        self.claims = claims
        self.decisions = decisions
        self._workers = workers
        self.read_alone = Profiles(profiles[d.id] for d in self.documents)
        self.profiles = self.read_alone
        self.index = {d.id: i for i, d in enumerate(self.documents)}
        self.origins = sorted(
            sorted(self.index[r] for r in origin.reports if r in self.index) for origin in lineage.origins
        )
        alone = set(range(len(self.profiles))) - {i for members in self.origins for i in members}
        firsts = sorted({members[0] for members in self.origins if members} | alone)
        heads = self.profiles.some(firsts)
        self.heads = [self.documents[i].id for i in firsts]
        self.learned = learned or Learned.of(heads)
        self.crowd = Crowd(heads)
        self.comparison = beside.comparison if beside else Comparison(self.learned, self.crowd)
        self._beside = beside
        self.origin_of = {r: o.id for o in lineage.origins if len(o.reports) > 1 for r in o.reports}
        self.units = self._units()
        self._follow_first()

    def annotation(self, report: str) -> Annotation:
        """The annotation of ``report``; an empty one where there is none."""
        return self.annotations.get(report) or Annotation(report)

    def claims_of(self, report: str) -> Sequence[Claim]:
        """The claims of ``report``, in text order."""
        found = self.claims.get(report)
        return found.claims if found is not None else ()

    @property
    def by_report(self) -> Mapping[str, Profile]:
        """The profiles by report."""
        return ByReport(self.profiles, self.index)

    def profile_of(self, report: str) -> Profile:
        return self.profiles[self.index[report]]

    def _units(self) -> list[list[int]]:
        """Reports that are settled to be together: copies of one text, and what a person merged.

        A report that took over another's text while its own title and lead tell of something else is no copy in this sense: then
        what speaks against weighs more than the copying.
        """
        apart = {self._pair(p) for p in self.decisions.apart}
        together = [p for q in self.decisions.together if (p := self._pair(q)) is not None]
        copies = [pair for members in self.origins for pair in self._copies_among(members) if pair not in apart]
        self._carries = {
            i: members[0] for members in united(len(self.profiles), copies) for i in members
        }  # by the first report of the same copy
        units: list[list[int]] = []
        for unit in united(len(self.profiles), [*copies, *together]):
            units.extend(_divided(unit, apart))
        return sorted(units)

    def _copies_among(self, members: Sequence[int]) -> Iterator[Pair]:
        """The pairs of reports of one origin that are copies as wholes. A word-for-word copy is whatever its first is."""
        by_text: dict[str, list[int]] = {}
        for i in members:
            by_text.setdefault(same_words(self.documents[i].text), []).append(i)
        for same in by_text.values():
            yield from ((same[0], other) for other in same[1:])
        firsts = [same[0] for same in by_text.values()]
        for n, i in enumerate(firsts):
            for j in firsts[n + 1 : n + 1 + _COPIES_COMPARED]:
                if self.comparison.score(self.profiles[i], self.profiles[j]) + _COPY > 0:
                    yield i, j

    def _follow_first(self) -> None:
        """Has what copies tell taken as the first of them tells it: a "Monday" is the same day in a copy printed a week later.

        ``originals`` are the reports that speak for their copies: each wording once, as far as it was printed on the day of the
        first. ``counterparts`` are the first's claims by those that stand in the same sentence of another copy.
        """
        copies: dict[tuple[int, int], list[int]] = defaultdict(list)
        for n, unit in enumerate(self.units):
            for i in unit:
                copies[n, self._carries[i]].append(i)
        self.originals: set[int] = set()
        self.counterparts: dict[str, str] = {}
        self.profiles = Profiles(self.read_alone.pages)
        for first, *others in copies.values():
            if not others:
                self.originals.add(first)
                continue
            printed = self.read_alone[first].days.published
            wordings = {same_words(self.documents[i].text): i for i in reversed((first, *others))}
            self.originals.update(i for i in wordings.values() if self.read_alone[i].days.published == printed)
            for i in others:
                found = counterparts(*self._claims_read(i), *self._claims_read(first))
                self.counterparts.update(found)
                self.profiles[i] = with_settings_of(self.read_alone[i], self.read_alone[first], found)

    def _claims_read(self, i: int) -> tuple[Document, Sequence[Claim], Mapping[str, Setting]]:
        document = self.documents[i]
        return document, self.claims_of(document.id), self.read_alone[i].settings

    def speaking(self, reports: Iterable[int]) -> list[int]:
        """Those of ``reports`` that are no later copy."""
        return [i for i in reports if i in self.originals]

    def _pair(self, reports: tuple[str, str]) -> Pair | None:
        i, j = self.index.get(reports[0]), self.index.get(reports[1])
        return None if i is None or j is None else (min(i, j), max(i, j))

    def main_groups(self) -> tuple[list[list[int]], list[tuple[int, int, float]]]:
        """Groups of report indices by main incident, and pairs of groups in doubt with their score."""
        unit_of = {i: n for n, unit in enumerate(self.units) for i in unit}
        stand_ins = sorted(i for unit in self.units for i in self._representatives(unit))
        self.stand_ins = {self.documents[i].id for i in stand_ins}
        chosen = self.profiles.some(stand_ins)
        scores: dict[Pair, float] = defaultdict(float)
        more: Counter[Pair] = Counter()  # how often a pair of units was compared after the first time
        found = candidates(chosen, self.learned.weights, outside=self._beside.outside if self._beside else None)
        pairs = ((stand_ins[a], stand_ins[b]) for a, b in found)
        for (i, j), score in self._compared((i, j) for i, j in pairs if unit_of[i] != unit_of[j]):
            m, n = sorted((unit_of[i], unit_of[j]))
            if (m, n) in scores:
                more[m, n] += 1
            scores[m, n] += score
        for pair, times in more.items():
            scores[pair] /= 1 + times
        apart = {
            (min(unit_of[p[0]], unit_of[p[1]]), max(unit_of[p[0]], unit_of[p[1]]))
            for q in self.decisions.apart
            if (p := self._pair(q)) is not None and unit_of[p[0]] != unit_of[p[1]]
        }
        grouped = linked(len(self.units), scores, apart=apart)
        group_of = {unit: n for n, units in enumerate(grouped) for unit in units}
        doubts = self._doubts(scores, grouped, group_of, apart)
        return [sorted(i for unit in units for i in self.units[unit]) for units in grouped], doubts

    def _compared(self, pairs: Iterable[Pair]) -> Iterator[tuple[Pair, float]]:
        """The score of each of ``pairs``. What is compared of the blocks of one day and country stays together."""
        first = list(islice(pairs, _SPREAD_FROM))
        workers = self._workers if len(first) == _SPREAD_FROM else 1
        for part, scores in spread(self._scores_of, _in_parts(chain(first, pairs)), workers):
            yield from zip(part, scores, strict=True)

    def _scores_of(self, pairs: Sequence[Pair]) -> tuple[Sequence[Pair], list[float]]:
        scores = [self.comparison.score(self.profiles[i], self.profiles[j]) for i, j in pairs]
        self.comparison.tidy()
        return pairs, scores

    def _representatives(self, unit: Sequence[int]) -> list[int]:
        return sorted(self.speaking(unit), key=lambda i: (-len(self.documents[i].text), i))[:_REPRESENTATIVES]

    def _doubts(
        self,
        scores: Mapping[Pair, float],
        grouped: Sequence[Sequence[int]],
        group_of: Mapping[int, int],
        apart: set[Pair],
    ) -> list[tuple[int, int, float]]:
        found: dict[Pair, list[float]] = defaultdict(list)
        barred = {tuple(sorted((group_of[i], group_of[j]))) for i, j in apart}
        for (i, j), score in scores.items():
            m, n = sorted((group_of[i], group_of[j]))
            if m != n and (m, n) not in barred:
                found[m, n].append(score)
        out = []
        for (m, n), values in sorted(found.items()):
            standing = between(values, len(grouped[m]) * len(grouped[n]))
            if standing > DOUBTFUL:
                out.append((m, n, standing))
        return out

    def events(self, mains: Sequence[Sequence[int]]) -> list[list[Mention]]:
        """Mentions by event: for each main group its own summary and what other reports tell of it, then further events."""
        found: list[Mention] = [self._summary(members) for members in mains]
        # What a later copy repeats is no further mention: it goes with the first's.
        repeated: dict[int, list[Mention]] = defaultdict(list)
        home_of_claim: dict[str, int] = {}
        for i, document in enumerate(self.documents):
            for mention in background_mentions(document, self.claims_of(document.id), self.profiles[i].settings):
                told = (home_of_claim.get(self.counterparts.get(claim, "")) for claim in mention.claims)
                first = next((n for n in told if n is not None), None)
                if first is not None:
                    repeated[first].append(replace(found[first], report=mention.report, claims=mention.claims))
                else:
                    home_of_claim.update(dict.fromkeys(mention.claims, len(found)))
                    found.append(mention)
        self.mentions = found
        home = {self.documents[i].id: n for n, members in enumerate(mains) for i in members}
        compared = MentionScores(self.learned)
        scores: dict[Pair, float] = {}
        apart: set[Pair] = set()
        for key, members_of_block in mention_blocks(found).items():
            outside = self._beside.mentioned(key) if self._beside else 0
            if len(members_of_block) + outside > LARGEST_MENTION_BLOCK:
                continue
            for i, j in combinations(members_of_block, 2):
                if found[i].main and found[j].main:
                    apart.add((i, j))
                elif (found[i].main and home[found[j].report] == i) or found[i].report == found[j].report:
                    continue
                else:
                    scores[i, j] = compared.of(found[i], found[j])
        return [
            [mention for i in members for mention in (found[i], *repeated[i])]
            for members in linked(len(found), scores, apart=apart)
        ]

    def _summary(self, members: Sequence[int]) -> Mention:
        """A main group as the event that a background mention elsewhere may speak of."""
        profiles = [self.profiles[i] for i in self.speaking(members)]
        terms: Counter[str] = Counter()
        for member in profiles:
            terms.update(dict(member.lead.items()))
        tolls = {(outcome, count) for p in profiles for outcome, counts in p.tolls.items() for count in counts}
        return Mention(
            report=profiles[0].report,
            main=True,
            claims=(),
            when=incident_days(profiles),
            places={p.id: p for p in incident_places(profiles)},
            terms=terms,
            tolls=frozenset(tolls),
        )


def in_order(documents: Iterable[Document]) -> list[Document]:
    """By day of publication, those without one last, and what they say: neither the order of the input nor the reports' ids leave a
    trace in what is grouped. Of one day the fullest comes first: it stands for its copies."""
    return sorted(
        documents,
        key=lambda d: (str(d.published or "9999"), -len(d.title or "") - len(d.text), d.title or "", d.text, d.id),
    )


def _in_parts(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    pairs = iter(pairs)
    while part := list(islice(pairs, _TOGETHER)):
        yield part


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
