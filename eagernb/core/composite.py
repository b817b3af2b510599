"""Composite: a value that is made of tensors, such as a dataset, and its spec.

A traced function takes and gives it as it does tensors: the spec is part of the signature, its components are inputs
and outputs of the graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.op import Op
from eagernb.core.spec import TensorSpec, TypeSpec
from eagernb.core.tensor import Tensor


class Composite:
    """Base of the values that are made of tensors.

    ``_held`` are the tensors as they are. After a notebook's cell was traced, values take the place of symbols there.
    """

    _held: tuple[Any, ...] = ()
    _is_tensor = False  # whether ``tf.is_tensor`` says so

    @property
    def _type_spec(self) -> CompositeSpec:
        """What a function is traced for: all but the components."""
        raise NotImplementedError

    @property
    def _components(self) -> tuple[Tensor, ...]:
        """The tensors, as operations take them here and now."""
        raise NotImplementedError

    # Whether a gradient with respect to it can be asked for: it is a value of the same kind, made of gradients.
    _has_gradient = False

    def _of_gradients(self, gradients: Sequence[Any]) -> Any:
        """The gradient, of the gradients of what is in ``_held`` (None where there is none)."""
        raise NotImplementedError

    def _applied(self, op: Op, params: dict[str, Any]) -> Any:
        """What an op of one input gives for this value; ValueError, as for anything that is no tensor."""
        return convert_to_tensor(self)


def is_tensor(x: Any) -> bool:
    """Whether it is a Tensor, stands for one (a Variable, an IndexedSlices), or is a SparseTensor.

    >>> import eagernb as tf
    >>> is_tensor(tf.constant(1)), is_tensor(tf.SparseTensor([[0]], [1], [3])), is_tensor(1)
    (True, True, False)
    """
    return is_dense_tensor(x) or (isinstance(x, Composite) and x._is_tensor)


class CompositeSpec(TypeSpec):
    """Base of the specs of such values; equal ones share a trace."""

    __slots__ = ()

    @property
    def _component_specs(self) -> tuple[TensorSpec, ...]:
        raise NotImplementedError

    def _from_components(self, tensors: Sequence[Any]) -> Any:
        """The value that these tensors make."""
        raise NotImplementedError

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        """Whether a value or spec fits this spec."""
        return (spec_or_value._type_spec if isinstance(spec_or_value, Composite) else spec_or_value) == self
