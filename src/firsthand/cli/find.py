"""Which record a person means by what they typed, and what the ledger does not hold yet."""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.errors import NotFound
from firsthand.ledger import View
from firsthand.wording import counted

from .terminal import complain

NOUNS = {"reports": "report", "incidents": "incident", "claims": "claim"}


def find(view: View, typed: str, kinds: Iterable[str] = ("reports", "incidents", "claims")) -> tuple[str, str]:
    """(table, id) of the record called ``typed``: its id, the beginning of it, or the id that a report's sender gave it.

    Raises NotFound where there is none, or where it could be several: no guess is made.
    """
    tables = tuple(kinds)
    found = view.named(typed, tables)
    if not found and "reports" in tables:
        found = [("reports", report) for report in view.by_source_id(typed)]
    nouns = [NOUNS[table] for table in tables]
    wanted = " or ".join([part for part in (", ".join(nouns[:-1]), nouns[-1]) if part])
    if not found:
        further = ", `firsthand show INCIDENT` its reports" if "reports" in tables else ""
        raise NotFound(f"no {wanted} goes by {typed!r}", hint=f"`firsthand incidents` lists incidents{further}")
    if len(found) > 1:
        raise NotFound(
            f"{typed!r} could be several", why=", ".join(id for _, id in found[:5]), hint="type more of the id"
        )
    return found[0]


def tell_unread(view: View) -> None:
    """Says on standard error that reports were added which no build has read: what is listed knows nothing of them."""
    unread = view.count("reports") - view.count("documents")
    if unread > 0:
        complain(f"{counted(unread, 'report')} not read yet: `firsthand build` reads {'it' if unread == 1 else 'them'}")
