"""What lies in whose memory, and the plans that verify refuses."""

from dataclasses import replace
from typing import Any

import pytest

import eagernb as tf
from eagernb.graph import Graph, verify
from eagernb.graph.cost import peak_bytes
from eagernb.graph.verify import InvalidGraphError

from ..passes.graphs import trace


def with_reuse(graph: Graph, **names: str) -> Graph:
    values = {node.name: node.values[0] for node in graph.nodes}
    return replace(graph, reuses={values[out]: values[place] for out, place in names.items()})


def chain(x: Any) -> Any:
    return tf.exp(tf.reshape(tf.negative(x), [4]) + tf.sqrt(x))


def test_a_result_may_be_written_where_nothing_is_needed_any_more() -> None:
    verify(with_reuse(trace(chain, [4]), exp="add", add="sqrt"))


@pytest.mark.parametrize(
    ("function", "names", "reason"),
    [
        (chain, {"negative": "x"}, "still needed"),  # an input belongs to the caller
        (lambda x: tf.exp(x + 1.0) * (x + 2.0), {"exp": "x"}, "does not have|still needed"),
        (lambda x: tf.square(y := tf.exp(x)) + y, {"square": "exp"}, "still needed"),
        (lambda x: (tf.square(y := tf.exp(x)), y), {"square": "exp"}, "still needed"),
        (lambda x: tf.square(y := tf.exp(x)) + tf.reshape(y, [4]), {"square": "exp"}, "still needed"),
        (lambda x: tf.reshape(y := tf.exp(x), [4]) + tf.square(y), {"square": "exp"}, "still needed"),
        (lambda x: tf.square(tf.identity(x)), {"square": "identity"}, "still needed"),
        (chain, {"exp": "negative"}, "does not have"),
    ],
)
def test_a_plan_that_destroys_what_is_needed_is_refused(function: Any, names: Any, reason: str) -> None:
    with pytest.raises(InvalidGraphError, match=reason):
        verify(with_reuse(trace(function, [4]), **names))


def test_a_plan_for_another_graph_is_refused() -> None:
    planned = with_reuse(trace(chain, [4]), exp="add")
    with pytest.raises(InvalidGraphError, match="not in the graph"):
        verify(replace(trace(chain, [4]), reuses=planned.reuses))


def test_a_changed_graph_has_no_plan() -> None:
    graph = with_reuse(trace(lambda x: tf.exp(x) + 1.0, [4]), add="exp")
    after = graph.rebuild(lambda node, inputs: replace(node) if node.op.name == "exp" else node)
    assert after is not graph
    assert not after.reuses


def test_what_an_effect_was_given_or_gave_is_not_written_into() -> None:
    v = tf.Variable([0.0] * 4)

    def function(x: Any) -> Any:
        y = tf.exp(x)
        tf.print(y)
        return tf.square(y) + tf.negative(v.read_value())

    graph = trace(function, [4])
    assert v.numpy().tolist() == [0.0] * 4
    for out, place in (("square", "exp"), ("negative", "read_variable")):
        with pytest.raises(InvalidGraphError, match="still needed"):
            verify(with_reuse(graph, **{out: place}))


def test_peak_counts_what_is_alive_at_once() -> None:
    graph = trace(lambda x: tf.exp(x) @ tf.sqrt(x), [100, 100])
    assert peak_bytes(graph) == 3 * 40_000
    assert peak_bytes(with_reuse(trace(lambda x: tf.exp(x) + tf.sqrt(x), [100, 100]), add="exp")) == 2 * 40_000
