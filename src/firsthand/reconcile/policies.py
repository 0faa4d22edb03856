"""How several voices' numbers become low, best and high: documented methods to choose from.

Each takes the statements about one cell, one a voice, and gives three numbers (None: no answer) and a sentence. None of them
reads a vague word, and none turns "unknown" into zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from firsthand.errors import SettingsError

from .statements import Statement
from .voices import folded


class Choice(NamedTuple):
    """``high`` None: no voice puts a ceiling. ``best`` None: two numbers and no reason to prefer one."""

    low: int | None
    best: int | None
    high: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Policy:
    """``summary`` is what a reader is told about the method, with its source. ``plurals``: words such as "several" leave a floor
    where nobody gives a number."""

    name: str
    summary: str
    choose: Callable[[Sequence[Statement], Mapping[str, int]], Choice]
    plurals: bool = True


def least(statements: Sequence[Statement]) -> int | None:
    """The smallest number that any voice stands by."""
    return min(
        (s.floor_number if s.low is not None else s.high for s in statements if s.number is not None), default=None
    )  # type: ignore[type-var]


def greatest(statements: Sequence[Statement]) -> int | None:
    """The largest number that any voice gives; None where every voice leaves the top open."""
    if all(statement.open for statement in statements):
        return None
    return max((max(s.high or 0, s.low or 0) for s in statements if s.number is not None), default=None)


def _default(statements: Sequence[Statement], _: Mapping[str, int]) -> Choice:
    """Range of all voices; best is the number that most of them bear out, then the latest, then the lower. Where all stand in
    one origin, its own voice has heard them all, and best is the number that it opens with."""
    low, high = least(statements), greatest(statements)
    numbers = sorted({s.number for s in statements if s.number is not None})
    if len(numbers) == 1:
        return Choice(low, numbers[0], high, "")
    if high is None:
        most = max(s.low for s in statements if s.low is not None)
        return Choice(low, most, None, f"every voice leaves the top open, and {most} agrees with all")
    own = [s for s in statements if s.voice.narrator and s.opens]
    if (
        len(own) == 1
        and own[0].number is not None
        and {origin for s in statements for origin in s.origins} <= own[0].origins
    ):
        return Choice(
            low,
            own[0].number,
            high,
            f"best is {own[0].number}, with which the only report opens that quotes the others",
        )
    weight = {number: sum(_weight(s) for s in statements if s.number == number) for number in numbers}
    top = max(weight.values())
    leading = [number for number in numbers if weight[number] == top]
    if len(leading) == 1:
        return Choice(low, leading[0], high, f"best is {leading[0]}, which most voices give")
    borne = {number: sum(s.voice.weight for s in statements if _allows(s, number)) for number in leading}
    top = max(borne.values())
    leading = [number for number in leading if borne[number] == top]
    if len(leading) == 1:
        return Choice(low, leading[0], high, f"best is {leading[0]}, which agrees with most voices")
    dated = {number: _last(statements, number) for number in leading}
    newest = max(dated.values())
    leading = [number for number in leading if dated[number] == newest]
    if len(leading) == 1:
        return Choice(low, leading[0], high, f"best is {leading[0]}, the latest of the numbers that equally many give")
    return Choice(low, leading[0], high, f"best is {leading[0]}, the lowest of the numbers that equally many give")


def _weight(statement: Statement) -> float:
    """That there was nobody, where it only follows from what a voice says of others, counts less than what is said."""
    return statement.voice.weight / (2 if statement.implied and statement.high == 0 else 1)


def _lowest_credible(statements: Sequence[Statement], _: Mapping[str, int]) -> Choice:
    named = [s for s in statements if not (s.voice.narrator or s.voice.unnamed)] or list(statements)
    low = least(named)
    kind = "voice that says who it is" if named != list(statements) else "voice"
    return Choice(low, low, low, f"the lowest number of any {kind}")


def _majority(statements: Sequence[Statement], _: Mapping[str, int]) -> Choice:
    low, high = least(statements), greatest(statements)
    votes: Counter[int] = Counter()
    halves = 0.0
    for statement in statements:
        if statement.number is not None:
            votes[statement.number] += 2 if statement.voice.weight == 1 else 1
            halves += 2 * statement.voice.weight
    number, most = votes.most_common(1)[0]
    if 2 * most > halves:
        return Choice(low, number, high, f"best is {number}, which more than half of the voices give")
    return Choice(low, None, high, "no number has more than half of the voices, so there is no best")


def _most_recent(statements: Sequence[Statement], _: Mapping[str, int]) -> Choice:
    days = [s.published for s in statements if s.published is not None]
    if not days:
        if len({s.bounds for s in statements}) == 1:
            return Choice(
                statements[0].low, statements[0].number, statements[0].high, "no report is dated, but all agree"
            )
        return Choice(least(statements), None, greatest(statements), "no report is dated, so none is the latest")
    last = max(days)
    newest = [s for s in statements if s.published == last]
    low, high = least(newest), greatest(newest)
    numbers = {s.number for s in newest}
    best = numbers.pop() if len(numbers) == 1 else None
    return Choice(low, best, high, f"the latest number, first carried on {last.isoformat()}")


def _hierarchy(statements: Sequence[Statement], ranks: Mapping[str, int]) -> Choice:
    ranked = [(rank, s) for s in statements if (rank := _rank(s, ranks)) is not None]
    if not ranked:
        return Choice(
            least(statements), None, greatest(statements), "no voice stands in the hierarchy, so there is no best"
        )
    first = min(rank for rank, _ in ranked)
    chosen = [s for rank, s in ranked if rank == first]
    low, high = least(chosen), greatest(chosen)
    numbers = {s.number for s in chosen}
    best = numbers.pop() if len(numbers) == 1 else None
    return Choice(low, best, high, f"the number of {_names(chosen)}, first of these voices in the hierarchy")


def _widest(statements: Sequence[Statement], _: Mapping[str, int]) -> Choice:
    low, high = least(statements), greatest(statements)
    best = low if low == high or (high is None and len({s.number for s in statements}) == 1) else None
    return Choice(low, best, high, "the whole range of what is said, with no number preferred")


def _conservative(statements: Sequence[Statement], _: Mapping[str, int]) -> Choice:
    low = least(statements)
    tops = [s.number for s in statements if s.number is not None]
    return Choice(low, min(tops), min(tops), "the smallest of each: lows, best numbers and highs")


def _informative(statements: Sequence[Statement], _: Mapping[str, int]) -> Choice:
    lows = [s.low for s in statements if s.low is not None]
    tops = [s.number for s in statements if s.number is not None]
    best = max(tops)
    return Choice(
        max(lows, default=best), best, greatest(statements), "the largest of each: lows, best numbers and highs"
    )


def _representative(statements: Sequence[Statement], _: Mapping[str, int]) -> Choice:
    lows = [s.low if s.low is not None else s.high for s in statements if s.number is not None]
    tops = [s.number for s in statements if s.number is not None]
    highs = [s.high for s in statements if s.high is not None]
    low, best = _commonest(lows), _commonest(tops)
    high = _commonest(highs) if highs else None
    return Choice(
        None if low is None or best is None else min(low, best),
        best,
        None if high is None else max(high, best or 0),
        "the commonest of each: lows, best numbers and highs; the smallest of equals",
    )


def _commonest(numbers: Sequence[int | None]) -> int | None:
    counts = Counter(number for number in numbers if number is not None)
    top = max(counts.values(), default=0)
    return min((number for number in counts if counts[number] == top), default=None)


def _allows(statement: Statement, number: int) -> bool:
    return (statement.low is None or statement.low <= number) and (statement.high is None or number <= statement.high)


def _last(statements: Sequence[Statement], number: int) -> date:
    return max((s.published for s in statements if s.number == number and s.published is not None), default=date.min)


def _rank(statement: Statement, ranks: Mapping[str, int]) -> int | None:
    return ranks.get("narrator") if statement.voice.narrator else ranks.get(folded(statement.voice.name))


def _names(statements: Sequence[Statement]) -> str:
    return " and ".join(sorted({statement.voice.name for statement in statements}))


def load_hierarchy(path: Path) -> dict[str, int]:
    """Ranks by folded name from a text file: one line a rank, the most trusted first, equals on one line with ``;`` between.

    ``narrator`` stands for what reports say in their own voice; ``#`` begins a comment. Raises SettingsError.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"source hierarchy {path}", why=str(error)) from error
    lines = [line.split("#", 1)[0].strip() for line in text.splitlines()]
    return hierarchy_ranks([line.split(";") for line in lines if line])


def hierarchy_ranks(levels: Sequence[str | Sequence[str]]) -> dict[str, int]:
    """Ranks by folded name from names in order, or lists of equals."""
    ranks: dict[str, int] = {}
    for rank, level in enumerate(levels):
        for name in [level] if isinstance(level, str) else level:
            ranks.setdefault(folded(name), rank)
    return ranks


POLICIES: dict[str, Policy] = {
    policy.name: policy
    for policy in (
        Policy(
            "default",
            "Range of all independent voices; best is the number most of them give, then the one most agree with, then the"
            " latest, then the lowest. Where nobody gives a number, a plural leaves a floor of two (Airwars), dozens and hundreds"
            " one of their unit (ACLED).",
            _default,
        ),
        Policy(
            "numbers_only",
            "As default, but words without a number (several, dozens) leave no floor: what nobody counts stays unknown.",
            _default,
            plurals=False,
        ),
        Policy(
            "lowest_credible",
            "The lowest number given by a voice that says who it is (as ACLED codes fatalities until better is known).",
            _lowest_credible,
        ),
        Policy(
            "majority",
            "The number that more than half of the voices give, else no best (Every Casualty, majority view).",
            _majority,
        ),
        Policy("most_recent", "The number first carried latest: tolls rise as bodies are found.", _most_recent),
        Policy(
            "source_hierarchy",
            "The number of the voice that stands highest in a file the user owns (Every Casualty, source hierarchy).",
            _hierarchy,
        ),
        Policy(
            "widest_range",
            "Lowest and highest number of any voice, none preferred (Every Casualty, maximum and minimum; Iraq Body Count).",
            _widest,
        ),
        Policy(
            "conservative",
            "The smallest low, best and high of any voice (Van Baalen and Höglund, most conservative).",
            _conservative,
        ),
        Policy(
            "informative",
            "The largest low, best and high of any voice (Van Baalen and Höglund, most informative).",
            _informative,
        ),
        Policy(
            "representative",
            "The commonest low, best and high, the smallest of equals (Van Baalen and Höglund, most representative).",
            _representative,
        ),
    )
}


def policy_named(name: str) -> Policy:
    """Raises SettingsError where there is no such policy."""
    try:
        return POLICIES[name]
    except KeyError:
        raise SettingsError(f"policy {name!r}", why="there is none of that name", hint=", ".join(POLICIES)) from None
