"""RFC 3161 timestamps over the custody log: a service outside signs that a hash existed at a time.

Only the hash of the log's last entry leaves this machine. Since each entry covers the one before, the token vouches for all of
them. Checking a token needs the root certificate of the service, which the person who checks must have from elsewhere.
"""

from __future__ import annotations

import base64
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from firsthand.errors import LedgerError, SettingsError
from firsthand.model import CustodyEntry, Timestamp

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

MISSING = "timestamps need a library that is not installed"
HINT = 'pip install "firsthand[custody]"'


def timestamp_request(entry: CustodyEntry) -> bytes:
    """The request for a timestamp over ``entry``, DER, with a nonce. Raises LedgerError where the library is missing."""
    try:
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder
    except ImportError:
        raise LedgerError(MISSING, hint=HINT) from None
    builder = TimestampRequestBuilder().data(_data(entry.hash)).hash_algorithm(HashAlgorithm.SHA256)
    return builder.nonce(nonce=True).cert_request(cert_request=True).build().as_bytes()


def timestamp_from(answer: bytes, entry: CustodyEntry, service: str) -> Timestamp:
    """The timestamp in a service's answer. Raises LedgerError where it is none, or is over something else."""
    token = base64.b64encode(answer).decode("ascii")
    timestamp = Timestamp(entry.number, entry.hash, service, "", token)
    at, problem = checked(timestamp)
    if problem:
        raise LedgerError(f"the timestamp from {service} cannot be used", why=problem)
    return Timestamp(entry.number, entry.hash, service, at, token)


def checked(timestamp: Timestamp, *, roots: list[Certificate] | None = None) -> tuple[str, str]:
    """(the time that the token states, what is wrong with it or ""). Without ``roots`` only what it is over is looked at, not
    who signed it. Raises LedgerError where the library is missing.
    """
    try:
        import rfc3161_client as client
    except ImportError:
        raise LedgerError(MISSING, hint=HINT) from None
    try:
        answer = client.decode_timestamp_response(base64.b64decode(timestamp.token, validate=True))
        if answer.status not in (0, 1):
            return "", f"the service refused it: status {answer.status}"
        info = answer.tst_info
        at = info.gen_time.replace(tzinfo=info.gen_time.tzinfo or UTC).astimezone(UTC).isoformat()
        imprint = info.message_imprint.message
    except (ValueError, TypeError) as error:
        return "", f"it is no timestamp: {error}"[:200]
    if imprint != _imprint(timestamp.hash):
        return at, "it is over another hash"
    if timestamp.at and timestamp.at != at:
        return at, f"it states {at}, not the time kept beside it"
    if roots:
        try:
            client.VerifierBuilder(roots=list(roots)).build().verify_message(answer, _data(timestamp.hash))
        except (client.VerificationError, ValueError) as error:
            return at, f"its signature does not hold: {error}"[:300]
    return at, ""


def root_certificates(path: str) -> list[Certificate]:
    """The certificates in a PEM file. Raises SettingsError where there are none."""
    try:
        from cryptography.x509 import load_pem_x509_certificates
    except ImportError:
        raise LedgerError(MISSING, hint=HINT) from None
    try:
        return load_pem_x509_certificates(Path(path).read_bytes())
    except (OSError, ValueError) as error:
        raise SettingsError(f"cannot read certificates from {path}", why=str(error), hint="give a PEM file") from None


def _data(hash: str) -> bytes:
    return hash.encode("ascii", "replace")


def _imprint(hash: str) -> bytes:
    return sha256(_data(hash)).digest()
