"""Running a graph: the interpreter is what a graph means, and every executor gives its results."""

from eagernb.executors.base import Executable, executors, make_executable, register_executor
from eagernb.executors.interpreter import Interpreter, interpret
from eagernb.executors.numpy_source import NumpySource, to_source

__all__ = ["Executable", "NumpySource", "executors", "interpret", "make_executable", "register_executor", "to_source"]

register_executor("interpreter", lambda graph: Interpreter(graph).run)
register_executor("numpy_source", NumpySource)
