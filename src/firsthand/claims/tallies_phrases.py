"""Noun phrases for people: where one ends, what its head is, and what its modifiers make of it.

Part-of-speech tags tell where a phrase ends; nothing here needs the tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.model import Outcome, Quantity, VictimClass
from firsthand.resources import word_set

from .tallies_lexicon import Noun, OutcomeWord, building_nouns, other_nouns, outcome_words, person_nouns
from .tallies_reading import Reading
from .victim_classes import combined_classes

DETERMINERS = word_set("those her its these your that this their our my his the")
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_DASHES = frozenset({"-", "–"})
_JOINED = frozenset({"-", "–", "/", '"', "“", "”", "(", ")", "‘"})
# The word that opens most parts is also taken with two neighbouring letters changed round, as hurried headlines have it.
_OPENS_PARTS = "including"
SUBSET_WORDS = (
    word_set("include includes included among amongst mainly mostly primarily comprising")
    | frozenset(
        _OPENS_PARTS[:at] + _OPENS_PARTS[at + 1] + _OPENS_PARTS[at] + _OPENS_PARTS[at + 2 :]
        for at in range(len(_OPENS_PARTS) - 1)
    )
    | {_OPENS_PARTS}
)
_ELIDED = frozenset({"other", "others", "more", "additional", "further", "else"})
STOP_TAGS = word_set("CC PRP WP WDT . WRB EX TO IN RP UH MD")
#: Counted, they tell of no number of people.
FAMILIES = frozenset({"family", "families", "household", "households"})
RESUMED = frozenset(
    {"dead", "killed", "wounded", "injured", "missing", "victims", "fallen", "hurt", "detained", "arrested", "deceased"}
)
_LONGEST = 14  # tokens that a noun phrase is followed for
_PEOPLE: tuple[VictimClass, ...] = ("people",)
_AGENT_ENDINGS = ("er", "or", "ist", "man", "ian", "ant", "eer")


@dataclass(slots=True)
class Phrase:
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


def noun_at(low: Sequence[str], index: int) -> Noun | None:
    for noun in person_nouns().get(low[index], ()):
        if tuple(low[index : index + len(noun.words)]) == noun.words:
            return noun
    return None


def _state_at(low: Sequence[str], index: int) -> OutcomeWord | None:
    return next((w for w in outcome_words().get(low[index], ()) if w.kind == "state" and not w.tails), None)


def _counted_at(low: Sequence[str], index: int) -> OutcomeWord | None:
    return next((w for w in outcome_words().get(low[index], ()) if w.kind == "counted"), None)


@dataclass(slots=True)
class _Draft:
    """A noun phrase while it is read: what it is if it ends here, an outcome said in it, and whether it has ended."""

    best: Phrase | None = None
    state: Outcome | None = None
    elided: bool = False
    ended: bool = False


def phrase_at(reading: Reading, start: int, at: dict[int, Quantity], *, plural: bool | None) -> Phrase | None:
    """The noun phrase that begins at ``start`` (after determiner and number), where it is one for people.

    ``plural``: what the number asks for; None where there is no number.
    """
    draft = _Draft()
    index = start
    while index < len(reading.low) and index < start + _LONGEST and index not in at:
        noun = noun_at(reading.low, index)
        if noun is not None and not (noun.plural and not noun.singular and plural is False):
            _take_noun(reading, draft, index, noun, at, plural)
            index += len(noun.words)
        elif plural is not None and _counts_itself(reading, index):
            classes = draft.best.classes if draft.best else _PEOPLE
            counted = _counted_at(reading.low, index)
            outcome = counted.outcome if counted else None
            return _with_modifiers(reading, start, Phrase(index, index, classes, True, outcome, counted_noun=True))
        else:
            _take_word(reading, draft, start, index, at, plural)
            index += not draft.ended
        if draft.ended:
            break
    return _accepted(reading, start, index, draft.best, plural, draft.state, elided=draft.elided)


def _take_noun(
    reading: Reading, draft: _Draft, index: int, noun: Noun, at: dict[int, Quantity], plural: bool | None
) -> None:
    """A noun for people: the head, unless it only qualifies the noun behind it."""
    last = index + len(noun.words) - 1
    if noun.singular and not noun.plural and _qualifies_next(reading, last, at):
        return
    draft.best = Phrase(last, last, noun.classes, noun.plural, draft.state)
    if noun.plural and not noun.singular and not _modifies(reading, last):
        draft.ended = True
        if plural:
            draft.best = _with_bare_plural(reading, draft.best, at)


def _counts_itself(reading: Reading, index: int) -> bool:
    """A noun of outcome that a number counts: "22 bodies"."""
    word = reading.low[index]
    counted = _counted_at(reading.low, index)
    noun = reading.tokens[index].tag.startswith("NN") and (not index or reading.low[index - 1] != "attempted")
    return counted is not None and noun and counted.word not in RESUMED and word not in {"life", "lives"}


def _take_word(
    reading: Reading, draft: _Draft, start: int, index: int, at: dict[int, Quantity], plural: bool | None
) -> None:
    """Any other word: an outcome that qualifies the noun, a noun of no lexicon, a modifier, or the end."""
    word, token = reading.low[index], reading.tokens[index]
    state = _qualifying_state(reading, draft, start, index, at, plural)
    if state is not None:
        draft.state = state
    elif word in _ELIDED:
        draft.elided = True
        if word == "others":
            draft.best, draft.ended = Phrase(index, index, _PEOPLE, True, draft.state, elided=True), True
    elif word == "old" and index > start and reading.low[index - 1] in {"-", "year"} and plural is not True:
        draft.best = Phrase(index, index, _PEOPLE, False, draft.state, agent=True)
    elif not _continues(reading, index, at) or (draft.best is not None and draft.best.sure and token.tag == "VBG"):
        draft.ended = True  # "an official accompanying strikers" is one person
    elif word in building_nouns() and draft.best is None:
        draft.best = Phrase(index, index, _PEOPLE, True, None, sure=False, building=True)
    elif word in other_nouns():
        draft.best = None
    elif token.pos in {"NOUN", "PROPN"} and (draft.best is None or not draft.best.sure):
        plural_form = token.tag in {"NNS", "NNPS"} or word.endswith("s")
        agent = word.endswith(_AGENT_ENDINGS)
        draft.best = Phrase(index, index, _PEOPLE, plural_form, draft.state, sure=False, agent=agent)


def _qualifying_state(
    reading: Reading, draft: _Draft, start: int, index: int, at: dict[int, Quantity], plural: bool | None
) -> Outcome | None:
    """The outcome of "wounded" in "two wounded men"; none where the word is the verb of a clause or one of a pair."""
    outcome = _state_at(reading.low, index)
    if outcome is None or draft.best is not None:
        return None
    joined = reading.low[index + 1 : index + 2] in (("and",), ("or",))
    told = reading.tokens[index].tag == "VBD" and plural is None
    # "The raid killed villagers" is a clause, "killed" no qualifier.
    clause = any(t.pos in {"NOUN", "PROPN"} for t in reading.tokens[start:index])
    if joined or told or clause or not _leads_to_person(reading, index + 1, at):
        return None
    return outcome.outcome


def _accepted(
    reading: Reading,
    start: int,
    index: int,
    best: Phrase | None,
    plural: bool | None,
    state: Outcome | None,
    *,
    elided: bool,
) -> Phrase | None:
    low = reading.low
    if best is None:
        if plural and elided and not any(w in other_nouns() for w in low[start:index]):
            return Phrase(index - 1, index - 1, ("people",), True, state, elided=True)
        return None
    if not best.sure and not best.building and (plural is None or (plural and not best.plural)):
        return None
    return _with_modifiers(reading, start, best)


def _with_modifiers(reading: Reading, start: int, phrase: Phrase) -> Phrase:
    aged = reading.low[phrase.head] == "old"  # "a 2-year-old": the age is the head
    words = reading.low[max(0, start - 1) : phrase.head + aged]
    phrase.classes = combined_classes(words, phrase.classes, after=reading.low[phrase.head + 1 : phrase.head + 14])
    return phrase


def _modifies(reading: Reading, index: int) -> bool:
    """A plural noun that itself qualifies a following one ("civilians killed" does not, "officers club members" does)."""
    nxt = index + 1
    return nxt < len(reading.low) and reading.low[nxt] in POSSESSIVES


def _with_bare_plural(reading: Reading, phrase: Phrase, at: dict[int, Quantity]) -> Phrase:
    """One number over two nouns or more: "50 journalists and media workers", "30 men, women and children"."""
    low, here = reading.low, phrase.last + 1
    classes = phrase.classes
    while (
        low[here : here + 1] == (",",)
        and here + 1 not in at
        and (listed := _bare_plural(reading, here + 1)) is not None
    ):
        behind = here + 1 + len(listed.words)
        if low[behind : behind + 1] not in ((",",), ("and",), ("or",)):
            return phrase
        here, classes = behind, (*classes, *listed.classes)
    if here > phrase.last + 1 and low[here] == ",":
        here += 1
    if here + 1 >= len(low) or low[here] not in {"and", "or"} or here + 1 in at:
        return phrase
    start = here + 1
    while start < min(here + 4, len(low)):
        noun = noun_at(low, start)
        if noun is not None and noun.plural and (not noun.singular or low[start] in _BODIES_OF_MEN):
            last = start + len(noun.words) - 1
            ends = last + 1 >= len(low) or reading.tokens[last + 1].pos not in {"NOUN", "PROPN"}
            if here > phrase.last + 1 and last + 1 < len(low) and reading.tokens[last + 1].pos == "VERB":
                return phrase  # "killed 45 people, traders and officials said"
            classes = tuple(dict.fromkeys((*classes, *noun.classes)))
            return Phrase(phrase.head, last, classes, True, phrase.state) if ends else phrase
        if reading.tokens[start].tag not in {"JJ", "NN", "NNP"} or start in at:
            return phrase
        start += 1
    return phrase


def _bare_plural(reading: Reading, index: int) -> Noun | None:
    noun = noun_at(reading.low, index) if index < len(reading.low) else None
    return noun if noun is not None and noun.plural and not noun.singular else None


_BODIES_OF_MEN = frozenset({"police", "militia", "personnel", "staff", "troops", "security"})


def _qualifies_next(reading: Reading, index: int, at: dict[int, Quantity]) -> bool:
    """A singular noun before a noun that is none for people: "a terrorist attack", "the general commission"."""
    here = index + 1
    if here >= len(reading.low) or here in at or noun_at(reading.low, here):
        return False
    token, word = reading.tokens[here], reading.low[here]
    if token.tag == "VBG" and reading.low[here + 1 : here + 2] and reading.low[here + 1] in other_nouns():
        return True  # "a rebel shelling attack"
    if word in outcome_words() or capital(reading, here):
        return False
    return token.pos == "NOUN" and (word in other_nouns() or token.tag == "NN")


def _leads_to_person(reading: Reading, index: int, at: dict[int, Quantity]) -> bool:
    """True where the words from ``index`` on reach a noun for people inside the same noun phrase."""
    for here in range(index, min(index + 4, len(reading.low))):
        if here in at or not _continues(reading, here, at):
            return False
        if noun_at(reading.low, here):
            return True
    return False


def _continues(reading: Reading, index: int, at: dict[int, Quantity]) -> bool:
    """Whether the token at ``index`` can stand inside a noun phrase before its head."""
    token, word = reading.tokens[index], reading.low[index]
    if word in SUBSET_WORDS:
        return False
    if word in _DASHES and reading.tokens[index - 1].end < token.start:
        return False  # "19 wounded - governor"
    if word in POSSESSIVES or word in _JOINED or word == "and":
        return word != "and" or _joins_modifiers(reading, index, at)
    if token.text == "IS" and not reading.sentence.span.of(reading.text).isupper():
        return True  # the group, which parsers take for a verb
    if token.tag in STOP_TAGS or token.pos in {"PUNCT", "AUX", "ADP", "SCONJ", "PRON"} or word in DETERMINERS:
        return False
    if word.endswith("ing") and any(entry.kind == "transitive" for entry in outcome_words().get(word, ())):
        return False  # "killing civilians" acts on them
    if token.tag.startswith("VB") or word in outcome_words():
        return (
            token.tag in {"VBN", "VBG", "JJ", "NN", "NNP"}
            and (
                _leads_to_person(reading, index + 1, at) or (token.tag == "VBN" and _burned_bodies(reading, index, at))
            )
            and word not in RESUMED
        )
    hyphenated = index + 1 < len(reading.low) and reading.low[index + 1] == "-"
    return token.tag != "RB" or hyphenated or word in {"more", "then"} or _qualifies_state(reading, index, at)


def _burned_bodies(reading: Reading, index: int, at: dict[int, Quantity]) -> bool:
    """ "Six burned bodies": the participle qualifies a noun that is itself an outcome."""
    return index + 1 < len(reading.low) and index + 1 not in at and _counts_itself(reading, index + 1)


def _qualifies_state(reading: Reading, index: int, at: dict[int, Quantity]) -> bool:
    """ "Eight seriously wounded men": an adverb inside the phrase."""
    after = index + 1
    return (
        reading.low[index].endswith("ly")
        and after < len(reading.low)
        and _state_at(reading.low, after) is not None
        and _leads_to_person(reading, after + 1, at)
    )


def _joins_modifiers(reading: Reading, index: int, at: dict[int, Quantity]) -> bool:
    """ "regime and rebel fighters": what stands before "and" is itself only a modifier."""
    before = noun_at(reading.low, index - 1) if index else None
    if before is not None and before.plural and not before.singular:
        return False
    if reading.tokens[index - 1].tag in {"NNS", "NNPS"} or index + 1 in at:
        return False
    for here in range(index + 1, min(index + 5, len(reading.low))):
        noun = noun_at(reading.low, here)
        if noun is not None and noun.plural:
            return True
        if reading.tokens[here].pos not in {"ADJ", "NOUN", "PROPN", "PUNCT"} or here in at:
            return False
    return False


def capital(reading: Reading, index: int) -> bool:
    return reading.text[reading.tokens[index].start].isupper()
