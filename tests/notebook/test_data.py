"""Cells with datasets: loops over them in %%eager, %%graph and %%compare, and datasets that a traced cell makes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

SETUP = """ds = tf.data.Dataset.from_tensor_slices(([[1., 2.], [3., 4.], [5., 6.]], [1., 2., 3.])).batch(2)
w = tf.Variable([[1.], [2.]])"""
LOOP = "total = 0.0\nfor x, y in ds:\n    total += tf.reduce_sum(x @ w) - tf.reduce_sum(y)"
TRAIN = """for epoch in tf.range(3):
    for x, y in ds:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((tf.squeeze(x @ w, 1) - y) ** 2)
        w.assign_sub(0.01 * tape.gradient(loss, w))"""


def picture_texts(outcome: Any) -> list[str]:
    svg = next(output.data["image/svg+xml"] for output in outcome.outputs if "image/svg+xml" in output.data)
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_a_loop_over_a_dataset_is_a_loop_of_the_graph(cell: Callable[[str], Any]) -> None:
    outcome = cell(f"%%graph\n{LOOP}")
    assert "ran 2 turns" in outcome.text
    assert "iterator_next ×2" in outcome.text
    assert float(cell("total").value) == 27.0


def test_the_picture_names_the_dataset_in_words(cell: Callable[[str], Any]) -> None:
    texts = picture_texts(cell(f"%%graph\n{LOOP}"))
    assert "ds: dataset" in texts
    assert "iterator" in texts
    assert not any("variant" in text for text in texts)


@pytest.mark.parametrize("magic", ["%%eager", "%%graph", "%%graph -O0", "%%graph -O3", "%%graph --code"])
def test_all_magics_train_alike(cell: Callable[[str], Any], magic: str) -> None:
    cell(f"{magic}\n{TRAIN}")
    got = cell("w.numpy().tobytes()").value
    cell("w.assign([[1.], [2.]])")
    cell(TRAIN)
    assert cell("w.numpy().tobytes()").value == got


def test_a_cell_runs_again_although_its_names_hold_what_it_left_there(cell: Callable[[str], Any]) -> None:
    for _ in range(2):
        cell(f"%%graph\n{TRAIN}")  # leaves a smaller last batch in x and y
    cell("x = 'text'")
    cell(f"%%graph\n{LOOP}")
    cell("x = tf.constant(1)")
    cell(f"%%graph\n{TRAIN}")
    assert cell("x.shape.as_list()").value == [1, 2]


def test_the_end_of_a_dataset_is_no_failed_operation(cell: Callable[[str], Any]) -> None:
    outcome = cell(f"%%eager\n{LOOP}")
    assert "iterator_next ×2," in outcome.text
    assert "failed" not in outcome.text
    assert "1 failed" not in outcome.html
    assert "scalar variant" not in outcome.html


def test_compare_finds_both_modes_equal(cell: Callable[[str], Any]) -> None:
    assert "equal results, to the last bit: total, x and y" in cell(f"%%compare\n{LOOP}").text


def test_a_dataset_that_a_traced_cell_makes_is_there_for_the_next_cell(cell: Callable[[str], Any]) -> None:
    cell("%%graph\nd = tf.data.Dataset.range(4).map(lambda x: x * 2)\nit = iter(d)\na = next(it)\nkept = [{'it': it}]")
    assert [int(x) for x in cell("list(d)").value] == [0, 2, 4, 6]
    assert int(cell("next(kept[0]['it'])").value) == 2
    cell("%%graph\nb = next(it)")
    assert int(cell("b").value) == 4


def test_a_dataset_of_a_cell_that_failed_does_not_stay(cell: Callable[[str], Any], run: Callable[[str], Any]) -> None:
    outcome = run("%%graph\nd = tf.data.Dataset.from_tensors(w * 2.0)\ne = 1 // 0")
    assert isinstance(outcome.error, ZeroDivisionError)
    assert [x.shape.as_list() for x in cell("list(d) if 'd' in globals() else []").value] in ([], [[2, 1]])


def test_a_failing_function_of_a_dataset_points_at_its_line(run: Callable[[str], Any]) -> None:
    outcome = run("%%graph\nd = tf.data.Dataset.range(2).map(lambda x: 6 // x)\nfor x in d:\n    y = x")
    assert "%floordiv comes from line 2: d = tf.data.Dataset.range(2).map(lambda x: 6 // x)" in str(outcome.error)
    assert "Stopped in line 3" in outcome.text


def test_a_traced_function_of_a_dataset_called_in_a_cell(cell: Callable[[str], Any]) -> None:
    cell("@tf.function\ndef total_of(d):\n    t = 0.0\n    for x, y in d:\n        t += tf.reduce_sum(y)\n    return t")
    outcome = cell("%%graph\nt = total_of(ds)")
    assert "call" in outcome.text
    assert float(cell("t").value) == 6.0
    cell("%%eager\nt = total_of(ds.take(1))")
    assert float(cell("t").value) == 3.0
