from __future__ import annotations

import pytest

from eagernb.viz import metrics


def test_bold_is_wider() -> None:
    assert metrics.width("matmul", 12, bold=True) > metrics.width("matmul", 12)


@pytest.mark.parametrize(
    "text", ["W" * 5000, "i" * 5000, "日本" * 900, "😀" * 900, "Щ" * 900, "e" + "\u0301" * 100_000]
)
def test_clipped_text_fits_and_says_that_it_was_cut(text: str) -> None:
    clipped = metrics.clip(text, 10, 150)
    assert metrics.width(clipped, 10) <= 150
    assert len(clipped) <= 151
    assert clipped.endswith("…")


def test_text_that_fits_exactly_is_left_alone() -> None:
    assert metrics.clip("matmul", 10, metrics.width("matmul", 10)) == "matmul"
    assert metrics.clip("matmul", 10, metrics.width("matmul", 10) - 0.01) != "matmul"


def test_characters_without_a_known_width_are_not_underestimated() -> None:
    # Widths of 1000 point text in Liberation Sans, Noto and DejaVu.
    for char, real in {
        "中": 1000,
        "😀": 1240,
        "Щ": 1000,
        "→": 1000,
        "Ω": 802,
        "∇": 713,
        "∂": 556,
        "א": 668,
    }.items():
        assert metrics.width(char, 1000) >= real


def test_combining_marks_take_no_room() -> None:
    assert metrics.width("e\u0301", 10) == metrics.width("e", 10)
