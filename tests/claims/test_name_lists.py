"""Names behind and before what they name, on plain text, and the persons named as victims in whole reports."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.annotate import Annotator
from firsthand.claims import extract
from firsthand.claims.name_lists import names_before, names_behind
from firsthand.model import Document, OffsetMap

BEHIND = (
    ("named", " named Ana Maria Ruiz (14), and a child named Luis Sol (13).", ["Ana Maria Ruiz", "Luis Sol"]),
    ("identified, with ages", " were identified as 47-year-old Idris Omar Ash and 33-year-old Sami Abu Mash.",
     ["Idris Omar Ash", "Sami Abu Mash"]),
    ("ties", ", including Umm Karim Sol, her son Rami Sol and her daughter Amal Sol.",
     ["Umm Karim Sol", "Rami Sol", "Amal Sol"]),
    ("between dashes", " – Alaa Abu Gan and Naji Al-Fay (43 years old) – and a nurse", ["Alaa Abu Gan", "Naji Al-Fay"]),
    ("a title", ", Dr. Tomas Karel Ibra (50 years old), was killed", ["Tomas Karel Ibra"]),
    ("no name", " in the hills", []),
    ("one word is no name", ", Monday", []),
)  # fmt: skip


@pytest.mark.parametrize(("comment", "text", "names"), BEHIND, ids=[comment for comment, *_ in BEHIND])
def test_names_behind(comment: str, text: str, names: list[str]) -> None:
    assert [span.of(text) for span in names_behind(text, 0, len(text))] == names


def test_names_before() -> None:
    text = "A post named 14-year-old Amal Ramez, Ana Ruiz and her son Luis Ruiz as "
    assert [span.of(text) for span in names_before(text, 0, len(text))] == ["Amal Ramez", "Ana Ruiz", "Luis Ruiz"]


@given(st.text(alphabet="AbC al-,.()0 \n“”é", max_size=200))
def test_any_text_gives_spans_in_order_inside_it(text: str) -> None:
    for spans in (names_behind(text, 0, len(text)), names_before(text, 0, len(text))):
        assert spans == sorted(spans)
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


@cache
def _annotator() -> Annotator:
    return Annotator()


def victims(text: str) -> list[str]:
    document = Document("r1", "r1", text, OffsetMap.identity(len(text)))
    found = extract(document, next(iter(_annotator().annotate([document])))).victims
    return [f"{victim.outcome} {victim.name}" + (f" {victim.age}" if victim.age else "") for victim in found]


REPORTS = (
    ("described", "A professor, Dr. Tomas Karel Ibra (50 years old), was killed.", ["killed Tomas Karel Ibra 50"]),
    ("behind the verb", "Three members of the Sol family were killed, including Rami Sol and his son Omar Sol.",
     ["killed Rami Sol", "killed Omar Sol"]),
    ("identified later", "Two medics were killed. Both medics were identified as Tariq Ash and Sami Abu Mash.",
     ["killed Tariq Ash", "killed Sami Abu Mash"]),
    ("among the dead", "Nine people died. Ana Ruiz and her son Luis Ruiz were also among the dead.",
     ["killed Ana Ruiz", "killed Luis Ruiz"]),
    ("among the wounded", "Four miners were hurt. Eva Ruiz and Luis Sol were among the wounded.",
     ["wounded Eva Ruiz", "wounded Luis Sol"]),
    ("ages of neighbours",
     "Nine people died. A post named 12-year-old Mina Drew, 17-year-old Rita Sol and Bo Lee as among the dead.",
     ["killed Mina Drew 12", "killed Rita Sol 17", "killed Bo Lee"]),
    ("an age before the name", "Soldiers killed a miner, his sister and 14-year-old Rita Ann Sol.", ["killed Rita Ann Sol 14"]),
    ("a suspect", "Two men were killed. The suspect was identified as John Peter Smith.", []),
    ("victims who lived",
     "Three people were shot and treated at a hospital. The victims were identified as Bo Lee, 20, and Al Roe, 21.",
     ["wounded Bo Lee 20", "wounded Al Roe 21"]),
)  # fmt: skip


@pytest.mark.parametrize(("comment", "text", "expected"), REPORTS, ids=[comment for comment, *_ in REPORTS])
def test_victims(comment: str, text: str, expected: list[str]) -> None:
    assert victims(text) == expected
