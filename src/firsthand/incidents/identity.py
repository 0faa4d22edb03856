"""Incident ids that survive new reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from firsthand.model import record_id


def keep_ids(groups: Sequence[Collection[str]], previous: Mapping[str, Collection[str]], *, kind: str) -> list[str]:
    """An id for each group: that of the previous incident with which it shares most members, each given once.

    ``groups`` and ``previous`` hold members: report ids, or what names a mention of an event told only in passing. Ties go
    to the larger share of the previous incident, then to the smaller id, then to the group with the smaller first member. A
    group that nothing came before is named after its smallest member.
    """
    homes: dict[str, list[str]] = defaultdict(list)
    for incident, members in previous.items():
        for member in members:
            homes[member].append(incident)
    claims: list[tuple[int, float, str, str, int]] = []
    for index, group in enumerate(groups):
        shared: dict[str, int] = defaultdict(int)
        for member in group:
            for incident in homes.get(member, ()):
                shared[incident] += 1
        claims.extend(
            (-number, -number / len(previous[incident]), incident, min(group), index)
            for incident, number in shared.items()
        )
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, incident, _, index in sorted(claims):
        if index not in ids and incident not in taken:
            ids[index] = incident
            taken.add(incident)
    out = []
    for index, group in enumerate(groups):
        name = ids.get(index)
        attempt = 0
        while name is None:
            fresh = record_id("inc", kind, min(group), attempt)
            name = fresh if fresh not in taken and fresh not in previous else None
            attempt += 1
        taken.add(name)
        out.append(name)
    return out
