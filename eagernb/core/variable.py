"""Variable: a tensor's place that can be assigned to."""

from __future__ import annotations

from itertools import count
from typing import Any

import numpy as np

from eagernb.core import printing
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import current, suspended
from eagernb.core.dtypes import DType, of_array
from eagernb.core.op import READ, Op, Rule, register
from eagernb.core.shape import Dims, TensorShape
from eagernb.core.tensor import EagerTensor, Reference, Symbol, Tensor, key_of

_serial = count(1)

READ_VARIABLE = register(
    Op(
        "read_variable",
        ("variable",),
        kernel=lambda variable: variable._array,
        infer=lambda spec: spec,
        rules=(Rule.of(lambda g: g),),
        label="read",
        family="state",
        effect=READ,
    )
)


class Variable:
    """A value that lasts and changes: ``assign`` replaces it, every read gives the present one.

    ``initial_value`` is anything that ``convert_to_tensor`` takes, or a callable that returns it, which runs eagerly
    even while a graph is traced. A ``shape`` with None in it lets later values differ there. Gradient tapes watch a
    trainable variable by themselves as soon as it is read.

    >>> v = Variable([1.0, 2.0], name="v")
    >>> v.assign_add([1.0, 1.0]).numpy()
    array([2., 3.], dtype=float32)
    """

    __slots__ = ("__weakref__", "_array", "_key", "_serial", "_shape", "_trainable", "name")

    __array_priority__ = 100

    _array: Any  # replaced by assign, never changed in place: tensors that were read share it
    _key: int

    def __init__(
        self,
        initial_value: Any = None,
        trainable: bool | None = None,
        validate_shape: bool = True,
        caching_device: Any = None,
        name: str | None = None,
        variable_def: Any = None,
        dtype: Any = None,
        import_scope: Any = None,
        constraint: Any = None,
        synchronization: Any = None,
        aggregation: Any = None,
        shape: Any = None,
    ) -> None:
        if initial_value is None:
            raise ValueError("A Variable needs an initial_value: a number, list, array or tensor.")
        if callable(initial_value):
            with suspended():
                initial_value = initial_value()
        value = convert_to_tensor(initial_value, dtype)
        if isinstance(value, Symbol):
            raise ValueError(
                f"A Variable's initial value must be concrete, but this is a symbol of the graph being traced: "
                f"{value!r}. Create the variable before the traced code, and assign to it inside."
            )
        self._array = np.array(value._array)
        self._shape = value.shape if shape is None else TensorShape(shape)
        if not self._shape.is_compatible_with(value.shape):
            raise ValueError(f"A Variable of shape {self._shape} cannot start with a value of shape {value.shape}.")
        self._key = 0
        key_of(self)
        self._serial = next(_serial)
        self._trainable = True if trainable is None else bool(trainable)
        self.name = f"{name or 'Variable'}:0"
        handler = current()
        if handler is not None:
            handler.created(self)

    @property
    def _handle(self) -> Variable:
        """What operations refer to."""
        return self

    @property
    def trainable(self) -> bool:
        return self._trainable

    @property
    def dtype(self) -> DType:
        return of_array(self._array)

    @property
    def shape(self) -> TensorShape:
        """The shape that values must fit: the first value's, or what the ``shape`` argument said."""
        return self._shape

    @property
    def _dims(self) -> Dims:
        return tuple(self._shape)

    @property
    def device(self) -> str:
        return "/job:localhost/replica:0/task:0/device:CPU:0"

    def read_value(self) -> Tensor:
        """The present value as a Tensor, which later assignments do not change."""
        handler = current()
        if handler is not None and not handler.passive:
            return handler.handle(READ_VARIABLE, (self._handle,), {})
        value = EagerTensor(self._array)
        while handler is not None:
            handler.note(READ_VARIABLE, (self._handle,), {}, value)
            handler = handler.outer
        return value

    value = read_value

    def __tf_tensor__(self, dtype: Any = None, name: str | None = None) -> Tensor:
        return self.read_value()

    def numpy(self) -> Any:
        """The present value as a NumPy array of its own (a scalar for rank 0)."""
        return self._array.copy() if self._array.ndim else self._array[()]

    def ref(self) -> Reference:
        """A hashable stand-in, for sets and dict keys."""
        return Reference(self)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return EagerTensor(self._array).__array__(dtype, copy)

    def __hash__(self) -> int:
        raise TypeError("Variable is unhashable. Instead, use variable.ref() as the key.")

    def __repr__(self) -> str:
        return printing.variable_repr(self.name, self._array)


class UnreadVariable(Variable):
    """What assigning gives: the same variable under another name, as TensorFlow shows it."""

    __slots__ = ("_handle",)

    def __init__(self, variable: Variable) -> None:
        self._handle = variable  # type: ignore[misc]
        self.name = "UnreadVariable"

    def __getattr__(self, name: str) -> Any:
        return getattr(self._handle, name)
