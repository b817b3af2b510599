"""From Python's numbers, texts and nested lists to arrays, by TensorFlow's rules.

The first element decides: which dtype the array has where none is asked for, and which kinds of elements may follow.
Elements may be NumPy's scalars and arrays: an integer of NumPy's is then like one of Python's, while float64 and
float16 stay what they are.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core import dtypes, nest
from eagernb.errors import DTypeError

_WIDE = tuple(map(np.dtype, ("float16", "float32", "float64", "complex128")))
# Asked for one of these, TensorFlow takes elements of these of NumPy's kinds, however they are mixed.
_TAKES = {
    **dict.fromkeys(map(np.dtype, ("int32", "int64", "uint64")), "bi"),
    **dict.fromkeys(_WIDE, "bif"),
    np.dtype("complex128"): "bifc",
}
# Asked for any other, it makes an array without asking, and casts that: from the kind of the array to those of dtypes.
_CASTS = {"b": "b", "i": "iufc", "f": "fc", "c": "c", "O": "O"}
_PLAIN = (float, int, bool, complex, str, bytes)  # what is an element itself


def array_of_python(value: Any, wanted: np.dtype | None) -> np.ndarray:
    """A fresh array of a Python value (which is no array itself), in this dtype.

    Without one, ints become int32 (int64 if they are too large), floats float32, complex numbers complex128. Raises
    ValueError for rows of different lengths, for kinds that do not go together and for numbers out of range,
    DTypeError where ``wanted`` is of a kind that cannot hold the elements; integers wrap, as in TensorFlow.

    >>> [array_of_python(v, None).dtype.name for v in ([1, 2.5], [np.float64(1), 2], [np.int8(1)])]
    ['float32', 'float64', 'int32']
    """
    array = _promoted(value)
    if not array.size:
        return array.astype(wanted or np.float32)
    first, kind = _first(value, array), _kind(array)
    if _beyond_int64(value, array):
        whole = all(isinstance(leaf, (int, np.integer)) for leaf in nest.flatten(value))
        if whole and wanted == np.uint64:
            return _unsigned(value)
        if _leading(first).kind == "i" and (wanted is None or wanted not in _WIDE):
            raise _out_of_range(value)
        kind = "i" if whole else kind
    if wanted is None or kind not in _TAKES.get(wanted, "") or isinstance(first, np.bool_):
        leading = _leading(first)
        if kind != _kind(leading) and not (kind == "f" and leading.kind == "i"):
            raise ValueError(f"Can't convert Python sequence with mixed types to Tensor: {shorten(value)}.")
        if wanted is None:
            return _natural(value, array, leading)
        if dtypes.kind_of(wanted) not in _CASTS[kind]:
            raise DTypeError(
                f"Cannot convert {shorten(value)} to EagerTensor of dtype {dtypes.as_dtype(wanted).name}: "
                "its Python type does not fit. Use tf.cast on a tensor to round or truncate on purpose."
            )
    return _cast(array, wanted)


def _promoted(value: Any) -> np.ndarray:
    """The value in the dtype that NumPy finds for it; bytes as objects."""
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(
            f"Can't convert non-rectangular Python sequence to Tensor: {shorten(value)}. Rows need to be equally long."
        ) from None
    if array.dtype.kind in "OUS":
        return _numbers(value, array) if array.size and _is_number(_first(value, array)) else bytes_array(value)
    if dtypes.kind_of(array.dtype) in "VMm":
        raise unsupported(value)
    return array


def _numbers(value: Any, array: np.ndarray) -> np.ndarray:
    """Integers that no integer of NumPy's holds are taken as floats."""
    if not all(_is_number(item) for item in array.ravel()):
        raise ValueError(f"Can't convert Python sequence with mixed types to Tensor: {shorten(value)}.")
    try:
        return array.astype(np.complex128 if any(isinstance(x, complex) for x in array.ravel()) else np.float64)
    except OverflowError:
        raise _out_of_range(value) from None


def _is_number(item: Any) -> bool:
    return isinstance(item, (int, float, complex, np.number, np.bool_))


def bytes_array(value: Any) -> np.ndarray:
    """An array of bytes objects; text is encoded as UTF-8. ValueError for anything else.

    >>> bytes_array(["a", b"b"])
    array([b'a', b'b'], dtype=object)
    """
    array = np.array(value, dtype=object)
    for index, item in np.ndenumerate(array):
        if not isinstance(item, (str, bytes)):
            raise unsupported(value)
        array[index] = item.encode() if isinstance(item, str) else bytes(item)
    return array


def _kind(array: np.ndarray | np.dtype) -> str:
    """NumPy's letter for the kind, of all integers "i"."""
    kind = dtypes.kind_of(array if isinstance(array, np.dtype) else array.dtype)
    return "i" if kind == "u" else kind


def _first(value: Any, array: np.ndarray) -> Any:
    """The first element as it stands in a nested list, or what it is in the array if it is in something else."""
    while isinstance(value, (list, tuple)):
        value = value[0]
    if value.__class__ in _PLAIN:
        return value
    if isinstance(value, (np.ndarray, np.generic)) or hasattr(value, "__array__"):
        return np.asarray(value).ravel()[0]
    return value if isinstance(value, _PLAIN) else array.ravel()[:1].tolist()[0]


def _leading(first: Any) -> np.dtype:
    """The dtype that the first element stands for; int64 for all integers."""
    if isinstance(first, (bool, np.bool_)):
        return np.dtype(bool)
    if isinstance(first, (int, np.integer)):
        return np.dtype(np.int64)
    if isinstance(first, np.generic) and first.dtype in (np.float64, np.float16, dtypes.BFLOAT16):
        return first.dtype
    if isinstance(first, (float, np.floating)):
        return np.dtype(np.float32)
    return np.dtype(np.complex128 if isinstance(first, (complex, np.complexfloating)) else object)


def _natural(value: Any, array: np.ndarray, leading: np.dtype) -> np.ndarray:
    """The array in the dtype that the first element stands for, as wide as the others need."""
    if leading.kind == "i":
        if array.dtype.kind == "f":
            leading = np.dtype(np.float32)
        elif array.min() >= dtypes.int32.min and array.max() <= dtypes.int32.max:
            leading = np.dtype(np.int32)
    result = _cast(array, leading)
    if leading.kind == "f" and np.isinf(result).any() and not np.array_equal(np.isinf(result), np.isinf(array)):
        raise ValueError(f"Cannot convert {shorten(value)} to a tensor: it is out of range for {leading.name}.")
    return result


def _cast(array: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """In another dtype, where inf stands for what is too large for a narrow float."""
    if dtype.kind != "f":
        return array.astype(dtype)
    with np.errstate(over="ignore"):
        return array.astype(dtype)


def _beyond_int64(value: Any, array: np.ndarray) -> bool:
    """Whether integers are too large for int64: NumPy has made uint64 of them, or floats."""
    if array.dtype == np.uint64:
        return bool(array.max() > dtypes.int64.max)
    if array.dtype.kind == "f" and np.abs(array).max() >= 2.0**63:
        return any(isinstance(leaf, (int, np.integer)) and not -(2**63) <= leaf < 2**63 for leaf in nest.flatten(value))
    return False


def _unsigned(value: Any) -> np.ndarray:
    try:
        return np.array(value, dtype=object).astype(np.uint64)
    except OverflowError:
        raise _out_of_range(value) from None


def _out_of_range(value: Any) -> ValueError:
    return ValueError(f"Can't convert Python sequence with out-of-range integer to Tensor: {shorten(value)}.")


def unsupported(value: Any) -> ValueError:
    """What is raised for a value that no tensor can hold.

    >>> unsupported(object).args[0]
    "Attempt to convert a value (<class 'object'>) with an unsupported type (<class 'type'>) to a Tensor."
    """
    return ValueError(
        f"Attempt to convert a value ({shorten(value)}) with an unsupported type ({type(value)}) to a Tensor."
    )


def shorten(value: Any) -> str:
    """A value's text, cut where it is long.

    >>> len(shorten(list(range(1000))))
    60
    """
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
