"""Writing branches, loops and calls: as Python's own."""

from __future__ import annotations

from collections.abc import Sequence

from eagernb.executors.numpy_source.writer import STATEMENTS, Writer
from eagernb.graph.branches import COND, SWITCH_CASE
from eagernb.graph.call import CALL
from eagernb.graph.executable import executable, find_executor
from eagernb.graph.ir import Graph, Node, Value
from eagernb.graph.loop import WHILE_LOOP

# Python takes 20 loops inside each other; what lies deeper becomes a function.
_DEEPEST = 8


def _write_branches(writer: Writer, node: Node, last: tuple[Value, ...]) -> None:
    selector, *captured = [writer.places[value] for value in node.inputs]
    branches: tuple[Graph, ...] = node.params["branches"]
    targets = writer.targets(node)
    for number, graph in enumerate(branches):
        if number == len(branches) - 1:
            writer.add("else:" if number else "if True:", node)
        else:
            test = selector if node.op is COND else f"{selector} == {number}"
            writer.add(f"{'elif' if number else 'if'} {test}:", node)
        with writer.indented():
            results = _inside(writer, graph, captured)
            writer.add(_assignment(targets, results) or "pass", node)
    _free(writer, last)


def _write_while(writer: Writer, node: Node, last: tuple[Value, ...]) -> None:
    cond, body, count = node.params["cond"], node.params["body"], node.params["count"]
    inputs = [writer.places[value] for value in node.inputs]
    captured = inputs[count:]
    variables = [writer.names.local(inner.name) for inner in body.inputs[:count]]
    writer.add(_assignment(variables, inputs[:count]), node)
    limit = node.params["maximum_iterations"]
    test = None if limit is not None else _single_test(writer, cond, [*variables, *captured])
    if test is not None:
        writer.add(f"while {test}:", cond.ops[0])
    else:
        writer.add("while True:" if limit is None else f"for _ in range({limit}):", node)
    with writer.indented():
        if test is None:
            [go_on] = _inside(writer, cond, [*variables, *captured])
            writer.add(f"if not {go_on}: break", node)
        results = _inside(writer, body, [*variables, *captured])
        writer.add(_assignment(variables, results) or "pass", node)
    for value, variable in zip(node.values, variables, strict=True):
        writer.places[value] = variable
    _free(writer, last)


def _single_test(writer: Writer, cond: Graph, inputs: Sequence[str]) -> str | None:
    """The condition as one expression, if it is one operation."""
    [output] = cond.outputs
    if [output.node] != list(cond.ops) or output.node.op.name in STATEMENTS:
        return None
    writer.enter(cond, inputs)
    return writer.call(output.node)


def _write_call(writer: Writer, node: Node, last: tuple[Value, ...]) -> None:
    graph, executor = node.params["graph"], node.params["executor"]
    if find_executor(executor).whole:
        name = writer.share(graph.name, executable(graph, executor))
        call = f"{name}([{', '.join(writer.places[value] for value in node.inputs)}])"
    else:
        call = f"{writer.function(graph)}({', '.join(writer.places[value] for value in node.inputs)})"
    targets = writer.targets(node)
    assigned = f"[{', '.join(targets)}] = {call}" if targets else call
    writer.add(f"{assigned}{writer.freeing(last)}", node)


STATEMENTS.update({
    COND.name: _write_branches, SWITCH_CASE.name: _write_branches,
    WHILE_LOOP.name: _write_while, CALL.name: _write_call,
})  # fmt: skip


def _inside(writer: Writer, graph: Graph, inputs: Sequence[str]) -> list[str]:
    """Write a sub-graph where it is needed, and give the expressions of its outputs."""
    if writer.depth <= _DEEPEST:
        return writer.body(graph, inputs)
    results = [writer.names.local(value.node.name) for value in graph.outputs]
    writer.add(f"[{', '.join(results)}] = {writer.function(graph)}({', '.join(inputs)})")
    return results


def _assignment(targets: Sequence[str], values: Sequence[str]) -> str:
    pairs = [(target, value) for target, value in zip(targets, values, strict=True) if target != value]
    return " = ".join(", ".join(side) for side in zip(*pairs, strict=True))


def _free(writer: Writer, last: Sequence[Value]) -> None:
    if freed := writer.freeing(last):
        writer.add(freed.removeprefix("; "))
