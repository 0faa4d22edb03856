"""Which spellings may be one name: the consonants of each word, with the sound of its first inner vowel.

Romanised names differ in their vowels and in doubled letters (Qaim, Qa'im; Mohammed, Muhamad), seldom in their consonants.
The first inner vowel is kept apart by class, since Hassan and Hussein have the same consonants.
"""

from __future__ import annotations

import re
from functools import lru_cache

from firsthand.resources import name_particles

from .terms import fold

# What tells no name from another: particles, and which of several of one name it is. "Abd" is half of a name.
PARTICLES = name_particles(assimilated=True) - {"abd"} | {"jr", "sr", "ii", "iii", "iv"}
_WEIGHTLESS = PARTICLES | {"the", "of", "for", "and", "in"}
_DIGRAPHS = (
    ("kh", "k"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("sh", "S"),
    ("ch", "S"),
    ("dj", "j"),
    ("ck", "k"),
)
_LETTERS = str.maketrans({"q": "k", "c": "k", "v": "w", "x": "k"})
_NO_LETTER, _DOUBLED = re.compile(r"[^a-z]"), re.compile(r"(.)\1+")
_NO_VOWELS = str.maketrans("", "", "aeiouy")
_VOWEL_CLASS = {"a": "A", "e": "A", "i": "I", "y": "I", "o": "U", "u": "U"}


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """The consonants of one word and the class of its first vowel after them.

    >>> skeleton("Mohammed") == skeleton("Muhamad"), skeleton("Hassan") == skeleton("Hussein")
    (True, False)
    >>> skeleton("Qa’im") == skeleton("Qaim")
    True
    """
    text = fold(word)
    if not (text.isascii() and text.isalpha()):
        text = _NO_LETTER.sub("", text)
    for pair, letter in _DIGRAPHS:
        text = text.replace(pair, letter)
    text = text.translate(_LETTERS)
    if not text:
        return fold(word)
    vowel = next((_VOWEL_CLASS[c] for c in text[1:] if c in _VOWEL_CLASS), "")
    head = "*" if text[0] in "aeiou" else text[0]
    consonants = _DOUBLED.sub(r"\1", head + text[1:].translate(_NO_VOWELS))
    return f"{consonants}{vowel}"


@lru_cache(maxsize=200_000)
def name_words(text: str) -> tuple[str, ...]:
    """The words of a name that carry it, folded, without articles and particles.

    >>> name_words("Bassem al-Aridi"), name_words("the Popular Guard of Darrun")
    (('bassem', 'aridi'), ('popular', 'guard', 'darrun'))
    """
    parts = re.split(r"[\s\-–]+", text.replace(".", " ").strip())
    return tuple(w for p in parts if (w := re.sub(r"\W", "", fold(p))) and w not in _WEIGHTLESS)


@lru_cache(maxsize=200_000)
def person_key(text: str) -> tuple[str, str] | None:
    """First and last name of a person as skeletons; None for a single name. Initials in between do not count."""
    found = [w for w in name_words(text) if len(w) > 1]
    return (skeleton(found[0]), skeleton(found[-1])) if len(found) > 1 else None


def body_key(text: str) -> tuple[str, ...]:
    """All words of an organisation's name as skeletons: every one must agree, so no longer name is taken for a shorter."""
    return tuple(skeleton(w) for w in name_words(text))


@lru_cache(maxsize=100_000)
def spelt(name: str) -> tuple[str, ...]:
    """What all spellings of a place's name share. The last letter of "-iya", "-iyah", "-iyeh" is one ending written in two ways.

    >>> spelt("as-Selhiya") == spelt("Salhiyeh"), spelt("Old Sennick") == spelt("Sennick")
    (True, False)
    """
    return tuple(skeleton(re.sub(r"(?<=[aeiy])h$", "", word)) for word in name_words(name))


def initials(text: str) -> str:
    """The initials of a name's words, upper case.

    >>> initials("Popular Guard Council of Darrun"), initials("Guard")
    ('PGCD', '')
    """
    found = name_words(text)
    return "".join(w[0] for w in found).upper() if len(found) > 1 else ""


def is_initialism(text: str) -> bool:
    """Whether ``text`` is written as an initialism ("PGC", "P.G.C.")."""
    letters = text.replace(".", "")
    return 2 < len(letters) <= 7 and letters.isalpha() and letters.isupper()
