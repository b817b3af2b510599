"""set_loop_options: a mark in a loop's body, for the conversion to read."""

from __future__ import annotations

from typing import Any


def set_loop_options(
    parallel_iterations: Any = None,
    swap_memory: Any = None,
    maximum_iterations: Any = None,
    shape_invariants: Any = None,
) -> None:
    """Options for the loop that this is the first statement of, for as far as it becomes a ``tf.while_loop``.

    ``shape_invariants`` is a list of pairs: a variable of the loop, and the TensorShape that it keeps to. A loop that
    stays Python's ignores them.

    >>> import eagernb as tf
    >>> @tf.function
    ... def doubled(n):
    ...     x = tf.constant([1])
    ...     for _ in tf.range(n):
    ...         tf.autograph.experimental.set_loop_options(shape_invariants=[(x, tf.TensorShape([None]))])
    ...         x = tf.concat([x, x], 0)
    ...     return x
    >>> doubled(tf.constant(2)).numpy()
    array([1, 1, 1, 1], dtype=int32)
    """
