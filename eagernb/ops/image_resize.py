"""Images made larger or smaller.

Each pixel of the result is a weighted sum of the pixels around its place, along the height and then along the width;
a method is a way to choose the weights. Pixels are squares: the middle of the first one is at 0.5.

>>> import eagernb as tf
>>> tf.image.resize(tf.reshape([0.0, 1.0], [1, 2, 1]), [1, 4])[0, :, 0].numpy()
array([0.  , 0.25, 0.75, 1.  ], dtype=float32)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dtypes import float32, int32
from eagernb.core.late import apply_late, known_dims, late_ints, sizes_of
from eagernb.core.op import Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError
from eagernb.ops.casting import cast
from eagernb.ops.einsum import einsum
from eagernb.ops.gather import gather
from eagernb.ops.image_shapes import pad_to_bounding_box
from eagernb.ops.image_types import ImageError, as_image


class ResizeMethod:
    """The ways to resize an image, as ``tf.image.resize`` takes them.

    >>> resize([[[0], [10]]], [1, 4], method=ResizeMethod.NEAREST_NEIGHBOR)[..., 0].numpy()
    array([[ 0,  0, 10, 10]], dtype=int32)
    """

    BILINEAR = "bilinear"
    NEAREST_NEIGHBOR = "nearest"
    BICUBIC = "bicubic"
    AREA = "area"
    LANCZOS3 = "lanczos3"
    LANCZOS5 = "lanczos5"
    GAUSSIAN = "gaussian"
    MITCHELLCUBIC = "mitchellcubic"


_METHODS = [value for name, value in vars(ResizeMethod).items() if name.isupper()]


def _lanczos(radius: float) -> Callable[[Any], Any]:
    """Duchon's filter (1979): sinc, under the middle part of a wider sinc."""
    return lambda x: np.where(x <= radius, np.sinc(x) * np.sinc(x / radius), 0)


def _gaussian(x: Any) -> Any:
    return np.where(x < 1.5, np.exp(-(x**2) / (2 * 0.5**2)), 0)


def _keys(x: Any) -> Any:
    """Keys' cubic (1981), of parameter -1/2."""
    return np.where(x >= 2, 0, np.where(x >= 1, ((-0.5 * x + 2.5) * x - 4) * x + 2, ((1.5 * x - 2.5) * x) * x + 1))


def _mitchell(x: Any) -> Any:
    """Mitchell and Netravali's cubic (1988)."""
    outer = (((-7 / 18) * x + 2) * x - 10 / 3) * x + 16 / 9
    return np.where(x >= 2, 0, np.where(x >= 1, outer, (((7 / 6) * x - 2) * x) * x + 8 / 9))


# The weight of a pixel by its distance, and from what distance on there is none.
_KERNELS: dict[str, tuple[Callable[[Any], Any], float]] = {
    "lanczos3": (_lanczos(3), 3),
    "lanczos5": (_lanczos(5), 5),
    "gaussian": (_gaussian, 1.5),
    "bilinear": (lambda x: np.maximum(1 - x, 0), 1),
    "bicubic": (_keys, 2),
    "mitchellcubic": (_mitchell, 2),
}


def _weights(old: int, new: int, method: str, antialias: bool) -> Any:
    """The matrix [new, old] of the weights along one side."""
    scale = old / new
    places = (np.arange(new) + 0.5) * scale  # of the new pixels' middles
    if method == "area":
        # How much of each old pixel a new one covers.
        begin, end = np.arange(new) * scale, (np.arange(new) + 1) * scale
        covered = np.minimum(end[:, None], np.arange(old) + 1) - np.maximum(begin[:, None], np.arange(old))
        return (np.maximum(covered, 0) / scale).astype(np.float32)
    if method == "bicubic" and not antialias:
        return _cubic_weights(old, places)
    kernel, radius = _KERNELS[method]
    if method == "bilinear" and not antialias:
        places = np.clip(places, 0.5, old - 0.5)  # beyond the outer pixels' middles nothing changes
    width = max(scale, 1.0) if antialias else 1.0
    distance = np.abs(np.arange(old) + 0.5 - places[:, None]) / width
    weights = np.where(distance <= radius, kernel(distance), 0)
    return (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)


def _cubic_weights(old: int, places: Any) -> Any:
    """Of four pixels each, by a table of 1024 steps, as in TensorFlow."""
    first = np.floor(places - 0.5)
    step = np.rint((places - 0.5 - first) * 1024) / 1024
    weights = np.zeros((len(places), old))
    rows = np.arange(len(places))
    for offset in (-1, 0, 1, 2):
        column = (first + offset).astype(np.intp)
        inside = (column >= 0) & (column < old)
        weights[rows[inside], column[inside]] = _keys(np.abs(step - offset))[inside]
    return (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)


WEIGHTS = register(
    Op("resize_weights", (), _weights,
       lambda old, new, method, antialias: TensorSpec(known_dims([new, old]), float32), label="weights",
       family="nn")
)  # fmt: skip
NEAREST = register(
    Op("resize_positions", (),
       lambda old, new: np.minimum(
           np.floor((np.arange(new, dtype=np.float32) + np.float32(0.5)) * np.float32(old / new)), old - 1
       ).astype(np.int32),
       lambda old, new: TensorSpec(known_dims([new]), int32), label="positions", family="nn")
)  # fmt: skip


def _made(op: Op, **params: Any) -> Tensor:
    """What the op makes of sizes: known now, or when the graph runs that knows the sizes."""
    if any(is_dense_tensor(params[size]) for size in ("old", "new")):
        return apply_late(op, (), **params)
    return convert_to_tensor(op.kernel(**params))


def resize(
    images: Any, size: Any, method: str = ResizeMethod.BILINEAR, preserve_aspect_ratio: bool = False,
    antialias: bool = False, name: str | None = None,
) -> Tensor:  # fmt: skip
    """Images of this ``size``, two integers: height and width. They are float32, unless the method is "nearest".

    Of images [height, width, channels], or a batch of such, only height and width change.

    - ``method``: one of ``tf.image.ResizeMethod``: how a new pixel's neighbours are weighted by their distance.
      "bilinear": less and less up to the next one; "bicubic": by Keys' cubic (1981); "mitchellcubic": by Mitchell and
      Netravali's (1988); "lanczos3", "lanczos5": by a windowed sinc (Duchon, 1979); "gaussian": by a bell; "area": by
      how much of each is covered; "nearest": only the nearest counts.
    - ``preserve_aspect_ratio``: the largest size of the same proportions that fits into ``size``.
    - ``antialias``: when an image gets smaller, every old pixel counts, not only those around the new one's middle.

    Raises ValueError for an image of another rank than 3 or 4, a size of other than two integers, an unknown method;
    InvalidArgumentError for a size that is not positive.

    >>> resize([[[0.0], [10.0]]], [1, 4])[..., 0].numpy()  # two pixels are at 0.5 and 1.5, four at 0.25, 0.75, ...
    array([[ 0. ,  2.5,  7.5, 10. ]], dtype=float32)
    """
    x = as_image(images, "resize")
    if method not in _METHODS:
        raise ValueError(f"Resize method is not implemented: {method}. Take one of {', '.join(_METHODS)}.")
    try:
        new = late_ints(size, "size", 2)
    except (TypeError, ValueError):
        raise ValueError(f"'size' must be a 1-D int32 Tensor of two numbers, height and width, not {size!r}.") from None
    if len(new) != 2:
        raise ImageError(f"resize: 'size' must have 2 elements, new_height and new_width, not {len(new)}.")
    old = sizes_of(x)[-3:-1]
    if preserve_aspect_ratio:
        factor = min(np.float32(n) / np.float32(o) for n, o in zip(new, old, strict=True))
        new = tuple(int(np.rint(factor * np.float32(o))) for o in old)
    if any(isinstance(n, int) and n <= 0 for n in new):
        raise InvalidArgumentError(f"resize: output dimensions must be positive, not {list(new)}.", "resize")
    if method == ResizeMethod.NEAREST_NEIGHBOR:
        for axis, o, n in zip((-3, -2), old, new, strict=True):
            x = gather(x, _made(NEAREST, old=o, new=n), axis=axis)
        return x
    x = cast(x, float32)
    if all(isinstance(size, int) for size in (*old, *new)) and old == new:
        return x
    averages = method == ResizeMethod.AREA
    rows, columns = (
        _made(WEIGHTS, old=o, new=n, method=method, antialias=bool(antialias) and not averages)
        for o, n in zip(old, new, strict=True)
    )
    return einsum("wj,...hjc->...hwc", columns, einsum("hi,...ijc->...hjc", rows, x))


def resize_with_pad(
    image: Any, target_height: Any, target_width: Any, method: str = ResizeMethod.BILINEAR, antialias: bool = False
) -> Tensor:
    """An image of this size: ``image`` as large as it fits in without being stretched, framed by zeros.

    ``image`` is [height, width, channels], or a batch of such; ``method``, ``antialias`` and errors as for ``resize``.

    >>> import eagernb as tf
    >>> resize_with_pad(tf.ones([2, 1, 1]), 2, 3)[..., 0].numpy()
    array([[0., 1., 0.],
           [0., 1., 0.]], dtype=float32)
    """
    x = as_image(image, "resize_with_pad")
    targets = np.float32(target_height), np.float32(target_width)
    sizes = tuple(map(np.float32, sizes_of(x)[-3:-1]))
    ratio = max(size / target for size, target in zip(sizes, targets, strict=True))
    new = [size / ratio for size in sizes]
    before = [max(0, int(np.floor((target - n) / 2))) for target, n in zip(targets, new, strict=True)]
    smaller = resize(x, [int(np.floor(n)) for n in new], method, antialias=antialias)
    return pad_to_bounding_box(smaller, before[0], before[1], target_height, target_width)
