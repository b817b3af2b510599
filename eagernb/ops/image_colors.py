"""Colours: brighter, stronger, turned, grey, and in other systems of coordinates.

>>> import eagernb as tf
>>> red = tf.constant([[[1.0, 0.0, 0.0]]])
>>> tf.image.rgb_to_hsv(red).numpy().tolist(), tf.image.adjust_hue(red, 1 / 3).numpy().round(3).tolist()
([[[0.0, 1.0, 1.0]]], [[[0.0, 1.0, 0.0]]])
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import float32
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import abs
from eagernb.ops.arranging import repeat
from eagernb.ops.casting import cast
from eagernb.ops.clipping import clip_by_value
from eagernb.ops.creation import zeros_like
from eagernb.ops.image_types import ImageError, convert_image_dtype, in_floats
from eagernb.ops.joining import stack, unstack
from eagernb.ops.no_nan import divide_no_nan
from eagernb.ops.reduce import reduce_max, reduce_mean, reduce_min
from eagernb.ops.rounding import floormod
from eagernb.ops.shape import expand_dims
from eagernb.ops.tensordot import tensordot
from eagernb.ops.where import where

# The brightness of red, green and blue, as the eye sees them (ITU-R BT.601).
_GREY = np.array([0.2989, 0.5870, 0.1140])
# Television's coordinates: how bright, and two for the colour.
_YIQ = np.array([[0.299, 0.59590059, 0.2115], [0.587, -0.27455667, -0.52273617], [0.114, -0.32134392, 0.31119955]])
_FROM_YIQ = np.array([[1, 1, 1], [0.95598634, -0.27201283, -1.10674021], [0.6208248, -0.64720424, 1.70423049]])
_YUV = np.array([[0.299, -0.14714119, 0.61497538], [0.587, -0.28886916, -0.51496512], [0.114, 0.43601035, -0.10001026]])
_FROM_YUV = np.array([[1, 1, 1], [0, -0.394642334, 2.03206185], [1.13988303, -0.58062185, 0]])


def _channels(images: Any, count: int, what: str) -> Tensor:
    x = convert_to_tensor(images)
    if not x._dims or x._dims[-1] not in (None, count):
        raise ImageError(f"{what}: the last axis must have {count} channels, but the shape is {x.shape}.", what)
    return x


def _transformed(images: Any, matrix: np.ndarray, what: str) -> Tensor:
    x = _channels(images, 3, what)
    return tensordot(x, convert_to_tensor(matrix.tolist(), x.dtype), 1)


def rgb_to_yiq(images: Any) -> Tensor:
    """YIQ, the coordinates of NTSC television, of red, green and blue along the last axis.

    Y = 0.299 R + 0.587 G + 0.114 B is the brightness, I = 0.596 R - 0.275 G - 0.321 B (from blue to orange) and Q =
    0.212 R - 0.523 G + 0.311 B (from green to violet) the colour. The shape [..., 3] stays. ValueError unless there are
    three channels, DTypeError for integers.

    >>> rgb_to_yiq([[[1.0, 0.0, 0.0]]]).numpy().round(4)
    array([[[0.299 , 0.5959, 0.2115]]], dtype=float32)
    """
    return _transformed(images, _YIQ, "rgb_to_yiq")


def yiq_to_rgb(images: Any) -> Tensor:
    """Red, green and blue of YIQ; shapes and errors as for ``rgb_to_yiq``.

    >>> yiq_to_rgb([[[1.0, 0.0, 0.0]]]).numpy()
    array([[[1., 1., 1.]]], dtype=float32)
    """
    return _transformed(images, _FROM_YIQ, "yiq_to_rgb")


def rgb_to_yuv(images: Any) -> Tensor:
    """YUV, the coordinates of PAL television, of red, green and blue along the last axis.

    Y = 0.299 R + 0.587 G + 0.114 B is the brightness, U = 0.492 (B - Y) and V = 0.877 (R - Y) are the colour. The shape
    [..., 3] stays. ValueError unless there are three channels, DTypeError for integers.

    >>> rgb_to_yuv([[[1.0, 0.0, 0.0]]]).numpy().round(3)
    array([[[ 0.299, -0.147,  0.615]]], dtype=float32)
    """
    return _transformed(images, _YUV, "rgb_to_yuv")


def yuv_to_rgb(images: Any) -> Tensor:
    """Red, green and blue of YUV; shapes and errors as for ``rgb_to_yuv``.

    >>> yuv_to_rgb([[[1.0, 0.0, 0.0]]]).numpy()
    array([[[1., 1., 1.]]], dtype=float32)
    """
    return _transformed(images, _FROM_YUV, "yuv_to_rgb")


def rgb_to_grayscale(images: Any, name: str | None = None) -> Tensor:
    """The brightness as the eye sees it, 0.2989 R + 0.587 G + 0.114 B, as the only channel, in the images' dtype.

    ``images`` is [..., 3], the result [..., 1]. ValueError unless there are three channels.

    >>> rgb_to_grayscale([[[1.0, 0.0, 0.0]]]).numpy()
    array([[[0.2989]]], dtype=float32)
    """
    x = _channels(images, 3, "rgb_to_grayscale")
    grey = tensordot(convert_image_dtype(x, float32), convert_to_tensor(_GREY.tolist(), float32), 1)
    return convert_image_dtype(expand_dims(grey, -1), x.dtype)


def grayscale_to_rgb(images: Any, name: str | None = None) -> Tensor:
    """The only channel three times: of [..., 1], [..., 3]. ValueError unless there is one channel.

    >>> grayscale_to_rgb([[[0.5]]]).numpy()
    array([[[0.5, 0.5, 0.5]]], dtype=float32)
    """
    return repeat(_channels(images, 1, "grayscale_to_rgb"), 3, axis=-1)


def rgb_to_hsv(images: Any, name: str | None = None) -> Tensor:
    """Hue (a sixth of a turn from red to yellow), saturation and value, each in [0, 1]; grey has the hue 0.

    The value is the largest of red, green and blue, the saturation (value - smallest) / value, the hue how far the
    middle one is on its way from one pure colour to the next (Smith, "Color gamut transform pairs", 1978). Floats,
    whose shape [..., 3] stays. ValueError unless there are three channels.

    >>> rgb_to_hsv([[[1.0, 1.0, 0.0]]]).numpy().round(4)
    array([[[0.1667, 1.    , 1.    ]]], dtype=float32)
    """
    x = _channels(images, 3, "rgb_to_hsv")
    red, green, blue = unstack(x, axis=-1)
    value = reduce_max(x, -1)
    spread = value - reduce_min(x, -1)
    hue = where(
        red == value,
        divide_no_nan(green - blue, spread),
        where(green == value, divide_no_nan(blue - red, spread) + 2, divide_no_nan(red - green, spread) + 4),
    )
    hue = where(spread > 0, hue / 6, zeros_like(hue))
    return stack([where(hue < 0, hue + 1, hue), divide_no_nan(spread, value), value], -1)


def hsv_to_rgb(images: Any, name: str | None = None) -> Tensor:
    """Red, green and blue of hue, saturation and value; shapes and errors as for ``rgb_to_hsv``.

    >>> hsv_to_rgb([[[1 / 3, 1.0, 1.0]]]).numpy().round(4)
    array([[[0., 1., 0.]]], dtype=float32)
    """
    hue, saturation, value = unstack(_channels(images, 3, "hsv_to_rgb"), axis=-1)
    turn = hue * 6
    pure = (abs(turn - 3) - 1, 2 - abs(turn - 2), 2 - abs(turn - 4))
    return stack([(1 - saturation + saturation * clip_by_value(one, 0, 1)) * value for one in pure], -1)


def adjust_brightness(image: Any, delta: Any) -> Tensor:
    """``delta`` more of each channel, where 1 is all that there is: of integers, their largest number.

    The shape, which may be any, and the dtype stay; integers stop at the ends of their range. AttributeError for what
    are neither floats nor integers.

    >>> adjust_brightness([[[0.25, 0.5]]], 0.25).numpy()
    array([[[0.5 , 0.75]]], dtype=float32)
    """
    return in_floats(image, lambda x: x + cast(delta, x.dtype))


def adjust_contrast(images: Any, contrast_factor: Any) -> Tensor:
    """Each channel's distance from its mean over the image, times the factor.

    ``images`` is [..., height, width, channels]; ValueError for fewer axes.

    >>> adjust_contrast([[[1.0], [3.0]]], 2.0).numpy().tolist()
    [[[0.0], [4.0]]]
    """

    def change(x: Tensor) -> Tensor:
        if len(x._dims) < 3:
            raise ImageError(f"adjust_contrast: rank 3 or more is needed, not shape {x.shape}.", "adjust_contrast")
        mean = reduce_mean(x, [-3, -2], keepdims=True)
        return (x - mean) * cast(contrast_factor, x.dtype) + mean

    return in_floats(images, change)


def adjust_gamma(image: Any, gamma: Any = 1, gain: Any = 1) -> Tensor:
    """``gain * image ** gamma``, of an image in [0, 1]: darker for a gamma above 1. ValueError for a negative one.

    >>> adjust_gamma([[[0.5]]], gamma=2.0).numpy()
    array([[[0.25]]], dtype=float32)
    """
    if isinstance(gamma, (int, float)) and gamma < 0:
        raise ValueError("Gamma should be a non-negative real number.")
    return in_floats(image, lambda x: gain * x**gamma)


def adjust_hue(image: Any, delta: Any, name: str | None = None) -> Tensor:
    """Every hue turned by ``delta`` turns, in [-1, 1], else ValueError; the image is [..., 3].

    >>> adjust_hue([[[1.0, 0.0, 0.0]]], 1 / 3).numpy().round(4)
    array([[[0., 1., 0.]]], dtype=float32)
    """
    if isinstance(delta, (int, float)) and not -1 <= delta <= 1:
        raise ValueError("delta must be in the interval [-1, 1]")

    def change(x: Tensor) -> Tensor:
        hue, saturation, value = unstack(rgb_to_hsv(x), axis=-1)
        return hsv_to_rgb(stack([floormod(hue + cast(delta, x.dtype), 1), saturation, value], -1))

    return in_floats(image, change, saturate=False)


def adjust_saturation(image: Any, saturation_factor: Any, name: str | None = None) -> Tensor:
    """Every saturation times the factor: 0 is grey. The image is [..., 3], else ValueError.

    >>> adjust_saturation([[[1.0, 0.5, 0.5]]], 2.0).numpy()
    array([[[1., 0., 0.]]], dtype=float32)
    """

    def change(x: Tensor) -> Tensor:
        hue, saturation, value = unstack(rgb_to_hsv(x), axis=-1)
        scaled = clip_by_value(saturation * cast(saturation_factor, x.dtype), 0, 1)
        return hsv_to_rgb(stack([hue, scaled, value], -1))

    return in_floats(image, change, saturate=False)
