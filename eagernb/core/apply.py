"""Calling an op: turn the arguments into tensors of one dtype, and dispatch.

``unary`` and ``binary`` make the public function of an op, with a short way for the common case (the arguments are
tensors of a dtype that the op takes): it is what a user's `a + b` costs over NumPy's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.convert import array_from, convert_to_tensor, is_tensor
from eagernb.core.dispatch import KERNEL_ERRORS, check_dtypes, current, dispatch, explain, spec_of
from eagernb.core.op import Op
from eagernb.core.tensor import EagerTensor, Tensor


def apply(op: Op, inputs: Sequence[Any], **params: Any) -> Any:
    """Carry out an op on anything that can be converted to tensors; DTypeError if their dtypes do not go together."""
    __tracebackhide__ = True
    tensors = as_tensors(op, inputs)
    specs = [spec_of(t) for t in tensors]
    try:
        check_dtypes(op, specs)
    except TypeError as error:
        raise explain(op, specs, params, error) from None
    return dispatch(op, tensors, params)


def as_tensors(op: Op, inputs: Sequence[Any]) -> list[Tensor]:
    """The inputs as tensors; among those that share a dtype, a tensor's decides for Python and NumPy values."""
    tensors = [x if isinstance(x, Tensor) else x.__tf_tensor__() if is_tensor(x) else x for x in inputs]
    typed = op.typed_positions(len(inputs))
    dtype = next((tensors[i].dtype for i in typed if isinstance(tensors[i], Tensor)), None)
    for i, value in enumerate(tensors):
        if isinstance(value, Tensor):
            continue
        if i in typed:
            tensors[i] = value = _operand(value, dtype)
            dtype = dtype or value.dtype
        else:
            tensors[i] = convert_to_tensor(value)
    return tensors


def _operand(value: Any, dtype: dtypes.DType | None) -> Tensor:
    """Convert the other operand of a tensor: numbers and arrays adopt its dtype."""
    if dtype is None or isinstance(value, (list, tuple)):
        return convert_to_tensor(value, dtype)
    return EagerTensor(array_from(value, dtype))


def unary(op: Op) -> Callable[..., Tensor]:
    """The public function of an op with one tensor input."""
    kernel, allowed = op.kernel, op.dtypes

    def call(x: Any, name: str | None = None) -> Tensor:
        __tracebackhide__ = True
        if x.__class__ is EagerTensor and x._array.dtype in allowed:
            handler = current()
            if handler is not None:
                return handler.handle(op, (x,), {})
            try:
                return EagerTensor(kernel(x._array))
            except KERNEL_ERRORS:
                pass  # the careful way below says what is wrong
        return apply(op, (x,))

    return _named(call, op)


def binary(op: Op, **params: Any) -> Callable[..., Tensor]:
    """The public function of an op with two tensor inputs of one dtype; ``params`` must be the kernel's defaults."""
    kernel, allowed = op.kernel, op.dtypes

    def call(x: Any, y: Any, name: str | None = None) -> Tensor:
        __tracebackhide__ = True
        if x.__class__ is EagerTensor and y.__class__ is EagerTensor:
            a, b = x._array, y._array
            if (dtype := a.dtype) is b.dtype and dtype in allowed:
                handler = current()
                if handler is not None:
                    return handler.handle(op, (x, y), params)
                try:
                    return EagerTensor(kernel(a, b))
                except KERNEL_ERRORS:
                    pass  # the careful way below says what is wrong
        return apply(op, (x, y), **params)

    return _named(call, op)


def _named(function: Callable[..., Tensor], op: Op) -> Callable[..., Tensor]:
    function.__name__ = function.__qualname__ = op.name
    function.op = op  # type: ignore[attr-defined]
    return function


def scalar_like(value: float, x: Tensor) -> Tensor:
    """A 0-d tensor of x's dtype: gradient rules multiply by constants without widening."""
    return EagerTensor(np.array(value, x.dtype.numpy))
