"""tf.compat.v1.initializers: initializers, by their names and defaults in TensorFlow 1.

>>> import eagernb.compat.v1 as tf
>>> tf.initializers.constant(3.0)([2]).numpy()
array([3., 3.], dtype=float32)
"""

from __future__ import annotations

import math
from typing import Any

from eagernb.compat.v1.collections import global_variables_initializer as global_variables
from eagernb.compat.v1.collections import local_variables_initializer as local_variables
from eagernb.compat.v1.collections import variables_initializer as variables
from eagernb.core.dtypes import as_dtype, float32
from eagernb.core.tensor import Tensor
from eagernb.modules import initializers as v2
from eagernb.ops import random

__all__ = [
    "constant", "global_variables", "glorot_normal", "glorot_uniform", "he_normal", "he_uniform", "lecun_normal",
    "lecun_uniform", "local_variables", "ones", "random_normal", "random_uniform", "truncated_normal", "variables",
    "variance_scaling", "zeros",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__


zeros_initializer = v2.zeros_initializer
ones_initializer = v2.ones_initializer
constant_initializer = v2.constant_initializer


class random_normal_initializer(v2.random_normal_initializer):
    """Normally distributed numbers, of standard deviation 1 unless another is given."""

    def __init__(self, mean: Any = 0.0, stddev: Any = 1.0, seed: int | None = None, dtype: Any = float32) -> None:
        super().__init__(mean, stddev, seed)

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        return random.normal(shape, self.mean, self.stddev, as_dtype(dtype or float32), self.seed)


class random_uniform_initializer(v2.random_uniform_initializer):
    """Evenly distributed numbers, in [0, 1) unless other bounds are given."""

    def __init__(self, minval: Any = 0.0, maxval: Any = 1.0, seed: int | None = None, dtype: Any = float32) -> None:
        super().__init__(minval, 1.0 if maxval is None else maxval, seed)

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        return random.uniform(shape, self.minval, self.maxval, as_dtype(dtype or float32), self.seed)


class truncated_normal_initializer(v2.Initializer):
    """Normally distributed numbers, none farther than two standard deviations from the mean."""

    def __init__(self, mean: Any = 0.0, stddev: Any = 1.0, seed: int | None = None, dtype: Any = float32) -> None:
        self.mean, self.stddev, self.seed = mean, stddev, seed

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        return random.truncated_normal(shape, self.mean, self.stddev, as_dtype(dtype or float32), self.seed)


# The standard deviation of a normal distribution of 1 that is cut at two deviations.
_TRUNCATED_STDDEV = 0.87962566103423978


class variance_scaling_initializer(v2.Initializer):
    """Numbers whose variance is ``scale`` over the number of inputs, of outputs or the mean of both (``mode``)."""

    def __init__(
        self, scale: float = 1.0, mode: str = "fan_in", distribution: str = "truncated_normal",
        seed: int | None = None, dtype: Any = float32,
    ) -> None:  # fmt: skip
        if scale <= 0.0:
            raise ValueError(f"Argument `scale` must be a positive float. Received: {scale}")
        if mode not in ("fan_in", "fan_out", "fan_avg"):
            raise ValueError(f"Argument `mode` should be one of ('fan_in', 'fan_out', 'fan_avg'). Received: {mode}")
        if distribution not in ("normal", "uniform", "truncated_normal", "untruncated_normal"):
            raise ValueError(f"Argument `distribution` should be one of the known ones. Received: {distribution}")
        self.scale, self.mode, self.distribution, self.seed = scale, mode, distribution, seed

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Tensor:
        ins, outs = _fans(list(shape))
        fan = {"fan_in": ins, "fan_out": outs, "fan_avg": (ins + outs) / 2.0}[self.mode]
        variance, dtype = self.scale / max(1.0, fan), as_dtype(dtype or float32)
        if self.distribution == "uniform":
            limit = math.sqrt(3.0 * variance)
            return random.uniform(shape, -limit, limit, dtype, self.seed)
        if self.distribution == "untruncated_normal":
            return random.normal(shape, 0.0, math.sqrt(variance), dtype, self.seed)
        return random.truncated_normal(shape, 0.0, math.sqrt(variance) / _TRUNCATED_STDDEV, dtype, self.seed)


def _fans(shape: list[int]) -> tuple[float, float]:
    """How many inputs and outputs a weight of this shape connects; the leading axes are a window."""
    if not shape:
        return 1, 1
    if len(shape) == 1:
        return shape[0], shape[0]
    window = math.prod(shape[:-2])
    return shape[-2] * window, shape[-1] * window


class glorot_uniform_initializer(variance_scaling_initializer):
    """Glorot and Bengio's uniform numbers: what get_variable takes by default."""

    def __init__(self, seed: int | None = None, dtype: Any = float32) -> None:
        super().__init__(1.0, "fan_avg", "uniform", seed)


class glorot_normal_initializer(variance_scaling_initializer):
    """Glorot and Bengio's normal numbers."""

    def __init__(self, seed: int | None = None, dtype: Any = float32) -> None:
        super().__init__(1.0, "fan_avg", "truncated_normal", seed)


class he_normal(variance_scaling_initializer):
    """He and others' normal numbers, for layers with relu."""

    def __init__(self, seed: int | None = None) -> None:
        super().__init__(2.0, "fan_in", "truncated_normal", seed)


class he_uniform(variance_scaling_initializer):
    """He and others' uniform numbers, for layers with relu."""

    def __init__(self, seed: int | None = None) -> None:
        super().__init__(2.0, "fan_in", "uniform", seed)


class lecun_normal(variance_scaling_initializer):
    """LeCun and others' normal numbers, for layers with selu."""

    def __init__(self, seed: int | None = None) -> None:
        super().__init__(1.0, "fan_in", "truncated_normal", seed)


class lecun_uniform(variance_scaling_initializer):
    """LeCun and others' uniform numbers, for layers with selu."""

    def __init__(self, seed: int | None = None) -> None:
        super().__init__(1.0, "fan_in", "uniform", seed)


zeros, ones, constant = zeros_initializer, ones_initializer, constant_initializer
random_normal, random_uniform = random_normal_initializer, random_uniform_initializer
truncated_normal, variance_scaling = truncated_normal_initializer, variance_scaling_initializer
glorot_normal, glorot_uniform = glorot_normal_initializer, glorot_uniform_initializer
