"""Graph: TensorFlow 1's static graph, which is built first and run piece by piece later.

>>> import eagernb as tf
>>> graph = Graph()
>>> with graph.as_default():
...     x = tf.constant(2.0, name="x")
...     y = x * 3.0
>>> print(y)
Tensor("mul:0", shape=(), dtype=float32)
>>> [operation.name for operation in graph.get_operations()]
['x', 'mul/y', 'mul']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from eagernb.compat.v1.operation import GraphTensor, Operation
from eagernb.compat.v1.ops import NO_OP
from eagernb.compat.v1.recording import StaticTracer
from eagernb.core import nest
from eagernb.core.devices import device
from eagernb.core.dispatch import static_graph, suspended
from eagernb.core.name_scope import entered, name_scope, scoped
from eagernb.core.op import Op
from eagernb.core.tensor import EagerTensor
from eagernb.core.variable import Variable
from eagernb.graph.ir import CONSTANT
from eagernb.graph.ir import Graph as IR

# What operations, variables and functions ask a graph, and its users do not.
_OURS = ("add", "add_operation", "as_ir", "claim", "constant", "group", "operation_of", "variable_class")


class Graph:
    """Operations that were written down instead of carried out: a Session runs those that it is asked for.

    ``as_default`` is the context in which operations are added; ``finalize`` ends that for good.

    >>> import eagernb as tf
    >>> graph = Graph()
    >>> with graph.as_default():
    ...     x = tf.constant(2.0) * 3.0
    >>> with tf.compat.v1.Session(graph=graph) as session:
    ...     float(session.run(x))
    6.0
    """

    def __init__(self) -> None:
        self._operations: dict[str, Operation] = {}
        self._names_in_use: dict[str, int] = {}  # lower-case, as TensorFlow tells them apart
        self._collections: dict[Any, list[Any]] = {}
        self._controls: tuple[Operation, ...] = ()
        self._finalized = False
        self._tracer = StaticTracer(self)

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if name not in _OURS]

    @contextmanager
    def as_default(self) -> Iterator[Graph]:
        """A context in which operations are added to this graph."""
        inside = static_graph() is self
        with suspended(self._tracer):
            if inside:
                yield self
            else:
                with entered(""):
                    yield self

    # What is in it

    def get_operations(self) -> list[Operation]:
        """All operations, in the order in which they were made."""
        return list(self._operations.values())

    def get_operation_by_name(self, name: str) -> Operation:
        """KeyError if there is none of this name, ValueError for the name of a tensor."""
        found = self.as_graph_element(name, allow_tensor=False)
        return found

    def get_tensor_by_name(self, name: str) -> GraphTensor:
        """The tensor of a name such as "add:0"; KeyError if there is none, ValueError for the name of an operation."""
        return self.as_graph_element(name, allow_operation=False)

    def as_graph_element(self, obj: Any, allow_tensor: bool = True, allow_operation: bool = True) -> Any:
        """The Operation or tensor that a name, a tensor, a variable or an operation of this graph stands for."""
        if isinstance(obj, str):
            return self._named(obj, allow_tensor, allow_operation)
        convert = getattr(obj, "_as_graph_element", None)
        element: Any = obj if convert is None else convert()
        wanted = [kind for kind, allowed in ((GraphTensor, allow_tensor), (Operation, allow_operation)) if allowed]
        if not isinstance(element, (GraphTensor, Operation)) or not isinstance(element, tuple(wanted)):
            shown = " or ".join("Tensor" if kind is GraphTensor else "Operation" for kind in wanted)
            raise TypeError(f"Can not convert a {type(obj).__name__} into a {shown}.")
        if element.graph is not self:
            kind_shown = "Tensor" if isinstance(element, GraphTensor) else "Operation"
            raise ValueError(
                f"{kind_shown} {element} is not an element of this graph. Give the session the graph that it "
                "belongs to: tf.compat.v1.Session(graph=tensor.graph)."
            )
        return element

    def _named(self, name: str, allow_tensor: bool, allow_operation: bool) -> Any:
        operation_name, colon, index = name.partition(":")
        if not colon:
            if not allow_operation:
                looks = "refers to an Operation, not a Tensor"
                if name not in self._operations:
                    looks = "looks like an (invalid) Operation name, not a Tensor"
                raise ValueError(
                    f'The name {name!r} {looks}. Tensor names must be of the form "<op_name>:<output_index>".'
                )
            if name not in self._operations:
                raise KeyError(f"The name {name!r} refers to an Operation not in the graph.")
            return self._operations[name]
        if not allow_tensor:
            raise ValueError(f"Name {name!r} appears to refer to a Tensor, not a Operation.")
        if not index.isdigit():
            raise ValueError(
                f"The name {name!r} looks like a Tensor name, but is not one. Tensor names must be of the form "
                '"<op_name>:<output_index>".'
            )
        operation = self._operations.get(operation_name)
        if operation is None:
            raise KeyError(
                f"The name {name!r} refers to a Tensor which does not exist. The operation, {operation_name!r}, does "
                "not exist in the graph."
            )
        if int(index) >= len(operation.outputs):
            raise KeyError(
                f"The name {name!r} refers to a Tensor which does not exist. The operation, {operation_name!r}, "
                f"exists but only has {len(operation.outputs)} outputs."
            )
        return operation.outputs[int(index)]

    def is_feedable(self, tensor: Any) -> bool:
        """Whether a session may be given a value for it: any tensor's, here."""
        return True

    def is_fetchable(self, tensor_or_op: Any) -> bool:
        """Whether a session may be asked for it: everything may, here."""
        return True

    @property
    def version(self) -> int:
        """A number that grows with each operation."""
        return len(self._operations)

    @property
    def building_function(self) -> bool:
        return False

    @property
    def seed(self) -> int | None:
        """The global seed of its random operations, from the next one on."""
        return self._tracer.random_seeds.seed

    @seed.setter
    def seed(self, seed: int | None) -> None:
        self._tracer.random_seeds.seed = seed

    # Adding to it

    @property
    def variable_class(self) -> type[Variable]:
        """What tf.Variable makes in this graph."""
        from eagernb.compat.v1.variables import GraphVariable

        return GraphVariable

    @property
    def finalized(self) -> bool:
        return self._finalized

    def finalize(self) -> None:
        """Make it read-only: whatever adds an operation afterwards raises RuntimeError."""
        self._finalized = True

    def constant(self, array: np.ndarray, name: str) -> GraphTensor:
        """A constant as an operation of its own."""
        return self.add(CONSTANT, (), {"value": np.asarray(array)}, name)[0]

    def group(self, inputs: Sequence[Any], name: str | None = None) -> Operation:
        """An operation without a value, that runs after all of these."""
        before = [self.operation_of(x) for x in nest.flatten(list(inputs))]
        return self.add_operation(NO_OP, (), {}, name or "group_deps", control_inputs=before)

    def add(self, op: Op, inputs: Sequence[Any], params: dict[str, Any], name: str) -> tuple[GraphTensor, ...]:
        """Add an operation under a name that is made unique; its outputs."""
        return tuple(self.add_operation(op, inputs, params, name).outputs)

    def add_operation(
        self, op: Op, inputs: Sequence[Any], params: dict[str, Any], name: str, control_inputs: Sequence[Operation] = ()
    ) -> Operation:
        """Add an operation under a name that is made unique; a name that ends in ``/`` is taken as it is."""
        unique = name[:-1] if name.endswith("/") else self.unique_name(scoped(name))
        return self._tracer.add(op, inputs, params, unique, control_inputs)

    def unique_name(self, name: str, mark_as_used: bool = True) -> str:
        """The name, with a number behind it if it is taken; upper and lower case count as the same.

        Unlike TensorFlow's, it takes the name with its scopes.
        """
        key, count = name.lower(), self._names_in_use.get(name.lower(), 0)
        if mark_as_used:
            self._names_in_use[key] = count + 1
        if not count:
            return name
        while (unique := f"{name}_{count}").lower() in self._names_in_use:
            count += 1
        if mark_as_used:
            self._names_in_use[key] = count + 1
            self._names_in_use[unique.lower()] = 1
        return unique

    def claim(self, name: str) -> str:
        """The name as it is, whatever the case of others, if no operation has it; else a unique one."""
        if name in self._operations:
            return self.unique_name(name)
        self._names_in_use.setdefault(name.lower(), 1)
        return name

    def name_scope(self, name: str | None) -> name_scope:
        """A context that gives names a prefix."""
        return name_scope(name or "")

    def control_dependencies(self, control_inputs: Any) -> Any:
        """A context whose operations run after these ones; None forgets those of the contexts around it."""
        before = None if control_inputs is None else [self.operation_of(x) for x in nest.flatten(control_inputs)]
        return self._with_controls(before)

    @contextmanager
    def _with_controls(self, before: list[Operation] | None) -> Iterator[None]:
        outside = self._controls
        self._controls = () if before is None else tuple(dict.fromkeys((*outside, *before)))
        try:
            yield
        finally:
            self._controls = outside

    def operation_of(self, obj: Any) -> Operation:
        """The operation that an operation, tensor or variable of this graph comes from."""
        if isinstance(obj, EagerTensor):
            obj = self.constant(obj._array, "Const")
        element = self.as_graph_element(obj)
        return element.op if isinstance(element, GraphTensor) else element

    def device(self, device_name_or_function: Any) -> Any:
        """A context for operations of one device: there is one."""
        return device(device_name_or_function)

    def get_name_scope(self) -> str:
        """The prefix that names get now, without its last ``/``."""
        return scoped("").rstrip("/")

    # Collections

    def add_to_collection(self, name: Any, value: Any) -> None:
        self._collections.setdefault(name, []).append(value)

    def add_to_collections(self, names: Any, value: Any) -> None:
        for name in (names,) if isinstance(names, str) else dict.fromkeys(names):
            self.add_to_collection(name, value)

    def get_collection(self, name: Any, scope: str | None = None) -> list[Any]:
        """A copy of a collection; with ``scope``, what has a name that begins like this."""
        items = self._collections.get(name, [])
        return [item for item in items if scope is None or getattr(item, "name", "").startswith(scope)]

    def get_collection_ref(self, name: Any) -> list[Any]:
        """The collection itself: what is appended to it stays there."""
        return self._collections.setdefault(name, [])

    def get_all_collection_keys(self) -> list[str]:
        return [name for name, items in self._collections.items() if isinstance(name, str) and items]

    def clear_collection(self, name: Any) -> None:
        self._collections.pop(name, None)

    # As other forms

    def as_graph_def(self, from_version: int | None = None, add_shapes: bool = False) -> Any:
        """The graph as a GraphDef: str() of it is TensorFlow's text format, its SerializeToString() the binary one.

        The arguments are accepted, and make no difference: it is the whole graph, and shapes follow from the ops.
        """
        from eagernb.compat.graphdef.write import write

        operations = self.get_operations()
        controls = {operation.name: [c.name for c in operation.control_inputs] for operation in operations}
        return write([operation.node for operation in operations], controls)

    def as_ir(self, name: str = "graph") -> IR:
        """The graph as the rest of the library knows graphs, to be drawn and printed."""
        return IR((), tuple(operation.node for operation in self._operations.values()), (), name)

    def __str__(self) -> str:
        return str(self.as_ir())
