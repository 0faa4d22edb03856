"""Places in a text: each name with the one place it means, or none where two are as likely.

Countries are settled first, from all that the text names: states, peoples, bodies, US state abbreviations, local turns of
phrase. A city is then looked for in those countries; only inside an agreed country may the larger of two win. A name that the
gazetteer lacks but the text calls a village or a district stays as a named place inside the nearest area that is known.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from firsthand.model import Name, Place, PlaceMention, Span, record_id
from firsthand.resources import table

from .atlas import Atlas
from .folding import bare_key, loose_key
from .gazetteer import Entry
from .names import known_name
from .place_context import Context, context_of
from .runs import Word, article, joins, words_in

# The longest name of a place in words ("Maarat al-Numan" has three).
_LONGEST = 5
# A city named alone in a text that names no country of its own may be the world's best known bearer of the name: at least
# this large, and this many times larger than the next. Usual for geoparsers; rerun the place figures before changing it.
_WORLD_CITY = 100_000
_WORLD_RATIO = 10
# Inside an agreed country the larger of two towns is meant from this ratio on.
_RATIO = 3
# A namesake this many times smaller than the largest is not meant although another place of its province is named.
_DWARFED = 20
# A name outside any telling context is taken for a place from this size on.
_NOTABLE = 40_000
# States that act in many countries' conflicts: their mention says little about where a report is set.
_ACTORS = frozenset(("US", "GB", "FR", "RU", "IR", "IL", "SA", "TR"))
# Countries where towns of one province bear the names of towns of many others.
_REUSED = frozenset(("US", "MX", "PH", "BR", "CO"))
_ACTOR_WEIGHT = 0.4
_PEOPLE_WEIGHT = 0.7
_BODY_WEIGHT = 0.5
_COMMA_STATE = re.compile(r",\s+(?P<state>[A-Z][A-Za-z.]*(?:\s[A-Z][A-Za-z.]*)?)")


@dataclass(slots=True)
class _Mention:
    first: int
    last: int
    span: Span
    text: str
    entries: Sequence[Entry]
    context: Context
    demonym: bool = False
    blocked: bool = False
    container: Entry | None = None
    chosen: Entry | None = None
    named: Place | None = None
    embedded: bool = False
    misplaced: bool = False
    inherited: Context | None = None

    @property
    def strong(self) -> bool:
        return self.context.strong or self.container is not None or bool(self.inherited and self.inherited.strong)

    @property
    def country(self) -> bool:
        return bool(self.entries) and self.entries[0].kind == "country"


@dataclass(slots=True)
class _Evidence:
    """Which countries and provinces the text speaks of."""

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    provinces: Counter[tuple[str, str]] = field(default_factory=Counter)

    def leading(self, among: Iterable[str]) -> str | None:
        """The country of ``among`` that the text speaks of most; None where none is named or two tie."""
        ranked = sorted(((self.countries[c], c) for c in set(among) if self.countries[c] > 0), reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return ranked[0][1]


def find_places(
    text: str,
    names: Sequence[Name],
    *,
    gazetteer: Atlas,
    country_hint: str | None = None,
    known: Sequence[PlaceMention] = (),
    extra: str = "",
) -> tuple[PlaceMention, ...]:
    """The places ``text`` names, in text order, none overlapping.

    ``names`` are the names found in it: no place is taken from inside a person's or body's name. ``country_hint`` (ISO code)
    weighs as two mentions of that country. ``known`` are the places of the same document's other field, ``extra`` the path of
    the user's own table of names that ``names`` were found with.
    """
    if not text:
        return ()
    words = words_in(text)
    mentions = _mentions(text, words, names, gazetteer)
    evidence = _evidence(text, names, mentions, country_hint, known, extra)
    _contain(text, mentions, gazetteer)
    _coordinate(text, mentions)
    for _ in range(2):
        # The second round knows the provinces that the first has settled.
        for mention in mentions:
            if mention.chosen is None:
                mention.chosen = _choose(mention, evidence, gazetteer)
                if mention.chosen and mention.chosen.admin1:
                    evidence.provinces[(mention.chosen.country, mention.chosen.admin1)] += 1
    accepted = {bare_key(m.text) for m in mentions if m.chosen and _acceptable(m, gazetteer)}
    accepted |= {bare_key(m.text) for m in known if m.place}
    kept = [m for m in mentions if _acceptable(m, gazetteer) or bare_key(m.text) in accepted]
    _name_unknown(text, kept, evidence, gazetteer)
    return tuple(
        _mention_of(m, gazetteer) for m in sorted(kept, key=lambda m: m.span) if m.chosen or m.named or m.strong
    )


def _mentions(text: str, words: tuple[Word, ...], names: Sequence[Name], atlas: Atlas) -> list[_Mention]:
    """Every run of words that some place is called by, the longest at each position."""
    blocked = [n for n in names if n.kind in ("person", "organisation", "group", "other")]
    covering = bytearray(len(text) + 1)
    for name in blocked:
        weight = 2 if name.kind in ("person", "group") or name.basis == "lexicon" else 1
        covering[name.span.start : name.span.end] = bytes([weight]) * (name.span.end - name.span.start)
    out: list[_Mention] = []
    index = 0
    while index < len(words):
        word = words[index]
        if not _may_begin(words, index) or covering[word.start] == 2:
            index += 1
            continue
        found = _longest_at(text, words, index, atlas)
        if found is None:
            index += 1
            continue
        last, found_entries, demonym = found
        entries: Sequence[Entry] = found_entries
        if last < len(words) and words[last].gap == " " and (noun := words[last].fold) in _inner_words():
            # "Nasr neighbourhood" may be a place of its own beside the village Nasr.
            entries = atlas.by_hand(f"{text[word.start : words[last - 1].end]} {noun}") or entries
        span = Span(word.start, words[last - 1].end)
        context = context_of(text, span.start, span.end)
        mention = _Mention(index, last, span, span.of(text), entries, context, demonym)
        mention.embedded = not demonym and entries[0].kind != "country" and _embedded(text, words, index, last, atlas)
        if covering[span.start] == 1:
            mention.blocked = not _names_its_body(text, span, names)
            if covering[min(span.end + 1, len(text))] == 1:
                mention.context = replace(context, attributive=True)
        out.append(mention)
        index = last
    return out


def _embedded(text: str, words: tuple[Word, ...], first: int, last: int, atlas: Atlas) -> bool:
    """Whether other capitalised words beside it make it a piece of a longer name: "Kosa" in "Kosa Qala", "Hassan" in "Ali Hassan".

    In a headline, where every word has a capital, that says nothing.
    """
    start = text.rfind("\n", 0, words[first].start) + 1
    before = words[first - 1] if first else None
    after = words[last] if last < len(words) else None
    beside = []
    if before and before.start >= start and before.upper and words[first].gap in (" ", "-") and not before.possessive:
        beside.append(before)
    if after and (after.upper or article(words, last)) and after.gap in (" ", "-") and not words[last - 1].possessive:
        beside.append(after)
    beside = [w for w in beside if not (w.shouted and not words[first].shouted) and not _neutral(w, atlas)]
    if not beside:
        return False
    end = text.find("\n", words[first].start)
    line = [w for w in words[max(0, first - 12) : last + 12] if w.start >= start and (end < 0 or w.end <= end)]
    return sum(w.upper for w in line) <= 0.6 * len(line) or len(line) < 4


def _neutral(word: Word, atlas: Atlas) -> bool:
    """Whether a capitalised word beside a place leaves it alone: "In", "Syrian", "North", "Police", "Province", "Monday"."""
    return (
        word.fold in _beside()
        or word.text in atlas.demonyms
        or word.text[0].isdigit()
        or bool(atlas.by_hand(word.text))
    )


@lru_cache(maxsize=1)
def _beside() -> frozenset[str]:
    """Words that may stand capitalised beside a place name without being part of a longer one."""
    kinds = ("locative", "other", "type", "attributive", "direction", "modifier", "relation", "beside")
    return frozenset(r["word"].lower() for r in table("places/context.tsv") if r["kind"] in kinds)


def _names_its_body(text: str, span: Span, names: Sequence[Name]) -> bool:
    """Whether a body is called after the place: "Elkton Police", "University of Elkton"."""
    name = next((n for n in names if n.span.covers(span)), None)
    if name is None:
        return True
    rest = text[span.end : name.span.end].strip()
    return bool(
        re.match(r"(?:Metro(?:politan)?\s+|City\s+|Fire\s+)?(?:Police|Fire|County|Sheriff|State|PD)\b", rest)
    ) or text[name.span.start : span.start].rstrip().endswith(" of")


def _may_begin(words: tuple[Word, ...], index: int) -> bool:
    word = words[index]
    if word.text[0].isdigit():
        return False
    if word.upper or "\u0621" <= word.text[0] <= "\u06ff":
        return True
    return (
        word.fold in ("al", "el", "ar", "as", "at", "an", "az", "ad", "ash")
        and index + 1 < len(words)
        and words[index + 1].upper
    )


def _longest_at(
    text: str, words: tuple[Word, ...], index: int, atlas: Atlas
) -> tuple[int, tuple[Entry, ...], bool] | None:
    last = index + 1
    while last < len(words) and last - index < _LONGEST and joins(words[last].gap) and not words[last - 1].possessive:
        last += 1
    for end in range(last, index, -1):
        tail = words[end - 1]
        if not (tail.upper or "\u0621" <= tail.text[0] <= "\u06ff"):
            continue
        name = text[words[index].start : tail.end]
        if end == index + 1:
            country = atlas.demonym(name) or (atlas.demonym(name.capitalize()) if name.isupper() else None)
            if country is not None:
                return end, (country,), True
            if (len(name) < 3 and not name.isupper()) or words[index].fold in _inner_words():
                return None
            if name.isupper() and len(name) <= 4 and not atlas.by_hand(name):
                return None
        entries = atlas.find(name)
        if not entries and end == index + 1 and name.endswith("s") and len(name) > 4:
            # "Syrias" for "Syria's", as pages that lose apostrophes write it.
            entries = tuple(e for e in atlas.find(name[:-1]) if e.kind == "country")
        if entries:
            return end, entries, False
    return None


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str], float], ...]:
    return tuple(
        (r["country"], tuple(r["needs"].split("|")), re.compile(r["cue"]), float(r["weight"]))
        for r in table("places/cues.tsv")
    )


def _evidence(
    text: str,
    names: Sequence[Name],
    mentions: Sequence[_Mention],
    hint: str | None,
    known: Sequence[PlaceMention],
    extra: str,
) -> _Evidence:
    out = _Evidence()
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
            out.countries[code] += weight
        elif len({e.country for e in mention.entries}) == 1 and mention.entries[0].kind in ("admin1", "region", "site"):
            entry = mention.entries[0]
            out.countries[entry.country] += _BODY_WEIGHT
            if entry.kind == "admin1":
                out.provinces[(entry.country, entry.admin1)] += 1
    for name in names:
        body = (
            known_name(name.canonical, extra=extra)
            if name.basis == "lexicon" and name.kind in ("organisation", "group")
            else None
        )
        if body and body.country and body.country not in _ACTORS:
            out.countries[body.country] += _BODY_WEIGHT
    for country, needs, pattern, weight in _cues():
        if any(word in text for word in needs):
            out.countries[country] += weight * min(3, len(pattern.findall(text)))
    if hint:
        out.countries[hint] += 2
    for place in (m.place for m in known if m.place and m.place.country):
        out.countries[place.country or ""] += 1
    return out


def _contain(text: str, mentions: Sequence[_Mention], atlas: Atlas) -> None:
    """Set each mention's container from ", State", ", Country", "in Country" after it and "Country's", "Syrian city of" before."""
    for number, mention in enumerate(mentions):
        match = _COMMA_STATE.match(text, mention.span.end)
        if match:
            state = atlas.state(match["state"])
            if state and any(e.country == "US" and e.admin1 == state.admin1 for e in mention.entries):
                mention.container = state
                if number + 1 < len(mentions) and state in mentions[number + 1].entries:
                    mentions[number + 1].chosen = state
                continue
        following = mentions[number + 1] if number + 1 < len(mentions) else None
        if following and not following.demonym and mention.container is None:
            gap = text[mention.span.end : following.span.start]
            if len(gap) < 60 and _leads_outward(gap):
                mention.container = _compatible(_meant(mention, atlas, gap), following.entries)
                if mention.container is not None and following.chosen is None and following.country:
                    following.chosen = mention.container
                # "the Salam neighbourhood of Rafah": no Salam that is known lies there, so it is none of those.
                mention.misplaced = (
                    mention.container is None and mention.context.kind in ("named", "city") and not mention.country
                )
        preceding = mentions[number - 1] if number else None
        if preceding and mention.container is None:
            gap = text[preceding.span.end : mention.span.start]
            if re.fullmatch(
                r"['’]s?\s+(?:[\w-]+\s+){0,3}" if not preceding.demonym else r"\s+(?:[\w'’-]+\s+){0,5}", gap
            ):
                mention.container = _compatible(_meant(mention, atlas, gap), preceding.entries)


def _meant(mention: _Mention, atlas: Atlas, gap: str) -> Sequence[Entry]:
    """The entries that a container may choose among: what news usually means by the name, unless a comma sets a container."""
    return (not gap.startswith(",") and atlas.by_hand(mention.text)) or mention.entries


def _leads_outward(gap: str) -> bool:
    """Whether what stands between two places says that the first lies in the second: ", ", " in northern ", " district of "."""
    words = gap.lower().replace(",", " ").split()
    if not words:
        return gap.startswith(",")
    return ("," in gap or "in" in words or "of" in words) and not set(words) - _inner_words()


@lru_cache(maxsize=1)
def _inner_words() -> frozenset[str]:
    kinds = ("direction", "modifier", "type")
    return frozenset(w for r in table("places/context.tsv") if r["kind"] in kinds for w in r["word"].split()) | {
        "in",
        "of",
    }


def _compatible(inner: Sequence[Entry], outer: Sequence[Entry]) -> Entry | None:
    """The first of ``outer`` that some of ``inner`` lies in."""
    return next((o for o in outer if any(_inside(i, o) for i in inner)), None)


def _inside(inner: Entry, outer: Entry) -> bool:
    if inner.gazetteer_id == outer.gazetteer_id or inner.country != outer.country or not outer.country:
        return False
    if outer.kind == "country":
        return inner.kind != "country"
    if outer.kind in ("admin1", "admin2"):
        return inner.kind not in ("country", "admin1") and inner.admin1 == outer.admin1
    return outer.settlement and inner.kind == "site" and inner.admin1 == outer.admin1


def _coordinate(text: str, mentions: Sequence[_Mention]) -> None:
    """Let the members of a list share the context of its first: "in Saraqib, Binnish and Idlib"."""
    for before, mention in pairwise(mentions):
        gap = text[before.span.end : mention.span.start]
        if (
            re.fullmatch(r",?\s+(?:and|or)\s+(?:in\s+)?(?:nearby\s+)?|,\s+", gap)
            and not before.demonym
            and not mention.context.strong
        ):
            mention.inherited = before.inherited or before.context


def _choose(mention: _Mention, evidence: _Evidence, atlas: Atlas) -> Entry | None:
    """The one entry that the context leaves, or None."""
    if mention.demonym:
        return mention.entries[0]
    entries: Sequence[Entry] = mention.entries
    if mention.container is not None:
        entries = [e for e in entries if _inside(e, mention.container)] or entries
    entries = _of_kind(entries, mention)
    if mention.misplaced:
        return None
    usual = _usual(mention, entries, evidence, atlas)
    if usual is not None:
        return usual
    if len({e.gazetteer_id for e in entries}) == 1 and entries[0].country not in _REUSED:
        return entries[0] if _agrees(entries[0], mention, evidence) else None
    if (
        entries[0].kind in ("country", "region")
        and mention.container is None
        and not _rather_local(entries, mention, evidence)
    ):
        return entries[0]
    country = mention.container.country if mention.container else evidence.leading(e.country for e in entries)
    world = _world_city(entries, mention.text)
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


def _usual(mention: _Mention, entries: Sequence[Entry], evidence: _Evidence, atlas: Atlas) -> Entry | None:
    """What news means by the name, as the hand-made table says: an area, or the largest town so called where nothing speaks
    for the country of a smaller one alone."""
    by_hand = [e for e in atlas.by_hand(mention.text) if e in entries]
    if len(by_hand) != 1 or mention.container is not None:
        return None
    usual = by_hand[0]
    if usual.kind in ("admin1", "region"):
        return usual
    largest = usual.settlement and usual.population > 0 and usual.population >= max(e.population for e in entries)
    named = evidence.countries[usual.country] > 0 or not any(evidence.countries[e.country] > 0 for e in entries)
    return usual if largest and named else None


def _of_kind(entries: Sequence[Entry], mention: _Mention) -> Sequence[Entry]:
    """The entries of the kind that a noun beside the name calls for, where there are any."""
    kind = mention.context.kind
    if kind == "city":
        return [e for e in entries if e.settlement] or entries
    if kind == "admin1":
        return (
            [e for e in entries if e.kind == "admin1"]
            or [e for e in entries if e.kind in ("admin2", "region")]
            or entries
        )
    if kind == "admin2":
        return [e for e in entries if e.kind == "admin2"] or entries
    return entries


def _agrees(entry: Entry, mention: _Mention, evidence: _Evidence) -> bool:
    """Whether the only bearer of a name may be meant: its country is named, or it is large or well placed enough by itself."""
    if (
        entry.kind in ("country", "region", "admin1")
        or evidence.countries[entry.country] > 0
        or mention.container is not None
    ):
        return True
    return entry.population >= _NOTABLE or (mention.strong and not any(evidence.countries.values()))


def _rather_local(entries: Sequence[Entry], mention: _Mention, evidence: _Evidence) -> bool:
    """Whether a country's name is here a US state's or a town's: "Georgia" beside other American places."""
    country = entries[0].country
    others = [
        e for e in entries[1:] if e.kind == "admin1" and evidence.countries[e.country] > evidence.countries[country] - 1
    ]
    return any(e.country == "US" for e in others) and evidence.countries["US"] > evidence.countries[country] - 1


def _world_city(entries: Sequence[Entry], name: str) -> Entry | None:
    # An alternate name counts a tenth: Amman was Philadelphia once.
    weights = {
        e: e.population / (1 if bare_key(e.name) == bare_key(name) else _WORLD_RATIO) for e in entries if e.settlement
    }
    ranked = sorted(weights, key=lambda e: -weights[e])
    if not ranked or weights[ranked[0]] < _WORLD_CITY:
        return None
    second = next((e for e in ranked[1:] if e.country != ranked[0].country), None)
    return ranked[0] if second is None or weights[ranked[0]] >= _WORLD_RATIO * weights[second] else None


def _within(entries: Sequence[Entry], mention: _Mention, evidence: _Evidence, atlas: Atlas) -> Entry | None:
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


def _outranks(area: Entry, town: Entry, mention: _Mention) -> bool:
    """Whether a province is meant rather than a town of its name: a small one that is not the province's own."""
    own = town.kind == "city" and town.admin1 == area.admin1
    return area.kind == "admin1" and town.population < _NOTABLE and not own and mention.context.kind != "city"


def _elsewhere(country: str, evidence: _Evidence) -> bool:
    return any(weight > 0 for (code, _), weight in evidence.provinces.items() if code == country)


def _acceptable(mention: _Mention, atlas: Atlas) -> bool:
    """Whether the words may be taken for a place at all where they stand."""
    if mention.blocked or mention.context.other_name:
        return False
    if mention.misplaced or (mention.embedded and mention.container is None):
        return False
    if mention.country or mention.demonym:
        return True
    if mention.context.dateline or mention.container is not None:
        return True
    large = mention.chosen is not None and mention.chosen.population >= _WORLD_CITY
    if atlas.gazetteer.is_common_word(mention.text) or (mention.text in _given_names() and not large):
        return mention.context.locative and mention.context.kind != "named" and not mention.text.isupper()
    if (
        mention.text.isupper()
        and not mention.context.attributive
        and (mention.chosen is None or not _notable(mention.chosen))
    ):
        return False
    if mention.context.speaks and not mention.strong:
        return large
    if mention.strong or mention.context.attributive:
        return True
    return mention.chosen is not None and _notable(mention.chosen)


def _notable(entry: Entry) -> bool:
    return entry.kind in ("admin1", "region", "site") or entry.population >= _NOTABLE


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return frozenset(row["name"] for row in table("names/first_names.tsv"))


_ARTICLE = r"(?:(?:al|el|ar|as|an|az|ash|ad|at|ez|es)-|(?:al|el|de|la|del) )?"
_PROPER = rf"(?P<name>{_ARTICLE}[A-Z][\w'’`ʻ-]+(?:[ -]{_ARTICLE}[A-Z][\w'’`ʻ-]+){{0,3}})"
_AREA = (
    r"village|town|hamlet|neighbou?rhood|district|sub-?district|suburb|area|settlement|locality|county|community|township|"
    r"territory|commune|ward|municipality"
)
_UNKNOWN = re.compile(rf"\b(?:{_AREA}|city|camp|cities)s?\s+of\s+{_PROPER}")
_UNKNOWN_BEFORE = re.compile(rf"\b{_PROPER}\s+(?:{_AREA}|(?:refugee\s+)?camp|quarter|section|checkpoint)\b")


@lru_cache(maxsize=1)
def _facilities() -> frozenset[str]:
    return frozenset(r["word"] for r in table("places/context.tsv") if r["kind"] == "facility")


def _name_unknown(text: str, kept: list[_Mention], evidence: _Evidence, atlas: Atlas) -> None:
    """Keep what the text calls a village, a district or a camp although no entry is left for it, inside the nearest known area."""
    taken = bytearray(len(text))
    for mention in kept:
        if mention.chosen is not None:
            taken[mention.span.start : mention.span.end] = b"\1" * (mention.span.end - mention.span.start)
    facilities = _facilities()
    for pattern in (_UNKNOWN, _UNKNOWN_BEFORE):
        for match in pattern.finditer(text):
            span = Span(match.start("name"), match.end("name"))
            parts = match["name"].split()
            if any(taken[span.start : span.end]) or parts[0].lower() in _beside() or parts[-1] in facilities:
                continue
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept[:] = [m for m in kept if not m.span.overlaps(span)]
            context = context_of(text, span.start, span.end)
            mention = _Mention(0, 0, span, match["name"], (), context)
            country = evidence.leading(c for c, weight in evidence.countries.items() if weight >= _BODY_WEIGHT)
            loose = atlas.find_loosely(match["name"], country) if country else ()
            towns = {e.gazetteer_id: e for e in loose if e.settlement}
            if len(towns) == 1:
                mention.chosen = next(iter(towns.values()))
            else:
                mention.named = _named(match["name"], _nearest(span, text, kept), country, atlas)
            if mention.chosen or mention.named:
                kept.append(mention)


def _nearest(span: Span, text: str, kept: Sequence[_Mention]) -> Entry | None:
    """The settled place nearest to ``span`` on its line, one that follows before one that precedes; else the last before it."""
    line_end = text.find("\n", span.end)
    line_end = len(text) if line_end < 0 else line_end
    usable = [m for m in kept if m.chosen and not m.demonym and m.chosen.country]
    after = [m for m in usable if span.end <= m.span.start < min(line_end, span.end + 80)]
    if after:
        return after[0].chosen
    before = [m for m in usable if m.span.end <= span.start]
    return before[-1].chosen if before else None


def _named(name: str, area: Entry | None, country: str | None, atlas: Atlas) -> Place | None:
    """A place known by its name only, with the coordinate of the area it lies in and a precision no better than that area's."""
    area = area or (atlas.countries.get(country) if country else None)
    if area is None or not area.country:
        return None
    outer = atlas.gazetteer.place(area)
    key = loose_key(name) or bare_key(name)
    return Place(
        id=record_id("plc", "named", key, area.country, area.admin1 or outer.id),
        name=name,
        country=outer.country,
        admin1=outer.name if area.kind == "admin1" else outer.admin1,
        lat=outer.lat,
        lon=outer.lon,
        precision=max(2, outer.precision),
        kind="named",
    )


def _mention_of(mention: _Mention, atlas: Atlas) -> PlaceMention:
    context = mention.context
    place = mention.named or (atlas.gazetteer.place(mention.chosen) if mention.chosen else None)
    relation = context.relation
    if place is not None and place.kind == "country" and context.direction and not mention.demonym:
        place = _part_of(place, context.direction)
        relation = relation or context.direction
    return PlaceMention(mention.span, mention.text, place, _locative(mention), relation)


def _part_of(country: Place, direction: str) -> Place:
    """ "northern Syria": a part of a country, placed no better than the country."""
    return Place(
        id=record_id("plc", country.id, direction),
        name=f"{direction} {country.name}",
        country=country.country,
        lat=country.lat,
        lon=country.lon,
        precision=5,
        kind="region",
    )


def _locative(mention: _Mention) -> bool:
    context = mention.context
    if mention.demonym or context.attributive or context.speaks:
        return False
    if context.locative:
        return True
    if mention.inherited is not None:
        return mention.inherited.locative
    return not (mention.country or context.strong)
