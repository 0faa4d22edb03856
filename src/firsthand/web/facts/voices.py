"""Who says what about an incident: each voice as the figures tell it, with copies folded under the first that carries them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from firsthand.model import Claim, Figure, Origin

from .claims import ClaimLine


@dataclass(frozen=True, slots=True)
class VoiceBlock:
    """All that one voice says about the incident, copies folded under the first that carries them. ``also`` are the other names
    that reports give it; ``lines`` what figures of the incident rest on or a person decided on, ``others`` the rest: earlier
    numbers, parts of a number, what a copy says of another event."""

    voice: str
    also: tuple[str, ...]
    lines: tuple[ClaimLine, ...]
    others: tuple[ClaimLine, ...]


#: What tells a speaker in the incident: its name; for a report's own voice, the origin of the report.
Speaker = tuple[str, str]


def voice_blocks(
    lines: Sequence[ClaimLine], figures: Iterable[Figure], origin_of: Mapping[str, Origin]
) -> tuple[VoiceBlock, ...]:
    """The lines by voice: those that figures rest on first, then who says most."""
    by_claim, resting = _voices_of(figures)
    by_speaker = _known_speakers(lines, by_claim, origin_of)
    grouped: dict[str, list[ClaimLine]] = defaultdict(list)
    for line in lines:
        known = by_claim.get(line.claim.id) or by_speaker.get(_speaker(line.claim, origin_of))
        grouped[known or line.source].append(line)
    blocks = [_block(voice, own, resting) for voice, own in grouped.items()]
    return tuple(sorted(blocks, key=lambda block: (*_said(block.lines), *_said(block.others), block.voice)))


def _said(lines: Iterable[ClaimLine]) -> tuple[bool, int]:
    """Sorts who says most first, and who says nothing last."""
    count = sum(1 + len(line.copies) for line in lines)
    return not count, -count


def folded(lines: Iterable[ClaimLine]) -> list[ClaimLine]:
    """The lines with a later one of the same origin and count under the first. They come in the order of their first."""
    groups: dict[tuple[object, ...], list[ClaimLine]] = {}
    for line in lines:
        tally = line.claim.tally
        assert tally is not None
        count = (tally.outcome, tally.low, tally.high, tally.victims, tally.scope, tally.vague, tally.unknown)
        groups.setdefault((line.origin_id, line.state, line.claim.certainty, *count), []).append(line)
    return [replace(first, copies=tuple(rest)) for first, *rest in groups.values()]


def behind(figure: Figure, lines: Iterable[ClaimLine]) -> tuple[ClaimLine, ...]:
    """The words that the figure rests on: what is accepted first, numbers before words without one, then what most reports
    carry."""
    rests_on = set(figure.claims)
    own = folded(line for line in lines if line.claim.id in rests_on)
    return tuple(sorted(own, key=lambda line: (line.state == "", not _numbered(line), -len(line.copies))))


def _voices_of(figures: Iterable[Figure]) -> tuple[dict[str, str], set[str]]:
    """The voice of each claim that a figure knows one of, and the claims that figures rest on."""
    by_claim: dict[str, str] = {}
    resting: set[str] = set()
    for figure in figures:
        resting.update(figure.claims)
        for count in figure.by_voice:
            for claim in (*count.claims, *(entry[0] for entry in count.history)):
                by_claim.setdefault(claim, count.voice)
    return by_claim, resting


def _known_speakers(
    lines: Iterable[ClaimLine], by_claim: Mapping[str, str], origin_of: Mapping[str, Origin]
) -> dict[Speaker, str]:
    """The voice of each speaker that the figures know as one voice: figures keep the claims that they count, while the same
    office says the same in copies too. A speaker that they know as two voices is left out."""
    found: dict[Speaker, set[str]] = defaultdict(set)
    for line in lines:
        voice = by_claim.get(line.claim.id)
        if voice is not None:
            found[_speaker(line.claim, origin_of)].add(voice)
    return {speaker: next(iter(voices)) for speaker, voices in found.items() if len(voices) == 1}


def _speaker(claim: Claim, origin_of: Mapping[str, Origin]) -> Speaker:
    if claim.source is None or claim.source.kind == "narrator":
        origin = origin_of.get(claim.report)
        return "", origin.id if origin else claim.report
    return claim.source.name.casefold(), ""


def _block(voice: str, lines: Sequence[ClaimLine], resting: set[str]) -> VoiceBlock:
    spoken = {line.claim.source.name for line in lines if line.claim.source and line.claim.source.kind != "narrator"}
    also = sorted(name for name in spoken if name.casefold() != voice.casefold())
    first: list[ClaimLine] = []
    others: list[ClaimLine] = []
    for line in folded(lines):
        bears = line.state or any(each.claim.id in resting for each in (line, *line.copies))
        (first if bears else others).append(line)
    return VoiceBlock(voice, tuple(also), tuple(first), tuple(others))


def _numbered(line: ClaimLine) -> bool:
    return line.claim.tally is not None and line.claim.tally.counted
