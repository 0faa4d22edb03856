"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Row = TypeVar("Row")


def paged(rows: Sequence[Row], page: int, size: int) -> tuple[Sequence[Row], int, int]:
    """The ``rows`` of that page, its number, and how many pages there are. Pages count from 1; of one that is not there the nearest
    is given.

    >>> paged("abcde", 2, 2), paged("abcde", 9, 2), paged("", 1, 2)
    (('cd', 2, 3), ('e', 3, 3), ('', 1, 1))
    """
    pages = (len(rows) + size - 1) // size or 1
    page = max(1, min(page, pages))
    return rows[(page - 1) * size : page * size], page, pages
