"""tf.compat.v1.train: optimizers as operations of a static graph, and the global step.

>>> import eagernb.compat.v1 as tf
>>> with tf.Graph().as_default():
...     w = tf.Variable(3.0)
...     step = GradientDescentOptimizer(0.1).minimize(w * w)
...     with tf.Session() as session:
...         session.run(tf.global_variables_initializer())
...         session.run(step)
...         session.run(w)
np.float32(2.4)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.graphdef.files import write_graph
from eagernb.compat.v1.collections import GraphKeys
from eagernb.compat.v1.default import get_default_graph
from eagernb.compat.v1.further_optimizers import (
    AdadeltaOptimizer,
    FtrlOptimizer,
    ProximalAdagradOptimizer,
    ProximalGradientDescentOptimizer,
)
from eagernb.compat.v1.moving_average import ExponentialMovingAverage
from eagernb.compat.v1.optimizer import Optimizer, first_value, kept, number
from eagernb.compat.v1.saver import Saver
from eagernb.compat.v1.schedules import (
    cosine_decay,
    exponential_decay,
    inverse_time_decay,
    natural_exp_decay,
    piecewise_constant,
    piecewise_constant_decay,
    polynomial_decay,
)
from eagernb.core.dtypes import int64
from eagernb.core.tensor import Tensor
from eagernb.modules.checkpoint.reader import list_variables, load_variable
from eagernb.modules.checkpoint.state import (
    checkpoint_exists,
    get_checkpoint_state,
    latest_checkpoint,
    update_checkpoint_state,
)
from eagernb.ops.creation import zeros_like
from eagernb.ops.exponential import sqrt

__all__ = [
    "AdadeltaOptimizer", "AdagradOptimizer", "AdamOptimizer", "ExponentialMovingAverage", "FtrlOptimizer",
    "GradientDescentOptimizer", "MomentumOptimizer", "Optimizer", "ProximalAdagradOptimizer",
    "ProximalGradientDescentOptimizer", "RMSPropOptimizer", "Saver", "checkpoint_exists", "cosine_decay",
    "create_global_step", "exponential_decay", "get_checkpoint_state", "get_global_step",
    "get_or_create_global_step", "global_step", "inverse_time_decay", "latest_checkpoint", "list_variables",
    "load_variable", "natural_exp_decay", "piecewise_constant", "piecewise_constant_decay", "polynomial_decay",
    "update_checkpoint_state", "write_graph",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__


class GradientDescentOptimizer(Optimizer):
    """``variable -= learning_rate * gradient``."""

    def __init__(self, learning_rate: Any, use_locking: bool = False, name: str = "GradientDescent") -> None:
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate

    def _apply(self, g: Tensor, variable: Any) -> Any:
        return variable.assign_sub(number(self._learning_rate, g) * g)


class MomentumOptimizer(Optimizer):
    """``accumulation = momentum * accumulation + gradient``; ``variable -= learning_rate * accumulation``.

    With ``use_nesterov``, it moves by ``gradient + momentum * accumulation`` instead.
    """

    def __init__(
        self, learning_rate: Any, momentum: Any, use_locking: bool = False, name: str = "Momentum",
        use_nesterov: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(use_locking, name)
        self._learning_rate, self._momentum, self._nesterov = learning_rate, momentum, use_nesterov

    def _make_slots(self, variables: Sequence[Any]) -> None:
        for variable in variables:
            self._slot(variable, "momentum")

    def _apply(self, g: Tensor, variable: Any) -> Any:
        rate, momentum, slot = (
            number(self._learning_rate, g),
            number(self._momentum, g),
            self._slot(variable, "momentum"),
        )
        moved = slot.assign(momentum * slot + g).read_value()
        return variable.assign_sub(rate * (g + momentum * moved if self._nesterov else moved))


class AdagradOptimizer(Optimizer):
    """``accumulator += gradient²``; ``variable -= learning_rate * gradient / √accumulator``."""

    def __init__(
        self, learning_rate: Any, initial_accumulator_value: float = 0.1, use_locking: bool = False,
        name: str = "Adagrad",
    ) -> None:  # fmt: skip
        super().__init__(use_locking, name)
        self._learning_rate, self._initial = learning_rate, initial_accumulator_value

    def _make_slots(self, variables: Sequence[Any]) -> None:
        for variable in variables:
            first = first_value(variable)
            self._slot(variable, "accumulator", zeros_like(first) + number(self._initial, first))

    def _apply(self, g: Tensor, variable: Any) -> Any:
        total = self._slot(variable, "accumulator").assign_add(g * g).read_value()
        return variable.assign_sub(number(self._learning_rate, g) * g / sqrt(total))


class RMSPropOptimizer(Optimizer):
    """``mean += (gradient² - mean) * (1 - decay)``; the step is ``learning_rate * gradient / √(mean + epsilon)``."""

    def __init__(
        self, learning_rate: Any, decay: float = 0.9, momentum: float = 0.0, epsilon: float = 1e-10,
        use_locking: bool = False, centered: bool = False, name: str = "RMSProp",
    ) -> None:  # fmt: skip
        super().__init__(use_locking, name)
        self._learning_rate, self._decay, self._momentum, self._epsilon = learning_rate, decay, momentum, epsilon
        self._centered = centered

    def _make_slots(self, variables: Sequence[Any]) -> None:
        for variable in variables:
            first = first_value(variable)
            self._slot(variable, "rms", zeros_like(first) + number(1.0, first))
            if self._centered:
                self._slot(variable, "mg")
            self._slot(variable, "momentum")

    def _apply(self, g: Tensor, variable: Any) -> Any:
        rest = number(1.0 - self._decay, g)
        squares = self._slot(variable, "rms")
        mean_square = squares.assign_add((g * g - squares) * rest).read_value()
        if self._centered:
            means = self._slot(variable, "mg")
            mean = means.assign_add((g - means) * rest).read_value()
            mean_square = mean_square - mean * mean
        step = number(self._learning_rate, g) * g / sqrt(mean_square + number(self._epsilon, g))
        slot = self._slot(variable, "momentum")
        return variable.assign_sub(slot.assign(number(self._momentum, g) * slot + step).read_value())


class AdamOptimizer(Optimizer):
    """Kingma and Ba's Adam, with epsilon outside of the correction ("epsilon hat" in section 2 of their paper)."""

    def __init__(
        self, learning_rate: Any = 0.001, beta1: Any = 0.9, beta2: Any = 0.999, epsilon: Any = 1e-8,
        use_locking: bool = False, name: str = "Adam",
    ) -> None:  # fmt: skip
        super().__init__(use_locking, name)
        self._learning_rate, self._beta1, self._beta2, self._epsilon = learning_rate, beta1, beta2, epsilon
        self._powers: list[Any] = []

    def _make_slots(self, variables: Sequence[Any]) -> None:
        for variable in variables:
            self._slot(variable, "m")
            self._slot(variable, "v")
        if not self._powers:
            self._powers = [kept(float(beta), name) for beta, name in
                            ((self._beta1, "beta1_power"), (self._beta2, "beta2_power"))]  # fmt: skip

    def _apply(self, g: Tensor, variable: Any) -> Any:
        rate, beta1, beta2, epsilon = (
            number(x, g) for x in (self._learning_rate, self._beta1, self._beta2, self._epsilon)
        )
        power1, power2 = (number(power, g) for power in self._powers)
        first, second = self._slot(variable, "m"), self._slot(variable, "v")
        mean = first.assign_add((g - first) * (1.0 - beta1)).read_value()
        square = second.assign_add((g * g - second) * (1.0 - beta2)).read_value()
        rate = rate * sqrt(1.0 - power2) / (1.0 - power1)
        return variable.assign_sub(mean * rate / (sqrt(square) + epsilon))

    def _finish(self) -> list[Any]:
        betas = (self._beta1, self._beta2)
        return [power.assign(power * beta) for power, beta in zip(self._powers, betas, strict=True)]

    def variables(self) -> list[Any]:
        return [*super().variables(), *self._powers]


def get_global_step(graph: Any = None) -> Any:
    """The variable that counts the steps of training, if there is one."""
    found = (graph or get_default_graph()).get_collection(GraphKeys.GLOBAL_STEP)
    return found[0] if found else None


def create_global_step(graph: Any = None) -> Any:
    """A variable that counts the steps of training; ValueError if there is one already."""
    from eagernb.compat.v1.initializers import zeros_initializer
    from eagernb.compat.v1.variable_scope import get_variable

    if get_global_step(graph) is not None:
        raise ValueError('"global_step" already exists.')
    step = get_variable("global_step", [], int64, zeros_initializer(), trainable=False)
    (graph or get_default_graph()).add_to_collection(GraphKeys.GLOBAL_STEP, step)
    return step


def get_or_create_global_step(graph: Any = None) -> Any:
    """The variable that counts the steps of training, made if there is none."""
    found = get_global_step(graph)
    return create_global_step(graph) if found is None else found


def global_step(sess: Any, global_step_tensor: Any) -> int:
    """The number of steps of training in a session."""
    return int(sess.run(global_step_tensor))
