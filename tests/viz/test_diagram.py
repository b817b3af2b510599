from __future__ import annotations

import pytest

from eagernb.viz import Box, Diagram, Edge, Group

A, B = Box("a", "a"), Box("b", "b")


def test_unknown_kinds_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"kind 'opp'.*gradient"):
        Box("a", "a", kind="opp")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"kind 'date'.*control"):
        Edge("a", "b", kind="date")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (((A, A), ()), "two boxes .* id 'a'"),
        (((A,), (Edge("a", "zz"),)), "'zz', which is not a box"),
        (((A,), (), (Group("g", "G", ("zz",)),)), "'zz', which is not a box"),
        (((A, B), (), (Group("g", "G", ("a",)), Group("h", "H", ("b", "a")))), "'a' is in two groups"),
    ],
)
def test_inconsistent_diagrams_are_refused(parts: tuple, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Diagram("D", "", *parts)


def test_a_group_lies_in_one_that_stands_before_it() -> None:
    outer, inner = Group("o", "O", ()), Group("i", "I", ("a",), parent="o")
    assert Diagram("D", "", (A,), (), (outer, inner)).groups[1].parent == "o"
    with pytest.raises(ValueError, match="'i' lies in 'o', which is no group before it"):
        Diagram("D", "", (A,), (), (inner, outer))
