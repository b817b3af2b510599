"""The reverse walk: from the last recorded operation to the first, summing what arrives at each tensor."""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_
from typing import Any

import numpy as np

from eagernb.autodiff.unconnected import UnconnectedGradients
from eagernb.core import nest
from eagernb.core.composite import Composite
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dispatch import Handler, active_handlers, current
from eagernb.core.dtypes import INEXACT, DType, variant
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.late import apply_late, sizes_of
from eagernb.core.op import Op, find_op
from eagernb.core.shape import UnknownDims
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.core.variable import Variable
from eagernb.errors import DTypeError, NotATensorError
from eagernb.ops.arithmetic import add
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.creation import filled_like
from eagernb.ops.variants import variant_add, variant_zeros

# One recorded operation: its plan, the keys of its inputs and of its outputs, what the plan saved, and, for an op of
# several outputs, what each looks like (some may get no gradient while others do). It is a plain tuple because one is
# made at every operation.
Entry = tuple[Any, Sequence[int], Sequence[int], list[Any], tuple[Any, ...]]

_NONE = UnconnectedGradients.NONE


def backpropagate(entries: Sequence[Entry], target: Any, sources: Any, output_gradients: Any, unconnected: Any) -> Any:
    """The gradients of the targets' sum, in the structure of the sources."""
    if unconnected.__class__ is not UnconnectedGradients:
        unconnected = UnconnectedGradients(unconnected)
    flat = [sources] if sources.__class__ is EagerTensor else nest.flatten(sources)
    for source in flat:
        if not isinstance(source, (Tensor, Variable)):
            return _with_composites(entries, target, sources, output_gradients, unconnected)
    targets = [target] if target.__class__ is EagerTensor else _tensors(target, "target")
    wanted = set()
    for source in flat:
        if source._key:
            wanted.add(source._key)
    found = _walk(entries, _seed(targets, output_gradients), wanted)
    if flat and flat[0] is sources and unconnected is _NONE:
        return found.get(sources._key)
    results = []
    for source in flat:
        gradient = found.get(source._key)
        if gradient is None and unconnected is not _NONE:
            gradient = _full(0, source._dims, source.dtype)
        results.append(gradient)
    plain_list = sources.__class__ is list and all(map(is_, sources, flat))  # the usual: no need to rebuild it
    return results if plain_list else nest.pack(sources, results)


def _with_composites(entries: Any, target: Any, sources: Any, output_gradients: Any, unconnected: Any) -> Any:
    """The gradients where values that are made of several tensors are among the sources, such as linear operators."""
    leaves = nest.flatten(sources)
    parts = [list(leaf._held) if isinstance(leaf, Composite) and leaf._has_gradient else [leaf] for leaf in leaves]
    flat = [part for of_leaf in parts for part in of_leaf]
    for part in flat:
        check_tensor(part, "source")
    found = iter(backpropagate(entries, target, flat, output_gradients, unconnected))
    gradients = [[next(found) for _ in of_leaf] for of_leaf in parts]
    return nest.pack(
        sources,
        [
            leaf._of_gradients(of_leaf) if isinstance(leaf, Composite) else of_leaf[0]
            for leaf, of_leaf in zip(leaves, gradients, strict=True)
        ],
    )


def _tensors(structure: Any, role: str) -> list[Any]:
    """The tensors and variables of a structure; NotATensorError if there is anything else in it."""
    if structure.__class__ is list and {*map(type, structure)} == {Variable}:  # by far the most common
        return structure
    flat = nest.flatten(structure)
    for value in flat:
        check_tensor(value, role)
    return flat


def check_tensor(value: Any, role: str) -> None:
    """NotATensorError unless it is one, or a variable; ValueError for what is made of several."""
    if isinstance(value, Composite):
        raise ValueError(
            f"A {role} cannot be a {type(value).__name__}: ask for the gradient of, or with respect to, the tensors "
            "that it is made of, such as x.values of a SparseTensor."
        )
    if not isinstance(value, (Tensor, Variable)):
        raise NotATensorError(f"A {role} must be a Tensor or Variable, not {type(value).__name__}: {value!r}")


def _seed(targets: list[Any], output_gradients: Any) -> dict[int, Tensor]:
    """What flows into each target: ones, or the given weights."""
    weights = None if output_gradients is None else nest.flatten(output_gradients)
    if weights is not None and len(weights) != len(targets):
        raise ValueError(
            f"{len(targets)} targets, but {len(weights)} output_gradients were given. "
            "A list holds one for each target; make one of several elements with tf.constant."
        )
    arriving: dict[int, Tensor] = {}
    for i, target in enumerate(targets):
        key = target._key
        if key:
            weight = None if weights is None else weights[i]
            g = _ones(target) if weight is None else _weight(weight, target)
            if g is not None:
                arriving[key] = add(arriving[key], g) if key in arriving else g
    return arriving


_ONE = {dtype: dtype.type(1) for dtype in INEXACT}


def _ones(target: Any) -> Tensor | None:
    """What flows into a target by default; nothing flows into an integer."""
    if target.__class__ is EagerTensor:
        array = target._array
        if not array.shape and array.dtype in _ONE:  # a loss: the short way
            return EagerTensor._of(_ONE[array.dtype])
    return _full(1, target._dims, target.dtype) if target.dtype.is_differentiable else None


def _weight(weight: Any, target: Any) -> Tensor | None:
    """What the user lets flow into a target, in its shape."""
    if not target.dtype.is_differentiable:
        return None
    weight = convert_to_tensor(weight, None if is_dense_tensor(weight) else target.dtype)
    if weight.dtype is not target.dtype:
        raise DTypeError(
            f"The output gradient of a {target.dtype.name} target must be {target.dtype.name} too, not "
            f"{weight.dtype.name}. Use tf.cast."
        )
    if weight.shape.rank is None or target.shape.rank is None:
        return weight
    return weight if weight._dims == target._dims or None in target._dims else broadcast_to(weight, target._dims)


def _full(value: int, dims: Any, dtype: DType) -> Tensor:
    if dims == ():
        return EagerTensor._of(dtype.numpy.type(value))
    if isinstance(dims, UnknownDims):
        return filled_like(dims.symbol, value, dtype)
    if None in dims:
        return apply_late(
            find_op("broadcast_to"), (EagerTensor._of(np.array(value, dtype.numpy)),), shape=sizes_of(dims)
        )
    return EagerTensor._of(np.full(dims, value, dtype.numpy))


def _walk(entries: Sequence[Entry], arriving: dict[int, Tensor], wanted: set[int]) -> dict[int, Tensor]:
    # This runs for every recorded operation: tests/benchmarks/dispatch.py says what it costs.
    handlers = list(active_handlers()) if current() is not None else []
    for handler in handlers:
        handler.seeded(arriving)
    leading = _leading_to(wanted, entries)
    passed = {}  # what was asked for and has been passed on; all else that has been is let go
    try:
        for plan, inputs, outputs, saved, likes in reversed(entries):
            if likes:
                passed.update({key: arriving[key] for key in outputs if key in wanted and key in arriving})
                g: Any = _arrived(arriving, outputs, likes, plan.op)
                if g is None:
                    continue
            else:  # one output, as most have
                key = outputs[0]
                g = arriving.pop(key, None)
                if g is None:
                    continue
                if key in wanted:
                    passed[key] = g
            if handlers and not leading.isdisjoint(inputs):
                for handler in handlers:
                    handler.differentiating(outputs[0])
            for position, function, pick, sparse in plan.steps:
                if position is not None:
                    key = inputs[position]
                    if key not in leading:
                        continue
                elif leading.isdisjoint(inputs):
                    continue
                if sparse is not None:
                    function = sparse
                elif g.__class__ is IndexedSlices:
                    g = g.__tf_tensor__()
                result = function(g, *saved) if pick is None else function(g, *pick(saved))
                if position is None:  # the one rule of an op with any number of inputs gives the gradients of all
                    for key, gradient in zip(inputs, result, strict=True):
                        if key in leading and gradient is not None:
                            there = arriving.get(key)
                            arriving[key] = gradient if there is None else _sum(there, gradient, key, handlers)
                elif result is not None:  # a custom gradient may leave an input out
                    there = arriving.get(key)
                    arriving[key] = result if there is None else _sum(there, result, key, handlers)
    finally:
        for handler in handlers:
            handler.differentiating(None)
    found = passed | arriving if passed else arriving
    for handler in handlers:
        handler.differentiated({key: found.get(key) for key in wanted})
    return found


def _arrived(arriving: dict[int, Tensor], outputs: Sequence[int], likes: Sequence[Any], op: Op) -> Any:
    """What arrived at the outputs of an op with several, zeros where nothing did; None if nothing did at any."""
    g = [arriving.pop(key, None) for key in outputs]
    if not any(one is not None for one in g):
        return None
    if op.graphs:  # its rule would rather know where nothing arrived
        return [None if one is None else convert_to_tensor(one) for one in g]
    return [zeros_of(like) if one is None else convert_to_tensor(one) for one, like in zip(g, likes, strict=True)]


def zeros_of(like: Any) -> Tensor:
    """Zeros that look like this; its value does not matter, but for a variant."""
    return variant_zeros(like) if like.dtype is variant else _full(0, like._dims, like.dtype)


def _sum(a: Any, b: Any, key: int, handlers: list[Handler]) -> Any:
    """The sum of two gradients that arrive at the tensor of this key; of two IndexedSlices, one."""
    for handler in handlers:
        handler.accumulating(key)
    if a.__class__ is IndexedSlices and b.__class__ is IndexedSlices:
        total: Any = a.plus(b)
    else:
        total = variant_add(a, b) if a.dtype is variant else add(a, b)
    for handler in handlers:
        handler.accumulating(None)
    return total


def _leading_to(wanted: set[int], entries: Sequence[Entry]) -> set[int]:
    """The keys of all that was computed from the wanted tensors, and of these themselves."""
    leading = set(wanted)
    for entry in entries:
        if not leading.isdisjoint(entry[1]):  # its inputs
            leading.update(entry[2])  # its outputs
    return leading
