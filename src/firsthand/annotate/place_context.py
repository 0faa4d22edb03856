"""What the words around a place name say of it: whether something happens there, what kind of place it is, where it lies.

The words are ``resources/places/context.tsv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from firsthand.patterns import any_of, lowered
from firsthand.resources import table

# Characters looked at before and after a name: a preposition with a few modifiers fits.
_REACH = 90


@dataclass(frozen=True, slots=True)
class Context:
    """``strong``: the words demand a place here. ``locative``: something is said to be or happen there.

    ``relation`` keeps "near", "north of", "12 km south of", "dateline"; ``direction`` "northern" and the like.
    ``kind`` is what a noun beside the name calls it: city, admin1, admin2, named; ``noun`` that noun with its side.
    ``attributive``: it merely qualifies the next word. ``other_name``: it is the beginning of another name.
    """

    strong: bool = False
    locative: bool = False
    relation: str | None = None
    direction: str | None = None
    kind: str | None = None
    noun: str | None = None
    attributive: bool = False
    speaks: bool = False
    other_name: bool = False
    dateline: bool = False


def _words(kind: str) -> list[str]:
    return sorted(
        (re.escape(r["word"]) for r in table("places/context.tsv") if r["kind"] == kind), key=len, reverse=True
    )


def _opening(kind: str) -> str:
    """The words of ``kind`` at the beginning of a word."""
    return any_of((r["word"].lower() for r in table("places/context.tsv") if r["kind"] == kind), behind=r"(?<!\w.)")


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    return {r["word"]: r["value"] for r in table("places/context.tsv") if r["kind"] == "type"}


@lru_cache(maxsize=8)
def _triggers(kind: str) -> frozenset[str]:
    """The words one of which stands in every match of the pattern ``kind``."""
    return frozenset(r["word"] for r in table("places/context.tsv") if r["kind"] == kind)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """Those without "_after" read what stands before a name, in lower case."""
    either = {kind: "|".join(_words(kind)).lower() for kind in ("type", "direction", "modifier")}
    compass = (
        r"(?:north|south|east|west|north[\s-]?east|north[\s-]?west|south[\s-]?east|south[\s-]?west|northern|southern)"
    )
    # Adjectives of peoples may stand among the modifiers: "in the northern Syrian town of".
    people = r"[a-z]{2,}(?:an|ian|i|ese|ish|ni|en)s?['’]?|u\.s\.|us"
    held = r"[\w-]+-(?:held|controlled|run|dominated|populated|majority)"
    middle = rf"(?:(?:{held}|{either['direction']}|{either['modifier']}|{people}),?\s+)*"
    distance = r"[\d.,]+\s*(?:km|kms|kilometers|kilometres|miles|mi)\s*(?:\([^)]*\)\s*)?"
    relation = (
        r"(?P<relation>near(?:by)?(?:\s+to)?|close\s+to|outside(?:\s+of)?|on\s+the\s+(?:outskirts|edge|edges)\s+of|"
        rf"(?:about\s+|some\s+|around\s+|just\s+)?(?:{distance})?(?:to\s+the\s+)?{compass}(?:\s+side)?\s+of|"
        rf"(?:{distance})(?:from|outside)|"
        r"around|between|along|opposite|in\s+the\s+vicinity\s+of|towards?|overlooking|bordering|off)"
    )
    kind = rf"(?:(?P<type>{either['type']})(?:\s+of|\s+called|\s+named|,)?\s+(?:the\s+)?)?"
    return {
        "relation": re.compile(rf"(?<!\w){relation}\s+{middle}{kind}$"),
        "locative": re.compile(rf"{_opening('locative')}\s+{middle}{kind}$"),
        "object": re.compile(rf"{_opening('object')}\s+{middle}{kind}$"),
        "other": re.compile(rf"{_opening('other')}\s+{middle}{kind}$"),
        "type": re.compile(rf"(?P<type>{_opening('type')})\s+(?:of|called|named)\s+(?:the\s+)?$"),
        "direction": re.compile(rf"(?P<direction>{_opening('direction')})(?:\s+part\s+of)?\s+$"),
        "type_after": re.compile(rf"['’]?s?\s+(?P<type>{either['type']})(?!\w)", re.I),
        "attributive_after": re.compile(rf"(?:['’]s?)?\s+(?:[a-z-]+\s+)?(?:{'|'.join(_words('attributive'))})(?!\w)"),
        "speaks_after": re.compile(rf"\s+(?:{'|'.join(_words('speaks'))})(?!\w)"),
        "facility_after": re.compile(rf"\s+(?:{'|'.join(_words('facility'))})(?!\w)"),
        "dateline": re.compile(
            r"(?:,\s*[A-Z][\w. ]{1,25})?\s*(?:\([A-Z][\w .]{1,20}\)\s*(?:[-–—:]|\s)|[–—]\s|--\s|\s-\s)"
        ),
        "hyphen_after": re.compile(
            r"[-‑](?:led|backed|based|made|supplied|allied|trained|born|run|supported|brokered|sponsored|mediated|funded|style)\b"
        ),
    }


def context_of(text: str, start: int, end: int) -> Context:
    """What stands before ``start`` and after ``end`` of ``text``."""
    patterns = _patterns()
    line = text.rfind("\n", max(0, start - _REACH), start)
    before = text[max(line + 1, start - _REACH) : start]
    after = text[end : end + 60].split("\n", 1)[0]
    if after.startswith(("-", "‑")) and patterns["hyphen_after"].match(after):
        return Context(attributive=True)
    if _at_line_start(text, start) and patterns["dateline"].match(after):
        return Context(strong=True, locative=True, relation="dateline", dateline=True)
    # The words before say which patterns can match at all; most names have none of them near.
    words = lowered(before)
    near = set(words.split())
    relation = None if near.isdisjoint(_triggers("relation")) else patterns["relation"].search(words)
    locative = relation or (None if near.isdisjoint(_triggers("locative")) else patterns["locative"].search(words))
    struck = None if locative or near.isdisjoint(_triggers("object")) else patterns["object"].search(words)
    other = None if locative or struck or near.isdisjoint(_triggers("other")) else patterns["other"].search(words)
    found = locative or struck or other
    typed = (patterns["type"].search(words) if before.endswith(("of ", "called ", "named ", "the ")) else None) or (
        found if found and found["type"] else None
    )
    noun = typed["type"] if typed else None
    trailing = patterns["type_after"].match(after)
    if noun is None and trailing:
        noun = trailing["type"].lower()
    direction = None if near.isdisjoint(_triggers("direction")) else patterns["direction"].search(words)
    attributive = patterns["attributive_after"].match(after) is not None and not locative
    speaks = patterns["speaks_after"].match(after) is not None and not found
    return Context(
        strong=bool(found or typed or (trailing and trailing["type"].islower())),
        locative=bool(locative or struck or typed or trailing) and not attributive,
        relation=" ".join(relation["relation"].split()) if relation else None,
        direction=" ".join(direction["direction"].split()) if direction else None,
        kind=_kinds().get(noun) if noun else None,
        noun=noun,
        attributive=attributive,
        speaks=speaks,
        other_name=patterns["facility_after"].match(after) is not None,
    )


def _at_line_start(text: str, start: int) -> bool:
    while start > 0 and text[start - 1] in " \t\"“'*":
        start -= 1
    return start == 0 or text[start - 1] == "\n"
