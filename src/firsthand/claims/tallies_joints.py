"""How neighbouring mentions of one sentence hang together: joined by "and", one a part of the other, or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.resources import word_set

from .tallies_phrases import FAMILIES, SUBSET_WORDS
from .tallies_reading import Mention, Reading, Trigger

_CONNECTORS = word_set("and , or as well along with plus together & also alongside besides then - – a the")
_BARE_LISTED = frozenset({"and", "or", "&", "plus"})
_PRONOUNS = frozenset({"them", "whom", "which", "those", "these"})
_PREDICATES = frozenset(
    (word,) for word in word_set("was were is are has have had died killed wounded injured missing")
)
_KIN = frozenset({"his", "her", "their", "other", "others"})
_STARTS_AFTER_PLACE = frozenset({"in", "from", "at", "of", "near", "who", "on", "("})


def gap(reading: Reading, left: Mention, right: Mention) -> str:
    """How two neighbouring mentions are joined: "and", "part" (the right one is a part of the left one), or ""."""
    if right.partitive:
        return "" if reading.low[right.last] in _ALIVE else "part"
    words = _without_asides(_between(reading, left, right))
    near = words[-5:]
    words = _without_place(reading, left, _without_name(reading, left, words))
    if any(word in SUBSET_WORDS for word in near):
        since = max(i for i, word in enumerate(words) if word in SUBSET_WORDS)
        inside = reading.tokens[left.last + 1 + since : right.first]
        if "among" in near and any(token.tag in _FINITE or token.tag == "WRB" for token in inside):
            return ""  # "among those killed when insurgents attacked"
        # "Three nurses were among ten people killed": the right one is the whole.
        return "" if "among" in near and not _PRONOUNS.intersection(near) else "part"
    if words in _INTRODUCING and reading.low[left.head] in FAMILIES:
        return "and"  # "two families: three boys and four women"
    if not words:
        return "and" if _listed_bare(reading, left, right) else ""
    if len(words) > 12:
        return ""
    if all(word in _CONNECTORS for word in words):
        return _listed(reading, words, left, right)
    tokens = reading.tokens[left.last + 1 : right.first]
    if words[-1] == "and" and not any(t.tag.startswith("VB") or t.tag in {"MD", "WP", "WDT"} for t in tokens):
        return "and" if words[0] in _STARTS_AFTER_PLACE else ""
    return ""


def _without_name(reading: Reading, left: Mention, words: tuple[str, ...]) -> tuple[str, ...]:
    """ "The mayor, Ana Ruiz, her deputy": the words between without the name of the first."""
    inner = reading.tokens[left.last + 2 : left.last + len(words)]
    named = len(words) > 2 and words[0] == "," and words[-1] in {",", "and"} and 0 < len(inner) <= 5
    return words[-1:] if named and all(token.pos == "PROPN" for token in inner) else words


def _without_place(reading: Reading, left: Mention, words: tuple[str, ...]) -> tuple[str, ...]:
    """ "The head of the post Ana Ruiz, two medics and …": the words between without what a single person belongs to."""
    if left.kind != "definite" or len(words) < 3 or words[0] != "of" or words[-1] != ",":
        return words
    inner = reading.tokens[left.last + 1 : left.last + len(words)]
    plain = all(token.pos in {"ADP", "DET", "NOUN", "PROPN", "ADJ"} or not token.text[0].isalpha() for token in inner)
    return words[-1:] if plain and len(words) <= _LONGEST_OFFICE else words


def _without_asides(words: tuple[str, ...]) -> tuple[str, ...]:
    """``words`` without brackets and without what two dashes enclose: "two medics – Ana Ruiz and Eva Sol – and a driver"."""
    if _ASIDES.keys().isdisjoint(words):
        return words
    out: list[str] = []
    index = 0
    while index < len(words):
        end = next((i for i in range(index + 1, len(words)) if words[i] == _ASIDES.get(words[index])), None)
        if words[index] in _ASIDES and end is not None and end - index <= _LONGEST_ASIDE:
            index = end + 1
        else:
            out.append(words[index])
            index += 1
    return tuple(out)


_ASIDES = {"(": ")", "–": "–", "—": "—", "--": "--", "[": "]"}
_LONGEST_ASIDE = 40  # tokens: four names with ages
_LONGEST_OFFICE = 9  # tokens
_SHARES = frozenset({"rest", "remainder", "majority", "remaining"})
_ALIVE = frozenset({"survivors", "witnesses", "suspects", "attackers", "gunmen", "assailants", "bystanders"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def _between(reading: Reading, left: Mention, right: Mention) -> tuple[str, ...]:
    """The words between two mentions, without the owner in front of a number: "a man and his two sons"."""
    words = reading.low[left.last + 1 : right.first]
    return words[:-1] if words and words[-1] in _OWNERS and right.quantity is not None else words


_INTRODUCING = ((":",), ("-",), ("–",), ("—",), ("--",))
_OWNERS = frozenset({"his", "her", "their", "its"})


def _listed_bare(reading: Reading, left: Mention, right: Mention) -> bool:
    """A list that has lost its commas ("a teacher a shop owner and two policemen"): it goes on to its "and", and nothing
    behind that is said of its last members alone."""
    if left.quantity is None or left.elided or left.kind == "vague":
        return False
    last, ended = right, False
    for mention in reading.mentions:
        if mention.first <= last.last or ended:
            continue
        words = reading.low[last.last + 1 : mention.first]
        if mention.quantity is None or mention.elided or words not in ((), ("and",)):
            return False
        last, ended = mention, bool(words)
    told_before = any(token.pos == "VERB" for token in reading.tokens[: left.first])
    own = told_before and reading.low[last.last + 1 : last.last + 2] in _PREDICATES
    return ended and right.quantity is not None and not right.elided and not own


def _listed(reading: Reading, words: Sequence[str], left: Mention, right: Mention) -> str:
    """Whether nothing but connectors between two mentions makes them a list."""
    if "with" in words and not {"along", "together"} & set(words):
        return ""
    if set(words) & _BARE_LISTED or ("well" in words and right.quantity is not None):
        return "and"
    if left.quantity is None and right.quantity is None and {left.kind, right.kind} <= {"definite", "named"}:
        behind = reading.low[right.last + 1 : right.last + 3]
        if reading.sentence.heading and left.kind == right.kind == "definite":
            return "and"  # "Girl, 14-year-old boy hurt"
        return "and" if behind[:1] == ("and",) or behind == (",", "and") or behind in _HIMSELF else ""
    if (
        left.kind == "single"
        and right.kind == "definite"
        and reading.low[right.first] in _OWNERS
        and _goes_on(reading, right)
    ):
        return "and"  # "a porter, his wife and their baby"
    if left.kind == "single" and right.kind == "definite" and right.persons > 1:
        return "and"  # "a 12-year-old pupil, 18-year-old cook and 20-year-old nurse"
    if right.quantity is None or left.quantity is None:
        owned = left.kind in ("definite", "named") and right.kind == "count" and not right.elided
        if owned and reading.sentence.heading and left.kind == "definite":
            return "and"  # "Man, 2 sons gunned down"
        return "and" if owned and (_goes_on(reading, right) or _ends_in_himself(reading, right)) else ""
    # Behind a comma one person may speak ("wounded 12, an official said") or be described ("one man, a miner, died"): only a
    # list that goes on to its "and" counts it.
    return "and" if not right.quantity.article or _goes_on(reading, right) else ""


_HIMSELF = frozenset({(",", "himself"), (",", "herself"), (",", "then"), (",", "self")})


def _ends_in_himself(reading: Reading, mention: Mention) -> bool:
    """ "Killed his wife, two sons, then himself"."""
    return reading.low[mention.last + 1 : mention.last + 3] in _HIMSELF


def _goes_on(reading: Reading, mention: Mention) -> bool:
    """Whether the list that ``mention`` stands in goes on to its "and" behind it."""
    behind = _without_asides(reading.low[mention.last + 1 : mention.last + 8 + _LONGEST_ASIDE])[:7]
    return "and" in behind and behind[0] in {"and", ","}


def conjoined(reading: Reading, mention: Mention, heads: set[int]) -> bool:
    """Whether the parse joins ``mention`` to one of ``heads`` by "and", however much stands between."""
    index = mention.head
    for _ in range(6):
        token = reading.tokens[index]
        if token.dep != "conj" or token.head == index:
            return False
        index = token.head
        if index in heads:
            return True
    return False


def _of_the_same(reading: Reading, left: Mention, right: Mention) -> bool:
    """ "A judge allied with the rebels and seven members of his family": the family ties join them over what stands between."""
    words = _between(reading, left, right)
    if not words or words[-1] != "and" or len(words) > 10 or left.kind not in ("single", "definite"):
        return False
    if any(token.tag in {"VBD", "VBZ", "VBP", "MD", "."} for token in reading.tokens[left.last + 1 : right.first]):
        return False
    return bool(_KIN.intersection(reading.low[right.first - 1 : right.last + 4]))


def rightwards(reading: Reading, first: Mention, triggers: list[Trigger]) -> list[Mention]:
    """``first`` and the mentions joined to it on the right; parts are left out.

    Given the sentence's ``triggers``, up to a mention with an outcome of its own; a subject's own verb is none.
    """
    out, left, parted, broken = [first], first, False, False
    for mention in reading.mentions:
        if mention.first <= left.last:
            continue
        joined = "" if broken else gap(reading, left, mention)
        if joined == "part":
            parted, left = True, mention
            continue
        if (
            joined == "and"
            and parted
            and not _exceeds(reading, out[-1], left, mention)
            and not _closes(reading, mention)
        ):
            left = mention
            continue
        if joined != "and":
            broken = True
            if not conjoined(reading, mention, {m.head for m in out}) and not _of_the_same(reading, out[-1], mention):
                continue
        if (
            mention.state
            or (triggers and has_own_trigger(reading, mention, triggers))
            or (broken and mention.kind == "plural")
        ):
            break
        out.append(mention)
        left, parted, broken = mention, False, False
    return out


def _closes(reading: Reading, mention: Mention) -> bool:
    """ "Nine adults, including four guards, and a baby were killed": behind a single part between commas the list goes on."""
    low = reading.low
    if (
        low[mention.first - 2 : mention.first] != (",", "and")
        or low[mention.last + 1 : mention.last + 2] not in _PREDICATES
    ):
        return False
    since = max((i for i in range(mention.first) if low[i] in SUBSET_WORDS), default=None)
    return (
        since is not None and "," not in low[since : mention.first - 2] and "and" not in low[since : mention.first - 2]
    )


def _exceeds(reading: Reading, whole: Mention, part: Mention, mention: Mention) -> bool:
    """Behind parts and a comma, a number that cannot be one more part: "ten, including a boy, and twelve soldiers"."""
    low = mention.quantity.low if mention.quantity else None
    limit = whole.quantity.low if whole.quantity else None
    comma = "," in reading.low[part.last + 1 : mention.first]
    return low is not None and limit is not None and (low >= limit or (comma and not whole.elided and low + 1 > limit))


def leftwards(reading: Reading, last: Mention) -> list[Mention]:
    """``last`` and the mentions joined to it on the left; the whole where ``last`` is a part ("six men, including a boy,")."""
    out = [last]
    if reading.low[last.head] in _SHARES:
        return out  # "… and the rest were hurt"
    if last.elided and last.quantity is not None and not last.partitive and not _and_others(reading, last):
        return out  # "… and 19 injured" tells of the 19 alone
    right = last
    for mention in reversed(reading.mentions):
        if mention.first >= right.first:
            continue
        joined = gap(reading, mention, right)
        if right.partitive and not _set_apart(reading, mention, right):
            break
        if mention.state or right.state:
            break
        if joined == "part" and len(out) > 1 and _told(reading, mention, right):
            return [m for m in out if m is not right]
        if joined == "part":
            out = [mention]
        elif joined == "and" or conjoined(reading, right, {mention.head}) or _of_the_same(reading, mention, right):
            out.append(mention)
        elif mention.kind == "plural" and right.first and reading.low[right.first - 1] == "and":
            continue  # people in a clause of their own: "a chief commanding fighters and his wife"
        else:
            break
        right = mention
    return out


def _and_others(reading: Reading, last: Mention) -> bool:
    """ "A porter and six others were killed": the verb is of both; in "killed a porter, and six others were hurt" the porter has
    one of his own."""
    before = next((m for m in reversed(reading.mentions) if m.last < last.first), None)
    if before is None or before.partitive or reading.low[last.last] != "others" or gap(reading, before, last) != "and":
        return False
    if reading.low[last.first - 1] != "and" or reading.low[last.first - 2] == ",":
        return False  # behind a comma another clause begins
    index = before.head
    while reading.tokens[index].dep in {"conj", "appos"} and reading.tokens[index].head < index:
        index = reading.tokens[index].head
    subject = reading.tokens[index].dep in {"nsubj", "nsubjpass"}
    return subject and reading.low[last.last + 1 : last.last + 2] in _PREDICATES


def _told(reading: Reading, whole: Mention, part: Mention) -> bool:
    """ "Ten people were killed, including seven children, and one was hurt": of the ten it is told before their parts."""
    behind = reading.tokens[whole.last + 1 : part.first]
    return any(token.tag in {"VBN", "VBD"} and token.text.lower() not in SUBSET_WORDS for token in behind)


def _set_apart(reading: Reading, whole: Mention, part: Mention) -> bool:
    """ "Six boys – two of them brothers – were killed": the part stands between dashes or in brackets, the verb is the whole's."""
    between = reading.low[whole.last + 1 : part.first]
    return between in _OPENERS and whole.quantity is not None and "them" in reading.low[part.first : part.last + 1]


_OPENERS = frozenset((mark,) for mark in ("-", "–", "—", "--", "("))


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
