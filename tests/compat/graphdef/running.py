"""Build a program with one library, and run a graph: its fetches, or the runs that are listed for it."""

from __future__ import annotations

import linecache
from types import ModuleType
from typing import Any

import numpy as np

from .programs import FEEDS, FUNCTIONS, PROGRAMS, RUNS

NAMES = [*PROGRAMS, *FUNCTIONS]


def build(name: str, tf: ModuleType) -> Any:
    """The graph of a program, or of a function that is traced."""
    if name in FUNCTIONS:
        namespace: dict[str, Any] = {"tf": tf, "np": np}
        # tf.function reads the source of what it decorates.
        code, filename = FUNCTIONS[name][0], f"<{name}>"
        linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
        exec(compile(code, filename, "exec"), namespace)
        return namespace["f"].get_concrete_function(*namespace["specs"]).graph
    code, _ = PROGRAMS[name]
    graph = tf.Graph()
    with graph.as_default():
        exec(code, {"tf": tf, "v1": tf.compat.v1, "np": np})
    return graph


def imported(text: str, tf: ModuleType) -> Any:
    """The graph of a GraphDef in the text format."""
    from google.protobuf import text_format

    graph_def = text_format.Parse(text, tf.compat.v1.GraphDef())
    graph = tf.Graph()
    with graph.as_default():
        tf.compat.v1.import_graph_def(graph_def, name="")
    return graph


def run(name: str, graph: Any, tf: ModuleType, times: int = 1) -> dict[str, Any]:
    """The values of a program's fetches in the last of so many runs, by name; of RUNS, by number and name."""
    if name in FUNCTIONS:
        _, feeds, count = FUNCTIONS[name]
        fetches = ["Identity:0", *(f"Identity_{i}:0" for i in range(1, count))]
    else:
        code, feeds = PROGRAMS[name]
        fetches = [f"v{i}:0" for i in range(code.count("fetches['v"))]
    feed_dict = {"x:0" if feed == "pair" else f"{feed}:0": FEEDS[feed] for feed in feeds.split()}
    found = {}
    with tf.compat.v1.Session(graph=graph) as session:
        for i, step in enumerate(RUNS.get(name, [])):
            for fetch, value in zip(step, session.run(step, feed_dict), strict=True):
                if value is not None:
                    found[f"{i} {fetch}"] = value
        for _ in range(0 if name in RUNS else times):
            found = dict(zip(fetches, session.run(fetches, feed_dict), strict=True))
    return found
