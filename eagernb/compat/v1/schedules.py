"""Learning rates that change with the step: tensors of a static graph (functions, where operations run at once)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import static_graph
from eagernb.core.name_scope import name_scope
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import maximum, minimum, negative
from eagernb.ops.arithmetic import pow as power
from eagernb.ops.casting import cast
from eagernb.ops.exponential import exp
from eagernb.ops.rounding import ceil, floor
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


def _decay(kind: str, formula: Callable[[Tensor, Tensor, Tensor], Tensor], doc: str) -> Callable[..., Any]:
    """A schedule: ``formula`` of the first rate, how often ``decay_steps`` have gone by, and ``decay_rate``."""

    def schedule(
        learning_rate: Any, global_step: Any, decay_steps: Any, decay_rate: Any, staircase: bool = False,
        name: str | None = None,
    ) -> Any:  # fmt: skip
        def rate() -> Tensor:
            start = convert_to_tensor(learning_rate)
            times = _progress(global_step, decay_steps, start.dtype, staircase)
            return formula(start, times, cast(decay_rate, start.dtype))

        return _schedule(name or kind, rate)

    schedule.__doc__ = doc
    return schedule


exponential_decay = _decay(
    "ExponentialDecay", lambda start, times, decay: start * power(decay, times),
    "``learning_rate * decay_rate ** (global_step / decay_steps)``.",
)  # fmt: skip
natural_exp_decay = _decay(
    "NaturalExpDecay", lambda start, times, decay: start * exp(negative(decay * times)),
    "``learning_rate * exp(-decay_rate * global_step / decay_steps)``.",
)  # fmt: skip
inverse_time_decay = _decay(
    "InverseTimeDecay", lambda start, times, decay: start / (1.0 + decay * times),
    "``learning_rate / (1 + decay_rate * global_step / decay_steps)``.",
)  # fmt: skip


def polynomial_decay(
    learning_rate: Any, global_step: Any, decay_steps: Any, end_learning_rate: Any = 0.0001, power: Any = 1.0,
    cycle: bool = False, name: str | None = None,
) -> Any:  # fmt: skip
    """From ``learning_rate`` to ``end_learning_rate`` as ``(1 - global_step / decay_steps) ** power``.

    With ``cycle``, it goes on after the steps from higher up again, towards the end of two, three, ... times the steps.
    """

    def rate() -> Tensor:
        start = convert_to_tensor(learning_rate)
        end = cast(end_learning_rate, start.dtype)
        done = _progress(global_step, decay_steps, start.dtype)
        # With `cycle`, there are as many times the steps as it takes to come beyond the step: at least once.
        left = 1.0 - (done / maximum(ceil(done), 1.0) if cycle else minimum(done, 1.0))
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
