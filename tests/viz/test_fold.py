from __future__ import annotations

from eagernb.viz import Box, Diagram, Edge, Group, fold, large_groups


def nested(inner: int = 2, outer: int = 2) -> Diagram:
    """x -> outer operations o0, o1, ... -> y, with inner operations i0, i1, ... in a group within."""
    boxes = [Box("x", "x", kind="input"), *(Box(f"o{i}", "o") for i in range(outer))]
    boxes += [*(Box(f"i{i}", "i") for i in range(inner)), Box("y", "y", kind="output")]
    edges = [Edge("x", "o0"), Edge("x", "i0"), Edge("x", "i1"), Edge("o0", "i0"), Edge("i0", "i1"), Edge("i1", "y")]
    groups = (
        Group("out", "while", tuple(f"o{i}" for i in range(outer)), folds=True, lines=("3 turns",)),
        Group("branch", "body", (), parent="out"),
        Group("in", "cond", tuple(f"i{i}" for i in range(inner)), parent="branch", folds=True),
    )
    return Diagram("D", "", tuple(boxes), tuple(edges), groups)


def ends(diagram: Diagram) -> list[tuple[str, str]]:
    return [(edge.source, edge.target) for edge in diagram.edges]


def test_a_folded_group_is_one_box_in_the_group_around_it() -> None:
    folded = fold(nested(), ["in"])
    assert [box.id for box in folded.boxes] == ["x", "o0", "o1", "in", "y"]
    assert ends(folded) == [("x", "o0"), ("x", "in"), ("o0", "in"), ("in", "y")]
    assert [(group.id, group.box_ids) for group in folded.groups] == [("out", ("o0", "o1")), ("branch", ("in",))]


def test_the_outermost_folded_group_hides_those_inside() -> None:
    folded = fold(nested(), ["in", "out"])
    assert [(box.id, box.title, box.lines, box.kind) for box in folded.boxes[1:2]] == [
        ("out", "while", ("3 turns",), "nested")
    ]
    assert ends(folded) == [("x", "out"), ("out", "y")]
    assert folded.groups == ()


def test_folding_nothing_changes_nothing() -> None:
    diagram = nested()
    assert fold(diagram, []) is diagram


def test_large_groups_are_those_with_many_operations_where_a_folded_one_counts_as_one() -> None:
    assert large_groups(nested(11, 1)) == ()
    assert large_groups(nested(13, 11)) == ("in",)
    assert large_groups(nested(13, 12)) == ("out", "in")
    assert large_groups(nested(6, 7)) == ("out",)
