"""Options of the magics."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from eagernb.errors import MagicOptionError
from eagernb.notebook.options import CellOptions, CompareOptions, EagerOptions, GraphOptions, option, parse
from eagernb.passes import DEFAULT, level_passes


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


@pytest.mark.parametrize(
    ("line", "passes"),
    [
        ("", DEFAULT),
        ("-O3", DEFAULT),
        ("-O0", ()),
        ("-O 1", level_passes(1)),
        ("--passes cse,dead_code", ("cse", "dead_code")),
        ("--passes 'dead_code, cse'", ("dead_code", "cse")),
        ("--passes ''", ()),
    ],
)
@pytest.mark.parametrize("kind", [GraphOptions, CompareOptions])
def test_passes_by_level_or_by_name(line, passes, kind):
    assert parse("%%graph", line, kind).pass_names == passes


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("-O4", "%%graph: -O needs a level from 0 to 3, as in -O2, not '4'"),
        ("-Ofast", "from 0 to 3"),
        (
            "--passes cse,dead_cod",
            "%%graph: --passes cse,dead_cod: There is no pass 'dead_cod'. Did you mean dead_code?",
        ),
        ("--passes zzz", "The passes are: "),
    ],
)
def test_levels_and_passes_that_do_not_exist(line, message):
    with pytest.raises(MagicOptionError, match=re.escape(message)):
        parse("%%graph", line, GraphOptions)
