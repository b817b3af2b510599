"""tf.compat.v1.scatter_...: changing some rows or elements of a variable, as functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.indexed_slices import IndexedSlices


def _of_rows(kind: str, what: str) -> Callable[..., Any]:
    def scatter(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Any:
        rows = IndexedSlices(convert_to_tensor(updates, ref.dtype), convert_to_tensor(indices))
        return getattr(ref, f"scatter_{kind}")(rows, name=name)

    scatter.__name__ = scatter.__qualname__ = f"scatter_{kind}"
    scatter.__doc__ = f"{what} the rows of a variable at these indices; the variable."
    return scatter


def _of_elements(kind: str, what: str) -> Callable[..., Any]:
    def scatter(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Any:
        return getattr(ref, f"scatter_nd_{kind}")(indices, convert_to_tensor(updates, ref.dtype), name=name)

    scatter.__name__ = scatter.__qualname__ = f"scatter_nd_{kind}"
    scatter.__doc__ = f"{what} the elements (or slices) of a variable at these positions; the variable."
    return scatter


scatter_update, scatter_add, scatter_sub = (
    _of_rows("update", "Replace"), _of_rows("add", "Add to"), _of_rows("sub", "Subtract from")
)  # fmt: skip
scatter_mul, scatter_div = _of_rows("mul", "Multiply"), _of_rows("div", "Divide")
scatter_max, scatter_min = _of_rows("max", "Take the larger for"), _of_rows("min", "Take the smaller for")
scatter_nd_update, scatter_nd_add, scatter_nd_sub = (
    _of_elements("update", "Replace"), _of_elements("add", "Add to"), _of_elements("sub", "Subtract from")
)  # fmt: skip
