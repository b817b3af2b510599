"""Cache keys: when a call can use an earlier trace."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np

from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor
from eagernb.core.spec import TensorSpec
from eagernb.core.variable import Variable


def canonical(arguments: Any) -> Any:
    """The arguments with NumPy arrays and scalars as tensors: they do not retrace for every value."""

    def convert(leaf: Any) -> Any:
        return convert_to_tensor(leaf) if isinstance(leaf, (np.ndarray, np.generic)) else leaf

    return nest.map_structure(convert, arguments)


def cache_key(arguments: Any) -> Hashable:
    """What two calls must share to use one trace: the structure, TensorSpecs, Python values.

    Equal values share a trace: 1, 1.0 and True are one.
    """
    if isinstance(arguments, Mapping):
        return ("dict", tuple((k, cache_key(arguments[k])) for k in sorted(arguments)))
    if isinstance(arguments, (list, tuple)):
        return (type(arguments).__name__, tuple(map(cache_key, arguments)))
    if isinstance(arguments, Variable):
        return ("variable", id(arguments))
    if isinstance(arguments, TensorSpec):
        return ("tensor", arguments.shape, arguments.dtype)
    try:
        hash(arguments)
    except TypeError:
        return ("object", id(arguments))
    return ("value", arguments)
