"""Device placement is said on standard error while it is asked for."""

import pytest

import eagernb as tf


def test_each_operation_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    tf.debugging.set_log_device_placement(True)
    try:
        assert tf.debugging.get_log_device_placement()
        tf.constant([1.0]) + tf.constant([2.0])
    finally:
        tf.debugging.set_log_device_placement(False)
    tf.constant([1.0]) * tf.constant([2.0])
    assert capfd.readouterr().err == "Executing op add in device /job:localhost/replica:0/task:0/device:CPU:0\n"
    assert not tf.debugging.get_log_device_placement()
