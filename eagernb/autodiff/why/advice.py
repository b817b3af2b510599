"""What operations do to a gradient that they stop, and what to write instead."""

from __future__ import annotations

from typing import NamedTuple

from eagernb.core.op import WRITE, Op
from eagernb.ops.casting import CAST


class Advice(NamedTuple):
    """Why there is no derivative, as the end of a sentence that begins with the operation; and the remedy."""

    why: str
    remedy: str


_STEPS = "is flat between its jumps: a small change of its input changes nothing"
_ROUNDING = Advice(
    _STEPS,
    "Round only what is shown or counted, not what the loss is made of. To train through it all the same, let the "
    "gradient pass as if it were the identity: tf.grad_pass_through({op})(x).",
)
_COMPARING = Advice(
    "gives True or False, and a small change of its inputs changes nothing",
    "Gradients pass the values that a comparison chooses between, as in tf.where(condition, a, b). For the comparison "
    "itself, take a smooth one: tf.sigmoid(sharpness * (x - threshold)).",
)
_POSITION = Advice(
    "gives a position, an integer: a small change of its input does not move it",
    "Make the loss of the scores themselves: tf.nn.softmax for a choice that is smooth, "
    "tf.nn.sparse_softmax_cross_entropy_with_logits for classes. Keep {op} for counting what was right.",
)
_LOGICAL = Advice("works on True and False", _COMPARING.remedy)

NUMPY_FUNCTION_REMEDY = (
    "Take tf.py_function, whose function is given tensors: gradients flow through what it computes with tf's "
    "operations."
)
_ADVICE = {
    "numpy_function": Advice("works on arrays, of which a tape knows nothing", NUMPY_FUNCTION_REMEDY),
    "argmax": _POSITION,
    "argmin": _POSITION,
    "argsort": _POSITION,
    "searchsorted": _POSITION,
    "where_true": _POSITION,
    "floor": _ROUNDING,
    "ceil": _ROUNDING,
    "round": _ROUNDING,
    "rint": _ROUNDING,
    "floordiv": _ROUNDING,
    "equal": _COMPARING,
    "not_equal": _COMPARING,
    "less": _COMPARING,
    "less_equal": _COMPARING,
    "greater": _COMPARING,
    "greater_equal": _COMPARING,
    "logical_and": _LOGICAL,
    "logical_or": _LOGICAL,
    "logical_xor": _LOGICAL,
    "logical_not": _LOGICAL,
    "one_hot": Advice(
        "takes integers, which have no gradient",
        "One-hot vectors are for labels. Where the position is a choice of the model, use tf.nn.softmax of its scores.",
    ),
    "stop_gradient": Advice(
        "is there to stop gradients",
        "Take tf.stop_gradient away, or apply it only to the part that shall count as a constant.",
    ),
}  # fmt: skip
_CASTING = Advice(
    "makes {dtype} of it: what is behind the point is gone, so that small changes are lost",
    "Leave it a float on its way to the loss; make a copy of another dtype for indexing or counting.",
)
_ASSIGNING = Advice(
    "stores a value in a variable: the variable remembers the value, not what it was computed from",
    "Compute with the value itself, and assign it to the variable apart from that.",
)
_DISCRETE = Advice(
    "gives {dtype}, and only floating-point numbers can be differentiated",
    "Compute the target from floats all the way, or let the gradient pass by tf.grad_pass_through({op}).",
)
_UNKNOWN = Advice(
    "has no derivative", "Compute that part in another way, or give it a gradient with tf.custom_gradient."
)


_NAMES = {
    "read_variable": "reading the variable",
    "where_true": "`tf.where`",
    "floordiv": "`//`",
    "strided_slice": "slicing",
}


def op_words(op: str) -> str:
    """What a user calls an op: "`tf.argmax`", "reading the variable"."""
    return _NAMES.get(op) or (f"`{op}`" if op.startswith(("assign", "variable_")) else f"`tf.{op}`")


def advice_for(op: Op, dtype: str) -> Advice:
    """The advice for an op whose result has this dtype."""
    if op is CAST:
        found = _CASTING
    elif op.name in _ADVICE:
        found = _ADVICE[op.name]
    elif op.effect == WRITE:
        found = _ASSIGNING
    else:
        found = _UNKNOWN if dtype.startswith(("float", "bfloat", "complex")) else _DISCRETE
    values = {"op": op_words(op.name).strip("`"), "dtype": dtype}
    return Advice(found.why.format(**values), found.remedy.format(**values))
