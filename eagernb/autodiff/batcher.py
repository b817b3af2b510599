"""Batcher: runs code that is written for one example on a whole batch at once.

Inside, a Batched tensor stands for one example; it holds the tensor of all of them. Each operation on it is carried out
on that tensor, by the op's batch rule (batch_rules.py), and an op without one on each example by itself. Operations are
dispatched outward, so that tapes and tracers around see operations on the batch, and batchers nest.

>>> import eagernb as tf
>>> batcher = Batcher(3)
>>> with batcher:
...     x = batcher.example(tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]))
...     y = tf.reduce_sum(x * x)
>>> x.shape, batcher.batch(y).numpy()
(TensorShape([2]), array([ 5., 25., 61.], dtype=float32))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import Handler, dispatch, infer, spec_of, suspended
from eagernb.core.dtypes import variant
from eagernb.core.late import sizes_of
from eagernb.core.op import WRITE, Op
from eagernb.core.spec import TensorSpec
from eagernb.core.static import known_output, static_int
from eagernb.core.tensor import EagerTensor, Symbol, Tensor
from eagernb.core.variable import Variable
from eagernb.errors import InaccessibleTensorError, ShapeError
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.creation import zeros
from eagernb.ops.joining import stack, unstack
from eagernb.ops.random_seeds import seeds_of_new_graph
from eagernb.ops.shape import reshape


class Batched(Symbol):
    """One example of a batch: ``_value`` is the tensor of all of them, along its first axis.

    Of variants, which cannot be stacked, it is a tuple.
    """

    __slots__ = ()

    def __init__(self, value: Any, batcher: Batcher) -> None:
        first = TensorSpec([], value[0].dtype) if isinstance(value, tuple) else None
        super().__init__(value, first or TensorSpec(value._dims[1:], value.dtype), batcher)

    @property
    def name(self) -> str:
        return "example"

    @property
    def _array(self) -> Any:
        raise InaccessibleTensorError(
            f"{self!r} stands for each example of a batch while tf.vectorized_map runs its function. It has left the "
            "function: return it instead."
        )


@dataclass(frozen=True)
class Examples:
    """One operation on all examples: ``inputs[i]`` has them along a first axis if ``batched[i]``, else they share it.

    ``specs`` says what the outputs look like for one example.
    """

    op: Op
    inputs: Sequence[Any]
    batched: Sequence[bool]
    params: dict[str, Any]
    specs: tuple[TensorSpec, ...]
    batcher: Batcher

    @property
    def size(self) -> Any:
        return self.batcher.size

    def rank(self, i: int) -> int:
        """The number of axes that an input has for one example."""
        return len(self.inputs[i]._dims) - self.batched[i]

    def full(self, i: int) -> Tensor:
        """An input with a first axis for the examples."""
        return self.inputs[i] if self.batched[i] else repeat(self.inputs[i], self.size)

    def all_full(self) -> list[Tensor]:
        return [self.full(i) for i in range(len(self.inputs))]


# From the examples' operation to its outputs, each with the examples along a first axis.
BatchRule = Callable[[Examples], Any]


class Batcher(Handler):
    """A handler for code on one example out of ``size``."""

    sees_inside = True

    def __init__(self, size: Any) -> None:
        self.size = size  # an int, or in a graph the symbol of one
        self.random_seeds = seeds_of_new_graph()
        self._outside: list[Handler | None] = []

    def __enter__(self) -> Batcher:
        self._outside.append(self.outer)  # it may be active further out already
        self.activate()
        return self

    def __exit__(self, *_: object) -> None:
        self.deactivate()
        self.outer = self._outside.pop()

    def example(self, batch: Any) -> Batched:
        """The stand-in for one example of a batch: of a tensor, or of a tuple of variants."""
        return Batched(batch, self)

    def batch(self, value: Any) -> Tensor:
        """The tensor of all examples; what is the same for all is repeated."""
        return value._value if self.owns(value) else repeat(convert_to_tensor(value), self.size)

    def owns(self, value: Any) -> bool:
        """Whether the value is an example of this batch, also under the name of an array of eagernb.numpy."""
        return isinstance(value, Symbol) and value._tracer is self

    def static_value(self, symbol: Symbol) -> np.ndarray | None:
        """Examples differ: no value is known that all have."""
        return None

    def handle(self, op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
        from eagernb.autodiff.batch_rules import find_rule, shape_of_one

        __tracebackhide__ = True
        if op.effect == WRITE and inputs and isinstance(inputs[0], Variable):
            raise ValueError(
                f"{op.name}: a variable cannot be changed inside of tf.vectorized_map, where all examples run at once. "
                "Use tf.map_fn or a loop."
            )
        batched = [self.owns(x) for x in inputs]
        drawn = op.family == "random"  # each example has random numbers of its own
        if not drawn and not any(batched):
            return self.pass_on(op, inputs, params)
        specs = [spec_of(x) for x in inputs]
        known = known_output(op, specs, [None] * len(inputs), params)
        if known is not None:
            return EagerTensor._of(known)
        plain = [x._value if mine else x for x, mine in zip(inputs, batched, strict=True)]
        examples = Examples(op, plain, batched, params, infer(op, specs, params), self)
        with suspended(self.outer):
            shared = shape_of_one(op, plain, params)
            if shared is not None:
                return shared
            result = (find_rule(op) or one_by_one)(examples)
        return tuple(map(self.example, result)) if op.multiple else self.example(result)


def one_by_one(examples: Examples) -> Any:
    """The rule that always holds: each example by itself, and the results stacked."""
    op, size = (
        examples.op,
        static_int(examples.size, f"vectorized_map, where {examples.op.name} goes one by one: the size"),
    )
    if not size:
        empty = [zeros([0, *spec.dims], spec.dtype) for spec in examples.specs]
        return empty if op.multiple else empty[0]
    columns = [_each(x) if b else [x] * size for x, b in zip(examples.inputs, examples.batched, strict=True)]
    carry_out = op.repeat or (lambda inputs, params: dispatch(op, inputs, params))
    rows = [carry_out([column[i] for column in columns], dict(examples.params)) for i in range(size)]
    outputs = list(zip(*rows, strict=True)) if op.multiple else [rows]
    for parts in outputs:
        if parts[0].dtype is not variant and len({part._dims for part in parts}) > 1:
            shapes = ", ".join(str(part.shape) for part in parts[:3])
            raise ShapeError(
                f"{op.name}: its result has another shape for each example ({shapes}...), so that they do not make a "
                "tensor. Use tf.map_fn or a loop."
            )
    stacked = [tuple(parts) if parts[0].dtype is variant else stack(parts) for parts in outputs]
    return stacked if op.multiple else stacked[0]


def _each(batch: Any) -> Sequence[Any]:
    return batch if isinstance(batch, tuple) else unstack(batch)


def repeat(tensor: Tensor, size: int) -> Tensor:
    """The tensor with a first axis along which it is repeated."""
    return broadcast_to(tensor, [size, *sizes_of(tensor)])


def aligned(tensor: Tensor, rank: int) -> Tensor:
    """Examples with as many axes as ``rank`` says, so that they broadcast as one of them would."""
    missing = rank + 1 - len(tensor._dims)
    if missing <= 0:
        return tensor
    size, *dims = sizes_of(tensor)
    return reshape(tensor, [size, *[1] * missing, *dims])
