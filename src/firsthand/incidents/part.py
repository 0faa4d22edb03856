"""Grouping a part of a kept pile again: the reports that something new touches, and those that they connect with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from firsthand.model import Judgement, Lineage, Origin, ReportDate

from .blocks import LARGEST_NAME_BLOCK, Key, keys_of
from .compact import pack
from .crowd import shares_of
from .dates import dates_through_copies
from .decisions import Decisions
from .evidence import Comparison
from .kept import KeptCrowd, KeptPile, Outside
from .mentions import LARGEST_MENTION_BLOCK, Mention, MentionScores, mention_keys
from .pages import PileState, mark, origin_mark
from .pile import DOUBTFUL, Beside, Pile, in_order
from .profile import Profile, profile
from .records import Records, Written, assigned_by_hand
from .settled import as_found

# A mention: its report, and the claims it rests on, or none where it stands for the report's main group.
_Item: TypeAlias = "tuple[str, tuple[str, ...]]"


class Regrouping:
    """Finds what is new in a kept pile and groups what it touches.

    ``reports`` are all that were read, ``changed`` those whose profile is another one than is kept; ``dates`` and ``printed`` are
    the days that those ``around`` them have through copies. After ``regroup``, ``core`` are the reports grouped again, ``pile`` the
    part in which that was done, ``written`` what came of it in place of the incidents ``old``.
    """

    core: set[str]
    pile: Pile
    written: Written
    old: set[str]

    def __init__(self, kept: KeptPile, decisions: Decisions, judgements: Sequence[Judgement]) -> None:
        self.kept = kept
        self.decisions = decisions
        self._judgements = judgements
        self.reports = kept.ledger.reading_marks()
        self._origins = {
            name: tuple(r for r in members if r in self.reports)
            for name, members in kept.ledger.origin_members().items()
        }
        self._members = {report: members for members in self._origins.values() for report in members}
        self.incidents_of: dict[str, set[str]] = defaultdict(set)
        self.reports_of: dict[str, set[str]] = defaultdict(set)
        for incident, report in kept.ledger.incident_links():
            self.incidents_of[report].add(incident)
            self.reports_of[incident].add(report)
        self._find_changes()

    @property
    def fits(self) -> bool:
        """Whether what the pile once taught still holds for it, and all reports are still there."""
        return self.kept.keys.keys() <= self.reports.keys() and self.kept.learned.fits(len(self.heads))

    def members(self, report: str) -> tuple[str, ...]:
        """The reports that share a report's copy."""
        return self._members.get(report, (report,))

    # -- what is new

    def _find_changes(self) -> None:
        keys, kept = self.kept.keys, self.kept
        fresh = {
            r
            for r, read_as in self.reports.items()
            if r not in keys or keys[r].mark != read_as or keys[r].origin != origin_mark(self.members(r))
        }
        self.around = {member for report in fresh for member in self.members(report)}
        kept.documents.among(self.around)
        kept.annotations.among(self.around)
        documents = in_order(kept.documents[r] for r in self.around)
        self.dates: tuple[ReportDate, ...] = dates_through_copies(
            documents, kept.annotations, self._lineage(self.around)
        )
        self.printed: dict[str, date | None] = {d.report: d.interval.day for d in self.dates}
        self.printed.update((r, day) for r in self.around if (day := kept.annotations[r].printed) is not None)
        place = {document.id: n for n, document in enumerate(documents)}
        self._old_heads = {report for report, own in keys.items() if own.head}
        self._compared = {report for report, own in keys.items() if own.stands_in}
        self.heads = (self._old_heads - self.around) | {
            min(self.members(report), key=lambda r: place[r]) for report in self.around
        }
        self.changed = fresh | {r for r in self.around if r not in keys or keys[r].printed != self.printed.get(r)}

    def _lineage(self, reports: Collection[str]) -> Lineage:
        """The origins of ``reports``."""
        found = (
            (name, members)
            for name, members in self._origins.items()
            if members and not members_apart(members, reports)
        )
        return Lineage(origins=tuple(Origin(name, "", members) for name, members in found))

    def _decided(self, state: PileState) -> set[str]:
        """The reports that decisions name which are others than those carried out."""
        before = self.kept.state
        pairs = {*before.together} ^ {*state.together} | {*before.apart} ^ {*state.apart}
        out = {report for pair in pairs for report in pair}
        out |= {self._home[claim] for claim, _, _ in {*before.assigned} ^ {*state.assigned} if claim in self._home}
        for incident, _ in {*before.corrected} ^ {*state.corrected}:
            out |= self.reports_of.get(incident, set())
        return out & self.reports.keys()

    def _link_by_hand(self, state: PileState) -> None:
        """Notes which reports decisions connect."""
        self._together: dict[str, set[str]] = defaultdict(set)
        for one, other in state.together:
            self._together[one].add(other)
            self._together[other].add(one)
        assigned = {*self.kept.state.assigned, *state.assigned}
        self._home = self.kept.ledger.homes_of_claims({claim for claim, _, _ in assigned})
        self.given_to: dict[str, set[str]] = defaultdict(set)
        self._givers: dict[str, set[str]] = defaultdict(set)
        for claim, incident, _ in assigned:
            if claim in self._home:
                self.given_to[self._home[claim]].add(incident)
                self._givers[incident].add(self._home[claim])

    def _update(self) -> set[str]:
        """Brings profiles and blocks up to date; gives the reports whose pairs may count otherwise than before."""
        kept, changed = self.kept, self.changed
        out = set(changed)
        known = sorted(changed & kept.keys.keys())
        kept.profiles.among([*known, *(self._old_heads - self.heads), *(self.heads - self._old_heads - changed)])
        for report in sorted(self._old_heads & (changed | (self._old_heads - self.heads))):
            out |= self._crowded(kept.profiles[report])
        for report in known:
            out |= self._neighbours(kept.profiles[report], len(changed))
        kept.claims.among(changed)
        for report in sorted(changed):
            kept.index(
                profile(
                    kept.documents[report],
                    kept.annotations[report],
                    kept.claims[report],
                    printed=self.printed.get(report),
                )
            )
        for report in sorted(self.heads & (changed | (self.heads - self._old_heads))):
            out |= self._crowded(kept.profiles[report])
        for report in sorted(changed):
            out |= self._neighbours(kept.profiles[report], len(changed))
        self._comparison = Comparison(kept.learned, KeptCrowd(kept.cells, self.heads))
        return out

    def _neighbours(self, own: Profile, more: int) -> set[str]:
        """The reports that share a block with one, those of blocks that ``more`` members have just made too large included."""
        out: set[str] = set()
        for key in keys_of(own, self.kept.learned.weights):
            members = self.kept.blocks.reports(mark(*key))
            if key[0] == "day" or len(members & self._compared) <= LARGEST_NAME_BLOCK + more:
                out |= members
        return out

    def _crowded(self, own: Profile) -> set[str]:
        """The reports of whose crowd one is a part."""
        return {report for cell, _, _ in shares_of(own) for report in self.kept.cells.reports(mark(*cell))}

    # -- a part of the pile

    def regroup(self, state: PileState) -> None:
        """Group the reports that new ones may join."""
        self._link_by_hand(state)
        self._scores: dict[tuple[str, str], float] = {}
        core = self._connected(self._update() | self._decided(state))
        while True:
            doubtful = {other for report in core for other in self._beside(report, DOUBTFUL)} - core
            part = core | self._connected(doubtful)
            self.pile = self._pile(part)
            mains, doubts = self.pile.main_groups()
            events = self.pile.events(mains)
            more = self._mentioned_beside(mains, core, part) - core
            if not more:
                found = self._records(mains, events, part).written(doubts)
                more = self._given_elsewhere(found, core) - core
            if not more:
                break
            core = self._connected(core | more)
        self.core = core
        self.old = {name for report in core for name in self.incidents_of.get(report, ())}
        self.written = self._of_core(found)

    def _pile(self, part: set[str]) -> Pile:
        kept = self.kept
        for records in (kept.profiles, kept.documents, kept.annotations, kept.claims):
            records.among(part)
        stand_ins = {report for report, own in kept.keys.items() if own.stands_in} - part

        def outside(key: Key) -> Outside:
            return Outside(sorted(kept.blocks.reports(mark(*key)) & stand_ins), kept.profiles)

        def mentioned(key: tuple[str, str]) -> int:
            return sum(1 for report, _, _ in kept.mentions.of(mark(*key)) if report not in part)

        return Pile(
            [kept.documents[r] for r in part],
            kept.annotations,
            {r: kept.claims[r] for r in part},
            {r: pack(kept.profiles[r]) for r in part},
            self._lineage(part),
            self.decisions,
            learned=kept.learned,
            beside=Beside(self._comparison, outside, mentioned),
        )

    def _records(self, mains: Sequence[Sequence[int]], events: Sequence[Sequence[Mention]], part: set[str]) -> Records:
        known = {name for report in part for name in self.incidents_of.get(report, ())}
        previous = as_found(self.kept.ledger.incidents_by_id(sorted(known)), self._judgements)
        return Records(self.pile, mains, events, previous, self.kept.found)

    def _of_core(self, found: Written) -> Written:
        """What was found of the incidents that reports of the core tell of."""
        new = {
            name
            for name in found.incidents
            if not self.core.isdisjoint(found.mains[name]) or any(m.report in self.core for m in found.told[name])
        }
        claims = [claim.id for report in self.core for claim in self.kept.claims[report].claims]
        out = Written(
            incidents={name: found.incidents[name] for name in sorted(new)},
            mains={name: found.mains[name] for name in new},
            told={name: found.told[name] for name in new},
            of_claim={claim: found.of_claim[claim] for claim in claims if claim in found.of_claim},
            places=found.places,
            suggestions={name: s for name, s in found.suggestions.items() if not new.isdisjoint(s.incidents)},
        )
        assigned_by_hand(out, self.decisions)
        return out

    def _connected(self, reports: Iterable[str]) -> set[str]:
        """``reports`` with all that copies, incidents, decisions and pairs for which more speaks than against connect with them."""
        out: set[str] = set()
        todo = list(reports)
        while todo:
            report = todo.pop()
            if report in out or report not in self.reports:
                continue
            out.add(report)
            todo.extend(self.members(report))
            todo.extend(self._together.get(report, ()))
            todo.extend(self._of_incidents(report))
            todo.extend(self._beside(report, 0.0))
        return out

    def _of_incidents(self, report: str) -> Iterator[str]:
        """All reports of the incidents that a report tells of, or that a claim of it was given to, and those with a claim given to
        one of them."""
        for name in self.incidents_of.get(report, set()) | self.given_to.get(report, set()):
            yield from self.reports_of.get(name, ())
            yield from self._givers.get(name, ())

    def _beside(self, report: str, least: float) -> list[str]:
        """The neighbours of a report whose pair with it scores more than ``least``."""
        profiles, scores = self.kept.profiles, self._scores
        own = profiles[report]
        others = self._neighbours(own, 0) - {report}
        profiles.among(others)
        out = []
        for other in others:
            pair = (report, other) if report < other else (other, report)
            if pair not in scores:
                scores[pair] = self._comparison.score(own, profiles[other])
            if scores[pair] > least:
                out.append(other)
        return out

    def _mentioned_beside(self, mains: Sequence[Sequence[int]], core: set[str], part: set[str]) -> set[str]:
        """The reports whose events pairs of mentions connect with those of ``core``: an event told in passing may be theirs."""
        documents = self.pile.documents
        groups = {documents[members[0]].id: {documents[i].id for i in members} for members in mains}
        known = {(m.report, m.claims): m for m in self.pile.mentions}
        blocks: dict[tuple[str, str], set[_Item]] = defaultdict(set)
        for item, mention in known.items():
            for key in mention_keys(mention):
                blocks[key].add(item)
        todo = [item for item in known if item[0] in core or not groups.get(item[0], {item[0]}).isdisjoint(core)]
        seen = set(todo)
        compared = MentionScores(self.kept.learned)
        while todo:
            mention = known[todo.pop()]
            for key in mention_keys(mention):
                stored = [(r, n) for r, n, _ in self.kept.mentions.of(mark(*key)) if r not in part]
                if len(stored) + len(blocks[key]) > LARGEST_MENTION_BLOCK:
                    continue
                others = set(blocks[key])
                self.kept.told.among(r for r, _ in stored)
                for report, number in stored:
                    other = self.kept.told[report][number]
                    known.setdefault((other.report, other.claims), other)
                    others.add((other.report, other.claims))
                for item in sorted(others - seen):
                    beside = known[item]
                    if (mention.main and beside.main) or mention.report == beside.report:
                        continue
                    if compared.of(mention, beside) > 0:
                        seen.add(item)
                        todo.append(item)
        return {report for report, _ in seen}

    def _given_elsewhere(self, found: Written, core: set[str]) -> set[str]:
        """The reports with a claim that a person assigned to an incident which comes or goes."""
        old = {name for report in core for name in self.incidents_of.get(report, ())}
        new = {name for name in found.incidents if not core.isdisjoint(found.mains[name])}
        new |= {name for name, told in found.told.items() if any(m.report in core for m in told)}
        return {
            self._home[claim]
            for claim, (incident, _) in self.decisions.assigned.items()
            if incident in old ^ new and claim in self._home
        }


def members_apart(members: Sequence[str], reports: Collection[str]) -> bool:
    """Whether none of ``members`` is among ``reports``."""
    return not any(member in reports for member in members)
