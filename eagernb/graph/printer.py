"""A graph as text: one line a node, the form that tests compare."""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.dtypes import DType
from eagernb.graph.ir import CONSTANT, INPUT, VARIABLE, Graph, Node


def to_text(graph: Graph, *, lines: bool = False) -> str:
    """The graph in single static assignment form, sub-graphs set in below their nodes.

    With ``lines``, the user's line stands behind each node.
    """
    heading = ", ".join(f"%{node.name}: {node.specs[0].brief}" for node in graph.inputs)
    rows = [f"{graph.name}({heading}):"]
    for node in graph.nodes:
        if node.op is not INPUT:
            rows.append(f"  {_row(node, lines)}")
            rows += [f"    {row}" for inside in node.graphs for row in to_text(inside, lines=lines).splitlines()]
    rows.append("  return " + (", ".join(map(repr, graph.outputs)) or "nothing"))
    return "\n".join(rows)


def _row(node: Node, lines: bool) -> str:
    specs = ", ".join(spec.brief for spec in node.specs)
    text = f"%{node.name} = {_expression(node)} : {specs}"
    if lines and node.line:
        text += f"  # line {node.line.number}"
    return text


def _expression(node: Node) -> str:
    if node.op is CONSTANT:
        return f"constant {preview(node.params['value'])}"
    if node.op is VARIABLE:
        return f"variable {node.params['variable'].name}"
    params = show_params(shown_params(node))
    arguments = ", ".join([*map(repr, node.inputs), *([params] if params else [])])
    return f"{node.op.name}({arguments})"


def shown_params(node: Node) -> dict[str, Any]:
    """The params but for sub-graphs, and what belongs to them."""
    if not node.op.graphs:
        return dict(node.params)
    hidden = (*node.op.graphs, "derivative", "derivatives", "count")
    return {name: value for name, value in node.params.items() if name not in hidden}


def show_params(params: Any) -> str:
    """The static arguments that are not None or False: `axis=(0,)`."""
    return ", ".join(f"{k}={_plain(v)}" for k, v in params.items() if v is not None and v is not False)


def _plain(value: Any) -> str:
    if isinstance(value, DType):
        return value.name
    if isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], int):
        return str(value[0])
    return repr(value)


_LONGEST = 1000


def preview(array: Any, limit: int = 6) -> str:
    """A few elements on one line.

    >>> preview(np.float32([[1, 2], [3, 4]])), preview(np.arange(100))
    ('[[1. 2.] [3. 4.]]', '[ 0 1 2 ... 97 98 99]')
    """
    if array.ndim == 0:
        text = str(array[()])
    else:
        with np.printoptions(precision=4, threshold=limit, edgeitems=3 if array.ndim < 2 else 2, linewidth=10**6):
            text = str(array)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"  # an element may be a text of any length
