"""Assertions and printing."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.compat.graphdef.mapping import Row
from eagernb.core.dtypes import bool_, int32, string
from eagernb.core.op import find_op
from eagernb.graph.ir import Node

_RELATIONS = {
    "==": "Equal", "!=": "NotEqual", "<": "Less", "<=": "LessEqual", ">": "Greater", ">=": "GreaterEqual"
}  # fmt: skip
_LEVELS = {logging.INFO: "info", logging.WARNING: "warning", logging.ERROR: "error"}


def _all(writer: Any, node: Node, truth: str, rank: int | None) -> str:
    """Whether all of something is true: TensorFlow asserts a single truth value."""
    if rank == 0:
        return truth
    name = writer.name_of(node)
    axes = range(rank or 0)
    if rank is None:
        axes = writer.node(writer.unique(f"{name}/Rank"), "Rank", [truth], {"T": bool_})
        bounds = [writer.constant(f"{name}/{key}", value, int32) for key, value in (("start", 0), ("delta", 1))]
        along = writer.node(writer.unique(f"{name}/range"), "Range", [bounds[0], axes, bounds[1]], {"Tidx": int32})
    else:
        along = writer.constant(f"{name}/axes", list(axes), int32)
    return writer.node(writer.unique(f"{name}/All"), "All", [truth, along], {"keep_dims": False, "Tidx": int32})


def _assert(writer: Any, node: Node, truth: str, text: str, data: Sequence[Any], summarize: int) -> None:
    """An Assert, which gives nothing; where our op's truth is asked for, it is what was asserted."""
    name = writer.name_of(node)
    said = writer.constant(f"{name}/message", text.encode(), string)
    types = [string, *(value.spec.dtype for value in data)]
    inputs = [truth, said, *map(writer.value, data)]
    writer.node(name, "Assert", inputs, {"T": types, "summarize": summarize}, node)
    writer.stand_in(node.values[0], truth)


def _write_assert(writer: Any, node: Node) -> None:
    condition, *data = node.inputs
    truth = _all(writer, node, writer.value(condition), condition.spec.shape.rank)
    params = node.params
    _assert(writer, node, truth, f"Expected {params['shown']} to be true.", data, params["summarize"])


def _write_comparison(writer: Any, node: Node) -> None:
    name, params = writer.name_of(node), node.params
    x, y = map(writer.value, node.inputs)
    dtype = node.inputs[0].spec.dtype
    kind = _RELATIONS[params["relation"]]
    attributes = {"T": dtype} | ({"incompatible_shape_error": True} if "Equal" in (kind, kind[3:]) else {})
    holds = writer.node(writer.unique(f"{name}/{kind}"), kind, [x, y], attributes)
    ranks = [value.spec.shape.rank for value in node.inputs]
    rank = None if None in ranks else max(rank for rank in ranks if rank is not None)
    text = f"{params['message']} Condition x {params['relation']} y did not hold.".strip()
    _assert(writer, node, _all(writer, node, holds, rank), text, node.inputs, params["summarize"])


def _read_assert(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    condition, *data = inputs
    params = {"summarize": reader.attribute("summarize", 3), "shown": condition.name}
    return reader.do(find_op("assert"), [condition, *data], params)


class _Format:
    """The output of TensorFlow's StringFormat: the text around tensors, which a print shows."""

    def __init__(self, pieces: Sequence[str], tensors: Sequence[Any], summarize: int) -> None:
        self.pieces, self.tensors, self.summarize = pieces, tensors, summarize


def _write_print(writer: Any, node: Node) -> None:
    name, params, stream = writer.name_of(node), node.params, node.params["stream"]
    if isinstance(stream, int) and stream in _LEVELS:
        stream = f"log({_LEVELS[stream]})"
    if not isinstance(stream, str):
        raise NotImplementedError("it prints to an object of Python's")
    pieces = params["pieces"]
    if params["plain"]:
        text, end = writer.value(node.inputs[0]), pieces[1]
    else:
        mark = next(m for m in ("{}", "%t", "\ue000") if not any(m in piece for piece in pieces))
        attributes = {
            "T": [value.spec.dtype for value in node.inputs], "template": mark.join(pieces), "placeholder": mark,
            "summarize": params["summarize"],
        }  # fmt: skip
        inputs = [writer.value(value) for value in node.inputs]
        text, end = writer.node(writer.unique(f"{name}/StringFormat"), "StringFormat", inputs, attributes), ""
    writer.node(name, "PrintV2", [text], {"output_stream": stream, "end": end}, node)
    done = {"value": np.array(False), "dtype": bool_}
    writer.stand_in(node.values[0], writer.node(writer.unique(f"{name}/done"), "Const", [], done, controls=[name]))


def _read_format(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    template, mark = (reader.attribute(key).decode() for key in ("template", "placeholder"))
    return [_Format(template.split(mark), inputs, reader.attribute("summarize", 3))]


def _read_print(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    stream, end = (reader.attribute(key).decode() for key in ("output_stream", "end"))
    levels = {f"log({name})": level for level, name in _LEVELS.items()}
    (text,) = inputs
    if isinstance(text, _Format):
        pieces, tensors, summarize = text.pieces, text.tensors, text.summarize
        pieces = (*pieces[:-1], pieces[-1] + end)
    else:
        pieces, tensors, summarize = ("", end), [text], -1
    params = {
        "pieces": tuple(pieces), "summarize": summarize, "stream": levels.get(stream, stream),
        "plain": not isinstance(text, _Format),
    }  # fmt: skip
    return reader.do(find_op("print"), tensors, params)


ROWS = [
    Row("assert", "Assert", write=_write_assert, read=_read_assert),
    Row("assert_comparison", "Assert", write=_write_comparison),
    Row("print", "PrintV2", write=_write_print, read=_read_print),
]
READERS = {"StringFormat": _read_format}
