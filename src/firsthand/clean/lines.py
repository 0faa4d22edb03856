"""Lines and phrases that are not news text, by the lexicon ``clean/boilerplate.tsv``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from firsthand.resources import table

from .draft import Draft, Edit
from .layout import Line, lines_of

LEXICON = "clean/boilerplate.tsv"
# A comment section ends the article only where an article stands before it: a "Leave a comment" under the headline must
# not take the story. Six hundred characters are two or three paragraphs.
ARTICLE = 600
# A paragraph, not a headline: longer than headlines are, or closed like a sentence.
PARAGRAPH = 140
HEADLINE_WORDS = 24
# Captions run to a few hundred characters; what is longer is a story, whatever it ends with.
LONGEST = 1500
# A line that is longer than this and a third of the whole text is the story, run together with what follows it.
LONG = 300
CLOSED = re.compile(r"[.!?][\"”’')\]]*$")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the lexicon."""

    name: str
    scope: str
    pattern: re.Pattern[str]
    example: str
    counter: str


# What stands around a rule's words on a line of their own.
_BEFORE, _BEHIND = r"\W{0,3}", r"[\s:»>*|\])]{0,3}"


@cache
def rules(scope: str) -> tuple[Rule, ...]:
    """The rules of ``scope``: line, block, end, inline or tail."""
    out = []
    for row in table(LEXICON):
        if row["scope"] == scope:
            pattern = row["pattern"] if scope in ("inline", "tail") else rf"{_BEFORE}(?:{row['pattern']}){_BEHIND}"
            if scope == "tail":
                pattern = rf"(?<=[.!?”\"')\w]) ?(?:{row['pattern']})\s*$"
            out.append(Rule(row["rule"], scope, re.compile(pattern, re.I), row["example"], row["counter"]))
    return tuple(out)


@cache
def _any_rule(scope: str) -> re.Pattern[str]:
    """Matches what some rule of ``scope`` for whole lines matches."""
    choices = "|".join(f"(?:{row['pattern']})" for row in table(LEXICON) if row["scope"] == scope)
    return re.compile(rf"{_BEFORE}(?:{choices}){_BEHIND}", re.I)


def rule_for(line: str, scope: str) -> Rule | None:
    """The first rule of ``scope``, one for whole lines, that ``line`` falls under."""
    # One pattern for all of them first: most lines fall under none.
    if len(line) > LONGEST or not _any_rule(scope).fullmatch(line):
        return None
    return next((rule for rule in rules(scope) if rule.pattern.fullmatch(line)), None)


def without_inline(draft: Draft) -> Draft:
    """The draft without shortcodes and the like, wherever they stand."""
    for rule in rules("inline"):
        draft = draft.edited([Edit(m.start(), m.end()) for m in rule.pattern.finditer(draft.text)], rule.name)
    return draft


def without_boilerplate_lines(draft: Draft) -> Draft:
    """The draft without lines that are not news. A text all of boilerplate keeps its lines: better chrome than nothing."""
    lines = lines_of(draft.text)
    dropped = _dropped(lines)
    if len(dropped) == len(lines):
        return draft.noted("only boilerplate lines found, all kept")
    order = sorted(dropped)
    after = draft.edited([Edit(lines[number].start, lines[number].end) for number in order], "line")
    new = after.steps[len(draft.steps) :]
    named = tuple(replace(step, rule=dropped[number]) for number, step in zip(order, new, strict=True))
    return Draft(after.text, after.map, draft.steps + named)


def _dropped(lines: list[Line]) -> dict[int, str]:
    """Number of each line to drop → the rule's name."""
    dropped: dict[int, str] = {}
    most = max(LONG, sum(len(line.text) for line in lines) // 3)
    kept = 0
    block: str | None = None
    for number, line in enumerate(lines):
        if (rule := rule_for(line.text, "end")) is not None:
            dropped[number] = rule.name
            if kept >= ARTICLE:
                return dropped | dict.fromkeys(range(number + 1, len(lines)), rule.name)
            continue
        if (rule := rule_for(line.text, "block")) is not None:
            dropped[number], block = rule.name, rule.name
            continue
        if len(line.text) <= most and (rule := rule_for(line.text, "line")) is not None:
            dropped[number] = rule.name
            continue
        if block and _headline(line.text):
            dropped[number] = block
            continue
        block = None
        kept += len(line.text)
    return dropped


def _headline(text: str) -> bool:
    return len(text) < PARAGRAPH and len(text.split()) <= HEADLINE_WORDS and not CLOSED.search(text)


def without_tail(draft: Draft) -> Draft:
    """The draft without chrome that was run into the end of its last line."""
    while True:
        before = draft
        for rule in rules("tail"):
            match = rule.pattern.search(draft.text, max(0, len(draft.text) - 400))
            if match and match.start() > 0:
                draft = draft.edited([Edit(match.start(), len(draft.text))], rule.name)
        if draft is before:
            return draft
