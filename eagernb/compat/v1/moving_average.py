"""tf.compat.v1.train.ExponentialMovingAverage: variables of a graph that follow others slowly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.v1.collections import GraphKeys, global_variables, trainable_variables
from eagernb.compat.v1.default import get_default_graph
from eagernb.compat.v1.optimizer import first_value, kept
from eagernb.core.dispatch import static_graph
from eagernb.modules import moving_average
from eagernb.ops.grouping import group


class ExponentialMovingAverage(moving_average.ExponentialMovingAverage):
    """Keeps a shadow of each variable: ``shadow = decay * shadow + (1 - decay) * variable`` whenever it is run.

    With ``num_updates``, the decay is at first lower: ``min(decay, (1 + n) / (10 + n))``. Without a graph it is
    TensorFlow 2's. TypeError for what is no variable.

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

    def apply(self, var_list: Sequence[Any] | None = None) -> Any:
        """An operation that moves the shadows of these variables, by default the trainable ones, which are made."""
        if static_graph() is None:
            return super().apply(var_list)
        variables = trainable_variables() if var_list is None else list(var_list)
        graph = get_default_graph()
        for variable in variables:
            self._check(variable)
            if variable.ref() in self._averages:
                continue
            with graph.control_dependencies(None):
                self._averages[variable.ref()] = kept(first_value(variable), self.average_name(variable))
            graph.add_to_collection(GraphKeys.MOVING_AVERAGE_VARIABLES, variable)
        return group(*self._move(variables), name=self._name)

    def variables_to_restore(self, moving_avg_variables: Sequence[Any] | None = None) -> dict[str, Any]:
        """For a Saver: the variables by their names, those with a shadow by the shadow's."""
        followed = trainable_variables() if moving_avg_variables is None else list(moving_avg_variables)
        others = [v for v in global_variables() if not any(v is one for one in followed)]
        return super().variables_to_restore(followed) | {v.op.name: v for v in others}
