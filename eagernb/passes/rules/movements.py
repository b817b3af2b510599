"""Rules of ops that compute nothing, but arrange elements: reshape, permute, expand."""

from __future__ import annotations

import math

from eagernb.core.dispatch import infer
from eagernb.core.shape import Dims
from eagernb.core.spec import TensorSpec
from eagernb.errors import OpError
from eagernb.graph.ir import CONSTANT, Value
from eagernb.ops.broadcasting import BROADCAST_TO
from eagernb.ops.shape import RESHAPE, TRANSPOSE
from eagernb.passes.patterns import Match, New, Of, Rule, constant, fact, new, number_in


def _unchanged(m: Match) -> Value | None:
    op = m.node.op
    same = op.unchanged and op.unchanged(*(value.spec for value in m.inputs), **m.node.params)
    return m.inputs[0] if same else None


def _sizes(dims: Dims) -> tuple[int, ...] | None:
    """What to reshape to: at most one size is unknown, and follows from the others."""
    if dims.count(None) > 1 or (None in dims and 0 in dims):
        return None
    return tuple(-1 if d is None else d for d in dims)


def _same_shape(m: Match) -> Value | None:
    spec = m.node.specs[0]
    return m["x"] if spec == m["x"].spec and spec.shape.is_fully_defined() else None


def _one_reshape(m: Match) -> New | None:
    sizes = _sizes(m.node.specs[0].dims)
    return None if sizes is None else new(RESHAPE, m["x"], shape=sizes)


def _axes(value: Value, spec: TensorSpec) -> tuple[int, ...]:
    """Where each axis of what a permuting node gives comes from."""
    node = value.node
    assert node.op.permutation is not None
    return node.op.permutation(spec, **node.params)


def _one_permutation(m: Match) -> New:
    inner = _axes(m["f"], m["x"].spec)
    return new(TRANSPOSE, m["x"], perm=tuple(inner[axis] for axis in _axes(m.node.values[0], m["f"].spec)))


def _in_place(m: Match) -> Value | None:
    axes = _axes(m.node.values[0], m["x"].spec)
    return m["x"] if axes == tuple(range(len(axes))) else None


def _only_ones_move(m: Match) -> New | None:
    """A reshape, where the axes that are longer than 1 keep their order: rearranging moves no element."""
    spec = m["x"].spec
    sizes = _sizes(m.node.specs[0].dims)
    longer = [axis for axis in _axes(m.node.values[0], spec) if spec.dims[axis] != 1]
    return new(RESHAPE, m["x"], shape=sizes) if sizes is not None and longer == sorted(longer) else None


def _swapping(m: Match) -> New | None:
    """The op with its own param in place of permuted inputs: the last two axes, and no other, change places."""
    inputs, params = list(m.inputs), dict(m.node.params)
    for i, param in enumerate(m.node.op.swaps):
        node = inputs[i].node
        if node.op.movement != "permute":
            continue
        *rest, last, other = _axes(inputs[i], node.inputs[0].spec)
        if (*rest, other, last) == tuple(range(len(rest) + 2)):
            inputs[i], params[param] = node.inputs[0], not params.get(param)
    return None if params == m.node.params else new(m.node.op, *inputs, **params)


def _unexpanded(m: Match) -> New | None:
    """The op of what was there before it was repeated, if the other inputs give the output its shape."""
    if len(m.inputs) < 2:
        return None
    for i, value in enumerate(m.inputs):
        source = _before_expanding(value)
        if source is None:
            continue
        inputs = [*m.inputs[:i], source, *m.inputs[i + 1 :]]
        if _infers(m, [_spec(x) for x in inputs]):
            return new(m.node.op, *inputs, **m.node.params)
    return None


def _before_expanding(value: Value) -> Value | New | None:
    node = value.node
    if node.op.movement == "expand":
        return node.inputs[0]
    if node.op is CONSTANT and value.spec.dims:
        number = number_in(node.params["value"])
        return None if number is None else constant(number, value)
    return None


def _spec(x: Value | New) -> TensorSpec:
    return x.spec if isinstance(x, Value) else TensorSpec((), x.params["value"].dtype)


def _infers(m: Match, specs: list[TensorSpec]) -> bool:
    """Whether inputs of these specs surely give the same output."""
    if not m.node.specs[0].shape.is_fully_defined():
        return False
    try:
        return infer(m.node.op, specs, dict(m.node.params)) == m.node.specs
    except OpError:
        return False


def _repeated_last(m: Match) -> New | None:
    """The op of single numbers, and the result repeated: not the same computed in each place."""
    dims = m.node.specs[0].dims
    if math.prod(d or 0 for d in dims) < 2:
        return None
    sources = [value if not value.spec.dims else _before_expanding(value) for value in m.inputs]
    if any(source is None or _spec(source).dims for source in sources):
        return None
    return new(BROADCAST_TO, new(m.node.op, *sources, **m.node.params), shape=dims)


def _always(m: Match) -> bool:
    return True


MOVEMENTS = (
    Rule(Of(lambda op: op.unchanged is not None, ("x",)), _unchanged, "{out} is {x}: this {op} changes nothing."),
    Rule(Of(lambda op: op.unchanged is not None, ("x", "y")), _unchanged, "{out} is {x}: this {op} changes nothing."),
    Rule(fact("movement", "reshape", "x"), _same_shape, "{out} is {x}: it has that shape already.", _always),
    Rule(fact("movement", "expand", "x"), _same_shape, "{out} is {x}: it has that shape already.", _always),
    Rule(fact("movement", "permute", "x"), _in_place, "{out} is {x}: every axis stays in its place.", _always),
    Rule(fact("movement", "reshape", fact("movement", "reshape", "x", called="f")), _one_reshape,
         "{out} gives {x} its shape at once, without {f}."),
    Rule(fact("movement", "expand", fact("movement", "expand", "x", called="f")),
         lambda m: new(m.node.op, m["x"], **m.node.params) if m["x"].spec.dims else None,
         "{out} repeats {x} at once, without {f}."),
    Rule(fact("movement", "permute", fact("movement", "permute", "x", called="f")), _one_permutation,
         "{out} puts the axes of {x} in order at once, without {f}.", _always),
    Rule(fact("movement", "permute", "x"), _only_ones_move, "{out} is a {new} of {x}: only axes of size 1 move."),
    Rule(Of(lambda op: op.swaps != (), ("x", "y")), _swapping,
         "{out} needs nothing transposed: {op} does that on the way.", _always),
    Rule(Of(lambda op: op.broadcasts, ("x", "y")), _unexpanded, "{out} needs nothing repeated: {op} broadcasts."),
    Rule(Of(lambda op: op.broadcasts, ("x", "y", "z")), _unexpanded, "{out} needs nothing repeated: {op} broadcasts."),
    Rule(Of(lambda op: op.broadcasts, ("x", "y")), _repeated_last,
         "{out} is the same in each place: it is computed once, and repeated then."),
)  # fmt: skip
