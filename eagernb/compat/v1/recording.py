"""The handler that writes operations into a static graph instead of carrying them out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.v1.naming import Call, call_of, default_name
from eagernb.compat.v1.operation import GraphTensor, Operation
from eagernb.core.dispatch import infer
from eagernb.core.name_scope import scoped
from eagernb.core.op import Op
from eagernb.core.tensor import EagerTensor, Symbol
from eagernb.core.variable import Variable
from eagernb.errors import InaccessibleTensorError
from eagernb.graph.ir import CONSTANT, VARIABLE, Node, Value
from eagernb.graph.tracer import Tracer
from eagernb.ops.random_seeds import GraphSeeds


class StaticTracer(Tracer):
    """Adds to one Graph: with names as TensorFlow gives them, and control inputs."""

    def __init__(self, graph: Any) -> None:
        super().__init__("graph", random_seeds=GraphSeeds(None))
        self.static_graph = graph
        self._constants: dict[int, GraphTensor] = {}
        self._kept: list[EagerTensor] = []  # whose keys are in _constants

    def handle(self, op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
        call = call_of()
        name = self._name_for(op, call)
        operation = self.add(op, inputs, params, name, ())
        if call is not None:
            call.operations.append(operation)
        return tuple(operation.outputs) if op.multiple else operation.outputs[0]

    def add(
        self, op: Op, inputs: Sequence[Any], params: dict[str, Any], name: str, control_inputs: Sequence[Operation]
    ) -> Operation:
        """Add an operation of this name, after those that the context says."""
        graph = self.static_graph
        if graph.finalized:
            raise RuntimeError(
                "Graph is finalized and cannot be modified. Build everything before finalize() (a MonitoredSession "
                "finalizes its graph too)."
            )
        tensors = [self._input(x, f"{name}/{_input_name(op, i)}") for i, x in enumerate(inputs)]
        values = tuple(tensor._value for tensor in tensors)
        specs = infer(op, [tensor._spec for tensor in tensors], params)
        line = None if op in (CONSTANT, VARIABLE) else self._find_line()
        node = Node(op, values, params, specs, name, line, self._scope)
        self._nodes.append(node)
        self._note_known(node)
        controls = dict.fromkeys((*graph._controls, *control_inputs))
        operation = Operation(graph, node, tensors, list(controls), len(graph._operations))
        graph._operations[name] = operation
        return operation

    def value_of(self, tensor: Any) -> Value:
        return self._input(tensor, None)._value

    def _symbol_of(self, value: Value) -> Any:
        return super()._symbol_of(value) if value.node.op is VARIABLE else self.tensor_of(value)

    def tensor_of(self, value: Value) -> GraphTensor:
        """The tensor that stands for one output of a node."""
        return self.static_graph._operations[value.node.name].outputs[value.index]

    def _input(self, x: Any, name: str | None) -> GraphTensor:
        graph = self.static_graph
        if isinstance(x, Symbol):
            return self._own(x)
        if isinstance(x, Variable):
            handle = getattr(x, "handle", None)
            if handle is None:
                raise RuntimeError(
                    f"The variable {x.name!r} was made where operations run at once: a static graph cannot use it. "
                    "Make it inside of `with graph.as_default():`."
                )
            return self._own(handle)
        found = self._constants.get(x._key) if x._key else None
        if found is None:
            if name is None:
                name = scoped("Const")
            found = self.add(CONSTANT, (), {"value": x._array}, graph.unique_name(name), ()).outputs[0]
        return found

    def _own(self, symbol: Any) -> GraphTensor:
        if symbol._tracer is self:
            # A tensor whose shape was set is the same value: what is known of it has grown.
            return symbol if isinstance(symbol, GraphTensor) else self.tensor_of(symbol._value)
        if isinstance(symbol, GraphTensor):
            raise ValueError(
                f"{symbol} must be from the same graph as the operation that uses it: (graphs are {symbol.graph!r} "
                f"and {self.static_graph!r}). Build both inside of the same `with graph.as_default():`."
            )
        raise InaccessibleTensorError(
            f"{symbol!r} belongs to a function that was traced: a static graph cannot use it. Return it from there."
        )

    def _name_for(self, op: Op, call: Call | None) -> str:
        unique_name = self.static_graph.unique_name
        own = default_name(op, call)
        if call is None or call.name is None:
            return unique_name(scoped(own))
        if not call.operations:
            call.name = call.name[:-1] if call.name.endswith("/") else unique_name(scoped(call.name))
        else:  # the name is for the last one, whose outputs are the call's result
            self._rename(call.operations[-1], unique_name(f"{call.name}/{call.defaults[-1]}"))
        call.defaults.append(own)
        return call.name

    def _rename(self, operation: Operation, name: str) -> None:
        operations = self.static_graph._operations
        del operations[operation.name]
        # Nodes never change once they are in a Graph, but nobody has asked for this one yet.
        object.__setattr__(operation.node, "name", name)
        operations[name] = operation


def _input_name(op: Op, position: int) -> str:
    if op.variadic:
        return f"{op.inputs[0][1:]}_{position}"
    return op.inputs[position]
