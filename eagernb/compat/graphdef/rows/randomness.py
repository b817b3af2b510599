"""Random numbers. The same seed gives other numbers than TensorFlow's: its generators are its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.graphdef.mapping import Number, Param, Row
from eagernb.compat.graphdef.read import number
from eagernb.core.dtypes import int32
from eagernb.core.op import find_op
from eagernb.graph.ir import Node


def _seed(seed: Any, node: Node) -> int:
    return seed or 0


def _no_seed(seed: int) -> int | None:
    return seed or None


def _listed(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


_SHAPE = Number("shape", read=_listed)
_ATTRS = {"dtype": Param("dtype"), "T": int32, "seed": 0, "seed2": Param("seed", _seed, _no_seed)}


def _write_integers(writer: Any, node: Node) -> None:
    name, params = writer.name_of(node), node.params
    inputs = [
        writer.numbers(f"{name}/shape", params["shape"], node),
        writer.numbers(f"{name}/min", params["low"], node, params["dtype"]),
        writer.numbers(f"{name}/max", params["high"], node, params["dtype"]),
    ]
    attributes = {"Tout": params["dtype"], "T": int32, "seed": 0, "seed2": params["seed"] or 0}
    writer.node(name, "RandomUniformInt", inputs, attributes, node)


def _read_integers(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    shape, low, high = map(number, inputs)
    params = {"shape": _listed(shape), "low": low, "high": high, "dtype": reader.attribute("Tout"),
              "seed": _no_seed(reader.attribute("seed2", 0))}  # fmt: skip
    return reader.build(find_op("random_integers"), [], params)


ROWS = [
    Row("random_normal", "RandomStandardNormal", [_SHAPE], _ATTRS),
    Row("random_uniform", "RandomUniform", [_SHAPE], _ATTRS),
    Row("random_truncated_normal", "TruncatedNormal", [_SHAPE], _ATTRS),
    Row("random_integers", "RandomUniformInt", write=_write_integers, read=_read_integers),
]
