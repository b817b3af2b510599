"""Activation functions of neural networks."""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import FLOATS, REAL, float32
from eagernb.core.large import LARGE, in_parts, spread
from eagernb.core.laws import Laws
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import negative, no_slope, square
from eagernb.ops.casting import cast
from eagernb.ops.exponential import sigmoid
from eagernb.ops.families import broadcasting, elements, elementwise
from eagernb.ops.joining import concat
from eagernb.ops.selecting import select
from eagernb.ops.special import erf
from eagernb.ops.trigonometry import tanh
from eagernb.ops.where import where

relu = elementwise(
    "relu", lambda x: spread(np.maximum, x, x.dtype.type(0)), lambda g, out: relu_grad(g, out),
    allowed=REAL, laws=Laws(idempotent=True),
    argument="features", doc="max(x, 0), elementwise; NaN stays, the gradient at 0 is 0.",
    example="relu([-1.0, 2.0]) -> [0. 2.]",
)  # fmt: skip


def _gate(g: Any, features: Any, out: Any = None) -> Any:
    return np.multiply(g, features > 0, out=out)


def _relu_grad_kernel(g: Any, features: Any) -> Any:
    if g.nbytes < LARGE or g.shape != features.shape:
        return _gate(g, features)
    return in_parts(_gate, (g, features), g.shape, g.dtype)


relu_grad = broadcasting(
    "relu_grad", _relu_grad_kernel, lambda g, y: relu_grad(g, y), no_slope,
    label="relu'", allowed=REAL, doc="g where the features are positive, 0 elsewhere: the gradient of relu.",
    example="relu_grad([1.0, 2.0], [-1.0, 3.0]) -> [0. 2.]",
)  # fmt: skip


relu6 = elementwise(
    "relu6", lambda x: np.minimum(np.maximum(x, x.dtype.type(0)), x.dtype.type(6)),
    lambda g, out: relu_grad(relu_grad(g, out), 6 - out),
    allowed=REAL, laws=Laws(idempotent=True),
    argument="features", doc="min(max(x, 0), 6), elementwise; NaN stays, the gradient at 0 and at 6 is 0.",
    example="relu6([-1.0, 2.0, 9.0]) -> [0. 2. 6.]",
)  # fmt: skip


def _elu_rule(g: Tensor, x: Tensor, out: Tensor) -> Tensor:
    return where(x < scalar_like(0, x), g * (out + 1), g)


elu = elementwise(
    "elu", lambda x: select(x < 0, np.expm1(np.minimum(x, 0)), x), _elu_rule, allowed=FLOATS,
    argument="features", doc="x, or exp(x) - 1 where x is negative, elementwise (Clevert et al., 2015).",
    example="elu([-1.0, 2.0]) -> [-0.6321  2.    ]",
)  # fmt: skip


# With these two numbers, activations keep mean 0 and variance 1 from layer to layer (Klambauer et al., 2017).
SELU_SCALE, SELU_ALPHA = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717


def _selu_kernel(x: Any) -> Any:
    return x.dtype.type(SELU_SCALE) * select(x < 0, x.dtype.type(SELU_ALPHA) * np.expm1(np.minimum(x, 0)), x)


def _selu_rule(g: Tensor, out: Tensor) -> Tensor:
    negative_side = g * (out + scalar_like(SELU_SCALE * SELU_ALPHA, out))
    return where(out < scalar_like(0, out), negative_side, g * scalar_like(SELU_SCALE, g))


selu = elementwise(
    "selu", _selu_kernel, _selu_rule, allowed=FLOATS,
    argument="features",
    doc="1.0507 x, or 1.0507 * 1.6733 * (exp(x) - 1) where x is negative, elementwise (Klambauer et al., 2017).",
    example="selu([-1.0, 2.0]) -> [-1.1113  2.1014]",
)  # fmt: skip


softsign = elementwise(
    "softsign", lambda x: x / (np.abs(x) + x.dtype.type(1)), lambda g, x: g / square(abs(x) + 1),
    allowed=FLOATS, argument="features", doc="x / (1 + |x|), elementwise.",
    example="softsign([-1.0, 3.0]) -> [-0.5   0.75]",
)  # fmt: skip


def _leaky_relu(x: Any, alpha: float) -> Any:
    # For these slopes the larger one is it; NumPy finds it faster than it asks for the sign.
    if 0 < alpha <= 1:
        return np.maximum(x, x * x.dtype.type(alpha))
    return select(x > 0, x, x * x.dtype.type(alpha))


LEAKY_RELU = register(
    Op(
        "leaky_relu", ("x",), _leaky_relu,
        infer=lambda x, alpha: TensorSpec(x.shape, x.dtype),
        rules=(Rule.of(lambda g, x, alpha: apply(LEAKY_RELU_GRAD, (g, x), alpha=alpha)),),
        label="leaky relu", family="elementwise", fresh=True, dtypes=FLOATS, typed=(0,), flops=elements,
    )
)  # fmt: skip


def leaky_relu(features: Any, alpha: float = 0.2, name: str | None = None) -> Tensor:
    """x, or alpha * x where x is negative, elementwise (Maas et al., 2013); integers become float32.

    The shape stays. TypeError unless ``alpha`` is a Python number.

    >>> leaky_relu([-1.0, 2.0]).numpy()
    array([-0.2,  2. ], dtype=float32)
    """
    x = convert_to_tensor(features)
    if not isinstance(alpha, (int, float, np.number)):
        raise TypeError(f"leaky_relu: alpha must be a Python number, not {alpha!r}.")
    # TensorFlow keeps the slope in float32, for float64 tensors too.
    alpha = float(np.float32(alpha))
    return apply(LEAKY_RELU, (cast(x, float32) if x.dtype.is_integer else x,), alpha=alpha)


LEAKY_RELU_GRAD = register(
    Op(
        "leaky_relu_grad", ("g", "features"),
        kernel=lambda g, features, alpha: select(features > 0, g, g * g.dtype.type(alpha)),
        infer=lambda g, features, alpha: TensorSpec(g.shape.merge_with(features.shape), g.dtype),
        rules=(
            Rule.of(lambda g, features, alpha: apply(LEAKY_RELU_GRAD, (g, features), alpha=alpha)),
            Rule.of(no_slope),
        ),
        label="leaky relu'", family="elementwise", fresh=True, dtypes=FLOATS, typed=(0, 1), flops=elements,
    )
)  # fmt: skip


def crelu(features: Any, axis: Any = -1, name: str | None = None) -> Tensor:
    """relu(x) and relu(-x), one after the other along an axis, which becomes twice as long (Shang et al., 2016).

    ShapeError for an axis that is not there.

    >>> crelu([[-1.0, 2.0]]).numpy()
    array([[0., 2., 1., 0.]], dtype=float32)
    """
    x = convert_to_tensor(features)
    return relu(concat([x, negative(x)], axis))


def silu(features: Any, beta: Any = 1.0) -> Tensor:
    """x * sigmoid(beta * x), elementwise; also called swish (Ramachandran et al., 2017).

    Takes floats, whose shape stays; ``beta`` is a number or broadcasts. DTypeError for integers.

    >>> silu([0.0, 2.0], beta=0.0).numpy()
    array([0., 1.], dtype=float32)
    """
    x = convert_to_tensor(features)
    return x * sigmoid(cast(beta, x.dtype) * x)


swish = silu


# TensorFlow has gelu's numbers in float32, for float64 tensors too.
_CUBED, _ROOT_OF_HALF = float(np.float32(0.044715)), float(np.float32(0.5**0.5))


def gelu(features: Any, approximate: bool = False, name: str | None = None) -> Tensor:
    """x times the probability that a standard normal number is less than x (Hendrycks and Gimpel, 2016).

    ``approximate`` takes tanh(sqrt(2 / pi) * (x + 0.044715 * x³)) for erf(x / sqrt(2)). Takes floats, whose shape
    stays; ValueError for integers.

    >>> gelu([-1.0, 0.0, 1.0]).numpy()
    array([-0.15865526,  0.        ,  0.8413447 ], dtype=float32)
    """
    x = convert_to_tensor(features)
    if not x.dtype.is_floating:
        raise ValueError(f"gelu: `features.dtype` must be a floating point tensor, not {x.dtype.name}.")
    if approximate:
        return 0.5 * x * (1 + tanh(0.7978845608028654 * (x + _CUBED * (x * x * x))))
    return 0.5 * x * (1 + erf(x * scalar_like(_ROOT_OF_HALF, x)))
