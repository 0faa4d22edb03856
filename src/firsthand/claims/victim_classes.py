"""Victim classes of a noun phrase: the head noun's, refined by its modifiers, an age, or an "of" phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence

from firsthand.model import VICTIM_CLASSES, VictimClass
from firsthand.resources import word_set

_ADULT_AGE = 18
_AGE = re.compile(r"^(\d{1,2})(?:-years?-old|-month-old|-day-old)?$")
_MODIFIERS: dict[str, VictimClass] = {
    "woman": "women", "women": "women", "female": "women", "elderly": "elderly", "civilian": "civilians",
    "civilians": "civilians", "unarmed": "civilians", "infant": "children", "underage": "children", "baby": "children",
    "teenage": "children", "child": "children", "male": "men",
}  # fmt: skip
_ARMED: frozenset[str] = word_set(
    "soldier rebel militant insurgent army military regime police policeman security militia jihadist "
    "islamist taliban isil isis daesh al-qaeda paramilitary guerrilla troops forces terrorist peshmerga "
    "armed"
)
_ARMED_NAMES = word_set(
    "nusra al-nusra hezbollah hizbullah hamas pkk ypg sdf fsa shabaab al-shabaab haram qaeda al-qaeda"
)
#: Bodies whose "members" are armed: "members of IS".
_ARMED_BODIES: frozenset[str] = word_set(
    "is isil isis daesh taliban al-qaeda hezbollah hizbullah hamas army militia police force forces "
    "brigade battalion front group militias gang cell faction unit command movement patrol regime "
    "organisation organization rebels guard guards ypg pkk sdf fsa pmf nusra al-nusra shabaab al-shabaab "
    "shabab haram legion regiment platoon squad squadron garrison corps navy marines gendarmerie junta troops insurgents "
    "guerrillas cavalry gestapo wehrmacht"
)
_NO_LONGER = frozenset({"former", "ex", "ex-", "retired", "demobilised", "demobilized"})
_SPELT_AGES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
}  # fmt: skip
_FAMILY = frozenset({"family", "families", "household", "clan", "community", "congregation"})
_NEUTRAL = frozenset({"people", "civilians", "men", "women"})


_BANDS = frozenset({"groups", "organisations", "organizations", "militias", "factions", "brigades"})


def combined_classes(
    modifiers: Sequence[str], classes: tuple[VictimClass, ...], *, after: Sequence[str] = ()
) -> tuple[VictimClass, ...]:
    """Classes of a phrase with the words ``modifiers`` before a head of ``classes`` and the words ``after`` behind it.

    >>> combined_classes(["elderly"], ("men",)), combined_classes(["14", "-", "year", "-", "old"], ("people",))
    (('men', 'elderly'), ('children',))
    """
    found = list(classes)
    for word in modifiers:
        extra = _MODIFIERS.get(word)
        if extra and extra not in found:
            found.append(extra)
    if "fighters" in found and any(word in _NO_LONGER for word in modifiers):
        found.remove("fighters")
        found = found or ["people"]
    if "adult" in modifiers and "children" in found:
        found = ["people"]  # grown sons and daughters
    age = _age(modifiers)
    if age is not None and age < _ADULT_AGE:
        found = ["children"]
    if found in (["people"], ["people", "men"]) and not any(word in _NO_LONGER for word in modifiers):
        found = _from_context(modifiers, after) or found
    if len(found) > 1 and "people" in found:
        found.remove("people")
    return tuple(sorted(set(found), key=VICTIM_CLASSES.index))


def _from_context(modifiers: Sequence[str], after: Sequence[str]) -> list[VictimClass] | None:
    """What "members", "personnel" and bare "people" are by the words around them."""
    if any(word in _ARMED or word in _ARMED_NAMES for word in modifiers):
        return ["fighters"]
    if after and after[0] == "of":
        inside = [w for w in after[1:] if w not in {"the", "a", "an", "his", "her", "their", "same"}]
        listed = armed = False
        for word in inside:
            armed = armed or word in _ARMED
            if listed and armed and word in _BANDS:
                return ["fighters"]  # "of Seleka and Balaka rebel groups"
            listed = listed or word == "and"
            if listed and word not in {"were", "was", "have", "had", "killed", "who", ",", "."}:
                continue
            if word in {",", ".", "were", "was", "have", "had", "killed", "who"}:
                break
            if word in _FAMILY:
                return ["civilians"]
            if word in _ARMED_BODIES:
                return ["fighters"]
    return None


def _age(words: Sequence[str]) -> int | None:
    joined = " ".join(words).replace(" - ", "-").replace("- ", "-").replace(" -", "-")
    match = re.search(r"\b(\d{1,2}|[a-z]+)[ -](year|month|week|day)s?[ -]old\b", joined)
    if not match:
        return None
    if match[2] != "year":
        return 0
    return int(match[1]) if match[1].isdigit() else _SPELT_AGES.get(match[1])


def is_armed_body(word: str) -> bool:
    """The same, with the words for bodies that hold others too: "front", "unit"."""
    return is_armed(word) or (word in _ARMED_BODIES and word != "is")


def is_armed(word: str) -> bool:
    """Whether ``word`` names armed people or a body of them."""
    return word in _ARMED or word in _ARMED_NAMES
