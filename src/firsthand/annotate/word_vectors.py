"""What the parser's network makes of a word by itself, remembered.

The first layer of a spaCy ``Tok2Vec`` looks at one token at a time: at its normal form, prefix, suffix, shape, and whether a
space follows. A pile of reports uses the same words over and over, so each is put through that layer once; the numbers that
come out are the layer's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

# Word forms remembered, 400 bytes each: a few thousand reports' worth. When that many are known it starts again.
CAPACITY = 1 << 15


class _Words:
    """The layer's output for each word form seen, by the bytes of its features."""

    def __init__(self, width: int) -> None:
        import numpy

        self.vectors = numpy.zeros((CAPACITY, width), dtype="float32")
        self.known: dict[bytes, int] = {}

    def rows(self, forms: Sequence[bytes], embed: Callable[[Sequence[bytes]], Any]) -> Any:
        """The rows of ``vectors`` for ``forms``, in order; unknown ones go through ``embed`` first."""
        new = list(dict.fromkeys(form for form in forms if form not in self.known))
        if len(self.known) + len(new) > CAPACITY:
            self.known.clear()
            new = list(dict.fromkeys(forms))
            if len(new) > CAPACITY:
                return embed(forms)
        if new:
            first = len(self.known)
            self.vectors[first : first + len(new)] = embed(new)
            self.known.update(zip(new, range(first, first + len(new)), strict=True))
        return self.vectors[[self.known[form] for form in forms]]


def remember_words(model: Any) -> None:
    """Make the thinc model of a ``Tok2Vec`` remember its first layer's output. One of another build is left as it is."""
    from thinc.api import Model

    embed = model.layers[0] if model.layers else None
    if embed is None or not embed.layers or embed.layers[0].name != "extract_features":
        return
    columns = embed.layers[0].attrs["columns"]
    if len(columns) < 2 or not embed.has_dim("nO"):
        return
    words = _Words(embed.get_dim("nO"))

    def through_layer(forms: Sequence[bytes]) -> Any:
        import numpy

        found: Any = [numpy.frombuffer(b"".join(forms), dtype="uint64").reshape(len(forms), len(columns))]
        for layer in embed.layers[1:]:
            found = layer.predict(found)
        return found[0]

    def forward(_: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[Any], Any]:
        size = 8 * len(columns)
        features = [doc.to_array(columns).tobytes() for doc in docs]
        forms = [data[at : at + size] for data in features for at in range(0, len(data), size)]
        rows = words.rows(forms, through_layer) if forms else words.vectors[:0]
        ends = [0]
        for doc in docs:
            ends.append(ends[-1] + len(doc))
        return [rows[start:end] for start, end in pairwise(ends)], _no_training

    model.layers[0] = Model("remembered_words", forward, layers=[embed], dims={"nO": embed.get_dim("nO")})


def _no_training(_: Any) -> Any:
    raise NotImplementedError("the parser is only read from, never trained")
