"""disable_eager_execution: graph mode for everything that follows, and the way back."""

from __future__ import annotations

import subprocess
import sys

import pytest

import eagernb as tf

v1 = tf.compat.v1


@pytest.fixture
def graph_mode():
    v1.reset_default_graph()
    v1.disable_eager_execution()
    yield
    v1.enable_eager_execution()
    v1.reset_default_graph()


@pytest.mark.usefixtures("graph_mode")
class TestGraphMode:
    def test_operations_go_to_the_default_graph(self):
        x = tf.constant(2.0) * 3.0
        assert not tf.executing_eagerly()
        assert x.graph is v1.get_default_graph()
        assert v1.Session().run(x) == 6.0

    def test_reset_begins_with_an_empty_graph(self):
        first = tf.constant(1.0, name="c")
        v1.reset_default_graph()
        second = tf.constant(1.0, name="c")
        assert first.name == second.name == "c:0"
        assert first.graph is not second.graph

    def test_graphs_inside_of_it_give_way_again(self):
        with tf.Graph().as_default() as graph:
            assert tf.constant(1.0).graph is graph
        assert tf.constant(1.0).graph is v1.get_default_graph()

    def test_an_interactive_session_needs_no_with(self):
        session = v1.InteractiveSession()
        v = tf.Variable(2.0)
        v.initializer.run()
        assert (v * 2.0).eval() == 4.0
        session.close()
        assert v1.get_default_session() is None

    def test_functions_are_traced_and_put_into_the_graph(self):
        y = tf.function(lambda x: x * x)(tf.constant(3.0))
        assert v1.Session().run(y) == 9.0

    def test_a_tape_works_on_symbols(self):
        x = tf.constant(3.0)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = x * x
        assert v1.Session().run(tape.gradient(y, x)) == 6.0


def test_enabling_goes_back():
    v1.disable_eager_execution()
    v1.enable_eager_execution()
    assert tf.executing_eagerly()
    assert float(tf.constant(1.0) + 1.0) == 2.0


def test_enabling_inside_of_a_graph_is_refused():
    with tf.Graph().as_default(), pytest.raises(ValueError, match="outside"):
        v1.enable_eager_execution()


def test_a_whole_program_in_the_style_of_tensorflow_1():
    program = """
import numpy as np
import eagernb.compat.v1 as tf

tf.disable_v2_behavior()
x = tf.placeholder(tf.float32, [None, 1], name="x")
y = tf.placeholder(tf.float32, [None, 1], name="y")
w = tf.get_variable("w", [1, 1], initializer=tf.zeros_initializer())
b = tf.Variable(tf.zeros([1]), name="b")
loss = tf.reduce_mean(tf.square(tf.matmul(x, w) + b - y))
train = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
xs = np.linspace(-1, 1, 50)[:, None]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(200):
        sess.run(train, feed_dict={x: xs, y: 3 * xs + 2})
    print(np.round(sess.run([w[0, 0], b[0]]), 3))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "[3. 2.]\n"
    assert run.stderr == ""


def test_cells_of_a_notebook_stay_in_graph_mode():
    # Jupyter runs each cell in a context of its own: what a cell made current is not current in the next one.
    program = """
import contextvars
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
for cell in ("import eagernb as tf", "tf.compat.v1.disable_eager_execution()",
             "print(tf.executing_eagerly(), tf.constant(1.0).name)", "tf.compat.v1.enable_eager_execution()",
             "print(tf.executing_eagerly())"):
    contextvars.copy_context().run(shell.run_cell, cell)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "False Const:0\nTrue\n"
