"""Persons that only their role shows to be victims: named ones, and trades that no lexicon lists.

The object of "killed" is a person whatever the noun ("a prominent ally"), and a proper name there is somebody's
("Ana Ruiz was killed"). Read from the parse, and only for words of outcome that befall nothing but people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from firsthand.resources import name_particles

from .source_nouns import CALENDAR, noun_kinds
from .tallies_lexicon import building_nouns, other_nouns, outcome_words
from .tallies_phrases import FAMILIES, noun_at
from .tallies_reading import Mention, Reading, Trigger
from .tallies_triggers import OF_THINGS_TOO
from .victim_classes import combined_classes

_ABSTRACT_ENDINGS = ("tion", "sion", "ment", "ness", "ity", "ism", "ance", "ence", "ship", "ing", "age", "ure", "sis")
#: Words of time that a parser takes for objects: "30 others injured Wednesday".
_TIMES = CALENDAR | {"tonight", "overnight", "weekend", "midnight", "morning", "evening", "afternoon", "night", "noon"}
#: "The rest were injured": some, and nobody says how many.
_SHARES = frozenset({"rest", "remainder", "majority", "remaining", "lot"})
_BODIES = frozenset({"organisation", "group", "document"})
_NO_PERSON_NAMES = frozenset({"place", "organisation", "state", "group", "nationality"})
_LEFT_PARTS = frozenset({"det", "amod", "compound", "poss", "nmod", "nummod", "case", "punct", "npadvmod", "advmod"})


def person_at(reading: Reading, index: int, trigger: Trigger) -> Mention | None:
    """A mention of the one person that the token at ``index`` stands for, or None. Adds it to the reading's mentions."""
    token = reading.tokens[index]
    deadly_shot = trigger.word.word in {"shoot", "stab"} and (trigger.voice != "active" or bool(trigger.word.tails))
    share = reading.low[index] in _SHARES
    if (trigger.word.word in OF_THINGS_TOO and not deadly_shot and not share) or trigger.outcome in {
        "destroyed",
        "displaced",
    }:
        return None
    if is_time(reading, index):
        return None
    present = reading.mention_of(index)
    if present:
        return present if present.kind == "named" else None
    mention = None
    if token.pos == "PROPN" and reading.text[token.start].isupper():
        mention = _named(reading, index)
    elif token.pos == "NOUN" and token.tag == "NN":
        mention = _described(reading, index)
    if mention is not None:
        reading.mentions.append(mention)
        if mention.kind == "named":
            reading.mentions += _named_beside(reading, mention)
        reading.mentions.sort(key=lambda m: m.first)
    return mention


def is_time(reading: Reading, index: int) -> bool:
    """Whether the token at ``index`` says when, and names nobody."""
    return reading.low[index] in _TIMES


def _named_beside(reading: Reading, mention: Mention) -> list[Mention]:
    """The other names of a list: "Ana Ruiz, Luis Ruiz and Eva Sol were killed"."""
    out: list[Mention] = []
    heads = [mention.head]
    while heads:
        head = heads.pop()
        for child in reading.sentence.children[head]:
            token = reading.tokens[child]
            if token.dep not in {"conj", "appos"} or token.pos != "PROPN" or not reading.text[token.start].isupper():
                continue
            if reading.mention_of(child) or any(m.first <= child <= m.last for m in (mention, *out)):
                continue
            other = _named(reading, child)
            if other is not None:
                out.append(other)
                heads.append(child)
    return out


def _named(reading: Reading, index: int) -> Mention | None:
    while reading.tokens[index].dep == "compound" and reading.tokens[reading.tokens[index].head].pos == "PROPN":
        index = reading.tokens[index].head
    span = reading.tokens[index].span
    if noun_kinds().get(reading.low[index]) in _BODIES:
        return None
    if any(name.kind in _NO_PERSON_NAMES and name.span.overlaps(span) for name in reading.names):
        return None
    first = last = index
    while first > 0 and in_name(reading, first - 1):
        first -= 1
    while last + 1 < len(reading.low) and in_name(reading, last + 1):
        last += 1
    first, last = full_name(reading, first, last)
    if first > 0 and reading.low[first - 1] in {"the", "a", "an"}:
        return None  # "the Observatory"
    if reading.low[index] in other_nouns() or any(m.first <= last and first <= m.last for m in reading.mentions):
        return None
    return Mention(first, last, index, "named", None, ("people",), reading.span(first, last))


def full_name(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """First and last token of the person's name that the tokens ``first`` to ``last`` are a part of."""
    span = reading.span(first, last)
    for name in reading.names:
        if name.kind == "person" and name.span.overlaps(span):
            inside = [i for i, token in enumerate(reading.tokens) if name.span.overlaps(token.span)]
            return min(first, inside[0]), max(last, inside[-1])
    return first, last


def in_name(reading: Reading, index: int) -> bool:
    """Whether the token at ``index`` goes on with the name before it."""
    token = reading.tokens[index]
    if token.text in {"-", "’", "'"}:
        return 0 < index < len(reading.low) - 1 and reading.tokens[index - 1].end == token.start
    hung = (
        index > 0 and reading.tokens[index - 1].text in {"-", "’", "'"} and reading.tokens[index - 1].end == token.start
    )
    if hung and token.text[0].isupper() and token.text.isalpha():
        return True  # "al-Morsi", however it is tagged
    return token.pos == "PROPN" and (token.text[0].isupper() or token.text in name_particles())


def _part_of_phrase(reading: Reading, index: int) -> bool:
    token = reading.tokens[index]
    return token.dep in _LEFT_PARTS and token.pos not in {"ADV", "NUM", "PUNCT"}


#: "Denied that anyone had died" counts nobody.
_ANYBODY = frozenset({"anyone", "anybody", "everyone", "everybody"})
# "Around 9pm": what the tokenizer makes of an hour.
_HOURS = frozenset({"am", "pm", "a.m.", "p.m.", "gmt", "utc", "o'clock"})


def _described(reading: Reading, index: int) -> Mention | None:
    word = reading.low[index]
    if (
        word in _ANYBODY
        or word in _HOURS
        or word in other_nouns()
        or word in building_nouns()
        or word in outcome_words()
        or word.endswith(_ABSTRACT_ENDINGS)
    ):
        return None
    if reading.sentence.heading and noun_kinds().get(word) in _BODIES:
        return None  # the source that closes a headline
    if word in _SHARES:
        return Mention(index, index, index, "plural", None, ("people",), reading.tokens[index].span)
    first = index
    while first > 0 and _part_of_phrase(reading, first - 1):
        if reading.mention_of(first - 1):
            return None
        first -= 1
    noun = noun_at(reading.low, index)
    if noun is not None and word in FAMILIES:  # "an entire family": nobody says how many
        return Mention(first, index, index, "plural", None, noun.classes, reading.span(first, index))
    classes = combined_classes(reading.low[first:index], noun.classes if noun is not None else ("people",))
    names = [t for t in reading.tokens[first:index] if t.pos == "PROPN" and t.dep != "poss" and t.text[0].isupper()]
    if len(names) > 1 and reading.low[first] not in {"a", "an", "the"}:
        return Mention(first, index, index, "named", None, classes, reading.span(first, index))
    return Mention(first, index, index, "definite", None, classes, reading.span(first, index), sure=False)


def pronoun_victims(reading: Reading, triggers: Sequence[Trigger]) -> Iterator[tuple[int, Trigger]]:
    """Pronouns that a word of outcome befell, with that word: "shot him dead", "they were found dead"."""
    tokens, children = reading.tokens, reading.sentence.children
    for trigger in triggers:
        if not trigger.factual or trigger.negated or trigger.word.kind not in ("transitive", "intransitive", "state"):
            continue
        shot = trigger.word.word == "shoot" and (trigger.voice == "passive" or bool(trigger.word.tails))
        deadly = trigger.word.word in _OF_A_PRONOUN
        if trigger.outcome not in _BEFALLS_PERSONS or (trigger.word.word in OF_THINGS_TOO and not (shot or deadly)):
            continue
        verb = trigger.first
        if trigger.word.kind == "state" and tokens[verb].dep in {"acomp", "oprd", "attr", "advcl"}:
            verb = tokens[verb].head
        for child in children[verb]:
            word, dep = reading.low[child], tokens[child].dep
            if (word in _OBJECTS and dep in {"dobj", "obj", "nsubj"} and child > trigger.first) or (
                word in _SUBJECTS and dep in {"nsubjpass", "nsubj"} and trigger.voice in ("passive", "state")
            ):
                yield child, trigger


#: Done to "him" or "them" they kill, whatever else they may be done to.
_OF_A_PRONOUN = frozenset({"execute", "hang", "strangle", "liquidate", "eliminate", "suffocate"})
_BEFALLS_PERSONS = frozenset({"killed", "wounded", "abducted", "detained"})
_OBJECTS = frozenset({"him", "her", "them"})
_SUBJECTS = frozenset({"he", "she", "they"})
