"""What drawing from a sequence, from a seed and from a Generator share: shapes, location and scale, bounds.

Each takes ``draw(distribution, *inputs, **params)``, which gives the raw numbers of one of the random ops.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ml_dtypes

from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import DType, as_dtype, bfloat16, float16, float32, float64, int32, int64
from eagernb.core.late import late_int, late_vector
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError, InvalidArgumentError
from eagernb.ops.arithmetic import maximum
from eagernb.ops.casting import cast
from eagernb.ops.random_draws import (
    CATEGORICAL,
    FULL_RANGE,
    GAMMA,
    GAMMA_SAMPLE,
    INTEGERS,
    UNIFORM,
    Distribution,
)

Draw = Callable[..., Tensor]

UNIFORM_DTYPES = (float16, bfloat16, float32, float64, int32, int64)


def normal_values(
    draw: Draw, distribution: Distribution, shape: Any, mean: Any, stddev: Any, dtype: Any
) -> Tensor:  # fmt: skip
    """Normal (or truncated normal) numbers, moved and scaled."""
    dtype = as_dtype(dtype)
    if not dtype.is_floating:
        raise DTypeError(f"Normal numbers need a floating-point dtype, not {dtype.name}.")
    return _scaled(draw(distribution, shape=late_vector(shape, "shape"), dtype=dtype), mean, stddev)


def _scaled(standard: Tensor, mean: Any, stddev: Any) -> Tensor:
    result = standard
    if not (isinstance(stddev, (int, float)) and stddev == 1):
        result = result * stddev
    return result if isinstance(mean, (int, float)) and mean == 0 else result + mean


def uniform_values(draw: Draw, shape: Any, minval: Any, maxval: Any, dtype: DType) -> Tensor:
    """Evenly distributed numbers in [minval, maxval); for integers, both None mean all that the dtype has."""
    dims = late_vector(shape, "shape")
    if dtype.is_integer:
        if dtype.size < 4:
            raise ValueError(f"Random integers are of 32 or 64 bits, not {dtype.name}. Use tf.cast.")
        if minval is None and maxval is None:
            return draw(FULL_RANGE, shape=dims, dtype=dtype)
        if minval is None or maxval is None:
            raise ValueError(
                f"For integers ({dtype.name}), minval and maxval must both be given, or both be None. Got "
                f"minval={minval} and maxval={maxval}."
            )
        low, high = late_int(minval, "minval"), late_int(maxval, "maxval")
        return draw(INTEGERS, shape=dims, dtype=dtype, low=low, high=high)
    if not dtype.is_floating:
        raise ValueError(f"uniform gives floats and integers, not {dtype.name}.")
    standard = draw(UNIFORM, shape=dims, dtype=dtype)
    maxval = 1 if maxval is None else maxval
    if isinstance(minval, (int, float)) and isinstance(maxval, (int, float)):
        number = dtype.numpy.type  # the difference as the dtype has it
        return _scaled(standard, minval, float(number(maxval) - number(minval)))
    minval, maxval = convert_to_tensor(minval, dtype), convert_to_tensor(maxval, dtype)
    return standard * (maxval - minval) + minval


def binomial_parameters(counts: Any, probs: Any) -> tuple[Tensor, Tensor]:
    """The number of tries and the probability, in the dtype of the latter; that of a Python number is float32."""
    chances = convert_to_tensor(probs, dtype_hint=float32)
    tries = convert_to_tensor(counts, dtype_hint=chances.dtype)
    return cast(tries, chances.dtype), chances


def gamma_values(draw: Draw, dims: tuple[Any, ...], alpha: Tensor, beta: Any) -> Tensor:
    """Gamma numbers of this shape; the gradient reaches alpha and beta."""
    sample = apply(GAMMA_SAMPLE, (alpha, draw(GAMMA, alpha, shape=dims, dtype=alpha.dtype)))
    if beta is not None:
        sample = sample / beta
    tiny = float(ml_dtypes.finfo(alpha.dtype.numpy).tiny)  # never 0, of which there is no logarithm
    return maximum(sample, scalar_like(tiny, sample))


def categorical_values(draw: Draw, logits: Any, num_samples: Any, dtype: Any) -> Tensor:
    """For each row of logits, this many numbers of its classes."""
    dtype = int64 if dtype is None else as_dtype(dtype)
    if dtype not in (int32, int64):
        raise InvalidArgumentError(f"categorical gives int32 or int64, not {dtype.name}.")
    count = late_int(num_samples, "num_samples")
    if isinstance(count, int) and count < 0:
        raise InvalidArgumentError(f"categorical: num_samples must not be negative; it is {count}.")
    return draw(CATEGORICAL, convert_to_tensor(logits), count=count, dtype=dtype)
