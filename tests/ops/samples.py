"""What test_contract.py tries each op on: an op without a line here fails there."""

import io
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.dtypes import float32, float64, int32, int64
from eagernb.ops.indexing import Slice


class Sample(NamedTuple):
    """Arguments of an op. An input in a list of its own, ``[array]``, is the value of a Variable.

    ``reference(*arrays, **params)`` is the answer, written without the op's kernel; None where it is random.
    """

    inputs: tuple[Any, ...]
    params: dict[str, Any]
    reference: Callable[..., Any] | None


def case(*inputs: Any, reference: Callable[..., Any] | None = None, **params: Any) -> Sample:
    return Sample(inputs, params, reference)


rng = np.random.default_rng(0)
A = rng.uniform(0.2, 0.9, (2, 3)) * np.array([[1, -1, 1], [-1, 1, 1]])  # no zeros, no ties, within asin's domain
B = rng.uniform(0.3, 1.9, (2, 3))
ROW, COLUMN, NUMBER = rng.uniform(0.3, 1.9, 3), rng.uniform(0.3, 1.9, (2, 1)), np.float64(0.6)
CUBE = rng.uniform(-2, 2, (2, 3, 4))
EMPTY = np.zeros((0, 3))
INTS = np.array([[7, -7, 3], [-2, 5, 0]], np.int32)
DIVISORS = np.array([2, -3, 5], np.int32)
BOOLS, FLAGS = np.array([[True, False, True], [False, False, True]]), np.array([True, True, False])
SPECIAL = np.array([np.nan, np.inf, -np.inf, -0.0, 0.0, 1.5])
F32 = A.astype(np.float32)
STRIDED = rng.uniform(0.2, 0.9, (6, 3))[::2, ::-1]  # neither contiguous nor in order


def elementwise(reference: Callable[..., Any], *arrays: Any) -> list[Sample]:
    return [case(x, reference=reference) for x in (*(arrays or (A, F32, SPECIAL)), STRIDED, NUMBER, EMPTY)]


def pairs(reference: Callable[..., Any], *more: tuple[Any, Any]) -> list[Sample]:
    """Equal shapes, broadcasting either way and both ways, rank 0, nothing at all."""
    floats = [(B, B[::-1]), (B, ROW), (COLUMN, B), (COLUMN, ROW), (B, NUMBER), (NUMBER, NUMBER + 1), (EMPTY, ROW)]
    return [case(x, y, reference=reference) for x, y in (*floats, *more)]


def logic(reference: Callable[..., Any]) -> list[Sample]:
    return [case(BOOLS, FLAGS, reference=reference), case(FLAGS, BOOLS[:0], reference=reference)]


def reducing(reference: Callable[..., Any], *arrays: Any) -> list[Sample]:
    axes: list[Any] = [None, (0,), (-1,), (0, 2), (2, 0), ()]
    samples = [case(CUBE, axis=a, keepdims=k, reference=reference) for a in axes for k in (False, True)]
    return samples + [case(x, axis=(1,), keepdims=False, reference=reference) for x in arrays]


def running(reference: Callable[..., Any]) -> list[Sample]:
    options = [(axis, exclusive, back) for axis in (0, 2, -2) for exclusive in (False, True) for back in (False, True)]
    with_zeros = CUBE.round()
    return [
        case(x, axis=a, exclusive=e, reverse=r, reference=reference) for x in (CUBE, with_zeros) for a, e, r in options
    ]


def by_loop(function: Any) -> Callable[..., Any]:
    """cumsum and cumprod, literally: each output reduces the elements before (or after) it."""

    def reference(x: Any, axis: int, exclusive: bool, reverse: bool) -> Any:
        moved = np.moveaxis(x, axis, 0)
        parts = []
        for i in range(len(moved)):
            taken = moved[i + exclusive :] if reverse else moved[: i + 1 - exclusive]
            parts.append(function(taken, axis=0))
        return np.moveaxis(np.stack(parts), 0, axis)

    return reference


def softmax(x: Any, axis: int) -> Any:
    e = np.exp(x)
    return e / e.sum(axis, keepdims=True)


def unsliced(g: Any, shape: Any, key: Any) -> Any:
    result = np.zeros(shape)
    result[key] = g
    return result


def int_mean(x: Any, axis: Any, keepdims: bool) -> Any:
    return np.trunc(x.mean(axis, keepdims=keepdims)).astype(x.dtype)


LABELS = np.array([[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]])
DRAW = {"shape": (3, 2), "dtype": float32, "seed": None}

SAMPLES: dict[str, list[Sample]] = {
    # arithmetic
    "add": pairs(lambda x, y: x + y, (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "subtract": pairs(lambda x, y: x - y, (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "multiply": pairs(lambda x, y: x * y, (INTS, DIVISORS), (BOOLS, FLAGS), (SPECIAL, SPECIAL[::-1])),
    "divide": pairs(lambda x, y: x / y, (SPECIAL, SPECIAL[::-1])),
    "floordiv": pairs(lambda x, y: np.floor(x / y).astype(x.dtype), (INTS, DIVISORS)),
    "floormod": pairs(lambda x, y: (x - y * np.floor(x / y)).astype(x.dtype), (INTS, DIVISORS)),
    "maximum": pairs(lambda x, y: np.where(np.isnan(x) | (x > y), x, y), (INTS, DIVISORS)),
    "minimum": pairs(lambda x, y: np.where(np.isnan(x) | (x < y), x, y), (INTS, DIVISORS)),
    "squared_difference": pairs(lambda x, y: (x - y) ** 2, (INTS, DIVISORS)),
    "pow": pairs(lambda x, y: x**y, (INTS, np.abs(DIVISORS))),
    "negative": elementwise(lambda x: -x, A, INTS, SPECIAL),
    "square": elementwise(lambda x: x * x, A, INTS, SPECIAL),
    "abs": elementwise(np.abs, A, INTS, SPECIAL),
    "sign": elementwise(np.sign, A, INTS, SPECIAL),
    "reciprocal": elementwise(lambda x: 1 / x, A, F32, SPECIAL),
    "floor": elementwise(np.floor),
    "ceil": elementwise(np.ceil),
    "round": elementwise(np.round, A, INTS, SPECIAL, np.array([0.5, 1.5, -0.5, 2.5])),
    "add_n": [
        case(A, B, A, reference=lambda *xs: xs[0] + xs[1] + xs[2]),
        case(INTS, reference=lambda x: x),
        case(SPECIAL, SPECIAL, reference=lambda x, y: x + y),
    ],
    "clip_by_value": [
        case(A, np.float64(-0.4), np.float64(0.4), reference=np.clip),
        case(A, ROW - 1.5, COLUMN, reference=np.clip),
        case(INTS, np.int32(-2), np.int32(3), reference=np.clip),
    ],
    # comparing
    "equal": pairs(lambda x, y: x == y, (INTS, DIVISORS), (SPECIAL, SPECIAL), (BOOLS, FLAGS)),
    "not_equal": pairs(lambda x, y: x != y, (INTS, DIVISORS), (SPECIAL, SPECIAL)),
    "less": pairs(lambda x, y: x < y, (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "less_equal": pairs(lambda x, y: x <= y, (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "greater": pairs(lambda x, y: x > y, (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "greater_equal": pairs(lambda x, y: x >= y, (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "logical_and": logic(lambda x, y: x & y),
    "logical_or": logic(lambda x, y: x | y),
    "logical_xor": logic(lambda x, y: x ^ y),
    "logical_not": [case(BOOLS, reference=lambda x: ~x)],
    "is_nan": elementwise(lambda x: x != x),
    "is_inf": elementwise(lambda x: np.abs(x) == np.inf),
    "is_finite": elementwise(lambda x: np.abs(x) < np.inf),
    "bitwise_and": [case(INTS, DIVISORS, reference=lambda x, y: x & y)],
    "bitwise_or": [case(INTS, DIVISORS, reference=lambda x, y: x | y)],
    "bitwise_xor": [case(INTS, DIVISORS, reference=lambda x, y: x ^ y)],
    "invert": [case(INTS, reference=lambda x: -x - 1)],
    # exponentials, trigonometry, activations
    "exp": elementwise(lambda x: np.e**x),
    "expm1": elementwise(lambda x: np.e**x - 1),
    "log": elementwise(lambda x: np.log2(x) / np.log2(np.e), B, SPECIAL),
    "log1p": elementwise(lambda x: np.log(1 + x), B, SPECIAL),
    "rsqrt": elementwise(lambda x: 1 / np.sqrt(x), B, SPECIAL),
    "sqrt": elementwise(lambda x: np.where(x == 0, x, x**0.5), B, np.abs(SPECIAL)),
    "sigmoid": elementwise(lambda x: 0.5 * (1 + np.tanh(x / 2))),
    "softplus": elementwise(lambda x: np.log(1 + np.exp(x))),
    "sin": elementwise(np.sin),
    "cos": elementwise(np.cos),
    "tan": elementwise(lambda x: np.sin(x) / np.cos(x)),
    "asin": elementwise(np.arcsin, A),
    "acos": elementwise(np.arccos, A),
    "atan": elementwise(np.arctan),
    "sinh": elementwise(lambda x: (np.exp(x) - np.exp(-x)) / 2, A),
    "cosh": elementwise(lambda x: (np.exp(x) + np.exp(-x)) / 2, A),
    "tanh": elementwise(lambda x: 1 - 2 / (np.exp(2 * x) + 1), A),
    "relu": elementwise(lambda x: np.where(x > 0, x, x * 0), A, INTS),
    "elu": elementwise(lambda x: np.where(x > 0, x, np.exp(x) - 1), A, F32),
    "stop_gradient": elementwise(lambda x: x),
    "cast": [
        case(A, dtype=float32, reference=lambda x, dtype: np.float32(x)),
        case(F32, dtype=float64, reference=lambda x, dtype: np.float64(x)),
        case(A * 9, dtype=int32, reference=lambda x, dtype: np.trunc(x).astype(np.int32)),
        case(BOOLS, dtype=float32, reference=lambda x, dtype: np.where(x, np.float32(1), np.float32(0))),
    ],
    # shapes
    "shape": [case(CUBE, dtype=int32, reference=lambda x, dtype: np.array([2, 3, 4], np.int32))],
    "size": [case(CUBE, dtype=int64, reference=lambda x, dtype: np.array(24))],
    "rank": [case(CUBE, dtype=int32, reference=lambda x, dtype: np.array(3, np.int32))],
    "identity": [case(A, reference=lambda x: x), case(SPECIAL, reference=lambda x: x)],
    "reshape": [
        case(x, shape=s, reference=lambda x, shape: np.array(list(x.flat), x.dtype).reshape(shape))
        for x, s in ((A, (3, 2)), (STRIDED, (-1,)), (EMPTY, (3, 0)), (NUMBER, (1, 1)))
    ],
    "transpose": [
        case(A, perm=None, reference=lambda x, perm: x.T),
        case(CUBE, perm=(2, 0, 1), reference=lambda x, perm: np.moveaxis(x, 2, 0)),
        case(CUBE, perm=(0, -1, 1), reference=lambda x, perm: x.swapaxes(1, 2)),
    ],
    "expand_dims": [
        case(A, axis=0, reference=lambda x, axis: x[None]),
        case(A, axis=-1, reference=lambda x, axis: x[..., None]),
    ],
    "squeeze": [
        case(A[:, None], axis=None, reference=lambda x, axis: x[:, 0]),
        case(A[None, :, None], axis=(-2,), reference=lambda x, axis: x[:, :, 0]),
    ],
    "broadcast_to": [
        case(ROW, shape=(2, 3), reference=lambda x, shape: np.stack([x, x])),
        case(COLUMN, shape=(2, 2), reference=lambda x, shape: np.hstack([x, x])),
        case(NUMBER, shape=(0, 2), reference=lambda x, shape: np.zeros((0, 2))),
    ],
    "concat": [
        case(A, B, axis=0, reference=lambda x, y, axis: np.vstack([x, y])),
        case(A, COLUMN, A, axis=-1, reference=lambda *xs, axis: np.hstack(xs)),
    ],
    "stack": [
        case(A, B, axis=0, reference=lambda x, y, axis: np.array([x, y])),
        case(A, B, axis=-1, reference=lambda x, y, axis: np.dstack([x, y])),
    ],
    "split": [
        case(A, sizes=(1, 2), axis=1, reference=lambda x, sizes, axis: (x[:, :1], x[:, 1:])),
        case(A, sizes=(0, 2), axis=-2, reference=lambda x, sizes, axis: (x[:0], x)),
    ],
    "unstack": [
        case(A, axis=0, reference=lambda x, axis: (x[0], x[1])),
        case(A, axis=-1, reference=lambda x, axis: (x[:, 0], x[:, 1], x[:, 2])),
    ],
    "tile": [case(A, multiples=(2, 3), reference=lambda x, multiples: np.block([[x, x, x], [x, x, x]]))],
    "pad": [
        case(A, paddings=((1, 0), (0, 2)), mode="CONSTANT", value=0,
             reference=lambda x, **_: np.vstack([np.zeros((1, 5)), np.hstack([x, np.zeros((2, 2))])])),
        case(A, paddings=((0, 1), (2, 1)), mode="REFLECT", value=0,
             reference=lambda x, **_: x[[0, 1, 0]][:, [2, 1, 0, 1, 2, 1]]),
        case(A, paddings=((2, 0), (0, 3)), mode="SYMMETRIC", value=0,
             reference=lambda x, **_: x[[1, 0, 0, 1]][:, [0, 1, 2, 2, 1, 0]]),
    ],
    "reverse": [case(A, axis=(0, -1), reference=lambda x, axis: x[::-1, ::-1])],
    # picking
    "strided_slice": [
        case(A, key=(0,), reference=lambda x, key: x[0]),
        case(A, key=(1, -1), reference=lambda x, key: x[1, 2]),
        case(A, key=(Slice(None, None, -1), Slice(0, 9, 2)), reference=lambda x, key: x[[1, 0]][:, [0, 2]]),
        case(CUBE, key=(Ellipsis, None, Slice(1, 2, None)), reference=lambda x, key: x[:, :, None, 1:2]),
        case(CUBE, key=(Slice(3, 1, None),), reference=lambda x, key: np.zeros((0, 3, 4))),
    ],
    "strided_slice_grad": [
        case(ROW, shape=(2, 3), key=(1,), reference=lambda g, shape, key: np.array([g * 0, g])),
        case(ROW[:2], shape=(4,), key=(Slice(None, None, -2),),
             reference=lambda g, shape, key: np.array([0, g[1], 0, g[0]])),
    ],
    "gather": [
        case(A, np.array([2, 0, 2]), axis=1, batch_dims=0, reference=lambda x, i, **_: x[:, [2, 0, 2]]),
        case(CUBE, np.array([[1], [0]]), axis=0, batch_dims=0, reference=lambda x, i, **_: x[::-1][:, None]),
        case(A, np.array([[2, 0], [1, 1]]), axis=1, batch_dims=1,
             reference=lambda x, i, **_: np.take_along_axis(x, i, 1)),
    ],
    "gather_grad": [
        case(A, np.array([2, 0, 2]), shape=(2, 4), axis=1, batch_dims=0,
             reference=lambda g, i, **_: np.stack([g[:, 1], 0 * g[:, 0], g[:, 0] + g[:, 2], 0 * g[:, 0]], 1)),
        case(A[:, :2], np.array([[2, 0], [1, 1]]), shape=(2, 3), axis=1, batch_dims=1,
             reference=lambda g, i, **_: np.array([[g[0, 1], 0, g[0, 0]], [0, g[1].sum(), 0]])),
    ],
    "gather_nd": [
        case(A, np.array([[0, 1], [1, 0]]), reference=lambda x, i: np.array([x[0, 1], x[1, 0]])),
        case(CUBE, np.array([[1]]), reference=lambda x, i: x[1:]),
    ],
    "gather_nd_grad": [
        case(ROW, np.array([[0, 1], [1, 0], [0, 1]]), shape=(2, 2),
             reference=lambda g, i, shape: np.array([[0, g[0] + g[2]], [g[1], 0]])),
    ],
    "where": [
        case(BOOLS, A, B, reference=lambda c, x, y: np.choose(c, [y, x])),
        case(FLAGS, COLUMN, B, reference=lambda c, x, y: np.hstack([x, x, y[:, 2:]])),
        case(np.array(True), INTS, DIVISORS, reference=lambda c, x, y: x),
    ],
    "where_true": [case(BOOLS, reference=lambda c: np.array([[0, 0], [0, 2], [1, 2]]))],
    "one_hot": [
        case(np.array([0, 2, 5]), depth=3, axis=-1, on=1, off=0, dtype=float32,
             reference=lambda i, **_: np.array([[1, 0, 0], [0, 0, 1], [0, 0, 0]], np.float32)),
        case(np.array([1, 0]), depth=3, axis=0, on=5, off=-1, dtype=int32,
             reference=lambda i, **_: np.array([[-1, 5], [5, -1], [-1, -1]], np.int32)),
    ],
    # reducing
    "reduce_sum": reducing(lambda x, axis, keepdims: x.sum(axis, x.dtype, keepdims=keepdims), INTS, SPECIAL[None]),
    "reduce_mean": [
        *reducing(lambda x, axis, keepdims: x.mean(axis, keepdims=keepdims), SPECIAL[None]),
        case(INTS, axis=(1,), keepdims=False, reference=int_mean),
    ],
    "reduce_max": reducing(lambda x, axis, keepdims: x.max(axis, keepdims=keepdims), INTS, SPECIAL[None]),
    "reduce_min": reducing(lambda x, axis, keepdims: x.min(axis, keepdims=keepdims), INTS, SPECIAL[None]),
    "reduce_prod": reducing(lambda x, axis, keepdims: x.prod(axis, x.dtype, keepdims=keepdims), INTS, CUBE.round()),
    "reduce_any": [case(BOOLS, axis=(0,), keepdims=True, reference=lambda x, **_: x.any(0, keepdims=True))],
    "reduce_all": [case(BOOLS, axis=None, keepdims=False, reference=lambda x, **_: x.all())],
    "argmax": [
        case(x, axis=a, dtype=int64, reference=lambda x, axis, dtype: x.argmax(axis))
        for x, a in ((A, 0), (CUBE, -1), (INTS, 1), (BOOLS, 1))
    ],
    "argmin": [
        case(x, axis=a, dtype=int32, reference=lambda x, axis, dtype: np.int32(x.argmin(axis)))
        for x, a in ((A, 0), (CUBE, -1), (INTS, 1))
    ],
    "cumsum": running(by_loop(np.sum)),
    "cumprod": running(by_loop(np.prod)),
    # matrices and losses
    "matmul": [
        case(A, B, transpose_a=False, transpose_b=True, reference=lambda x, y, **_: np.einsum("ik,jk->ij", x, y)),
        case(A, B, transpose_a=True, transpose_b=False, reference=lambda x, y, **_: np.einsum("ki,kj->ij", x, y)),
        case(A, CUBE, transpose_a=False, transpose_b=False, reference=lambda x, y, **_: np.einsum("ik,bkj->bij", x, y)),
        case(CUBE, CUBE[:1, ::-1], transpose_a=True, transpose_b=False,
             reference=lambda x, y, **_: np.einsum("bki,kj->bij", x, y[0])),
        case(CUBE, A, transpose_a=True, transpose_b=True, reference=lambda x, y, **_: np.einsum("bki,jk->bij", x, y)),
        case(INTS, INTS, transpose_a=False, transpose_b=True, reference=lambda x, y, **_: x.dot(y.T)),
    ],
    "softmax": [case(x, axis=a, reference=softmax) for x, a in ((A, -1), (CUBE, 0), (CUBE, 1))],
    "log_softmax": [
        case(x, axis=a, reference=lambda x, axis: np.log(softmax(x, axis))) for x, a in ((A, -1), (CUBE, 0), (CUBE, 1))
    ],
    "softmax_cross_entropy": [
        case(LABELS, A, axis=-1, reference=lambda p, x, axis: -(p * np.log(softmax(x, 1))).sum(1)),
        case(LABELS.T, A.T, axis=0, reference=lambda p, x, axis: -(p * np.log(softmax(x, 0))).sum(0)),
    ],
    "sparse_softmax_cross_entropy": [
        case(np.array([2, 0]), A, reference=lambda i, x: -np.log(softmax(x, 1)[[0, 1], i])),
    ],
    # state
    "read_variable": [case([A], reference=lambda v: v)],
    "assign": [case([A], B, reference=lambda v, x: x)],
    "assign_add": [case([A], B, reference=lambda v, x: v + x)],
    "assign_sub": [case([A], B, reference=lambda v, x: v - x)],
    "print": [
        case(A, NUMBER, template=("x:", None, None), end="\n", stream=io.StringIO(),
             reference=lambda *xs, **_: np.array(False)),
    ],
    "random_normal": [case(**DRAW)],
    "random_truncated_normal": [case(**DRAW)],
    "random_uniform": [case(**DRAW), case(**{**DRAW, "dtype": float64, "seed": 3})],
    "random_integers": [case(shape=(5,), dtype=int32, seed=7, low=-2, high=3)],
    "random_permutation": [case(count=6, seed=None)],
}  # fmt: skip
