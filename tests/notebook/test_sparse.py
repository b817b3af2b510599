"""Sparse tensors in cells: what a traced cell leaves of them is concrete in the next one."""

from collections.abc import Callable
from typing import Any

import pytest

SETUP = "import eagernb as tf\nx = tf.sparse.from_dense([[1., 0.], [0., 2.]])\nkept = []"


@pytest.mark.parametrize("magic", ["", "%%eager\n", "%%graph\n", "%%graph -O0\n", "%%compare\n"])
def test_cells_leave_sparse_tensors_behind(cell: Callable[[str], Any], magic: str) -> None:
    cell(f"{magic}y = tf.sparse.add(x, x)\nkept.append(tf.sparse.transpose(y))\nz = y * tf.constant([1., 10.])")
    assert cell("[tf.sparse.to_dense(s).numpy().tolist() for s in (y, z, kept[-1])]").value == [
        [[2.0, 0.0], [0.0, 4.0]], [[2.0, 0.0], [0.0, 40.0]], [[2.0, 0.0], [0.0, 4.0]],
    ]  # fmt: skip


def test_a_product_is_one_operation_of_the_tape(cell: Callable[[str], Any]) -> None:
    outcome = cell("""%%eager
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.sparse.sparse_dense_matmul(x, [[1.], [2.]])
g = tape.gradient(y, x.values)""")
    assert "sparse_dense_matmul" in outcome.text
    assert cell("g.numpy().tolist()").value == [1.0, 2.0]


def test_a_cell_that_fails_leaves_no_symbol(cell: Callable[[str], Any], run: Callable[[str], Any]) -> None:
    run("%%graph\ny = tf.sparse.add(x, x)\nraise ValueError('no')")
    assert cell("'y' in globals() and not hasattr(y.values, 'numpy')").value is False
