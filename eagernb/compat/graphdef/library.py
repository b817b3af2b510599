"""Functions of a GraphDef's library: the graphs that belong to nodes.

Inside of a function tensors have names of another kind: an argument has its own, an output of a node is "node:y:0",
with the name of that output in TensorFlow's declaration of the op. (In a graph it is "node", the next one "node:1".)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eagernb.compat.graphdef.output_names import output_names
from eagernb.core.dtypes import DType


def add_function(
    library: Any, name: str, nodes: Iterable[Any], arguments: Mapping[str, DType],
    results: Sequence[tuple[str, DType]], effects: str | None,
) -> None:  # fmt: skip
    """Add a FunctionDef of these nodes, which name tensors as in a graph.

    ``results`` are the names of tensors; ``effects`` is the node that runs once all effects have happened, if any.
    """
    function = library.function.add()
    signature = function.signature
    signature.name = name
    for key, dtype in arguments.items():
        signature.input_arg.add(name=key, type=dtype.as_datatype_enum)
    nodes = list(nodes)
    kinds = {node.name: node.op for node in nodes}
    for node in nodes:
        copy = function.node_def.add()
        copy.CopyFrom(node)
        del copy.input[:]
        copy.input.extend(_inside(tensor, kinds) for tensor in node.input)
    for i, (tensor, dtype) in enumerate(results):
        signature.output_arg.add(name=f"output_{i}", type=dtype.as_datatype_enum)
        function.ret[f"output_{i}"] = _inside(tensor, kinds)
    if effects is not None:
        signature.is_stateful = True
        signature.control_output.append("effects")
        function.control_ret["effects"] = effects


def _inside(tensor: str, kinds: Mapping[str, str]) -> str:
    """The name inside of a function, of one in a graph."""
    node, _, index = tensor.partition(":")
    if tensor.startswith("^") or node not in kinds:  # of an argument
        return tensor
    name, number = _output(kinds[node], int(index or 0))
    return f"{node}:{name}:{number}"


def _output(kind: str, index: int) -> tuple[str, int]:
    """The output's name, and its number among those of this name."""
    names = output_names(kind)
    return (names[0].rstrip("*"), index) if names[0].endswith("*") else (names[index], 0)


def outside(tensor: str, kinds: Mapping[str, str]) -> str:
    """The name as in a graph, of one inside of a function."""
    node, *rest = tensor.split(":")
    if len(rest) < 2:  # an argument, or a control input
        return tensor
    name, number = rest
    names = output_names(kinds[node])
    if name in names:
        return f"{node}:{names.index(name)}"
    if f"{name}*" not in names:
        raise ValueError(f"Node {node!r} of type {kinds[node]} has no output {name!r}.")
    return f"{node}:{number}"


def nodes_of(function: Any) -> list[Any]:
    """Copies of a function's nodes, which name tensors as in a graph."""
    kinds = {node.name: node.op for node in function.node_def}
    nodes = []
    for node in function.node_def:
        copy = type(node)()
        copy.CopyFrom(node)
        del copy.input[:]
        copy.input.extend(outside(tensor, kinds) for tensor in node.input)
        nodes.append(copy)
    return nodes


def results_of(function: Any) -> list[str]:
    """The names of a function's results, in order, as in a graph."""
    kinds = {node.name: node.op for node in function.node_def}
    return [outside(function.ret[output.name], kinds) for output in function.signature.output_arg]
