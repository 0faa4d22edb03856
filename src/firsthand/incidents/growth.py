"""Incidents of a pile that grows: reports that come later are grouped with those whose blocks they touch, the rest stays.

Two groups join only where more speaks for a pair of their reports than against, so a newcomer can change nothing outside the
reports that such pairs connect with its own blocks. Those are grouped again, together with those in doubt beside them, by the
same steps as a whole pile, and put in place of what they were: the result is that of grouping the whole pile with what the
smaller one had taught (``Learned``). A pile that has outgrown that is grouped anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from firsthand.model import Annotation, Document, Grouping, Incident, Judgement, Lineage, Origin, ReportClaims

from .actors import Sighting
from .blocks import LARGEST_NAME_BLOCK, Key, keys_of
from .crowd import areas_of
from .dates import dates_through_copies
from .decisions import read_decisions
from .group import finished, sightings
from .learned import Learned
from .mentions import LARGEST_MENTION_BLOCK, Mention, MentionScores, mention_keys
from .pile import DOUBTFUL, Beside, Pile, in_order
from .profile import Profile, profile
from .records import Records, Written, assigned_by_hand
from .settled import as_found

_Cell: TypeAlias = "tuple[str, date]"
# A mention: its report, and the claims it rests on, or none where it stands for the report's main group.
_Item: TypeAlias = "tuple[str, tuple[str, ...]]"


class Groups:
    """The grouping of a pile, and what it takes to add to it: profiles, blocks, and the comparison of its reports.

    Lives in memory; a judgement that a person makes later calls for a new one.
    """

    grouping: Grouping
    _learned: Learned
    _printed: dict[str, date | None]
    _origins: dict[str, frozenset[str]]

    def __init__(
        self,
        documents: Sequence[Document],
        annotations: Sequence[Annotation],
        reports: Sequence[ReportClaims],
        lineage: Lineage,
        *,
        previous: Sequence[Incident] = (),
        judgements: Sequence[Judgement] = (),
    ) -> None:
        self._judgements = judgements
        self._decisions = read_decisions(judgements)
        self._documents: dict[str, Document] = {}
        self._annotations: dict[str, Annotation] = {}
        self._claims: dict[str, ReportClaims] = {}
        self._keep(documents, annotations, reports)
        self._start(lineage, previous)

    @property
    def learned(self) -> Learned:
        """What the pile had taught when it was last grouped as a whole."""
        return self._learned

    def add(
        self,
        documents: Sequence[Document],
        annotations: Sequence[Annotation],
        reports: Sequence[ReportClaims],
        lineage: Lineage,
    ) -> Grouping:
        """Add reports; ``lineage`` is that of the whole pile. Gives the grouping of the whole pile."""
        before = self._printed
        self._keep(documents, annotations, reports)
        self._printed = self._printing(lineage)
        changed = {d.id for d in documents} | {
            r for r in before.keys() | self._printed.keys() if before.get(r) != self._printed.get(r)
        }
        origins = _by_report(lineage.origins)
        changed |= {r for r in self._documents if origins.get(r) != self._origins.get(r)} & self._documents.keys()
        self._lineage, self._origins = lineage, origins
        heads = self._heads_now()
        if not self._learned.fits(len(heads)):
            self._start(lineage, self.grouping.incidents)
            return self.grouping
        self._regroup(self._touched(changed, heads))
        return self.grouping

    # -- the whole pile

    def _keep(
        self, documents: Iterable[Document], annotations: Iterable[Annotation], reports: Iterable[ReportClaims]
    ) -> None:
        self._documents.update((d.id, d) for d in documents)
        self._annotations.update((a.document, a) for a in annotations)
        self._claims.update((r.report, r) for r in reports)

    def _start(self, lineage: Lineage, previous: Sequence[Incident]) -> None:
        """Group the whole pile and learn from it."""
        pile = Pile(
            list(self._documents.values()),
            list(self._annotations.values()),
            list(self._claims.values()),
            lineage,
            self._decisions,
        )
        mains, doubts = pile.main_groups()
        events = pile.events(mains)
        self._written = Records(pile, mains, events, as_found(previous, self._judgements)).written(doubts)
        assigned_by_hand(self._written, self._decisions)
        self._lineage, self._origins = lineage, _by_report(lineage.origins)
        self._learned, self._comparison, self._crowd = pile.learned, pile.comparison, pile.crowd
        self._printed = self._printing(lineage)
        self._profiles = {p.report: p for p in pile.profiles}
        self._heads = set(pile.heads)
        self._stand_ins = pile.stand_ins
        self._blocks: dict[Key, set[str]] = defaultdict(set)
        self._cells: dict[_Cell, set[str]] = defaultdict(set)
        for own in pile.profiles:
            self._index(own)
        self._mentions: dict[_Item, Mention] = {}
        self._mention_blocks: dict[tuple[str, str], set[_Item]] = defaultdict(set)
        self._put_mentions(pile.mentions)
        self._put_together: dict[str, set[str]] = defaultdict(set)
        for one, other in self._decisions.together:
            self._put_together[one].add(other)
            self._put_together[other].add(one)
        self._incidents_of: dict[str, set[str]] = {}
        self._note_incidents(self._profiles)
        self._seen = _by_sighted(sightings(pile, self._written))
        self._finish()

    def _note_incidents(self, reports: Iterable[str]) -> None:
        """Note which incidents each of ``reports`` tells of."""
        for report in reports:
            self._incidents_of[report] = set()
        for table in (
            ((name, report) for name, of in self._written.mains.items() for report in of),
            ((name, mention.report) for name, told in self._written.told.items() for mention in told),
        ):
            for name, report in table:
                if report in self._incidents_of:
                    self._incidents_of[report].add(name)

    def _finish(self) -> None:
        seen = [sighting for report in sorted(self._seen) for sighting in self._seen[report]]
        self.grouping = finished(self._written, self._profiles, seen, self._claims, self._dates, self._judgements)

    def _printing(self, lineage: Lineage) -> dict[str, date | None]:
        """The day of printing of each report that has one through its page or a copy."""
        ordered = in_order(self._documents.values())
        self._dates = dates_through_copies(ordered, self._annotations, lineage)
        out: dict[str, date | None] = {d.report: d.interval.day for d in self._dates}
        out.update((r, a.printed) for r, a in self._annotations.items() if a.printed is not None)
        return out

    def _heads_now(self) -> set[str]:
        return {
            in_order(self._documents[r] for r in members if r in self._documents)[0].id if len(members) > 1 else report
            for report, members in ((r, self._origins.get(r, frozenset({r}))) for r in self._documents)
        }

    def _index(self, own: Profile) -> None:
        for key in keys_of(own, self._learned.weights):
            self._blocks[key].add(own.report)
        for cell in _cells_of(own):
            self._cells[cell].add(own.report)

    def _put_mentions(self, mentions: Iterable[Mention]) -> None:
        for mention in mentions:
            item = mention.report, mention.claims
            self._mentions[item] = mention
            for key in mention_keys(mention):
                self._mention_blocks[key].add(item)

    # -- a part of it

    def _touched(self, changed: set[str], heads: set[str]) -> set[str]:
        """Brings profiles, blocks and crowd up to date; gives the reports whose pairs may count otherwise than before."""
        out = set(changed)
        old = {r: self._profiles[r] for r in sorted(changed & self._profiles.keys())}
        new = {
            r: profile(
                self._documents[r],
                self._annotations.get(r) or Annotation(r),
                self._claims.get(r),
                printed=self._printed.get(r),
            )
            for r in sorted(changed)
        }
        for report in sorted(self._heads & (changed | (self._heads - heads))):
            self._crowd.remove(self._profiles[report])
            out |= self._crowded(self._profiles[report])
        for report, own in old.items():
            out |= self._neighbours(own, len(changed))
            self._comparison.forget(report)
            for key in keys_of(own, self._learned.weights):
                self._blocks[key].discard(report)
            for cell in _cells_of(own):
                self._cells[cell].discard(report)
        self._profiles.update(new)
        for own in new.values():
            self._index(own)
        for report in sorted(heads & (changed | (heads - self._heads))):
            self._crowd.add(self._profiles[report])
            out |= self._crowded(self._profiles[report])
        for own in new.values():
            out |= self._neighbours(own, len(changed))
        self._heads = heads
        return out

    def _neighbours(self, own: Profile, more: int) -> set[str]:
        """The reports that share a block with one, those of blocks that ``more`` members have just made too large included."""
        out: set[str] = set()
        for key in keys_of(own, self._learned.weights):
            members = self._blocks[key]
            if key[0] == "day" or len(members) <= LARGEST_NAME_BLOCK + more:
                out |= members
        return out

    def _crowded(self, own: Profile) -> set[str]:
        """The reports of whose crowd one is a part."""
        return {report for cell in _cells_of(own) for report in self._cells[cell]}

    def _regroup(self, touched: set[str]) -> None:
        """Group the reports that ``touched`` ones may join, and put what comes of it in place of what was there."""
        scores: dict[tuple[str, str], float] = {}
        core = self._connected(touched, scores)
        while True:
            doubtful = {other for report in core for other in self._beside(report, DOUBTFUL, scores)} - core
            part = core | self._connected(doubtful, scores)
            pile = self._pile(part)
            mains, doubts = pile.main_groups()
            events = pile.events(mains)
            more = self._mentioned_beside(pile, mains, core, part) - core
            if not more:
                break
            core = self._connected(core | more, scores)
        previous = as_found(self.grouping.incidents, self._judgements)
        found = Records(pile, mains, events, previous).written(doubts)
        self._splice(found, pile, core)
        self._finish()

    def _pile(self, part: set[str]) -> Pile:
        return Pile(
            [self._documents[r] for r in part],
            [self._annotations[r] for r in part if r in self._annotations],
            [self._claims[r] for r in part if r in self._claims],
            Lineage(origins=tuple(o for o in self._lineage.origins if not part.isdisjoint(o.reports))),
            self._decisions,
            learned=self._learned,
            beside=Beside(
                self._profiles,
                self._comparison,
                lambda key: [self._profiles[r] for r in sorted((self._blocks[key] & self._stand_ins) - part)],
                lambda key: sum(1 for report, _ in self._mention_blocks[key] if report not in part),
            ),
        )

    def _connected(self, reports: Iterable[str], scores: dict[tuple[str, str], float]) -> set[str]:
        """``reports`` with all that copies, incidents, decisions and pairs for which more speaks than against connect with them."""
        out: set[str] = set()
        todo = list(reports)
        while todo:
            report = todo.pop()
            if report in out:
                continue
            out.add(report)
            todo.extend(self._origins.get(report, ()))
            todo.extend(self._put_together.get(report, ()))
            todo.extend(self._of_incidents(report))
            todo.extend(self._beside(report, 0.0, scores))
        return out

    def _beside(self, report: str, least: float, scores: dict[tuple[str, str], float]) -> list[str]:
        """The neighbours of a report whose pair with it scores more than ``least``."""
        own = self._profiles[report]
        out = []
        for other in self._neighbours(own, 0):
            if other != report:
                pair = (report, other) if report < other else (other, report)
                if pair not in scores:
                    scores[pair] = self._comparison.score(own, self._profiles[other])
                if scores[pair] > least:
                    out.append(other)
        return out

    def _of_incidents(self, report: str) -> Iterator[str]:
        """All reports of the incidents that a report tells of."""
        for name in self._incidents_of.get(report, ()):
            yield from self._written.mains[name]
            yield from (mention.report for mention in self._written.told[name])

    def _mentioned_beside(self, pile: Pile, mains: Sequence[Sequence[int]], core: set[str], part: set[str]) -> set[str]:
        """The reports whose events pairs of mentions connect with those of ``core``: an event told in passing may be theirs."""
        groups = {pile.profiles[members[0]].report: {pile.profiles[i].report for i in members} for members in mains}
        here = {(m.report, m.claims): m for m in pile.mentions}
        blocks: dict[tuple[str, str], set[_Item]] = defaultdict(set)
        for item, mention in here.items():
            for key in mention_keys(mention):
                blocks[key].add(item)
        todo = [item for item in here if not groups.get(item[0], {item[0]}).isdisjoint(core) or item[0] in core]
        seen = set(todo)
        compared = MentionScores(self._learned)
        while todo:
            item = todo.pop()
            mention = here.get(item) or self._mentions[item]
            for key in mention_keys(mention):
                others = blocks[key] | {o for o in self._mention_blocks[key] if o[0] not in part}
                if len(others) > LARGEST_MENTION_BLOCK:
                    continue
                for other in sorted(others - seen):
                    beside = here.get(other) or self._mentions[other]
                    if (mention.main and beside.main) or mention.report == beside.report:
                        continue
                    if compared.of(mention, beside) > 0:
                        seen.add(other)
                        todo.append(other)
        return {report for report, _ in seen}

    def _splice(self, found: Written, pile: Pile, core: set[str]) -> None:
        written = self._written
        old = {name for report in core for name in self._incidents_of.get(report, ())}
        new = {
            name
            for name in found.incidents
            if not core.isdisjoint(found.mains[name]) or any(m.report in core for m in found.told[name])
        }
        for name in old:
            del written.incidents[name], written.mains[name], written.told[name]
        for name in new:
            written.incidents[name] = found.incidents[name]
            written.mains[name] = found.mains[name]
            written.told[name] = found.told[name]
        written.places.update(found.places)
        for report in core:
            for claim in self._claims[report].claims if report in self._claims else ():
                written.of_claim.pop(claim.id, None)
                if claim.id in found.of_claim:
                    written.of_claim[claim.id] = found.of_claim[claim.id]
        written.suggestions = {name: s for name, s in written.suggestions.items() if old.isdisjoint(s.incidents)} | {
            name: s for name, s in found.suggestions.items() if not new.isdisjoint(s.incidents)
        }
        assigned_by_hand(written, self._decisions)
        self._stand_ins = (self._stand_ins - core) | (pile.stand_ins & core)
        for item in [item for item in self._mentions if item[0] in core]:
            for key in mention_keys(self._mentions.pop(item)):
                self._mention_blocks[key].discard(item)
        self._put_mentions(m for m in pile.mentions if m.report in core)
        fresh_seen = _by_sighted(sightings(pile, written))
        for report in core:
            self._seen[report] = fresh_seen.get(report, [])
        self._note_incidents(core)


def _cells_of(own: Profile) -> set[_Cell]:
    return {(area, day) for area in areas_of(own) for day in own.days.shares}


def _by_report(origins: Iterable[Origin]) -> dict[str, frozenset[str]]:
    """The reports of each report's origin."""
    return {report: frozenset(origin.reports) for origin in origins for report in origin.reports}


def _by_sighted(seen: Iterable[Sighting]) -> dict[str, list[Sighting]]:
    out: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in seen:
        out[sighting.report].append(sighting)
    return out
