"""tf.compat.v1.train.ExponentialMovingAverage: variables that follow others slowly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.v1.collections import GraphKeys, global_variables, trainable_variables
from eagernb.compat.v1.default import get_default_graph
from eagernb.compat.v1.optimizer import first_value, kept
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import static_graph
from eagernb.core.name_scope import name_scope
from eagernb.ops.arithmetic import minimum
from eagernb.ops.casting import cast
from eagernb.ops.grouping import group


class ExponentialMovingAverage:
    """Keeps a shadow of each variable: ``shadow = decay * shadow + (1 - decay) * variable`` whenever it is run.

    With ``num_updates``, the decay is at first lower: ``min(decay, (1 + n) / (10 + n))``. NotImplementedError for
    ``zero_debias``.

    >>> import eagernb.compat.v1 as tf
    >>> with tf.Graph().as_default():
    ...     v = tf.Variable(0.0, name="v")
    ...     average = ExponentialMovingAverage(0.5)
    ...     follow = average.apply([v])
    ...     with tf.Session() as session:
    ...         session.run(tf.global_variables_initializer())
    ...         v.load(8.0, session)
    ...         session.run(follow)
    ...         average.average_name(v), session.run(average.average(v))
    ('v/ExponentialMovingAverage', np.float32(4.0))
    """

    def __init__(
        self, decay: Any, num_updates: Any = None, zero_debias: bool = False, name: str = "ExponentialMovingAverage"
    ) -> None:
        if zero_debias:
            raise NotImplementedError("ExponentialMovingAverage: zero_debias=True is not supported. Leave it out.")
        self._decay, self._num_updates, self._name = decay, num_updates, name
        self._averages: dict[Any, Any] = {}

    @property
    def name(self) -> str:
        return self._name

    def apply(self, var_list: Sequence[Any] | None = None) -> Any:
        """An operation that moves the shadows of these variables, by default the trainable ones, which are made."""
        variables = trainable_variables() if var_list is None else list(var_list)
        graph = get_default_graph()
        for variable in variables:
            if variable in self._averages:
                continue
            with graph.control_dependencies(None):
                self._averages[variable] = kept(first_value(variable), self.average_name(variable))
            graph.add_to_collection(GraphKeys.MOVING_AVERAGE_VARIABLES, variable)
        with name_scope(self._name) as scope:
            decay = convert_to_tensor(self._decay)
            if self._num_updates is not None:
                count = cast(self._num_updates, decay.dtype)
                decay = minimum(decay, (1.0 + count) / (10.0 + count))
            updates = []
            for variable in variables:
                shadow = self._averages[variable]
                rest = cast(1.0 - decay, shadow.dtype)
                updates.append(shadow.assign_sub((shadow.read_value() - variable.read_value()) * rest))
        return None if static_graph() is None else group(*updates, name=scope)

    def average(self, var: Any) -> Any:
        """The shadow of a variable; None if it has none."""
        return self._averages.get(var)

    def average_name(self, var: Any) -> str:
        """What the shadow of a variable is called."""
        return f"{var.op.name}/{self._name}"

    def variables_to_restore(self, moving_avg_variables: Sequence[Any] | None = None) -> dict[str, Any]:
        """For a Saver: the variables by their names, those with a shadow by the shadow's."""
        followed = trainable_variables() if moving_avg_variables is None else list(moving_avg_variables)
        names = {self.average_name(v): v for v in followed}
        return names | {v.op.name: v for v in global_variables() if not any(v is one for one in followed)}
