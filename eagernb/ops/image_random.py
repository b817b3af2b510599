"""Images changed at random, so that a model sees more of them than there are.

>>> import eagernb as tf
>>> tf.random.set_seed(1)
>>> tf.image.random_crop(tf.reshape(tf.range(16), [4, 4, 1]), [2, 2, 1])[..., 0].numpy().shape
(2, 2)
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import int32
from eagernb.core.late import sizes_of
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError
from eagernb.ops.arranging import reverse
from eagernb.ops.block_slice import slice_ as slice
from eagernb.ops.casting import cast
from eagernb.ops.image_colors import adjust_brightness, adjust_contrast, adjust_hue, adjust_saturation
from eagernb.ops.image_types import as_image
from eagernb.ops.random import uniform
from eagernb.ops.random_stateless import stateless_uniform
from eagernb.ops.rounding import round
from eagernb.ops.shape import reshape
from eagernb.ops.shape import shape as tensor_shape
from eagernb.ops.where import where

# draw(shape, minval, maxval, dtype): uniform numbers.
Draw = Callable[..., Tensor]


def _flipped(image: Any, axis: int, draw: Draw, what: str) -> Tensor:
    x = as_image(image, what)
    other = reverse(x, [axis])
    if len(x._dims) == 3:
        return where(draw(shape=[], minval=0, maxval=1.0) < 0.5, other, x)
    batch = sizes_of(x)[0]
    turned = cast(round(reshape(draw(shape=[batch], minval=0, maxval=1.0), [batch, 1, 1, 1])), x.dtype)
    return turned * other + (1 - turned) * x


def random_flip_left_right(image: Any, seed: int | None = None) -> Tensor:
    """The image, or each of a batch, flipped or not, with equal chances. ValueError unless the rank is 3 or 4.

    >>> import eagernb as tf
    >>> tf.random.set_seed(1)
    >>> random_flip_left_right([[[1], [2]]]).numpy().tolist()
    [[[2], [1]]]
    """
    return _flipped(image, -2, partial(uniform, seed=seed), "random_flip_left_right")


def random_flip_up_down(image: Any, seed: int | None = None) -> Tensor:
    """The image, or each of a batch, upside down or not, with equal chances. ValueError unless the rank is 3 or 4.

    >>> import eagernb as tf
    >>> tf.random.set_seed(1)
    >>> random_flip_up_down([[[1]], [[2]]]).numpy().tolist()
    [[[2]], [[1]]]
    """
    return _flipped(image, -3, partial(uniform, seed=seed), "random_flip_up_down")


def stateless_random_flip_left_right(image: Any, seed: Any) -> Tensor:
    """``random_flip_left_right`` by a seed of two integers: the same seed, the same result.

    Shapes and errors as for ``random_flip_left_right``; DTypeError or ShapeError for another seed.

    >>> stateless_random_flip_left_right([[[1], [2]]], seed=[3, 4]).numpy().tolist()
    [[[2], [1]]]
    """
    return _flipped(image, -2, partial(stateless_uniform, seed=seed), "stateless_random_flip_left_right")


def stateless_random_flip_up_down(image: Any, seed: Any) -> Tensor:
    """``random_flip_up_down`` by a seed of two integers: the same seed, the same result.

    Shapes and errors as for ``random_flip_up_down``; DTypeError or ShapeError for another seed.

    >>> stateless_random_flip_up_down([[[1]], [[2]]], seed=[3, 4]).numpy().tolist()
    [[[2]], [[1]]]
    """
    return _flipped(image, -3, partial(stateless_uniform, seed=seed), "stateless_random_flip_up_down")


def _around(most: Any, what: str, name: str) -> tuple[Any, Any]:
    if most < 0:
        raise ValueError(f"{what}: {name} must be non-negative, not {most}.")
    return -most, most


def _between(lower: Any, upper: Any, what: str) -> tuple[Any, Any]:
    if upper <= lower:
        raise ValueError(f"{what}: upper must be > lower, but {upper} <= {lower}.")
    if lower < 0:
        raise ValueError(f"{what}: lower must be non-negative, not {lower}.")
    return lower, upper


def random_brightness(image: Any, max_delta: Any, seed: int | None = None) -> Tensor:
    """``adjust_brightness`` by a random number, evenly from [-max_delta, max_delta).

    ValueError for a negative ``max_delta``.

    >>> import eagernb as tf
    >>> tf.random.set_seed(1)
    >>> random_brightness([[[0.5]]], 0.2).numpy().round(4)
    array([[[0.3661]]], dtype=float32)
    """
    low, high = _around(max_delta, "random_brightness", "max_delta")
    return adjust_brightness(image, uniform([], low, high, seed=seed))


def stateless_random_brightness(image: Any, max_delta: Any, seed: Any) -> Tensor:
    """``random_brightness`` by a seed of two integers: the same seed, the same result.

    Shapes and errors as for ``random_brightness``; DTypeError or ShapeError for another seed.

    >>> stateless_random_brightness([[[0.5]]], 0.2, seed=[1, 2]).numpy().round(4)
    array([[[0.6376]]], dtype=float32)
    """
    low, high = _around(max_delta, "stateless_random_brightness", "max_delta")
    return adjust_brightness(image, stateless_uniform([], seed, low, high))


def random_contrast(image: Any, lower: Any, upper: Any, seed: int | None = None) -> Tensor:
    """``adjust_contrast`` by a random factor, evenly from [lower, upper); ValueError unless 0 <= lower < upper.

    >>> import eagernb as tf
    >>> tf.random.set_seed(1)
    >>> random_contrast([[[0.2], [0.4]]], 0.5, 1.5)[0, :, 0].numpy().round(4)
    array([0.2335, 0.3665], dtype=float32)
    """
    low, high = _between(lower, upper, "random_contrast")
    return adjust_contrast(image, uniform([], low, high, seed=seed))


def stateless_random_contrast(image: Any, lower: Any, upper: Any, seed: Any) -> Tensor:
    """``random_contrast`` by a seed of two integers: the same seed, the same result.

    Shapes and errors as for ``random_contrast``; DTypeError or ShapeError for another seed.

    >>> stateless_random_contrast([[[0.2], [0.4]]], 0.5, 1.5, seed=[1, 2])[0, :, 0].numpy().round(4)
    array([0.1656, 0.4344], dtype=float32)
    """
    low, high = _between(lower, upper, "stateless_random_contrast")
    return adjust_contrast(image, stateless_uniform([], seed, low, high))


def random_saturation(image: Any, lower: Any, upper: Any, seed: int | None = None) -> Tensor:
    """``adjust_saturation`` by a random factor, evenly from [lower, upper); ValueError unless 0 <= lower < upper.

    >>> import eagernb as tf
    >>> tf.random.set_seed(1)
    >>> random_saturation([[[0.8, 0.4, 0.4]]], 0.5, 1.5).numpy().round(4)
    array([[[0.8   , 0.5339, 0.5339]]], dtype=float32)
    """
    low, high = _between(lower, upper, "random_saturation")
    return adjust_saturation(image, uniform([], low, high, seed=seed))


def stateless_random_saturation(image: Any, lower: Any, upper: Any, seed: Any = None) -> Tensor:
    """``random_saturation`` by a seed of two integers: the same seed, the same result.

    Shapes and errors as for ``random_saturation``; DTypeError or ShapeError for another seed.

    >>> stateless_random_saturation([[[0.8, 0.4, 0.4]]], 0.5, 1.5, seed=[1, 2]).numpy().round(4)
    array([[[0.8   , 0.2624, 0.2624]]], dtype=float32)
    """
    low, high = _between(lower, upper, "stateless_random_saturation")
    return adjust_saturation(image, stateless_uniform([], seed, low, high))


def _turned_by(max_delta: Any, what: str) -> tuple[Any, Any]:
    if max_delta > 0.5:
        raise ValueError(f"{what}: max_delta must be <= 0.5, not {max_delta}.")
    return _around(max_delta, what, "max_delta")


def random_hue(image: Any, max_delta: Any, seed: int | None = None) -> Tensor:
    """``adjust_hue`` by a random part of a turn, evenly from [-max_delta, max_delta).

    ``image`` is [..., 3]. ValueError for another number of channels, and unless 0 <= max_delta <= 0.5.

    >>> import eagernb as tf
    >>> tf.random.set_seed(1)
    >>> random_hue([[[1.0, 0.0, 0.0]]], 0.3).numpy().round(3)
    array([[[0.794, 0.   , 1.   ]]], dtype=float32)
    """
    low, high = _turned_by(max_delta, "random_hue")
    return adjust_hue(image, uniform([], low, high, seed=seed))


def stateless_random_hue(image: Any, max_delta: Any, seed: Any) -> Tensor:
    """``random_hue`` by a seed of two integers: the same seed, the same result.

    Shapes and errors as for ``random_hue``; DTypeError or ShapeError for another seed.

    >>> stateless_random_hue([[[1.0, 0.0, 0.0]]], 0.3, seed=[1, 2]).numpy().round(3)
    array([[[0.761, 1.   , 0.   ]]], dtype=float32)
    """
    low, high = _turned_by(max_delta, "stateless_random_hue")
    return adjust_hue(image, stateless_uniform([], seed, low, high))


def _cropped(value: Any, size: Any, draw: Draw, what: str) -> Tensor:
    x, wanted = convert_to_tensor(value), convert_to_tensor(size, int32)
    known = None if None in x._dims or not hasattr(wanted, "_array") else wanted._array.tolist()
    if known is not None and (len(known) != len(x._dims) or any(w > d for w, d in zip(known, x._dims, strict=True))):
        raise InvalidArgumentError(f"{what}: need value.shape >= size, got {x.shape} and {known}.", what)
    limit = tensor_shape(x) - wanted + 1
    return slice(x, draw(shape=[len(x._dims)], maxval=int32.max, dtype=int32) % limit, wanted)


def random_crop(value: Any, size: Any, seed: int | None = None, name: str | None = None) -> Tensor:
    """A part of this size, for each axis, from anywhere; InvalidArgumentError if the tensor is smaller.

    >>> import eagernb as tf
    >>> tf.random.set_seed(1)
    >>> random_crop(tf.reshape(tf.range(9), [3, 3, 1]), [2, 2, 1])[..., 0].numpy()
    array([[0, 1],
           [3, 4]], dtype=int32)
    """
    return _cropped(value, size, partial(uniform, seed=seed), "random_crop")


def stateless_random_crop(value: Any, size: Any, seed: Any, name: str | None = None) -> Tensor:
    """``random_crop`` by a seed of two integers: the same seed, the same result.

    Shapes and errors as for ``random_crop``; DTypeError or ShapeError for another seed.

    >>> import eagernb as tf
    >>> stateless_random_crop(tf.reshape(tf.range(9), [3, 3, 1]), [2, 2, 1], seed=[1, 2])[..., 0].numpy()
    array([[1, 2],
           [4, 5]], dtype=int32)
    """
    return _cropped(value, size, partial(stateless_uniform, seed=seed), "stateless_random_crop")
