"""pdb and print show values wherever eager code runs: in a function, a module, under a tape, in a magic's cell."""

from __future__ import annotations

import subprocess
import sys


def run(source: str, commands: str = "") -> str:
    """What a program prints when pdb is given these commands."""
    done = subprocess.run([sys.executable, "-c", source], input=commands, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


MODEL = """
import eagernb as tf

class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable([[2.0], [3.0]], name="w")

    def __call__(self, x):
        h = x @ self.w
        breakpoint()
        return tf.square(h)

model = Model()
x = tf.constant([[1.0, 10.0]])
"""

TAPED = """
with tf.GradientTape() as tape:
    loss = tf.reduce_sum(model(x))
print("gradient", tape.gradient(loss, model.w).numpy().tolist())
"""


def test_breakpoint_in_a_model_under_a_tape() -> None:
    out = run(MODEL + TAPED, "p h\np float(h[0, 0]) + 1\np self.w.name\np tf.reduce_sum(h * 2).numpy()\nc\n")
    assert "<tf.Tensor: shape=(1, 1), dtype=float32, numpy=array([[32.]], dtype=float32)>" in out
    assert "33.0" in out
    assert "'w:0'" in out
    assert "64.0" in out  # what is computed in the debugger leaves the tape's gradients right
    assert "gradient [[64.0], [640.0]]" in out


def test_breakpoint_in_a_traced_function_shows_symbols_and_eagerly_values() -> None:
    traced = run(MODEL + "print(float(tf.function(model)(x)[0, 0]))", "p h\nc\n")
    assert "<tf.Tensor 'matmul:0' shape=(1, 1) dtype=float32>" in traced
    assert "1024.0" in traced
    eager = run(MODEL + "tf.config.run_functions_eagerly(True)\nprint(float(tf.function(model)(x)[0, 0]))", "p h\nc\n")
    assert "numpy=array([[32.]], dtype=float32)" in eager
    assert "1024.0" in eager


CELL = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance(colors="nocolor")
shell.run_cell("%load_ext eagernb")
shell.run_cell("import eagernb as tf")
shell.run_cell('''%%eager
x = tf.constant([1.0, 2.0])
breakpoint()
y = x * 3.0
print("y is", y.numpy())''')
"""


def test_breakpoint_in_a_cell_shows_the_line_and_values() -> None:
    # Python 3.13 stops at breakpoint() itself, earlier ones at the line after it: the listing shows both.
    out = run(CELL, "list\np x\np x.shape\nc\n")
    assert "y = x * 3.0" in out
    assert "numpy=array([1., 2.], dtype=float32)" in out
    assert "TensorShape([2])" in out
    assert "y is [3. 6.]" in out


def test_print_works_anywhere() -> None:
    source = """
import eagernb as tf

@tf.custom_gradient
def loud(x):
    print("forward", float(x))
    def gradient(g):
        print("backward", float(g))
        return g * 2.0
    return x + 1.0, gradient

x = tf.constant(3.0)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = loud(x) * 5.0
    print("inside", y, f"{float(y):.1f}", [x])
print(tape.gradient(y, x))
"""
    assert run(source).splitlines() == [
        "forward 3.0",
        "inside tf.Tensor(20.0, shape=(), dtype=float32) 20.0 [<tf.Tensor: shape=(), dtype=float32, numpy=3.0>]",
        "backward 5.0",
        "tf.Tensor(10.0, shape=(), dtype=float32)",
    ]
