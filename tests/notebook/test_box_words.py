"""What stands on a box."""

from __future__ import annotations

import pytest

from eagernb.notebook.box_words import operation_text


@pytest.mark.parametrize(
    ("name", "label", "symbol"),
    [("add", "+", "+"), ("exp", "eˣ", "eˣ"), ("transpose", "xᵀ", "xᵀ"), ("reduce_mean", "mean", ""), ("x", "", "")],
)
def test_a_label_is_a_symbol_unless_it_is_a_word(name: str, label: str, symbol: str) -> None:
    assert operation_text(name, label) == (name, symbol)
