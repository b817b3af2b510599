"""Program: Python code over tensors as a list of operations, to be carried out later, any number of times.

A gradient function that is written inside of traced code sees symbols, which mean nothing once the trace has ended. As
a program it can run whenever the graph does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import Handler, dispatch, infer, spec_of
from eagernb.core.op import Op
from eagernb.core.spec import TensorSpec
from eagernb.core.static import known_output, shape_like, static_value
from eagernb.core.tensor import Symbol, Tensor
from eagernb.core.variable import Variable


class _Noted(Symbol):
    """A value of a program: ``_value`` is its number."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return f"program:{self._value}"


class _Step(NamedTuple):
    op: Op
    inputs: tuple[Any, ...]  # a value's number, or the tensor or variable itself
    params: dict[str, Any]
    outputs: range


class Program(Handler):
    """The operations of ``function(*tensors)`` for tensors that look like these; it returns a list of tensors or None.

    ``captured`` are the symbols of the code around that it uses: ``run`` wants their values.

    >>> import eagernb as tf
    >>> x = tf.constant([0.0, 0.0])
    >>> program = Program("twice exp", lambda x: [tf.exp(x) * 2.0, None], [x])
    >>> y, nothing = program.run([x], [])
    >>> y.numpy(), nothing
    (array([2., 2.], dtype=float32), None)
    """

    def __init__(self, name: str, function: Callable[..., Sequence[Tensor | None]], likes: Sequence[Tensor]) -> None:
        self.captured: list[Symbol] = []
        self._name = name
        self._steps: list[_Step] = []
        self._count = 0  # of numbers given out
        self._numbers: dict[int, int] = {}  # of captured symbols, by id
        self._known: dict[int, np.ndarray] = {}  # values that follow from shapes
        inputs = [self._new(spec_of(x)) for x in likes]
        self._inputs = [x._value for x in inputs]
        self.activate()
        outer, self.outer = self.outer, None  # nothing runs yet, so nobody outside is told
        try:
            self._results = [None if y is None else self._operand(convert_to_tensor(y)) for y in function(*inputs)]
        finally:
            self.outer = outer
            self.deactivate()

    def run(self, inputs: Sequence[Tensor], captured: Sequence[Tensor]) -> list[Tensor | None]:
        """The results for these inputs, each operation dispatched anew."""
        values: dict[Any, Any] = dict(zip([*self._inputs, *self._numbers.values()], [*inputs, *captured], strict=True))

        def value(operand: Any) -> Any:
            return values[operand] if isinstance(operand, int) else operand

        for op, operands, params, outputs in self._steps:
            result = dispatch(op, [value(x) for x in operands], dict(params))
            values.update(zip(outputs, result if op.multiple else (result,), strict=True))
        return [value(x) for x in self._results]

    def handle(self, op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
        specs = infer(op, [spec_of(x) for x in inputs], params)
        outputs = tuple(map(self._new, specs))
        numbers = range(self._count - len(outputs), self._count)
        self._steps.append(_Step(op, tuple(map(self._operand, inputs)), params, numbers))
        known = known_output(op, [spec_of(x) for x in inputs], [_shape_value(x) for x in inputs], params)
        if known is not None:
            self._known[outputs[0]._value] = known
        return outputs if op.multiple else outputs[0]

    def static_value(self, symbol: Symbol) -> np.ndarray | None:
        """The value of a symbol if it follows from shapes alone."""
        return self._known.get(symbol._value)

    def __repr__(self) -> str:
        return self._name

    def _new(self, spec: TensorSpec) -> Symbol:
        self._count += 1
        return _Noted(self._count - 1, spec, self)

    def _operand(self, tensor: Any) -> Any:
        if not isinstance(tensor, Symbol):
            return tensor
        if tensor._tracer is self:
            return tensor._value
        if id(tensor) not in self._numbers:
            self._numbers[id(tensor)] = self._count
            self._count += 1
            self.captured.append(tensor)
        return self._numbers[id(tensor)]


def _shape_value(tensor: Any) -> np.ndarray | None:
    if isinstance(tensor, Variable):
        return None  # it may change before the program runs
    value = static_value(tensor)
    return value if value is not None and shape_like(value) else None
