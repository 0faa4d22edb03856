"""Which voices of one incident are one, though reports call them by different words.

"District health director", "health director" and Dr X, "who heads the district health office", are the voice of that office; the
speaker of a sentence and of its copy are one, however the copy calls him. Where two candidates fit, none is taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from firsthand.model import Lineage, Source, Span
from firsthand.resources import word_set

from .statements import Standing
from .voices import Voice, folded

# Who leads a body, and what bodies are called: neither tells one body from another.
_HEAD = word_set(
    "director chief head boss manager leader president commissioner superintendent spokesman spokeswoman spokesperson"
    " office bureau department directorate administration agency authority service services division"
)
# One in a place, so that the words alone name the holder.
_TITLE = word_set("mayor governor minister coroner sheriff prefect ambassador")
_PREPOSITIONS = word_set("of for in at on from near with")
_SMALL = word_set("the a an its his her their s who heads leads runs")


@dataclass(frozen=True, slots=True)
class Body:
    """What words say of the body that somebody speaks for. ``core`` is the noun that the other words describe."""

    core: str
    words: frozenset[str]


def body_of(words: str, *, leads: bool = False) -> Body | None:
    """The body that ``words`` name. ``leads``: only where they speak of one who leads it or holds its title.

    >>> body_of("head of the Dareth district health bureau").core
    'health'
    >>> sorted(body_of("Ministry of Defence").words)
    ['defence', 'ministry']
    """
    told = [word for word in re.findall(r"\w+", folded(words)) if word not in _SMALL]
    if leads and not (_HEAD | _TITLE) & set(told):
        return None
    kept = [word for word in told if word not in _HEAD]
    while kept and kept[0] in _PREPOSITIONS:
        kept.pop(0)
    if not kept:
        return None
    end = next((i for i, word in enumerate(kept) if word in _PREPOSITIONS), len(kept))
    return Body(kept[end - 1], frozenset(kept) - _PREPOSITIONS)


def bodies_of(source: Source) -> set[Body]:
    """The bodies that ``source`` speaks for, as its words tell; empty for people who speak for themselves."""
    if source.kind == "organisation":
        found = {body_of(source.name)}
    elif source.kind == "role":
        found = {body_of(source.name, leads=True)}
        if found != {None} and source.affiliation:
            found.add(body_of(f"{source.affiliation} office", leads=True))
    elif source.kind == "named":
        found = {body_of(words, leads=True) for words in (source.affiliation, source.role) if words}
    else:
        return set()
    return {body for body in found if body is not None}


class _Groups:
    """Union-find over voice keys."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def of(self, key: str) -> str:
        while (parent := self._parent.get(key, key)) != key:
            key = parent
        return key

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.of(one), self.of(other)))
        if first != second:
            self._parent[second] = first


# By the copying report: the report it copied from, and the two stretches of text.
Copied = Mapping[str, Sequence[tuple[str, Span, Span]]]


def copied(lineage: Lineage) -> Copied:
    """The stretches of text that copies share."""
    out: dict[str, list[tuple[str, Span, Span]]] = defaultdict(list)
    for copy in lineage.copies:
        out[copy.derived] += [(copy.source, passage.source_span, passage.derived_span) for passage in copy.passages]
    return out


def same_voices(standings: Sequence[Standing], passages: Copied) -> dict[str, Voice]:
    """The voice that stands for each voice key of one incident's ``standings``, where that is another."""
    groups = _Groups()
    kinds: dict[str, str] = {}
    voices: dict[str, Voice] = {}
    bodies: dict[Body, set[str]] = defaultdict(set)
    for standing in standings:
        source, voice = standing.claim.source, standing.voice
        if source is None or voice.narrator:
            continue
        voices[voice.key] = voice
        kinds[voice.key] = min(kinds.get(voice.key, "~"), _RANK.get(source.kind, "z"))
        if not voice.unnamed:
            for body in bodies_of(source):
                bodies[body].add(voice.key)
    _join_copied(standings, passages, groups)
    _join_bodies(bodies, groups)
    members: dict[str, list[str]] = defaultdict(list)
    for key in sorted(voices):
        members[groups.of(key)].append(key)
    out: dict[str, Voice] = {}
    for group in members.values():
        if len(group) > 1:
            chief = min(group, key=lambda key: (kinds[key], -len(voices[key].name), key))
            out.update({key: voices[chief] for key in group if key != chief})
    return out


# Whose name a group of voices goes by: a body before a person, a person before a role.
_RANK = {"organisation": "a", "named": "b", "document": "c", "role": "d", "group": "e", "anonymous": "f"}


def _join_bodies(bodies: Mapping[Body, set[str]], groups: _Groups) -> None:
    """Voices of one body; and a body told in fewer words with the only one that has these words and more."""
    for keys in bodies.values():
        first, *others = sorted(keys)
        for key in others:
            groups.join(first, key)
    by_core: dict[str, list[Body]] = defaultdict(list)
    for body in bodies:
        by_core[body.core].append(body)
    for same in by_core.values():
        for body in sorted(same, key=lambda body: (-len(body.words), sorted(body.words))):
            wider = [other for other in same if body.words < other.words]
            if len({groups.of(key) for other in wider for key in bodies[other]}) == 1:
                groups.join(min(bodies[body]), min(bodies[wider[0]]))


def _join_copied(standings: Iterable[Standing], passages: Copied, groups: _Groups) -> None:
    """The speakers of a count and of the same count in a copy of its sentence. Two persons by name stay two."""
    own: dict[str, list[Standing]] = defaultdict(list)
    for standing in standings:
        if standing.claim.field == "text" and not standing.voice.narrator:
            own[standing.claim.report].append(standing)
    for derived in own:
        for source, mine, theirs in passages.get(derived, ()):
            left = [s for s in own.get(source, ()) if mine.covers(s.tally.span)]
            right = [s for s in own[derived] if theirs.covers(s.tally.span)]
            for one in left:
                same = [s for s in right if _count(s) == _count(one)]
                alike = [s for s in left if _count(s) == _count(one)]
                if len(same) == len(alike) == 1 and not _two_persons(one, same[0]):
                    groups.join(one.voice.key, same[0].voice.key)


def _count(standing: Standing) -> tuple[object, ...]:
    return standing.tally.outcome, standing.tally.low, standing.tally.victims


def _two_persons(one: Standing, other: Standing) -> bool:
    sources = one.claim.source, other.claim.source
    return all(s is not None and s.kind == "named" for s in sources) and one.voice != other.voice
