"""Numbers to which a word of outcome before them belongs too.

By place ("eight died in Adra and three in Bera"), or with a subject of their own ("the first raid killed seven people, the second
nine").
"""

from __future__ import annotations

from dataclasses import replace

from firsthand.resources import word_set

from .tallies_reading import Link, Mention, Reading


def elsewhere(reading: Reading, links: list[Link]) -> list[Link]:
    """ "Eight died in Adra and three in Bera": numbers by place that share what was said of the first."""
    out = list(links)
    taken = {id(item.mention) for item in links}
    for item in links:
        end = item.end
        if item.mention.quantity is None or item.mention.quantity.article:
            continue
        for mention in reading.mentions:
            if mention.first <= end:
                continue
            words, tokens = reading.low[end + 1 : mention.first], reading.tokens[end + 1 : mention.first]
            behind = reading.low[mention.last + 1 : mention.last + 3]
            listed = bool(words) and words[-1] in {"and", ","}
            listed = listed and (not _AT.isdisjoint(words) or words == (",",) or words[-2:-1] == ("counted",))
            if (
                not listed
                or id(mention) in taken
                or not mention.elided
                or mention.quantity is None
                or mention.quantity.vague
                or not behind
                or behind[0] not in (_AT | _LATER if mention.last > mention.first else _AT)
                or (behind[-1] in _CONDITIONS and not _dying(item))
                or any(token.tag in (_VERBS if item.trigger is not None else _VERBS - _OF_FINDING) for token in tokens)
            ):
                break
            out.append(Link(mention, item.outcome, item.rule, item.trigger, item.whole))
            taken.add(id(mention))
            end = mention.last
    return sorted(out, key=lambda item: item.mention.first)


def verb_left_out(reading: Reading, links: list[Link]) -> list[Link]:
    """ "The first raid killed seven people, the second nine", "the army lost six men and the rebels ten": a subject with a bare
    number behind it, to which the verb before them belongs too."""
    out = list(links)
    taken = {id(item.mention) for item in links}
    for mention in reading.mentions:
        bare = mention.elided and not mention.partitive and mention.quantity is not None and not mention.quantity.vague
        if not bare or id(mention) in taken or reading.low[mention.last + 1 : mention.last + 2] not in _CLAUSE_ENDS:
            continue
        item = next((i for i in reversed(out) if _counted_object(i) and i.end < mention.first), None)
        if item is not None and _second_subject(reading, item, mention):
            out = [i for i in out if not item.end < i.mention.first < mention.first]  # the subject, taken for victims
            out.append(replace(item, mention=mention, whole=None))
            mention.classes = item.mention.classes
            taken.add(id(mention))
    return sorted(out, key=lambda item: item.mention.first)


def _counted_object(item: Link) -> bool:
    return item.rule == "object" and item.trigger is not None and item.mention.quantity is not None


def _second_subject(reading: Reading, item: Link, mention: Mention) -> bool:
    """Whether nothing but a new subject stands between what is counted before, or what says where, and the bare number."""
    start = mention.first
    while start > item.end + 1 and reading.tokens[start - 1].pos in _NOMINAL:
        start -= 1
    placed = start > 1 and reading.low[start - 1] in _AT and reading.tokens[start].text[:1].isupper()
    start -= placed  # "in Gao it killed five, in Kidal two"
    joint, subject = reading.low[start - 1], reading.tokens[start : mention.first]
    if (
        joint not in {",", "and", ";"}
        or not 0 < len(subject) <= _LONGEST_SUBJECT
        or subject[0].text.lower() == "another"
    ):
        return False
    between = reading.tokens[item.end + 1 : start - 1]
    if any(token.tag in _VERBS or token.pos == "NUM" for token in between):
        return False
    ordinal = placed or subject[-1].text.lower() in _NEXT
    return ordinal or (subject[0].pos in {"DET", "PROPN", "NOUN"} and subject[-1].pos in {"NOUN", "PROPN"})


_CLAUSE_ENDS = ((), (",",), (";",), (".",), ("and",), (":",))
_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN"})
_NEXT = frozenset({"second", "third", "fourth", "other", "latter", "next", "last"})
_LONGEST_SUBJECT = 5  # tokens: "the rebels of the east" is told in full


def _dying(item: Link) -> bool:
    """ "Four died on the spot and two at a hospital": where they died, not how they are."""
    return item.trigger is not None and item.trigger.word.word == "die"


_CONDITIONS = word_set("critical serious stable grave hospital hospitals intensive custody good fair a")
_LATER = frozenset({"later", "while", "overnight", "afterwards"})  # "and three more later"
_AT = word_set("in at near outside inside around on from across north south east west")
_OF_FINDING = frozenset({"VBD", "VBN"})  # "150 bodies were counted, 100 in Adra and 50 in Bera"
_VERBS = frozenset({"VBD", "VBZ", "VBP", "MD", "VBG", "VB", "VBN"})
