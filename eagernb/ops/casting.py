"""From a dtype to another: cast converts the values, bitcast reads their bytes anew.

>>> import eagernb as tf
>>> tf.cast([1.8, -1.8], "int32").numpy(), tf.bitcast([1.0, -0.0], "int32").numpy()
(array([ 1, -1], dtype=int32), array([ 1065353216, -2147483648], dtype=int32))
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import BFLOAT16, NUMBERS, DType, as_dtype, string
from eagernb.core.laws import Laws
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.errors import DTypeError, UnimplementedError
from eagernb.ops.families import elements


def _cast(x: Any, dtype: np.dtype) -> Any:
    return (x.real if x.dtype.kind == "c" and dtype.kind != "c" else x).astype(dtype)


CAST = register(
    Op("cast", ("x",), lambda x, dtype: _cast(x, dtype.numpy), infer=lambda x, dtype: TensorSpec(x.shape, dtype),
       rules=(Rule.of(lambda g, like_x: cast(g, like_x.dtype)),), label="cast", family="elementwise", fresh=True,
       total=True, flops=elements, laws=Laws(converts=True), unchanged=lambda x, dtype: x.dtype is dtype)
)  # fmt: skip


def cast(x: Any, dtype: Any, name: str | None = None) -> Tensor:
    """x in another dtype; floats that become integers are cut off towards zero, complex numbers lose what is not real.

    Gradients flow between floats and complex numbers only. A tensor that has the dtype already is returned as it is.
    UnimplementedError from and to strings.

    >>> cast([1.8, -1.8, 0.0], "int32").numpy(), cast([0, 2], "bool").numpy()
    (array([ 1, -1,  0], dtype=int32), array([False,  True]))
    """
    wanted = as_dtype(dtype)
    if hasattr(x, "with_values"):  # an IndexedSlices or SparseTensor
        return x.with_values(cast(x.values, wanted))
    x = convert_to_tensor(x)
    if x.dtype is wanted:
        return x
    if string in (x.dtype, wanted):
        raise UnimplementedError(
            f"cast from {x.dtype.name} to {wanted.name} is not supported. Convert the values in Python, before they "
            "become a tensor.", "cast",
        )  # fmt: skip
    return apply(CAST, (x,), dtype=wanted)


def saturate_cast(value: Any, dtype: Any, name: str | None = None) -> Tensor:
    """value in another dtype, where what does not fit becomes the lowest or highest value that does.

    A complex number that becomes real loses its imaginary part. Raises TypeError for bool, which has no range.

    >>> saturate_cast([300, -1], "uint8").numpy()
    array([255,   0], dtype=uint8)
    """
    from eagernb.ops.clipping import clip_by_value
    from eagernb.ops.complex import complex, imag, real

    x, wanted = convert_to_tensor(value), as_dtype(dtype)
    part = wanted.real_dtype
    if x.dtype.is_complex and wanted.is_complex:
        return complex(saturate_cast(real(x), part), saturate_cast(imag(x), part))
    x = real(x) if x.dtype.is_complex else x
    low, high = max(_number(x.dtype.min), _number(part.min)), min(_number(x.dtype.max), _number(part.max))
    return cast(clip_by_value(x, _within(low, x.dtype), _within(high, x.dtype)), wanted)


def _number(limit: Any) -> Any:
    """A dtype's limit as a Python number: Python compares integers with floats exactly."""
    return limit if isinstance(limit, int) else float(limit)


def _within(limit: Any, dtype: DType) -> Tensor:
    """The limit in this dtype, rounded towards 0 where it cannot be had exactly."""
    value = dtype.as_numpy_dtype(float(limit) if dtype.is_floating else limit)
    if dtype.is_floating and abs(float(value)) > abs(limit):
        value = np.nextafter(value, dtype.as_numpy_dtype(0))
    return EagerTensor._of(value)


def _bitcast_dims(x: TensorSpec, dtype: DType) -> list[int | None]:
    """A wider dtype takes in the last dimension, a narrower one adds one."""
    dims, have, want = list(x.dims), x.dtype.size, dtype.size
    if want < have:
        return [*dims, have // want]
    if want == have:
        return dims
    if not dims or dims[-1] not in (None, want // have):
        raise ValueError(f"the last dimension must be {want // have} to make one {dtype.name} of {x.dtype.name}s")
    return dims[:-1]


def _bitcast(x: Any, dtype: np.dtype) -> Any:
    array = np.ascontiguousarray(x) if np.ndim(x) else np.asarray(x)
    if dtype.itemsize < array.itemsize:
        array = array[..., None]
    viewed = array.view(dtype)
    return viewed[..., 0] if dtype.itemsize > array.itemsize else viewed


_WITH_BITS = NUMBERS | {BFLOAT16}
BITCAST = register(
    Op(
        "bitcast",
        ("x",),
        kernel=lambda x, dtype: _bitcast(x, dtype.numpy),
        infer=lambda x, dtype: TensorSpec(_bitcast_dims(x, dtype), dtype),
        label="bits",
        family="shape",
        dtypes=_WITH_BITS,
        typed=(0,),
    )
)


def bitcast(input: Any, type: Any, name: str | None = None) -> Tensor:
    """The same bytes as another dtype; no gradient.

    A narrower dtype adds a last dimension for the parts, a wider one needs a last dimension of just as many parts.
    ShapeError for another last dimension; DTypeError for what are no numbers.

    >>> bitcast([1.0], "uint8").numpy()
    array([[  0,   0, 128,  63]], dtype=uint8)
    """
    wanted = as_dtype(type)
    if wanted.numpy not in _WITH_BITS:
        raise DTypeError(f"bitcast: the bits of a tensor cannot be read as {wanted.name}, only as numbers.", "bitcast")
    return apply(BITCAST, (input,), dtype=wanted)
