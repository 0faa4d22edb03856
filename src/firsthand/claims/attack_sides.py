"""The sides of an attack in a sentence: which words name a body or its people, and where they begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.model import Phrase, Span
from firsthand.resources import word_set

from .attack_words import ACRONYM, ACTING, BODY, CAPITAL, NATIONALITY, OTHER, PERSON, STATE, Unit

# Words between an attacker and its verb or noun, and between an attack and its "by": more is another clause.
NEAR, FAR = 5, 12
# "Against regime rule": nobody is attacked.
_RULE = word_set("rule crackdown official officials")
# Soldiers that a body without an army of its own may have.
_TROOPS = word_set("troops forces soldiers peacekeepers peacekeeping warplanes jets helicopters aircraft gunships")
# Before a phrase these make it the place, the victim or the company of what the sentence tells.
_PLACING = word_set(
    "on against targeting at near outside inside in for from with between to into toward towards by over"
)


@dataclass(frozen=True, slots=True)
class Side:
    """An attacker or a target: its first and last unit, and the one that names a body, where one does."""

    first: int
    last: int
    body: int | None

    def bare(self) -> bool:
        return self.body is not None and self.first == self.last


class SidePhrases:
    """The bodies of one sentence, by its units."""

    def __init__(self, text: str, units: Sequence[Unit]) -> None:
        self._text = text
        self._units = units

    def _ending(self, last: int) -> Side | None:
        """The body or armed people whose words end at ``last``: "Westlandish air force", "the regime", "Hill rebels"."""
        units, index = self._units, last
        while (
            index >= 0
            and last - index < 4
            and units[index].any("people", "arm", "unnamed")
            and units[index].kind not in ACTING
        ):
            index -= 1
        if index < 0 and last < 0:
            return None
        if index >= 0 and units[index].kind in ACTING:
            return Side(index, last, index) if self._acts(index, last) else None
        if index > 0 and last > index and units[index].any("possessive") and units[index - 1].kind in (*ACTING, PERSON):
            return Side(index - 1, last, index - 1)
        while index >= 0 and units[index].any("kin") and units[index].kind not in ACTING:
            index -= 1
        alone = units[index + 1 : last + 1]
        if (
            index >= 0
            and units[index].kind in (NATIONALITY, STATE, ACRONYM, BODY, OTHER)
            and len(alone)
            and alone[-1].any("people", "arm", "unnamed")
        ):
            return Side(index, last, index)
        told = [u for u in alone if u.any("arm", "unnamed")]
        if (
            not alone
            or not (told or (alone[0].any("kin") and alone[-1].any("people")))
            or not alone[-1].any("people", "arm", "unnamed")
        ):
            return None
        return Side(index + 1, last, None)

    def _starting(self, first: int) -> Side | None:
        """The same for words that begin at ``first``, to where they end."""
        units, index = self._units, first
        while index < len(units) and units[index].any("kin") and units[index].kind not in ACTING:
            index += 1
        if index >= len(units):
            return None
        body = index if units[index].kind in ACTING or self._lends_troops(index) else None
        if body is not None:
            index += 1
        elif units[index].kind == PERSON and index + 2 < len(units) and units[index + 1].any("possessive"):
            body, index = index, index + 2
        if (
            body is not None
            and index + 1 < len(units)
            and units[index].any("possessive")
            and units[index + 1].any("people", "arm")
        ):
            index += 1
        while (
            index < len(units)
            and index - first < 6
            and units[index].any("people", "arm", "unnamed", "kin")
            and not units[index].kind
        ):
            index += 1
        if body is None and index > first and index < len(units) and units[index].kind == BODY:
            # "rebel group Northern Front"
            return Side(index, self._starting(index).last, index)  # type: ignore[union-attr]
        last = index - 1
        if last < first:
            return None
        if body is not None:
            return Side(body, last, body) if units[body].kind in ACTING or last > body else None
        alone = units[first:index]
        if not any(u.any("arm", "unnamed") for u in alone) and not (alone[0].any("kin") and alone[-1].any("people")):
            return None
        return Side(first, last, None) if alone[-1].any("people", "arm", "unnamed") else None

    def _lends_troops(self, index: int) -> bool:
        """Whether a body that is none in arms is named with its soldiers: "Lake Union peacekeepers"."""
        units = self._units
        return units[index].kind == OTHER and index + 1 < len(units) and units[index + 1].low in _TROOPS

    def _before_site(self, index: int) -> bool:
        """Whether what may be attacked of a body follows its name: "a Lake Union convoy"."""
        return index + 1 < len(self._units) and self._units[index + 1].any("site")

    def _acts(self, index: int, last: int) -> bool:
        """A capital acts alone or not at all."""
        return self._units[index].kind != CAPITAL or last == index

    def _joined(self, side: Side) -> list[Side]:
        """The body with those that share the word: "Westlandish and Eastlandish strikes"."""
        found, first = [side], side.first
        while True:
            while first >= 2 and self._units[first - 1].any("det") and self._units[first - 2].any("and"):
                first -= 1
            if first < 2 or not (
                self._units[first - 1].any("and") or (self._units[first - 1].low == "," and len(found) > 1)
            ):
                break
            other = self._ending(first - 2)
            if other is None:
                break
            found.insert(0, other)
            first = other.first
        return found

    def _listed(self, side: Side) -> list[Side]:
        """The same for those that follow a "by"."""
        found, index = [side], side.last + 1
        while index + 1 < len(self._units) and self._units[index].any("and"):
            index += 1
            while index < len(self._units) and self._units[index].any("det", "hedge", "number"):
                index += 1
            other = self._starting(index)
            if other is None or not self._closed(other):
                break
            found.append(other)
            index = other.last + 1
        return found

    def _closed(self, side: Side) -> bool:
        """Whether the phrase ends there: "by rebels in …", not "by government workers", "by Westlandish fire"."""
        if side.last + 1 >= len(self._units):
            return self._names_body(side)
        after = self._units[side.last + 1]
        if not self._names_body(side):
            other = self._starting(side.last + 2) if after.any("and") else None
            return other is not None and self._names_body(other)
        if side.body is not None and self._units[side.last].kind == BODY:
            # "by River Police Homicide Unit" is a part of it.
            return bool(after.kind) or not self._text[after.span.start].isupper()
        if side.body is not None and after.any("did", "does"):
            return True
        return (
            after.mark
            or after.any("small", "of", "upon", "and", "skip", "unreal", "number", "that", "be")
            or bool(after.kind)
        )

    def _names_body(self, side: Side) -> bool:
        return not (side.bare() and self._units[side.last].kind in (NATIONALITY, CAPITAL))

    def _inside(self, side: Side) -> bool:
        """Whether the phrase only says where or of whom something else is: "near the army", "the killing of rebels"."""
        index = side.first - 1
        while index >= 0 and self._units[index].any("det", "number", "hedge", "kin"):
            index -= 1
        if index < 0:
            return False
        before = self._units[index]
        if before.low == "of":
            return not (index and self._units[index - 1].any("people", "unnamed", "det", "number", "site"))
        return before.low in _PLACING

    def _hit(self, index: int) -> Phrase | None:
        first = index
        while index < len(self._units) and index - first <= NEAR:
            backed = self._units[index].any("kin") and "-" in self._units[index].low
            if backed and index + 1 < len(self._units) and self._units[index + 1].any("site"):
                return self._phrase(Side(index, index + 1, None))
            side = self._starting(index)
            if side is None and self._units[index].kind == OTHER and self._before_site(index):
                side = Side(index, index, index)
            if side is not None:
                return self._phrase(side) if self._is_side(side) else None
            unit = self._units[index]
            owned = unit.any("by") and self._units[index - 1].any("manned")
            if (
                unit.mark
                or unit.kind
                or (unit.any("did") and not unit.any("manned"))
                or (unit.any("small", "by") and not owned and unit.low not in ("of", "than", "at", "to"))
            ):
                return None
            index += 1
        return None

    def _is_side(self, side: Side) -> bool:
        """A body or its people, or armed people; a state only where something military of it follows, or it is the whole phrase of
        a group. "On a Westlandish town" says where."""
        units = self._units
        if side.body is None:
            after = units[side.last + 1] if side.last + 1 < len(units) else None
            return after is None or after.low not in _RULE
        unit = units[side.body]
        if unit.kind == BODY:
            return True
        if side.last > side.body:
            return True
        following = units[side.last + 1 : side.last + 4]
        for word in following:
            if word.any("site"):
                return True
            if word.mark or word.any("small"):
                return False
        return False

    def _phrase(self, side: Side) -> Phrase:
        span = Span(self._units[side.first].span.start, self._units[side.last].span.end)
        return Phrase(span.of(self._text), span)
