"""Mentions of victims in a sentence: a quantity with the noun it counts, a bare number, one person, people without a number.

``read_sentence`` gives a :class:`Reading` of a parsed sentence with its mentions in order. A mention is only a candidate; what
befell it is found by ``tallies_link``. Part-of-speech tags help where a noun phrase ends, nothing here needs the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from firsthand.model import Layer, Name, Quantity, Sentence, VictimClass
from firsthand.resources import word_set

from .source_nouns import CALENDAR
from .tallies_lexicon import other_nouns, outcome_signs, outcome_words, person_starts, tells_of_ignorance
from .tallies_persons import full_name, in_name
from .tallies_phrases import DETERMINERS, POSSESSIVES, STOP_TAGS, Phrase, capital, noun_at, phrase_at
from .tallies_reading import Kind, Mention, Reading
from .tallies_shares import index_after, share_of

_PAIRS = frozenset({"couple", "twins"})
_KIN = word_set(
    "husband wife father mother son daughter brother sister parent child grandfather grandmother grandson granddaughter uncle "
    "aunt nephew niece man woman boy girl"
)
_PEOPLE: tuple[VictimClass, ...] = ("people",)
_PARENTS = frozenset(
    {"father", "mother", "parent", "parents", "dad", "mum", "mom", "grandfather", "grandmother", "widow"}
)
_GATHERED = frozenset({"family", "household", "group", "party", "crew"})
_VERBS_OF_ONE = frozenset({("was",), ("is",), ("has",)})
_THEIR_MEMBERS = frozenset({"members", "people", "persons"})
_LONGEST_UNCOUNTED = (
    6  # words from the determiner to the noun; longer runs are lines of tags and headings without stops
)


def readings(text: str, layer: Layer) -> Iterator[Reading]:
    """A reading of every parsed sentence of ``layer``, whose field has the text ``text``."""
    quantities = [q for q in layer.quantities if q.unit is None]
    at = 0
    for sentence in layer.sentences:
        inside = []
        while at < len(quantities) and quantities[at].span.start < sentence.span.end:
            if quantities[at].span.start >= sentence.span.start:
                inside.append(quantities[at])
            at += 1
        if not sentence.tokens or not _tells_of_outcome(text, sentence):
            continue
        names = [name for name in layer.names if name.span.overlaps(sentence.span)]
        yield read_sentence(text, sentence, inside, names)


_WORDS = re.compile(r"[a-z]+")


def _tells_of_outcome(text: str, sentence: Sentence) -> bool:
    """Cheap gate: most sentences of a report hold no word of outcome at all."""
    words = frozenset(_WORDS.findall(sentence.span.of(text).lower()))
    return not outcome_signs().isdisjoint(words) or tells_of_ignorance(words)


def read_sentence(text: str, sentence: Sentence, quantities: Sequence[Quantity], names: Sequence[Name] = ()) -> Reading:
    """The mentions of one parsed sentence. ``quantities`` and ``names`` are those that lie in it."""
    low = tuple(token.text.lower().replace("’", "'") for token in sentence.tokens)
    reading = Reading(text, sentence, low, names=names)
    starts = {token.start: index for index, token in enumerate(sentence.tokens)}
    at = {starts[q.span.start]: q for q in quantities if q.span.start in starts}
    ahead = _persons_ahead(sentence, low)
    index = 0
    while index < len(low):
        quantity = at.get(index)
        mention = _nobody(reading, index) if low[index] in _NONE else None
        if mention is None and quantity:
            mention = _counted(reading, index, quantity, at)
        elif mention is None and ahead[index] <= _FARTHEST_NOUN:
            mention = _uncounted(reading, index, at)
        if mention and _belongs_to_members(reading, mention):
            reading.mentions[-1].last = mention.last
            index = mention.last + 1
        elif mention:
            reading.mentions.append(mention)
            index = mention.last + 1
        else:
            index += 1
    return reading


def _belongs_to_members(reading: Reading, mention: Mention) -> bool:
    """ "Nine members of the Tor family": the family only tells whose members they are."""
    before = reading.mentions[-1] if reading.mentions else None
    if before is not None and mention.kind == "plural" and before.kind in ("single", "definite"):
        # "A foreman leading striking dockers": the dockers only tell which foreman.
        between = reading.tokens[before.last + 1 : mention.first]
        doing = reading.tokens[mention.first].tag == "VBG" if not between else {t.tag for t in between} == {"VBG"}
        return doing and reading.low[mention.last + 1 : mention.last + 2] in _VERBS_OF_ONE
    if before is not None and mention.kind == "plural" and mention.first == before.last + 1:
        # Two nouns under one number, as headlines have it: "50 rebels jihadists killed".
        return before.kind == "count" and not before.elided and before.state is None and mention.state is None
    return (
        before is not None
        and before.quantity is not None
        and mention.quantity is None
        and mention.kind in ("plural", "definite")
        and mention.first == before.last + 2
        and reading.low[before.last + 1] == "of"
        and reading.low[before.head] in _MEMBERS
    )


_MEMBERS = frozenset({"members", "member", "relatives", "children", "sons", "daughters"})
#: Nouns in the singular for people of whom nobody says how many.
_COLLECTIVE = frozenset({"family", "household", "crew", "staff", "population", "personnel", "police", "militia"})
_FARTHEST_NOUN = 14  # tokens, as far as a noun phrase is read


def _persons_ahead(sentence: Sentence, low: Sequence[str]) -> list[int]:
    """For each token how far on the next noun for people stands that its phrase may reach; prepositions and auxiliaries end one."""
    starts = person_starts()
    out = [_FARTHEST_NOUN + 1] * len(low)
    distance = _FARTHEST_NOUN + 1
    for index in range(len(low) - 1, -1, -1):
        token = sentence.tokens[index]
        if low[index] in starts:
            distance = 0
        elif token.pos in _ENDING and token.text != "IS":
            distance = _FARTHEST_NOUN + 1
        else:
            distance += 1
        out[index] = distance
    return out


_ENDING = frozenset({"AUX", "ADP", "SCONJ"})
_NONE = frozenset({"no", "nobody", "none"})


def _nobody(reading: Reading, index: int) -> Mention | None:
    """ "No one", "nobody": zero, save where others were counted before ("no one else")."""
    low = reading.low
    words = 2 if low[index : index + 2] == ("no", "one") else 1 if low[index] == "nobody" else 0
    if low[index : index + 2] == ("none", "of"):
        phrase = phrase_at(reading, index + 3, {}, plural=None) if low[index + 2 : index + 3] == ("the",) else None
        last = phrase.last if phrase is not None else index + 2 if low[index + 2 : index + 3] == ("them",) else None
        classes = phrase.classes if phrase is not None else ("people",)
        return (
            Mention(index, last, last, "zero", None, classes, reading.span(index, last)) if last is not None else None
        )
    if not words or low[index + words : index + words + 1] in {("else",), ("other",), ("of",)}:
        return None
    last = index + words - 1
    return Mention(index, last, last, "zero", None, ("people",), reading.span(index, last))


def _counted(reading: Reading, index: int, quantity: Quantity, at: dict[int, Quantity]) -> Mention | None:
    after = index_after(reading, index, quantity)
    low = reading.low
    if index > 1 and low[index - 1] == "of" and low[index - 2] in _PARENTS:
        return None  # "a father of three"
    if quantity.article and _GATHERED.intersection(low[after : after + 2]):
        gathered = _gathered(reading, index, after, at)
        if gathered is not None:
            return gathered
    kind: Kind = "vague" if quantity.vague else "single" if quantity.article else "count"
    of = after < len(low) and low[after] == "of"
    if (of or (quantity.vague and quantity.text.lower().endswith(" of"))) and not quantity.article:
        return share_of(reading, index, after + of, quantity, kind, at)
    body = _body_found(reading, after) if quantity.article else None
    if body is not None:
        return Mention(
            index, body, body, kind, quantity, _PEOPLE, reading.span(index, body), "killed", counted_noun=True
        )
    phrase = phrase_at(reading, after, at, plural=not quantity.article and quantity.high != 1)
    if quantity.article and low[after : after + 1] and low[after] in _ORDINALS and _stands_alone(reading, after):
        span = reading.span(index, after)
        return Mention(index, after, after, kind, quantity, ("people",), span, elided=True)  # "a third was wounded"
    if low[index] == "another" and low[after : after + 1] and low[after] in CALENDAR:
        phrase = None  # "wounded another Thursday"
    if phrase is None:
        another = low[index] == "another" and (
            (after < len(low) and low[after] in outcome_words()) or (index > 0 and low[index - 1] in outcome_words())
        )
        if (quantity.article and not another) or quantity.high == 0 or _measures(reading, after):
            return None
        last = after - 1
        return Mention(index, last, last, kind, quantity, ("people",), quantity.span, elided=True)
    if quantity.article and (phrase.elided or (not phrase.sure and not phrase.agent)):
        return None
    if phrase.building and low[after + (low[after] == "-")] in _INSIDE_A_BUILDING:
        return None
    if quantity.article and low[phrase.head] in _PAIRS:
        return _pair(reading, index, phrase)
    if quantity.article and low[phrase.head] in _COLLECTIVE:
        return None
    if quantity.article:
        pair = _two_of_a_kind(reading, index, phrase)
        if pair is not None:
            return pair
    if quantity.article and phrase.counted_noun and low[phrase.head] not in {"body", "corpse"}:
        return None
    count_span = reading.span(index, phrase.last) if quantity.article else quantity.span
    return Mention(
        index, phrase.last, phrase.head, kind, quantity, phrase.classes, count_span, phrase.state, phrase.counted_noun,
        elided=phrase.elided, sure=phrase.sure, building=phrase.building,
    )  # fmt: skip


#: "A three-storey house" is one.
_INSIDE_A_BUILDING = word_set("storey story stories storeys floor floors bedroom bedrooms room rooms")
_ORDINALS = frozenset({"second", "third", "fourth", "fifth", "sixth", "seventh"})


def _stands_alone(reading: Reading, index: int) -> bool:
    """Whether nothing is counted by the ordinal but what was counted before: "a third was wounded", "a third, also hurt"."""
    after = reading.tokens[index + 1 : index + 2]
    return bool(after) and (after[0].pos in {"AUX", "VERB", "ADV", "PUNCT"} or after[0].text.casefold() == "who")


def _body_found(reading: Reading, index: int) -> int | None:
    """ "A charred body was found", "divers found another body": the index of the noun. Whose it is ("the body of a cook") is
    another's to tell, and other bodies meet and decide."""
    low, tokens = reading.low, reading.tokens
    at = next((i for i in range(index, min(index + 3, len(low))) if low[i] in {"body", "corpse"}), None)
    if at is None or any(tokens[i].tag not in {"JJ", "VBN", "VBD"} for i in range(index, at)):
        return None
    behind = low[at + 1 : at + 7]
    if behind[:1] == ("of",) or (behind[:1] and tokens[at + 1].tag.startswith("NN")):
        return None
    found = not _FOUND.isdisjoint(behind) or not _FOUND.isdisjoint(low[max(0, index - 4) : index])
    return at if found else None


_FOUND = word_set("found discovered recovered retrieved pulled unearthed exhumed dumped taken brought morgue mortuary")


def _gathered(reading: Reading, index: int, after: int, at: dict[int, Quantity]) -> Mention | None:
    """ "A family of six": the number is inside."""
    low = reading.low
    for here in range(after, min(after + 3, len(low) - 2)):
        if low[here] in _GATHERED and low[here + 1] == "of" and here + 2 in at and not at[here + 2].article:
            inner = at[here + 2]
            last = index_after(reading, here + 2, inner) - 1
            phrase = phrase_at(reading, last + 1, at, plural=True)
            if phrase is None or low[phrase.head] in _THEIR_MEMBERS:
                last = last if phrase is None else phrase.last
                return Mention(index, last, here, "count", inner, ("civilians",), inner.span)
    return None


def _uncounted(reading: Reading, index: int, at: dict[int, Quantity]) -> Mention | None:
    """One person with a determiner ("the mayor", "his son"), or people without a number ("civilians")."""
    tokens, low = reading.tokens, reading.low
    token = tokens[index]
    if token.tag in STOP_TAGS or token.pos in {"PUNCT", "AUX", "ADP"} or low[index] in POSSESSIVES:
        return None
    determined = low[index] in DETERMINERS and token.tag != "IN"
    if not determined and index and tokens[index - 1].tag in {"JJ", "DT", "PRP$", "NNP"}:
        return None
    start = index + 1 if determined else index
    if start >= len(low) or start in at:
        return None
    if low[index] == "others" and (index == 0 or low[index - 1] not in {"each", "the", "many"}):
        return Mention(index, index, index, "plural", None, ("people",), token.span, elided=True)
    phrase = phrase_at(reading, start, at, plural=None)
    if phrase is None or phrase.elided or not phrase.sure or phrase.counted_noun or low[phrase.head - 1] == "own":
        return None
    if not determined and _opens_verb(reading, index):
        return None
    if sum(word[0].isalpha() for word in low[start : phrase.head]) > _LONGEST_UNCOUNTED:
        return None
    if low[phrase.head] in _PAIRS:
        return _pair(reading, index, phrase)
    if low[phrase.head] in _GATHERED:
        gathered = _gathered(reading, index, phrase.head, at)
        if gathered is not None:
            return gathered
    if phrase.plural or low[phrase.head] in _COLLECTIVE:
        span = reading.span(index, phrase.last)
        return Mention(index, phrase.last, phrase.head, "plural", None, phrase.classes, span, phrase.state)
    return _one_person(reading, index, phrase, determined=determined)


def _opens_verb(reading: Reading, index: int) -> bool:
    """A word of outcome that is no modifier: "rebels [killed fighting soldiers]", "bombs kill [injure villagers]"."""
    entries = outcome_words().get(reading.low[index], ())
    token = reading.tokens[index]
    if token.tag == "VBG" and index > 0 and reading.low[index - 1] in outcome_words():
        return True  # "killed [fighting soldiers]"
    if token.tag in {"VBN", "VBD"} and any(e.kind == "state" for e in entries):
        return index > 0 and reading.tokens[index - 1].tag in {"NNS", "NNPS"}
    return reading.sentence.heading and any(e.kind == "transitive" and e.word == reading.low[index] for e in entries)


def _names(reading: Reading, index: int) -> bool:
    return reading.tokens[index].pos == "PROPN" and capital(reading, index)


def _pair(reading: Reading, index: int, phrase: Phrase) -> Mention:
    """ "A couple", "the twins": two."""
    span = reading.span(index, phrase.last)
    return Mention(index, phrase.last, phrase.head, "definite", None, phrase.classes, span, phrase.state, persons=2)


def _one_person(reading: Reading, index: int, phrase: Phrase, *, determined: bool) -> Mention | None:
    """A named person ("Mayor Elena Sokolova"), or one whom a determiner, an owner or an age tells apart."""
    tokens, low = reading.tokens, reading.low
    last = phrase.last
    while last + 1 < len(tokens) and (in_name(reading, last + 1) if last > phrase.last else _names(reading, last + 1)):
        last += 1
    if last > phrase.last:
        last = full_name(reading, last, last)[1]
        return Mention(index, last, phrase.head, "named", None, phrase.classes, reading.span(index, last))
    possessed = any(low[k] in POSSESSIVES or low[k].endswith("'s") for k in range(index, phrase.head))
    aged = "old" in low[index : phrase.head + 1]  # "16-year-old shot", "a boy, 16-year-old girl and …"
    aside = low[phrase.last + 1 : phrase.last + 4]
    aged = aged or (aside[::2] == (",", ",") and aside[1].isdigit())  # "3.05 am: Woman, 33, found dead"
    if not (determined or possessed or index == 0 or aged or reading.sentence.heading):
        return None
    last, more = _under_one_determiner(reading, phrase.last)
    if more == 1 and not possessed and not _several(reading, phrase.last, last):
        more = 0  # "the owner and director" is one
    classes = ("people",) if more else phrase.classes
    if low[last] in _PARENTS and low[last + 1 : last + 2] == ("of",) and tokens[last + 2].tag == "CD":
        last += 2
    span = reading.span(index, last)
    return Mention(index, last, phrase.head, "definite", None, classes, span, phrase.state, persons=1 + more)


def _two_of_a_kind(reading: Reading, index: int, phrase: Phrase) -> Mention | None:
    """ "A husband and wife": two under one article; "a teacher and activist was killed" is one."""
    last, more = _under_one_determiner(reading, phrase.last)
    if more != 1 or not _several(reading, phrase.last, last):
        return None
    span = reading.span(index, last)
    return Mention(index, last, phrase.head, "definite", None, _PEOPLE, span, phrase.state, persons=2)


def _several(reading: Reading, first: int, last: int) -> bool:
    """Whether the two nouns that end at ``first`` and ``last`` mean two: kin, a man and a woman, or a verb in the plural."""
    low = reading.low
    return {low[first], low[last]} <= _KIN or low[last + 1 : last + 2] in {("were",), ("are",), ("have",)}


def _under_one_determiner(reading: Reading, last: int) -> tuple[int, int]:
    """ "His father, 80-year-old mother and brother": last token of the list that begins before ``last``, and how many more it
    names."""
    low = reading.low
    more, at = 0, last
    while at + 2 < len(low) and low[at + 1] in {",", "and"}:
        here = _past_modifiers(reading, at + 2)
        noun = noun_at(low, here) if here < len(low) else None
        if noun is None or not noun.singular or noun.plural:
            break
        ended = low[at + 1] == "and"
        at = here + len(noun.words) - 1
        more += 1
        if ended:
            return at, more
    return last, 0


def _past_modifiers(reading: Reading, index: int) -> int:
    """Index of the first token from ``index`` on that is no age or adjective."""
    while index < len(reading.low) and (
        reading.tokens[index].tag in {"JJ", "CD"} or reading.low[index] in {"-", "year", "years", "old"}
    ):
        index += 1
    return index


def _spelt_like(reading: Reading, index: int) -> bool:
    """ "14 guns", "20 shots": things whose name is also a verb; in "blast kills 3 wounds 20" it is the verb."""
    verb = all(entry.kind in ("transitive", "intransitive") for entry in outcome_words().get(reading.low[index], ()))
    return verb and not (index + 1 < len(reading.tokens) and reading.tokens[index + 1].pos == "NUM")


def _measures(reading: Reading, after: int) -> bool:
    """A bare number is no mention where a noun of things follows it."""
    low, tokens = reading.low, reading.tokens
    for index in range(after, min(after + 5, len(low))):
        if (
            index == after
            and tokens[index].tag == "NNS"
            and low[index] in other_nouns()
            and _spelt_like(reading, index)
        ):
            return True
        stopped = tokens[index].tag in STOP_TAGS or tokens[index].pos in {"PUNCT", "VERB", "AUX", "DET"}
        if stopped or low[index] in outcome_words():
            return False
        if low[index] in other_nouns():
            return True
        if tokens[index].pos == "NOUN" and index == after:
            return tokens[index].tag == "NN"
    return False
