"""An operator as a value that is made of tensors: what a traced function takes and gives, what a gradient is one of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from eagernb.core.composite import Composite, CompositeSpec
from eagernb.core.convert import is_dense_tensor
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable
from eagernb.ops.creation import zeros_like


class OperatorValue(Composite):
    """What can be taken apart into the tensors among its arguments, and made of others again."""

    _has_gradient = True
    _parameters: dict[str, Any]

    def _own_arguments(self) -> dict[str, Any]:
        """The arguments that make the same operator: its tensors and operators as it holds them, and its hints."""
        return {name: getattr(self, f"_{name}", value) for name, value in self._parameters.items()}

    @property
    def _held(self) -> tuple[Any, ...]:
        return tuple(_tensors_in(self._own_arguments()))

    @_held.setter
    def _held(self, tensors: Sequence[Any]) -> None:
        left = iter(tensors)

        def replaced(leaf: Any) -> Any:
            if isinstance(leaf, OperatorValue):
                leaf._held = tuple(next(left) for _ in leaf._held)
                return leaf
            return next(left) if is_dense_tensor(leaf) else leaf

        type(self).__init__(self, **_mapped(replaced, self._own_arguments()))

    def _has_variables(self) -> bool:
        return any(isinstance(tensor, Variable) for tensor in self._held)

    @property
    def _type_spec(self) -> CompositeSpec:
        return HeldOperatorSpec(self) if self._has_variables() else self._spec()

    @property
    def _components(self) -> tuple[Tensor, ...]:
        return () if self._has_variables() else self._held

    def _spec(self) -> LinearOperatorSpec:
        def spec(leaf: Any) -> Any:
            if isinstance(leaf, OperatorValue):
                return leaf._spec()
            return TensorSpec(leaf.shape, leaf.dtype) if is_dense_tensor(leaf) else leaf

        return LinearOperatorSpec(type(self), _mapped(spec, self._own_arguments()))

    def _of_gradients(self, gradients: Sequence[Any]) -> Any:
        if all(gradient is None for gradient in gradients):
            return None
        full = [zeros_like(x) if g is None else g for x, g in zip(self._held, gradients, strict=True)]
        return self._spec()._from_components(full)


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

        return self.kind(**_mapped(rebuilt, self.arguments))

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


def _mapped(function: Callable[[Any], Any], argument: Any) -> Any:
    """An argument (lists of lists of operators, dicts by name) with the function applied to what is in it."""
    if isinstance(argument, dict):
        return {name: _mapped(function, value) for name, value in argument.items()}
    if isinstance(argument, (list, tuple)):
        return type(argument)(_mapped(function, value) for value in argument)
    return function(argument)


def _leaves(argument: Any) -> Iterator[Any]:
    if isinstance(argument, (dict, list, tuple)):
        for part in argument.values() if isinstance(argument, dict) else argument:
            yield from _leaves(part)
    else:
        yield argument


def _tensors_in(argument: Any) -> Iterator[Any]:
    """The tensors in an argument, and in the operators in it."""
    for leaf in _leaves(argument):
        if isinstance(leaf, OperatorValue):
            yield from leaf._held
        elif is_dense_tensor(leaf):
            yield leaf


def _specs_in(leaf: Any) -> tuple[TensorSpec, ...]:
    if isinstance(leaf, CompositeSpec):
        return leaf._component_specs
    return (leaf,) if isinstance(leaf, TensorSpec) else ()
