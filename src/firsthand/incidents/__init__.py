"""Documents, claims and copies → incidents: what happened where and when, and which report and claim speaks of it.

Takes the whole pile and gives one :class:`~firsthand.model.Grouping`. Never reads bytes, never parses, never counts: it only
says what belongs together, and why.
"""

from .bodies import with_bodies
from .decisions import regrouping
from .group import group
from .growth import Groups

__all__ = ["Groups", "group", "regrouping", "with_bodies"]
