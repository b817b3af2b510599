"""Batches: every op on a batch gives what it gives example by example."""

from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.autodiff.batcher import Batcher
from eagernb.core.dispatch import current, dispatch
from eagernb.core.op import Op

from ..ops.samples.making import Sample
from ..ops.test_contract import CASES

SIZE = 3


def variants(x: np.ndarray, salt: int) -> np.ndarray:
    """A batch in which the array is an example; the others have the same elements in another order."""
    rng = np.random.default_rng(salt)
    others = [x.flatten()[rng.permutation(x.size)].reshape(x.shape) for _ in range(SIZE - 1)]
    return np.stack([x, *others])


def choices(sample: Sample) -> list[list[bool]]:
    """Which inputs are batched: all, each alone, all but the first."""
    count = len(sample.inputs)
    found = [[True] * count, [False, *[True] * (count - 1)], *[[i == j for j in range(count)] for i in range(count)]]
    return [list(c) for c in dict.fromkeys(map(tuple, found)) if any(c)]


TENSOR_CASES = [c for c in CASES if c.values[0].effect is None]


@pytest.mark.parametrize(("op", "sample"), TENSOR_CASES)
def test_a_batch_gives_what_its_examples_give(op: Op, sample: Sample) -> None:
    for batched in choices(sample):
        values = [
            tf.convert_to_tensor(variants(np.asarray(x), i) if b else x)
            for i, (x, b) in enumerate(zip(sample.inputs, batched, strict=True))
        ]
        compare(op, values, batched, dict(sample.params))


def compare(op: Op, values: list[tf.Tensor], batched: list[bool], params: dict[str, Any]) -> None:
    try:
        rows = [
            dispatch(op, [x[i] if b else x for x, b in zip(values, batched, strict=True)], params) for i in range(SIZE)
        ]
    except tf.errors.InvalidArgumentError:
        return  # the elements in another order are no legal input
    if len({tuple(tuple(part._dims) for part in outputs(op, row)) for row in rows}) > 1:
        return  # it depends on values
    batcher = Batcher(SIZE)
    with batcher:
        result = dispatch(op, [batcher.example(x) if b else x for x, b in zip(values, batched, strict=True)], params)
    for i in range(SIZE):
        for got, want in zip(outputs(op, result), outputs(op, rows[i]), strict=True):
            batch = batcher.batch(got)
            assert batch.dtype == want.dtype
            assert batch[i].shape == want.shape
            one = batch[i].numpy()
            if want.dtype.is_floating or want.dtype.is_complex:
                tolerance = 1e-5 if want.dtype.size < 8 else 1e-12
                np.testing.assert_allclose(one, want.numpy(), rtol=tolerance, atol=tolerance)
            else:
                np.testing.assert_array_equal(one, want.numpy())


def outputs(op: Op, result: Any) -> Any:
    return result if op.multiple else (result,)


def test_matrix_of_each_example_by_a_shared_one_is_one_product() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(5, 2, 3)), rng.normal(size=(4, 3))
    seen = Seen()
    with seen:
        result = tf.vectorized_map(lambda x: tf.matmul(x, b, transpose_b=True), a)
    np.testing.assert_allclose(result, a @ b.T, rtol=1e-12)
    assert [dims for name, dims in seen.ops if name == "matmul"] == [(10, 4)]


class Seen(tf.GradientTape):
    """Notes the names and the results' shapes of all operations."""

    def __init__(self) -> None:
        super().__init__()
        self.ops: list[tuple[str, Any]] = []

    def note(self, op: Op, inputs: Any, params: Any, result: Any) -> None:
        self.ops.append((op.name, (result[0] if op.multiple else result)._dims))


def test_batchers_nest() -> None:
    x, y = tf.constant([1.0, 2.0, 3.0]), tf.constant([[10.0, 20.0], [30.0, 40.0]])
    got = tf.vectorized_map(lambda a: tf.vectorized_map(lambda b: tf.reduce_sum(a * b), y), x)
    np.testing.assert_array_equal(got, np.outer([1, 2, 3], [30, 70]))


def test_examples_of_an_outer_batch_are_shared_inside() -> None:
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    got = tf.vectorized_map(lambda row: tf.vectorized_map(lambda a: a - tf.reduce_mean(row), row), x)
    np.testing.assert_array_equal(got, [[-0.5, 0.5], [-0.5, 0.5]])


def test_custom_gradient_of_a_shared_input_is_summed() -> None:
    @tf.custom_gradient
    def f(x, w):  # type: ignore[no-untyped-def]
        return x * w, lambda g: (g * w * 10.0, g * x * 100.0)

    x, w = tf.constant([1.0, 2.0, 3.0]), tf.Variable(2.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.vectorized_map(lambda a: f(a, w), x)
    dx, dw = tape.gradient(y, [x, w])
    assert dx.numpy().tolist() == [20.0, 20.0, 20.0]
    assert float(dw) == 600.0


def test_custom_gradient_in_a_batch_in_a_graph() -> None:
    @tf.custom_gradient
    def f(x):  # type: ignore[no-untyped-def]
        e = tf.exp(x)
        return e * 1.0, lambda g: g * e * 10.0

    x = tf.constant([0.0, 1.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.function(lambda batch: tf.vectorized_map(f, batch))(x)
    np.testing.assert_allclose(tape.gradient(y, x), 10 * np.exp([0.0, 1.0]), rtol=1e-6)


def test_what_is_wrong_for_one_example_is_wrong_for_a_batch() -> None:
    # The matrix of all examples would have the right rank.
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"float32\[2\]"):
        tf.vectorized_map(lambda x: tf.matmul(x, x), tf.ones([2, 2]))
    with pytest.raises(tf.errors.InvalidArgumentError, match="axis"):
        tf.vectorized_map(lambda x: tf.nn.softmax(x), tf.ones([2]))


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_handlers_are_restored_after_an_error(error: type[BaseException]) -> None:
    def fail(x: Any) -> Any:
        raise error

    with pytest.raises(error):
        tf.vectorized_map(fail, tf.ones([2]))
    assert current() is None


def test_random_numbers_in_a_batch_follow_the_seed() -> None:
    def draw() -> Any:
        tf.random.set_seed(7)
        return tf.vectorized_map(lambda x: x + tf.random.uniform([2]), tf.zeros([3, 2])).numpy()

    first = draw()
    assert len(set(first.ravel().tolist())) == 6
    np.testing.assert_array_equal(first, draw())


def test_print_shows_each_example(capsys: pytest.CaptureFixture[str]) -> None:
    def show(x: Any) -> Any:
        tf.print("got", x)
        return x

    tf.vectorized_map(show, tf.constant([1, 2]))
    assert capsys.readouterr().err.split() == ["got", "1", "got", "2"]


def test_example_picks_its_own_element() -> None:
    x, i = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), tf.constant([0, 1, -1])
    assert tf.vectorized_map(lambda t: t[0][t[1]], (x, i)).numpy().tolist() == [1.0, 4.0, 6.0]
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.vectorized_map(lambda t: t[0][t[1]] ** 2, (x, i))
    assert tape.gradient(y, x).numpy().tolist() == [[2.0, 0.0], [0.0, 8.0], [0.0, 12.0]]


def test_sizes_that_are_known_only_when_the_graph_runs() -> None:
    @tf.function(input_signature=[tf.TensorSpec([3, None]), tf.TensorSpec([None])])
    def f(x, w):  # type: ignore[no-untyped-def]
        return tf.vectorized_map(lambda row: tf.reduce_sum(tf.expand_dims(row * w, 0), 0) + tf.stack([w, row])[0], x)

    x, w = np.arange(6, dtype=np.float32).reshape(3, 2), np.array([1, 10], np.float32)
    np.testing.assert_array_equal(f(x, w), x * w + w)


def test_there_is_no_graph_that_gradients_could_walk() -> None:
    with pytest.raises(tf.errors.UnimplementedError, match=r"Use a tf.GradientTape"):
        tf.vectorized_map(lambda x: tf.gradients(x * x, x)[0], tf.constant([1.0, 2.0]))
