"""What a report says in its own voice, against the figures that it quotes itself."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from firsthand.model import Conflict
from firsthand.resources import table

from .conflicts import conflict
from .evidence import Evidence, Gathered
from .statements import Standing
from .wording import number_phrase

# A comparison speaks of the next count that a source gives within this many code points: its own or the next sentence.
_REACH = 400


@cache
def _comparisons() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["direction"], re.compile(row["pattern"], re.IGNORECASE)) for row in table("reconcile/comparisons.tsv")
    )


@cache
def _any_comparison() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for _, pattern in _comparisons()), re.IGNORECASE)


def narration_conflicts(evidence: Evidence, gathered: Gathered) -> list[Conflict]:
    """Comparisons that the compared numbers refute ("a higher toll": 16 after 23), and counts in a report's own voice that are
    above every number of the two or more voices that it quotes."""
    by_report: dict[str, list[Standing]] = defaultdict(list)
    for standing in evidence.counts:
        by_report[standing.claim.report].append(standing)
    out = []
    for report in sorted(by_report):
        out.extend(_refuted_comparisons(evidence, gathered, report, by_report[report]))
        out.extend(_above_all_quoted(evidence, report, by_report[report]))
    return out


def _refuted_comparisons(evidence: Evidence, gathered: Gathered, report: str, own: list[Standing]) -> list[Conflict]:
    document = gathered.documents.get(report)
    if document is None:
        return []
    everywhere = sorted((s for s in gathered.by_report[report] if _quoted(s)), key=lambda s: (s.tally.span, s.claim.id))
    if len(everywhere) < 2 or _any_comparison().search(document.text) is None:
        return []
    out = []
    for direction, pattern in _comparisons():
        for match in pattern.finditer(document.text):
            after = next((s for s in everywhere if match.end() <= s.tally.span[0] <= match.end() + _REACH), None)
            if after is None or after.claim.id not in {s.claim.id for s in own}:
                continue
            before = [
                s
                for s in everywhere
                if s.tally.span[1] <= match.start()
                and s.tally.outcome == after.tally.outcome
                and s.voice != after.voice
            ]
            if not before:
                continue
            told, compared = _number(after), _number(before[-1])
            if told > compared if direction == "higher" else told < compared:
                continue
            why = (
                f"The report speaks of “{match.group(0)}”, but {told} ({after.voice.name}) is not {direction} than "
                f"{compared} ({before[-1].voice.name}), the number it gives before."
            )
            claims = [after.claim.id, before[-1].claim.id]
            out.append(conflict(evidence.incident.id, "narration", claims, why, [report]))
    return out


def _quoted(standing: Standing) -> bool:
    tally = standing.tally
    return standing.claim.field == "text" and not standing.voice.narrator and tally.counted and tally.part_of is None


def _number(standing: Standing) -> int:
    tally = standing.tally
    return (tally.low if tally.low is not None else tally.high) or 0


def _above_all_quoted(evidence: Evidence, report: str, own: list[Standing]) -> list[Conflict]:
    out = []
    for standing in own:
        tally = standing.tally
        if (
            not standing.voice.narrator
            or tally.low is None
            or tally.approx
            or standing.risen
            or tally.part_of
            or "people" not in tally.victims
        ):
            continue
        quoted = [
            s
            for s in own
            if _quoted(s) and not s.voice.unnamed and s.tally.outcome == tally.outcome and "people" in s.tally.victims
        ]
        if len({s.voice for s in quoted}) < 2:
            continue
        if any(s.tally.high is None or s.tally.approx or s.tally.high >= tally.low for s in quoted):
            continue
        told = ", ".join(f"{s.voice.name}: {number_phrase(s.tally.low, s.tally.high)}" for s in quoted[:4])
        said = number_phrase(tally.low, tally.high)
        why = f"The report itself says {said} {tally.outcome}, more than anybody it quotes ({told})."
        claims = [standing.claim.id, *(s.claim.id for s in quoted)]
        out.append(conflict(evidence.incident.id, "narration", claims, why, [report]))
    return out
