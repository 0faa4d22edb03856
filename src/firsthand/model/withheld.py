"""What a person decided to keep out of everything that leaves the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .judgement import Judgement, standing

#: Before the name in the subject of a judgement that withholds one.
NAME = "name:"


@dataclass(frozen=True, slots=True)
class Withheld:
    """``reports``: reason by report id; ``names``: reason by name; ``judgements``: id of the decision by subject."""

    reports: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    judgements: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.reports or self.names)


def withheld(judgements: Iterable[Judgement]) -> Withheld:
    """What stands withheld: judgements with the verb ``withhold`` on a report's id, or on ``name:`` and a name. An ``undo``
    releases it."""
    reports: dict[str, str] = {}
    names: dict[str, str] = {}
    ids: dict[str, str] = {}
    for judgement in standing(judgements):
        if judgement.verb == "withhold":
            subject = judgement.subject
            ids[subject] = judgement.id
            if subject.startswith(NAME):
                names[subject.removeprefix(NAME)] = judgement.reason
            else:
                reports[subject] = judgement.reason
    return Withheld(reports, names, ids)
