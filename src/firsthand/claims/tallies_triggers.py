"""Words of outcome as they stand in a sentence: what befell, in which voice, and whether it is said to have happened."""

from __future__ import annotations

from firsthand.resources import word_set

from .tallies_lexicon import OutcomeWord, outcome_words
from .tallies_reading import Mention, Reading, Trigger, Voice

_BE = frozenset(
    ["be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "get", "got", "gets", "getting", "were/are"]
)
_HAVE = frozenset({"have", "has", "had", "having", "'ve"})
_COPULA = _BE | word_set(
    "found left leaves leaving leave remain remained remains lay lying feared presumed reported confirmed declared pronounced "
    "listed go went"
)
_MODALS = frozenset(
    ["would", "could", "may", "might", "should", "must", "can", "will", "shall", "ca", "wo", "'ll", "'d"]
)
#: What makes "to kill", "to have killed" a report of something that happened.
_FACTUAL_TO = word_set(
    "forced forcing forces said believed reported thought feared known understood presumed confirmed "
    "alleged claim claims claimed appeared "
    "appear appears seen managed causing caused went compelled obliged"
)
BETWEEN_AUXILIARY_AND_VERB = word_set(
    "all both also each reportedly allegedly instantly feared believed confirmed reported presumed thought said "
    "monday tuesday wednesday thursday friday saturday sunday yesterday today early late morning night evening on last"
)
_USED_FOR = word_set("use used using go went going manage managed proceed proceeded continue continued return returned")
#: Outcome words that befall things too ("executed the plan", "hurt the economy"): for them the noun must be a known one.
OF_THINGS_TOO = word_set(
    "execute eliminate neutralise neutralize liquidate hang capture hurt snatch cut claim take cost end bury crush burn hold put "
    "make render force go did disappear vanish flee lose meet fall suffer sustain receive set destroy level flatten raze demolish "
    "torch was escape graze beat suffocate shoot strangle have hit strike rush transport airlift bring treat"
)
_POSSIBILITIES = word_set(
    "possibility risk danger likelihood chance threat threatened threatening prevent avoid capable plot "
    "plotting pray praying prayed hope hoped hoping wish wished"
)
_PREDICATED = frozenset({"state", "transitive"})
_ATTEMPTED = frozenset({"attempted", "alleged-attempted", "planned", "foiled", "threatened"})
_CONDITIONS = frozenset({"if", "unless", "whether"})
_EPISTEMIC = frozenset({"may", "might", "must"})
#: They tell of an outcome only with "not": "have not been seen since".
_TOLD_BY_NEGATION = frozenset({"see"})
_NEGATIONS = frozenset({"not", "n't", "never", "without"})


#: Whatever is done "to death" kills, save what courts, bores and scares do.
_TO_DEATH = OutcomeWord("transitive", "to death", "killed", (("to", "death"),), True)
_DEADLY_ONLY_IN_WORD = word_set(
    "sentence sentenced sentencing condemn condemned condemning scared scare bored doomed worried worked sent"
)


_SHOT_AT_END = frozenset({(), ("by",), (".",), (",",), (";",), ("while",), ("when",), ("as",)})


def find_triggers(reading: Reading) -> list[Trigger]:
    """All triggers of ``reading`` in order, not overlapping; words inside a mention are none."""
    found: list[Trigger] = []
    lexicon = outcome_words()
    index = 0
    while index < len(reading.low):
        entries = lexicon.get(reading.low[index], ())
        to_death = reading.low[index + 1 : index + 3] == ("to", "death")
        trigger = _at(reading, index, entries) if entries or to_death else None
        if trigger:
            found.append(trigger)
            index = trigger.last + 1
        else:
            index += 1
    return found


def _at(reading: Reading, index: int, entries: tuple[OutcomeWord, ...]) -> Trigger | None:
    inside = reading.mention_of(index)
    tag = reading.tokens[index].tag
    if (
        index
        and reading.low[index - 1] == "the"
        and tag in {"VBN", "JJ", "NN", "NNS"}
        and all(entry.kind in _PREDICATED for entry in entries)
    ):
        return None  # "the displaced", "the wounded"
    if inside and inside.first <= index < inside.head and inside.kind != "named":
        return None  # qualifies its noun: "twelve fleeing herders"
    if inside and (inside.state or inside.counted_noun) and index <= inside.last and inside.head >= index:
        return None
    if reading.low[index : index + 2] == ("shot", "at") and reading.low[index + 2 : index + 3] in _SHOT_AT_END:
        return None  # "was shot at by a guard": aimed at, not hit
    to_death = reading.low[index + 1 : index + 3] == ("to", "death")
    if to_death and tag.startswith("VB") and reading.low[index] not in _DEADLY_ONLY_IN_WORD:
        entries = (_TO_DEATH, *entries)
    for entry in entries:
        last, parted = _tail(reading, index, entry)
        if last is None:
            continue
        voice = _voice(reading, index, entry, tag)
        if voice is None:
            continue
        negated = _negated(reading, index)
        if entry.word in _TOLD_BY_NEGATION:
            if not negated:
                continue
            negated = False
        attempted = index > 0 and reading.low[index - 1] in _ATTEMPTED
        factual = (voice == "noun" and not attempted) or not (
            attempted or _unreal(reading, index) or (voice == "state" and _supposed(reading, index))
        )
        hedged = not factual and not attempted and _left_open(reading, index, voice)
        return Trigger(index, last, entry, voice, factual or hedged, negated, parted, hedged)
    return None


def _tail(reading: Reading, index: int, entry: OutcomeWord) -> tuple[int | None, bool]:
    """Index of the trigger's last token where its tail follows at once or (then with True) behind the victims."""
    if not entry.tails:
        return index, False
    low = reading.low
    for tail in entry.tails:
        size = len(tail)
        if tail[0] == "…":
            near = _up_to_verb(reading, index)
            if reading.tokens[index].dep not in {"aux", "auxpass"} and any(word in tail for word in near):
                return index + 1 + next(n for n, word in enumerate(near) if word in tail), False
            continue
        for skip in (0, 1):
            start = index + 1 + skip
            if low[start : start + size] == tail and (not skip or reading.tokens[index + 1].tag == "RB"):
                return start + size - 1, False
    if not entry.gap:
        return None, False
    for tail in entry.tails:
        size = len(tail)
        for start in range(index + 1, min(index + 14, len(low) - size + 1)):
            if start > index + 1 and low[start : start + size] == tail:
                return index, True
            if low[start] in {".", ";", ","} or reading.tokens[start].tag in {"VBD", "VBZ", "MD"}:
                break
    return None, False


def _up_to_verb(reading: Reading, index: int) -> tuple[str, ...]:
    """The few words behind ``index``, as far as no verb stands between."""
    end = index + 1
    while end < min(index + 8, len(reading.low)) and not reading.tokens[end].tag.startswith(
        ("VBD", "VBZ", "VBP", "MD")
    ):
        end += 1
    return reading.low[index + 1 : end]


def _voice(reading: Reading, index: int, entry: OutcomeWord, tag: str) -> Voice | None:
    low = reading.low
    if entry.kind in ("counted", "event", "toll"):
        return "noun"
    if entry.kind == "state":
        return "state" if _predicated(reading, index) else None
    word = low[index]
    token = reading.tokens[index]
    behind = reading.tokens[index + 1].tag if index + 1 < len(low) else ""
    if entry.word == "capture" and tag == "VBN" and behind == "VBG":
        return None  # "she was captured wearing a scarf", by a camera
    if token.dep == "amod" and token.head > index and reading.mention_of(token.head) is None:
        counted = entry.kind == "intransitive" and any(m.last == index - 1 and _several(m) for m in reading.mentions)
        return "passive" if counted else None  # "40 sustained injuries", "captured territory"
    if tag in {"NN", "NNS", "NNP", "NNPS"} and not _verb_after_all(reading, index, entry):
        return None
    if entry.kind == "intransitive":
        return "passive"
    if word.endswith("ing") and low[index + 1 : index + 2] and low[index + 1] in _COMPOUNDED:
        return None
    if tag == "VBG" or word.endswith("ing"):
        return "passive" if index and low[index - 1] == "being" else "active"
    if word.endswith("s") and tag != "VBN":
        return "active"
    before = _auxiliary(reading, index)
    if before in _BE or any(reading.tokens[child].dep == "auxpass" for child in reading.sentence.children[index]):
        return "passive"
    if before in _HAVE or word == entry.word != "hurt":
        return "active"
    return "participle"


#: "Shooting suspect", "bombing victims": the gerund qualifies.
_COMPOUNDED = word_set("suspect suspects victim victims survivor survivors death deaths case spree probe scene")


def _verb_after_all(reading: Reading, index: int, entry: OutcomeWord) -> bool:
    """A word tagged as a noun that a headline uses as a verb: a mention follows it at once ("Blast kills six")."""
    if entry.kind == "intransitive" and any(m.last == index - 1 for m in reading.mentions):
        return True
    if reading.low[index + 1 : index + 2] == ("dead",):
        return True  # "3 found shot dead"
    if any(m.first == index + 1 for m in reading.mentions):
        return not reading.low[index].endswith("ing")  # "shooting victims"
    if any(m.last == index - 1 and _several(m) for m in reading.mentions) and not reading.low[index].endswith("s"):
        return entry.kind == "transitive"  # "14 shot in city"
    if reading.sentence.heading and reading.low[index] == "shot" and _aged(reading, index - 1):
        return True  # "16-year-old shot on bridge"
    return reading.low[index].endswith("ed") and (entry.kind == "transitive")


def _aged(reading: Reading, index: int) -> bool:
    mention = next((m for m in reading.mentions if m.last == index), None)
    return mention is not None and reading.low[mention.head] == "old"


def _several(mention: Mention) -> bool:
    """A bare number of more than one."""
    quantity = mention.quantity
    return quantity is not None and mention.elided and not quantity.article and quantity.high != 1


def _predicated(reading: Reading, index: int) -> bool:
    """A state is predicated of victims: right behind them, after a copula, or after "left"."""
    if any(
        m.last == index - 1 or (m.last == index - 2 and reading.tokens[index - 1].tag == "RB") for m in reading.mentions
    ):
        return True
    back = index - 1
    while back >= 0 and (
        reading.tokens[back].tag in {"RB", "CC"} or reading.low[back] in {"either", "also", "all", "both", ","}
    ):
        back -= 1
    return back >= 0 and reading.low[back] in _COPULA


def _auxiliary(reading: Reading, index: int) -> str:
    """The auxiliary right before the verb at ``index``, past adverbs; "" where there is none."""
    back = index - 1
    while back >= 0 and (reading.tokens[back].tag in {"RB", "RBR"} or reading.low[back] in BETWEEN_AUXILIARY_AND_VERB):
        back -= 1
    return reading.low[back] if back >= 0 and reading.low[back] in _BE | _HAVE else ""


def _unreal(reading: Reading, index: int) -> bool:
    """Modal, infinitive of purpose, or condition: not said to have happened."""
    low = reading.low
    back = index - 1
    while back >= 0 and (reading.tokens[back].tag == "RB" or low[back] in _BE | {"have", "not", "n't"}):
        back -= 1
    if back < 0:
        return False
    if low[back] in {"and", "or"} and reading.tokens[index].tag == "VB" and reading.tokens[back - 1].tag == "VB":
        back -= 2  # "to find and arrest"
    if back < 0:
        return False
    if low[back] in _MODALS or low[index - 1] in _ATTEMPTED:
        return True
    if low[back] == "to":
        governor = low[reading.tokens[index].head]
        return not (back and low[back - 1] in _FACTUAL_TO) and governor not in _USED_FOR
    if any(word in _POSSIBILITIES for word in low[max(0, back - 8) : back]):
        return True
    for here in range(back, max(-1, back - 9), -1):
        if low[here] in {",", ";", ":", "that"}:
            break
        if low[here] in _CONDITIONS:
            return True
    return False


def _left_open(reading: Reading, index: int, voice: Voice) -> bool:
    """ "Six may have been killed", "six people may be dead": nobody knows yet. "Would have", "could have" and a condition tell of
    what did not happen, "may be killed" of what has not."""
    low = reading.low
    back = index - 1
    while back >= 0 and (reading.tokens[back].tag == "RB" or low[back] in _BE | {"have", "also"}):
        back -= 1
    if back < 0 or low[back] not in _EPISTEMIC or not ("have" in low[back:index] or voice == "state"):
        return False
    return _CONDITIONS.isdisjoint(low) and not ("had" in low[index:] and low[back] == "might")


def _supposed(reading: Reading, index: int) -> bool:
    """ "There should have been six people dead": a modal in front of those whose state it is."""
    mention = next((m for m in reading.mentions if m.last == index - 1), None)
    back = mention.first - 1 if mention is not None else -1
    while back >= 0 and (reading.tokens[back].tag == "RB" or reading.low[back] in _BE | {"have", "left"}):
        back -= 1
    return back >= 0 and reading.low[back] in _MODALS


def _negated(reading: Reading, index: int) -> bool:
    low = reading.low
    return any(
        low[at] in _NEGATIONS
        and low[at + 1 : at + 2] not in {("only",), ("just",)}
        and not _negates_another(reading, at, index)
        for at in range(max(0, index - 4), index)
    )


def _negates_another(reading: Reading, negation: int, index: int) -> bool:
    """ "Two men who could not flee were killed": what is negated is a relative clause that the word at ``index`` is no part of."""
    verb = reading.tokens[negation].head
    relative = reading.tokens[negation].dep == "neg" and reading.tokens[verb].dep in {"relcl", "acl"}
    return relative and verb != index and verb not in reading.sentence.ancestors(index)
