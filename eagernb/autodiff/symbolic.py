"""gradients: TensorFlow 1's way to differentiate, which only graphs have.

The operations are in the graph already, so nothing has to be recorded while they are made. They are shown to a tape
afterwards, which then differentiates as ever.

>>> import eagernb as tf
>>> @tf.function
... def slope(x):
...     return tf.gradients(x * x, x)
>>> slope(tf.constant(3.0))
[<tf.Tensor: shape=(), dtype=float32, numpy=6.0>]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from eagernb.autodiff.tape import GradientTape
from eagernb.autodiff.unconnected import UnconnectedGradients
from eagernb.core import nest
from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.name_scope import name_scope
from eagernb.core.op import WRITE, Op, register
from eagernb.core.tensor import Symbol, key_of
from eagernb.core.variable import Variable
from eagernb.errors import UnimplementedError

_ONES_LIKE = register(
    Op("ones_like", ("x",), np.ones_like, infer=lambda x: x, rules=(None,), label="ones", family="shape", typed=(0,))
)


def gradients(
    ys: Any, xs: Any, grad_ys: Any = None, name: str = "gradients", gate_gradients: bool = False,
    aggregation_method: Any = None, stop_gradients: Any = None, unconnected_gradients: Any = UnconnectedGradients.NONE,
) -> Any:  # fmt: skip
    """The gradients of the sum of the ys with respect to each of the xs: a list, None where there is no dependence.

    ``grad_ys`` weighs the ys (ones by default); ``stop_gradients`` are taken for constants. Raises RuntimeError where
    operations run at once: there is no graph to walk.

    >>> import eagernb as tf
    >>> slope = tf.function(lambda x: tf.gradients(x**3, x)[0])
    >>> float(slope(tf.constant(2.0)))
    12.0
    """
    targets, sources, constant = ([_handle(x) for x in _listed(these)] for these in (ys, xs, stop_gradients))
    symbol = next((y for y in targets if isinstance(y, Symbol)), None)
    if symbol is None:
        raise RuntimeError(
            "tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead."
        )
    weights = [None] * len(targets) if grad_ys is None else _listed(grad_ys)
    if len(weights) != len(targets):
        raise ValueError(f"Must pass one grad_y for each y in ys: {len(targets)} ys, but {len(weights)} grad_ys.")
    history = symbol._tracer.history()
    seen = history.of
    targets, sources = [seen(y) for y in targets], [seen(x) for x in sources]
    tape = GradientTape(watch_accessed_variables=False)
    with tape:
        for x in (*sources, *targets):
            if x.dtype.is_differentiable:
                key_of(x)
        tape.watch([x for x in sources if x.dtype.is_differentiable])
    stopped = {key_of(seen(x)) for x in constant}
    with name_scope(name):
        again: dict[int, Any] = {}  # by the key of an output, what was computed once more in its place
        for entry in history:
            inputs, outputs = [again.get(x._key, x) for x in entry.inputs], entry.outputs
            if not stopped.isdisjoint([out._key for out in outputs]):
                continue
            if entry.op.repeat is not None and any(map(tape.follows, inputs)):
                with tape:
                    repeated = _repeated(entry, inputs)
                again.update((key_of(old), new) for old, new in zip(outputs, repeated, strict=False))
            else:
                tape.note(entry.op, inputs, entry.params, outputs if entry.op.multiple else outputs[0])
        targets = [again.get(y._key, y) for y in targets]
        seeds = [_seed(y, weight) for y, weight in zip(targets, weights, strict=True)]
        return tape.gradient(targets, sources, seeds, unconnected_gradients)


def _repeated(entry: Entry, inputs: list[Any]) -> Any:
    """The outputs of an operation with graphs inside, made once more: so that they save what their gradient needs."""
    assert entry.op.repeat is not None
    if entry.effect == WRITE:
        raise UnimplementedError(
            f"tf.gradients goes through a {entry.op.name} in which something is assigned or printed: it would happen "
            "twice. Use tf.GradientTape around it.",
            entry.op.name,
        )
    return entry.op.repeat(inputs, entry.params)


def _listed(values: Any) -> list[Any]:
    return [] if values is None else list(values) if isinstance(values, (list, tuple)) else nest.flatten(values)


def _handle(value: Any) -> Any:
    return value._handle if isinstance(value, Variable) else value


def _seed(y: Any, weight: Any) -> Any:
    if weight is not None:
        return convert_to_tensor(weight, y.dtype)
    return apply(_ONES_LIKE, (y,)) if None in y._dims and y.dtype.is_differentiable else None


class Entry(NamedTuple):
    """An operation of a graph, with symbols for what goes in and what comes out."""

    op: Op
    inputs: list[Any]
    params: dict[str, Any]
    outputs: tuple[Any, ...]
    effect: str | None


class History:
    """The operations of a graph, as a tape would have been shown them: with one symbol for each of its values."""

    def __init__(self, entries: Sequence[Entry], symbols: dict[Any, Any], taken: dict[int, Any]) -> None:
        self._entries = entries
        self.symbols = symbols
        self._taken = taken  # by the keys of what was taken from outside of the graph

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def of(self, x: Any) -> Any:
        """The one symbol for what this symbol stands for."""
        found = self.symbols.get(x._value) if isinstance(x, Symbol) else None
        return self._taken.get(x._key, x) if found is None else found
