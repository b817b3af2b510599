"""What variables start with: functions of a shape and a dtype.

>>> import eagernb as tf
>>> start = tf.constant_initializer([1, 2])
>>> tf.Variable(start([2], dtype=tf.float32)).numpy()
array([1., 2.], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.dtypes import DType, as_dtype, float32
from eagernb.core.tensor import Tensor
from eagernb.ops import creation, random, random_stateless
from eagernb.ops.shape import reshape


class Initializer:
    """Base of all: called with a shape and a dtype, it gives a tensor."""

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        raise NotImplementedError(f"{type(self).__name__} must define __call__(shape, dtype).")

    def get_config(self) -> dict[str, Any]:
        """The arguments that this one was made with."""
        return dict(vars(self))

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Initializer:
        """An initializer made with these arguments; a ``dtype`` among them is left out."""
        return cls(**{name: value for name, value in config.items() if name != "dtype"})


class zeros_initializer(Initializer):
    """Zeros of any dtype but strings.

    >>> zeros_initializer()([2]).numpy()
    array([0., 0.], dtype=float32)
    """

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        return creation.zeros(shape, _numeric(dtype))


class ones_initializer(Initializer):
    """Ones of any dtype but strings.

    >>> ones_initializer()([2]).numpy()
    array([1., 1.], dtype=float32)
    """

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        return creation.ones(shape, _numeric(dtype))


class constant_initializer(Initializer):
    """A number everywhere, or a list of as many as the shape has elements; TypeError for other counts and values.

    >>> constant_initializer(7.0)([2]).numpy()
    array([7., 7.], dtype=float32)
    """

    def __init__(self, value: Any = 0, support_partition: bool = False) -> None:
        if not (np.isscalar(value) or isinstance(value, (list, tuple, np.ndarray))):
            raise TypeError(
                f"Invalid type for initial value: {type(value).__name__}. Expected Python scalar, list or tuple of "
                "values, or numpy.ndarray."
            )
        self.value = value

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Tensor:
        values = creation.constant(self.value, dtype)
        if not values._dims:
            return creation.fill(shape, values)
        try:
            return reshape(values, shape)
        except ValueError as error:
            raise TypeError(
                f"constant_initializer: {values.shape.num_elements()} values do not fill the shape {list(shape)}."
            ) from error


class random_normal_initializer(Initializer):
    """Normally distributed numbers; with a ``seed``, the same ones at each call.

    >>> random_normal_initializer(seed=1)([2, 3]).shape
    TensorShape([2, 3])
    """

    def __init__(self, mean: Any = 0.0, stddev: Any = 0.05, seed: int | None = None) -> None:
        self.mean, self.stddev, self.seed = mean, stddev, seed

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        dtype = _floating(dtype)
        if self.seed is None:
            return random.normal(shape, self.mean, self.stddev, dtype)
        return random_stateless.stateless_normal(shape, [self.seed, 0], self.mean, self.stddev, dtype)


class random_uniform_initializer(Initializer):
    """Evenly distributed numbers in [minval, maxval), of floats or integers; with a ``seed``, the same at each call.

    >>> random_uniform_initializer(seed=1)([2, 3]).shape
    TensorShape([2, 3])
    """

    def __init__(self, minval: Any = -0.05, maxval: Any = 0.05, seed: int | None = None) -> None:
        self.minval, self.maxval, self.seed = minval, maxval, seed

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        dtype = as_dtype(dtype)
        if not (dtype.is_floating or dtype.is_integer):
            raise ValueError(f"Argument `dtype` expected to be numeric or boolean. Received {dtype}.")
        if self.seed is None:
            return random.uniform(shape, self.minval, self.maxval, dtype)
        return random_stateless.stateless_uniform(shape, [self.seed, 0], self.minval, self.maxval, dtype)


def _numeric(dtype: Any) -> DType:
    dtype = as_dtype(dtype)
    if dtype.numpy.kind in "OSU":
        raise ValueError(f"Argument `dtype` expected to be numeric or boolean. Received {dtype}.")
    return dtype


def _floating(dtype: Any) -> DType:
    dtype = as_dtype(dtype)
    if not dtype.is_floating:
        raise ValueError(f"Argument `dtype` is expected to be floating point. Received: {dtype}.")
    return dtype
