"""Persons named as dead, injured, missing, detained or abducted: one record a person and report.

``named_victims`` takes the names that stand as victims in a report's sentences, adds the names of lists that say what befell
those in it, and joins what is one person: the same name, or a surname alone where the report has one such person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from firsthand.model import Claim, FieldName, Outcome, Span, Victim, record_id
from firsthand.resources import name_particles, word_set

from .name_lists import names_before, names_behind
from .tallies import NamedPerson

_TITLES = word_set(
    "mr mrs ms dr sheikh sheik imam rev reverend father sister brother pastor bishop mayor governor minister president prof "
    "professor judge justice lawyer attorney journalist reporter correspondent cameraman photographer activist singer leader "
    "commander general gen colonel col captain capt major lieutenant lt sergeant sgt corporal cpl private pvt officer deputy "
    "constable mullah maulana mawlawi qari haji hajji councillor senator mp ambassador spokesman engineer teacher student cleric "
    "prince princess king queen chief martyr director petty seaman airman specialist trooper detective inspector superintendent "
    "guard ranger nurse doctor driver farmer boyfriend girlfriend grandfather grandmother husband wife son daughter the"
)
_NO_NAMES = word_set(
    "was were is are be been being has have had and the of in on at to who killed dead shot down up missing wounded"
)
_BESIDE = 60  # characters before a name, up to a comma or "and": "his wife", "He was identified as"
_BESIDE_BEHIND = 40  # characters behind a name that is alone in its sentence: "Ana Ruiz was killed in her car"
_LONGEST_LIST = 3000  # characters; longer lists are tables of a whole campaign
_FEMALE = re.compile(
    r"\b(?:she|her|hers|woman|girl|mother|wife|daughter|sister|mrs|ms|grandmother|granddaughter|niece|female|aunt|actress"
    r"|girlfriend)\b(?!['’]s)",
    re.IGNORECASE,
)
_MALE = re.compile(
    r"\b(?:he|his|him|man|boy|father|husband|son|brother|mr|grandfather|grandson|nephew|male|uncle|actor|boyfriend)\b(?!['’]s)",
    re.IGNORECASE,
)
_KIN = (
    r"(?:[a-z]*friend|son|daughter|husband|wife|father|mother|brother|sister|uncle|aunt|cousin|niece|nephew|grandson"
    r"|granddaughter|in-law)s?"
)
#: "her boyfriend" tells of the owner's sex, "and her son Juan" of somebody else's.
_OWNED = re.compile(rf"\b(?:his|her)\s(?=(?:\w+[\s-]){{0,2}}{_KIN}\b)")
_OTHERS = re.compile(
    rf"(?:,\s(?:and\s)?|\sand\s|\swith\s|\salongside\s)(?:his|her|their|an?|the)\s(?:\w+[\s-]){{0,2}}{_KIN}\b.*",
    re.DOTALL,
)
_CUT = re.compile(r"[,;:.()–—\n]|\sand\s")
_AGE_AFTER = re.compile(r"[”\"]?,?\s*\(?(?:aged?\s+)?(\d{1,3})(?:[\s-]years?[\s-]old)?\b(?=[,.;)\s])")
_AGE_INSIDE = re.compile(r"(?:[a-z]+\s){0,2}(\d{1,3})[\s-]years?[\s-]old\b")
_AGE_BEFORE = re.compile(r"\b(\d{1,3})[\s-]years?[\s-]old,?\s+(?:(?!and\b)[a-z][\w’'-]*\s+){0,3}(?:[A-Z][a-z]*\.\s)?$")
_FROM = re.compile(r"\s*,?\s*(?:\(?\d{1,3}\)?,?\s*)?(?:of|from)\s+((?:the\s+)?[A-Z][\w’'-]+(?:[ ]+[A-Z][\w’'-]+)*)")
_ROLE_AFTER = re.compile(r"\s*,\s*(?:\d{1,3},\s*)?((?:an?|the)\s+[^,.;()]{3,80})")
_ARABIC = re.compile(r"\s*\(?\s*([\u0600-\u06FF][\u0600-\u06FF\s]+[\u0600-\u06FF])\s*\)?")


# "The dead were identified as …:", "Those killed were named as …"
_LIST = re.compile(
    r"\b(?:victims?|dead|killed|deceased|fatalities|martyrs|injured|wounded|missing|casualties)\b[^.\n]{0,80}?"
    r"\b(?:identified|named|listed|names?)\b[^.\n:]{0,60}?(?::|\bas\b:?)",
    re.IGNORECASE,
)
_LIST_OUTCOMES: tuple[tuple[str, Outcome], ...] = (
    ("injur", "wounded"), ("wound", "wounded"), ("missing", "missing"), ("casualt", "casualties"),
)  # fmt: skip
_DEAD = re.compile(r"\b(?:dead|killed|died|deceased|fatalit\w+|martyr\w*|slain)\b")
_PART = rf"(?:[A-Z][\w’'.-]*|{'|'.join(sorted(name_particles()))})"
_NAME = rf"{_PART}(?:[ -]{_PART}){{1,6}}"
_LISTED = re.compile(
    rf"(?:^|[\n;,]|\band\b)[\s–•*\d.)“\"-]*(?:(?:his|her|their)\s[a-z]+\s)?(?P<name>{_NAME})[”\"]?(?=\s*(?:[,;(\n.]|$|–|-\s|\band\b|\s\d))"
)


def _tells(text: str, *words: str) -> bool:
    """Whether one of ``words`` stands in ``text``, in whatever case: asked before a pattern that needs one of them is sought."""
    lowered = text.lower()
    return any(word in lowered for word in words)


def listed_persons(text: str, *, victims: Outcome = "killed", dead: int | None = None) -> list[NamedPerson]:
    """Persons of lists that say what befell all in them, in prose or one a line. ``victims``: what befell those whom a list
    calls no more than victims; where it names more of them than the ``dead``, it is open who of them died."""
    out: list[NamedPerson] = []
    for head in _LIST.finditer(text) if _tells(text, "identified", "name", "listed") else ():
        told = head.group().lower()
        only_victims = told.startswith("victim") and not _DEAD.search(told)
        plain: Outcome = victims if only_victims else "killed"
        outcome: Outcome = next((o for stem, o in _LIST_OUTCOMES if stem in told), plain)
        start = head.end()
        block = re.compile(r"\n\s*\n\s*(?![\s–•*\d-])|\.\s+(?=[A-Z][a-z]+ (?!\d))").search(text, start + 2)
        end = min(block.start() if block else len(text), start + _LONGEST_LIST)
        listed = list(_LISTED.finditer(text[start:end].lstrip()))
        if only_victims and outcome == "killed" and dead is not None and len(listed) > dead:
            outcome = "casualties"
        for match in listed:
            shift = end - len(text[start:end].lstrip())
            span = Span(shift + match.start("name"), shift + match.end("name"))
            out.append(NamedPerson(outcome, span, Span(head.start(), end), background=False))
    return out


def identified_persons(text: str, victims: Outcome) -> list[NamedPerson]:
    """Persons identified in prose: "both were identified as …", "among the dead were …", "… were among the wounded". ``victims``
    is what befell those of whom only that is said."""
    out: list[NamedPerson] = []
    for head in _IDENTIFIED.finditer(text) if _tells(text, "identified", "named") else ():
        before = text[max(0, head.start() - _SUSPECTED) : head.end()].lower()
        if not _SUSPECTS.isdisjoint(re.findall(r"[a-z]+", before)):
            continue
        end = _sentence_end(text, head.end())
        out += [
            NamedPerson(victims, span, Span(head.start(), end), False) for span in names_behind(text, head.end(), end)
        ]
    for head in _AMONG.finditer(text) if _tells(text, "among") else ():
        outcome: Outcome = next((o for stem, o in _LIST_OUTCOMES if stem in head["who"].lower()), "killed")
        end = _sentence_end(text, head.end())
        start = (
            max(text.rfind("\n", 0, head.start()), text.rfind(". ", 0, head.start()), head.start() - _LONGEST_LIST) + 1
        )
        named = names_behind(text, head.end(), end) if head["be"] else names_before(text, start, head.start())
        out += [NamedPerson(outcome, span, Span(max(start, 0), end), False) for span in named]
    return out


def _sentence_end(text: str, start: int) -> int:
    match = re.compile(r"\n|[.!?][”\"]?\s+(?=[A-Z“\"])").search(text, start)
    return match.start() if match else len(text)


_SUSPECTED = 60  # characters before "were identified as" in which a word for whoever did it may stand
_SUSPECTS = word_set(
    "suspect suspects gunman gunmen shooter shooters attacker attackers bomber bombers assailant assailants perpetrator driver "
    "source sources spokesman spokeswoman arrested charged accused belligerent"
)
_IDENTIFIED = re.compile(
    r"\b(?:they|both|all|victims?|deceased|dead|bod(?:y|ies)|m[ae]n|wom[ae]n|boys?|girls?|child(?:ren)?|baby|infant|couple|brothers"
    r"|sisters|siblings|family|students?|teachers?|workers?|farmers?|nurses?|doctors?|medics?|paramedics?|journalists?|soldiers?|officers?)"
    r"(?:\s\w+){0,2}?\s(?:was|were|has\sbeen|have\sbeen)\s(?:\w+ly\s|also\s|later\s|since\s)?(?:identified|named)\s"
    r"(?:[^.:;\n]{0,60}?\s)?as:?\s",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"\bamong\s(?:the|those)\s(?P<who>dead|killed|victims|deceased|martyrs|fatalities|injured|wounded|missing)"
    r"(?P<be>\s(?:were|was|are|is)\s(?:also\s)?)?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Draft:
    name: str
    words: tuple[str, ...]
    person: NamedPerson
    field: FieldName
    text: str
    variants: list[str]


def named_victims(
    report: str, fields: Sequence[tuple[FieldName, str, Sequence[NamedPerson]]], claims: Sequence[Claim]
) -> list[Victim]:
    """The named victims of ``report`` in text order. ``claims`` are the report's own, for the counts they belong to."""
    drafts: list[_Draft] = []
    for name, text, persons in fields:
        for person in sorted(persons, key=lambda person: (person.span, person.outcome)):
            spelled = _spelled(person.span.of(text))
            if not spelled or person.background:
                continue
            words = tuple(_folded(word) for word in spelled.split())
            same = next((d for d in drafts if d.person.outcome == person.outcome and _same(d.words, words)), None)
            if same is None:
                drafts.append(_Draft(spelled, words, person, name, text, [spelled]))
            else:
                same.variants += [spelled] if spelled not in same.variants else []
                if len(words) > len(same.words):
                    same.name, same.words, same.person, same.text, same.field = spelled, words, person, text, name
    drafts = _without_repeats(drafts)
    named = Counter((draft.field, draft.person.sentence) for draft in drafts)
    return [_victim(report, draft, claims, alone=named[draft.field, draft.person.sentence] == 1) for draft in drafts]


def _without_repeats(drafts: list[_Draft]) -> list[_Draft]:
    """Who was wounded and died is told once, as dead, under the fuller name."""
    dead = [draft for draft in drafts if draft.person.outcome == "killed"]
    out: list[_Draft] = []
    for draft in drafts:
        same = next((d for d in dead if d is not draft and _same(d.words, draft.words)), None)
        if draft.person.outcome == "killed" or same is None:
            out.append(draft)
            continue
        same.variants = list(dict.fromkeys((*draft.variants, *same.variants)))
        if len(draft.words) > len(same.words):
            same.name, same.words = draft.name, draft.words
    return out


def _spelled(raw: str) -> str:
    """The name without titles, trades and quotation marks; "" where nothing is left."""
    words = [word.strip(',.;:“”"()') for word in re.sub(r",\s?\d.*", "", raw).split()]
    trades = [n for n, word in enumerate(words[:-1]) if word.islower() and word not in name_particles()]
    words = words[trades[-1] + 1 :] if trades else words
    while words and (words[0].lower().rstrip(".") in _TITLES or not words[0][:1].isupper()):
        words.pop(0)
    while words and words[-1].islower():
        words.pop()
    if any(word.lower() in _NO_NAMES for word in words):
        return ""  # "WAS GUNNED DOWN", in a line of capitals
    return " ".join(words)


def _folded(word: str) -> str:
    return re.sub(r"^(?:al|el|ad|ar|as|ash|at|an|az)[-’']|[^\w]", "", word.lower())


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Equal, or the shorter is the surname or the given name of the longer."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) < len(long) and set(short) <= set(long))


def _victim(report: str, draft: _Draft, claims: Sequence[Claim], *, alone: bool) -> Victim:
    """``alone``: no other person is named in the sentence, so that what it says is said of this one."""
    person, text = draft.person, draft.text
    span = person.span
    after = text[span.end : span.end + 120]
    sentence = person.sentence.of(text)
    counted = tuple(
        claim.id
        for claim in claims
        if claim.tally is not None and claim.tally.outcome == person.outcome and claim.field == draft.field
        and claim.tally.part_of is None and claim.tally.scope == "incident" and not claim.background
        and person.sentence.start <= claim.span.start and claim.span.end <= person.sentence.end
    )  # fmt: skip
    place = _FROM.match(after)
    role = _ROLE_AFTER.match(after)
    affiliation = role[1].strip() if role else place[1].strip() if place else None
    arabic = _ARABIC.match(after)
    variants = [*draft.variants, *([arabic[1]] if arabic else [])]
    return Victim(
        id=record_id("vic", report, draft.field, *span, person.outcome),
        report=report,
        name=draft.name,
        span=span,
        field=draft.field,
        variants=tuple(variants),
        age=_age(text, span, after),
        sex=_sex(_beside(text, span, alone=alone), affiliation),
        outcome=person.outcome,
        affiliation=affiliation,
        claims=counted,
        why=f"“{draft.name}” is named as {person.outcome} in “{_shortened(sentence)}”.",
    )


def _age(text: str, span: Span, after: str) -> int | None:
    before = text[max(0, span.start - 60) : span.start]
    match = _AGE_INSIDE.match(span.of(text)) or _AGE_BEFORE.search(before) or _AGE_AFTER.match(after)
    return int(match[1]) if match and int(match[1]) <= 110 else None


def _beside(text: str, name: Span, *, alone: bool) -> str:
    """The words that may tell of the person's sex: those right before the name, and where nobody else is named those behind it."""
    before = _CUT.split(text[max(0, name.start - _BESIDE) : name.start].rstrip(" ,"))[-1]
    behind = text[name.end : name.end + _BESIDE_BEHIND] if alone else ""
    return f"{before} {name.of(text)} {_OTHERS.sub('', behind)}"


def _sex(beside: str, affiliation: str | None) -> Literal["female", "male"] | None:
    """By what the words beside the name call the person; None where they say both or neither."""
    words = f"{_OWNED.sub('', beside)} {affiliation or ''}"
    female, male = bool(_FEMALE.search(words)), bool(_MALE.search(words))
    if female == male:
        return None
    return "female" if female else "male"


def _shortened(sentence: str) -> str:
    words = " ".join(sentence.split())
    return words if len(words) <= 120 else words[:117].rstrip() + "…"
