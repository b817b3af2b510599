"""tf.graph_util: graphs as data."""

from eagernb.compat.graphdef.read import import_graph_def

__all__ = ["import_graph_def"]


def __dir__() -> list[str]:
    return __all__
