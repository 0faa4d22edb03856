"""Passwords, sessions and share links: what the browser holds is random, what the ledger keeps are hashes of it."""

from __future__ import annotations

import hashlib
import secrets
import time
from datetime import UTC, datetime, timedelta
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from firsthand.errors import SettingsError
from firsthand.ledger import Account, Accounts, Role, Share

#: How long a session lasts: a working day, so that a browser left open overnight asks again.
SESSION_HOURS = 12
SHARE_DAYS = 30
# NIST SP 800-63B asks for at least eight characters and no rules of composition; twelve, since these ledgers endanger people.
SHORTEST, LONGEST = 12, 200
# After this many wrong passwords for a name it has to wait, twice as long each time up to five minutes.
_FREE_TRIES, _LONGEST_WAIT = 4, 300

_hasher = PasswordHasher()  # argon2id with the parameters of RFC 9106's second choice
# Compared with where there is no such account, so that the answer takes as long.
_NOBODY = _hasher.hash(secrets.token_hex())


def hashed(password: str) -> str:
    """The argon2id hash of ``password``. Raises SettingsError where it is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise SettingsError("this password cannot be used", why=f"it has to have {SHORTEST} to {LONGEST} characters")
    return _hasher.hash(password)


class Doorkeeper:
    """Lets people in: checks passwords, opens and closes sessions, hands out links. Safe to use from several threads."""

    def __init__(self, ledger: str) -> None:
        self.accounts = Accounts(ledger)
        self._failures: dict[str, tuple[int, float]] = {}
        self._lock = Lock()

    def sign_in(self, name: str, password: str) -> str | None:
        """The token of a new session; None where name and password do not belong together."""
        self._check_patience(name)
        known = self.accounts.password_of(name)
        try:
            _hasher.verify(known or _NOBODY, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            known = None
        with self._lock:
            if known is None:
                count, _ = self._failures.get(name, (0, 0.0))
                self._failures[name] = (count + 1, time.monotonic())
                return None
            self._failures.pop(name, None)
        token = secrets.token_urlsafe(32)
        self.accounts.open_session(_hash(token), name, _later(hours=SESSION_HOURS))
        return token

    def who(self, token: str) -> Account | None:
        """The account that holds this session."""
        return self.accounts.session(_hash(token)) if token else None

    def sign_out(self, token: str) -> None:
        self.accounts.close_session(_hash(token))

    def add(self, name: str, role: Role, password: str) -> None:
        """Makes an account. Raises SettingsError where name or password cannot be used."""
        self.accounts.add(name, role, hashed(password))

    def share(self, incident: str, by: str, *, days: int = SHARE_DAYS) -> str:
        """The token of a link that shows this incident, and nothing else, to whoever has it."""
        token = secrets.token_urlsafe(32)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        self.accounts.share(Share(_hash(token), incident, by, made, _later(days=days)))
        return token

    def shared(self, token: str) -> Share | None:
        return self.accounts.shared(_hash(token))

    def _check_patience(self, name: str) -> None:
        with self._lock:
            count, last = self._failures.get(name, (0, 0.0))
        wait = min(_LONGEST_WAIT, 2 ** (count - _FREE_TRIES)) if count > _FREE_TRIES else 0
        if time.monotonic() - last < wait:
            raise SettingsError("too many wrong passwords for this name", hint=f"wait {wait} seconds")


def _hash(token: str) -> str:
    """Tokens are 256 random bits: a plain hash of one cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


def _later(*, hours: int = 0, days: int = 0) -> str:
    return (datetime.now(UTC) + timedelta(hours=hours, days=days)).isoformat(timespec="seconds")
