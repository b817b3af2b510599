"""Operations for their effects only: there is nothing to compute, and no value.

>>> import eagernb as tf
>>> v = tf.Variable(1.0)
>>> tf.group(v.assign(2.0), v.assign_add(3.0))
>>> v.numpy()
np.float32(5.0)
"""

from __future__ import annotations

from typing import Any

from eagernb.core.dispatch import static_graph


def no_op(name: str | None = None) -> Any:
    """Does nothing. In a graph of TensorFlow 1 it is an operation all the same, which is returned.

    >>> no_op()
    """
    return group(name=name or "NoOp")


def group(*inputs: Any, name: str | None = None) -> Any:
    """Several operations as one: they have run when Python gets here, and in a graph effects keep their order.

    In a graph of TensorFlow 1 it is an operation that runs them, which is returned.

    >>> import eagernb as tf
    >>> v = tf.Variable(1)
    >>> group(v.assign_add(1), v.assign_add(2))
    >>> int(v)
    4
    """
    graph = static_graph()
    return None if graph is None else graph.group(inputs, name)
