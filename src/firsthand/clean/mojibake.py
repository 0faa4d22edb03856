"""UTF-8 that was read as an old encoding, and back: "chargĂ©" → "chargé".

Two passes. The first asks of the text as a whole whether nearly all that is not ASCII in it are UTF-8 sequences seen
through one old code page: this catches Cyrillic and Arabic, where every word is garbled. The second looks at each word
alone, as ftfy judges it: this catches the one word that came through another system, between quotation marks that are
right. Words are judged one by one because a whole line with one right “ in it cannot be encoded back.
"""

from __future__ import annotations

import re
from functools import cache

import ftfy
from ftfy import TextFixerConfig
from ftfy.badness import is_bad

from .draft import Draft, Edit

# "sloppy" code pages, registered by ftfy, read the bytes that Windows leaves undefined as the control codes of Latin-1.
CODECS = ("sloppy-windows-1252", "sloppy-windows-1251", "sloppy-windows-1250", "mac-roman", "iso-8859-2", "latin-1")
# Share of the non-ASCII characters that must be part of a UTF-8 sequence for the whole text to be taken back. Clean Czech,
# French, Russian and Arabic texts stay under 0.05, garbled ones without loss reach 1: rerun tests/clean/test_mojibake.py.
WHOLE = 0.85
FEWEST = 3
CONFIG = TextFixerConfig(uncurl_quotes=False, unescape_html=False, fix_latin_ligatures=False, fix_character_width=False)
PART = re.compile(r"[^\s“”‘’«»‹›—–…]+")
WORD = re.compile(r"[^ \t\n\r\f\v]*[^\x00-\x7f \t\n\r\f\v][^ \t\n\r\f\v]*")


def with_repaired_encoding(draft: Draft) -> Draft:
    """The draft with garbled sequences read as the UTF-8 they were. Untouched where nothing is garbled."""
    if draft.text.isascii():
        return draft
    for _ in range(2):  # text can be garbled twice over
        codec, edits = _whole(draft.text)
        if not edits:
            break
        draft = draft.edited(edits, f"read as {codec.removeprefix('sloppy-')}, was UTF-8", together=True)
    return draft.edited(_word_by_word(draft.text), "word read in a wrong encoding")


def repaired(text: str) -> str:
    """``text`` with its encoding repaired, where no map is needed (a title from metadata)."""
    return with_repaired_encoding(Draft.of(text)).text


def _whole(text: str) -> tuple[str, list[Edit]]:
    """The code page through which most of the text's sequences are UTF-8, and the edits that take them back."""
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    best: tuple[str, list[Edit]] = ("", [])
    covered = 0
    characters = set(text)
    for codec in CODECS:
        if _leads(codec).isdisjoint(characters):
            continue
        edits = [
            Edit(match.start(), match.end(), decoded)
            for match in _sequences(codec).finditer(text)
            if (decoded := _as_utf8(match.group(), codec)) is not None
        ]
        share = sum(edit.end - edit.start for edit in edits)
        if share > covered and len(edits) >= FEWEST and share >= WHOLE * beyond:
            best, covered = (codec, edits), share
    return best


@cache
def _leads(codec: str) -> frozenset[str]:
    """The characters as which ``codec`` shows the first byte of a UTF-8 sequence."""
    return frozenset(bytes(range(0xC2, 0xF5)).decode(codec, errors="ignore"))


@cache
def _sequences(codec: str) -> re.Pattern[str]:
    """UTF-8 sequences of two to four bytes as ``codec`` shows them. A byte A0 often became a plain space on the way."""
    shown = {byte: bytes([byte]).decode(codec, errors="ignore") for byte in range(0x80, 0x100)}

    def one_of(low: int, high: int) -> str:
        return "[" + "".join(re.escape(shown[byte]) for byte in range(low, high + 1)) + "]"

    tail = one_of(0x80, 0xBF)
    two, three, four = one_of(0xC2, 0xDF), one_of(0xE0, 0xEF), one_of(0xF0, 0xF4)
    return re.compile(f"{two}{tail}|{three}{tail}{{2}}|{four}{tail}{{3}}")


def _as_utf8(shown: str, codec: str) -> str | None:
    try:
        return shown.encode(codec).decode("utf-8")
    except UnicodeError:
        return None


def _word_by_word(text: str) -> list[Edit]:
    edits = []
    for match in WORD.finditer(text):
        word = match.group()
        if not is_bad(word):
            continue
        # A right quotation mark or dash beside the garbled letters keeps the word from being encoded back: the word as a
        # whole first, since such marks can be part of the garbling too, then what stands between them.
        for part in (match, *PART.finditer(text, match.start(), match.end())):
            fixed = ftfy.fix_encoding(part.group(), CONFIG)
            if fixed != part.group():
                edits.append(Edit(part.start(), part.end(), fixed))
                if part is match:
                    break
    return edits
