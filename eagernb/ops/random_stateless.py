"""Random tensors that follow from a seed of two integers alone: the same seed, the same numbers, whenever and wherever.

>>> import eagernb as tf
>>> a = tf.random.stateless_normal([2], seed=[1, 2])
>>> bool(tf.reduce_all(a == tf.random.stateless_normal([2], seed=[1, 2])))
True
>>> first, second = tf.unstack(tf.random.split([1, 2]))
>>> bool(tf.reduce_any(tf.random.stateless_normal([2], first) == tf.random.stateless_normal([2], second)))
False

Where what is done stands: see the head of random.py. These are the same distributions, by their stateless ops.
"""

from __future__ import annotations

from typing import Any

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import as_dtype, float32, int32, int64
from eagernb.core.late import apply_late, late_shape, late_vector, sizes_of
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError, ShapeError
from eagernb.ops.creation import zeros_like
from eagernb.ops.gather import take
from eagernb.ops.joining import stack
from eagernb.ops.random_algorithm import algorithm, check_drawable
from eagernb.ops.random_draws import (
    BINOMIAL,
    FULL_RANGE,
    INDEX_SHUFFLE,
    NORMAL,
    PERMUTATION,
    POISSON,
    TRUNCATED_BETWEEN,
    TRUNCATED_NORMAL,
    Distribution,
)
from eagernb.ops.random_values import (
    Draw,
    binomial_parameters,
    categorical_values,
    gamma_values,
    normal_values,
    uniform_values,
)


def _from(seed: Any, alg: Any = "auto_select") -> Draw:
    """Draw the numbers that follow from a seed."""
    check_drawable(algorithm(alg))
    seed = _seed(seed)

    def draw(distribution: Any, *inputs: Any, **params: Any) -> Tensor:
        op = distribution.stateless if isinstance(distribution, Distribution) else distribution
        return apply_late(op, (seed, *inputs), **params)

    return draw


def _seed(value: Any) -> Tensor:
    seed = convert_to_tensor(value)
    if seed.dtype not in (int32, int64):
        raise DTypeError(f"A seed must hold int32 or int64, not {seed.dtype.name}.")
    if seed._dims not in ((2,), (None,)):
        raise ShapeError(f"A seed must have shape [2], not {list(seed._dims)}: give two integers.")
    return seed


def _seeds(value: Any, count: int) -> Tensor:
    """The seed of an index shuffle: so many integers, or a row of them for each index."""
    seed = convert_to_tensor(value)
    if not seed.shape[-1:].is_compatible_with([count]):
        raise ShapeError(f"A seed here is {count} integers, or a row of them for each index, not {seed.shape}.")
    return seed


def stateless_normal(
    shape: Any, seed: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32, name: str | None = None,
    alg: Any = "auto_select",
) -> Tensor:  # fmt: skip
    """Normally distributed numbers of this shape, with a mean and a standard deviation that broadcast to it.

    ``seed`` holds two integers, int32 or int64: DTypeError or ShapeError for other seeds. The bits are Philox's (Salmon
    et al., 2011); ``alg="threefry"`` is for TPUs, and refused. Other arguments and errors as for ``tf.random.normal``.

    >>> stateless_normal([2], seed=[1, 2]).numpy().round(4)
    array([0.5441, 0.2074], dtype=float32)
    """
    return normal_values(_from(seed, alg), NORMAL, shape, mean, stddev, dtype)


def stateless_truncated_normal(
    shape: Any, seed: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32, name: str | None = None,
    alg: Any = "auto_select",
) -> Tensor:  # fmt: skip
    """Normally distributed numbers of this shape, none farther than two standard deviations from the mean.

    Arguments and errors are those of ``stateless_normal``.

    >>> stateless_truncated_normal([3], seed=[1, 2]).numpy().round(4)
    array([0.5441, 0.2074, 0.0736], dtype=float32)
    """
    return normal_values(_from(seed, alg), TRUNCATED_NORMAL, shape, mean, stddev, dtype)


def stateless_uniform(
    shape: Any, seed: Any, minval: Any = 0, maxval: Any = None, dtype: Any = float32, name: str | None = None,
    alg: Any = "auto_select",
) -> Tensor:  # fmt: skip
    """Evenly distributed numbers in [minval, maxval); integers over all of their range with both of them None.

    Of floats in [0, 1) by default. ValueError for integers with only one of the bounds, and for unsigned ones with any.
    ``seed``, ``alg`` and their errors as for ``stateless_normal``.

    >>> stateless_uniform([5], seed=[1, 2], minval=1, maxval=7, dtype="int32").numpy()
    array([5, 6, 1, 4, 2], dtype=int32)
    """
    dtype = as_dtype(dtype)
    if dtype.is_unsigned and minval is not None:
        raise ValueError(f"stateless_uniform: {dtype.name} is for all of its range; minval and maxval must be None.")
    return uniform_values(_from(seed, alg), shape, minval, maxval, dtype)


def stateless_gamma(
    shape: Any, seed: Any, alpha: Any, beta: Any = None, dtype: Any = float32, name: str | None = None
) -> Tensor:
    """Gamma distributed numbers of this shape, to which alpha (shape) and beta (rate; 1 by default) broadcast.

    Gradients flow to both, and the numbers are drawn, as in ``tf.random.gamma``. ShapeError where they do not broadcast
    to it, DTypeError for a ``dtype`` that is no float. ``seed`` and its errors as for ``stateless_normal``.

    >>> stateless_gamma([2], seed=[1, 2], alpha=[0.5, 2.0]).numpy().round(4)
    array([0.067 , 1.9241], dtype=float32)
    """
    alpha = convert_to_tensor(alpha, dtype)
    if beta is not None:
        beta = convert_to_tensor(beta, dtype)
        alpha = alpha + zeros_like(beta)
    return gamma_values(_from(seed), late_vector(shape, "shape"), alpha, beta)


def stateless_poisson(shape: Any, seed: Any, lam: Any, dtype: Any = int32, name: str | None = None) -> Tensor:
    """Poisson distributed counts of this shape, to which the means ``lam`` broadcast; no gradient.

    They are drawn as in ``tf.random.poisson``. ShapeError where the means do not broadcast to it. ``seed`` and its
    errors as for ``stateless_normal``.

    >>> stateless_poisson([3], seed=[1, 2], lam=[1.0, 5.0, 20.0]).numpy()
    array([ 3,  5, 27], dtype=int32)
    """
    means = convert_to_tensor(lam)
    return _from(seed)(POISSON, means, shape=late_vector(shape, "shape"), dtype=as_dtype(dtype))


def stateless_binomial(
    shape: Any, seed: Any, counts: Any, probs: Any, output_dtype: Any = int32, name: str | None = None
) -> Tensor:
    """How many of ``counts`` tries succeed, each with probability ``probs``; both broadcast to the shape's end.

    ``output_dtype`` is that of the result; no gradient. A probability below 0 counts as 0, one above 1 as 1. By
    geometric numbers where few tries succeed, else by transformed rejection (Hörmann, 1993). ShapeError where they do
    not broadcast to it. ``seed`` and its errors as for ``stateless_normal``.

    >>> stateless_binomial([4], seed=[1, 2], counts=10.0, probs=0.5).numpy()
    array([6, 6, 7, 7], dtype=int32)
    """
    tries, chances = binomial_parameters(counts, probs)
    dims = late_vector(shape, "shape")
    return _from(seed)(BINOMIAL, tries, chances, shape=dims, dtype=as_dtype(output_dtype))


def stateless_categorical(
    logits: Any, num_samples: Any, seed: Any, dtype: Any = int64, name: str | None = None
) -> Tensor:
    """For each row of logits (log-probabilities, up to a constant), ``num_samples`` class numbers: softmax(logits).

    Shapes, dtypes and errors as for ``tf.random.categorical``. ``seed`` and its errors as for ``stateless_normal``.

    >>> stateless_categorical([[0.0, 1.0]], 5, seed=[1, 2]).numpy()
    array([[1, 1, 0, 1, 1]])
    """
    return categorical_values(_from(seed), logits, num_samples, dtype)


def stateless_parameterized_truncated_normal(
    shape: Any, seed: Any, means: Any = 0.0, stddevs: Any = 1.0, minvals: Any = -2.0, maxvals: Any = 2.0,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Normally distributed numbers within [minvals, maxvals]; the parameters broadcast to the shape.

    The numbers are not TensorFlow's: they come from inverting the distribution function between the bounds. ShapeError
    where the parameters do not broadcast. ``seed`` and its errors as for ``stateless_normal``.

    >>> numbers = stateless_parameterized_truncated_normal([100], [1, 2], minvals=0.0, maxvals=[1.0]).numpy()
    >>> bool((numbers >= 0).all()), bool((numbers <= 1).all()), len(set(numbers.tolist()))
    (True, True, 100)
    """
    dtype = convert_to_tensor(means).dtype
    parameters = [convert_to_tensor(value, dtype) for value in (means, stddevs, minvals, maxvals)]
    return _from(seed)(TRUNCATED_BETWEEN, *parameters, shape=late_vector(shape, "shape"), dtype=dtype)


def stateless_shuffle(value: Any, seed: Any, alg: Any = "auto_select", name: str | None = None) -> Tensor:
    """The slices along the first axis in an order that follows from the seed.

    Shapes and dtypes as for ``tf.random.shuffle``. ``seed`` and its errors as for ``stateless_normal``.

    >>> stateless_shuffle([1, 2, 3, 4], seed=[1, 2]).numpy()
    array([1, 4, 3, 2], dtype=int32)
    """
    x = convert_to_tensor(value)
    draw = _from(seed, alg)
    return take(x, draw(PERMUTATION, count=sizes_of(x)[0], dtype=x.dtype), 0) if x._dims else x


def index_shuffle(index: Any, seed: Any, max_index: Any) -> Tensor:
    """Where ``index`` comes to lie when 0, 1, ..., max_index are shuffled with this seed.

    The arguments broadcast; ``index`` and ``max_index`` are integers of one dtype, which is the result's, else
    DTypeError. Nothing else is shuffled: the index is encrypted, again and again until the result is an index (Black
    and Rogaway, 2002). InvalidArgumentError for an index that is not in 0, ..., max_index, ShapeError for another seed
    than two integers, or a row of two for each index.

    >>> index_shuffle([0, 1, 2, 3], seed=[1, 2], max_index=3).numpy()
    array([2, 0, 1, 3], dtype=int32)
    """
    at = convert_to_tensor(index)
    return apply(INDEX_SHUFFLE, (_seeds(seed, 2), at, convert_to_tensor(max_index, at.dtype)))


def split(seed: Any, num: Any = 2, alg: Any = "auto_select") -> Tensor:
    """``num`` new seeds, in the rows of a [num, 2] tensor, whose numbers have nothing to do with each other.

    DTypeError and ShapeError for other seeds than two integers.

    >>> split([1, 2]).numpy()
    array([[1105988140, 1738052849],
           [-335576002,  370444179]], dtype=int32)
    """
    seed = _seed(seed)
    return _from(seed, alg)(FULL_RANGE, shape=late_shape([num, 2], "num"), dtype=seed.dtype)


def fold_in(seed: Any, data: Any, alg: Any = "auto_select") -> Tensor:
    """A new seed of a seed and an integer, such as the number of a training step.

    DTypeError and ShapeError for other seeds than two integers, ValueError for ``data`` that is no integer.

    >>> fold_in([1, 2], 3).numpy()
    array([1105988140,          3], dtype=int32)
    """
    number = convert_to_tensor(data)
    if not number.dtype.is_integer:
        raise ValueError(f"fold_in: data must be an integer, not {number.dtype.name}. Use tf.cast.")
    return stack([_from(seed, alg)(FULL_RANGE, shape=(), dtype=number.dtype), number])


def random_index_shuffle(index: Any, seed: Any, max_index: Any, rounds: int = 4, name: str | None = None) -> Tensor:
    """Where ``index`` comes to lie when 0, 1, ..., max_index are shuffled with this seed of three integers.

    ``rounds``, an even number from 4 on, says how thoroughly. A seed may be given for each index, as a row of a matrix.
    InvalidArgumentError for an index that is not in 0, ..., max_index, ShapeError for another seed.

    >>> random_index_shuffle([0, 1, 2, 3], seed=[1, 2, 3], max_index=3).numpy()
    array([2, 0, 3, 1], dtype=int32)
    """
    at = convert_to_tensor(index)
    inputs = (_seeds(seed, 3), at, convert_to_tensor(max_index, at.dtype))
    return apply(INDEX_SHUFFLE, inputs, rounds=static_int(rounds, "rounds"))
