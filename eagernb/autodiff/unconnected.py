"""What stands for a derivative that is not there."""

from __future__ import annotations

from enum import Enum


class UnconnectedGradients(Enum):
    """What is given for a source that the target does not depend on: None, or zeros. Its values' names will do too.

    >>> import eagernb as tf
    >>> x, y = tf.Variable(1.0), tf.Variable(2.0)
    >>> with tf.GradientTape() as tape:
    ...     z = x * x
    >>> float(tape.gradient(z, y, unconnected_gradients=UnconnectedGradients.ZERO))
    0.0
    """

    NONE = "none"
    ZERO = "zero"
