"""numpy_source: a graph as one readable Python function over NumPy."""

from eagernb.executors.numpy_source.executable import NumpySource, to_source

__all__ = ["NumpySource", "to_source"]
