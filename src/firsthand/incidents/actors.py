"""Who is who across reports: people by first and last name, bodies by alias, initials and the whole of their name.

Two people with like names stay two: a name links sightings in one incident, or such whose offices agree; a surname alone
links only inside one report, or one incident where the office agrees, and only to one candidate. A body is never taken for
another whose name merely begins or ends alike.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from firsthand.model import Actor, Annotation, Claim, Variant, record_id
from firsthand.model.entity import ActorKind

from .bodies import packaged
from .cluster import united
from .side_words import is_common
from .spelling import body_key, initials, is_initialism, name_words, person_key, skeleton

# The kinds of names that may be actors.
NAMED: Mapping[str, ActorKind] = {
    "person": "person",
    "organisation": "organisation",
    "state": "state",
    "group": "group",
}
_ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
_EMPTY_ROLE = frozenset(
    ("spokesman", "spokeswoman", "spokesperson", "official", "head", "chief", "senior", "top", "former")
)


@dataclass(frozen=True)
class Sighting:
    """One report's use of a name. ``canonical`` is the lexicon's spelling, empty where it has none; ``claim`` is the claim whose
    source it is, where it is one. ``plain``: common words or an adjective that mean it, no spelling of its name; without a
    ``canonical`` name they mean somebody whom nobody names, of that one incident."""

    report: str
    incident: str | None
    text: str
    kind: ActorKind
    canonical: str
    role: str = ""
    affiliation: str = ""
    claim: str | None = None
    plain: bool = False

    @property
    def office(self) -> frozenset[str]:
        """The words of role and body spoken for that tell one office from another."""
        return frozenset(name_words(f"{self.role} {self.affiliation}")) - _EMPTY_ROLE


@dataclass(frozen=True)
class Linked:
    """The actors of a pile, the actor of each claim's source, and of each (report, name as written)."""

    actors: tuple[Actor, ...]
    by_claim: Mapping[str, str]
    by_name: Mapping[tuple[str, str], str]


def link_actors(sightings: Iterable[Sighting]) -> Linked:
    """Link the sightings of a pile, in any order."""
    ordered = sorted(
        set(sightings), key=lambda s: (s.report, s.text, s.kind, s.claim or "", s.role, s.incident or "", s.plain)
    )
    people = [s for s in ordered if s.kind == "person"]
    bodies = [s for s in ordered if s.kind != "person"]
    groups = [*_bodies(bodies), *_people(people)]
    actors: dict[str, Actor] = {}
    by_claim: dict[str, str] = {}
    by_name: dict[tuple[str, str], str] = {}
    for members, why in groups:
        actor = _actor(members, why)
        same_name = 1
        while actor.id in actors:
            actor = replace(actor, id=record_id("act", actor.kind, actor.name, same_name))
            same_name += 1
        actors[actor.id] = actor
        for sighting in members:
            by_name[sighting.report, sighting.text] = actor.id
            if sighting.claim:
                by_claim[sighting.claim] = actor.id
    return Linked(tuple(actors[a] for a in sorted(actors)), by_claim, by_name)


def sightings_of(
    annotation: Annotation, claims: Sequence[Claim], incident_of: Mapping[str, str], main: str | None
) -> list[Sighting]:
    """The names that one report uses: of its claims' sources, and of the people, bodies and states it names."""
    report = annotation.document
    names = [n for layer in (annotation.title, annotation.text) for n in layer.names if n.kind in NAMED]
    known = {n.text: n for n in sorted(names, key=lambda n: n.basis == "lexicon")}
    surnames = {name_words(n.text)[-1] for n in names if n.kind == "person" and len(name_words(n.text)) > 1}
    out = []
    for claim in claims:
        source = claim.source
        if source is None or source.kind not in ("named", "organisation", "group") or source.name.islower():
            continue
        kind: ActorKind = "person" if source.kind == "named" else "group" if source.kind == "group" else "organisation"
        name = known.get(source.name)
        if name is not None:
            kind = NAMED[name.kind]
        elif kind != "person" and len(found := name_words(source.name)) == 1 and found[0] in surnames:
            kind = "person"
        where = incident_of.get(claim.id, main)
        canonical = name.canonical if name is not None and name.basis == "lexicon" else ""
        role, affiliation = source.role or "", source.affiliation or ""
        out.append(Sighting(report, where, source.name, kind, canonical, role, affiliation, claim.id))
    for name in names:
        if name.kind != "person" or person_key(name.text) is not None:
            canonical = name.canonical if name.basis == "lexicon" else ""
            out.append(Sighting(report, main, name.text, NAMED[name.kind], canonical))
    return out


def surnames_of(sighting: Sighting) -> tuple[frozenset[str], bool]:
    """The surnames by which a sighting may be linked with others, and whether by one alone: then those of other surnames have no
    bearing on who it is. Bodies have none."""
    if sighting.kind != "person":
        return frozenset(), False
    words = name_words(sighting.text)
    long = [word for word in words if len(word) > 1]
    found = frozenset(skeleton(some[-1]) for some in (words, long) if some)
    return found, len(found) == 1 and not sighting.canonical


def _bodies(sightings: Sequence[Sighting]) -> list[tuple[list[Sighting], str]]:
    """Bodies by canonical name, or by the whole of their name; initials stand for the one long name they fit."""
    keys: dict[int, tuple[str, ...]] = {}
    long_forms: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    beside: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for index, sighting in enumerate(sightings):
        if sighting.plain and not sighting.canonical:
            keys[index] = ("~", unnamed_id(sighting.incident or "", sighting.text))
            continue
        keys[index] = ("=", sighting.canonical) if sighting.canonical else body_key(sighting.text)
        if short := initials(sighting.text):
            long_forms[short].add(keys[index])
            beside[sighting.report, short].add(keys[index])
    groups: dict[tuple[str, ...], list[Sighting]] = defaultdict(list)
    for index, sighting in enumerate(sightings):
        key = keys[index]
        short = sighting.text.replace(".", "")
        if key[:1] not in (("=",), ("~",)) and is_initialism(sighting.text):
            here = beside.get((sighting.report, short)) or long_forms.get(short) or set()
            key = next(iter(here)) if len(here) == 1 else key
        if key:
            groups[key].append(sighting)
    return [
        (
            members,
            "one name in the list of known bodies"
            if key[0] == "="
            else "the same words in their names, or their initials",
        )
        for key, members in sorted(groups.items())
    ]


def _people(sightings: Sequence[Sighting]) -> list[tuple[list[Sighting], str]]:
    by_key: dict[tuple[str, str], list[Sighting]] = defaultdict(list)
    single: list[Sighting] = []
    for sighting in sightings:
        key = person_key(sighting.text)
        if key is None:
            single.append(sighting)
        else:
            by_key[key].append(sighting)
    groups = [part for _, members in sorted(by_key.items()) for part in _same_person(members)]
    homes: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, members in enumerate(groups):
        for sighting in members:
            last = skeleton(name_words(sighting.text)[-1])
            homes[sighting.report, last].add(number)
            if sighting.incident:
                homes[sighting.incident, last].add(number)
    for sighting in single:
        found = [w for w in name_words(sighting.text) if len(w) > 1]
        if not found:
            continue
        last = skeleton(found[-1])
        here = homes.get((sighting.report, last), set())
        if not here and sighting.incident:
            near = homes.get((sighting.incident, last), set())
            here = {n for n in near if any(sighting.office & s.office for s in groups[n])}
        if len(here) == 1:
            groups[next(iter(here))].append(sighting)
    return [(members, "first and last name agree; a surname alone only beside the full name") for members in groups]


def _same_person(sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Sightings of one first and last name, parted where nothing but the name links them and their offices differ."""
    links = []
    seen: dict[tuple[str, str], int] = {}
    for index, sighting in enumerate(sightings):
        marks = [("report", sighting.report), *(("office", w) for w in sorted(sighting.office))]
        marks += [("incident", sighting.incident)] if sighting.incident else []
        for mark in marks:
            if mark in seen:
                links.append((seen[mark], index))
            seen.setdefault(mark, index)
    parts = [[sightings[i] for i in part] for part in united(len(sightings), links)]
    offices = [p for p in parts if any(s.office for s in p)]
    if len(offices) <= 1:
        return [[s for p in parts for s in p]]
    return parts


def unnamed_id(incident: str, words: str) -> str:
    """Id of the actor whom one incident's reports know only by ``words``."""
    return record_id("act", "group", "unnamed", incident, _ARTICLE.sub("", words.casefold()))


def _unnamed(members: Sequence[Sighting]) -> Actor:
    """Armed people whom the reports of one incident only have common words for."""
    # A headline's capitals are not the words' own.
    told = min((sighting.text for sighting in members), key=lambda text: (sum(map(str.isupper, text)), text))
    words = _ARTICLE.sub("", told)
    name = words.lower() if all(is_common(word) for word in words.split()) else words
    why = "nobody gives them a name; the words are those of the reports of this one incident"
    actor = unnamed_id(members[0].incident or "", members[0].text)
    return Actor(id=actor, name=name, kind="group", why=why, unnamed=True)


def _actor(members: Sequence[Sighting], why: str) -> Actor:
    if members[0].plain and not members[0].canonical:
        return _unnamed(members)
    known = next((s.canonical for s in members if s.canonical), "")
    kind = packaged()[known].kind if known in packaged() else members[0].kind
    spellings: dict[str, set[str]] = defaultdict(set)
    for sighting in members:
        if not sighting.plain:
            spellings[sighting.text].add(sighting.report)
    ranked = sorted(spellings, key=lambda t: (-len(spellings[t]), is_initialism(t), -len(t), t))
    full = [t for t in ranked if len(name_words(t)) > 1] or ranked
    name = known or full[0]
    if not spellings:
        why = "meant by an adjective, a capital, a leader or its forces; no report names it otherwise"
    roles = Counter(s.role for s in members if s.role)
    identity = known or min(" ".join(name_words(t)) for t in full)
    return Actor(
        id=record_id("act", kind, identity),
        name=name,
        kind=kind,
        variants=tuple(Variant(t, tuple(sorted(spellings[t]))) for t in ranked),
        roles=tuple(sorted(roles, key=lambda r: (-roles[r], r))[:5]),
        why=why if len(spellings) != 1 or len({s.report for s in members}) > 1 else "named in one report only",
    )
