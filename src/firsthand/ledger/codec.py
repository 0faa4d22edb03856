"""Records of ``model/`` as JSON text and back."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

import msgspec

from firsthand.errors import LedgerError

Record = TypeVar("Record")

_DECODERS: dict[type[Any], msgspec.json.Decoder[Any]] = {}


def encode(record: object) -> str:
    """The JSON text of a dataclass; named tuples become arrays, dates ISO strings."""
    return msgspec.json.encode(record).decode()


def decode(kind: type[Record], body: str) -> Record:
    """The record of type ``kind`` that ``encode`` made ``body`` from. Raises LedgerError where it is none."""
    try:
        record: Record = _decoder(kind).decode(body)
    except msgspec.DecodeError as error:
        raise LedgerError(
            f"a stored {kind.__name__} cannot be read",
            why=str(error),
            hint="`firsthand build` makes derived records anew; an original is never affected",
        ) from error
    return record


def digest(text: str) -> str:
    """First 32 hex digits of the SHA-256 of ``text``: tells whether an input of a stage has changed."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _decoder(kind: type[Any]) -> msgspec.json.Decoder[Any]:
    if kind not in _DECODERS:
        _DECODERS[kind] = msgspec.json.Decoder(kind)
    return _DECODERS[kind]
