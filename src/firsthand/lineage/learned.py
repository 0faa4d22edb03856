"""What a pile teaches about its own language: how common each word is, and which sentences belong to a site or to everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.model import Document

from .chrome import common_property, site_chrome, without_chrome
from .reading import Reading, read
from .weights import Frequencies


@dataclass(frozen=True, eq=False)
class Learned:
    """``site`` and ``common`` are the keys of sentences that are no part of a story; see ``chrome``."""

    frequencies: Frequencies
    site: frozenset[int]
    common: frozenset[int]

    def read(self, document: Document) -> Reading:
        """``document`` as it is compared."""
        return without_chrome(document, read(document.id, document.text), self.site, self.common)


def learn(documents: Sequence[Document], readings: Sequence[Reading]) -> tuple[Learned, list[Reading]]:
    """What the pile teaches, and its ``readings`` without what belongs to no story."""
    site, common = site_chrome(documents, readings), common_property(readings)
    kept = [
        without_chrome(document, reading, site, common) for document, reading in zip(documents, readings, strict=True)
    ]
    return Learned(Frequencies.of(kept), site, common), kept
