"""The whole chain on either database comes to the same."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from firsthand.errors import LedgerError
from firsthand.export.bundle import write_bundle
from firsthand.ingest import Intake, read
from firsthand.ledger import View, Writer
from firsthand.resources import resource_path
from firsthand.runners.local import build


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is write-protected for root")
def test_a_write_protected_ledger_is_read(built_demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    shutil.copy(built_demo, folder / "ledger.db")
    (folder / "ledger.db").chmod(0o444)
    folder.chmod(0o555)
    try:
        with View(str(folder / "ledger.db")) as view, View(str(built_demo)) as other:
            assert view.incidents() == other.incidents()
        with pytest.raises(LedgerError, match="may you write there"), Writer(str(folder / "ledger.db")):
            pass
    finally:
        folder.chmod(0o755)


def test_a_build_comes_to_the_same_on_either_database(ledger: str, built_demo: Path, tmp_path: Path) -> None:
    with Writer(ledger) as writer:
        sources = [str(resource_path("demo/reports"))]
        writer.add((item.report, item.original) for item in read(sources) if isinstance(item, Intake))
    build(ledger)
    assert build(ledger).stages == ()
    with View(ledger) as view, View(str(built_demo)) as other:
        assert view.dump() == other.dump()
        for name, opened in (("a", view), ("b", other)):
            write_bundle(opened, tmp_path / name)
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name
