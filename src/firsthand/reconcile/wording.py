"""Sentences for people: how numbers and voices are put into words."""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.model import Outcome, VictimClass

from .statements import Statement

# Sentences name at most this many voices a number; the record itself lists all.
_SHOWN = 3


def number_phrase(low: int | None, high: int | None, named: int | None = None) -> str:
    """``named``: the number in the words, where the bounds begin above it.

    >>> number_phrase(21, None, 20)
    'more than 20'
    >>> number_phrase(16, 16), number_phrase(44, None), number_phrase(None, 30), number_phrase(3, 5)
    ('16', 'at least 44', 'up to 30', '3 to 5')
    """
    if low is None:
        return "an unknown number" if high is None else f"up to {high}"
    if high is None:
        return f"at least {low}" if named is None else f"more than {named}"
    return str(low) if low == high else f"{low} to {high}"


def outcome_phrase(outcome: Outcome, victims: VictimClass) -> str:
    """
    >>> outcome_phrase("killed", "aid_workers")
    'aid workers killed'
    >>> outcome_phrase("casualties", "people")
    'casualties'
    """
    if outcome == "destroyed":
        return "buildings destroyed"
    if outcome == "casualties":
        return "casualties" if victims == "people" else f"casualties among {victims.replace('_', ' ')}"
    return f"{victims.replace('_', ' ')} {outcome}"


def saying(statements: Sequence[Statement]) -> str:
    """Who says what, the number that most say first.

    >>> saying([])
    ''
    """
    by_number: dict[tuple[int | None, int | None, int | None], list[Statement]] = {}
    for statement in statements:
        by_number.setdefault((*statement.bounds, statement.named), []).append(statement)
    ordered = sorted(by_number.items(), key=lambda item: (-len(item[1]), item[0][0] or 0, item[0][1] or 0))
    told = []
    for bounds, group in ordered:
        names = sorted(dict.fromkeys(statement.voice.name for statement in group))
        told.append(f"{number_phrase(*bounds)} according to {listed(names)}")
    text = ", ".join(told)
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str]) -> str:
    """The first few of ``names``, and how many more there are.

    >>> listed(["a"]), listed(["a", "b", "c"]), listed(["a", "b", "c", "d", "e"])
    ('a', 'a, b and c', 'a, b, c and 2 more')
    """
    if len(names) > _SHOWN:
        return f"{', '.join(names[:_SHOWN])} and {len(names) - _SHOWN} more"
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
