"""TensorFlow's dtype objects over NumPy's."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import Any

import ml_dtypes
import numpy as np

from eagernb.errors import InvalidArgumentError


class DType:
    """The type of a tensor's elements.

    A DType equals its NumPy dtype and its name.

    >>> float32 == np.float32, float32 == "float32", float32.is_floating, int8.max
    (True, True, True, 127)
    """

    __slots__ = (
        "_enum", "as_numpy_dtype", "is_bool", "is_complex", "is_differentiable", "is_floating", "is_integer",
        "is_numeric", "is_unsigned", "name", "numpy",
    )  # fmt: skip

    def __init__(self, name: str, enum: int, numpy: Any = None) -> None:
        self.name = name
        self.numpy = np.dtype(numpy or name)
        self.as_numpy_dtype: Any = object if numpy is object else self.numpy.type
        self._enum = enum
        kind = kind_of(self.numpy)
        self.is_floating = kind == "f"
        self.is_integer = kind in "iu"
        self.is_unsigned = kind == "u"
        self.is_complex = kind == "c"
        self.is_bool = kind == "b"
        self.is_numeric = kind in "iufc"
        # Whether gradients flow through tensors of this dtype: floats and complex numbers, and what holds them.
        self.is_differentiable = kind in "fc" or name == "variant"

    def __setattr__(self, name: str, value: Any) -> None:
        if hasattr(self, "is_differentiable"):  # the last that is set above: all tensors share a dtype
            raise AttributeError(f"A dtype never changes: {name!r} of tf.{self.name} cannot be set.")
        object.__setattr__(self, name, value)

    @property
    def is_quantized(self) -> bool:
        """Always False: there are no quantized dtypes here."""
        return False

    @property
    def is_numpy_compatible(self) -> bool:
        """Always True: tensors are NumPy arrays."""
        return True

    @property
    def base_dtype(self) -> DType:
        """The dtype itself: there are no reference dtypes."""
        return self

    @property
    def as_datatype_enum(self) -> int:
        """TensorFlow's number for the dtype."""
        return self._enum

    @property
    def real_dtype(self) -> DType:
        """The dtype of a complex number's parts; any other dtype is its own.

        >>> complex64.real_dtype, float32.real_dtype
        (tf.float32, tf.float32)
        """
        return _PARTS.get(self, self)

    @property
    def size(self) -> int:
        """Bytes per element; 0 for strings, whose lengths differ, and for variants."""
        return 0 if self is string or self is variant else self.numpy.itemsize

    @property
    def type(self) -> Any:
        """The class of NumPy's single numbers of it, as NumPy's own dtypes have it: SciPy makes such a number.

        >>> float32.type(1.5)
        np.float32(1.5)
        """
        return self.numpy.type

    @property
    def min(self) -> Any:
        """The lowest finite value; TypeError where there is none."""
        return _limit(self, "min")

    @property
    def max(self) -> Any:
        """The highest finite value; TypeError where there is none."""
        return _limit(self, "max")

    @property
    def lowest(self) -> Any:
        """What no number is below, so that a maximum may begin with it: minus infinity for floats, else ``min``.

        >>> float32.lowest, int8.lowest
        (-inf, -128)
        """
        return -np.inf if self.is_floating else self.min

    @property
    def highest(self) -> Any:
        """What no number is above, so that a minimum may begin with it: infinity for floats, else ``max``."""
        return np.inf if self.is_floating else self.max

    @property
    def limits(self) -> tuple[Any, Any]:
        """The range of an image's intensities in this dtype: (0, 1) for floats, (0, the highest value) for integers."""
        if self.is_integer:
            return 0, self.max
        if self in (bool_, float32, float64):
            return 0, True if self is bool_ else 1
        raise ValueError(f"{self.name} has no defined limits.")

    def is_compatible_with(self, other: Any) -> bool:
        """Whether it is the same dtype; TypeError if the other is none."""
        return self is as_dtype(other)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if other is None:
            return False
        try:
            return self is as_dtype(other)
        except TypeError:
            return False

    def __hash__(self) -> int:
        return self._enum

    def __int__(self) -> int:
        return self._enum

    def __repr__(self) -> str:
        return f"tf.{self.name}"

    def __str__(self) -> str:
        return f"<dtype: '{self.name}'>"

    def __reduce__(self) -> tuple[Any, ...]:
        return as_dtype, (self.name,)


@cache
def _limit(dtype: DType, which: str) -> Any:
    """The lowest ("min") or the highest ("max") finite value."""
    if dtype.is_integer:
        return getattr(np.iinfo(dtype.numpy), which)
    if dtype.is_floating:
        return getattr(ml_dtypes.finfo(dtype.numpy), which)
    raise TypeError(f"{dtype.name} has no {which}: only real numbers have.")


BFLOAT16 = np.dtype(ml_dtypes.bfloat16)


def kind_of(dtype: np.dtype) -> str:
    """NumPy's letter for the kind of a dtype; "f" for bfloat16, which NumPy itself does not know for a float."""
    return "f" if dtype == BFLOAT16 else dtype.kind


# The numbers are those of TensorFlow's DataType.
bool_ = DType("bool", 10)
int8, int16, int32, int64 = DType("int8", 6), DType("int16", 5), DType("int32", 3), DType("int64", 9)
uint8, uint16, uint32, uint64 = DType("uint8", 4), DType("uint16", 17), DType("uint32", 22), DType("uint64", 23)
float16, float32, float64 = DType("float16", 19), DType("float32", 1), DType("float64", 2)
bfloat16 = DType("bfloat16", 14, BFLOAT16)
complex64, complex128 = DType("complex64", 8), DType("complex128", 18)
string = DType("string", 7, object)  # arrays of bytes objects: text is kept as UTF-8, as in TensorFlow
# Values inside of graphs that are no arrays: see variant.py.
variant = DType("variant", 21, [("variant", object)])
half, double = float16, float64
_PARTS = {complex64: float32, complex128: float64}

ALL = (
    bool_, int8, int16, int32, int64, uint8, uint16, uint32, uint64,
    float16, bfloat16, float32, float64, complex64, complex128, string,
)  # fmt: skip
OF_NUMPY: dict[np.dtype, DType] = {dtype.numpy: dtype for dtype in (*ALL, variant)}
_OF_ENUM: dict[int, DType] = {int(dtype): dtype for dtype in (*ALL, variant)}
_OF_NAME: dict[str, DType] = {dtype.name: dtype for dtype in (*ALL, variant)} | {
    "half": float16, "float": float32, "double": float64,
}  # fmt: skip

# The sets of what kernels take, as ops declare them. An op that takes float32 takes bfloat16 without saying so: see
# widening.py. Those that only move elements take it as it is.
FLOATS = frozenset((float16.numpy, float32.numpy, float64.numpy))
WIDE_FLOATS = frozenset((float32.numpy, float64.numpy))
INTEGERS = frozenset(d.numpy for d in ALL if d.is_integer)
REAL = FLOATS | INTEGERS
COMPLEX = frozenset((complex64.numpy, complex128.numpy))
INEXACT = FLOATS | COMPLEX
NUMBERS = REAL | INEXACT
SIGNED = NUMBERS - frozenset(d.numpy for d in ALL if d.is_unsigned)
SIGNED_REAL = SIGNED & REAL
BOOLS = frozenset({bool_.numpy})
STRINGS = frozenset({string.numpy})
VARIANTS = frozenset({variant.numpy})
ANY = frozenset(OF_NUMPY)

# Those through which gradients flow.
DIFFERENTIABLE = frozenset(d.numpy for d in (*ALL, variant) if d.is_differentiable)

# NumPy takes these for dtypes that TensorFlow would not: int, for one, for int64.
_NO_DTYPES = (int, complex, str, bytes)


def as_dtype(type_value: Any) -> DType:
    """The DType of a name, a NumPy dtype or type, a Python type, TensorFlow's number, or a DType.

    Raises TypeError for anything that no tensor can hold.

    >>> as_dtype("float32"), as_dtype(np.int8), as_dtype(float)
    (tf.float32, tf.int8, tf.float32)
    """
    if isinstance(type_value, DType):
        return type_value
    if type_value is float:
        return float32
    found = None
    if isinstance(type_value, str):
        found = _OF_NAME.get(type_value)
    elif isinstance(type_value, int):
        found = _OF_ENUM.get(type_value)
    elif type_value is not None and not any(type_value is python_type for python_type in _NO_DTYPES):
        with suppress(TypeError, ValueError):
            found = _of_numpy_dtype(np.dtype(type_value), type_value)
    if found is None:
        raise TypeError(f"Cannot convert {type_value!r} to a dtype. Use one of: {', '.join(d.name for d in ALL)}.")
    return found


def _of_numpy_dtype(dtype: np.dtype, meant: Any) -> DType | None:
    """NumPy's dtype in any byte order, any text as string. NumPy makes object of Python's classes: they are none."""
    if dtype.hasobject and isinstance(meant, type) and meant is not object and not issubclass(meant, np.generic):
        return None
    return string if dtype.kind in "SU" else OF_NUMPY.get(dtype.newbyteorder("="))


def of_array(array: np.ndarray | np.generic) -> DType:
    """The DType of a NumPy array; InvalidArgumentError where tensors have no such type."""
    try:
        return OF_NUMPY[array.dtype]
    except KeyError:
        raise InvalidArgumentError(
            f"Tensors cannot hold NumPy's {array.dtype}. Convert the array first, for example with .astype('float32')."
        ) from None


def names(dtypes: frozenset[np.dtype]) -> str:
    """A set of dtypes in words, for error messages.

    >>> names(INTEGERS)
    'int8, int16, int32, int64, uint8, uint16, uint32, uint64'
    """
    return ", ".join(d.name for d in ALL if d.numpy in dtypes)
