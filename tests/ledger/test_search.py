"""The search: folded words, Latin and Arabic, the same answers from either database."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.ingest import Intake, read
from firsthand.ledger import View, Writer
from firsthand.ledger.folding import fold, matches
from firsthand.runners.local import build

TEXTS = {
    "a": "The governor of Anbar said four people were killed when a shell hit the tea house in Ramādī on 3 May 2015.",
    "b": "Kata’ib Sayyid said its men held the bridge. U.S. officials, in the house nearby, drank tea and gave no number.",
    "c": "قُتِلَ أربعة أشخاص في مدينة الموصل يوم الخميس، وقال مسؤول إنّ ١٢ أصيبوا.",
    "d": "Bombers came twice, 12 were wounded, residents said.",
}

# Question, and the reports that answer it.
QUESTIONS = [
    ("ramadi", "a"),
    ("RAMADI killed", "a"),
    ("tea house", "ab"),
    ('"tea house"', "a"),
    ("\u201ctea house\u201d", "a"),
    ("kataib", "b"),
    ("Kata'ib", "b"),
    ("U.S.", "b"),
    ("us officials", "b"),
    ("bomb", ""),
    ("bomb*", "d"),
    ('"tea hou*"', "a"),
    ("12", "cd"),
    ("١٢", "cd"),
    ("موصل", "c"),
    ("الموصل", "c"),
    ("بالموصل", "c"),
    ("قتل", "c"),
    ("اربعه اشخاص", "c"),
    ("killed wounded", ""),
    ("", ""),
    ("!? -- ''", ""),
    ("killed OR wounded", ""),
    ("NOT ramadi", ""),
    ('"', ""),
    ("tea') --", "ab"),
    ("body:tea", ""),
]


@pytest.fixture
def filled(ledger: str, tmp_path: Path) -> str:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with Writer(ledger) as writer:
        sources = [str(tmp_path / f"{name}.txt") for name in TEXTS]
        writer.add((item.report, item.original) for item in read(sources) if isinstance(item, Intake))
    build(ledger)
    return ledger


def test_every_question_is_answered_alike_on_either_database(filled: str) -> None:
    with View(filled) as view:
        names = {report: view.document(report).source_id for report in view.report_ids()}
        for question, answer in QUESTIONS:
            total, found = view.search(question)
            assert "".join(sorted(names[report] for report in found)) == answer, question
            assert total == len(answer), question
        pages = [view.search("said", limit=1, offset=offset) for offset in range(4)]
        assert [total for total, _ in pages] == [3, 3, 3, 3]
        assert sorted(names[report] for _, found in pages for report in found) == ["a", "b", "d"]


def test_reading_again_leaves_no_old_words_behind(filled: str) -> None:
    with View(filled) as view:
        (report,) = view.search("ramadi")[1]
    with Writer(filled) as writer, writer._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM stage_keys WHERE stage = 'read'")
    build(filled)
    with View(filled) as view:
        assert view.search("ramadi") == (1, [report])


@given(st.text(max_size=60))
def test_folding_is_done_once(text: str) -> None:
    words = fold(text)
    assert all(word and not word.isspace() for word in words)
    assert matches(words, [(words, False)]) or not words
