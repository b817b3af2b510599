"""Calls of traced functions: one operation to whoever watches, forward and backward compiled once, memory let go."""

import gc
import weakref

import numpy as np
import pytest

import eagernb as tf
from eagernb.autodiff.tape import GradientTape
from eagernb.core.dispatch import Handler, current
from eagernb.graph import executable as executable_module
from eagernb.graph import verify
from eagernb.graph.derivative import derivative_of


class Seen(Handler):
    """The names of the operations that reach it."""

    only_notes = True

    def __init__(self) -> None:
        self.names: list[str] = []

    def note(self, op, inputs, params, result) -> None:
        self.names.append(op.name)

    def __enter__(self) -> "Seen":
        self.activate()
        return self

    def __exit__(self, *_: object) -> None:
        self.deactivate()


def test_a_call_is_one_operation_and_so_is_its_gradient() -> None:
    f = tf.function(lambda x: tf.reduce_sum(tf.sin(x) * x))
    x = tf.constant([1.0, 2.0])
    with Seen() as seen:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        tape.gradient(y, x)
    assert seen.names == ["call", "call"]


def test_nested_functions_are_call_nodes() -> None:
    inner = tf.function(lambda x: x * x, name="inner")
    outer = tf.function(lambda x: inner(x) + inner(x + 1.0), name="outer")
    graph = outer.get_concrete_function(tf.constant(1.0)).graph
    assert str(graph).splitlines() == [
        "outer(%x: float32[]):",
        "  %call = call(%x, executor='numpy_source') : float32[]",
        "    inner(%x: float32[]):",
        "      %multiply = multiply(%x, %x) : float32[]",
        "      return %multiply",
        "  %constant = constant 1.0 : float32[]",
        "  %add = add(%x, %constant) : float32[]",
        "  %call_1 = call(%add, executor='numpy_source') : float32[]",
        "    inner(%x: float32[]):",
        "      %multiply = multiply(%x, %x) : float32[]",
        "      return %multiply",
        "  %add_1 = add(%call, %call_1) : float32[]",
        "  return %add_1",
    ]


def test_forward_and_backward_are_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    f = tf.function(lambda x: tf.exp(x) * x)
    made: list[str] = []
    make = executable_module.make_executable
    monkeypatch.setattr(
        executable_module, "make_executable", lambda graph, executor: made.append(graph.name) or make(graph, executor)
    )
    for value in (1.0, 2.0, 3.0):
        x = tf.constant(value)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        assert float(tape.gradient(y, x)) == pytest.approx(np.exp(value) * (1 + value), rel=1e-6)
    assert made == ["<lambda>", "gradient_of_<lambda>"]


def test_without_a_tape_nothing_is_saved() -> None:
    f = tf.function(lambda x: tf.exp(x) * x)
    f(tf.constant(1.0))
    concrete = f.get_concrete_function(tf.constant(1.0))
    assert len(concrete.optimized.outputs) == 1


def test_what_is_saved_is_what_the_way_back_needs() -> None:
    graph = tf.function(lambda x: tf.sin(tf.exp(x)) + 1.0).get_concrete_function(tf.constant(1.0)).graph
    derivative = derivative_of(graph, frozenset({0}))
    verify(derivative.forward)
    verify(derivative.first.graph)
    # exp's result serves for its own gradient and for the cosine; nothing else is kept.
    assert [value.node.op.name for value in derivative.forward.outputs] == ["add", "exp"]
    assert derivative.saved == (None,)


def test_second_derivatives_save_what_they_need_too() -> None:
    graph = tf.function(lambda x: x * x * x).get_concrete_function(tf.constant(1.0)).graph
    derivative = derivative_of(graph, frozenset({0}), again=True)
    verify(derivative.again.graph)
    assert derivative.again.wanted == (0,)


def test_a_dropped_tape_frees_what_a_call_saved() -> None:
    f = tf.function(lambda x: tf.exp(x) * 2.0)
    gc.collect()
    gc.disable()
    try:
        x = tf.constant([1.0] * 1000)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        saved = [weakref.ref(t) for *_, kept, _likes in tape._entries for t in kept[0][0] if isinstance(t, tf.Tensor)]
        assert saved
        assert all(ref() is not None for ref in saved)
        del tape
        assert all(ref() is None or ref() is y or ref() is x for ref in saved)
    finally:
        gc.enable()


def test_what_a_call_gave_is_freed_at_once() -> None:
    f = tf.function(lambda x: (tf.exp(x), {"double": x * 2.0}))
    x = tf.constant([1.0] * 1000)
    f(x)
    gc.collect()
    gc.disable()
    try:
        exponential, more = f(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            followed, _ = f(x)
        results = [weakref.ref(one) for one in (exponential, more["double"], followed)]
        del exponential, more, tape, followed, _
        assert [ref() for ref in results] == [None, None, None]
    finally:
        gc.enable()


def test_a_function_that_is_dropped_goes_with_its_graphs() -> None:
    f = tf.function(lambda x: tf.exp(x))
    x = tf.constant(1.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    tape.gradient(y, x)
    graph = weakref.ref(f.get_concrete_function(x).graph)
    del f, tape
    gc.collect()
    assert graph() is None


def test_an_error_while_tracing_inside_leaves_no_handler() -> None:
    @tf.function
    def inner(x):
        raise ValueError("inside")

    @tf.function
    def outer(x):
        return inner(x)

    with pytest.raises(ValueError, match="inside"):
        outer(tf.constant(1.0))
    assert current() is None


def test_errors_of_a_nested_call_name_the_line_of_the_operation() -> None:
    inner = tf.function(lambda x, i: tf.gather(x, i))  # the line
    outer = tf.function(lambda x, i: inner(x, i) + 1.0)
    with pytest.raises(tf.errors.InvalidArgumentError, match="# the line"):
        outer(tf.constant([1.0]), tf.constant(5))
    x = tf.constant([1.0])
    with GradientTape() as tape:
        tape.watch(x)
        with pytest.raises(tf.errors.InvalidArgumentError, match="# the line"):
            outer(x, tf.constant(5))


def test_concrete_function_refuses_another_shape() -> None:
    concrete = tf.function(lambda x: x).get_concrete_function(tf.ones([2]))
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"'x'.*float32\[2\].*float32\[3\]"):
        concrete(tf.ones([3]))


def test_old_names_warn() -> None:
    with pytest.warns(DeprecationWarning, match="use jit_compile"):
        tf.function(lambda x: x, experimental_compile=False)
    with pytest.warns(DeprecationWarning, match="use reduce_retracing"):
        f = tf.function(lambda x: x, experimental_relax_shapes=True)
    for n in (1, 2, 3, 4):
        f(tf.ones([n]))
    assert f.experimental_get_tracing_count() == 2


def test_results_are_not_shared_between_calls() -> None:
    f = tf.function(lambda x: (x + 1.0, x))
    x = tf.constant([1.0, 2.0])
    first, same = f(x)
    f(tf.constant([5.0, 6.0]))
    assert first.numpy().tolist() == [2.0, 3.0]
    assert same.numpy().tolist() == [1.0, 2.0]


def test_ten_thousand_operations() -> None:
    @tf.function
    def long(x):
        for _ in range(10_000):
            x = x + 1.0
        return x

    x = tf.constant(0.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = long(x)
    assert float(y) == 10_000.0
    assert float(tape.gradient(y, x)) == 1.0
