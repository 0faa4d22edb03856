"""Persons named as victims in a sentence, and which of them its counts hold: "Mayor Elena Sokolova and two guards" are three."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from firsthand.model import Outcome, Span
from firsthand.resources import table

from .name_lists import names_behind
from .setting import is_background
from .tallies_reading import Link, Mention, Reading

#: "Three members were killed, including Ana Ruiz", "two were killed: Luis Sol and Eva Ruiz".
_TOLD_BEHIND = re.compile(r"\s?(?:,\s(?:including|namely|among\sthem)\s|:\s|\s[–—-]\s)")


@dataclass(slots=True)
class NamedPerson:
    """A person named as having suffered ``outcome``: where the name stands, and its sentence."""

    outcome: Outcome
    span: Span
    sentence: Span
    background: bool
    shot: bool = False


def persons_in(reading: Reading, links: Sequence[Link]) -> list[NamedPerson]:
    """The persons named as victims in the sentence: those that are mentions themselves, and those named behind a mention."""
    return [*_mentioned(reading, links), *_named_behind(reading, links)]


def _named_behind(reading: Reading, links: Sequence[Link]) -> list[NamedPerson]:
    """ "A child named Ana Ruiz was killed", "two medics, Luis Sol and Eva Ruiz, died"."""
    out: list[NamedPerson] = []
    sentence = reading.sentence.span
    for item in links:
        if item.mention.kind == "named" or item.outcome == "destroyed" or reading.sentence.heading:
            continue  # in a headline every word may begin like a name
        found = names_behind(reading.text, reading.tokens[item.mention.last].end, sentence.end)
        if not found and item.trigger is not None and item.trigger.last > item.mention.last and item.whole is None:
            behind = reading.tokens[item.trigger.last].end
            told = _TOLD_BEHIND.match(reading.text, behind, sentence.end)
            found = names_behind(reading.text, told.end(), sentence.end) if told is not None else []
        persons = [span for span in found if not _is_other(reading, span)]
        background = is_background(reading, item.mention.count_span)
        out += [NamedPerson(item.outcome, span, sentence, background, was_shot(item)) for span in persons]
    return out


def _is_other(reading: Reading, span: Span) -> bool:
    if any(name.kind != "person" and name.span.overlaps(span) for name in reading.names):
        return True
    return not no_names().isdisjoint(span.of(reading.text).lower().split())


@cache
def no_names() -> frozenset[str]:
    """Words that no person's name contains, however a headline spells them."""
    return frozenset(row["word"] for row in table("names/not_persons.tsv")) | {"says", "said", "dead", "over"}


def _mentioned(reading: Reading, links: Sequence[Link]) -> list[NamedPerson]:
    sentence = reading.sentence.span
    return [
        NamedPerson(
            item.outcome,
            item.mention.count_span,
            sentence,
            is_background(reading, item.mention.count_span),
            was_shot(item),
        )
        for item in links
        if item.mention.kind == "named" and item.outcome != "destroyed" and not _of_a_body(reading, item.mention)
    ]


def was_shot(item: Link) -> bool:
    """Shot or stabbed, and not said to be dead."""
    return item.outcome == "wounded" and item.trigger is not None and item.trigger.word.word in {"shoot", "stab"}


def is_named_alone(reading: Reading, item: Link, links: Sequence[Link]) -> bool:
    """A person named is a victim and no count, save beside others that are counted: "Mayor Elena Sokolova and two guards" are
    three."""
    if item.mention.kind != "named":
        return False
    if _of_a_body(reading, item.mention):
        return True  # "rebels of the Free Men's Army"
    beside = [other.mention for other in links if other.trigger is item.trigger is not None and other.whole is None]
    counted = [mention for mention in beside if mention.kind in ("count", "single", "definite")]
    return not counted or any(
        _describes(reading, mention, item.mention) or _names(reading, mention, item.mention) for mention in counted
    )


def _of_a_body(reading: Reading, mention: Mention) -> bool:
    """Whether the name is an organisation's or a group's."""
    end = mention.count_span.end
    return any(
        name.kind in ("organisation", "group") and name.span.start < end <= name.span.end for name in reading.names
    )


def _names(reading: Reading, mention: Mention, named: Mention) -> bool:
    """ "Her husband, 60-year-old Elmo Roth": the same person."""
    token = reading.tokens[named.last]
    between = reading.low[mention.last + 1 : named.first]
    return token.dep == "appos" and mention.first <= token.head <= mention.last and between == (",",)


def _describes(reading: Reading, mention: Mention, named: Mention) -> bool:
    """ "Elena Sokolova, a nurse": the same person."""
    between = reading.low[named.last + 1 : mention.first]
    article = reading.low[mention.first] in {"a", "an", "the"}
    return article and between[:1] == (",",) and not any(word in {"and", "with"} for word in between)
