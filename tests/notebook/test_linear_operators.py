"""Cells with linear operators: those that a traced cell makes hold values afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SETUP = "d = tf.linalg.LinearOperatorDiag([1., 2.])\nx = tf.ones([2, 1])"
CELL = """lower = tf.linalg.LinearOperatorLowerTriangular(x @ tf.transpose(x))
product = d @ lower
inverse = product.inverse()
y = product @ x"""


def test_operators_of_a_traced_cell_hold_values_afterwards(run: Callable[[str], Any]) -> None:
    run(SETUP)
    outcome = run(f"%%graph\n{CELL}")
    assert outcome.error is None, outcome.error
    assert "band_part" in outcome.text
    shown = run("product.tril.numpy().tolist(), inverse.operator.to_dense().numpy().tolist(), y.numpy().tolist()")
    assert shown.value == ([[1.0, 0.0], [2.0, 2.0]], [[1.0, 0.0], [2.0, 2.0]], [[1.0], [4.0]])


def test_eager_and_graph_agree(run: Callable[[str], Any]) -> None:
    run(SETUP)
    outcome = run(f"%%compare\n{CELL}")
    assert outcome.error is None, outcome.error
    assert "equal results, to the last bit" in outcome.text


def test_the_tape_shows_what_structure_saves(run: Callable[[str], Any]) -> None:
    """A solution with a diagonal operator is a division, not a factorization."""
    run(SETUP)
    assert "solve" not in run("%%eager\ny = d.solve(x)").text
    assert "solve" in run("%%eager\ny = tf.linalg.solve(d.to_dense(), x)").text
