"""What a static graph is made of: Operations, and the tensors that go in and out of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from eagernb.compat.graphdef.mapping import type_of
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Symbol, key_of
from eagernb.errors import InaccessibleTensorError
from eagernb.graph.ir import Node, Value
from eagernb.ops.compare import equal, not_equal

_OPS = tuple(f"{__name__.partition('.')[0]}.{floor}." for floor in ("ops", "graph", "numpy", "math", "nn"))


class Operation:
    """One operation of a static graph: its ``type`` in TensorFlow's spelling, its ``inputs``, its ``outputs``.

    >>> import eagernb as tf
    >>> with tf.Graph().as_default():
    ...     op = (tf.constant(2.0) * 3.0).op
    >>> op.type, len(op.inputs), op.outputs[0].name
    ('Mul', 2, 'mul:0')
    """

    def __init__(
        self, graph: Any, node: Node, inputs: Sequence[Any], control_inputs: Sequence[Operation], position: int
    ) -> None:
        self.graph = graph
        self.node = node
        self.inputs: tuple[GraphTensor, ...] = tuple(inputs)
        self.control_inputs: list[Operation] = list(control_inputs)
        self.position = position  # its place in the order in which operations were made
        self.outputs: list[GraphTensor] = [GraphTensor(value, self) for value in node.values]
        self._consumers: list[tuple[GraphTensor, Operation]] = []
        for tensor in self.inputs:
            tensor.op._consumers.append((tensor, self))

    @property
    def name(self) -> str:
        return self.node.name

    @property
    def type(self) -> str:
        """The kind of operation, as TensorFlow calls it: "AddV2", "MatMul"."""
        return type_of(self.node)

    @property
    def device(self) -> str:
        """Where it is to run: no matter."""
        return ""

    @property
    def node_def(self) -> Any:
        """The operation as it stands in a GraphDef."""
        from eagernb.compat.graphdef.write import node_def

        return node_def(self.node, [control.name for control in self.control_inputs])

    def get_attr(self, name: str) -> Any:
        """An attribute of the operation's node_def, dtypes as tf.DType; ValueError if there is none of this name."""
        from eagernb.compat.graphdef.attributes import python_value

        attributes = self.node_def.attr
        if name not in attributes:
            raise ValueError(f"Operation {self.name!r} has no attr named {name!r}.")
        return python_value(attributes[name])

    def values(self) -> tuple[GraphTensor, ...]:
        """The outputs, as a tuple."""
        return tuple(self.outputs)

    def run(self, feed_dict: Any = None, session: Any = None) -> None:
        """Run it in the session that is the default now; ValueError if there is none."""
        _session_for(self, session, "execute operation using `run()`", "run").run(self, feed_dict)

    def __repr__(self) -> str:
        return f"<tf.Operation {self.name!r} type={self.type}>"

    def __str__(self) -> str:
        return str(self.node_def)


class GraphTensor(Symbol):
    """An output of an Operation: it has no value until a session runs the operation."""

    __slots__ = ("_operation",)

    def __init__(self, value: Value, op: Operation) -> None:
        super().__init__(value, value.spec, op.graph._tracer)
        self._operation = op
        key_of(self)

    @property
    def op(self) -> Operation:
        return self._operation

    @property
    def graph(self) -> Any:
        return self.op.graph

    @property
    def name(self) -> str:
        return f"{self.op.name}:{self._value.index}"

    def consumers(self) -> list[Operation]:
        """The operations that take it as an input, as often as they do."""
        return [operation for tensor, operation in self.op._consumers if tensor is self]

    def eval(self, feed_dict: Any = None, session: Any = None) -> Any:
        """Its value in the session that is the default now; ValueError if there is none."""
        return _session_for(self, session, "evaluate tensor using `eval()`", "eval").run(self, feed_dict)

    def set_shape(self, shape: Any) -> None:
        """Say more about the shape; ValueError if that contradicts what is known."""
        self._spec = TensorSpec(self.shape.merge_with(shape), self.dtype)

    @property
    def _array(self) -> Any:
        raise InaccessibleTensorError(
            f"{self!r} is a tensor of a static graph: it has no value of its own. Evaluate it with "
            "tf.compat.v1.Session(graph=tensor.graph).run(tensor)."
        )

    @property
    def ndim(self) -> int:
        return len(self.shape)

    def _no_value(self, wanted: str, remedy: str) -> str:
        return (
            f"Using a symbolic tensor ({self!r}) as {wanted} is not allowed: in a static graph, tensors have no "
            "values until tf.compat.v1.Session().run(tensor) gives them."
        )

    # As in TensorFlow 1, tensors of a graph are compared and hashed by identity: they are the keys of feed_dict. Where
    # an op or a gradient rule of this library compares tensors, it means their elements, whatever they are.
    def __eq__(self, other: object) -> Any:
        return equal(self, other) if _called_by_a_rule() else self is other

    def __ne__(self, other: object) -> Any:
        return not_equal(self, other) if _called_by_a_rule() else self is not other

    def __hash__(self) -> int:
        return id(self)


def _called_by_a_rule() -> bool:
    """Whether the operator that runs now was written in the library's own ops."""
    return sys._getframe(2).f_globals.get("__name__", "").startswith(_OPS)


def _session_for(element: Any, session: Any, wanted: str, method: str) -> Any:
    from eagernb.compat.v1.session import get_default_session

    found = session or get_default_session()
    if found is None:
        raise ValueError(
            f"Cannot {wanted}: No default session is registered. Use `with sess.as_default()` or pass an explicit "
            f"session to `{method}(session=sess)`"
        )
    if found.graph is not element.graph:
        raise ValueError(
            f"Cannot {wanted}: {element!r} belongs to another graph than the session. Pass an explicit session to "
            f"`{method}(session=sess)`, of the element's graph."
        )
    return found
