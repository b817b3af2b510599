"""Convolutions by TensorFlow's names: conv1d to separable_conv2d, and transposed ones.

All come down to two ops, CONV and, transposed, CONV_BACKPROP_INPUT: their kernels and gradients are in convolution.py.

Inputs are [batch, *spatial, channels]; with a data_format such as "NCHW" the channels come before the spatial axes.
``strides`` and ``dilations`` are one number, one for each spatial axis, or one for each of all axes. ``padding`` is
"VALID" (windows stay inside), "SAME" (as many positions as image elements, divided by the stride), or a list with a
pair (before, after) for each axis.
"""

from __future__ import annotations

from typing import Any

from eagernb.core.apply import apply, as_tensors
from eagernb.core.convert import convert_to_tensor
from eagernb.core.late import apply_late, late_ints
from eagernb.core.static import static_ints
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.convolution import CONV, CONV_BACKPROP_FILTER, CONV_BACKPROP_INPUT
from eagernb.ops.shape import reshape
from eagernb.ops.windows import channels_last, numbers, static_padding, to_channels_first, to_channels_last


def convolution(
    input: Any, filters: Any, strides: Any = None, padding: Any = "VALID", data_format: str | None = None,
    dilations: Any = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The convolution over one, two or three spatial axes, as many as the filters have.

    Filters are [*window, input channels, output channels]. At each position of the window, each output channel is the
    sum of the elements under it times a filter's weights. Shapes and errors as for ``conv2d``.

    >>> convolution([[[1.0], [2.0], [4.0]]], [[[1.0]], [[-1.0]]]).numpy().ravel()
    array([-1., -2.], dtype=float32)
    """
    input, filters = as_tensors(CONV, (input, filters))
    rank = len(filters._dims) - 2
    if rank not in (1, 2, 3):
        raise ValueError(f"convolution: filters of rank 3, 4 or 5 are needed, not of shape {filters.shape}.")
    return _convolve("convolution", rank, input, filters, strides, padding, data_format, dilations)


def conv1d(
    input: Any, filters: Any, stride: Any, padding: Any, data_format: str | None = "NWC", dilations: Any = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """The convolution of sequences [batch, width, channels] with filters [window, channels, output channels].

    The result is [batch, width, output channels], its width by ``stride`` and ``padding``. ShapeError where the shapes
    do not go together.

    >>> conv1d([[[1.0], [2.0], [4.0]]], [[[1.0]], [[1.0]]], stride=1, padding="SAME").numpy().ravel()
    array([3., 6., 4.], dtype=float32)
    """
    return _convolve("conv1d", 1, input, filters, stride, padding, data_format, dilations)


def conv2d(
    input: Any, filters: Any, strides: Any, padding: Any, data_format: str | None = "NHWC", dilations: Any = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """The convolution of images [batch, height, width, channels] with filters [height, width, channels, outputs].

    result[b, i, j, o] = Σ input[b, s i + di, s j + dj, c] filters[di, dj, c, o], over di, dj and c, of the stride s
    (filters are not turned: strictly a cross-correlation). "SAME" puts zeros around the image first.

    The result is [batch, *positions, outputs]: along each axis size / stride positions, rounded up, with "SAME", and
    with "VALID" as many as fit into the image. If the filters are for fewer channels than the input has, these fall
    into groups, each with its share of filters. ShapeError or DTypeError where the two do not go together.

    >>> import eagernb as tf
    >>> image, edges = tf.reshape([1.0, 2.0, 4.0, 8.0], [1, 2, 2, 1]), tf.reshape([-1.0, 1.0], [1, 2, 1, 1])
    >>> conv2d(image, edges, strides=1, padding="VALID").numpy().ravel()  # 2 - 1, 8 - 4
    array([1., 4.], dtype=float32)
    >>> conv2d(tf.ones([1, 28, 28, 3]), tf.ones([5, 5, 3, 8]), strides=2, padding="SAME").shape
    TensorShape([1, 14, 14, 8])
    """
    return _convolve("conv2d", 2, input, filters, strides, padding, data_format, dilations)


def conv3d(
    input: Any, filters: Any, strides: Any, padding: Any, data_format: str | None = "NDHWC", dilations: Any = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """The convolution of volumes [batch, depth, height, width, channels] with filters [*window, channels, outputs].

    ``strides`` must name all five axes: TypeError for a single number. Other shapes and errors as for ``conv2d``.

    >>> import eagernb as tf
    >>> conv3d(tf.ones([1, 4, 4, 4, 1]), tf.ones([2, 2, 2, 1, 3]), [1, 1, 1, 1, 1], "VALID").shape
    TensorShape([1, 3, 3, 3, 3])
    """
    if not isinstance(strides, (list, tuple)):
        raise TypeError(f"conv3d: strides must be a list of 5 numbers, not {strides!r}.")
    return _convolve("conv3d", 3, input, filters, strides, padding, data_format, dilations)


def _convolve(
    op: str, rank: int, input: Any, filters: Any, strides: Any, padding: Any, data_format: Any, dilations: Any
) -> Tensor:
    """Carry out CONV of convolution.py, by the arguments that TensorFlow's functions take."""
    input, filters = as_tensors(CONV, (input, filters))
    last = channels_last(data_format, rank, op)
    images = input if last else to_channels_last(input, rank)
    result = apply(CONV, (images, filters), **_geometry(op, rank, last, strides, padding, dilations))
    return result if last else to_channels_first(result, rank)


def _geometry(op: str, rank: int, last: bool, strides: Any, padding: Any, dilations: Any) -> dict[str, Any]:
    return {
        "strides": numbers(strides, rank, last, "strides", op),
        "padding": static_padding(padding, rank, last, op),
        "dilations": numbers(dilations, rank, last, "dilations", op),
    }


def conv_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", data_format: str | None = None,
    dilations: Any = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The transposed convolution over as many spatial axes as the filters have; see ``conv2d_transpose``.

    >>> conv_transpose([[[1.0], [2.0]]], [[[1.0]], [[10.0]]], [1, 4, 1], strides=2).numpy().ravel()
    array([ 1., 10.,  2., 20.], dtype=float32)
    """
    input, filters = as_tensors(CONV, (input, filters))
    rank = len(filters._dims) - 2
    if rank not in (1, 2, 3):
        raise ValueError(f"conv_transpose: filters of rank 3, 4 or 5 are needed, not of shape {filters.shape}.")
    return _transposed("conv_transpose", rank, input, filters, output_shape, strides, padding, data_format, dilations)


def conv1d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", data_format: str | None = "NWC",
    dilations: Any = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The transposed convolution of sequences [batch, width, channels]; see ``conv2d_transpose``.

    >>> conv1d_transpose([[[1.0], [2.0]]], [[[1.0]], [[10.0]]], [1, 4, 1], strides=2).numpy().ravel()
    array([ 1., 10.,  2., 20.], dtype=float32)
    """
    return _transposed(
        "conv1d_transpose", 1, input, filters, output_shape, strides, padding, data_format, dilations
    )  # fmt: skip


def conv2d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", data_format: str | None = "NHWC",
    dilations: Any = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The gradient of a convolution with respect to its input, used as a layer that makes images larger.

    Filters are [height, width, output channels, input channels]. ``output_shape`` is that of the result, [batch,
    height, width, channels] or its spatial part: a convolution of it must give the shape of ``input``, else ShapeError.

    >>> import eagernb as tf
    >>> conv2d_transpose(tf.ones([1, 7, 7, 8]), tf.ones([3, 3, 4, 8]), [1, 14, 14, 4], strides=2).shape
    TensorShape([1, 14, 14, 4])
    >>> row, filters = [[[[1.0], [2.0]]]], [[[[1.0]], [[10.0]]]]
    >>> conv2d_transpose(row, filters, [1, 1, 4, 1], strides=[1, 2]).numpy().ravel()  # each pixel times the filter
    array([ 1., 10.,  2., 20.], dtype=float32)
    """
    return _transposed("conv2d_transpose", 2, input, filters, output_shape, strides, padding, data_format, dilations)


def conv3d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME",
    data_format: str | None = "NDHWC", dilations: Any = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The transposed convolution of volumes [batch, depth, height, width, channels]; see ``conv2d_transpose``.

    >>> import eagernb as tf
    >>> conv3d_transpose(tf.ones([1, 2, 2, 2, 3]), tf.ones([2, 2, 2, 1, 3]), [1, 4, 4, 4, 1], strides=2).shape
    TensorShape([1, 4, 4, 4, 1])
    """
    return _transposed("conv3d_transpose", 3, input, filters, output_shape, strides, padding, data_format, dilations)


def _transposed(
    op: str, rank: int, input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any, data_format: Any,
    dilations: Any,
) -> Tensor:  # fmt: skip
    """Carry out CONV_BACKPROP_INPUT of convolution.py, for an input of the shape that is asked for."""
    input, filters = as_tensors(CONV, (input, filters))
    last = channels_last(data_format, rank, op)
    images = input if last else to_channels_last(input, rank)
    if len(filters._dims) != rank + 2 or len(images._dims) < rank + 2:
        raise ShapeError(
            f"{op}: input and filters must have rank {rank + 2}, not shapes {input.shape} and {filters.shape}.", op
        )
    result = apply_late(
        CONV_BACKPROP_INPUT,
        (filters, images),
        input_dims=_output_sizes(op, rank, output_shape, last, images._dims[0], filters._dims[-2]),
        strides=numbers(strides, rank, last, "strides", op),
        padding=static_padding(padding, rank, last, op),
        dilations=numbers(dilations, rank, last, "dilations", op),
    )
    return result if last else to_channels_first(result, rank)


def _output_sizes(op: str, rank: int, output_shape: Any, last: bool, batch: int | None, depth: Any) -> tuple[Any, ...]:
    """The spatial sizes and the number of channels that are asked for; while a graph is traced, symbols among them."""
    sizes = late_ints(output_shape, "output_shape")
    if len(sizes) == rank:
        return (*sizes, depth)
    if len(sizes) != rank + 2:
        raise ShapeError(f"{op}: output_shape must have {rank + 2} sizes, not {list(sizes)}.", op)
    first, *others = sizes
    if batch is not None and isinstance(first, int) and first != batch:
        raise ShapeError(f"{op}: output_shape is for a batch of {first}, but the input's is {batch}.", op)
    return tuple(others) if last else (*others[1:], others[0])


def atrous_conv2d(value: Any, filters: Any, rate: Any, padding: Any, name: str | None = None) -> Tensor:
    """``conv2d`` with holes: the elements under a filter are ``rate`` apart (à trous).

    Shapes and errors as for ``conv2d``.

    >>> atrous_conv2d([[[[1.0], [2.0], [4.0]]]], [[[[1.0]], [[1.0]]]], rate=2, padding="VALID").numpy().ravel()
    array([5.], dtype=float32)
    """
    return conv2d(value, filters, 1, padding, dilations=rate)


def atrous_conv2d_transpose(
    value: Any, filters: Any, output_shape: Any, rate: Any, padding: Any, name: str | None = None
) -> Tensor:
    """``conv2d_transpose`` with stride 1 and filters whose elements are ``rate`` apart.

    Shapes and errors as for ``conv2d_transpose``.

    >>> image, filters = [[[[1.0]]]], [[[[1.0]], [[10.0]]]]
    >>> atrous_conv2d_transpose(image, filters, [1, 1, 3, 1], rate=2, padding="VALID").numpy().ravel()
    array([ 1.,  0., 10.], dtype=float32)
    """
    return conv2d_transpose(value, filters, output_shape, 1, padding, dilations=rate)


def depthwise_conv2d(
    input: Any, filter: Any, strides: Any, padding: Any, data_format: str | None = None, dilations: Any = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """The convolution of each channel by itself, with filters [height, width, channels, filters per channel].

    The result has channels * filters per channel, those of the first channel first. ``strides`` must name all four
    axes. ShapeError for filters of another rank or another number of channels, for those whose shape is not known while
    a graph is traced, and for an unknown padding.

    >>> import eagernb as tf
    >>> depthwise_conv2d(tf.ones([1, 4, 4, 3]), tf.ones([2, 2, 3, 2]), [1, 1, 1, 1], "VALID").shape
    TensorShape([1, 3, 3, 6])
    >>> pixel = [[[[1.0, 2.0]]]]  # two channels, times 3 and 4, and times 5 and 6
    >>> depthwise_conv2d(pixel, [[[[3.0, 4.0], [5.0, 6.0]]]], [1, 1, 1, 1], "VALID").numpy().ravel()
    array([ 3.,  4., 10., 12.], dtype=float32)
    """
    if not isinstance(strides, (list, tuple)):
        raise TypeError(f"depthwise_conv2d: strides must be a list of 4 numbers, not {strides!r}.")
    input, filter = as_tensors(CONV, (input, filter))
    if len(filter._dims) != 4:
        raise ShapeError(f"depthwise_conv2d: filters of rank 4 are needed, not of shape {filter.shape}.")
    if None in filter._dims:
        raise ShapeError(
            f"depthwise_conv2d: the shape of the filters, {filter.shape}, must be known while a graph is traced. "
            "That of a tf.Variable is, and a TensorSpec can name it.",
            "depthwise_conv2d",
        )
    height, width, channels, per_channel = filter._dims
    of_input = input._dims[-1 if channels_last(data_format, 2, "depthwise_conv2d") else 1]
    if of_input is not None and of_input != channels:
        raise ShapeError(
            f"depthwise_conv2d: the input has {of_input} channels, but the filters are for {channels}.",
            "depthwise_conv2d",
        )
    # A group for each channel.
    grouped = reshape(filter, [height, width, 1, channels * per_channel])
    return _convolve("depthwise_conv2d", 2, input, grouped, strides, padding, data_format, dilations)


def depthwise_conv2d_backprop_input(
    input_sizes: Any, filter: Any, out_backprop: Any, strides: Any, padding: Any, data_format: str = "NHWC",
    dilations: Any = (1, 1, 1, 1), name: str | None = None,
) -> Tensor:  # fmt: skip
    """The gradient of ``depthwise_conv2d`` with respect to its input, of this size, for that of its result.

    ``input_sizes`` is [batch, height, width, channels], which is the result's shape; the other arguments are those of
    ``depthwise_conv2d``. ShapeError where the sizes do not go together.

    >>> import eagernb as tf
    >>> g = tf.ones([1, 1, 2, 1])
    >>> depthwise_conv2d_backprop_input([1, 1, 3, 1], [[[[1.0]], [[10.0]]]], g, [1, 1, 1, 1], "VALID").numpy().ravel()
    array([ 1., 11., 10.], dtype=float32)
    """
    op = "depthwise_conv2d_backprop_input"
    filter, g = as_tensors(CONV, (filter, out_backprop))
    last = channels_last(data_format, 2, op)
    sizes = static_ints(input_sizes, "input_sizes")
    height, width, channels, per_channel = filter._dims
    grouped = reshape(filter, [height, width, 1, channels * per_channel])
    params = _geometry(op, 2, last, strides, padding, dilations)
    dims = sizes if last else (sizes[0], *sizes[2:], sizes[1])
    found = apply(CONV_BACKPROP_INPUT, (grouped, g if last else to_channels_last(g, 2)), input_dims=dims[1:], **params)
    return found if last else to_channels_first(found, 2)


def depthwise_conv2d_backprop_filter(
    input: Any, filter_sizes: Any, out_backprop: Any, strides: Any, padding: Any, data_format: str = "NHWC",
    dilations: Any = (1, 1, 1, 1), name: str | None = None,
) -> Tensor:  # fmt: skip
    """The gradient of ``depthwise_conv2d`` with respect to its filters, of this size, for that of its result.

    ``filter_sizes`` is [height, width, channels, filters per channel], which is the result's shape; the other arguments
    are those of ``depthwise_conv2d``. ShapeError where the sizes do not go together.

    >>> import eagernb as tf
    >>> x, g = tf.constant([[[[1.0], [2.0], [3.0]]]]), tf.ones([1, 1, 2, 1])
    >>> depthwise_conv2d_backprop_filter(x, [1, 2, 1, 1], g, [1, 1, 1, 1], "VALID").numpy().ravel()
    array([3., 5.], dtype=float32)
    """
    op = "depthwise_conv2d_backprop_filter"
    input, g = as_tensors(CONV, (input, out_backprop))
    last = channels_last(data_format, 2, op)
    sizes = static_ints(filter_sizes, "filter_sizes")
    height, width, channels, per_channel = sizes
    arrays = (input, g) if last else (to_channels_last(input, 2), to_channels_last(g, 2))
    params = _geometry(op, 2, last, strides, padding, dilations)
    found = apply(CONV_BACKPROP_FILTER, arrays, filter_dims=(height, width, 1, channels * per_channel), **params)
    return reshape(found, sizes)


def separable_conv2d(
    input: Any, depthwise_filter: Any, pointwise_filter: Any, strides: Any, padding: Any,
    data_format: str | None = None, dilations: Any = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """``depthwise_conv2d``, and then a convolution with 1 x 1 filters that mixes the channels.

    ShapeError where the numbers of channels do not go together.

    >>> import eagernb as tf
    >>> image, depthwise = tf.ones([1, 4, 4, 3]), tf.ones([2, 2, 3, 2])
    >>> separable_conv2d(image, depthwise, tf.ones([1, 1, 6, 8]), [1, 1, 1, 1], "VALID").shape
    TensorShape([1, 3, 3, 8])
    """
    apart = depthwise_conv2d(input, depthwise_filter, strides, padding, data_format, dilations)
    pointwise_filter = convert_to_tensor(pointwise_filter, apart.dtype)
    if pointwise_filter._dims[:2] != (1, 1):
        raise ShapeError(
            f"separable_conv2d: the pointwise filters must be 1 x 1, not of shape {pointwise_filter.shape}.",
            "separable_conv2d",
        )
    return conv2d(apart, pointwise_filter, 1, "VALID", data_format)
