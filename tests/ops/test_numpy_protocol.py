"""NumPy's own functions on tensors, variables and symbols."""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.autodiff.check import check_gradients
from eagernb.errors import GradientStopsWarning

X = np.array([[0.3, 0.7, -0.4], [0.9, -0.2, 0.6]])
Y = np.array([[0.5, -0.1, 0.8], [0.2, 0.4, -0.7]])
SQUARE = X[:, :2] + 2 * np.eye(2)

# Each is a call of NumPy's. It must give a tensor with NumPy's values and dtype, and a gradient.
CALLS: dict[str, Callable[..., Any]] = {
    "exp": np.exp,
    "tanh": np.tanh,
    "expm1": np.expm1,
    "abs": np.abs,
    "square": np.square,
    "arctan": np.arctan,
    "negative": np.negative,
    "logaddexp": lambda x: np.logaddexp(x, 2 * x),
    "arctan2": lambda x: np.arctan2(x, 3.0),
    "maximum": lambda x: np.maximum(x, 0.0),
    "hypot": lambda x: np.hypot(x, Y),
    "power": lambda x: np.power(x + 2, 3),
    "subtract": lambda x: np.subtract(1, x),
    "matmul": lambda x: np.matmul(x, Y.T),
    "sum": np.sum,
    "sum axis by position": lambda x: np.sum(x, 0),
    "sum keepdims": lambda x: np.sum(x, axis=-1, keepdims=True),
    "mean": lambda x: np.mean(x, axis=(0, 1)),
    "prod": lambda x: np.prod(x, axis=1),
    "max": lambda x: np.max(x, 1),
    "amin": lambda x: np.amin(x, axis=0),
    "std": lambda x: np.std(x, axis=1),
    "var ddof": lambda x: np.var(x, ddof=1),
    "cumsum flat": np.cumsum,
    "cumprod": lambda x: np.cumprod(x, 1),
    "add.reduce": np.add.reduce,
    "maximum.reduce": lambda x: np.maximum.reduce(x, axis=1),
    "add.accumulate": np.add.accumulate,
    "concatenate": lambda x: np.concatenate([x, Y]),
    "concatenate flat": lambda x: np.concatenate((x, x), axis=None),
    "concat": lambda x: np.concat([x, x], 1),
    "stack": lambda x: np.stack([x, x], axis=-1),
    "vstack": lambda x: np.vstack([x[0], x[1]]),
    "hstack": lambda x: np.hstack([x, x]),
    "column_stack": lambda x: np.column_stack([x[0], x[1]]),
    "split": lambda x: np.split(x, 3, axis=1)[1],
    "split at": lambda x: np.split(x, [1], axis=1)[1],
    "reshape": lambda x: np.reshape(x, (3, -1)),
    "ravel": np.ravel,
    "transpose": np.transpose,
    "transpose axes": lambda x: np.transpose(x, (1, 0)),
    "swapaxes": lambda x: np.swapaxes(x, 0, -1),
    "moveaxis": lambda x: np.moveaxis(x, 0, 1),
    "expand_dims": lambda x: np.expand_dims(x, 1),
    "squeeze": lambda x: np.squeeze(x[:1]),
    "squeeze axis": lambda x: np.squeeze(x[:1], axis=0),
    "broadcast_to": lambda x: np.broadcast_to(x, (2, 2, 3)),
    "tile": lambda x: np.tile(x, 2),
    "repeat": lambda x: np.repeat(x, 2, axis=1),
    "flip": lambda x: np.flip(x, 0),
    "roll": lambda x: np.roll(x, 1, axis=1),
    "atleast_2d": lambda x: np.atleast_2d(x[0]),
    "where": lambda x: np.where(x > 0.25, x, 3 * x),
    "clip": lambda x: np.clip(x, -0.3, 0.65),
    "take": lambda x: np.take(x, [2, 0], axis=1),
    "take flat": lambda x: np.take(x, [3, 0]),
    "take_along_axis": lambda x: np.take_along_axis(x, np.array([[2], [0]]), axis=1),
    "sort": np.sort,
    "sort flat": lambda x: np.sort(x, axis=None),
    "diff": lambda x: np.diff(x, axis=0),
    "dot": lambda x: np.dot(x, Y.T),
    "dot vectors": lambda x: np.dot(x[0], x[1]),
    "tensordot": lambda x: np.tensordot(x, Y, axes=([0, 1], [0, 1])),
    "vecdot": lambda x: np.vecdot(x, Y),
    "tril": lambda x: np.tril(x),
    "copy": np.copy,
    "rfft": lambda x: np.abs(np.fft.rfft(x)),
    "pad": lambda x: np.pad(x, ((1, 0), (0, 2))),
    "pad reflect": lambda x: np.pad(x, 1, mode="reflect"),
    "einsum": lambda x: np.einsum("ij,kj->ik", x, Y),
    "outer": lambda x: np.outer(x[0], x),
    "inner": lambda x: np.inner(x, Y),
    "trace": lambda x: np.trace(x, 1),
    "diagonal": lambda x: np.diagonal(x, 0, 1, 0),
    "linalg.norm": np.linalg.norm,
    "linalg.norm axis": lambda x: np.linalg.norm(x, axis=0, keepdims=True),
    "linalg.norm nuc": lambda x: np.linalg.norm(x, "nuc"),
    "linalg.det": lambda x: np.linalg.det(np.matmul(x, Y.T)),
    "linalg.inv": lambda x: np.linalg.inv(np.matmul(x, Y.T)),
    "linalg.solve": lambda x: np.linalg.solve(SQUARE, x),
    "linalg.svdvals": lambda x: np.linalg.svdvals(x),
    "linalg.qr": lambda x: np.linalg.qr(x).R ** 2,
    "linalg.cross": lambda x: np.linalg.cross(x, Y),
    "linalg.matrix_power": lambda x: np.linalg.matrix_power(np.matmul(x, Y.T), 3),
    "linspace": lambda x: np.linspace(x[0, 0], x[1], 4),
    "linspace to a tensor": lambda x: np.linspace(0, x[0, 1], 5, endpoint=False),
    "add.outer": lambda x: np.add.outer(x[0], x),
    "multiply.outer array": lambda x: np.multiply.outer(np.asarray([1.0, 2.0], np.float32), x),
    "power.outer number": lambda x: np.power.outer(2.0, x[1]),
    "cross": lambda x: np.cross(x, x[::-1]),
    "cross of other axes": lambda x: np.cross(x.T if isinstance(x, np.ndarray) else np.transpose(x), Y[0], axisa=0),
    "diag of a vector": lambda x: np.diag(x[0], 1),
    "diag of a matrix": lambda x: np.diag(x, -1),
    "vdot": lambda x: np.vdot(x, x[::-1]),
    "kron": lambda x: np.kron(x, x[0]),
    "append": lambda x: np.append(x, x[:1] * 2, axis=0),
    "append flat": lambda x: np.append(x, x[0]),
    "dstack": lambda x: np.dstack([x, 2 * x]),
    "array_split": lambda x: np.array_split(x, 2, axis=1)[0],
    "hsplit": lambda x: np.hsplit(x, [1])[1],
    "vsplit": lambda x: np.vsplit(x, 2)[1],
    "fliplr": np.fliplr,
    "flipud": np.flipud,
    "ptp": lambda x: np.ptp(x, axis=1),
    "average": np.average,
    "average weighed": lambda x: np.average(x, axis=0, weights=np.asarray([1, 3])),
    "deg2rad": np.deg2rad,
    "degrees": np.degrees,
    "exp2": np.exp2,
    "nested": lambda x: np.log(np.sum(np.exp(x), axis=1)),
}
every_call = pytest.mark.parametrize("call", list(CALLS.values()), ids=list(CALLS))


@every_call
def test_gives_a_tensor_with_numpys_values_and_dtype(call: Callable[..., Any]) -> None:
    for dtype in (np.float32, np.float64):
        got, want = call(tf.constant(X.astype(dtype))), call(X.astype(dtype))
        assert type(got) is type(tf.constant(0))
        assert got.dtype == want.dtype
        np.testing.assert_allclose(got.numpy(), want, rtol=1e-5 if want.dtype == np.float32 else 1e-12, strict=True)


@every_call
def test_gradient_flows(call: Callable[..., Any]) -> None:
    check_gradients(call, X)


@every_call
def test_a_graph_is_traced(call: Callable[..., Any]) -> None:
    got = tf.function(lambda x: call(x))(tf.constant(X))
    np.testing.assert_allclose(got.numpy(), call(X), rtol=1e-12)


@every_call
def test_a_variable_is_read_and_watched(call: Callable[..., Any]) -> None:
    v = tf.Variable(X)
    with tf.GradientTape() as tape:
        y = call(v)
    np.testing.assert_allclose(y.numpy(), call(X), rtol=1e-12)
    assert tape.gradient(y, v) is not None


@pytest.mark.parametrize(
    ("call", "dtype"),
    [
        (np.mean, "float64"),
        (np.std, "float64"),
        (np.exp, "float64"),
        (np.sqrt, "float64"),
        (np.sum, "int64"),
        (np.argmax, "int64"),
        (np.floor, "int32"),
        (np.sort, "int32"),
        (lambda x: np.add(x, tf.constant([0.5, 1, 2])), "float64"),
        (lambda x: np.divide(x, x), "float64"),
        (lambda x: np.concatenate([x, np.array([0.5])]), "float64"),
    ],
)
def test_integers_are_promoted_as_numpy_promotes_them(call: Callable[..., Any], dtype: str) -> None:
    got = call(tf.constant([3, 1, 2]))
    assert isinstance(got, tf.Tensor)
    assert got.dtype == dtype


T = tf.constant([1.0, 2.0])


@pytest.mark.parametrize(
    "operator",
    [
        lambda a: a + T,
        lambda a: a - T,
        lambda a: a * T,
        lambda a: a / T,
        lambda a: a // T,
        lambda a: a % T,
        lambda a: a**T,
        lambda a: a[:, None] @ T[None],
        lambda a: np.add(a, T),
    ],
)
def test_an_array_on_the_left_takes_the_tensors_dtype(operator: Callable[..., Any]) -> None:
    a = np.array([3.0, 5.0])
    got, want = operator(a), operator(a.astype(np.float32)).numpy()
    assert got.dtype == tf.float32
    np.testing.assert_array_equal(got.numpy(), want)
    assert isinstance(operator(np.array([3, 5])), tf.Tensor)


def test_a_numpy_number_on_the_left_takes_the_tensors_dtype() -> None:
    assert (np.float64(2) * T).dtype == tf.float32
    assert (np.int64(2) + tf.constant([1], tf.int32)).dtype == tf.int32


def test_comparisons_with_an_array_on_the_left() -> None:
    a = np.array([1.0, 3.0])
    np.testing.assert_array_equal((a == T).numpy(), [True, False])
    np.testing.assert_array_equal((a != T).numpy(), [False, True])
    np.testing.assert_array_equal((a > T).numpy(), [False, True])
    np.testing.assert_array_equal((a <= T).numpy(), [True, False])
    assert bool(np.array([1.0, 2.0, 3.0]) == T) is False  # shapes that do not go together


def test_adding_in_place_makes_the_name_a_tensor() -> None:
    a = np.array([1.0, 2.0])
    a += T
    assert isinstance(a, tf.Tensor)
    np.testing.assert_array_equal(a.numpy(), [2.0, 4.0])


def test_out_is_filled_as_numpy_does() -> None:
    out = np.zeros(2)
    assert np.exp(T, out=out) is out
    np.testing.assert_allclose(out, np.exp([1.0, 2.0]), rtol=1e-6)
    with pytest.raises(ValueError, match="read-only"):
        np.exp(np.zeros(2, np.float32), out=T)


@pytest.mark.parametrize(
    ("call", "want"),
    [(np.shape, (2, 3)), (np.ndim, 2), (np.size, 6), (lambda x: np.size(x, 1), 3), (lambda x: np.allclose(x, X), True)],
)
def test_questions_get_plain_answers(call: Callable[..., Any], want: Any) -> None:
    with tf.GradientTape() as tape:
        tape.watch(x := tf.constant(X))
        assert call(x) == want


FLAGS, SMALL = np.array([True, False, True]), np.array([3, 1, 2], np.int8)


@pytest.mark.parametrize(
    "call",
    [
        lambda t: np.max(t(FLAGS)),
        lambda t: np.min(t(FLAGS)),
        lambda t: np.abs(t(FLAGS)),
        lambda t: np.less(t(FLAGS), t(~FLAGS)),
        lambda t: np.maximum(t(FLAGS), False),
        lambda t: np.multiply(t(FLAGS), t(FLAGS)),
        lambda t: np.dot(t(FLAGS), t(FLAGS)),
        lambda t: np.square(t(FLAGS)),
        lambda t: np.rint(t(np.array([0.5, 1.5], np.float16))),
        lambda t: np.sum(t(np.float64(2.5)), axis=0),
        lambda t: np.cumsum(t(np.float64(2.5)), axis=0),
        lambda t: np.triu(t(X[0])),
        lambda t: np.linalg.matrix_rank(t(X[0])),
        lambda t: np.less(t(np.array([1j])), t(np.array([2j]))),
        lambda t: np.clip(t(SMALL), 1, 2, dtype=np.int16),
        lambda t: np.fft.fft(t(SMALL)),
        lambda t: np.fft.rfft(t(FLAGS)),
        lambda t: np.reciprocal(t(SMALL)),
        lambda t: np.split(t(SMALL), [2, 1])[1],
        lambda t: np.split(t(SMALL), [-1])[1],
    ],
)
def test_what_numpy_takes_is_answered_as_numpy_does(call: Callable[..., Any]) -> None:
    np.testing.assert_allclose(np.asarray(call(tf.constant)), call(np.asarray), rtol=1e-12, strict=True)


def test_what_numpy_refuses_too_is_explained_in_our_words() -> None:
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"Use tf\.cast"):
        np.subtract(tf.constant([True]), tf.constant([True]))
    with pytest.raises(ValueError, match="concat"):
        np.concatenate([T, tf.ones([2, 2])])
    with pytest.raises(ValueError, match="need matrices"):
        tf.function(np.triu)(T)


def test_at_cannot_change_a_tensor() -> None:
    for x in (tf.constant([1.0, 2.0]), tf.Variable([1.0, 2.0])):
        with pytest.raises(TypeError, match=r"np\.add\.at changes .* in place, and a tensor never changes"):
            np.add.at(x, [0, 0], 1.0)
    a = np.zeros(2, np.float32)
    np.add.at(a, tf.constant([0, 0]), tf.constant([1.0, 2.0]))
    np.testing.assert_array_equal(a, [3.0, 0.0])


def test_a_cross_product_of_the_plane_is_numpys_to_judge() -> None:
    x = tf.constant([[1.0, 2.0]])
    with pytest.raises(ValueError, match="dimension"):
        np.cross(x, np.ones((1, 4)))


def test_average_gives_the_weights_too_where_asked() -> None:
    mean, total = np.average(tf.constant([1.0, 4.0]), weights=[1.0, 3.0], returned=True)
    assert (float(mean), float(total)) == (3.25, 4.0)


def test_uneven_parts_are_numpys() -> None:
    parts = np.array_split(tf.range(8), 3)
    assert [p.numpy().tolist() for p in parts] == [p.tolist() for p in np.array_split(np.arange(8), 3)]
    with pytest.raises(ValueError, match="equal"):
        np.hsplit(tf.range(8), 3)


WITHOUT_AN_OPERATION = {
    "median": np.median,
    "percentile": lambda x: np.percentile(x, 30),
    "interp": lambda x: np.interp(0.5, [0.0, 1.0, 2.0], x[0]),
    "cbrt": np.cbrt,
    "sum where": lambda x: np.sum(x, where=x.numpy() > 0),
    "multiply.reduceat": lambda x: np.multiply.reduceat(x, [0, 1]),
}
without_operation = pytest.mark.parametrize("call", list(WITHOUT_AN_OPERATION.values()), ids=list(WITHOUT_AN_OPERATION))


@without_operation
def test_numpy_computes_what_has_no_operation(call: Callable[..., Any]) -> None:
    x = tf.constant(X)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        got = call(x)  # nothing follows x, so that there is nothing to warn of
    assert isinstance(got, (np.ndarray, np.generic))
    np.testing.assert_array_equal(got, call(tf.Variable(X)))


@without_operation
@pytest.mark.parametrize("make", [tf.constant, tf.Variable])
def test_a_tape_is_told_that_the_gradient_stops(call: Callable[..., Any], make: Callable[..., Any]) -> None:
    x = make(X)
    with tf.GradientTape() as tape:
        tape.watch(x)
        with pytest.warns(GradientStopsWarning, match=r"gradients stop there") as caught:
            call(x)
    assert len(caught) == 1
    assert caught[0].filename == __file__  # it names the caller's line


def test_the_warning_names_the_function_and_shows_once_a_line() -> None:
    with tf.GradientTape() as tape, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        tape.watch(x := tf.constant(X))
        for _ in range(3):
            np.median(x)
        np.linalg.cond(x)
    assert [str(w.message).partition(":")[0] for w in caught] == [
        "eagernb has no operation for this call of numpy.median",
        "eagernb has no operation for this call of numpy.linalg.cond",
    ]


@pytest.mark.parametrize("call", [np.argsort, np.isclose, np.array_equal, np.iscomplexobj, np.array2string])
def test_nothing_is_said_where_no_gradient_could_flow(call: Callable[..., Any]) -> None:
    with tf.GradientTape() as tape, warnings.catch_warnings():
        warnings.simplefilter("error")
        tape.watch(x := tf.constant(X))
        call(x, x) if call in (np.isclose, np.array_equal) else call(x)


@every_call
def test_nothing_is_said_where_there_is_an_operation(call: Callable[..., Any]) -> None:
    with tf.GradientTape() as tape, warnings.catch_warnings():
        warnings.simplefilter("error")
        tape.watch(x := tf.constant(X))
        call(x)


@without_operation
def test_a_symbol_has_no_value_to_compute_from(call: Callable[..., Any]) -> None:
    with pytest.raises((NotImplementedError, AttributeError), match="traced"):
        tf.function(lambda x: call(x))(tf.constant(X))


def test_others_protocols_are_asked() -> None:
    class Other:
        __array_ufunc__ = lambda self, *args, **kwargs: "other"  # noqa: E731
        __array_function__ = lambda self, *args, **kwargs: "other"  # noqa: E731

    assert np.logaddexp(T, Other()) == "other"
    assert np.concatenate([T, Other()]) == "other"


def test_tensors_are_still_arrays_to_others() -> None:
    assert type(np.asarray(T)) is np.ndarray
    assert np.array([T, T]).shape == (2, 2)
    assert np.testing.assert_allclose(T, [1.0, 2.0]) is None
