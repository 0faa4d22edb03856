"""Which of the statements about one cell its number rests on, how many voices these are, and how far they agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from firsthand.model.figure import FigureStatus

from .statements import Statement


def counting(statements: Sequence[Statement]) -> list[Statement]:
    """The statements that the number rests on: a report's own voice only where nobody whom it quotes says the same, or said so
    before giving another number, and statements about some of the victims only where there is no other."""
    numbered = [statement for statement in statements if statement.number is not None]
    last = _borne_out([statement for statement in numbered if not statement.early] or numbered)
    stated = max((s.number or 0 for s in last if not s.part and not s.floor), default=0)
    large = [s for s in last if not s.part and (not s.floor or (s.number or 0) >= stated)]
    most = max((s.number or 0 for s in large), default=0)
    parts = [s for s in last if s.part and (s.number or 0) > most]
    if not large and any((s.number or 0) > 1 for s in parts):
        parts = [s for s in parts if (s.number or 0) > 1]
    whole = large + parts
    quoted = {(origin, s.bounds) for s in whole if not s.voice.narrator for origin in s.origins}
    floors = _own_voices(last)
    earlier = {said for s in whole if not s.voice.narrator for said in s.earlier}
    heard = [
        s
        for s in whole
        if not s.voice.narrator
        or not all((origin, s.bounds) in quoted or (origin, s.number) in earlier for origin in s.origins)
    ]
    return _not_overtaken([s for s in heard if not _outweighed(s, floors)])


def outweighed(statements: Sequence[Statement]) -> list[Statement]:
    """The statements that are left aside because the reports that quote them say in their own voice that it was more."""
    floors = _own_voices(statement for statement in statements if not statement.early)
    return [s for s in statements if not s.part and not s.early and s.number and _outweighed(s, floors)]


def _own_voices(statements: Iterable[Statement]) -> dict[str, Statement]:
    """What each origin says in its own voice."""
    return {origin: s for s in statements if s.voice.narrator for origin in s.origins}


def _not_overtaken(statements: Sequence[Statement]) -> list[Statement]:
    """``statements`` without what reports say in their own voice where all that is first said on a later day is one other number:
    early news that nobody has kept to. What a voice that says who it is has not taken back stays."""
    out = []
    for said in statements:
        later = [
            s
            for s in statements
            if s.published and said.published and s.published > said.published and not (s.implied and s.high == 0)
        ]
        one_number = len({s.bounds for s in later}) == 1 and later[0].number != said.number
        if not (said.voice.narrator and one_number):
            out.append(said)
    return out


def _borne_out(statements: Sequence[Statement]) -> list[Statement]:
    """``statements`` with those who gave several numbers held to the one that somebody else gives too, where there is only one."""
    out = []
    for said in statements:
        others = {s.number for s in statements if s.voice != said.voice and not s.given and not s.part}
        borne = said.given & others
        if len(borne) == 1:
            number = next(iter(borne))
            said = replace(said, low=number, high=number, opening=None, named=None)
        out.append(said)
    return out


def _outweighed(statement: Statement, floors: Mapping[str, Statement]) -> bool:
    """The reports that carry it say in their own voice that it was more."""
    number = statement.number
    if statement.voice.narrator or number is None:
        return False
    own = [floors[origin].floor_number if origin in floors else None for origin in statement.origins]
    return all(low is not None and number < low for low in own)


def independent(statements: Sequence[Statement]) -> int:
    """How many voices surely speak for themselves: unnamed ones who give the number of a named one may be that one's own people
    ("militia officials" beside the militia), so they are shown and not counted."""
    named = {s.number for s in statements if not (s.voice.unnamed or s.voice.narrator)}
    return sum(not (s.voice.unnamed and s.number in named) for s in statements)


def status_of(statements: Sequence[Statement]) -> FigureStatus:
    """contested: two voices that say who they are give numbers that cannot both hold, or one says that there was nobody of a
    class that another counts. range: the numbers differ otherwise."""
    same = len({statement.bounds for statement in statements}) == 1
    if same:
        return "agreed" if independent(statements) > 1 else "single"
    if any(s.implied and s.high == 0 for s in statements) and any(s.low for s in statements):
        return "contested"
    named = [s for s in statements if not (s.voice.narrator or s.voice.unnamed)]
    return "contested" if any(clash(a, b) for a, b in combinations(named, 2)) else "range"


def clash(one: Statement, other: Statement) -> bool:
    """The two cannot both hold. "About 50" leaves room for a tenth either way."""
    slack = max(_slack(one), _slack(other))
    above = one.low is not None and other.high is not None and one.low > other.high + slack
    below = other.low is not None and one.high is not None and other.low > one.high + slack
    return above or below


def _slack(statement: Statement) -> float:
    return (statement.number or 0) / 10 if statement.approx else 0
