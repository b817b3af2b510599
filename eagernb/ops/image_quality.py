"""Measures of images: how alike two are, how much one varies, where its edges are.

>>> import eagernb as tf
>>> image = tf.ones([8, 8, 3]) / 2
>>> tf.image.psnr(image, image + 0.1, max_val=1.0).numpy().round(3)
np.float32(20.0)
"""

from __future__ import annotations

from math import log as natural_log
from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import float16, float32
from eagernb.core.late import sizes_of
from eagernb.core.tensor import Tensor
from eagernb.ops.activations import relu
from eagernb.ops.arithmetic import abs, maximum, pow, square
from eagernb.ops.arranging import tile
from eagernb.ops.casting import cast
from eagernb.ops.exponential import log, rsqrt
from eagernb.ops.image_types import ImageError, as_image, convert_image_dtype
from eagernb.ops.joining import stack
from eagernb.ops.named_convolutions import depthwise_conv2d
from eagernb.ops.named_pooling import avg_pool2d
from eagernb.ops.padding import pad
from eagernb.ops.reduce import reduce_mean, reduce_prod, reduce_std, reduce_sum
from eagernb.ops.shape import reshape


def per_image_standardization(image: Any) -> Tensor:
    """Each image less its mean, divided by its standard deviation, in floats: with mean 0 and standard deviation 1.

    A deviation below 1 / √(number of values), of an image that is almost even, counts as that. The shape [..., height,
    width, channels] stays. ValueError unless the rank is 3 or 4.

    >>> per_image_standardization([[[1.0], [3.0]]]).numpy().tolist()
    [[[-1.0], [1.0]]]
    """
    x = as_image(image, "per_image_standardization")
    x = x if x.dtype is float16 else cast(x, float32)
    height, width, channels = sizes_of(x)[-3:]
    mean = reduce_mean(x, [-3, -2, -1], keepdims=True)
    spread = reduce_std(x, [-3, -2, -1], keepdims=True)
    return (x - mean) / maximum(spread, rsqrt(cast(height * width * channels, x.dtype)))


def total_variation(images: Any, name: str | None = None) -> Tensor:
    """The sum of the absolute differences between neighbouring pixels: for each image of a batch, how noisy it is.

    ValueError unless the rank is 3 (the result is a scalar) or 4 (it is [batch]).

    >>> float(total_variation([[[1.0], [3.0], [2.0]]]))
    3.0
    """
    x = as_image(images, "total_variation")
    rows, columns = x[..., 1:, :, :] - x[..., :-1, :, :], x[..., :, 1:, :] - x[..., :, :-1, :]
    axes = [-3, -2, -1]
    return reduce_sum(abs(rows), axes) + reduce_sum(abs(columns), axes)


def image_gradients(image: Any) -> tuple[Tensor, Tensor]:
    """(dy, dx) of a batch of images: to the next row's pixel, and to the next column's; 0 in the last ones.

    Both have the shape of ``image``, [batch, height, width, channels]; ValueError for another rank.

    >>> import eagernb as tf
    >>> dy, dx = image_gradients(tf.reshape(tf.range(4), [1, 2, 2, 1]))
    >>> dy[0, ..., 0].numpy(), dx[0, ..., 0].numpy()
    (array([[2, 2],
           [0, 0]], dtype=int32), array([[1, 0],
           [1, 0]], dtype=int32))
    """
    x = convert_to_tensor(image)
    if len(x._dims) != 4:
        raise ImageError(f"image_gradients expects a 4D tensor [batch_size, h, w, d], not {x.shape}.")
    dy, dx = x[:, 1:] - x[:, :-1], x[:, :, 1:] - x[:, :, :-1]
    none = (0, 0)
    return pad(dy, [none, (0, 1), none, none]), pad(dx, [none, none, (0, 1), none])


# Of a neighbourhood of 3 x 3 pixels: what lies below minus what lies above, and right minus left.
_SOBEL = np.array([[[-1, -2, -1], [0, 0, 0], [1, 2, 1]], [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]], np.float64)


def sobel_edges(image: Any) -> Tensor:
    """How steep each channel is, downwards and to the right, by Sobel's filters: [batch, height, width, channels, 2].

    ``image`` is [batch, height, width, channels], at least 2 x 2 pixels, which are reflected beyond the edges. Down,
    the row below minus that above, the middle counting twice; to the right, so the columns. ValueError for another
    rank, ShapeError for a smaller image, DTypeError for integers.

    >>> import eagernb as tf
    >>> image = [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0], [6.0, 7.0, 8.0]]
    >>> sobel_edges(tf.reshape(image, [1, 3, 3, 1]))[0, 1, 1, 0].numpy()  # (6 + 2 * 7 + 8) - (0 + 2 * 1 + 2), ...
    array([24.,  8.], dtype=float32)
    """
    x = convert_to_tensor(image)
    if len(x._dims) != 4:
        raise ImageError(f"sobel_edges: [batch, height, width, channels] is needed, not {x.shape}.", "sobel_edges")
    batch, height, width, channels = sizes_of(x)
    kernels = convert_to_tensor(np.moveaxis(_SOBEL, 0, -1)[:, :, None].tolist(), x.dtype)
    framed = pad(x, [(0, 0), (1, 1), (1, 1), (0, 0)], "REFLECT")
    edges = depthwise_conv2d(framed, tile(kernels, [1, 1, channels, 1]), [1, 1, 1, 1], "VALID")
    return reshape(edges, [batch, height, width, channels, 2])


def _alike(a: Any, b: Any, what: str) -> tuple[Tensor, Tensor]:
    x, y = convert_to_tensor(a), convert_to_tensor(b)
    if len(x._dims) < 3 or len(y._dims) < 3 or not x.shape[-3:].is_compatible_with(y.shape[-3:]):
        raise ImageError(f"{what}: two images of one size are needed, not of shapes {x.shape} and {y.shape}.", what)
    return x, y


def psnr(a: Any, b: Any, max_val: Any, name: str | None = None) -> Tensor:
    """The peak signal-to-noise ratio of two images (or of each pair of two batches), in decibels.

    10 log10(max_val² / mean squared difference), where ``max_val`` is the range of the values. ValueError for images of
    two sizes.

    >>> import eagernb as tf
    >>> float(psnr(tf.zeros([8, 8, 1]), tf.fill([8, 8, 1], 0.1), max_val=1.0).numpy().round(4))
    20.0
    """
    x, y = _alike(a, b, "psnr")
    most = convert_image_dtype(cast(max_val, x.dtype), float32)
    x, y = convert_image_dtype(x, float32), convert_image_dtype(y, float32)
    error = reduce_mean(square(x - y), [-3, -2, -1])
    return 20 * log(most) / natural_log(10) - np.float32(10 / natural_log(10)) * log(error)


def _ssim_of_channels(
    x: Tensor, y: Tensor, most: Tensor, filter_size: int, filter_sigma: float, k1: float, k2: float
) -> tuple[Tensor, Tensor]:
    """Maps, for each place and channel, of luminance times contrast and structure, and of the latter alone."""
    if any(size is not None and size < filter_size for size in x._dims[-3:-1]):
        raise ImageError(f"ssim: the images of shape {x.shape} are smaller than the filter, {filter_size}.", "ssim")
    places = np.arange(filter_size) - (filter_size - 1) / 2
    bell = np.exp(-(places**2) / (2 * filter_sigma**2))
    window = np.outer(bell, bell) / bell.sum() ** 2
    channels = sizes_of(x)[-1]
    kernel = tile(convert_to_tensor(window[:, :, None, None].tolist(), x.dtype), [1, 1, channels, 1])

    def local(z: Tensor) -> Tensor:
        outside, size = sizes_of(z)[:-3], sizes_of(z)[-3:]
        means = depthwise_conv2d(reshape(z, [-1, *size]), kernel, [1, 1, 1, 1], "VALID")
        return reshape(means, [*outside, *sizes_of(means)[1:]])

    c1, c2 = square(k1 * most), square(k2 * most)
    mean_x, mean_y = local(x), local(y)
    product, squares = mean_x * mean_y * 2.0, square(mean_x) + square(mean_y)
    luminance = (product + c1) / (squares + c1)
    structure = (local(x * y) * 2.0 - product + c2) / (local(square(x) + square(y)) - squares + c2)
    return luminance * structure, structure


def ssim(
    img1: Any, img2: Any, max_val: Any, filter_size: int = 11, filter_sigma: float = 1.5, k1: float = 0.01,
    k2: float = 0.03, return_index_map: bool = False,
) -> Tensor:  # fmt: skip
    """The structural similarity of two images (or of each pair of two batches): 1 if they are the same.

    The mean over all places and channels of (2 μx μy + c1) (2 σxy + c2) / ((μx² + μy² + c1) (σx² + σy² + c2)), where
    means μ, variances σ² and covariances σxy are those under a Gaussian window, c1 = (k1 max_val)² and c2 = (k2
    max_val)² (Wang et al., "Image quality assessment: from error visibility to structural similarity", 2004). With
    ``return_index_map``, of each place. ValueError for images of two sizes, or smaller than the window.

    >>> import eagernb as tf
    >>> image = tf.reshape(tf.range(256.0), [16, 16, 1])
    >>> float(ssim(image, image, max_val=255.0)), bool(ssim(image, 255 - image, max_val=255.0) < -0.8)
    (1.0, True)
    """
    x, y = _alike(img1, img2, "ssim")
    most = convert_image_dtype(cast(max_val, x.dtype), float32)
    x, y = convert_image_dtype(x, float32), convert_image_dtype(y, float32)
    found = _ssim_of_channels(x, y, most, filter_size, filter_sigma, k1, k2)[0]
    return reduce_mean(found if return_index_map else reduce_mean(found, [-3, -2]), [-1])


# What each scale counts, from the finest on, as the authors found it (Wang, Simoncelli and Bovik, 2003).
_SCALE_WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)


def ssim_multiscale(
    img1: Any, img2: Any, max_val: Any, power_factors: Any = _SCALE_WEIGHTS, filter_size: int = 11,
    filter_sigma: float = 1.5, k1: float = 0.01, k2: float = 0.03,
) -> Tensor:  # fmt: skip
    """``ssim`` at several scales, each half as fine as the one before; their product, each to its power.

    The powers are those of Wang, Simoncelli and Bovik, "Multiscale structural similarity for image quality assessment"
    (2003). With five of them, images need at least 161 rows and columns: ValueError for smaller ones, and images of two
    sizes. Other arguments and shapes as for ``ssim``.

    >>> import eagernb as tf
    >>> image = tf.reshape(tf.range(400.0), [20, 20, 1])
    >>> float(ssim_multiscale(image, image, 400.0, power_factors=[0.5, 0.5], filter_size=5).numpy().round(4))
    1.0
    """
    x, y = _alike(img1, img2, "ssim_multiscale")
    most = convert_image_dtype(cast(max_val, x.dtype), float32)
    x, y = convert_image_dtype(x, float32), convert_image_dtype(y, float32)
    outside, found = sizes_of(x)[:-3], []
    last = len(power_factors) - 1
    for scale in range(last + 1):
        if scale:
            x, y = (_halved(z, outside) for z in (x, y))
        both, structure = _ssim_of_channels(x, y, most, filter_size, filter_sigma, k1, k2)
        found.append(relu(reduce_mean(both if scale == last else structure, [-3, -2])))
    powers = convert_to_tensor(list(power_factors), float32)
    return reduce_mean(reduce_prod(pow(stack(found, -1), powers), [-1]), [-1])


def _halved(x: Tensor, outside: Any) -> Tensor:
    """Half as large; an odd last row or column is repeated first."""
    height, width, channels = sizes_of(x)[-3:]
    images = reshape(x, [-1, height, width, channels])
    flat = pad(images, [(0, 0), (0, height % 2), (0, width % 2), (0, 0)], "SYMMETRIC")
    smaller = avg_pool2d(flat, 2, 2, "VALID")
    return reshape(smaller, [*outside, *sizes_of(smaller)[1:]])
