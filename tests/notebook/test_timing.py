"""Timing operations again, and the widget that shows it."""

from __future__ import annotations

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.dispatch import current
from eagernb.notebook.recorder import Recorder
from eagernb.notebook.timing import Call, Spread, recorded_calls, time_calls
from eagernb.notebook.widget import TimingWidget


def calls_of(function):
    recorder = Recorder("", keep_calls=True)
    with recorder:
        function()
    return recorded_calls(recorder.recording, recorder.calls)


def test_every_pure_operation_is_timed_and_no_effect_is_repeated():
    v = tf.Variable([1.0, 2.0])

    def cell():
        v.assign_add(tf.exp(v) * 2.0)

    calls = calls_of(cell)
    after = v.numpy()
    timings = time_calls(calls, 4)
    np.testing.assert_array_equal(v.numpy(), after)
    by_label = {t.label: t for t in timings}
    assert by_label["exp"].kernel.median > 0
    assert by_label["exp"].dispatch.median > 0
    assert by_label["assign_add"].kernel is None
    assert by_label["read_variable"].kernel is None


def test_random_operations_do_not_move_the_generator_on():
    tf.random.set_seed(4)
    calls = calls_of(lambda: tf.random.normal([3]))
    time_calls(calls, 10)
    later = tf.random.normal([3])
    tf.random.set_seed(4)
    tf.random.normal([3])
    np.testing.assert_array_equal(tf.random.normal([3]).numpy(), later.numpy())


def test_quartiles():
    # of 1..9 the quartiles are 3, 5 and 7, whatever the order
    assert Spread.of([9, 1, 8, 2, 7, 3, 6, 4, 5]) == Spread(median=5, low=3, high=7)
    assert Spread.of([7]) == Spread(7, 7, 7)


def test_no_rounds_is_an_error():
    with pytest.raises(ValueError, match="at least 1"):
        time_calls([], 0)


def test_progress_is_told_each_round():
    told = []
    time_calls([], 3, told.append)
    assert told == [1, 2, 3]


def test_timing_is_not_seen_by_an_active_recorder():
    calls = calls_of(lambda: tf.exp(tf.constant([1.0])))
    with Recorder("") as recorder:
        time_calls(calls, 2)
    assert recorder.recording.ops == []
    assert current() is None


def test_the_widget_measures_and_its_traits_say_so():
    widget = TimingWidget(calls_of(lambda: tf.exp(tf.constant([1.0])) + 1.0), "title")
    timings = widget.run(7)
    assert widget.rounds == 7
    assert not widget.running
    assert widget.progress == 1.0
    assert [row["label"] for row in widget.rows] == ["exp", "add"]
    low, median, high = widget.rows[0]["kernel"]
    assert low <= median <= high
    assert timings[0].kernel.median == median


def test_an_interrupted_measurement_can_be_run_again():
    calls = calls_of(lambda: tf.exp(tf.constant([1.0])))
    broken = Call(calls[0].op, (tf.constant([1.0]),), {"nonsense": 1}, "x", "", None)
    widget = TimingWidget([broken], "title")
    with pytest.raises(tf.errors.InvalidArgumentError):
        widget.run(2)
    assert not widget.running
    assert "nonsense" in widget.error
