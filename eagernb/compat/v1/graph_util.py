"""tf.compat.v1.graph_util: parts of a GraphDef, and graphs whose variables have become constants.

>>> import eagernb.compat.v1 as tf
>>> with tf.Graph().as_default() as graph:
...     y = tf.add(tf.constant(1.0, name="x"), 2.0, name="y")
...     z = tf.square(y, name="z")
>>> [node.name for node in extract_sub_graph(graph.as_graph_def(), ["y"]).node]
['x', 'y/y', 'y']
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from eagernb.compat.graphdef.attributes import set_attribute
from eagernb.compat.graphdef.read import import_graph_def
from eagernb.core.graph_messages import messages

__all__ = ["convert_variables_to_constants", "extract_sub_graph", "import_graph_def", "remove_training_nodes"]


def __dir__() -> list[str]:
    return __all__


_HANDLES = ("VarHandleOp", "VariableV2", "Variable")


def extract_sub_graph(graph_def: Any, dest_nodes: Sequence[str]) -> Any:
    """What of a GraphDef these nodes need, as a GraphDef.

    TypeError for a single name in the place of a list, AssertionError for a name that is not there.
    """
    if isinstance(dest_nodes, str):
        raise TypeError("dest_nodes must be a list of names of nodes, not one name.")
    by_name = {node.name: node for node in graph_def.node}
    missing = [name for name in dest_nodes if name not in by_name]
    if missing:
        raise AssertionError(f"{missing[0]} is not in graph")
    needed: set[str] = set()
    waiting = list(dest_nodes)
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += [_node_of(tensor) for tensor in by_name[name].input]
    return _with_nodes(graph_def, [node for node in graph_def.node if node.name in needed])


def remove_training_nodes(input_graph: Any, protected_nodes: Collection[str] | None = None) -> Any:
    """A GraphDef without what matters for training only: CheckNumerics, and Identity that nothing waits for."""
    protected = set(protected_nodes or ())
    controls = {tensor[1:] for node in input_graph.node for tensor in node.input if tensor.startswith("^")}
    spliced: dict[str, str] = {}
    for node in input_graph.node:
        alone = node.name not in protected and node.name not in controls and len(node.input) == 1
        if node.op in ("Identity", "CheckNumerics") and alone:
            spliced[node.name] = node.input[0]
    kept = []
    for node in input_graph.node:
        if node.name in spliced:
            continue
        copy = type(node)()
        copy.CopyFrom(node)
        del copy.input[:]
        copy.input.extend(_followed(tensor, spliced) for tensor in node.input)
        kept.append(copy)
    return _with_nodes(input_graph, kept)


def convert_variables_to_constants(
    sess: Any, input_graph_def: Any, output_node_names: Sequence[str],
    variable_names_whitelist: Collection[str] | None = None, variable_names_blacklist: Collection[str] | None = None,
) -> Any:  # fmt: skip
    """What the outputs need of a graph, as a GraphDef with the variables' present values in the place of variables.

    Only those on the white list, if there is one, and none of the black list. FailedPreconditionError for a variable
    without a value in the session.
    """
    part = extract_sub_graph(input_graph_def, output_node_names)
    wanted = [node for node in part.node if node.op in _HANDLES]
    if variable_names_whitelist is not None:
        wanted = [node for node in wanted if node.name in variable_names_whitelist]
    wanted = [node for node in wanted if node.name not in (variable_names_blacklist or ())]
    values = dict(zip([node.name for node in wanted], sess.run([f"{node.name}:0" for node in wanted]), strict=True))
    nodes = []
    for node in part.node:
        copy = messages().NodeDef(name=node.name)
        if node.name in values:
            copy.op = "Const"
            set_attribute(copy.attr["value"], values[node.name])
            copy.attr["dtype"].type = copy.attr["value"].tensor.dtype
        elif node.op == "ReadVariableOp" and node.input[0] in values:
            copy.op = "Identity"
            copy.input.extend(node.input)
            copy.attr["T"].CopyFrom(node.attr["dtype"])
        else:
            copy.CopyFrom(node)
        nodes.append(copy)
    return _with_nodes(part, nodes)


def _node_of(tensor: str) -> str:
    return tensor.lstrip("^").partition(":")[0]


def _followed(tensor: str, spliced: dict[str, str]) -> str:
    while _node_of(tensor) in spliced and not tensor.startswith("^"):
        tensor = spliced[_node_of(tensor)]
    return tensor


def _with_nodes(graph_def: Any, nodes: Sequence[Any]) -> Any:
    """A GraphDef of these nodes, with the other's versions and functions."""
    result = type(graph_def)()
    result.node.extend(nodes)
    result.versions.CopyFrom(graph_def.versions)
    result.library.CopyFrom(graph_def.library)
    return result
