"""firsthand: a ledger of who says what happened, and who merely copies whom."""

__version__ = "0.1.0"
