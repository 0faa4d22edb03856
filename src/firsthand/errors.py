"""One tree of exceptions. Catch ``FirsthandError`` to catch everything this package raises on purpose.

::

    FirsthandError
    ├── InputRejected     one input could not be taken; the others go on
    ├── LedgerError       the ledger cannot be opened, read or written
    ├── SettingsError     a setting, option or policy has a value that cannot be used
    ├── NotFound          no record goes by that id
    ├── Superseded        somebody decided on the same thing meanwhile
    └── ModelUnavailable  the parser model is not installed, or not the pinned one
"""

from __future__ import annotations


class FirsthandError(Exception):
    """Says what happened, why, and what to try."""

    def __init__(self, what: str, *, why: str = "", hint: str = "") -> None:
        self.what = what
        self.why = why
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        text = self.what
        if self.why:
            text += f": {self.why}"
        if self.hint:
            text += f" ({self.hint})"
        return text


class InputRejected(FirsthandError):
    """One input could not be taken. ``what`` names it (file, line, member), ``why`` the reason, ``hint`` what to do."""


class LedgerError(FirsthandError):
    """The ledger cannot be opened, read or written."""


class SettingsError(FirsthandError):
    """A setting has a value that cannot be used."""


class NotFound(FirsthandError):
    """No record goes by that id."""


class Superseded(FirsthandError):
    """Somebody decided on the same thing after what this decision was made on; nothing was written."""


class ModelUnavailable(FirsthandError):
    """The parser model is missing or not the one that was pinned."""
