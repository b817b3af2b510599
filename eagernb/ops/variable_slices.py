"""Slices of variables, which can be assigned to.

>>> import eagernb as tf
>>> v = tf.Variable([1.0, 2.0, 3.0])
>>> v[1:].assign([20.0, 30.0]).numpy()
array([ 1., 20., 30.], dtype=float32)
"""

from __future__ import annotations

from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor, Symbol, Tensor
from eagernb.core.variable import UnreadVariable, Variable
from eagernb.ops import slicing
from eagernb.ops.slicing import Key, is_mask, late_key, numpy_key, sliced_spec
from eagernb.ops.state import change, updating


def _set_slice(array: Any, value: Any, key: Key) -> None:
    array[numpy_key(key)] = value


def _slice_spec(variable: TensorSpec, value: TensorSpec, key: Key) -> TensorSpec:
    target = sliced_spec(variable, key).dims
    extra = max(len(value.dims) - len(target), 0)
    pairs = zip(reversed(value.dims[extra:]), reversed(target), strict=False)
    fits = all(d in (1, None) for d in value.dims[:extra]) and all(d in (1, None, t) or t is None for d, t in pairs)
    if not fits:
        raise ValueError(f"a value of shape {list(value.dims)} cannot be broadcast to the slice's shape {list(target)}")
    return variable


ASSIGN_SLICE = updating("assign_slice", _set_slice, _slice_spec, ("value",), label="[…] :=")


class OfVariable:
    """What indexing a variable gives: a tensor of the present values, through which they can also be assigned to."""

    __slots__ = ()

    _variable: Variable
    _slice: Key

    def assign(self, value: Any, name: str | None = None) -> UnreadVariable:
        """Set this part of the variable; the value is broadcast to its shape."""
        __tracebackhide__ = True
        return change(ASSIGN_SLICE, self._variable, convert_to_tensor(value, self._variable.dtype), key=self._slice)


class VariableSlice(OfVariable, EagerTensor):
    """A part of a variable, with its value."""

    __slots__ = ("_part", "_slice", "_variable")


class SymbolicSlice(OfVariable, Symbol):
    """A part of a variable in a graph that is being traced."""

    __slots__ = ("_slice", "_variable")


def getitem(variable: Variable, key: Any) -> Tensor:
    """``variable[key]``, with an ``assign`` of its own unless the key is a mask."""
    part = slicing.getitem(variable.read_value(), key)
    if is_mask(key):
        return part
    result: Any
    if isinstance(part, Symbol):
        result = SymbolicSlice(part._value, part._spec, part._tracer, part._line)
    else:
        result = VariableSlice._of(part._array)
        result._part = part  # a ForwardAccumulator follows that one, as long as it lives
    result._key = part._key
    result._variable, result._slice = variable._handle, late_key(key)
    return result
