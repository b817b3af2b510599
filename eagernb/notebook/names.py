"""The user's names for tensors and variables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from eagernb.core.composite import Composite
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.core.variable import Variable

# How far into lists of lists names like `layers[0]['w']` are given, and how many items of each are looked at: a list
# of a million numbers must not make every cell slow.
_DEPTH = 3
_ITEMS = 64


def user_names(namespace: dict[str, Any], names: Iterable[str]) -> Iterator[tuple[Any, str]]:
    """Each tensor and variable that the user can reach by a name, with that name; the best name comes first.

    Names of their own come before places in lists and dicts (`grads[0]`), and the given names before all others.

    >>> v = Variable(1.0)
    >>> [name for value, name in user_names({"all": [v], "v": v}, ["all"])]
    ['v', 'all[0]']
    """
    first = list(names)
    order = [name for name in dict.fromkeys([*first, *namespace]) if name in namespace and not name.startswith("_")]
    for name in order:
        if isinstance(namespace[name], (Tensor, Variable)):
            yield namespace[name], name
    for name in order:
        if not isinstance(namespace[name], (Tensor, Variable)):
            yield from _inside(namespace[name], name, _DEPTH)


def _inside(value: Any, name: str, depth: int) -> Iterator[tuple[Any, str]]:
    if isinstance(value, (Tensor, Variable)):
        yield value, name
    elif depth and isinstance(value, dict):
        for key, item in islice(value.items(), _ITEMS):
            yield from _inside(item, f"{name}[{key!r}]", depth - 1)
    elif depth and isinstance(value, (list, tuple)):
        for index, item in enumerate(value[:_ITEMS]):
            yield from _inside(item, f"{name}[{index}]", depth - 1)


def held_names(namespace: dict[str, Any]) -> dict[int, str]:
    """The user's names of datasets and iterators, by the id of what nodes of a graph refer to as ``held``."""
    values = {name: value for name, value in namespace.items() if isinstance(value, Composite) and name[0] != "_"}
    return {id(x._array): name for name, value in values.items() for x in value._held if isinstance(x, EagerTensor)}


def variable_names(namespace: dict[str, Any], names: Iterable[str]) -> dict[int, str]:
    """The user's names of variables, by id."""
    found: dict[int, str] = {}
    for value, name in user_names(namespace, names):
        if isinstance(value, Variable):
            found.setdefault(id(value), name)
    return found
