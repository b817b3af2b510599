"""compute_gradient: a function's derivatives by its gradient rules and by finite differences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from eagernb.autodiff.tape import GradientTape
from eagernb.core.convert import convert_to_tensor
from eagernb.core.tensor import EagerTensor


def compute_gradient(
    f: Callable[..., Any], x: Sequence[Any], delta: float | None = None
) -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """The derivatives of all elements of ``f(*x)``, by the tape and by finite differences in steps of delta (1/1024).

    For each argument there is a matrix, with a row for each element of the result and a column for each of the
    argument. Raises ValueError unless x is a list of arguments.

    >>> import eagernb as tf
    >>> by_rule, by_steps = compute_gradient(lambda a: a * a, [tf.constant([1.0, 3.0])])
    >>> by_rule[0]
    array([[2., 0.],
           [0., 6.]], dtype=float32)
    """
    if not isinstance(x, (list, tuple)):
        raise ValueError(f"x must be a list or tuple of the arguments of f, not a {type(x).__name__}.")
    arguments = [convert_to_tensor(value) for value in x]
    with GradientTape() as tape:
        tape.watch(arguments)
        y = convert_to_tensor(f(*arguments))
    found = tape.jacobian(y, arguments, unconnected_gradients="zero")
    rows = y.numpy().size
    by_rule = tuple(convert_to_tensor(j).numpy().reshape(rows, -1) for j in found)
    step = 1 / 1024 if delta is None else delta
    return by_rule, tuple(_by_steps(f, arguments, i, rows, step) for i in range(len(arguments)))


def _by_steps(f: Callable[..., Any], arguments: list[Any], which: int, rows: int, step: float) -> np.ndarray:
    middle = arguments[which].numpy()
    columns = []
    for index in np.ndindex(middle.shape):
        ends = []
        for moved in (middle[index] + step, middle[index] - step):
            array = np.array(middle)
            array[index] = moved
            given = [*arguments[:which], EagerTensor._of(array), *arguments[which + 1 :]]
            ends.append(np.asarray(f(*given)).reshape(rows))
        columns.append((ends[0] - ends[1]) / np.asarray(2 * step, middle.dtype))
    return np.stack(columns, axis=1) if columns else np.zeros((rows, 0), middle.dtype)
