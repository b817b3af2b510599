"""TensorFlow's dtype objects over NumPy's."""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.errors import InvalidArgumentError

_LIMITS_OF_BOOL = (False, True)


class DType:
    """The type of a tensor's elements.

    A DType equals its NumPy dtype and its name.

    >>> float32 == np.float32, float32 == "float32", float32.is_floating, int8.max
    (True, True, True, 127)
    """

    __slots__ = (
        "as_numpy_dtype", "is_bool", "is_complex", "is_differentiable", "is_floating", "is_integer", "is_unsigned",
        "name", "numpy",
    )  # fmt: skip

    def __init__(self, name: str, numpy: Any = None) -> None:
        self.name = name
        self.numpy = np.dtype(numpy or name)
        self.as_numpy_dtype = self.numpy.type
        kind = self.numpy.kind
        self.is_floating = kind == "f"
        self.is_integer = kind in "iu"
        self.is_unsigned = kind == "u"
        self.is_complex = kind == "c"
        self.is_bool = kind == "b"
        # Whether gradients flow through tensors of this dtype: floats and complex numbers.
        self.is_differentiable = self.is_floating or self.is_complex

    @property
    def real_dtype(self) -> DType:
        """The dtype of a complex number's parts; any other dtype is its own.

        >>> complex64.real_dtype, float32.real_dtype
        (tf.float32, tf.float32)
        """
        return _PARTS.get(self, self)

    @property
    def size(self) -> int:
        """Bytes per element; 0 for strings, whose lengths differ."""
        return 0 if self is string else self.numpy.itemsize

    @property
    def min(self) -> Any:
        """The lowest finite value."""
        return self._limit(0)

    @property
    def max(self) -> Any:
        """The highest finite value."""
        return self._limit(1)

    def _limit(self, which: int) -> Any:
        if self.is_bool:
            return _LIMITS_OF_BOOL[which]
        if not (self.is_floating or self.is_integer):
            raise TypeError(f"{self.name} has no limits: only real numbers have.")
        info: Any = np.iinfo(self.numpy) if self.is_integer else np.finfo(self.numpy)
        return (info.min, info.max)[which]

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if other is None:
            return False
        try:
            return self.numpy == as_dtype(other).numpy
        except TypeError:
            return False

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"tf.{self.name}"

    def __str__(self) -> str:
        return f"<dtype: '{self.name}'>"

    def __reduce__(self) -> tuple[Any, ...]:
        return as_dtype, (self.name,)


bool_ = DType("bool")
int8, int16, int32, int64 = DType("int8"), DType("int16"), DType("int32"), DType("int64")
uint8, uint16, uint32, uint64 = DType("uint8"), DType("uint16"), DType("uint32"), DType("uint64")
float16, float32, float64 = DType("float16"), DType("float32"), DType("float64")
complex64, complex128 = DType("complex64"), DType("complex128")
string = DType("string", object)  # arrays of bytes objects: text is kept as UTF-8, as in TensorFlow
half, double = float16, float64
_PARTS = {complex64: float32, complex128: float64}

ALL = (
    bool_, int8, int16, int32, int64, uint8, uint16, uint32, uint64,
    float16, float32, float64, complex64, complex128, string,
)  # fmt: skip
_OF_NUMPY: dict[np.dtype, DType] = {dtype.numpy: dtype for dtype in ALL}
_OF_NAME: dict[str, DType] = {dtype.name: dtype for dtype in ALL} | {
    "half": float16, "float": float32, "double": float64,
}  # fmt: skip

# The sets that ops declare as theirs.
FLOATS = frozenset(d.numpy for d in ALL if d.is_floating)
WIDE_FLOATS = frozenset((float32.numpy, float64.numpy))
INEXACT = frozenset(d.numpy for d in ALL if d.is_differentiable)
COMPLEX = INEXACT - FLOATS
INTEGERS = frozenset(d.numpy for d in ALL if d.is_integer)
REAL = FLOATS | INTEGERS
NUMBERS = REAL | INEXACT
SIGNED = NUMBERS - frozenset(d.numpy for d in ALL if d.is_unsigned)
SIGNED_REAL = SIGNED & REAL
BOOLS = frozenset({bool_.numpy})
STRINGS = frozenset({string.numpy})
ANY = NUMBERS | BOOLS | STRINGS


def as_dtype(value: Any) -> DType:
    """The DType of a name, a NumPy dtype or type, a Python type, or a DType.

    Raises TypeError for anything that no tensor can hold.

    >>> as_dtype("float32"), as_dtype(np.int8), as_dtype(float)
    (tf.float32, tf.int8, tf.float32)
    """
    if isinstance(value, DType):
        return value
    if isinstance(value, str) and value in _OF_NAME:
        return _OF_NAME[value]
    if value is float:
        return float32
    try:
        if value is None or value is int:
            raise TypeError  # NumPy would take these for float64 and int64, which is not what tensors default to
        return _OF_NUMPY[np.dtype(value)]
    except (TypeError, KeyError):
        known = ", ".join(d.name for d in ALL)
        raise TypeError(f"Cannot convert {value!r} to a dtype. Use one of: {known}.") from None


def of_array(array: np.ndarray | np.generic) -> DType:
    """The DType of a NumPy array; InvalidArgumentError where tensors have no such type."""
    try:
        return _OF_NUMPY[array.dtype]
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
