"""The first values of variables that a function makes when it is traced for the first time.

Values that depend on no argument are computed at once. For any other the first call runs the first trace, in which the
variable is assigned to where it is made; later calls run a second trace, which finds the variable there.
"""

from __future__ import annotations

from eagernb.core.tensor import EagerTensor
from eagernb.function.trace import Trace
from eagernb.graph.executable import make_executable
from eagernb.graph.ir import INPUT, Graph, Node, Value


def give_first_values(trace: Trace) -> bool:
    """Compute the first values of the variables that were made, if none needs an argument; whether that was so."""
    waiting = [variable for variable in trace.created if not variable.is_initialized()]
    computations = []
    for variable in waiting:
        value = trace.first_values.get(variable._key)
        computation = None if value is None else _computation(trace.graph, value)
        if computation is None:
            return False
        computations.append(computation)
    for variable, computation in zip(waiting, computations, strict=True):
        variable.assign(EagerTensor._of(make_executable(computation, "interpreter")([])[0]))  # type: ignore[attr-defined]
    return True


def _computation(graph: Graph, value: Value) -> Graph | None:
    """The part of the graph that computes a value; None if that needs an input."""
    needed = {value.node}
    nodes: list[Node] = []
    for node in reversed(graph.nodes):
        if node in needed:
            if node.op is INPUT:
                return None
            nodes.append(node)
            needed.update(of.node for of in node.inputs)
    return Graph((), tuple(reversed(nodes)), (value,), graph.name)
