"""The attacks that one sentence tells of: whose each was, and whom it was on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from firsthand.model import Phrase, Span
from firsthand.resources import table, word_set

from .attack_sides import FAR, NEAR, Side, SidePhrases
from .attack_words import ACRONYM, CAPITAL, NATIONALITY, OTHER, STATE, Unit

# What an attack before this word answers or follows is another one.
_ANSWERED = word_set(
    "response retaliation retaliate retaliated retaliating revenge avenge avenging reprisal reprisals answer "
    "reaction respond responded responding anniversary plagued wracked beset ravaged tormented"
)
# What an attack itself does to a side: "the raids targeted bases of the League". Whom it killed is a matter of counts.
_AIMED = frozenset({"targeted", "hit", "struck", "pounded"})
# What an attack or a weapon does to those of a side: "the raid killed nine League fighters".
_STRIKES = _AIMED | {"hits", "strikes", "targets", "pounds", "kill", "kills", "killed", "wounds", "wounded"}
_UNSURE = frozenset(
    {"unclear", "clear", "known", "unknown", "certain", "uncertain", "asked", "say", "determine", "confirm"}
)
# Those who "blew himself up" are told by the place: "in an army post".
_BLEW = frozenset({"blew himself up", "blew herself up", "blew themselves up", "detonated"})
_BESIDE = frozenset({"in", "at", "inside", "outside", "near", "among"})
# So many units before its verb may an attack be named.
_CLAUSE = 20
# What befalls a side without anybody being named who did it: "a convoy of the League was ambushed".
_SUFFERED = _AIMED | {
    "attacked",
    "ambushed",
    "shelled",
    "bombed",
    "raided",
    "stormed",
    "overrun",
    "bombarded",
    "rammed",
}
# Participles whose "by" is not the attack's: "a town held by rebels".
_HELD = frozenset(
    {"held", "run", "led", "made", "seen", "shown", "told", "taken", "known", "owned", "driven", "sent", "won"}
)
_ITS = frozenset({"its", "their"})
_TRIGGERS = frozenset({"blow", "deed", "did", "does", "began"})
_MERELY_TOLD = word_set(
    "no suspend suspended suspending suspension halt halted halting stop stopped stopping prevent prevented foiled "
    "thwarted planned planning threatened avoid possible potential future fear fears feared imminent threat threats "
    "further any more whether if count counts charge charges charged convicted suspicion accused"
)


@dataclass(frozen=True, slots=True)
class Attack:
    """An attack in one sentence. ``cue`` are the words of attack; ``earlier``: it is told as another one than the main event;
    ``mutual``: both sides fought."""

    cue: Span
    attackers: tuple[Phrase, ...]
    target: Phrase | None
    alleged: bool
    earlier: bool
    own: Phrase | None = None
    mutual: bool = False


@cache
def _complete() -> frozenset[str]:
    """What an attacker does that needs no object: "opened fire"."""
    rows = [row["words"] for row in table("claims/attacks.tsv") if row["class"] == "did"]
    return frozenset(word for words in rows for word in words.split("|") if words.startswith("opened fire"))


@cache
def _countries() -> dict[str, str]:
    """Country codes by names and demonyms, in small letters."""
    return {
        word.casefold(): row["code"]
        for row in table("places/countries.tsv")
        for word in (row["name"], *row["demonyms"].split("|"))
        if word
    }


class AttackSentence(SidePhrases):
    """The attacks of one sentence."""

    def __init__(self, text: str, units: Sequence[Unit], home: tuple[str, ...]) -> None:
        super().__init__(text, units)
        self._home = home

    def attacks(self) -> Iterator[Attack]:
        told = False
        for at, unit in enumerate(self._units):
            if unit.does.isdisjoint(_TRIGGERS):
                continue
            found: list[Attack] = []
            if unit.any("blow", "deed"):
                found += self._noun(at)
            if unit.any("did", "does", "began"):
                found += self._verb(at)
            told = told or bool(found)
            if found and not self._asked(at):
                yield from found
        if not told:
            for at, unit in enumerate(self._units):
                if unit.any("clash"):
                    yield from self._clash(at)

    # -- the words of attack

    def _noun(self, at: int) -> Iterator[Attack]:
        """ "A Westlandish air strike on …", "the League's ambush", "an attack by the League"."""
        first = at
        while first and at - first < NEAR and self._units[first - 1].any("means", "hedge", "kin", "blow"):
            first -= 1
        before = self._ending(first - 1)
        possessive = first and self._units[first - 1].any("possessive")
        if possessive:
            before = self._ending(first - 2)
        if before is None and first <= at and (led := self._led(first, at)) is not None:
            before = led
        sides = self._joined(before) if before is not None and self._owns(before, at, bool(possessive)) else []
        after = self._agent(at)
        if not sides and after is not None:
            sides = self._listed(after)
        target = self._object(at)
        if not sides and target is None:
            return
        start = sides[0].first if sides and sides[0].first < at else first
        if self._told_only(start) or self._of_words(at):
            return
        # "A terrorist attack" says what it was, not whose.
        if sides and self._phrase(sides[0]).text.lower() == "terrorist" and target is None:
            return
        yield self._attack(first, at, sides, target, earlier=self._answered(start))

    def _led(self, first: int, at: int) -> Side | None:
        """ "Westland-led air strikes": those of the coalition that goes by that name."""
        found = next((i for i in range(first, at) if self._units[i].low.endswith("-led")), None)
        return Side(found, found, None) if found is not None else None

    def _verb(self, at: int) -> Iterator[Attack]:
        """ "Westland bombed …", "rebels carried out an attack", "was bombed by rebels", "raids hit bases of the League"."""
        unit = self._units[at]
        if unit.any("began") and not unit.any("did", "does"):
            deed = self._begun(at)
            if deed is None:
                after = self._agent(at)
                if after is not None and any(u.any("blow", "deed") for u in self._units[max(0, at - FAR) : at]):
                    yield self._attack(at, at, self._listed(after), None, earlier=self._answered(at))
                return
        else:
            deed = at
            if unit.any("did") and (after := self._suffered_from(at)) is not None:
                yield self._attack(at, at, self._listed(after), self._sufferer(at), earlier=self._answered(at))
                return
            if unit.low in _SUFFERED and (suffered := self._hit_by_nobody(at)) is not None:
                yield self._attack(at, at, [], suffered, earlier=self._answered(at))
                return
            if not self._has_object(at):
                return
        found = self._subject(at)
        target = self._object(deed) if deed != at else self._struck(at)
        if unit.low in _BLEW and at + 1 < len(self._units) and self._units[at + 1].low in _BESIDE:
            target = self._hit(at + 2)
        if found is None:
            if target is not None and unit.low in _STRIKES and self._strikes(at):
                yield self._attack(at, at, [], target, earlier=self._answered(at))
            return
        sides, own = found
        if self._told_only(sides[0].first):
            return
        if not (
            unit.any("does")
            and not unit.any("did")
            and any(s.bare() and self._units[s.last].kind == NATIONALITY for s in sides)
        ):
            yield self._attack(at, deed, sides, target, own=own, earlier=self._answered(sides[0].first))

    def _strikes(self, at: int) -> bool:
        """Whether it is an attack or a weapon that does what the verb at ``at`` tells: "the raid on the village killed"."""
        for index in range(at - 1, max(-1, at - _CLAUSE), -1):
            unit = self._units[index]
            if unit.any("blow", "deed", "weapon") and not unit.any("did"):
                return True
            if unit.mark or unit.any("did", "does", "says", "that", "be"):
                return False
        return False

    def _clash(self, at: int) -> Iterator[Attack]:
        """ "Clashes (were) between the army and the League": both, and nobody attacked the other."""
        index = at + 1
        while index < len(self._units) and self._units[index].any("be", "skip"):
            index += 1
        if index >= len(self._units) or not self._units[index].any("between"):
            return
        sides: list[Side] = []
        index += 1
        while len(sides) < 2:
            while index < len(self._units) and self._units[index].any("det", "hedge", "number"):
                index += 1
            side = self._starting(index)
            if side is None:
                return
            sides.append(side)
            index = side.last + 1
            if len(sides) < 2 and not (index < len(self._units) and self._units[index].any("and")):
                return
            index += 1
        yield replace(self._attack(at, at, sides, None, earlier=self._answered(at)), mutual=True)

    def _suffered_from(self, at: int) -> Side | None:
        """Who stands behind the "by" of a passive: "was bombed on Monday by rebels", "killed by rebels"."""
        before = self._units[max(0, at - 3) : at]
        if any(u.any("unreal") for u in before):
            return None
        passive = any(u.any("be") for u in before)
        near = any(u.any("by") for u in self._units[at + 1 : at + 3])
        return self._agent(at) if passive or near else None

    # -- attackers

    def _subject(self, at: int) -> tuple[list[Side], Phrase | None] | None:
        """Who does what the verb at ``at`` tells, and the body that says so of itself: "Westland said it had bombed …"."""
        index = self._aside(self._before_time(at - 1))
        while index >= 0 and at - index <= FAR and self._units[index].any("skip", "hedge"):
            index -= 1
        if index < 0 or self._units[index].any("unreal", "be") or self._units[index].any("by"):
            return None
        if self._units[index].any("it"):
            return self._speaker(index)
        if index and self._units[index].any("people", "arm") and self._units[index - 1].low in _ITS:
            return self._speaker(index - 1)
        side = self._ending(index)
        if side is None or (side.bare() and self._units[side.last].kind in (NATIONALITY, CAPITAL)):
            return None
        sides = self._joined(side)
        if self._inside(sides[0]):
            return None
        noun = self._units[at].any("blow", "deed") and not self._units[at].any("did")
        # "The Westland strikes killed nine", but "Westland strikes camps".
        if noun and side.bare() and side.first and self._units[side.first - 1].any("det"):
            return None
        return sides, None

    def _before_time(self, last: int) -> int:
        """Where what stands before a time ends: "rebels [in the early hours of Friday] attacked"."""
        index = last
        while index >= 0 and last - index < FAR and self._units[index].any("time", "timing", "number", "skip"):
            index -= 1
        return index if any(u.any("time") for u in self._units[index + 1 : last + 1]) else last

    def _aside(self, last: int) -> int:
        """Where what stands before an aside ends: "the League[, a rebel group,] attacked"; nobody speaks or strikes in it."""
        if last < 0 or self._units[last].low != ",":
            return last
        for index in range(last - 1, max(0, last - FAR), -1):
            unit = self._units[index]
            if unit.low == ",":
                return index - 1
            if unit.any("says", "did", "does", "and") or (unit.mark and unit.low not in "-()"):
                return last
        return last

    def _speaker(self, at: int) -> tuple[list[Side], Phrase | None] | None:
        """The body that the pronoun at ``at`` stands for where it speaks of itself: "Westland said it …", "… that its jets"."""
        index = at - 1
        while index > 0 and self._units[index].any("that", "skip"):
            index -= 1
        if index <= 0 or not self._units[index].any("says"):
            return None
        side, named = self._ending(index - 1), self._units[index - 1].name
        if side is None and named is not None and named.kind == "organisation":
            side = Side(index - 1, index - 1, index - 1)  # whoever has planes and fighters is a body that can attack
        return (self._joined(side), self._phrase(side)) if side is not None and side.body is not None else None

    def _owns(self, side: Side, at: int, possessive: bool) -> bool:
        """Whether the words before a noun of attack name the attacker, not the place or people that suffered it."""
        if side.body is None or not side.bare():
            return True
        unit = self._units[side.last]
        if unit.kind in (STATE, CAPITAL) and not possessive:
            return False
        if unit.kind in (NATIONALITY, STATE, ACRONYM) and self._units[at].any("deed"):
            on_side = self._object(at) is not None
            return on_side or self._country(unit) not in (self._home[:1] if unit.kind == ACRONYM else self._home)
        return True

    def _agent(self, at: int) -> Side | None:
        """Who stands behind the "by" of the words at ``at``."""
        for index in range(at + 1, min(at + 1 + FAR, len(self._units))):
            unit = self._units[index]
            if (
                unit.mark
                or unit.any("says", "that")
                or (index > at + 1 and (unit.any("did", "began", "be") or unit.low.endswith("ed") or unit.low in _HELD))
            ):
                return None
            if unit.any("by"):
                start = index + 1
                while start < len(self._units) and start - index <= NEAR and self._leads_on(start, index):
                    start += 1
                side = self._starting(start)
                return side if side is not None and self._closed(side) else None
        return None

    def _leads_on(self, at: int, by: int) -> bool:
        """Whether the unit at ``at`` only leads to the body behind the "by": "suspected members of the League"."""
        unit = self._units[at]
        onward = self._units[at + 1].low in ("of", "from") if at + 1 < len(self._units) else False
        people = unit.any("people") and onward
        return (
            people
            or unit.any("det", "hedge", "number")
            or unit.low in ("member", "members")
            or (unit.low in ("of", "from") and at > by + 1)
        )

    # -- targets

    def _object(self, at: int) -> Phrase | None:
        """Whom the attack named at ``at`` is on or against."""
        index = at + 1
        if index < len(self._units) and self._units[index].low == "aimed":
            index += 1
        if index >= len(self._units) or not self._units[index].any("upon"):
            return None
        return self._hit(index + 1)

    def _struck(self, at: int) -> Phrase | None:
        """The side that is the object of the verb at ``at``."""
        return self._hit(at + 1)

    def _sufferer(self, at: int) -> Phrase | None:
        """The side before "was bombed by"."""
        index = at - 1
        while index >= 0 and at - index <= NEAR and self._units[index].any("skip", "hedge", "be"):
            index -= 1
        if index < 0 or index == at - 1:
            return None
        if self._units[index].any("site") and not self._units[index].any("people"):
            index -= 1
            if self._units[index].kind == OTHER:
                return self._phrase(Side(index, index, index))
        side = self._ending(index)
        return self._phrase(side) if side is not None and self._is_side(side) and not self._inside(side) else None

    def _hit_by_nobody(self, at: int) -> Phrase | None:
        """The side that "was attacked" where nobody is said to have done it."""
        before = self._units[max(0, at - 3) : at]
        return (
            self._sufferer(at)
            if any(u.any("be") for u in before) and not any(u.any("unreal") for u in before)
            else None
        )

    # -- what stands around

    def _begun(self, at: int) -> int | None:
        """The attack that somebody launches: the noun in the object of the verb at ``at``."""
        for index in range(at + 1, min(at + 1 + FAR, len(self._units))):
            unit = self._units[index]
            if unit.any("blow", "deed"):
                return index
            if unit.mark or (unit.any("small", "did", "says") and unit.low != "of"):
                return None
        return None

    def _has_object(self, at: int) -> bool:
        """Whether something is struck; without one "killed", "hit" tell of who suffered it."""
        if self._units[at].low in _complete():
            return True
        if at + 1 >= len(self._units):
            return False
        after = self._units[at + 1]
        if self._units[at].any("blow", "deed") and after.any("did", "does"):
            # "The attack killed nine": a noun.
            return self._units[at].any("did")
        if after.low == "at":
            return at + 2 < len(self._units) and self._units[at + 2].low in ("least", "most")
        return not after.mark and (not after.any("small", "unreal", "and", "of", "by", "skip") or after.any("det"))

    def _told_only(self, first: int) -> bool:
        """Whether the attack is only feared, planned, stopped or denied."""
        return any(u.low in _MERELY_TOLD for u in self._units[max(0, first - 3) : first])

    def _asked(self, at: int) -> bool:
        """Whether it is asked, not told: "it is unclear whether the raid was carried out by …"."""
        for index in range(at - 1, max(-1, at - _CLAUSE), -1):
            unit = self._units[index]
            if unit.low == "whether" or (unit.low == "if" and index and self._units[index - 1].low in _UNSURE):
                return True
            if unit.mark and unit.low != "-":
                return False
        return False

    def _answered(self, first: int) -> bool:
        return any(u.low in _ANSWERED for u in self._units[max(0, first - NEAR - 1) : first])

    def _of_words(self, at: int) -> bool:
        """Whether what is attacked is attacked in words: "an attack on the bill"."""
        after = self._units[at + 1 : at + 5]
        return bool(after) and after[0].any("upon") and any(u.any("matter") for u in after[1:] if not u.mark)

    def _country(self, unit: Unit) -> str | None:
        name = unit.name.canonical if unit.name is not None else unit.low
        return _countries().get(name.casefold())

    def _attack(
        self,
        first: int,
        last: int,
        sides: Sequence[Side],
        target: Phrase | None,
        *,
        earlier: bool,
        own: Phrase | None = None,
    ) -> Attack:
        units = self._units
        start = min([first, *(side.first for side in sides)])
        end = max([last, *(side.last for side in sides)])
        alleged = any(unit.any("hedge") for unit in units[max(0, start - 2) : end + 1])
        cue = Span(
            min(units[first].span.start, units[last].span.start), max(units[first].span.end, units[last].span.end)
        )
        return Attack(cue, tuple(self._phrase(side) for side in sides), target, alleged, earlier, own)
