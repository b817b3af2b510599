"""Numbers with their units: three digits, in the unit that suits."""

from __future__ import annotations

import pytest

from eagernb.notebook import quantities


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (999_600, "1 MB"), (12_345_678, "12.3 MB")]
)
def test_bytes_have_three_digits(number: int, text: str) -> None:
    assert quantities.nbytes(number) == text


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 ns"), (999.7, "1 µs"), (12_340, "12.3 µs"), (60e9, "60 s"), (5000e9, "5000 s")]
)
def test_times_have_three_digits(number: float, text: str) -> None:
    assert quantities.duration(number) == text
