"""why_no_gradient: each thing that can go wrong is told from the others, with the line and the remedy."""

import gc
import weakref
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.autodiff.why import REASONS


def text_of(report: Any) -> str:
    """The user's line that the report names."""
    assert report.reason in REASONS
    return report.line.text if report.line else ""


def test_operation_without_derivative_is_named_with_its_line() -> None:
    x, w = tf.ones([3, 2]), tf.Variable(tf.ones([2, 4]))
    with tf.GradientTape() as tape:
        scores = x @ w
        best = tf.argmax(scores, axis=1)
        loss = tf.reduce_sum(tf.one_hot(best, 4) * 2.0)
    report = tf.why_no_gradient(tape, loss, w)
    assert (report.reason, report.op) == ("no derivative", "argmax")
    assert text_of(report) == "best = tf.argmax(scores, axis=1)"
    assert "tf.nn.softmax" in report.remedy
    assert [(stage.title, stage.kind) for stage in report.stages] == [
        ("w", "variable"), ("matmul", "step"), ("argmax", "stop"), ("one_hot", "stop"), ("multiply", "step"),
        ("reduce_sum", "step"), ("loss", "target"),
    ]  # fmt: skip
    assert "from `w` to `loss`" in str(report)


def test_two_questions_on_a_line_have_names_of_their_own() -> None:
    a, b = tf.constant(1.0), tf.constant(2.0)
    with tf.GradientTape() as tape:
        y = a * b
    reports = [tf.why_no_gradient(tape, y, a), tf.why_no_gradient(tape, y, b)]
    assert ["`a`" in str(reports[0]), "`b`" in str(reports[1])] == [True, True]


def test_used_tape_that_answered_none_still_tells() -> None:
    v = tf.Variable(2.6)
    with tf.GradientTape() as tape:
        y = tf.round(v * 3.0) + 1.0
    assert tape.gradient(y, v) is None
    report = tf.why_no_gradient(tape, y, v)
    assert (report.reason, report.op) == ("no derivative", "round")
    assert "tf.grad_pass_through(tf.round)" in report.remedy


def test_used_tape_of_a_jacobian_still_tells() -> None:
    v = tf.Variable([2.6, 1.0])
    with tf.GradientTape() as tape:
        y = tf.floor(v)
    assert tape.jacobian(y, {"v": v})["v"] is None
    assert tf.why_no_gradient(tape, y, v).op == "floor"


def test_tape_used_for_another_source_says_so() -> None:
    a, b = tf.Variable(1.0), tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = a * b
    tape.gradient(y, a)
    report = tf.why_no_gradient(tape, y, b)
    assert report.reason == "tape is used up"
    assert "persistent=True" in report.remedy


def test_persistent_tape_tells_at_any_time() -> None:
    v = tf.Variable(1.0)
    with tf.GradientTape(persistent=True) as tape:
        y = tf.sign(v) * v
        z = tf.cast(v > 0.0, tf.float32)
        inside = tf.why_no_gradient(tape, z, v)
    assert tape.gradient(y, v) is not None
    assert inside.op == tf.why_no_gradient(tape, z, v).op == "greater"
    assert tf.why_no_gradient(tape, y, v).reason == "connected"


@pytest.mark.parametrize("value", [3, True])
def test_integer_source(value: Any) -> None:
    n = tf.Variable(value)
    with tf.GradientTape() as tape:
        y = tf.cast(n, tf.float32) ** 2
    report = tf.why_no_gradient(tape, y, n)
    assert report.reason == "integer source"
    assert n.dtype.name in report.headline
    assert text_of(report) == "n = tf.Variable(value)"


def test_integer_target_names_the_operation_that_gave_it() -> None:
    v = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as tape:
        k = tf.argmax(v * v)
    assert tf.why_no_gradient(tape, k, v).op == "argmax"


def test_integer_target_from_elsewhere() -> None:
    v = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as tape:
        _ = v * v
    k = tf.constant(1)
    assert tf.why_no_gradient(tape, k, v).reason == "integer target"


def test_untrainable_variable() -> None:
    v = tf.Variable(1.0, trainable=False)
    with tf.GradientTape() as tape:
        y = v * 2.0
    report = tf.why_no_gradient(tape, y, v)
    assert report.reason == "not trainable"
    assert text_of(report) == "v = tf.Variable(1.0, trainable=False)"
    assert "tape.watch(v)" in report.remedy


def test_tape_that_watches_nothing_by_itself() -> None:
    v = tf.Variable(1.0)
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        y = v * 2.0
    report = tf.why_no_gradient(tape, y, v)
    assert report.reason == "accessed variables not watched"
    assert text_of(report) == "with tf.GradientTape(watch_accessed_variables=False) as tape:"


def test_tensor_that_is_not_watched() -> None:
    x = tf.constant(3.0)
    with tf.GradientTape() as tape:
        y = x * x
    report = tf.why_no_gradient(tape, y, x)
    assert report.reason == "not watched"
    assert "tape.watch(x)" in report.remedy


def test_tensor_that_is_watched_too_late() -> None:
    x = tf.constant(3.0)
    with tf.GradientTape() as tape:
        y = x * x
        tape.watch(x)
    report = tf.why_no_gradient(tape, y, x)
    assert report.reason == "watched too late"
    assert text_of(report) == "tape.watch(x)"


def test_variable_whose_name_was_given_to_a_tensor() -> None:
    w = tf.Variable(2.0)
    g: Any = 0.0
    for _ in range(3):
        with tf.GradientTape() as tape:
            loss = (w * 3.0 - 1.0) ** 2
        g = tape.gradient(loss, w)
        if g is None:
            break
        w = w - 0.1 * g
    report = tf.why_no_gradient(tape, loss, w)
    assert report.reason == "replaced by a tensor"
    assert text_of(report) == "w = w - 0.1 * g"
    assert "w.assign_sub" in report.remedy


def test_tensor_that_was_updated_is_told_from_a_variable() -> None:
    x = tf.constant(2.0)
    x = x + 1.0
    with tf.GradientTape() as tape:
        y = x * x
    report = tf.why_no_gradient(tape, y, x)
    assert report.reason == "replaced by a tensor"
    assert "variable any more" not in report.headline


def test_cast_to_an_integer() -> None:
    v = tf.Variable(2.5)
    with tf.GradientTape() as tape:
        y = tf.cast(tf.cast(v * 2.0, tf.int32), tf.float32) * 3.0
    report = tf.why_no_gradient(tape, y, v)
    assert (report.reason, report.op) == ("cast to an integer", "cast")
    assert "int32" in report.headline
    assert [stage.kind for stage in report.stages].count("stop") == 1


def test_stop_gradient() -> None:
    v = tf.Variable(2.5)
    with tf.GradientTape() as tape:
        y = tf.stop_gradient(v * 2.0) * 3.0
    assert tf.why_no_gradient(tape, y, v).reason == "stop_gradient"


def test_stop_recording() -> None:
    v = tf.Variable(2.5)
    with tf.GradientTape() as tape:
        h = v * 1.0
        with tape.stop_recording():
            h = h * h
        y = h * 3.0
    report = tf.why_no_gradient(tape, y, v)
    assert report.reason == "stop_recording"
    assert text_of(report) == "h = h * h"


def test_variable_that_is_read_while_the_tape_is_paused() -> None:
    v = tf.Variable(2.5)
    with tf.GradientTape() as tape, tape.stop_recording():
        y = v * 3.0
    assert tf.why_no_gradient(tape, y, v).reason == "stop_recording"


def test_assigned_value() -> None:
    v, memory = tf.Variable(2.5), tf.Variable(0.0)
    with tf.GradientTape() as tape:
        memory.assign(v * 2.0)
        y = memory * 3.0
    report = tf.why_no_gradient(tape, y, v)
    assert (report.reason, report.op) == ("assigned", "assign")
    assert text_of(report) == "memory.assign(v * 2.0)"


@pytest.mark.parametrize("how", [".numpy()", "float()", "np.asarray()"])
def test_value_that_left(how: str) -> None:
    v = tf.Variable(2.5)
    take = {".numpy()": lambda t: t.numpy(), "float()": float, "np.asarray()": np.asarray}[how]
    with tf.GradientTape() as tape:
        h = v * 2.0
        y = tf.constant(take(h)) * 3.0
    report = tf.why_no_gradient(tape, y, v)
    assert report.reason == "left as a NumPy or Python value"
    assert how in report.headline
    assert "`h`" in report.headline


def test_value_of_a_variable_that_left() -> None:
    v = tf.Variable(2.5)
    with tf.GradientTape() as tape:
        y = tf.constant(float(v) * 3.0)
    report = tf.why_no_gradient(tape, y, v)
    assert "float() takes the value of `v`" in report.headline
    assert text_of(report) == "y = tf.constant(float(v) * 3.0)"


@pytest.mark.parametrize("how", [".numpy()", "float()", "np.asarray()"])
def test_value_of_a_variable_that_nothing_has_read(how: str) -> None:
    v, fixed = tf.Variable(2.5), tf.Variable(1.0, trainable=False)
    take = {".numpy()": lambda t: t.numpy(), "float()": float, "np.asarray()": np.asarray}[how]
    with tf.GradientTape() as tape:
        y = tf.constant(take(v) * take(fixed))
    assert f"{how} takes the value of `v`" in tf.why_no_gradient(tape, y, v).headline
    assert tf.why_no_gradient(tape, y, fixed).reason == "not trainable"


def test_value_that_is_only_printed_is_not_to_blame() -> None:
    v, u = tf.Variable(2.5), tf.Variable(1.0)
    with tf.GradientTape() as tape:
        y = v * 2.0
        assert f"{y:.1f} {y} {v}".startswith("5.0")
    assert tf.why_no_gradient(tape, y, u).reason == "not used"


def test_target_computed_before_the_tape() -> None:
    v = tf.Variable(2.5)
    y = v * v
    with tf.GradientTape() as tape:
        _ = v * 2.0
    report = tf.why_no_gradient(tape, y, v)
    assert report.reason == "computed outside of the tape"
    assert "before" in report.headline
    assert text_of(report) == "y = v * v"


def test_target_computed_after_the_tape() -> None:
    v = tf.Variable(2.5)
    with tf.GradientTape() as tape:
        h = v * 2.0
    y = h * h
    report = tf.why_no_gradient(tape, y, v)
    assert "after" in report.headline
    assert text_of(report) == "y = h * h"


def test_variable_that_is_not_used() -> None:
    a, b = tf.Variable(1.0), tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = a * 3.0
    report = tf.why_no_gradient(tape, y, b)
    assert report.reason == "not used"
    assert "`y` was computed from `a`" in str(report)


def test_tensor_that_is_used_for_something_else() -> None:
    a, x = tf.Variable(1.0), tf.constant(2.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        _ = x * x
        y = a * 3.0
    assert "leads to `y`" in tf.why_no_gradient(tape, y, x).headline


def test_copy_is_another_tensor() -> None:
    x = tf.constant(2.0)
    with tf.GradientTape() as tape:
        tape.watch(tf.identity(x))
        y = x * x
    assert tf.why_no_gradient(tape, y, x).reason == "not watched"


def test_tape_that_never_recorded() -> None:
    v = tf.Variable(1.0)
    tape, y = tf.GradientTape(), v * 2.0
    assert tf.why_no_gradient(tape, y, v).reason == "never recorded"


def test_gradient_that_is_there() -> None:
    v = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        y = tf.exp(v) * tf.cast(v > 0.0, tf.float32)
    report = tf.why_no_gradient(tape, y, v)
    assert report.reason == "connected"
    assert report.remedy == ""
    assert all(stage.kind != "stop" for stage in report.stages)


def test_custom_gradient_may_be_none() -> None:
    @tf.custom_gradient
    def f(x: Any) -> Any:
        return x * 2.0, lambda g: None

    v = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        y = f(v)
    assert tape.gradient(y, v) is None
    assert "custom gradient" in str(tf.why_no_gradient(tape, y, v))


def test_positions_of_top_k_are_integers() -> None:
    v = tf.Variable([1.0, 3.0, 2.0])
    with tf.GradientTape() as tape:
        _, where = tf.math.top_k(v, 2)
        y = tf.reduce_sum(tf.cast(where, tf.float32))
    assert tf.why_no_gradient(tape, y, v).op == "top_k"


def test_names_are_the_users_expressions() -> None:
    class Model:
        w = tf.Variable([1.0, 2.0])

    model, losses = Model(), []
    with tf.GradientTape() as tape:
        losses.append(tf.round(model.w))
    report = tf.why_no_gradient(tape, losses[0], model.w)
    assert "from `model.w` to `losses[0]`" in str(report)
    computed = tf.why_no_gradient(tape, tf.identity(losses[0]), model.w)
    assert "the target" in str(computed)


def test_without_source_nothing_is_made_up() -> None:
    names: dict[str, Any] = {"tf": tf}
    exec(
        "x = tf.constant(1.0)\nwith tf.GradientTape() as tape:\n    y = x * x\nr = tf.why_no_gradient(tape, y, x)",
        names,
    )
    assert str(names["r"]).startswith("The source is a tensor that the tape was not told to watch.")
    assert names["r"].line is None


def test_entered_again_a_used_tape_forgets_what_it_knew() -> None:
    v = tf.Variable(1.0)
    tape = tf.GradientTape()
    with tape:
        y = tf.round(v)
    assert tape.gradient(y, v) is None
    with tape:
        z = v * 2.0
    assert tf.why_no_gradient(tape, y, v).reason != "no derivative"
    assert tf.why_no_gradient(tape, z, v).reason == "connected"


def test_in_a_graph() -> None:
    reports = []

    @tf.function
    def f(x: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.round(x) * 2.0
        reports.append(tf.why_no_gradient(tape, y, x))
        return y

    f(tf.constant(1.5))
    assert reports[0].op == "round"


def test_what_is_no_tape_or_tensor_is_refused() -> None:
    v = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        y = v * v
    with pytest.raises(TypeError, match="GradientTape, not"):
        tf.why_no_gradient(y, tape, v)
    with pytest.raises(TypeError, match=r"source.*list"):
        tf.why_no_gradient(tape, y, [v])


def test_what_is_noted_keeps_no_tensor_alive() -> None:
    gc.collect()
    gc.disable()
    try:
        v = tf.Variable([1.0, 2.0])
        with tf.GradientTape(persistent=True) as tape:
            best = tf.argmax(v * 2.0)
            hot = tf.one_hot(best, 2)
            y = tf.round(v) * hot
            y.numpy()
        references = [weakref.ref(t) for t in (best, hot, y)]
        del best, hot, y
        assert [r() for r in references] == [None, None, None]
        reference = weakref.ref(tape)
        del tape
        assert reference() is None
    finally:
        gc.enable()


def test_used_tape_that_answered_none_lets_its_values_go() -> None:
    v = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as tape:
        h = tf.exp(v)
        y = tf.round(h * h)
    reference = weakref.ref(h)
    tape.gradient(y, v)
    del h, y
    assert reference() is None


def test_operation_inside_of_a_function_is_named_with_its_line() -> None:
    @tf.function
    def rounded(x: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        whole = tf.cast(x * 2.0, tf.int32)
        return tf.cast(whole, tf.float32), x * x

    x = tf.constant([1.5])
    with tf.GradientTape() as tape:
        tape.watch(x)
        steps, smooth = rounded(x)
    report = tf.why_no_gradient(tape, steps, x)
    assert (report.reason, report.op) == ("cast to an integer", "cast")
    assert text_of(report) == "whole = tf.cast(x * 2.0, tf.int32)"
    assert [(stage.title, stage.kind) for stage in report.stages] == [
        ("x", "source"), ("multiply", "step"), ("cast", "stop"), ("cast", "step"), ("steps", "target"),
    ]  # fmt: skip
    assert tf.why_no_gradient(tape, smooth, x).reason == "connected"


def test_result_of_a_function_that_does_not_depend_on_the_source() -> None:
    @tf.function
    def both(x: tf.Tensor, y: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        return x * x, y * 3.0

    x, y = tf.constant(1.0), tf.constant(2.0)
    with tf.GradientTape() as tape:
        tape.watch([x, y])
        _, triple = both(x, y)
    assert tf.why_no_gradient(tape, triple, x).reason == "not used"
    assert tf.why_no_gradient(tape, triple, y).reason == "connected"


def test_function_in_a_function() -> None:
    inner = tf.function(lambda x: tf.floor(x))
    outer = tf.function(lambda x: inner(x * 2.0) + 1.0)
    x = tf.constant(1.5)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = outer(x)
    assert tf.why_no_gradient(tape, y, x).op == "floor"


def test_numpy_function_is_called_by_its_name() -> None:
    x = tf.constant(2.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.numpy_function(np.sin, [x], tf.float32)
    report = tf.why_no_gradient(tape, y, x)
    assert "tf.numpy_function() takes the value of `x`" in report.headline
    assert "tf.py_function" in report.remedy
    in_function = tf.function(lambda x: tf.numpy_function(np.sin, [x], tf.float32))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = in_function(x)
    report = tf.why_no_gradient(tape, y, x)
    assert report.op == "numpy_function"
    assert "tf.py_function" in report.remedy


def test_line_of_an_operation_that_is_given_the_source_and_something_rounded() -> None:
    x = tf.constant([1.0, 2.5])
    with tf.GradientTape() as tape:
        tape.watch(x)
        whole = tf.equal(tf.round(x), x)
        share = tf.reduce_mean(tf.cast(whole, tf.float32))
    assert text_of(tf.why_no_gradient(tape, share, x)) == "whole = tf.equal(tf.round(x), x)"


def test_one_gradient_at_a_time() -> None:
    x = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        y = tf.floor(x)
    with pytest.raises(TypeError, match="one source, not a list"):
        tf.why_no_gradient(tape, y, [x])
    with pytest.raises(TypeError, match="one target, not a tuple"):
        tf.why_no_gradient(tape, (y,), x)


def test_used_tape_still_tells_what_stops_inside_of_a_function() -> None:
    signs = tf.function(lambda x: tf.cast(x > 0.0, tf.float32))
    v = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = signs(v) * 3.0
    assert tape.gradient(y, v) is None
    assert tf.why_no_gradient(tape, y, v).op == "greater"
