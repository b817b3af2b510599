"""WHILE_LOOP: the op whose sub-graphs, a condition and a body, run again and again.

``while_loop`` in while_loop.py traces them, and ends in ``run_loop``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eagernb.autodiff.backprop import zeros_of
from eagernb.autodiff.plan import like
from eagernb.core.dispatch import dispatch, spec_of
from eagernb.core.dtypes import variant
from eagernb.core.op import WRITE, Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Symbol, Tensor
from eagernb.graph.derivative import Derivative, derivative_of
from eagernb.graph.interpreter import interpret_arrays, replay
from eagernb.graph.ir import Graph
from eagernb.graph.pushing import pushed, refuse_effects
from eagernb.graph.subgraphs import Run, followers, sees_inside
from eagernb.graph.trace_graph import graph_of
from eagernb.ops.arithmetic import add
from eagernb.ops.compare import greater
from eagernb.ops.saved_stack import SPEC as STACK
from eagernb.ops.saved_stack import count as stack_count
from eagernb.ops.saved_stack import empty_stack, pop, push
from eagernb.ops.variants import variant_add


def _kernel(
    *arrays: Any, cond: Graph, body: Graph, count: int, maximum_iterations: int | None, derivative: Any = None,
    run: Run = interpret_arrays,
) -> Sequence[Any]:  # fmt: skip
    variables, captured = list(arrays[:count]), arrays[count:]
    turns = 0
    while (maximum_iterations is None or turns < maximum_iterations) and run(cond, [*variables, *captured])[0]:
        variables = list(run(body, [*variables, *captured]))
        turns += 1
    return variables


def _infer(*specs: TensorSpec, body: Graph, count: int, **_: Any) -> tuple[TensorSpec, ...]:
    return tuple(node.specs[0] for node in body.inputs[:count])


class _Kept:
    """What the gradient of a loop needs: the stack of what each turn saved, and of what is captured, what it asks for.

    Loop variables and what is captured are numbered as the body's inputs are; the stack, which the body alone does not
    know, is between them.
    """

    def __init__(self, inputs: Sequence[Any], outputs: Sequence[Tensor], derivative: Derivative, count: int) -> None:
        self.stack = outputs[-1]
        self.likes = list(map(like, outputs))
        self.varying = [i for i, x in enumerate(inputs[:count]) if x.dtype.is_differentiable]
        needed = _needed(derivative)
        self.captured = {i: inputs[i + 1] for i in range(count, len(inputs) - 1) if i in needed}
        self.count, self.size = count, len(inputs) - 1


def _needed(derivative: Derivative) -> set[int]:
    """The inputs of the body that its gradient needs as they are, or must know the shape of."""
    backs = [back for back in (derivative.first, derivative.again) if back is not None]
    return {i for i in derivative.saved if i is not None} | {i for back in backs for i in back.wanted}


def _keep(inputs: Sequence[Any], outputs: Sequence[Tensor], params: Mapping[str, Any]) -> _Kept | None:
    if params["derivative"] is None:
        return None
    return _Kept(inputs, outputs, params["derivative"], params["count"] - 1)


def _rule(g: list[Any], kept: _Kept, derivative: Derivative, maximum_iterations: int | None) -> list[Any]:
    """A loop that takes from the stack what each turn saved: the last turn's first."""
    *g_variables, g_stack = g
    back = derivative.first if g_stack is None else derivative.again
    assert back is not None, "a tape that follows a second derivative was not seen"
    stacks = [kept.stack] if g_stack is None else [kept.stack, g_stack]
    arriving = [zeros_of(kept.likes[i]) if g_variables[i] is None else g_variables[i] for i in kept.varying]
    wanted = [i for i in back.wanted if i >= kept.count]  # what is captured gets a sum over all turns
    sums = [zeros_of(kept.captured[i]) for i in wanted]
    captured = list(kept.captured.values())

    def turn(values: list[Any]) -> list[Any]:
        left = iter(values)
        below, entries = zip(*(pop(next(left), derivative.extra) for _ in stacks), strict=True)
        g_variables = [next(left) for _ in arriving]
        totals = [next(left) for _ in sums]
        saved = derivative.with_saved(dict(zip(kept.captured, left, strict=True)), entries[0])
        g_saved = [one for entry in entries[1:] for one in entry if one.dtype.is_differentiable]
        found = dict(zip(back.wanted, replay(back.graph, [*saved, *g_variables, *g_saved]), strict=True))
        added = [_sum(total, found[i]) for total, i in zip(totals, wanted, strict=True)]
        return [*below, *(found[i] for i in kept.varying), *added]

    variables = [*stacks, *arriving, *sums]
    specs = list(map(spec_of, [*variables, *captured]))
    body = graph_of(f"gradient_of_{derivative.forward.name}", specs, turn)
    is_left = graph_of("is_left", specs, lambda values: [greater(stack_count(values[0]), 0)])
    results = run_loop(is_left, body, variables, captured, maximum_iterations)[len(stacks) :]
    found = dict(zip([*kept.varying, *wanted], results, strict=True))
    found_for = [found.get(i) for i in range(kept.size)]
    return [*found_for[: kept.count], None, *found_for[kept.count :]]


def _sum(x: Tensor, y: Tensor) -> Tensor:
    return variant_add(x, y) if x.dtype is variant else add(x, y)


def _push(inputs: Sequence[Any], params: Mapping[str, Any], tangents: Sequence[Any]) -> list[Any]:
    """The tangents of the outputs: a loop in which those of the loop variables are further loop variables."""
    cond, body, count = params["cond"], params["body"], params["count"]
    refuse_effects([cond, body], "a loop")
    outer = len(inputs) - count
    varying = [i for i in range(count) if inputs[i].dtype.is_differentiable]
    moving = [i for i in range(count, len(inputs)) if tangents[i] is not None]

    def plain(values: list[Any]) -> list[Any]:
        """What the loop's own graphs take."""
        captured = values[count + len(varying) :]
        return [*values[:count], *captured[:outer]]

    def turn(values: list[Any]) -> list[Any]:
        mine = [*values[count : count + len(varying)], *values[count + len(varying) + outer :]]
        outputs, moved = pushed(body, plain(values), dict(zip([*varying, *moving], mine, strict=True)))
        return [*outputs, *(moved[i] for i in varying)]

    known = [node.specs[0] for node in body.inputs]
    specs = [*known[:count], *(known[i] for i in varying), *known[count:], *(known[i] for i in moving)]
    first = [zeros_of(inputs[i]) if tangents[i] is None else tangents[i] for i in varying]
    results = run_loop(
        graph_of(cond.name, specs, lambda values: replay(cond, plain(values))),
        graph_of(body.name, specs, turn),
        [*inputs[:count], *first],
        [*inputs[count:], *(tangents[i] for i in moving)],
        params["maximum_iterations"],
    )
    found = dict(zip(varying, results[count:], strict=True))
    return [found.get(i) for i in range(count)]


def _repeat(inputs: Sequence[Any], params: Mapping[str, Any]) -> list[Any]:
    count = params["count"]
    return run_loop(
        params["cond"], params["body"], list(inputs[:count]), list(inputs[count:]), params["maximum_iterations"]
    )


WHILE_LOOP = register(
    Op("while_loop", ("*values",), _kernel, _infer, (Rule.of(_rule),), label="while", family="control flow",
       effect=WRITE, multiple=True, graphs=("cond", "body"), carries="count", keep=_keep, repeat=_repeat, push=_push)
)  # fmt: skip


def run_loop(
    cond: Graph, body: Graph, variables: list[Any], captured: list[Any], maximum_iterations: int | None
) -> list[Any]:
    """The loop variables in the end; gradients flow to what they were at first, and to what was captured."""
    __tracebackhide__ = True
    values = [*variables, *captured]
    count = len(variables)
    if sees_inside() and not any(isinstance(x, Symbol) for x in values):
        return list(
            _kernel(*values, cond=cond, body=body, count=count, maximum_iterations=maximum_iterations, run=replay)
        )
    params: dict[str, Any] = {
        "cond": cond, "body": body, "count": count, "maximum_iterations": maximum_iterations, "derivative": None,
    }  # fmt: skip
    orders, followed = followers(values)
    if not orders:
        return list(dispatch(WHILE_LOOP, values, params))
    derivative = derivative_of(body, followed, again=orders > 1, varying=count)
    # One more loop variable, the stack: it comes after the others, before what is captured.
    stack = empty_stack(maximum_iterations, derivative.extra)
    params |= {
        "cond": _with_stack(cond, count), "body": _pushing(derivative, count), "count": count + 1,
        "derivative": derivative,
    }  # fmt: skip
    return list(dispatch(WHILE_LOOP, [*variables, stack, *captured], params)[:count])


def _with_stack(cond: Graph, count: int) -> Graph:
    """The condition, which takes no notice of the stack."""
    specs = [node.specs[0] for node in cond.inputs]
    return graph_of(
        cond.name, [*specs[:count], STACK, *specs[count:]],
        lambda values: replay(cond, [*values[:count], *values[count + 1 :]]),
    )  # fmt: skip


def _pushing(derivative: Derivative, count: int) -> Graph:
    """The body, which also puts what its gradient needs on the stack."""

    def body(values: list[Any]) -> list[Any]:
        results = replay(derivative.forward, [*values[:count], *values[count + 1 :]])
        return [*results[:count], push(values[count], results[count:])]

    specs = [node.specs[0] for node in derivative.forward.inputs]
    return graph_of(derivative.forward.name, [*specs[:count], STACK, *specs[count:]], body)
