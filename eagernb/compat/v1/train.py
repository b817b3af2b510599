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
from contextlib import nullcontext
from typing import Any

from eagernb.autodiff.symbolic import gradients
from eagernb.autodiff.tape import GradientTape
from eagernb.compat.graphdef.files import write_graph
from eagernb.compat.v1.default import get_default_graph
from eagernb.compat.v1.saver import (
    Saver,
    checkpoint_exists,
    get_checkpoint_state,
    latest_checkpoint,
    list_variables,
    load_variable,
    update_checkpoint_state,
)
from eagernb.compat.v1.schedules import (
    cosine_decay,
    exponential_decay,
    inverse_time_decay,
    natural_exp_decay,
    piecewise_constant,
    piecewise_constant_decay,
    polynomial_decay,
)
from eagernb.compat.v1.variables import GraphKeys, GraphVariable, trainable_variables
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import static_graph
from eagernb.core.dtypes import int64
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.name_scope import name_scope
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable
from eagernb.ops.creation import zeros_like
from eagernb.ops.exponential import sqrt
from eagernb.ops.grouping import group

__all__ = [
    "AdagradOptimizer", "AdamOptimizer", "GradientDescentOptimizer", "MomentumOptimizer", "Optimizer",
    "RMSPropOptimizer", "Saver", "checkpoint_exists", "cosine_decay", "create_global_step", "exponential_decay",
    "get_checkpoint_state", "get_global_step", "get_or_create_global_step", "global_step", "inverse_time_decay",
    "latest_checkpoint", "list_variables", "load_variable", "natural_exp_decay", "piecewise_constant",
    "piecewise_constant_decay", "polynomial_decay", "update_checkpoint_state", "write_graph",
]  # fmt: skip


class Optimizer:
    """Base of all: computes gradients, and makes an operation that changes the variables by them.

    A subclass has ``_apply(gradient, variable)``, which gives what assigns, and may have ``_prepare`` and ``_finish``.
    """

    def __init__(self, use_locking: bool, name: str) -> None:
        if not name:
            raise ValueError("Must specify the optimizer name")
        self._name = name
        self._slots: dict[tuple[str, int], Any] = {}

    def get_name(self) -> str:
        return self._name

    def minimize(
        self, loss: Any, global_step: Any = None, var_list: Any = None, gate_gradients: Any = 1,
        aggregation_method: Any = None, colocate_gradients_with_ops: bool = False, name: str | None = None,
        grad_loss: Any = None,
    ) -> Any:  # fmt: skip
        """An operation that takes one step: ``compute_gradients`` and ``apply_gradients``.

        ValueError if the loss depends on none of the variables.
        """
        pairs = self.compute_gradients(loss, var_list, grad_loss=grad_loss)
        if all(g is None for g, _ in pairs):
            raise ValueError(
                "No gradients provided for any variable, check your graph for ops that do not support gradients, "
                f"between variables {[str(v) for _, v in pairs]} and loss {loss}."
            )
        return self.apply_gradients(pairs, global_step, name)

    def compute_gradients(
        self, loss: Any, var_list: Any = None, gate_gradients: Any = 1, aggregation_method: Any = None,
        colocate_gradients_with_ops: bool = False, grad_loss: Any = None,
    ) -> list[tuple[Any, Any]]:  # fmt: skip
        """Pairs of a gradient (None where there is none) and its variable; all trainable ones by default.

        Where operations run at once, the loss has to be a function without arguments.
        """
        if callable(loss):
            with GradientTape() as tape:
                value = loss()
            variables = list(var_list) if var_list is not None else list(tape.watched_variables())
            return list(zip(tape.gradient(value, variables, grad_loss), variables, strict=True))
        if static_graph() is None:
            raise RuntimeError("`loss` passed to Optimizer.compute_gradients should be a function when eager "
                               "execution is enabled.")  # fmt: skip
        variables = trainable_variables() if var_list is None else list(var_list)
        if not variables:
            raise ValueError("No variables to optimize.")
        weights = None if grad_loss is None else [grad_loss]
        return list(zip(gradients(loss, variables, weights), variables, strict=True))

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """An operation that changes each variable by its gradient, and counts ``global_step`` up."""
        pairs = [(g, v) for g, v in grads_and_vars if g is not None]
        if not pairs:
            raise ValueError(f"No gradients provided for any variable: {[str(v) for _, v in grads_and_vars]}.")
        graph = static_graph()
        # What is kept starts as it does, whatever the step itself has to wait for.
        with nullcontext() if graph is None else graph.control_dependencies(None):
            self._make_slots([v for _, v in pairs])
        scope = name or self._name
        with name_scope(scope) as inside:
            self._prepare()
            updates = [self._apply(_dense(g), v) for g, v in pairs]
            updates += self._finish()
            if global_step is not None:
                updates.append(global_step.assign_add(1))
        return group(*updates, name=inside)

    def get_slot(self, var: Any, name: str) -> Any:
        """What the optimizer keeps of a variable under this name; None if nothing."""
        return self._slots.get((name, var._key))

    def get_slot_names(self) -> list[str]:
        return list(dict.fromkeys(name for name, _ in self._slots))

    def variables(self) -> list[Any]:
        """The variables that the optimizer keeps for itself."""
        return list(self._slots.values())

    def _make_slots(self, variables: Sequence[Any]) -> None:
        """Make what the optimizer keeps of each variable."""

    def _prepare(self) -> None:
        """Called before the updates."""

    def _finish(self) -> list[Any]:
        """What is to be done after the updates."""
        return []

    def _apply(self, g: Tensor, variable: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} must define _apply.")

    def _slot(self, variable: Any, name: str, start: Any = None) -> Any:
        key = (name, variable._key)
        if key not in self._slots:
            initial = zeros_like(_first_value(variable)) if start is None else start
            self._slots[key] = _kept(initial, f"{variable.name.partition(':')[0]}/{self._name}")
        return self._slots[key]


def _first_value(variable: Any) -> Any:
    return variable.initial_value if isinstance(variable, GraphVariable) else variable.read_value()


def _kept(initial: Any, name: str) -> Any:
    return Variable(initial, trainable=False, name=name)


def _dense(g: Any) -> Tensor:
    return g.__tf_tensor__() if isinstance(g, IndexedSlices) else g


def _number(value: Any, like: Any) -> Tensor:
    return convert_to_tensor(value() if callable(value) else value, like.dtype)


class GradientDescentOptimizer(Optimizer):
    """``variable -= learning_rate * gradient``."""

    def __init__(self, learning_rate: Any, use_locking: bool = False, name: str = "GradientDescent") -> None:
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate

    def _apply(self, g: Tensor, variable: Any) -> Any:
        return variable.assign_sub(_number(self._learning_rate, g) * g)


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
            _number(self._learning_rate, g),
            _number(self._momentum, g),
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
            first = _first_value(variable)
            self._slot(variable, "accumulator", zeros_like(first) + _number(self._initial, first))

    def _apply(self, g: Tensor, variable: Any) -> Any:
        total = self._slot(variable, "accumulator").assign_add(g * g).read_value()
        return variable.assign_sub(_number(self._learning_rate, g) * g / sqrt(total))


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
            first = _first_value(variable)
            self._slot(variable, "rms", zeros_like(first) + _number(1.0, first))
            if self._centered:
                self._slot(variable, "mg")
            self._slot(variable, "momentum")

    def _apply(self, g: Tensor, variable: Any) -> Any:
        rest = _number(1.0 - self._decay, g)
        squares = self._slot(variable, "rms")
        mean_square = squares.assign_add((g * g - squares) * rest).read_value()
        if self._centered:
            means = self._slot(variable, "mg")
            mean = means.assign_add((g - means) * rest).read_value()
            mean_square = mean_square - mean * mean
        step = _number(self._learning_rate, g) * g / sqrt(mean_square + _number(self._epsilon, g))
        slot = self._slot(variable, "momentum")
        return variable.assign_sub(slot.assign(_number(self._momentum, g) * slot + step).read_value())


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
            self._powers = [_kept(float(beta), name) for beta, name in
                            ((self._beta1, "beta1_power"), (self._beta2, "beta2_power"))]  # fmt: skip

    def _apply(self, g: Tensor, variable: Any) -> Any:
        rate, beta1, beta2, epsilon = (
            _number(x, g) for x in (self._learning_rate, self._beta1, self._beta2, self._epsilon)
        )
        power1, power2 = (_number(power, g) for power in self._powers)
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
