"""Every rule of the lexicons catches its example and leaves its counter-example alone."""

from __future__ import annotations

import pytest

from firsthand.clean.credits import credits_in
from firsthand.clean.datelines import without_datelines
from firsthand.clean.draft import Draft
from firsthand.clean.lines import SCOPES, Rule, rules
from firsthand.resources import table

RULES = [rule for scope in SCOPES for rule in rules(scope)]


def caught(rule: Rule, words: str) -> bool:
    """Whether the rule takes all of ``words`` (as a line), or part of it (inline, tail)."""
    if rule.scope == "inline":
        return rule.pattern.search(words) is not None
    if rule.scope == "tail":
        return rule.pattern.search(f"The last sentence of the story. {words}") is not None
    return rule.pattern.fullmatch(words) is not None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.scope}-{rule.name}-{rule.example[:20]}")
def test_rule_takes_its_example_and_leaves_its_counter(rule: Rule) -> None:
    assert caught(rule, rule.example)
    assert not caught(rule, rule.counter)


def agencies(text: str) -> set[str]:
    draft = Draft.of(text)
    return {signed.credit.agency for signed in credits_in(draft)} | {c.agency for c in without_datelines(draft).credits}


@pytest.mark.parametrize("row", table("clean/agencies.tsv"), ids=lambda row: row["name"])
def test_agency_is_credited_by_its_example_only(row: dict[str, str]) -> None:
    assert row["name"] in agencies(row["example"])
    assert row["name"] not in agencies(row["counter"])


@pytest.mark.parametrize("row", table("clean/labels.tsv"), ids=lambda row: row["word"])
def test_label_is_no_dateline(row: dict[str, str]) -> None:
    assert without_datelines(Draft.of(row["example"])).place is None
    assert without_datelines(Draft.of(row["counter"])).place is not None
