"""Persons named in what a sentence tells of several at once: "Ana Ruiz, 19, and Luis Sol, 21, were wounded", "the fire left
Ana Ruiz dead", "the coroner identified the dead man as Luis Sol".

Works on the text alone: the parser loses itself in names and ages in a row. A list is read where a word of outcome stands
right behind or before it; what befell is that word's, or that of the noun the persons are identified as.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from firsthand.model import Outcome, Span
from firsthand.resources import word_set

from .name_lists import names_before, names_behind
from .source_nouns import noun_kinds
from .tallies_named import NamedPerson, no_names

_SENTENCE_END = re.compile(r"\n|(?<!\s[A-Z])[.!?][”\"]?\s+(?=[A-Z“\"])")
_LONGEST = 1500  # characters from a list to the word that tells what befell those in it
_BESIDE = 160  # characters before "she was identified as" in which her death may be told

_DEAD = r"killed|dead|slain|murdered|shot\s(?:dead|and\skilled|to\sdeath)|stabbed\sto\sdeath|martyred|executed"
_HURT = r"wounded|injured|hurt"
_STATE = (
    rf"(?P<dead>{_DEAD})|(?P<hurt>{_HURT})|(?P<missing>missing)|(?P<abducted>abducted|kidnapped)"
    r"|(?P<detained>arrested|detained)"
)
_ADVERBS = (
    r"(?:(?:also|all|both|reportedly|later|then|allegedly|either|seriously|badly|critically|found|pronounced|declared|reported)"
    r"\s)*"
)

#: "…, were also wounded", "… died", "… suffered serious injuries".
_BEHIND_LIST = re.compile(
    rf",?\s(?:(?:were|was|are|is|have\sbeen|has\sbeen)\s{_ADVERBS}(?:{_STATE})\b"
    rf"|(?P<died>{_ADVERBS}(?:died|lost\s(?:his|her|their)\sli(?:fe|ves)))\b"
    rf"|(?P<suffered>(?:suffered|sustained|received)\s(?:[a-z-]+\s){{0,4}}?(?:injur|wound|burn)[a-z]*))",
)
#: "… left Ana Ruiz, 61, and Luis Ruiz, 10, dead".
_LEFT = re.compile(r"\bleft\s(?=[A-Z])")
_LEFT_STATE = re.compile(rf",?\s(?:{_STATE})\b")
#: "Killed in the attack were Ana Ruiz, 34, and …", "Dead are …".
_OPENING = re.compile(
    r"(?:(?<=[.!?]\s)|(?<=\n)|\A)(?:Also\s)?(?P<state>Killed|Dead|Wounded|Injured|Missing)\b[^.\n:;]{0,60}?\s(?:were|was|are|is):?\s"
)
#: "identified the dead as …", "named the sailor who died as …".
_ACTIVE = re.compile(
    r"\b(?:identif(?:y|ies|ied)|name[ds]?)\s(?P<who>(?:the|those|both|all|one|two|three|four|five|an?|her|him|them)\b[^.;:\n]{0,70}?)\sas:?\s",
    re.IGNORECASE,
)
#: "the men who died in the fire were named as …".
_PASSIVE = re.compile(
    r"\b(?P<who>(?:victims?|those|people|men|women|man|woman|boys?|girls?|children|child|one|others?)\s(?:who|whose|of|from|in)\b[^.;:,\n]{0,70}?)"
    r"\s(?:was|were|has\sbeen|have\sbeen)\s(?:later\s)?(?:identified|named)\s(?:[^.:;\n]{0,40}?\s)?as:?\s",
    re.IGNORECASE,
)
#: "He has been identified as …": whoever was told of right before.
_PRONOUN = re.compile(
    r"\b(?:He|She|They)\s(?:was|were|has\sbeen|have\sbeen)\s(?:later\s|since\s)?(?:identified|named)\s(?:[^.:;\n]{0,40}?\s)?as:?\s"
)
_VERBS = (
    " were ", " was ", " are ", " is ", " have been ", " has been ", " died", " also died", " later died", " both died",
    " all died", " lost ", " suffered ", " sustained ", " received ",
)  # fmt: skip
_OPENERS = ("Killed ", "Dead ", "Wounded ", "Injured ", "Missing ")
_SUSPECT = word_set(
    "suspect suspects suspected gunman gunmen shooter attacker attackers bomber bombers assailant arrested charged custody"
)
_TOLD_DEAD = re.compile(
    r"\b(?:dead|died|killed|fatal\w*|slain|body|bodies|pronounced|deceased|victims?|murder\w*|succumbed|death)\b"
)
_TOLD_HURT = re.compile(r"\b(?:injured|wounded|hurt|survived|injur\w+)\b")
_TOLD: tuple[tuple[str, Outcome], ...] = (
    ("dead", "killed"), ("died", "killed"), ("hurt", "wounded"), ("suffered", "wounded"), ("missing", "missing"),
    ("abducted", "abducted"), ("detained", "detained"),
)  # fmt: skip


def told_persons(text: str) -> list[NamedPerson]:
    """The persons that ``text`` tells of by name in lists and identifications, in no particular order."""
    found = [*_before_outcome(text)]
    if " left " in text:
        found += _left(text)
    if any(word in text for word in _OPENERS):
        found += _opening(text)
    if "identif" in text or " named " in text:
        found += _identified(text)
    return [person for person in found if _is_person(person.span.of(text))]


@cache
def _bodies() -> frozenset[str]:
    return frozenset(word for word, kind in noun_kinds().items() if kind in ("organisation", "document"))


def _is_person(name: str) -> bool:
    words = name.lower().replace("-", " ").split()
    return no_names().isdisjoint(words) and _bodies().isdisjoint(words)


def _outcome(match: re.Match[str]) -> Outcome | None:
    told = match.groupdict()
    return next((outcome for group, outcome in _TOLD if told.get(group)), None)


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """Where a word of outcome stands behind what may be a name. Plain search for the verbs is many times as fast as the pattern."""
    for verb in _VERBS:
        at = text.find(verb)
        while at >= 0:
            before = text[at - 1 : at]
            match = _BEHIND_LIST.match(text, at - (before == ","))
            if match is not None:
                yield match
            at = text.find(verb, at + 1)


def _before_outcome(text: str) -> Iterator[NamedPerson]:
    for match in _candidates(text):
        start = _start(text, match.start())
        names = names_before(text, start, match.start())
        outcome = _outcome(match)
        # One name without an age is the parser's: "the mayor of San Juan was hurt" names nobody.
        if outcome is None or not names or (len(names) == 1 and not _aged(text, names[0], match.start())):
            continue
        end = _end(text, match.end())
        yield from (NamedPerson(outcome, span, Span(start, end), False) for span in names)


def _left(text: str) -> Iterator[NamedPerson]:
    for match in _LEFT.finditer(text):
        end = _end(text, match.end())
        names = names_behind(text, match.end(), end)
        last = names[-1].end if names else match.end()
        age = re.compile(r",\s\d{1,3}(?=,)").match(text, last)
        state = _LEFT_STATE.match(text, age.end() if age else last, end)
        outcome = _outcome(state) if state is not None else None
        if outcome is not None:
            start = _start(text, match.start())
            yield from (NamedPerson(outcome, span, Span(start, end), False) for span in names)


def _opening(text: str) -> Iterator[NamedPerson]:
    for match in _OPENING.finditer(text):
        end = _end(text, match.end())
        state = match["state"]
        outcome: Outcome = "killed" if state in ("Killed", "Dead") else "missing" if state == "Missing" else "wounded"
        for span in names_behind(text, match.end(), end):
            yield NamedPerson(outcome, span, Span(match.start(), end), False)


def _identified(text: str) -> Iterator[NamedPerson]:
    for pattern in (_ACTIVE, _PASSIVE, _PRONOUN):
        for match in pattern.finditer(text):
            who = match["who"] if pattern is not _PRONOUN else text[max(0, match.start() - _BESIDE) : match.start()]
            words = who.lower()
            if not _SUSPECT.isdisjoint(re.findall(r"[a-z]+", words)):
                continue
            outcome = _said_of(words)
            end = _end(text, match.end())
            if outcome is not None:
                for span in names_behind(text, match.end(), end):
                    yield NamedPerson(outcome, span, Span(_start(text, match.start()), end), False)


def _said_of(words: str) -> Outcome | None:
    """What the words for those identified tell of them; None where it is neither or both."""
    dead, hurt = bool(_TOLD_DEAD.search(words)), bool(_TOLD_HURT.search(words))
    if dead and hurt:
        victims_only = not re.search(r"\b(?:dead|died|killed|fatal\w*|slain|deceased|death)\b", words)
        return "wounded" if victims_only else None
    return "killed" if dead else "wounded" if hurt else None


def _aged(text: str, name: Span, end: int) -> bool:
    return bool(re.search(r"\d", text[name.end : end]))


def _start(text: str, at: int) -> int:
    """Where the sentence that holds ``at`` begins."""
    start = max(0, at - _LONGEST)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, start, at)]
    return ends[-1] if ends else start


def _end(text: str, at: int) -> int:
    match = _SENTENCE_END.search(text, at)
    return match.start() if match else len(text)
