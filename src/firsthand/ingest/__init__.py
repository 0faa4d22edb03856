"""Sources → reports as they came: bytes kept and hashed, one reader a format.

Takes files, folders, archives, addresses; gives an Intake for each report, or an InputRejected that says why there is none. Never
interprets what it reads, and uses the network only for addresses that a person named.
"""

from .reading import read
from .types import Intake, Limits, Result

__all__ = ["Intake", "Limits", "Result", "read"]
