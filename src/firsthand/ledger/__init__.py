"""The store: what came in, what was made of it under which key, and what people decided.

``Writer`` changes a ledger, one transaction a call; ``View`` reads one snapshot of it. Neither calls a room.
"""

from .rows import Reading
from .view import Damage, View
from .writer import Added, Writer

__all__ = ["Added", "Damage", "Reading", "View", "Writer"]
