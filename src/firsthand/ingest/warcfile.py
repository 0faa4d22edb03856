"""WARC records (ISO 28500) of what a server answered: written so that any tool for web archives reads them."""

from __future__ import annotations

import gzip
import hashlib
import re
import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and the raw bytes of its answer, status line and headers included. ``at`` is ISO in UTC with a Z."""

    url: str
    at: str
    address: str
    request: bytes
    response: bytes
    payload: bytes


def warc_of(exchanges: list[Exchange], *, software: str) -> bytes:
    """A gzipped WARC: one warcinfo record, then request and response of each exchange, each record its own gzip member."""
    info = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    out = [_record("warcinfo", exchanges[0].at, "application/warc-fields", info)]
    for exchange in exchanges:
        response = _id()
        common = {"WARC-Target-URI": _one_line(exchange.url), "WARC-IP-Address": exchange.address}
        digest = {"WARC-Payload-Digest": _digest(exchange.payload)}
        out.append(
            _record(
                "response",
                exchange.at,
                "application/http; msgtype=response",
                exchange.response,
                id=response,
                fields={**common, **digest},
            )
        )
        out.append(
            _record(
                "request",
                exchange.at,
                "application/http; msgtype=request",
                exchange.request,
                fields={**common, "WARC-Concurrent-To": response},
            )
        )
    return b"".join(out)


def _record(
    kind: str, at: str, media_type: str, block: bytes, *, id: str | None = None, fields: dict[str, str] | None = None
) -> bytes:
    head = {
        "WARC-Type": kind,
        "WARC-Record-ID": id or _id(),
        "WARC-Date": at,
        **(fields or {}),
        "WARC-Block-Digest": _digest(block),
        "Content-Type": media_type,
        "Content-Length": str(len(block)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return gzip.compress(f"WARC/1.1\r\n{lines}\r\n".encode() + block + b"\r\n\r\n", mtime=0)


def _id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _one_line(text: str) -> str:
    return re.sub(r"[\x00-\x20\x7f]", "", text)
