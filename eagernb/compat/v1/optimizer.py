"""What the optimizers of tf.compat.v1.train have in common."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from eagernb.autodiff.symbolic import gradients
from eagernb.autodiff.tape import GradientTape
from eagernb.compat.v1.collections import trainable_variables
from eagernb.compat.v1.variables import GraphVariable
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import static_graph
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.name_scope import name_scope
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable
from eagernb.ops.creation import zeros_like
from eagernb.ops.grouping import group


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
            initial = zeros_like(first_value(variable)) if start is None else start
            self._slots[key] = kept(initial, f"{variable.name.partition(':')[0]}/{self._name}")
        return self._slots[key]


def first_value(variable: Any) -> Any:
    return variable.initial_value if isinstance(variable, GraphVariable) else variable.read_value()


def kept(initial: Any, name: str) -> Any:
    return Variable(initial, trainable=False, name=name)


def _dense(g: Any) -> Tensor:
    return g.__tf_tensor__() if isinstance(g, IndexedSlices) else g


def number(value: Any, like: Any) -> Tensor:
    return convert_to_tensor(value() if callable(value) else value, like.dtype)
