"""Claims, copies and incidents → figures, conflicts and grades; and hand-coded tables by the same principles.

Takes what the other rooms found and people decided; gives ranges with one sentence of why. Never assigns a claim to an incident,
never turns unknown into zero.

``reconcile`` is the room's verb. ``sensitivity`` shows one incident under all policies, ``disagreement`` scores a ledger.
``reconcile_table`` and ``table_diagnostics`` do for tables of coded reports what ``reconcile`` does for claims.
"""

from .asked import Known
from .engine import reconcile, reconcile_some
from .policies import POLICIES, Policy, load_hierarchy
from .sensitivity import Comparison, Disagreement, disagreement, sensitivity
from .tables import (
    SHIPPED,
    ColumnRule,
    Diagnostic,
    EventRow,
    TableSpec,
    load_spec,
    read_table,
    reconcile_table,
    table_diagnostics,
)

__all__ = [
    "POLICIES", "SHIPPED", "ColumnRule", "Comparison", "Diagnostic", "Disagreement", "EventRow", "Known", "Policy", "TableSpec",
    "disagreement", "load_hierarchy", "load_spec", "read_table", "reconcile", "reconcile_some", "reconcile_table", "sensitivity",
    "table_diagnostics",
]  # fmt: skip
