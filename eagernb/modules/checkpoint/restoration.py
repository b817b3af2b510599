"""What restoring a checkpoint does: objects are matched with the nodes of its graph, and take over their values."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from eagernb.core.dispatch import suspended
from eagernb.core.variable import Variable
from eagernb.data.iterator import Iterator
from eagernb.errors import InvalidArgumentError
from eagernb.modules.checkpoint.bundle import Bundle
from eagernb.modules.checkpoint.objects import (
    ITERATOR_STATE,
    OBJECT_GRAPH,
    VARIABLE_VALUE,
    Node,
    graph_messages,
    identity,
    is_tracked,
    parts,
)
from eagernb.modules.module import Tracked

_MOST_SHOWN = 10


class Restoration:
    """A checkpoint that is being restored: which object was found for which of its nodes.

    It goes on for as long as the objects live: an attribute that is set later takes over its values then.
    """

    def __init__(self, bundle: Bundle) -> None:
        if OBJECT_GRAPH not in bundle:
            raise ValueError(
                f"{bundle.prefix} has variables by their names, not by the objects that hold them: "
                "tf.compat.v1.train.Saver wrote it. Read single arrays with tf.train.load_variable."
            )
        self.bundle = bundle
        self.nodes = graph_messages().ObjectGraph.FromString(bundle.read(OBJECT_GRAPH)[()]).nodes
        self.found: dict[int, Any] = {}

    def match(self, thing: Any, number: int, more: Mapping[str, Any] = {}) -> None:
        """Give an object the values of a node, and its parts those of the node's children.

        ``more`` are further parts of the object. Nothing has changed where a value does not fit: ValueError for
        another shape, InvalidArgumentError for another dtype.
        """
        found: dict[int, Any] = {}
        new_values = []
        waiting = deque([(thing, number, more)])
        while waiting:
            thing, number, more = waiting.popleft()
            if number in self.found or number in found:
                continue
            found[number] = thing
            node = self.nodes[number]
            new_values += [(thing, self._fitting(thing, value)) for value in node.attributes]
            there = parts(thing) | dict(more)
            waiting.extend((there[c.local_name], c.node_id, {}) for c in node.children if c.local_name in there)
        with suspended():  # no tape and no graph that is being traced is concerned
            for thing, value in new_values:
                if isinstance(thing, Variable):
                    thing.assign(value)  # type: ignore[attr-defined]
                else:
                    thing._reading.move_to(value)
        self.found |= found
        for number, thing in found.items():
            if isinstance(thing, Tracked):
                object.__setattr__(thing, "_awaited", Awaited(self, number))

    def _fitting(self, thing: Any, value: Any) -> Any:
        """What the checkpoint has for an object, if it fits."""
        key = value.checkpoint_key
        if isinstance(thing, Iterator) and value.name == ITERATOR_STATE:
            return int(self.bundle.read(key))
        if not isinstance(thing, Variable) or value.name != VARIABLE_VALUE:
            raise ValueError(f"{key} in {self.bundle.prefix} is no value for {thing!r}.")
        dtype, shape = self.bundle.dtype(key), self.bundle.shape(key)
        if not thing.shape.is_compatible_with(shape):
            raise ValueError(
                f"Received incompatible tensor with shape {tuple(shape)} when attempting to restore variable with "
                f"shape {thing.shape} and name {thing.name}, from {key} in {self.bundle.prefix}. Build the object "
                "as it was when the checkpoint was saved."
            )
        if dtype is not thing.dtype:
            raise InvalidArgumentError(
                f"tensor_name = {key}; expected dtype {thing.dtype.name} does not equal original dtype {dtype.name}: "
                f"{self.bundle.prefix} was saved with a variable of that dtype.",
                "restore",
            )
        return self.bundle.read(key)


class Awaited(NamedTuple):
    """What an object has yet to get: the children of a node that were not among its parts."""

    restoration: Restoration
    number: int

    def arrived(self, name: str, value: Any) -> None:
        """An attribute was set: it takes over what the checkpoint has for it."""
        if is_tracked(value):
            for child in self.restoration.nodes[self.number].children:
                if child.local_name == name:
                    self.restoration.match(value, child.node_id)

    def __deepcopy__(self, memo: dict[int, Any]) -> Awaited:
        return self  # of an object and its copy, the first that sets the attribute gets it


class LoadStatus:
    """What ``restore`` gives: its methods say whether all that was meant to be restored has been."""

    def __init__(self, restoration: Restoration, nodes: Callable[[], list[Node]]) -> None:
        self._restoration, self._nodes = restoration, nodes

    def assert_consumed(self) -> LoadStatus:
        """AssertionError where the checkpoint has a value that no object took, or an object got none."""
        self.assert_existing_objects_matched()
        for number, node in enumerate(self._restoration.nodes):
            if node.attributes and number not in self._restoration.found:
                keys = ", ".join(value.checkpoint_key for value in node.attributes)
                raise AssertionError(
                    f"Unresolved object in checkpoint {self._restoration.bundle.prefix}: {keys}. No object of the "
                    "program stands there. If that is meant, call expect_partial() instead."
                )
        return self

    def assert_existing_objects_matched(self) -> LoadStatus:
        """AssertionError where an object that can be reached by now is not in the checkpoint."""
        unmatched = self._unmatched()
        if unmatched:
            raise AssertionError(
                f"Found {len(unmatched)} Python objects that were not bound to checkpointed values, likely due to "
                f"changes in the Python program. Showing {min(len(unmatched), _MOST_SHOWN)} of {len(unmatched)} "
                f"unmatched objects: {unmatched[:_MOST_SHOWN]}"
            )
        return self

    def assert_nontrivial_match(self) -> LoadStatus:
        """AssertionError where nothing but the root was found in the checkpoint."""
        if self._restoration.found.keys() <= {0}:
            raise AssertionError(
                "Nothing except the root object matched a checkpointed value. Typically this means that the checkpoint "
                f"does not match the Python program. The following objects have no matching checkpointed value: "
                f"{self._unmatched()}"
            )
        return self

    def _unmatched(self) -> list[Any]:
        found = {identity(thing) for thing in self._restoration.found.values()}
        things = [node.thing for node in self._nodes()]
        containers = (list, tuple, dict)
        return [t for t in things if identity(t) not in found and not (isinstance(t, containers) and not parts(t))]

    def expect_partial(self) -> LoadStatus:
        """Say that parts may be missing; there is no warning of that here."""
        return self

    def initialize_or_restore(self, session: Any = None) -> None:
        """Nothing to do: values are there as soon as ``restore`` returns."""

    run_restore_ops = initialize_or_restore


class NothingRestored:
    """What ``restore(None)`` gives."""

    def assert_consumed(self) -> Any:
        raise AssertionError("No checkpoint specified (save_path=None); nothing is being restored.")

    assert_existing_objects_matched = assert_nontrivial_match = assert_consumed

    def expect_partial(self) -> NothingRestored:
        return self

    def initialize_or_restore(self, session: Any = None) -> None:
        """Nothing to do: variables have their first values."""

    def run_restore_ops(self, session: Any = None) -> None:
        raise AssertionError("No checkpoint specified, so no restore ops are available (save_path=None to restore).")
