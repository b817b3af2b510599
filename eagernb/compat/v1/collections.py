"""The collections of a static graph: its variables by what they are for, and the operations that initialize them.

>>> import eagernb as tf
>>> with tf.Graph().as_default():
...     v = tf.Variable(1.0, name="v", trainable=False)
...     [v.name for v in global_variables()], trainable_variables()
(['v:0'], [])
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import static_graph
from eagernb.core.name_scope import name_scope
from eagernb.core.tensor import Tensor
from eagernb.ops.joining import stack


class GraphKeys:
    """The names of the collections that a graph keeps."""

    GLOBAL_VARIABLES = "variables"
    LOCAL_VARIABLES = "local_variables"
    METRIC_VARIABLES = "metric_variables"
    TRAINABLE_VARIABLES = "trainable_variables"
    MODEL_VARIABLES = "model_variables"
    MOVING_AVERAGE_VARIABLES = "moving_average_variables"
    LOSSES = "losses"
    REGULARIZATION_LOSSES = "regularization_losses"
    GLOBAL_STEP = "global_step"
    SUMMARIES = "summaries"
    UPDATE_OPS = "update_ops"
    TRAIN_OP = "train_op"
    INIT_OP = "init_op"


def global_variables(scope: str | None = None) -> list[Any]:
    """The variables of the default graph, but for local ones."""
    return _collection(GraphKeys.GLOBAL_VARIABLES, scope)


def local_variables(scope: str | None = None) -> list[Any]:
    """The variables that were put among the local ones of the default graph."""
    return _collection(GraphKeys.LOCAL_VARIABLES, scope)


def trainable_variables(scope: str | None = None) -> list[Any]:
    """The variables of the default graph that optimizers change."""
    return _collection(GraphKeys.TRAINABLE_VARIABLES, scope)


def model_variables(scope: str | None = None) -> list[Any]:
    """The variables that were put among those of the model."""
    return _collection(GraphKeys.MODEL_VARIABLES, scope)


def moving_average_variables(scope: str | None = None) -> list[Any]:
    """The variables that an ExponentialMovingAverage follows."""
    return _collection(GraphKeys.MOVING_AVERAGE_VARIABLES, scope)


def _collection(name: str, scope: str | None) -> list[Any]:
    from eagernb.compat.v1.default import get_default_graph

    return get_default_graph().get_collection(name, scope)


def variables_initializer(var_list: Sequence[Any], name: str = "init") -> Any:
    """An operation that gives all of these variables their first values."""
    graph = static_graph()
    return None if graph is None else graph.group([v.initializer for v in var_list], name)


def global_variables_initializer() -> Any:
    """An operation that gives the variables of the graph their first values; None where operations run at once."""
    return variables_initializer(global_variables())


def local_variables_initializer() -> Any:
    """An operation that gives the local variables of the graph their first values."""
    return variables_initializer(local_variables())


def is_variable_initialized(variable: Any) -> Tensor:
    """Whether a variable has a value in the session that runs this."""
    return variable.is_initialized()


def report_uninitialized_variables(
    var_list: Sequence[Any] | None = None, name: str = "report_uninitialized_variables"
) -> Tensor:
    """The names of the variables that have no value yet in the session that runs this."""
    from eagernb.ops.compare import logical_not
    from eagernb.ops.where import boolean_mask

    variables = global_variables() + local_variables() if var_list is None else list(var_list)
    with name_scope(name):
        if not variables:
            return convert_to_tensor(np.array([], object), dtypes.string)
        names = np.array([v.op.name.encode() for v in variables], object)
        missing = logical_not(stack([v.is_initialized() for v in variables]))
        return boolean_mask(convert_to_tensor(names, dtypes.string), missing)
