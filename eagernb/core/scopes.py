"""The scopes that programs open around operations: control_dependencies, init_scope."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from eagernb.core.dispatch import static_graph, suspended


def control_dependencies(control_inputs: Any) -> AbstractContextManager[None]:
    """A scope for operations that come after others.

    Effects keep the order in which they were written anyway. Only a graph of TensorFlow 1, of which just what was asked
    for runs, needs to be told.

    >>> import eagernb as tf
    >>> with control_dependencies([tf.constant(1)]):
    ...     x = tf.constant(2)
    """
    graph = static_graph()
    return nullcontext() if graph is None else graph.control_dependencies(control_inputs)


def init_scope() -> AbstractContextManager[None]:
    """A scope in which operations run at once, outside of the graph that is being traced and seen by no tape.

    >>> import eagernb as tf
    >>> @tf.function
    ... def traced():
    ...     with init_scope():
    ...         return tf.executing_eagerly()
    >>> bool(traced())
    True
    """
    return suspended()
