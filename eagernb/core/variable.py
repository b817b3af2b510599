"""Variable: a tensor's place that can be assigned to.

Its methods that are ops are put on the class from the floor below: ``assign``, ``assign_add``, ``assign_sub`` and
``count_up_to`` by ops/state.py; the operators, ``v[...]`` and the scatter updates by ops/methods.py.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import count
from typing import Any

import numpy as np

from eagernb.core import printing
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import current, static_graph, suspended
from eagernb.core.dtypes import DType, of_array
from eagernb.core.name_scope import scoped
from eagernb.core.op import PASS_ON, READ, Op, register
from eagernb.core.shape import Dims, TensorShape
from eagernb.core.tensor import CPU, EagerTensor, Reference, Symbol, Tensor, key_of, leaving
from eagernb.core.variable_creators import VariableMetaclass
from eagernb.errors import InaccessibleTensorError

_serials = count(1)

READ_VARIABLE = register(
    Op(
        "read_variable",
        ("variable",),
        kernel=lambda variable: variable._array,
        infer=lambda spec: spec,
        rules=(PASS_ON,),
        label="read",
        family="state",
        linear=True,
        effect=READ,
    )
)


class VariableSynchronization(Enum):
    """When the copies of a distributed variable are brought together. Here there is one copy, so all are alike.

    >>> Variable(1.0, synchronization=VariableSynchronization.ON_READ).synchronization.name
    'ON_READ'
    """

    AUTO = 0
    NONE = 1
    ON_WRITE = 2
    ON_READ = 3


class VariableAggregation(Enum):
    """How the copies of a distributed variable are brought together. Here there is one copy, so all are alike.

    >>> Variable(1.0, aggregation=VariableAggregation.MEAN).aggregation.name
    'MEAN'
    """

    NONE = 0
    SUM = 1
    MEAN = 2
    ONLY_FIRST_REPLICA = 3


class Variable(metaclass=VariableMetaclass):
    """A value that lasts and changes: ``assign`` replaces it, every read gives the present one.

    ``initial_value`` is anything that ``convert_to_tensor`` takes, or a callable that returns it, which runs eagerly
    even while a graph is traced, unless it needs tensors of the graph. A value that the graph computes is there as soon
    as the graph has run. A ``shape`` with None in it lets later values differ there. Gradient tapes watch a trainable
    variable by themselves as soon as it is read. ``constraint`` is kept for optimizers, which apply it to the value
    after each of their steps.

    >>> v = Variable([1.0, 2.0], name="v")
    >>> v.assign_add([1.0, 1.0]).numpy()
    array([2., 3.], dtype=float32)
    """

    __array_priority__ = 100

    _array: Any  # replaced by assign, never changed in place: tensors that were read share it
    _nothing_yet: Any = None  # the array that it has until a graph gives it its first value
    _key: int

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        graph = static_graph() if cls is Variable else None
        return object.__new__(cls if graph is None else graph.variable_class)

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
        constraint: Callable[[Tensor], Tensor] | None = None,
        synchronization: VariableSynchronization = VariableSynchronization.AUTO,
        aggregation: VariableAggregation = VariableAggregation.NONE,
        shape: Any = None,
        experimental_enable_variable_lifting: bool | None = None,
    ) -> None:
        if initial_value is None:
            raise ValueError("A Variable needs an initial_value: a number, list, array or tensor.")
        if name is not None and not isinstance(name, str):
            raise ValueError(f"A Variable's name must be a string, not {name!r}.")
        if constraint is not None and not callable(constraint):
            raise ValueError(f"constraint must be None or a function of the value, not {constraint!r}.")
        if callable(initial_value):
            initial_value = _value_of_call(initial_value)
        value = convert_to_tensor(initial_value, dtype)
        if isinstance(value, Symbol):  # the graph will say which value that is, when it runs
            self._array = self._nothing_yet = np.zeros([size or 0 for size in value.shape], value.dtype.numpy)
        else:
            self._array = np.array(value._array)
        self._shape = value.shape if shape is None else TensorShape(shape)
        if not self._shape.is_compatible_with(value.shape):
            raise ValueError(f"A Variable of shape {self._shape} cannot start with a value of shape {value.shape}.")
        self._number()
        self._set_role(trainable, constraint, synchronization, aggregation)
        self._name = scoped("Variable" if name is None else name) + ":0"
        handler = current()
        if handler is not None:
            handler.created(self)
            if isinstance(value, Symbol):
                handler.starts_with(self, value)

    def _number(self) -> None:
        """Give it a key of its own, and its place in the order in which variables were made."""
        self._key = 0
        key_of(self)
        self._serial = next(_serials)

    def _set_role(
        self,
        trainable: bool | None = None,
        constraint: Callable[[Tensor], Tensor] | None = None,
        synchronization: VariableSynchronization = VariableSynchronization.AUTO,
        aggregation: VariableAggregation = VariableAggregation.NONE,
    ) -> None:
        on_read = synchronization is VariableSynchronization.ON_READ
        self._trainable = not on_read if trainable is None else bool(trainable)
        self._constraint = constraint
        self._synchronization, self._aggregation = synchronization, aggregation

    @property
    def _handle(self) -> Variable:
        """What operations refer to."""
        return self

    @property
    def name(self) -> str:
        """What it is called, with ":0" at the end, as TensorFlow has it."""
        return self._name

    @property
    def trainable(self) -> bool:
        """Whether tapes watch it by themselves, and modules list it as trainable."""
        return self._trainable

    @property
    def constraint(self) -> Callable[[Tensor], Tensor] | None:
        """What an optimizer applies to the value after each step."""
        return self._constraint

    @property
    def synchronization(self) -> VariableSynchronization:
        """When copies are brought together, as it was given: there is one copy."""
        return self._synchronization

    @property
    def aggregation(self) -> VariableAggregation:
        """How copies are brought together, as it was given: there is one copy."""
        return self._aggregation

    @property
    def dtype(self) -> DType:
        """The type of the elements, a DType; it stays."""
        return of_array(self._array)

    @property
    def shape(self) -> TensorShape:
        """The shape that values must fit: the first value's, or what the ``shape`` argument said."""
        return self._shape

    def get_shape(self) -> TensorShape:
        """The shape, by TensorFlow 1's name."""
        return self.shape

    def set_shape(self, shape: Any) -> None:
        """Say more about the shape, where it was left open; ValueError if that contradicts what is known."""
        self._handle._shape = self._shape.merge_with(shape)

    @property
    def _dims(self) -> Dims:
        return self._array.shape

    @property
    def device(self) -> str:
        """Where the variable lives: always the CPU."""
        return CPU

    @property
    def initializer(self) -> None:
        """Nothing: a variable has its first value as soon as it is made."""
        return None

    @property
    def initial_value(self) -> Any:
        """RuntimeError: the value that a variable began with is known to static graphs only."""
        raise RuntimeError("initial_value is not kept in eager mode. Keep the value that the variable was made from.")

    @property
    def op(self) -> Any:
        """AttributeError: variables have an operation in static graphs only."""
        raise AttributeError("A variable has no op in eager mode, only a value: see .numpy().")

    @property
    def graph(self) -> Any:
        """AttributeError: variables belong to a graph in static graphs only."""
        raise AttributeError("A variable belongs to no graph in eager mode.")

    def _assigned(self, value: Any) -> Any:
        """What assigning gives, whatever value the variable has now."""
        return UnreadVariable(self)

    def is_initialized(self, name: str | None = None) -> Tensor:
        """True, but for a variable whose first value a graph has yet to compute."""
        return EagerTensor._of(np.bool_(self._handle._array is not self._handle._nothing_yet))

    def read_value(self) -> Tensor:
        """The present value as a Tensor, which later assignments do not change."""
        handler = current()
        if handler is not None and not handler.passive:
            return handler.handle(READ_VARIABLE, (self._handle,), {})
        value = EagerTensor._of(self._array)
        while handler is not None:
            handler.note(READ_VARIABLE, (self._handle,), {}, value)
            handler = handler.outer
        return value

    value = read_value

    def __tf_tensor__(self, dtype: Any = None, name: str | None = None) -> Tensor:
        return self.read_value()

    def numpy(self) -> Any:
        """The present value as a NumPy array of its own (a scalar for rank 0)."""
        leaving(self, ".numpy()")
        return self._array.copy() if self._array.ndim else self._array[()]

    def ref(self) -> Reference:
        """A hashable stand-in, for sets and dict keys."""
        return Reference(self)

    experimental_ref = ref

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        leaving(self, "np.asarray()")
        if copy is False:
            raise ValueError("np.asarray(variable) is a copy, since the variable may change; copy=False has none.")
        return np.array(self._array, dtype)

    def __hash__(self) -> int:
        raise TypeError("Variable is unhashable. Instead, use variable.ref() as the key.")

    def __copy__(self) -> Variable:
        return self  # a copy would be the same variable under another name

    def __deepcopy__(self, memo: dict[int, Any]) -> Variable:
        """A variable of its own, with the present value."""
        new = object.__new__(Variable)
        new.__dict__.update(self._handle.__dict__)  # the array may be shared: it is never changed in place
        new._number()
        memo[id(self)] = new
        return new

    def __reduce__(self) -> tuple[Any, ...]:
        arguments = (self.numpy(), self.trainable, True, None, self._handle.name.removesuffix(":0"), None, self.dtype)
        return Variable, (*arguments, None, self.constraint, self.synchronization, self.aggregation, self.shape)

    def __repr__(self) -> str:
        return printing.variable_repr(self.name, self.shape, self._array)


def _value_of_call(make: Callable[[], Any]) -> Any:
    try:
        with suspended():
            return make()
    except InaccessibleTensorError:
        if current() is None:
            raise
        return make()


class UnreadVariable(Variable):
    """What assigning gives: the same variable under another name, as TensorFlow shows it."""

    _handle: Any = None

    def __init__(self, variable: Variable) -> None:
        self._handle = variable
        self._name = "UnreadVariable"

    def __getattr__(self, name: str) -> Any:
        return getattr(self._handle, name)
