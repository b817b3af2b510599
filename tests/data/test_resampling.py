"""rejection_resample: the shares of the classes, and what an element is afterwards."""

from __future__ import annotations

import pytest

import eagernb as tf


@pytest.mark.parametrize("initial", [None, [0.9, 0.1]])
def test_each_class_has_its_share(initial):
    data = tf.data.Dataset.range(2000).shuffle(2000, seed=1)
    resampled = data.rejection_resample(lambda i: tf.cast(i >= 1800, tf.int32), [0.25, 0.75], initial, seed=2)
    labels = [int(label) for label, _ in resampled]
    assert labels.count(1) >= 180  # of the class that is too rare, next to none is left out
    assert 0.6 < labels.count(1) / len(labels) < 0.9


def test_an_element_stays_with_its_own_class():
    data = tf.data.Dataset.range(100)
    for label, i in data.rejection_resample(lambda i: i % 2, [0.5, 0.5], [0.5, 0.5]):
        assert int(label) == int(i) % 2


def test_elements_of_several_parts_stay_together():
    data = tf.data.Dataset.from_tensor_slices({"x": tf.range(4.0), "y": [0, 1, 0, 1]})
    resampled = data.rejection_resample(lambda d: d["y"], [0.5, 0.5], [0.5, 0.5])
    assert [(int(c), float(d["x"]), int(d["y"])) for c, d in resampled] == [
        (0, 0.0, 0), (1, 1.0, 1), (0, 2.0, 0), (1, 3.0, 1),
    ]  # fmt: skip


def test_a_class_that_is_not_wanted_does_not_come():
    data = tf.data.Dataset.range(50)
    assert {int(c) for c, _ in data.rejection_resample(lambda i: i % 3, [0.5, 0.5, 0.0])} == {0, 1}
