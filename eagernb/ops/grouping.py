"""Operations for their effects only: there is nothing to compute, and no value.

>>> import eagernb as tf
>>> v = tf.Variable(1.0)
>>> tf.group(v.assign(2.0), v.assign_add(3.0))
>>> v.numpy()
np.float32(5.0)
"""

from __future__ import annotations

from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import static_graph
from eagernb.core.tensor import Tensor


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


def tuple_(tensors: Any, control_inputs: Any = None, name: str | None = None) -> list[Any]:
    """The tensors, in a list, once all of them (and ``control_inputs``) are there: in eager mode they always are.

    >>> import eagernb as tf
    >>> [int(x) for x in tuple_([tf.constant(1), tf.constant(2)])]
    [1, 2]
    """
    return list(tensors)


def guarantee_const(input: Any, name: str | None = None) -> Tensor:
    """The tensor itself: a promise to TensorFlow's optimiser that it never changes.

    >>> float(guarantee_const(1.5))
    1.5
    """
    return convert_to_tensor(input)
