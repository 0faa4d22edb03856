"""Names against a table of cases, and what must hold for any text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.annotate.lexicon import lexicon
from firsthand.annotate.names import find_names, known_name
from firsthand.errors import SettingsError
from firsthand.model import Sentence, Span
from firsthand.resources import table

from .tables import rows

CASES = Path(__file__).parent / "cases" / "names.tsv"


@pytest.mark.parametrize(("text", "words", "kind", "canonical", "comment"), rows(CASES))
def test_meaning(text: str, words: str, kind: str, canonical: str, comment: str) -> None:
    at = re.search(rf"(?<![\w-]){re.escape(words)}", text)
    assert at is not None
    found = [n for n in find_names(text) if n.span == Span(at.start(), at.end())]
    if kind == "-":
        assert not [n for n in found if n.kind in ("state", "group", "organisation")], comment
        return
    (name,) = found
    assert (name.kind, name.canonical) == (kind, canonical), comment


@pytest.mark.parametrize("row", table("names/titles.tsv"), ids=lambda row: str(row["title"]))
def test_titles_catch_their_example_and_leave_their_counter(row: dict[str, str]) -> None:
    assert [n.kind for n in find_names(row["example"])] == ["person"]
    assert not [n for n in find_names(row["counter"]) if n.kind == "person"]


@pytest.mark.parametrize("row", table("names/institutions.tsv"), ids=lambda row: str(row["head"]))
def test_institutions_catch_their_example_and_leave_their_counter(row: dict[str, str]) -> None:
    assert "organisation" in {n.kind for n in find_names(row["example"])}
    assert not [n for n in find_names(row["counter"]) if n.kind == "organisation"]


def test_every_organisation_is_found_by_each_of_its_names() -> None:
    book = lexicon()
    for row in table("names/organisations.tsv"):
        for alias in (row["name"], *filter(None, row["aliases"].split("|"))):
            text = f"{alias} did it."
            found = [n for n in find_names(text) if n.span.start == 0]
            assert found, alias
            assert found[0].text.rstrip(".)") == alias.rstrip(".)"), alias
        assert all(above in book.names for above in row["part_of"].split("|") if above), row["name"]


@pytest.mark.parametrize("row", table("names/organisations.tsv"), ids=lambda row: str(row["name"]))
def test_every_organisation_says_where_it_can_be_checked(row: dict[str, str]) -> None:
    assert re.fullmatch(r"site: [\w.-]+\.[a-z]{2,}|Wikipedia: \S.*\S|own reading", row["source"])


def test_a_surname_alone_is_the_person_named_before() -> None:
    text = "Officer Dana Whitlow spoke. Whitlow left. Karim Odeh, 20, and Sami Odeh, 22, died. Odeh wept."
    found = {(n.text, n.canonical) for n in find_names(text) if n.kind == "person"}
    assert ("Whitlow", "Dana Whitlow") in found
    # Two people bear the second surname, so it stays unlinked.
    assert not any(words == "Odeh" for words, _ in found)


def test_a_parsers_spans_come_last_and_not_from_headings() -> None:
    text = "Signals De-escalation\n\nKataib Hezbollah met Ola Brandt in Oslo."
    heading = Sentence(Span(0, 21), heading=True)
    body = Sentence(Span(23, len(text)))
    start = text.index("Kataib")
    person = text.index("Ola")
    entities = [
        (Span(0, 10), "ORG"),
        (Span(start, start + 16), "PERSON"),
        (Span(person, person + 10), "PERSON"),
        (Span(person, person + 3), "NONSENSE"),
    ]
    found = [(n.text, n.kind, n.basis) for n in find_names(text, sentences=(heading, body), entities=entities)]
    assert found == [("Kataib Hezbollah", "group", "lexicon"), ("Ola Brandt", "person", "parser")]


def test_a_users_own_names(tmp_path: Path) -> None:
    own = tmp_path / "names.tsv"
    own.write_text("name\tkind\tcountry\tpart_of\taliases\nLarkspur Guard\tgroup\tIQ\t\tLG\n", encoding="utf-8")
    (name,) = find_names("The LG fled.", extra=str(own))
    assert (name.canonical, name.kind) == ("Larkspur Guard", "group")
    known = known_name("Larkspur Guard", extra=str(own))
    assert known is not None
    assert known.country == "IQ"
    assert known_name("Larkspur Guard") is None
    bad = tmp_path / "bad.tsv"
    bad.write_text("word\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="its first line lacks name"):
        find_names("The LG fled.", extra=str(bad))


PIECES = [r[0] for r in rows(CASES)] + ["\n\n", "الجيش", "A.", "'s", "Dr", "Mr. ", "of the", "—"]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join))
def test_spans_are_ordered_and_their_own_text(text: str) -> None:
    found = find_names(text)
    end = 0
    for name in found:
        assert name.span.start >= end
        assert name.span.of(text) == name.text != ""
        assert name.canonical
        end = name.span.end
