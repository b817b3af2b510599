"""Passes in graphs inside of graphs: branches, loops and functions that are called."""

from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.op import all_ops
from eagernb.core.spec import TensorSpec
from eagernb.graph import Graph, Tracer, to_text, verify
from eagernb.graph.call import call
from eagernb.graph.interpreter import Interpreter
from eagernb.ops.printing import print_
from eagernb.passes.dead_code import dead_code
from eagernb.passes.hoist_invariants import hoist_invariants
from eagernb.passes.inline_calls import inline_calls
from eagernb.passes.pipeline import PASSES, optimize

from .graphs import trace


def lines(graph: Graph) -> list[str]:
    return [line.strip() for line in to_text(graph).splitlines()[1:]]


def sentences(changes: Any) -> list[str]:
    return [change.sentence for change in changes]


def traced(function: Any, *specs: tuple[Any, str]) -> Graph:
    tracer = Tracer("graph")
    with tracer:
        inputs = [
            tracer.add_input(TensorSpec(shape, dtype), name) for (shape, dtype), name in zip(specs, "xyz", strict=False)
        ]
        return tracer.graph(function(*inputs))


def loop(function: Any) -> Any:
    """A function of x and n that runs ``function(x, v)`` n times on v, which is x at first."""

    def run(x: Any, n: Any) -> list[Any]:
        return [tf.while_loop(lambda i, v: i < n, lambda i, v: (i + 1, function(x, v)), (0, x))[1]]

    return run


def check(before: Graph, after: Graph, *arrays: Any) -> None:
    verify(after)
    want, got = Interpreter(before).run(arrays), Interpreter(after).run(arrays)
    assert [a.tobytes() for a in map(np.asarray, got)] == [a.tobytes() for a in map(np.asarray, want)]


X = np.float32([0.5, -2.0])


def test_what_never_changes_moves_out_of_a_loop() -> None:
    graph = traced(loop(lambda x, v: v * tf.exp(x) + tf.sin(tf.exp(x))), ([2], "float32"), ([], "int32"))
    after, changes = hoist_invariants(graph)
    assert sentences(changes) == [
        "%exp is the same in every turn of %while_loop, so that it is computed before.",
        "%exp_1 is the same in every turn of %while_loop, so that it is computed before.",
        "%sin is the same in every turn of %while_loop, so that it is computed before.",
    ]
    assert lines(after)[2:8] == [
        "%while_loop_exp = exp(%x) : float32[2]",
        "%while_loop_exp_1 = exp(%x) : float32[2]",
        "%while_loop_sin = sin(%while_loop_exp_1) : float32[2]",
        "%while_loop = while_loop(%constant_1, %x, %y, %constant, %x, %while_loop_exp, %while_loop_sin) : "
        "int32[], float32[2]",
        "cond(%i: int32[], %v: float32[2], %y: int32[], %constant: int32[], %x: float32[2], "
        "%while_loop_exp: float32[2], %while_loop_sin: float32[2]):",
        "%less = less(%i, %y) : bool[]",
    ]
    assert [node.op.name for node in after.ops[-1].graphs[1].ops] == ["add", "multiply", "add"]
    for turns in (0, 1, 3):
        check(graph, after, X, np.int32(turns))
    assert hoist_invariants(after)[0] is after


@pytest.mark.parametrize(
    "function",
    [
        lambda x, v: v + tf.cast(tf.cast(x, tf.int32) // tf.cast(x, tf.int32), tf.float32),  # fails for zeros
        lambda x, v: tf.reshape(tf.boolean_mask(x, x > 0.0), [1]) + v,  # may not fit
        lambda x, v: v + tf.random.normal([2]),
        lambda x, v: v + tf.stack([print_("turn"), x][1:])[0],
    ],
    ids=["division", "shape", "random", "print"],
)
def test_what_may_fail_or_does_more_stays_in_the_loop(function: Any) -> None:
    graph = traced(loop(function), ([2], "float32"), ([], "int32"))
    after, _ = hoist_invariants(graph)
    names = {node.op.name for node in after.ops}
    assert not names & {"floordiv", "where_true", "gather", "random_normal", "print"}
    verify(after)
    Interpreter(after).run([np.float32([0.0, -1.0]), np.int32(0)])  # no turn: nothing fails


def test_a_variable_that_is_read_in_a_loop_is_read_in_every_turn() -> None:
    v = tf.Variable(1.0, name="v")

    def function(x: Any, value: Any) -> Any:
        v.assign_add(1.0)
        return value * tf.exp(v * 1.0)

    graph = traced(loop(function), ([2], "float32"), ([], "int32"))
    after, _ = optimize(graph)

    def results(graph: Graph) -> Any:
        v.assign(1.0)
        return Interpreter(graph).run([X, np.int32(3)])[0]

    assert results(after).tolist() == results(graph).tolist()


def test_what_nobody_needs_does_not_stay_behind_in_a_loop() -> None:
    def turn(x: Any, value: Any) -> Any:
        same = tf.exp(x)
        tf.negative(same)  # would be left without what it is computed from
        return value * tf.sin(same)

    graph = traced(loop(turn), ([2], "float32"), ([], "int32"))
    after, _ = hoist_invariants(graph)
    verify(after)
    check(graph, after, X, np.int32(3))


def test_a_loop_variable_that_no_turn_changes_is_captured() -> None:
    def run(x: Any, n: Any) -> list[Any]:
        results = tf.while_loop(lambda i, v, same: i < n, lambda i, v, same: (i + 1, v * same, same), (0, x, x + 1.0))
        return [results[1], results[2]]

    graph = traced(run, ([2], "float32"), ([], "int32"))
    after, changes = hoist_invariants(graph)
    assert "No turn of %while_loop changes %add." in sentences(changes)
    assert after.outputs[1].node.name == "add"
    assert len(after.ops[-1].specs) == 2
    check(graph, after, X, np.int32(3))


def test_loops_in_loops() -> None:
    def inner(x: Any, v: Any) -> Any:
        return tf.while_loop(lambda j, w: j < 2, lambda j, w: (j + 1, w * tf.exp(x) + tf.cos(v)), (0, v))[1]

    graph = traced(loop(inner), ([2], "float32"), ([], "int32"))
    after, _ = optimize(graph, ["hoist_invariants"])
    outer = after.ops[-1].graphs[1]
    assert [node.op.name for node in after.ops] == ["exp", "while_loop"]
    assert [node.op.name for node in outer.ops] == ["add", "cos", "while_loop"]
    check(graph, after, X, np.int32(3))


def test_dead_loop_variables_go_with_all_that_only_they_need() -> None:
    def run(x: Any, n: Any) -> list[Any]:
        def body(i: Any, a: Any, b: Any, c: Any) -> Any:
            return i + 1, a * 2.0, b + tf.exp(c), c + tf.sin(x)

        return [tf.while_loop(lambda i, *_: i < n, body, (0, x, x, x))[1]]

    graph = traced(run, ([2], "float32"), ([], "int32"))
    after, changes = dead_code(graph)
    assert lines(after)[-9:-1] == [
        "%while_loop = while_loop(%constant_2, %x, %y, %constant, %constant_1) : int32[], float32[2]",
        "cond(%x0: int32[], %x: float32[2], %y: int32[], %constant: int32[], %constant_1: float32[]):",
        "%less = less(%x0, %y) : bool[]",
        "return %less",
        "body(%x0: int32[], %x: float32[2], %y: int32[], %constant: int32[], %constant_1: float32[]):",
        "%add = add(%x0, %constant) : int32[]",
        "%multiply = multiply(%x, %constant_1) : float32[2]",
        "return %add, %multiply",
    ]
    assert "Nothing uses %while_loop:2, and %while_loop does without it." in sentences(changes)
    assert "No result depends on %exp." in sentences(changes)
    check(graph, after, X, np.int32(3))
    assert dead_code(after)[0] is after


def test_a_loop_variable_that_the_condition_needs_stays() -> None:
    def run(x: Any) -> list[Any]:
        return [tf.while_loop(lambda v, w: tf.reduce_sum(w) < 9.0, lambda v, w: (v * 2.0, w + x), (x, x))[0]]

    graph = traced(run, ([2], "float32"))
    assert dead_code(graph)[0] is graph


def test_what_a_dead_loop_prints_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    def run(x: Any) -> list[Any]:
        def body(i: Any, v: Any) -> Any:
            print_("turn", v)
            return i + 1, v * 2.0

        tf.while_loop(lambda i, v: i < 2, body, (0, x))
        return [x]

    graph = traced(run, ([], "float32"))
    after, _ = optimize(graph)
    Interpreter(after).run([np.float32(1.0)])
    assert capsys.readouterr().err == "turn 1\nturn 2\n"


def test_results_of_branches_that_nothing_uses_go() -> None:
    def run(x: Any, y: Any) -> list[Any]:
        return [tf.cond(tf.reduce_sum(x) > 0.0, lambda: (x * 3.0, tf.exp(y)), lambda: (-x, y))[0]]

    graph = traced(run, ([2], "float32"), ([2], "float32"))
    after, _ = dead_code(graph)
    node = after.ops[-1]
    assert [inner.op.name for branch in node.graphs for inner in branch.ops] == ["multiply", "negative"]
    assert [value.node.name for value in node.inputs] == ["greater", "x", "constant_1"]
    for x in (X, -X):
        check(graph, after, x, X)


def called(name: str, function: Any, count: int) -> Graph:
    tracer = Tracer(name)
    with tracer:
        return tracer.graph(function(*[tracer.add_input(TensorSpec([2], "float32"), f"a{i}") for i in range(count)]))


def test_a_call_gives_way_to_what_it_would_run() -> None:
    f = called("f", lambda a, b: [a * 1.0 + b, tf.exp(a)], 2)

    def run(x: Any) -> list[Any]:
        return [call(f, [x, x])[0], call(f, [x, x])[0]]

    graph = traced(run, ([2], "float32"))
    assert graph.count_ops() == {"call": 2}
    after, changes = inline_calls(graph)
    assert sentences(changes) == [
        "%call gives way to the operations of f.", "%call_1 gives way to the operations of f.",
    ]  # fmt: skip
    assert lines(after)[1] == "%call_multiply = multiply(%x, %call_constant) : float32[2]"
    assert [node.origin for node in after.ops[:3]] == [(inner, graph.ops[0]) for inner in f.ops]
    check(graph, after, X)
    assert optimize(graph)[0].count_ops() == {"add": 1}


def test_a_call_that_is_compiled_stays() -> None:
    f = called("f", lambda a: [a * 2.0], 1)
    graph = traced(lambda x: call(f, [x], "xla"), ([2], "float32"))
    assert inline_calls(graph)[0] is graph


def test_a_graph_does_not_grow_without_end() -> None:
    def chain(a: Any) -> list[Any]:
        for _ in range(300):
            a = tf.sin(a)
        return [a]

    f = called("f", chain, 1)

    def run(x: Any) -> list[Any]:
        for _ in range(100):
            [x] = call(f, [x])
        return [x]

    after, _ = inline_calls(traced(run, ([2], "float32")))
    assert len(after) < 6000


def test_a_settled_branch_takes_the_place_of_the_choice() -> None:
    def run(x: Any) -> list[Any]:
        one = tf.constant(1.0)
        return [tf.cond(one > 0.0, lambda: x * 2.0, lambda: tf.exp(x)), tf.switch_case(tf.constant(7), [
            lambda: x, lambda: tf.sin(x)])]  # fmt: skip

    graph = traced(run, ([2], "float32"))
    after, results = optimize(graph)
    assert after.count_ops() == {"multiply": 1, "sin": 1}
    told = [change.sentence for result in results for change in result.changes]
    assert "%cond always runs true_fn, because %greater never changes." in told
    check(graph, after, X)


def test_constants_are_constant_inside_too() -> None:
    def run(x: Any) -> list[Any]:
        return [tf.cond(tf.reduce_sum(x) > 0.0, lambda: x * 1.0, lambda: x / 1.0)]

    graph = traced(run, ([2], "float32"))
    after, results = optimize(graph)
    told = [change.sentence for result in results for change in result.changes]
    assert "%constant_1 never changes, so that %cond holds it itself." in told
    assert [len(branch.ops) for branch in after.ops[-1].graphs] == [0, 0]
    check(graph, after, X)


def test_gradients_through_loops_and_calls_are_optimised_and_right() -> None:
    f = called("f", lambda a, b: [a * b, tf.exp(a)], 2)

    def run(x: Any) -> list[Any]:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = call(f, [x, x * 1.0])[0]
            z = tf.while_loop(lambda i, v: i < 3, lambda i, v: (i + 1, v * tf.exp(x)), (0, y))[1]
        return [tape.gradient(z, x)]

    graph = traced(run, ([2], "float32"))
    for name, entry in PASSES.items():
        check(graph, entry.run(graph)[0], X)
        assert name
    after, _ = optimize(graph)
    check(graph, after, X)
    assert "call" not in after.count_ops()


def test_all_ops_that_are_said_never_to_fail_have_kernels_that_compute() -> None:
    partial = {"floordiv", "floormod", "truncatediv", "truncatemod", "pow", "integer_power", "cholesky", "inv"}
    assert not {name for name in partial if name in all_ops() and all_ops()[name].total}


def test_simplify_inside_a_branch_has_its_sentence() -> None:
    graph = traced(lambda x: [tf.cond(tf.reduce_all(x > 0.0), lambda: -(-x), lambda: x)], ([2], "float32"))  # noqa: B002
    _, changes = PASSES["simplify"].run(graph)
    assert sentences(changes) == ["%negative_1 is %x: one negative undoes the other."]


def test_an_unchanged_graph_with_branches_is_the_same_graph() -> None:
    graph = traced(lambda x: [tf.cond(tf.reduce_all(x > 0.0), lambda: tf.exp(x), lambda: tf.sin(x))], ([2], "float32"))
    settled, _ = optimize(graph)
    again, results = optimize(settled)
    assert again is settled
    assert not any(result.changed for result in results)
    assert trace(lambda x: x, [1]).ops == ()
