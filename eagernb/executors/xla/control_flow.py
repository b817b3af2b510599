"""Branches, loops and calls: XLA has its own cond, switch and while, and a call's graph is lowered in its place.

What a branch or body uses from outside is simply used: JAX finds out. Variables that are assigned to inside go in and
come out with the results.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

from eagernb.core.op import WRITE
from eagernb.core.variable import Variable
from eagernb.executors.xla.lowering import Item, State, in_dtype, lower
from eagernb.executors.xla.refusals import refusal
from eagernb.executors.xla.table import UnboundedError, control_flow_rules, find_state_rule
from eagernb.executors.xla.variants import OneOf, Variant, settled
from eagernb.graph.ir import INPUT, VARIABLE, Graph, Node, Value


def _call(node: Node, inputs: Sequence[Item], state: State) -> list[Item]:
    return lower(node.params["graph"], inputs, state)


def _branches(node: Node, inputs: Sequence[Item], state: State) -> list[Item]:
    selector, *captured = inputs
    graphs = node.params["branches"]
    last = len(graphs) - 1
    if selector.is_known:
        number = int(not selector.array) if selector.array.dtype == bool else int(selector.array)
        number = number if 0 <= number <= last else last
        results = lower(graphs[number], _in_branch(captured, number, len(graphs)), state)
        return [_with_others(item, number, len(graphs)) for item in results]
    written = _written(graphs, captured)

    def branch(number: int) -> Callable[[], Any]:
        def run() -> Any:
            inside = State(dict(state.values))
            items = lower(graphs[number], _in_branch(captured, number, len(graphs)), inside)
            return _arrays(node, items), [inside.values[id(variable)] for variable in written]

        return run

    runs = [branch(number) for number in range(len(graphs))]
    shapes = [jax.eval_shape(run) for run in runs]
    _check_alike(node, [[x.shape for x in results if not isinstance(x, Variant)] for results, _ in shapes])

    def with_all(number: int) -> Callable[[], Any]:
        """The branch, with nothing in the place of what the other branches save for their gradients."""

        def run() -> Any:
            results, values = runs[number]()
            for at, result in enumerate(results):
                if isinstance(result, Variant):
                    others = [jax.tree.map(_nothing, of_branch[at]) for of_branch, _ in shapes]
                    others[number] = result
                    results[at] = OneOf(tuple(others))
            return results, values

        return run

    chosen: list[Callable[[], Any]] = [with_all(number) for number in range(len(graphs))]
    if selector.array.dtype == bool:
        results, values = lax.cond(selector.array, *chosen)
    else:
        index = jnp.where((selector.array < 0) | (selector.array > last), last, selector.array)
        results, values = lax.switch(index, chosen)
    _write(state, written, values)
    return [Item(result, None) for result in results]


def _nothing(spec: Any) -> Any:
    return jnp.zeros(spec.shape, spec.dtype)


def _in_branch(captured: Sequence[Item], number: int, count: int) -> list[Item]:
    """What a branch takes: of what a cond before it saved, that of the branch with its number."""
    return [
        item._replace(array=item.array.alternatives[number])
        if isinstance(item.array, OneOf) and len(item.array.alternatives) == count
        else item
        for item in captured
    ]


def _with_others(item: Item, number: int, count: int) -> Item:
    """What the only branch gives, if it is a variant in the form that a branch later on expects."""
    if not isinstance(item.array, Variant):
        return item
    return item._replace(array=OneOf(tuple(item.array if i == number else None for i in range(count))))


def _loop(node: Node, inputs: Sequence[Item], state: State) -> list[Item]:
    count, limit = node.params["count"], node.params["maximum_iterations"]
    condition, body = node.params["cond"], node.params["body"]
    variables, captured = inputs[:count], inputs[count:]
    written = _written((condition, body), inputs)

    def entering(carry: Any) -> tuple[list[Item], State]:
        values, assigned, *_ = carry
        inside = State(state.values | {id(variable): value for variable, value in zip(written, assigned, strict=True)})
        return [Item(value, None) for value in values] + list(captured), inside

    def goes_on(carry: Any) -> Any:
        items, inside = entering(carry)
        (result,) = lower(condition, items, inside)
        held = jnp.asarray(result.array)
        return held if limit is None else held & (carry[-1] < limit)

    def turn(carry: Any) -> Any:
        items, inside = entering(carry)
        results = lower(body, items, inside)
        turns = [] if limit is None else [carry[-1] + 1]
        return _arrays(node, results), [inside.values[id(variable)] for variable in written], *turns

    turns = [] if limit is None else [jnp.int32(0)]
    first: Any = (_arrays(node, variables), [state.values[id(variable)] for variable in written], *turns)
    try:
        for _ in range(_MOST_LOOKS):
            after = jax.eval_shape(turn, first)
            values = list(map(settled, first[0], after[0]))
            if all(value is old for value, old in zip(values, first[0], strict=True)):
                break
            first = (values, *first[1:])
    except UnboundedError:
        reason = (
            "a gradient or a TensorArray needs a place for each turn of this loop, and it is not known how many there "
            "can be. Give the loop maximum_iterations (tf.autograph.experimental.set_loop_options in AutoGraph's "
            "loops), or the TensorArray its size"
        )
        raise refusal(node, reason) from None
    shapes = [[x.shape for x in values if not isinstance(x, Variant)] for values in (first[0], after[0])]
    _check_alike(node, shapes)
    results, values, *_ = lax.while_loop(goes_on, turn, first)
    _write(state, written, values)
    return [Item(result, None) for result in results]


_MOST_LOOKS = 5  # at a body, until stacks and lists look as it leaves them; a loop within a loop may take two


def _check_alike(node: Node, shapes: Sequence[Sequence[tuple[int, ...]]]) -> None:
    for others in shapes[1:]:
        for a, b in zip(shapes[0], others, strict=True):
            if a != b:
                reason = f"a result has shape {list(a)} here and {list(b)} there, and XLA needs one shape for both"
                raise refusal(node, reason)


def _arrays(node: Node, items: Sequence[Item]) -> list[Any]:
    specs = [spec.dtype for spec in node.specs]
    return [
        item.array if isinstance(item.array, Variant) else jnp.asarray(in_dtype(item.array, dtype.numpy))
        for item, dtype in zip(items, specs, strict=True)
    ]


def _write(state: State, written: Sequence[Variable], values: Sequence[Any]) -> None:
    for variable, value in zip(written, values, strict=True):
        state.values[id(variable)] = value
        state.written[id(variable)] = variable


def _written(graphs: Sequence[Graph], inputs: Sequence[Item]) -> list[Variable]:
    """The variables that are assigned to in these graphs, which all take these inputs."""
    found: dict[int, Variable] = {}
    given = [item.array if isinstance(item.array, Variable) else None for item in inputs]
    for graph in graphs:
        _collect_written(graph, given, found)
    return list(found.values())


def _collect_written(graph: Graph, given: Sequence[Variable | None], found: dict[int, Variable]) -> None:
    held: dict[Value, Variable | None] = {}
    for node in graph.nodes:
        if node.op is INPUT:
            held[node.values[0]] = given[node.params["index"]]
        elif node.op is VARIABLE:
            held[node.values[0]] = node.params["variable"]._handle
        elif node.graphs and node.effect == WRITE:
            inside = [held.get(value) for value in node.inputs]
            inside = inside[1:] if "branches" in node.op.graphs else inside
            for one in node.graphs:
                _collect_written(one, inside, found)
        elif node.op.effect == WRITE and find_state_rule(node.op) is not None:
            variable = held[node.inputs[0]]
            assert variable is not None
            found[id(variable)] = variable


control_flow_rules({"cond": _branches, "switch_case": _branches, "while_loop": _loop, "call": _call, "fused": _call})
