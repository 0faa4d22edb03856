"""The store: what came in, what was made of it under which key, and what people decided.

``Writer`` changes a ledger, one transaction a call; ``View`` reads one snapshot of it. Neither calls a room.
"""

from .custody import Damage
from .public import PublicView
from .rows import Reading, Watched
from .view import View
from .writer import Added, KeptIndex, Writer

__all__ = ["Added", "Damage", "KeptIndex", "PublicView", "Reading", "View", "Watched", "Writer"]
