"""Running a graph: the interpreter is what a graph means."""

from eagernb.executors.interpreter import interpret

__all__ = ["interpret"]
