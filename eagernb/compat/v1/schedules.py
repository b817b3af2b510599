"""Learning rates that change with the step: tensors of a static graph (functions, where operations run at once)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import static_graph
from eagernb.core.name_scope import name_scope
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import minimum, negative
from eagernb.ops.arithmetic import pow as power
from eagernb.ops.casting import cast
from eagernb.ops.exponential import exp
from eagernb.ops.rounding import floor
from eagernb.ops.trigonometry import cos
from eagernb.ops.where import where


def _schedule(scope: str, rate: Callable[[], Tensor]) -> Any:
    if static_graph() is None:
        return rate
    with name_scope(scope):
        return rate()


def _progress(global_step: Any, steps: Any, dtype: Any, staircase: bool = False) -> Tensor:
    """How many times the steps have gone by; whole times only with ``staircase``."""
    times = cast(convert_to_tensor(global_step), dtype) / cast(steps, dtype)
    return floor(times) if staircase else times


def exponential_decay(
    learning_rate: Any, global_step: Any, decay_steps: Any, decay_rate: Any, staircase: bool = False,
    name: str | None = None,
) -> Any:  # fmt: skip
    """``learning_rate * decay_rate ** (global_step / decay_steps)``."""

    def rate() -> Tensor:
        start = convert_to_tensor(learning_rate)
        times = _progress(global_step, decay_steps, start.dtype, staircase)
        return start * power(cast(decay_rate, start.dtype), times)

    return _schedule(name or "ExponentialDecay", rate)


def natural_exp_decay(
    learning_rate: Any, global_step: Any, decay_steps: Any, decay_rate: Any, staircase: bool = False,
    name: str | None = None,
) -> Any:  # fmt: skip
    """``learning_rate * exp(-decay_rate * global_step / decay_steps)``."""

    def rate() -> Tensor:
        start = convert_to_tensor(learning_rate)
        times = _progress(global_step, decay_steps, start.dtype, staircase)
        return start * exp(negative(cast(decay_rate, start.dtype) * times))

    return _schedule(name or "NaturalExpDecay", rate)


def inverse_time_decay(
    learning_rate: Any, global_step: Any, decay_steps: Any, decay_rate: Any, staircase: bool = False,
    name: str | None = None,
) -> Any:  # fmt: skip
    """``learning_rate / (1 + decay_rate * global_step / decay_steps)``."""

    def rate() -> Tensor:
        start = convert_to_tensor(learning_rate)
        times = _progress(global_step, decay_steps, start.dtype, staircase)
        return start / (1.0 + cast(decay_rate, start.dtype) * times)

    return _schedule(name or "InverseTimeDecay", rate)


def polynomial_decay(
    learning_rate: Any, global_step: Any, decay_steps: Any, end_learning_rate: Any = 0.0001, power: Any = 1.0,
    cycle: bool = False, name: str | None = None,
) -> Any:  # fmt: skip
    """From ``learning_rate`` to ``end_learning_rate`` as ``(1 - global_step / decay_steps) ** power``."""
    if cycle:
        raise NotImplementedError("polynomial_decay: cycle=True is not supported. Leave it out.")

    def rate() -> Tensor:
        start = convert_to_tensor(learning_rate)
        end = cast(end_learning_rate, start.dtype)
        left = 1.0 - minimum(_progress(global_step, decay_steps, start.dtype), 1.0)
        return (start - end) * left ** cast(power, start.dtype) + end

    return _schedule(name or "PolynomialDecay", rate)


def cosine_decay(
    learning_rate: Any, global_step: Any, decay_steps: Any, alpha: float = 0.0, name: str | None = None
) -> Any:
    """From ``learning_rate`` to ``alpha`` times it, as half a wave of the cosine."""

    def rate() -> Tensor:
        start = convert_to_tensor(learning_rate)
        done = minimum(_progress(global_step, decay_steps, start.dtype), 1.0)
        return start * ((1.0 - alpha) * 0.5 * (1.0 + cos(done * math.pi)) + alpha)

    return _schedule(name or "CosineDecay", rate)


def piecewise_constant(x: Any, boundaries: Sequence[Any], values: Sequence[Any], name: str | None = None) -> Any:
    """The value of the interval that ``x`` (the step) is in: the first up to and with the first boundary."""
    if len(boundaries) != len(values) - 1:
        raise ValueError("The length of boundaries should be 1 less than the length of values")

    def rate() -> Tensor:
        step, result = convert_to_tensor(x), convert_to_tensor(values[-1])
        for boundary, value in zip(reversed(boundaries), reversed(values[:-1]), strict=True):
            result = where(
                step <= convert_to_tensor(boundary, step.dtype), convert_to_tensor(value, result.dtype), result
            )
        return result

    return _schedule(name or "PiecewiseConstant", rate)


piecewise_constant_decay = piecewise_constant
