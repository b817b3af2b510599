"""get_variable and variable_scope: variables found by their names, so that code run twice can share them.

>>> import eagernb.compat.v1 as tf
>>> with tf.Graph().as_default():
...     with tf.variable_scope("layer"):
...         w = tf.get_variable("w", [2, 3])
...     with tf.variable_scope("layer", reuse=True):
...         same = tf.get_variable("w", [2, 3])
>>> w.name, same is w
('layer/w:0', True)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any
from weakref import WeakKeyDictionary

from eagernb.compat.v1.collections import GraphKeys
from eagernb.compat.v1.initializers import glorot_uniform_initializer, zeros_initializer
from eagernb.compat.v1.variables import GraphVariable
from eagernb.core.convert import is_dense_tensor
from eagernb.core.dispatch import static_graph
from eagernb.core.dtypes import DType, as_dtype, float32
from eagernb.core.name_scope import entered, name_scope
from eagernb.core.shape import TensorShape
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable, VariableAggregation, VariableSynchronization
from eagernb.errors import UnimplementedError


class _ReuseMode(Enum):
    AUTO_REUSE = 1

    def __repr__(self) -> str:
        return "<_ReuseMode.AUTO_REUSE: 1>"


AUTO_REUSE = _ReuseMode.AUTO_REUSE

_REUSE_REMEDY = "Did you mean to set reuse=tf.AUTO_REUSE in VarScope?"


@dataclass(frozen=True)
class VariableScope:
    """What get_variable starts from: a prefix of names, whether variables are made or found, and defaults."""

    name: str = ""
    reuse: bool | _ReuseMode | None = False
    initializer: Any = None
    regularizer: Any = None
    dtype: DType = float32
    constraint: Any = None
    original_name_scope: str = field(default="", compare=False)

    def reuse_variables(self) -> None:
        """From here on, variables are found and not made."""
        object.__setattr__(self, "reuse", True)

    def global_variables(self) -> list[Any]:
        """The variables in this scope."""
        return _of_scope(GraphKeys.GLOBAL_VARIABLES, self.name)

    def trainable_variables(self) -> list[Any]:
        """The trainable variables in this scope."""
        return _of_scope(GraphKeys.TRAINABLE_VARIABLES, self.name)


def _of_scope(collection: str, name: str) -> list[Any]:
    graph = static_graph()
    return [] if graph is None else graph.get_collection(collection, name + "/" if name else None)


_scope: ContextVar[VariableScope] = ContextVar("eagernb_variable_scope", default=VariableScope())  # noqa: B039
_variables: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()  # of each graph, by their names
_counts: WeakKeyDictionary[Any, dict[str, int]] = WeakKeyDictionary()  # of default names


def get_variable_scope() -> VariableScope:
    """The scope that get_variable uses now."""
    return _scope.get()


class variable_scope:
    """A context in which get_variable puts a prefix before names; ``reuse=True`` finds variables, and makes none.

    ``name_or_scope`` is a name, or a scope that ``with variable_scope(...) as scope`` gave, to go back to; None makes
    a name that is not taken from ``default_name``.
    """

    def __init__(
        self, name_or_scope: Any, default_name: str | None = None, values: Any = None, initializer: Any = None,
        regularizer: Any = None, caching_device: Any = None, partitioner: Any = None, custom_getter: Any = None,
        reuse: Any = None, dtype: Any = None, use_resource: bool | None = None, constraint: Any = None,
        auxiliary_name_scope: bool = True,
    ) -> None:  # fmt: skip
        if name_or_scope is None and default_name is None:
            raise TypeError("If default_name is None then name_or_scope is required")
        if reuse not in (True, False, None, AUTO_REUSE):
            raise ValueError("The reuse parameter must be True or False or None.")
        if custom_getter is not None or partitioner is not None:
            raise UnimplementedError("variable_scope: custom_getter and partitioner are not supported. Leave them out.")
        if isinstance(name_or_scope, str) and not name_or_scope and default_name is None:
            auxiliary_name_scope = False
        self._given, self._default_name = name_or_scope, default_name
        self._changes = {
            "initializer": initializer, "regularizer": regularizer, "constraint": constraint,
            "dtype": None if dtype is None else as_dtype(dtype),
        }  # fmt: skip
        self._reuse = reuse
        self._names = auxiliary_name_scope

    def __enter__(self) -> VariableScope:
        outer = _scope.get()
        changes = {name: value for name, value in self._changes.items() if value is not None}
        reuse = self._reuse
        if isinstance(self._given, VariableScope):
            base, name = self._given, self._given.name
            opened = name.rpartition("/")[2]
            reuse = base.reuse if reuse is None else reuse
        else:
            base, opened = outer, self._given
            if opened is None:
                opened = _unique_default(outer.name, self._default_name)
                if reuse is True:
                    raise ValueError("reuse=True cannot be used without a name_or_scope")
            name = f"{outer.name}/{opened}" if outer.name else opened
        if not reuse:
            reuse = outer.reuse  # what is reused outside is reused inside too
        self._context = name_scope(opened) if self._names and opened else None
        inside = self._context.__enter__() if self._context else ""
        scope = replace(base, name=name, reuse=reuse, original_name_scope=inside, **changes)
        self._token = _scope.set(scope)
        return scope

    def __exit__(self, *error: Any) -> None:
        _scope.reset(self._token)
        if self._context:
            self._context.__exit__(*error)


def _unique_default(prefix: str, name: Any) -> str:
    graph = static_graph()
    counts = _counts.setdefault(graph, {}) if graph is not None else {}
    key = f"{prefix}/{name}"
    count = counts.get(key, 0)
    counts[key] = count + 1
    return f"{name}_{count}" if count else name


@contextmanager
def variable_op_scope(
    values: Any, name_or_scope: Any, default_name: str | None = None, **options: Any
) -> Iterator[Any]:
    """``variable_scope`` with its arguments in an older order."""
    with variable_scope(name_or_scope, default_name, values, **options) as scope:
        yield scope


def get_variable(
    name: str, shape: Any = None, dtype: Any = None, initializer: Any = None, regularizer: Any = None,
    trainable: bool | None = None, collections: Sequence[str] | None = None, caching_device: Any = None,
    partitioner: Any = None, validate_shape: bool = True, use_resource: bool | None = None,
    custom_getter: Any = None, constraint: Callable[[Tensor], Tensor] | None = None,
    synchronization: VariableSynchronization = VariableSynchronization.AUTO,
    aggregation: VariableAggregation = VariableAggregation.NONE,
) -> Any:  # fmt: skip
    """The variable of this name in the present variable_scope: made, or found where the scope says ``reuse``.

    ``initializer`` is called with the shape and dtype, or is a value; by default Glorot's uniform numbers (zeros for
    integers). What a ``regularizer`` gives for the variable is put into the collection "regularization_losses".

    ValueError for a name that is taken, or for one that is not there with ``reuse=True``.
    """
    if not name:
        raise ValueError("Need a name to use get_variable")
    if custom_getter is not None or partitioner is not None:
        raise UnimplementedError("get_variable: custom_getter and partitioner are not supported. Leave them out.")
    scope, graph = _scope.get(), static_graph()
    full = f"{scope.name}/{name}" if scope.name else name
    known = _variables.setdefault(graph, {}) if graph is not None else {}
    if full in known:
        return _found(full, known[full], shape, dtype, scope)
    if scope.reuse is True:
        raise ValueError(f"Variable {full} does not exist, or was not created with tf.get_variable(). {_REUSE_REMEDY}")
    dtype = scope.dtype if dtype is None else as_dtype(dtype)
    initial = _initial_value(full, shape, dtype, scope.initializer if initializer is None else initializer)
    options: dict[str, Any] = {
        "trainable": trainable, "validate_shape": validate_shape, "dtype": dtype,
        "constraint": scope.constraint if constraint is None else constraint, "synchronization": synchronization,
        "aggregation": aggregation,
    }  # fmt: skip
    if graph is None:  # operations run at once: every call makes one, as in TensorFlow
        return Variable(initial, name=full, **options)
    with entered(""):
        variable = GraphVariable(initial, name=full, collections=collections, **options)
    known[full] = variable
    penalty = scope.regularizer if regularizer is None else regularizer
    if penalty is not None:
        with name_scope(f"{full}/Regularizer/"):
            loss = penalty(variable.read_value())
        if loss is not None:
            graph.add_to_collection(GraphKeys.REGULARIZATION_LOSSES, loss)
    return variable


def get_local_variable(name: str, *args: Any, **options: Any) -> Any:
    """``get_variable`` for a variable that is not trained, and is initialized by local_variables_initializer."""
    return get_variable(name, *args, **{"trainable": False, "collections": [GraphKeys.LOCAL_VARIABLES], **options})


def _found(full: str, variable: Any, shape: Any, dtype: Any, scope: VariableScope) -> Any:
    if not scope.reuse:
        raise ValueError(
            f"Variable {full} already exists, disallowed. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in "
            "VarScope?"
        )
    if shape is not None and not variable.shape.is_compatible_with(shape):
        raise ValueError(
            f"Trying to share variable {full}, but specified shape {TensorShape(shape)} and found shape "
            f"{variable.shape}."
        )
    if dtype is not None and as_dtype(dtype) != variable.dtype:
        raise ValueError(
            f"Trying to share variable {full}, but specified dtype {as_dtype(dtype).name} and found dtype "
            f"{variable.dtype.name}."
        )
    return variable


def _initial_value(full: str, shape: Any, dtype: DType, initializer: Any) -> Any:
    dims = None if shape is None else TensorShape(shape)
    if initializer is not None and not callable(initializer):
        if dims is not None and not is_dense_tensor(initializer):
            raise ValueError("If initializer is a constant, do not specify shape.")
        return initializer
    if dims is None:
        if initializer is not None and not isinstance(initializer, type) and not hasattr(initializer, "get_config"):
            return initializer  # a function without arguments
        raise ValueError(f"Variable {full} did not get an initializer, so its `shape` argument must be specified.")
    if not dims.is_fully_defined():
        raise ValueError(
            f"Shape of a new variable ({full}) must be fully defined, but instead was {dims}. Name every size."
        )
    if initializer is None:
        initializer = glorot_uniform_initializer() if dtype.is_floating else zeros_initializer()
    if isinstance(initializer, type):
        initializer = initializer()
    return lambda: initializer(dims.as_list(), dtype=dtype)
