"""Random tensors: each call takes the next numbers of its sequence.

>>> import eagernb as tf
>>> tf.random.set_seed(1)
>>> dice = tf.random.uniform([100], 1, 7, dtype=tf.int32)
>>> sorted(set(dice.numpy().tolist()))
[1, 2, 3, 4, 5, 6]

A function here makes the shape and the parameters ready (random_values.py) and applies the op of its distribution
(random_draws.py), whose kernel asks where its sequence is (random_seeds.py), takes bits from there (philox.py) and
makes numbers of them (random_from_bits.py, random_rejection.py).
"""

from __future__ import annotations

from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import REAL, as_dtype, float32
from eagernb.core.late import apply_late, late_vector, sizes_of
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError
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
    """Normally distributed numbers of this shape, with a mean and a standard deviation that broadcast to it.

    ``dtype`` is a float. Gradients flow to both. The numbers are made of pairs of uniform ones (Box and Muller, 1958).
    DTypeError for another dtype, ShapeError where the mean or the deviation do not broadcast.

    >>> set_seed(1)
    >>> normal([3], mean=10.0, stddev=2.0).numpy().round(4)
    array([ 7.7976, 13.0915, 10.7673], dtype=float32)
    """
    return normal_values(_next(seed), NORMAL, shape, mean, stddev, dtype)


def truncated_normal(
    shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32, seed: int | None = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Normally distributed numbers of this shape, none farther than two standard deviations from the mean.

    What lies farther out is drawn again. Arguments and errors are those of ``normal``.

    >>> set_seed(1)
    >>> truncated_normal([3]).numpy().round(4)
    array([-1.1012,  1.5458,  0.3836], dtype=float32)
    """
    return normal_values(_next(seed), TRUNCATED_NORMAL, shape, mean, stddev, dtype)


def uniform(
    shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = float32, seed: int | None = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Evenly distributed numbers of this shape in [minval, maxval): of floats in [0, 1) by default.

    ValueError for integers without a maxval, and for a dtype other than a float, int32 or int64; InvalidArgumentError
    for integers unless minval < maxval.

    >>> set_seed(1)
    >>> uniform([5], 1, 7, dtype="int32").numpy()  # a die is thrown five times
    array([1, 4, 4, 6, 1], dtype=int32)
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
    alpha as the number moves when its quantile stays (Figurnov, Mohamed and Mnih, 2018). The numbers are drawn by
    rejection (Marsaglia and Tsang, 2000). ShapeError where alpha and beta do not broadcast.

    >>> set_seed(1)
    >>> gamma([2], alpha=[0.5, 2.0]).numpy().round(4)
    array([[0.3957, 0.7404],
           [0.0155, 3.2618]], dtype=float32)
    """
    alpha = convert_to_tensor(alpha, dtype)
    if beta is not None:
        beta = convert_to_tensor(beta, dtype)
        alpha = alpha + zeros_like(beta)
    return gamma_values(_next(seed), (*late_vector(shape, "shape"), *sizes_of(alpha)), alpha, beta)


def poisson(
    shape: Any, lam: Any, dtype: Any = float32, seed: int | None = None, name: str | None = None
) -> Tensor:  # fmt: skip
    """Poisson distributed counts: ``shape`` of them for each mean ``lam``, of shape ``shape`` + lam's; no gradient.

    By products of uniform numbers (Knuth) for means below 10, else by transformed rejection (Hörmann, 1993). DTypeError
    unless the means and ``dtype`` are real numbers.

    >>> set_seed(1)
    >>> poisson([2], lam=[1.0, 10.0]).numpy()
    array([[ 0., 12.],
           [ 1., 15.]], dtype=float32)
    """
    means, dtype = convert_to_tensor(lam), as_dtype(dtype)
    if dtype.numpy not in REAL:
        raise DTypeError(f"random.poisson: the counts must be real numbers, not {dtype.name}.")
    dims = (*late_vector(shape, "shape"), *sizes_of(means))
    return _next(seed)(POISSON, means, shape=dims, dtype=dtype)


def categorical(
    logits: Any, num_samples: Any, dtype: Any = None, seed: int | None = None, name: str | None = None
) -> Tensor:
    """For each row of logits (log-probabilities, up to a constant), ``num_samples`` class numbers: softmax(logits).

    ``logits`` is [rows, classes], the result [rows, num_samples], of int64 (or int32, by ``dtype``). A class is where a
    uniform number falls among the cumulated probabilities; no gradient. ShapeError for another rank, DTypeError for
    logits that are no floats, InvalidArgumentError for another ``dtype`` or a negative number of samples.

    >>> set_seed(1)
    >>> categorical([[0.0, 1.0]], 5).numpy()
    array([[1, 0, 1, 1, 1]])
    """
    return categorical_values(_next(seed), logits, num_samples, dtype)


def shuffle(value: Any, seed: int | None = None, name: str | None = None) -> Tensor:
    """The slices along the first axis in random order, by Fisher and Yates: each is there once, as it was. No gradient.

    The shape and the dtype, which may be any, stay; a scalar is returned as it is.

    >>> set_seed(1)
    >>> shuffle([1, 2, 3, 4]).numpy()
    array([3, 2, 4, 1], dtype=int32)
    """
    x = convert_to_tensor(value)
    return take(x, _next(seed)(PERMUTATION, count=sizes_of(x)[0], dtype=x.dtype), 0) if x._dims else x
