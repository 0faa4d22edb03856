"""Claims, copies and incidents → figures, conflicts and grades; and hand-coded tables by the same principles."""

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
    "SHIPPED", "ColumnRule", "Diagnostic", "EventRow", "TableSpec", "load_spec", "read_table", "reconcile_table",
    "table_diagnostics",
]  # fmt: skip
