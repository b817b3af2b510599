"""Names of operations, as TensorFlow gives them: from ``name=``, or from the kind of operation.

The functions of this library take ``name`` and let it fall: eager tensors have none. A static graph reads it off the
call itself: the frame of the library's function that the user's code called. A call that makes several operations
gives its name to the last of them, and to the others as a prefix.
"""

from __future__ import annotations

import dis
import inspect
import sys
from types import FrameType
from typing import Any

from eagernb.compat.graphdef.mapping import camel_case, row_of
from eagernb.core.op import Op

_PACKAGE = __name__.partition(".")[0] + "."
# Code of this library that builds graphs as a user would: its calls are named one by one.
_BUILDERS = (_PACKAGE + "compat", _PACKAGE + "autodiff", _PACKAGE + "modules")
_OPERATOR = dis.opmap["BINARY_OP"]
_ANY_ARGUMENTS = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS
_MARK = "__call__"  # no name that code could use: under it, a frame remembers its Call

# Functions that make several operations: what their names start from. (TensorFlow's scopes have these names.)
_COMPOSITES = {
    ("eagernb.ops.random", "normal"): "random_normal",
    ("eagernb.ops.random", "uniform"): "random_uniform",
    ("eagernb.ops.random", "truncated_normal"): "truncated_normal",
    ("eagernb.ops.losses", "softmax_cross_entropy_with_logits"): "softmax_cross_entropy_with_logits",
    ("eagernb.ops.losses", "sparse_softmax_cross_entropy_with_logits"): "SparseSoftmaxCrossEntropyWithLogits",
    ("eagernb.ops.losses", "sigmoid_cross_entropy_with_logits"): "logistic_loss",
    ("eagernb.ops.clipping", "clip_by_value"): "clip_by_value",
    ("eagernb.ops.dropout", "dropout"): "dropout",
}


class Call:
    """A call of one of the library's functions, and the operations that it has made so far."""

    def __init__(self, name: str | None, operator: bool) -> None:
        self.name = name
        self.operator = operator  # a + b, and not tf.add(a, b)
        self.operations: list[Any] = []
        self.defaults: list[str] = []  # the operations' names, had the call none


def call_of() -> Call | None:
    """The call that makes an operation now: of the function that is next to the user's code."""
    frame: FrameType | None = sys._getframe(2)
    inner = called = None
    while frame is not None and _is_ours(frame):
        inner, called, frame = frame, inner, frame.f_back
    if inner is None:
        return None
    if called is not None and inner.f_code.co_flags & _ANY_ARGUMENTS == _ANY_ARGUMENTS:
        inner = called  # a decorator's wrapper knows no names of arguments
    names = inner.f_locals
    call = names.get(_MARK)
    if call is None:
        operator = frame is not None and frame.f_code.co_code[frame.f_lasti] == _OPERATOR
        given = names.get("name")
        if not isinstance(given, str) or given == "Const":
            given = _COMPOSITES.get((inner.f_globals.get("__name__", ""), inner.f_code.co_name))
        call = Call(given, operator)
        names[_MARK] = call
    return call


def _is_ours(frame: FrameType) -> bool:
    module = frame.f_globals.get("__name__", "")
    return module.startswith(_PACKAGE) and not module.startswith(_BUILDERS)


def default_name(op: Op, call: Call | None) -> str:
    """What an operation is called if nobody says: "add" for `a + b`, "Add" for `tf.add(a, b)`."""
    row = row_of(op)
    if op.graphs:
        return op.name.removesuffix("_loop")
    if row is None:
        return camel_case(op.name)
    if call is not None and call.operator and row.operator:
        return row.operator
    return row.name or row.type
