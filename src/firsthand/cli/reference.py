"""Writes the generated pages of docs/ from the program itself: ``python -m firsthand.cli.reference [--check] docs``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from firsthand.export.schema import TABLES
from firsthand.pipeline import diagram

from . import COMMANDS, firsthand

_COMMANDS_TOP = """# The command line

Written from the commands by `make docs`; a test compares the two.
"""

_BUNDLE_TOP = """# The bundle

What `firsthand export --format bundle OUT` writes: one JSON Lines file a table, and `datapackage.json`, which says the same as this
page to a program. All text is UTF-8. Every span is `[start, end)` in Unicode code points of the report's `text` or `title`. Null is
unknown, never zero. Fields named here keep their names, types and meaning; new ones may come.

Written from the code by `make docs`; a test compares the two.
"""


_FLOW_TOP = """# The data flow

Drawn from the declarations in `pipeline.py` by `make docs`; a test compares the two.
"""


def pages() -> dict[str, str]:
    """The generated pages by file name."""
    return {"cli.md": command_reference(), "bundle.md": bundle_reference(), "data-flow.md": data_flow()}


def data_flow() -> str:
    """The order of the rooms as a diagram, from their own declarations."""
    return f"{_FLOW_TOP}\n```mermaid\n{diagram()}```\n"


def command_reference() -> str:
    """All commands as Markdown: what `--help` of each prints."""
    parts = [_COMMANDS_TOP, _command("firsthand", firsthand, None)]
    with click.Context(firsthand, info_name="firsthand") as parent:
        for name in sorted(COMMANDS):
            command = firsthand.get_command(parent, name)
            assert command is not None
            parts.append(_command(name, command, parent))
            if isinstance(command, click.Group):
                with click.Context(command, info_name=name, parent=parent) as outer:
                    parts += [_command(each, command.commands[each], outer) for each in sorted(command.commands)]
    return "\n".join(parts).rstrip() + "\n"


def bundle_reference() -> str:
    """All tables of the bundle as Markdown."""
    parts = [_BUNDLE_TOP]
    for name, (description, fields) in TABLES.items():
        rows = "\n".join(f"| `{field}` | {kind} | {told} |" for field, kind, told in fields)
        parts.append(f"## {name}.jsonl\n\n{description}\n\n| field | type | meaning |\n|---|---|---|\n{rows}\n")
    return "\n".join(parts)


def _command(name: str, command: click.Command, parent: click.Context | None) -> str:
    title = f"{parent.info_name} {name}" if parent is not None and parent.parent is not None else name
    with click.Context(command, info_name=name, parent=parent, terminal_width=100, max_content_width=100) as context:
        text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    return f"## {title}\n\n```\n{text}\n```\n"


def main(arguments: list[str]) -> int:
    """Writes the pages into a folder, or with ``--check`` says whether they are up to date."""
    check = "--check" in arguments
    folder = Path(next(argument for argument in arguments if argument != "--check"))
    stale = []
    for name, text in pages().items():
        path = folder / name
        if not check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(str(path))
    if stale:
        sys.stderr.write(f"{', '.join(stale)}: not what the code says; run `make docs`\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
