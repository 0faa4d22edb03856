"""Every example that a command's help gives, run: on the demonstration ledger, and where there is no ledger."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from firsthand.cli import firsthand
from firsthand.cli.reference import command_reference
from firsthand.errors import LedgerError
from firsthand.ledger import View
from firsthand.resources import resource_path

EXAMPLES = sorted({line for block in re.findall(r"Example:\n((?:\s+firsthand .*\n)+)", command_reference())
                   for line in block.split("\n") if line})  # fmt: skip
# Those that ask another machine, or go on until they are stopped, are run by the tests of fetching, watching, stamping and serving.
HERE = [line.strip() for line in EXAMPLES if not re.search(r"https?://|postgresql://|--every|--roots| desk ", line)]
# What makes a ledger where there is none, and what opens none.
MAKING = ("firsthand add", "firsthand demo", "firsthand reconcile")
# What an example takes for granted.
BEFORE = {
    "firsthand accounts password": "firsthand accounts add Nadia",
    "firsthand accounts remove": "firsthand accounts add Nadia",
    "firsthand release": 'firsthand withhold name "Ilyan Moradi" --reason "his family was threatened"',
}
PASSWORD = "a long enough phrase\n"

Run = Callable[[str], Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a line in a folder with the files that the examples name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FIRSTHAND_LEDGER", raising=False)
    shutil.copytree(resource_path("demo/reports"), "reports")
    shutil.copy("reports/wire.jsonl", "wire.jsonl")
    (tmp_path / "pages").mkdir()
    shutil.copy("reports/velm-online.html", "pages")
    Path("coded.csv").write_text(
        "event_id,source_classification,certain,geo_precision,country,Body,Day\n"
        "e1,2,1,3,Velm,Two men were killed in Selm.,2031-05-04\n"
        "e1,1,1,2,Velm,Three men were killed in Selm.,2031-05-05\n"
    )

    def call(line: str) -> Result:
        arguments = shlex.split(line.split(" > ")[0])[1:]
        return CliRunner().invoke(firsthand, arguments, input=PASSWORD * 2)

    return call


@pytest.mark.parametrize("line", HERE)
def test_an_example_works(run: Run, built_demo: Path, line: str) -> None:
    shutil.copy(built_demo, "firsthand.db")
    with View("firsthand.db") as view:
        incident = max(view.incidents(), key=lambda incident: len(incident.links)).id
    for begun, before in BEFORE.items():
        if line.startswith(begun):
            assert run(before).exit_code == 0
    done = run(line.replace("inc-1f3a", incident[:12]))
    assert done.exit_code == 0, (done.output, done.exception)
    assert done.output.strip()


@pytest.mark.parametrize("line", [line for line in HERE if not line.startswith(MAKING)])
def test_where_there_is_no_ledger_none_is_made(run: Run, line: str) -> None:
    done = run(line)
    assert isinstance(done.exception, LedgerError), done.output
    assert str(done.exception).startswith("there is no ledger at firsthand.db")
    assert not Path("firsthand.db").exists()
