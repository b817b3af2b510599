"""What all functions on images share: their rank, and how values of one dtype are those of another.

Floats stand for brightness in [0, 1], integers for [0, the dtype's largest number].
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import as_dtype, float16, float32
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError
from eagernb.ops.casting import cast, saturate_cast
from eagernb.ops.rounding import floordiv


class ImageError(InvalidArgumentError, ValueError):
    """An image of a rank or size that does not go with what is asked for."""


def as_image(value: Any, what: str) -> Tensor:
    """A tensor of rank 3, [height, width, channels], or 4, with a batch axis before; ValueError for other ranks."""
    image = convert_to_tensor(value)
    if len(image._dims) not in (3, 4):
        raise ImageError(
            f"{what}: an image of rank 3 (height, width, channels) or a batch of them of rank 4 is needed, not shape "
            f"{image.shape}.",
            what,
        )
    return image


def convert_image_dtype(image: Any, dtype: Any, saturate: bool = False, name: str | None = None) -> Tensor:
    """The image in another dtype, scaled: 255 of uint8 becomes 1.0.

    Floats are in [0, 1], integers up to their dtype's largest number. ``saturate`` keeps what is out of the dtype's
    range at its ends; else it wraps around. The shape stays. AttributeError for what are neither floats nor integers.

    >>> import eagernb as tf
    >>> convert_image_dtype(tf.constant([0, 255], tf.uint8), tf.float32).numpy()
    array([0., 1.], dtype=float32)
    """
    x, wanted = convert_to_tensor(image), as_dtype(dtype)
    have = x.dtype
    for each in (have, wanted):
        if not (each.is_floating or each.is_integer):
            raise AttributeError("dtype must be either floating point or integer")
    if have is wanted:
        return x
    to_wanted: Callable[..., Tensor] = saturate_cast if saturate else cast
    if have.is_integer and wanted.is_integer:
        if have.max > wanted.max:
            return to_wanted(floordiv(x, (have.max + 1) // (wanted.max + 1)), wanted)
        return to_wanted(x, wanted) * ((wanted.max + 1) // (have.max + 1))
    if have.is_floating and wanted.is_floating:
        return cast(x, wanted)
    if have.is_integer:
        return cast(x, wanted) * (1.0 / have.max)
    return to_wanted(x * (wanted.max + 0.5), wanted)


def in_floats(image: Any, change: Callable[[Tensor], Tensor], saturate: bool = True) -> Tensor:
    """What ``change`` makes of the image in floats, in the image's own dtype."""
    x = convert_to_tensor(image)
    floats = x if x.dtype in (float16, float32) else convert_image_dtype(x, float32)
    return convert_image_dtype(change(floats), x.dtype, saturate=saturate)
