"""Who speaks, counted once: one voice however many reports carry it.

A body and its spokesman are one voice. Unnamed speakers ("a medic", "residents") are told apart by the copy they stand in; within
it nothing says whether the same words mean the same people, so their numbers stand side by side. What a report says in its own
voice is the voice of its origin, a weaker kind: it usually repeats someone.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from textwrap import shorten
from typing import Literal, TypeAlias, TypeVar

from firsthand.model import Actor, Claim, Lineage, Origin
from firsthand.resources import table

NARRATOR = "narrator"
# Characters of a headline that stands for a site.
_LONGEST_TITLE = 60

Told = TypeVar("Told")
#: What may be asked of the actors of a pile: who alone bears a name, what an actor is, who else bears a person's name.
Question: TypeAlias = Literal["bearer", "actor", "namesakes"]


@dataclass(frozen=True, slots=True)
class Voice:
    """``key`` tells voices apart, ``name`` is for reading. ``weight`` is what it counts for where voices are counted.
    ``armed``: an armed group, or somebody unnamed who speaks for one."""

    key: str
    name: str = field(compare=False)
    narrator: bool = False
    unnamed: bool = False
    armed: bool = False

    @property
    def weight(self) -> float:
        """A report's own voice counts half: enough to decide between two equals, never enough to outvote one speaker."""
        return 0.5 if self.narrator else 1.0


@lru_cache(maxsize=1 << 16)  # names recur in every report of a pile
def folded(name: str) -> str:
    """Letters and digits only, no case, no accents, no leading article.

    >>> folded("The Kata’ib Hezbollah")
    'kataib hezbollah'
    """
    plain = name.casefold()
    if not plain.isascii():
        plain = "".join(ch for ch in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(ch))
    words = "".join(ch if ch.isalnum() else " " if ch.isspace() or ch in "-–—/,." else "" for ch in plain).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


@cache
def demonyms() -> Mapping[str, str]:
    """Country codes by the words that say of somebody that he is of that country, in lower case."""
    return {
        word.lower(): row["code"]
        for row in table("places/countries.tsv")
        for word in (*row["demonyms"].split("|"), row["name"])
        if word
    }


# "the government spokesperson", "a spokesman for the River Front, an armed group": the body is before or after the word.
_SPOKESMAN = re.compile(
    r"(?:(?:the|a|an) )?(.*?) ?\bspokes(?:man|woman|person)\b(?: (?:for|of) ([^,]+))?", re.IGNORECASE
)
# Speakers of an armed group who are not named.
_ARMED = re.compile(r"\b(?:militia|rebel|insurgent|guerrilla|paramilitary)", re.IGNORECASE)

# Where a body sits, said before its name: "the Lisbon-based River Watch".
_BASED = re.compile(r"^(?:(?:the|a|an) )?(?:[\w.’']+[- ]){1,2}based (?=[^\W\d_])", re.IGNORECASE)
# Words that add nothing to who it is.
_SUSPECTED = re.compile(
    r"^(?:(?:suspected|alleged|unidentified|unknown|armed|some|several|many|other|two|three|four|five|at least|\d+|the|a|an) )+"
)
_GENERIC = re.compile(
    r"(?: (?:group|militants?|militia|fighters|rebels|gunmen|insurgents|forces?|military|army|troops|soldiers|airstrikes?|air))+$"
)
# What stands for the state whose name or adjective comes before it.
_OF_STATE = re.compile(
    r"(?: (?:state|government|regime|military|army|navy|air|defen[cs]e|armed|security|occupation|forces?|troops|soldiers|aircraft"
    r"|warplanes?|planes?|jets?|helicopters?|drones?|quadcopters?|artillery|tanks?|strikes?|airstrikes?|raids?))*$"
)
# What a report calls a speaker whom it does not make clear.
_PRONOUNS = frozenset({"it", "he", "she", "they", "who", "which", "one"})
# Words for whoever did it.
_WHOEVER = re.compile(
    r"(?:group|militants?|fighters|rebels|gunm[ae]n|insurgents|attackers?|assailants?|bandits?|bombers?|terrorists|jihadists|"
    r"extremists|m[ae]n|wom[ae]n|boys?|girls?|teens?|suspects?|drivers?|people|others)"
)
# The arms of a state that is not named, where they are written small.
_ARMS = re.compile(
    r"(?:(?:security|armed|government|state) forces|government|army|military|police(?: officers?)?|officers?|soldiers|troops)"
)
# Claims about these outcomes tell who did harm; who detained somebody is no culprit.
_HARM = frozenset({"killed", "wounded", "missing", "abducted", "displaced", "casualties", "destroyed"})


@cache
def _aliases() -> Mapping[str, str]:
    """Folded full names of organisations by their folded aliases; those that two share name neither."""
    found: dict[str, set[str]] = {}
    for row in table("names/organisations.tsv"):
        for alias in row["aliases"].split("|"):
            found.setdefault(folded(alias), set()).add(folded(row["name"]))
    return {alias: next(iter(names)) for alias, names in found.items() if alias and len(names) == 1}


@cache
def _state_of(name: str) -> str:
    """The state of this name, or that which the organisation of this name is part of by the knowledge file; else ""."""
    parents = {row["name"]: row["part_of"] for row in table("names/organisations.tsv") if row["kind"] == "organisation"}
    for _ in range(4):
        if folded(name) in demonyms():
            return name
        name = parents.get(name, "")
    return ""


class Voices:
    """Finds the voice of a claim. ``actors`` are those that incidents linked; ``lineage`` gives each report its origin;
    ``sites`` by report id name the origins that no credit line names."""

    def __init__(self, actors: Iterable[Actor], lineage: Lineage, sites: Mapping[str, str] | None = None) -> None:
        self._origin_of: dict[str, str] = {report: origin.id for origin in lineage.origins for report in origin.reports}
        self._origin_names = {origin.id: _origin_name(origin, sites or {}) for origin in lineage.origins}
        by_id = {actor.id: actor for actor in sorted(actors, key=lambda actor: actor.id)}
        namesakes: dict[str, list[Actor]] = {}
        known: dict[str, set[str]] = {}
        for actor in by_id.values():
            if actor.unnamed:
                continue
            if actor.kind == "person":
                namesakes.setdefault(folded(actor.name), []).append(actor)
            for name in (actor.name, *(variant.text for variant in actor.variants)):
                known.setdefault(folded(name), set()).add(actor.id)
        self._actors: Mapping[str, Actor] = by_id
        self._namesakes: Mapping[str, list[Actor]] = namesakes
        # A spelling that two actors share identifies neither.
        self._by_name: Mapping[str, str] = {name: next(iter(ids)) for name, ids in known.items() if len(ids) == 1}

    def within(self, lineage: Lineage, sites: Mapping[str, str]) -> Voices:
        """The same actors beside other reports."""
        out = copy.copy(self)
        out._origin_of = {report: origin.id for origin in lineage.origins for report in origin.reports}
        out._origin_names = {origin.id: _origin_name(origin, sites) for origin in lineage.origins}
        return out

    def noting(self, asked: set[tuple[Question, str]]) -> Voices:
        """The same, noting in ``asked`` what is asked of the actors."""
        out = copy.copy(self)
        out._by_name = _Noting("bearer", self._by_name, asked)
        out._actors = _Noting("actor", self._actors, asked)
        out._namesakes = _Noting("namesakes", self._namesakes, asked)
        return out

    def answer(self, question: Question, name: str) -> str:
        """What the actors answer, in full: a voice that rests on it stays as it is while this does."""
        if question == "bearer":
            return self._by_name.get(name, "")
        if question == "actor":
            found = self._actors.get(name)
            return repr((found.name, found.kind, found.roles)) if found is not None else ""
        return repr([actor.roles for actor in self._namesakes.get(name, ())])

    def is_unnamed(self, actor: str) -> bool:
        """Whether an actor is only known by common words: "gunmen"."""
        found = self._actors.get(actor)
        return found is not None and found.unnamed

    def origin(self, report: str) -> str:
        """The origin of a report; a report that lineage does not know is its own."""
        return self._origin_of.get(report, report)

    def of(self, claim: Claim) -> Voice:
        origin = self.origin(claim.report)
        source = claim.source
        if source is None or source.kind == "narrator":
            name = self._origin_names.get(origin, "the report")
            return Voice(f"{NARRATOR}:{origin}", f"{name} in its own voice", narrator=True)
        if source.kind == "named" and self._is_body(source.affiliation):
            return self._named(source.affiliation or "", None)
        if (pronoun := folded(source.name)) in _PRONOUNS:  # in another copy it is somebody else
            return Voice(f"unnamed:{origin}:{pronoun}", f"somebody told of as “{pronoun}”", unnamed=True)
        crowd = source.kind == "group" and source.name == source.name.lower()
        if source.actor is None and (source.kind == "anonymous" or crowd):
            armed = _ARMED.search(source.name) is not None
            return Voice(f"unnamed:{origin}:{folded(source.name)}", source.name, unnamed=True, armed=armed)
        return self._named(source.name, source.actor)

    def _is_body(self, affiliation: str | None) -> bool:
        """A body by name: one of the linked actors, or at least two words of it capitalised. "Syrian" or "local militias" say
        where somebody belongs, not for whom he speaks."""
        if not affiliation:
            return False
        return folded(affiliation) in self._by_name or sum(word[:1].isupper() for word in affiliation.split()) > 1

    def _named(self, name: str, actor: str | None) -> Voice:
        actor = actor or self._by_name.get(folded(name)) or self._by_name.get(folded(_BASED.sub("", name)))
        if actor is None:
            return Voice(f"name:{folded(name)}", name)
        found = self._actors.get(actor)
        if found is None:
            return Voice(f"actor:{actor}", name)
        found = self._spoken_for(found) or found
        return Voice(f"actor:{found.id}", found.name, armed=found.kind == "group")

    def _spoken_for(self, person: Actor) -> Actor | None:
        """The one body whose spokesman ``person`` is called. "Government spokesman" in one report and "Ruritanian spokesman" in
        another make a spokesman of the Ruritanian government; so do spokesmen of one name that no report links."""
        if person.kind != "person" or not any(_SPOKESMAN.match(role) for role in person.roles):
            return None
        roles = [role for namesake in self._namesakes[folded(person.name)] for role in namesake.roles]
        spoken = [match for role in roles if (match := _SPOKESMAN.match(role)) is not None]
        bodies = {folded(match.group(2) or match.group(1)) for match in spoken} - {""}
        lands = {word for body in bodies for word in body.split() if word in demonyms()}
        names = bodies | {f"{land} {body}" for land in lands for body in bodies}
        found = {self._by_name[name] for name in names if name in self._by_name} - {person.id}
        body = self._actors[found.pop()] if len(found) == 1 else None
        return body if body is not None and body.kind != "state" else None

    def body(self, name: str) -> str:
        """What tells one body from another: the country of a state and its forces, the actor id where the name is known, else the
        folded name."""
        words = _SUSPECTED.sub("", folded(name))
        land = demonyms().get(_OF_STATE.sub("", words))
        if land is not None:
            return f"state:{land}"
        short = _GENERIC.sub("", words)
        full = _aliases().get(words) or _aliases().get(short) or short
        actor = next((self._by_name[known] for known in (full, short, words) if known in self._by_name), None)
        found = self._actors.get(actor) if actor is not None else None
        state = demonyms().get(folded(_state_of(found.name))) if found is not None and found.kind != "group" else None
        if state is not None:
            return f"state:{state}"
        return f"actor:{actor}" if actor is not None else f"name:{full}"

    def held(self, claim: Claim) -> str:
        """The body that a claim holds responsible; where it speaks of itself, by the name it is known by. Empty where the words
        name no body: "gunmen", "unidentified attackers"."""
        own, said = claim.source, claim.responsible
        if said is None or (claim.tally is not None and claim.tally.outcome not in _HARM):
            return ""
        if own is not None and own.span == said.span and own.text == said.text:
            return self.body(own.name)
        body = self.body(said.text)
        words = _SUSPECTED.sub("", folded(said.text))
        if _WHOEVER.fullmatch(words) or (said.text == said.text.lower() and _ARMS.fullmatch(words)):
            return ""
        named = any(word[:1].isupper() for word in said.text.split()[1:]) or claim.rule == "responsibility"
        return body if named or not body.startswith("name:") else ""


class _Noting(Mapping[str, Told]):
    """A mapping that notes which keys were asked for."""

    def __init__(self, question: Question, known: Mapping[str, Told], asked: set[tuple[Question, str]]) -> None:
        self._question: Question = question
        self._known = known
        self._asked = asked

    def __getitem__(self, key: str) -> Told:
        self._asked.add((self._question, key))
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _origin_name(origin: Origin, sites: Mapping[str, str]) -> str:
    """The credited agency, else the one site that carries it, else, of a report without a site, its headline; else "the report"."""
    carried = {sites[report] for report in origin.reports if report in sites}
    if origin.credited or len(carried) == 1:
        return origin.name if origin.credited else carried.pop()
    titled = not carried and origin.name and origin.name not in origin.reports
    return f"“{shorten(origin.name, _LONGEST_TITLE, placeholder=' …')}”" if titled else "the report"
