"""tf.print: an operation, so that a graph prints each time that it runs.

>>> import eagernb as tf, sys
>>> tf.print("loss:", tf.constant(0.25), {"sizes": tf.range(9)}, output_stream=sys.stdout)
loss: 0.25 {'sizes': [0 1 2 ... 6 7 8]}
"""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import numpy as np

from eagernb.core import dtypes, nest
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dispatch import dispatch, static_graph
from eagernb.core.op import WRITE, Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.core.text import summary

_FILE = "file://"


def _print(*arrays: Any, pieces: tuple[str, ...], summarize: int, stream: Any, plain: bool) -> Any:
    shown = [x[()].decode(errors="replace") if plain else summary(x, summarize) for x in arrays]
    _write(pieces[0] + "".join(map("".join, zip(shown, pieces[1:], strict=True))), stream)
    return np.zeros((), np.bool_)


def _write(text: str, stream: Any) -> None:
    if isinstance(stream, str) and stream.startswith(_FILE):
        with open(stream.removeprefix(_FILE), "a", encoding="utf-8") as file:
            file.write(text)
    elif isinstance(stream, int):
        print(f"{logging.getLevelName(stream)}: {text}", end="", file=sys.stderr)
    else:
        # The present stdout and stderr: a notebook, or whoever redirects them, may have put others in their place.
        print(text, end="", file={"stdout": sys.stdout, "stderr": sys.stderr}.get(stream, stream), flush=True)


PRINT = register(
    Op(
        "print", ("*values",), _print, infer=lambda *specs, **params: TensorSpec((), dtypes.bool_),
        rules=(None,), label="print", family="state", effect=WRITE,
    )
)  # fmt: skip


def print_(
    *inputs: Any, output_stream: Any = None, summarize: int = 3, sep: str = " ", end: str = "\n",
    name: str | None = None, **unknown: Any,
) -> Any:  # fmt: skip
    """Print tensors, Python values and structures of both; in a graph, each time that it runs.

    It prints to standard error, or to ``output_stream``: sys.stdout, an open file, a logging level, or "file:///path",
    to which it appends. Of a tensor's axes, ``summarize`` elements at either end are shown (-1: all). Python's own
    print runs once, while the graph is traced, and shows symbols. In a graph of TensorFlow 1, the operation is
    returned: it has to be run, or be a control dependency of what is. ValueError for another stream or an unknown
    argument.

    >>> import eagernb as tf
    >>> import sys
    >>> print_("x is", tf.constant([1, 2]), output_stream=sys.stdout)
    x is [1 2]
    """
    if unknown:
        raise ValueError(f"Unrecognized keyword arguments for tf.print: {unknown}")
    if not isinstance(summarize, int):
        raise TypeError(f"Expected int for argument 'summarize' not {summarize!r}.")
    tensors: list[Tensor] = []
    text = sep.join(_template(value, tensors) for value in inputs) + end
    pieces = re.split(f"{_MARK}(\\d+){_MARK}", text)
    in_order = [tensors[int(i)] for i in pieces[1::2]]
    alone = len(inputs) == 1 and is_dense_tensor(inputs[0])
    plain = alone and tensors[0].dtype == dtypes.string and not tensors[0]._dims
    params = {"pieces": tuple(pieces[::2]), "summarize": summarize, "plain": plain}
    done = dispatch(PRINT, in_order, {**params, "stream": _stream(output_stream)})
    return None if static_graph() is None else done.op


_MARK = "\ue000"  # a character for private use


class _Placeholder:
    """Stands for a tensor while the structure around it is written."""

    def __init__(self, index: int) -> None:
        self._index = index

    def __repr__(self) -> str:
        return f"{_MARK}{self._index}{_MARK}"


def _template(value: Any, tensors: list[Tensor]) -> str:
    """The text of a value, a mark with a number in the place of each tensor, which joins the list."""
    from pprint import pformat

    def mark(leaf: Any) -> Any:
        if not is_dense_tensor(leaf):
            return leaf
        tensors.append(convert_to_tensor(leaf))
        return _Placeholder(len(tensors) - 1)

    return value if isinstance(value, str) else pformat(nest.map_structure(mark, value))


def _stream(value: Any) -> Any:
    if value is None or value is sys.stderr:
        return "stderr"
    if value is sys.stdout:
        return "stdout"
    if isinstance(value, int) or hasattr(value, "write") or (isinstance(value, str) and value.startswith(_FILE)):
        return value
    raise ValueError(
        f"Unsupported output stream: {value!r}. Use sys.stdout, sys.stderr, an open file, a logging level, or "
        f"'{_FILE}' and a path."
    )
