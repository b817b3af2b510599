"""Names of TensorFlow's graphs of operations by type: how gradients are summed up, and whose gradients are whose.

Types of operations that a program declares do not exist here, so that what is registered is kept and nothing more. To
give a function a gradient of its own, use ``tf.custom_gradient``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class AggregationMethod:
    """Ways to sum up gradients, which ``tf.gradients`` accepts; all give the same sums.

    >>> import eagernb as tf
    >>> @tf.function
    ... def slope(x):
    ...     return tf.gradients(x * x, x, aggregation_method=AggregationMethod.ADD_N)[0]
    >>> float(slope(tf.constant(3.0)))
    6.0
    """

    ADD_N = 0
    DEFAULT = ADD_N
    EXPERIMENTAL_TREE = 1
    EXPERIMENTAL_ACCUMULATE_N = 2


_registered: dict[str, Callable[..., Any] | None] = {}


class RegisterGradient:
    """A decorator that says which function is the gradient of a type of operation, so that TensorFlow 1's scripts run.

    All operations that there are have their gradients, so that none asks for it: for one of your own there is
    ``tf.custom_gradient``. KeyError if the type has one, TypeError if it is no string.

    >>> @RegisterGradient("MyOperation")
    ... def _my_operation_grad(op, g):
    ...     return g
    >>> RegisterGradient("MyOperation")(_my_operation_grad)
    Traceback (most recent call last):
        ...
    KeyError: "Registering two gradient with name 'MyOperation'! A type of operation has one."
    """

    def __init__(self, op_type: str) -> None:
        if not isinstance(op_type, str):
            raise TypeError("op_type must be a string")
        self._type = op_type

    def __call__(self, f: Callable[..., Any]) -> Callable[..., Any]:
        if self._type in _registered:
            raise KeyError(f"Registering two gradient with name {self._type!r}! A type of operation has one.")
        _registered[self._type] = f
        return f


def no_gradient(op_type: str) -> None:
    """Say that operations of this type have no gradient; see ``RegisterGradient``. TypeError if it is no string.

    >>> no_gradient("MyStep")
    """
    if not isinstance(op_type, str):
        raise TypeError("op_type must be a string")
    _registered[op_type] = None
