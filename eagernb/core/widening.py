"""bfloat16 for kernels that do not know it: they compute in float32, and the result is rounded once.

A bfloat16 is the first half of a float32, so nothing is lost on the way in. NumPy has most of its functions for
float32 only, and would add up a long sum in bfloat16's eight bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np

from eagernb.core.dtypes import BFLOAT16
from eagernb.core.op import Op
from eagernb.core.spec import TensorSpec


def kernel_for(op: Op, dtypes: Iterable[np.dtype]) -> Callable[..., Any]:
    """The op's kernel; for bfloat16 inputs that it does not take, one that computes in float32.

    >>> from eagernb.core.op import find_op
    >>> x = np.array([1.0, 1.0], BFLOAT16)
    >>> kernel_for(find_op("add"), [x.dtype, x.dtype])(x, x)
    array([2, 2], dtype=bfloat16)
    """
    if BFLOAT16 in dtypes and BFLOAT16 not in op.dtypes and op.effect is None:
        return partial(_in_float32, op)
    return op.kernel


def _in_float32(op: Op, *arrays: Any, **params: Any) -> Any:
    specs = op.infer(*(TensorSpec(a.shape, a.dtype) for a in arrays), **params)
    result = op.kernel(*map(_widened, arrays), **params)
    return tuple(map(_narrowed, result, specs)) if op.multiple else _narrowed(result, specs)


def _widened(array: Any) -> Any:
    return array.astype(np.float32) if array.dtype == BFLOAT16 else array


def _narrowed(result: Any, spec: TensorSpec) -> Any:
    return np.asarray(result).astype(BFLOAT16) if spec.dtype.numpy == BFLOAT16 else result
