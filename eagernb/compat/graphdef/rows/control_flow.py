"""Branches, loops and calls: nodes that name functions of the library, as in TensorFlow 2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from eagernb.compat.graphdef.mapping import Row
from eagernb.core.dtypes import bool_, int32
from eagernb.core.op import find_op
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec
from eagernb.graph.branches import COND, SWITCH_CASE
from eagernb.graph.call import CALL
from eagernb.graph.ir import CONSTANT, INPUT, Graph, Node, Value
from eagernb.graph.loop import WHILE_LOOP
from eagernb.graph.part import Part, share_captures, tracer_around
from eagernb.ops.shape_algebra import ensure_shape


def _stateful(node: Node, kind: str, stateless: str) -> str:
    return stateless if node.pure else kind


def _types(writer: Any, values: Sequence[Value]) -> list[Any]:
    return [writer.dtype(value) for value in values]


def _of_variables(writer: Any, values: Sequence[Value]) -> list[bool]:
    return [writer.dtype(value) is not value.spec.dtype for value in values]


def _write_branches(writer: Any, node: Node) -> None:
    given = node.inputs[1:]
    of_variables = _of_variables(writer, given)
    functions = [writer.function(node, graph, of_variables) for graph in node.params["branches"]]
    attributes: dict[str, Any] = {
        "Tin": _types(writer, given), "Tout": [spec.dtype for spec in node.specs],
        "output_shapes": [spec.shape for spec in node.specs],
    }  # fmt: skip
    if node.op is COND:
        kind = _stateful(node, "If", "StatelessIf")
        attributes |= {"Tcond": bool_, "then_branch": functions[0], "else_branch": functions[1]}
    else:
        kind = _stateful(node, "Case", "StatelessCase")
        attributes["branches"] = functions
    writer.node(writer.name_of(node), kind, [writer.value(value) for value in node.inputs], attributes, node)


def _branch_type(node: Node) -> str:
    kind = "If" if node.op is COND else "Case"
    return _stateful(node, kind, f"Stateless{kind}")


def _write_while(writer: Any, node: Node) -> None:
    """TensorFlow's loop has no values from outside: they are loop variables that stay as they are."""
    cond, body = _whole_loop(node)
    inputs, values = [writer.value(value) for value in node.inputs], list(node.inputs)
    types, of_variables = _types(writer, values), _of_variables(writer, values)
    if len(body.inputs) > len(inputs):
        inputs.append(writer.constant(f"{writer.name_of(node)}/turns", 0, int32))
        types, of_variables = [*types, int32], [*of_variables, False]
    attributes = {
        "T": types, "cond": writer.function(node, cond, of_variables),
        "body": writer.function(node, body, of_variables),
        "output_shapes": [TensorShape([]) if v else inner.specs[0].shape
                          for inner, v in zip(body.inputs, of_variables, strict=True)],
        "parallel_iterations": 10,
    }  # fmt: skip
    writer.node(writer.name_of(node), _while_type(node), inputs, attributes, node)


def _while_type(node: Node) -> str:
    return _stateful(node, "While", "StatelessWhile")


def _whole_loop(node: Node) -> tuple[Graph, Graph]:
    """The condition and the body, which gives all that it takes; a limit of the turns is one more loop variable."""
    cond, body, limit = (node.params[name] for name in ("cond", "body", "maximum_iterations"))
    outputs = (*body.outputs, *(inner.values[0] for inner in body.inputs[node.params["count"] :]))
    if limit is None:
        return cond, replace(body, outputs=outputs)
    spec = TensorSpec([], int32)
    turns = Node(INPUT, (), {"spec": spec, "index": len(cond.inputs)}, (spec,), "turns")
    most, one = (
        Node(CONSTANT, (), {"value": np.array(value, np.int32)}, (spec,), name)
        for name, value in (("most", limit), ("one", 1))
    )
    truth = (TensorSpec([], bool_),)
    less = Node(find_op("less"), (*turns.values, *most.values), {}, truth, "less")
    both = Node(find_op("logical_and"), (*less.values, *cond.outputs), {}, truth, "both")
    more = Node(find_op("add"), (*turns.values, *one.values), {}, (spec,), "more")
    return (
        Graph((*cond.inputs, turns), (turns, *cond.nodes, most, less, both), both.values, cond.name),
        Graph((*body.inputs, turns), (turns, *body.nodes, one, more), (*outputs, *more.values), body.name),
    )


def _write_call(writer: Any, node: Node) -> None:
    attributes = {
        "Tin": _types(writer, node.inputs), "Tout": [spec.dtype for spec in node.specs],
        "f": writer.function(node, node.params["graph"], _of_variables(writer, node.inputs)),
        "config": "", "config_proto": "", "executor_type": "",
    }  # fmt: skip
    writer.node(
        writer.name_of(node), _call_type(node), [writer.value(value) for value in node.inputs], attributes, node
    )


def _call_type(node: Node) -> str:
    return _stateful(node, "StatefulPartitionedCall", "PartitionedCall")


# Reading


def _read_branches(reader: Any, selector: Any, functions: Sequence[str], given: Sequence[Any]) -> Any:
    parts: list[Part] = []
    for name in functions:
        part = Part(name, tracer_around(), before=parts[-1] if parts else None)
        parts.append(part.trace(partial(reader.run, name, given)))
    captured = share_captures(parts)
    params = {"branches": tuple(part.graph() for part in parts), "derivatives": None}
    return reader.build(COND if selector.dtype is bool_ else SWITCH_CASE, [selector, *captured], params)


def _read_if(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    selector, *given = inputs
    if selector.dtype is not bool_:
        zero = reader.constant_beside(np.zeros([], selector.dtype.numpy))
        selector = reader.extra("not_equal", [selector, zero], {}, "cond")
    functions = [reader.attribute(name) for name in ("then_branch", "else_branch")]
    return _read_branches(reader, selector, functions, given)


def _read_case(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return _read_branches(reader, inputs[0], reader.attribute("branches"), inputs[1:])


def _read_while(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    cond, body = reader.attribute("cond"), reader.attribute("body")
    stays = reader.stays(body)
    moving = [i for i in range(len(inputs)) if i not in stays]
    shapes = reader.attribute("output_shapes") or [x.shape for x in inputs]
    specs = [TensorSpec(shapes[i], inputs[i].dtype) for i in moving]

    def with_all(variables: Sequence[Any]) -> list[Any]:
        given = list(inputs)
        for i, variable in zip(moving, variables, strict=True):
            given[i] = variable
        return given

    names = [reader.argument_names(body)[i] for i in moving]
    tracer = tracer_around()
    condition = Part("cond", tracer, specs, names)
    condition.trace(lambda: reader.run(cond, with_all(condition.arguments)))
    turn = Part("body", tracer, specs, names, before=condition)

    def results() -> list[Any]:
        given = reader.run(body, with_all(turn.arguments))
        return [_as_specific(given[i], spec) for i, spec in zip(moving, specs, strict=True)]

    turn.trace(results)
    captured = share_captures([condition, turn])
    params = {
        "cond": condition.graph(), "body": turn.graph(), "count": len(moving), "maximum_iterations": None,
        "derivative": None,
    }  # fmt: skip
    built = reader.build(WHILE_LOOP, [*(inputs[i] for i in moving), *captured], params)
    found = dict(zip(moving, built, strict=True))
    return [found.get(i, x) for i, x in enumerate(inputs)]


def _as_specific(x: Any, spec: TensorSpec) -> Any:
    """What the body gives: TensorFlow may know its shape from the loop only."""
    return x if x.shape.is_subtype_of(spec.shape) else ensure_shape(x, spec.shape)


def _read_call(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    name = reader.attribute("f")
    part = Part(name, tracer_around())
    part.trace(lambda: reader.run(name, inputs))
    captured = share_captures([part])
    return reader.build(CALL, captured, {"graph": part.graph(), "executor": "numpy_source", "derivative": None})


ROWS = [
    Row("cond", "If", variant=_branch_type, write=_write_branches),
    Row("switch_case", "Case", variant=_branch_type, write=_write_branches),
    Row("while_loop", "While", variant=_while_type, write=_write_while),
    Row("call", "PartitionedCall", variant=_call_type, write=_write_call),
    Row("fused", "PartitionedCall", variant=_call_type, write=_write_call),
]
READERS = {
    "If": _read_if, "StatelessIf": _read_if, "Case": _read_case, "StatelessCase": _read_case,
    "While": _read_while, "StatelessWhile": _read_while,
    "PartitionedCall": _read_call, "StatefulPartitionedCall": _read_call,
}  # fmt: skip
