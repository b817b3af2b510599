"""Matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.graphdef.mapping import Count, In, Number, Param, Rest, Row, TypeOf
from eagernb.core.dtypes import int64
from eagernb.core.op import find_op
from eagernb.graph.ir import Node


def _is_plain(node: Node) -> bool:
    return all(value.spec.shape.rank == 2 for value in node.inputs)


def _matmul_type(node: Node) -> str:
    return "MatMul" if _is_plain(node) or node.specs[0].shape.rank is None else "BatchMatMulV2"


def _write_matmul(writer: Any, node: Node) -> None:
    kind = _matmul_type(node)
    names = ("transpose_a", "transpose_b") if kind == "MatMul" else ("adj_x", "adj_y")
    dtype = node.inputs[0].spec.dtype
    attributes, inputs = {"T": dtype}, []
    for value, attribute, param in zip(node.inputs, names, ("transpose_a", "transpose_b"), strict=True):
        x = writer.value(value)
        attributes[attribute] = turned = node.params.get(param, False)
        if turned and dtype.is_complex and kind != "MatMul":  # this op takes the conjugates, too
            x = writer.node(writer.unique(f"{writer.name_of(node)}/Conj"), "Conj", [x], {"T": dtype})
        inputs.append(x)
    writer.node(writer.name_of(node), kind, inputs, attributes, node)


def _read_matmul(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    left, right = (
        reader.attribute(first, reader.attribute(second, False))
        for first, second in (("transpose_a", "adj_x"), ("transpose_b", "adj_y"))
    )
    if inputs[0].dtype.is_complex and message.op != "MatMul":
        turned = zip(inputs, (left, right), strict=True)
        inputs = [reader.extra("conj", [x], {}, "Conj") if is_turned else x for x, is_turned in turned]
    return reader.build(find_op("matmul"), inputs, {"transpose_a": left, "transpose_b": right})


def _read_einsum(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    if len(inputs) > 2:
        raise NotImplementedError("it has more than two operands")
    op = find_op("einsum" if len(inputs) == 2 else "einsum_single")
    return reader.build(op, inputs, {"equation": reader.attribute("equation").decode()})


_EINSUM = {"equation": Param("equation"), "N": Count(), "T": TypeOf()}

ROWS = [
    Row("matmul", "MatMul", operator="matmul", variant=_matmul_type, write=_write_matmul, read=_read_matmul,
        also=["BatchMatMul", "BatchMatMulV2"]),
    Row("einsum", "Einsum", [Rest()], _EINSUM, read=_read_einsum),
    Row("einsum_single", "Einsum", [Rest()], _EINSUM, read=_read_einsum),
    Row("cholesky", "Cholesky"),
    Row("det", "MatrixDeterminant"),
    Row("inv", "MatrixInverse", attrs={"T": TypeOf(), "adjoint": Param("adjoint")}),
    Row("solve", "MatrixSolve", attrs={"T": TypeOf(), "adjoint": Param("adjoint")}),
    Row("triangular_solve", "MatrixTriangularSolve",
        attrs={"T": TypeOf(), "lower": Param("lower"), "adjoint": Param("adjoint")}),
    Row("band_part", "MatrixBandPart", [In(0), Number("lower", int64), Number("upper", int64)],
        {"T": TypeOf(), "Tindex": int64}),
]  # fmt: skip
