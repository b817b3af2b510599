"""cond, switch_case, case: one of several branches runs, chosen by a tensor.

Eagerly the branch is simply called. While a graph is traced, each branch is traced once, into a sub-graph of a node.

>>> import eagernb as tf
>>> @tf.function(autograph=False)
... def absolute(x):
...     return tf.cond(x < 0.0, lambda: -x, lambda: x)
>>> float(absolute(tf.constant(-2.0))), float(absolute(tf.constant(3.0)))
(2.0, 3.0)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from eagernb.autodiff.backprop import zeros_of
from eagernb.autodiff.plan import like
from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor, is_tensor
from eagernb.core.dispatch import dispatch, spec_of
from eagernb.core.dtypes import bool_, int32
from eagernb.core.op import WRITE, Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor, Symbol, Tensor
from eagernb.errors import InvalidArgumentError
from eagernb.graph.derivative import Derivative, derivative_of
from eagernb.graph.interpreter import interpret_arrays, replay
from eagernb.graph.ir import Graph
from eagernb.graph.layout import either
from eagernb.graph.part import Part, share_captures, tracer_around
from eagernb.graph.pushing import pushed, refuse_effects
from eagernb.graph.subgraphs import Run, followers, sees_inside, tell_of_variables
from eagernb.graph.trace_graph import graph_of
from eagernb.graph.tracer import Tracer
from eagernb.ops.assertions import Assert
from eagernb.ops.casting import cast
from eagernb.ops.creation import zeros
from eagernb.ops.joining import stack
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.saved_stack import pop
from eagernb.ops.shape import reshape

Branch = Callable[[], Any]


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
    found = dict(zip(kept.wanted, _branches(kept.selector, graphs, given, op_of(kept.selector)), strict=True))
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
    return _branches(inputs[0], params["branches"], list(inputs[1:]), op_of(inputs[0]))


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
    found = iter(_branches(selector, graphs, values, op_of(selector)))
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


def _branches(selector: Any, graphs: tuple[Graph, ...], captured: list[Any], op: Op) -> list[Any]:
    """The outputs of the chosen graph; gradients flow to what was captured."""
    __tracebackhide__ = True
    if sees_inside() and isinstance(selector, EagerTensor):
        return replay(graphs[chosen(selector._array, len(graphs))], captured)
    count = len(graphs[0].outputs)
    orders, followed = followers(captured)
    derivatives = tuple(derivative_of(graph, followed, again=orders > 1) for graph in graphs) if orders else None
    params = {"branches": tuple(d.bundled for d in derivatives) if derivatives else graphs, "derivatives": derivatives}
    return list(dispatch(op, [selector, *captured], params)[:count])


def cond(pred: Any, true_fn: Branch | None = None, false_fn: Branch | None = None, name: str | None = None) -> Any:
    """``true_fn()`` if ``pred`` is true, else ``false_fn()``: functions of no arguments, with results of one structure.

    In a graph only the branch that is taken runs, while Python code in both runs once, as they are traced. Sizes in
    which the results differ are unknown in the graph, and so is a rank.

    Raises TypeError for branches that cannot be called, whose results differ in structure or dtype, and for a Python
    bool while a graph is traced.

    >>> import eagernb as tf
    >>> int(tf.cond(tf.constant(True), lambda: 1, lambda: 2))
    1
    """
    __tracebackhide__ = True
    for function, argument in ((true_fn, "true_fn"), (false_fn, "false_fn")):
        if not callable(function):
            raise TypeError(f"'{argument}' must be callable, not {function!r}.")
    assert true_fn is not None
    assert false_fn is not None
    tracer = tracer_around()
    if tracer is None and not isinstance(pred, Symbol):
        return true_fn() if pred else false_fn()
    if isinstance(pred, bool):
        raise TypeError(f"pred must not be a Python bool, but it is {pred}. Use Python's `if`, or tf.constant({pred}).")
    pred = convert_to_tensor(pred)
    if pred.dtype is not bool_:
        raise InvalidArgumentError(
            f"cond: pred must be a bool, not {pred.dtype.name}. Compare it with something, or use tf.cast(x, tf.bool)."
        )
    if pred._dims and pred.shape.num_elements() == 1:
        pred = reshape(pred, [])
    if pred._dims:
        raise InvalidArgumentError(
            f"cond: pred must be a scalar, but it has shape {pred.shape}. Reduce it with tf.reduce_any or "
            "tf.reduce_all, or choose elementwise with tf.where."
        )
    return _traced(pred, {"true_fn": true_fn, "false_fn": false_fn}, tracer, COND)


def _traced(selector: Tensor, functions: Mapping[str, Branch], tracer: Tracer | None, op: Op) -> Any:
    """A node with a sub-graph for each function."""
    __tracebackhide__ = True
    parts: list[Part] = []
    for name, function in functions.items():
        part = Part(name, tracer, before=parts[-1] if parts else None)
        parts.append(part.trace(function))
    for part, name in zip(parts[1:], list(functions)[1:], strict=True):
        _check_alike(op, next(iter(functions)), parts[0], name, part)
    captured = share_captures(parts)
    graphs = tuple(part.graph() for part in parts)
    tell_of_variables(captured, graphs)
    results = _branches(selector, graphs, captured, op)
    return either([part.layout for part in parts]).pack(results)


def _check_alike(op: Op, first_name: str, first: Part, name: str, part: Part) -> None:
    reason = None
    try:
        nest.assert_same_structure(first.layout.structure, part.layout.structure)
    except (TypeError, ValueError) as error:
        reason = str(error)
    if reason is None and not first.layout.is_like(part.layout):
        raise ValueError(
            f"{op.name}: {first_name} and {name} must return the same: one gives None where the other gives a tensor, "
            "or a dataset of other elements."
        )
    if reason is None:
        pairs = zip(first.specs, part.specs, strict=True)
        differing = next(((a, b) for a, b in pairs if a.dtype is not b.dtype), None)
        if differing:
            reason = f"{differing[0].dtype.name} and {differing[1].dtype.name}. Use tf.cast in one of them"
    if reason is not None:
        raise TypeError(
            f"{first_name} and {name} arguments to tf.{op.name} must have the same number, type, and overall "
            f"structure of return values: {reason}"
        )


def switch_case(
    branch_index: Any, branch_fns: Any, default: Branch | None = None, name: str | None = "switch_case"
) -> Any:
    """The result of one of several functions, chosen by a number; of ``default`` (or the last) for any other number.

    ``branch_fns`` are functions of no arguments: a list, or a dict (or pairs) by number, from 0 without a gap.

    Raises TypeError for a Python number or what is no int32 tensor (eagerly, no tensor of integers), ValueError for
    numbers with gaps, InvalidArgumentError for more than one number.

    >>> import eagernb as tf
    >>> int(tf.switch_case(tf.constant(1), [lambda: 10, lambda: 11]))
    11
    """
    __tracebackhide__ = True
    functions = _by_number(branch_fns)
    if default is not None:
        functions.append(default)
    if not is_tensor(branch_index):
        raise TypeError(f"'branch_index' must be a Tensor, got {type(branch_index)}")
    index = convert_to_tensor(branch_index)
    tracer = tracer_around()
    if index.dtype is not int32 and not (tracer is None and index.dtype.is_integer):
        raise TypeError(f"'branch_index' must be of type int32, not {index.dtype.name}. Use tf.cast(x, tf.int32).")
    if index._dims:
        raise InvalidArgumentError(f"switch_case: branch_index must be a scalar, but it has shape {index.shape}.")
    if isinstance(index, EagerTensor) and tracer is None:
        return functions[chosen(index._array, len(functions))]()
    return _traced(index, {f"branch_{i}": f for i, f in enumerate(functions)}, tracer, SWITCH_CASE)


def _by_number(branch_fns: Any) -> list[Branch]:
    if not isinstance(branch_fns, (list, tuple, dict)):
        raise TypeError("'branch_fns' must be a list, tuple, or dict")
    pairs = list(branch_fns.items()) if isinstance(branch_fns, dict) else list(branch_fns)
    if not pairs:
        raise ValueError("Must provide at least one item in 'branch_fns'")
    if not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in pairs):
        pairs = list(enumerate(pairs))
    for key, function in pairs:
        if not isinstance(key, int):
            raise TypeError(f"branch index must be a Python `int`, got {type(key)}")
        if not callable(function):
            raise TypeError(f"fn for key {key} must be callable.")
    keys = sorted(key for key, _ in pairs)
    if keys != list(range(len(pairs))):
        found = ",".join(map(str, keys))
        raise ValueError(
            f"branch indices (keys) must form contiguous range of [0 to {len(pairs)}) but found {{{found}}}"
        )
    return [function for _, function in sorted(pairs, key=lambda pair: pair[0])]


def case(
    pred_fn_pairs: Any, default: Branch | None = None, exclusive: bool = False, strict: bool = False,
    name: str | None = "case",
) -> Any:  # fmt: skip
    """The result of the function at the first predicate that is true, of ``default`` where none is.

    ``pred_fn_pairs`` are pairs of a scalar bool tensor and a function of no arguments. With ``exclusive`` at most one
    may be true. ``strict`` changes nothing.

    Raises TypeError for a predicate that is no bool tensor, InvalidArgumentError if none is true and there is no
    default, or if several are that should not be.

    >>> import eagernb as tf
    >>> x = tf.constant(5)
    >>> int(tf.case([(x < 0, lambda: -1), (x > 3, lambda: 1)], default=lambda: 0))
    1
    """
    __tracebackhide__ = True
    pairs = _pairs(pred_fn_pairs)
    if not (default is None or callable(default)):
        raise TypeError(f"'default' must be callable, not {default!r}.")
    if exclusive:
        preds = stack([pred for pred, _ in pairs])
        true = reduce_sum(cast(preds, int32))
        Assert(true < 2, ["Input error: exclusive=True: more than 1 conditions evaluated as True:", preds])
    if default is None:
        pred, function = pairs.pop()

        def default() -> Any:
            Assert(pred, ["Input error: None of conditions evaluated as True"])
            return function()

    return _first_true(pairs, default)


def _first_true(pairs: list[tuple[Any, Branch]], default: Branch) -> Any:
    __tracebackhide__ = True
    if not pairs:
        return default()
    (pred, function), rest = pairs[0], pairs[1:]
    return cond(pred, function, lambda: _first_true(rest, default))


def _pairs(pred_fn_pairs: Any) -> list[tuple[Any, Branch]]:
    if isinstance(pred_fn_pairs, dict):
        pred_fn_pairs = [(key.deref() if hasattr(key, "deref") else key, f) for key, f in pred_fn_pairs.items()]
    if not isinstance(pred_fn_pairs, (list, tuple)):
        raise TypeError("'pred_fn_pairs' must be a list, tuple, or dict.")
    if not pred_fn_pairs:
        raise ValueError("'pred_fn_pairs' must hold at least one pair.")
    for pair in pred_fn_pairs:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError(
                f"Each entry in 'pred_fn_pairs' must be a 2-tuple of a predicate and a function, not {pair!r}"
            )
        pred, function = pair
        if not isinstance(pred, Tensor) or pred.dtype is not bool_:
            raise TypeError(f"pred must be a Tensor of type bool, got: {pred!r}")
        if not callable(function):
            raise TypeError(f"fn for pred {pred!r} must be callable.")
    return list(pred_fn_pairs)
