"""tf.function(jit_compile=True): XLA runs the function and its gradients; what is said where it cannot."""

from __future__ import annotations

import builtins
import sys
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.errors import InvalidArgumentError, MissingExtraError
from eagernb.executors.xla import XlaExecutable
from eagernb.executors.xla.backend import load_jax


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the graphs that XLA compiles."""
    names: list[str] = []
    compile_ = XlaExecutable._compile

    def noted(self: XlaExecutable, arrays: Any) -> Any:
        names.append(self.graph.name)
        return compile_(self, arrays)

    monkeypatch.setattr(XlaExecutable, "_compile", noted)
    return names


def test_a_function_is_compiled_once_for_each_signature(programs: list[str]) -> None:
    @tf.function(jit_compile=True)
    def double(x):
        return x * 2.0

    for x in (1.0, 2.0, [1.0], [3.0]):
        np.testing.assert_array_equal(double(tf.constant(x)), np.multiply(x, 2))
    assert programs == ["double", "double"]


def test_an_unknown_size_is_one_trace_and_a_program_for_each_size(programs: list[str]) -> None:
    @tf.function(jit_compile=True, input_signature=[tf.TensorSpec([None])])
    def mean(x):
        return tf.reduce_mean(x)

    assert [float(mean(tf.range(n, dtype=tf.float32))) for n in (3, 5, 3)] == [1.0, 2.0, 1.0]
    assert mean.experimental_get_tracing_count() == 1
    assert len(programs) == 2


def test_forward_and_backward_are_compiled_once_each_under_a_tape(programs: list[str]) -> None:
    v = tf.Variable(3.0)

    @tf.function(jit_compile=True)
    def function(x):
        y = x
        for _ in tf.range(3):
            y = y * v + tf.sin(x)
        return y

    def plain(x):
        y = x
        for _ in range(3):
            y = y * v + tf.sin(x)
        return y

    x = tf.constant(0.5)
    for _ in range(2):
        found = []
        for f in (function, plain):
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = f(x)
            found.append([float(g) for g in (y, *tape.gradient(y, [x, v]))])
        np.testing.assert_allclose(*found, rtol=1e-5)
        v.assign_add(1.0)
    assert programs == ["function", "gradient_of_function"]


def test_a_compiled_function_in_another_one_is_compiled(programs: list[str]) -> None:
    inner = tf.function(lambda x: tf.exp(x), jit_compile=True, name="inner")
    outer = tf.function(lambda x: inner(x) + tf.cond(x > 0.0, lambda: inner(x), lambda: x))
    assert float(outer(tf.constant(0.0))) == 1.0
    assert "inner" in programs
    assert "outer" not in programs


def test_random_numbers_are_those_of_the_function_without_xla() -> None:
    def draw():
        return tf.random.normal([3]) + tf.random.uniform([3], seed=1)

    found = []
    for jit_compile in (True, False):
        tf.random.set_seed(4)
        f = tf.function(draw, jit_compile=jit_compile)
        found.append([f().numpy().tolist() for _ in range(2)])
    assert found[0] == found[1]


def test_assertions_are_left_out_and_print_is_refused() -> None:
    @tf.function(jit_compile=True)
    def asserted(x):
        tf.debugging.assert_positive(x)
        return -x

    assert float(asserted(tf.constant(-1.0))) == 1.0

    @tf.function(jit_compile=True)
    def printed(x):
        tf.print("x is", x)
        return x

    with pytest.raises(InvalidArgumentError, match=r"print: XLA cannot compile this") as error:
        printed(tf.constant(1.0))
    assert 'tf.print("x is", x)' in str(error.value)


def test_the_old_name_warns() -> None:
    with pytest.warns(DeprecationWarning, match="experimental_compile is deprecated, use jit_compile"):
        f = tf.function(lambda x: x + 1, experimental_compile=True)
    assert int(f(tf.constant(1))) == 2


def test_functions_that_xla_can_take_are_compiled_if_that_is_asked_for(programs: list[str]) -> None:
    tf.config.optimizer.set_jit("autoclustering")
    try:
        plain = tf.function(lambda x: x + 1.0, name="plain")
        unfit = tf.function(lambda x: tf.unique(x)[0], name="unfit")
        never = tf.function(lambda x: x - 1.0, jit_compile=False, name="never")
        for _ in range(2):
            assert float(plain(tf.constant(1.0))) == 2.0
            assert unfit(tf.constant([1.0, 1.0])).numpy().tolist() == [1.0]
            assert float(never(tf.constant(1.0))) == 0.0
    finally:
        tf.config.optimizer.set_jit(False)
    assert programs == ["plain", "unfit"]
    assert float(tf.function(lambda x: x * 3.0)(tf.constant(1.0))) == 3.0
    assert programs == ["plain", "unfit"]


def test_compiler_ir_is_text_at_every_stage() -> None:
    v = tf.Variable(2.0)
    f = tf.function(lambda x: tf.reduce_sum(x * v), jit_compile=True)
    ir = f.experimental_get_compiler_ir(tf.TensorSpec([3]))
    assert "stablehlo.reduce" in ir(stage="stablehlo")
    assert ir().startswith("HloModule")
    assert ir(stage="optimized_hlo").startswith("HloModule")


def test_without_jax_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import_ = builtins.__import__

    def without_jax(name: str, *args: Any) -> Any:
        if name == "jax":
            raise ModuleNotFoundError("No module named 'jax'", name="jax")
        return import_(name, *args)

    monkeypatch.setattr(builtins, "__import__", without_jax)
    monkeypatch.delitem(sys.modules, "jax")
    load_jax.cache_clear()
    f = tf.function(lambda x: x + 1.0, jit_compile=True)
    with pytest.raises(MissingExtraError, match=r'pip install "eagernb\[xla\]"'):
        f(tf.constant(1.0))
    monkeypatch.undo()
    assert float(f(tf.constant(1.0))) == 2.0
