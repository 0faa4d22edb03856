"""ingest: source → RawReport. Bytes are kept as they came and hashed; one reader a format; nothing is interpreted here."""

from .reading import read
from .types import Intake, Limits, Result

__all__ = ["Intake", "Limits", "Result", "read"]
