from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from eagernb.notebook.glance import BINS, glance
from eagernb.notebook.recording import RecordedTensor
from eagernb.notebook.tensor_words import spread_text, value_text


def test_the_range_the_mean_and_the_spread_are_those_of_the_elements() -> None:
    look = glance(np.float32([0, 1, 1, 7, 8, 8, 8, 3]))
    assert look is not None
    assert (look.low, look.high, look.mean) == (0, 8, 4.5)
    assert look.bins == (1, 2, 0, 1, 0, 0, 0, 4), "the greatest belongs to the last range"
    assert look.cells == (0, 1, 1, 7, 8, 8, 8, 3)


@given(
    arrays.arrays(
        st.sampled_from([np.float16, np.float32, np.float64, np.int8, np.uint8, np.int64, np.uint64, np.bool_]),
        arrays.array_shapes(min_dims=0, max_side=9),
    )
)
def test_any_array_of_numbers_has_a_glance(array: np.ndarray) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        look = glance(array)
    assert look is not None
    finite = array[np.isfinite(array)].astype(np.float64)
    assert look.odd == array.size - finite.size
    assert sum(look.bins) == finite.size
    if finite.size:
        assert len(look.bins) == BINS
        assert look.low <= look.mean <= look.high or np.isclose(look.mean, [look.low, look.high]).any()


@pytest.mark.parametrize("array", [np.array(["a"]), np.zeros([0, 3]), np.array([1 + 2j])])
def test_what_has_no_range_has_no_glance(array: np.ndarray) -> None:
    assert glance(array) is None


def test_numbers_of_other_kinds_have_one_too() -> None:
    assert glance(np.array([1, 2, 3], ml_dtypes.bfloat16)).mean == 2  # type: ignore[union-attr]
    assert glance(np.float32(3)).bins == (0, 0, 0, 0, 1, 0, 0, 0)  # type: ignore[union-attr]
    assert glance(np.array([True, False, False, True])).mean == 0.5  # type: ignore[union-attr]


def test_nan_and_infinity_are_counted_and_spoil_nothing() -> None:
    look = glance(np.float32([1, np.nan, np.inf, 3]))
    assert look is not None
    assert (look.low, look.high, look.mean, look.odd) == (1, 3, 2, 2)
    assert glance(np.float32([np.nan])).odd == 1  # type: ignore[union-attr]


def test_what_rounding_keeps_from_zero_is_zero() -> None:
    look = glance(np.float32([1, -1, 3e-8]))
    assert look is not None
    assert look.mean == 0
    assert look.cells == (1, -1, 0)
    assert glance(np.float32([1, -1, 3e-4])).mean == pytest.approx(1e-4)  # type: ignore[union-attr]


def test_of_a_huge_array_a_sample_is_looked_at_and_said_so() -> None:
    array = np.arange(2**20, dtype=np.float32)
    look = glance(array)
    assert look is not None
    assert 0 < look.sampled < array.size // 10
    assert look.mean == pytest.approx(array.mean(), rel=0.01)
    assert f"of {look.sampled:,} elements" in value_text(recorded(array))


def recorded(array: Any) -> RecordedTensor:
    array = np.asarray(array)
    return RecordedTensor(1, array.shape, array.dtype.name, "preview", array.nbytes, glance=glance(array))


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.float32([1, 2]), "preview"),
        (np.arange(10), "0 to 9, mean 4.5"),
        (np.zeros(10), "all 0"),
        (np.full(10, np.nan), "10 NaN or infinite"),
        (np.array([np.inf, *range(10)]), "1 NaN or infinite, 0 to 9, mean 4.5"),
    ],
)
def test_a_value_is_told_by_its_elements_or_by_its_range(array: Any, words: str) -> None:
    assert value_text(recorded(array)) == words


def test_a_single_element_is_seen_in_the_histogram() -> None:
    text = spread_text(glance(np.array([*[0.0] * 1000, 1.0])))
    assert text[0] == "█"
    assert text[1] == "▁"
    assert text[-1] == "▂"


def test_looking_keeps_nothing_of_the_array(result: Callable[..., Any]) -> None:
    recording = result("eager", "y = tf.ones([100, 100]) * 2.0", "")
    (out,) = recording.ops[-1].outputs
    assert len(repr(out)) < 600
