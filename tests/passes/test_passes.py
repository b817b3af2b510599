"""Each pass on a graph by hand, compared in the text form."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.apply import apply
from eagernb.graph import Graph, to_text, verify
from eagernb.graph.interpreter import interpret
from eagernb.ops.padding import PAD
from eagernb.ops.printing import print_
from eagernb.passes.cse import cse
from eagernb.passes.dead_code import dead_code
from eagernb.passes.fold_constants import fold_constants
from eagernb.passes.pipeline import HIGHEST_LEVEL, PASSES, level_passes, optimize

from .graphs import trace

every_pass = pytest.mark.parametrize("run", [entry.run for entry in PASSES.values()], ids=list(PASSES))


def text(graph: Graph) -> list[str]:
    return [line.strip() for line in to_text(graph).splitlines()[1:]]


def test_fold_constants_computes_what_never_changes() -> None:
    two = tf.constant(2.0)
    graph, changes = fold_constants(trace(lambda x: x * tf.exp(two - two), [2]))
    assert text(graph) == [
        "%constant = constant 2.0 : float32[]",
        "%subtract = constant 0.0 : float32[]",
        "%exp = constant 1.0 : float32[]",
        "%multiply = multiply(%x, %exp) : float32[2]",
        "return %multiply",
    ]
    assert [c.sentence for c in changes] == [
        "%subtract is always 0.0, because %constant never changes.",
        "%exp is always 1.0, because %subtract never changes.",
    ]


def test_fold_constants_knows_shapes_but_not_unknown_ones() -> None:
    known, _ = fold_constants(trace(lambda x: tf.shape(x), [2, 3]))
    assert text(known) == ["%shape = constant [2 3] : int32[2]", "return %shape"]
    unknown = trace(lambda x: tf.shape(x), [None, 3])
    assert fold_constants(unknown)[0] is unknown


def test_fold_constants_leaves_what_fails_to_run_time() -> None:
    seven = tf.constant(7)
    graph = trace(lambda x: x + seven // tf.constant(0), [], dtype="int32")
    folded, _ = fold_constants(graph)
    assert folded is graph
    with pytest.raises(tf.errors.InvalidArgumentError, match="zero"):
        interpret(folded, [tf.constant(1)])


def test_fold_constants_does_not_blow_the_graph_up() -> None:
    graph = trace(lambda x: x + tf.broadcast_to(tf.constant(1.0), [500, 500]), [])
    assert fold_constants(graph)[0] is graph


def test_cse_merges_what_is_computed_twice() -> None:
    graph, changes = cse(trace(lambda x, y: tf.exp(x * y) + tf.exp(y * x), [2], [2]))
    assert text(graph) == [
        "%multiply = multiply(%x, %y) : float32[2]",
        "%exp = exp(%multiply) : float32[2]",
        "%add = add(%exp, %exp) : float32[2]",
        "return %add",
    ]
    assert len(changes) == 2


def padded(x: Any, value: Any) -> Any:
    return apply(PAD, (x,), paddings=((1, 0), (0, 0)), mode="CONSTANT", value=value)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: (x - 1.0) * (1.0 - x),  # order counts in a difference
        lambda x: tf.reduce_sum(x, 0) + tf.reduce_sum(x, 1),  # other params
        lambda x: (tf.cumsum(x, 0, exclusive=True), tf.cumsum(x, 0, exclusive=False)),
        lambda x: (padded(x, 1), padded(x, 1.0)),
        lambda x: (padded(x, 1), padded(x, True)),
        lambda x: (padded(x, 0.0), padded(x, -0.0)),
        lambda x: (x * tf.constant([0.0]), x * tf.constant([-0.0])),
        lambda x: (tf.cast(x, tf.int32) + tf.constant([1]), tf.cast(x, tf.float32) + tf.constant([1.0])),
        lambda x: (tf.reshape(x, [4]), tf.reshape(x, [4, 1])),
    ],
)
def test_cse_keeps_what_only_looks_equal(function: Callable[[Any], Any]) -> None:
    graph = trace(function, [2, 2])
    merged, _ = cse(graph)
    assert merged.count_ops() == graph.count_ops()
    assert len(merged.constants) >= len({c.params["value"].tobytes() for c in graph.constants})
    x = tf.constant([[1.0, -2.0], [3.0, -4.0]])
    for a, b in zip(interpret(merged, [x]), interpret(graph, [x]), strict=True):
        assert a.numpy().tobytes() == b.numpy().tobytes()


def test_cse_merges_equal_constants() -> None:
    one, uno = tf.constant([1.0]), tf.constant([1.0])
    graph, _ = cse(trace(lambda x: (x + one) * uno, [1]))
    assert len(graph.constants) == 1


def test_cse_of_texts_compares_the_texts() -> None:
    a, b, c = tf.constant("ab"), tf.constant("a" + "b"), tf.constant("abc")
    graph, _ = cse(trace(lambda x: (tf.equal(a, c), tf.equal(b, c)), [1]))
    assert len(graph.constants) == 2
    assert len(graph.ops) == 1


def test_dead_code_drops_what_nothing_needs() -> None:
    def function(x: Any, y: Any) -> Any:
        tf.exp(tf.sin(x))
        return x + 1.0

    graph, changes = dead_code(trace(function, [2], [2]))
    assert to_text(graph) == (
        "graph(%x: float32[2], %y: float32[2]):\n"
        "  %constant = constant 1.0 : float32[]\n"
        "  %add = add(%x, %constant) : float32[2]\n"
        "  return %add"
    )
    assert [c.sentence for c in changes] == ["No result depends on %sin.", "No result depends on %exp."]


def test_dead_code_drops_an_unused_read_but_no_write() -> None:
    v = tf.Variable(1.0, name="v")

    def function(x: Any) -> Any:
        v.read_value()
        v.assign_add(2.0)
        tf.random.normal([2])
        return x

    graph, _ = dead_code(trace(function, [2]))
    assert [node.op.name for node in graph.ops] == ["assign_add", "random_normal"]


@every_pass
def test_pass_returns_the_graph_itself_where_nothing_changes(run: Any) -> None:
    graph = trace(lambda x, y: x @ y, [2, 2], [2, 2])
    after, changes = run(graph)
    assert after is graph
    assert changes == []


@every_pass
def test_effects_stay_in_number_and_order(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    v = tf.Variable(1.0, name="v")

    def function(x: Any) -> Any:
        print_("before", v)
        v.assign_add(1.0)
        print_("before", v)
        v.assign_add(1.0)
        a, b = tf.random.normal([2], seed=1), tf.random.normal([2], seed=1)
        return v * x, v.read_value() + v.read_value(), a, b

    graph = trace(function, [])
    after, _ = run(graph)
    effects = [node.op.name for node in graph.ops if node.op.effect]
    assert [node.op.name for node in after.ops if node.op.effect] == effects
    v.assign(1.0)
    results = interpret(after, [tf.constant(10.0)])
    assert capsys.readouterr().err == "before 1\nbefore 2\n"
    assert [r.numpy() for r in results[:2]] == [30.0, 6.0]
    assert results[2].numpy().tolist() != results[3].numpy().tolist()


def test_optimize_goes_on_until_nothing_changes() -> None:
    two = tf.constant(2.0)

    def function(x: Any) -> Any:
        a = tf.exp(two) * x
        b = tf.exp(two) * x
        tf.sin(a)
        return a + b

    graph, results = optimize(trace(function, [3]))
    assert [node.op.name for node in graph.ops] == ["multiply", "add"]
    for result in results:
        verify(result.after)
    again, rest = optimize(graph)
    assert again is graph
    assert not any(r.changed for r in rest)


def test_replaced_nodes_remember_what_they_replaced() -> None:
    before = trace(lambda x: x + tf.exp(tf.constant(0.0)), [1])
    after, _ = fold_constants(before)
    folded = next(node for node in after.nodes if node.name == "exp")
    assert [node.op.name for node in folded.origin] == ["exp"]
    assert folded.origin[0] in before.nodes


def test_unknown_pass_is_named() -> None:
    with pytest.raises(ValueError, match=r"no pass 'unroll'.*cse"):
        optimize(trace(lambda x: x, [1]), ["unroll"])


def test_ten_thousand_nodes() -> None:
    def function(x: Any) -> Any:
        for i in range(10_000):
            x = x + 1.0 if i % 2 else x * 1.0
        return x

    graph = trace(function, [])
    optimized, _ = optimize(graph)
    verify(optimized)
    assert interpret(optimized, [tf.constant(1.0)])[0].numpy() == np.float32(5001.0)


def test_levels_grow() -> None:
    assert level_passes(0) == ()
    for level in (1, 2, 3):
        assert set(level_passes(level - 1)) < set(level_passes(level)) or level == HIGHEST_LEVEL
    assert level_passes(HIGHEST_LEVEL) == tuple(PASSES)
    with pytest.raises(ValueError, match="no optimisation level 4"):
        level_passes(4)


def test_a_graph_optimises_itself_and_says_how() -> None:
    graph = trace(lambda x: tf.exp(x) + tf.exp(x), [2])
    assert graph.optimize(level=0) is graph
    assert len(graph.optimize(["cse"]).ops) == 2
    after, report = graph.optimize(explain=True)
    assert after is report.after
    assert report.before is graph
    words = str(report)
    assert words.startswith("graph: 3 operations before, 2 after optimising, saving 1 operation, 2 flops and 8 bytes.")
    assert "  %exp_1 computes the same exp as %exp, so that one serves for both.\n" in words
    assert "dead_code: nothing to do." in words


def test_a_long_report_is_summed_up() -> None:
    def function(x: Any) -> Any:
        for _ in range(20):
            tf.exp(x)
        return x

    report = trace(function, [2]).optimize("dead_code", explain=True)[1]
    assert str(report).endswith("and 8 more.")
