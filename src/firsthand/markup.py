"""What of a page's markup no browser shows: comments, scripts and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from firsthand.model import Span

_OPENING = re.compile(r"<!--|<(script|style|noscript|template|svg)\b", re.I)


def hidden(markup: str) -> Iterator[Span]:
    """Where ``markup`` has what is not shown, in order; what never ends is taken for text.

    The end of each kind is looked for once where there is none, so that a page of nothing but beginnings costs no more than
    another.

    >>> [tuple(span) for span in hidden("<p>Two<!-- three --></p><script>four")]
    [(6, 20)]
    """
    endless: set[str] = set()
    at = 0
    for match in _OPENING.finditer(markup):
        kind = (match[1] or "").lower()
        if match.start() < at or kind in endless:
            continue
        end = re.compile(rf"</{kind}\s*>" if kind else "-->", re.I).search(markup, match.end())
        if end is None:
            endless.add(kind)
            continue
        yield Span(match.start(), end.end())
        at = end.end()
