"""Placeholders: tensors whose values a session is given with every run.

>>> import eagernb as tf
>>> with tf.Graph().as_default():
...     x = placeholder(tf.float32, [None, 2], name="x")
...     rows = tf.shape(x)[0]
...     tf.compat.v1.Session().run(rows, {x: [[1, 2], [3, 4], [5, 6]]})
np.int32(3)
"""

from __future__ import annotations

from typing import Any

from eagernb.compat.v1.ops import PLACEHOLDER, PLACEHOLDER_WITH_DEFAULT
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import static_graph
from eagernb.core.name_scope import scoped
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor


def placeholder(dtype: Any, shape: Any = None, name: str | None = None) -> Tensor:
    """A tensor that has to be fed: ``session.run(..., feed_dict={x: value})``.

    None in the shape stands for any size; no shape at all for any rank. Some operations need to know the rank.
    RuntimeError where operations run at once.
    """
    graph = static_graph()
    if graph is None:
        raise RuntimeError(
            "tf.placeholder() is not compatible with eager execution. Call it inside of `with tf.Graph().as_default():`"
            ", or after tf.compat.v1.disable_eager_execution(); or write a function of what you would feed."
        )
    unique = graph.unique_name(scoped(name or "Placeholder"))
    return graph.add(PLACEHOLDER, (), {"spec": TensorSpec(shape, dtype), "name": unique}, unique + "/")[0]


def placeholder_with_default(input: Any, shape: Any, name: str | None = None) -> Tensor:
    """A tensor that may be fed, and is ``input`` where it is not; ``shape`` says what may be fed."""
    graph, value = static_graph(), convert_to_tensor(input)
    if graph is None:
        return value
    wanted = TensorShape(shape)
    if not wanted.is_compatible_with(value.shape):
        raise ValueError(f"The default value of shape {value.shape} does not fit the shape {wanted}.")
    return graph.add(PLACEHOLDER_WITH_DEFAULT, (value,), {"shape": wanted}, name or "PlaceholderWithDefault")[0]
