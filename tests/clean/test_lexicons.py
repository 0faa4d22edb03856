"""Every rule of the lexicons catches its example and leaves its counter-example alone."""

from __future__ import annotations

import pytest

from firsthand.clean.credits import credits_in
from firsthand.clean.datelines import without_datelines
from firsthand.clean.draft import Draft
from firsthand.clean.lines import LEXICON, Rule, rules
from firsthand.clean.outlets import outlet_named
from firsthand.resources import table

SCOPES = ("line", "block", "end", "inline", "tail")
RULES = [rule for scope in SCOPES for rule in rules(scope)]


def test_every_rule_has_a_scope_that_is_read() -> None:
    assert {row["scope"] for row in table(LEXICON)} == set(SCOPES)


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


@pytest.mark.parametrize("row", table("clean/outlet_words.tsv"), ids=lambda row: row["word"])
def test_word_marks_an_outlet(row: dict[str, str]) -> None:
    assert outlet_named(row["example"]) == row["example"]
    assert not outlet_named(row["counter"])
    assert bool(outlet_named(row["example"], agency=True)) == bool(row["agency"])


@pytest.mark.parametrize("row", table("clean/not_agencies.tsv"), ids=lambda row: row["word"])
def test_short_form_is_no_agency(row: dict[str, str]) -> None:
    assert not agencies(row["example"])
    assert len(agencies(row["counter"])) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(LKP) — Two men were killed on Sunday.", {"LKP"}),
        ("MIRDAN (LKP) — Two men were killed. The mayor told Lower Karoo Press that both were farmers.", {"Lower Karoo Press"}),
        ("MIRDAN, 3 May (Harbour News) - Two men were killed on Sunday.", {"Harbour News"}),
        ("MIRDAN (Agencies) — Two men were killed on Sunday.", {"agencies"}),
        ("Two men were killed on Sunday. (With wire reports)", {"agencies"}),
        ("Two men were killed on Sunday, a doctor told the Lake Courier by telephone.", {"Lake Courier"}),
        ("Two men were killed, a doctor told Radio Velmar.", {"Radio Velmar"}),
        ("Two men were killed on Sunday. Sahel Wire contributed to this report.", {"Sahel Wire"}),
        ("Two men were killed on Sunday. Additional reporting by the Valley Times.", {"Valley Times"}),
        ("Two men were killed on Sunday.\n\n© 1998 Free Karoo Press. All rights reserved.", {"Free Karoo Press"}),
        ("Two men were killed on Sunday. (LKP)", {"LKP"}),
        # Nobody's copy.
        ("Mirdan (Karoo) — Two men were killed on Sunday.", set()),
        ("Two fighters of the front (KPF) — one of them a boy — were killed.", set()),
        ("Two men were killed on Sunday, a doctor told the Free Karoo Army.", set()),
        ("Two men were killed, the mayor told the press.", set()),
        ("Two men were killed on Sunday.\n\n© 1998 Valley Times. All rights reserved.", set()),
        ("Two men were killed by the Karoo People's Front (KPF).", set()),
        ("A. Denn contributed to this report.", set()),
    ],
)  # fmt: skip
def test_an_agency_that_no_lexicon_has(text: str, expected: set[str]) -> None:
    assert agencies(text) == expected
