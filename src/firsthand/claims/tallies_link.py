"""Which mention an outcome befell.

``link`` joins the triggers of a sentence to its mentions: by the verb's object or subject where the parse has one, else by the
order of the words, which holds in headlines and in texts that have lost their commas. Mentions joined by "and" share what
befell one of them. Victims that stand for a part of others ("including five medics") are joined in ``tallies_parts``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from firsthand.model import Outcome
from firsthand.resources import word_set

from .tallies_mentions import Mention, Reading
from .tallies_triggers import Trigger, find_triggers

_SUBJECTS = frozenset({"nsubjpass", "nsubj"})
_SUBSET_WORDS = frozenset({"including", "inculding", "include", "includes", "included", "among", "amongst"})
_CONNECTORS = word_set("along - also with besides , – alongside then well ; & together plus or and as")
_FLIGHT_ONLY_PEOPLE = frozenset({"displaced"})
_UNKNOWN_WORDS = frozenset({"unknown", "unclear", "uncertain", "known"})
_REFLEXIVES = frozenset({"himself", "herself", "themselves", "itself"})


@dataclass(slots=True)
class Link:
    """``mention`` suffered ``outcome``; ``rule`` names how that was read. ``whole`` is the mention it is a part of."""

    mention: Mention
    outcome: Outcome
    rule: str
    trigger: Trigger | None = None
    whole: Mention | None = None


def link(reading: Reading) -> tuple[list[Link], list[Trigger]]:
    """Links of the sentence in text order, and its triggers."""
    triggers = find_triggers(reading)
    links: list[Link] = []
    for number, trigger in enumerate(triggers):
        if not trigger.factual or trigger.negated:
            continue
        for mention, rule in _victims(reading, trigger, triggers, number, links):
            if fits(mention, trigger):
                links.append(Link(mention, trigger.outcome, rule, trigger))
    for mention in reading.mentions:
        if mention.state:
            links.append(Link(mention, mention.state, "counted_noun" if mention.counted_noun else "state_modifier"))
    return _settled(links), triggers


def fits(mention: Mention, trigger: Trigger) -> bool:
    """Buildings are destroyed and people are not; only people suffer everything else."""
    if trigger.outcome == "destroyed":
        return mention.building
    return not mention.building


def _settled(links: list[Link]) -> list[Link]:
    """One link a mention and outcome; what is killed or wounded is an undivided casualty; dying outweighs being shot."""
    out: list[Link] = []
    by_mention: dict[int, list[Link]] = {}
    for item in links:
        by_mention.setdefault(id(item.mention), []).append(item)
    for items in by_mention.values():
        outcomes = {item.outcome for item in items}
        kept = items
        if {"killed", "wounded"} <= outcomes:
            wounded = next(item for item in items if item.outcome == "wounded")
            killed = next(item for item in items if item.outcome == "killed")
            joined = killed.trigger and wounded.trigger and abs(killed.trigger.first - wounded.trigger.first) <= 3
            if joined and wounded.trigger and wounded.trigger.word.word not in {"shoot", "stab"}:
                kept = [replace(killed, outcome="casualties", rule="killed_or_wounded")]
            else:
                kept = [item for item in items if item.outcome != "wounded"]
        seen: set[Outcome] = set()
        for item in kept:
            if item.outcome not in seen:
                seen.add(item.outcome)
                out.append(item)
    return sorted(out, key=lambda item: item.mention.first)


def _victims(
    reading: Reading, trigger: Trigger, triggers: list[Trigger], number: int, links: list[Link]
) -> list[tuple[Mention, str]]:
    kind = trigger.word.kind
    if kind in ("counted", "event"):
        return [(m, "event_of") for m in _of_victims(reading, trigger)]
    if kind == "toll":
        return []
    if trigger.voice == "state":
        return [(m, "state") for m in _subject(reading, trigger, triggers)]
    if trigger.word.word == "claim" and not trigger.word.tails and trigger.voice == "passive":
        return []
    if trigger.voice == "passive":
        rule = "passive" if kind == "transitive" else "subject"
        found = _subject(reading, trigger, triggers)
        if not found and kind == "transitive":
            found = _shared(reading, trigger, triggers, number, links)
        return [(m, rule) for m in found]
    return _object_or_participle(reading, trigger, triggers, number, links)


def _object_or_participle(
    reading: Reading, trigger: Trigger, triggers: list[Trigger], number: int, links: list[Link]
) -> list[tuple[Mention, str]]:
    objects = _objects(reading, trigger, triggers)
    if trigger.word.word == "claim" and not trigger.word.tails and not _claimed(reading, objects, triggers):
        return []
    if trigger.voice == "active":
        return [(m, "object") for m in objects]
    before = _mention_before(reading, trigger)
    paired = before is not None and bool(objects) and _headline_pair(reading, before, objects[0])
    own = bool(objects) and not trigger.parted and _has_own_trigger(reading, objects[0], triggers)
    if objects and not paired and not (before and own):
        return [(m, "object") for m in objects]
    if _other_object(reading, trigger):
        return []
    if before is not None:
        return [(m, "participle") for m in _leftwards(reading, before)]
    found = _shared(reading, trigger, triggers, number, links)
    if not found and reading.tokens[trigger.first].tag == "VBN":
        found = _subject(reading, trigger, triggers)
    return [(m, "participle") for m in found]


def _other_object(reading: Reading, trigger: Trigger) -> bool:
    """The verb has an object that is no mention ("captured large areas", "kidnapped them"): what stands before it acted."""
    tokens = reading.tokens
    if tokens[trigger.first].tag == "VBN" and tokens[trigger.first].dep in {"acl", "amod"}:
        return False
    return any(
        child > trigger.last and tokens[child].dep in {"dobj", "obj"} and reading.mention_of(child) is None
        for child in reading.sentence.children[trigger.first]
    )


def _claimed(reading: Reading, objects: list[Mention], triggers: list[Trigger]) -> bool:
    """ "Flood claims 11 villagers": a counted object with no outcome of its own; sources claim other things."""
    return bool(objects) and objects[0].quantity is not None and not _has_own_trigger(reading, objects[0], triggers)


def _headline_pair(reading: Reading, before: Mention, after: Mention) -> bool:
    """ "2 civilians killed 9 injured": the number behind the participle has an outcome of its own."""
    return before.quantity is not None and after.last + 1 < len(reading.low) and reading.low[after.last + 1] in {
        "injured", "wounded", "hurt", "dead", "killed", "missing", "arrested",
    }  # fmt: skip


def _objects(reading: Reading, trigger: Trigger, triggers: list[Trigger]) -> list[Mention]:
    """Mentions that are the trigger's object: by the parse, else right behind it."""
    index = trigger.last + 1
    low, tokens = reading.low, reading.tokens
    while index < len(low):
        if any(m.first == index for m in reading.mentions) or low[index] in _REFLEXIVES:
            break
        adverb = tokens[index].tag in {"RB", "RBR", "RP"}
        joined = (
            low[index] in {"and", "or", "and/or"} and index + 1 < len(low) and tokens[index + 1].tag.startswith("VB")
        )
        verb = tokens[index].tag.startswith("VB") and index > 0 and low[index - 1] in {"and", "or"}
        if not (adverb or joined or verb or low[index] in {"the", "lives", "dead", "of", '"', "“"}):
            break
        index += 1
    first = next((m for m in reading.mentions if m.first == index), None)
    if first is None and index < len(low) and low[index] in _REFLEXIVES:
        first = next((m for m in reading.mentions if m.first == index + 2 and low[index + 1] in {"and", ","}), None)
    if first is None:
        for child in reading.sentence.children[trigger.first]:
            if tokens[child].dep in {"dobj", "obj"} and child > trigger.last:
                first = reading.mention_of(child) or _through_of(reading, child)
    if first is None:
        return []
    return _rightwards(reading, first, triggers)


def _of_victims(reading: Reading, trigger: Trigger) -> list[Mention]:
    """Victims behind "of" after a noun of outcome: "the killing of two men", "bodies of five"."""
    index = trigger.last + 1
    if (
        index >= len(reading.low)
        or reading.low[index] != "of"
        or reading.low[trigger.first] in {"losses", "casualties"}
    ):
        return []
    if trigger.outcome == "missing" and not any(w in _UNKNOWN_WORDS for w in reading.low[index:]):
        return []
    first = next((m for m in reading.mentions if index < m.first <= index + 2), None)
    return _rightwards(reading, first, []) if first else []


def _subject(reading: Reading, trigger: Trigger, triggers: list[Trigger]) -> list[Mention]:
    """Mentions that are the trigger's subject: by the parse, else the nearest before it with no verb between."""
    verb = trigger.first
    beside = _beside(reading, trigger)
    if beside is not None:
        return _leftwards(reading, beside)
    parsed = _parsed_subject(reading, verb)
    if parsed is not None:
        mention = _antecedent(reading, parsed)
        if mention is not None and mention.first < trigger.first:
            right = [m for m in _rightwards(reading, mention, triggers) if m.last < trigger.first]
            return _leftwards(reading, mention) + right[1:]
        if reading.tokens[parsed].pos == "PRON" and reading.low[parsed] not in {"who", "that", "which", "whom"}:
            return []
    near = _nearest_before(reading, trigger, triggers)
    return _leftwards(reading, near) if near else []


def _beside(reading: Reading, trigger: Trigger) -> Mention | None:
    """A counted mention right before the verb group, with nothing before it that could make it a part of something else."""
    index = trigger.first - 1
    while index >= 0 and (reading.tokens[index].pos == "AUX" or reading.tokens[index].tag in {"RB", "MD"}):
        index -= 1
    mention = next((m for m in reading.mentions if m.last == index), None)
    if mention is None or mention.quantity is None or mention.quantity.article or mention.partitive:
        return None
    before = reading.low[mention.first - 1] if mention.first else ""
    blocked = mention.first and (
        reading.tokens[mention.first - 1].tag == "IN"
        and before not in {"that", "as", "while", "when", "after", "because"}
    )
    return None if blocked or before in _SUBSET_WORDS or before == "of" else mention


def _parsed_subject(reading: Reading, verb: int) -> int | None:
    tokens, children = reading.tokens, reading.sentence.children
    seen = 0
    while seen < 4:
        for child in children[verb]:
            if tokens[child].dep in _SUBJECTS and child < verb:
                return child
        token = tokens[verb]
        if token.dep in {"acl", "relcl"}:
            return token.head
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
    if reading.low[index] in {"who", "which", "that", "whom"}:
        verb = reading.tokens[index].head
        if reading.tokens[verb].dep == "relcl":
            return reading.mention_of(reading.tokens[verb].head)
        return next((m for m in reversed(reading.mentions) if m.last < index and index - m.last <= 2), None)
    return _through_of(reading, index)


def _apposed(reading: Reading, index: int) -> Mention | None:
    """The description of a named person: "Ana Ruiz, a nurse, was killed"."""
    for child in reading.sentence.children[index]:
        if reading.tokens[child].dep == "appos":
            mention = reading.mention_of(child)
            if mention and mention.quantity is not None and mention.quantity.article:
                return mention
    return None


def _through_of(reading: Reading, index: int) -> Mention | None:
    for child in reading.sentence.children[index]:
        if reading.low[child] == "of":
            for below in reading.sentence.children[child]:
                mention = reading.mention_of(below)
                if mention:
                    return mention
    return None


def _mention_before(reading: Reading, trigger: Trigger) -> Mention | None:
    """The mention that ends right before the trigger, past an adverb or "who were"."""
    back = trigger.first - 1
    while back >= 0 and (
        reading.tokens[back].tag == "RB" or reading.low[back] in {"all", "both", "also", "feared", "reported", ","}
    ):
        back -= 1
    return next((m for m in reading.mentions if m.last == back), None)


def _nearest_before(reading: Reading, trigger: Trigger, triggers: list[Trigger]) -> Mention | None:
    """The nearest mention before the trigger with no other finite verb or trigger between them."""
    low, tokens = reading.low, reading.tokens
    index = trigger.first - 1
    while index >= 0 and (tokens[index].pos == "AUX" or tokens[index].tag in {"RB", "MD"}):
        index -= 1
    while index >= 0:
        mention = reading.mention_of(index)
        if mention is not None and not mention.building:
            if (
                mention.first
                and low[mention.first - 1] in {"by", "from", "against", "near", "targeting"} | _CLAUSE_HOLDERS
            ):
                index = mention.first - 1
                continue
            return mention
        if tokens[index].tag in {"VBD", "VBZ", "VBP", "MD"} or low[index] in {
            ";",
            ":",
            "when",
            "after",
            "as",
            "while",
            "because",
        }:
            return None
        if any(t.first <= index <= t.last for t in triggers if t is not trigger and t.voice != "noun"):
            return None
        index -= 1
    return None


_CLAUSE_HOLDERS = frozenset({"to", "in", "at", "on", "with"})


def _shared(
    reading: Reading, trigger: Trigger, triggers: list[Trigger], number: int, links: list[Link]
) -> list[Mention]:
    """Victims of the verb that this one is joined to: "were seized and killed"."""
    if number == 0 or reading.low[trigger.first - 1] not in {"and", "or", ",", "then", "and/or"}:
        return []
    before = triggers[number - 1]
    if before.last < trigger.first - 4:
        return []
    return [item.mention for item in links if item.trigger is before]


def gap(reading: Reading, left: Mention, right: Mention) -> str:
    """How two neighbouring mentions are joined: "and", "part" (the right one is a part of the left one), or ""."""
    low = reading.low
    words = low[left.last + 1 : right.first]
    if right.partitive or any(word in _SUBSET_WORDS for word in words[-5:]):
        return "part"
    if len(words) > 12:
        return ""
    if words and all(word in _CONNECTORS or word in {"a", "the"} for word in words):
        return "and"
    tokens = reading.tokens[left.last + 1 : right.first]
    if (
        words
        and words[-1] in {"and", ","}
        and not any(t.tag.startswith("VB") or t.tag in {"MD", "WP", "WDT"} for t in tokens)
    ):
        return "and" if words[-1] == "and" and words[0] in {"in", "from", "at", "of", "near", "who", "on", "("} else ""
    return ""


def _rightwards(reading: Reading, first: Mention, triggers: list[Trigger]) -> list[Mention]:
    """``first`` and the mentions joined to it on the right, up to one with an outcome of its own."""
    out, left = [first], first
    for mention in reading.mentions:
        if mention.first <= left.last:
            continue
        joined = gap(reading, left, mention)
        if joined == "part":
            left = mention if gap(reading, left, mention) == "part" else left
            continue
        if joined != "and" or _has_own_trigger(reading, mention, triggers):
            break
        out.append(mention)
        left = mention
    return out


def _leftwards(reading: Reading, last: Mention) -> list[Mention]:
    """``last`` and the mentions joined to it on the left; the whole where ``last`` is a part ("six men, including a boy,")."""
    out = [last]
    right = last
    for mention in reversed(reading.mentions):
        if mention.first >= right.first:
            continue
        joined = gap(reading, mention, right)
        if mention.state or right.state:
            break
        if joined == "part" and not right.partitive:
            out = [m for m in out if m is not right] if right in out else out
            out.append(mention)
        elif joined == "and" and not right.partitive:
            out.append(mention)
        else:
            break
        right = mention
    return out


def _has_own_trigger(reading: Reading, mention: Mention, triggers: list[Trigger]) -> bool:
    """Whether ``mention`` is the subject of what follows it: "… and nine were injured", "… and 19 wounded"."""
    low, tokens = reading.low, reading.tokens
    if mention.state:
        return True
    index = mention.last + 1
    while index < len(low) and tokens[index].tag == "RB":
        index += 1
    if index >= len(low):
        return False
    if low[index] in {"was", "were", "is", "are", "have", "has", "had", "remain", "remained", "died"}:
        return True
    return any(t.first == index and t.voice in ("participle", "state", "passive") for t in triggers)
