"""Complex numbers: conjugates, and the way between them and pairs of real numbers.

>>> import eagernb as tf
>>> z = tf.complex([1.0, 3.0], [2.0, -4.0])
>>> tf.math.real(z).numpy(), tf.math.imag(z).numpy()
(array([1., 3.], dtype=float32), array([ 2., -4.], dtype=float32))

The gradient of a real result L with respect to a complex z = a + ib is dL/da + i dL/db, as in TensorFlow: the
direction of steepest ascent. Where a rule for real numbers multiplies by a derivative, one for complex numbers
multiplies by its conjugate.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import INEXACT, DType, complex64, complex128, float32, float64
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError
from eagernb.ops.families import BROADCAST_REMEDY, elements, elementwise, sum_to

COMPLEX = frozenset(dtype for dtype in INEXACT if dtype.kind == "c")
REAL_OF: dict[DType, DType] = {complex64: float32, complex128: float64}
COMPLEX_OF = {real: pair for pair, real in REAL_OF.items()}

_conj = elementwise("conj", np.conjugate, lambda g: conj(g), label="z̄", allowed=COMPLEX, doc="The conjugate.")


def conj(x: Any, name: str | None = None) -> Tensor:
    """The complex conjugate, elementwise; real numbers are returned as they are.

    >>> conj(convert_to_tensor([1 + 2j])).numpy()
    array([1.-2.j])
    """
    x = convert_to_tensor(x)
    if x.dtype.is_complex:
        return _conj(x)
    if not (x.dtype.is_floating or x.dtype.is_integer):
        raise DTypeError(f"conj: only numbers have a conjugate, not {x.dtype.name}.", "conj")
    return x


def _part(name: str, kernel: Any, rule: Any, label: str) -> Op:
    """An op from complex numbers to real ones."""
    return register(
        Op(name, ("x",), kernel, lambda x: TensorSpec(x.shape, REAL_OF[x.dtype]), rules=(Rule.of(rule),), label=label,
           family="elementwise", dtypes=COMPLEX, typed=(0,), flops=elements)
    )  # fmt: skip


REAL_PART = _part("real", np.real, lambda g: complex(g, scalar_like(0, g)), "Re")
IMAG_PART = _part("imag", np.imag, lambda g: complex(scalar_like(0, g), g), "Im")


def real(input: Any, name: str | None = None) -> Tensor:
    """The real part, elementwise; real numbers are returned as they are."""
    x = convert_to_tensor(input)
    return apply(REAL_PART, (x,)) if x.dtype.is_complex else _numeric(x, "real")


def imag(input: Any, name: str | None = None) -> Tensor:
    """The imaginary part, elementwise: zeros for real numbers."""
    x = convert_to_tensor(input)
    if x.dtype.is_complex:
        return apply(IMAG_PART, (x,))
    from eagernb.ops.creation import zeros_like

    return zeros_like(_numeric(x, "imag"))


def _numeric(x: Tensor, name: str) -> Tensor:
    if x.dtype.size == 0:
        raise DTypeError(f"{name}: input must be a numeric tensor, not {x.dtype.name}.", name)
    return x


PAIR = register(
    Op(
        "complex",
        ("real", "imag"),
        kernel=lambda real, imag: _pair(real, imag),
        infer=lambda real, imag: TensorSpec(broadcast_dims(real.dims, imag.dims), COMPLEX_OF[real.dtype]),
        rules=(
            Rule.of(lambda g, dims_real: sum_to(real(g), dims_real)),
            Rule.of(lambda g, dims_imag: sum_to(imag(g), dims_imag)),
        ),
        label="a+ib",
        family="elementwise",
        dtypes=frozenset(dtype.numpy for dtype in COMPLEX_OF),
        typed=(0, 1),
        flops=elements,
        remedy=BROADCAST_REMEDY,
    )
)


def _pair(real: Any, imag: Any) -> Any:
    # Not real + 1j * imag: that is NaN where imag is infinite.
    pair = np.empty(np.broadcast_shapes(real.shape, imag.shape), np.result_type(real.dtype, np.complex64))
    pair.real, pair.imag = real, imag
    return pair


def complex(real: Any, imag: Any, name: str | None = None) -> Tensor:
    """Complex numbers of their real and imaginary parts, both float32 or both float64, which broadcast.

    >>> complex(1.0, [2.0, 3.0]).numpy()
    array([1.+2.j, 1.+3.j], dtype=complex64)
    """
    return apply(PAIR, (real, imag))
