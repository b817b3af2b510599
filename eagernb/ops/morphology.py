"""Dilation and erosion of images: the largest and smallest elements under a window, weighted by addition.

>>> import eagernb as tf
>>> image = tf.reshape(tf.range(9.0), [1, 3, 3, 1])
>>> flat = tf.zeros([2, 2, 1])
>>> tf.nn.dilation2d(image, flat, [1, 1, 1, 1], "VALID", "NHWC", [1, 1, 1, 1])[0, :, :, 0].numpy()
array([[4., 5.],
       [7., 8.]], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import as_tensors
from eagernb.core.static import static_shape
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.arithmetic import add, maximum, negative
from eagernb.ops.arranging import reverse
from eagernb.ops.padding import pad
from eagernb.ops.windows import geometry, numbers, static_padding, under


def dilation2d(
    input: Any, filters: Any, strides: Any, padding: Any, data_format: str, dilations: Any, name: str | None = None
) -> Tensor:
    """The largest sum of an element and the filter's number above it, at each position of the filter.

    Images are [batch, height, width, channels], filters [height, width, channels]; each channel has its own. ShapeError
    unless images are of rank 4 and filters of rank 3 with as many channels; ValueError for another ``data_format``.

    >>> image, flat = [[[[1.0], [3.0], [2.0]]]], [[[0.0], [0.0]]]
    >>> dilation2d(image, flat, [1, 1, 1, 1], "VALID", "NHWC", [1, 1, 1, 1]).numpy().ravel()
    array([3., 3.], dtype=float32)
    """
    if data_format != "NHWC":
        raise ValueError(f"dilation2d: data_format must be 'NHWC', not {data_format!r}.")
    x, filters = as_tensors(add.op, (input, filters))  # type: ignore[attr-defined]
    if len(x._dims) != 4 or len(filters._dims) != 3 or x._dims[3] != filters._dims[2]:
        raise ShapeError(
            f"dilation2d: images of rank 4 and filters of rank 3 with as many channels are needed, not shapes "
            f"{x.shape} and {filters.shape}.",
            "dilation2d",
        )
    image, window = static_shape(x._dims[1:3], "the size of an image"), static_shape(filters._dims[:2], "a filter")
    steps = numbers(strides, 2, True, "strides", "dilation2d")
    rates = numbers(dilations, 2, True, "dilations", "dilation2d")
    try:
        pads, counts = geometry(image, window, steps, static_padding(padding, 2, True, "dilation2d"), rates)
    except ValueError as error:
        raise ShapeError(f"dilation2d of {x.shape}: {error}.", "dilation2d") from None
    wide = pad(x, [(0, 0), *pads, (0, 0)], constant_values=x.dtype.min)
    sums = [wide[under(place, counts, steps, rates)] + filters[place] for place in np.ndindex(*window)]
    largest = sums[0]
    for other in sums[1:]:
        largest = maximum(largest, other)  # of equal ones, the gradient goes to the first
    return largest


def erosion2d(
    value: Any, filters: Any, strides: Any, padding: Any, data_format: str, dilations: Any, name: str | None = None
) -> Tensor:
    """The smallest difference of an element and the filter's number above it: ``dilation2d`` upside down.

    The filters are turned by half a turn, as the duality of the two wants. Shapes and errors as for ``dilation2d``.

    >>> image, flat = [[[[1.0], [3.0], [2.0]]]], [[[0.0], [0.0]]]
    >>> erosion2d(image, flat, [1, 1, 1, 1], "VALID", "NHWC", [1, 1, 1, 1]).numpy().ravel()
    array([1., 2.], dtype=float32)
    """
    value, filters = as_tensors(add.op, (value, filters))  # type: ignore[attr-defined]
    turned = reverse(filters, [0, 1])
    return negative(dilation2d(negative(value), turned, strides, padding, data_format, dilations))
