"""Elementwise arithmetic, functions, comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.graphdef.mapping import Count, In, Param, Rest, Row, TypeOf
from eagernb.compat.graphdef.read import formula
from eagernb.core.dtypes import string
from eagernb.core.op import find_op
from eagernb.graph.ir import Node
from eagernb.ops.activations import SELU_ALPHA, SELU_SCALE
from eagernb.ops.creation import zeros_like
from eagernb.ops.exponential import sigmoid
from eagernb.ops.where import where

_UNARY = {
    "negative": "Neg", "sign": "Sign", "square": "Square", "reciprocal": "Reciprocal", "exp": "Exp",
    "expm1": "Expm1", "log": "Log", "log1p": "Log1p", "sqrt": "Sqrt", "rsqrt": "Rsqrt", "sigmoid": "Sigmoid",
    "tanh": "Tanh", "softplus": "Softplus", "softsign": "Softsign", "sin": "Sin", "cos": "Cos", "tan": "Tan",
    "asin": "Asin", "acos": "Acos", "atan": "Atan", "sinh": "Sinh", "cosh": "Cosh", "asinh": "Asinh",
    "acosh": "Acosh", "atanh": "Atanh", "floor": "Floor", "ceil": "Ceil", "round": "Round", "rint": "Rint",
    "erf": "Erf", "erfc": "Erfc", "erfinv": "Erfinv", "ndtri": "Ndtri", "lgamma": "Lgamma", "digamma": "Digamma",
    "is_nan": "IsNan", "is_inf": "IsInf", "is_finite": "IsFinite", "invert": "Invert", "relu": "Relu",
    "relu6": "Relu6", "elu": "Elu", "selu": "Selu", "stop_gradient": "StopGradient", "identity": "Identity",
    "conj": "Conj", "bessel_i0": "BesselI0", "bessel_i0e": "BesselI0e", "bessel_i1": "BesselI1",
    "bessel_i1e": "BesselI1e", "bessel_j0": "BesselJ0", "bessel_j1": "BesselJ1", "bessel_y0": "BesselY0",
    "bessel_y1": "BesselY1", "bessel_k0": "BesselK0", "bessel_k0e": "BesselK0e", "bessel_k1": "BesselK1",
    "bessel_k1e": "BesselK1e", "dawsn": "Dawsn", "expint": "Expint", "spence": "Spence", "fresnel_sin": "FresnelSin",
    "fresnel_cos": "FresnelCos",
}  # fmt: skip
_BINARY = {
    "maximum": "Maximum", "minimum": "Minimum", "squared_difference": "SquaredDifference", "truncatediv": "TruncateDiv",
    "truncatemod": "TruncateMod", "equal": "Equal", "not_equal": "NotEqual", "less": "Less",
    "less_equal": "LessEqual", "greater": "Greater", "greater_equal": "GreaterEqual", "atan2": "Atan2",
    "xdivy": "Xdivy", "xlogy": "Xlogy", "xlog1py": "Xlog1py", "divide_no_nan": "DivNoNan",
    "multiply_no_nan": "MulNoNan", "bitwise_and": "BitwiseAnd", "bitwise_or": "BitwiseOr", "bitwise_xor": "BitwiseXor",
    "left_shift": "LeftShift", "right_shift": "RightShift", "nextafter": "NextAfter", "igamma": "Igamma",
    "igammac": "Igammac", "zeta": "Zeta", "polygamma": "Polygamma",
    "igamma_by_a": "IgammaGradA",
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


def _abs_type(node: Node) -> str:
    return "ComplexAbs" if node.inputs[0].spec.dtype.is_complex else "Abs"


def _write_abs(writer: Any, node: Node) -> None:
    kind = _abs_type(node)
    attributes = {"T": node.inputs[0].spec.dtype} | ({"Tout": node.specs[0].dtype} if kind == "ComplexAbs" else {})
    writer.node(writer.name_of(node), kind, [writer.value(node.inputs[0])], attributes, node)


def _read_abs(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("abs"), inputs, {})


def _of_complex(node: Node) -> None:
    if not node.inputs[0].spec.dtype.is_complex:
        raise NotImplementedError("TensorFlow's op takes complex numbers only")


def _of_one_shape(node: Node) -> None:
    if not node.inputs[0].spec.shape.is_compatible_with(node.inputs[1].spec.shape):
        raise NotImplementedError("TensorFlow's op takes tensors of one shape")


def _write_betainc(writer: Any, node: Node) -> None:
    """TensorFlow's op takes tensors of one shape, and single numbers."""
    name, whole, dtype = writer.name_of(node), node.specs[0].shape, node.specs[0].dtype
    inputs = []
    for value in node.inputs:
        x = writer.value(value)
        if value.spec.shape.rank != 0 and value.spec.shape != whole:
            x = writer.broadcast(f"{name}/BroadcastTo", x, whole, dtype)
        inputs.append(x)
    writer.node(name, "Betainc", inputs, {"T": dtype}, node)


def _read_betainc(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("betainc"), inputs, {})


def _read_add(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("add_texts" if inputs[0].dtype is string else "add"), inputs, {})


ROWS = [
    *(Row(op, kind) for op, kind in (_UNARY | _BINARY).items()),
    *(Row(op, kind, attrs={}) for op, kind in _LOGICAL.items()),
    Row("add", "AddV2", name="Add", operator="add"),
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
    Row("relu_grad", "ReluGrad", check=_of_one_shape),
    Row(
        "leaky_relu_grad",
        "LeakyReluGrad",
        check=_of_one_shape,
        inputs=[In(0), In(1)],
        attrs={"T": TypeOf(), "alpha": Param("alpha")},
    ),
    Row("complex", "Complex", attrs={"T": TypeOf(), "Tout": TypeOf(None)}),
    Row("custom_gradient", "IdentityN", write=_write_identity_n),
    Row("program_gradient", "IdentityN", write=_write_identity_n),
    Row("abs", "Abs", variant=_abs_type, write=_write_abs, read=_read_abs, also=["ComplexAbs"]),
    Row("angle", "Angle", check=_of_complex, attrs={"T": TypeOf(), "Tout": TypeOf(None)}),
    Row("betainc", "Betainc", write=_write_betainc, read=_read_betainc),
    Row("add_texts", "Add", operator="add"),
    Row("real", "Real", attrs={"T": TypeOf(), "Tout": TypeOf(None)}),
    Row("imag", "Imag", attrs={"T": TypeOf(), "Tout": TypeOf(None)}),
]  # fmt: skip
# The gradients of functions from their results y and the gradients g that arrive.
READERS = {
    "Add": _read_add,
    "IdentityN": _read_identity_n,
    "TanhGrad": formula(lambda y, g: g * (1.0 - y * y)),
    "SigmoidGrad": formula(lambda y, g: g * y * (1.0 - y)),
    "SqrtGrad": formula(lambda y, g: g * 0.5 / y),
    "RsqrtGrad": formula(lambda y, g: g * y * y * y * -0.5),
    "ReciprocalGrad": formula(lambda y, g: -g * y * y),
    "InvGrad": formula(lambda y, g: -g * y * y),
    "Relu6Grad": formula(lambda g, x: where((x > 0) & (x < 6), g, zeros_like(g))),
    "EluGrad": formula(lambda g, y: where(y < 0, g * (y + 1.0), g)),
    "SeluGrad": formula(lambda g, y: where(y < 0, g * (y + SELU_SCALE * SELU_ALPHA), g * SELU_SCALE)),
    "SoftsignGrad": formula(lambda g, x: g / (1.0 + abs(x)) ** 2),
    "SoftplusGrad": formula(lambda g, x: g * sigmoid(x)),
}
