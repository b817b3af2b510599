"""Elementwise arithmetic, functions, comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.graphdef.mapping import Count, In, Param, Rest, Row, TypeOf
from eagernb.compat.graphdef.read import formula
from eagernb.core.op import find_op
from eagernb.graph.ir import Node
from eagernb.ops.exponential import sigmoid

_UNARY = {
    "negative": "Neg", "abs": "Abs", "sign": "Sign", "square": "Square", "reciprocal": "Reciprocal", "exp": "Exp",
    "expm1": "Expm1", "log": "Log", "log1p": "Log1p", "sqrt": "Sqrt", "rsqrt": "Rsqrt", "sigmoid": "Sigmoid",
    "tanh": "Tanh", "softplus": "Softplus", "softsign": "Softsign", "sin": "Sin", "cos": "Cos", "tan": "Tan",
    "asin": "Asin", "acos": "Acos", "atan": "Atan", "sinh": "Sinh", "cosh": "Cosh", "asinh": "Asinh",
    "acosh": "Acosh", "atanh": "Atanh", "floor": "Floor", "ceil": "Ceil", "round": "Round", "rint": "Rint",
    "erf": "Erf", "erfc": "Erfc", "erfinv": "Erfinv", "ndtri": "Ndtri", "lgamma": "Lgamma", "digamma": "Digamma",
    "is_nan": "IsNan", "is_inf": "IsInf", "is_finite": "IsFinite", "invert": "Invert", "relu": "Relu",
    "relu6": "Relu6", "elu": "Elu", "selu": "Selu", "stop_gradient": "StopGradient", "identity": "Identity",
    "conj": "Conj",
}  # fmt: skip
_BINARY = {
    "maximum": "Maximum", "minimum": "Minimum", "squared_difference": "SquaredDifference", "truncatediv": "TruncateDiv",
    "truncatemod": "TruncateMod", "equal": "Equal", "not_equal": "NotEqual", "less": "Less",
    "less_equal": "LessEqual", "greater": "Greater", "greater_equal": "GreaterEqual", "atan2": "Atan2",
    "xdivy": "Xdivy", "xlogy": "Xlogy", "xlog1py": "Xlog1py", "divide_no_nan": "DivNoNan",
    "multiply_no_nan": "MulNoNan", "bitwise_and": "BitwiseAnd", "bitwise_or": "BitwiseOr", "bitwise_xor": "BitwiseXor",
    "left_shift": "LeftShift", "right_shift": "RightShift", "nextafter": "NextAfter", "igamma": "Igamma",
    "igammac": "Igammac", "zeta": "Zeta", "polygamma": "Polygamma", "relu_grad": "ReluGrad",
}  # fmt: skip
_LOGICAL = {"logical_and": "LogicalAnd", "logical_or": "LogicalOr", "logical_not": "LogicalNot"}


def _write_identity_n(writer: Any, node: Node) -> None:
    """What only has a gradient of its own: its values are its inputs'."""
    inputs = [writer.value(value) for value in node.inputs[-len(node.specs) :]]
    writer.node(writer.name_of(node), "IdentityN", inputs, {"T": [spec.dtype for spec in node.specs]}, node)


def _read_identity_n(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    first, *others = inputs
    identity = find_op("identity")
    return [reader.build(identity, [first], {}), *(reader.extra("identity", [x], {}, "n") for x in others)]


ROWS = [
    *(Row(op, kind) for op, kind in (_UNARY | _BINARY).items()),
    *(Row(op, kind, attrs={}) for op, kind in _LOGICAL.items()),
    Row("add", "AddV2", name="Add", operator="add", also=["Add"]),
    Row("subtract", "Sub", operator="sub"),
    Row("multiply", "Mul", operator="mul"),
    Row("divide", "RealDiv", name="truediv", operator="truediv", also=["Div"]),
    Row("floordiv", "FloorDiv", name="floordiv", operator="floordiv"),
    Row("floormod", "FloorMod", operator="mod"),
    Row("pow", "Pow", operator="pow"),
    Row("logical_xor", "NotEqual", name="logical_xor", attrs={"T": TypeOf()}),
    Row("add_n", "AddN", inputs=[Rest()], attrs={"N": Count(), "T": TypeOf()}),
    Row("where", "SelectV2", attrs={"T": TypeOf(1)}, also=["Select"]),
    Row("cast", "Cast", attrs={"SrcT": TypeOf(), "DstT": Param("dtype")}),
    Row("bitcast", "Bitcast", attrs={"T": TypeOf(), "type": Param("dtype")}),
    Row("leaky_relu", "LeakyRelu", attrs={"T": TypeOf(), "alpha": Param("alpha")}),
    Row("leaky_relu_grad", "LeakyReluGrad", inputs=[In(0), In(1)], attrs={"T": TypeOf(), "alpha": Param("alpha")}),
    Row("complex", "Complex", attrs={"T": TypeOf(), "Tout": TypeOf(None)}),
    Row("custom_gradient", "IdentityN", write=_write_identity_n),
    Row("program_gradient", "IdentityN", write=_write_identity_n),
    Row("real", "Real", attrs={"T": TypeOf(), "Tout": TypeOf(None)}),
    Row("imag", "Imag", attrs={"T": TypeOf(), "Tout": TypeOf(None)}),
]
# The gradients of functions from their results y and the gradients g that arrive.
READERS = {
    "IdentityN": _read_identity_n,
    "TanhGrad": formula(lambda y, g: g * (1.0 - y * y)),
    "SigmoidGrad": formula(lambda y, g: g * y * (1.0 - y)),
    "SqrtGrad": formula(lambda y, g: g * 0.5 / y),
    "RsqrtGrad": formula(lambda y, g: g * y * y * y * -0.5),
    "ReciprocalGrad": formula(lambda y, g: -g * y * y),
    "SoftplusGrad": formula(lambda g, x: g * sigmoid(x)),
}
