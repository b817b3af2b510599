"""The standard's dtypes, and the functions that ask about them.

>>> import eagernb.numpy as xp
>>> xp.isdtype(xp.int8, "signed integer"), xp.result_type(xp.int8, xp.float32), xp.finfo(xp.float32).bits
(True, tf.float32, 32)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from eagernb.core.convert import is_dense_tensor
from eagernb.core.dtypes import (
    DType,
    as_dtype,
    complex64,
    complex128,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    uint8,
    uint16,
    uint32,
    uint64,
)
from eagernb.core.dtypes import bool_ as bool
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError
from eagernb.numpy.array import Array, check_device, gives_arrays
from eagernb.numpy.promotion import result_dtype, tensor
from eagernb.ops.casting import cast
from eagernb.ops.shape import identity

KINDS: dict[str, tuple[DType, ...]] = {
    "bool": (bool,),
    "signed integer": (int8, int16, int32, int64),
    "unsigned integer": (uint8, uint16, uint32, uint64),
    "real floating": (float32, float64),
    "complex floating": (complex64, complex128),
}
KINDS["integral"] = KINDS["signed integer"] + KINDS["unsigned integer"]
KINDS["numeric"] = KINDS["integral"] + KINDS["real floating"] + KINDS["complex floating"]


def dtype_of(value: Any) -> DType:
    """The dtype of an array, or the dtype that a value names; None is an error."""
    return value.dtype if is_dense_tensor(value) else as_dtype(value.dtype if isinstance(value, np.ndarray) else value)


@gives_arrays
def astype(x: Any, dtype: Any, /, *, copy: Any = True, device: Any = None) -> Tensor:
    """x in another dtype; DTypeError for complex numbers that would become real (take ``real(x)``)."""
    check_device(device)
    wanted = as_dtype(dtype)
    if isinstance(x, Array) and not copy and x.dtype == wanted:
        return x
    x = tensor(x)
    if x.dtype.is_complex and not (wanted.is_complex or wanted.is_bool):
        raise DTypeError(f"astype: {x.dtype.name} cannot become {wanted.name}. Use real(x) or abs(x) first.")
    return identity(x) if x.dtype == wanted else cast(x, wanted)


def can_cast(from_: Any, to: Any, /) -> Any:
    """Whether every value of one dtype (or an array's) is also one of another's."""
    return np.can_cast(dtype_of(from_).numpy, as_dtype(to).numpy)


def isdtype(dtype: Any, kind: Any) -> Any:
    """Whether a dtype is of a kind.

    A kind is a dtype, one of the names "bool", "signed integer", "unsigned integer", "integral", "real floating",
    "complex floating", "numeric", or a tuple of these.
    """
    if isinstance(kind, tuple):
        return any(isdtype(dtype, k) for k in kind)
    if isinstance(kind, str):
        if kind not in KINDS:
            raise ValueError(f"isdtype: unknown kind {kind!r}. Use a dtype or one of {', '.join(map(repr, KINDS))}.")
        return as_dtype(dtype) in KINDS[kind]
    return as_dtype(dtype) == as_dtype(kind)


def result_type(*arrays_and_dtypes: Any) -> DType:
    """The dtype that arrays, dtypes and Python numbers are promoted to."""
    if not any(
        is_dense_tensor(v) or isinstance(v, (DType, np.ndarray, np.dtype, np.generic)) for v in arrays_and_dtypes
    ):
        raise ValueError("result_type needs at least one array or dtype.")
    return result_dtype(*arrays_and_dtypes)


@dataclass(frozen=True)
class FloatLimits:
    """The limits of a floating-point dtype (of its parts, for a complex one)."""

    bits: int
    eps: float
    max: float
    min: float
    smallest_normal: float
    dtype: DType


@dataclass(frozen=True)
class IntegerLimits:
    """The limits of an integer dtype."""

    bits: int
    max: int
    min: int
    dtype: DType


def finfo(type: Any, /) -> FloatLimits:
    """The limits of a floating-point dtype, or of an array's."""
    info = np.finfo(dtype_of(type).numpy)
    eps, largest, lowest, smallest = (float(x) for x in (info.eps, info.max, info.min, info.smallest_normal))
    return FloatLimits(info.bits, eps, largest, lowest, smallest, as_dtype(info.dtype))


def iinfo(type: Any, /) -> IntegerLimits:
    """The limits of an integer dtype, or of an array's."""
    dtype = dtype_of(type)
    info = np.iinfo(dtype.numpy)
    return IntegerLimits(info.bits, int(info.max), int(info.min), dtype)
