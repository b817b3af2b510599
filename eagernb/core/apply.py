"""Calling an op: turn the arguments into tensors of one dtype, and carry it out.

``unary`` and ``binary`` make the public function of an op, with a short way for the common case (the arguments are
tensors of a dtype that the op takes): it is what a user's `a + b` costs over NumPy's.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.composite import Composite
from eagernb.core.convert import array_from, convert_to_tensor, is_dense_tensor
from eagernb.core.dispatch import KERNEL_ERRORS, check_dtypes, current, dispatch, explain, on_all_cores, spec_of
from eagernb.core.large import LARGE
from eagernb.core.op import Op
from eagernb.core.python_values import shorten
from eagernb.core.shape import TensorShape
from eagernb.core.tensor import EagerTensor, Symbol, Tensor
from eagernb.errors import DTypeError


def apply(op: Op, inputs: Sequence[Any], **params: Any) -> Any:
    """Carry out an op on anything that can be converted to tensors; DTypeError if their dtypes do not go together."""
    __tracebackhide__ = True
    if op.effect is not None:
        return _apply_carefully(op, inputs, params)
    arrays = []
    for x in inputs:
        if x.__class__ is not EagerTensor:
            return _apply_carefully(op, inputs, params)
        arrays.append(x._array)
    dtype = None
    for i in op.typed if not op.variadic else op.typed_positions(len(arrays)):
        if dtype is None:
            dtype = arrays[i].dtype
        if arrays[i].dtype is not dtype or dtype not in op.dtypes:
            return _apply_carefully(op, inputs, params)
    handler = current()
    if handler is not None and not handler.passive:
        return handler.handle(op, inputs, params)
    try:
        result = op.kernel(*arrays, **params)
    except KERNEL_ERRORS as error:
        raise explain(op, [spec_of(x) for x in inputs], params, error) from None
    if op.multiple:
        result = tuple(map(EagerTensor._of, result))
    else:
        array, result = result, EagerTensor()
        result._array, result._key = array, 0
    while handler is not None:
        handler.note(op, inputs, params, result)
        handler = handler.outer
    return result


def _apply_carefully(op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
    __tracebackhide__ = True
    if len(inputs) == 1 and isinstance(inputs[0], Composite):
        return inputs[0]._applied(op, params)
    tensors = as_tensors(op, inputs)
    handler = current()
    if handler is not None and handler.infers:
        return handler.handle(op, tensors, params)
    specs = [spec_of(t) for t in tensors]
    try:
        check_dtypes(op, specs)
    except TypeError as error:
        raise explain(op, specs, params, error) from None
    return dispatch(op, tensors, params)


def as_tensors(op: Op, inputs: Sequence[Any]) -> list[Tensor]:
    """The inputs as tensors; among those that share a dtype, a tensor's decides for Python and NumPy values.

    Where there is no tensor among them, an op that takes one dtype only, such as ``logical_and``, decides.
    """
    tensors = [x if isinstance(x, Tensor) or not hasattr(x, "__tf_tensor__") else x.__tf_tensor__() for x in inputs]
    typed = op.typed_positions(len(inputs))
    only = dtypes.OF_NUMPY[next(iter(op.dtypes))] if len(op.dtypes) == 1 else None
    dtype = next((tensors[i].dtype for i in typed if isinstance(tensors[i], Tensor)), only)
    for i, value in enumerate(tensors):
        if isinstance(value, Tensor):
            continue
        if i in typed:
            tensors[i] = value = _operand(op, value, dtype)
            dtype = dtype or value.dtype
        else:
            tensors[i] = convert_to_tensor(value)
    return tensors


def _operand(op: Op, value: Any, dtype: dtypes.DType | None) -> Tensor:
    """Convert the other operand of a tensor: numbers and arrays adopt its dtype."""
    if dtype is None:
        return convert_to_tensor(value)
    try:
        if isinstance(value, (list, tuple, TensorShape)):
            return convert_to_tensor(value, dtype)
        return EagerTensor._of(array_from(value, dtype))
    except DTypeError as error:
        raise _misfit(op, value, dtype, error) from None


def _misfit(op: Op, value: Any, dtype: dtypes.DType, error: DTypeError) -> DTypeError:
    try:
        own = convert_to_tensor(value).dtype
    except (TypeError, ValueError):  # it is no tensor at all
        return error
    remedy = f"Use tf.cast(x, tf.{own.name}) on the tensor" if own.is_floating or own.is_complex else "Use tf.cast"
    return DTypeError(
        f"{op.name} of {dtype.name} and {shorten(value)}: a Python value takes the tensor's dtype, but {own.name} does "
        f"not become {dtype.name} by itself. {remedy}.", op.name,
    )  # fmt: skip


def unary(op: Op, **params: Any) -> Callable[..., Tensor]:
    """The public function of an op with one tensor input, for these params; None and False are the kernel's own."""
    defaults = all(value is None or value is False for value in params.values())
    kernel, allowed = op.kernel if defaults else partial(op.kernel, **params), op.dtypes
    large = LARGE if isinstance(kernel, np.ufunc) else sys.maxsize

    def call(x: Any, name: str | None = None) -> Tensor:
        __tracebackhide__ = True
        if x.__class__ is not EagerTensor or x._array.dtype not in allowed:
            return _apply_carefully(op, (x,), params)
        handler = current()
        if handler is not None and not handler.passive:
            return handler.handle(op, (x,), params)
        a = x._array
        try:
            array = kernel(a) if a.nbytes < large else on_all_cores(op, a)
        except KERNEL_ERRORS as error:
            raise explain(op, [spec_of(x)], params, error) from None
        out = EagerTensor()
        out._array, out._key = array, 0
        while handler is not None:
            handler.note(op, (x,), params, out)
            handler = handler.outer
        return out

    return _named(call, op)


def binary(
    op: Op, otherwise: Callable[..., Any] | None = None, first_decides: bool = False, **params: Any
) -> Callable[..., Tensor]:
    """The public function of an op with two tensor inputs of one dtype, for these params (the kernel's are False).

    ``otherwise(op, inputs, params)`` is called for what the short way is not for. ``first_decides``: a number or array
    before a tensor keeps its own dtype (``tf.add(1, x)`` of floats raises, while ``1 + x`` does not).
    """
    kernel, allowed = partial(op.kernel, **params) if any(params.values()) else op.kernel, op.dtypes
    carefully = otherwise or _apply_carefully
    large = LARGE if isinstance(kernel, np.ufunc) else sys.maxsize

    def call(x: Any, y: Any, name: str | None = None) -> Tensor:
        __tracebackhide__ = True
        if x.__class__ is not EagerTensor or y.__class__ is not EagerTensor:
            if first_decides and not is_dense_tensor(x):
                x = convert_to_tensor(x)
            x = quick_operand(x, y)
            y = quick_operand(y, x)
            if x.__class__ is not EagerTensor:
                x = quick_operand(x, y)  # a number left of a variable
            if x.__class__ is not EagerTensor or y.__class__ is not EagerTensor:
                return carefully(op, (x, y), params)
        a, b = x._array, y._array
        if (dtype := a.dtype) is not b.dtype or dtype not in allowed:
            return carefully(op, (x, y), params)
        handler = current()
        if handler is not None and not handler.passive:
            return handler.handle(op, (x, y), params)
        try:
            array = kernel(a, b) if a.nbytes + b.nbytes < large else on_all_cores(op, a, b)
        except KERNEL_ERRORS as error:
            raise explain(op, [spec_of(x), spec_of(y)], params, error) from None
        out = EagerTensor()
        out._array, out._key = array, 0
        while handler is not None:
            handler.note(op, (x, y), params, out)
            handler = handler.outer
        return out

    return _named(call, op)


def quick_operand(value: Any, other: Any) -> Any:
    """A variable's value, or a small Python number in the other operand's dtype; anything else as it is."""
    kind = value.__class__
    if kind is EagerTensor or kind is Symbol:
        return value
    if kind is float or kind is int:
        # Any other number and any other dtype go the careful way: a number may be out of range for its dtype.
        if -100 <= value <= 100:
            if other.__class__ is EagerTensor:
                dtype = other._array.dtype
            elif other.__class__ is Symbol:
                dtype = other._spec.dtype.numpy
            else:
                return value
            if dtype.kind == "f":
                return EagerTensor._of(np.array(value, dtype))
        return value
    return value.__tf_tensor__() if hasattr(kind, "__tf_tensor__") else value


def _named(function: Callable[..., Tensor], op: Op) -> Callable[..., Tensor]:
    function.__name__ = function.__qualname__ = op.name
    function.op = op  # type: ignore[attr-defined]
    return function


def scalar_like(value: float, x: Tensor) -> Tensor:
    """A 0-d tensor of x's dtype: gradient rules multiply by constants without widening."""
    return EagerTensor._of(np.array(value, x.dtype.numpy))
