"""plan_memory: which results take an operand's place, and that this changes no bit."""

import itertools
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.executors.numpy_source import NumpySource
from eagernb.graph import Graph, verify
from eagernb.graph.interpreter import Interpreter
from eagernb.passes.plan_memory import plan_memory

from .graphs import trace


def planned(function: Any, *shapes: Any) -> dict[str, str]:
    """By name of a result, the operand whose place it takes."""
    graph, _ = plan_memory(trace(function, *shapes))
    verify(graph)
    return {out.node.name: place.node.name for out, place in graph.reuses.items()}


def test_a_chain_stays_in_one_place_and_says_so() -> None:
    graph = trace(lambda x: tf.sqrt(tf.exp(x * 2.0) + 1.0), [1000, 1000])
    after, changes = plan_memory(graph)
    assert [change.sentence for change in changes] == [
        "%exp writes into the memory of %multiply, which nothing needs any more: 4 MB less to allocate.",
        "%add writes into the memory of %exp, which nothing needs any more: 4 MB less to allocate.",
        "%sqrt writes into the memory of %add, which nothing needs any more: 4 MB less to allocate.",
    ]
    assert after.nodes == graph.nodes
    assert plan_memory(after)[0] is after


@pytest.mark.parametrize(
    ("function", "shapes", "expected"),
    [
        (lambda x, y: tf.exp(x) + y, ([3], [3]), {"add": "exp"}),
        (lambda x, y: y - tf.exp(x), ([3], [3]), {"subtract": "exp"}),
        (lambda x, y: tf.exp(x) + y, ([1], [3]), {}),  # it grows
        (lambda x, y: tf.exp(x) < y, ([3], [3]), {}),  # another dtype
        (lambda x, y: tf.exp(x) + y, ([], []), {}),  # a number has no place
        (lambda x, y: tf.exp(x) + y, ([None], [None]), {}),  # y may be longer
        (lambda x, y: tf.exp(x) + y, ([None], [1]), {"add": "exp"}),
        (lambda x, y: (x + y) * y, ([None], [None]), {"multiply": "add"}),  # not longer than the sum
        (lambda x, y: tf.exp(x) + y, ([3, 3], [3, 3]), {}),  # y may be in another order of axes
        (lambda x, y: tf.exp(x) + y, ([3, 3], [3]), {"add": "exp"}),
        (lambda x, y: (x + y) * y, ([3, 3], [3, 3]), {"multiply": "add"}),
        (lambda x, y: (x @ y) + y[0], ([3, 3], [3, 3]), {"add": "matmul"}),
        (lambda x, y: tf.exp(tf.broadcast_to(tf.exp(x), [3, 3])) + y[0], ([3], [3, 3]), {"add": "exp_1"}),
    ],
)
def test_who_takes_whose_place(function: Any, shapes: Any, expected: dict[str, str]) -> None:
    assert planned(function, *shapes) == expected


@pytest.mark.parametrize("function", [lambda z: tf.exp(z) * z, lambda z: tf.square(tf.exp(z))], ids=["*", "square"])
def test_complex_products_have_the_same_bits(function: Any) -> None:
    # NumPy computes them in another way where the result is to overwrite a factor.
    graph, _ = plan_memory(trace(function, [1], dtype="complex64"))
    rng = np.random.default_rng(0)
    for _ in range(300):
        z = (rng.normal(size=1) + 1j * rng.normal(size=1)).astype(np.complex64)
        assert NumpySource(graph)([z])[0].tobytes() == Interpreter(graph).run([z])[0].tobytes()


def test_bfloat16_is_left_alone() -> None:
    after, changes = plan_memory(trace(lambda x: tf.exp(tf.exp(x)), [3], dtype="bfloat16"))
    assert changes == []
    assert not after.reuses


def layouts() -> list[np.ndarray]:
    """One shape in every order of axes, and views in which elements overlap."""
    shape = (3, 4, 5)
    made = []
    for order in itertools.permutations(range(3)):
        data = np.random.default_rng(len(made)).random([shape[i] for i in order], np.float32)
        made.append(data.transpose(np.argsort(order)))
    return [*made, made[0][:, ::-1], np.broadcast_to(made[0][:1], shape), np.broadcast_to(made[1][:, :, :1], shape)]


def test_memory_has_the_order_of_axes_that_it_would_have_without_a_plan() -> None:
    def function(x: Any, y: Any, z: Any) -> Any:
        a = (x + y) * y
        b = tf.exp(a - x) * z
        return a, b + x * z, tf.reduce_sum(b)

    graph: Graph = trace(function, [3, 4, 5], [3, 4, 5], [3, 4, 5])
    after, changes = plan_memory(graph)
    assert changes
    run, reference = NumpySource(after), Interpreter(graph)
    for arrays in itertools.product(layouts(), repeat=3):
        for got, want in zip(run(arrays), reference.run(arrays), strict=True):
            assert got.strides == want.strides
            assert got.tobytes("A") == want.tobytes("A")


def test_results_of_an_earlier_call_stay() -> None:
    graph, _ = plan_memory(trace(lambda x: (x * 2.0, tf.exp(x + 1.0) - 1.0), [4]))
    run = NumpySource(graph)
    first = run([np.float32([1, 2, 3, 4])])
    kept = [a.copy() for a in first]
    run([np.float32([5, 6, 7, 8])])
    for a, b in zip(first, kept, strict=True):
        assert a.tolist() == b.tolist()
