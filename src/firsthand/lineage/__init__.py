"""Documents → who copies whom.

Takes cleaned documents; gives origins (every document has exactly one), copies with their aligned passages, passages that
independent reports share, and what was altered on the way. Never reads claims or incidents, never fetches anything.
"""

from .compare import Row, compare
from .decisions import decided_reports, regrouped
from .growth import DamagedIndex, Extension, extend, extendable
from .index import Index, trace
from .tree import Descent, Node, Tree, tree
from .tree import lines as tree_lines

__all__ = [
    "DamagedIndex",
    "Descent",
    "Extension",
    "Index",
    "Node",
    "Row",
    "Tree",
    "compare",
    "decided_reports",
    "extend",
    "extendable",
    "regrouped",
    "trace",
    "tree",
    "tree_lines",
]
