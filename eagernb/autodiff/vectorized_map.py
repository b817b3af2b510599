"""vectorized_map: a function of one example, applied to a batch in one go.

>>> import eagernb as tf
>>> x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
>>> tf.vectorized_map(tf.reduce_sum, x).numpy()
array([3., 7.], dtype=float32)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eagernb.autodiff.batcher import Batcher
from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor
from eagernb.core.late import sizes_of
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError


def vectorized_map(fn: Callable[..., Any], elems: Any, fallback_to_while_loop: bool = True, warn: bool = True) -> Any:
    """``fn`` of each slice along the first axis of ``elems`` (or of each of its parts), the results stacked.

    ``fn`` runs once, on symbols that stand for one slice: its Python code cannot see values, and what it does to
    variables raises ValueError. An operation without a rule for batches is carried out slice by slice, so that
    ``fallback_to_while_loop`` and ``warn`` make no difference. First axes must agree, or be 1: such a slice is given to
    all.

    Raises ShapeError if they do not, and where the results have different shapes.

    >>> import eagernb as tf
    >>> a, b = tf.ones([5, 2, 3]), tf.ones([5, 3, 4])
    >>> tf.vectorized_map(lambda pair: pair[0] @ pair[1], (a, b)).shape
    TensorShape([5, 2, 4])
    """
    tensors = [convert_to_tensor(x) for x in nest.flatten(elems)]
    batcher = Batcher(_batch_size(tensors))
    slices = [batcher.example(x) if x._dims[0] != 1 or batcher.size == 1 else x[0] for x in tensors]
    with batcher:
        result = fn(nest.pack(elems, slices))
    return nest.map_structure(lambda leaf: None if leaf is None else batcher.batch(leaf), result)


def _batch_size(tensors: list[Tensor]) -> Any:
    if not tensors or any(not x._dims for x in tensors):
        raise IndexError("vectorized_map: elems must hold tensors with at least one axis, along which they are sliced.")
    sizes = {x._dims[0] for x in tensors}
    if len(sizes - {1}) > 1:
        shapes = ", ".join(str(x.shape) for x in tensors)
        raise ShapeError(f"vectorized_map: the first axes of elems must agree or be 1; the shapes are {shapes}.")
    size = (sizes - {1} or sizes).pop()
    if size is not None:
        return size
    return next(sizes_of(x)[0] for x in tensors if x._dims[0] is None)
