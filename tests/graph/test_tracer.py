"""Tracing: what becomes a node, what is known early, what a symbol refuses."""

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.dispatch import current
from eagernb.core.spec import TensorSpec
from eagernb.graph import Tracer, to_text


def vector(tracer: Tracer, *dims: int | None) -> tf.Tensor:
    return tracer.add_input(TensorSpec(dims or [2], "float32"), "x")


def test_text_of_a_graph_names_inputs_constants_variables_and_params() -> None:
    v = tf.Variable([1.0, 2.0], name="weights")
    tracer = Tracer("step")
    with tracer:
        x = vector(tracer, None, 2)
        total = tf.reduce_sum(x * v, axis=1, keepdims=True)
        v.assign_sub([1.0, 1.0])
    assert to_text(tracer.graph([total])) == (
        "step(%x: float32[?, 2]):\n"
        "  %weights = variable weights:0 : float32[2]\n"
        "  %read_variable = read_variable(%weights) : float32[2]\n"
        "  %multiply = multiply(%x, %read_variable) : float32[?, 2]\n"
        "  %reduce_sum = reduce_sum(%multiply, axis=1, keepdims=True) : float32[?, 1]\n"
        "  %constant = constant [1. 1.] : float32[2]\n"
        "  %assign_sub = assign_sub(%weights, %constant) : float32[2]\n"
        "  return %reduce_sum"
    )


def test_nodes_know_the_line_that_made_them() -> None:
    tracer = Tracer()
    with tracer:
        y = tf.exp(vector(tracer))
    [node] = tracer.graph([y]).ops
    assert node.line is not None
    assert node.line.text == "y = tf.exp(vector(tracer))"


def test_gradient_nodes_are_of_the_gradient_scope() -> None:
    tracer = Tracer()
    with tracer:
        x = vector(tracer)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.exp(x)
        g = tape.gradient(y, x)
        z = g + 1.0
    assert {n.name: n.scope for n in tracer.graph([z]).ops} == {
        "exp": "forward",
        "multiply": "gradient",
        "add": "forward",
    }


def test_sizes_that_are_known_serve_as_python_numbers() -> None:
    tracer = Tracer()
    with tracer:
        x = vector(tracer, 4, 6)
        assert tf.reshape(x, [tf.shape(x)[1] * 2, -1]).shape == (12, 2)
        assert tf.zeros(tf.shape(x)).shape == (4, 6)
        with pytest.raises(TypeError, match="known while a graph is traced"):
            tf.transpose(x, tf.cast(x[0, :2], "int32"))


def test_known_sizes_among_unknown_ones_serve_as_well() -> None:
    tracer = Tracer()
    with tracer:
        x = tracer.add_input(tf.TensorSpec([None, 3, None]), "x")
        sizes = tf.shape(x)
        assert tf.zeros([sizes[1], sizes[-2]]).shape == (3, 3)
        assert tf.zeros(sizes[:2]).shape == (None, 3)
        assert tf.reshape(x, [sizes[0], -1]).shape == (None, None)
        assert tf.reshape(x, tf.concat([sizes[1:2], [-1]], 0)).shape == (3, None)
        assert tf.get_static_value(sizes[0] * 2) is None


def test_failing_kernel_of_known_numbers_waits_for_run_time() -> None:
    tracer = Tracer()
    with tracer:
        y = tf.constant(1) // tf.constant(0) + tf.cast(vector(tracer), "int32")
    assert "floordiv" in to_text(tracer.graph([y]))


def test_mismatch_is_found_while_tracing_and_says_why() -> None:
    tracer = Tracer()
    with tracer:
        x = vector(tracer, 2, 3)
        with pytest.raises(ValueError, match=r"matmul of float32\[2, 3\], float32\[2, 3\].*inner dimensions.*3.*2"):
            x @ x
        with pytest.raises(TypeError, match=r"different dtypes, float32 and int32.*tf.cast") as caught:
            x + tf.constant(1)
        assert "Two dimensions" not in str(caught.value)  # the remedy for shapes


def test_symbol_refuses_what_needs_a_value() -> None:
    tracer = Tracer()
    with tracer:
        x = vector(tracer)
        for ask in (bool, list, lambda t: [*t]):
            with pytest.raises(tf.errors.OperatorNotAllowedInGraphError):
                ask(x)  # type: ignore[operator]
        for ask in (len, int, float, range, np.zeros):
            with pytest.raises(TypeError):
                ask(x)  # type: ignore[operator]
        with pytest.raises(NotImplementedError):
            np.sin(np.asarray(x))
        with pytest.raises(AttributeError, match="shapes and dtypes but no values"):
            x.numpy()


def test_symbol_outside_its_trace_names_the_line() -> None:
    tracer = Tracer()
    with tracer:
        y = tf.exp(vector(tracer))
    with pytest.raises(tf.errors.InaccessibleTensorError, match=r"line \d+: y = tf.exp"):
        y + 1.0
    with Tracer(), pytest.raises(tf.errors.InaccessibleTensorError, match="another graph"):
        y + 1.0


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_tracer_restores_the_handlers(error: type[BaseException]) -> None:
    with tf.GradientTape() as tape:
        with pytest.raises(error), Tracer(), tf.GradientTape():
            raise error
        assert current() is tape
    assert current() is None


def test_tape_outside_does_not_see_the_tracing() -> None:
    x = tf.Variable(2.0)
    with tf.GradientTape() as tape, Tracer():
        x * x
    assert tape.watched_variables() == ()
