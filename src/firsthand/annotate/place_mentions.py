"""Runs of words in a text that places are called by, with what contains them. Nothing is decided here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from firsthand.model import Name, Place, Span
from firsthand.resources import table

from .atlas import Atlas
from .gazetteer import Entry
from .place_context import Context, context_of
from .runs import PARTICLES, Word, article, joins

# The longest name of a place in words ("Maarat al-Numan" has three).
_OF_A_LANGUAGE = ("-speak", "-language", " language")
_LONGEST = 5
# Characters either side of a word that tell whether it stands in a headline.
_HEADLINE = 70
_COMMA_STATE = re.compile(r",\s+(?P<state>[A-Z][A-Za-z.]*(?:\s[A-Z][A-Za-z.]*)?)")


@dataclass(slots=True)
class Mention:
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


def mentions_in(text: str, words: tuple[Word, ...], names: Sequence[Name], atlas: Atlas) -> list[Mention]:
    """Every run of words that some place is called by, the longest at each position."""
    blocked = [n for n in names if n.kind in ("person", "organisation", "group", "other")]
    covering = bytearray(len(text) + 1)
    for name in blocked:
        weight = 2 if name.kind in ("person", "group") or name.basis == "lexicon" else 1
        covering[name.span.start : name.span.end] = bytes([weight]) * (name.span.end - name.span.start)
    out: list[Mention] = []
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
        if covering[words[last - 1].start] and not covering[word.start]:
            # "The Northern" of "The Northern River Front": the last word belongs to a body's or a person's name.
            index += 1
            continue
        context = context_of(text, span.start, span.end)
        mention = Mention(index, last, span, span.of(text), entries, context, demonym)
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
    beside = [w for w in beside if not w.text[0].isalpha() or w.text[0].isupper() or w.fold in PARTICLES]
    beside = [w for w in beside if not (w.shouted and not words[first].shouted) and not _neutral(w, atlas)]
    if not beside:
        return False
    return not title_case(text, words[first].start)


def title_case(text: str, offset: int) -> bool:
    """Whether the words around ``offset`` on its line are written like a headline, most with a capital."""
    start = max(text.rfind("\n", 0, offset) + 1, offset - _HEADLINE)
    end = text.find("\n", offset)
    near = text[start : min(len(text) if end < 0 else end, offset + _HEADLINE)].split()
    return len(near) >= 4 and sum(w[0].isupper() for w in near) > 0.6 * len(near)


def _neutral(word: Word, atlas: Atlas) -> bool:
    """Whether a capitalised word beside a place leaves it alone: "In", "Syrian", "North", "Police", "Province", "Monday"."""
    return (
        word.fold in beside_words()
        or word.text in atlas.demonyms
        or word.text[0].isdigit()
        or bool(atlas.by_hand(word.text))
        # "Syrias Aleppo", as pages that lose apostrophes write it.
        or any(e.kind == "country" for e in atlas.by_hand(word.text.removesuffix("s")))
    )


@lru_cache(maxsize=1)
def beside_words() -> frozenset[str]:
    """Words that may stand capitalised beside a place name without being part of a longer one."""
    kinds = ("locative", "other", "type", "attributive", "direction", "modifier", "relation", "beside")
    return frozenset(r["word"].lower() for r in table("places/context.tsv") if r["kind"] in kinds)


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    """Words that neither begin nor end the name of a place of several words."""
    return frozenset(r["word"] for r in table("places/context.tsv") if r["kind"] == "function")


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
    return article(words, index)


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
        if end - index > 1 and (tail.fold in _function_words() or words[index].fold in _function_words()):
            continue
        name = text[words[index].start : tail.end]
        country = atlas.demonym(name) or (atlas.demonym(name.title()) if name.isupper() else None)
        if country is not None:
            # "English-speaking" tells of a language, and of no country.
            return None if text.startswith(_OF_A_LANGUAGE, tail.end) else (end, (country,), True)
        if end == index + 1:
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


def set_containers(text: str, mentions: Sequence[Mention], atlas: Atlas) -> None:
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


def _meant(mention: Mention, atlas: Atlas, gap: str) -> Sequence[Entry]:
    """The entries that a container may choose among: what news usually means by the name, unless a comma sets a container."""
    areas = [e for e in atlas.by_hand(mention.text) if e.kind in ("country", "admin1", "region")]
    return mention.entries if gap.startswith(",") or not areas else areas


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
    return next((o for o in outer if any(lies_in(i, o) for i in inner)), None)


def lies_in(inner: Entry, outer: Entry) -> bool:
    if inner.gazetteer_id == outer.gazetteer_id or inner.country != outer.country or not outer.country:
        return False
    if outer.kind in ("country", "region"):
        return inner.kind not in ("country", outer.kind)
    if outer.kind in ("admin1", "admin2"):
        return inner.kind not in ("country", "admin1") and inner.admin1 == outer.admin1
    return outer.settlement and inner.kind == "site" and inner.admin1 == outer.admin1


def share_contexts(text: str, mentions: Sequence[Mention]) -> None:
    """Let the members of a list share the context of its first: "in Saraqib, Binnish and Idlib"."""
    for before, mention in pairwise(mentions):
        gap = text[before.span.end : mention.span.start]
        if (
            re.fullmatch(r",?\s+(?:and|or)\s+(?:in\s+)?(?:nearby\s+)?|,\s+", gap)
            and not before.demonym
            and not mention.context.strong
        ):
            mention.inherited = before.inherited or before.context
