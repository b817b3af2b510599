"""tf.compat.v1: the static graph of TensorFlow 1, under the names that it had.

A program in TensorFlow 1's style first builds a graph, in which tensors have no values, and then asks a session for the
values of some of them. What TensorFlow 2 has under the same name is found here as well.

>>> import eagernb.compat.v1 as tf
>>> with tf.Graph().as_default():
...     x = tf.placeholder(tf.float32, name="x")
...     y = tf.square(x) + 1.0
...     with tf.Session() as session:
...         session.run(y, feed_dict={x: 3.0})
np.float32(10.0)
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from eagernb.autodiff.symbolic import gradients
from eagernb.compat.graphdef.read import import_graph_def
from eagernb.compat.v1 import nn, train
from eagernb.compat.v1.default import (
    disable_eager_execution,
    enable_eager_execution,
    executing_eagerly,
    get_default_graph,
    reset_default_graph,
)
from eagernb.compat.v1.graph import Graph
from eagernb.compat.v1.initializers import (
    constant_initializer,
    glorot_normal_initializer,
    glorot_uniform_initializer,
    ones_initializer,
    random_normal_initializer,
    random_uniform_initializer,
    truncated_normal_initializer,
    variance_scaling_initializer,
    zeros_initializer,
)
from eagernb.compat.v1.old_names import (
    Variable,
    app,
    argmax,
    argmin,
    disable_v2_behavior,
    div,
    enable_v2_behavior,
    logging,
    multinomial,
    name_scope,
    random_gamma,
    random_normal,
    random_shuffle,
    random_uniform,
    reduce_all,
    reduce_any,
    reduce_logsumexp,
    reduce_max,
    reduce_mean,
    reduce_min,
    reduce_prod,
    reduce_sum,
    set_random_seed,
    to_double,
    to_float,
    to_int32,
    to_int64,
    truncated_normal,
)
from eagernb.compat.v1.old_names import no_effect as disable_resource_variables
from eagernb.compat.v1.old_names import no_effect as enable_resource_variables
from eagernb.compat.v1.operation import Operation
from eagernb.compat.v1.placeholder import placeholder, placeholder_with_default
from eagernb.compat.v1.session import (
    ConfigProto,
    GPUOptions,
    InteractiveSession,
    RunMetadata,
    RunOptions,
    Session,
    get_default_session,
)
from eagernb.compat.v1.variable_scope import (
    AUTO_REUSE,
    VariableScope,
    get_local_variable,
    get_variable,
    get_variable_scope,
    variable_op_scope,
    variable_scope,
)
from eagernb.compat.v1.variables import (
    GraphKeys,
    assign,
    assign_add,
    assign_sub,
    global_variables,
    global_variables_initializer,
    is_variable_initialized,
    local_variables,
    local_variables_initializer,
    report_uninitialized_variables,
    trainable_variables,
    variables_initializer,
)

# Where TensorFlow 2 keeps functions that were at the top in TensorFlow 1.
_MOVED = {
    **dict.fromkeys(("log", "log1p", "rsqrt", "ceil", "erf", "lgamma", "digamma", "is_nan", "is_inf", "is_finite",
                     "cumprod", "top_k", "segment_sum", "segment_mean", "unsorted_segment_sum", "floordiv", "mod",
                     "reciprocal", "squared_difference", "count_nonzero", "confusion_matrix", "bincount", "conj",
                     "real", "imag", "expm1", "xdivy", "polyval", "cross", "invert_permutation"), "eagernb.math"),
    **dict.fromkeys(("matrix_inverse", "matrix_determinant", "matrix_solve", "cholesky", "diag", "diag_part",
                     "matrix_transpose", "trace", "svd", "qr", "self_adjoint_eig", "norm"), "eagernb.linalg"),
}  # fmt: skip
_RENAMED = {
    "ceil": "ceil", "mod": "floormod", "matrix_inverse": "inv", "matrix_determinant": "det", "matrix_solve": "solve",
    "self_adjoint_eig": "eigh",
}  # fmt: skip
_MESSAGES = ("GraphDef", "NodeDef", "AttrValue", "TensorProto", "TensorShapeProto", "NameAttrList", "VersionDef")


def add_to_collection(name: Any, value: Any) -> None:
    """Put something into a collection of the default graph."""
    get_default_graph().add_to_collection(name, value)


def get_collection(key: Any, scope: str | None = None) -> list[Any]:
    """A collection of the default graph, as a copy."""
    return get_default_graph().get_collection(key, scope)


def __getattr__(name: str) -> Any:
    """What has not changed since TensorFlow 1, found where TensorFlow 2 has it."""
    if name in _MESSAGES:
        from eagernb.compat.graphdef.schema import messages

        return getattr(messages(), name)
    found = None
    if name in _MOVED:
        found = getattr(import_module(_MOVED[name]), _RENAMED.get(name, name), None)
    elif not name.startswith("_"):
        found = getattr(import_module("eagernb"), name, None)
    if found is None:
        raise AttributeError(f"module 'eagernb.compat.v1' has no attribute {name!r}")
    return found
