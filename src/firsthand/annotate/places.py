"""Places in a text: each name with the one place it means, or none where two are as likely.

Countries are settled first, from all that the text names: states, peoples, bodies, US state abbreviations, local turns of
phrase. A city is then looked for in those countries; only inside an agreed country may the larger of two win. A name that the
gazetteer lacks but the text calls a village or a district stays as a named place inside the nearest area that is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from firsthand.model import Name, Place, PlaceMention, Span, record_id
from firsthand.patterns import any_of
from firsthand.resources import table, word_set

from .atlas import Atlas
from .folding import bare_key, loose_key
from .gazetteer import Entry
from .place_choice import BODY_WEIGHT, WORLD_CITY, Evidence, chosen_entry, evidence_of, is_notable
from .place_context import context_of
from .place_mentions import Mention, beside_words, mentions_in, set_containers, share_contexts, title_case
from .runs import words_in
from .time_patterns import MONTHS

_ARTICLE = r"(?:(?:al|el|ar|as|an|az|ash|ad|at|ez|es)-|(?:al|el|de|la|del) )?"
_PROPER = rf"(?P<name>{_ARTICLE}[A-Z][\w'’`ʻ-]+(?:[ -]{_ARTICLE}[A-Z][\w'’`ʻ-]+){{0,3}})"
_AREA = (
    r"village|town|hamlet|neighbou?rhood|district|sub-?district|suburb|area|settlement|locality|county|community|township|"
    r"territory|commune|ward|municipality"
)
# Words that begin like this.
_AREA_STEMS = word_set(
    "village town hamlet neighbour neighbor district sub-district subdistrict suburb area settlement locality county community "
    "territory commune ward municipality city cities camp quarter section checkpoint"
)
_AREA_WORD = re.compile(any_of(_AREA_STEMS, behind=r"(?<!\w.)"))
_MONTHS = frozenset(month.capitalize() for month in MONTHS)
# A city this large is meant by its name although people bear it.
_METROPOLIS = 500_000
# Endings of adjectives made of place names, endings of the names that such an adjective loses, and the shortest stem left.
_ADJECTIVE = re.compile(r"(?:ian|ean|an|ene|ese|ine|ite|ish)$")
_STEM_ENDINGS = ("", "a", "e", "o", "y", "us", "ia", "is")
_LEAST_STEM = 4
# Characters either side of such a word that a name beside it can reach.
_REACH = 90
_UNKNOWN = re.compile(rf"\b(?:{_AREA}|city|camp|cities)s?\s+of\s+{_PROPER}")
_APPOSED = re.compile(rf"(?<=[a-z] ){_PROPER}, (?:a|an|the) (?:[\w-]+ ){{0,4}}(?:{_AREA}|city|suburb)\b")
_COMPASS = r"(?:just )?(?:to the )?(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)"
_WITHIN = re.compile(
    rf"(?<=[a-z] )(?:in|near|outside|around|stormed|attacked|raided|bombed|shelled) {_PROPER}"
    rf"(?=,? (?:in|of|near|{_COMPASS} of) |, )"
)
_UNKNOWN_BEFORE = re.compile(
    rf"\b{_PROPER}\s+(?!community)(?:{_AREA}|(?:refugee\s+)?camp|quarter|section|checkpoint)\b"
)


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
    mentions = mentions_in(text, words, names, gazetteer)
    evidence = evidence_of(text, names, mentions, country_hint, known, extra)
    set_containers(text, mentions, gazetteer)
    share_contexts(text, mentions)
    for _ in range(2):
        # The second round knows the provinces that the first has settled.
        for mention in mentions:
            if mention.chosen is None:
                mention.chosen = chosen_entry(mention, evidence, gazetteer)
                found = mention.chosen
                if found and found.admin1 and (mention.strong or found.population >= WORLD_CITY):
                    evidence.provinces[(found.country, found.admin1)] += 1
    accepted = {bare_key(m.text) for m in mentions if m.chosen and _acceptable(m, evidence, gazetteer)}
    accepted |= {bare_key(m.text) for m in known if m.place}
    kept = [m for m in mentions if _acceptable(m, evidence, gazetteer) or bare_key(m.text) in accepted]
    _name_unknown(text, names, kept, evidence, gazetteer)
    return tuple(
        _mention_of(m, gazetteer) for m in sorted(kept, key=lambda m: m.span) if m.chosen or m.named or m.strong
    )


def _rather_a_place(mention: Mention, evidence: Evidence) -> bool:
    """Whether a place may be meant by words that are a person's name too: a metropolis of just this name, or a town of it at which
    something happens in a country that the text speaks of."""
    entry = mention.chosen
    if entry is None or bare_key(entry.name) != bare_key(mention.text):
        return False
    if entry.population >= _METROPOLIS:
        return True
    spoken_of = evidence.countries[entry.country] > 0 or not any(evidence.countries.values())
    return mention.context.locative and spoken_of


def _acceptable(mention: Mention, evidence: Evidence, atlas: Atlas) -> bool:
    """Whether the words may be taken for a place at all where they stand."""
    if mention.blocked or mention.context.other_name:
        return False
    if mention.misplaced or (mention.embedded and mention.container is None):
        return False
    if mention.country or mention.demonym:
        return True
    if mention.context.dateline or mention.container is not None:
        return True
    if mention.text in _MONTHS:
        return False
    large = mention.chosen is not None and mention.chosen.population >= WORLD_CITY
    if mention.text in _given_names() and not _rather_a_place(mention, evidence):
        return False
    if atlas.gazetteer.is_common_word(mention.text) or (mention.text in _given_names() and not large):
        context = mention.context
        plain = context.kind != "named" and context.direction is None and not mention.text.isupper()
        return (
            context.locative
            and plain
            and (mention.chosen is None or bare_key(mention.chosen.name) == bare_key(mention.text))
        )
    if (
        mention.text.isupper()
        and not mention.context.attributive
        and (mention.chosen is None or not is_notable(mention.chosen))
    ):
        return False
    if mention.context.speaks and not mention.strong:
        return large
    if mention.strong or mention.context.attributive:
        return True
    return mention.chosen is not None and is_notable(mention.chosen)


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    """Given and family names that are also names of places."""
    return frozenset(row["name"] for file in ("first_names", "surnames") for row in table(f"names/{file}.tsv"))


@lru_cache(maxsize=1)
def _not_persons() -> frozenset[str]:
    """Days, months and the like, which end a name of any kind."""
    kept = {r["word"] for r in table("places/context.tsv") if r["kind"] in ("direction", "type", "modifier")}
    return frozenset(r["word"] for r in table("names/not_persons.tsv")) - kept


@lru_cache(maxsize=1)
def _facilities() -> frozenset[str]:
    return frozenset(r["word"] for r in table("places/context.tsv") if r["kind"] == "facility")


def _name_unknown(text: str, names: Sequence[Name], kept: list[Mention], evidence: Evidence, atlas: Atlas) -> None:
    """Keep what the text calls a village, a district or a camp although no entry is left for it, inside the nearest known area.

    Nothing inside the name of a known body or of a person, and no country: "the Guards of the Revolution in Iraq, a militia".
    """
    taken = bytearray(len(text))
    known = [n.span for n in names if n.kind in ("person", "organisation", "group") and n.basis == "lexicon"]
    for span in (*known, *(m.span for m in kept if m.chosen is not None)):
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    areas = [word.span() for word in _AREA_WORD.finditer(text)]
    for pattern in (_UNKNOWN, _UNKNOWN_BEFORE, _APPOSED, _WITHIN):
        for match in _matches(pattern, text, areas):
            span = Span(match.start("name"), match.end("name"))
            if any(taken[span.start : span.end]) or not _nameable(match["name"]) or _is_country(match["name"], atlas):
                continue
            if pattern is _UNKNOWN_BEFORE and _is_adjective(match["name"], kept, atlas):
                continue
            if pattern in (_APPOSED, _WITHIN) and title_case(text, span.start):
                continue
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept[:] = [m for m in kept if not m.span.overlaps(span)]
            context = context_of(text, span.start, span.end)
            mention = Mention(0, 0, span, match["name"], (), context)
            country = evidence.leading(c for c, weight in evidence.countries.items() if weight >= BODY_WEIGHT)
            loose = atlas.find_loosely(match["name"], country) if country else ()
            towns = {e.gazetteer_id: e for e in loose if e.settlement}
            if len(towns) == 1:
                mention.chosen = next(iter(towns.values()))
            else:
                mention.named = _named(match["name"], _nearest(span, text, kept), country, atlas)
            if mention.chosen or mention.named:
                kept.append(mention)


def _matches(pattern: re.Pattern[str], text: str, areas: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Matches of ``pattern``; those that need a word for an area are sought only around such words, ``areas``."""
    if pattern is _WITHIN:
        yield from pattern.finditer(text)
        return
    end = 0
    for first, last in areas:
        for match in pattern.finditer(text, max(end, first - _REACH), min(len(text), last + _REACH)):
            end = match.end()
            yield match


def _nameable(name: str) -> bool:
    """Whether an unknown name may be a place's: no sentence opener, street, day, attack, acronym or "Kurdish-held" in it."""
    words = name.split()
    lower = [w.lower() for w in words]
    if lower[0] in beside_words() or words[-1] in _facilities() or not _not_persons().isdisjoint(lower):
        return False
    if lower[-1].endswith(("'s", "’s", "-populated", "-held", "-controlled", "-run")):
        return False
    return not (name.isupper() and len(name) <= 4)


def _is_country(name: str, atlas: Atlas) -> bool:
    """Whether news means a country or its people by ``name``: never a place inside another."""
    return atlas.demonym(name) is not None or any(e.kind == "country" for e in atlas.by_hand(name))


def _is_adjective(name: str, kept: Sequence[Mention], atlas: Atlas) -> bool:
    """Whether ``name`` is made of the name of a place in ``kept``, of one made by hand or of a large city: "the Parisian
    suburb", "a Karsovian town"."""
    key = bare_key(name)
    ending = _ADJECTIVE.search(key)
    if ending is None or " " in name or ending.start() < _LEAST_STEM:
        return False
    stem = key[: ending.start()]
    if any(m.chosen and bare_key(m.text) in {stem + e for e in _STEM_ENDINGS} for m in kept):
        return True
    if any(atlas.by_hand(stem + end) for end in _STEM_ENDINGS):
        return True
    return any(e.population >= _METROPOLIS for end in _STEM_ENDINGS for e in atlas.gazetteer.find(stem + end))


def _nearest(span: Span, text: str, kept: Sequence[Mention]) -> Entry | None:
    """The settled place nearest to ``span`` on its line, one that follows before one that precedes; else the last before it."""
    line_end = text.find("\n", span.end)
    line_end = len(text) if line_end < 0 else line_end
    usable = [m for m in kept if m.chosen and not m.demonym and not m.context.attributive and m.chosen.country]
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


def _mention_of(mention: Mention, atlas: Atlas) -> PlaceMention:
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


def _locative(mention: Mention) -> bool:
    context = mention.context
    if mention.demonym or context.attributive or context.speaks:
        return False
    if context.locative:
        return True
    if mention.inherited is not None:
        return mention.inherited.locative
    return not (mention.country or context.strong)
