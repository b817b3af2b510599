"""tf.function: Python functions traced into graphs, one for each signature."""

from eagernb.function.concrete import ConcreteFunction
from eagernb.function.function import Function, explain_retracing, function
from eagernb.function.py_function import numpy_function, py_function

__all__ = ["ConcreteFunction", "Function", "explain_retracing", "function", "numpy_function", "py_function"]
