from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eagernb.viz import Box, Diagram, Edge, Group, Repeat, draw_once, find_repeats


def drawn(keys: str) -> str:
    """Only what is drawn, in order."""
    stands_for, _ = find_repeats(keys)
    return "".join(key for place, key in enumerate(keys) if stands_for[place] == place)


@pytest.mark.parametrize(
    ("keys", "once", "times"),
    [
        ("", "", []),
        ("abcab", "abcab", []),
        ("aa", "aa", []),
        ("aaa", "a", [3]),
        ("xabababy", "xaby", [3]),
        ("abcccdabcccdabcccd", "abcd", [3, 3]),
        ("abccdabccdabccd", "abccd", [3]),
        ("aaab" * 5, "ab", [5, 3]),
        ("ab" * 4 + "cd" * 3, "abcd", [4, 3]),
        ("aaabaaaabaaab", "ababab", [3, 4, 3]),
        ("abaa" * 3, "abaa", [3]),
    ],
)
def test_what_repeats_is_there_once(keys: str, once: str, times: list[int]) -> None:
    assert drawn(keys) == once
    assert [repeat.times for repeat in find_repeats(keys)[1]] == times


def test_inner_repeats_lie_in_outer_ones() -> None:
    _, repeats = find_repeats("abbbc" * 3)
    assert repeats == [Repeat(3, (0, 1, 4)), Repeat(3, (1,), parent=0)]


@given(st.lists(st.integers(0, 3), max_size=60))
def test_each_place_stands_for_one_that_looks_the_same(keys: list[int]) -> None:
    stands_for, repeats = find_repeats(keys)
    assert all(keys[place] == keys[first] for place, first in enumerate(stands_for))
    assert all(stands_for[first] == first <= place for place, first in enumerate(stands_for))
    for repeat in repeats:
        assert repeat.times >= 3
        assert all(stands_for[place] == place for place in repeat.places)
        if repeat.parent is not None:
            assert set(repeat.places) <= set(repeats[repeat.parent].places)
    # All that is left out is accounted for.
    inner = dict.fromkeys(stands_for, 1)
    for repeat in repeats:
        for place in repeat.places:
            inner[place] *= repeat.times
    assert sum(inner.values()) == len(keys)


@given(st.lists(st.integers(0, 9), max_size=9), st.integers(3, 50))
def test_a_stretch_that_repeats_is_never_drawn_twice(keys: list[int], times: int) -> None:
    stands_for, _ = find_repeats(keys * times)
    assert len(set(stands_for)) <= len(keys)


def test_ten_thousand_of_anything_are_no_matter() -> None:
    for keys in (range(10_000), [i % 7 for i in range(10_000)], [0] * 10_000, [i * i % 11 for i in range(10_000)]):
        stands_for, _ = find_repeats(list(keys))
        assert len(stands_for) == 10_000


def chain(turns: int, grouped: bool = False) -> Diagram:
    """x -> f -> g -> f -> g ..., each f with a constant of its own."""
    names = [f"{name}{turn}" for turn in range(turns) for name in "fg"]
    boxes = [Box("x", "x", kind="input"), *(Box(name, name[0]) for name in names)]
    constants = [Box(f"c{turn}", "0.5", kind="constant") for turn in range(turns)]
    edges = [Edge(one, other) for one, other in zip(["x", *names], names, strict=False)]
    edges += [Edge(f"c{turn}", f"f{turn}") for turn in range(turns)]
    groups = (Group("all", "All", tuple(names)),) if grouped else ()
    return Diagram("Chain", "", (*boxes, *constants), tuple(edges), groups)


def folded(diagram: Diagram) -> tuple[Diagram, dict[str, str]]:
    ids = [box.id for box in diagram.boxes if box.kind == "op"]
    stands_for, repeats = find_repeats([name[0] for name in ids])
    return draw_once(diagram, {box: ids[place] for box, place in zip(ids, stands_for, strict=True)}, repeats, ids)


def test_a_loop_is_drawn_as_one_turn_with_its_way_round() -> None:
    once, drawn_as = folded(chain(100))
    assert [(box.id, box.badge) for box in once.boxes] == [("x", ""), ("f0", "×100"), ("g0", "×100"), ("c0", "")]
    assert [(edge.source, edge.target, edge.kind) for edge in once.edges] == [
        ("x", "f0", "data"),
        ("f0", "g0", "data"),
        ("g0", "f0", "loop"),
        ("c0", "f0", "data"),
    ]
    assert [(group.title, group.box_ids) for group in once.groups] == [("× 100", ("f0", "g0", "c0"))]
    assert drawn_as["g57"] == "g0"
    assert drawn_as["c99"] == "c0"


def test_a_repeat_lies_in_the_frame_that_it_is_part_of() -> None:
    once, _ = folded(chain(5, grouped=True))
    assert [(group.id, group.parent, group.box_ids) for group in once.groups] == [
        ("all", "", ()),
        ("repeat0", "all", ("f0", "g0", "c0")),
    ]


def test_a_repeat_that_spans_frames_has_them_inside() -> None:
    names = [f"{name}{turn}" for turn in range(4) for name in "fb"]
    groups = tuple(Group(key, key.upper(), tuple(n for n in names if n[0] == key), key) for key in "fb")
    edges = tuple(Edge(one, other) for one, other in pairwise(names))
    once, _ = folded(Diagram("D", "", tuple(Box(name, name[0]) for name in names), edges, groups))
    assert [(group.title, group.parent, group.box_ids) for group in once.groups] == [
        ("× 4", "", ()),
        ("F", "repeat0", ("f0",)),
        ("B", "repeat0", ("b0",)),
    ]
