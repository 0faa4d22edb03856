"""Who may use a desk that has accounts: names and roles, open sessions, links that show one incident. Holds hashes only.

None of this is part of what the ledger says: it is replaced freely, exported never.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeAlias, get_args

from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from firsthand.errors import NotFound, SettingsError

from . import tables as t
from .engine import open_engine, plain_errors
from .writer import Writer

#: A reader reads, a reviewer decides and adds reports, an admin looks after accounts and share links too.
Role: TypeAlias = Literal["reader", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Account:
    """``made`` is an ISO date-time in UTC."""

    name: str
    role: Role
    made: str


@dataclass(frozen=True, slots=True)
class Share:
    """A link to one incident. ``token`` is the hash of what the link holds; ``ends`` an ISO date-time in UTC."""

    token: str
    incident: str
    by: str
    made: str
    ends: str


class Accounts(AbstractContextManager["Accounts"]):
    """Reads and writes accounts, one transaction a call. Times are ISO date-times in UTC, which sort as text."""

    def __init__(self, ledger: str) -> None:
        with Writer(ledger):
            pass  # brings the schema up to date
        self.ledger = ledger
        self._engine: Engine = open_engine(ledger, writing=True)
        self._reading: Engine = open_engine(ledger, writing=False)

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()
        self._reading.dispose()

    # -- accounts

    def any(self) -> bool:
        with plain_errors(self.ledger), self._reading.begin() as connection:
            return bool(connection.execute(select(func.count()).select_from(t.accounts)).scalar())

    def all(self) -> list[Account]:
        c = t.accounts.c
        with plain_errors(self.ledger), self._reading.begin() as connection:
            found = connection.execute(select(c.name, c.role, c.made).order_by(c.name))
            return [Account(row.name, row.role, row.made) for row in found]

    def add(self, name: str, role: Role, password: str) -> None:
        """``password`` is the hash. Raises SettingsError where the name is taken or cannot be one."""
        if not name.strip() or name != name.strip() or len(name) > 100:
            raise SettingsError(
                f"{name!r} cannot be the name of an account", hint="1 to 100 characters, no space around"
            )
        row = {"name": name, "role": role, "password": password, "made": now()}
        try:
            with plain_errors(self.ledger), self._engine.begin() as connection:
                taken = connection.execute(select(t.accounts.c.name).where(t.accounts.c.name == name)).first()
                if taken is not None:
                    raise SettingsError(f"there is an account {name!r} already")
                connection.execute(insert(t.accounts), row)
        except IntegrityError as error:
            raise SettingsError(f"there is an account {name!r} already") from error

    def change(self, name: str, *, role: Role | None = None, password: str | None = None) -> None:
        """Sets the role or the hash of the password; the account's sessions end. The last admin stays one."""
        values = {key: value for key, value in (("role", role), ("password", password)) if value is not None}
        with plain_errors(self.ledger), self._engine.begin() as connection:
            if role is not None and role != "admin":
                self._keep_an_admin(connection, name)
            if not connection.execute(update(t.accounts).where(t.accounts.c.name == name).values(values)).rowcount:
                raise NotFound(f"there is no account {name!r}")
            connection.execute(delete(t.sessions).where(t.sessions.c.account == name))

    def remove(self, name: str) -> None:
        """Removes the account and its sessions; what it signed stays. The last admin cannot go while others are there."""
        with plain_errors(self.ledger), self._engine.begin() as connection:
            self._keep_an_admin(connection, name)
            connection.execute(delete(t.sessions).where(t.sessions.c.account == name))
            if not connection.execute(delete(t.accounts).where(t.accounts.c.name == name)).rowcount:
                raise NotFound(f"there is no account {name!r}")

    def password_of(self, name: str) -> str | None:
        """The hash of the account's password; None where there is no such account."""
        c = t.accounts.c
        with plain_errors(self.ledger), self._reading.begin() as connection:
            return connection.execute(select(c.password).where(c.name == name)).scalar()

    # -- sessions; ``token`` is the hash of what the browser holds

    def open_session(self, token: str, account: str, ends: str) -> None:
        with plain_errors(self.ledger), self._engine.begin() as connection:
            connection.execute(delete(t.sessions).where(t.sessions.c.ends < now()))
            connection.execute(insert(t.sessions), {"token": token, "account": account, "ends": ends})

    def close_session(self, token: str) -> None:
        with plain_errors(self.ledger), self._engine.begin() as connection:
            connection.execute(delete(t.sessions).where(t.sessions.c.token == token))

    def session(self, token: str) -> Account | None:
        """The account whose session it is, unless it has ended."""
        c = t.accounts.c
        found = select(c.name, c.role, c.made).join(t.sessions, t.sessions.c.account == c.name)
        found = found.where(t.sessions.c.token == token, t.sessions.c.ends >= now())
        with plain_errors(self.ledger), self._reading.begin() as connection:
            row = connection.execute(found).first()
            return Account(row.name, row.role, row.made) if row else None

    # -- links to one incident

    def share(self, share: Share) -> None:
        with plain_errors(self.ledger), self._engine.begin() as connection:
            row = {
                "token": share.token,
                "incident": share.incident,
                "by": share.by,
                "made": share.made,
                "ends": share.ends,
            }
            connection.execute(insert(t.shares), row)

    def shared(self, token: str) -> Share | None:
        """What the link shows, unless it has ended."""
        return next((share for share in self.shares() if share.token == token), None)

    def shares(self, incident: str | None = None) -> list[Share]:
        """The links that are open, newest first; of one incident, or all."""
        c = t.shares.c
        found = select(t.shares).where(c.ends >= now()).order_by(c.made.desc(), c.token)
        if incident is not None:
            found = found.where(c.incident == incident)
        with plain_errors(self.ledger), self._reading.begin() as connection:
            return [Share(r.token, r.incident, r.by, r.made, r.ends) for r in connection.execute(found)]

    def unshare(self, token: str) -> None:
        with plain_errors(self.ledger), self._engine.begin() as connection:
            connection.execute(delete(t.shares).where(t.shares.c.token == token))

    def _keep_an_admin(self, connection, name: str) -> None:  # type: ignore[no-untyped-def]
        c = t.accounts.c
        others = connection.execute(select(c.name, c.role).where(c.name != name)).all()
        mine = connection.execute(select(c.role).where(c.name == name)).scalar()
        if mine == "admin" and others and not any(row.role == "admin" for row in others):
            raise SettingsError(f"{name!r} is the last admin", hint="make another account an admin first")


def now() -> str:
    """The time in UTC, ISO, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
