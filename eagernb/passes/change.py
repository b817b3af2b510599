"""What a pass says that it did."""

from __future__ import annotations

from typing import NamedTuple

from eagernb.graph.ir import Node


class Change(NamedTuple):
    """One step of a pass in a plain sentence; the nodes that went, and the one that stands for them now, if any.

    ``inside`` says in which graph of a node of the graph they are, if they are in one.
    """

    sentence: str
    removed: tuple[Node, ...]
    kept: Node | None = None
    inside: str = ""

    @property
    def subject(self) -> Node:
        """The node that the sentence is about."""
        subject = self.removed[0] if self.removed else self.kept
        assert subject is not None, "a change of no node"
        return subject
