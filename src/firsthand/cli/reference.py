"""Writes docs/cli.md from the commands themselves: ``python -m firsthand.cli.reference [--check] docs/cli.md``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from . import COMMANDS, firsthand

_INTRODUCTION = """# The command line

Written from the commands by `make docs`; a test compares the two.

"""


def reference() -> str:
    """The reference of all commands as Markdown: what `--help` of each prints."""
    parts = [_INTRODUCTION, _section("firsthand", firsthand, None)]
    with click.Context(firsthand, info_name="firsthand") as parent:
        for name in sorted(COMMANDS):
            command = firsthand.get_command(parent, name)
            assert command is not None
            parts.append(_section(name, command, parent))
    return "\n".join(parts).rstrip() + "\n"


def _section(name: str, command: click.Command, parent: click.Context | None) -> str:
    with click.Context(command, info_name=name, parent=parent, terminal_width=100, max_content_width=100) as context:
        text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    return f"## {name}\n\n```\n{text}\n```\n"


def main(arguments: list[str]) -> int:
    """Writes the file, or with ``--check`` says whether it is up to date."""
    check = "--check" in arguments
    path = Path(next(argument for argument in arguments if argument != "--check"))
    if not check:
        path.write_text(reference(), encoding="utf-8")
        return 0
    if path.exists() and path.read_text(encoding="utf-8") == reference():
        return 0
    sys.stderr.write(f"{path} does not match the commands: run `make docs`\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
