"""Record ids: the same record has the same id on every machine.

An id is a kind's prefix and the first 20 hex digits (80 bits) of the SHA-256 of a canonical JSON array of the parts that
make the record what it is. JSON quotes its strings, so parts cannot run into each other as joined keys do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

Part: TypeAlias = "str | int | float | bool | date | Sequence[Part] | None"


def canonical_json(parts: Sequence[Part]) -> str:
    """The one spelling of ``parts``: no white space, keys none, non-ASCII kept, dates as ISO strings.

    >>> canonical_json(["a", 1, None, ["b", "c"]])
    '["a",1,null,["b","c"]]'
    """
    return _ENCODER.encode(parts)


def record_id(prefix: str, *parts: Part) -> str:
    """Id of the record of kind ``prefix`` that ``parts`` determine.

    >>> record_id("clm", "r1", 3) == record_id("clm", "r1", 3)
    True
    >>> record_id("clm", "a", "b|c") == record_id("clm", "a|b", "c")
    False
    """
    digest = hashlib.sha256(canonical_json([prefix, *parts]).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}-{digest[:20]}"


def _spell(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no canonical spelling for {type(value).__name__}")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_spell, allow_nan=False)
