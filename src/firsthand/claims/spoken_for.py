"""For whom somebody speaks who is only said to speak for "the group": "its spokesman", "a spokesman for the group".

The body is the one that these words mean where they stand: the subject they go on from, the one body of the kind named shortly
before, or the last body to have spoken. Of two candidates without a reason to prefer one, none is taken.
"""

from __future__ import annotations

import re
from dataclasses import replace

from firsthand.model import Name, Span

from .reading import Reading
from .source_nouns import noun_kinds
from .sources import SourcePhrase
from .speakers import GENERIC_BODIES, Speakers, is_short_form

_PRONOUN = re.compile(r"(its|their)(?: (.+))?", re.IGNORECASE)
# "its military spokesman", "the group’s spokesman" and "a spokesman for the group", with the office apart.
_POSSESSIVE = re.compile(r"(?:(?:its|their)|.+?(?:['’]s|s['’]))\s+(.+)", re.IGNORECASE | re.DOTALL)
_BEHIND = re.compile(r"(?:(?:the|a|an|one|another)\s+)?(.+?)\s+(?:for|of|from|at|with|in)\s", re.IGNORECASE | re.DOTALL)
# So many sentences before the words the body may be named last.
_REACH = 3
_ARMED = frozenset({"group", "movement", "faction", "militia", "organisation", "organization", "insurgency"})
# Words that say of a group that it is not one in arms: "the monitoring group", "the rights group".
_CIVIL = frozenset({"monitoring", "monitor", "rights", "aid", "advocacy", "relief", "campaign"})
_BODIES = frozenset({"organisation", "group"})
_STATES = frozenset({"state"})


def spoken_for(reading: Reading, at: int, phrase: SourcePhrase, speakers: Speakers) -> SourcePhrase:
    """``phrase`` of sentence ``at`` with the body by name as its affiliation, and in the name of one who has none; as it is where
    the words name a body or nothing says which they mean."""
    if phrase.affiliation is None or phrase.pronoun is not None or phrase.kind not in ("role", "anonymous", "named"):
        return phrase
    owner = _owner(phrase.affiliation)
    if owner is None:
        return phrase
    pronoun, noun, rest = owner
    organ = rest if rest and noun_kinds().get(rest.split()[-1].casefold()) == "organisation" else ""
    if pronoun:
        body = _of_pronoun(reading, at, phrase, pronoun, bool(organ))
    else:
        body = _of_noun(reading, at, phrase, noun, speakers)
    if body is None:
        return phrase
    name, state = body
    spoken = f"{name} {organ}" if state and organ else name
    if phrase.proper is not None:
        role = f"{spoken} {phrase.role}" if phrase.role and " " not in phrase.role else phrase.role
        return replace(phrase, affiliation=spoken, role=role)
    return replace(phrase, affiliation=spoken, wording=f"{name} {_office(phrase.text)}")


def _owner(affiliation: str) -> tuple[str, str, str] | None:
    """A pronoun or else a generic noun for a body, and the words behind it; None where the words name a body."""
    match = _PRONOUN.fullmatch(affiliation)
    if match is not None:
        return match[1].casefold(), "", match[2] or ""
    words, _, rest = affiliation.replace("’", "'").partition("'s ")
    noun = words.split()[-1].casefold()
    if noun not in GENERIC_BODIES | _ARMED or not is_short_form(words):
        return None
    return "", noun if _CIVIL.isdisjoint(words.casefold().split()) else f"civil {noun}", rest


def _office(text: str) -> str:
    """The office without the words for the body: "a spokesman for the group", "its spokesman" → "spokesman"."""
    match = _POSSESSIVE.fullmatch(text) or _BEHIND.match(text)
    office = match[1] if match is not None else text
    first, _, _ = office.partition(" ")
    return (
        office[0].lower() + office[1:] if first.istitle() and first.casefold().rstrip("s") in noun_kinds() else office
    )


def _of_pronoun(reading: Reading, at: int, phrase: SourcePhrase, pronoun: str, organ: bool) -> tuple[str, bool] | None:
    """The body that "its" takes up: the subject of what was said before, else the only one named there. "Their" takes up no more
    than a subject, since people have leaders too; only an office of its government ("its foreign ministry") makes a state it."""
    kinds = _BODIES | _STATES if organ else _BODIES
    for sentence in (at, at - 1):
        found = _named_in(reading, sentence, phrase.span, kinds)
        if not found:
            continue
        subject = _subject(reading, sentence)
        chosen = next((name for name in found if subject is not None and name.span.covers(subject)), None)
        if chosen is None and pronoun == "its" and len({name.canonical for name in found}) == 1:
            chosen = found[0]
        return (chosen.canonical, chosen.kind == "state") if chosen is not None else None
    return None


def _of_noun(reading: Reading, at: int, phrase: SourcePhrase, noun: str, speakers: Speakers) -> tuple[str, bool] | None:
    """The body that "the group" takes up: an armed group named shortly before, else the body that spoke last under that noun,
    else a body named shortly before."""
    found: str | None = None
    if noun in _ARMED:
        found, several = _named_before(reading, at, phrase.span, frozenset({"group"}))
        if several:
            return None
    found = found or _last_spoken(phrase, noun.removeprefix("civil "), speakers)
    if found is None and noun.removeprefix("civil ") in _ARMED:
        found, _ = _named_before(reading, at, phrase.span, frozenset({"organisation"}))
    return (found, False) if found is not None else None


def _named_before(reading: Reading, at: int, before: Span, kinds: frozenset[str]) -> tuple[str | None, bool]:
    """The body named nearest before, and whether it is one of several there of which none is the subject."""
    for sentence in range(at, at - _REACH - 1, -1):
        found = _named_in(reading, sentence, before, kinds)
        names = {name.canonical for name in found}
        if len(names) == 1:
            return names.pop(), False
        if names:
            subject = _subject(reading, sentence)
            chosen = next((n.canonical for n in found if subject is not None and n.span.covers(subject)), None)
            return chosen, chosen is None
    return None, False


def _last_spoken(phrase: SourcePhrase, noun: str, speakers: Speakers) -> str | None:
    body = SourcePhrase(phrase.span, f"the {noun}", "organisation", heads=frozenset({noun}), definite=True)
    speaker = speakers.resolve(body, push=False)
    return speaker.name if speaker.proper else None


def _named_in(reading: Reading, at: int, before: Span, kinds: frozenset[str]) -> list[Name]:
    """The bodies named in sentence ``at`` in front of the source's words."""
    if not 0 <= at < len(reading.sentences):
        return []
    span = reading.sentences[at].span
    return [
        name
        for name in reading.layer.names
        if name.kind in kinds and span.covers(name.span) and name.span.end <= before.start
    ]


def _subject(reading: Reading, at: int) -> Span | None:
    """Where the head of the sentence's subject stands."""
    clauses = reading.clauses.get(at)
    subject = clauses.own_subject(clauses.sentence.root) if clauses is not None else None
    return clauses.tokens[subject].span if clauses is not None and subject is not None else None
