"""GraphDef in files."""

from __future__ import annotations

import os
from typing import Any


def write_graph(graph_or_graph_def: Any, logdir: Any, name: str, as_text: bool = True) -> str:
    """Write a graph to the file ``name`` in the folder ``logdir``, which is made if need be; the file's path.

    It is text, or with ``as_text=False`` binary.

    >>> import eagernb as tf, tempfile
    >>> with tf.Graph().as_default() as graph:
    ...     x = tf.constant(1.0, name="one")
    >>> with open(write_graph(graph, tempfile.mkdtemp(), "graph.pbtxt")) as file:
    ...     'name: "one"' in file.read()
    True
    """
    graph_def = graph_or_graph_def
    if hasattr(graph_def, "as_graph_def"):
        graph_def = graph_def.as_graph_def()
    path = os.path.join(os.fspath(logdir), name)
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    if as_text:
        with open(path, "w", encoding="utf-8") as text_file:
            text_file.write(str(graph_def))
    else:
        with open(path, "wb") as file:
            file.write(graph_def.SerializeToString(deterministic=True))
    return path


def parse_text(text: str) -> Any:
    """A GraphDef from TensorFlow's text format; what belongs to functions and debugging is passed over."""
    from google.protobuf import text_format

    from eagernb.core.graph_messages import messages

    return text_format.Parse(text, messages().GraphDef(), allow_unknown_field=True)
