"""Agencies, papers and stations that no lexicon has: known by where a name stands and by the words in it."""

from __future__ import annotations

import re
from functools import cache

from firsthand.resources import table

_NAME = r"[A-Z][\w'’&.-]*(?: (?:(?:of|the|for|and|de|du|del|al) )?[A-Z][\w'’&.-]*){0,5}"
_AT_START = re.compile(rf"(?:[Tt]he )?(?P<name>{_NAME})")
_ACRONYM = re.compile(r"[A-Z]{3,6}")
_GENERIC = re.compile(
    r"(?:(?:with|by|from) )?(?:inputs? from |reports? from )?(?:news |wire |international |foreign )?"
    r"(?:agenc(?:ies|y reports)|wires|wire (?:reports|services)|news services)\.?",
    re.I,
)

#: Words that go on with an outlet's name.
_FIRM = frozenset({"Service", "Services", "Corporation", "Company", "Group", "Association", "Organization", "Online"})
#: The name under which copy stands that is credited to agencies without naming one.
AGENCIES = "agencies"


@cache
def outlet_words() -> frozenset[str]:
    return frozenset(row["word"] for row in table("clean/outlet_words.tsv"))


@cache
def _agency_words() -> frozenset[str]:
    return frozenset(row["word"] for row in table("clean/outlet_words.tsv") if row["agency"])


@cache
def _no_agencies() -> frozenset[str]:
    return frozenset(row["word"] for row in table("clean/not_agencies.tsv"))


def generic(words: str) -> bool:
    """Whether ``words`` credit agencies without naming one: "with agencies", "wire reports"."""
    return _GENERIC.fullmatch(words.strip()) is not None


def outlet_at_start(words: str, *, agency: bool = False) -> str:
    """The outlet whose name ``words`` begin with: capitalised words of which one marks an outlet (``agency``: an agency); else
    empty."""
    match = _AT_START.match(words.strip())
    if not match:
        return ""
    # "Britain's Sky News" is Sky News.
    name = re.sub(r"^\S+['’]s ", "", match["name"]).split(" ")
    marking = [k for k, word in enumerate(name) if word.strip(".,") in (_agency_words() if agency else outlet_words())]
    if not marking:
        return ""
    # What follows the last mark belongs to the sentence, unless the mark leads ("Radio Karoo") or a firm's word follows.
    end = len(name) if marking[-1] == 0 else marking[-1] + 1
    while end < len(name) and name[end].strip(".,") in _FIRM:
        end += 1
    # A mark alone ("Radio", "the Times") names nobody.
    return " ".join(name[:end]).rstrip(".,") if end > 1 else ""


def outlet_named(words: str, *, agency: bool = False) -> str:
    """The outlet that ``words`` as a whole name; else empty."""
    words = words.strip(" .,")
    name = outlet_at_start(words, agency=agency)
    return name if name and re.sub(r"^(?:[Tt]he |\S+['’]s )", "", words) == name else ""


def signed_by(words: str, text: str) -> str:
    """The agency whose name or short form stands alone in brackets where copy is signed, written out where ``text`` does so;
    else empty. Short forms have three to six capitals."""
    if generic(words):
        return AGENCIES
    short = words.strip().replace(".", "")
    if not _ACRONYM.fullmatch(short):
        return outlet_named(words)
    return "" if short in _no_agencies() else _written_out(short, text) or short


def _written_out(short: str, text: str) -> str:
    """The outlet in ``text`` whose initials are ``short``."""
    for match in re.finditer(rf"(?<!\w){short[0]}[\w'’.-]*", text):
        name = outlet_at_start(text[match.start() : match.start() + 80])
        initials = "".join(word[0] for word in name.split() if word[0].isupper())
        if name and initials == short:
            return name
    return ""
