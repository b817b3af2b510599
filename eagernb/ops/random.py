"""Random tensors: each call takes the next numbers of its sequence.

>>> import eagernb as tf
>>> tf.random.set_seed(1)
>>> dice = tf.random.uniform([100], 1, 7, dtype=tf.int32)
>>> sorted(set(dice.numpy().tolist()))
[1, 2, 3, 4, 5, 6]
"""

from __future__ import annotations

from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import as_dtype, float32
from eagernb.core.late import apply_late, late_shape, sizes_of
from eagernb.core.tensor import Tensor
from eagernb.ops.creation import zeros_like
from eagernb.ops.gather import take
from eagernb.ops.random_draws import NORMAL, PERMUTATION, POISSON, TRUNCATED_NORMAL
from eagernb.ops.random_seeds import get_state, seed_of_operation, set_seed, set_state
from eagernb.ops.random_values import (
    UNIFORM_DTYPES,
    Draw,
    categorical_values,
    gamma_values,
    normal_values,
    uniform_values,
)

__all__ = [
    "categorical", "gamma", "get_state", "normal", "poisson", "set_seed", "set_state", "shuffle", "truncated_normal",
    "uniform",
]  # fmt: skip


def _next(own_seed: int | None) -> Draw:
    """Draw the next numbers of the sequence with this seed."""

    def draw(distribution: Any, *inputs: Any, **params: Any) -> Tensor:
        return apply_late(distribution.next, inputs, seed=seed_of_operation(own_seed), **params)

    return draw


def normal(
    shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32, seed: int | None = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Normally distributed numbers."""
    return normal_values(_next(seed), NORMAL, shape, mean, stddev, dtype)


def truncated_normal(
    shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32, seed: int | None = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Normally distributed numbers, none farther than two standard deviations from the mean."""
    return normal_values(_next(seed), TRUNCATED_NORMAL, shape, mean, stddev, dtype)


def uniform(
    shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = float32, seed: int | None = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Evenly distributed numbers in [minval, maxval); integers need a maxval.

    >>> numbers = uniform([100], 1, 7, dtype="int32")
    >>> int(numbers.numpy().min()) >= 1, int(numbers.numpy().max()) <= 6
    (True, True)
    """
    dtype = as_dtype(dtype)
    if dtype not in UNIFORM_DTYPES:
        known = ", ".join(d.name for d in UNIFORM_DTYPES)
        raise ValueError(f"random.uniform: the dtype must be one of {known}, not {dtype.name}.")
    if dtype.is_integer and maxval is None:
        raise ValueError(f"Must specify maxval for integer dtype {dtype.name}.")
    return uniform_values(_next(seed), shape, minval, maxval, dtype)


def gamma(
    shape: Any, alpha: Any, beta: Any = None, dtype: Any = float32, seed: int | None = None, name: str | None = None
) -> Tensor:
    """Gamma distributed numbers: ``shape`` of them for each alpha (shape) and beta (rate; 1 by default).

    The result's shape is ``shape`` followed by that of alpha and beta, which broadcast. Gradients flow to both: to
    alpha as the number moves when its quantile stays (Figurnov, Mohamed and Mnih, 2018).
    """
    alpha = convert_to_tensor(alpha, dtype)
    if beta is not None:
        beta = convert_to_tensor(beta, dtype)
        alpha = alpha + zeros_like(beta)
    return gamma_values(_next(seed), (*late_shape(shape, "shape"), *sizes_of(alpha)), alpha, beta)


def poisson(
    shape: Any, lam: Any, dtype: Any = float32, seed: int | None = None, name: str | None = None
) -> Tensor:  # fmt: skip
    """Poisson distributed counts: ``shape`` of them for each mean ``lam``, of shape ``shape`` + lam's; no gradient."""
    means = convert_to_tensor(lam)
    dims = (*late_shape(shape, "shape"), *sizes_of(means))
    return _next(seed)(POISSON, means, shape=dims, dtype=as_dtype(dtype))


def categorical(
    logits: Any, num_samples: Any, dtype: Any = None, seed: int | None = None, name: str | None = None
) -> Tensor:
    """For each row of logits (log-probabilities, up to a constant), ``num_samples`` class numbers, int64.

    >>> categorical([[0.0, float("-inf")], [float("-inf"), 0.0]], 3).numpy()
    array([[0, 0, 0],
           [1, 1, 1]])
    """
    return categorical_values(_next(seed), logits, num_samples, dtype)


def shuffle(value: Any, seed: int | None = None, name: str | None = None) -> Tensor:
    """The slices along the first axis in random order.

    >>> sorted(shuffle(convert_to_tensor([1, 2, 3])).numpy().tolist())
    [1, 2, 3]
    """
    x = convert_to_tensor(value)
    return take(x, _next(seed)(PERMUTATION, count=sizes_of(x)[0], dtype=x.dtype), 0) if x._dims else x
