"""Tensors to and from other array libraries."""

import subprocess
import sys

import numpy as np
import pytest

import eagernb as tf
import eagernb.numpy as xp

VALUES = np.array([[1, 0, 3], [4, 5, 6]])
DTYPES = [
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64",
    "complex64", "complex128",
]  # fmt: skip


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    "value", [VALUES, VALUES.T[::2], VALUES[:0], np.array(1)], ids=["2d", "strided", "empty", "0d"]
)
def test_there_and_back(dtype: str, value: np.ndarray) -> None:
    given = tf.constant(value.astype(dtype))
    there = np.from_dlpack(given)
    np.testing.assert_array_equal(there, given.numpy(), strict=True)
    back = xp.from_dlpack(there)
    np.testing.assert_array_equal(np.asarray(back), given.numpy(), strict=True)
    by_capsule = tf.experimental.dlpack.from_dlpack(tf.experimental.dlpack.to_dlpack(given))
    np.testing.assert_array_equal(by_capsule.numpy(), given.numpy(), strict=True)


def test_a_reader_shares_the_memory_and_cannot_write() -> None:
    x = tf.constant([1.0, 2.0])
    there = np.from_dlpack(x)
    assert np.shares_memory(there, np.asarray(x))
    assert not there.flags.writeable


def test_a_reader_who_may_write_gets_a_copy() -> None:
    x = tf.constant([1.0, 2.0])
    assert not np.shares_memory(np.from_dlpack(OldReader(x)), np.asarray(x))
    with pytest.raises(BufferError, match="read-only"):
        x.__dlpack__(copy=False)
    assert not np.shares_memory(np.from_dlpack(x, copy=True), np.asarray(x))


class OldReader:
    """Reads as libraries did before DLPack 1.0."""

    def __init__(self, x: tf.Tensor) -> None:
        self._x = x

    def __dlpack__(self, **kwargs: object) -> object:
        return self._x.__dlpack__()

    def __dlpack_device__(self) -> object:
        return self._x.__dlpack_device__()


def test_what_arrives_is_a_value_of_its_own() -> None:
    source = np.array([1.0, 2.0])
    x, shared = xp.from_dlpack(source), xp.from_dlpack(source, copy=False)
    source[0] = 9.0
    assert np.asarray(x).tolist() == [1.0, 2.0]
    assert np.asarray(shared).tolist() == [9.0, 2.0]


def test_there_is_one_device() -> None:
    x = tf.constant([1.0])
    assert x.__dlpack_device__() == (1, 0)
    with pytest.raises(BufferError):
        x.__dlpack__(dl_device=(2, 0), max_version=(1, 0))


def test_what_dlpack_has_no_name_for() -> None:
    for x in (tf.constant("text"), tf.constant(1.0, tf.bfloat16)):
        with pytest.raises(BufferError):
            np.from_dlpack(x)


def test_capsules_are_read_once() -> None:
    capsule = tf.experimental.dlpack.to_dlpack(tf.constant([1]))
    tf.experimental.dlpack.from_dlpack(capsule)
    with pytest.raises(tf.errors.InvalidArgumentError, match="once"):
        tf.experimental.dlpack.from_dlpack(capsule)


def test_wrong_arguments() -> None:
    with pytest.raises(tf.errors.InvalidArgumentError):
        tf.experimental.dlpack.to_dlpack(np.ones(2))
    with pytest.raises(TypeError):
        tf.experimental.dlpack.from_dlpack(np.ones(2))


def test_a_reversed_tensor_is_copied() -> None:
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])[:, ::-1]
    array = np.from_dlpack(x)
    assert array.tolist() == [[2.0, 1.0], [4.0, 3.0]]
    assert min(array.strides) > 0  # PyTorch ends the process where a stride is negative
    assert not array.flags.writeable
    with pytest.raises(BufferError, match="reversed"):
        x.__dlpack__(max_version=(1, 0), copy=False)


def test_importing_eagernb_is_enough() -> None:
    program = "import numpy as np, eagernb as tf; print(np.from_dlpack(tf.constant([1.0, 2.0])))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "[1. 2.]\n"
