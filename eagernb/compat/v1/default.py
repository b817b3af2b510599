"""Which graph operations go to when no ``with graph.as_default():`` says so, and whether they run at once."""

from __future__ import annotations

import sys
from typing import Any

from eagernb.compat.v1.graph import Graph
from eagernb.core.dispatch import active_handlers, current, static_graph
from eagernb.graph.tracer import Tracer

_default: Graph | None = None
_eager = True


def get_default_graph() -> Graph:
    """The graph that operations are added to now; where they run at once, one that nothing is added to."""
    global _default
    inside = static_graph()
    if inside is not None:
        return inside
    if _default is None:
        _default = Graph()
    return _default


def reset_default_graph() -> None:
    """Begin again with an empty graph; AssertionError inside of ``with graph.as_default():``."""
    global _default
    inside = static_graph()
    if inside is not None and inside is not _default:
        raise AssertionError(
            "Do not use tf.reset_default_graph() to clear nested graphs. If you need a cleared graph, exit the nesting "
            "and create a new graph."
        )
    _default = Graph()
    if not _eager:
        _enter_default_graph()


def executing_eagerly() -> bool:
    """Whether operations run at once: not while a graph is built, nor while a function is traced into one."""
    return not any(isinstance(handler, Tracer) for handler in active_handlers())


def executing_eagerly_outside_functions() -> bool:
    """Whether operations run at once where no function is traced: not while a static graph is built."""
    return not any(handler.static_graph is not None for handler in active_handlers())


def disable_eager_execution() -> None:
    """From here on, operations are added to the default graph, as they all were in TensorFlow 1.

    In a notebook this holds for the cells that follow as well. ``enable_eager_execution`` goes back.
    """
    global _eager
    _eager = False
    _enter_default_graph()
    _in_every_cell(True)


def enable_eager_execution(config: Any = None, device_policy: Any = None, execution_mode: Any = None) -> None:
    """From here on, operations run at once: as they do unless ``disable_eager_execution`` was called.

    ValueError inside of ``with graph.as_default():``.
    """
    global _eager
    inside = static_graph()
    if inside is not None and (_eager or inside is not _default):
        raise ValueError("tf.enable_eager_execution must be called outside of `with graph.as_default():`.")
    _eager = True
    handler = current()
    if handler is not None and handler.static_graph is _default:
        _set_handler(None)
    _in_every_cell(False)


def _enter_default_graph() -> None:
    """Make the default graph the handler of everything that follows."""
    global _default
    if _default is None:
        _default = Graph()
    handler = current()
    if handler is None or (handler.static_graph is not None and handler.outer is None):
        _set_handler(_default._tracer)


def _set_handler(handler: Any) -> None:
    from eagernb.core.dispatch import make_current

    make_current(handler)


def _before_cell(*_: Any) -> None:
    if not _eager and current() is None:
        _enter_default_graph()


def _in_every_cell(graph_mode: bool) -> None:
    """Jupyter may run each cell in a context of its own, where no handler is active: ask to be called there."""
    interactive = sys.modules.get("IPython.core.getipython")
    shell = interactive.get_ipython() if interactive else None
    if shell is None:
        return
    registered = _before_cell in shell.events.callbacks["pre_run_cell"]
    if graph_mode and not registered:
        shell.events.register("pre_run_cell", _before_cell)
    elif registered and not graph_mode:
        shell.events.unregister("pre_run_cell", _before_cell)
