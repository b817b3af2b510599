"""Gradients of operations on tensors whose rank is not known when a graph is traced.

Most gradient rules have to know ranks. Where a graph does not, the rule waits: a node in the way back runs it once the
arrays are there.

>>> import eagernb as tf
>>> @tf.function(input_signature=[tf.TensorSpec(None)])
... def slope(x):
...     with tf.GradientTape() as tape:
...         tape.watch(x)
...         y = tf.reduce_sum(x, axis=0) ** 2.0
...     return tape.gradient(y, x)
>>> slope(tf.constant([1.0, 2.0])).numpy()
array([6., 6.], dtype=float32)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

from eagernb.autodiff.backprop import zeros_of
from eagernb.autodiff.plan import Plan, Step, plan_of
from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import suspended
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor

# Their rules do without ranks, or have other ways.
_WITHOUT_RANKS = ("elementwise", "source", "outside", "control flow", "stack", "list", "data")


class LatePlan:
    """What a Plan is, for an op whose rules wait until the graph runs: all that they may need is kept."""

    def __init__(self, op: Op, followed: int) -> None:
        self.op = op
        self.steps = [Step(None, partial(_gradients_later, op, followed), None)]

    @staticmethod
    def save(inputs: Sequence[Any], params: dict[str, Any], result: Any) -> list[Any]:
        return [list(inputs), dict(params), list(result) if isinstance(result, tuple) else [result]]

    @staticmethod
    def graphs(saved: Sequence[Any]) -> list[Any]:
        return []


_late_plan = cache(LatePlan)


def plan_for_symbols(plan: Plan, followed: int, inputs: Sequence[Any], result: Any) -> Plan | LatePlan:
    """The plan of an operation that is being traced: one that waits, where a rank is not known."""
    op = plan.op
    if op is not LATE_GRADIENT and (op.effect is not None or op.family in _WITHOUT_RANKS):
        return plan
    outputs = result if op.multiple else (result,)
    known = all(x.shape.rank is not None for x in (*inputs, *outputs))
    return plan if known else _late_plan(op, followed)


def _gradients_later(
    op: Op, followed: int, g: Any, inputs: list[Any], params: dict[str, Any], outputs: list[Any]
) -> list[Any]:
    """The gradients of all inputs, as one operation of the graph; None for those that have none."""
    positions = [i for i, x in enumerate(inputs) if followed >> i & 1 and op.rule_for(i) and x.dtype.is_differentiable]
    arriving = map(convert_to_tensor, g if op.multiple else [g])
    found = apply(
        LATE_GRADIENT, [*inputs, *outputs, *arriving], of=op, options=tuple(params.items()), count=len(inputs),
        positions=tuple(positions),
    )  # fmt: skip
    gradients: list[Any] = [None] * len(inputs)
    for position, gradient in zip(positions, found, strict=True):
        gradients[position] = gradient
    return gradients


def _gradients(
    values: Sequence[Any], of: Op, options: Sequence[tuple[str, Any]], count: int, positions: Sequence[int]
) -> list[Any]:
    """The gradients of the inputs at these positions; ``values`` are all inputs, the outputs, and what arrives."""
    inputs, rest = list(values[:count]), list(values[count:])
    outputs, arriving = rest[: len(rest) // 2], rest[len(rest) // 2 :]
    result, g = (tuple(outputs), arriving) if of.multiple else (outputs[0], arriving[0])
    plan = plan_of(of, sum(1 << i for i in positions))
    assert plan is not None
    saved = plan.save(inputs, dict(options), result)
    found: dict[int, Any] = {}
    for step in plan.steps:
        gradient = step.apply(g, saved)
        found.update(enumerate(gradient) if step.position is None else {step.position: gradient}.items())
    return [zeros_of(inputs[i]) if found[i] is None else convert_to_tensor(found[i]) for i in positions]


def _kernel(*arrays: Any, **params: Any) -> tuple[Any, ...]:
    with suspended():
        return tuple(gradient._array for gradient in _gradients([*map(EagerTensor._of, arrays)], **params))


def _infer(*specs: TensorSpec, of: Op, options: Any, count: int, positions: Sequence[int]) -> tuple[TensorSpec, ...]:
    return tuple(specs[i] for i in positions)


def _rule(
    g: list[Any], values: list[Any], of: Op, options: Sequence[tuple[str, Any]], count: int, positions: Sequence[int]
) -> list[Any]:
    """Second derivatives: a tape follows the first ones."""
    from eagernb.autodiff.tape import GradientTape

    with GradientTape(watch_accessed_variables=False) as tape:
        tape.watch([x for x in values if x.dtype.is_differentiable])
        found = _gradients(values, of, options, count, positions)
    sources: Mapping[int, Any] = {i: x for i, x in enumerate(values) if x.dtype.is_differentiable}
    gradients = dict(zip(sources, tape.gradient(found, list(sources.values()), g), strict=True))
    return [gradients.get(i) for i in range(len(values))]


LATE_GRADIENT = register(
    Op("late_gradient", ("*values",), _kernel, _infer, (Rule.of(_rule),), label="gradient", family="outside",
       multiple=True)
)  # fmt: skip
