"""Embeddings: rows of a table, by number.

>>> import eagernb as tf
>>> table = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
>>> tf.nn.embedding_lookup(table, [2, 0]).numpy()
array([[5., 6.],
       [1., 2.]], dtype=float32)
"""

from __future__ import annotations

from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.tensor import Tensor
from eagernb.ops.clipping import clip_by_norm
from eagernb.ops.gather import gather
from eagernb.ops.joining import concat


def embedding_lookup(params: Any, ids: Any, max_norm: Any = None, name: str | None = None) -> Tensor:
    """The rows of ``params`` with these numbers, scaled down to ``max_norm`` where their norm is larger.

    ``params`` is a table, or a list of parts of one table, to be set one below the other. The result has the shape
    of ``ids``, and then that of a row. Raises InvalidArgumentError for a number that no row has.

    >>> embedding_lookup([convert_to_tensor([[3.0, 4.0]]), convert_to_tensor([[0.0, 1.0]])], [0], max_norm=1.0).numpy()
    array([[0.6, 0.8]], dtype=float32)
    """
    if isinstance(params, (list, tuple)):
        if not params:
            raise ValueError("embedding_lookup: params is an empty list; at least one table is needed.")
        params = params[0] if len(params) == 1 else concat(params, 0)
    ids = convert_to_tensor(ids)
    rows = gather(params, ids)
    if max_norm is None:
        return rows
    return clip_by_norm(rows, max_norm, axes=list(range(len(ids._dims), len(rows._dims))))
