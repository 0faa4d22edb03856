"""What a person decided about grouping, as pairs of reports that must or must not share their main incident.

A judgement with verb ``merge`` or ``split`` holds in ``before`` and ``after`` the canonical JSON of a list of groups, each a
list of report ids: how the touched reports were grouped, and how they are to be::

    merge   before [["rep-a"],["rep-b","rep-c"]]   after [["rep-a","rep-b","rep-c"]]
    split   before [["rep-a","rep-b","rep-c"]]     after [["rep-a","rep-b"],["rep-c"]]

Reports in one group of ``after`` stay together and reports in different groups stay apart, whatever a rebuild finds, until
a later judgement says otherwise about the same two reports or an ``undo`` takes this one back. A judgement with verb
``assign`` has a claim's id as ``subject`` and in ``after`` the canonical JSON of a list with one incident id.
:func:`regrouping` writes ``before`` and ``after``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from firsthand.model import Judgement, canonical_json, standing


@dataclass
class Decisions:
    """Pairs of report ids (smaller first) by judgement id, and claims assigned by hand (claim → incident)."""

    together: dict[tuple[str, str], str] = field(default_factory=dict)
    apart: dict[tuple[str, str], str] = field(default_factory=dict)
    assigned: dict[str, tuple[str, str]] = field(default_factory=dict)


def regrouping(before: Iterable[Iterable[str]], after: Iterable[Iterable[str]]) -> tuple[str, str]:
    """``before`` and ``after`` of a merge or split, from groups of report ids.

    >>> regrouping([["b", "a"], ["c"]], [["a", "b", "c"]])
    ('[["a","b"],["c"]]', '[["a","b","c"]]')
    """
    first, second = (canonical_json(sorted(sorted(group) for group in groups)) for groups in (before, after))
    return first, second


def read_decisions(judgements: Sequence[Judgement]) -> Decisions:
    """The decisions that stand, later ones over earlier; a judgement whose ``after`` cannot be read as above is passed over."""
    out = Decisions()
    for judgement in standing(judgements):
        # Those of origins and actors hold groups of another kind: see lineage and ``settled``.
        if judgement.verb in ("merge", "split") and not judgement.subject.startswith(("org-", "act-")):
            _regroup(out, judgement)
        elif judgement.verb == "assign":
            after = _loaded(judgement.after)
            if len(after) == 1 and isinstance(after[0], str):
                out.assigned[judgement.subject] = (after[0], judgement.id)
    return out


def _regroup(out: Decisions, judgement: Judgement) -> None:
    groups = [[r for r in g if isinstance(r, str)] for g in _loaded(judgement.after) if isinstance(g, list)]
    for group in groups:
        for pair in combinations(sorted(set(group)), 2):
            out.together[pair] = judgement.id
            out.apart.pop(pair, None)
    for one, other in combinations(groups, 2):
        for a in one:
            for b in other:
                if a != b:
                    pair = (min(a, b), max(a, b))
                    out.apart[pair] = judgement.id
                    out.together.pop(pair, None)


def _loaded(text: str) -> list[object]:
    try:
        value = json.loads(text)
    except ValueError:
        return []
    return value if isinstance(value, list) else []
