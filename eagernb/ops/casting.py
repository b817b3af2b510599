"""cast: the one way from a dtype to another."""

from __future__ import annotations

from typing import Any

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import as_dtype
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.ops.families import elements

CAST = register(
    Op(
        "cast",
        ("x",),
        kernel=lambda x, dtype: x.astype(dtype.numpy),
        infer=lambda x, dtype: TensorSpec(x.shape, dtype),
        rules=(Rule.of(lambda g, like_x: cast(g, like_x.dtype)),),
        label="cast",
        family="elementwise",
        flops=elements,
    )
)


def cast(x: Any, dtype: Any, name: str | None = None) -> Tensor:
    """x in another dtype; floats are truncated towards zero when they become integers.

    Gradients flow between floating-point dtypes only. A tensor that has the dtype already is returned as it is.

    >>> cast(convert_to_tensor([1.8, -1.8]), "int32").numpy()
    array([ 1, -1], dtype=int32)
    """
    wanted = as_dtype(dtype)
    x = convert_to_tensor(x)
    return x if x.dtype is wanted else apply(CAST, (x,), dtype=wanted)
