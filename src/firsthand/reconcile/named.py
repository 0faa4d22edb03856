"""How many people are known by name, however reports spell them.

A floor must not count one person twice: "Amara Okoye" in one report is "Amara Ngozi Okoye", "Okoye" or "Amarah Okoye" in the next.
Names that one report sets side by side are different people.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from firsthand.model import Victim

from .voices import folded

# "Three-year-old Amara Okoye": the age is no part of the name. Read from folded names.
_AGE = re.compile(r"^(?:\w+ )?(?:year|month|week|day)s? old ")
# Shorter words differ by a letter and are two names ("Ali" and "Ari").
_LONG_ENOUGH = 4


def people_named(victims: Iterable[Victim]) -> list[Victim]:
    """Of ``victims`` those who are surely different people. Reports with the most names, and then the fullest, come first. Two of
    one report differ where their names do; one of another report only where no name already counted can be his."""
    by_report: dict[str, dict[str, Victim]] = defaultdict(dict)
    for victim in sorted(victims, key=lambda victim: (victim.report, victim.span, victim.id)):
        by_report[victim.report].setdefault(folded(victim.name), victim)
    out: dict[str, Victim] = {}
    for own in sorted(by_report.values(), key=lambda own: (-len(own), -sum(map(len, own)), sorted(own))):
        counted = list(out)
        new = {name: victim for name, victim in own.items() if name not in out}  # as most are: it saves the comparisons
        out |= {
            name: new[name] for name in new if not any(_may_be_one(_words(name), _words(other)) for other in counted)
        }
    return sorted(out.values(), key=lambda victim: (victim.report, victim.span, victim.id))


def _may_be_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Every word of the shorter name stands in the longer, but for a slip of one letter or a short form."""
    short, long = sorted((one, other), key=len)
    return all(any(_alike(word, candidate) for candidate in long) for word in short)


@lru_cache(maxsize=1 << 12)  # each is compared with all others of its incident
def _words(name: str) -> Sequence[str]:
    return _AGE.sub("", name).split()


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < _LONG_ENOUGH:
        return False
    return one.startswith(other) or other.startswith(one) or OSA.distance(one, other) <= 1
