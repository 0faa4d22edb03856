"""The page about figures names every policy and every method of tables."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from firsthand.reconcile import POLICIES
from firsthand.reconcile.tables import Method

PAGE = (Path(__file__).parents[2] / "docs" / "figures.md").read_text(encoding="utf-8")


def test_policies_and_methods_are_documented():
    assert [name for name in POLICIES if f"| `{name}` |" not in PAGE] == []
    assert [method for method in get_args(Method) if f"`{method}`" not in PAGE] == []
