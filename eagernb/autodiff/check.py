"""Finite differences: gradients from values alone, to check the rules with."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.autodiff.tape import GradientTape
from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor
from eagernb.core.tensor import EagerTensor


def numeric_gradients(function: Callable[..., Any], *inputs: Any, step: float = 1e-6) -> list[np.ndarray]:
    """The gradients of a function's weighted sum, one for each input, by central differences in float64.

    Each element is moved by ``step`` both ways; a complex one along the real axis and then along the imaginary one. The
    result's elements count with different weights, so that one that ends up in another's place is noticed;
    ``tape_gradients`` uses the same weights.

    >>> [g] = numeric_gradients(lambda x: x * x, [3.0])
    >>> g.round(6)
    array([6.])
    """
    arrays = [_double(x) for x in inputs]

    def value() -> float:
        result = nest.flatten(function(*[EagerTensor._of(x.copy()) for x in arrays]))
        return sum(float(np.vdot(_weights(part), part.numpy()).real) for part in result)

    gradients = []
    for array in arrays:
        gradient = np.zeros_like(array)
        for index in np.ndindex(array.shape):
            middle = array[index]
            for direction in (1, 1j) if array.dtype.kind == "c" else (1,):
                array[index] = middle + step * direction
                above = value()
                array[index] = middle - step * direction
                below = value()
                gradient[index] += direction * (above - below) / (2 * step)
            array[index] = middle
        gradients.append(gradient)
    return gradients


def tape_gradients(function: Callable[..., Any], *inputs: Any) -> list[np.ndarray | None]:
    """The same gradients by a GradientTape; None where it finds no way back.

    >>> [g] = tape_gradients(lambda x: x * x, [3.0])
    >>> g
    array([6.])
    """
    tensors = [EagerTensor._of(_double(x)) for x in inputs]
    with GradientTape() as tape:
        tape.watch(tensors)
        results = nest.flatten(function(*tensors))
    weights = [EagerTensor._of(_weights(part).astype(part.dtype.numpy)) for part in results]
    found = tape.gradient(results, tensors, output_gradients=weights)
    return [None if g is None else convert_to_tensor(g).numpy() for g in found]


def check_gradients(function: Callable[..., Any], *inputs: Any, step: float = 1e-6, tolerance: float = 1e-6) -> None:
    """Raise AssertionError unless the tape's gradients agree with finite differences.

    ``tolerance`` is relative to the gradient's size, or absolute below 1. A gradient of None counts as zeros.

    >>> import eagernb as tf
    >>> check_gradients(lambda x, y: tf.exp(x) * y, [0.5, -1.0], [2.0, 3.0])
    """
    for number, (rule, numeric) in enumerate(
        zip(tape_gradients(function, *inputs), numeric_gradients(function, *inputs, step=step), strict=True)
    ):
        rule = np.zeros_like(numeric) if rule is None else rule
        if rule.shape != numeric.shape or not np.allclose(rule, numeric, rtol=tolerance, atol=tolerance):
            raise AssertionError(
                f"The gradient of input {number} is\n{rule}\nby its rule, but by finite differences\n{numeric}"
            )


def _double(x: Any) -> np.ndarray:
    """A copy in double precision."""
    return np.array(x, np.complex128 if np.iscomplexobj(x) else np.float64)


def _weights(result: Any) -> np.ndarray:
    """Numbers between 0.5 and 1.5, none like another; for a complex result complex, of different angles."""
    shape = result.shape.as_list()
    count = math.prod(shape)
    weights = 0.5 + np.arange(1, count + 1) / (count + 1)
    return (weights * np.exp(1j * weights) if result.dtype.is_complex else weights).reshape(shape)
