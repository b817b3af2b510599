"""Reductions, and what runs along an axis, do what NumPy's functions do: any axes, dtypes, sizes and memory layouts."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import eagernb as tf
from eagernb.autodiff.check import check_gradients
from eagernb.core.op import all_ops

from .test_elementwise_against_numpy import TOLERANCE, tensors

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")  # NumPy warns of the mean of nothing


def length(x: np.ndarray, axis: Any, keepdims: bool) -> Any:
    return np.sqrt(np.sum(np.abs(x) ** 2, axis=axis, keepdims=keepdims)).astype(x.dtype)


def mean(x: np.ndarray, axis: Any, keepdims: bool) -> Any:
    """Of integers, exact in Python's integers, and truncated towards zero."""
    if x.dtype.kind not in "iu":
        return np.mean(x, axis=axis, keepdims=keepdims)
    total = np.sum(x.astype(object), axis=axis, keepdims=keepdims)
    count = x.size // max(np.size(total), 1)
    cut = np.vectorize(lambda t: (abs(t) // count) * (1 if t >= 0 else -1) if count else 0, otypes=[object])
    return cut(total).astype(x.dtype)


def extreme(function: Callable[..., Any], lowest: bool) -> Callable[..., Any]:
    """max and min, which of nothing are the lowest and the highest number there is."""

    def reference(x: np.ndarray, axis: Any, keepdims: bool) -> Any:
        infinite = x.dtype.kind == "f"
        limits = (-np.inf, np.inf) if infinite else (np.iinfo(x.dtype).min, np.iinfo(x.dtype).max)
        return function(x, axis=axis, keepdims=keepdims, initial=limits[0 if lowest else 1])

    return reference


REFERENCES: dict[str, Callable[..., Any]] = {
    "reduce_sum": lambda x, axis, keepdims: np.sum(x, axis=axis, keepdims=keepdims, dtype=x.dtype),
    "reduce_prod": lambda x, axis, keepdims: np.prod(x, axis=axis, keepdims=keepdims, dtype=x.dtype),
    "reduce_mean": mean,
    "reduce_max": extreme(np.max, lowest=True),
    "reduce_min": extreme(np.min, lowest=False),
    "reduce_any": np.any,
    "reduce_all": np.all,
    "reduce_euclidean_norm": length,
}
every_reduction = pytest.mark.parametrize("name", REFERENCES)
SMOOTH = [name for name in REFERENCES if name not in ("reduce_any", "reduce_all")]


def elements(dtype: np.dtype) -> st.SearchStrategy[Any]:
    """Small whole numbers: their sums and products are exact in every order; and now and then a special value."""
    if dtype.kind == "b":
        return st.booleans()
    numbers = st.integers(0 if dtype.kind == "u" else -3, 3).map(dtype.type)
    special = st.sampled_from([math.nan, math.inf, -math.inf])
    return st.one_of(numbers, numbers, special) if dtype.kind == "f" else numbers


@st.composite
def arguments(draw: st.DrawFn, dtypes: Any) -> tuple[tf.Tensor, np.ndarray, Any, bool]:
    dtype = draw(st.sampled_from(sorted((d for d in dtypes if d.kind in "biufc"), key=str)))
    shape = draw(hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3))
    tensor, array = draw(tensors(dtype, shape, elements(dtype)))
    axes = draw(st.none() | st.lists(st.integers(0, max(array.ndim - 1, 0)), unique=True, max_size=array.ndim))
    if axes is not None:
        axes = [axis - array.ndim if draw(st.booleans()) else axis for axis in axes]
    return tensor, array, axes, draw(st.booleans())


@every_reduction
@given(st.data())
@settings(max_examples=25, deadline=None)
def test_value_is_numpys(name: str, data: st.DataObject) -> None:
    tensor, array, axes, keepdims = data.draw(arguments(all_ops()[name].dtypes))
    with np.errstate(all="ignore"):
        want = np.asarray(REFERENCES[name](array, axis=None if axes is None else tuple(axes), keepdims=keepdims))
    got = getattr(tf.math, name)(tensor, axis=axes, keepdims=keepdims)
    assert (got.dtype, got.shape) == (want.dtype, want.shape)
    np.testing.assert_allclose(got.numpy(), want, rtol=TOLERANCE.get(got.dtype.name, 0))
    traced = tf.function(lambda t: getattr(tf.math, name)(t, axis=axes, keepdims=keepdims))(tensor)
    np.testing.assert_array_equal(traced.numpy(), got.numpy())


@pytest.mark.parametrize("name", SMOOTH)
@given(st.data())
@settings(max_examples=15, deadline=None)
def test_gradient_is_a_finite_difference(name: str, data: st.DataObject) -> None:
    _, array, axes, keepdims = data.draw(arguments([np.dtype(np.float64)]))
    # No two elements alike, since a maximum has no derivative at a tie; and all near 1, since finite differences lose
    # the small products of a sum behind the large ones.
    apart = 0.5 + np.random.default_rng(0).permutation(array.size).reshape(array.shape) / max(array.size, 1)
    check_gradients(lambda t: getattr(tf.math, name)(t, axis=axes, keepdims=keepdims), apart, tolerance=1e-4)


@pytest.mark.parametrize(
    ("name", "numpys"),
    [("reduce_std", np.std), ("reduce_variance", np.var), ("reduce_logsumexp", np.logaddexp.reduce)],
)
@given(st.data())
@settings(max_examples=20, deadline=None)
def test_composites_are_numpys(name: str, numpys: Any, data: st.DataObject) -> None:
    dtypes = [np.dtype(t) for t in (np.float32, np.float64, np.complex64, np.complex128)]
    tensor, array, axes, keepdims = data.draw(arguments(dtypes[:2] if name == "reduce_logsumexp" else dtypes))
    axis = tuple(range(array.ndim)) if axes is None else tuple(axes)
    with np.errstate(all="ignore"):
        want = np.asarray(numpys(array, axis=axis, keepdims=keepdims))
    got = getattr(tf.math, name)(tensor, axis=axes, keepdims=keepdims)
    assert (got.dtype, got.shape) == (want.dtype, want.shape)
    tolerance = TOLERANCE[got.dtype.name]
    np.testing.assert_allclose(got.numpy(), want, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("name", ["argmax", "argmin"])
@given(st.data())
@settings(max_examples=20, deadline=None)
def test_position_is_numpys(name: str, data: st.DataObject) -> None:
    tensor, array, _, _ = data.draw(arguments(all_ops()[name].dtypes))
    if array.ndim == 0:
        return
    axis = data.draw(st.integers(-array.ndim, array.ndim - 1))
    if array.shape[axis] == 0:
        with pytest.raises(tf.errors.InvalidArgumentError):
            getattr(tf, name)(tensor, axis)
        return
    if array.dtype.kind == "f":  # NaN is skipped
        array = np.where(np.isnan(array), -np.inf if name == "argmax" else np.inf, array)
    np.testing.assert_array_equal(getattr(tf, name)(tensor, axis).numpy(), getattr(np, name)(array, axis))


@pytest.mark.parametrize("name", ["cumsum", "cumprod", "cumulative_logsumexp"])
@given(st.data())
@settings(max_examples=25, deadline=None)
def test_running_value_reduces_what_has_been_passed(name: str, data: st.DataObject) -> None:
    tensor, array, _, _ = data.draw(arguments(all_ops()[name].dtypes))
    if array.ndim == 0:
        return
    axis, exclusive, reverse = data.draw(
        st.tuples(st.integers(-array.ndim, array.ndim - 1), st.booleans(), st.booleans())
    )
    got = getattr(tf.math, name)(tensor, axis, exclusive, reverse)
    assert (got.dtype, got.shape) == (array.dtype, array.shape)
    reduce = {"cumsum": np.add, "cumprod": np.multiply, "cumulative_logsumexp": np.logaddexp}[name].reduce
    for i in range(array.shape[axis]):
        passed = range(i + exclusive, array.shape[axis]) if reverse else range(i + 1 - exclusive)
        with np.errstate(all="ignore"):
            want = reduce(np.take(array, passed, axis), axis=axis, dtype=array.dtype)
        have = np.take(got.numpy(), i, axis)
        np.testing.assert_allclose(have, want, rtol=TOLERANCE.get(array.dtype.name, 0))


COMPOSITES = ["reduce_std", "reduce_variance", "reduce_logsumexp"]


@pytest.mark.parametrize("axis", [None, 0, [0, 2]])
@pytest.mark.parametrize("name", [*SMOOTH, *COMPOSITES, "cumsum", "cumprod", "cumulative_logsumexp"])
def test_gradient_flows_where_sizes_are_unknown(name: str, axis: Any) -> None:
    function = getattr(tf.math, name)
    options = {"axis": axis} if name.startswith("reduce") else {"axis": 1, "exclusive": axis == 0}

    def gradient(x: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = function(x, **options) ** 2
        return tape.gradient(y, x)

    x = tf.constant(np.random.default_rng(0).uniform(0.5, 1.5, (2, 3, 4)))
    traced = tf.function(gradient, input_signature=[tf.TensorSpec([None, None, 4], tf.float64)])
    np.testing.assert_allclose(traced(x).numpy(), gradient(x).numpy(), rtol=1e-14)
