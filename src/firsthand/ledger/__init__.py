"""The store: what came in, what was made of it under which key, and what people decided.

``Writer`` changes a ledger, one transaction a call; ``View`` reads one snapshot of it. Neither calls a room.
"""

from .accounts import ROLES, Account, Accounts, Role, Share
from .added import BY_HAND
from .custody import Damage
from .engine import check_there
from .inputs import Inputs, figure_key
from .public import PublicView
from .rows import FigureKey, Reading, Watched
from .view import View
from .writer import Added, KeptGrouping, KeptIndex, Writer

__all__ = [
    "BY_HAND", "ROLES", "Account", "Accounts", "Added", "Damage", "FigureKey", "Inputs", "KeptGrouping", "KeptIndex", "PublicView",
    "Reading", "Role", "Share", "View", "Watched", "Writer", "check_there", "figure_key",
]  # fmt: skip
