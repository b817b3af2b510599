"""tf.train.ExponentialMovingAverage: variables that follow others slowly.

>>> import eagernb as tf
>>> v, average = tf.Variable(0.0), tf.train.ExponentialMovingAverage(decay=0.9)
>>> average.apply([v])  # its average begins at the present value
>>> _ = v.assign(10.0)
>>> average.apply([v])
>>> average.average(v).numpy().round(3)
np.float32(1.0)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.name_scope import name_scope
from eagernb.core.scopes import init_scope
from eagernb.core.variable import Variable
from eagernb.ops.arithmetic import minimum
from eagernb.ops.casting import cast


class ExponentialMovingAverage:
    """Keeps an average of each variable: ``average = decay * average + (1 - decay) * variable`` whenever it is applied.

    With ``num_updates``, the decay is at first lower: ``min(decay, (1 + n) / (10 + n))``. ``zero_debias`` is for
    averages of tensors, which a graph of TensorFlow 1 can have: of variables it changes nothing.

    >>> import eagernb as tf
    >>> v, averages = tf.Variable([1.0, 2.0], name="v"), ExponentialMovingAverage(0.5)
    >>> averages.apply([v])
    >>> _ = v.assign([3.0, 2.0])
    >>> averages.apply([v])
    >>> averages.average(v)
    <tf.Variable 'v/ExponentialMovingAverage:0' shape=(2,) dtype=float32, numpy=array([2., 2.], dtype=float32)>
    """

    def __init__(
        self, decay: Any, num_updates: Any = None, zero_debias: bool = False, name: str = "ExponentialMovingAverage"
    ) -> None:
        self._decay, self._num_updates, self._name = decay, num_updates, name
        self._averages: dict[Any, Any] = {}

    @property
    def name(self) -> str:
        """What the averages' names end with."""
        return self._name

    def apply(self, var_list: Sequence[Any] | None = None) -> Any:
        """Move the averages of these variables; one that has none gets it. TypeError for what is no variable."""
        variables = list(var_list or ())
        for variable in variables:
            self._check(variable)
            if variable.ref() not in self._averages:
                with init_scope():  # outlives the function that is traced
                    shadow = Variable(variable.read_value(), trainable=False, name=self.average_name(variable))
                self._averages[variable.ref()] = shadow
        self._move(variables)

    def _check(self, variable: Any) -> None:
        if not isinstance(variable, Variable):
            raise TypeError(f"ExponentialMovingAverage follows variables, not {variable!r}.")

    def _move(self, variables: Sequence[Any]) -> list[Any]:
        with name_scope(self._name):
            decay = convert_to_tensor(self._decay)
            if self._num_updates is not None:
                count = cast(self._num_updates, decay.dtype)
                decay = minimum(decay, (1.0 + count) / (10.0 + count))
            moved = []
            for variable in variables:
                shadow = self._averages[variable.ref()]
                rest = cast(1.0 - decay, shadow.dtype)
                moved.append(shadow.assign_sub((shadow.read_value() - variable.read_value()) * rest))
        return moved

    def average(self, var: Any) -> Any:
        """The average of a variable, itself a variable; None if it has none."""
        return self._averages.get(var.ref())

    def average_name(self, var: Any) -> str:
        """What the average of a variable is called."""
        return f"{var.name.partition(':')[0]}/{self._name}"

    def variables_to_restore(self, moving_avg_variables: Sequence[Any] | None = None) -> dict[str, Any]:
        """The variables by the names of their averages."""
        return {self.average_name(variable): variable for variable in moving_avg_variables or ()}
