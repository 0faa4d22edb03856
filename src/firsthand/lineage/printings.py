"""One text in several reports, word for word: which of them printed it first."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np

from firsthand.model import Document

from .reading import Reading

#: Day number of a report without a date.
UNDATED = int(np.iinfo(np.int64).max)


def first_printings(documents: Sequence[Document], readings: Sequence[Reading]) -> list[int]:
    """For each of ``documents`` the index of the one that printed its text first; most often its own."""
    first: dict[bytes, int] = {}
    keys = [reading.wording for reading in readings]
    for index, key in enumerate(keys):
        if key not in first or _came_out(documents[index]) < _came_out(documents[first[key]]):
            first[key] = index
    return [first[key] for key in keys]


def ordinal(document: Document) -> int:
    """The day of ``document`` as a number, ``UNDATED`` where there is none."""
    return document.published.toordinal() if document.published else UNDATED


def _came_out(document: Document) -> tuple[int, float, str]:
    """Day, hour and, where these are not known or equal, id."""
    moment = document.published_at.timestamp() if document.published_at else inf
    return ordinal(document), moment, document.id
