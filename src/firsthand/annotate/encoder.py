"""The layers by which the parser's network looks at a word's neighbours, computed with fewer passes over memory.

The same sums as thinc's own layers, so the same numbers but for the last digits: what is gained is that the pieces of a maxout
lie one after another, where the processor compares eight at a time, and that nothing is kept for a training that never comes.
"""

from __future__ import annotations

from typing import Any, NamedTuple

# The smallest number that thinc adds to a variance.
_EPSILON = 1e-8
_BLOCK = ("expand_window", "maxout", "layernorm")


class _Layer(NamedTuple):
    """One window layer: ``weights`` (pieces × width, 3 × width) and ``bias`` piece by piece, and the scaling behind them."""

    weights: Any
    bias: Any
    pieces: int
    gain: Any
    shift: Any


def compute_quickly(model: Any) -> None:
    """Replace the window layers of a ``Tok2Vec`` model's encoder. One of another build is left as it is."""
    from thinc.api import Model

    if len(model.layers) != 2 or not model.layers[1].layers:
        return
    encoder = model.layers[1]
    layers = [_read(block) for block in encoder.layers[0].layers]
    known = [layer for layer in layers if layer is not None]
    if not known or len(known) != len(layers):
        return

    def forward(own: Any, x: Any, is_train: bool) -> tuple[Any, Any]:
        return _through(known, own.ops, x), _no_training

    encoder.layers[0] = Model("window_layers", forward, layers=[encoder.layers[0]])


def _read(block: Any) -> _Layer | None:
    """The parameters of a residual block of one word to each side; None where it is built otherwise."""
    import numpy

    parts = {part.name: part for part in block.walk() if part.name in _BLOCK}
    if not block.name.startswith("residual") or len(parts) != len(_BLOCK):
        return None
    width, pieces, inputs = parts["maxout"].get_param("W").shape
    if inputs != 3 * width:
        return None
    return _Layer(
        numpy.ascontiguousarray(parts["maxout"].get_param("W").transpose(1, 0, 2).reshape(pieces * width, inputs)),
        numpy.ascontiguousarray(parts["maxout"].get_param("b").T.reshape(-1)),
        pieces,
        parts["layernorm"].get_param("G"),
        parts["layernorm"].get_param("b"),
    )


def _through(layers: list[_Layer], ops: Any, x: Any) -> Any:
    """``x`` (words × width, float32) after all layers."""
    import numpy

    count, width = x.shape
    window = numpy.zeros((count, 3 * width), dtype=x.dtype)
    share = numpy.full(width, 1 / width, dtype=x.dtype)  # a word's numbers times this are their mean
    for layer in layers:
        window[1:, :width] = x[:-1]
        window[:, width : 2 * width] = x
        window[:-1, 2 * width :] = x[1:]
        every = ops.gemm(window, layer.weights, trans2=True)
        every += layer.bias
        best = every[:, :width]
        for piece in range(1, layer.pieces):
            numpy.maximum(best, every[:, piece * width : (piece + 1) * width], out=best)
        best -= (best @ share)[:, None]
        spread = numpy.einsum("ij,ij->i", best, best) / width + _EPSILON
        best *= (spread**-0.5)[:, None]
        best *= layer.gain
        best += layer.shift
        x = x + best
    return x


def _no_training(_: Any) -> Any:
    raise NotImplementedError("the parser is only read from, never trained")
