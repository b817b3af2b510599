"""Edit distance: how many symbols have to be put in, taken out or replaced to get from one sequence to another.

>>> import eagernb as tf
>>> said, meant = tf.sparse.from_dense([[1, 2, 3]]), tf.sparse.from_dense([[1, 3]])
>>> tf.edit_distance(said, meant, normalize=False).numpy()
array([1.], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.convert import is_dense_tensor
from eagernb.core.dtypes import float32, int64
from eagernb.core.late import apply_late, known_dims
from eagernb.core.op import Op, register
from eagernb.core.sparse_tensor import SparseTensor, SparseTensorValue
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.arithmetic import maximum
from eagernb.ops.casting import cast
from eagernb.ops.sparse_places import as_sparse


def _distance(a: list[Any], b: list[Any]) -> int:
    """Levenshtein's distance, row by row of the table of distances between all beginnings of both."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def _sequences(indices: Any, values: Any) -> dict[tuple[int, ...], list[Any]]:
    """The symbols of each sequence, by all but the last of their indices."""
    found: dict[tuple[int, ...], list[Any]] = {}
    for place, value in zip(indices.tolist(), values.tolist(), strict=True):
        found.setdefault(tuple(place[:-1]), []).append(value)
    return found


def _kernel(
    hypothesis_indices: Any, hypothesis: Any, truth_indices: Any, truth: Any, shape: tuple[int, ...], normalize: bool
) -> Any:
    said, meant = _sequences(hypothesis_indices, hypothesis), _sequences(truth_indices, truth)
    result = np.zeros(shape, np.float32)
    for place in said.keys() | meant.keys():
        a, b = said.get(place, []), meant.get(place, [])
        distance = _distance(a, b)
        result[place] = distance if not normalize else distance / len(b) if b else np.inf
    return result


EDIT_DISTANCE = register(
    Op("edit_distance", ("hypothesis_indices", "hypothesis", "truth_indices", "truth"), _kernel,
       lambda *specs, shape, normalize: TensorSpec(known_dims(shape), float32), (None,) * 4, label="edit distance",
       family="indexing", typed=(1, 3), dtypes=dtypes.ANY,
       flops=lambda ins, outs, **params: (ins[1].size or 0) * (ins[3].size or 0))
)  # fmt: skip


def edit_distance(hypothesis: Any, truth: Any, normalize: bool = True, name: str = "edit_distance") -> Tensor:
    """The Levenshtein distances between the sequences along the last axis of two SparseTensors, as a float32 tensor.

    Sequences are compared whose other indices are the same. With ``normalize``, a distance is divided by the length of
    the true sequence; it is inf where that is empty, and 0 where both are. There is no gradient. TypeError for what is
    no SparseTensor, ShapeError for different ranks, DTypeError for different dtypes.

    >>> import eagernb as tf
    >>> said = tf.SparseTensor([[0, 0], [0, 1]], ["a", "b"], [1, 2])
    >>> meant = tf.SparseTensor([[0, 0], [0, 1], [0, 2], [0, 3]], ["b", "b", "c", "d"], [1, 4])
    >>> tf.edit_distance(said, meant).numpy()
    array([0.75], dtype=float32)
    """
    for argument, x in (("Hypothesis", hypothesis), ("Truth", truth)):
        if not isinstance(x, (SparseTensor, SparseTensorValue)):
            raise TypeError(f"{argument} must be a SparseTensor, not {type(x).__name__}.")
    x, y = as_sparse(hypothesis), as_sparse(truth)
    if len(x.sizes) != len(y.sizes):
        raise ShapeError(f"Expected truth and hypothesis of one rank, but the shapes are {y.shape} and {x.shape}.")
    shape = tuple(
        maximum(cast(a, int64), cast(b, int64)) if is_dense_tensor(a) or is_dense_tensor(b) else max(a, b)
        for a, b in zip(x.sizes[:-1], y.sizes[:-1], strict=True)
    )
    inputs = x.indices, x.values, y.indices, y.values
    return apply_late(EDIT_DISTANCE, inputs, shape=shape, normalize=bool(normalize))
