"""tf.types.experimental: what functions of TensorFlow are, and what they take.

>>> import eagernb as tf
>>> f = tf.function(lambda x: x)
>>> isinstance(f, GenericFunction), isinstance(f.get_concrete_function(1), ConcreteFunction)
(True, True)
"""

from abc import ABC, abstractmethod
from typing import Any, Union

import numpy as np

from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable
from eagernb.function.concrete import ConcreteFunction
from eagernb.function.function import Function as PolymorphicFunction
from eagernb.function.function_type import FunctionType
from eagernb.function.tracing_protocol import SupportsTracingProtocol, TraceType

__all__ = [
    "Callable", "ConcreteFunction", "FunctionType", "GenericFunction", "PolymorphicFunction", "SupportsTracingProtocol",
    "TensorLike", "TraceType",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__


GenericFunction = PolymorphicFunction

# What can be converted to a tensor.
TensorLike = Union[Tensor, Variable, int, float, bool, str, bytes, complex, tuple, list, np.ndarray, np.generic]  # noqa: UP007


class Callable(ABC):
    """Whatever runs as a graph when it is called."""

    @abstractmethod
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...


Callable.register(PolymorphicFunction)
Callable.register(ConcreteFunction)
