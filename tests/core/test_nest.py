"""Structures: of attrs classes too."""

from types import SimpleNamespace
from typing import ClassVar

from eagernb.core import nest


class Point:
    """What attrs makes of a class, as far as nest looks at it."""

    __attrs_attrs__: ClassVar = (SimpleNamespace(name="x"), SimpleNamespace(name="y"))

    def __init__(self, x: object, y: object) -> None:
        self.x, self.y = x, y


def test_attrs_classes_are_taken_apart_and_made_again() -> None:
    point = nest.map_structure(lambda v: v + 1, Point(1, [2, 3]))
    assert isinstance(point, Point)
    assert (point.x, point.y) == (2, [3, 4])
    assert nest.flatten(Point(1, [2, 3])) == [1, 2, 3]
