"""Bytes to text: which encoding a file is in, decided by what it says, then by what makes words of it.

UTF-8 proves itself. Of the old one-byte encodings none does, since each reads any bytes: so a candidate must turn (nearly)
all its non-ASCII bytes into letters and marks of the alphabet it was made for, and those letters must be used as in words.
Bytes that no candidate explains are refused, never guessed at.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
MARKS = "‘’‚“”„«»‹›–—…•·€£§©®°´`¡¿º ªº™№\xad"
# Share of the non-ASCII characters that must be at home in the candidate's alphabet, chosen so that one stray mark in a
# long page does no harm while two foreign bytes in a short text do: rerun tests/ingest/test_decoding.py before touching it.
AT_HOME = 0.97
WELL_FORMED = 0.8
# Texts in Cyrillic, Arabic, Greek or Hebrew script are mostly made of it; one with a few such letters is a misreading.
SCRIPT_SHARE = 0.3
CJK = ("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr")


@dataclass(frozen=True, slots=True)
class Alphabet:
    """``letters`` beyond ASCII that texts in ``codec`` use. ``script``: they are most of the text, not accents in it.

    ``common`` are the letters that tell codecs of one script apart: those that make up most of any running text.
    """

    codec: str
    letters: frozenset[str]
    script: bool = False
    common: frozenset[str] = frozenset()


def _both_cases(letters: str) -> frozenset[str]:
    return frozenset(letters + letters.upper())


# By language, since any two together make nearly every byte a letter: Czech in ISO 8859-2 would pass for Polish-Slovak.
FRENCH_ITALIAN = _both_cases("àâæçéèêëîïìíôœòóùúûüÿñ")
IBERIAN = _both_cases("áâãàçéêíïñóôõòúü")
GERMANIC = frozenset("äöüéèàÄÖÜÉß")
NORDIC = _both_cases("åäöæøéü")
POLISH = _both_cases("ąćęłńóśźż")
CZECH = _both_cases("áčďéěíňóřšťúůýžäľĺŕô")
HUNGARIAN = _both_cases("áéíóöőúüű")
ROMANIAN = _both_cases("ăâîșțşţ")
SOUTH_SLAVIC = _both_cases("čćđšž")
TURKISH = frozenset("çğıöşüâîûÇĞİÖŞÜÂÎÛ")
WESTERN = (FRENCH_ITALIAN, IBERIAN, GERMANIC, NORDIC)
CENTRAL = (POLISH, CZECH, HUNGARIAN, ROMANIAN, SOUTH_SLAVIC)
CYRILLIC = frozenset(chr(c) for c in range(0x400, 0x460)) | frozenset("ґҐ")
ARABIC = frozenset(chr(c) for c in range(0x600, 0x700)) | frozenset("\u200c\u200d\u200e\u200f")
GREEK = frozenset(chr(c) for c in range(0x370, 0x400))
HEBREW = frozenset(chr(c) for c in range(0x5B0, 0x600)) | frozenset("\u200e\u200f")
COMMON_CYRILLIC = frozenset("оеаинтсрвлкі")
COMMON_ARABIC = frozenset("اليمنتربوةعدسكه")

CANDIDATES = (
    *(Alphabet("cp1252", letters) for letters in WESTERN),
    *(Alphabet("cp1250", letters) for letters in CENTRAL),
    *(Alphabet("iso8859-2", letters) for letters in CENTRAL),
    Alphabet("cp1254", TURKISH),
    *(Alphabet("mac_roman", letters) for letters in WESTERN),
    Alphabet("cp1251", CYRILLIC, True, COMMON_CYRILLIC),
    Alphabet("koi8-u", CYRILLIC, True, COMMON_CYRILLIC),
    Alphabet("iso8859-5", CYRILLIC, True, COMMON_CYRILLIC),
    Alphabet("cp866", CYRILLIC, True, COMMON_CYRILLIC),
    Alphabet("mac_cyrillic", CYRILLIC, True, COMMON_CYRILLIC),
    Alphabet("cp1256", ARABIC, True, COMMON_ARABIC),
    Alphabet("iso8859-6", ARABIC, True, COMMON_ARABIC),
    Alphabet("cp1253", GREEK, True, frozenset("αοιετσνη")),
    Alphabet("cp1255", HEBREW, True, frozenset("יוהלאר")),
)


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Text of ``data`` and what had to be done to read it. ``declared`` is the encoding a header names, tried after UTF-8.

    Raises ValueError, its message the reason, where no encoding explains the bytes.
    """
    for bom, codec in BOMS:
        if data.startswith(bom):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError as error:
                raise ValueError(f"it begins as {codec} but is not: byte {error.start} cannot be read") from None
            steps = () if codec == "utf-8-sig" else (f"decoded from {codec}",)
            return text.removeprefix("\ufeff"), steps
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        first_bad = error.start
        if error.reason == "unexpected end of data" and first_bad > 0:
            return data[:first_bad].decode("utf-8"), ("cut off inside its last character",)
    for name in filter(None, (declared, declared_encoding(data))):
        as_declared = _strictly(data, name)
        if as_declared is not None and _clean(as_declared):
            return as_declared, (f"decoded from {name.lower()} as declared",)
    found = _best(data)
    if found is None:
        raise ValueError(f"not UTF-8 (byte {first_bad}), and no other encoding makes words of it")
    return found[0], (f"decoded from {found[1]} as detected",)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that an HTML meta tag or an XML declaration at the beginning of ``data`` names."""
    match = DECLARED.search(data[:4096])
    return match.group(1).decode("ascii") if match else None


def looks_binary(head: bytes) -> bool:
    """Whether the first bytes of a file are those of something that is not text in any encoding."""
    if any(head.startswith(bom) for bom, _ in BOMS):
        return False
    if not head:
        return False
    control = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 or byte == 127 for byte in head)
    # A stray NUL or form feed happens in text that was copied about; one in fifty does not.
    return control / len(head) > 0.02


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _clean(text: str) -> bool:
    return not re.search("[\x80-\x9f\ufffd\ue000-\uf8ff]", text)


def _best(data: bytes) -> tuple[str, str] | None:
    scored: list[tuple[float, float, int, str, str]] = []
    for order, alphabet in enumerate(CANDIDATES):
        text = _strictly(data, alphabet.codec)
        if text is None or not _clean(text):
            continue
        words, home = _well_formed(text, alphabet), _at_home(text, alphabet)
        if home >= AT_HOME and words >= WELL_FORMED:
            scored.append((round(words, 2), _common_share(text, alphabet), -order, text, alphabet.codec))
    if scored:
        best = max(scored, key=lambda row: row[:3])
        return best[3], best[4]
    return _east_asian(data)


def _at_home(text: str, alphabet: Alphabet) -> float:
    """Share of the non-ASCII characters that are letters of the alphabet or common marks; 0 where it is out of the question."""
    beyond = [c for c in text if c > "\x7f"]
    letters = [c for c in beyond if c in alphabet.letters]
    if not letters:
        # Nothing but marks: "The minister said “no” – twice." in Windows-1252.
        return 1.0 if alphabet.codec in ("cp1252", "mac_roman") and all(c in MARKS for c in beyond) else 0.0
    if alphabet.script:
        ascii_letters = sum(c.isascii() and c.isalpha() for c in text)
        if len(letters) / (len(letters) + ascii_letters) < SCRIPT_SHARE:
            return 0.0
    return sum(c in alphabet.letters or c in MARKS for c in beyond) / len(beyond)


def _well_formed(text: str, alphabet: Alphabet) -> float:
    """Share of the words with non-ASCII letters that look like words: one script, no capital after a small letter, and
    accented letters among plain ones."""
    good = bad = 0
    for word in re.findall(r"[^\W\d_]+", text):
        foreign = sum(c in alphabet.letters for c in word)
        if not foreign:
            continue
        mixed = foreign < len(word) if alphabet.script else (foreign / len(word) > 0.75 and len(word) > 1)
        if mixed or not (word[1:] == word[1:].lower() or word == word.upper()):
            bad += 1
        else:
            good += 1
    return good / (good + bad) if good + bad else 1.0


def _common_share(text: str, alphabet: Alphabet) -> float:
    """Share of the common letters among the letters beyond ASCII; for accented Latin script all letters count."""
    letters = [c for c in text if c in alphabet.letters]
    return sum(c in alphabet.common for c in letters) / len(letters) if letters and alphabet.common else 0.0


def _east_asian(data: bytes) -> tuple[str, str] | None:
    guess = from_bytes(data, cp_isolation=list(CJK)).best()
    if guess is None:
        return None
    text = str(guess)
    beyond = [c for c in text if c > "\x7f"]
    wide = sum("\u3000" <= c <= "\u30ff" or "\u4e00" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3" for c in beyond)
    # At least twenty such characters, most of all: a few bytes read as Chinese prove nothing.
    if wide < 20 or wide / len(beyond) < 0.9:
        return None
    return text, guess.encoding
