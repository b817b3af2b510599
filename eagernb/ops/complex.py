"""Complex numbers and their parts.

The gradient of a real loss is the direction in which the loss grows fastest: the conjugate of the derivative. That is
why gradient rules multiply by ``conj(x)`` where a textbook on real numbers has ``x``.

>>> import eagernb as tf
>>> z = tf.complex([3.0, 0.0], [4.0, -1.0])
>>> tf.abs(z).numpy(), tf.math.conj(z).numpy()
(array([5., 1.], dtype=float32), array([3.-4.j, 0.+1.j], dtype=complex64))
>>> with tf.GradientTape() as tape:
...     tape.watch(z)
...     loss = tf.reduce_sum(tf.abs(z) ** 2)
>>> tape.gradient(loss, z).numpy()
array([6.+8.j, 0.-2.j], dtype=complex64)
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from eagernb.core.apply import scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import COMPLEX, NUMBERS, WIDE_FLOATS, DType, complex64, complex128, float32, float64, names
from eagernb.core.laws import Laws
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.errors import DTypeError
from eagernb.ops.families import broadcasting, elementwise

COMPLEX_OF = {float32: complex64, float64: complex128}


def _complex_of(dtype: DType) -> DType:
    if dtype not in COMPLEX_OF:
        raise TypeError(f"there are no complex numbers with parts of {dtype.name}. Use tf.cast to convert")
    return COMPLEX_OF[dtype]


def _from_parts(real: Any, imag: Any) -> Any:
    result = np.empty(np.broadcast_shapes(real.shape, imag.shape), np.result_type(real, np.complex64))
    result.real, result.imag = real, imag  # real + 1j * imag would turn infinities into NaN
    return result


complex = broadcasting(
    "complex", _from_parts, lambda g: real(g), lambda g: imag(g), inputs=("real", "imag"),
    label="x+iy", allowed=WIDE_FLOATS, dtype=_complex_of, first_decides=True,
    doc="real + i imag, elementwise: complex64 from two float32 tensors, complex128 from two of float64.",
    example="complex([1.0, 2.0], 3.0) -> [1.+3.j 2.+3.j]",
)  # fmt: skip
_real = elementwise("real", np.real, lambda g: complex(g, scalar_like(0, g)), label="Re", allowed=COMPLEX, fresh=False,
                    dtype=lambda dtype: dtype.real_dtype)  # fmt: skip
_imag = elementwise("imag", np.imag, lambda g: complex(scalar_like(0, g), g), label="Im", allowed=COMPLEX, fresh=False,
                    dtype=lambda dtype: dtype.real_dtype)  # fmt: skip
_conj = elementwise("conj", np.conjugate, lambda g: conj(g), label="x̄", allowed=COMPLEX,
                    laws=Laws(involution=True))  # fmt: skip


def _angle_rule(g: Tensor, x: Tensor) -> Tensor:
    from eagernb.ops.arithmetic import negative, reciprocal

    return negative(complex(g, scalar_like(0, g))) * reciprocal(complex(imag(x), real(x)))


_angle = elementwise("angle", np.angle, _angle_rule, label="∠", allowed=COMPLEX,
                     dtype=lambda dtype: dtype.real_dtype)  # fmt: skip


def real(input: Any, name: str | None = None) -> Tensor:
    """The real part, elementwise; a tensor of real numbers is returned as it is.

    DTypeError for what are no numbers.

    >>> real([1 + 2j, 3 - 4j]).numpy()
    array([1., 3.])
    """
    x = _number(input, "real")
    return _real(x) if x.dtype.is_complex else x


def imag(input: Any, name: str | None = None) -> Tensor:
    """The imaginary part, elementwise; zeros for real numbers.

    The shape stays; of complex64 it is float32, of complex128 float64.

    >>> imag([1 + 2j, 3 - 4j]).numpy()
    array([ 2., -4.])
    """
    from eagernb.ops.creation import zeros_like

    x = convert_to_tensor(input)
    return _imag(x) if x.dtype.is_complex else zeros_like(x)


def conj(x: Any, name: str | None = None) -> Tensor:
    """The complex conjugate, elementwise; a tensor of real numbers is returned as it is.

    DTypeError for what are no numbers.

    >>> conj([1 + 2j, 3 - 4j]).numpy()
    array([1.-2.j, 3.+4.j])
    """
    if x.__class__ is EagerTensor and x._array.dtype.kind in "fiu":  # gradient rules call this all the time
        return x
    x = _number(x, "conj")
    return _conj(x) if x.dtype.is_complex else x


def angle(input: Any, name: str | None = None) -> Tensor:
    """The angle in the complex plane from the positive real axis, elementwise, in radians from -π to π.

    Of real floats: π for negative ones, else 0. The shape stays. DTypeError for integers.

    >>> angle([1j, -1.0]).numpy()
    array([1.57079633, 3.14159265])
    """
    from eagernb.ops.where import where

    x = convert_to_tensor(input)
    if x.dtype.is_complex:
        return _angle(x)
    if not x.dtype.is_floating:
        raise DTypeError(f"angle needs floats or complex numbers, not {x.dtype.name}. Use tf.cast to convert.", "angle")
    return where(x < scalar_like(0, x), scalar_like(math.pi, x), scalar_like(0, x))


def _number(value: Any, name: str) -> Tensor:
    x = convert_to_tensor(value)
    if not x.dtype.is_numeric:
        raise DTypeError(f"{name} needs numbers ({names(NUMBERS)}), not {x.dtype.name}.", name)
    return x
