"""What a site prints under every story is no sign that one story was copied from another.

Cleaning takes away the lines it knows; this takes those that the ledger itself shows: a sentence that returns on one site for
longer than a story lives, and a sentence that stands in many reports, wherever they come from, each time after another one:
"This material may not be published …". Standing background ("The war began in 2011 …") goes the same way, and should. What
somebody is said to have said stays: that is a statement which reports share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from firsthand.model import Document

from .reading import QUOTED, SPEECH, Reading

#: A sentence in this many texts of one site, over more days than this, is the site's and not the story's. Where no dates are
#: known, more texts are asked for. A story's updates follow within days; a text that is printed again is one text.
SITE_REPORTS, SITE_DAYS, UNDATED_REPORTS = 3, 7, 6
#: A sentence that follows so many different ones belongs to no story. Copies of one story, however cut, have it after the same few.
SURROUNDINGS = 5


def sentence_keys(document: Document, reading: Reading) -> npt.NDArray[np.uint64]:
    """One key a sentence, equal for the same words on the same site; empty where the site is not known."""
    if not document.site:
        return np.empty(0, np.uint64)
    site = crc32(document.site.casefold().encode()) << 32
    bounds = reading.bounds.tolist()
    keys = [site | crc32(reading.words[a:b].tobytes()) for a, b in pairwise(bounds)]
    return np.array(keys, np.uint64)


def site_chrome(documents: Sequence[Document], readings: Sequence[Reading]) -> frozenset[int]:
    """Keys of the sentences that belong to their site."""
    first: dict[tuple[str, bytes], tuple[int, Document, Reading]] = {}
    for document, reading in zip(documents, readings, strict=True):
        if document.site:
            key = (document.site.casefold(), reading.wording)
            day = document.published.toordinal() if document.published else 0
            if key not in first or (not day, day) < (not first[key][0], first[key][0]):
                first[key] = (day, document, reading)
    if not first:
        return frozenset()
    days = [day for day, _, _ in first.values()]
    parts = [np.unique(sentence_keys(document, reading)) for _, document, reading in first.values()]
    dated = np.repeat(np.array(days, np.int64), [len(part) for part in parts])
    keys = np.concatenate(parts)
    order = np.lexsort((dated, keys))
    keys, dated = keys[order], dated[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.empty(0, np.int64)
    ends = np.r_[starts[1:], len(keys)]
    chrome = set()
    for start, end in zip(starts[ends - starts >= SITE_REPORTS], ends[ends - starts >= SITE_REPORTS], strict=True):
        known = dated[start:end][dated[start:end] > 0]
        lasting = len(known) >= SITE_REPORTS and int(known[-1] - known[0]) > SITE_DAYS
        if lasting or end - start - len(known) >= UNDATED_REPORTS:
            chrome.add(int(keys[start]))
    return frozenset(chrome)


def common_property(readings: Sequence[Reading]) -> frozenset[int]:
    """Keys of the sentences that stand in many surroundings: after ``SURROUNDINGS`` different sentences."""
    found: set[int] = set()
    every = [np.array(_plain_keys(reading), np.int64) for reading in readings]
    if not every:
        return frozenset()
    keys, counts = np.unique(np.concatenate(every), return_counts=True)
    often = keys[counts >= SURROUNDINGS]
    texts = [text.tolist() for text in every if np.isin(text, often).any()]
    frequent = frozenset(often.tolist())
    while True:
        before: dict[int, set[int]] = {}
        for text in texts:
            for left, key in pairwise(text):
                if key in frequent:
                    before.setdefault(key, set()).add(left)
        new = {key for key, lefts in before.items() if len(lefts) >= SURROUNDINGS}
        new -= _spoken(readings, new)
        new -= found
        if not new:
            return frozenset(found)
        # What followed the sentence has now what went before it on its left: a notice of two sentences is found in two rounds.
        found |= new
        texts = [[key for key in text if key not in new] for text in texts]


def _plain_keys(reading: Reading) -> list[int]:
    bounds = reading.bounds.tolist()
    return [crc32(reading.words[a:b].tobytes()) for a, b in pairwise(bounds)]


def _spoken(readings: Sequence[Reading], keys: set[int]) -> set[int]:
    """Those of ``keys`` whose sentences quote somebody or name a speaker."""
    spoken: set[int] = set()
    for reading in readings if keys else ():
        for index, key in enumerate(_plain_keys(reading)):
            if key in keys and key not in spoken:
                first, last = reading.bounds[index], reading.bounds[index + 1]
                if (reading.marks[first:last] & QUOTED).any() or not SPEECH.isdisjoint(
                    reading.words[first:last].tolist()
                ):
                    spoken.add(key)
    return spoken


def without_chrome(document: Document, reading: Reading, site: frozenset[int], common: frozenset[int]) -> Reading:
    """``reading`` without the sentences of its ``site`` and those ``common`` to all; as it is where nothing else would be left."""
    if not site and not common:
        return reading
    keep = np.array([key not in common for key in _plain_keys(reading)], np.bool_)
    if document.site:
        keep &= np.array([key not in site for key in sentence_keys(document, reading).tolist()], np.bool_)
    if keep.all() or not keep.any():
        return reading
    sizes = np.diff(reading.bounds)
    words = np.repeat(keep, sizes)
    return replace(
        reading,
        words=reading.words[words],
        starts=reading.starts[words],
        ends=reading.ends[words],
        marks=reading.marks[words],
        bounds=np.r_[0, np.cumsum(sizes[keep])].astype(np.int32),
        chars=reading.chars[keep],
    )
