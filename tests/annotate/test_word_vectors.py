"""Remembered word forms: what the parser makes of a text does not depend on what it has read before."""

from __future__ import annotations

import pytest

from firsthand.annotate import word_vectors
from firsthand.annotate.parser import Parser
from firsthand.annotate.sentences import split_sentences
from firsthand.model import Sentence

TEXTS = (
    "Two shells fell on the Rashda mill at dawn, killing the miller and his wife, the mayor said.",
    "The mayor, who fled, said that nobody had counted the wounded.",
    "Rebels in Old Sarra freed 14 fishermen; three more drowned.",
)


def parsed(parser: Parser, text: str) -> list[Sentence]:
    (sentences,) = parser.parse([[(sentence, sentence.span.of(text)) for sentence in split_sentences(text)]])
    return sentences


@pytest.fixture(scope="module")
def unremembered() -> list[list[Sentence]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("firsthand.annotate.parser.remember_words", lambda model: None)
        parser = Parser()
    return [parsed(parser, text) for text in TEXTS]


@pytest.mark.parametrize("capacity", [1 << 15, 20, 3], ids=["roomy", "fills up", "smaller than a text"])
def test_parse_is_the_models_own(
    capacity: int, unremembered: list[list[Sentence]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_vectors, "CAPACITY", capacity)
    parser = Parser()
    for _ in range(2):
        assert [parsed(parser, text) for text in TEXTS] == unremembered


def test_a_model_of_another_build_is_left_alone() -> None:
    from thinc.api import Linear, Model, chain
    from thinc.types import Floats2d

    model: Model[Floats2d, Floats2d] = chain(Linear(2, 2), Linear(2, 2))
    before = list(model.layers)
    word_vectors.remember_words(model)
    assert list(model.layers) == before
