"""Python functions as operations: they run each time that the graph runs.

>>> import eagernb as tf
>>> @tf.function
... def f(x):
...     return tf.py_function(lambda v: v * v, [x], Tout=tf.TensorSpec([], tf.float32)) + 1.0
>>> x = tf.constant(3.0)
>>> with tf.GradientTape() as tape:
...     tape.watch(x)
...     y = f(x)
>>> float(y), float(tape.gradient(y, x))
(10.0, 6.0)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from eagernb.autodiff.tape import GradientTape
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import active_handlers, dispatch, suspended
from eagernb.core.dtypes import string
from eagernb.core.op import WRITE, Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor, Tensor, leaving
from eagernb.core.variable import Variable
from eagernb.errors import (
    InvalidArgumentError,
    OpError,
    OutOfRangeError,
    ResourceExhaustedError,
    UnimplementedError,
    UnknownError,
)
from eagernb.graph.tracer import Tracer

# What an exception in the user's function becomes; UnknownError where nothing fits.
_ERRORS: tuple[tuple[type[BaseException], type[OpError]], ...] = (
    (OpError, UnknownError),
    (NotImplementedError, UnimplementedError),
    (StopIteration, OutOfRangeError),
    (MemoryError, ResourceExhaustedError),
    (TypeError, InvalidArgumentError),
    (ValueError, InvalidArgumentError),
)


class Call:
    """One call of the user's function: its tape, from which the gradients are taken later.

    It is the last result of the operation, in an array of objects, so that it lives as long as it may be needed.
    """

    def __init__(self, tape: GradientTape, inputs: list[Tensor], outputs: list[Tensor]) -> None:
        self._tape, self._inputs, self._outputs = tape, inputs, outputs

    def gradients(self, arriving: Sequence[Any]) -> list[Tensor]:
        """The gradients of the inputs, zeros where there is none."""
        weights = [EagerTensor._of(g) for g in arriving]
        with suspended():
            return self._tape.gradient(self._outputs, self._inputs, weights, unconnected_gradients="zero")


_RECORD = TensorSpec([], string)


def _run_tensors(*arrays: Any, function: Callable[..., Any], outputs: tuple[TensorSpec, ...]) -> Any:
    inputs: list[Any] = [EagerTensor._of(array) for array in arrays]
    with suspended(), GradientTape(persistent=True) as tape:
        tape.watch([x for x in inputs if x.dtype.is_differentiable])
        results = _results(_called(function, inputs), outputs)
    return (*(t._array for t in results), np.array(Call(tape, inputs, results), object))


def _run_arrays(*arrays: Any, function: Callable[..., Any], outputs: tuple[TensorSpec, ...]) -> Any:
    with suspended():
        values = _called(function, [np.array(array) for array in arrays])
        # As tensors, NumPy's values are not converted: they must have the dtype that Tout says.
        results = _results([convert_to_tensor(x) if hasattr(x, "dtype") else x for x in values], outputs)
    return tuple(t._array for t in results)


def _called(function: Callable[..., Any], arguments: list[Any]) -> list[Any]:
    try:
        value = function(*arguments)
    except Exception as error:
        raise op_error(error) from error
    return list(value) if isinstance(value, (list, tuple)) else [] if value is None else [value]


def op_error(error: Exception) -> OpError:
    """What an exception of the user's Python code becomes, once the code runs as an operation."""
    kind = next((ours for theirs, ours in _ERRORS if isinstance(error, theirs)), UnknownError)
    return kind(f"{type(error).__name__}: {error}", "py_function")


def _results(values: list[Any], outputs: tuple[TensorSpec, ...]) -> list[Tensor]:
    if len(values) < len(outputs):
        raise InvalidArgumentError(f"The function gave {len(values)} values, but Tout has {len(outputs)}.")
    try:
        results = [convert_to_tensor(value, spec.dtype) for value, spec in zip(values, outputs, strict=False)]
    except (TypeError, ValueError) as error:
        raise InvalidArgumentError(f"What the function gave does not fit Tout: {error}") from None
    for tensor, spec in zip(results, outputs, strict=True):
        if not spec.is_compatible_with(tensor):
            raise InvalidArgumentError(f"The function gave a tensor of shape {tensor.shape}; Tout says {spec.shape}.")
    return results


def _rule(g: list[Tensor], out: Any, like_values: list[Any], outputs: tuple[TensorSpec, ...]) -> list[Any]:
    likes = tuple(TensorSpec(like._dims, like.dtype) for like in like_values)
    gradients = dispatch(PY_GRADIENT, [out[-1], *g[: len(outputs)]], {"likes": likes})
    return [one if like.dtype.is_differentiable else None for one, like in zip(gradients, likes, strict=True)]


# Nothing that comes from outside can be known, merged or moved. Their family says so to tests too.
PY_FUNCTION = register(
    Op("py_function", ("*values",), _run_tensors, lambda *specs, function, outputs: (*outputs, _RECORD),
       rules=(Rule.of(_rule),), label="Python", family="outside", effect=WRITE, multiple=True)
)  # fmt: skip
PY_GRADIENT = register(
    Op("py_gradient", ("*values",), lambda call, *g, likes: tuple(t._array for t in call[()].gradients(g)),
       lambda call, *g, likes: likes, rules=(None,), label="Python'", family="outside", multiple=True)
)  # fmt: skip
NUMPY_FUNCTION = register(
    Op("numpy_function", ("*values",), _run_arrays, lambda *specs, function, outputs: outputs,
       rules=(None,), label="Python", family="outside", effect=WRITE, multiple=True)
)  # fmt: skip


def py_function(
    func: Callable[..., Any] | None = None, inp: Any = None, Tout: Any = None, name: str | None = None
) -> Any:
    """Call a Python function of tensors as an operation: in a graph, each time that it runs.

    ``inp`` is the list of its arguments, ``Tout`` the dtype of its result, or a list of dtypes for several; a
    TensorSpec instead of a dtype tells the shape too, which a graph cannot know otherwise. Gradients flow to the
    arguments. An exception in the function becomes UnknownError, or the error of tf.errors that fits it. As a
    decorator: ``@tf.py_function(Tout=tf.float32)``.

    >>> import eagernb as tf
    >>> doubled = tf.function(lambda x: tf.py_function(lambda y: 2 * y, [x], tf.float32))
    >>> float(doubled(tf.constant(3.0)))
    6.0
    """
    __tracebackhide__ = True
    _check_tout(Tout)
    if func is None:
        return lambda f: lambda *args: py_function(f, args, Tout, name)
    if not callable(func):
        raise ValueError(f"py_function needs a function to call, not {func!r}.")
    inputs = [convert_to_tensor(x) for x in inp]
    *results, _ = dispatch(PY_FUNCTION, inputs, {"function": func, "outputs": _specs(Tout)})
    return results if isinstance(Tout, (list, tuple)) else results[0]


def numpy_function(
    func: Callable[..., Any] | None = None, inp: Any = None, Tout: Any = None, stateful: bool = True,
    name: str | None = None,
) -> Any:  # fmt: skip
    """Call a function of NumPy arrays as an operation: in a graph, each time that it runs. No gradient.

    ``inp`` is the list of its arguments, ``Tout`` the dtype of its result, or a list of dtypes for several; it must
    keep to them in a graph: else InvalidArgumentError. As a decorator: ``@tf.numpy_function(Tout=tf.float32)``.

    >>> import eagernb as tf
    >>> import numpy as np
    >>> ordered = tf.function(lambda x: tf.numpy_function(np.sort, [x], tf.int32))
    >>> ordered(tf.constant([3, 1, 2])).numpy()
    array([1, 2, 3], dtype=int32)
    """
    __tracebackhide__ = True
    _check_tout(Tout)
    if func is None:
        return lambda f: lambda *args: numpy_function(f, args, Tout, stateful, name)
    if not any(isinstance(handler, Tracer) for handler in active_handlers()):
        result = func(*map(_array_of, inp))
        if isinstance(result, (list, tuple)):
            return [convert_to_tensor(x) for x in result]
        return None if result is None else convert_to_tensor(result)
    results = dispatch(NUMPY_FUNCTION, [convert_to_tensor(x) for x in inp], {"function": func, "outputs": _specs(Tout)})
    return list(results) if isinstance(Tout, (list, tuple)) else results[0]


def _array_of(x: Any) -> np.ndarray:
    if isinstance(x, (Tensor, Variable)) and x._key:
        leaving(x, "tf.numpy_function()")
    with suspended():
        return np.asarray(x)


def _check_tout(tout: Any) -> None:
    if tout is None:
        raise TypeError(
            "Tout is missing: the dtype of the function's result, or a list of dtypes. As a decorator, give it by "
            "name: @tf.py_function(Tout=tf.float32)."
        )


def _specs(tout: Any) -> tuple[TensorSpec, ...]:
    entries = tout if isinstance(tout, (list, tuple)) else [tout]
    return tuple(entry if isinstance(entry, TensorSpec) else TensorSpec(None, entry) for entry in entries)
