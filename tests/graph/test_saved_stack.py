"""Stacks: what a loop keeps for its gradient."""

import gc
import weakref

import numpy as np

import eagernb as tf
from eagernb.core.spec import TensorSpec
from eagernb.ops.saved_stack import Stack, count, empty_stack, pop, push
from eagernb.ops.variants import variant_add, variant_zeros

SCALAR = TensorSpec([], "float32")


def stack_of(*values: float) -> tf.Tensor:
    stack = empty_stack(None, [SCALAR])
    for value in values:
        stack = push(stack, [tf.constant(value)])
    return stack


def numbers(stack: tf.Tensor) -> list[float]:
    return [float(entry[0]) for entry in stack._array.entries()]


def test_what_was_pushed_last_is_popped_first() -> None:
    below, [top] = pop(stack_of(1.0, 2.0), [SCALAR])
    assert (float(top), numbers(below), int(count(below))) == (2.0, [1.0], 1)


def test_a_stack_stays_as_it_is_when_others_are_made_of_it() -> None:
    stack = stack_of(1.0)
    one, other = push(stack, [tf.constant(2.0)]), push(stack, [tf.constant(3.0)])
    assert (numbers(stack), numbers(one), numbers(other)) == ([1.0], [2.0, 1.0], [3.0, 1.0])


def test_sums_and_zeros_are_taken_entry_by_entry() -> None:
    stack = stack_of(1.0, 2.0)
    assert numbers(variant_add(stack, stack_of(10.0, 20.0))) == [22.0, 11.0]
    assert numbers(variant_zeros(stack)) == [0.0, 0.0]


def test_gradients_go_from_what_is_popped_to_what_was_pushed() -> None:
    x, y = tf.constant(2.0), tf.constant(3.0)
    with tf.GradientTape() as tape:
        tape.watch([x, y])
        stack = push(push(empty_stack(None, [SCALAR]), [x * x]), [y])
        below, [top] = pop(stack, [SCALAR])
        _, [bottom] = pop(below, [SCALAR])
        z = top * bottom
    assert [float(g) for g in tape.gradient(z, [x, y])] == [12.0, 4.0]


def test_a_long_stack_is_let_go_without_recursion() -> None:
    stack = Stack((), None)
    for _ in range(300_000):
        stack = Stack((1,), stack)
    del stack


def entries_alive() -> int:
    gc.collect()
    return sum(isinstance(x, Stack) and x.below is not None for x in gc.get_objects())


def test_no_stack_of_a_loop_outlives_its_tape() -> None:
    @tf.function(autograph=False)
    def f(x):
        return tf.while_loop(lambda k, y: k < 50, lambda k, y: (k + 1, tf.sin(y * x)), (0, x))[1]

    x = tf.constant(1.0)
    before = entries_alive()
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    assert entries_alive() == before + 50
    kept = weakref.ref(tape)
    tape.gradient(y, x)
    assert entries_alive() == before  # a tape that answers once needs them no more
    del tape
    assert kept() is None


def test_a_persistent_tape_keeps_them_until_it_goes() -> None:
    @tf.function(autograph=False)
    def f(x):
        return tf.while_loop(lambda k, y: k < 20, lambda k, y: (k + 1, tf.sin(y * x)), (0, x))[1]

    x = tf.constant(1.0)
    before = entries_alive()
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = f(x)
    first, second = tape.gradient(y, x), tape.gradient(y, x)
    np.testing.assert_array_equal(first.numpy(), second.numpy())
    assert entries_alive() > before
    del tape
    assert entries_alive() == before


def test_a_loop_whose_gradient_nobody_asks_for_keeps_nothing() -> None:
    @tf.function(autograph=False)
    def f(x):
        return tf.while_loop(lambda k, y: k < 20, lambda k, y: (k + 1, tf.sin(y * x)), (0, x))[1]

    graph = f.get_concrete_function(tf.constant(1.0)).graph
    [loop] = [node for node in graph.ops if node.op.name == "while_loop"]
    assert "stack_push" not in loop.params["body"].count_ops()
