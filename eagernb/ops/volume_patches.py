"""The patches of volumes that a window sees as it moves over them.

>>> import eagernb as tf
>>> volume = tf.reshape(tf.range(8), [1, 2, 2, 2, 1])
>>> tf.extract_volume_patches(volume, [1, 2, 1, 2, 1], [1, 1, 1, 1, 1], "VALID")[0, 0, 0, 0].numpy()
array([0, 1, 4, 5], dtype=int32)
"""

from __future__ import annotations

from itertools import product
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.static import static_ints
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.joining import concat
from eagernb.ops.padding import pad


def extract_volume_patches(input: Any, ksizes: Any, strides: Any, padding: str, name: str | None = None) -> Tensor:
    """The patches of volumes [batch, planes, rows, columns, channels], each flattened into the channels.

    ``ksizes`` and ``strides`` are [1, planes, rows, columns, 1]; ``padding`` is VALID (windows inside of the volume
    only) or SAME (zeros around it). ShapeError for another rank or padding.

    >>> import eagernb as tf
    >>> volume = tf.ones([2, 4, 4, 4, 3])
    >>> extract_volume_patches(volume, [1, 2, 2, 2, 1], [1, 2, 2, 2, 1], "SAME").shape
    TensorShape([2, 2, 2, 2, 24])
    """
    x = convert_to_tensor(input)
    window, steps = (static_ints(numbers, "ksizes and strides") for numbers in (ksizes, strides))
    if len(x._dims) != 5 or padding not in ("SAME", "VALID") or len(window) != 5 or len(steps) != 5:
        raise ShapeError(
            f"extract_volume_patches: {x.shape}, ksizes {window} and strides {steps} must be of rank 5, and padding "
            f"SAME or VALID, not {padding!r}."
        )
    window, steps = window[1:4], steps[1:4]
    sizes = static_ints(x._dims[1:4], "the size of the volumes")
    if padding == "SAME":
        missing = [
            max((-(-size // step) - 1) * step + n - size, 0) for size, step, n in zip(sizes, steps, window, strict=True)
        ]
        x = pad(x, [[0, 0], *([n // 2, n - n // 2] for n in missing), [0, 0]])
        sizes = static_ints(x._dims[1:4], "the size of the volumes")
    patches = []
    for place in product(*map(range, window)):
        under = [
            slice(at, size - n + at + 1, step) for at, size, n, step in zip(place, sizes, window, steps, strict=True)
        ]
        patches.append(x[(slice(None), *under)])
    return concat(patches, axis=-1)
