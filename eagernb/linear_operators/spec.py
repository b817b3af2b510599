"""LinearOperatorSpec: an operator without its tensors, as a traced function's signature holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from eagernb.core.composite import CompositeSpec
from eagernb.core.convert import is_tensor
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor


class LinearOperatorSpec(CompositeSpec):
    """The class of an operator and its arguments, with a spec for each tensor and operator among them."""

    __slots__ = ("arguments", "kind")

    def __init__(self, kind: type, arguments: dict[str, Any]) -> None:
        self.kind, self.arguments = kind, arguments

    @property
    def _component_specs(self) -> tuple[TensorSpec, ...]:
        return tuple(spec for leaf in _leaves(self.arguments) for spec in _specs_in(leaf))

    def _from_components(self, tensors: Sequence[Any]) -> Any:
        left = iter(tensors)

        def rebuilt(leaf: Any) -> Any:
            if isinstance(leaf, TensorSpec):
                return next(left)
            if isinstance(leaf, CompositeSpec):
                return leaf._from_components([next(left) for _ in leaf._component_specs])
            return leaf

        return self.kind(**mapped(rebuilt, self.arguments))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LinearOperatorSpec):
            return NotImplemented
        return self.kind is other.kind and self.arguments == other.arguments

    def __hash__(self) -> int:
        return hash(self.kind)

    def __repr__(self) -> str:
        return f"{self.kind.__name__}Spec({self.arguments!r})"


class HeldOperatorSpec(CompositeSpec):
    """An operator that holds variables: it is itself in a graph, too, where its variables are read anew."""

    __slots__ = ("operator",)

    def __init__(self, operator: Any) -> None:
        self.operator = operator

    @property
    def _component_specs(self) -> tuple[TensorSpec, ...]:
        return ()

    def _from_components(self, tensors: Sequence[Any]) -> Any:
        return self.operator

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HeldOperatorSpec) and self.operator is other.operator

    def __hash__(self) -> int:
        return id(self.operator)

    def __repr__(self) -> str:
        return f"{type(self.operator).__name__}Spec(of {self.operator!r})"


def mapped(function: Callable[[Any], Any], argument: Any) -> Any:
    """An argument (lists of lists of operators, dicts by name) with the function applied to what is in it."""
    if isinstance(argument, dict):
        return {name: mapped(function, value) for name, value in argument.items()}
    if isinstance(argument, (list, tuple)):
        return type(argument)(mapped(function, value) for value in argument)
    return function(argument)


def tensors_in(argument: Any) -> Iterator[Tensor]:
    """The tensors in an argument, and in the operators in it."""
    for leaf in _leaves(argument):
        if hasattr(leaf, "_own_arguments"):
            yield from tensors_in(leaf._own_arguments())
        elif is_tensor(leaf):
            yield leaf


def _leaves(argument: Any) -> Iterator[Any]:
    if isinstance(argument, (dict, list, tuple)):
        for part in argument.values() if isinstance(argument, dict) else argument:
            yield from _leaves(part)
    else:
        yield argument


def _specs_in(leaf: Any) -> tuple[TensorSpec, ...]:
    if isinstance(leaf, CompositeSpec):
        return leaf._component_specs
    return (leaf,) if isinstance(leaf, TensorSpec) else ()
