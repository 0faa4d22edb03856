"""Documents, claims and copies → incidents: what happened where and when, and which report and claim speaks of it.

Takes the whole pile and gives one :class:`~firsthand.model.Grouping`. Never reads bytes, never parses, never counts: it only
says what belongs together, and why.
"""

from .alone import Given
from .bodies import with_bodies
from .decisions import regrouping
from .finishing import Extension
from .group import group
from .growth import extend, start
from .pages import DamagedGrouping

__all__ = ["DamagedGrouping", "Extension", "Given", "extend", "group", "regrouping", "start", "with_bodies"]
