"""Whose copy it is: agencies in datelines, closing marks, copyright, source and photo lines, and who was told what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from firsthand.model import Credit
from firsthand.model.report import CreditKind
from firsthand.patterns import any_of, lowered
from firsthand.resources import table

from .draft import Draft
from .outlets import AGENCIES, generic, outlet_at_start, signed_by

LEXICON = "clean/agencies.tsv"
_BORDER = r"(?<!\w.)"
_TALKS = (
    "interview",
    "interviewed",
    "conversation",
    "comment",
    "comments",
    "statement",
    "remark",
    "remarks",
    "message",
    "speaking",
)
# In lower case; offsets are the text's.
TOLD = re.compile(
    f"(?:{any_of(('told', 'tells', 'telling'), behind=_BORDER)}|"
    f"{any_of((*_TALKS, 'spoke', 'speech'), behind=_BORDER)} (?:with|by|to|for))"
    r"\s+(?:reporters (?:from|at)\s+)?(?=(?P<who>[^.;:,\n]{2,60}))"
)
CONTRIBUTED = re.compile(
    r"\bcontribut(?:ed|ing|ions?) (?:to (?:this|the) (?:report|story|article)|reporting|(?:from|by))\b"
    r"|\b(?:additional |with )?(?:reporting|writing|editing|input|inputs|files|information) (?:by|from)\b",
    re.I,
)
CONTRIBUTED_SIGNS = ("contribut", "ing by", "ing from", "input", "files ", "information ")
COPYRIGHT = re.compile(
    r"(?:\bcopyright\b|©|\(c\)(?= ?\d{4}))[ ©,]*(?:\(c\) ?)?(?P<year>\d{4})?(?P<rest>[^\n]{0,120})", re.I
)
COPYRIGHT_SIGNS = ("copyright", "©", "(c)")
SOURCE_SIGNS = ("source", "via", "courtesy of")
SOURCE = re.compile(r"(?:^|[\s(\[])(?:source|via|courtesy of)s?\s*:\s*(?P<who>[^\n()\[\]]{2,60})", re.I)
PHOTO_SIGNS = ("photo", "picture", "image", "handout", "credit", "/")
PHOTO = re.compile(
    r"[(\[](?:[^()\[\]\n]{0,40}\b)?(?:photo|picture|image|handout|credit)s?\b[^()\[\]\n]{0,120}[)\]]"
    r"|[(\[](?:AP|AFP|Reuters|EPA|Getty Images)(?: Photo)? ?/[^()\[\]\n]{2,80}[)\]]"
    r"|(?m:^(?:photo|image|picture)[^\n:]{0,20}:[^\n]{2,160}$)",
    re.I,
)
# "--Reuters", "(AFP)", "[Xinhua]", "- SANA", "(With Reuters and AFP)" as the last words of a text.
CLOSING = re.compile(
    r"(?:(?:--+|[—–]|(?<=[.!?”\"'’ ])-|/)[ ]?(?P<dash>[^\s()\[\]][^()\[\]\n]{1,40}?)"
    r"|[(\[](?P<bracket>[^()\[\]\n]{2,80})[)\]])[ .]*$"
)
WITH = re.compile(r"^(?:with |by )?(?:inputs? |reports? )?(?:from )?(?:news )?agencies$|\bnews agencies\b", re.I)


# "Palestine News and Information Agency" with an article has 41 characters.
LONGEST_NAME = 50


class Signed(NamedTuple):
    """A credit and where its words stand in the draft."""

    start: int
    end: int
    credit: Credit


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    out = []
    for row in table(LEXICON):
        full = re.compile(rf"\b(?:{row['full']})\b", re.I) if row["full"] else re.compile(r"(?!)")
        names = "|".join(filter(None, (row["code"], row["full"])))
        out.append((row["name"], full, re.compile(rf"(?<![\w-])(?:{names})(?![\w])")))
    return tuple(out)


@cache
def _any_agency() -> re.Pattern[str]:
    return re.compile("|".join(f"{full.pattern}|{short.pattern}" for _, full, short in _patterns()), re.I)


def agencies_in(text: str, *, signed: bool) -> list[str]:
    """Canonical names of the agencies in ``text`` in their order. ``signed``: short forms count, as where copy is signed."""
    hits = []
    for name, full, short in _patterns():
        found = full.search(text) or (short.search(text) if signed else None)
        if found:
            hits.append((found.start(), -found.end(), name))
    kept, end = [], -1
    for start, minus_end, name in sorted(hits):
        if start >= end:  # "Associated Press" inside "Australian Associated Press" is no credit of its own
            kept.append(name)
            end = -minus_end
    return kept


def agency_named(text: str) -> str | None:
    """The agency that ``text`` as a whole names: "AFP", "The Associated Press"; None for anything more or else."""
    text = text.strip(" .,;:()[]–—-")
    if len(text) > LONGEST_NAME:
        return None
    # One pattern for all of them first: nearly every word asked about is no agency.
    if not _any_agency().fullmatch(text):
        return None
    for name, full, short in _patterns():
        if full.fullmatch(text) or short.fullmatch(text):
            return name
    return None


def credits_in(draft: Draft) -> list[Signed]:
    """The credits that stand in running text and in lines of their own, datelines aside, in text order."""
    text = draft.text
    found: list[Signed] = []

    def add(kind: CreditKind, start: int, end: int, names: list[str]) -> None:
        words, span = text[start:end].strip(), draft.source_span(start, end)
        found.extend(Signed(start, end, Credit(kind, name, words, span)) for name in names)

    small = lowered(text)
    for match in TOLD.finditer(small):
        who = text[match.start("who") : match.end("who")]
        names = agencies_in(who, signed=True)[:1]
        if names and _begins_with(who, names[0]):
            add("told", match.start(), match.end("who"), names)
        elif not names and (outlet := outlet_at_start(who)):
            add("told", match.start(), match.end("who"), [outlet])
    for start, end in _sentences_with(CONTRIBUTED, text, small, signs=CONTRIBUTED_SIGNS):
        names = agencies_in(text[start:end], signed=True)
        if not names and (outlet := outlet_at_start(_contributor(text[start:end]))):
            names = [outlet]
        add("contributed", start, end, names)
    signed = any(sign in small for sign in COPYRIGHT_SIGNS)
    for match in COPYRIGHT.finditer(text) if signed else ():
        names = agencies_in(match["rest"], signed=True)[:1]
        # A site puts its own name there; only what is an agency's by its words is somebody else's copy.
        if not names and (outlet := outlet_at_start(match["rest"].strip(" ,.;:-–—"), agency=True)):
            names = [outlet]
        add("copyright", match.start(), match.end(), names)
    photos = list(PHOTO.finditer(text)) if any(sign in small for sign in PHOTO_SIGNS) else []
    for match in photos:
        add("photo", match.start(), match.end(), agencies_in(match.group(), signed=True))
    for match in SOURCE.finditer(text) if any(sign in small for sign in SOURCE_SIGNS) else ():
        if not any(photo.start() <= match.start() < photo.end() for photo in photos):
            add("source", match.start(), match.end(), _source_names(match["who"]))
    closing = closing_credit(text)
    if closing and not any(signed.end >= closing[1] and signed.credit.kind == "source" for signed in found):
        add("source", *closing)
    return sorted(found, key=lambda signed: (signed.start, signed.end, signed.credit.kind))


def closing_credit(text: str) -> tuple[int, int, list[str]] | None:
    """Where the text ends in an agency's mark, and whose it is."""
    match = CLOSING.search(text, max(0, len(text) - 100))
    if not match:
        return None
    words = match["dash"] or match["bracket"] or ""
    names = agencies_in(words, signed=True)
    if match["dash"] and names and not agency_named(words):
        names = []
    if not names and match["bracket"] and re.search(r"[.!?][\"”’]?\s*$", text[: match.start()]):
        unknown = signed_by(words, text)
        names = [unknown] if unknown else []
    if not names and (WITH.search(words) or generic(words)):
        names = [AGENCIES]
    if not names or re.match(r"\s*(?:photo|image|picture)", words, re.I):
        return None
    return match.start(), match.end(), names


def _contributor(sentence: str) -> str:
    """Where in a sentence the one stands who contributed: at its head, or after "by" or "from"."""
    match = re.search(r"\b(?:by|from)\s+", sentence)
    return sentence[match.end() :] if match else sentence


def _source_names(words: str) -> list[str]:
    names = agencies_in(words, signed=True)
    if names:
        return names
    # Another outlet's name: a few capitalised words and nothing more.
    plain = words.strip(" .")
    is_name = re.fullmatch(r"(?:[A-Z][\w'’&.-]*|of|the|for|and)(?: (?:[A-Z][\w'’&.-]*|of|the|for|and)){0,5}", plain)
    return [plain] if is_name else []


def _begins_with(words: str, agency: str) -> bool:
    """Whether the agency is named first: "told Reuters by phone", not "told residents that Reuters"."""
    head = re.sub(r"^(?:the|a|an) ", "", words.strip(), flags=re.I)
    for name, full, short in _patterns():
        if name == agency:
            match = re.match(r"(?:the )?", words.strip(), re.I)
            at = match.end() if match else 0
            return bool(full.match(words.strip(), at) or full.match(words.strip()) or short.match(head))
    return False


def _sentences_with(
    pattern: re.Pattern[str], text: str, small: str, *, signs: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """The stretches between full stops or line ends that ``pattern`` occurs in, each once. No match without one of ``signs``;
    ``small`` is ``text`` in lower case."""
    if not any(sign in small for sign in signs):
        return
    last = -1
    for match in pattern.finditer(text):
        start = max(text.rfind("\n", 0, match.start()), text.rfind(". ", 0, match.start()) + 1, last) + 1
        ends = [at for at in (text.find("\n", match.end()), text.find(". ", match.end()) + 1) if at > 0]
        end = min(ends, default=len(text))
        if start < end and start > last:
            yield start, end
            last = end - 1
