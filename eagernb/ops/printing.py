"""tf.print: printing as an operation, so that a graph prints each time that it runs."""

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np

from eagernb.core import dtypes, nest
from eagernb.core.convert import convert_to_tensor, is_tensor
from eagernb.core.dispatch import dispatch
from eagernb.core.op import WRITE, Op, register
from eagernb.core.spec import TensorSpec

# Stands for a tensor in the text of a structure. As wide as TensorFlow's, as long lines are wrapped.
_MARK = "\0\0"

# Digits that are tried first, and digits that are always enough. Half floats are printed as float32.
_DIGITS: dict[type, tuple[int, int]] = {np.float32: (6, 9), np.float64: (15, 17)}


class _Mark:
    def __repr__(self) -> str:
        return _MARK


def _print_kernel(*arrays: Any, texts: tuple[str, ...], stream: Any, summarize: int) -> Any:
    parts = [texts[0]]
    for array, text in zip(arrays, texts[1:], strict=True):
        parts += (array_text(array, summarize), text)
    if isinstance(stream, str):
        with open(stream.removeprefix("file://"), "a", encoding="utf-8") as file:
            file.write("".join(parts))
    else:
        print(*parts, sep="", end="", file=sys.stderr if stream is None else stream)
    return np.zeros((), np.bool_)


def array_text(array: Any, summarize: int, depth: int = 1) -> str:
    """An array as tf.print shows it: no commas, and only the first and last ``summarize`` along each axis (-1: all).

    ``depth`` is how far the lines after the first are indented.

    >>> array_text(np.arange(8.0) / 2, 3)
    '[0 0.5 1 ... 2.5 3 3.5]'
    """
    if array.ndim == 0:
        return _element_text(array)
    size = len(array)
    cut = 0 <= 2 * summarize < size
    shown = [*range(summarize), *range(size - summarize, size)] if cut else range(size)
    parts = [array_text(array[i, ...], summarize, depth + 1) for i in shown]
    if cut:
        parts.insert(summarize, "...")
    between = "\n" * (array.ndim - 1) + " " * depth if array.ndim > 1 else " "
    return f"[{between.join(parts)}]"


def _element_text(array: Any) -> str:
    value = array.item()
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, bytes):
        return f'"{value.decode("utf-8", "backslashreplace")}"'
    if not isinstance(value, float):
        return str(value)
    kind = np.float64 if array.dtype == np.float64 else np.float32
    few, enough = _DIGITS[kind]
    short = f"{value:.{few}g}"
    return short if math.isnan(value) or kind(short) == value else f"{value:.{enough}g}"


def print_(
    *inputs: Any, output_stream: Any = None, end: str = "\n", sep: str = " ", summarize: int = 3,
    name: str | None = None,
) -> None:  # fmt: skip
    """Print tensors and Python values, to standard error as TensorFlow does: in a graph, each time that it runs.

    Of a long axis it shows the first and last ``summarize`` elements (-1: all). ``output_stream`` is a file that is
    open, like ``sys.stdout``, or the name of one to append to, ``"file://..."``; else ValueError. Python's own print
    runs once, while the graph is traced, and shows symbols.
    """
    if isinstance(output_stream, str) and not output_stream.startswith("file://"):
        raise ValueError(f"Unknown output stream {output_stream!r}. Use sys.stdout or 'file://' and a path.")
    tensors: list[Any] = []
    texts = [""]
    for i, value in enumerate(inputs):
        pieces = [value] if isinstance(value, str) else _structure_text(value, tensors).split(_MARK)
        texts[-1] += sep * (i > 0) + pieces[0]
        texts += pieces[1:]
    texts[-1] += end
    dispatch(PRINT, tensors, {"texts": tuple(texts), "stream": output_stream, "summarize": summarize})


def _structure_text(structure: Any, tensors: list[Any]) -> str:
    """The text of a structure, with a mark for each of its tensors, which are added to the list."""
    if is_tensor(structure):
        tensors.append(convert_to_tensor(structure))
        return _MARK
    import pprint

    leaves = nest.flatten(structure)
    tensors += (convert_to_tensor(leaf) for leaf in leaves if is_tensor(leaf))
    return pprint.pformat(nest.pack(structure, [_Mark() if is_tensor(leaf) else leaf for leaf in leaves]))


PRINT = register(
    Op("print", ("*values",), _print_kernel,
       infer=lambda *specs, texts, stream, summarize: TensorSpec((), dtypes.bool_),
       rules=(None,), label="print", family="state", effect=WRITE)
)  # fmt: skip
