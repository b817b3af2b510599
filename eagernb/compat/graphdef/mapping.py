"""How our operations and TensorFlow's correspond: a Row for each, in the files of ``rows/``.

A NodeDef has inputs, among them constants for what our ops take as params (the axis of a sum), and attributes (the
dtype, ``keep_dims``). A Row says for each where it comes from; both directions follow from that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from eagernb.core.dtypes import DType, int32
from eagernb.core.op import Op, find_op
from eagernb.graph.ir import Node

_FILES = (
    "arithmetic", "reductions", "shapes", "indexing", "linalg", "decompositions", "fourier", "nn", "selecting",
    "ordering", "state", "effects", "randomness", "control_flow", "lists", "sparse", "text",
)  # fmt: skip


def same(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class In:
    """One of the op's inputs."""

    position: int


@dataclass(frozen=True)
class Rest:
    """All of the op's inputs, of any number, from this one on."""

    position: int = 0


@dataclass(frozen=True)
class Number:
    """A param of the op, that TensorFlow takes as an input: usually a constant.

    ``write(value, node)`` gives the numbers of our param, ``read(value)`` our param for the numbers, which may be
    tensors if they are computed by the graph (``late``).
    """

    param: str
    dtype: DType | None = int32  # None: of the op's first input
    write: Callable[[Any, Node], Any] = lambda value, node: value
    read: Callable[[Any], Any] = same
    name: str = ""  # of the constant; TensorFlow's name of the input


@dataclass(frozen=True)
class TypeOf:
    """An attribute that is the dtype of an input, or of the output (None)."""

    position: int | None = 0


@dataclass(frozen=True)
class Count:
    """An attribute that is the number of inputs."""


@dataclass(frozen=True)
class OutputCount:
    """An attribute that is the number of outputs."""


@dataclass(frozen=True)
class Param:
    """An attribute that is a param of ours."""

    param: str
    write: Callable[[Any, Node], Any] = lambda value, node: value
    read: Callable[[Any], Any] = same


@dataclass(frozen=True)
class Row:
    """One op and TensorFlow's.

    ``inputs`` and ``attrs`` are in TensorFlow's order and names; by default all of the op's inputs, and T, the dtype
    of the first. ``params`` are those of our params that TensorFlow's op has no say in: it means these values, and
    ``check`` has to refuse others.
    ``check(node)`` raises NotImplementedError, with the reason, for what TensorFlow's op cannot do. ``variant(node)``
    gives the type, where it depends. ``write(writer, node)`` and ``read(reader, node_def, inputs)`` do all by
    themselves.
    """

    op: str
    type: str
    inputs: Sequence[Any] | None = None
    attrs: Mapping[str, Any] = field(default_factory=lambda: {"T": TypeOf()})
    params: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""  # what names of such operations start from, where it is not the type
    operator: str = ""  # and where Python's operator was written
    check: Callable[[Node], None] | None = None
    variant: Callable[[Node], str] | None = None
    write: Callable[[Any, Node], None] | None = None
    read: Callable[[Any, Any, Sequence[Any]], Any] | None = None
    also: Sequence[str] = ()  # other types that are read as this one


Reader = Callable[[Any, Any, Sequence[Any]], Any]  # read(reader, node_def, inputs) -> the outputs


@cache
def _tables() -> tuple[dict[str, Row], dict[str, Row], dict[str, Reader]]:
    by_op: dict[str, Row] = {}
    by_type: dict[str, Row] = {}
    readers: dict[str, Reader] = {}
    for file in _FILES:
        module = import_module(f"eagernb.compat.graphdef.rows.{file}")
        for row in module.ROWS:
            find_op(row.op)  # KeyError for a row of no op
            by_op[row.op] = row
            if row.read is not None or row.write is None:  # else the node that stands for it means something else, too
                for kind in (row.type, *row.also):
                    by_type.setdefault(kind, row)
        readers.update(getattr(module, "READERS", {}))
    return by_op, by_type, readers


def row_of(op: Op) -> Row | None:
    """The row of an op, or of the op that a late form stands in for."""
    return _tables()[0].get((op.late_of or op).name)


def row_of_type(type_: str) -> Row | None:
    """The row of TensorFlow's op of this type."""
    return _tables()[1].get(type_)


def reader_of_type(type_: str) -> Reader | None:
    """How to build what TensorFlow's op computes, where we have no single op for it."""
    return _tables()[2].get(type_)


def readable_types() -> list[str]:
    """TensorFlow's ops that can be imported."""
    return sorted({*_tables()[1], *_tables()[2]})


def type_of(node: Node) -> str:
    """The kind of operation in TensorFlow's spelling; ours, in its style, for what TensorFlow does not have."""
    row = row_of(node.op)
    if row is None:
        return camel_case(node.op.name)
    return row.variant(node) if row.variant else row.type


def camel_case(name: str) -> str:
    """An op's name in the style of TensorFlow's types: "sum_to_like" as "SumToLike"."""
    return "".join(part.title() for part in name.split("_"))
