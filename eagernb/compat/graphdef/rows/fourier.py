"""Fourier transforms: along the last axes, one to three, in TensorFlow's ops."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eagernb.compat.graphdef.mapping import Row
from eagernb.compat.graphdef.read import number
from eagernb.core.dtypes import int32
from eagernb.core.op import find_op
from eagernb.graph.ir import Node
from eagernb.ops.fft import resized

_SUFFIXES = {1: "", 2: "2D", 3: "3D"}
_NAMES = {"fft": "FFT", "ifft": "IFFT", "rfft": "RFFT", "irfft": "IRFFT"}


def _last_axes(node: Node) -> None:
    axes, rank = node.params["axes"], node.inputs[0].spec.shape.rank
    if node.params["norm"] != "backward":
        raise NotImplementedError("TensorFlow's ops scale the way back only: norm must be 'backward'")
    wanted = tuple(range(-len(axes), 0))
    if len(axes) > 3 or tuple(a if a < 0 or rank is None else a - rank for a in axes) != wanted:
        raise NotImplementedError("TensorFlow's ops transform the last axes, one to three: transpose before")


def _type(node: Node) -> str:
    return _NAMES[node.op.name] + _SUFFIXES[len(node.params["axes"])]


def _write(writer: Any, node: Node) -> None:
    writer.node(
        writer.name_of(node), _type(node), [writer.value(node.inputs[0])], {"Tcomplex": node.specs[0].dtype}, node
    )


def _write_real(writer: Any, node: Node) -> None:
    """With the lengths of the real signal, of which TensorFlow's ops take as much as they say."""
    real, complex_ = node.inputs[0].spec, node.specs[0]
    if node.op.name == "irfft":
        real, complex_ = complex_, real
    lengths = [real.dims[a] for a in node.params["axes"]]
    if None in lengths:
        raise NotImplementedError("the sizes of the axes must be known")
    name = writer.name_of(node)
    inputs = [writer.value(node.inputs[0]), writer.constant(f"{name}/fft_length", lengths, int32)]
    writer.node(name, _type(node), inputs, {"Treal": real.dtype, "Tcomplex": complex_.dtype}, node)


def _reads(op: str, count: int) -> Callable[..., Any]:
    axes = tuple(range(-count, 0))

    def read(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
        params: dict[str, Any] = {"axes": axes, "norm": "backward"}
        x = inputs[0]
        if op in ("rfft", "irfft"):
            lengths = number(inputs[1])
            params |= {"length": lengths[-1]} if op == "irfft" else {}
            wanted = [*lengths[:-1], lengths[-1] // 2 + 1] if op == "irfft" else list(lengths)
            if [x.shape[a] for a in axes] != wanted:
                x = resized(x, wanted, axes)
        return reader.build(find_op(op), [x], params)

    return read


ROWS = [
    Row(op, kind, check=_last_axes, variant=_type, write=_write if op in ("fft", "ifft") else _write_real)
    for op, kind in _NAMES.items()
]
READERS = {kind + suffix: _reads(op, count) for op, kind in _NAMES.items() for count, suffix in _SUFFIXES.items()}
