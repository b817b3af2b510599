"""Elementwise ops do what NumPy's functions do, on dtypes, shapes, values and memory layouts that Hypothesis picks."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import eagernb as tf
from eagernb.core.apply import apply
from eagernb.core.op import Op, all_ops

# Ops whose NumPy function has another name, or is made of several. The others are found by their own name.
BY_ANOTHER_NAME: dict[str, Callable[..., Any]] = {
    "acos": np.arccos, "asin": np.arcsin, "atan": np.arctan, "acosh": np.arccosh, "asinh": np.arcsinh,
    "atanh": np.arctanh, "atan2": np.arctan2, "is_nan": np.isnan, "is_inf": np.isinf, "is_finite": np.isfinite,
    "abs": np.abs, "round": np.round, "pow": np.power, "floormod": np.mod,
    "real": np.real, "imag": np.imag, "angle": np.angle,
    "floordiv": lambda x, y: np.floor_divide(x, y) if x.dtype.kind in "iu" else np.floor(x / y),
    "truncatemod": np.fmod,
    "rsqrt": lambda x: 1 / np.sqrt(x),
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "softplus": lambda x: np.logaddexp(x, x.dtype.type(0)),
    "squared_difference": lambda x, y: (x - y) * np.conj(x - y),
    "relu": lambda x: np.maximum(x, x.dtype.type(0)),
    "stop_gradient": lambda x: x,
    "divide_no_nan": lambda x, y: np.where(y == 0, x.dtype.type(0), x / y),
    "multiply_no_nan": lambda x, y: np.where(y == 0, x.dtype.type(0), x * y),
    "xlogy": lambda x, y: np.where(x == 0, x, x * np.log(y)),
    "xlog1py": lambda x, y: np.where(x == 0, x, x * np.log1p(y)),
    "xdivy": lambda x, y: np.where(x == 0, x, x / y),
}  # fmt: skip
# NumPy's shifts by more places than there are, or by negative ones, are undefined in C.
UNLIKE_NUMPYS = {"left_shift", "right_shift"}


def numpys(op: Op) -> Callable[..., Any] | None:
    function = BY_ANOTHER_NAME.get(op.name) or getattr(np, op.name, None)
    known = isinstance(function, np.ufunc) or op.name in BY_ANOTHER_NAME
    return function if known and op.family == "elementwise" and op.name not in UNLIKE_NUMPYS else None


OPS = {name: op for name, op in all_ops().items() if numpys(op)}
of_operands = {n: pytest.mark.parametrize("name", [k for k, op in OPS.items() if len(op.inputs) == n]) for n in (1, 2)}
# Ops whose zeros have the sign that IEEE arithmetic gives them. (maximum(0.0, -0.0) is either.)
ZEROS_HAVE_SIGNS = {"add", "subtract", "multiply", "divide", "negative", "abs", "sqrt", "floor", "ceil", "sin", "tanh"}
TOLERANCE = {"float16": 2e-3, "float32": 1e-6, "float64": 1e-13, "complex64": 1e-5, "complex128": 1e-12}


def test_numpy_has_a_function_for_most_ops() -> None:
    elementwise = [op for op in all_ops().values() if op.family == "elementwise"]
    assert len(OPS) > 60
    assert {"add", "exp", "less", "conj", "bitwise_and"} <= OPS.keys() < {op.name for op in elementwise}


def dtypes_of(name: str) -> st.SearchStrategy[np.dtype]:
    return st.sampled_from(sorted((d for d in OPS[name].dtypes if d.kind in "biufc"), key=str))


def elements(dtype: np.dtype) -> st.SearchStrategy[Any]:
    """Any value; but complex numbers are finite and not huge, for infinite ones depend on the formula."""
    if dtype.kind == "c":
        return st.complex_numbers(max_magnitude=1e3, width=dtype.itemsize * 8, allow_subnormal=False)
    return hnp.from_dtype(dtype)


@st.composite
def tensors(
    draw: st.DrawFn, dtype: np.dtype, shape: tuple[int, ...], values: st.SearchStrategy[Any] | None = None
) -> tuple[tf.Tensor, np.ndarray]:
    """A tensor, contiguous in memory or a view of another one, and the same values as an array."""
    array = draw(hnp.arrays(dtype, shape, elements=elements(dtype) if values is None else values))
    layout = draw(st.sampled_from(["plain", "transposed", "backwards", "every other"])) if array.ndim else "plain"
    if layout == "transposed":
        return tf.transpose(tf.constant(array.T)), array
    if layout == "backwards":
        return tf.constant(array[::-1])[::-1], array
    if layout == "every other":
        return tf.constant(np.repeat(array, 2, axis=-1))[..., ::2], array
    return tf.constant(array), array


def check(name: str, *pairs: tuple[tf.Tensor, np.ndarray]) -> None:
    op, arrays = OPS[name], [array for _, array in pairs]
    with np.errstate(all="ignore"):
        want = np.asarray(numpys(op)(*arrays))  # type: ignore[misc]
    got = apply(op, [tensor for tensor, _ in pairs]).numpy()
    assert (got.dtype, got.shape) == (want.dtype, want.shape)
    if got.dtype.kind in "fc":
        tolerance = TOLERANCE[got.dtype.name]
        # Below a format's normal range digits are lost; and the parts of a complex number share an error.
        floor = tolerance if got.dtype.kind == "c" else float(np.finfo(got.dtype).tiny)
        np.testing.assert_allclose(got, want, rtol=tolerance, atol=floor)
        if name in ZEROS_HAVE_SIGNS and got.dtype.kind == "f":
            zeros = want == 0
            np.testing.assert_array_equal(np.signbit(got[zeros]), np.signbit(want[zeros]))
    else:
        np.testing.assert_array_equal(got, want)


@of_operands[1]
@given(st.data())
@settings(max_examples=15, deadline=None)
def test_one_operand(name: str, data: st.DataObject) -> None:
    shape = data.draw(hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
    check(name, data.draw(tensors(data.draw(dtypes_of(name)), shape)))


@of_operands[2]
@given(st.data())
@settings(max_examples=15, deadline=None)
def test_two_operands_that_broadcast(name: str, data: st.DataObject) -> None:
    dtype = data.draw(dtypes_of(name))
    shapes = data.draw(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, min_side=0, max_side=3))
    x, y = (data.draw(tensors(dtype, shape)) for shape in shapes.input_shapes)
    size = int(np.prod(shapes.result_shape))
    divides = name in ("floordiv", "floormod", "truncatediv", "truncatemod")
    if dtype.kind in "iu" and ((divides and not y[1].all()) or (name == "pow" and (y[1] < 0).any())):
        with pytest.raises(tf.errors.InvalidArgumentError):
            apply(OPS[name], [x[0], y[0]])
    elif not (name == "pow" and dtype.kind == "c" and size):  # 0 to a negative power is anything
        check(name, x, y)
