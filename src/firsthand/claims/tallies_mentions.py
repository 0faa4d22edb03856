"""Mentions of victims in a sentence: a quantity with the noun it counts, a bare number, one person, people without a number.

``read_sentence`` gives a :class:`Reading` of a parsed sentence with its mentions in order. A mention is only a candidate; what
befell it is found by ``tallies_link``. Part-of-speech tags help where a noun phrase ends, nothing here needs the tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from firsthand.model import Layer, Name, Outcome, Quantity, Sentence, Span, Token, VictimClass
from firsthand.resources import word_set

from .tallies_lexicon import Noun, OutcomeWord, building_nouns, other_nouns, outcome_words, person_nouns
from .victim_classes import combined_classes

Kind: TypeAlias = Literal["count", "vague", "single", "definite", "plural", "named", "zero"]

_PRONOUN_PARTS = frozenset({"them", "whom", "us", "which"})
_DETERMINERS = word_set("those her its these your that this their our my his the")
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_JOINED = frozenset({"-", "–", "/", '"', "“", "”", "(", ")", "‘"})
_SUBSET_WORDS = frozenset({"including", "inculding", "include", "includes", "included", "among", "amongst"})
_ELIDED = frozenset({"other", "others", "more", "additional", "further", "else"})
_STOP_TAGS = word_set("CC PRP WP WDT . WRB EX TO IN RP UH MD")
_RESUMED = frozenset(
    {"dead", "killed", "wounded", "injured", "missing", "victims", "fallen", "hurt", "detained", "arrested", "deceased"}
)
_GATHERED = frozenset({"family", "household", "group", "party", "crew"})
_LONGEST_UNCOUNTED = (
    6  # words from the determiner to the noun; longer runs are lines of tags and headings without stops
)
_AGENT_ENDINGS = ("er", "or", "ist", "man", "ian", "ant", "eer")


@dataclass(slots=True)
class Mention:
    """Candidate victims: tokens ``first``–``last`` (included), ``head`` the noun or, where it is left out, the number.

    ``state`` is an outcome said inside the phrase itself ("two wounded men", "22 bodies"). ``partitive``: a part of something
    named before ("two of them"). ``elided``: its noun is to be taken from the mention before ("19 wounded", "20 others").
    ``sure``: its noun is known to be one for people.
    """

    first: int
    last: int
    head: int
    kind: Kind
    quantity: Quantity | None
    classes: tuple[VictimClass, ...]
    count_span: Span
    state: Outcome | None = None
    counted_noun: bool = False
    partitive: bool = False
    elided: bool = False
    sure: bool = True
    building: bool = False


@dataclass(slots=True)
class Reading:
    """A sentence with its words in lower case and its mentions."""

    text: str
    sentence: Sentence
    low: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    names: Sequence[Name] = ()

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens

    def mention_of(self, index: int) -> Mention | None:
        """The mention that covers the token at ``index``."""
        return next((m for m in self.mentions if m.first <= index <= m.last), None)

    def words(self, first: int, last: int) -> str:
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def span(self, first: int, last: int) -> Span:
        return Span(self.tokens[first].start, self.tokens[last].end)


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
        if sentence.tokens:
            reading = read_sentence(text, sentence, inside)
            reading.names = [name for name in layer.names if name.span.overlaps(sentence.span)]
            yield reading


def read_sentence(text: str, sentence: Sentence, quantities: Sequence[Quantity]) -> Reading:
    """The mentions of one parsed sentence. ``quantities`` are those that lie in it."""
    low = tuple(token.text.lower().replace("’", "'") for token in sentence.tokens)
    reading = Reading(text, sentence, low)
    starts = {token.start: index for index, token in enumerate(sentence.tokens)}
    at = {starts[q.span.start]: q for q in quantities if q.span.start in starts}
    index = 0
    while index < len(low):
        quantity = at.get(index)
        mention = _nobody(reading, index)
        if mention is None:
            mention = _counted(reading, index, quantity, at) if quantity else _uncounted(reading, index, at)
        if mention:
            reading.mentions.append(mention)
            index = mention.last + 1
        else:
            index += 1
    return reading


def _nobody(reading: Reading, index: int) -> Mention | None:
    """ "No one", "nobody": zero, save where others were counted before ("no one else")."""
    low = reading.low
    words = 2 if low[index : index + 2] == ("no", "one") else 1 if low[index] == "nobody" else 0
    if not words or low[index + words : index + words + 1] in {("else",), ("other",), ("of",)}:
        return None
    last = index + words - 1
    return Mention(index, last, last, "zero", None, ("people",), reading.span(index, last))


def _after(reading: Reading, index: int, quantity: Quantity) -> int:
    """Index of the first token after the quantity that begins at ``index``."""
    while index < len(reading.tokens) and reading.tokens[index].start < quantity.span.end:
        index += 1
    return index


def _counted(reading: Reading, index: int, quantity: Quantity, at: dict[int, Quantity]) -> Mention | None:
    after = _after(reading, index, quantity)
    low = reading.low
    if quantity.article and _GATHERED.intersection(low[after : after + 2]):
        gathered = _gathered(reading, index, after, at)
        if gathered is not None:
            return gathered
    kind: Kind = "vague" if quantity.vague else "single" if quantity.article else "count"
    of = after < len(low) and low[after] == "of"
    if (of or (quantity.vague and quantity.text.lower().endswith(" of"))) and not quantity.article:
        return _of_phrase(reading, index, after + of, quantity, kind, at)
    phrase = _phrase(reading, after, at, plural=not quantity.article and quantity.high != 1)
    if phrase is None:
        another = low[index] == "another" and after < len(low) and low[after] in outcome_words()
        if (quantity.article and not another) or quantity.high == 0 or _measures(reading, after):
            return None
        last = after - 1
        return Mention(index, last, last, kind, quantity, ("people",), quantity.span, elided=True)
    if quantity.article and (phrase.elided or (not phrase.sure and not phrase.agent)):
        return None
    if quantity.article and phrase.counted_noun and low[phrase.head] not in {"body", "corpse"}:
        return None
    count_span = reading.span(index, phrase.last) if quantity.article else quantity.span
    return Mention(
        index, phrase.last, phrase.head, kind, quantity, phrase.classes, count_span, phrase.state, phrase.counted_noun,
        elided=phrase.elided, sure=phrase.sure, building=phrase.building,
    )  # fmt: skip


def _gathered(reading: Reading, index: int, after: int, at: dict[int, Quantity]) -> Mention | None:
    """ "A family of six": the number is inside."""
    low = reading.low
    for here in range(after, min(after + 3, len(low) - 2)):
        if low[here] in _GATHERED and low[here + 1] == "of" and here + 2 in at and not at[here + 2].article:
            inner = at[here + 2]
            last = _after(reading, here + 2, inner) - 1
            if _phrase(reading, last + 1, at, plural=True) is None:
                return Mention(index, last, here, "count", inner, ("civilians",), inner.span)
    return None


def _of_phrase(
    reading: Reading, index: int, after: int, quantity: Quantity, kind: Kind, at: dict[int, Quantity]
) -> Mention | None:
    """ "two of them", "15 of the wounded", "dozens of miners", "most of the 50 fighters", "one of its members"."""
    low = reading.low
    if after >= len(low):
        return None
    definite = low[after] in _DETERMINERS
    here = after + 1 if definite else after
    if low[after] in _PRONOUN_PARTS:
        said = _predicate(reading, after + 1, at)
        if said is not None:
            return Mention(index, after, index, kind, quantity, said.classes, quantity.span, partitive=True)
        return Mention(index, after, index, kind, quantity, ("people",), quantity.span, partitive=True, elided=True)
    if here < len(low) and low[here] in _RESUMED and not _phrase(reading, here, at, plural=True):
        state = next((w.outcome for w in outcome_words().get(low[here], ()) if w.kind in ("state", "counted")), None)
        return Mention(
            index,
            here,
            here,
            kind,
            quantity,
            ("people",),
            quantity.span,
            state or "killed",
            partitive=definite,
            elided=True,
        )
    if here in at and definite:
        inner = at[here]
        phrase = _phrase(reading, _after(reading, here, inner), at, plural=True)
        if phrase is None:
            return None
        return Mention(index, here - 1, phrase.head, kind, quantity, phrase.classes, quantity.span, partitive=True)
    phrase = _phrase(reading, here, at, plural=True)
    if phrase is None:
        return None
    partitive = (definite and not quantity.vague) or quantity.text.lower().startswith(
        ("most", "some", "several of", "many of")
    )
    return Mention(
        index, phrase.last, phrase.head, kind, quantity, phrase.classes, quantity.span, phrase.state, phrase.counted_noun,
        partitive=partitive and definite, elided=phrase.elided, sure=phrase.sure, building=phrase.building,
    )  # fmt: skip


def _predicate(reading: Reading, index: int, at: dict[int, Quantity]) -> _Phrase | None:
    """What "two of them" are said to be: "two of them elderly men", "most of whom were students"."""
    low = reading.low
    while index < len(low) and low[index] in {"was", "were", "are", "is", ",", "believed", "to", "be", "reportedly"}:
        index += 1
    if index >= len(low) or index in at:
        return None
    phrase = _phrase(reading, index, at, plural=None)
    return phrase if phrase is not None and phrase.sure and not phrase.elided and not phrase.counted_noun else None


def _uncounted(reading: Reading, index: int, at: dict[int, Quantity]) -> Mention | None:
    """One person with a determiner ("the mayor", "his son"), or people without a number ("civilians")."""
    tokens, low = reading.tokens, reading.low
    token = tokens[index]
    if token.tag in _STOP_TAGS or token.pos in {"PUNCT", "AUX", "ADP"} or low[index] in _POSSESSIVES:
        return None
    determined = low[index] in _DETERMINERS and token.tag != "IN"
    if not determined and index and tokens[index - 1].tag in {"JJ", "DT", "PRP$", "NNP"}:
        return None
    start = index + 1 if determined else index
    if start >= len(low) or start in at:
        return None
    phrase = _phrase(reading, start, at, plural=None)
    if phrase is not None and sum(word[0].isalpha() for word in low[start : phrase.head]) > _LONGEST_UNCOUNTED:
        return None
    if phrase is None or phrase.elided or not phrase.sure or phrase.counted_noun or low[phrase.head - 1] == "own":
        return None
    if phrase.plural:
        return Mention(
            index,
            phrase.last,
            phrase.head,
            "plural",
            None,
            phrase.classes,
            reading.span(index, phrase.last),
            phrase.state,
        )
    named = (
        phrase.last + 1 < len(tokens) and tokens[phrase.last + 1].pos == "PROPN" and _capital(reading, phrase.last + 1)
    )
    possessed = any(low[k] in _POSSESSIVES or low[k].endswith("'s") for k in range(index, phrase.head))
    if named or not (determined or possessed or index == 0):
        return (
            Mention(index, phrase.last, phrase.head, "named", None, phrase.classes, reading.span(index, phrase.last))
            if named
            else None
        )
    return Mention(
        index,
        phrase.last,
        phrase.head,
        "definite",
        None,
        phrase.classes,
        reading.span(index, phrase.last),
        phrase.state,
    )


def _capital(reading: Reading, index: int) -> bool:
    return reading.text[reading.tokens[index].start].isupper()


def _measures(reading: Reading, after: int) -> bool:
    """A bare number is no mention where a noun of things follows it."""
    low, tokens = reading.low, reading.tokens
    for index in range(after, min(after + 5, len(low))):
        stopped = tokens[index].tag in _STOP_TAGS or tokens[index].pos in {"PUNCT", "VERB", "AUX", "DET"}
        if stopped or low[index] in outcome_words():
            return False
        if low[index] in other_nouns():
            return True
        if tokens[index].pos == "NOUN" and index == after:
            return tokens[index].tag == "NN"
    return False


@dataclass(slots=True)
class _Phrase:
    head: int
    last: int
    classes: tuple[VictimClass, ...]
    plural: bool
    state: Outcome | None = None
    counted_noun: bool = False
    elided: bool = False
    sure: bool = True
    agent: bool = False
    building: bool = False


def _noun_at(low: Sequence[str], index: int) -> Noun | None:
    for noun in person_nouns().get(low[index], ()):
        if tuple(low[index : index + len(noun.words)]) == noun.words:
            return noun
    return None


def _state_at(low: Sequence[str], index: int) -> OutcomeWord | None:
    return next((w for w in outcome_words().get(low[index], ()) if w.kind == "state" and not w.tails), None)


def _counted_at(low: Sequence[str], index: int) -> OutcomeWord | None:
    return next((w for w in outcome_words().get(low[index], ()) if w.kind == "counted"), None)


def _phrase(reading: Reading, start: int, at: dict[int, Quantity], *, plural: bool | None) -> _Phrase | None:
    """The noun phrase that begins at ``start`` (after determiner and number), where it is one for people.

    ``plural``: what the number asks for; None where there is no number.
    """
    low, tokens = reading.low, reading.tokens
    best: _Phrase | None = None
    state: Outcome | None = None
    elided = False
    index = start
    while index < len(low) and index < start + 14 and index not in at:
        word, token = low[index], tokens[index]
        noun = _noun_at(low, index)
        if noun is not None and not (noun.plural and not noun.singular and plural is False):
            last = index + len(noun.words) - 1
            if noun.singular and not noun.plural and _qualifies_next(reading, last, at):
                index = last + 1
                continue
            best = _Phrase(last, last, noun.classes, noun.plural, state)
            if noun.plural and not noun.singular and not _modifies(reading, last):
                if plural:
                    best = _with_bare_plural(reading, best, at)
                break
            index = last + 1
            continue
        counted = _counted_at(low, index)
        outcome = _state_at(low, index)
        if (
            counted
            and plural is not None
            and token.tag.startswith("NN")
            and counted.word not in _RESUMED
            and word not in {"life", "lives"}
        ):
            found = _Phrase(
                index, index, best.classes if best else ("people",), True, counted.outcome, counted_noun=True
            )
            return _with_modifiers(reading, start, found)
        if outcome and best is None and _leads_to_person(reading, index + 1, at):
            state = outcome.outcome
        elif word in _ELIDED:
            elided = True
            if word == "others":
                best = _Phrase(index, index, ("people",), True, state, elided=True)
                break
        elif word == "old" and index > start and low[index - 1] in {"-", "year", "years"} and plural is not True:
            best = _Phrase(index, index, ("people",), False, state, agent=True)
        elif not _continues(reading, index, at):
            break
        elif word in building_nouns() and best is None:
            best = _Phrase(index, index, ("people",), True, None, sure=False, building=True)
        elif token.pos in {"NOUN", "PROPN"} and (best is None or not best.sure) and word not in other_nouns():
            best = _Phrase(index, index, ("people",), token.tag in {"NNS", "NNPS"} or word.endswith("s"), state, sure=False,
                           agent=word.endswith(_AGENT_ENDINGS))  # fmt: skip
        elif word in other_nouns() and word not in _DETERMINERS:
            best = None
        index += 1
    return _accepted(reading, start, index, best, plural, state, elided=elided)


def _accepted(
    reading: Reading,
    start: int,
    index: int,
    best: _Phrase | None,
    plural: bool | None,
    state: Outcome | None,
    *,
    elided: bool,
) -> _Phrase | None:
    low = reading.low
    if best is None:
        if plural and elided and not any(w in other_nouns() for w in low[start:index]):
            return _Phrase(index - 1, index - 1, ("people",), True, state, elided=True)
        return None
    if not best.sure and not best.building and (plural is None or (plural and not best.plural)):
        return None
    return _with_modifiers(reading, start, best)


def _with_modifiers(reading: Reading, start: int, phrase: _Phrase) -> _Phrase:
    words = reading.low[max(0, start - 1) : phrase.head]
    phrase.classes = combined_classes(words, phrase.classes, after=reading.low[phrase.head + 1 : phrase.head + 9])
    return phrase


def _with_bare_plural(reading: Reading, phrase: _Phrase, at: dict[int, Quantity]) -> _Phrase:
    """One number over two nouns: "50 journalists and media workers"."""
    low, here = reading.low, phrase.last + 1
    if here + 1 >= len(low) or low[here] not in {"and", "or"} or here + 1 in at:
        return phrase
    start = here + 1
    while start < min(here + 4, len(low)):
        noun = _noun_at(low, start)
        if noun is not None and noun.plural and not noun.singular:
            last = start + len(noun.words) - 1
            ends = last + 1 >= len(low) or reading.tokens[last + 1].pos not in {"NOUN", "PROPN"}
            classes = tuple(dict.fromkeys((*phrase.classes, *noun.classes)))
            return _Phrase(phrase.head, last, classes, True, phrase.state) if ends else phrase
        if reading.tokens[start].tag not in {"JJ", "NN", "NNP"} or start in at:
            return phrase
        start += 1
    return phrase


def _qualifies_next(reading: Reading, index: int, at: dict[int, Quantity]) -> bool:
    """A singular noun before a noun that is none for people: "a terrorist attack", "the general commission"."""
    here = index + 1
    if here >= len(reading.low) or here in at or _noun_at(reading.low, here):
        return False
    token, word = reading.tokens[here], reading.low[here]
    if word in outcome_words() or _capital(reading, here):
        return False
    return token.pos == "NOUN" and (word in other_nouns() or token.tag == "NN")


def _modifies(reading: Reading, index: int) -> bool:
    """A plural noun that itself qualifies a following one ("civilians killed" does not, "officers club members" does)."""
    nxt = index + 1
    return nxt < len(reading.low) and reading.low[nxt] in _POSSESSIVES


def _leads_to_person(reading: Reading, index: int, at: dict[int, Quantity]) -> bool:
    """True where the words from ``index`` on reach a noun for people inside the same noun phrase."""
    for here in range(index, min(index + 4, len(reading.low))):
        if here in at or not _continues(reading, here, at):
            return False
        if _noun_at(reading.low, here):
            return True
    return False


def _continues(reading: Reading, index: int, at: dict[int, Quantity]) -> bool:
    """Whether the token at ``index`` can stand inside a noun phrase before its head."""
    token, word = reading.tokens[index], reading.low[index]
    if word in _SUBSET_WORDS:
        return False
    if word in _POSSESSIVES or word in _JOINED or word == "and":
        return word != "and" or _joins_modifiers(reading, index, at)
    if token.tag in _STOP_TAGS or token.pos in {"PUNCT", "AUX", "ADP", "SCONJ", "PRON"} or word in _DETERMINERS:
        return False
    if token.tag.startswith("VB") or word in outcome_words():
        return (
            token.tag in {"VBN", "VBG", "JJ", "NN", "NNP"}
            and _leads_to_person(reading, index + 1, at)
            and word not in _RESUMED
        )
    hyphenated = index + 1 < len(reading.low) and reading.low[index + 1] == "-"
    return token.tag != "RB" or hyphenated or word in {"more", "then"}


def _joins_modifiers(reading: Reading, index: int, at: dict[int, Quantity]) -> bool:
    """ "regime and rebel fighters": what stands before "and" is itself only a modifier."""
    before = _noun_at(reading.low, index - 1) if index else None
    if before is not None and before.plural and not before.singular:
        return False
    if reading.tokens[index - 1].tag in {"NNS", "NNPS"} or index + 1 in at:
        return False
    for here in range(index + 1, min(index + 5, len(reading.low))):
        noun = _noun_at(reading.low, here)
        if noun is not None and noun.plural:
            return True
        if reading.tokens[here].pos not in {"ADJ", "NOUN", "PROPN", "PUNCT"} or here in at:
            return False
    return False
