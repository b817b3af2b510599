"""Every op as a GraphDef: either it is written and means the same when it is read, or it says why it cannot be."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.compat.graphdef.mapping import row_of
from eagernb.compat.graphdef.rows.refused import REASONS, reason_for
from eagernb.core.op import all_ops

from .contract import CASES, feeds, graph_of, written
from .contract_runs import digest, results
from .record import array
from .record_contract import CONTRACT
from .running import imported
from .table import PAGE, page

RECORDED: dict[str, Any] = json.loads(CONTRACT.read_text(encoding="utf-8"))["cases"]


# When it was; random numbers, where a sample's seed is not the stream that operations in graphs have, or where the
# numbers are drawn in another way.
UNDETERMINED = {
    "timestamp", "candidate_sampler", "stateless_truncated_normal_between",
    *(name for name in all_ops() if name.startswith("random_")),
}  # fmt: skip


def test_every_op_has_a_row_or_a_reason():
    ops = {name: op for name, op in all_ops().items() if not op.name.startswith("late_")}
    assert not [name for name, op in ops.items() if row_of(op) is None and reason_for(op) is None]
    assert not [name for name in REASONS if row_of(ops[name]) is not None]


def test_the_page_of_operations_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "Write it anew: python -m tests.compat.graphdef.table"


def assert_same(name: str, found: list[np.ndarray], expected: list[np.ndarray], rtol: float) -> None:
    op, sample = CASES[name]
    assert [(x.dtype, x.shape) for x in found] == [(x.dtype, x.shape) for x in expected]
    if op.name in UNDETERMINED:
        return
    if sample.determined is not None:
        found, expected = (list(map(np.asarray, sample.determined(*several))) for several in (found, expected))
    for x, y in zip(found, expected, strict=True):
        if x.dtype == object:
            assert np.array_equal(x, y)
        elif x.dtype == tf.bfloat16.numpy:
            np.testing.assert_allclose(x.astype(np.float32), y.astype(np.float32), rtol=1e-2)
        else:
            np.testing.assert_allclose(x, y, rtol=rtol, atol=rtol)


@pytest.mark.parametrize("name", CASES)
def test_what_is_written_means_the_same_when_it_is_read(name):
    op, sample = CASES[name]
    if op.name in REASONS:
        with pytest.raises(tf.errors.UnimplementedError, match="cannot be written"):
            written(op, sample)
        return
    graph, count = graph_of(op, sample)
    try:
        text = str(graph.as_graph_def())
    except tf.errors.UnimplementedError:
        return  # this of the op's uses is not TensorFlow's: see the test below
    if op.name == "print":
        count = 0
    found = results(imported(text, tf), feeds(sample), count, tf)
    assert_same(name, found, results(graph, feeds(sample), count, tf), 1e-6)


def test_tensorflow_has_run_a_sample_of_every_op_that_can_be_written():
    assert {CASES[name][0].name for name in RECORDED} == {op.name for op, _ in CASES.values()} - set(REASONS)


@pytest.mark.parametrize("name", RECORDED)
def test_tensorflow_computes_what_we_do(name):
    op, sample = CASES[name]
    graph, count = graph_of(op, sample)
    assert digest(str(graph.as_graph_def())) == RECORDED[name]["text"], (
        "Another text is written than the one that TensorFlow was given: record again (see record_contract.py)."
    )
    single = any(np.asarray(x).dtype in (np.float32, np.complex64) for x in feeds(sample).values())
    expected = [array(value) for value in RECORDED[name]["values"]]
    assert_same(name, results(graph, feeds(sample), count, tf), expected, 2e-4 if single else 1e-8)
