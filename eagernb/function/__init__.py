"""tf.function: Python functions traced into graphs, one for each signature."""

from eagernb.function.function import ConcreteFunction, Function, function
from eagernb.function.py_function import numpy_function, py_function

__all__ = ["ConcreteFunction", "Function", "function", "numpy_function", "py_function"]
