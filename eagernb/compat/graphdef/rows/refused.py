"""Why some operations have no counterpart in TensorFlow's graphs."""

from __future__ import annotations

from eagernb.core.op import Op

_NUMPY = "it is NumPy's, and TensorFlow has no op for it"
_COMPOSED = "TensorFlow has no op for it, and composes it of others in another way"
_PYTHON = "Python functions stay in the process that they were made in"
_LABELS = "the labels of TensorFlow's CTCLoss are a sparse tensor, in three parts"
_OWN_STATE = "the state of a tf.random.Generator means something else to TensorFlow's generators"

_DATASET = "a dataset is read in the process that it was made in: export the function that it feeds"

# By op, the end of a sentence "... cannot be written as a GraphDef: ".
REASONS = {
    **dict.fromkeys(("ctc", "ctc_gradient"), _LABELS),
    "edit_distance": "TensorFlow's EditDistance takes the shapes of both besides, which ours does not know any more",
    **dict.fromkeys(
        (
            "log2", "log10", "trunc", "signbit", "hypot", "logaddexp", "copysign", "floor_divide", "remainder",
            "integer_power", "negated", "complex_expm1", "first_largest", "first_smallest", "sorted_order",
            "insertion_points", "unique_elements", "take_along_axis", "take_along_axis_grad",
        ), _NUMPY,
    ),
    **dict.fromkeys(
        (
            "assert_near", "expm", "histogram_fixed_width_bins", "index_shuffle", "pinv", "stateless_permutation",
            "fractional_argmax", "pooling_sequences", "variable_batch_scatter_update",
            "with_batch_positions", "resize_positions", "resize_weights",
        ), _COMPOSED,
    ),
    **dict.fromkeys(("py_function", "numpy_function", "py_gradient"), _PYTHON),
    "rng_skip": _OWN_STATE,
}  # fmt: skip


def reason_for(op: Op) -> str | None:
    """Why there is nothing like it in TensorFlow's graphs, if it is known."""
    return _DATASET if op.family == "data" else REASONS.get(op.name)
