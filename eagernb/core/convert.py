"""From Python and NumPy values to tensors, by TensorFlow's dtype rules."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np

from eagernb.core import dtypes, nest
from eagernb.core.dispatch import dispatch, infer, spec_of, static_graph
from eagernb.core.large import copied
from eagernb.core.op import find_op
from eagernb.core.python_values import array_of_python, bytes_array, unsupported
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TypeSpec
from eagernb.core.tensor import EagerTensor, Symbol, Tensor
from eagernb.errors import DTypeError, UnimplementedError


def array_from(value: Any, dtype: Any = None) -> np.ndarray:
    """A fresh array of a Python or NumPy value.

    Python ints become int32 (int64 if they are too large), floats float32, text bytes; NumPy arrays and scalars keep
    their dtype, or are cast to ``dtype`` whatever they hold. Lists go by the rules of ``array_of_python``.

    >>> array_from([1, 2.5]).dtype, array_from(2**40).dtype, array_from(np.arange(2.0)).dtype
    (dtype('float32'), dtype('int64'), dtype('float64'))
    """
    wanted = None if dtype is None else dtypes.as_dtype(dtype).numpy
    if isinstance(value, (np.ndarray, np.generic)) or hasattr(value, "__array__"):
        return _array_of_numpy(np.asarray(value), wanted)
    return array_of_python(value, wanted)


def _array_of_numpy(array: np.ndarray, wanted: np.dtype | None) -> np.ndarray:
    kind = dtypes.kind_of(array.dtype)
    if kind in "VMm":
        raise unsupported(array)
    if kind in "US" or (kind == "O" and (wanted is None or wanted.hasobject)):
        array = bytes_array(array)
    elif wanted is not None and wanted.hasobject:
        raise unsupported(array)
    if wanted is None and not array.dtype.isnative:  # numbers in the byte order of another machine
        wanted = array.dtype.newbyteorder("=")
    return copied(array, wanted or dtypes.of_array(array).numpy)


def convert_to_tensor(value: Any, dtype: Any = None, dtype_hint: Any = None, name: str | None = None) -> Tensor:
    """A Tensor of a Python or NumPy value, a Variable or a list that holds tensors; a Tensor is returned as it is.

    Raises ValueError for a Tensor of another dtype than ``dtype`` (nothing is cast silently), TypeError or
    ValueError for values that do not fit ``dtype``.

    >>> convert_to_tensor([1, 2])
    <tf.Tensor: shape=(2,), dtype=int32, numpy=array([1, 2], dtype=int32)>
    """
    if value.__class__ is not EagerTensor:
        value = _as_tensor(value, dtype, dtype_hint)
    if dtype is not None and value.dtype != dtype:
        raise ValueError(
            f"Tensor conversion requested dtype {dtypes.as_dtype(dtype).name} for Tensor with dtype "
            f"{value.dtype.name}: {value!r}. Use tf.cast to convert it."
        )
    return value


def as_constant(array: Any, name: str) -> Tensor:
    """A tensor that holds this array; in a graph of TensorFlow 1, a constant of that graph."""
    graph = static_graph()
    return EagerTensor._of(array) if graph is None else graph.constant(array, name)


def is_dense_tensor(x: Any) -> bool:
    """Whether it is a Tensor, or (a Variable, an Array of eagernb.numpy) stands for one.

    >>> import eagernb as tf
    >>> is_dense_tensor(tf.constant(1)), is_dense_tensor(tf.Variable(1)), is_dense_tensor(1)
    (True, True, False)
    """
    return isinstance(x, Tensor) or hasattr(type(x), "__tf_tensor__")


def is_symbolic_tensor(x: Any) -> bool:
    """Whether it is a Tensor without a value yet, as in a ``tf.function`` that is being traced.

    >>> import eagernb as tf
    >>> is_symbolic_tensor(tf.constant(1)), bool(tf.function(is_symbolic_tensor)(tf.constant(1)))
    (False, True)
    """
    return isinstance(x, Symbol)


def _as_tensor(value: Any, dtype: Any, hint: Any) -> Tensor:
    if hasattr(type(value), "__tf_tensor__"):
        return value.__tf_tensor__()
    if isinstance(value, Tensor):
        return value
    if isinstance(value, (list, tuple)) and holds_tensor(value):
        if dtype is None and hint is not None:
            with suppress(TypeError, ValueError):  # a hint is only a preference
                return _stacked(value, hint)
        return _stacked(value, dtype)
    if isinstance(value, TensorShape):
        return EagerTensor._of(_sizes(value, dtype))
    converted = _by_registered(value, dtype) if _registered else None
    if converted is not None:
        return converted
    if dtype is None and hint is not None:
        with suppress(TypeError, ValueError):
            return EagerTensor._of(array_from(value, hint))
    return EagerTensor._of(array_from(value, dtype))


def _sizes(shape: TensorShape, dtype: Any) -> np.ndarray:
    if not shape.is_fully_defined():
        raise ValueError(f"Cannot convert a partially known TensorShape {shape} to a Tensor. Use tf.shape(x).")
    if dtype is not None and dtypes.as_dtype(dtype) not in (dtypes.int32, dtypes.int64):
        raise DTypeError(
            f"Cannot convert the TensorShape {shape} to {dtypes.as_dtype(dtype).name}, only to int32 and int64. "
            "Use tf.cast(tf.shape(x), dtype)."
        )
    sizes = shape.as_list()
    return array_from(sizes, dtype) if sizes else np.zeros(0, dtypes.as_dtype(dtype or "int32").numpy)


# (priority, types, function) of register_tensor_conversion_function, in the order in which they are asked.
_registered: list[tuple[int, Any, Callable[..., Any]]] = []


def register_tensor_conversion_function(
    base_type: Any, conversion_func: Callable[..., Any], priority: int = 100
) -> None:
    """Let ``conversion_func(value, dtype, name, as_ref)`` make tensors of values of this type, or of these types.

    It may return NotImplemented to leave it to the next one; those of lower ``priority`` are asked first. Raises
    TypeError for numbers and NumPy arrays, whose conversion cannot be changed.

    >>> class Celsius:
    ...     degrees = 20.0
    >>> convert = lambda value, dtype, name, as_ref: convert_to_tensor(value.degrees)
    >>> register_tensor_conversion_function(Celsius, convert)
    >>> convert_to_tensor(Celsius()).numpy()
    np.float32(20.0)
    """
    types = base_type if isinstance(base_type, tuple) else (base_type,)
    if not all(isinstance(one, type) for one in types):
        raise TypeError(f"Argument `base_type` must be a type or a tuple of types, not {base_type!r}.")
    if any(issubclass(one, (int, float, complex, np.generic, np.ndarray)) for one in types):
        raise TypeError("Cannot register conversions for Python numeric types and NumPy scalars and arrays.")
    if not callable(conversion_func):
        raise TypeError(f"Argument `conversion_func` must be callable, not {conversion_func!r}.")
    _registered.append((priority, types, conversion_func))
    _registered.sort(key=lambda entry: entry[0])


def _by_registered(value: Any, dtype: Any) -> Tensor | None:
    for _, types, function in _registered:
        if isinstance(value, types):
            result = function(value, dtype=dtype, name=None, as_ref=False)
            if result is not NotImplemented:
                return result
    return None


def holds_tensor(value: Any) -> bool:
    """Whether there is a tensor in a nested list, or it is one itself."""
    if isinstance(value, (list, tuple)):
        return any(holds_tensor(item) for item in value)
    return is_dense_tensor(value)


def _stacked(value: Any, dtype: Any) -> Tensor:
    """A nested list with tensors in it is stacked by an op, so that tapes and tracers see it.

    The first tensor's dtype is that of all. Asked for another one, the tensors are cast, as in TensorFlow.
    """
    own = next(leaf.dtype for leaf in nest.flatten(value) if is_dense_tensor(leaf))
    if dtype is not None and own != dtype:
        if dtypes.string in (own, dtypes.as_dtype(dtype)):
            raise UnimplementedError(f"Tensors cannot be cast from {own.name} to {dtypes.as_dtype(dtype).name}.")
        value = nest.map_structure(lambda leaf: _cast(leaf, dtype) if is_dense_tensor(leaf) else leaf, value)
    rows = [_as_tensor(item, dtype or own, None) for item in value]
    stack, params = find_op("stack"), {"axis": 0}
    if any(row.dtype is not rows[0].dtype for row in rows):
        infer(stack, [spec_of(row) for row in rows], params)  # which raises
    return dispatch(stack, rows, params)


def _cast(tensor: Any, dtype: Any) -> Tensor:
    return dispatch(find_op("cast"), [convert_to_tensor(tensor)], {"dtype": dtypes.as_dtype(dtype)})


def type_spec_from_value(value: Any) -> TypeSpec:
    """The spec of a tensor, a variable, a dataset or its like, or what can become a tensor; else TypeError.

    >>> type_spec_from_value([1.0, 2.0])
    TensorSpec(shape=(2,), dtype=tf.float32, name=None)
    """
    if hasattr(value, "_type_spec"):  # what is made of several tensors
        return value._type_spec
    try:
        return spec_of(value if is_dense_tensor(value) else convert_to_tensor(value))
    except (TypeError, ValueError):
        raise TypeError(f"Could not build a TypeSpec for {value!r} with type {type(value).__name__}") from None
