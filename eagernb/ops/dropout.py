"""Dropout: some elements, drawn anew at each call, become 0, so that no unit can rely on another.

>>> import eagernb as tf
>>> kept = tf.nn.dropout(tf.ones([1000]), rate=0.5)
>>> sorted(set(kept.numpy().tolist())), bool(abs(tf.reduce_mean(kept) - 1) < 0.3)
([0.0, 2.0], True)
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from eagernb.core.apply import scalar_like
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.late import sizes_of
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import divide
from eagernb.ops.random import uniform
from eagernb.ops.random_stateless import stateless_uniform
from eagernb.ops.shape import shape
from eagernb.ops.where import where


def dropout(
    x: Any, rate: Any, noise_shape: Any = None, seed: int | None = None, name: str | None = None
) -> Tensor:  # fmt: skip
    """Each element of x becomes 0 with probability ``rate``, and x / (1 - rate) otherwise: the mean stays.

    ``rate`` is in [0, 1). ``noise_shape`` broadcasts to x's shape: along an axis where it is 1, all elements have the
    same fate (None stands for x's size). Raises ValueError for integers and for rates outside of the range
    (Srivastava et al., 2014).

    >>> dropout([1.0, 2.0], rate=0.0).numpy()
    array([1., 2.], dtype=float32)
    """
    return general_dropout(x, rate, partial(uniform, seed=seed), noise_shape)


def stateless_dropout(
    x: Any, rate: Any, seed: Any, rng_alg: Any = None, noise_shape: Any = None, name: str | None = None
) -> Tensor:
    """``dropout`` whose random numbers follow from ``seed``, two integers, and nothing else.

    >>> stateless_dropout([1.0, 1.0, 1.0, 1.0], 0.5, seed=[1, 0]).numpy()
    array([2., 0., 2., 0.], dtype=float32)
    """
    alg = "auto_select" if rng_alg is None else rng_alg
    return general_dropout(x, rate, partial(stateless_uniform, seed=seed, alg=alg), noise_shape)


def general_dropout(
    x: Any, rate: Any, uniform_sampler: Callable[..., Any], noise_shape: Any = None, name: str | None = None
) -> Tensor:
    """``dropout`` by numbers that ``uniform_sampler(shape=..., dtype=...)`` gives: below ``rate``, the element goes.

    >>> general_dropout([1.0, 2.0], 0.5, lambda shape, dtype: convert_to_tensor([0.4, 0.6])).numpy()
    array([0., 4.], dtype=float32)
    """
    is_number = isinstance(rate, (int, float, np.number))
    if is_number and not 0 <= rate < 1:
        raise ValueError(f"dropout: `rate` must be a scalar tensor or a float in the range [0, 1), not {rate}.")
    x = convert_to_tensor(x)
    if not x.dtype.is_floating:
        raise ValueError(f"dropout: x must be of a floating-point dtype, as it is scaled; it is {x.dtype.name}.")
    if is_number:
        if rate == 0:
            return x
        scaled = x * (1 / (1 - rate))
    elif is_dense_tensor(rate):
        rate = convert_to_tensor(rate)
        if rate._dims or rate.dtype != x.dtype:
            raise ValueError(f"dropout: `rate` must be a scalar of x's dtype {x.dtype.name}, not {rate!r}.")
        scaled = divide(x, 1 - rate)
    else:
        raise ValueError(f"dropout: `rate` must be a scalar or scalar tensor, not {rate!r}.")
    keep = uniform_sampler(shape=_noise_shape(x, noise_shape), dtype=x.dtype) >= rate
    return where(keep, scaled, scalar_like(0, x))


def _noise_shape(x: Tensor, noise_shape: Any) -> Any:
    if noise_shape is None:
        return shape(x)
    if isinstance(noise_shape, (list, tuple)) and len(noise_shape) == len(x._dims):
        return [of_x if size is None else size for size, of_x in zip(noise_shape, sizes_of(x), strict=True)]
    return noise_shape
