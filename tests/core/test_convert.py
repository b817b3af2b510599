"""From Python and NumPy values to tensors: the corners that parity cases do not reach."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import eagernb as tf
from eagernb.core.dtypes import ALL, as_dtype, bfloat16, string

NUMPY_DTYPES = st.sampled_from([d.numpy for d in ALL if d not in (string, bfloat16)])  # Hypothesis makes no bfloat16


@given(hnp.arrays(NUMPY_DTYPES, hnp.array_shapes(min_dims=0, min_side=0, max_side=3)))
def test_numpy_arrays_come_back_to_the_bit(array: np.ndarray) -> None:
    x = tf.constant(array)
    assert x.dtype == array.dtype
    assert x.shape == array.shape
    assert np.asarray(x.numpy()).tobytes() == array.tobytes()


@given(hnp.arrays(np.float32, (4, 3)))
def test_arrays_that_are_not_contiguous_come_back(array: np.ndarray) -> None:
    for view in (array.T, array[::-2], array[:, 1], np.asfortranarray(array)):
        assert tf.constant(view).numpy().tobytes() == np.ascontiguousarray(view).tobytes()


@given(st.lists(st.integers(-(2**31), 2**31 - 1)))
def test_python_ints_are_int32(values: list[int]) -> None:
    x = tf.constant(values, dtype=None if values else tf.int32)
    assert x.dtype == tf.int32
    assert x.numpy().tolist() == values


def test_other_operand_takes_the_tensors_dtype() -> None:
    x = tf.constant([1.0], tf.float64)
    for other in (2, 2.0, True, np.float32(2), np.int64(2), np.array([2], np.int8), [2]):
        assert (x + other).dtype == tf.float64
        assert (other + x).dtype == tf.float64
        assert isinstance(other + x, tf.Tensor)


def test_mixed_lists_of_tensors_and_numbers_are_stacked() -> None:
    x = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.convert_to_tensor([[1.0, x], [x * x, 0.0]]))
    assert tape.gradient(y, x).numpy() == 5.0


@pytest.mark.parametrize("value", [[1, "a"], ["a", 1], [[1], [2, 3]], object(), {1: 2}, [None], None])
def test_what_no_tensor_holds_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"tensor|Tensor"):
        tf.constant(value)


def test_text_is_kept_as_utf8() -> None:
    x = tf.constant(["é", b"raw", ""])
    assert x.dtype == tf.string
    assert x.numpy().tolist() == ["é".encode(), b"raw", b""]
    assert (x == "é").numpy().tolist() == [True, False, False]
    assert x[1].numpy() == b"raw"
    with pytest.raises(TypeError, match="string"):
        x * x


@pytest.mark.parametrize("name", [None, int, "float8", object(), np.dtype("M8[s]")])
def test_what_is_no_dtype_is_refused(name: object) -> None:
    with pytest.raises(TypeError, match="Cannot convert"):
        as_dtype(name)


@pytest.mark.parametrize(
    ("operand", "remedy"), [(1.5, "tf.cast(x, tf.float32)"), ([1.5, 2.5], "tf.cast(x, tf.float32)"), ("a", "tf.cast")]
)
def test_a_number_that_does_not_fit_the_tensor_names_the_operation_and_the_remedy(operand: object, remedy: str) -> None:
    with pytest.raises(tf.errors.InvalidArgumentError) as caught:
        tf.constant([1, 2]) * operand
    message = str(caught.value)
    assert message.startswith("multiply of int32 and ")
    assert repr(operand) in message
    assert remedy in message


def test_rows_of_different_lengths_are_shown() -> None:
    with pytest.raises(ValueError, match=r"\[\[1, 2\], \[3\]\]"):
        tf.constant([[1, 2], [3]])
