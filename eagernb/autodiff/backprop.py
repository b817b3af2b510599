"""The reverse walk: from the last recorded operation to the first, summing what arrives at each tensor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import active_handlers
from eagernb.core.op import Rule
from eagernb.core.static import static_shape
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.core.variable import Variable
from eagernb.errors import NotATensorError
from eagernb.ops.arithmetic import add

if TYPE_CHECKING:
    from eagernb.autodiff.tape import Entry


def backpropagate(entries: Sequence[Entry], target: Any, sources: Any, output_gradients: Any, unconnected: str) -> Any:
    """The gradients of the targets' sum, in the structure of the sources."""
    if unconnected not in ("none", "zero"):
        raise ValueError(f"Unknown value for unconnected_gradients: {unconnected!r}; use 'none' or 'zero'.")
    flat = nest.flatten(sources)
    for source in flat:
        _check_tensor(source, "source")
    wanted = {source._key for source in flat if source._key}
    found = _walk(entries, _seed(nest.flatten(target), output_gradients), wanted)
    results = []
    for source in flat:
        gradient = found.get(source._key) if source._key else None
        if gradient is None and unconnected == "zero":
            gradient = _full(0, source)
        results.append(gradient)
    return nest.pack(sources, results)


def _check_tensor(value: Any, role: str) -> None:
    if not isinstance(value, (Tensor, Variable)):
        raise NotATensorError(f"A {role} must be a Tensor or Variable, not {type(value).__name__}: {value!r}")


def _seed(targets: list[Any], output_gradients: Any) -> dict[int, Tensor]:
    """What flows into each target: ones, or the given weights."""
    weights: list[Any] = [None] * len(targets) if output_gradients is None else nest.flatten(output_gradients)
    if len(weights) != len(targets):
        raise ValueError(f"{len(targets)} targets, but {len(weights)} output_gradients were given.")
    arriving: dict[int, Tensor] = {}
    for target, weight in zip(targets, weights, strict=True):
        _check_tensor(target, "target")
        if not target._key or not target.dtype.is_differentiable:
            continue
        weight = _full(1, target) if weight is None else convert_to_tensor(weight, target.dtype)
        arriving[target._key] = add(arriving[target._key], weight) if target._key in arriving else weight
    return arriving


def _full(value: int, like: Any) -> Tensor:
    return EagerTensor(np.full(static_shape(like._dims, "the shape of a gradient"), value, like.dtype.numpy))


def _walk(entries: Sequence[Entry], arriving: dict[int, Tensor], wanted: set[int]) -> dict[int, Tensor]:
    handlers = list(active_handlers())
    leading = _leading_to(wanted, entries)
    # A gradient that has been passed on is let go, unless it was asked for.
    found = {key: arriving[key] for key in wanted & arriving.keys()}
    try:
        for entry in reversed(entries):
            incoming = [arriving.pop(key, None) for key in entry.outputs]
            if leading.isdisjoint(entry.inputs) or all(g is None for g in incoming):
                continue
            for handler in handlers:
                handler.differentiating(entry.outputs[0])
            for key, gradient in _input_gradients(entry, incoming, leading):
                arriving[key] = add(arriving[key], gradient) if key in arriving else gradient
                if key in wanted:
                    found[key] = arriving[key]
    finally:
        for handler in handlers:
            handler.differentiating(None)
    return found


def _leading_to(wanted: set[int], entries: Sequence[Entry]) -> set[int]:
    """The keys of all that was computed from the wanted tensors, and of these themselves."""
    leading = set(wanted)
    for entry in entries:
        if not leading.isdisjoint(entry.inputs):
            leading.update(entry.outputs)
    return leading


def _input_gradients(entry: Entry, incoming: list[Tensor | None], leading: set[int]) -> Iterator[tuple[int, Tensor]]:
    """What flows to each input that leads to a source."""
    op = entry.op
    g: Any = incoming[0]
    if op.multiple:
        g = [_full(0, like) if one is None else one for one, like in zip(incoming, entry.output_likes, strict=True)]
    values = entry.params | entry.saved

    def apply(rule: Rule) -> Any:
        return rule.function(g, *[values[name] for name in rule.names])

    if op.variadic:  # one rule gives the gradients of all inputs
        rule = op.rules[0]
        assert rule is not None
        yield from ((key, g) for key, g in zip(entry.inputs, apply(rule), strict=True) if key in leading)
        return
    for key, rule in zip(entry.inputs, op.rules, strict=True):
        if key in leading and rule is not None:
            yield key, apply(rule)
