"""Optimizers that TensorFlow 1's tutorials use now and then: Adadelta, FTRL, and proximal steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.v1.optimizer import Optimizer, first_value, number
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import abs as absolute
from eagernb.ops.arithmetic import maximum, sign
from eagernb.ops.arithmetic import pow as power
from eagernb.ops.creation import zeros_like
from eagernb.ops.exponential import rsqrt, sqrt
from eagernb.ops.where import where


class AdadeltaOptimizer(Optimizer):
    """Steps whose size follows from those before (Zeiler, 2012).

    ``accum = rho * accum + (1 - rho) * gradient²``; ``step = gradient * √(steps + epsilon) / √(accum + epsilon)``;
    ``steps = rho * steps + (1 - rho) * step²``; ``variable -= learning_rate * step``.
    """

    def __init__(
        self, learning_rate: Any = 0.001, rho: Any = 0.95, epsilon: Any = 1e-8, use_locking: bool = False,
        name: str = "Adadelta",
    ) -> None:  # fmt: skip
        super().__init__(use_locking, name)
        self._learning_rate, self._rho, self._epsilon = learning_rate, rho, epsilon

    def _make_slots(self, variables: Sequence[Any]) -> None:
        for variable in variables:
            self._slot(variable, "accum")
            self._slot(variable, "accum_update")

    def _apply(self, g: Tensor, variable: Any) -> Any:
        rate, rho, epsilon = (number(x, g) for x in (self._learning_rate, self._rho, self._epsilon))
        squares, steps = self._slot(variable, "accum"), self._slot(variable, "accum_update")
        mean = squares.assign(rho * squares + (1.0 - rho) * g * g).read_value()
        before = steps.read_value()
        step = g * sqrt(before + epsilon) / sqrt(mean + epsilon)
        after = steps.assign(rho * before + (1.0 - rho) * step * step)
        return [variable.assign_sub(rate * step), after]


class FtrlOptimizer(Optimizer):
    """Follow the regularized leader (McMahan et al., "Ad Click Prediction", 2013), with weights that become zero."""

    def __init__(
        self, learning_rate: Any, learning_rate_power: float = -0.5, initial_accumulator_value: float = 0.1,
        l1_regularization_strength: float = 0.0, l2_regularization_strength: float = 0.0, use_locking: bool = False,
        name: str = "Ftrl",
    ) -> None:  # fmt: skip
        super().__init__(use_locking, name)
        self._learning_rate, self._power, self._initial = learning_rate, learning_rate_power, initial_accumulator_value
        self._l1, self._l2 = l1_regularization_strength, l2_regularization_strength

    def _make_slots(self, variables: Sequence[Any]) -> None:
        for variable in variables:
            first = first_value(variable)
            self._slot(variable, "accum", zeros_like(first) + number(self._initial, first))
            self._slot(variable, "linear")

    def _apply(self, g: Tensor, variable: Any) -> Any:
        rate, falling, l1, l2 = (number(x, g) for x in (self._learning_rate, -self._power, self._l1, self._l2))
        squares, linear = self._slot(variable, "accum"), self._slot(variable, "linear")
        before = squares.read_value()
        after = before + g * g
        more = g - (power(after, falling) - power(before, falling)) / rate * variable.read_value()
        total = linear.assign_add(more).read_value()
        curvature = power(after, falling) / rate + 2.0 * l2
        new = where(absolute(total) > l1, (sign(total) * l1 - total) / curvature, zeros_like(total))
        return [variable.assign(new), squares.assign(after)]


def _proximal(moved: Tensor, rate: Tensor, l1: Tensor, l2: Tensor) -> Tensor:
    """The nearest point, with regard to both penalties."""
    return sign(moved) * maximum(absolute(moved) - rate * l1, 0.0) / (1.0 + rate * l2)


class ProximalGradientDescentOptimizer(Optimizer):
    """A step of gradient descent, and then to where the penalties are lower (Duchi and Singer, 2009)."""

    def __init__(
        self, learning_rate: Any, l1_regularization_strength: float = 0.0, l2_regularization_strength: float = 0.0,
        use_locking: bool = False, name: str = "ProximalGradientDescent",
    ) -> None:  # fmt: skip
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._l1, self._l2 = l1_regularization_strength, l2_regularization_strength

    def _apply(self, g: Tensor, variable: Any) -> Any:
        rate, l1, l2 = (number(x, g) for x in (self._learning_rate, self._l1, self._l2))
        return variable.assign(_proximal(variable.read_value() - rate * g, rate, l1, l2))


class ProximalAdagradOptimizer(Optimizer):
    """The same, with Adagrad's rates."""

    def __init__(
        self, learning_rate: Any, initial_accumulator_value: float = 0.1, l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0, use_locking: bool = False, name: str = "ProximalAdagrad",
    ) -> None:  # fmt: skip
        super().__init__(use_locking, name)
        self._learning_rate, self._initial = learning_rate, initial_accumulator_value
        self._l1, self._l2 = l1_regularization_strength, l2_regularization_strength

    def _make_slots(self, variables: Sequence[Any]) -> None:
        for variable in variables:
            first = first_value(variable)
            self._slot(variable, "accumulator", zeros_like(first) + number(self._initial, first))

    def _apply(self, g: Tensor, variable: Any) -> Any:
        l1, l2 = number(self._l1, g), number(self._l2, g)
        total = self._slot(variable, "accumulator").assign_add(g * g).read_value()
        rate = number(self._learning_rate, g) * rsqrt(total)
        return variable.assign(_proximal(variable.read_value() - rate * g, rate, l1, l2))
