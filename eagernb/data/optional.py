"""Optional: an element, or nothing where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.core.composite import Composite
from eagernb.core.dispatch import dispatch
from eagernb.core.dtypes import bool_
from eagernb.core.op import READ, Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.core.variant import Handle, VariantSpec
from eagernb.data.pipeline import Element
from eagernb.data.referred import ElementsSpec
from eagernb.data.structure import component_specs, components, element_spec_of, normalized, packed
from eagernb.errors import InvalidArgumentError

SPEC = VariantSpec("optional")


class OptionalValue(Handle):
    """The arrays of an element, or None."""

    what = "optional"

    def __init__(self, element: Element | None) -> None:
        self.element = element

    def value(self) -> Element:
        if self.element is None:
            raise InvalidArgumentError("The given optional does not have a value.", "optional_value")
        return self.element

    def __repr__(self) -> str:
        return f"<optional {'without' if self.element is None else 'with'} a value>"


OF_VALUE = register(
    Op("optional", ("*values",), lambda *values: OptionalValue(values), lambda *specs: SPEC, rules=(None,),
       label="optional", family="data", effect=READ)
)  # fmt: skip
NOTHING = register(
    Op("optional_none", (), lambda: OptionalValue(None), lambda: SPEC, label="nothing", family="data", effect=READ)
)
HAS_VALUE = register(
    Op("optional_has_value", ("optional",), lambda optional: np.bool_(optional.element is not None),
       lambda optional: TensorSpec([], bool_), rules=(None,), label="has value", family="data", effect=READ)
)  # fmt: skip
VALUE = register(
    Op("optional_value", ("optional",), lambda optional, specs: optional.value(), lambda optional, specs: specs,
       rules=(None,), label="value", family="data", effect=READ, multiple=True)
)  # fmt: skip


class Optional(Composite):
    """An element that may not be there.

    >>> import eagernb as tf
    >>> iterator = iter(tf.data.Dataset.range(1))
    >>> int(iterator.get_next_as_optional().get_value())
    0
    >>> bool(iterator.get_next_as_optional().has_value())
    False
    """

    def __init__(self, variant_tensor: Tensor, element_spec: Any) -> None:
        self._held = (variant_tensor,)
        self._element_spec = element_spec

    @staticmethod
    def from_value(value: Any) -> Optional:
        """One that has a value: a tensor, or a tuple or dict of tensors."""
        element = normalized(value)
        return Optional(dispatch(OF_VALUE, components(element), {}), element_spec_of(element))

    @staticmethod
    def empty(element_spec: Any) -> Optional:
        """One that has no value, which would be of this spec."""
        return Optional(dispatch(NOTHING, (), {}), element_spec)

    def has_value(self, name: str | None = None) -> Tensor:
        """Whether it has a value, as a bool tensor."""
        return dispatch(HAS_VALUE, self._held, {})

    def get_value(self, name: str | None = None) -> Any:
        """The value; InvalidArgumentError if there is none."""
        __tracebackhide__ = True
        specs = component_specs(self._element_spec)
        return packed(self._element_spec, dispatch(VALUE, self._held, {"specs": specs}))

    @property
    def element_spec(self) -> Any:
        """The spec of the value."""
        return self._element_spec

    @property
    def _type_spec(self) -> OptionalSpec:
        return OptionalSpec(self._element_spec)

    @property
    def _components(self) -> tuple[Tensor, ...]:
        return self._held


class OptionalSpec(ElementsSpec):
    """What is known of an Optional: the spec of its value.

    >>> import eagernb as tf
    >>> optional = iter(tf.data.Dataset.range(3)).get_next_as_optional()
    >>> optional.element_spec
    TensorSpec(shape=(), dtype=tf.int64, name=None)
    """

    __slots__ = ()

    _tensor_spec = SPEC

    def _from_components(self, tensors: Sequence[Any]) -> Optional:
        return Optional(tensors[0], self._element_spec)

    def __repr__(self) -> str:
        return f"OptionalSpec({self._element_spec})"
