"""NumPy's own functions on tensors: they give tensors, and tapes and tracers see them.

NumPy asks the tensors among a function's arguments what the function means for them, by the protocols
``__array_ufunc__`` and ``__array_function__``. It is the function of the same name in ``eagernb.numpy``, with NumPy's
promotion of dtypes. Python's operators come through here too when an array is on the left, as in ``array + tensor``:
those mean what ``tensor + array`` means.

>>> import numpy as np
>>> import eagernb as tf
>>> np.concatenate([tf.constant([1.0]), tf.constant([2.0])])
<tf.Tensor: shape=(2,), dtype=float32, numpy=array([1., 2.], dtype=float32)>
>>> np.array([1.5]) + tf.constant([1.0])
<tf.Tensor: shape=(1,), dtype=float32, numpy=array([2.5], dtype=float32)>
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np

from eagernb.core import nest
from eagernb.core.convert import is_dense_tensor
from eagernb.core.dispatch import active_handlers
from eagernb.core.tensor import EagerTensor, Symbol, Tensor
from eagernb.core.variable import Variable
from eagernb.errors import GradientStopsWarning

# What Python calls on the tensor for `array + tensor`, which NumPy hands on as its ufunc.
_REFLECTED = {
    np.add: "__radd__",
    np.subtract: "__rsub__",
    np.multiply: "__rmul__",
    np.true_divide: "__rtruediv__",
    np.floor_divide: "__rfloordiv__",
    np.remainder: "__rmod__",
    np.power: "__rpow__",
    np.matmul: "__rmatmul__",
    np.bitwise_and: "__rand__",
    np.bitwise_or: "__ror__",
    np.bitwise_xor: "__rxor__",
    np.equal: "__eq__",
    np.not_equal: "__ne__",
    np.less: "__gt__",
    np.less_equal: "__ge__",
    np.greater: "__lt__",
    np.greater_equal: "__le__",
}
# A ufunc's methods are functions of other names.
_REDUCTIONS = {
    np.add: np.sum,
    np.multiply: np.prod,
    np.maximum: np.max,
    np.minimum: np.min,
    np.logical_and: np.all,
    np.logical_or: np.any,
}
_AS_FUNCTIONS: dict[str, dict[Any, Any]] = {
    "reduce": _REDUCTIONS,
    "accumulate": {np.add: np.cumsum, np.multiply: np.cumprod},
}

# Libraries that compute with arrays, of anything that can become one. Inside them NumPy's functions must give arrays:
# they go on to use an array's methods, which tensors do not have.
_TAKE_ARRAYS = frozenset(
    ("matplotlib", "mpl_toolkits", "networkx", "pandas", "scipy", "seaborn", "skimage", "sklearn", "statsmodels")
)
_KNOW_THE_STANDARD = frozenset(("scipy", "sklearn"))  # they may be given Arrays of eagernb.numpy, to compute with those


def array_ufunc(self: Any, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
    """What a NumPy ufunc (``np.exp``), or a method of one (``np.add.reduce``), means for tensors."""
    __tracebackhide__ = True
    if any(map(_foreign, (*inputs, *kwargs.get("out", ())))):
        return NotImplemented
    if method == "__call__" and _is_operator(ufunc, inputs, kwargs):
        return getattr(inputs[1], _REFLECTED[ufunc])(inputs[0])
    if _wants_arrays(inputs):
        return _on_values(getattr(ufunc, method), inputs, kwargs)
    if method == "__call__":
        return _answer(ufunc, ufunc, inputs, kwargs)
    if method == "outer" and not kwargs:
        spread = _with_new_axes(inputs[0], np.ndim(inputs[1]))
        return _answer(ufunc, ufunc, (spread, inputs[1] if is_dense_tensor(inputs[1]) else np.asarray(inputs[1])), {})
    if method == "at" and is_dense_tensor(inputs[0]):
        raise TypeError(
            f"np.{ufunc.__name__}.at changes its first argument in place, and a tensor never changes. Use "
            "tf.tensor_scatter_nd_add and its kin for another tensor, or a variable's scatter_nd_add."
        )
    same = _AS_FUNCTIONS.get(method, {}).get(ufunc)
    return _answer(same, getattr(ufunc, method), inputs, kwargs if same is None else {"axis": 0} | kwargs)


def array_function(self: Any, function: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:
    """What any other function of NumPy (``np.concatenate``) means for tensors."""
    __tracebackhide__ = True
    if not all(issubclass(t, (Tensor, Variable, np.ndarray)) for t in types):
        return NotImplemented
    if _wants_arrays((args, kwargs)):
        return _on_values(function, args, kwargs)
    return _answer(function, function, args, kwargs)


def _wants_arrays(arguments: Any) -> bool:
    """Whether a library called that goes on to use an array's methods."""
    caller: Any = sys._getframe(2)
    while (library := caller.f_globals.get("__name__", "").partition(".")[0]) == "eagernb":
        caller = caller.f_back  # out of what makes Arrays of the results
    if library not in _TAKE_ARRAYS:
        return False
    return library not in _KNOW_THE_STANDARD or not any(map(_is_array, nest.flatten(arguments)))


def _is_array(value: Any) -> bool:
    """Whether it is an Array of ``eagernb.numpy``."""
    return isinstance(value, Tensor) and hasattr(type(value), "__tf_tensor__")


def _foreign(value: Any) -> bool:
    """Whether it is of another library that has its own answer."""
    return hasattr(type(value), "__array_ufunc__") and not isinstance(
        value, (Tensor, Variable, np.ndarray, np.generic)
    )  # fmt: skip


def _is_operator(ufunc: np.ufunc, inputs: Sequence[Any], kwargs: dict[str, Any]) -> bool:
    """Whether this may be an operator with an array on the left (`array += tensor` makes the name a tensor)."""
    if ufunc not in _REFLECTED or not isinstance(inputs[0], (np.ndarray, np.generic)):
        return False
    return not kwargs or (kwargs.keys() == {"out"} and kwargs["out"][0] is inputs[0])


def _with_new_axes(x: Any, count: int) -> Any:
    """With so many axes of size 1 at the end, x is combined with every element of an array of that rank."""
    return (x if is_dense_tensor(x) else np.asarray(x))[(..., *[np.newaxis] * count)]


@cache
def _implementations() -> dict[Callable[..., Any], Callable[..., Any]]:
    # eagernb.numpy is built on the operations, so that it cannot be imported before they are complete.
    return import_module("eagernb.numpy.composites").IMPLEMENTATIONS


def _answer(function: Any, whole: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
    """What our function says; where there is none, or not with these arguments, NumPy on the values.

    NumPy takes more dtypes and ranks than the operations do (``np.max`` of bools). What both refuse is explained in our
    words. ``whole`` is what the user called, ``function`` the function that it is a method of, if it is one that we may
    have.
    """
    __tracebackhide__ = True
    implementation = _implementations().get(function)
    if implementation is not None:
        try:
            result = implementation(*args, **kwargs)
        except (TypeError, ValueError) as error:
            try:
                return _by_numpy(whole, args, kwargs)
            except Exception:
                raise error from None
        if result is not NotImplemented:
            return result
    return _by_numpy(whole, args, kwargs)


def _by_numpy(function: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
    """NumPy's own answer for the values of the tensors."""
    tensors = [
        value.__tf_tensor__() if isinstance(value, Variable) else value for value in nest.flatten([args, kwargs])
    ]
    for value in tensors:
        if isinstance(value, Symbol):
            raise NotImplementedError(
                f"numpy.{_name(function)} needs the value of {value!r}, but while a graph is traced there is none, and "
                "eagernb has no operation for this call. Use operations of tf or eagernb.numpy, or run this part "
                "eagerly."
            )
    result = _on_values(function, args, kwargs)
    if any(map(_is_followed, tensors)) and any(map(_is_inexact, nest.flatten(result))):
        warnings.warn(
            f"eagernb has no operation for this call of numpy.{_name(function)}: NumPy computed it from the values, "
            "and gradients stop there. Use operations of tf or eagernb.numpy for a gradient, or tf.stop_gradient(x) "
            "if none is meant to flow.",
            GradientStopsWarning,
            stacklevel=4,
        )
    return result


def _on_values(function: Callable[..., Any], args: Any, kwargs: Any) -> Any:
    values = [np.asarray(v) if is_dense_tensor(v) else v for v in nest.flatten([args, kwargs])]
    args, kwargs = nest.pack([args, kwargs], values)
    return function(*args, **kwargs)


def _name(function: Any) -> str:
    module = getattr(function, "__module__", None) or ""
    owner = getattr(function, "__self__", None)
    name = f"{owner.__name__}.{function.__name__}" if isinstance(owner, np.ufunc) else function.__name__
    return f"{module.removeprefix('numpy.')}.{name}" if module.startswith(("numpy.linalg", "numpy.fft")) else name


def _is_followed(value: Any) -> bool:
    return isinstance(value, Tensor) and any(handler.follows(value) for handler in active_handlers())


def _is_inexact(value: Any) -> bool:
    return isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in "fc"


def _install(cls: Any) -> None:
    cls.__array_ufunc__ = array_ufunc
    cls.__array_function__ = array_function


_install(Tensor)
_install(Variable)


def _array_namespace(self: Any, /, *, api_version: str | None = None) -> Any:
    """The Array API standard's functions on tensors: ``eagernb.numpy``."""
    namespace = import_module("eagernb.numpy")
    if api_version is not None and api_version > namespace.__array_api_version__:
        raise ValueError(
            f"eagernb.numpy follows version {namespace.__array_api_version__} of the Array API standard, "
            f"not {api_version}."
        )
    return namespace


def _dlpack(self: Any, **options: Any) -> Any:
    """A DLPack capsule of the tensor's value, for another library's ``from_dlpack``."""
    return import_module("eagernb.core.dlpack").export(self, **options)


def _dlpack_device(self: Any) -> tuple[int, int]:
    """Where the tensor is, in DLPack's numbers."""
    return import_module("eagernb.core.dlpack").CPU


Tensor.__array_namespace__ = _array_namespace  # type: ignore[attr-defined]
EagerTensor.__dlpack__, EagerTensor.__dlpack_device__ = _dlpack, _dlpack_device
