"""How many people are known by name, however reports spell them.

A floor must not count one person twice: "Amara Okoye" in one report is "Amara Ngozi Okoye", "Okoye" or "Amarah Okoye" in the next.
Names that one report sets side by side are different people.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from firsthand.model import Victim

from .voices import folded

# "Three-year-old Amara Okoye": the age is no part of the name.
_AGE = re.compile(r"^\S*(?:year|month|week|day)s?[- ]old\s+", re.IGNORECASE)
# Shorter words differ by a letter and are two names ("Ali" and "Ari").
_LONG_ENOUGH = 4


def people_named(victims: Iterable[Victim]) -> list[Victim]:
    """Of ``victims`` those who are surely different people, the report with most names first. Two of one report differ where
    their names do; one of another report only where no name already counted can be his."""
    by_report: dict[str, dict[str, Victim]] = defaultdict(dict)
    for victim in sorted(victims, key=lambda victim: (victim.report, victim.span, victim.id)):
        by_report[victim.report].setdefault(folded(victim.name), victim)
    out: list[Victim] = []
    for own in sorted(by_report.values(), key=lambda own: (-len(own), sorted(own))):
        counted = list(out)
        out += [victim for victim in own.values() if not any(_may_be_one(victim.name, v.name) for v in counted)]
    return sorted(out, key=lambda victim: (victim.report, victim.span, victim.id))


def _may_be_one(one: str, other: str) -> bool:
    """Every word of the shorter name stands in the longer, but for a slip of one letter or a short form."""
    short, long = sorted((_words(one), _words(other)), key=len)
    return all(any(_alike(word, candidate) for candidate in long) for word in short)


def _words(name: str) -> Sequence[str]:
    return folded(_AGE.sub("", name)).split()


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < _LONG_ENOUGH:
        return False
    return one.startswith(other) or other.startswith(one) or OSA.distance(one, other) <= 1
