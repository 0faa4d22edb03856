"""Who is who in a kept pile: only those are linked again whom what is new may concern.

People are linked by surname, so those of other surnames stay who they are; bodies, and people who may be linked in another way too,
are few spellings told of in many reports, and are linked again each time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from firsthand.model import Actor, Judgement

from .actors import Linked, Sighting, link_actors
from .pages import Names, actor_of, names_of
from .settled import with_actors_settled


@dataclass(frozen=True)
class Naming:
    """``actors`` are those linked again, in place of the stored ones ``gone``; ``linked`` those of the reports grouped again;
    ``names`` what is to be kept of who is named in these and in the reports ``renamed``."""

    actors: tuple[Actor, ...]
    gone: frozenset[str]
    linked: Linked
    names: Mapping[str, Names]
    renamed: frozenset[str]

    def within(self, known: Mapping[str, Names], reports: Iterable[str]) -> Linked:
        """Who is who in ``reports``, those included whom nothing new concerns: of people among these the ids only."""
        by_claim, by_name = dict(self.linked.by_claim), dict(self.linked.by_name)
        for report in reports:
            names = self.names.get(report) or known[report]
            for (_, text, *_, claim, _), (name, speaker) in zip(names.seen, names.actors, strict=True):
                if name:
                    by_name[report, text] = name
                if claim is not None and speaker:
                    by_claim[claim] = speaker
        return Linked(self.linked.actors, by_claim, by_name)


def named(
    known: Mapping[str, Names],
    fresh: Mapping[str, Sequence[Sighting]],
    stored: Collection[str],
    judgements: Sequence[Judgement],
    *,
    all_again: bool,
) -> Naming:
    """Links the sightings of a pile. ``known`` are the kept names of its reports, ``fresh`` the sightings of those grouped again,
    ``stored`` the ids of the actors that are kept. ``all_again``: decisions about actors may concern anybody."""
    new = {report: names_of(seen, [("", "")] * len(seen), ()) for report, seen in fresh.items()}
    surnames = {name for names in (*known.values(), *new.values()) for name in names.others}
    for report, names in new.items():
        surnames.update(names.surnames, known[report].surnames if report in known else ())
    scope: dict[str, list[Sighting | None]] = {}
    stay: set[str] = set()
    for report, names in {**known, **new}.items():
        here = [
            Sighting(report, *told) if all_again or not surname or surname in surnames else None
            for told, surname in zip(names.seen, names.surnames, strict=True)
        ]
        scope[report] = here
        stay.update(actor for s, actors in zip(here, names.actors, strict=True) if s is None for actor in actors)
    again = [sighting for report in sorted(scope) for sighting in scope[report] if sighting is not None]
    linked = with_actors_settled(link_actors(again), again, judgements)
    out: dict[str, Names] = {}
    for report, here in scope.items():
        names = new.get(report) or known[report]
        actors = tuple(actor_of(s, linked) if s is not None else was for s, was in zip(here, names.actors, strict=True))
        if report in new or actors != names.actors:
            out[report] = replace(names, actors=actors)
    return Naming(linked.actors, frozenset(stored) - stay, linked, out, frozenset(out.keys() - fresh.keys()))
