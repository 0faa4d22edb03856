"""What a site prints under every story is no sign that one story was copied from another.

Cleaning takes away the lines it knows; this takes those that the ledger itself shows: a sentence that returns on one site for
longer than a story lives. Standing background ("The war began in 2011 …") goes the same way, and should.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from firsthand.model import Document

from .reading import Reading

#: A sentence in this many reports of one site, over more days than this, is the site's and not the story's. Where no dates are
#: known, more reports are asked for. A story's updates follow within days.
SITE_REPORTS, SITE_DAYS, UNDATED_REPORTS = 3, 7, 6


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
    parts = [np.unique(sentence_keys(d, r)) for d, r in zip(documents, readings, strict=True)]
    if not parts:
        return frozenset()
    days = [document.published.toordinal() if document.published else 0 for document in documents]
    day = np.repeat(np.array(days, np.int64), [len(part) for part in parts])
    keys = np.concatenate(parts)
    order = np.lexsort((day, keys))
    keys, day = keys[order], day[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.empty(0, np.int64)
    ends = np.r_[starts[1:], len(keys)]
    chrome = set()
    for start, end in zip(starts[ends - starts >= SITE_REPORTS], ends[ends - starts >= SITE_REPORTS], strict=True):
        known = day[start:end][day[start:end] > 0]
        lasting = len(known) >= SITE_REPORTS and int(known[-1] - known[0]) > SITE_DAYS
        if lasting or end - start - len(known) >= UNDATED_REPORTS:
            chrome.add(int(keys[start]))
    return frozenset(chrome)


def without_chrome(document: Document, reading: Reading, chrome: frozenset[int]) -> Reading:
    """``reading`` with the sentences of its site left out; as it is where nothing else would be left."""
    if not chrome:
        return reading
    keep = np.array([key not in chrome for key in sentence_keys(document, reading).tolist()], np.bool_)
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
