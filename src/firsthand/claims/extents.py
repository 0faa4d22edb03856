"""Where a statement ends: what the parser hangs below the content and the writer did not mean as part of it."""

from __future__ import annotations

from .cues import cue_rules, toll_verbs
from .grammar import Clauses
from .source_nouns import CALENDAR


def content_end(clauses: Clauses, low: int, high: int, *, clausal: bool) -> int:
    """The content's last token. Behind an object or an infinitive (not ``clausal``) a relative clause after a comma and the
    day are the writer's own: "The mayor praised the crew, which had come from the coast, on Monday"."""
    tokens = clauses.tokens
    high = _before_next_statement(clauses, low, high)
    if clausal:
        return high
    for index in range(low + 2, high + 1):
        if tokens[index].tag in ("WDT", "WP", "WP$", "WRB") and tokens[index - 1].text == ",":
            return index - 2
    if high - 2 > low and tokens[high].text.casefold() in CALENDAR:
        return high - 2 if tokens[high - 1].tag == "IN" else high - 1
    return high


def _before_next_statement(clauses: Clauses, low: int, high: int) -> int:
    """The content's last token: a clause that is itself introduced by a comma and a reporting verb ("…, adding that …",
    "…, while others said …") is a statement of its own, though the parser often hangs it below the content."""
    rules = cue_rules("verb")
    for index in range(low + 1, high + 1):
        token = clauses.tokens[index]
        if token.pos != "VERB" or token.dep not in ("advcl", "conj"):
            continue
        if token.lemma not in rules and token.lemma not in toll_verbs():
            continue
        left = clauses.edges[index][0]
        if left <= low:
            continue
        before = clauses.tokens[left - 1].text
        if clauses.reporter(index) is not None:
            return left - 1 if before not in ("and", "but") else left - 2
        if before != ",":
            continue
        if token.tag == "VBG" and left >= index - 1:
            return left - 1
        known = rules.get(token.lemma) or token.lemma in toll_verbs()
        if clauses.tokens[left].text.casefold() in ("while", "but", "although") and known:
            return left - 1
    return high
