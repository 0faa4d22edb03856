"""Words as the search compares them, Latin and Arabic: one spelling for what a reader takes for the same word.

Folded are case, accents and vowel signs, the letters that Arabic writers use for one another, the article written on to a
word, digits of other scripts, and marks inside a word (Kata'ib, U.S.). Text and question go through the same door, so both
databases give the same answers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Letters of Arabic script that stand for one another in names; hamza and madda on a carrier go with the other marks.
_LETTERS = str.maketrans(
    {"ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ٱ": "ا", "ـ": "", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
)
_INSIDE = re.compile(r"['’ʼʻʿʾ`´.](?=\w)(?:(?<=\w[^.])|(?<=\b\w\.)(?=\w\b))")
# Marks outside ASCII that stand between words in most news in Latin script.
_PRINTED = "“”‘’–—…"
_WORD = re.compile(r"[^\W_]+")
# The article, alone or behind a one-letter particle, on a word of which at least three letters are left.
_ARTICLE = re.compile(r"^(?:[وفبك]?ال|لل)(?=\w{3})")

# A token longer than this is no word (an address, a key); a text beyond this many words is a book, searched by its beginning.
LONGEST, MOST = 64, 100_000


def fold(text: str) -> list[str]:
    """The words of ``text`` as they are compared, in order.

    >>> fold("Kata’ib, the U.S. and Ramādī"), fold("قُتِل في الموصل") == fold("قتل فى موصل")
    (['kataib', 'the', 'us', 'and', 'ramadi'], True)
    """
    joined = _INSIDE.sub("", text)
    for mark in _PRINTED:
        joined = joined.replace(mark, " ")
    if joined.isascii():  # nothing is left to fold but case
        return [word[:LONGEST] for word in _WORD.findall(joined.lower())][:MOST]
    plain = unicodedata.normalize("NFKD", joined).casefold().translate(_PLAIN).translate(_LETTERS)
    return [_ARTICLE.sub("", word)[:LONGEST] for word in _WORD.findall(plain)][:MOST]


def asked(query: str) -> list[tuple[list[str], bool]]:
    """What a search asks for: (words in a row, whether the last is only a beginning). All parts must be found.

    Words in quotation marks stand in a row; a star ends the beginning of a word.

    >>> asked('"tea house" Moradi bomb*')
    [(['tea', 'house'], False), (['moradi'], False), (['bomb'], True)]
    """
    parts: list[tuple[list[str], bool]] = []
    for quoted, word in re.findall(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]?|([^\s\"“”„«»]+)", query):
        words = fold(quoted or word)
        if words:
            parts.append((words, (quoted or word).endswith("*")))
    return parts


def matches(words: Iterable[str], parts: Iterable[tuple[list[str], bool]]) -> bool:
    """Whether folded ``words`` hold every part of a question.

    >>> matches(fold("in the tea house"), asked('"tea house"')), matches(fold("the house, tea"), asked('"tea house"'))
    (True, False)
    """
    text = f" {' '.join(words)} "
    return all(f" {' '.join(part)}{'' if open_ended else ' '}" in text for part, open_ended in parts)


class _Plain(dict[int, str]):
    """For ``str.translate``: marks go, digits of other scripts become ours. Each character is looked up once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        digit = unicodedata.decimal(char, None)
        self[code] = "" if unicodedata.combining(char) else char if digit is None else str(digit)
        return self[code]


_PLAIN = _Plain()
