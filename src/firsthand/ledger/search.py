"""The search as each database is asked: the index finds the texts with all the words, the text itself words in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, literal, select, text

from . import tables as t


def reports_holding(parts: Sequence[tuple[list[str], bool]], *, sqlite: bool) -> Select[Any]:
    """Report id and day of publication of the reports that hold all ``parts`` (see ``folding.asked``; not empty)."""
    terms = [(word, begins and word is words[-1]) for words, begins in parts for word in words]
    # Folded words hold letters and digits alone: nothing in them can end the quotation marks.
    if sqlite:
        asked_for = " ".join(f'"{word}"{" *" if begins else ""}' for word, begins in terms)
        inside = text("texts.number IN (SELECT rowid FROM text_index WHERE text_index MATCH :words)")
    else:
        asked_for = " & ".join(f"'{word}'{':*' if begins else ''}" for word, begins in terms)
        inside = text("array_to_tsvector(string_to_array(texts.body, ' ')) @@ CAST(:words AS tsquery)")
    found = select(t.texts.c.report, t.documents.c.published)
    found = found.join(t.documents, t.documents.c.report == t.texts.c.report).where(inside.bindparams(words=asked_for))
    padded = literal(" ").concat(t.texts.c.body).concat(" ")
    for words, begins in parts:
        if len(words) > 1:
            found = found.where(padded.contains(f" {' '.join(words)}{'' if begins else ' '}", autoescape=True))
    return found
