"""Names of a cell that only some of its branches and loops assign, and that nothing in the cell reads afterwards."""

from __future__ import annotations

from typing import Any

from malt.operators.variables import Undefined

from eagernb.autograph.operators.kinds import is_of_graphs


class Optional(Undefined):
    """Stands for a name that need not be defined: unlike one in a function, it may be meant for the next cell.

    Where one branch of an `if` on a tensor assigns it and the other does not, it stays undefined.
    """

    __slots__ = ()


def or_optional(value: Any, before: Any) -> Any:
    """A value; or, if a graph cannot hold it and its name need not be defined, what stands for it."""
    return before if isinstance(before, Optional) and not is_of_graphs(value) else value
