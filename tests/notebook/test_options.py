"""Options of the magics."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from eagernb.errors import MagicOptionError
from eagernb.notebook.options import CellOptions, EagerOptions, option, parse


def test_defaults_and_values():
    assert parse("%%eager", "", EagerOptions) == EagerOptions(output=None, help=False, widget=False)
    assert parse("%%eager", "--output rec", EagerOptions).output == "rec"


def test_a_new_option_is_a_field():
    @dataclass
    class More(CellOptions):
        level: str | None = option("-O", metavar="LEVEL", default="2", help="how much")

    assert parse("%%x", "", More).level == "2"
    assert parse("%%x", "-O 3 -o a", More) == More(output="a", level="3")


def test_options_are_not_abbreviated():
    with pytest.raises(MagicOptionError, match="Did you mean --widget"):
        parse("%%eager", "--widg", EagerOptions)


def test_an_option_far_from_all_lists_them():
    with pytest.raises(MagicOptionError, match=r"--output.*--widget"):
        parse("%%eager", "--zzzzzz", EagerOptions)
