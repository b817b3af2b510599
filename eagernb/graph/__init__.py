"""The graph: nodes and their values, the tracer that builds it, its text form, its cost."""

from eagernb.graph.ir import Graph, Node, Value
from eagernb.graph.printer import to_text
from eagernb.graph.tracer import Tracer
from eagernb.graph.verify import verify

__all__ = ["Graph", "Node", "Tracer", "Value", "to_text", "verify"]


def __dir__() -> list[str]:
    return __all__
