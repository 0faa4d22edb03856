"""What is known of bodies beforehand: their country, and what they are part of. Packaged, and in a user's own table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from firsthand.model import Actor, record_id
from firsthand.model.entity import ActorKind
from firsthand.resources import table
from firsthand.resources.own import own_actors


@dataclass(frozen=True, slots=True)
class Body:
    """``part_of`` are the names of the bodies above it."""

    kind: ActorKind
    country: str = ""
    part_of: tuple[str, ...] = ()


@cache
def packaged() -> Mapping[str, Body]:
    """The bodies of the packaged table by name."""
    return _by_name(table("names/organisations.tsv"))


def with_bodies(actors: Sequence[Actor], *, own: str = "") -> tuple[Actor, ...]:
    """``actors`` with the countries and memberships that are known of them; a body above one that no report names is an actor
    without spellings, so that a membership always leads somewhere. ``own`` is the path of a user's own table, whose rows count
    before the packaged ones."""
    known = {**packaged(), **_by_name(own_actors(own))}
    named = {actor.name: actor.id for actor in actors if actor.kind != "person"}
    above: dict[str, Actor] = {}
    todo = sorted({name for actor in actors for name in _above(actor, known)} - named.keys())
    while todo:
        name = todo.pop()
        body = known.get(name, Body("organisation"))
        why = "no report names it; it is known as what others are part of"
        above[name] = Actor(record_id("act", body.kind, name), name, body.kind, why=why)
        named[name] = above[name].id
        todo += [further for further in body.part_of if further not in named]
    out = []
    for actor in (*actors, *above.values()):
        if actor.kind != "person" and (told := known.get(actor.name)):
            part_of = tuple(named[name] for name in told.part_of)
            actor = replace(actor, country=told.country or None, part_of=part_of)
        out.append(actor)
    return tuple(sorted(out, key=lambda actor: actor.id))


def _above(actor: Actor, known: Mapping[str, Body]) -> tuple[str, ...]:
    return known[actor.name].part_of if actor.kind != "person" and actor.name in known else ()


def _by_name(rows: Iterable[Mapping[str, str]]) -> dict[str, Body]:
    """Rows about bodies; those about people, peoples and places tell of no membership."""
    return {
        row["name"]: Body(
            cast(ActorKind, row["kind"]), row["country"], tuple(part for part in row["part_of"].split("|") if part)
        )
        for row in rows
        if row["kind"] in ("organisation", "group", "state")
    }
