"""The elements of datasets: tensors, datasets and None in tuples and dicts, which may nest. A list becomes a tensor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from eagernb.core import nest
from eagernb.core.composite import Composite, CompositeSpec
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import spec_of
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor


class NoneTensorSpec(CompositeSpec):
    """The spec of None, which has no tensor.

    >>> import eagernb as tf
    >>> tf.data.Dataset.from_tensors((1, None)).element_spec[1]
    NoneTensorSpec()
    """

    __slots__ = ()

    @property
    def _component_specs(self) -> tuple[TensorSpec, ...]:
        return ()

    def _from_components(self, tensors: Any) -> None:
        return None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoneTensorSpec)

    def __hash__(self) -> int:
        return hash(NoneTensorSpec)

    def __repr__(self) -> str:
        return "NoneTensorSpec()"


def map_element(function: Callable[..., Any], *elements: Any) -> Any:
    """Apply a function to corresponding parts; other than tf.nest, this takes a list for one part."""
    first = elements[0]
    if isinstance(first, Mapping):
        parts = {key: map_element(function, *(element[key] for element in elements)) for key in first}
        return parts if type(first) is dict else type(first)(parts)  # type: ignore[call-arg]
    if isinstance(first, tuple):
        values = [map_element(function, *parts) for parts in zip(*elements, strict=True)]
        return type(first)(*values) if hasattr(first, "_fields") else tuple(values)
    return function(*elements)


def normalized(element: Any) -> Any:
    """The element with a tensor for each of its parts; ValueError if it has none."""
    if isinstance(element, (tuple, Mapping)) and not element:
        raise ValueError("Invalid `element`. `element` should not be empty.")
    return map_element(lambda x: x if x is None or isinstance(x, Composite) else convert_to_tensor(x), element)


def element_spec_of(element: Any) -> Any:
    """What is known of a normalized element: its structure, with a spec for each part."""

    def spec(part: Any) -> Any:
        if part is None:
            return NoneTensorSpec()
        return part._type_spec if isinstance(part, Composite) else spec_of(part)

    return nest.map_structure(spec, element)


def component_specs(element_spec: Any) -> tuple[TensorSpec, ...]:
    """The specs of all tensors in an element."""
    return tuple(
        spec
        for part in nest.flatten(element_spec)
        for spec in (part._component_specs if isinstance(part, CompositeSpec) else (part,))
    )


def components(element: Any) -> list[Tensor]:
    """All tensors in a normalized element."""
    found: list[Tensor] = []
    for part in nest.flatten(element):
        found += part._components if isinstance(part, Composite) else () if part is None else (part,)
    return found


def packed(element_spec: Any, tensors: Iterable[Any]) -> Any:
    """The element of this structure that has these tensors."""
    left = iter(tensors)

    def part(spec: Any) -> Any:
        if isinstance(spec, CompositeSpec):
            return spec._from_components([next(left) for _ in spec._component_specs])
        return next(left)

    return part(element_spec) if isinstance(element_spec, TensorSpec) else nest.map_structure(part, element_spec)


def general_spec(first: Any, second: Any) -> Any:
    """The spec of elements of both kinds; TypeError where there is none."""
    try:
        nest.assert_same_structure(first, second)
    except (TypeError, ValueError):
        common = None
    else:
        common = [_general(a, b) for a, b in zip(nest.flatten(first), nest.flatten(second), strict=True)]
    if common is None or None in common:
        raise TypeError(f"Incompatible dataset elements:\n  {first} vs.   {second}")
    return nest.pack(first, common)


def are_compatible(first: Any, second: Any) -> bool:
    """Whether an element may be of both specs: the structures are the same, no shapes or dtypes exclude each other."""
    try:
        nest.assert_same_structure(first, second)
    except (TypeError, ValueError):
        return False
    return all(a.is_compatible_with(b) for a, b in zip(nest.flatten(first), nest.flatten(second), strict=True))


def _general(first: Any, second: Any) -> Any:
    if isinstance(first, TensorSpec) and isinstance(second, TensorSpec):
        return first.most_specific_common_supertype([second])
    return first if first == second else None
