"""%gradcheck: right gradients pass, wrong ones are found at their element."""

from __future__ import annotations

import numpy as np
import pytest

import eagernb as tf
from eagernb.errors import MagicOptionError
from eagernb.notebook.gradient_check import check_gradient


def check(function, *args, **kwargs):
    return check_gradient(function, args, {}, "f", **kwargs)


@tf.custom_gradient
def faulty(x):
    """exp, with three times the gradient at the second element."""
    y = tf.exp(x)
    return y, lambda g: g * y * tf.constant([1.0, 3.0, 1.0], x.dtype)


@pytest.mark.parametrize("dtype", [tf.float32, tf.float64])
@pytest.mark.parametrize(
    "function",
    [tf.sin, tf.exp, tf.sqrt, tf.math.log, tf.nn.softmax, tf.math.cumsum, lambda x: x**3, lambda x: 1.0 / x,
     lambda x: tf.reduce_logsumexp(100.0 * x), lambda x: 1e6 * x + 1e6, lambda x: tf.tanh(30.0 * (x - 0.7)),
     tf.nn.gelu],
)  # fmt: skip
def test_right_gradients_agree(function, dtype):
    assert check(function, tf.constant([0.3, 0.7, 2.0, 15.0], dtype)).passed


@pytest.mark.parametrize("dtype", [tf.float32, tf.float64])
def test_a_wrong_gradient_is_found_at_its_element(dtype):
    found = check(faulty, tf.constant([0.1, 0.2, 0.3], dtype))
    assert not found.passed
    argument, element = found.worst
    assert (argument.name, element.index) == ("x", (1,))
    assert element.tape == pytest.approx(3 * element.numeric, rel=1e-2)
    assert "x[1]" in repr(found).splitlines()[0]


@pytest.mark.parametrize("error", [1e-2, 1e-4, 1e-6])
def test_small_faults_are_found_in_double_precision(error):
    @tf.custom_gradient
    def almost(x):
        return x * x, lambda g: g * x * (2.0 + error)

    assert not check(almost, tf.constant([0.5, 2.0], tf.float64)).passed


def test_results_in_each_others_place_are_noticed():
    @tf.custom_gradient
    def crossed(x):
        return 2.0 * x, lambda g: 2.0 * tf.reverse(g, [0])

    assert not check(crossed, tf.constant([1.0, 2.0])).passed


def test_several_arguments_structures_and_python_values():
    def net(params, x, *, times):
        return {"a": tf.tanh(x @ params["w"] + params["b"][0]) * times, "n": [tf.reduce_sum(params["b"][0])]}

    params = {"w": tf.ones([3, 2]), "b": [tf.constant(0.1)]}
    found = check_gradient(net, (params, np.ones([2, 3], np.float32)), {"times": 3}, "net")
    assert found.passed
    assert [a.name for a in found.arguments] == ["params['w']", "params['b'][0]", "x"]
    assert [len(a.elements) for a in found.arguments] == [6, 1, 6]
    assert found.constants == ["times"]
    assert found.projected


def test_a_scalar_result_is_not_projected():
    assert not check(tf.reduce_sum, tf.constant([1.0, 2.0])).projected


def test_variables_are_checked_where_asked_for_and_stay_as_they_were():
    w = tf.Variable([1.0, 2.0], name="w")
    x = tf.constant([3.0, 4.0])
    found = check(lambda v: tf.reduce_sum(w * w * v), x, variables=True)
    assert found.passed
    assert [a.name for a in found.arguments] == ["v", "w:0"]
    np.testing.assert_array_equal(w.numpy(), [1.0, 2.0])
    assert [a.name for a in check(lambda v: v * 2.0, w).arguments] == ["v"]


def test_a_variables_value_comes_back_after_a_failure():
    w = tf.Variable([1.0])

    def moody(v):
        if float(w[0]) != 1.0:
            raise RuntimeError("moved")
        return v * w

    with pytest.raises(RuntimeError, match="moved"):
        check(moody, tf.constant([1.0]), variables=True)
    np.testing.assert_array_equal(w.numpy(), [1.0])


def test_kinks_are_told_apart_from_faults():
    found = check(tf.nn.relu, tf.constant([0.0, 1.0]))
    assert found.passed
    assert [e.index for e in found.arguments[0].kinks] == [(0,)]
    assert "kink" in repr(found)


def test_what_is_not_connected_is_said():
    found = check(lambda a, b: a * 2.0, tf.constant(1.0), tf.constant(2.0))
    assert found.passed
    assert "b: the result does not depend on it." in repr(found)
    stopped = check(lambda a: tf.stop_gradient(a) * 2.0, tf.constant(1.0))
    assert not stopped.passed
    assert "why_no_gradient" in repr(stopped)


def test_random_functions_are_checked_from_one_state_which_stays():
    tf.random.set_seed(3)
    assert check(lambda x: tf.nn.dropout(x, 0.5) * tf.random.normal([4]), tf.ones([4])).passed
    after = tf.random.normal([])
    tf.random.set_seed(3)
    assert float(after) == float(tf.random.normal([]))


def test_a_function_that_is_another_each_time_is_refused():
    calls = []

    def moody(x):
        calls.append(1)
        return x * float(len(calls))

    with pytest.raises(ValueError, match="another result each time"):
        check(moody, tf.constant(1.0))


def test_of_large_arguments_some_elements_are_drawn():
    found = check(lambda x: x * 2.0, tf.ones([50, 50]), most=7)
    assert len(found.arguments[0].elements) == 7
    assert "7 of its 2,500" in repr(found)
    again = check(lambda x: x * 2.0, tf.ones([50, 50]), most=7)
    assert [e.index for e in found.arguments[0].elements] == [e.index for e in again.arguments[0].elements]


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        (lambda: tf.constant([1, 2]), "x is int32.*tf.cast"),
        (lambda: tf.constant([1j]), "x is complex128"),
        (lambda: 3, "no argument is a floating-point"),
    ],
)
def test_arguments_without_a_gradient_are_a_clear_error(argument, message):
    with pytest.raises(TypeError, match=message):
        check(lambda x: x * 2, argument())


def test_a_point_without_a_finite_result_is_a_clear_error():
    with pytest.raises(ValueError, match="inf or NaN"):
        check(tf.math.log, tf.constant([0.0, 1.0]))


def test_results_without_a_gradient_are_a_clear_error():
    with pytest.raises(TypeError, match="returns no floating-point"):
        check(lambda x: tf.cast(x, tf.int32), tf.constant(1.0))
    with pytest.raises(TypeError, match="Make it real"):
        check(lambda x: tf.complex(x, x), tf.constant(1.0))


def test_a_recorder_or_tape_outside_sees_nothing_of_it():
    x = tf.constant([1.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        check(tf.exp, x)
        y = x * 3.0
    np.testing.assert_array_equal(tape.gradient(y, x).numpy(), [3.0])


def test_the_magic_shows_words_and_a_page(run, shell):
    run("x = tf.constant([1.0, 2.0])\nf = lambda x: x * x")
    outcome = run("%gradcheck -o found f(x)")
    assert outcome.error is None
    assert outcome.text.startswith("The tape's gradient of f agrees with finite differences in all 2 elements of x.")
    assert "✓ right" in outcome.html
    assert "<script" not in outcome.html
    assert shell.user_ns["found"].passed


def test_the_same_check_shows_the_same_but_for_digits(run):
    from eagernb.notebook.panels.markup import timeless

    run("x = tf.constant([1.0, 2.0])\nf = lambda x: tf.exp(x)")
    first, second = run("%gradcheck f(x)"), run("%gradcheck f(x)")
    assert first.text == second.text
    assert timeless(first.html) == timeless(second.html)


@pytest.mark.parametrize("line", ["--most 0 f(x)", "--most many f(x)", "--tolerance -1 f(x)", "x * x", "--mst 3 f(x)"])
def test_bad_lines_are_errors(run, line):
    run("x = tf.constant([1.0])\nf = lambda x: x")
    assert isinstance(run(f"%gradcheck {line}").error, MagicOptionError)


def test_user_text_is_escaped(run):
    run("x = tf.constant([1.0])")
    html = run("%gradcheck (lambda q: q * len('<b>&'))(x)").html
    assert "<b>&" not in html
    assert "&lt;b&gt;" in html


def test_an_interrupt_leaves_no_state(run, shell):
    run("w = tf.Variable([1.0])\ncalls = []")
    run("def f(v):\n    calls.append(1)\n    if len(calls) > 4: raise KeyboardInterrupt\n    return v * w")
    assert isinstance(run("%gradcheck f(w)").error, KeyboardInterrupt)
    np.testing.assert_array_equal(shell.user_ns["w"].numpy(), [1.0])
