"""Linear algebra on batches, sizes, dtypes, memory layouts and equations that Hypothesis picks: NumPy's answers, and
properties that hold of every matrix."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import eagernb as tf

DTYPES = (np.float32, np.float64, np.complex64, np.complex128)
LAYOUTS = ("C", "F", "every other", "backwards", "transposed")

sizes = st.integers(0, 4)
batches = st.sampled_from([(), (0,), (1,), (2,), (2, 3)])
dtypes = st.sampled_from(DTYPES)
seeds = st.integers(0, 2**32 - 1)


def arranged(x: np.ndarray, layout: str) -> np.ndarray:
    """The same values, laid out otherwise in memory."""
    if layout == "F":
        return np.asfortranarray(x)
    if layout == "every other":
        return np.repeat(np.repeat(x, 2, -1), 3, 0)[::3, ..., ::2] if x.ndim else x
    if layout == "backwards":
        return np.flip(np.flip(x).copy())
    if layout == "transposed":
        return x.swapaxes(-1, -2).copy().swapaxes(-1, -2)
    return x


@st.composite
def matrices(draw: Any, batch: Any = batches, rows: Any = sizes, columns: Any = sizes, dtype: Any = dtypes) -> Any:
    """A stack of matrices of random numbers in [-1, 1]; `rows=None` makes them square."""
    n = draw(columns)
    shape = (*draw(batch), n if rows is None else draw(rows), n)
    rng, kind = np.random.default_rng(draw(seeds)), draw(dtype)
    values = rng.uniform(-1, 1, shape)
    if np.issubdtype(kind, np.complexfloating):
        values = values + 1j * rng.uniform(-1, 1, shape)
    return arranged(values.astype(kind), draw(st.sampled_from(LAYOUTS)))


square = matrices(rows=None)


def assert_close(got: Any, want: Any, scale: float = 1.0) -> None:
    """Equal dtypes and shapes, and values but for rounding errors, of which `scale` numbers of size 1 have a part."""
    got, want = np.asarray(got), np.asarray(want)
    assert (got.dtype, got.shape) == (want.dtype, want.shape)
    np.testing.assert_allclose(got, want, rtol=0, atol=200 * np.finfo(got.dtype).eps * max(scale, 1.0))


def adjoint(x: Any) -> Any:
    return np.conj(np.asarray(x).swapaxes(-1, -2))


def units_like(x: np.ndarray, n: int) -> np.ndarray:
    return np.broadcast_to(np.eye(n, dtype=x.dtype), (*x.shape[:-2], n, n))


@given(st.data(), dtypes, *[st.booleans()] * 4)
@settings(deadline=None)
def test_matmul(data: Any, dtype: Any, turn_a: bool, turn_b: bool, conj_a: bool, conj_b: bool) -> None:
    pair = data.draw(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=2, min_side=0, max_side=3))
    rows, inner, columns = data.draw(st.tuples(sizes, sizes, sizes))
    kind = st.just(dtype)
    a = data.draw(matrices(st.just(pair.input_shapes[0]), st.just(rows), st.just(inner), kind))
    b = data.draw(matrices(st.just(pair.input_shapes[1]), st.just(inner), st.just(columns), kind))
    flags = {
        "transpose_a": turn_a and not conj_a, "adjoint_a": turn_a and conj_a,
        "transpose_b": turn_b and not conj_b, "adjoint_b": turn_b and conj_b,
    }  # fmt: skip
    given_a = a.swapaxes(-1, -2) if flags["transpose_a"] else adjoint(a) if flags["adjoint_a"] else a
    given_b = b.swapaxes(-1, -2) if flags["transpose_b"] else adjoint(b) if flags["adjoint_b"] else b
    want = np.einsum("...ij,...jk->...ik", a, b)
    assert_close(tf.matmul(tf.constant(given_a), tf.constant(given_b), **flags), want)


@given(st.data())
@settings(deadline=None)
def test_tensordot(data: Any) -> None:
    dims_a = data.draw(hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3))
    count = data.draw(st.integers(0, len(dims_a)))
    axes_a = data.draw(st.permutations(range(len(dims_a))))[:count]
    more = data.draw(hnp.array_shapes(min_dims=0, max_dims=2, min_side=0, max_side=3))
    order = data.draw(st.permutations(range(count + len(more))))
    unordered = [*(dims_a[i] for i in axes_a), *more]
    axes_b = [order.index(i) for i in range(count)]
    rng = np.random.default_rng(data.draw(seeds))
    a, b = rng.uniform(-1, 1, dims_a), rng.uniform(-1, 1, [unordered[i] for i in order])
    from_end = [i - len(order) for i in axes_b] if data.draw(st.booleans()) else axes_b
    assert_close(tf.tensordot(a, b, [axes_a, from_end]), np.tensordot(a, b, [axes_a, axes_b]))


@st.composite
def equations(draw: Any) -> tuple[str, list[np.ndarray]]:
    """An equation of one to four operands, and arrays that fit it."""
    letters = "abcXYZ"
    size = {letter: draw(st.integers(0, 3)) for letter in letters}
    operands = draw(st.lists(st.text(letters, max_size=3), min_size=1, max_size=4))
    used = sorted(set("".join(operands)))
    output = "".join(draw(st.permutations(used))[: draw(st.integers(0, len(used)))])
    broadcast: Any = [None] * len(operands)
    if draw(st.booleans()):
        ellipses = draw(hnp.mutually_broadcastable_shapes(num_shapes=len(operands), max_dims=2, min_side=0, max_side=2))
        broadcast = [dims if draw(st.booleans()) else None for dims in ellipses.input_shapes]
    at = draw(st.integers(0, len(output)))
    explicit = any(dims is not None for dims in broadcast)
    right = f"{output[:at]}...{output[at:]}" if explicit else output
    rng, kind = np.random.default_rng(draw(seeds)), draw(dtypes)
    left, arrays = [], []
    for labels, dims in zip(operands, broadcast, strict=True):
        at = draw(st.integers(0, len(labels)))
        left.append(labels if dims is None else f"{labels[:at]}...{labels[at:]}")
        shape = [*(size[x] for x in labels[:at]), *(dims or ()), *(size[x] for x in labels[at:])]
        values = rng.uniform(-1, 1, shape)
        arrays.append(
            arranged(values, "backwards").astype(kind) * (1j if np.issubdtype(kind, np.complexfloating) else 1)
        )
    arrow = draw(st.booleans()) or explicit
    return ",".join(left) + (f"->{right}" if arrow else ""), [np.asarray(x, kind) for x in arrays]


@given(equations())
@settings(deadline=None, max_examples=150)
def test_einsum(case: tuple[str, list[np.ndarray]]) -> None:
    equation, arrays = case
    want = np.einsum(equation, *arrays)
    assume(np.size(want) < 5000)
    assert_close(tf.einsum(equation, *map(tf.constant, arrays)), want, scale=3.0**6)


@given(equations())
@settings(deadline=None, max_examples=50)
def test_einsum_is_linear_in_each_operand_and_so_is_its_gradient(case: tuple[str, list[np.ndarray]]) -> None:
    equation, arrays = case
    tensors = [tf.constant(x) for x in arrays]
    with tf.GradientTape() as tape:
        tape.watch(tensors)
        total = tf.reduce_sum(tf.einsum(equation, *tensors))
    for gradient, x in zip(tape.gradient(total, tensors), arrays, strict=True):
        assert gradient.shape == x.shape
        assert_close(np.sum(np.conj(gradient.numpy()) * x).astype(x.dtype), total.numpy(), scale=3.0**8)


@given(square, st.data())
@settings(deadline=None)
def test_inverse_and_solutions(a: np.ndarray, data: Any) -> None:
    n = a.shape[-1]
    a = a + 3 * units_like(a, n) * max(n, 1)  # of good condition
    b = data.draw(matrices(st.just(a.shape[:-2]), st.just(n), dtype=st.just(a.dtype)))
    assert_close(tf.linalg.inv(a) @ a, units_like(a, n))
    assert_close(a @ tf.linalg.solve(a, b), b)
    assert_close(adjoint(a) @ tf.linalg.solve(a, b, adjoint=True), b)
    assert_close(np.tril(a) @ tf.linalg.triangular_solve(a, b), b)
    assert_close(adjoint(np.triu(a)) @ tf.linalg.triangular_solve(a, b, lower=False, adjoint=True), b)
    assert_close(a @ tf.linalg.lu_solve(*tf.linalg.lu(a), b), b)
    if a.dtype.kind == "f":
        assert_close(tf.linalg.pinv(a), tf.linalg.inv(a))
    assert_close(tf.linalg.lstsq(a, a @ b), b, scale=100)


@given(square)
@settings(deadline=None)
def test_determinants(a: np.ndarray) -> None:
    sign, logarithm = (np.asarray(x) for x in tf.linalg.slogdet(a))
    want = np.linalg.det(a)
    assert_close(tf.linalg.det(a), want)
    assert_close(sign * np.exp(logarithm), want)


@given(matrices(), st.booleans())
@settings(deadline=None)
def test_qr(a: np.ndarray, full: bool) -> None:
    q, r = tf.linalg.qr(a, full_matrices=full)
    assert_close(q @ r, a)
    assert_close(adjoint(q) @ q, units_like(a, q.shape[-1]))
    assert_close(r, np.triu(r))


@given(matrices(), st.booleans())
@settings(deadline=None)
def test_svd(a: np.ndarray, full: bool) -> None:
    s, u, v = tf.linalg.svd(a, full_matrices=full)
    k = s.shape[-1]
    assert_close((u.numpy()[..., :k] * s.numpy()[..., None, :]) @ adjoint(v.numpy()[..., :k]), a)
    assert_close(adjoint(u) @ u, units_like(a, u.shape[-1]))
    assert_close(adjoint(v) @ v, units_like(a, v.shape[-1]))
    assert (np.diff(s.numpy()) <= 0).all()
    assert_close(tf.linalg.svd(a, compute_uv=False), s)


@given(square)
@settings(deadline=None)
def test_hermitian_matrices(a: np.ndarray) -> None:
    n = a.shape[-1]
    hermitian = (a + adjoint(a)) / a.dtype.type(2)
    e, v = tf.linalg.eigh(np.tril(hermitian))  # the upper triangle is not read
    assert_close((v.numpy() * e.numpy()[..., None, :]) @ adjoint(v), hermitian)
    assert_close(adjoint(v) @ v, units_like(a, n))
    assert (np.diff(e.numpy().real) >= 0).all()
    assert_close(tf.linalg.eigvalsh(hermitian), e)
    positive = a @ adjoint(a) + units_like(a, n)
    factor = tf.linalg.cholesky(np.tril(positive))
    assert_close(factor @ tf.linalg.adjoint(factor), positive)
    assert_close(factor, np.tril(factor))


@given(square)
@settings(deadline=None)
def test_eigenvalues(a: np.ndarray) -> None:
    e, v = tf.linalg.eig(a)
    assert_close(a @ v.numpy(), v.numpy() * e.numpy()[..., None, :])
    assert_close(np.linalg.norm(v, axis=-2), np.ones(e.shape, a.real.dtype))
    trace = np.trace(a, axis1=-2, axis2=-1).astype(e.dtype.numpy)
    assert_close(tf.reduce_sum(tf.linalg.eigvals(a), -1), trace)


@given(square)
@settings(deadline=None, max_examples=30)
def test_functions_of_matrices(a: np.ndarray) -> None:
    n = a.shape[-1]
    exponential = tf.linalg.expm(a)
    assert_close(exponential @ tf.linalg.expm(-a), units_like(a, n), scale=1000)
    positive = a @ adjoint(a) + units_like(a, n)
    root = tf.linalg.sqrtm(positive)
    assert_close(root @ root, positive, scale=10)
    if a.dtype.kind == "c":
        assert_close(tf.linalg.expm(tf.linalg.logm(positive)), positive, scale=1000)


@given(matrices(columns=st.integers(1, 4), rows=st.integers(1, 4)), st.data())
@settings(deadline=None)
def test_diagonals(a: np.ndarray, data: Any) -> None:
    rows, columns = a.shape[-2:]
    k = data.draw(st.integers(1 - rows, columns - 1))
    line = np.diagonal(a, k, -2, -1)
    assert_close(tf.linalg.diag_part(a, k=k), line)
    mask = np.eye(rows, columns, k, dtype=bool)
    assert_close(tf.linalg.diag(line, k=k, num_rows=rows, num_cols=columns), np.where(mask, a, 0).astype(a.dtype))
    assert_close(tf.linalg.set_diag(a, 0 * line, k=k), np.where(mask, 0, a).astype(a.dtype))
    assert_close(tf.linalg.trace(a), np.trace(a, axis1=-2, axis2=-1))
    low, high = data.draw(st.tuples(st.integers(-1, rows), st.integers(-1, columns)))
    above = a if high == -1 else np.tril(a, high)
    assert_close(tf.linalg.band_part(a, low, high), above if low == -1 else np.triu(above, -low))
    align = data.draw(st.sampled_from(["LEFT_RIGHT", "RIGHT_LEFT", "LEFT_LEFT", "RIGHT_RIGHT"]))
    band = tf.linalg.diag_part(a, k=(1 - rows, columns - 1), align=align)
    assert_close(tf.linalg.diag(band, k=(1 - rows, columns - 1), num_rows=rows, num_cols=columns, align=align), a)


@given(matrices(columns=st.integers(1, 4), rows=st.integers(1, 4)))
@settings(deadline=None)
def test_norms(a: np.ndarray) -> None:
    for order in (1, 2, 3, 0.5, np.inf):
        assert_close(np.abs(tf.norm(a, ord=order, axis=-1)), np.linalg.norm(a, order, -1), scale=100)
    for order in ("fro", 1, 2, np.inf):
        assert_close(np.abs(tf.norm(a, ord=order, axis=[-2, -1])), np.linalg.norm(a, order, (-2, -1)))
    assert_close(np.abs(tf.norm(a)), np.sqrt(np.sum(np.abs(a) ** 2)))


@pytest.mark.parametrize("function", ["inv", "solve", "lu"])
def test_a_singular_matrix_is_named_as_the_reason(function: str) -> None:
    a = tf.constant([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 2.0], [2.0, 4.0]]])
    arguments = (a, a) if function == "solve" else (a,)
    with pytest.raises(tf.errors.InvalidArgumentError, match=rf"{function} of float32\[2, 2, 2\].*singular"):
        getattr(tf.linalg, function)(*arguments)
