"""Names known beforehand: a dictionary of word sequences matched longest first.

The file ``resources/names/organisations.tsv`` seeds it; a user's own table of that shape adds to it and may override.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from firsthand.model.annotation import NameKind
from firsthand.resources import table
from firsthand.resources.own import own_actors, stamp

from .runs import Word, joins, words_in

_KINDS: tuple[NameKind, ...] = ("person", "organisation", "state", "group", "nationality", "place", "other")


@dataclass(frozen=True, slots=True)
class Known:
    """One known name. ``country`` is ISO 3166-1 alpha-2 or empty, ``part_of`` the canonical names of the bodies above,
    with | between them."""

    name: str
    kind: NameKind
    country: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class _Alias:
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    known: Known
    shouted: bool
    lower: bool


@dataclass(slots=True)
class Lexicon:
    """Matches aliases in a sequence of words. Built once; not changed after."""

    # By the first word, then by the second; "" for names of one word.
    by_words: dict[str, dict[str, list[_Alias]]] = field(default_factory=dict)
    names: dict[str, Known] = field(default_factory=dict)

    def add(self, known: Known, aliases: Iterable[str]) -> None:
        """Add ``known`` under its name and ``aliases``. A later addition of the same name replaces the earlier one."""
        self.names[known.name] = known
        for alias in dict.fromkeys((known.name, *aliases)):
            parts = words_in(alias)
            words = tuple(word.fold for word in parts)
            if words:
                entry = _Alias(
                    words,
                    tuple(word.gap for word in parts),
                    known,
                    alias.isupper() and len(words) == 1,
                    alias[0].islower(),
                )
                second = words[1] if len(words) > 1 else ""
                self.by_words.setdefault(words[0], {}).setdefault(second, []).append(entry)

    def freeze(self) -> Lexicon:
        """Sort so that the longest alias is tried first."""
        for by_second in self.by_words.values():
            for aliases in by_second.values():
                aliases.sort(key=lambda a: (-len(a.words), a.known.name))
        return self

    def matches(self, words: Sequence[Word]) -> Iterator[tuple[int, int, tuple[Known, ...]]]:
        """``[first, last)`` word indices of every match, longest first and none overlapping, with all that it may name."""
        index = 0
        while index < len(words):
            found = self._at(words, index) if words[index].fold in self.by_words else None
            if found:
                yield index, found[0], found[1]
                index = found[0]
            else:
                index += 1

    def _at(self, words: Sequence[Word], index: int) -> tuple[int, tuple[Known, ...]] | None:
        best: list[Known] = []
        length = 0
        by_second = self.by_words[words[index].fold]
        second = words[index + 1].fold if index + 1 < len(words) else ""
        for alias in (*(by_second.get(second, ()) if second else ()), *by_second.get("", ())):
            size = len(alias.words)
            if size < length or index + size > len(words):
                continue
            if _spells(words, index, alias) and _cased(words[index : index + size], alias):
                length = size
                best.append(alias.known)
        return (index + length, tuple(dict.fromkeys(best))) if best else None


def _spells(words: Sequence[Word], index: int, alias: _Alias) -> bool:
    """Whether the words from ``index`` on are those of ``alias``, the first of which is known to be."""
    for k in range(1, len(alias.words)):
        word = words[index + k]
        if word.fold != alias.words[k] or not (joins(word.gap) or word.gap == alias.gaps[k]):
            return False
    return True


def _cased(words: Sequence[Word], alias: _Alias) -> bool:
    """Whether the words are written as a name would be: an acronym in capitals, another name with a capital somewhere in it."""
    if alias.shouted:
        return words[0].text.replace(".", "").isupper()
    return alias.lower or words[0].upper or (len(words) > 1 and words[0].fold in ("al", "el", "the") and words[1].upper)


def lexicon(extra: str = "") -> Lexicon:
    """The packaged names, states and nationalities, with the rows of the user's own table ``extra`` where one is given.

    Raises SettingsError where ``extra`` is no table of the packaged file's shape.
    """
    return _built(extra, stamp(extra))


@lru_cache(maxsize=4)
def _built(extra: str, stamp: tuple[int, int]) -> Lexicon:
    out = Lexicon()
    for row in table("places/countries.tsv"):
        names = [a for a in row["aliases"].split("|") if a]
        out.add(Known(row["name"], "state", row["code"]), names)
        if row["demonyms"]:
            first, *rest = row["demonyms"].split("|")
            out.add(Known(first, "nationality", row["code"]), rest)
    for row in (*table("names/organisations.tsv"), *own_actors(extra)):
        kind: NameKind = next((k for k in _KINDS if k == row["kind"]), "organisation")
        out.add(Known(row["name"], kind, row["country"], row["part_of"]), [a for a in row["aliases"].split("|") if a])
    return out.freeze()
