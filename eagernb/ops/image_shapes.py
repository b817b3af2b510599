"""Images turned, flipped, cut and framed.

>>> import eagernb as tf
>>> image = tf.reshape(tf.range(6), [2, 3, 1])
>>> tf.image.flip_left_right(image)[..., 0].numpy(), tf.image.rot90(image)[..., 0].numpy()
(array([[2, 1, 0],
       [5, 4, 3]], dtype=int32), array([[2, 5],
       [1, 4],
       [0, 3]], dtype=int32))
"""

from __future__ import annotations

from typing import Any

from eagernb.core.late import sizes_of
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.ops.arranging import reverse
from eagernb.ops.image_types import ImageError, as_image
from eagernb.ops.padding import pad
from eagernb.ops.shape import transpose as transpose_axes


def flip_left_right(image: Any) -> Tensor:
    """The image, or each of a batch, with its columns in reverse.

    An image is [height, width, channels], a batch has an axis before. The shape stays. ValueError for other ranks.

    >>> flip_left_right([[[1], [2]]]).numpy().tolist()
    [[[2], [1]]]
    """
    return reverse(as_image(image, "flip_left_right"), [-2])


def flip_up_down(image: Any) -> Tensor:
    """The image, or each of a batch, with its rows in reverse.

    The shape stays. ValueError unless the rank is 3 or 4.

    >>> flip_up_down([[[1]], [[2]]]).numpy().tolist()
    [[[2]], [[1]]]
    """
    return reverse(as_image(image, "flip_up_down"), [-3])


def transpose(image: Any, name: str | None = None) -> Tensor:
    """The image, or each of a batch, with rows and columns exchanged.

    Of [height, width, channels], or a batch of such, [width, height, channels]. ValueError unless the rank is 3 or 4.

    >>> transpose([[[1], [2]]]).numpy().tolist()
    [[[1]], [[2]]]
    """
    x = as_image(image, "transpose")
    return transpose_axes(x, [1, 0, 2] if len(x._dims) == 3 else [0, 2, 1, 3])


def rot90(image: Any, k: Any = 1, name: str | None = None) -> Tensor:
    """The image turned ``k`` times by 90 degrees, counter-clockwise.

    Of [height, width, channels], or a batch of such, height and width change places for an odd ``k``. ValueError unless
    the rank is 3 or 4.

    >>> import eagernb as tf
    >>> rot90(tf.reshape(tf.range(6), [2, 3, 1]))[..., 0].numpy()
    array([[2, 5],
           [1, 4],
           [0, 3]], dtype=int32)
    """
    x, turns = as_image(image, "rot90"), static_int(k, "k") % 4
    if turns == 1:
        return reverse(transpose(x), [-3])
    if turns == 2:
        return reverse(x, [-3, -2])
    return transpose(reverse(x, [-3])) if turns == 3 else x


def _image_size(x: Tensor) -> tuple[Any, Any]:
    height, width = sizes_of(x)[-3:-1]
    return height, width


def crop_to_bounding_box(
    image: Any, offset_height: Any, offset_width: Any, target_height: Any, target_width: Any
) -> Tensor:
    """The part of this size that begins at these offsets; ValueError unless all of it is in the image.

    Of [height, width, channels], or a batch of such, height and width change. ValueError for other ranks.

    >>> import eagernb as tf
    >>> image = tf.reshape(tf.range(9), [3, 3, 1])
    >>> crop_to_bounding_box(image, 0, 1, target_height=2, target_width=2)[..., 0].numpy()
    array([[1, 2],
           [4, 5]], dtype=int32)
    """
    x = as_image(image, "crop_to_bounding_box")
    height, width = x._dims[-3:-1]
    box = (("height", offset_height, target_height, height), ("width", offset_width, target_width, width))
    for side, offset, target, size in box:
        if isinstance(offset, int) and offset < 0:
            raise ImageError(f"crop_to_bounding_box: offset_{side} must be >= 0, not {offset}.")
        if isinstance(target, int) and target <= 0:
            raise ImageError(f"crop_to_bounding_box: target_{side} must be > 0, not {target}.")
        if isinstance(offset, int) and isinstance(target, int) and size is not None and offset + target > size:
            raise ImageError(
                f"crop_to_bounding_box: {side} must be >= target + offset, but {size} < {target} + {offset}."
            )
    rows = slice(offset_height, offset_height + target_height)
    return x[..., rows, offset_width : offset_width + target_width, :]


def pad_to_bounding_box(
    image: Any, offset_height: Any, offset_width: Any, target_height: Any, target_width: Any
) -> Tensor:
    """An image of this size, zeros but for ``image``, which begins at these offsets; ValueError unless it fits.

    Of [height, width, channels], or a batch of such, height and width change. ValueError for other ranks.

    >>> pad_to_bounding_box([[[7]]], 1, 0, target_height=2, target_width=2)[..., 0].numpy()
    array([[0, 0],
           [7, 0]], dtype=int32)
    """
    x = as_image(image, "pad_to_bounding_box")
    height, width = _image_size(x)
    after_height, after_width = target_height - offset_height - height, target_width - offset_width - width
    for what, value in (("offset_height", offset_height), ("offset_width", offset_width),
                        ("target_height - offset_height - height", after_height),
                        ("target_width - offset_width - width", after_width)):  # fmt: skip
        if isinstance(value, int) and value < 0:
            raise ImageError(f"pad_to_bounding_box: {what} must be >= 0, but it is {value}.")
    pairs = [(offset_height, after_height), (offset_width, after_width), (0, 0)]
    return pad(x, [(0, 0), *pairs] if len(x._dims) == 4 else pairs)


def central_crop(image: Any, central_fraction: float) -> Tensor:
    """The middle of the image: of each side this fraction, in (0, 1]; ValueError for another.

    Of [height, width, channels], or a batch of such, height and width change. ValueError for other ranks.

    >>> import eagernb as tf
    >>> central_crop(tf.reshape(tf.range(16), [4, 4, 1]), 0.5)[..., 0].numpy()
    array([[ 5,  6],
           [ 9, 10]], dtype=int32)
    """
    fraction = float(central_fraction)
    if not 0 < fraction <= 1:
        raise ValueError("central_fraction must be within (0, 1]")
    x = as_image(image, "central_crop")
    if fraction == 1:
        return x
    height, width = _image_size(x)
    top, left = (int((size - size * fraction) / 2) for size in (height, width))
    return x[..., top : height - top, left : width - left, :]


def resize_with_crop_or_pad(image: Any, target_height: Any, target_width: Any) -> Tensor:
    """An image of this size with ``image`` in its middle: cut where it is larger, framed by zeros where smaller.

    ValueError for a size that is not positive.

    >>> import eagernb as tf
    >>> resize_with_crop_or_pad(tf.reshape(tf.range(9), [3, 3, 1]), 1, 5)[..., 0].numpy()
    array([[0, 3, 4, 5, 0]], dtype=int32)
    """
    x = as_image(image, "resize_with_crop_or_pad")
    for side, target in (("height", target_height), ("width", target_width)):
        if isinstance(target, int) and target <= 0:
            raise ImageError(f"resize_with_crop_or_pad: target_{side} must be > 0, not {target}.")
    height, width = _image_size(x)
    crop = [max((size - target) // 2, 0) for size, target in ((height, target_height), (width, target_width))]
    frame = [max((target - size) // 2, 0) for size, target in ((height, target_height), (width, target_width))]
    rows, columns = min(target_height, height), min(target_width, width)
    cropped = crop_to_bounding_box(x, crop[0], crop[1], rows, columns)
    return pad_to_bounding_box(cropped, frame[0], frame[1], target_height, target_width)
