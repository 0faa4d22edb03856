"""Sentences cut into the tokens that the parser's model was taught on, by spaCy's tokenizer.

The tokenizer looks at nothing beyond a space, so what is written between two spaces is cut once and remembered. Most of it is a
word of plain letters, alone or before a comma or a full stop: those the tokenizer cuts in one way only, and is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from .sentences import titles

# What is written between spaces and remembered, some 300 bytes each.
_REMEMBERED = 1 << 16
# "U.S.-led" is three tokens: the model reads it as one proper noun.
_PREFIXED = re.compile(r"(?<=[A-Z]\.)(-)(?=[a-z])")

# Tokens, and whether a space follows each.
Tokens = tuple[list[str], list[bool]]


class Cutter:
    """Cuts with spaCy's ``tokenizer``, which it teaches some abbreviations."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._keep_abbreviations()
        self._special: frozenset[str] = frozenset(tokenizer.rules)
        self._known: dict[str, Tokens] = {}

    def _keep_abbreviations(self) -> None:
        """Make "Maj." one token, as "Gen." is: the model reads the stop after a rank it does not know as the sentence's end."""
        for word in titles():
            if word not in self._tokenizer.rules:
                self._tokenizer.add_special_case(word, [{"ORTH": word}])

    def learn(self, texts: Iterable[str]) -> None:
        """Cut what ``texts`` write between spaces, as far as it is new, many at a time."""
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        new = {written for text in texts for written in text.split()}.difference(self._known)
        prefixed = {written: _PREFIXED.split(written) for written in new if ".-" in written}
        new.update(part for parts in prefixed.values() for part in parts)
        odd = []
        for written in new:
            plain = self._plainly(written)
            if plain is None:
                odd.append(written)
            else:
                self._known[written] = plain
        self._ask(sorted(odd))
        for written, parts in prefixed.items():
            self._known[written] = self._joined(parts)

    def _joined(self, parts: Iterable[str]) -> Tokens:
        """The tokens of ``parts`` that nothing parts."""
        words = [word for part in parts for word in self._known[part][0]]
        return words, [*[False] * (len(words) - 1), True]

    def _plainly(self, written: str) -> Tokens | None:
        """The tokens of a word of plain letters; None where the tokenizer has to be asked."""
        if not written.isascii() or written in self._special:
            return None
        if written.isalpha():
            return [written], [True]
        word, mark = written[:-1], written[-1]
        # A full stop behind a capital may belong to an abbreviation.
        if word.isalpha() and word not in self._special and (mark == "," or (mark == "." and word[-1].islower())):
            return [word, mark], [False, True]
        return None

    def _ask(self, new: list[str]) -> None:
        """Have the tokenizer cut all that is ``new`` as one text, a line each."""
        chunks, words = iter(new), list[str]()
        for token in self._tokenizer("\n".join((*new, ""))):
            if (word := token.text) != "\n":
                words.append(word)
            else:
                self._known[next(chunks)] = words, [*[False] * (len(words) - 1), True]
                words = []

    def cut(self, text: str) -> Tokens:
        """The tokens of ``text``, which has been learnt."""
        chunks = text.split()
        if " ".join(chunks) != text:  # a space of another sort is a token of its own
            tokens = list(self._tokenizer(text))
            return [token.text for token in tokens], [bool(token.whitespace_) for token in tokens]
        words: list[str] = []
        spaces: list[bool] = []
        for written in chunks:
            cut, spaced = self._known[written]
            words += cut
            spaces += spaced
        spaces[-1] = False
        return words, spaces
