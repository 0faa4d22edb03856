"""Tolls: a noun of counting and the number that it is put at ("the death toll rose to 61", "a toll of eight dead")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from firsthand.model import Outcome
from firsthand.resources import word_set

from .tallies_joints import rightwards
from .tallies_labels import labels
from .tallies_lexicon import outcome_words
from .tallies_reading import Link, Mention, Reading, Trigger
from .victim_classes import combined_classes

_LEADS = word_set(
    "to at of as is was were stands stood reached reaches hit hits topped exceeded exceeds passed "
    "surpassed above over : reaching hitting crossed crosses"
)
_SURPASSING = word_set("topped exceeded exceeds passed surpassed crossed crosses above over")
_RISEN = frozenset(
    ["to", "at", "reached", "reaches", "hit", "hits", "is", "was", "stands", "stood", "topped", "exceeded", "passed"]
)
_RISING = word_set(
    "risen rose rises reached reaches climbed climbs surged soared swelled mounted increased jumped stands stood put puts "
    "grown now at amount amounts amounted crossed crosses"
)
_NEAR = 8
_REACH = 40  # tokens from the noun to its number: "the toll of the raid that rebels made on a depot has risen to 9"


def add_tolls(
    reading: Reading,
    links: list[Link],
    triggers: list[Trigger],
    before: Outcome | None = None,
    *,
    after_toll: bool = False,
) -> list[Link]:
    """``links`` with the numbers of tolls; a "number of people killed" gives way to the number that it is put at. ``before``:
    the outcome of what was counted right before, which "the figure" can take up and, ``after_toll``, "it"."""
    out = list(links)
    linked = {id(item.mention) for item in links}
    revised = None
    if before is not None and not links:
        revised = (_revised(reading) if after_toll else None) or _restated(reading)
    if revised is not None and before is not None:
        out.append(Link(revised, before, "toll"))
        linked.add(id(revised))
    out = _with_tolls_of(reading, out, triggers, linked)
    total = _brought_to(reading, out)
    if total is not None and id(total.mention) not in linked:
        out.append(total)
        linked.add(id(total.mention))
    for mention, outcome in _stated_of(reading):
        if id(mention) not in linked:
            out.append(Link(mention, outcome, "toll"))
            linked.add(id(mention))
    for label in labels(reading):
        out = [i for i in out if not label.first <= i.mention.first < label.mention.first]
        for mention in rightwards(reading, label.mention, triggers):
            out = [i for i in out if i.mention is not mention]
            out.append(Link(mention, label.outcome, "toll"))
            linked.add(id(mention))
    for mention, outcome in _numbering(reading):
        if id(mention) not in linked:
            out = [i for i in out if i.mention.quantity is not None or i.outcome != outcome]  # whose dead they are
            out.append(Link(mention, outcome, "toll"))
            linked.add(id(mention))
    for outcome, last in _numbers_of(reading):
        put = _number_after(reading, last, _PUT)
        if put is not None and put.elided and id(put) not in linked:
            out.append(Link(put, outcome, "toll"))
            linked.add(id(put))
    out = _with_number_given(reading, out, links, linked)
    return sorted(out, key=lambda item: item.mention.first)


def _with_tolls_of(reading: Reading, found: list[Link], triggers: list[Trigger], linked: set[int]) -> list[Link]:
    """``found`` with the numbers of words for a toll: "a death toll of 40". What they link is added to ``linked``."""
    out = list(found)
    for trigger in triggers:
        if trigger.word.kind != "toll" and not _counting(reading, trigger):
            continue
        mention = _number_after(reading, trigger.last, _LEADS)
        if mention is not None and id(mention) not in linked:
            if mention.classes == ("people",):
                mention.classes = combined_classes(_qualifiers(reading, trigger), mention.classes)
            out.append(Link(mention, _said_behind(reading, mention) or trigger.outcome, "toll", trigger))
            linked.add(id(mention))
            _surpassed(reading, mention)
        elif mention is not None:  # "a toll of 28 dead"
            out = [replace(i, rule="toll") if i.mention is mention and i.rule == "state" else i for i in out]
    return out


def _with_number_given(reading: Reading, found: list[Link], links: list[Link], linked: set[int]) -> list[Link]:
    """``found`` with each "number of people killed" of ``links`` replaced by the number that it is put at. ``linked`` are the
    mentions, by identity, that have an outcome already."""
    out = list(found)
    for item in links:
        quantity = item.mention.quantity
        if quantity is None or not quantity.vague or "number of" not in quantity.text.lower():
            continue
        mention = _number_after(reading, item.mention.last, _RISEN)
        if mention is not None and any(other.mention is mention for other in out):
            out = [other for other in out if other.mention is not item.mention]
        elif mention is not None and mention.elided and id(mention) not in linked:
            mention.classes, mention.elided = item.mention.classes, False
            out = [other for other in out if other.mention is not item.mention]
            out.append(Link(mention, _said_behind(reading, mention) or item.outcome, "toll", item.trigger))
    return out


def _stated_of(reading: Reading) -> Iterator[tuple[Mention, Outcome]]:
    """ "The dead are four women and a boy", "the injured persons were 14": a number said of those whom a word of outcome names."""
    low = reading.low
    for index in range(len(low) - 3):
        if low[index] not in _WHOSE or low[index + 1 + (low[index + 1] == "own")] not in outcome_words():
            continue
        index += low[index + 1] == "own"  # "the army put its own dead at two"
        state = next((e.outcome for e in outcome_words()[low[index + 1]] if e.kind == "state"), None)
        if state is None or (index and low[index - 1] in {"among", "amongst", "of"}):
            continue
        verb = index + 2 + (low[index + 2] in _PERSONS)
        if low[verb : verb + 1] not in {("are",), ("were",), ("number",), ("numbered",), ("at",)}:
            continue
        mention = next((m for m in reading.mentions if m.first == verb + 1), None)
        if (
            mention is not None
            and mention.quantity is not None
            and mention.state is None
            and not mention.quantity.article
        ):
            yield mention, state


_WHOSE = frozenset({"the", "its", "their", "his"})
_PERSONS = frozenset({"persons", "people", "ones"})


def _numbering(reading: Reading) -> Iterator[tuple[Mention, Outcome]]:
    """ "Enemy dead in the valley now number 3,600": the verb of counting behind those whom a word of outcome names."""
    low = reading.low
    for mention in reading.mentions:
        at = mention.first - 1
        counted = mention.quantity is not None and mention.elided and at > 0 and low[at] in _COUNT_VERBS
        if not counted or not (reading.tokens[at].tag.startswith("VB") or reading.tokens[at - 1].tag == "RB"):
            continue
        for index in range(at - 1, max(-1, at - _NEAR), -1):
            if reading.tokens[index].tag in {"VBD", "VBZ", "VBP", "MD"} or low[index] in {",", ";"}:
                break
            state = next(
                (e.outcome for e in outcome_words().get(low[index], ()) if e.kind == "state" and not e.tails), None
            )
            if state is not None:
                yield mention, state
                break


_COUNT_VERBS = frozenset({"number", "numbers", "numbered", "total", "totals", "totalled", "totaled"})


def _said_behind(reading: Reading, mention: Mention) -> Outcome | None:
    """ "Put the casualties at six dead": the outcome right behind the number."""
    behind = reading.low[mention.last + 1 : mention.last + 2]
    if not behind or mention.state is not None:
        return None
    return next((entry.outcome for entry in outcome_words().get(behind[0], ()) if entry.kind == "state"), None)


def _numbers_of(reading: Reading) -> list[tuple[Outcome, int]]:
    """ "The number killed", "the count of those wounded", "number of dead": the outcome, and the index of its word."""
    low = reading.low
    out: list[tuple[Outcome, int]] = []
    for index in range(len(low) - 1):
        if low[index] not in _NUMBERS or (index and low[index - 1] not in {"the", "its", "their"}):
            continue
        here = index + 1
        while here < len(low) and low[here] in {"of", "those", "the"}:
            here += 1
        state = (
            next((w for w in outcome_words().get(low[here], ()) if w.kind == "state"), None)
            if here < len(low)
            else None
        )
        if state is not None:
            out.append((state.outcome, here))
    return out


def _revised(reading: Reading) -> Mention | None:
    """ "This was later raised to 82", "the figure was revised to 11": the new number of a toll told before."""
    opening = reading.low[1] if reading.low[:1] == ("the",) and len(reading.low) > 1 else reading.low[0]
    if opening not in _IT:
        return None
    at = next((i for i, word in enumerate(reading.low[:_NEAR]) if word in _REVISED), None)
    mention = next((m for m in reading.mentions if at is not None and m.first > at), None)
    counted = mention is not None and mention.quantity is not None and not mention.quantity.vague
    if at is None or mention is None or not counted or mention.first > at + 4:
        return None
    return mention if reading.low[mention.first - 1] in {"to", "at"} and mention.elided else None


def _restated(reading: Reading) -> Mention | None:
    """ "A consul put the figure at 60", "lawyers say the number is closer to 200": another's number for those counted before."""
    low = reading.low
    for index in range(1, len(low) - 2):
        if low[index] not in _NUMBERS or low[index - 1] != "the" or low[index + 1] not in _PUT:
            continue
        mention = next((m for m in reading.mentions if m.first > index), None)
        if mention is None or mention.quantity is None or mention.quantity.vague or not mention.elided:
            return None
        between = low[index + 1 : mention.first]
        return mention if len(between) <= _SHORT and set(between) <= _PUT | _CLOSER else None
    return None


_SHORT = 4  # tokens: "is closer to", "at some"
_CLOSER = frozenset({"closer", "nearer", "much", "higher", "lower", "now", "actually", "really", "rather"})
_NUMBERS = frozenset({"number", "count", "total", "figure"})
_PUT = frozenset({"at", "to", "as", "is", "was"})
_IT = frozenset({"this", "it", "that", "figure", "number", "count", "tally", "toll", "total"})
_REVISED = word_set("raised revised updated increased lowered cut adjusted rose risen climbed corrected put upped")


def _qualifiers(reading: Reading, trigger: Trigger) -> tuple[str, ...]:
    """Words that qualify the toll itself: "the civilian death toll"."""
    first = trigger.first
    while first > 0 and (
        reading.low[first - 1] == "death"
        or reading.tokens[first - 1].pos == "ADJ"
        or reading.low[first - 1] == "civilian"
    ):
        first -= 1
    return reading.low[first : trigger.first]


def _counting(reading: Reading, trigger: Trigger) -> bool:
    """ "Deaths rose to 40": a noun of outcome with a verb of counting right behind it."""
    near = reading.low[trigger.last + 1 : trigger.last + 4]
    who = reading.tokens[trigger.first - 1].pos if trigger.first else "NOUN"
    if reading.low[trigger.last] == "dead" and near[:1] == ("at",) and who in {"NOUN", "PROPN"}:
        return False  # "Singer dead at 61": an age; "put its own dead at four" is none
    return (
        trigger.word.kind == "counted"
        and bool(near)
        and near[0] in _RISING | {"have", "has"}
        and not _RISING.isdisjoint(near)
    )


def _brought_to(reading: Reading, links: Sequence[Link]) -> Link | None:
    """ "Six more bodies were found, bringing the total to 40", "bringing to 40 the number killed": the sum of those told of right
    before."""
    low = reading.low
    for index in range(len(low) - 3):
        if low[index] not in _BRINGING:
            continue
        last = index + 2 if low[index + 1] == "the" and low[index + 2] in _SUMS else index
        if (
            last > index and low[last + 1] == "of"
        ):  # "the number of children killed": whose number it is, says what it is of
            continue
        mention = next((m for m in reading.mentions if m.first > last), None)
        told = next((item for item in reversed(links) if item.mention.last < index), None)
        if mention is None or told is None or low[mention.first - 1] != "to" or mention.first > last + _NEAR:
            continue
        behind = low[mention.last + 1 : mention.last + 5]
        if last > index or (behind[:1] == ("the",) and not _SUMS.isdisjoint(behind)):
            return Link(mention, told.outcome, "toll")
    return None


_SUMS = frozenset({"total", "tally", "count", "number", "figure", "toll"})
_BRINGING = word_set("bringing brings brought taking takes took raising raises raised pushing pushes pushed")


def _surpassed(reading: Reading, mention: Mention) -> None:
    """ "The toll has passed 160" says that it is more."""
    quantity = mention.quantity
    exact = quantity is not None and quantity.low == quantity.high and not quantity.approx
    if quantity is not None and exact and quantity.low and reading.low[mention.first - 1] in _SURPASSING:
        mention.quantity = replace(quantity, low=quantity.low + 1, high=None)


def _risen(reading: Reading, index: int, mention: Mention) -> bool:
    """Far from its noun a number is the toll's only where a verb of counting leads to it."""
    return any(word in _RISING for word in reading.low[max(index, mention.first - 5) : mention.first])


def _number_after(reading: Reading, index: int, leads: frozenset[str]) -> Mention | None:
    """The first counted mention behind ``index`` that one of ``leads`` introduces; "from 3 to 11" gives 11."""
    for mention in reading.mentions:
        if (
            mention.first <= index
            or mention.first > index + _REACH
            or mention.quantity is None
            or mention.quantity.vague
        ):
            continue
        before = reading.low[mention.first - 1]
        if before == "from" or mention.quantity.article:
            continue
        near = mention.first <= index + _NEAR
        if near and reading.low[mention.first] == "estimated":
            return mention
        if before in leads or (near and any(word in leads for word in reading.low[mention.first - 3 : mention.first])):
            return mention if near or _risen(reading, index, mention) else None
        if near:
            return None
    return None
