"""jvp: how an op's outputs move when its inputs do, worked out from its gradient rules.

A gradient rule takes the gradient of the output back to an input: it multiplies by the transposed matrix of the op's
partial derivatives. To push a tangent forward is to multiply by the matrix itself. There are several ways to it, tried
in this order:

- a function with a gradient of its own has been computed by operations, whose tangents are its own;
- an op that runs graphs says itself how it pushes tangents (``Op.push``);
- one that holds tensors in a stack or list is applied to all tangents at once;
- one that is linear in an input is applied to the tangent in the input's place; what a variable is read as moves as the
  variable does;
- an elementwise op's matrix is diagonal, so that it is its own transpose: the rule itself is applied to the tangent;
- for any other, the rule is linear in the gradient that it is given, so that its own gradient is its transpose: it is
  applied to something under a tape, and differentiated.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.autodiff.backprop import zeros_of
from eagernb.autodiff.plan import Plan, plan_of
from eagernb.autodiff.tape import GradientTape
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import dispatch
from eagernb.core.dtypes import variant
from eagernb.core.op import Op
from eagernb.core.static import static_shape
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import add
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.creation import ones, zeros

Tangents = Sequence[Tensor | None]


def jvp(op: Op, inputs: Sequence[Any], params: dict[str, Any], result: Any, tangents: Tangents) -> Tangents:
    """The tangents of the op's outputs for those of its inputs; None for what does not move (differentiably)."""
    outputs = result if op.multiple else (result,)
    if op.family == "function":  # its last inputs, computed one by one before, are its outputs
        return tangents[len(tangents) - len(outputs) :]
    if op.push is not None:
        return op.push(inputs, params, tangents)
    mask = sum(1 << i for i, tangent in enumerate(tangents) if tangent is not None)
    plan = plan_of(op, mask)
    if plan is None or not any(out.dtype.is_differentiable for out in outputs):
        return [None] * len(outputs)
    if any(x.dtype is variant for x in (*inputs, *outputs)):
        return _of_variants(op, inputs, params, tangents)
    if op.linear:
        return _by_linearity(op, inputs, params, tangents)
    if op.family == "elementwise" and not op.multiple:
        moving = [x.dtype for x, tangent in zip(inputs, tangents, strict=True) if tangent is not None]
        if not result.dtype.is_complex and all(dtype is result.dtype for dtype in moving):
            return [_by_diagonal(plan, inputs, params, result, tangents)]
    return _by_transposing(plan, inputs, params, result, tangents)


def _by_linearity(op: Op, inputs: Sequence[Any], params: dict[str, Any], tangents: Tangents) -> Tangents:
    moved: list[Tangents] = []
    for i, tangent in enumerate(tangents):
        if op.rule_for(i) is not None and tangent is not None:
            if op.family == "state":  # a variable's tangent is the tangent of its value
                return [tangent]
            result = dispatch(op, [*inputs[:i], tangent, *inputs[i + 1 :]], dict(params))
            moved.append(result if op.multiple else (result,))
    return [_sum(parts) for parts in zip(*moved, strict=True)]


def _of_variants(op: Op, inputs: Sequence[Any], params: dict[str, Any], tangents: Tangents) -> Tangents:
    """Stacks and lists of tensors only hold what they are given: their tangents hold the tangents of that."""

    def moving(i: int) -> Any:
        if op.rule_for(i) is None:  # a position
            return inputs[i]
        tangent = tangents[i]
        return zeros_of(inputs[i]) if tangent is None else tangent

    result = dispatch(op, list(map(moving, range(len(inputs)))), dict(params))
    return [one if one.dtype.is_differentiable else None for one in (result if op.multiple else (result,))]


def _by_diagonal(plan: Plan, inputs: Sequence[Any], params: dict[str, Any], out: Tensor, tangents: Tangents) -> Any:
    dims = out._dims

    def wide(x: Any) -> Any:
        return x if x is None or x._dims == dims else broadcast_to(x, dims)

    wide_inputs = list(map(wide, inputs))
    saved = plan.save(wide_inputs, params, out)
    parts = []
    for step in plan.steps:
        if step.position is not None:
            parts.append(step.apply(wide(tangents[step.position]), saved))
        else:  # one rule gives what flows to all
            parts += [step.apply(wide(t), saved)[i] for i, t in enumerate(tangents) if t is not None]
    return _sum(parts)


def _by_transposing(
    plan: Plan, inputs: Sequence[Any], params: dict[str, Any], result: Any, tangents: Tangents
) -> Tangents:
    outputs = result if plan.op.multiple else (result,)
    saved = plan.save(inputs, params, result)
    # Any values will do, but a rule may treat 0 in a way of its own (sqrt's does).
    gradients = [
        (ones if out.dtype.is_differentiable else zeros)(static_shape(out._dims, "the shape of a tangent"), out.dtype)
        for out in outputs
    ]
    flowing: list[Any] = []
    with GradientTape() as tape:
        tape.watch([g for g in gradients if g.dtype.is_differentiable])
        for step in plan.steps:
            found = step.apply(gradients if plan.op.multiple else gradients[0], saved)
            flowing += (
                zip(tangents, found, strict=True) if step.position is None else [(tangents[step.position], found)]
            )
    pairs = [(tangent, back) for tangent, back in flowing if tangent is not None and back is not None]
    found = tape.gradient([back for _, back in pairs], gradients, [tangent for tangent, _ in pairs])
    return [None if tangent is None else convert_to_tensor(tangent) for tangent in found]


def _sum(parts: Sequence[Tensor]) -> Tensor:
    total = parts[0]
    for part in parts[1:]:
        total = add(total, part)
    return total
