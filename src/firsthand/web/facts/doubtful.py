"""Claims that are read with little confidence, and what rests on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from firsthand.ledger import View
from firsthand.model import Claim, Figure, Tally, VoiceCount
from firsthand.wording import range_told

from .claims import count_told


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A claim whose reading is in doubt. ``moved`` is by how many people the figure that rests on it most would move without it,
    ``bears`` whether any figure rests on it; ``why`` says what is doubted and what it bears on."""

    claim: Claim
    incident: str
    moved: int
    why: str
    bears: bool


def doubtful_claims(view: View, figures: Iterable[Figure]) -> list[Doubtful]:
    """Every counted claim in doubt that counts towards an incident, in the order of the ids."""
    unsure = view.unsure_claims()
    homes = view.incidents_of_claims(sorted(unsure))
    resting: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.place is None:
            for id in figure.claims:
                if id in unsure:
                    resting[id].append(figure)
    sites = view.sites()
    claims = [claim for report in view.claims(sorted({unsure[claim] for claim in homes})) for claim in report.claims]
    out = []
    for claim in sorted(claims, key=lambda claim: claim.id):
        if claim.id in homes and claim.tally is not None:
            moved, bears = bearing(claim.id, resting[claim.id])
            read = _read(claim, claim.tally, sites.get(claim.report, "the report"))
            out.append(
                Doubtful(claim, homes[claim.id], moved, f"{read} {claim.doubt} {bears}", bool(resting[claim.id]))
            )
    return out


def _read(claim: Claim, tally: Tally, site: str) -> str:
    """What the words are taken for, in a sentence."""
    source = f"said by {claim.source.name}" if claim.source is not None else f"in {site}'s own voice"
    what = (
        count_told(claim)
        if tally.counted
        else f"{tally.outcome}, the number {'not given' if tally.unknown else 'left vague'}"
    )
    return f"“{tally.text}” is read as {what}, {source}."


def bearing(claim: str, figures: Sequence[Figure]) -> tuple[int, str]:
    """By how many people the figures would move at most without the claim, and that in a sentence."""
    if not figures:
        return 0, "No figure rests on it."
    ordered = sorted(figures, key=lambda figure: figure.id)
    return max((_without(figure, claim) for figure in ordered), key=lambda found: found[0])


def _without(figure: Figure, claim: str) -> tuple[int, str]:
    whose = "" if figure.victims == "people" else f" ({figure.victims.replace('_', ' ')})"
    name = f"{range_told(figure.low, figure.best, figure.high)} {figure.outcome}{whose}"
    left = [voice for found in figure.by_voice if (voice := _voice_without(found, claim)) is not None]
    if not left:
        return _largest([figure.low, figure.best, figure.high]), f"The figure of {name} rests on it alone."
    before, after = _hull(figure.by_voice), _hull(left)
    moved = sum(abs((a or 0) - (b or 0)) for a, b in zip(before, after, strict=True))
    if moved:
        return moved, f"It bears on {name}: without it the voices say {range_told(after[0], None, after[1])}."
    return 0, f"It bears on {name}, which others say without it."


def _voice_without(voice: VoiceCount, claim: str) -> VoiceCount | None:
    """What the voice says without the claim: the same where it says so elsewhere, else its number before; None for nothing."""
    rest = tuple(other for other in voice.claims if other != claim)
    if rest:
        return VoiceCount(voice.voice, voice.low, voice.high, rest, voice.origins)
    earlier = next(((low, high) for id, low, high in voice.history if id != claim), None)
    return VoiceCount(voice.voice, *earlier, (), voice.origins) if earlier is not None else None


def _hull(voices: Sequence[VoiceCount]) -> tuple[int | None, int | None]:
    lows = [n for voice in voices if (n := voice.low if voice.low is not None else voice.high) is not None]
    highs = [n for voice in voices if (n := voice.high if voice.high is not None else voice.low) is not None]
    return min(lows, default=None), max(highs, default=None)


def _largest(numbers: Iterable[int | None]) -> int:
    return max((number for number in numbers if number is not None), default=0)
