"""How neighbouring mentions of one sentence hang together: joined by "and", one a part of the other, or not at all."""

from __future__ import annotations

from firsthand.resources import word_set

from .tallies_mentions import Mention, Reading
from .tallies_triggers import Trigger

SUBSET_WORDS = frozenset({"including", "inculding", "include", "includes", "included", "among", "amongst"})
_CONNECTORS = word_set("and , or as well along with plus together & also alongside besides then - – a the")
_BARE_LISTED = frozenset({"and", "or", "&", "plus"})
_STARTS_AFTER_PLACE = frozenset({"in", "from", "at", "of", "near", "who", "on", "("})


def gap(reading: Reading, left: Mention, right: Mention) -> str:
    """How two neighbouring mentions are joined: "and", "part" (the right one is a part of the left one), or ""."""
    low = reading.low
    words = low[left.last + 1 : right.first]
    if right.partitive or any(word in SUBSET_WORDS for word in words[-5:]):
        return "part"
    if len(words) > 12:
        return ""
    if words and all(word in _CONNECTORS for word in words):
        if "with" in words and not {"along", "together"} & set(words):
            return ""
        # "wounded 12, police said": without a number only "and" joins.
        return "and" if right.quantity is not None or (set(words) & _BARE_LISTED and "," not in words) else ""
    tokens = reading.tokens[left.last + 1 : right.first]
    if (
        words
        and words[-1] in {"and", ","}
        and not any(t.tag.startswith("VB") or t.tag in {"MD", "WP", "WDT"} for t in tokens)
    ):
        return "and" if words[-1] == "and" and words[0] in {"in", "from", "at", "of", "near", "who", "on", "("} else ""
    return ""


def rightwards(reading: Reading, first: Mention, triggers: list[Trigger]) -> list[Mention]:
    """``first`` and the mentions joined to it on the right, up to one with an outcome of its own."""
    out, left = [first], first
    for mention in reading.mentions:
        if mention.first <= left.last:
            continue
        joined = gap(reading, left, mention)
        if joined == "part":
            left = mention if gap(reading, left, mention) == "part" else left
            continue
        if joined != "and" or has_own_trigger(reading, mention, triggers):
            break
        out.append(mention)
        left = mention
    return out


def leftwards(reading: Reading, last: Mention) -> list[Mention]:
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


def has_own_trigger(reading: Reading, mention: Mention, triggers: list[Trigger]) -> bool:
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
