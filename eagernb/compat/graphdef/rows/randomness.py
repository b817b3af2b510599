"""Random numbers: an operation's two seeds are its Stream's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.graphdef.mapping import Row
from eagernb.compat.graphdef.read import number
from eagernb.core.dtypes import int32
from eagernb.core.op import find_op
from eagernb.graph.ir import Node
from eagernb.ops.random_seeds import Stream


def _written(seed: Any) -> dict[str, int]:
    """The attributes for a Stream, or for the seed of an operation that draws as if it ran at once."""
    first, second = (seed.seeds if isinstance(seed, Stream) else (0, seed or 0)) or (0, 0)
    return {"seed": first, "seed2": second}


def _read_seed(reader: Any) -> Stream:
    seeds = reader.attribute("seed", 0), reader.attribute("seed2", 0)
    return Stream(seeds if any(seeds) else None)


def _listed(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _floats(op: str, kind: str) -> Row:
    def write(writer: Any, node: Node) -> None:
        name, params = writer.name_of(node), node.params
        inputs = [writer.numbers(f"{name}/shape", params["shape"], node)]
        writer.node(name, kind, inputs, {"dtype": params["dtype"], "T": int32, **_written(params["seed"])}, node)

    def read(reader: Any, node_def: Any, inputs: Sequence[Any]) -> Any:
        params = {"shape": _listed(number(inputs[0])), "dtype": reader.attribute("dtype"), "seed": _read_seed(reader)}
        return reader.build(find_op(op), [], params)

    return Row(op, kind, write=write, read=read)


def _write_integers(writer: Any, node: Node) -> None:
    name, params = writer.name_of(node), node.params
    inputs = [
        writer.numbers(f"{name}/shape", params["shape"], node),
        writer.numbers(f"{name}/min", params["low"], node, params["dtype"]),
        writer.numbers(f"{name}/max", params["high"], node, params["dtype"]),
    ]
    attributes = {"Tout": params["dtype"], "T": int32, **_written(params["seed"])}
    writer.node(name, "RandomUniformInt", inputs, attributes, node)


def _read_integers(reader: Any, node_def: Any, inputs: Sequence[Any]) -> Any:
    shape, low, high = map(number, inputs)
    params = {"shape": _listed(shape), "low": low, "high": high, "dtype": reader.attribute("Tout"),
              "seed": _read_seed(reader)}  # fmt: skip
    return reader.build(find_op("random_integers"), [], params)


ROWS = [
    _floats("random_normal", "RandomStandardNormal"),
    _floats("random_uniform", "RandomUniform"),
    _floats("random_truncated_normal", "TruncatedNormal"),
    Row("random_integers", "RandomUniformInt", write=_write_integers, read=_read_integers),
]
