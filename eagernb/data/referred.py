"""What datasets, iterators and optionals have in common: one tensor, and the spec of the elements that it gives."""

from __future__ import annotations

from typing import Any

from eagernb.core import nest
from eagernb.core.composite import Composite, CompositeSpec
from eagernb.core.dispatch import dispatch
from eagernb.core.op import Op
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.graph.part import tracer_around


class Referred(Composite):
    """A value outside of graphs to which graphs refer.

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


class ElementsSpec(CompositeSpec):
    """What is known of a value of which one tensor, ``_tensor_spec``, gives the elements: the spec of these."""

    __slots__ = ("_element_spec",)

    _tensor_spec: TensorSpec

    def __init__(self, element_spec: Any) -> None:
        self._element_spec = element_spec

    @property
    def element_spec(self) -> Any:
        """The structure of an element, with a TensorSpec for each tensor."""
        return self._element_spec

    @property
    def _component_specs(self) -> tuple[TensorSpec, ...]:
        return (self._tensor_spec,)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._element_spec == other._element_spec

    def __hash__(self) -> int:
        return hash((type(self), *nest.flatten(self._element_spec)))
