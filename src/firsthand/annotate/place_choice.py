"""Which of several places a name means: by the countries and provinces that the text names, then by size."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from firsthand.model import Name, PlaceMention
from firsthand.resources import table

from .atlas import Atlas
from .folding import bare_key
from .gazetteer import Entry
from .names import known_name
from .place_mentions import Mention, lies_in

# A city named alone in a text that names no country of its own may be the world's best known bearer of the name: at least
# this large, and this many times larger than the next. Usual for geoparsers; rerun the place figures before changing it.
WORLD_CITY = 100_000
_WORLD_RATIO = 10
# Inside an agreed country the larger of two towns is meant from this ratio on.
_RATIO = 3
# A namesake this many times smaller than the largest is not meant although another place of its province is named.
_DWARFED = 10
# A name outside any telling context is taken for a place from this size on.
_NOTABLE = 40_000
# States that act in many countries' conflicts: their mention says little about where a report is set.
_ACTORS = frozenset(("US", "GB", "FR", "RU", "IR", "IL", "SA", "TR"))
# Countries where towns of one province bear the names of towns of many others.
_REUSED = frozenset(("US", "MX", "PH", "BR", "CO"))
_SMALL = frozenset(("village", "villages", "hamlet", "settlement"))
_ACTOR_WEIGHT = 0.4
_PEOPLE_WEIGHT = 0.7
BODY_WEIGHT = 0.5
# A country on the far side of a border, or one that people fled, is seldom the one where it happened.
_ABROAD = re.compile(r"\b(?:border(?:s|ing)?\s+(?:with|to)|bordering|from\s+neighbou?ring|fled)\s+(?:the\s+)?$")
_ABROAD_WEIGHT = 0.3


@dataclass(slots=True)
class Evidence:
    """Which countries and provinces the text speaks of."""

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    provinces: Counter[tuple[str, str]] = field(default_factory=Counter)

    def leading(self, among: Iterable[str]) -> str | None:
        """The country of ``among`` that the text speaks of most; None where none is named or two tie."""
        ranked = sorted(((self.countries[c], c) for c in set(among) if self.countries[c] > 0), reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return ranked[0][1]


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str], float], ...]:
    return tuple(
        (r["country"], tuple(r["needs"].split("|")), re.compile(r["cue"]), float(r["weight"]))
        for r in table("places/cues.tsv")
    )


def evidence_of(
    text: str,
    names: Sequence[Name],
    mentions: Sequence[Mention],
    hint: str | None,
    known: Sequence[PlaceMention],
    extra: str,
) -> Evidence:
    out = Evidence()
    for mention in mentions:
        if mention.country:
            code = mention.entries[0].country
            weight = (
                _ACTOR_WEIGHT
                if code in _ACTORS and not mention.context.locative
                else _PEOPLE_WEIGHT
                if mention.demonym
                else 1.0
            )
            if _ABROAD.search(text, max(0, mention.span.start - 40), mention.span.start):
                weight *= _ABROAD_WEIGHT
            out.countries[code] += weight
        elif len({e.country for e in mention.entries}) == 1 and mention.entries[0].kind in ("admin1", "region", "site"):
            entry = mention.entries[0]
            out.countries[entry.country] += BODY_WEIGHT
            if entry.kind == "admin1":
                out.provinces[(entry.country, entry.admin1)] += 1
    for name in names:
        body = (
            known_name(name.canonical, extra=extra)
            if name.basis == "lexicon" and name.kind in ("organisation", "group")
            else None
        )
        if body and body.country and body.country not in _ACTORS:
            out.countries[body.country] += BODY_WEIGHT
    for country, needs, pattern, weight in _cues():
        for word in needs:  # plain loops: a hundred lines for every report
            if word in text:
                out.countries[country] += weight * min(3, len(pattern.findall(text)))
                break
    if hint:
        out.countries[hint] += 2
    for place in (m.place for m in known if m.place and m.place.country):
        out.countries[place.country or ""] += 1
    return out


def chosen_entry(mention: Mention, evidence: Evidence, atlas: Atlas) -> Entry | None:
    """The one entry that the context leaves, or None."""
    if mention.demonym:
        return mention.entries[0]
    entries: Sequence[Entry] = mention.entries
    if mention.container is not None:
        entries = [e for e in entries if lies_in(e, mention.container)] or entries
    entries = _of_kind(entries, mention, evidence)
    if mention.misplaced:
        return None
    usual = _usual(mention, entries, evidence, atlas)
    if usual is not None:
        return usual
    if len({e.gazetteer_id for e in entries}) == 1 and entries[0].country not in _REUSED:
        return entries[0] if _agrees(entries[0], mention, evidence) else None
    if entries[0].kind in ("country", "region") and mention.container is None and not _rather_local(entries, evidence):
        return entries[0]
    country = mention.container.country if mention.container else evidence.leading(e.country for e in entries)
    # "The villages of Tema and Kosti": no city elsewhere is meant.
    world = None if mention.context.noun in _SMALL else _world_city(entries, mention.text)
    if country is None:
        if len({e.country for e in entries}) == 1 and any(_agrees(e, mention, evidence) for e in entries):
            return _within(entries, mention, evidence, atlas)
        return world
    inside = [e for e in entries if e.country == country]
    if world and world.country != country and mention.container is None:
        # An alternate name of a town here does not outweigh the proper name of a large city elsewhere.
        alternate = all(bare_key(e.name) != bare_key(mention.text) for e in inside) and bare_key(
            world.name
        ) == bare_key(mention.text)
        if alternate or max(e.population for e in inside) < 10_000:
            return world
    return _within(inside, mention, evidence, atlas)


def _usual(mention: Mention, entries: Sequence[Entry], evidence: Evidence, atlas: Atlas) -> Entry | None:
    """What news means by the name, as the hand-made table says: an area, or the largest town so called where nothing speaks
    for the country of a smaller one alone."""
    by_hand = [e for e in atlas.by_hand(mention.text) if e in entries]
    if len(by_hand) != 1 or mention.container is not None:
        return None
    usual = by_hand[0]
    if usual.kind in ("admin1", "region"):
        return usual
    largest = (
        usual.settlement and usual.population > 0 and usual.population >= max(_weight(e, mention.text) for e in entries)
    )
    named = evidence.countries[usual.country] > 0 or not any(evidence.countries[e.country] > 0 for e in entries)
    return usual if largest and named else None


def _of_kind(entries: Sequence[Entry], mention: Mention, evidence: Evidence) -> Sequence[Entry]:
    """The entries of the kind that a noun beside the name calls for, where there are any in a country the text may mean."""
    wanted: dict[str, tuple[tuple[str, ...], ...]] = {
        "city": (("city", "village"),),
        "admin1": (("admin1",), ("admin2", "region")),
        "admin2": (("admin2",),),
    }
    for kinds in wanted.get(mention.context.kind or "", ()):
        fitting = [e for e in entries if e.kind in kinds]
        named = any(evidence.countries[e.country] > 0 for e in fitting)
        if fitting and (named or not any(evidence.countries[e.country] > 0 for e in entries)):
            return fitting
    return entries


def _agrees(entry: Entry, mention: Mention, evidence: Evidence) -> bool:
    """Whether the only bearer of a name may be meant: its country is named, or no other is and it is large or demanded by the
    words, or it is a city of this very name."""
    if (
        entry.kind in ("country", "region", "admin1")
        or evidence.countries[entry.country] > 0
        or mention.container is not None
    ):
        return True
    if any(evidence.countries.values()):
        if mention.context.noun in _SMALL:
            return False
        return entry.population >= WORLD_CITY and bare_key(entry.name) == bare_key(mention.text)
    return entry.population >= _NOTABLE or mention.strong


def _rather_local(entries: Sequence[Entry], evidence: Evidence) -> bool:
    """Whether a country's name is here a US state's or a town's: "Georgia" beside other American places."""
    country = entries[0].country
    others = [
        e for e in entries[1:] if e.kind == "admin1" and evidence.countries[e.country] > evidence.countries[country] - 1
    ]
    return any(e.country == "US" for e in others) and evidence.countries["US"] > evidence.countries[country] - 1


def _weight(entry: Entry, name: str) -> float:
    """The population, a tenth of it under an alternate name: Amman was Philadelphia once."""
    return entry.population / (1 if bare_key(entry.name) == bare_key(name) else _WORLD_RATIO)


def _world_city(entries: Sequence[Entry], name: str) -> Entry | None:
    weights = {
        e: e.population / (1 if bare_key(e.name) == bare_key(name) else _WORLD_RATIO) for e in entries if e.settlement
    }
    ranked = sorted(weights, key=lambda e: -weights[e])
    if not ranked or weights[ranked[0]] < WORLD_CITY:
        return None
    second = next((e for e in ranked[1:] if e.country != ranked[0].country), None)
    return ranked[0] if second is None or weights[ranked[0]] >= _WORLD_RATIO * weights[second] else None


def _within(entries: Sequence[Entry], mention: Mention, evidence: Evidence, atlas: Atlas) -> Entry | None:
    """One of the bearers of a name in one country: by hand first, then by province, by kind, by size."""
    by_hand = [e for e in atlas.by_hand(mention.text) if e in entries]
    if len(by_hand) > 1:
        by_hand = [e for e in by_hand if evidence.provinces[(e.country, e.admin1)]]
        if len(by_hand) != 1:
            return None
    if by_hand and (mention.context.kind not in ("city", "admin1") or by_hand[0].kind in ("city", "village", "admin1")):
        return by_hand[0]
    # "Oklahoma" is the state's own name and only an alternate one of its capital's.
    proper = [e for e in entries if bare_key(e.name) == bare_key(mention.text)]
    if proper and all(e.kind == "admin1" for e in proper):
        entries = proper
    largest = max(e.population for e in entries)
    if largest >= _NOTABLE and mention.context.kind != "admin2":
        # A county that shares the name of a large city elsewhere is not meant unless it is called one.
        entries = [e for e in entries if e.kind != "admin2"]
    settled = [
        e
        for e in entries
        if evidence.provinces[(e.country, e.admin1)] and (not e.settlement or _DWARFED * e.population >= largest)
    ]
    pool = settled if settled and len(settled) < len(entries) else list(entries)
    if (
        mention.container is None
        and not settled
        and entries[0].country in _REUSED
        and _elsewhere(entries[0].country, evidence)
    ):
        # Such a country has the name in many provinces; the one meant lies in a province that the text speaks of.
        pool = [e for e in pool if e.kind == "admin1" or e.population >= _NOTABLE]
    towns = sorted((e for e in pool if e.settlement or e.kind == "site"), key=lambda e: -e.population)
    areas = [e for e in pool if e.kind in ("admin1", "region")] or [e for e in pool if e.kind == "admin2"]
    if areas and (not towns or _outranks(areas[0], towns[0], mention)):
        return areas[0] if len({e.gazetteer_id for e in areas}) == 1 or areas[0].kind == "admin1" else None
    if len(towns) == 1 or (towns and towns[0].population >= _RATIO * max(towns[1].population, 1)):
        return towns[0]
    return None


def _outranks(area: Entry, town: Entry, mention: Mention) -> bool:
    """Whether a province is meant rather than a town of its name: a small one that is not the province's own."""
    own = town.kind == "city" and town.admin1 == area.admin1
    return area.kind == "admin1" and town.population < _NOTABLE and not own and mention.context.kind != "city"


def _elsewhere(country: str, evidence: Evidence) -> bool:
    return any(weight > 0 for (code, _), weight in evidence.provinces.items() if code == country)


def is_notable(entry: Entry) -> bool:
    return entry.kind in ("admin1", "region", "site") or entry.population >= _NOTABLE
