"""The reverse walk: from the last recorded operation to the first, summing what arrives at each tensor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import active_handlers
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.core.variable import Variable
from eagernb.ops.arithmetic import add
from eagernb.ops.creation import ones_like

if TYPE_CHECKING:
    from eagernb.autodiff.tape import Entry


def backpropagate(
    entries: Sequence[Entry], target: Any, sources: Any, output_gradients: Any, unconnected: str
) -> Any:
    """The gradients of the targets' sum, in the structure of the sources."""
    if unconnected not in ("none", "zero"):
        raise ValueError(f"Unknown value for unconnected_gradients: {unconnected!r}; use 'none' or 'zero'.")
    for source in nest.flatten(sources):
        if not isinstance(source, (Tensor, Variable)):
            raise TypeError(f"A source must be a Tensor or Variable, not {type(source).__name__}: {source!r}")
    wanted = {source._key for source in nest.flatten(sources) if source._key}
    arriving = _seed(nest.flatten(target), output_gradients)
    found = _walk(entries, arriving, wanted)
    results = []
    for source in nest.flatten(sources):
        gradient = found.get(source._key) if source._key else None
        if gradient is None and unconnected == "zero":
            gradient = EagerTensor(np.zeros(source._dims, source.dtype.numpy))
        results.append(gradient)
    return nest.pack(sources, results)


def _seed(targets: list[Any], output_gradients: Any) -> dict[int, Tensor]:
    """What flows into each target: ones, or the given weights."""
    weights: list[Any] = [None] * len(targets) if output_gradients is None else nest.flatten(output_gradients)
    if len(weights) != len(targets):
        raise ValueError(f"{len(targets)} targets, but {len(weights)} output_gradients were given.")
    arriving: dict[int, Tensor] = {}
    for target, weight in zip(targets, weights, strict=True):
        if not isinstance(target, (Tensor, Variable)):
            raise TypeError(f"A target must be a Tensor or Variable, not {type(target).__name__}: {target!r}")
        if not target._key or not target.dtype.is_differentiable:
            continue
        if weight is None:
            weight = ones_like(target) if isinstance(target, Tensor) else EagerTensor(np.ones_like(target._array))
        else:
            weight = convert_to_tensor(weight, target.dtype)
        _accumulate(arriving, target._key, weight)
    return arriving


def _walk(entries: Sequence[Entry], arriving: dict[int, Tensor], wanted: set[int]) -> dict[int, Tensor]:
    handlers = list(active_handlers())
    # A gradient that has been passed on is let go, unless it was asked for.
    found = {key: arriving[key] for key in wanted & arriving.keys()}
    try:
        for entry in reversed(entries):
            incoming = [arriving.pop(key, None) for key in entry.outputs]
            if all(g is None for g in incoming):
                continue
            for handler in handlers:
                handler.differentiating(entry.outputs[0])
            for key, gradient in zip(entry.inputs, _input_gradients(entry, incoming), strict=True):
                if key and gradient is not None:
                    _accumulate(arriving, key, gradient)
                    if key in wanted:
                        found[key] = arriving[key]
    finally:
        for handler in handlers:
            handler.differentiating(None)
    return found


def _input_gradients(entry: Entry, incoming: list[Tensor | None]) -> list[Any]:
    op = entry.op
    if op.multiple:
        g: Any = [
            EagerTensor(np.zeros(like._dims, like.dtype.numpy)) if one is None else one
            for one, like in zip(incoming, entry.output_likes, strict=True)
        ]
    else:
        g = incoming[0]
    values = entry.params | entry.saved
    if op.variadic:
        rule = op.rules[0]
        assert rule is not None
        return list(rule.function(g, *[values[name] for name in rule.names]))
    gradients = []
    for key, rule in zip(entry.inputs, op.rules, strict=True):
        if key and rule is not None:
            gradients.append(rule.function(g, *[values[name] for name in rule.names]))
        else:
            gradients.append(None)
    return gradients


def _accumulate(arriving: dict[int, Tensor], key: int, gradient: Tensor) -> None:
    arriving[key] = add(arriving[key], gradient) if key in arriving else gradient
