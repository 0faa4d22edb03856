"""Where things came from: captures from the network, and the chain of custody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

CustodyVerb: TypeAlias = Literal["added", "found", "seen", "fetched"]


@dataclass(frozen=True, slots=True)
class Capture:
    """One response of a server, kept as WARC records with its headers and those of the redirects that led to it.

    ``url`` is the address asked for, ``final_url`` where redirects ended. ``warc`` is the SHA-256 of the gzipped WARC
    records, ``payload`` that of the decoded content, ``bytes`` its length. ``at`` is the ISO date-time in UTC of the request.
    """

    id: str
    url: str
    final_url: str
    at: str
    status: int
    media_type: str
    address: str
    bytes: int
    payload: str
    warc: str


@dataclass(frozen=True, slots=True)
class CustodyEntry:
    """One line of the custody log: who did what to which report or capture, when, and where it came from.

    ``added``: a new report; ``found``: one that was in the ledger when the log was begun; ``seen``: the same bytes came again
    from another place; ``fetched``: a capture. ``subject`` is the id of the report or capture, ``sha256`` that of its bytes,
    ``record`` the digest of the record as it was stored, ``place`` what the person named: a path, ``archive!member`` or an
    address. ``hash`` covers ``digest``, which covers the other fields, and ``previous``, the hash of the entry before: the
    chain can be followed through entries of which only the digests are shown.
    """

    number: int
    at: str
    by: str
    verb: CustodyVerb
    subject: str
    sha256: str
    place: str
    record: str = ""
    details: dict[str, str] = field(default_factory=dict)
    digest: str = ""
    previous: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Timestamp:
    """An RFC 3161 timestamp over the hash of custody entry ``number``: that entry and all before it existed then.

    ``token`` is the service's answer in DER, base64. ``at`` is the time the service states, ``service`` its address.
    """

    number: int
    hash: str
    service: str
    at: str
    token: str
