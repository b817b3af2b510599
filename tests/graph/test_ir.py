"""Graphs stay as they are: rebuilding makes new ones."""

import eagernb as tf
from eagernb.core.spec import TensorSpec
from eagernb.graph import Graph, Tracer, to_text, verify
from eagernb.graph.cost import graph_cost


def diamond() -> Graph:
    tracer = Tracer("diamond")
    with tracer:
        x = tracer.add_input(TensorSpec([2, 3], "float32"), "x")
        a = tf.exp(x)
        y = tf.sin(a) * tf.cos(a)
    return tracer.graph([y])


def test_rebuild_that_keeps_all_returns_the_graph() -> None:
    graph = diamond()
    assert graph.rebuild(lambda node, inputs: node) is graph


def test_rebuild_leaves_the_old_graph_whole() -> None:
    graph = diamond()
    before = to_text(graph)
    exp = graph.ops[0]
    without = graph.rebuild(lambda node, inputs: inputs if node is exp else node)
    verify(without)
    verify(graph)
    assert to_text(graph) == before
    assert "exp" not in to_text(without)
    assert "%sin = sin(%x)" in to_text(without)
    assert [n.origin[0].name for n in without.ops] == ["sin", "cos", "multiply"]


def test_last_uses_frees_each_value_once_and_keeps_outputs() -> None:
    graph = diamond()
    freed = [[v.node.name for v in values] for values in graph.last_uses()]
    assert freed == [[], ["x"], [], ["exp"], ["sin", "cos"]]


def test_cost_counts_elements_and_bytes() -> None:
    cost = graph_cost(diamond())
    assert cost == (4, 4 * 6, 4 * 6 * 4)


def test_cost_of_a_matrix_product_is_two_operations_for_each_triple() -> None:
    tracer = Tracer()
    with tracer:
        x = tracer.add_input(TensorSpec([2, 3], "float32"), "x")
        y = x @ tf.ones([3, 5])
    assert graph_cost(tracer.graph([y])).flops == 2 * 2 * 3 * 5
