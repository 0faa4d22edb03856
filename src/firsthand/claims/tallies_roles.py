"""Which mention stands in which role to a word of outcome: its object, its subject, what follows its "of".

By the parse where it has an answer, else by the order of the words, which holds in headlines and in texts without commas.
"""

from __future__ import annotations

from .tallies_joints import leftwards, rightwards
from .tallies_lexicon import outcome_words
from .tallies_persons import is_time, person_at
from .tallies_phrases import SUBSET_WORDS
from .tallies_reading import Mention, Reading, Trigger
from .tallies_triggers import BETWEEN_AUXILIARY_AND_VERB

_SUBJECTS = frozenset({"nsubjpass", "nsubj"})
_OF_FIGURES = frozenset({"to", "at", "of", "as", "in", "with"})
_UNKNOWN_WORDS = frozenset({"unknown", "unclear", "uncertain", "known"})
_REFLEXIVES = frozenset({"himself", "herself", "themselves", "itself"})
_RELATIVES = frozenset({"who", "that", "which", "whom"})
_CLAUSE_OPENERS = frozenset({"that", "as", "while", "when", "after", "because"})
_CLAUSE_ENDS = frozenset({";", ":", "when", "after", "as", "while", "because"})
_PLACED = frozenset({"by", "from", "against", "near", "targeting", "to", "in", "at", "on", "with"})


def objects_of(reading: Reading, trigger: Trigger, triggers: list[Trigger]) -> list[Mention]:
    """Mentions that are the trigger's object: by the parse, else right behind it."""
    low, tokens = reading.low, reading.tokens
    index = _past_according(reading, trigger.last + 1)
    while index < len(low):
        if any(m.first == index for m in reading.mentions) or low[index] in _REFLEXIVES:
            break
        adverb = tokens[index].tag in {"RB", "RBR", "RP"}
        joined = (
            low[index] in {"and", "or", "and/or"} and index + 1 < len(low) and tokens[index + 1].tag.startswith("VB")
        )
        verb = tokens[index].tag.startswith("VB") and index > 0 and low[index - 1] in {"and", "or"}
        verb = verb or (index == trigger.last + 1 and _second_verb(low[index]))
        if not (
            adverb or joined or verb or low[index] in {"the", "lives", "throat", "throats", "dead", "of", '"', "“"}
        ):
            break
        index += 1
    first = next((m for m in reading.mentions if m.first == index), None)
    if first is None and index < len(low) and low[index] in {"him", "her"} and trigger.outcome in {"killed", "wounded"}:
        first = _pronoun_of_list(reading, index)
    if first is None and index < len(low) and low[index] in _REFLEXIVES and trigger.word.word == "shoot":
        return subjects_of(reading, trigger, triggers)[:1]  # "the boy shot himself"
    if first is None and index < len(low) and low[index] in _REFLEXIVES:
        first = next((m for m in reading.mentions if m.first == index + 2 and low[index + 1] in {"and", ","}), None)
    if first is None:
        for child in reading.sentence.children[trigger.first]:
            if tokens[child].dep in {"dobj", "obj"} and child > trigger.last:
                first = reading.mention_of(child) or _through_of(reading, child)
    if first is None:
        first = next(
            (
                person_at(reading, child, trigger)
                for verb in range(trigger.first, trigger.last + 1)
                for child in reading.sentence.children[verb]
                if (tokens[child].dep in {"dobj", "obj"} or child == trigger.last + 1) and child > trigger.last
            ),
            None,
        )
    if first is None:
        first = _taken_before(reading, trigger)
    if first is None:
        return []
    return rightwards(reading, first, triggers)


def doers_of(reading: Reading, trigger: Trigger) -> list[int]:
    """The tokens of the subject of an active verb: its own, or that of the verb it is joined to or hangs on."""
    verb = trigger.first
    for _ in range(4):
        subject = next((c for c in reading.sentence.children[verb] if reading.tokens[c].dep in _SUBJECTS), None)
        if subject is not None:
            return reading.sentence.subtree(subject)
        if reading.tokens[verb].dep not in {"conj", "xcomp"}:
            break
        verb = reading.tokens[verb].head
    return []


def _taken_before(reading: Reading, trigger: Trigger) -> Mention | None:
    """ "The 276 girls it kidnapped", "those whom they killed": the counted noun that a relative clause with a subject of its own
    hangs on."""
    token = reading.tokens[trigger.first]
    if token.dep != "relcl" or trigger.voice not in ("active", "participle"):
        return None
    subject = next((c for c in reading.sentence.children[trigger.first] if reading.tokens[c].dep == "nsubj"), None)
    if subject is None or reading.low[subject] in {"who", "that", "which"}:
        return None
    mention = reading.mention_of(token.head)
    return mention if mention is not None and mention.quantity is not None and mention.last < subject else None


def _past_according(reading: Reading, index: int) -> int:
    """ "Killing according to the latest toll 44 people": the first index behind a source put between a verb and its object."""
    if reading.low[index : index + 2] != ("according", "to"):
        return index
    counted = next((m.first for m in reading.mentions if m.first > index + 2 and m.quantity is not None), index)
    between = reading.tokens[index + 2 : counted]
    return counted if len(between) <= _LONGEST_SOURCE and not any(t.pos in {"VERB", "AUX"} for t in between) else index


_LONGEST_SOURCE = 8  # tokens


def _second_verb(word: str) -> bool:
    """ "Bombs kill injure villagers": two verbs of a headline that has lost its comma."""
    return any(word == entry.word for entry in outcome_words().get(word, ()) if entry.kind == "transitive")


def _pronoun_of_list(reading: Reading, index: int) -> Mention | None:
    """ "Killing him, a nephew and three clerks": the pronoun counts where others are counted beside it."""
    after = reading.low[index + 1 : index + 3]
    beside = next((m for m in reading.mentions if index < m.first <= index + 3), None)
    if not after or after[0] not in {",", "and", "alongside", "along", "together"} or beside is None:
        return None
    mention = Mention(index, index, index, "definite", None, ("people",), reading.tokens[index].span)
    reading.mentions.append(mention)
    reading.mentions.sort(key=lambda m: m.first)
    return mention


def has_other_object(reading: Reading, trigger: Trigger) -> bool:
    """The verb has an object that is no mention ("captured large areas", "kidnapped them"): what stands before it acted."""
    tokens = reading.tokens
    if tokens[trigger.first].tag == "VBN" and tokens[trigger.first].dep in {"acl", "amod"}:
        return False
    return any(
        child > trigger.last
        and tokens[child].dep in {"dobj", "obj"}
        and reading.mention_of(child) is None
        and not is_time(reading, child)
        and not _site_behind(reading, trigger.last, child)
        for child in reading.sentence.children[trigger.first]
    )


def _site_behind(reading: Reading, verb: int, index: int) -> bool:
    """Whether a dash or bar parts the noun at ``index`` from a headline's verb: "50 killed NGO - Region - Site"."""
    return reading.sentence.heading and not {"-", "–", "—", "|", "«"}.isdisjoint(reading.low[verb + 1 : index])


def victims_of_noun(reading: Reading, trigger: Trigger, triggers: list[Trigger]) -> list[Mention]:
    """Victims behind "of" after a noun of outcome: "the killing of two men", "bodies of five"."""
    index = trigger.last + 1
    owner = _owner(reading, trigger)
    if owner is not None:
        return [owner]
    if reading.low[index : index + 1] in {("or",), ("and",)} and reading.low[index + 2 : index + 3] == ("of",):
        index += 2  # "the killing or wounding of"
    to = reading.low[index : index + 1] == ("to",) and trigger.outcome == "wounded"  # "injuries to five others"
    if (
        index >= len(reading.low)
        or (reading.low[index] != "of" and not to)
        or reading.low[trigger.first] in {"losses", "casualties"}
    ):
        return []
    if trigger.word.word in {"fate", "whereabouts"} and not any(w in _UNKNOWN_WORDS for w in reading.low[index:]):
        return []
    first = next((m for m in reading.mentions if index < m.first <= index + 2), None)
    if first is None:
        held = [child for child in reading.sentence.children[index] if reading.tokens[child].dep == "pobj"]
        first = next((m for child in held if (m := person_at(reading, child, trigger))), None)
    if to and (first is None or first.quantity is None):
        return []
    # "The bodies of a judge and her driver were found": the verb is of finding, and the driver's as much as the judge's.
    found = reading.low[trigger.first] in {"body", "bodies", "remains", "corpse", "corpses"}
    return rightwards(reading, first, [] if found else triggers) if first else []


def _owner(reading: Reading, trigger: Trigger) -> Mention | None:
    """ "A preacher's death", "the nurse's murder"."""
    before = trigger.first - 1
    if trigger.word.kind != "event" or before < 1 or reading.low[before] not in {"'s", "'"}:
        return None
    mention = next((m for m in reading.mentions if m.last == before - 1), None)
    single = mention is not None and mention.kind in ("single", "definite") and mention.sure
    return mention if single and reading.low[trigger.first] not in {"body", "bodies", "remains"} else None


def subjects_of(reading: Reading, trigger: Trigger, triggers: list[Trigger]) -> list[Mention]:
    """Mentions that are the trigger's subject; of "fourteen of the 20 miners died" the fourteen."""
    found = [m for m in _subjects(reading, trigger, triggers) if not _object_before(reading, m, trigger, triggers)]
    if trigger.voice not in ("passive", "state"):
        return found
    return [next((m for m in reading.mentions if m.partitive and m.head == f.head and m is not f), f) for f in found]


def _object_before(reading: Reading, mention: Mention, trigger: Trigger, triggers: list[Trigger]) -> bool:
    """ "Police arrested 34 marchers and 12 officers were hurt": the marchers are the object of the verb right before them, and
    what is said of the officers is not said of them."""
    if trigger.voice != "passive" or mention.quantity is None:
        return False
    behind = reading.low[mention.last + 1 : trigger.first]
    verb = next((t for t in triggers if t.last + 1 == mention.first and t.word.kind == "transitive"), None)
    own = verb is not None and verb.voice in ("active", "participle") and reading.tokens[verb.first].tag == "VBD"
    return own and "and" in behind and any(mention.last < m.first and m.last < trigger.first for m in reading.mentions)


def _subjects(reading: Reading, trigger: Trigger, triggers: list[Trigger]) -> list[Mention]:
    """Mentions that are the trigger's subject: by the parse, else the nearest before it with no verb between."""
    verb = trigger.first
    beside = _beside(reading, trigger)
    if beside is not None:
        return leftwards(reading, beside)
    parsed = _parsed_subject(reading, verb)
    own = _own_subject(reading, parsed, trigger) if parsed is not None else None
    if own is not None:
        return [own]
    if parsed is not None:
        mention = _antecedent(reading, parsed) or person_at(reading, parsed, trigger)
        if mention is not None and mention.first < trigger.first:
            named = None
            if reading.tokens[parsed].pos == "PROPN" and not mention.first <= parsed <= mention.last:
                named = person_at(reading, parsed, trigger)
            if named is not None and named is not mention:
                return [mention, named]
            several = any(reading.low[i] in {"were", "both", "are"} for i in range(parsed + 1, verb))
            if (
                reading.low[parsed] in _RELATIVES
                and not several
                and (mention.quantity is None or mention.quantity.article)
            ):
                return [mention]
            right = [m for m in rightwards(reading, mention, []) if m.last < trigger.first]
            return leftwards(reading, mention) + right[1:]
        if reading.tokens[parsed].pos == "PRON" and reading.low[parsed] not in _RELATIVES:
            return []
    near = _nearest_before(reading, trigger, triggers)
    if near is not None:
        near = _whole_of(reading, near) or near
    return leftwards(reading, near) if near else []


def _own_subject(reading: Reading, parsed: int, trigger: Trigger) -> Mention | None:
    """ "Troops burned the mill, and a couple who had stayed were burnt to death": behind the verb of another subject, the person
    or the number right behind "and", where the passive has its auxiliary."""
    tokens = reading.tokens
    if trigger.voice != "passive" or tokens[trigger.first - 1].pos != "AUX":
        return None
    joint = next((i for i in range(trigger.first - 1, parsed, -1) if reading.low[i] == "and"), None)
    other = tokens[trigger.first].head
    if (
        joint is None
        or tokens[trigger.first].dep != "conj"
        or not parsed < other < joint
        or tokens[other].pos != "VERB"
    ):
        return None
    mention = next((m for m in reading.mentions if m.first == joint + 1), None)
    told = mention is not None and mention.sure and (mention.quantity is not None or mention.kind == "definite")
    return mention if told else None


def _whole_of(reading: Reading, near: Mention) -> Mention | None:
    """The counted people whose parts, told between commas, part them from their verb."""
    subset = next((i for i in range(near.first - 1, -1, -1) if reading.low[i] in SUBSET_WORDS), None)
    if subset is None:
        return None
    whole = next(
        (m for m in reversed(reading.mentions) if m.last < subset and m.quantity and not m.quantity.article), None
    )
    if whole is None or any(t.tag in {"VBD", "VBZ", "VBP", "MD"} for t in reading.tokens[whole.last + 1 : subset]):
        return None
    return whole


def _in_verb_group(reading: Reading, index: int) -> bool:
    """Auxiliaries, adverbs and times between a subject and its verb: "have been feared killed", "were on Monday killed"."""
    token = reading.tokens[index]
    if token.text == "," and 0 < index < len(reading.low) - 1:
        # "were, yesterday, killed"
        return reading.tokens[index - 1].pos == "AUX" or reading.low[index - 1] in BETWEEN_AUXILIARY_AND_VERB
    return token.pos == "AUX" or token.tag in {"RB", "MD"} or reading.low[index] in BETWEEN_AUXILIARY_AND_VERB


def _beside(reading: Reading, trigger: Trigger) -> Mention | None:
    """A counted mention right before the verb group, with nothing before it that could make it a part of something else."""
    index = trigger.first - 1
    while index >= 0 and _in_verb_group(reading, index):
        index -= 1
    mention = next((m for m in reading.mentions if m.last == index), None)
    if mention is None or mention.quantity is None or mention.partitive:
        return None
    if mention.quantity.article and not mention.elided:
        return None
    before = reading.low[mention.first - 1] if mention.first else ""
    if before == "among" and trigger.voice == "state" and mention.elided and mention.last == trigger.first - 1:
        return mention  # "13 officers among 20 dead"
    blocked = mention.first and (reading.tokens[mention.first - 1].tag == "IN" and before not in _CLAUSE_OPENERS)
    if trigger.voice == "state" and mention.elided and mention.last == trigger.first - 1:
        blocked = blocked and before not in _OF_FIGURES  # "raised the figures to 37 dead", "resulted in 37 dead"
    return None if blocked or before in SUBSET_WORDS or before == "of" else mention


def _parsed_subject(reading: Reading, verb: int) -> int | None:
    tokens, children = reading.tokens, reading.sentence.children
    seen = 0
    while seen < 4:
        for child in children[verb]:
            if tokens[child].dep in _SUBJECTS and child < verb:
                return child
        token = tokens[verb]
        if (token.dep in {"aux", "auxpass"} or reading.low[verb] == "fatally") and token.head != verb:
            verb = token.head  # "did not survive", "was fatally stabbed"
            seen += 1
            continue
        if token.dep in {"acl", "relcl"}:
            return token.head
        if token.dep == "prep" and reading.low[verb] == "in" and tokens[token.head].pos == "VERB":
            verb = token.head  # "were listed in serious condition"
            seen += 1
            continue
        if (
            token.dep in {"conj", "acomp", "oprd", "xcomp", "attr", "advcl", "amod", "ROOT", "ccomp", "dep"}
            and token.head != verb
        ):
            if token.dep in {"advcl", "ccomp"}:
                return None
            verb = token.head
            seen += 1
            continue
        return None
    return None


def _antecedent(reading: Reading, index: int) -> Mention | None:
    """The mention of a subject token: itself, what its "of" holds ("a number of miners"), or what "who" refers to."""
    mention = reading.mention_of(index)
    if mention and mention.kind != "named":
        return mention
    described = _apposed(reading, index)
    if described:
        return described
    if reading.low[index] in _RELATIVES:
        verb = reading.tokens[index].head
        while reading.tokens[verb].dep == "ccomp" and reading.tokens[verb].head > index:
            verb = reading.tokens[verb].head  # "a cleric who police said was killed"
        if reading.tokens[verb].dep == "relcl":
            return reading.mention_of(reading.tokens[verb].head)
        return next((m for m in reversed(reading.mentions) if m.last < index and _close(reading, m.last, index)), None)
    return _through_of(reading, index)


def _close(reading: Reading, last: int, index: int) -> bool:
    """Whether at most one word, or a time, stands between a noun and its relative pronoun."""
    between = range(last + 1, index)
    return len(between) <= 1 or all(reading.tokens[i].tag == "IN" or is_time(reading, i) for i in between)


def _apposed(reading: Reading, index: int) -> Mention | None:
    """The description of a named person: "Ana Ruiz, a nurse, was killed"."""
    for child in reading.sentence.children[index]:
        if reading.tokens[child].dep == "appos":
            mention = reading.mention_of(child)
            if mention and mention.quantity is not None and mention.quantity.article:
                return mention
    return None


def _through_of(reading: Reading, index: int) -> Mention | None:
    if reading.low[index].endswith(("tion", "ment", "ance")):
        return None  # "… killed until the notification of relatives"
    for child in reading.sentence.children[index]:
        if reading.low[child] == "of":
            for below in reading.sentence.children[child]:
                mention = reading.mention_of(below)
                if mention:
                    return mention
    return None


def mention_before(reading: Reading, trigger: Trigger) -> Mention | None:
    """The mention that ends right before the trigger, past an adverb or "who were"."""
    back = trigger.first - 1
    while back >= 0 and (
        reading.tokens[back].tag == "RB"
        or reading.low[back] in {"all", "both", "also", "feared", "reported", "found", ","}
        or _age_aside(reading, back)
    ):
        back -= 1
    return next((m for m in reading.mentions if m.last == back), None)


def _age_aside(reading: Reading, index: int) -> bool:
    """The age in "Woman, 33, found dead"."""
    low = reading.low
    return low[index].isdigit() and low[index - 1 : index] == (",",) and low[index + 1 : index + 2] == (",",)


def _nearest_before(reading: Reading, trigger: Trigger, triggers: list[Trigger]) -> Mention | None:
    """The nearest mention before the trigger with no other finite verb or trigger between them."""
    low, tokens = reading.low, reading.tokens
    index = trigger.first - 1
    while index >= 0 and _in_verb_group(reading, index):
        index -= 1
    while index >= 0:
        mention = reading.mention_of(index)
        if mention is not None and not mention.building:
            of = (
                mention.first > 1
                and low[mention.first - 1] == "of"
                and reading.mention_of(mention.first - 2) is not None
            )
            if of or (mention.first and low[mention.first - 1] in (_PLACED | {"for"})):
                index = mention.first - 1
                continue
            return mention
        if tokens[index].tag in {"VBD", "VBZ", "VBP", "MD"} or low[index] in _CLAUSE_ENDS:
            return _told_of(reading, index, trigger)
        if any(t.first <= index <= t.last for t in triggers if t is not trigger and t.voice != "noun"):
            return None
        index -= 1
    return None


def _told_of(reading: Reading, verb: int, trigger: Trigger) -> Mention | None:
    """ "A reporter who covered courts for two papers, was killed": the person whom the relative clause that ``verb`` stands in, and
    that a comma ends before the trigger, tells of."""
    low = reading.low
    if low[verb] in _CLAUSE_ENDS or trigger.voice not in ("passive", "state") or "," not in low[verb : trigger.first]:
        return None
    who = next((i for i in range(verb - 1, max(verb - 8, 0), -1) if low[i] == "who"), None)
    mention = next((m for m in reading.mentions if who is not None and m.last == who - 1), None)
    single = mention is not None and mention.quantity is not None and mention.quantity.article
    return mention if single else None
