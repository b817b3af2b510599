"""What a user hears of control flow that a graph cannot have: TensorFlow's words, at the user's own line."""

from __future__ import annotations

import inspect
import traceback

import pytest

import eagernb as tf

ONE, N = tf.constant(1), tf.constant(3)


def one_branch(x):
    if x > 0:  # here
        y = x
    return y


def other_branch(x):
    if x > 0:  # here
        pass
    else:
        y = x
    return y


def returns_once(x):
    if x > 0:  # here
        return x


def none_in_branch(x):
    y = None
    if x > 0:  # here
        y = x
    return y


def dtypes_differ(x):
    if x > 0:  # noqa: SIM108  # here
        y = 1
    else:
        y = 2.0
    return y


def structures_differ(x):
    if x > 0:  # noqa: SIM108  # here
        y = (x, x)
    else:
        y = x
    return y


def object_in_branch(x):
    y = object()
    if x > 0:  # here
        y = object()
    return (y, x)[1]


def no_bool(x):
    if x:  # here
        return 1
    return 2


def vector(x):
    if tf.stack([x, x]) > 0:  # here
        return 1
    return 2


def ternary_dtypes(x):
    return 1 if x > 0 else 2.0  # here


def loop_dtype(n):
    x = 0
    while x < n:  # here
        x = tf.cast(x, tf.float32)
    return x


def loop_shape(n):
    x, i = tf.constant([0]), 0
    while i < n:  # here
        x = tf.concat([x, x], 0)
        i += 1
    return x


def loop_wrong_invariant(n):
    x = tf.constant([0])
    for _ in tf.range(n):  # here
        tf.autograph.experimental.set_loop_options(shape_invariants=[(x, tf.TensorShape([2]))])
        x = tf.concat([x, x], 0)
    return x


def loop_none(n):
    x = 1
    for _ in tf.range(n):  # here
        x = None
    return x


def loop_reads_undefined(n):
    for _ in tf.range(n):  # here
        x = x + 1  # noqa: F821
    return x


def loop_structure(n):
    x = 1
    for _ in tf.range(n):  # here
        x = (x, x)
    return x


def loop_becomes_tensors(n):
    going = True
    while going:  # here
        going = n > 0
    return n


def break_of_python_loop(n):
    for _ in range(3):  # here
        if n > 0:
            break
    return n


def return_in_loop(n):
    for i in tf.range(n):  # here
        if i > 1:
            return i
    return n


def over_scalar(n):
    for _ in n:  # here
        pass


@pytest.mark.parametrize(
    ("function", "kind", "text"),
    [
        (one_branch, ValueError, "'y' must also be initialized in the else branch"),
        (other_branch, ValueError, "'y' must also be initialized in the main branch"),
        (returns_once, ValueError, "the else branch must also have a return statement."),
        (none_in_branch, ValueError, "'y' is None at the end of the else branch."),
        (dtypes_differ, TypeError, "'y' has dtype int32 in the main branch, but dtype float32 in the else branch"),
        (structures_differ, TypeError, "'y' must have the same nested structure in the main and else branches"),
        (object_in_branch, TypeError, "'y' is of type object at the end of the main branch"),
        (no_bool, ValueError, "condition of if statement expected to be `tf.bool` scalar, got "),
        (vector, ValueError, "condition of if statement expected to be `tf.bool` scalar, got "),
        (ternary_dtypes, TypeError, "'x > 0' has dtype int32 in the main branch, but dtype float32 in the else branch"),
        (loop_dtype, TypeError, "'x' has dtype int32 before the loop, but dtype float32 after one iteration"),
        (loop_shape, ValueError, "'x' has shape (1,) before the loop, but shape (2,) after one iteration. Use tf.auto"),
        (loop_wrong_invariant, ValueError, "but the specified shape invariant is (2,)"),
        (loop_none, ValueError, "'x' is None at the end of the iteration."),
        (loop_reads_undefined, ValueError, "'x' must be defined before the loop\nNote: AutoGraph tried to define it"),
        (loop_structure, TypeError, "'x' does not have the same nested structure after one iteration."),
        (loop_becomes_tensors, NotImplementedError, "started as non-Tensor, then changed to Tensor"),
        (break_of_python_loop, NotImplementedError, "break and return statements which depend on a TF condition"),
        (return_in_loop, NotImplementedError, "a return statement cannot be placed inside this TensorFlow loop"),
        (over_scalar, ValueError, "len requires a non-scalar tensor"),
    ],
)
def test_the_error_says_what_is_wrong_and_where(function, kind, text):
    with pytest.raises(kind) as caught:
        tf.function(function)(N)
    assert text in str(caught.value)
    lines, first = inspect.getsourcelines(function)
    marked = first + next(i for i, line in enumerate(lines) if "# here" in line)
    frames = [f for f in traceback.extract_tb(caught.value.__traceback__) if f.name == function.__name__]
    assert (frames[0].filename, frames[0].lineno) == (__file__, marked)


def test_a_failing_step_at_run_time_names_its_line():
    @tf.function
    def f(n):
        total = n
        for i in tf.range(n):
            if i > 1:
                total = total // (i - i)  # fails
        return total

    [loop] = [node for node in f.get_concrete_function(N).graph.nodes if node.op.name == "while_loop"]
    [branch] = [node for node in loop.params["body"].nodes if node.op.name == "cond"]
    [division] = [node for node in branch.params["branches"][0].nodes if node.op.name == "floordiv"]
    lines, first = inspect.getsourcelines(f.python_function)
    at = {node.op.name: node.line.number - first for node in (loop, branch, division)}
    assert [lines[at[name]].strip() for name in ("while_loop", "cond", "floordiv")] == [
        "for i in tf.range(n):", "if i > 1:", "total = total // (i - i)  # fails"
    ]  # fmt: skip
    assert division.line.filename == __file__
    with pytest.raises(tf.errors.InvalidArgumentError):
        f(N)


def test_a_loop_that_takes_no_step_cannot_define_a_variable():
    @tf.function
    def last(n):
        for i in tf.range(n):
            doubled = i * 2
        return doubled

    assert int(last(N)) == 4
    with pytest.raises(tf.errors.InvalidArgumentError, match="loop must iterate at least once to initialize doubled"):
        last(tf.constant(0))


def test_with_autograph_off_the_error_names_the_remedy():
    off = tf.function(lambda x: 1 if x > 0 else 2, autograph=False)
    with pytest.raises(tf.errors.OperatorNotAllowedInGraphError, match=r"as a Python `bool` is not allowed.*AutoGraph"):
        off(ONE)


def test_variables_hold_no_symbols_after_an_error():
    class Box:
        value = 1

    box = Box()

    @tf.function
    def f(x):
        if x > 0:
            box.value = x * 2
            raise KeyError("no")
        else:
            box.value = x

    with pytest.raises(KeyError):
        f(ONE)
    assert box.value == 1
