"""What changed in the copy."""

from __future__ import annotations

from firsthand.model import Alteration, Document

from .align import Alignment


def alterations(source: Document, derived: Document, alignment: Alignment) -> list[Alteration]:
    """Differences between the aligned passages of a copy and its source."""
    return []
