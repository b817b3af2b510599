"""From objects to the names of values: which parts an object has, and TensorFlow's graph of objects in a checkpoint.

A value's key is the shortest way to its variable, by attributes, places in lists and keys of dicts:
``model/layers/0/w/.ATTRIBUTES/VARIABLE_VALUE``. The graph says which node has which parts and values, so that an object
finds its own by any way to it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.messages import message_classes
from eagernb.core.variable import Variable
from eagernb.data.iterator import Iterator
from eagernb.modules.module import Tracked
from eagernb.ops.random_generator import Generator

OBJECT_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH"
VARIABLE_VALUE = "VARIABLE_VALUE"
ITERATOR_STATE = "ITERATOR_STATE"


@cache
def graph_messages() -> Any:
    """The messages of TensorFlow's trackable_object_graph.proto."""
    return message_classes(
        "eagernb.objects",
        {
            "ObjectGraph": {"nodes": (1, "Node[]")},
            "Node": {"children": (1, "Reference[]"), "attributes": (2, "Value[]")},
            "Reference": {"node_id": (1, "int32"), "local_name": (2, "string")},
            "Value": {"name": (1, "string"), "full_name": (2, "string"), "checkpoint_key": (3, "string")},
        },
    )  # fmt: skip


def is_tracked(thing: Any) -> bool:
    """Whether a checkpoint looks into it: variables, modules, checkpoints, generators, iterators, containers."""
    return isinstance(thing, (Variable, Tracked, Generator, Iterator, list, tuple, dict))


def parts(thing: Any) -> dict[str, Any]:
    """What an object is made of, by name. ValueError for a dict with a variable under a key that is no text."""
    if isinstance(thing, Generator):
        return {"_state_var": thing.state}
    if isinstance(thing, dict):
        named = {key: part for key, part in thing.items() if is_tracked(part)}
        if not all(isinstance(key, str) for key in named):
            raise ValueError(
                f"Unable to save the object {thing}: a variable, module or container stands under a key that is not "
                "a string. Use strings as keys."
            )
        return named
    if isinstance(thing, (list, tuple)):
        fields = getattr(thing, "_fields", ())
        named = dict(zip(fields, thing, strict=False)) | {str(i): part for i, part in enumerate(thing)}
    elif isinstance(thing, Tracked):
        named = thing._tracked_parts()
    else:
        named = {}
    return {name: part for name, part in named.items() if is_tracked(part)}


def values(thing: Any) -> dict[str, Any]:
    """What is to be saved of the object itself, without its parts."""
    if isinstance(thing, Variable):
        return {VARIABLE_VALUE: thing._handle._array}
    if isinstance(thing, Iterator):
        return {ITERATOR_STATE: np.int64(thing._reading.position)}
    return {}


class Node(NamedTuple):
    """An object, the shortest way to it, and the nodes of its parts by their names."""

    thing: Any
    way: tuple[str, ...]
    children: dict[str, int]


def walk(root: Any, more: Mapping[str, Any] = {}) -> list[Node]:
    """All objects that can be reached, each once, nearest first; ``more`` are further parts of the root."""
    nodes = [Node(root, (), {})]
    numbers = {identity(root): 0}
    waiting = deque([0])
    while waiting:
        number = waiting.popleft()
        thing, way, children = nodes[number]
        for name, part in (parts(thing) | (dict(more) if number == 0 else {})).items():
            if identity(part) not in numbers:
                numbers[identity(part)] = len(nodes)
                waiting.append(len(nodes))
                nodes.append(Node(part, (*way, name), {}))
            children[name] = numbers[identity(part)]
    return nodes


def saved_arrays(nodes: list[Node]) -> dict[str, np.ndarray]:
    """All values by their keys, and the graph of the objects."""
    arrays: dict[str, np.ndarray] = {}
    graph = graph_messages().ObjectGraph()
    for thing, way, children in nodes:
        node = graph.nodes.add()
        for name, number in children.items():
            node.children.add(node_id=number, local_name=name)
        for name, array in values(thing).items():
            key = "/".join([*map(_escaped, way), ".ATTRIBUTES", name]) if way else f"/.ATTRIBUTES/{name}"
            full_name = thing._handle.name.removesuffix(":0") if isinstance(thing, Variable) else ""
            node.attributes.add(name=name, full_name=full_name, checkpoint_key=key)
            arrays[key] = np.asarray(array)
    arrays[OBJECT_GRAPH] = np.array(graph.SerializeToString(), object)
    return arrays


def _escaped(name: str) -> str:
    return name.replace(".", "..").replace("/", ".S")


def identity(thing: Any) -> int:
    """The same number for an object each time that it is met, a variable under whatever name."""
    return id(thing._handle if isinstance(thing, Variable) else thing)
