"""Referred: what a dataset and an iterator have in common, a value outside of graphs to which graphs refer."""

from __future__ import annotations

from typing import Any

from eagernb.core.composite import Composite
from eagernb.core.dispatch import dispatch
from eagernb.core.op import Op
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.graph.part import tracer_around


class Referred(Composite):
    """One tensor, and the spec of the elements that it gives.

    ``_reference`` is the op that refers to it where a graph is traced.
    """

    _reference: Op

    def __init__(self, tensor: Tensor, element_spec: Any) -> None:
        self._held = (tensor,)
        self._element_spec = element_spec

    @property
    def element_spec(self) -> Any:
        """The structure of an element, with a TensorSpec for each tensor."""
        return self._element_spec

    @property
    def _variant_tensor(self) -> Tensor:
        """The value as operations take it: in a graph, a node that refers to one from outside."""
        [tensor] = self._held
        if isinstance(tensor, EagerTensor) and tracer_around() is not None:
            return dispatch(self._reference, (), {"held": tensor._array})
        return tensor

    @property
    def _components(self) -> tuple[Tensor, ...]:
        return (self._variant_tensor,)
