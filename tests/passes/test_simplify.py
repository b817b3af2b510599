"""Each rule of simplify: the graph that it leaves, and its sentence."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.op import all_ops
from eagernb.graph import to_text, verify
from eagernb.graph.interpreter import interpret
from eagernb.passes.pipeline import optimize
from eagernb.passes.rules import RULES
from eagernb.passes.simplify import simplify

from .graphs import trace

Function = Callable[..., Any]


def simplified(function: Function, *shapes: Any, dtype: str = "float32", fast_math: bool = False) -> tuple[str, str]:
    """The graph's text without its heading and what became useless, and the sentences, on lines each."""
    graph, changes = simplify(trace(function, *shapes, dtype=dtype), fast_math)
    verify(graph)
    left, _ = optimize(graph, ["dead_code"])
    text = "\n".join(line.strip() for line in to_text(left).splitlines()[1:])
    return text, "\n".join(change.sentence for change in changes)


EXACT: dict[str, tuple[Function, list[Any], str, str]] = {
    "x * 1": (lambda x: x * 1.0, [[2]], "return %x", "%multiply is %x: multiply with 1.0 changes nothing."),
    "1 * x": (lambda x: 1.0 * x, [[2]], "return %x", "%multiply is %x: multiply with 1.0 changes nothing."),
    "x * ones": (
        lambda x: x * tf.ones([2]), [[2]], "return %x", "%multiply is %x: multiply with 1.0 changes nothing."
    ),
    "x + -0": (lambda x: x + -0.0, [[2]], "return %x", "%add is %x: add with -0.0 changes nothing."),
    "x - 0": (lambda x: x - 0.0, [[2]], "return %x", "%subtract is %x: subtract with 0.0 changes nothing."),
    "x / 1": (lambda x: x / 1.0, [[2]], "return %x", "%divide is %x: divide with 1.0 changes nothing."),
    "x ** 1": (lambda x: x**1.0, [[2]], "return %x", "%pow is %x: pow with 1.0 changes nothing."),
    "unknown sizes": (lambda x: x * 1.0, [[None]], "return %x", "%multiply is %x: multiply with 1.0 changes nothing."),
    "x ** 2": (
        lambda x: x**2.0, [[2]], "%pow = square(%x) : float32[2]\nreturn %pow",
        "%pow is square(%x), which costs less than pow with 2.0.",
    ),
    "x ** -1": (
        lambda x: x**-1.0, [[2]], "%pow = reciprocal(%x) : float32[2]\nreturn %pow",
        "%pow is reciprocal(%x), which costs less than pow with -1.0.",
    ),
    "x * -1": (
        lambda x: x * -1.0, [[2]], "%multiply = negative(%x) : float32[2]\nreturn %multiply",
        "%multiply is negative(%x), which costs less than multiply with -1.0.",
    ),
    "x / 4": (
        lambda x: x / 4.0, [[2]],
        "%divide_part = constant 0.25 : float32[]\n%divide = multiply(%x, %divide_part) : float32[2]\nreturn %divide",
        "%divide is multiply by 1/4.0 instead, which costs less than divide.",
    ),
    "--x": (lambda x: tf.negative(-x), [[2]], "return %x", "%negative_1 is %x: one negative undoes the other."),
    "reversed twice": (
        lambda x: tf.reverse(tf.reverse(x, [0]), [0]), [[2]], "return %x",
        "%reverse_1 is %x: one reverse undoes the other.",
    ),
    "abs of abs": (
        lambda x: tf.abs(tf.abs(x)), [[2]], "%abs = abs(%x) : float32[2]\nreturn %abs",
        "%abs_1 is %abs: abs again changes nothing.",
    ),
    "abs of -x": (
        lambda x: tf.abs(-x), [[2]], "%abs = abs(%x) : float32[2]\nreturn %abs",
        "%abs needs no %negative: abs takes no notice of the sign.",
    ),
    "square of abs": (
        lambda x: tf.square(tf.abs(x)), [[2]], "%square = square(%x) : float32[2]\nreturn %square",
        "%square needs no %abs: square takes no notice of the sign.",
    ),
    "-x * -y": (
        lambda x, y: -x * -y, [[2], [2]], "%multiply = multiply(%x, %y) : float32[2]\nreturn %multiply",
        "%multiply needs neither %negative nor %negative_1: two minus signs make a plus.",
    ),
    "x + -y": (
        lambda x, y: x + -y, [[2], [2]], "%add = subtract(%x, %y) : float32[2]\nreturn %add",
        "%add is subtract(%x, %y), without %negative.",
    ),
    "-x + y": (
        lambda x, y: -x + y, [[2], [2]], "%add = subtract(%y, %x) : float32[2]\nreturn %add",
        "%add is subtract(%y, %x), without %negative.",
    ),
    "x - -y": (
        lambda x, y: x - -y, [[2], [2]], "%subtract = add(%x, %y) : float32[2]\nreturn %subtract",
        "%subtract is add(%x, %y), without %negative.",
    ),
    "max(x, x)": (
        lambda x: tf.maximum(x, x), [[2]], "return %x", "%maximum is %x: that is on both sides of maximum."
    ),
    "transposed to the same": (
        lambda x: tf.transpose(x, [0, 1]), [[2, 3]], "return %x", "%transpose is %x: every axis stays in its place."
    ),
    "transposed twice": (
        lambda x: tf.transpose(tf.transpose(x, [1, 2, 0]), [1, 2, 0]), [[2, 3, 4]],
        "%transpose_1 = transpose(%x, perm=(2, 0, 1)) : float32[4, 2, 3]\nreturn %transpose_1",
        "%transpose_1 puts the axes of %x in order at once, without %transpose.",
    ),
    "transposed there and back": (
        lambda x: tf.transpose(tf.transpose(x)), [[2, 3]], "return %x",
        "%transpose_1 puts the axes of %x in order at once, without %transpose.\n"
        "%transpose_1 is %x: every axis stays in its place.",
    ),
    "a transposed row": (
        tf.transpose, [[1, 3]], "%transpose = reshape(%x, shape=(3, 1)) : float32[3, 1]\nreturn %transpose",
        "%transpose is a reshape of %x: only axes of size 1 move.",
    ),
    "reshaped twice": (
        lambda x: tf.reshape(tf.expand_dims(x, 0), [6]), [[2, 3]],
        "%reshape = reshape(%x, shape=6) : float32[6]\nreturn %reshape",
        "%reshape gives %x its shape at once, without %expand_dims.",
    ),
    "reshaped there and back": (
        lambda x: tf.squeeze(tf.expand_dims(x, 0), 0), [[2]], "return %x",
        "%squeeze gives %x its shape at once, without %expand_dims.\n%squeeze is %x: it has that shape already.",
    ),
    "one unknown size": (
        lambda x: tf.reshape(tf.reshape(x, [-1]), [-1, 3]), [[None, 3]],
        "%reshape_1 = reshape(%x, shape=(-1, 3)) : float32[?, 3]\nreturn %reshape_1",
        "%reshape_1 gives %x its shape at once, without %reshape.",
    ),
    "broadcast twice": (
        lambda x: tf.broadcast_to(tf.broadcast_to(x, [2, 3]), [4, 2, 3]), [[3]],
        "%broadcast_to_1 = broadcast_to(%x, shape=(4, 2, 3)) : float32[4, 2, 3]\nreturn %broadcast_to_1",
        "%broadcast_to_1 repeats %x at once, without %broadcast_to.",
    ),
    "broadcast to the same": (
        lambda x: tf.broadcast_to(x, [3]), [[3]], "return %x", "%broadcast_to is %x: it has that shape already."
    ),
    "a product of a transpose": (
        lambda x, y: tf.transpose(x) @ y, [[3, 2], [3, 4]],
        "%matmul = matmul(%x, %y, transpose_a=True) : float32[2, 4]\nreturn %matmul",
        "%matmul needs nothing transposed: matmul does that on the way.",
    ),
    "a product that transposed already": (
        lambda x, y: tf.matmul(x, tf.transpose(y), transpose_b=True), [[2, 3], [3, 4]],
        "%matmul = matmul(%x, %y) : float32[2, 4]\nreturn %matmul",
        "%matmul needs nothing transposed: matmul does that on the way.",
    ),
    "a product of a batch": (
        lambda x, y: x @ tf.transpose(y, [0, 2, 1]), [[5, 2, 3], [5, 4, 3]],
        "%matmul = matmul(%x, %y, transpose_b=True) : float32[5, 2, 4]\nreturn %matmul",
        "%matmul needs nothing transposed: matmul does that on the way.",
    ),
    "an operand that was broadcast": (
        lambda x, y: x * tf.broadcast_to(y, [2, 3]), [[2, 3], [3]],
        "%multiply = multiply(%x, %y) : float32[2, 3]\nreturn %multiply",
        "%multiply needs nothing repeated: multiply broadcasts.",
    ),
    "an array of one number": (
        lambda x: x * tf.fill([2], 3.0), [[2]],
        "%constant = constant 3.0 : float32[]\n%multiply = multiply(%x, %constant) : float32[2]\nreturn %multiply",
        "%multiply needs nothing repeated: multiply broadcasts.",
    ),
    "the same in each place": (
        lambda x: tf.broadcast_to(x, [3]) * 2.0, [[]],
        "%constant = constant 2.0 : float32[]\n%multiply_part = multiply(%x, %constant) : float32[]\n"
        "%multiply = broadcast_to(%multiply_part, shape=3) : float32[3]\nreturn %multiply",
        "%multiply is the same in each place: it is computed once, and repeated then.",
    ),
    "a settled choice": (
        lambda x, y: tf.where(False, x, y), [[2], [2]], "return %y",
        "%where is settled: the condition is always False.",
    ),
    "a settled choice of a shape": (
        lambda x, y: tf.where(True, x, y), [[], [2]], "%where = broadcast_to(%x, shape=2) : float32[2]\nreturn %where",
        "%where is settled: the condition is always True.",
    ),
    "no choice": (
        lambda x, y: tf.where(y > 0.0, x, x), [[2], [2]], "return %x", "%where is %x, whatever %greater is."
    ),
    "the opposite choice": (
        lambda x, y: tf.where(tf.logical_not(x > y), x, y), [[2], [2]],
        "%greater = greater(%x, %y) : bool[2]\n%where = where(%greater, %y, %x) : float32[2]\nreturn %where",
        "%where has its two values change places instead of %logical_not.",
    ),
    "converted there and back": (
        lambda x: tf.cast(tf.cast(x, "float64"), "float32"), [[2]], "return %x",
        "%cast_1 is %x: nothing was lost on the way to %cast, and this is the way back.",
    ),
    "converted twice": (
        lambda x: tf.cast(tf.cast(x, "float64"), "complex128"), [[2]],
        "%cast_1 = cast(%x, dtype=complex128) : complex128[2]\nreturn %cast_1",
        "%cast_1 converts %x at once, without %cast.",
    ),
    "the largest of one": (
        lambda x: tf.reduce_max(x, axis=1), [[2, 1]],
        "%reduce_max = reshape(%x, shape=2) : float32[2]\nreturn %reduce_max",
        "%reduce_max is %x in another shape: reduce_max has nothing to do there.",
    ),
    "the product of none": (
        lambda x: tf.reduce_prod(x, axis=[]), [[2]], "return %x",
        "%reduce_prod is %x in another shape: reduce_prod has nothing to do there.",
    ),
    "the largest of the largest": (
        lambda x: tf.reduce_max(tf.reduce_max(x, 0), 1), [[2, 3, 4]],
        "%reduce_max_1 = reduce_max(%x, axis=(0, 2)) : float32[3]\nreturn %reduce_max_1",
        "%reduce_max_1 is one reduce_max of %x, without %reduce_max.",
    ),
    "the largest of copies": (
        lambda x: tf.reduce_max(tf.broadcast_to(x, [3])), [[]], "return %x",
        "%reduce_max follows from %x itself: %broadcast_to only repeats it.\n"
        "%reduce_max is %x: it has that shape already.",
    ),
}  # fmt: skip
NOTHING_TO_DO: dict[str, Function] = {
    "slice": lambda x: x[:, ...], "pad": lambda x: tf.pad(x, [[0, 0], [0, 0]]), "concat": lambda x: tf.concat([x], 0),
    "stop_gradient": tf.stop_gradient, "identity": tf.identity, "tile": lambda x: tf.tile(x, [1, 1]),
    "slice from 0": lambda x: tf.slice(x, [0, 0], [-1, 3]), "add_n": lambda x: tf.add_n([x]),
    "reverse": lambda x: tf.reverse(x, []),
}  # fmt: skip


@pytest.mark.parametrize(("function", "shapes", "text", "sentences"), EXACT.values(), ids=list(EXACT))
def test_a_rule_that_is_exact(function: Function, shapes: list[Any], text: str, sentences: str) -> None:
    assert simplified(function, *shapes) == (text, sentences)


@pytest.mark.parametrize("function", NOTHING_TO_DO.values(), ids=list(NOTHING_TO_DO))
def test_what_gives_its_input_goes(function: Function) -> None:
    text, sentence = simplified(function, [2, 3])
    assert text == "return %x"
    assert sentence.endswith("changes nothing.")


ROUNDED: dict[str, tuple[Function, list[Any], str, str]] = {
    "x + 0": (lambda x: x + 0.0, [[2]], "return %x", "%add is %x: add with 0.0 changes nothing."),
    "x * 0": (
        lambda x: x * 0.0, [[2]],
        "%multiply_part = constant 0.0 : float32[]\n%multiply = broadcast_to(%multiply_part, shape=2) : float32[2]\n"
        "return %multiply",
        "%multiply is 0.0 everywhere, whatever %x is.",
    ),
    "x - x": (
        lambda x: x - x, [[2]],
        "%subtract_part = constant 0.0 : float32[]\n%subtract = broadcast_to(%subtract_part, shape=2) : float32[2]\n"
        "return %subtract",
        "%subtract is the same everywhere: subtract of %x and %x.",
    ),
    "log of exp": (lambda x: tf.math.log(tf.exp(x)), [[2]], "return %x", "%log is %x: log undoes %exp."),
    "exp of log": (lambda x: tf.exp(tf.math.log(x)), [[2]], "return %x", "%exp is %x: exp undoes %log."),
    "1 / (1 / x)": (
        lambda x: tf.math.reciprocal(tf.math.reciprocal(x)), [[2]], "return %x",
        "%reciprocal_1 is %x: reciprocal undoes %reciprocal.",
    ),
    "x / 3": (
        lambda x: x / 3.0, [[2]],
        "%divide_part = constant 0.33333334 : float32[]\n%divide = multiply(%x, %divide_part) : float32[2]\n"
        "return %divide",
        "%divide is multiply by 1/3.0 instead, which costs less than divide.",
    ),
    "x + 1 + 2": (
        lambda x: x + 1.0 + 2.0, [[2]],
        "%constant = constant 1.0 : float32[]\n%constant_1 = constant 2.0 : float32[]\n"
        "%add_1_part = add(%constant, %constant_1) : float32[]\n%add_1 = add(%x, %add_1_part) : float32[2]\n"
        "return %add_1",
        "%add_1 takes 1.0 and 2.0 together first: they never change.",
    ),
    "the sum of sums": (
        lambda x: tf.reduce_sum(tf.reduce_sum(x, 0), 1), [[2, 3, 4]],
        "%reduce_sum_1 = reduce_sum(%x, axis=(0, 2)) : float32[3]\nreturn %reduce_sum_1",
        "%reduce_sum_1 is one reduce_sum of %x, without %reduce_sum.",
    ),
    "the sum of copies": (
        lambda x: tf.reduce_sum(tf.broadcast_to(x, [5])), [[]],
        "%reduce_sum_part = constant 5.0 : float32[]\n%reduce_sum = multiply(%x, %reduce_sum_part) : float32[]\n"
        "return %reduce_sum",
        "%reduce_sum follows from %x itself: %broadcast_to only repeats it.",
    ),
    "the sum of one": (
        lambda x: tf.reduce_sum(x, 1), [[2, 1]],
        "%reduce_sum = reshape(%x, shape=2) : float32[2]\nreturn %reduce_sum",
        "%reduce_sum is %x in another shape: reduce_sum has nothing to do there.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("function", "shapes", "text", "sentences"), ROUNDED.values(), ids=list(ROUNDED))
def test_a_rule_that_rounds_differently_is_for_fast_math(
    function: Function, shapes: list[Any], text: str, sentences: str
) -> None:
    graph = trace(function, *shapes)
    assert simplify(graph)[0] is graph
    assert simplified(function, *shapes, fast_math=True) == (text, sentences)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x - -0.0,  # 0.0 for -0.0
        lambda x: x / x,  # NaN for 0 and infinity
        lambda x: x * tf.constant([[1.0, 1.0], [1.0, 1.0]]),  # larger than x
        lambda x: x * tf.constant([1.0, -1.0]),
        lambda x: x / 3.0,
        lambda x: x ** tf.constant([2.0, 2.0]),  # NumPy multiplies for a single exponent only
        lambda x: tf.cast(tf.cast(x, "float16"), "float32"),
        lambda x: tf.cast(tf.cast(x, "int32"), "float32"),
        lambda x: x[::-1],
        lambda x: tf.reverse(tf.reverse(tf.reshape(x, [1, 2]), [0]), [1]),
        lambda x: tf.reduce_sum(tf.reshape(x, [2, 1]), 1),  # a sum begins with 0.0: never -0.0
        lambda x: tf.maximum(x, -x),
        lambda x: tf.where([True, False], x, -x),
    ],
)
def test_what_only_looks_simpler_stays(function: Function) -> None:
    graph = trace(function, [2])
    assert simplify(graph)[0] is graph


def test_integers_obey_all_laws() -> None:
    def functions(x: Any) -> Any:
        return x + 0, x * 0, x - x, tf.equal(x, x), 3 * x * 5, x ** tf.constant([2, 2]), x * -1

    graph, _ = optimize(trace(functions, [2], dtype="int32"))
    assert {node.op.name for node in graph.ops} == {"multiply", "square", "negative"}
    results = [t.numpy().tolist() for t in interpret(graph, [tf.constant([-3, 7])])]
    assert results == [[-3, 7], [0, 0], [0, 0], [True, True], [-45, 105], [9, 49], [3, -7]]


def test_a_replaced_node_knows_all_that_it_stands_for() -> None:
    before = trace(lambda x, y: x + -y, [2], [2])
    after, changes = simplify(before)
    kept = changes[0].kept
    assert kept is after.ops[-1]
    assert {node.op.name for node in kept.origin} == {"add", "negative"}
    assert set(kept.origin) <= set(before.nodes)


def test_a_gradient_from_outside_still_stops() -> None:
    f = tf.function(lambda x: x * tf.stop_gradient(x))
    x = tf.constant(3.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    assert float(tape.gradient(y, x)) == 3.0


def test_the_gradient_of_a_network_is_what_a_person_would_write() -> None:
    def gradients(x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch([w1, b1, w2, b2])
            loss = tf.reduce_mean((tf.nn.relu(x @ w1 + b1) @ w2 + b2 - y) ** 2)
        return tape.gradient(loss, [w1, b1, w2, b2])

    tracer_inputs = ([32, 64], [32, 1], [64, 64], [64], [64, 1], [1])
    graph = tf.function(gradients).get_concrete_function(*map(tf.TensorSpec, tracer_inputs)).graph
    ops = [node.op.name for node in optimize(graph)[0].ops]
    forward = ["matmul", "add", "relu", "matmul", "add", "subtract"]
    backward = ["multiply", "reduce_sum", "matmul", "matmul", "relu_grad", "reduce_sum", "matmul"]
    assert sorted(ops) == sorted(forward + backward)


@pytest.mark.parametrize("name", sorted(all_ops()))
def test_laws_name_ops_that_exist(name: str) -> None:
    laws = all_ops()[name].laws
    named = [laws.inverse, laws.negated, laws.reciprocal, laws.repeats, *laws.strength.values()]
    assert {other for other in named if other} <= set(all_ops())


def test_every_rule_has_a_sentence() -> None:
    assert all(rule.sentence.startswith("{out} ") and rule.sentence.endswith(".") for rule in RULES)


def test_time_grows_with_the_graph() -> None:
    def tried(count: int) -> int:
        graph = trace(lambda x: _chain(x, count), [4])
        matches = 0

        def counted(*args: Any) -> Any:
            nonlocal matches
            matches += 1
            return match(*args)

        match = type(RULES[0]).match
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(RULES[0]), "match", counted)
            simplify(graph)
        return matches

    assert tried(800) <= 8 * tried(100) + 8


def _chain(x: Any, count: int) -> Any:
    for i in range(count):
        x = (x * 1.0, -x, x + np.float32(2))[i % 3]
    return x


@pytest.mark.parametrize(
    "function",
    [
        lambda x: tf.transpose(x) * tf.fill([130, 70], 3.0),
        lambda x: tf.transpose(x) * tf.ones([130, 70]),
        lambda x: x[::-1] * 1.0,
        lambda x: tf.negative(-x[::-1, ::2]),
        lambda x: tf.reshape(tf.reshape(tf.transpose(x), [-1]), [130, 70]),
        lambda x: tf.transpose(x) * tf.broadcast_to(x[0, :70], [130, 70]),
    ],
)
def test_sums_add_in_the_order_of_before(function: Function) -> None:
    x = tf.constant(np.random.default_rng(0).normal(size=(70, 130)).astype(np.float32))
    graph = trace(lambda x: tf.reduce_sum(function(x)), [70, 130])
    simple, _ = optimize(graph, ["fold_constants", "simplify", "cse", "dead_code"])
    assert interpret(simple, [x])[0].numpy() == interpret(graph, [x])[0].numpy()


def test_sums_inside_of_branches_and_loops_add_in_the_order_of_before() -> None:
    x = tf.constant(np.random.default_rng(0).normal(size=(70, 130)).astype(np.float32))

    def function(x: Any) -> Any:
        y = x[::-1]
        branch = tf.cond(x[0, 0] < 9.0, lambda: tf.reduce_sum(y * 1.0), lambda: x[0, 0])
        turned = tf.while_loop(lambda i, v: i < 1, lambda i, v: (i + 1, tf.reverse(v, [0])), (0, x))[1]
        return branch + tf.reduce_sum(turned * 1.0)

    graph = trace(function, [70, 130])
    simple, _ = optimize(graph, ["fold_constants", "simplify", "cse", "dead_code"])
    assert interpret(simple, [x])[0].numpy() == interpret(graph, [x])[0].numpy()
    kept, _ = optimize(trace(lambda x: tf.cond(x[0] < 1.0, lambda: x * 1.0, lambda: -(-x)), [2]))  # noqa: B002
    assert [len(branch.ops) for branch in kept.ops[-1].graphs] == [0, 0]
