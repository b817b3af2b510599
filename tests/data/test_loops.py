"""Loops over datasets in traced functions: as eagerly, to the bit, in every executor and at every level of passes."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.executors import make_executable
from eagernb.graph import verify
from eagernb.passes import optimize
from eagernb.passes.pipeline import HIGHEST_LEVEL, PASSES, level_passes

Dataset = tf.data.Dataset


class Regression:
    """Gradient descent over a shuffled dataset in batches, the last of which is smaller."""

    def __init__(self) -> None:
        random = np.random.default_rng(0)
        x = random.normal(size=(70, 3)).astype(np.float32)
        y = (x @ [[1.0], [-2.0], [0.5]]).astype(np.float32)
        self.dataset = Dataset.from_tensor_slices((x, y)).shuffle(70, seed=3).batch(16)
        self.w, self.b = tf.Variable(tf.ones([3, 1])), tf.Variable([0.0])

    def epoch(self, dataset):
        total, count = 0.0, 0
        for x, y in dataset:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((x @ self.w + self.b - y) ** 2)
            for variable, gradient in zip(
                [self.w, self.b], tape.gradient(loss, [self.w, self.b]), strict=True
            ):  # fmt: skip
                variable.assign_sub(0.1 * gradient)
            total += loss
            count += 1
        return total / tf.cast(count, tf.float32)

    def history(self, epoch) -> list[bytes]:
        losses = [epoch(self.dataset) for _ in range(3)]
        return [x.numpy().tobytes() for x in (*losses, self.w, self.b)]


def test_training_over_a_shuffled_dataset_gives_the_same_bits_as_eagerly():
    eager, traced = Regression(), Regression()
    epoch = tf.function(traced.epoch)
    assert traced.history(epoch) == eager.history(eager.epoch)
    assert epoch.experimental_get_tracing_count() == 1


def test_the_graph_does_not_grow_with_the_dataset():
    @tf.function
    def total(dataset):
        result = tf.constant(0, tf.int64)
        for x in dataset:
            result += x
        return result

    assert [int(total(Dataset.range(n))) for n in (3, 1000)] == [3, 499500]
    assert total.experimental_get_tracing_count() == 1
    assert len(total.get_concrete_function(Dataset.range(7)).graph.ops) < 5


def test_a_dataset_from_outside_is_taken_by_reference():
    cached = Dataset.range(4).map(lambda x: x * 2).cache()

    @tf.function
    def total():
        result = tf.constant(0, tf.int64)
        for x in cached:
            result += x
        return result

    assert [int(total()), int(total())] == [12, 12]
    assert cached._held[0]._array._kept is not None  # it was this very dataset that was read


def counted_steps(dataset, limit):
    """A loop with effects, a break and a loop inside; what it gives tells in which order all happened."""
    log = tf.constant(0.0)
    for x in dataset:
        if x > limit:
            break
        for y in dataset.take(2):
            log = log * 2.0 + x * y
    return log


def test_every_executor_and_every_pass_runs_the_loop_as_it_is():
    dataset = Dataset.from_tensor_slices([1.0, 2.0, 3.0, 4.0])
    want = counted_steps(dataset, tf.constant(2.5)).numpy()
    graph = tf.function(counted_steps).get_concrete_function(dataset, tf.constant(2.5)).graph
    arrays = [dataset._held[0]._array, np.float32(2.5)]
    stages = [graph, *(optimize(graph, [name])[0] for name in PASSES)]
    stages += [optimize(graph, level_passes(level))[0] for level in range(HIGHEST_LEVEL + 1)]
    for stage in stages:
        verify(stage)
        for executor in ("interpreter", "numpy_source"):
            assert make_executable(stage, executor)(arrays)[0] == want


def test_two_equal_reads_stay_two_and_in_order():
    @tf.function
    def f(iterator):
        first, second = next(iterator), next(iterator)
        return first * 10 + second

    iterator = iter(Dataset.range(1, 9))
    assert [int(f(iterator)), int(f(iterator))] == [12, 34]
    reads = f.get_concrete_function(iterator).optimized.count_ops()["iterator_next"]
    assert reads == 2


def test_a_read_whose_element_nobody_uses_still_reads():
    @tf.function
    def second(iterator):
        next(iterator)
        return next(iterator)

    assert int(second(iter(Dataset.range(5)))) == 1


def test_nothing_is_read_after_a_break():
    iterator = iter(Dataset.range(10))

    @tf.function
    def until(iterator, limit):
        for x in iterator:
            if x == limit:
                break

    until(iterator, tf.constant(3, tf.int64))
    assert int(next(iterator)) == 4


def test_next_with_a_default_reads_to_the_end():
    @tf.function
    def f(iterator):
        return next(iterator, tf.constant(-1, tf.int64))

    iterator = iter(Dataset.range(2))
    assert [int(f(iterator)) for _ in range(4)] == [0, 1, -1, -1]


def test_gradients_of_any_order_flow_through_the_loop_as_eagerly():
    dataset = Dataset.from_tensor_slices([1.0, 2.0, 3.0])

    def power(w):
        result = tf.constant(1.0)
        for x in dataset:
            result = result * w * x
        return result

    def derivatives(f):
        w = tf.Variable(2.0)
        with tf.GradientTape() as outer:
            with tf.GradientTape() as inner:
                y = f(w)
            first = inner.gradient(y, w)
        return [float(y), float(first), float(outer.gradient(first, w))]

    assert derivatives(tf.function(power)) == derivatives(power) == [48.0, 72.0, 72.0]


def test_gradients_of_a_tape_within_the_function():
    @tf.function
    def slope(dataset, w):
        with tf.GradientTape() as tape:
            tape.watch(w)
            total = 0.0
            for x in dataset:
                total += w * x
        return tape.gradient(total, w)

    assert float(slope(Dataset.from_tensor_slices([1.0, 2.0]), tf.constant(5.0))) == 3.0


@pytest.mark.parametrize("executor", ["interpreter", "numpy_source"])
def test_datasets_and_iterators_as_variables_of_branches_and_loops(executor):
    dataset = Dataset.from_tensor_slices([1.0, 2.0, 3.0])
    w = tf.Variable(2.0)

    def f(n, shorter):
        chosen, iterator = dataset, iter(dataset)
        total = 0.0
        for i in tf.range(n):
            chosen = chosen.map(lambda x: x * 2.0)
            if i == 1:
                iterator = iter(dataset)
            total += next(iterator) * w
        if shorter:
            chosen = chosen.take(2)
        for x in chosen:
            total += x * w
        return total

    graph = tf.function(f).get_concrete_function(tf.constant(2), tf.constant(True)).graph
    verify(graph)
    arrays = [np.int32(2), np.bool_(True)]
    assert make_executable(graph, executor)(arrays)[0] == 28.0  # 2 * (1 + 1 + 4 + 8)
    with tf.GradientTape(persistent=True) as tape:
        y = tf.function(f)(tf.constant(2), tf.constant(True))
    assert float(tape.gradient(y, w)) == 14.0


def test_branches_with_datasets_of_other_elements_are_refused():
    dataset = Dataset.range(3)
    f = tf.function(lambda flag: tf.cond(flag, lambda: dataset, lambda: dataset.batch(2)))
    with pytest.raises(ValueError, match="a dataset of other elements"):
        f(tf.constant(True))


def test_a_variable_that_is_set_in_the_loop_alone_needs_one_turn():
    @tf.function
    def last(dataset):
        for x in dataset:
            y = x
        return y

    assert int(last(Dataset.range(3))) == 2
    with pytest.raises(tf.errors.InvalidArgumentError, match="at least once to initialize y"):
        last(Dataset.range(0))


def test_what_the_names_of_a_loop_stood_for_before_counts_only_where_it_fits():
    @tf.function
    def last(dataset, x):
        for x in dataset:  # noqa: B007
            pass
        return x

    assert [int(last(Dataset.range(n), tf.constant(7, tf.int64))) for n in (3, 0)] == [2, 7]
    assert float(last(Dataset.from_tensor_slices([1.0, 2.0]), 5)) == 2.0
    assert float(last(Dataset.from_tensor_slices([1.0]).take(0), 6.0)) == 6.0
    assert int(last(Dataset.range(3), tf.constant([1.0, 2.0]))) == 2
    with pytest.raises(tf.errors.InvalidArgumentError, match="at least once to initialize x"):
        last(Dataset.range(0), tf.constant([1.0, 2.0]))


def test_the_else_of_a_loop():
    @tf.function
    def find(dataset, wanted):
        found = tf.constant(-1, tf.int64)
        for x in dataset:
            if x == wanted:
                found = x
                break
        else:
            found = tf.constant(100, tf.int64)
        return found

    assert [int(find(Dataset.range(3), tf.constant(n, tf.int64))) for n in (1, 7)] == [1, 100]


def test_functions_that_run_eagerly_loop_as_python_does():
    seen = []

    @tf.function
    def f(dataset):
        for x in dataset:
            seen.append(int(x))
        return len(dataset), [x for x, _ in zip(dataset, range(2), strict=False)]

    tf.config.run_functions_eagerly(True)
    try:
        length, first = f(Dataset.range(3))
    finally:
        tf.config.run_functions_eagerly(False)
    assert (seen, int(length), [int(x) for x in first]) == ([0, 1, 2], 3, [0, 1])


def test_converted_code_outside_of_a_trace_loops_as_python_does():
    def f(dataset, iterator):
        total = 0
        for x in dataset:
            if int(x) == 2:
                break
            total += int(x)
        return total, len(dataset), int(next(iterator, -1))

    converted = tf.autograph.to_graph(f) if hasattr(tf.autograph, "to_graph") else f
    assert tuple(map(int, converted(Dataset.range(5), iter(Dataset.range(0))))) == (1, 5, -1)


def test_pythons_own_loop_over_a_dataset_is_refused_while_tracing():
    @tf.function
    def f(dataset):
        return [x + 1 for x in dataset]  # AutoGraph leaves comprehensions alone

    with pytest.raises(tf.errors.OperatorNotAllowedInGraphError, match=r"does not end.*AutoGraph"):
        f(Dataset.range(3))


def test_a_failure_within_the_loop_names_the_line_of_the_user():
    @tf.function
    def f(dataset):
        total = 0
        for x in dataset:
            total += 6 // x
        return total

    with pytest.raises(tf.errors.InvalidArgumentError, match=r"total \+= 6 // x"):
        f(Dataset.from_tensor_slices([1, 0]))


def test_retracing_tells_of_other_elements():
    f = tf.function(lambda dataset: dataset.cardinality())
    f(Dataset.range(3))
    f(Dataset.range(3).batch(2))
    assert "the elements of 'dataset' changed from DatasetSpec" in str(tf.explain_retracing(f))


def test_a_spec_of_unknown_sizes_in_the_signature_takes_datasets_of_known_ones():
    spec = tf.data.DatasetSpec(tf.TensorSpec([None], tf.int64))

    @tf.function(input_signature=[spec])
    def total(dataset):
        return dataset.reduce(tf.constant(0, tf.int64), lambda total, x: total + tf.reduce_sum(x))

    assert int(total(Dataset.range(6).batch(3, drop_remainder=True))) == 15
    with pytest.raises(TypeError, match="DatasetSpec"):
        total(Dataset.range(6))


def test_xla_says_that_it_cannot_read_a_dataset_and_on_which_line():
    pytest.importorskip("jax")
    dataset = Dataset.from_tensor_slices([1.0])

    @tf.function(jit_compile=True)
    def f():
        total = 0.0
        for x in dataset:
            total += x
        return total

    with pytest.raises(tf.errors.InvalidArgumentError, match=r"(?s)reads a dataset.*for x in dataset"):
        f()


def test_a_step_compiled_by_xla_within_a_loop_over_a_dataset():
    pytest.importorskip("jax")

    @tf.function(jit_compile=True)
    def step(x):
        return x * 2.0

    @tf.function
    def f(dataset):
        total = 0.0
        for x in dataset:
            total += step(x)
        return total

    assert float(f(Dataset.from_tensor_slices([1.0, 2.0]))) == 6.0


def test_nothing_is_left_behind_by_a_loop_that_could_not_be_traced(caplog):
    dataset = Dataset.range(3)

    @tf.function
    def f():
        state = 0
        for x in dataset:
            state = "text" if x > 0 else "other"
        return state

    with caplog.at_level(logging.ERROR), pytest.raises(TypeError, match="'state' has dtype int32 before the loop"):
        f()
    assert tf.executing_eagerly()
    assert [int(x) for x in dataset] == [0, 1, 2]


@pytest.mark.parametrize("of", [lambda ds: ds, iter], ids=["dataset", "iterator"])
def test_the_body_is_traced_once(of: Any) -> None:
    traced = []

    @tf.function
    def total(elements: Any) -> Any:
        found = tf.constant(0, tf.int64)
        for x in elements:
            traced.append(x)
            found += x
        return found

    assert int(total(of(tf.data.Dataset.range(5)))) == 10
    assert len(traced) == 1
