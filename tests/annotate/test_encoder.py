"""The quick window layers: the model's own numbers, and no touch of a model that is built otherwise."""

from __future__ import annotations

import numpy
import pytest
from numpy.typing import NDArray

from firsthand.annotate import encoder


def vectors(text: str, *, quickly: bool) -> NDArray[numpy.float32]:
    """What the packaged model's network makes of the words of ``text``."""
    import spacy

    from firsthand.annotate.parser import PACKAGED_MODEL

    nlp = spacy.load(PACKAGED_MODEL, enable=["tok2vec"])
    model = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    if quickly:
        encoder.compute_quickly(model)
        assert model.layers[1].layers[0].name == "window_layers"
    return numpy.vstack(model.predict([nlp.make_doc(text), nlp.make_doc("A second text follows.")]))


@pytest.mark.parametrize(
    "text", ["Two shells fell on the mill at dawn, killing the miller, the mayor of Old Sarra said.", "Fled."]
)
def test_numbers_are_the_models_own(text: str) -> None:
    plain, quick = vectors(text, quickly=False), vectors(text, quickly=True)
    assert plain.shape == quick.shape
    assert numpy.allclose(plain, quick, rtol=0, atol=1e-5)
    assert numpy.abs(plain).max() > 0.1


def test_a_model_of_another_build_is_left_alone() -> None:
    from thinc.api import Linear, Model, chain, with_array
    from thinc.types import Floats2d

    model: Model[list[Floats2d], list[Floats2d]] = chain(with_array(Linear(2, 2)), with_array(Linear(2, 2)))
    before = [layer.layers[0] for layer in model.layers]
    encoder.compute_quickly(model)
    assert [layer.layers[0] for layer in model.layers] == before
