"""What a site asks of robots, read as RFC 9309 says: the longest matching rule decides, and a permission wins a tie."""

from __future__ import annotations

import re
from dataclasses import dataclass

# RFC 9309: a crawler reads at least the first 500 kibibytes.
MOST_BYTES = 500 * 1024
LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*?)\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class Robots:
    """``rules`` are (path pattern, allowed). ``delay``: seconds between requests that the site asks for, if it does."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None

    def allows(self, path: str) -> bool:
        """Whether a page at ``path`` (query included) may be fetched.

        >>> robots = parse_robots("User-agent: *\\nDisallow: /private\\nAllow: /private/open", "firsthand")
        >>> [robots.allows(path) for path in ("/", "/private/x", "/private/open/x")]
        [True, False, True]
        """
        best = max(((len(rule), allowed) for rule, allowed in self.rules if _matches(rule, path)), default=(0, True))
        return best[1]


NOBODY = Robots(rules=(("/", False),))


def parse_robots(text: str, agent: str) -> Robots:
    """The rules of a robots.txt for ``agent``: those of the groups that name it, else those for all."""
    groups: list[tuple[list[str], list[tuple[str, str]]]] = []
    for line in text[:MOST_BYTES].splitlines():
        match = LINE.match(line)
        if match is None:
            continue
        key, value = match[1].lower(), match[2]
        if key == "user-agent":
            if not groups or groups[-1][1]:
                groups.append(([], []))
            groups[-1][0].append(value.lower())
        elif groups and key in ("allow", "disallow", "crawl-delay"):
            groups[-1][1].append((key, value))
    named = [
        lines for agents, lines in groups if any(name != "*" and name and name in agent.lower() for name in agents)
    ]
    chosen = named or [lines for agents, lines in groups if "*" in agents]
    rules = [(value, key == "allow") for lines in chosen for key, value in lines if key != "crawl-delay" and value]
    delays = [_seconds(value) for lines in chosen for key, value in lines if key == "crawl-delay"]
    return Robots(tuple(rules), next((delay for delay in delays if delay is not None), None))


def _matches(rule: str, path: str) -> bool:
    """Part by part, each at its first occurrence: linear, whatever a site writes. ``*`` is any text, a last ``$`` the end."""
    anchored = rule.endswith("$")
    first, *parts = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for part in parts[:-1] if anchored else parts:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if not anchored:
        return True
    return path.endswith(parts[-1]) and len(path) - len(parts[-1]) >= at if parts else at == len(path)


def _seconds(value: str) -> float | None:
    try:
        return max(0.0, float(value))
    except ValueError:
        return None
