from __future__ import annotations

from eagernb.viz import Box, Diagram, Edge, Group, describe


def test_boxes_are_counted_by_kind_and_edges_by_what_they_carry() -> None:
    boxes = (Box("a", "a", kind="input"), Box("b", "b"), Box("c", "c"), Box("d", "d", kind="gradient"))
    edges = (Edge("a", "b"), Edge("b", "c"), Edge("c", "d", kind="saved"))
    groups = (Group("f", "Forward", ("b", "c")), Group("g", "Backward", ("d",)))
    assert describe(Diagram("Step", "", boxes, edges, groups)) == (
        "Step: a diagram of 4 boxes, 1 input, 2 operations and 1 gradient operation, grouped as Forward "
        "and Backward. 3 arrows between them carry 2 values and a value kept for the backward pass."
    )


def test_boxes_without_edges_are_one_sentence() -> None:
    assert describe(Diagram("One", "", (Box("a", "a"),), ())) == "One: a diagram of 1 box, 1 operation."


def test_a_huge_title_is_cut() -> None:
    assert len(describe(Diagram("t" * 100_000, "", (Box("a", "a"),), ()))) < 300


def test_groups_within_groups_are_told() -> None:
    groups = (
        Group("w", "while: i < n", ("a",)),
        Group("c", "condition", ("b",), parent="w"),
        Group("t", "body", (), parent="w"),
    )
    assert describe(Diagram("Loop", "", (Box("a", "a"), Box("b", "b")), (), groups)) == (
        "Loop: a diagram of 2 boxes, 2 operations, grouped as while: i < n. while: i < n holds condition and body."
    )
