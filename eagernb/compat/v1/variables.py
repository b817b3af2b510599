"""Variables of a static graph: each session holds a value of its own for them.

>>> import eagernb as tf
>>> with tf.Graph().as_default() as graph:
...     v = tf.Variable(1.0, name="v")
...     bigger = v.assign_add(1.0)
>>> with tf.compat.v1.Session(graph=graph) as session:
...     session.run(v.initializer)
...     session.run(bigger), session.run(bigger)
(np.float32(2.0), np.float32(3.0))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eagernb.compat.v1.collections import GraphKeys
from eagernb.compat.v1.operation import GraphTensor
from eagernb.compat.v1.ops import ASSIGN, IS_INITIALIZED
from eagernb.compat.v1.values import Place, running_values
from eagernb.core import dtypes
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import dispatch, static_graph
from eagernb.core.name_scope import name_scope, scoped
from eagernb.core.shape import Dims, TensorShape
from eagernb.core.tensor import Tensor
from eagernb.core.variable import READ_VARIABLE, Variable, VariableAggregation, VariableSynchronization
from eagernb.graph.ir import VARIABLE
from eagernb.ops import slicing
from eagernb.ops.variable_slices import OfVariable


class GraphVariable(Variable):
    """A variable of a static graph. What tf.Variable makes there: its initializer has to run before it is read."""

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
        collections: Sequence[str] | None = None,
        experimental_enable_variable_lifting: bool | None = None,
    ) -> None:
        if initial_value is None:
            raise ValueError("initial_value must be specified: a number, list, array or tensor.")
        graph = self._in_graph()
        name = name or "Variable"
        scope = name[:-1] if name.endswith("/") else graph.unique_name(scoped(name))
        self._set_role(trainable, constraint, synchronization, aggregation)
        with graph.control_dependencies(None):  # a variable is made at once, whatever is to come after what
            with name_scope(f"{scope}/Initializer/"):
                start = convert_to_tensor(initial_value() if callable(initial_value) else initial_value, dtype)
                if not hasattr(start, "op") or start.op is None:
                    start = graph.constant(start._array, "initial_value")
            self._initial_value: Any = start
            self._shape = TensorShape((start.shape if validate_shape else None) if shape is None else shape)
            self._dtype = start.dtype
            self._make(scope)
            with name_scope(scope + "/"):
                self._initializer = graph.add_operation(ASSIGN, (self, start), {}, "Assign")
                with name_scope(scope + "/Read/"):
                    self._snapshot = graph.add(READ_VARIABLE, (self,), {}, "ReadVariableOp")[0]
        chosen = [GraphKeys.GLOBAL_VARIABLES] if collections is None else list(collections)
        if self._trainable and GraphKeys.TRAINABLE_VARIABLES not in chosen:
            chosen.append(GraphKeys.TRAINABLE_VARIABLES)
        graph.add_to_collections(chosen, self)

    @classmethod
    def imported(cls, name: str, shape: Any, dtype: dtypes.DType) -> GraphVariable:
        """The variable of an imported GraphDef, whose initializer, if any, is among the imported operations."""
        self = object.__new__(cls)
        self._in_graph()
        self._shape, self._dtype = TensorShape(shape), dtype
        self._set_role()
        self._initial_value = self._initializer = self._snapshot = None
        self._make(name)
        return self

    def _in_graph(self) -> Any:
        self._graph = static_graph()
        return self._graph

    def _make(self, name: str) -> None:
        self._number()
        self._name = f"{name}:0"
        self.handle = self._graph.add(VARIABLE, (), {"variable": self}, f"{name}/")[0]

    # A variable of a graph is compared and hashed by identity, like its tensors.
    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __hash__(self) -> int:
        return id(self)

    @property
    def _array(self) -> Any:
        return self._place()._array

    @_array.setter
    def _array(self, value: Any) -> None:
        self._place()._array = value

    def _place(self) -> Place:
        """Where the session that is running keeps its value; RuntimeError outside of any."""
        values = running_values()
        if values is None:
            raise RuntimeError(
                f"{self!r} is a variable of a static graph: it has a value in a session only. Evaluate it with "
                "tf.compat.v1.Session().run(variable), and assign to it inside of `with graph.as_default():`."
            )
        return values.place_of(self)

    @property
    def has_value(self) -> bool:
        """Whether it is initialized in the session that is running."""
        return self._place().has_value

    @property
    def dtype(self) -> dtypes.DType:
        return self._dtype

    @property
    def _dims(self) -> Dims:
        return self._shape._known()

    @property
    def op(self) -> Any:
        return self.handle.op

    @property
    def graph(self) -> Any:
        return self._graph

    @property
    def initializer(self) -> Any:
        """The operation that gives it its first value."""
        return self._initializer

    @property
    def initial_value(self) -> Any:
        """The tensor that it starts with."""
        return self._initial_value

    def initialized_value(self) -> Any:
        """What it starts with: to be used in the first value of another variable."""
        return self._initial_value

    def is_initialized(self, name: str | None = None) -> Tensor:
        """Whether it has a value in the session that runs this."""
        return dispatch(IS_INITIALIZED, (self,), {})

    def _as_graph_element(self) -> Any:
        return self._snapshot if self._snapshot is not None else self.handle

    def _assigned(self, value: Any) -> AssignedVariable:
        return AssignedVariable(self, value)

    def eval(self, session: Any = None) -> Any:
        """Its value in the session that is the default now."""
        return self._as_graph_element().eval(session=session)

    def load(self, value: Any, session: Any = None) -> None:
        """Set its value in a session, without an operation."""
        initializer = self._initializer
        initializer.run({initializer.inputs[1]: value}, session)

    def assign(
        self, value: Any, use_locking: bool | None = None, name: str | None = None, read_value: bool = True
    ) -> Any:
        """The operation that sets the value; it must have the variable's shape and dtype."""
        new, graph = convert_to_tensor(value, self.dtype), static_graph()
        if graph is None:  # in a branch, or the body of a loop
            result = self._assigned(dispatch(ASSIGN, (self, new), {}))
        else:
            result = self._assigned(graph.add(ASSIGN, (self, new), {}, name or "AssignVariableOp")[0])
        return result if read_value else result.op

    def __getitem__(self, key: Any) -> Any:
        part: Any = slicing.getitem(self.read_value(), key)
        return part if slicing.is_mask(key) else GraphSlice(part, self, slicing.late_key(key))

    def numpy(self) -> Any:
        """NotImplementedError: in a graph there is no value to be had."""
        raise NotImplementedError(
            "numpy() is only available when eager execution is enabled. Use tf.compat.v1.Session().run(variable)."
        )

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        return self.numpy()

    def __copy__(self) -> GraphVariable:
        return self

    def __deepcopy__(self, memo: Any) -> GraphVariable:
        raise NotImplementedError("__deepcopy__() is only available when eager execution is enabled.")

    def __reduce__(self) -> Any:
        raise TypeError("A variable of a static graph cannot be pickled: its values are in sessions.")

    def __repr__(self) -> str:
        return f"<tf.Variable '{self.name}' shape={self.shape} dtype={self.dtype.name}>"


class GraphSlice(OfVariable, GraphTensor):
    """A part of a variable in a static graph, through which it can be assigned to."""

    __slots__ = ("_slice", "_variable")

    def __init__(self, part: GraphTensor, variable: GraphVariable, key: Any) -> None:
        super().__init__(part._value, part.op)
        self._key = part._key
        self._variable, self._slice = variable, key


class AssignedVariable(GraphVariable):
    """What assigning in a graph gives: to run it assigns, and gives the new value."""

    def __init__(self, variable: GraphVariable, value: Any) -> None:
        self._variable, self._new_value = variable, value
        self._name = value.name.partition(":")[0]  # in a branch, the value is of the sub-graph

    def __getattr__(self, name: str) -> Any:
        return getattr(self._variable, name)

    @property
    def _handle(self) -> Any:
        return self._variable

    @property
    def dtype(self) -> dtypes.DType:
        return self._variable.dtype

    @property
    def shape(self) -> TensorShape:
        return self._variable.shape

    @property
    def _dims(self) -> Dims:
        return self._variable._dims

    @property
    def op(self) -> Any:
        """The operation that assigns."""
        return self._new_value.op

    def read_value(self) -> Any:
        """The value that was assigned."""
        return self._new_value

    value = read_value

    def __tf_tensor__(self, dtype: Any = None, name: str | None = None) -> Any:
        return self._new_value

    def _as_graph_element(self) -> Any:
        return self._new_value
