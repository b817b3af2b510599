"""Batch rules: how an op on single examples is carried out on a batch of them, in terms of public operations.

A rule belongs to an op, or to a family of ops that work alike. An op without a rule works too, example by example: a
rule is there for speed only.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from eagernb.autodiff.batcher import BatchRule, Examples, aligned, one_by_one
from eagernb.autodiff.custom_gradient import Gradients, with_gradients
from eagernb.core.dispatch import dispatch
from eagernb.core.late import filled, late_call, sizes_of
from eagernb.core.op import Op, find_op
from eagernb.core.static import normal_axis
from eagernb.core.tensor import Tensor
from eagernb.ops import arranging, broadcasting, gather, gather_nd, reduce, scatter, shape
from eagernb.ops.slicing import Slice

_RULES: dict[Op, BatchRule] = {}


def find_rule(op: Op) -> BatchRule | None:
    """The op's batch rule, or its family's; None if there is none."""
    if op.late_of is not None:
        return _late
    return _RULES.get(op) or (_elementwise if op.family == "elementwise" else None)


def shape_of_one(op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Tensor | None:
    """What `shape` or `size` give for one example of a batch, the same for all; None for any other op."""
    if op not in (shape.SHAPE, shape.SIZE):
        return None
    dims = shape.shape(inputs[0], params["dtype"])[1:]
    return dims if op is shape.SHAPE else reduce.reduce_prod(dims)


def _late(examples: Examples) -> Any:
    """An op some of whose params are inputs: they are the same for all examples, as a rule."""
    op = examples.op.late_of
    assert op is not None
    count = len(op.inputs)
    if any(examples.batched[count:]):
        return one_by_one(examples)
    params = filled(examples.params, examples.inputs)
    rule = find_rule(op) or one_by_one
    return rule(replace(examples, op=op, inputs=examples.inputs[:count], batched=examples.batched[:count],
                        params=params))  # fmt: skip


def _dispatch_late(op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
    """Carry out an op in whose params the number of examples may be a symbol."""
    return dispatch(*late_call(op, inputs, params))


def _batches(*names: str) -> Callable[[BatchRule], BatchRule]:
    """Declare the rule of the ops with these names."""

    def add(rule: BatchRule) -> BatchRule:
        _RULES.update(dict.fromkeys(map(find_op, names), rule))
        return rule

    return add


def _elementwise(examples: Examples) -> Any:
    """Ranks are lined up, so that the axes after the first broadcast as they do for one example."""
    rank = max(examples.rank(i) for i in range(len(examples.inputs)))
    inputs = [aligned(x, rank) if b else x for x, b in zip(examples.inputs, examples.batched, strict=True)]
    return _dispatch_late(examples.op, inputs, examples.params)


@_batches(
    "identity", "add_n", "sparse_softmax_cross_entropy", "sparse_softmax_cross_entropy_grad", "top_k", "diag_part",
    "diag", "set_diag", "band_part", "cross", "inv", "solve", "tridiagonal_solve", "det", "slogdet", "cholesky", "lu",
    "qr", "svd", "singular_values", "eigh", "eigvalsh", "eig", "eigvals", "expm", "logm", "sqrtm",
)  # fmt: skip
def _unchanged(examples: Examples) -> Any:
    """Axes are counted from the last, or do not matter."""
    return _dispatch_late(examples.op, examples.all_full(), examples.params)


@_batches(
    "reduce_sum", "reduce_mean", "reduce_max", "reduce_min", "reduce_prod", "reduce_any", "reduce_all",
    "reduce_euclidean_norm", "argmax", "argmin", "cumsum", "cumprod", "cumulative_logsumexp", "softmax", "log_softmax",
    "softmax_cross_entropy", "softmax_cross_entropy_grad", "sort", "argsort", "reverse", "concat", "stack", "split",
    "unstack", "one_hot", "roll", "repeat", "fft", "ifft", "rfft", "irfft",
)  # fmt: skip
def _along_axes(examples: Examples) -> Any:
    """An axis counted from the first is one further; all axes (None) are all but the first."""
    name = "axis" if "axis" in examples.params else "axes"
    axis = examples.params[name]
    if axis is None:
        axis = tuple(range(1, examples.rank(0) + 1))
    elif isinstance(axis, tuple):
        axis = tuple(map(_further, axis))
    else:
        axis = _further(axis)
    return _dispatch_late(examples.op, examples.all_full(), {**examples.params, name: axis})


def _further(axis: int) -> int:
    return axis if axis < 0 else axis + 1


@_batches("reshape")
def _reshape(examples: Examples) -> Tensor:
    return shape.reshape(examples.inputs[0], [examples.size, *examples.params["shape"]])


@_batches("expand_dims", "squeeze")
def _same_order(examples: Examples) -> Tensor:
    """The elements stay as they follow each other: only the shape is another."""
    return shape.reshape(examples.inputs[0], [examples.size, *_dims(examples)])


def _dims(examples: Examples) -> list[int]:
    """The result's shape for one example, for reshape."""
    return [-1 if d is None else d for d in examples.specs[0].dims]


@_batches("transpose")
def _transpose(examples: Examples) -> Tensor:
    rank, perm = examples.rank(0), examples.params["perm"]
    perm = range(rank)[::-1] if perm is None else [normal_axis(a, rank) for a in perm]
    return shape.transpose(examples.inputs[0], [0, *[a + 1 for a in perm]])


@_batches("broadcast_to")
def _broadcast_to(examples: Examples) -> Tensor:
    dims = examples.params["shape"]
    return broadcasting.broadcast_to(aligned(examples.inputs[0], len(dims)), [examples.size, *dims])


@_batches("sum_to_like")
def _sum_to_like(examples: Examples) -> Tensor:
    """What it shall look like gets axes of size 1 where one example has more: there it is summed up."""
    g, like = examples.all_full()
    missing = range(1, 1 + examples.rank(0) - examples.rank(1))
    for axis in missing:
        like = shape.expand_dims(like, axis)
    total = dispatch(examples.op, [g, like], {})
    return shape.squeeze(total, list(missing)) if missing else total


@_batches("tile")
def _tile(examples: Examples) -> Tensor:
    return arranging.tile(examples.inputs[0], [1, *examples.params["multiples"]])


@_batches("ensure_shape")
def _ensure_shape(examples: Examples) -> Tensor:
    size = examples.size if isinstance(examples.size, int) else None
    return _dispatch_late(examples.op, examples.inputs, {"shape": (size, *examples.specs[0].dims)})


@_batches("conv", "conv_backprop_input")
def _convolve(examples: Examples) -> Tensor:
    """Images may have any number of axes for batches, filters have none."""
    filters = examples.op.inputs.index("filters")
    if examples.batched[filters]:
        return one_by_one(examples)
    return _dispatch_late(examples.op, examples.inputs, examples.params)


@_batches("max_pool", "max_pool_grad", "max_pool_grad_grad", "avg_pool", "avg_pool_grad")
def _pool(examples: Examples) -> Tensor:
    """The images of all examples, as one batch of images."""
    inputs = []
    for x in examples.all_full():
        size, count, *rest = sizes_of(x)
        inputs.append(shape.reshape(x, [size * count, *rest]))
    pooled = dispatch(examples.op, inputs, examples.params)
    return shape.reshape(pooled, [examples.size, *_dims(examples)])


@_batches("pad", "pad_grad")
def _pad(examples: Examples) -> Tensor:
    paddings = ((0, 0), *examples.params["paddings"])
    return _dispatch_late(examples.op, examples.inputs, {**examples.params, "paddings": paddings})


@_batches("matmul")
def _matmul(examples: Examples) -> Tensor:
    a, b = examples.inputs
    matrices = len(a._dims) == 3 and len(b._dims) == 2 and not examples.params.get("transpose_a")
    if not matrices or examples.batched != [True, False]:
        return _elementwise(examples)  # the axes before the last two broadcast
    size, count, inner = sizes_of(a)
    rows = shape.reshape(a, [size * count, inner])  # of all examples, as one matrix
    product = dispatch(examples.op, [rows, b], examples.params)
    return shape.reshape(product, [size, count, sizes_of(product)[1]])


@_batches("triangular_solve")
def _broadcasting_matrices(examples: Examples) -> Tensor:
    return _elementwise(examples)


@_batches("einsum", "einsum_single")
def _einsum(examples: Examples) -> Tensor:
    """A label more, the first one, of what is batched and of the result."""
    equation = examples.params["equation"]
    label = next(letter for letter in string.ascii_letters if letter not in equation)
    left, _, right = equation.partition("->")
    operands = [label * b + labels for labels, b in zip(left.split(","), examples.batched, strict=True)]
    return _dispatch_late(examples.op, examples.inputs, {"equation": f"{','.join(operands)}->{label}{right}"})


_ALL = Slice(None, None, None)


@_batches("slice")
def _block(examples: Examples) -> Tensor:
    params = {"begin": (0, *examples.params["begin"]), "size": (examples.size, *examples.params["size"])}
    return _dispatch_late(examples.op, examples.inputs, params)


@_batches("strided_slice")
def _slice(examples: Examples) -> Tensor:
    return _dispatch_late(examples.op, examples.inputs, {"key": (_ALL, *examples.params["key"])})


@_batches("strided_slice_grad")
def _unslice(examples: Examples) -> Tensor:
    params = {"shape": (examples.size, *examples.params["shape"]), "key": (_ALL, *examples.params["key"])}
    return _dispatch_late(examples.op, examples.inputs, params)


@_batches("gather")
def _gather(examples: Examples) -> Tensor:
    (params, indices), rank = examples.inputs, examples.rank(0)
    axis, batch_dims = _gather_axes(examples, rank)
    if batch_dims == 0 and not examples.batched[1]:
        return gather.gather(params, indices, axis=axis + 1)
    if batch_dims == 0 and not examples.batched[0]:
        picked = gather.gather(params, indices, axis=axis)
        order = list(range(len(picked._dims)))
        order.insert(0, order.pop(axis))  # the examples come first
        return shape.transpose(picked, order)
    return gather.gather(examples.full(0), examples.full(1), axis=axis + 1, batch_dims=batch_dims + 1)


@_batches("gather_grad")
def _ungather(examples: Examples) -> Tensor:
    dims = examples.params["shape"]
    axis, batch_dims = _gather_axes(examples, len(dims))
    params = {"shape": (examples.size, *dims), "axis": axis + 1, "batch_dims": batch_dims}
    if batch_dims == 0 and not examples.batched[1]:
        return _dispatch_late(examples.op, examples.inputs, params)
    return _dispatch_late(examples.op, examples.all_full(), {**params, "batch_dims": batch_dims + 1})


def _gather_axes(examples: Examples, rank: int) -> tuple[int, int]:
    batch_dims = examples.params["batch_dims"]
    if batch_dims < 0:
        batch_dims += examples.rank(1)
    return normal_axis(examples.params["axis"], rank), batch_dims


@_batches("gather_nd")
def _gather_nd(examples: Examples) -> Tensor:
    if not examples.batched[0]:
        return gather_nd.gather_nd(examples.inputs[0], examples.inputs[1])
    return gather_nd.gather_nd(examples.full(0), examples.full(1), batch_dims=1)


@_batches("with_batch_positions")
def _with_batch(examples: Examples) -> Tensor:
    positions = dispatch(examples.op, examples.inputs, {"batch_dims": examples.params["batch_dims"] + 1})
    return positions[..., 1:]


@_batches("scatter_nd")
def _scatter_nd(examples: Examples) -> Tensor:
    return scatter.scatter_nd(_positions(examples, 0), examples.full(1), [examples.size, *examples.params["shape"]])


@_batches(
    "tensor_scatter_nd_update", "tensor_scatter_nd_add", "tensor_scatter_nd_sub", "tensor_scatter_nd_max",
    "tensor_scatter_nd_min",
)  # fmt: skip
def _tensor_scatter(examples: Examples) -> Tensor:
    return _dispatch_late(examples.op, [examples.full(0), _positions(examples, 1), examples.full(2)], {})


def _positions(examples: Examples, i: int) -> Tensor:
    """Coordinates within an example, with the example's number before them."""
    return dispatch(find_op("with_batch_positions"), [examples.full(i)], {"batch_dims": 1})


@_batches("random_normal", "random_truncated_normal", "random_uniform", "random_integers")
def _draw(examples: Examples) -> Tensor:
    return _dispatch_late(examples.op, (), {**examples.params, "shape": (examples.size, *examples.params["shape"])})


@_batches("custom_gradient", "program_gradient")
def _custom_gradient(examples: Examples) -> Any:
    """The user's gradient function is written for one example, so that it runs inside of the batcher again."""
    batcher, params, rule = examples.batcher, examples.params, examples.op.rule_for(0)
    assert rule is not None
    values = [batcher.example(x) if b else x for x, b in zip(examples.inputs, examples.batched, strict=True)]
    arguments = [params.get(name, values) for name in rule.names]
    count = len(values) - params["outputs"]

    def gradients(g: list[Tensor]) -> list[Any]:
        with batcher:
            found = rule.function([batcher.example(one) for one in g], *arguments)[:count]
        batches = [None if one is None else batcher.batch(one) for one in found]
        # An input that all examples share gets the sum of their gradients.
        return [
            one if one is None or batched else reduce.reduce_sum(one, 0)
            for one, batched in zip(batches, examples.batched, strict=False)
        ]

    outputs = [examples.full(i) for i in range(count, len(values))]
    return with_gradients(examples.inputs[:count], outputs, Gradients(repr(params["gradients"]), gradients))
