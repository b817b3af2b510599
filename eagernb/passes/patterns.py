"""Patterns: what a part of a graph looks like, and rules that say what it can become.

A pattern is matched against a value, from the op that computes it down to its inputs, and binds names on the way.

>>> import eagernb as tf
>>> graph = tf.function(lambda a: -(-a)).get_concrete_function(tf.TensorSpec([2])).graph
>>> rule = Rule(law("involution", same_op("x")), lambda m: m["x"], "{out} is {x}: the second {op} undoes it.")
>>> node = graph.ops[-1]
>>> rule.match(node, fast_math=False)["x"]
%a
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.laws import NO_LAWS
from eagernb.core.op import Op, find_op
from eagernb.graph.ir import CONSTANT, Node, Value

Bound = dict[str, Value]


class Some:
    """Any value, under a name; the same name twice means the same value."""

    def __init__(self, name: str) -> None:
        self.name = name

    def fits(self, value: Value, bound: Bound, root: Node) -> Bound | None:
        """The names bound so far and this one, or None where the value does not fit."""
        if self.name not in bound:
            return {**bound, self.name: value}
        return bound if bound[self.name] == value else None

    def may_fit(self, op: Op, root: Op) -> bool:
        """Whether a value that this op computes can fit, below such a root: ``fits`` asks for more."""
        return True


class Constant(Some):
    """A value that never changes."""

    def fits(self, value: Value, bound: Bound, root: Node) -> Bound | None:
        return super().fits(value, bound, root) if value.node.op is CONSTANT else None

    def may_fit(self, op: Op, root: Op) -> bool:
        return op is CONSTANT


class Number(Constant):
    """A constant that is one number, or an array of nothing but that."""

    def fits(self, value: Value, bound: Bound, root: Node) -> Bound | None:
        found = super().fits(value, bound, root)
        return None if found is None or number_in(value.node.params["value"]) is None else found


@dataclass(frozen=True)
class Of:
    """The only output of a pure op for which ``test(op)`` holds, with such inputs; in either order if it commutes.

    A string among the inputs stands for any value, under that name.
    """

    test: Callable[[Op], bool]
    inputs: tuple[Any, ...]
    name: str = ""
    again: bool = False  # the root's op, with the root's params

    def __post_init__(self) -> None:
        inputs = tuple(Some(x) if isinstance(x, str) else x for x in self.inputs)
        object.__setattr__(self, "inputs", inputs)  # as a frozen dataclass sets its own fields

    def fits(self, value: Value, bound: Bound, root: Node) -> Bound | None:
        node = value.node
        if not self.may_fit(node.op, root.op) or (self.again and node.params != root.params):
            return None
        found = self.fits_inputs(node.op, node.inputs, bound, root)
        return found if found is None or not self.name else {**found, self.name: value}

    def may_fit(self, op: Op, root: Op) -> bool:
        """Whether a value that this op computes can fit, below such a root: ``fits`` asks for more."""
        return self.test(op) and not op.multiple and op.pure and (op is root or not self.again)

    def may_fit_inputs(self, op: Op, producers: tuple[Op, ...]) -> bool:
        """Whether inputs that these ops compute can fit, for such a root."""
        if len(producers) != len(self.inputs):
            return False
        orders = (producers, producers[::-1]) if op.commutative else (producers,)
        return any(
            all(part.may_fit(producer, op) for part, producer in zip(self.inputs, order, strict=True))
            for order in orders
        )

    def fits_inputs(self, op: Op, inputs: tuple[Value, ...], bound: Bound, root: Node) -> Bound | None:
        """The names bound in the inputs, tried in their order and, if they commute, the other way round."""
        if len(inputs) != len(self.inputs):
            return None
        found = self._in_order(inputs, bound, root)
        if found is None and op.commutative and inputs[0] != inputs[-1]:
            return self._in_order(inputs[::-1], bound, root)
        return found

    def _in_order(self, inputs: tuple[Value, ...], bound: Bound, root: Node) -> Bound | None:
        found: Bound | None = bound
        for pattern, value in zip(self.inputs, inputs, strict=True):
            found = pattern.fits(value, found, root)
            if found is None:
                return None
        return found


def law(name: str, *inputs: Any, called: str = "") -> Of:
    """What an op that obeys this law makes of such inputs."""
    default = getattr(NO_LAWS, name)
    return Of(cache(lambda op: _differs(getattr(op.laws, name), default)), inputs, called)


def _differs(value: Any, default: Any) -> bool:
    """Whether a law was given: 0 and False are laws, where None would be none."""
    return value != default or type(value) is not type(default)


def same_op(*inputs: Any, called: str = "") -> Of:
    """The root's op once more, with the same params."""
    return Of(lambda op: True, inputs, called, again=True)


def fact(name: str, value: Any, *inputs: Any, called: str = "") -> Of:
    """What an op with this value in a field makes of such inputs."""
    return Of(lambda op: getattr(op, name) == value, inputs, called)


class New(NamedTuple):
    """A node to be made: its inputs are values of the graph, or nodes to be made themselves."""

    op: Op
    inputs: tuple[Any, ...]
    params: dict[str, Any] = {}  # noqa: RUF012  # nobody writes to it


def new(op: str | Op, *inputs: Any, **params: Any) -> New:
    """A node to be made."""
    return New(find_op(op) if isinstance(op, str) else op, inputs, params)


def constant(value: Any, like: Value) -> New:
    """A 0-d constant to be made, of another value's dtype."""
    return New(CONSTANT, (), {"value": np.array(value, like.spec.dtype.numpy)})


@dataclass(frozen=True)
class Match:
    """A node that a pattern fits, and what the pattern's names stand for."""

    node: Node
    bound: Bound
    fast_math: bool

    @property
    def inputs(self) -> tuple[Value, ...]:
        """The node's inputs."""
        return self.node.inputs

    def __getitem__(self, name: str) -> Value:
        return self.bound[name]

    @cached_property
    def exact(self) -> bool:
        """Whether what holds for real numbers holds here to the bit: for integers and truth values."""
        dtype = self.inputs[0].spec.dtype
        return dtype.is_integer or dtype.is_bool

    @property
    def loose(self) -> bool:
        """Whether what holds for real numbers will do."""
        return self.exact or self.fast_math

    @property
    def real(self) -> bool:
        """Whether numbers are real: with an imaginary part, even x × 1 is not exact."""
        return self.fast_math or not self.inputs[0].spec.dtype.is_complex

    def single(self, name: str) -> bool:
        """Whether it makes no difference if an array of one number is taken for that number."""
        return self.loose or self.node.op.broadcasts or not self[name].spec.dims

    def number(self, name: str) -> Any:
        """The number that a constant holds."""
        return number_in(self[name].node.params["value"])

    def keeps_shape(self, name: str) -> bool:
        """Whether the node's shape is surely that of one of its inputs: the other ones do not broadcast it."""
        shape, own = self[name].spec.shape, self.node.specs[0].shape
        if shape.is_fully_defined():
            return shape == own
        others = [value.spec.dims for value in self.inputs if value != self[name]]
        return all(len(dims) <= len(shape) and set(dims) <= {1} for dims in others)


@dataclass(frozen=True)
class Rule:
    """What a pattern becomes, and why.

    ``make(match)`` gives a value that is there already, a New, or None if a condition does not hold. The sentence may
    name what the pattern binds, {out}, {op}, and {new}, the op that is there now.

    ``any_layout(match)``: whether the result lies in memory as before even where the inputs do not lie there row by
    row. Later sums add in the order of memory, so that other rules leave alone what may lie otherwise: see layout.py.
    """

    pattern: Of
    make: Callable[[Match], Value | New | None]
    sentence: str
    any_layout: Callable[[Match], bool] = lambda match: False

    def match(self, node: Node, fast_math: bool) -> Match | None:
        """What the pattern binds in a node; None where it does not fit."""
        bound = self.pattern.fits_inputs(node.op, node.inputs, {}, node)
        return None if bound is None else Match(node, bound, fast_math)

    @cached_property
    def inner(self) -> frozenset[str]:
        """The names of the ops in the pattern other than the root."""
        return frozenset(part.name for part in self.pattern.inputs if isinstance(part, Of) and part.name)

    def explain(self, match: Match, new: Op | None) -> str:
        """The sentence about a match."""
        names = {name: _show(value) for name, value in match.bound.items()}
        op = match.node.op.name
        return self.sentence.format(out=f"%{match.node.name}", op=op, new=new.name if new else op, **names)


def _show(value: Value) -> str:
    if value.node.op is not CONSTANT:
        return repr(value)
    number = number_in(value.node.params["value"])
    return repr(value) if number is None else str(number)


def number_in(array: np.ndarray) -> Any:
    """The number that an array holds in all places, to the bit; None if it holds others, texts or nothing."""
    if array.dtype.hasobject or not array.size:
        return None
    if array.ndim == 0:
        return array[()]
    flat = array.reshape(-1)
    first = flat[0]
    if flat[-1].tobytes() != first.tobytes():  # most arrays are told by this
        return None
    return first if np.all(flat == first) and _same_zeros(flat) else None


def _same_zeros(flat: np.ndarray) -> bool:
    return bool(flat[0] != 0) or len({item.tobytes() for item in flat}) == 1
