"""Characters that are not text: control codes, terminal sequences, direction overrides, invisible fillers, odd spaces."""

from __future__ import annotations

import re

from .draft import Draft, Edit

# Overrides and isolates (U+202A–202E, U+2066–2069) can make a line read otherwise than it is stored. The plain marks
# U+200E/F and the joiners U+200C/D belong to Arabic, Persian and Hebrew spelling and stay.
UNWANTED = re.compile(
    "\x1b\\[[0-9;?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def without_controls(draft: Draft) -> Draft:
    """The text without control characters, terminal sequences, bidi overrides and zero-width fillers."""
    breaks = [Edit(m.start(), m.end(), "\n") for m in BREAKS.finditer(draft.text)]
    draft = draft.edited(breaks, "line breaks", together=True)
    unwanted = [Edit(m.start(), m.end()) for m in UNWANTED.finditer(draft.text)]
    return draft.edited(unwanted, "control or invisible characters", together=True)


def with_plain_spaces(draft: Draft) -> Draft:
    """The text with every kind of space as a plain one."""
    spaces = [Edit(m.start(), m.end(), " ") for m in SPACES.finditer(draft.text)]
    return draft.edited(spaces, "spaces", together=True)
