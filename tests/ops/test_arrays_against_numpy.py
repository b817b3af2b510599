"""Shapes, joining, indexing, sorting, gather and scatter against NumPy, on shapes, axes and keys that Hypothesis picks.

Arrays may be empty, of rank 0, reversed, strided or transposed; each result is asked for eagerly and from a graph
whose sizes are unknown.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import eagernb as tf

Draw = Callable[..., Any]
few = settings(max_examples=15, deadline=None)
SPECIAL = st.sampled_from([0.0, -0.0, 1.0, -1.0, 2.5, np.inf, -np.inf, np.nan])
NUMBERS = {np.float32: st.integers(-3, 3).map(float), np.int64: st.integers(-3, 3), np.float64: SPECIAL}


@st.composite
def arrays(draw: Draw, min_dims: int = 0, max_dims: int = 3, dtypes: Any = tuple(NUMBERS), shape: Any = None) -> Any:
    """An array that lies in memory in some odd way."""
    dtype = draw(st.sampled_from(dtypes))
    dims = (
        shape
        if shape is not None
        else draw(hnp.array_shapes(min_dims=min_dims, max_dims=max_dims, min_side=0, max_side=4))
    )
    x = draw(hnp.arrays(dtype, dims, elements=NUMBERS[dtype]))
    how = draw(st.sampled_from(["plain", "reversed", "strided", "fortran"]))
    if how == "reversed":
        x = x[(slice(None, None, -1),) * x.ndim]
    elif how == "strided" and x.ndim:
        x = np.repeat(x, 2, axis=-1)[..., ::2]
    elif how == "fortran" and x.ndim:
        x = np.asfortranarray(x)
    return x


def axes_of(x: Any) -> st.SearchStrategy[int]:
    return st.integers(-x.ndim, x.ndim - 1)


def check(function: Callable[..., Any], want: Any, *inputs: Any) -> None:
    """That a function of tensors gives what NumPy gave, eagerly and as a graph."""
    signature = [tf.TensorSpec([None] * x.ndim, x.dtype) for x in map(np.asarray, inputs)]
    for run in (function, tf.function(function, input_signature=signature)):
        got = run(*(tf.constant(x) for x in inputs))
        got, expected = (got, want) if isinstance(want, list) else ([got], [want])
        assert len(got) == len(expected)
        for a, b in zip(got, expected, strict=True):
            assert a.shape == np.shape(b)
            assert a.dtype == np.asarray(b).dtype
            np.testing.assert_array_equal(a.numpy(), b)
            if a.dtype.is_floating and not np.isnan(b).any():
                np.testing.assert_array_equal(np.signbit(a.numpy()), np.signbit(b))


# Shapes


@given(arrays(), st.data())
@few
def test_transpose(x: Any, data: st.DataObject) -> None:
    perm = data.draw(st.permutations(range(x.ndim)))
    check(lambda t: tf.transpose(t, perm), x.transpose(perm), x)
    check(tf.transpose, x.T, x)


@given(arrays(max_dims=2), st.data())
@few
def test_reshape(x: Any, data: st.DataObject) -> None:
    axis = data.draw(st.integers(-x.ndim - 1, x.ndim))
    check(lambda t: tf.expand_dims(t, axis), np.expand_dims(x, axis), x)
    check(lambda t: tf.squeeze(tf.expand_dims(t, axis), [axis]), x, x)
    check(lambda t: tf.reshape(t, [-1]), x.reshape(-1), x)
    check(lambda t: tf.reshape(t, tf.concat([[1], tf.shape(t)], 0)), x[None], x)


@given(arrays(min_dims=1), st.data())
@few
def test_tile_repeat_roll_reverse(x: Any, data: st.DataObject) -> None:
    multiples = data.draw(st.lists(st.integers(0, 2), min_size=x.ndim, max_size=x.ndim))
    check(lambda t: tf.tile(t, multiples), np.tile(x, multiples), x)
    axis = data.draw(axes_of(x))
    times = data.draw(st.lists(st.integers(0, 3), min_size=x.shape[axis], max_size=x.shape[axis]))
    if len(times) != 1:  # one number is for all
        check(lambda t: tf.repeat(t, times, axis=axis), np.repeat(x, times, axis), x)
    check(lambda t: tf.repeat(t, 2), np.repeat(x, 2), x)
    shift = data.draw(st.integers(-5, 5))
    check(lambda t: tf.roll(t, shift, axis), np.roll(x, shift, axis), x)
    check(lambda t: tf.reverse(t, [axis]), np.flip(x, axis), x)


@given(arrays(), st.data())
@few
def test_pad(x: Any, data: st.DataObject) -> None:
    pairs = data.draw(st.lists(st.tuples(*[st.integers(0, 2)] * 2), min_size=x.ndim, max_size=x.ndim))
    want = np.pad(x, pairs, constant_values=7) if x.ndim else x
    check(lambda t: tf.pad(t, tf.reshape(tf.constant(pairs, tf.int32), [-1, 2]), constant_values=7), want, x)
    for mode, edge in (("REFLECT", 1), ("SYMMETRIC", 0)):
        short = [tuple(min(n, max(d - edge, 0)) for n in pair) for d, pair in zip(x.shape, pairs, strict=True)]
        if x.ndim and x.size:
            check(lambda t, p=short, m=mode: tf.pad(t, p, m), np.pad(x, short, mode.lower()), x)


@given(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, min_side=0, max_side=3), st.data())
@few
def test_broadcasting(pair: Any, data: st.DataObject) -> None:
    x = data.draw(arrays(shape=pair.input_shapes[0]))
    want = np.broadcast_to(x, pair.result_shape)
    check(lambda t: tf.broadcast_to(t, pair.result_shape), want, x)
    assert tf.broadcast_static_shape(*map(tf.TensorShape, pair.input_shapes)) == pair.result_shape
    y = np.zeros(pair.input_shapes[1], x.dtype)
    check(lambda t, u: tf.broadcast_to(t, tf.broadcast_dynamic_shape(tf.shape(t), tf.shape(u))), want, x, y)


@given(st.lists(arrays(min_dims=1, max_dims=1, dtypes=(np.float32,)), min_size=1, max_size=3))
@few
def test_meshgrid(vectors: Any) -> None:
    for indexing in ("xy", "ij"):
        want = list(np.meshgrid(*vectors, indexing=indexing))
        check(lambda *ts, how=indexing: tf.meshgrid(*ts, indexing=how), want, *vectors)


# Joining


@given(arrays(min_dims=1), st.data())
@few
def test_concat_and_split(x: Any, data: st.DataObject) -> None:
    axis = data.draw(axes_of(x))
    cuts = sorted(data.draw(st.lists(st.integers(0, x.shape[axis]), max_size=3)))
    pieces = np.split(x, cuts, axis)
    sizes = [piece.shape[axis] for piece in pieces]
    check(lambda t: tf.split(t, sizes, axis), pieces, x)
    check(lambda t: tf.split(t, [*sizes[:-1], -1], axis), pieces, x)
    check(lambda *ts: tf.concat(ts, axis), x, *pieces)


@given(arrays(), st.data())
@few
def test_stack_and_unstack(x: Any, data: st.DataObject) -> None:
    axis = data.draw(st.integers(-x.ndim - 1, x.ndim))
    want = np.stack([x, x[...], x], axis)
    check(lambda t, u: tf.stack([t, u, t], axis), want, x, x)
    assert [part.numpy().tobytes() for part in tf.unstack(tf.constant(want), axis=axis)] == [x.tobytes()] * 3


# Indexing


@given(arrays(min_dims=1), st.data())
@settings(max_examples=40, deadline=None)
def test_slices(x: Any, data: st.DataObject) -> None:
    key = data.draw(hnp.basic_indices(x.shape, allow_newaxis=True))
    check(lambda t: t[key], x[key], x)
    numbers = [part for part in (key if isinstance(key, tuple) else (key,)) if isinstance(part, int)]
    if len(numbers) == 1 and isinstance(key, tuple):  # as a tensor, whose value a graph does not know
        at = next(i for i, part in enumerate(key) if isinstance(part, int))
        check(lambda t, i: t[(*key[:at], i, *key[at + 1 :])], x[key], x, np.int32(numbers[0]))


@given(arrays(min_dims=1), st.data())
@few
def test_slice_with_tensors_for_bounds(x: Any, data: st.DataObject) -> None:
    start, stop = (np.int32(data.draw(st.integers(-5, 5))) for _ in range(2))
    step = np.int32(data.draw(st.integers(1, 3)) * data.draw(st.sampled_from([1, -1])))
    check(lambda t, a, b, s: t[a:b:s], x[start:stop:step], x, start, stop, step)
    begin = [data.draw(st.integers(0, n)) for n in x.shape]
    size = [data.draw(st.integers(0, n - b)) for n, b in zip(x.shape, begin, strict=True)]
    want = x[tuple(slice(b, b + n) for b, n in zip(begin, size, strict=True))]
    check(lambda t: tf.slice(t, begin, size), want, x)
    check(lambda t, b: tf.slice(t, b, [-1] * x.ndim), x[tuple(slice(b, None) for b in begin)], x, np.int32(begin))


@given(arrays(min_dims=1), st.data())
@few
def test_masks_and_where(x: Any, data: st.DataObject) -> None:
    covered = data.draw(st.integers(1, x.ndim))
    mask = data.draw(hnp.arrays(bool, x.shape[:covered]))
    check(lambda t, m: t[m], x[mask], x, mask)
    check(tf.where, np.argwhere(mask), mask)
    full = data.draw(hnp.arrays(bool, x.shape))
    check(lambda m, t: tf.where(m, t, -t), np.where(full, x, -x), full, x)


@given(arrays(min_dims=1), st.data())
@few
def test_gather(x: Any, data: st.DataObject) -> None:
    axis = data.draw(axes_of(x))
    places = hnp.array_shapes(min_dims=0, max_dims=2, min_side=0 if not x.shape[axis] else 1, max_side=3)
    dims = data.draw(places) if x.shape[axis] else (0,)
    indices = data.draw(hnp.arrays(np.int32, dims, elements=st.integers(0, max(x.shape[axis] - 1, 0))))
    check(lambda t, i: tf.gather(t, i, axis=axis), np.take(x, indices, axis), x, indices)


@given(arrays(min_dims=2, dtypes=(np.float32,)), st.data())
@few
def test_gather_in_batches(x: Any, data: st.DataObject) -> None:
    batch_dims = data.draw(st.integers(1, x.ndim - 1))
    if not all(x.shape):
        return
    dims = (*x.shape[:batch_dims], data.draw(st.integers(0, 3)))
    indices = data.draw(hnp.arrays(np.int64, dims, elements=st.integers(0, x.shape[batch_dims] - 1)))
    want = np.zeros((*dims, *x.shape[batch_dims + 1 :]), x.dtype)
    for place in np.ndindex(dims):
        want[place] = x[place[:batch_dims]][indices[place]]
    check(lambda t, i: tf.gather(t, i, batch_dims=batch_dims), want, x, indices)
    eager = tf.gather_nd(x, indices[..., None], batch_dims=batch_dims)
    np.testing.assert_array_equal(eager.numpy(), want)


@given(arrays(min_dims=1, dtypes=(np.float32, np.int64)), st.data())
@few
def test_scatter(x: Any, data: st.DataObject) -> None:
    depth = data.draw(st.integers(1, x.ndim))
    count = data.draw(st.integers(0, 4)) if all(x.shape[:depth]) else 0
    one = st.tuples(*(st.integers(0, max(n - 1, 0)) for n in x.shape[:depth]))
    rows = data.draw(st.lists(one, min_size=count, max_size=count))
    indices = np.array(rows, np.int32).reshape(count, depth)
    updates = data.draw(arrays(shape=(count, *x.shape[depth:]), dtypes=(x.dtype.type,)))
    key = tuple(indices.T)
    pairs = [
        (tf.tensor_scatter_nd_add, np.add), (tf.tensor_scatter_nd_sub, np.subtract),
        (tf.tensor_scatter_nd_max, np.maximum), (tf.tensor_scatter_nd_min, np.minimum),
    ]  # fmt: skip
    for ours, change in pairs:
        want = x.copy()
        change.at(want, key, updates)
        check(ours, want, x, indices, updates)
    zeros = np.zeros(x.shape, x.dtype)
    np.add.at(zeros, key, updates)
    check(lambda i, u: tf.scatter_nd(i, u, x.shape), zeros, indices, updates)
    want = x.copy()
    want[key] = updates
    check(tf.tensor_scatter_nd_update, want, x, indices, updates)


# Sorting


@given(arrays(min_dims=1), st.data())
@settings(max_examples=40, deadline=None)
def test_sort_is_stable_and_nan_comes_last(x: Any, data: st.DataObject) -> None:
    axis = data.draw(axes_of(x))
    order = np.argsort(x, axis, kind="stable")
    check(lambda t: tf.argsort(t, axis), order.astype(np.int32), x)
    check(lambda t: tf.sort(t, axis), np.take_along_axis(x, order, axis), x)
    down = np.argsort(-x, axis, kind="stable")
    check(lambda t: tf.argsort(t, axis, "DESCENDING"), down.astype(np.int32), x)
    check(lambda t: tf.sort(t, axis, "DESCENDING"), np.take_along_axis(x, down, axis), x)
    if axis in (-1, x.ndim - 1):
        k = data.draw(st.integers(0, x.shape[-1]))
        top = down[..., :k]
        values = np.take_along_axis(x, top, -1)
        check(lambda t: list(tf.math.top_k(t, k)), [values, top.astype(np.int32)], x)


@given(arrays(min_dims=1, max_dims=1))
@few
def test_unique_values_come_as_they_occur(x: Any) -> None:
    firsts: list[int] = []
    places = []
    for item in x:
        found = [n for n, at in enumerate(firsts) if x[at] == item]
        if not found:
            firsts.append(len(places))
        places.append(found[0] if found else len(firsts) - 1)
    counts = [places.count(n) for n in range(len(firsts))]
    want = [x[firsts], np.array(places, np.int32), np.array(counts, np.int32)]
    check(lambda t: list(tf.unique_with_counts(t)), want, x)


@given(arrays(min_dims=1, max_dims=1, dtypes=(np.float32, np.int64)), st.data())
@few
def test_searchsorted(x: Any, data: st.DataObject) -> None:
    values = data.draw(arrays(min_dims=1, max_dims=1, dtypes=(x.dtype.type,)))
    for side in ("left", "right"):
        want = np.searchsorted(np.sort(x), values, side).astype(np.int32)
        check(lambda s, v, at=side: tf.searchsorted(s, v, at), want, np.sort(x), values)


@given(arrays(min_dims=1, dtypes=(np.float32, np.int64)), st.data())
@few
def test_segments(x: Any, data: st.DataObject) -> None:
    ids = data.draw(hnp.arrays(np.int32, x.shape[:1], elements=st.integers(-1, 3)))
    limits = np.finfo(x.dtype) if x.dtype.kind == "f" else np.iinfo(x.dtype)
    for name, ufunc, empty in (("sum", np.add, 0), ("prod", np.multiply, 1), ("max", np.maximum, limits.min),
                               ("min", np.minimum, limits.max)):  # fmt: skip
        want = np.full((4, *x.shape[1:]), empty, x.dtype)
        ufunc.at(want, ids[ids >= 0], x[ids >= 0])
        check(lambda t, i, op=name: getattr(tf.math, f"unsorted_segment_{op}")(t, i, 4), want, x, ids)
        rows = np.sort(np.abs(ids))
        want = np.zeros((rows[-1] + 1 if len(rows) else 0, *x.shape[1:]), x.dtype) + x.dtype.type(empty == 1)
        for at in np.unique(rows):
            want[at] = ufunc.reduce(x[rows == at], axis=0)
        check(lambda t, i, op=name: getattr(tf.math, f"segment_{op}")(t, i), want, x, rows)


@pytest.mark.parametrize("dtype", [tf.int8, tf.int16, tf.int32, tf.int64, tf.uint8, tf.uint16, tf.float16, tf.bfloat16])
def test_descending_order_of_every_dtype_has_its_limits_at_the_ends(dtype: Any) -> None:
    x = tf.cast([3, 0, 1], dtype)
    x = tf.concat([x, tf.cast([dtype.min], dtype), tf.cast([dtype.max], dtype)], 0)
    # The lowest unsigned number is 0, which stands in the middle of x too.
    assert tf.argsort(x, direction="DESCENDING").numpy().tolist() == [4, 0, 2, 1, 3]
    assert tf.argsort(x).numpy().tolist() == ([1, 3, 2, 0, 4] if dtype.is_unsigned else [3, 1, 2, 0, 4])
