"""The tracing protocol: classes that say themselves which of their instances share a trace.

>>> import eagernb as tf
>>> class Degree(tf.types.experimental.TraceType):
...     def __init__(self, n):
...         self.n = n
...     def is_subtype_of(self, other):
...         return self == other
...     def most_specific_common_supertype(self, others):
...         return self if all(self == other for other in others) else None
...     def placeholder_value(self, placeholder_context=None):
...         return Polynomial(self.n, note="")
...     def __eq__(self, other):
...         return isinstance(other, Degree) and self.n == other.n
...     def __hash__(self):
...         return self.n
>>> class Polynomial:
...     def __init__(self, n, note):
...         self.n, self.note = n, note
...     def __tf_tracing_type__(self, context):
...         return Degree(self.n)
>>> f = tf.function(lambda p, x: x**p.n)
>>> [int(f(Polynomial(2, note), tf.constant(3))) for note in ("one", "another")]
[9, 9]
>>> f.experimental_get_tracing_count()
1
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable


class TracingContext:
    """What ``__tf_tracing_type__`` is given. It says nothing."""


class TraceType(ABC):
    """What is known of an argument when a function is traced: equal ones share a trace.

    It must be hashable. In the trace the argument is what ``placeholder_value`` gives.
    """

    @abstractmethod
    def is_subtype_of(self, other: TraceType) -> bool:
        """Whether a trace for the other type can be used."""

    @abstractmethod
    def most_specific_common_supertype(self, others: Sequence[TraceType]) -> TraceType | None:
        """The type that says most and holds of all of these; None if there is none."""

    @abstractmethod
    def placeholder_value(self, placeholder_context: Any = None) -> Any:
        """What stands for the argument in the trace."""

    @abstractmethod
    def __hash__(self) -> int: ...

    @abstractmethod
    def __eq__(self, other: object) -> bool: ...


@runtime_checkable
class SupportsTracingProtocol(Protocol):
    """A class whose instances say which TraceType they have."""

    def __tf_tracing_type__(self, context: Any) -> TraceType:
        """The type by which traces are told apart."""
