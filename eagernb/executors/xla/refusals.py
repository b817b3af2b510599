"""What XLA cannot take, and why: the sentences that users see.

XLA compiles a program for fixed shapes, of numbers, without a way to raise or to call Python.
"""

from __future__ import annotations

from eagernb.core.op import Op
from eagernb.errors import InvalidArgumentError
from eagernb.graph.ir import Graph, Node

_BY_VALUES = "the shape of its result follows from values, and XLA needs every shape while it compiles"
_PYTHON = "it calls Python, which a compiled program cannot"
_TEXT = "XLA has numbers only, no strings"
_RAISES = "it raises once a value is reached, which a compiled program cannot"
_NO_SUCH = "there is no such function in XLA"

REASONS = {
    **dict.fromkeys(("where_true", "unique", "unique_with_counts", "unique_elements"), _BY_VALUES),
    **dict.fromkeys(("reshape_by_tensor", "broadcast_by_tensor", "late_gradient"), _BY_VALUES),
    **dict.fromkeys(("ctc_greedy_decoder", "ctc_beam_search_decoder"), _BY_VALUES),
    **dict.fromkeys(("py_function", "numpy_function", "py_gradient"), _PYTHON),
    **dict.fromkeys(("add_texts", "as_string", "decode_base64", "decode_raw", "encode_base64", "fingerprint",
                     "parse_tensor", "print", "serialize_tensor"), _TEXT),
    **dict.fromkeys(("matching_files", "read_file", "write_file"), "a compiled program has no files"),
    "count_up_to": _RAISES,
    **dict.fromkeys(("eig", "eigvals"), "it has the eigenvalues of symmetric matrices only"),
    "timestamp": "a compiled program has no clock",
    **dict.fromkeys(
        (
            "ctc", "ctc_gradient", "dawsn", "isotonic_regression", "fresnel_cos", "fresnel_sin", "logm", "sqrtm",
            "bessel_j0", "bessel_j1", "bessel_k0", "bessel_k0e", "bessel_k1", "bessel_k1e", "bessel_y0", "bessel_y1",
            "edit_distance", "fractional_argmax",
        ),
        _NO_SUCH,
    ),
}  # fmt: skip

# What to write instead, where there is something.
_INSTEAD = {
    "where_true": "Use tf.where(condition, x, y) or multiply by the mask, which keeps the shape. ",
    "print": "Print what the function returns. ",
    "range": "Use Python numbers, or sizes of tensors. ",
}

REMEDY = (
    "Take it out of the compiled function, or leave out jit_compile=True; with "
    "tf.config.optimizer.set_jit('autoclustering') and without jit_compile, XLA takes the functions that it can."
)


def reason_for(op: Op) -> str:
    if op.family == "data":
        return "it reads a dataset, which is done by Python"
    return REASONS.get(op.name, "there is no rule for it")


def refusal(node: Node, reason: str) -> InvalidArgumentError:
    """The error for a node that XLA cannot take, with the user's line."""
    name = (node.op.late_of or node.op).name
    text = f"{name}: XLA cannot compile this, for {reason}. {_INSTEAD.get(name, '')}{REMEDY}"
    if node.line is not None:
        text += f"\n  It comes from line {node.line.number}"
        text += f": {node.line.text}" if node.line.text else "."
    return InvalidArgumentError(text, name)


def refusal_of_graph(graph: Graph, reason: str) -> InvalidArgumentError:
    """The error for a graph that XLA cannot take as a whole."""
    return InvalidArgumentError(f"XLA cannot compile {graph.name}: {reason}. {REMEDY}")
