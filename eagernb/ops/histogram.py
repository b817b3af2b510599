"""Histograms: how many values fall into each of a number of equal bins.

>>> import eagernb as tf
>>> tf.histogram_fixed_width([0.5, 2.5, 2.7, 9.0], value_range=[0.0, 5.0], nbins=5).numpy()
array([1, 0, 2, 0, 1], dtype=int32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.dtypes import REAL, DType, as_dtype, int32
from eagernb.core.op import Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor


def _bins(values: Any, value_range: Any, nbins: int, dtype: DType) -> Any:
    """The bin of each value; what is outside of the range counts for the first or the last."""
    low, high = value_range
    if nbins < 1 or not low < high:
        raise ValueError("there are no bins, or they have no width")
    if np.isnan(values).any():
        raise ValueError("NaN is in no bin")
    width = float(high - low) / nbins
    return np.clip((np.maximum(values, low) - low) / width, 0, nbins - 1).astype(dtype.numpy)


def _count(values: Any, value_range: Any, nbins: int, dtype: DType) -> Any:
    return np.bincount(_bins(values, value_range, nbins, dtype).ravel(), minlength=nbins).astype(dtype.numpy)


def _check(value_range: TensorSpec, nbins: int) -> None:
    if not value_range.shape.is_compatible_with([2]):
        raise ValueError("value_range must be [low, high]")
    if nbins < 1:
        raise ValueError(f"nbins must be positive, not {nbins}")


def _count_spec(values: TensorSpec, value_range: TensorSpec, nbins: int, dtype: DType) -> TensorSpec:
    _check(value_range, nbins)
    return TensorSpec([nbins], dtype)


def _bins_spec(values: TensorSpec, value_range: TensorSpec, nbins: int, dtype: DType) -> TensorSpec:
    _check(value_range, nbins)
    return TensorSpec(values.shape, dtype)


def _op(name: str, kernel: Any, infer: Any) -> Op:
    return register(
        Op(name, ("values", "value_range"), kernel, infer, rules=(None, None), label="histogram", family="sorting",
           dtypes=REAL, typed=(0, 1), flops=lambda ins, outs, **params: ins[0].size or 0)
    )  # fmt: skip


HISTOGRAM = _op("histogram_fixed_width", _count, _count_spec)
HISTOGRAM_BINS = _op("histogram_fixed_width_bins", _bins, _bins_spec)


def histogram_fixed_width(
    values: Any, value_range: Any, nbins: Any = 100, dtype: Any = int32, name: str | None = None
) -> Tensor:
    """How many values fall into each of ``nbins`` equal bins over ``value_range`` = [low, high].

    Of values of any shape, [nbins], of ``dtype``; no gradient. Values outside of the range are counted in the first or
    the last bin. InvalidArgumentError unless low < high and for NaN, ShapeError unless the range holds two numbers and
    there is a bin, DTypeError unless both are real numbers of one dtype.

    >>> histogram_fixed_width([0.5, 2.5, 9.0], [0.0, 5.0], nbins=5).numpy()
    array([1, 0, 1, 0, 1], dtype=int32)
    """
    return apply(HISTOGRAM, (values, value_range), nbins=static_int(nbins, "nbins"), dtype=as_dtype(dtype))


def histogram_fixed_width_bins(
    values: Any, value_range: Any, nbins: Any = 100, dtype: Any = int32, name: str | None = None
) -> Tensor:
    """Into which bin of ``histogram_fixed_width`` each value falls, as int32 (``dtype`` changes nothing).

    The shape is that of the values. Errors as for ``histogram_fixed_width``.

    >>> histogram_fixed_width_bins([0.5, 2.5, 9.0], [0.0, 5.0], nbins=5).numpy()
    array([0, 2, 4], dtype=int32)
    """
    return apply(HISTOGRAM_BINS, (values, value_range), nbins=static_int(nbins, "nbins"), dtype=int32)
