"""The desk as a process: ``firsthand desk`` answers on the loopback address."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_the_command_serves_the_ledger_and_stops_when_told(demo_ledger: Path) -> None:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "firsthand",
        "--ledger",
        str(demo_ledger),
        "desk",
        "--port",
        str(port),
        "--no-browser",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        page = ""
        while not page and process.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
                    page = answer.read().decode()
            except URLError:
                time.sleep(0.1)  # not listening yet
        assert "14 reports from" in page
    finally:
        process.terminate()
        said = process.communicate(timeout=30)[0]
    assert f"http://127.0.0.1:{port}/" in said


def test_a_ledger_that_is_not_there_is_told_before_anything_listens(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "firsthand", "--ledger", str(tmp_path / "none.db"), "desk", "--no-browser"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "none.db" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_outlines_of_provinces_are_whole() -> None:
    folder = Path(str(files("firsthand.web"))) / "static" / "vendor" / "provinces"
    found = sorted(folder.glob("*.json"))
    assert {"IQ", "SY", "NG", "AF", "CD"} <= {path.stem for path in found}
    for path in found:
        drawn = json.loads(path.read_text(encoding="utf-8"))
        shapes = drawn["objects"]["provinces"]["geometries"]
        assert shapes, path.name
        assert all(shape["type"] in ("Polygon", "MultiPolygon", None) for shape in shapes), path.name
    assert sum(path.stat().st_size for path in found) < 2_500_000
