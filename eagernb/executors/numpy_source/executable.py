"""Compiling and running generated code."""

from __future__ import annotations

import linecache
import weakref
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from types import TracebackType
from typing import Any

import numpy as np

from eagernb.core.dispatch import KERNEL_ERRORS
from eagernb.core.source import SourceLine
from eagernb.core.spec import TensorSpec
from eagernb.core.variable import Variable
from eagernb.errors import InvalidArgumentError
from eagernb.executors.numpy_source import control_flow, groups  # noqa: F401  # they add what they write
from eagernb.executors.numpy_source.writer import Module, Row, Writer
from eagernb.graph.interpreter import located
from eagernb.graph.ir import Graph, Node, Value
from eagernb.graph.printer import preview

_serial = count(1)

_LONGEST = 100


class NumpySource:
    """A graph as a Python function over NumPy: it gives the interpreter's results, to the bit.

    >>> import eagernb as tf
    >>> f = tf.function(lambda x: tf.exp(x) * 2.0, name="f")
    >>> run = NumpySource(f.get_concrete_function(tf.TensorSpec([2])).graph)
    >>> print(run.source)
    # constant: float32[] 2.0
    <BLANKLINE>
    def f(x):
        exp = np.exp(x)  # ...
        multiply = np.multiply(exp, constant)
        return [multiply]
    >>> run([np.float32([0, 1])])
    [array([2.      , 5.436564], dtype=float32)]
    """

    def __init__(self, graph: Graph) -> None:
        self._module = module = Writer().module(graph)
        self._filename = filename = f"graph {graph.name} {next(_serial)}"  # in <>, linecache would not ask for the text
        # The comments at the top come when somebody looks at the text: the code begins on the line after them.
        self._first = len(module.shared) + 1 if module.shared else 0
        code = "\n" * self._first + "\n".join(row.text for row in module.rows)
        namespace = dict(module.namespace)
        exec(compile(code, filename, "exec", dont_inherit=True), namespace)
        self._function = namespace[module.function]
        linecache.cache[filename] = (lambda: _text(module),)  # asked for once needed
        weakref.finalize(self, linecache.cache.pop, filename, None)

    def __call__(self, arrays: Sequence[Any]) -> list[Any]:
        """The outputs' arrays for the inputs' arrays; InvalidArgumentError with the node's op and the user's line."""
        try:
            return self._function(*arrays)
        except (*KERNEL_ERRORS, InvalidArgumentError) as error:
            __tracebackhide__ = True
            node = self._failed(error.__traceback__)
            if node is None:
                raise
            raise located(node, error) from None

    @cached_property
    def source(self) -> str:
        """The generated code."""
        return _text(self._module)

    def _failed(self, traceback: TracebackType | None) -> Node | None:
        """The node whose line was running: the innermost one, where functions call each other."""
        node = None
        while traceback is not None:
            if traceback.tb_frame.f_code.co_filename == self._filename:
                node = self._module.rows[traceback.tb_lineno - 1 - self._first].node or node
            traceback = traceback.tb_next
        return node


def to_source(graph: Graph, names: Mapping[Value, str] | None = None) -> str:
    """The graph as the text of a Python function over NumPy, in which values have these names, or their nodes'."""
    return _text(Writer(names).module(graph))


def _text(module: Module) -> str:
    top = [f"# {name}: {_about(value)}" for name, value in module.shared.items()]
    return "\n".join([*top, *([""] if top else []), *_commented(module.rows)])


def _commented(rows: Sequence[Row]) -> Iterator[str]:
    """The rows, each with the user's line where that is another than the row before has."""
    before: SourceLine | None = None
    for text, node in rows:
        line = node.line if node is not None and not node.graphs else None
        if line is None or line == before:
            yield text
        else:
            yield f"{text}  # line {line.number}{': ' if line.text else ''}{line.text}"
        before = line


def _about(value: Any) -> str:
    """A few words on one line."""
    if isinstance(value, Variable):
        text = f"variable {value.name}, {TensorSpec(value.shape, value.dtype).brief}"
    elif isinstance(value, (np.ndarray, np.generic)):
        text = f"{value.dtype.name}[{', '.join(map(str, value.shape))}] {preview(value)}"
    else:
        text = repr(value)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."
