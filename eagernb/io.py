"""tf.io: graphs in files."""

from eagernb.compat.graphdef.files import write_graph

__all__ = ["write_graph"]
