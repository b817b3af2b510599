"""explain_retracing: which argument changed against the nearest earlier trace, and what to do."""

import logging

import pytest

import eagernb as tf


def explained(f, *calls) -> list[str]:
    for arguments in calls:
        f(*arguments)
    return str(tf.explain_retracing(f)).splitlines()


def test_python_value() -> None:
    lines = explained(tf.function(lambda x, n: x, name="f"), (tf.constant(1.0), 1), (tf.constant(1.0), 2))
    assert lines == [
        "f was traced 2 times.",
        "Trace 1: the first.",
        "Trace 2: the Python value of 'n' changed from 1 to 2.",
        "  Pass a tensor, tf.constant(2), to use one trace for all values.",
    ]


def test_shape_and_what_spec_fits_both() -> None:
    lines = explained(tf.function(lambda x: x), (tf.ones([2, 3]),), (tf.ones([4, 3]),))
    assert lines[2] == "Trace 2: the shape of 'x' changed from (2, 3) to (4, 3)."
    assert "tf.TensorSpec([None, 3], tf.float32)" in lines[3]
    assert "reduce_retracing=True" in lines[3]


def test_the_spec_that_is_proposed_works() -> None:
    f = tf.function(lambda x: x, input_signature=[tf.TensorSpec([None, 3], tf.float32)])
    assert len(explained(f, (tf.ones([2, 3]),), (tf.ones([4, 3]),))) == 2


def test_rank_dtype_kind_and_structure() -> None:
    f = tf.function(lambda x: 0, name="f")
    lines = explained(f, (tf.ones([2]),), (tf.ones([2, 2]),), (tf.ones([2], tf.int32),), (5,), ([tf.ones([2])],))
    assert lines[2:] == [
        "Trace 2: the shape of 'x' changed from (2,) to (2, 2).",
        "  Reshape it to one rank before the call.",
        "Trace 3: the dtype of 'x' changed from float32 to int32.",
        "  Use tf.cast(x, tf.float32) before the call.",
        "Trace 4: 'x' was a tensor and is a Python int now.",
        "  Pass a tensor every time.",
        "Trace 5: the structure of 'x' changed.",
        "  Pass the same kind of lists, tuples and dicts, of the same lengths.",
    ]


def test_the_nearest_earlier_trace_is_compared_with_not_the_last() -> None:
    f = tf.function(lambda x, n, m: 0)
    x = tf.constant(1.0)
    lines = explained(f, (x, 1, 1), (x, 2, 2), (x, 1, 3))
    assert "Trace 3 (nearest to trace 1): the Python value of 'm' changed from 1 to 3." in lines


def test_every_argument_that_changed_is_named() -> None:
    lines = explained(tf.function(lambda x, n: 0), (tf.ones([1]), "a"), (tf.ones([2]), "b"))
    assert lines[2] == (
        "Trace 2: the shape of 'x' changed from (1,) to (2,); the Python value of 'n' changed from 'a' to 'b'."
    )


def test_arguments_in_structures_and_by_keyword() -> None:
    f = tf.function(lambda *xs, **ks: 0)
    one = tf.constant(1)
    f(one, {"k": one}, mode="a")
    f(one, {"k": tf.constant(1.0)}, mode="a")
    f(one, {"k": one}, mode="b")
    report = tf.explain_retracing(f)
    assert [t.differences[0].argument for t in report.traces[1:]] == ["xs", "ks"]
    assert "int32 to float32" in str(report)
    assert "'a' to 'b'" in str(report)


def test_fifth_trace_for_one_reason_is_warned_of_once(caplog: pytest.LogCaptureFixture) -> None:
    f = tf.function(lambda x, n: x, name="step")
    with caplog.at_level(logging.WARNING, logger="eagernb"):
        for n in range(5):
            f(tf.constant(1.0), n)
        assert not caplog.records  # the first trace has no reason
        for n in range(5, 12):
            f(tf.constant(1.0), n)
    [record] = caplog.records
    assert "step was traced 5 times because the Python value of 'n' changed" in record.getMessage()
    assert "tf.constant(5)" in record.getMessage()


def test_changes_for_different_reasons_are_not_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    f = tf.function(lambda x, y: 0)
    with caplog.at_level(logging.WARNING, logger="eagernb"):
        for n in range(1, 5):
            f(tf.ones([n]), tf.constant(0))
            f(tf.ones([1]), n)
    assert not caplog.records


def test_only_for_traced_functions() -> None:
    with pytest.raises(TypeError, match=r"tf\.function"):
        tf.explain_retracing(len)
