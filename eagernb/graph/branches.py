"""The ops of which one of several sub-graphs runs, chosen by their first input: COND and SWITCH_CASE.

``cond``, ``switch_case`` and ``case`` in cond.py trace the branches, and end in ``run_branches``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from eagernb.autodiff.backprop import zeros_of
from eagernb.autodiff.plan import like
from eagernb.core.dispatch import dispatch, spec_of
from eagernb.core.dtypes import bool_
from eagernb.core.op import WRITE, Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.graph.derivative import Derivative, derivative_of
from eagernb.graph.interpreter import interpret_arrays, replay
from eagernb.graph.ir import Graph
from eagernb.graph.pushing import pushed, refuse_effects
from eagernb.graph.subgraphs import Run, followers, sees_inside
from eagernb.graph.trace_graph import graph_of
from eagernb.graph.tracer import Tracer
from eagernb.ops.creation import zeros
from eagernb.ops.saved_stack import pop


def chosen(selector: Any, count: int) -> int:
    """The number of the branch: the first for True; the last for a number that is none."""
    if selector.dtype == np.bool_:
        return 0 if selector else 1
    return int(selector) if 0 <= selector < count else count - 1


def _kernel(
    selector: Any, *captured: Any, branches: tuple[Graph, ...], derivatives: Any = None, run: Run = interpret_arrays
) -> Sequence[Any]:
    return run(branches[chosen(selector, len(branches))], captured)


def _infer(*specs: TensorSpec, branches: tuple[Graph, ...], **_: Any) -> tuple[TensorSpec, ...]:
    outputs = [[value.spec for value in graph.outputs] for graph in branches]
    return tuple(_either(several) for several in zip(*outputs, strict=True))


def _either(specs: Sequence[TensorSpec]) -> TensorSpec:
    """What holds of a result whichever branch it comes from."""
    shapes = [spec.shape for spec in specs]
    return TensorSpec(shapes[0].most_specific_common_supertype(shapes[1:]), specs[0].dtype)


class _Kept:
    """What a tape keeps of a choice for the way back.

    - ``selector``: says which branch ran, ``bundle``: the values of its own that this branch saved.
    - ``wanted``: the positions of the captured tensors that get a gradient from some branch, with their ``specs``.
    - ``inputs``: the captured tensors that the way back of some branch needs again, by position.
    - ``likes``: what the outputs look like.
    """

    def __init__(self, inputs: Sequence[Any], outputs: Sequence[Any], derivatives: Sequence[Derivative]) -> None:
        self.selector, *captured = inputs
        self.count = len(captured)
        self.bundle = outputs[-1]
        self.likes = list(map(like, outputs))
        ways_back = [back for d in derivatives for back in (d.first, d.again) if back]
        self.wanted = sorted({i for back in ways_back for i in back.wanted})
        self.specs = {i: spec_of(captured[i]) for i in self.wanted}
        needed = {i for d in derivatives for i in d.saved if i is not None}
        needed.update(i for i in self.wanted if not _has_plain_zeros(self.specs[i]))
        self.inputs = {i: captured[i] for i in sorted(needed)}


def _has_plain_zeros(spec: TensorSpec) -> bool:
    """Whether zeros like it follow from the spec: it is no list, and has no size that must be asked for."""
    return spec.shape.is_fully_defined() and spec.dtype.size > 0


def _keep(inputs: Sequence[Any], outputs: Sequence[Tensor], params: Mapping[str, Any]) -> _Kept | None:
    derivatives = params["derivatives"]
    return _Kept(inputs, outputs, derivatives) if derivatives else None


def _rule(g: list[Any], kept: _Kept, derivatives: tuple[Derivative, ...]) -> list[Any]:
    """The gradients: the same choice, of branches that go the way back of what ran."""
    *g_outputs, g_bundle = g
    arriving = [zeros_of(x) if one is None else one for one, x in zip(g_outputs, kept.likes, strict=False)]
    arriving = [one for one in arriving if one.dtype.is_differentiable]
    again = g_bundle is not None  # second derivatives ask for the gradients of what was saved, too
    given = [kept.bundle, *kept.inputs.values(), *arriving, *([g_bundle] if again else [])]
    graphs = tuple(_way_back(d, kept, list(map(spec_of, given)), again) for d in derivatives)
    found = dict(zip(kept.wanted, run_branches(kept.selector, graphs, given, op_of(kept.selector)), strict=True))
    return [None, *(found.get(position) for position in range(kept.count))]


def _way_back(derivative: Derivative, kept: _Kept, specs: list[TensorSpec], again: bool) -> Graph:
    """The graph of one branch's gradients, for all that are wanted of any branch.

    All branches take the same, of these ``specs``: the bundle, the kept inputs, the gradients that arrive at the
    outputs, and with ``again`` a bundle of those that arrive at what was saved.
    """
    back = derivative.again if again else derivative.first
    assert back is not None
    tracer = Tracer(f"gradient_of_{derivative.forward.name}")
    with tracer:
        bundle, *rest = [tracer.add_input(spec, "g" if i else "saved") for i, spec in enumerate(specs)]
        inputs = dict(zip(kept.inputs, rest, strict=False))
        arriving: list[Any] = rest[len(inputs) :]
        if again:
            g_saved = _unbundled(arriving.pop(), derivative)
            arriving += [one for one in g_saved if one.dtype.is_differentiable]
        saved = derivative.with_saved(inputs, _unbundled(bundle, derivative))
        found = dict(zip(back.wanted, replay(back.graph, [*saved, *arriving]), strict=True))
        for i, spec in kept.specs.items():
            if i not in found:  # another branch depends on it
                found[i] = zeros_of(inputs[i]) if i in inputs else zeros(spec.dims, spec.dtype)
        return tracer.graph([found[i] for i in kept.wanted])


def _unbundled(bundle: Any, derivative: Derivative) -> list[Any]:
    """What a branch put in its bundle."""
    return pop(bundle, derivative.extra)[1] if derivative.extra else []


def _repeat(inputs: Sequence[Any], params: Mapping[str, Any]) -> list[Any]:
    return run_branches(inputs[0], params["branches"], list(inputs[1:]), op_of(inputs[0]))


def _push(inputs: Sequence[Any], params: Mapping[str, Any], tangents: Sequence[Any]) -> list[Any]:
    """The tangents of the outputs: the same choice, of branches that give tangents."""
    selector, *captured = inputs
    branches = params["branches"]
    refuse_effects(branches, "a branch")
    moving = [i for i, tangent in enumerate(tangents[1:]) if tangent is not None]
    values = [*captured, *(tangents[i + 1] for i in moving)]

    def moved(graph: Graph, values: list[Any]) -> list[Any]:
        found = pushed(graph, values[: len(captured)], dict(zip(moving, values[len(captured) :], strict=True)))[1]
        return [tangent for tangent in found if tangent is not None]

    specs = list(map(spec_of, values))
    graphs = tuple(graph_of(g.name, specs, partial(moved, g)) for g in branches)
    found = iter(run_branches(selector, graphs, values, op_of(selector)))
    return [next(found) if value.spec.dtype.is_differentiable else None for value in branches[0].outputs]


def _op(name: str) -> Op:
    return register(
        Op(name, ("*values",), _kernel, _infer, (Rule.of(_rule),), label=name, family="control flow", effect=WRITE,
           multiple=True, graphs=("branches",), chooses=True, keep=_keep, repeat=_repeat, push=_push)
    )  # fmt: skip


COND = _op("cond")
SWITCH_CASE = _op("switch_case")


def op_of(selector: Any) -> Op:
    """Which op chooses by this: cond by a truth value, switch_case by a number."""
    return COND if selector.dtype is bool_ else SWITCH_CASE


def run_branches(selector: Any, graphs: tuple[Graph, ...], captured: list[Any], op: Op) -> list[Any]:
    """The outputs of the chosen graph; gradients flow to what was captured."""
    __tracebackhide__ = True
    if sees_inside() and isinstance(selector, EagerTensor):
        return replay(graphs[chosen(selector._array, len(graphs))], captured)
    count = len(graphs[0].outputs)
    orders, followed = followers(captured)
    derivatives = tuple(derivative_of(graph, followed, again=orders > 1) for graph in graphs) if orders else None
    params = {"branches": tuple(d.bundled for d in derivatives) if derivatives else graphs, "derivatives": derivatives}
    return list(dispatch(op, [selector, *captured], params)[:count])
