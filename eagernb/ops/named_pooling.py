"""Pooling by TensorFlow's names: max_pool1d to avg_pool3d, and pool for all of them.

All come down to three ops, MAX_POOL, AVG_POOL and MAX_POOL_ARGMAX: their kernels and gradients are in pooling.py.

Inputs are [batch, *spatial, channels]; with a data_format such as "NCHW" the channels come before the spatial axes.
``ksize`` and ``strides`` are one number, one for each spatial axis, or one for each of all axes.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import as_dtype, int32, int64
from eagernb.core.op import Op
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError
from eagernb.ops.pooling import AVG_POOL, MAX_POOL, MAX_POOL_ARGMAX
from eagernb.ops.windows import channels_last, numbers, static_padding, to_channels_first, to_channels_last


def max_pool(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = None, name: str | None = None
) -> Tensor:
    """The largest element under each position of a window, over as many spatial axes as the input has.

    The result is [batch, *positions, channels]: along each axis size / stride positions, rounded up, with padding
    "SAME", and with "VALID" as many as fit. Of equal elements, the first in the window gets the gradient (of volumes:
    all of them). ValueError for an input of rank other than 3, 4 or 5.

    >>> max_pool([[[1.0], [3.0], [2.0]]], ksize=2, strides=1, padding="VALID").numpy().ravel()
    array([3., 3.], dtype=float32)
    """
    input = convert_to_tensor(input)
    return _pooled(MAX_POOL, "max_pool", _rank(input, "max_pool"), input, ksize, strides, padding, data_format)


def max_pool1d(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = "NWC", name: str | None = None
) -> Tensor:
    """``max_pool`` of sequences [batch, width, channels].

    Shapes and errors as for ``max_pool``.

    >>> max_pool1d([[[1.0], [3.0], [2.0], [5.0]]], ksize=2, strides=2, padding="VALID").numpy().ravel()
    array([3., 5.], dtype=float32)
    """
    return _pooled(MAX_POOL, "max_pool1d", 1, input, ksize, strides, padding, data_format)


def max_pool2d(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = "NHWC", name: str | None = None
) -> Tensor:
    """``max_pool`` of images [batch, height, width, channels].

    Shapes and errors as for ``max_pool``.

    >>> max_pool2d([[[[1.0], [2.0]], [[3.0], [6.0]]]], ksize=2, strides=2, padding="VALID").numpy().ravel()
    array([6.], dtype=float32)
    """
    return _pooled(MAX_POOL, "max_pool2d", 2, input, ksize, strides, padding, data_format)


def max_pool3d(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = "NDHWC", name: str | None = None
) -> Tensor:
    """``max_pool`` of volumes [batch, depth, height, width, channels].

    Shapes and errors as for ``max_pool``.

    >>> import eagernb as tf
    >>> max_pool3d(tf.ones([1, 8, 8, 8, 2]), ksize=2, strides=2, padding="VALID").shape
    TensorShape([1, 4, 4, 4, 2])
    """
    return _pooled(MAX_POOL, "max_pool3d", 3, input, ksize, strides, padding, data_format)


def avg_pool(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = None, name: str | None = None
) -> Tensor:
    """The mean under each position of a window, over as many spatial axes as the input has.

    Shapes and errors as for ``max_pool``. With padding "SAME", only elements of the input count.

    >>> avg_pool([[[1.0], [3.0], [2.0]]], ksize=2, strides=1, padding="SAME").numpy().ravel()
    array([2. , 2.5, 2. ], dtype=float32)
    """
    input = convert_to_tensor(input)
    return _pooled(AVG_POOL, "avg_pool", _rank(input, "avg_pool"), input, ksize, strides, padding, data_format)


def avg_pool1d(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = "NWC", name: str | None = None
) -> Tensor:
    """``avg_pool`` of sequences [batch, width, channels].

    Shapes and errors as for ``max_pool``.

    >>> avg_pool1d([[[1.0], [3.0], [2.0], [5.0]]], ksize=2, strides=2, padding="VALID").numpy().ravel()
    array([2. , 3.5], dtype=float32)
    """
    return _pooled(AVG_POOL, "avg_pool1d", 1, input, ksize, strides, padding, data_format)


def avg_pool2d(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = "NHWC", name: str | None = None
) -> Tensor:
    """``avg_pool`` of images [batch, height, width, channels].

    Shapes and errors as for ``max_pool``.

    >>> avg_pool2d([[[[1.0], [2.0]], [[3.0], [6.0]]]], ksize=2, strides=2, padding="VALID").numpy().ravel()
    array([3.], dtype=float32)
    """
    return _pooled(AVG_POOL, "avg_pool2d", 2, input, ksize, strides, padding, data_format)


def avg_pool3d(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = "NDHWC", name: str | None = None
) -> Tensor:
    """``avg_pool`` of volumes [batch, depth, height, width, channels].

    Shapes and errors as for ``max_pool``.

    >>> import eagernb as tf
    >>> avg_pool3d(tf.ones([1, 8, 8, 8, 2]), ksize=2, strides=2, padding="VALID").shape
    TensorShape([1, 4, 4, 4, 2])
    """
    return _pooled(AVG_POOL, "avg_pool3d", 3, input, ksize, strides, padding, data_format)


def pool(
    input: Any, window_shape: Any, pooling_type: str, strides: Any = None, padding: Any = "VALID",
    data_format: str | None = None, dilations: Any = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """Pooling of the kind that is named: "MAX" or "AVG"; ``dilations`` spread the window's elements.

    ``window_shape`` has a number for each spatial axis; ``strides`` are 1 by default. Shapes as for ``max_pool``.
    ValueError for another kind, another rank, or dilations with padding "SAME".

    >>> pool([[[1.0], [3.0], [2.0]]], [2], "MAX", dilations=[2]).numpy().ravel()
    array([2.], dtype=float32)
    """
    rank = len(window_shape)
    if pooling_type not in ("MAX", "AVG"):
        raise ValueError(f"pool: pooling_type must be 'MAX' or 'AVG', not {pooling_type!r}.")
    input = convert_to_tensor(input)
    if _rank(input, "pool") != rank:
        raise ValueError(f"pool: a window of {rank} axes needs an input of rank {rank + 2}, not shape {input.shape}.")
    if padding == "SAME" and any(rate > 1 for rate in numbers(dilations, rank, True, "dilations", "pool")):
        raise ValueError(
            "pool: dilations need padding='VALID': with 'SAME', a window can have no element in the image."
        )
    op = MAX_POOL if pooling_type == "MAX" else AVG_POOL
    return _pooled(op, "pool", rank, input, window_shape, 1 if strides is None else strides, padding, data_format,
                   dilations)  # fmt: skip


class MaxPoolWithArgmax(NamedTuple):
    """What ``max_pool_with_argmax`` gives."""

    output: Tensor
    argmax: Tensor


def max_pool_with_argmax(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str = "NHWC", output_dtype: Any = int64,
    include_batch_in_index: bool = False, name: str | None = None,
) -> MaxPoolWithArgmax:  # fmt: skip
    """``max_pool2d``, and where each largest element is: its index in the image, or batch, made flat.

    ShapeError for images of a rank other than 4.

    >>> output, argmax = max_pool_with_argmax([[[[1.0], [3.0]], [[2.0], [0.0]]]], 2, 2, "VALID")
    >>> int(argmax[0, 0, 0, 0])
    1
    """
    if data_format != "NHWC":
        raise ValueError(f"max_pool_with_argmax: data_format must be 'NHWC', not {data_format!r}.")
    dtype = as_dtype(output_dtype)
    if dtype not in (int32, int64):
        raise DTypeError(f"max_pool_with_argmax: output_dtype must be int32 or int64, not {dtype.name}.")
    input = convert_to_tensor(input)
    params = _params("max_pool_with_argmax", 2, ksize, strides, padding, True, None)
    argmax = apply(MAX_POOL_ARGMAX, (input,), dtype=dtype, include_batch=bool(include_batch_in_index), **params)
    return MaxPoolWithArgmax(apply(MAX_POOL, (input,), **params), argmax)


def _rank(input: Tensor, op: str) -> int:
    """The number of spatial axes."""
    if len(input._dims) not in (3, 4, 5):
        raise ValueError(f"{op}: the input must have rank 3, 4 or 5, not shape {input.shape}.")
    return len(input._dims) - 2


def _pooled(
    op: Op, name: str, rank: int, input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None,
    dilations: Any = None,
) -> Tensor:  # fmt: skip
    """Carry out MAX_POOL or AVG_POOL of pooling.py, by the arguments that TensorFlow's functions take."""
    if op is AVG_POOL and not isinstance(padding, str):
        raise TypeError(f"{name}: padding must be 'SAME' or 'VALID', not {padding!r}.")
    input, last = convert_to_tensor(input), channels_last(data_format, rank, name)
    params = _params(name, rank, ksize, strides, padding, last, dilations)
    result = apply(op, (input if last else to_channels_last(input, rank),), **params)
    return result if last else to_channels_first(result, rank)


def _params(
    name: str, rank: int, ksize: Any, strides: Any, padding: Any, last: bool, dilations: Any
) -> dict[str, Any]:  # fmt: skip
    return {
        "window": numbers(ksize, rank, last, "ksize", name),
        "strides": numbers(strides, rank, last, "strides", name),
        "padding": static_padding(padding, rank, last, name),
        "dilations": numbers(dilations, rank, last, "dilations", name),
    }
