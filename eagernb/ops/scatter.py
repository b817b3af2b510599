"""Writing at positions: ``scatter_nd`` into zeros, ``tensor_scatter_nd_update`` and its kin into a copy of a tensor.

The last axis of ``indices`` holds the coordinates of an element (or of a slice), as for ``gather_nd``; each must be
in range, and may occur more than once.

>>> import eagernb as tf
>>> tf.scatter_nd([[1], [3], [1]], [10, 20, 30], [5]).numpy()
array([ 0, 40,  0, 20,  0], dtype=int32)
>>> tf.tensor_scatter_nd_update([1, 2, 3], [[0], [2]], [10, 30]).numpy()
array([10,  2, 30], dtype=int32)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply
from eagernb.core.late import apply_late, known_dims, late_vector
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import Dims
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import UnimplementedError
from eagernb.ops.arithmetic import negative
from eagernb.ops.casting import cast
from eagernb.ops.creation import zeros_like
from eagernb.ops.declared import declared
from eagernb.ops.families import as_doctest
from eagernb.ops.gather_nd import check_positions, gather_nd, positions


def _fitting(tensor: Dims, indices: TensorSpec, updates: TensorSpec) -> None:
    """ValueError unless there is one update, of the shape of what is indexed, for each row of the indices."""
    if not indices.dtype.is_integer:
        raise TypeError(f"the indices must be integers, not {indices.dtype.name}. Use tf.cast to convert")
    if not indices.dims or not updates.dims:
        raise ValueError("indices and updates must have rank 1 or more")
    depth = indices.dims[-1]
    if depth is None:
        return
    if depth > len(tensor):
        raise ValueError(f"the indices have {depth} coordinates for a tensor of rank {len(tensor)}")
    wanted = (*indices.dims[:-1], *tensor[depth:])
    if not updates.shape.is_compatible_with(wanted):
        raise ValueError(f"updates must have the shape {list(wanted)}: one for each row of the indices")


def _key(shape: Any, indices: Any, updates: Any) -> tuple[Any, ...]:
    """The coordinates for NumPy; ValueError where indices or updates do not fit."""
    _fitting(shape, TensorSpec.from_tensor(indices), TensorSpec.from_tensor(updates))
    check_positions(indices, shape)
    return positions(indices)


def _scatter_kernel(indices: Any, updates: Any, shape: tuple[int, ...]) -> Any:
    result = np.full(shape, b"", object) if updates.dtype.kind == "O" else np.zeros(shape, updates.dtype)
    np.add.at(result, _key(shape, indices, updates), updates)
    return result


def _scatter_spec(indices: TensorSpec, updates: TensorSpec, shape: tuple[Any, ...]) -> TensorSpec:
    _fitting(known_dims(shape), indices, updates)
    return TensorSpec(known_dims(shape), updates.dtype)


def _updates_size(ins: Any, outs: Any, **params: Any) -> int:
    return ins[-1].size or 0


SCATTER_ND = register(
    Op("scatter_nd", ("indices", "updates"), _scatter_kernel, _scatter_spec,
       rules=(None, Rule.of(lambda g, indices: gather_nd(g, indices))), label="scatter", family="indexing",
       dtypes=dtypes.ANY - {dtypes.BFLOAT16}, linear=True, flops=_updates_size)
)  # fmt: skip


def check_policy(bad_indices_policy: str) -> None:
    """An index out of range raises; that it is ignored is not supported."""
    if bad_indices_policy not in ("", "DEFAULT", "ERROR"):
        raise UnimplementedError(
            f"bad_indices_policy={bad_indices_policy!r} is not supported: pick the indices in range with "
            "tf.boolean_mask first."
        )


def scatter_nd(indices: Any, updates: Any, shape: Any, bad_indices_policy: str = "", name: str | None = None) -> Tensor:
    """Zeros of a shape, with the updates added at the indices: those for the same place add up.

    ``indices`` has shape [..., depth], ``updates`` [..., *shape[depth:]]. Raises InvalidArgumentError for an index out
    of range, ShapeError where the shapes do not fit.

    >>> scatter_nd([[0], [2], [0]], [1, 2, 3], [4]).numpy()
    array([4, 0, 2, 0], dtype=int32)
    """
    check_policy(bad_indices_policy)
    return apply_late(SCATTER_ND, (indices, updates), shape=late_vector(shape, "shape"))


def _set(array: Any, key: Any, updates: Any) -> None:
    array[key] = updates


def _updating(
    name: str, put: Callable[[Any, Any, Any], None], rule_tensor: Any, rule_updates: Any, doc: str, example: str,
    allowed: Any = dtypes.NUMBERS, moves: bool = False,
) -> Callable[..., Tensor]:  # fmt: skip
    """Declare an op that gives a copy of a tensor in which ``put(array, key, updates)`` has changed some elements."""

    def kernel(tensor: Any, indices: Any, updates: Any) -> Any:
        result = tensor.copy()
        put(result, _key(tensor.shape, indices, updates), updates)
        return result

    def infer(tensor: TensorSpec, indices: TensorSpec, updates: TensorSpec) -> TensorSpec:
        _fitting(tensor.dims, indices, updates)
        return TensorSpec(tensor.shape, tensor.dtype)

    op = register(
        Op(name, ("tensor", "indices", "updates"), kernel, infer,
           rules=(Rule.of(rule_tensor), None, Rule.of(rule_updates)), label=name.removeprefix("tensor_"),
           family="indexing", dtypes=allowed, typed=(0, 2), flops=_updates_size,
           moves=moves)
    )  # fmt: skip

    def update(
        tensor: Any, indices: Any, updates: Any, bad_indices_policy: str = "", name: str | None = None
    ) -> Tensor:
        __tracebackhide__ = True
        check_policy(bad_indices_policy)
        return apply(op, (tensor, indices, updates))

    update.__name__ = update.__qualname__ = name
    update.op = op  # type: ignore[attr-defined]
    update.__doc__ = f"{doc}\n\nShapes and errors as for ``scatter_nd``.\n{as_doctest(example)}"
    return declared(update)


def _zeroed(g: Tensor, indices: Tensor) -> Tensor:
    return tensor_scatter_nd_update(g, indices, zeros_like(gather_nd(g, indices)))


def _extremum_shares(tensor: Tensor, indices: Tensor, updates: Tensor, out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Which elements of the tensor and which updates are in the result, and among how many each place is shared."""
    kept = cast(tensor == out, out.dtype)
    taken = cast(updates == gather_nd(out, indices), out.dtype)
    return kept, taken, tensor_scatter_nd_add(kept, indices, taken)


def _extremum_tensor_rule(g: Tensor, tensor: Tensor, indices: Tensor, updates: Tensor, out: Tensor) -> Tensor:
    kept, _, shares = _extremum_shares(tensor, indices, updates, out)
    return kept / shares * g


def _extremum_updates_rule(g: Tensor, tensor: Tensor, indices: Tensor, updates: Tensor, out: Tensor) -> Tensor:
    _, taken, shares = _extremum_shares(tensor, indices, updates, out)
    return taken * gather_nd(g / shares, indices)


tensor_scatter_nd_update = _updating(
    "tensor_scatter_nd_update", _set,
    lambda g, indices: _zeroed(g, indices), lambda g, indices: gather_nd(g, indices),
    "A copy of the tensor with the elements (or slices) at the indices replaced; where one repeats, the last is kept.",
    "tensor_scatter_nd_update([1, 2, 3], [[0], [2]], [10, 30]) -> [10  2 30]",
    allowed=dtypes.ANY, moves=True,
)  # fmt: skip
tensor_scatter_nd_add = _updating(
    "tensor_scatter_nd_add", np.add.at, lambda g: g, lambda g, indices: gather_nd(g, indices),
    "A copy of the tensor with the updates added at the indices.",
    "tensor_scatter_nd_add([1, 2, 3], [[0], [0]], [10, 20]) -> [31  2  3]",
)  # fmt: skip
tensor_scatter_nd_sub = _updating(
    "tensor_scatter_nd_sub", np.subtract.at, lambda g: g, lambda g, indices: negative(gather_nd(g, indices)),
    "A copy of the tensor with the updates subtracted at the indices.",
    "tensor_scatter_nd_sub([1, 2, 3], [[0], [0]], [10, 20]) -> [-29   2   3]",
)  # fmt: skip
tensor_scatter_nd_max = _updating(
    "tensor_scatter_nd_max", np.maximum.at, _extremum_tensor_rule, _extremum_updates_rule,
    "A copy of the tensor with the larger of element and update at the indices; ties share the gradient evenly.",
    "tensor_scatter_nd_max([1, 2, 3], [[0], [2]], [10, 0]) -> [10  2  3]",
    allowed=dtypes.REAL,
)  # fmt: skip
tensor_scatter_nd_min = _updating(
    "tensor_scatter_nd_min", np.minimum.at, _extremum_tensor_rule, _extremum_updates_rule,
    "A copy of the tensor with the smaller of element and update at the indices; ties share the gradient evenly.",
    "tensor_scatter_nd_min([1, 2, 3], [[0], [2]], [10, 0]) -> [1 2 0]",
    allowed=dtypes.REAL,
)  # fmt: skip
