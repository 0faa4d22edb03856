"""Numbers that are a part of another: "including five medics", "two of them", "among the dead were three nurses"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from firsthand.model import VICTIM_CLASSES, Outcome

from .tallies_joints import gap
from .tallies_lexicon import outcome_words
from .tallies_phrases import phrase_at
from .tallies_reading import Link, Mention, Reading

_BE = frozenset({"was", "were", "is", "are", "be", "been"})
_INCLUDE = frozenset({"included", "include", "includes", "including"})
_OPENING = 9  # tokens up to the comma of "of the eleven young people killed,"


def add_parts(reading: Reading, links: list[Link], before: Outcome | None) -> list[Link]:
    """``links`` with those of parts that have no word of outcome of their own. ``before``: the outcome of the tally before."""
    linked = {id(item.mention): item for item in links}
    whole: Link | None = None
    out = list(links)
    for position, mention in enumerate(reading.mentions):
        item = linked.get(id(mention))
        if item is not None:
            if whole is not None and mention.partitive and item.outcome == whole.outcome:
                item.whole = whole.mention
            elif not mention.partitive:
                whole = item
            continue
        part = _among_those(reading, position, linked, whole, before)
        if part is None and whole is not None and _vague_share(mention):
            classes = (*whole.mention.classes, *mention.classes)
            whole.mention.classes = tuple(c for c in VICTIM_CLASSES if c in classes)
        elif part is None:
            part = _told_as_part(reading, position, linked, whole, before)
        if part is not None:
            out.append(part)
            linked[id(mention)] = part
    out += _shares(reading, linked, before)
    out += _most_of(reading, linked)
    out += _named_together(reading, linked)
    out += _in_brackets(reading, linked)
    return sorted(out, key=lambda item: item.mention.first)


def _among_those(
    reading: Reading, position: int, linked: dict[int, Link], whole: Link | None, before: Outcome | None
) -> Link | None:
    """ "Two nurses were among the dead", "among the ten people killed": with the outcome of those."""
    mention = reading.mentions[position]
    outcome = _resumed(reading, mention, before)
    if outcome is None:
        return None
    larger = _among_counted(reading, mention, linked)
    if larger is not None:
        return Link(mention, larger.outcome, "among", None, _inside(reading, position, linked) or larger.mention)
    return Link(mention, outcome, "among", None, whole.mention if whole and whole.outcome == outcome else None)


def _vague_share(mention: Mention) -> bool:
    """ "Many of them children": no count, but it tells of whom the whole was."""
    vague = mention.quantity is not None and mention.quantity.vague
    return mention.partitive and vague and not mention.elided


def _told_as_part(
    reading: Reading, position: int, linked: dict[int, Link], whole: Link | None, before: Outcome | None
) -> Link | None:
    """A number that stands as a part beside the whole, beside another part, or under the tally before."""
    mention = reading.mentions[position]
    if whole is not None and _told_apart(reading, whole.mention, position):
        return Link(mention, whole.outcome, "part", whole.trigger, whole.mention)
    if position and _part_of(reading, position, linked):
        beside = linked[id(reading.mentions[position - 1])]
        bearer = whole or beside
        return Link(mention, bearer.outcome, "part", bearer.trigger, whole.mention if whole else beside.whole)
    if before is not None and _included(reading, position, linked):
        return Link(mention, before, "part")
    return None


def _included(reading: Reading, position: int, linked: dict[int, Link]) -> bool:
    """ "The civilians included three children": people told of before, told apart."""
    mention = reading.mentions[position]
    if position == 0 or mention.quantity is None:
        return False
    before = reading.mentions[position - 1]
    item = linked.get(id(before))
    if item is not None:
        return item.rule == "part" and item.trigger is None and gap(reading, before, mention) == "and"
    words = reading.low[before.last + 1 : mention.first]
    return (
        before.kind == "plural"
        and reading.low[before.first] == "the"
        and any(w in {"included", "include"} for w in words)
    )


def _named_together(reading: Reading, linked: dict[int, Link]) -> list[Link]:
    """ "A girl and her grandmother were among the dead": the girl too."""
    out = []
    for left, right in pairwise(reading.mentions):
        item = linked.get(id(right))
        counted = left.kind in ("single", "definite", "count") and not left.partitive
        if (
            item is not None
            and item.rule == "among"
            and counted
            and id(left) not in linked
            and gap(reading, left, right) == "and"
        ):
            out.append(Link(left, item.outcome, "among", None, item.whole))
    return out


def _in_brackets(reading: Reading, linked: dict[int, Link]) -> list[Link]:
    """ "Killed: 5 (3 guards, 2 nurses)": a list right behind a number that it adds up to."""
    out: list[Link] = []
    for position, whole in enumerate(reading.mentions):
        item, run = linked.get(id(whole)), list[Mention]()
        if item is None or reading.low[whole.last + 1 : whole.last + 2] != ("(",):
            continue
        for mention in reading.mentions[position + 1 :]:
            start = run[-1].last + 1 if run else whole.last + 2
            if mention.quantity is None or set(reading.low[start : mention.first]) - {",", "and", "&", ";"}:
                break
            run.append(mention)
        counts = [m.quantity.low or 0 for m in run if m.quantity is not None]
        if run and item.mention.quantity is not None and sum(counts) == item.mention.quantity.low:
            out += [Link(m, item.outcome, "part", item.trigger, whole) for m in run if id(m) not in linked]
    return out


def _shares(reading: Reading, linked: dict[int, Link], before: Outcome | None) -> list[Link]:
    """ "Of the 11 people killed, eight were civilians and three soldiers", "of the dead, two were children": parts of what the
    sentence opens with."""
    low = reading.low
    comma = low.index(",") if "," in low[:_OPENING] else 0
    if low[0] != "of" or comma < 2:
        return []
    whole = next((linked[id(m)] for m in reading.mentions if m.last < comma and id(m) in linked), None)
    outcome = whole.outcome if whole is not None else _state_after(reading, 1, before)
    out: list[Link] = []
    for mention in reading.mentions:
        counted = mention.first > comma and id(mention) not in linked and mention.quantity is not None
        if outcome is None or not counted or mention.building:
            continue
        said = phrase_at(reading, mention.last + 2, {}, plural=None) if _is_said(low, mention) else None
        if said is not None and said.sure:
            mention.classes = said.classes
        elif not (out and gap(reading, out[-1].mention, mention) in ("and", "") and not mention.elided):
            continue
        out.append(Link(mention, outcome, "among", None, whole.mention if whole is not None else None))
        linked[id(mention)] = out[-1]
    return out


def _is_said(low: Sequence[str], mention: Mention) -> bool:
    """ "Eight were …": a bare number of whom the next words tell who they were."""
    return mention.elided and low[mention.last + 1 : mention.last + 2] in (("were",), ("was",))


def _most_of(reading: Reading, linked: dict[int, Link]) -> list[Link]:
    """ "Most of the 50 fighters killed": the share has the outcome of what it is a share of."""
    out = []
    for position, mention in enumerate(reading.mentions[:-1]):
        inner = reading.mentions[position + 1]
        if mention.partitive and mention.head == inner.head and id(mention) not in linked and id(inner) in linked:
            item = linked[id(inner)]
            out.append(Link(mention, item.outcome, "part", item.trigger, inner))
    return out


def _told_apart(reading: Reading, whole: Mention, position: int) -> bool:
    """ "Nine members of the Tor family, including a nurse": what stands between is nobody's count."""
    mention, before = reading.mentions[position], reading.mentions[position - 1]
    between = before is not whole and before.first > whole.last and before.quantity is None
    return position > 0 and between and not mention.partitive and gap(reading, before, mention) == "part"


def _part_of(reading: Reading, position: int, linked: dict[int, Link]) -> bool:
    """Whether the mention at ``position`` stands for a part of the linked one before it, or beside another such part."""
    mention, before = reading.mentions[position], reading.mentions[position - 1]
    item = linked.get(id(before))
    if item is None or mention.building:
        return False
    joined = gap(reading, before, mention)
    return joined == "part" or (joined == "and" and item.rule in ("part", "among"))


def _among_counted(reading: Reading, mention: Mention, linked: dict[int, Link]) -> Link | None:
    """ "Three nurses were among ten people killed": the link of the ten."""
    end = _list_end(reading, mention)
    after = reading.low[end : end + 12]
    if "among" not in after:
        return None
    start = end + after.index("among")
    larger = next((m for m in reading.mentions if start < m.first <= start + 3), None)
    return linked.get(id(larger)) if larger is not None else None


def _inside(reading: Reading, position: int, linked: dict[int, Link]) -> Mention | None:
    """ "Four villagers including a boy were among ten dead": for the boy, the four."""
    if position == 0:
        return None
    before = reading.mentions[position - 1]
    item = linked.get(id(before))
    told = item is not None and item.rule == "among"
    return before if told and gap(reading, before, reading.mentions[position]) == "part" else None


def _list_end(reading: Reading, mention: Mention) -> int:
    """Index behind ``mention`` and what is joined to it on the right: "four villagers, including a boy, and two nuns"."""
    last = mention
    for other in reading.mentions:
        if (
            other.first > last.last
            and gap(reading, last, other) in {"and", "part"}
            and not _verbs(reading, last, other)
        ):
            last = other
    end = last.last + 1
    return end + (reading.low[end : end + 1] == (",",))


def _verbs(reading: Reading, left: Mention, right: Mention) -> bool:
    return any(
        token.pos in {"VERB", "AUX"} and token.text.lower() not in _INCLUDE
        for token in reading.tokens[left.last + 1 : right.first]
    )


def _resumed(reading: Reading, mention: Mention, before: Outcome | None) -> Outcome | None:
    """The outcome of "the dead" and the like that ``mention`` is said to be among. ``before``: that of the tally before, which
    "the victims" take up."""
    low = reading.low
    after = _list_end(reading, mention)
    if low[after : after + 1] == ("among",) and (reading.sentence.heading or not _finite(reading)):
        return _state_after(reading, after + 1, before)  # "13 officers among 20 dead"
    if low[after : after + 1] and low[after] in _BE and "among" in low[after + 1 : after + 4]:
        return _state_after(reading, low.index("among", after) + 1, before)
    back = mention.first - 1
    while back >= 0 and low[back] in {"a", "an", "the", "at", "least", ":"}:
        back -= 1
    if back >= 1 and low[back] in _INCLUDE | _BE:
        for index in range(max(0, back - 8), back):
            if low[index] in {"the", "those"} and (low[back] in _INCLUDE or "among" in low[max(0, index - 1) : index]):
                outcome = _state_after(reading, index, before)
                if outcome is not None:
                    return outcome
    return None


def _finite(reading: Reading) -> bool:
    return any(token.tag in {"VBD", "VBZ", "VBP", "MD"} for token in reading.tokens)


def _state_after(reading: Reading, index: int, before: Outcome | None) -> Outcome | None:
    """The outcome of "the dead", "those killed", "the wounded" at ``index``."""
    low = reading.low
    for here in range(index, min(index + 5, len(low))):
        if low[here] == "victims":
            return before if before in ("wounded", "casualties") else "killed"
        if low[here] in {"fatalities", "casualties"}:
            return "casualties" if low[here] == "casualties" else "killed"
        state = next((w for w in outcome_words().get(low[here], ()) if w.kind == "state"), None)
        if state:
            return state.outcome
    return None
