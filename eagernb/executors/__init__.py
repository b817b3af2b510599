"""Running a graph: the interpreter is what a graph means, and every executor gives its results."""

from eagernb.executors.autoclustering import Autoclustering
from eagernb.graph.executable import Executable, executors, make_executable, prepare_by, register_executor
from eagernb.graph.ir import Graph
from eagernb.passes import optimize
from eagernb.passes.pipeline import default_passes

__all__ = ["Executable", "executors", "make_executable", "register_executor"]


def __dir__() -> list[str]:
    return __all__


# Each is loaded when it is first needed.
def _numpy_source(graph: Graph) -> Executable:
    from eagernb.executors.numpy_source import NumpySource

    return NumpySource(graph)


def _xla(graph: Graph) -> Executable:
    from eagernb.executors.xla import XlaExecutable

    return XlaExecutable(graph)


prepare_by(lambda graph: optimize(graph, default_passes())[0])
register_executor("numpy_source", _numpy_source)
register_executor("xla", _xla, whole=True, fuses=True)
register_executor("autoclustering", Autoclustering, whole=True)
