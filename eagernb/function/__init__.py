"""tf.function: Python functions traced into graphs, one for each signature."""

from eagernb.function.function import ConcreteFunction, Function, function

__all__ = ["ConcreteFunction", "Function", "function"]
