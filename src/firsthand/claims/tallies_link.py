"""Which mention an outcome befell.

``link`` joins the triggers of a sentence to its mentions: by the verb's object or subject where the parse has one, else by the
order of the words, which holds in headlines and in texts that have lost their commas. Mentions joined by "and" share what
befell one of them. Victims that stand for a part of others ("including five medics") are joined in ``tallies_parts``.
"""

from __future__ import annotations

from dataclasses import replace

from firsthand.model import VICTIM_CLASSES, Outcome
from firsthand.resources import word_set

from .tallies_carried import elsewhere, verb_left_out
from .tallies_joints import gap, has_own_trigger, leftwards, rightwards
from .tallies_phrases import FAMILIES, SUBSET_WORDS, noun_at
from .tallies_reading import Link, Mention, Reading, Trigger
from .tallies_roles import doers_of, has_other_object, mention_before, objects_of, subjects_of, victims_of_noun
from .tallies_triggers import OF_THINGS_TOO, find_triggers
from .victim_classes import is_armed_body

#: Below this many, "fled" tells of people running, not of people driven out; families and villages are more.
_MANY = 10
_LEFT = frozenset({"flee", "expulsion", "eviction", "deportation"})
_HOMES = word_set(
    "home homes house houses village villages town towns city cities country region district province area areas camp camps "
    "fighting violence clashes war offensive bombardment shelling advance abroad"
)


def link(reading: Reading) -> tuple[list[Link], list[Trigger]]:
    """Links of the sentence in text order, and its triggers."""
    triggers = find_triggers(reading)
    links: list[Link] = []
    for number, trigger in enumerate(triggers):
        if not trigger.factual or trigger.negated:
            continue
        for mention, rule in _victims(reading, trigger, triggers, number, links):
            if fits(reading, mention, trigger):
                links.append(Link(mention, trigger.outcome, rule, trigger))
    _uncount_families(reading, links)
    links = _fatally(reading, links)
    for mention in reading.mentions:
        if mention.state and mention.kind != "plural":  # "injured villagers lay in the yard" counts nobody
            links.append(Link(mention, mention.state, "counted_noun" if mention.counted_noun else "state_modifier"))
    links = elsewhere(reading, sorted(links, key=lambda item: item.mention.first))
    links = verb_left_out(reading, links)
    return _settled(reading, _spelt_out(reading, _told_together(reading, links))), triggers


def _uncount_families(reading: Reading, links: list[Link]) -> None:
    """ "The raid killed two families": nobody says how many people. Those who fled are counted by families as a rule."""
    for item in links:
        mention = item.mention
        if item.outcome == "displaced" or mention.quantity is None or reading.low[mention.head] not in FAMILIES:
            continue
        if mention.quantity.span.start < reading.tokens[mention.head].start:  # unlike "a family of six"
            mention.quantity, mention.kind = None, "plural"
            mention.count_span = reading.span(mention.first, mention.last)


def _fatally(reading: Reading, links: list[Link]) -> list[Link]:
    """ "Six people were shot, one fatally": of those hit before, one died."""
    out = links
    for mention in reading.mentions:
        after = reading.low[mention.last + 1 : mention.last + 3]
        if after[:1] != ("fatally",) or mention.quantity is None or (len(after) > 1 and after[1].isalpha()):
            continue
        hit = next((i for i in reversed(out) if i.mention.last < mention.first and i.outcome == "wounded"), None)
        if hit is not None:
            out = [item for item in out if item.mention is not mention]
            out.append(Link(mention, "killed", "part", None, hit.mention))
    return out


def _told_together(reading: Reading, links: list[Link]) -> list[Link]:
    """Single persons that one "and" joins are one count: "the driver and another man were killed" 2."""
    out: list[Link] = []
    for item in links:
        before = out[-1] if out else None
        joined = (
            before is not None
            and before.trigger is item.trigger is not None
            and _one_by_one(before.mention)
            and _one_by_one(item.mention)
            and before.mention.last < item.mention.first
            and gap(reading, before.mention, item.mention) == "and"
        )
        if before is None or not joined:
            out.append(item)
            continue
        first, second = before.mention, item.mention
        both = replace(
            first, last=second.last, kind="definite", quantity=None, count_span=reading.span(first.first, second.last),
            classes=tuple(c for c in VICTIM_CLASSES if c in (*first.classes, *second.classes)),
            persons=first.persons + second.persons,
        )  # fmt: skip
        out[-1] = replace(before, mention=both)
        reading.mentions = [both if m is first else m for m in reading.mentions if m is not second]
    return out


def _spelt_out(reading: Reading, links: list[Link]) -> list[Link]:
    """ "Three people, two men and a woman, died": a list right behind a number that it adds up to tells who they were."""
    for position, item in enumerate(links):
        total = item.mention.quantity.low if item.mention.quantity is not None else None
        if total is None or total < 2 or item.whole is not None:
            continue
        run: list[Link] = []
        for other in links[position + 1 :]:
            if (
                other.trigger is not item.trigger
                or other.whole is not None
                or not _same_people(item.mention, other.mention)
            ):
                break
            run.append(other)
            counted = sum(_number(link.mention) for link in run)
            if counted >= total:
                break
        if run and counted == total and _introduced(reading, item, run[0].mention):
            for other in run:
                other.whole = item.mention
    return links + _spelt_out_behind(reading, links)


def _spelt_out_behind(reading: Reading, links: list[Link]) -> list[Link]:
    """ "Three people were killed, two men and a woman": the same list behind the verb, which tells of nobody new."""
    out: list[Link] = []
    taken = {id(item.mention) for item in links}
    for item in links:
        total = item.mention.quantity.low if item.mention.quantity is not None else None
        if total is None or total < 2 or item.whole is not None:
            continue
        run: list[Mention] = []
        for mention in reading.mentions:
            if mention.first <= item.end:
                continue
            joined = _introduced(reading, item, mention) if not run else gap(reading, run[-1], mention) == "and"
            if not joined or id(mention) in taken or not _number(mention) or not _same_people(item.mention, mention):
                break
            run.append(mention)
        if len(run) > 1 and sum(map(_number, run)) == total:
            out += [Link(mention, item.outcome, "part", item.trigger, item.mention) for mention in run]
    return out


def _introduced(reading: Reading, item: Link, first: Mention) -> bool:
    """Whether nothing but a mark stands between the number, or its verb, and the list."""
    for start in (item.mention.last + 1, item.end + 1):
        words = reading.low[start : first.first]
        if words and words[0] in _MARKS and (len(words) == 1 or words[1:] in (("namely",), ("all",))):
            return True
    return item.trigger is None and reading.low[first.first - 1] in _MARKS and first.first - item.mention.last <= 4


_MARKS = frozenset({",", "-", "–", "—", "--", ":", "("})


def _number(mention: Mention) -> int:
    if mention.quantity is not None:
        return mention.quantity.low or 0
    return mention.persons if mention.kind in ("definite", "named") else 0


def _same_people(whole: Mention, part: Mention) -> bool:
    """Whether those of ``part`` can be some of ``whole``: "ten soldiers, five nurses" are two kinds of people."""
    general = {"people", "civilians"}.intersection(whole.classes)
    return bool(general) or not set(whole.classes).isdisjoint(part.classes) or part.classes == ("people",)


def _one_by_one(mention: Mention) -> bool:
    return mention.kind == "definite" or (mention.quantity is not None and mention.quantity.text.lower() == "another")


def _leaves_home(reading: Reading, mention: Mention, trigger: Trigger) -> bool:
    """Displaced are many, or those who leave home or flee fighting; one who runs from a scene is not."""
    quantity = mention.quantity
    many = quantity is not None and (quantity.vague or (quantity.low or quantity.high or 0) >= _MANY)
    behind = reading.low[trigger.last + 1 : trigger.last + 7]
    if mention.classes == ("fighters",):
        return False  # fighters who flee withdraw
    return "scene" not in behind and (many or not _HOMES.isdisjoint(behind))


def _loss_of_life(reading: Reading, mention: Mention, trigger: Trigger) -> bool:
    """An army that loses soldiers, or just men, and parents who lose children lose them to death; a club that loses members need
    not."""
    if mention.quantity is None:
        return False
    if not {"fighters", "children"}.isdisjoint(mention.classes):
        return True
    if "women" in mention.classes or not mention.sure or not _armed_doers(reading, trigger):
        return False
    mention.classes = ("fighters",)
    return True


def _led_away(reading: Reading, trigger: Trigger) -> bool:
    """Ambulances and parents take people away too."""
    if trigger.voice != "passive" and doers_of(reading, trigger):
        return _armed_doers(reading, trigger)
    return _CARRIED_AWAY.isdisjoint(reading.low)


_CARRIED_AWAY = word_set(
    "ambulance ambulances stretcher stretchers hospital body bodies corpse corpses remains coffin morgue"
)


def _armed_doers(reading: Reading, trigger: Trigger) -> bool:
    """Whether the subject of an active verb names armed people or a body of them."""
    groups = [name.span for name in reading.names if name.kind == "group"]
    return any(
        is_armed_body(reading.low[index])
        or any(span.overlaps(reading.tokens[index].span) for span in groups)
        or ((noun := noun_at(reading.low, index)) is not None and "fighters" in noun.classes)
        for index in doers_of(reading, trigger)
    )


def fits(reading: Reading, mention: Mention, trigger: Trigger) -> bool:
    """Buildings are destroyed and people are not; only people suffer everything else."""
    if trigger.outcome == "destroyed":
        return mention.building
    if (
        trigger.word.word == "shoot"
        and mention.elided
        and reading.low[trigger.last + 1 : trigger.last + 2] == ("down",)
    ):
        return False  # aircraft
    if trigger.word.word in _LEFT and not _leaves_home(reading, mention, trigger):
        return False
    if trigger.word.word == "lose" and not trigger.word.tails and not _loss_of_life(reading, mention, trigger):
        return False
    if trigger.word.tails == (("away",),) and not _led_away(reading, trigger):
        return False
    of_persons = trigger.word.tails and trigger.outcome == "killed" and trigger.word.word in {"shoot", "stab", "beat"}
    if mention.quantity is None and "any" in reading.low[max(0, mention.first - 1) : mention.first + 1]:
        return False  # "the names of any civilians killed"
    if not mention.sure and not of_persons and (trigger.word.word in OF_THINGS_TOO or trigger.word.kind == "event"):
        return False  # "executed two manoeuvres", "the death of two plans"
    return not mention.building


def _settled(reading: Reading, links: list[Link]) -> list[Link]:
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
            uncounted = killed.mention.quantity is None or killed.mention.quantity.vague
            joined = killed.trigger and wounded.trigger and abs(killed.trigger.first - wounded.trigger.first) <= 3
            if joined and killed.trigger and wounded.trigger and wounded.trigger.word.word not in {"shoot", "stab"}:
                # "Many were killed and injured" says both of some; "40 were killed and injured" divides the 40 nowhere.
                both = uncounted and "or" not in reading.low[killed.trigger.first : wounded.trigger.first]
                kept = items if both else [replace(killed, outcome="casualties", rule="killed_or_wounded")]
            else:
                kept = [item for item in items if item.outcome != "wounded"]
        seen: set[Outcome] = set()
        for item in sorted(kept, key=_shot_last):
            if item.outcome not in seen:
                seen.add(item.outcome)
                out.append(item)
    return sorted(out, key=lambda item: item.mention.first)


def _shot_last(item: Link) -> bool:
    """ "Shot and wounded" is wounded."""
    return item.trigger is not None and item.trigger.word.word in {"shoot", "stab"}


def _victims(
    reading: Reading, trigger: Trigger, triggers: list[Trigger], number: int, links: list[Link]
) -> list[tuple[Mention, str]]:
    kind = trigger.word.kind
    if kind in ("counted", "event"):
        return [(m, "event_of") for m in victims_of_noun(reading, trigger, triggers)]
    if kind == "toll":
        return []
    if trigger.voice == "state":
        return [(m, "state") for m in subjects_of(reading, trigger, triggers)]
    if trigger.word.word == "claim" and not trigger.word.tails and trigger.voice == "passive":
        return []
    inverted = _inverted(reading, trigger, triggers) if kind == "transitive" else []
    if inverted:
        return [(m, "passive") for m in inverted]
    if trigger.voice == "passive":
        rule = "passive" if kind == "transitive" else "subject"
        found = subjects_of(reading, trigger, triggers)
        if not found:
            found = _pronoun_in_company(reading, trigger, triggers)
        if not found and kind == "transitive":
            found = _shared(reading, trigger, triggers, number, links)
        beside = [*_accompanied(reading, trigger, triggers, found), *_likewise(reading, trigger, found)]
        return [(m, rule) for m in [*found, *(m for m in beside if m not in found)]]
    return _object_or_participle(reading, trigger, triggers, number, links)


def _pronoun_in_company(reading: Reading, trigger: Trigger, triggers: list[Trigger]) -> list[Mention]:
    """ "He was killed together with a cousin": the pronoun counts where others are counted beside it."""
    index = next(
        (
            child
            for child in reading.sentence.children[trigger.first]
            if reading.low[child] in {"he", "she"} and reading.tokens[child].dep in {"nsubjpass", "nsubj"}
        ),
        None,
    )
    if index is None:
        return []
    mention = Mention(index, index, index, "definite", None, ("people",), reading.tokens[index].span)
    if not _accompanied(reading, trigger, triggers, [mention]):
        return []
    reading.mentions.append(mention)
    reading.mentions.sort(key=lambda m: m.first)
    return [mention]


def _accompanied(reading: Reading, trigger: Trigger, triggers: list[Trigger], found: list[Mention]) -> list[Mention]:
    """ "was killed together with a cousin and ten others": who shared it, behind the verb."""
    low, start = reading.low, trigger.last + 1
    if not found:
        return []
    if (
        low[start : start + 1] == ("and",)
        and reading.tokens[start + 1 : start + 2]
        and reading.tokens[start + 1].tag == "VBN"
    ):
        start += 2  # "was killed and burnt along with her driver"
    for index in range(start, min(start + _LONGEST_PLACE + 5, len(low))):
        if low[index] == "alongside" or low[index : index + 2] in (("along", "with"), ("together", "with")):
            first = next((m for m in reading.mentions if index < m.first <= index + 3), None)
            return rightwards(reading, first, triggers) if first is not None and first not in found else []
        if reading.tokens[index].pos in {"VERB", "AUX"} or (
            reading.tokens[index].pos == "PUNCT" and (low[index] != "," or index > start)
        ):
            break
    return []


def _likewise(reading: Reading, trigger: Trigger, found: list[Mention]) -> list[Mention]:
    """ "A nurse was killed, as were two patients", "and so was a villager"."""
    low = reading.low
    for index in range(trigger.last + 1, min(trigger.last + 6, len(low) - 2)) if found else ():
        if low[index] in {"as", "so"} and low[index + 1] in {"was", "were"}:
            first = next((m for m in reading.mentions if index + 2 <= m.first <= index + 3), None)
            return rightwards(reading, first, []) if first is not None else []
    return []


def _object_or_participle(
    reading: Reading, trigger: Trigger, triggers: list[Trigger], number: int, links: list[Link]
) -> list[tuple[Mention, str]]:
    objects = objects_of(reading, trigger, triggers)
    if trigger.word.word == "claim" and not trigger.word.tails and not _claimed(reading, objects, triggers):
        return []
    if trigger.voice == "active":
        return [(m, "object") for m in objects]
    before = mention_before(reading, trigger)
    paired = before is not None and bool(objects) and _headline_pair(reading, before, objects[0])
    own = bool(objects) and not trigger.parted and has_own_trigger(reading, objects[0], triggers)
    if objects and not paired and not (before and own):
        return [(m, "object") for m in objects]
    if has_other_object(reading, trigger):
        return []
    if before is not None:
        return [(m, "participle") for m in leftwards(reading, before)]
    found = _shared(reading, trigger, triggers, number, links)
    if not found and (reading.tokens[trigger.first].tag == "VBN" or _joined_to_passive(reading, trigger)):
        found = subjects_of(reading, trigger, triggers)
    return [(m, "participle") for m in found if not _of_those(reading, m, trigger)]


def _joined_to_passive(reading: Reading, trigger: Trigger) -> bool:
    """ "Three were tried and shot": the auxiliary of the verb that it is joined to is its own too."""
    token = reading.tokens[trigger.first]
    between = reading.low[token.head + 1 : trigger.first]
    if token.dep != "conj" or between[-1:] not in (("and",), ("then",)) or not SUBSET_WORDS.isdisjoint(between):
        return False
    return any(reading.tokens[child].dep == "auxpass" for child in reading.sentence.children[token.head])


# Whose "of those killed" tells of the dead, not of themselves: "the brother of those killed".
_BEREAVED = word_set(
    "brother brothers sister sisters mother mothers father fathers parents son sons daughter daughters cousin cousins uncle aunt "
    "wife wives husband husbands widow widows relative relatives family families friend friends colleagues"
)


def _of_those(reading: Reading, before: Mention, trigger: Trigger) -> bool:
    near = reading.low[max(0, trigger.first - 2) : trigger.first]
    return near in {("of", "those"), ("of", "people")} and reading.low[before.head] in _BEREAVED


def _inverted(reading: Reading, trigger: Trigger, triggers: list[Trigger]) -> list[Mention]:
    """ "Killed in the ambush were a guide and two porters": the participle opens its clause, the victims close it."""
    low, index = reading.low, trigger.last + 1
    before = low[trigger.first - 1] if trigger.first else ""
    if trigger.voice not in ("participle", "passive") or (
        trigger.first and before not in {",", ";", "while", "and", "also", "as"}
    ):
        return []
    while index < min(trigger.last + _LONGEST_PLACE, len(low)) and low[index] not in {"were", "was", "are"}:
        if reading.tokens[index].pos in {"VERB", "AUX", "PUNCT"} or low[index] in {"and", "who"}:
            return []
        index += 1
    if index >= len(low) or low[index] not in {"were", "was", "are"}:
        return []
    first = next((m for m in reading.mentions if index < m.first <= index + _LONGEST_PLACE), None)
    between = reading.tokens[index + 1 : first.first] if first is not None else ()
    named = all(token.pos in {"PROPN", "CCONJ", "PUNCT"} for token in between)
    return rightwards(reading, first, triggers) if first is not None and named else []


_LONGEST_PLACE = 10  # tokens from a fronted participle to its "were"


def _claimed(reading: Reading, objects: list[Mention], triggers: list[Trigger]) -> bool:
    """ "Flood claims 11 villagers": a counted object with no outcome of its own; sources claim other things."""
    return bool(objects) and objects[0].quantity is not None and not has_own_trigger(reading, objects[0], triggers)


def _headline_pair(reading: Reading, before: Mention, after: Mention) -> bool:
    """ "2 civilians killed 9 injured": the number behind the participle has an outcome of its own."""
    return before.quantity is not None and after.last + 1 < len(reading.low) and reading.low[after.last + 1] in {
        "injured", "wounded", "hurt", "dead", "killed", "missing", "arrested",
    }  # fmt: skip


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
