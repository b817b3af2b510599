"""What the variables of branches and loops of a graph can be."""

from __future__ import annotations

from typing import Any

import numpy as np
from malt.operators.variables import Undefined

from eagernb.core import nest
from eagernb.core.composite import Composite
from eagernb.core.convert import is_dense_tensor
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.shape import TensorShape
from eagernb.ops.tensor_array import TensorArray

BECOME_TENSORS = (bool, int, float, str, np.ndarray)
_HELD = (*BECOME_TENSORS, complex, bytes, np.generic, TensorArray, Composite, IndexedSlices, TensorShape, Undefined)


def is_of_graphs(value: Any) -> bool:
    """Whether a value can come out of a branch or a loop of a graph."""
    leaves = nest.flatten(value)
    return all(leaf is None or isinstance(leaf, _HELD) or is_dense_tensor(leaf) for leaf in leaves)
