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
from eagernb.compat.graphdef.tensors import make_ndarray, make_tensor_proto
from eagernb.compat.v1 import graph_util, initializers, layers, losses, metrics, nn, sparse, train
from eagernb.compat.v1.collections import (
    GraphKeys,
    global_variables,
    global_variables_initializer,
    is_variable_initialized,
    local_variables,
    local_variables_initializer,
    model_variables,
    moving_average_variables,
    report_uninitialized_variables,
    trainable_variables,
    variables_initializer,
)
from eagernb.compat.v1.default import (
    disable_eager_execution,
    enable_eager_execution,
    executing_eagerly,
    executing_eagerly_outside_functions,
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
    Print,
    Variable,
    app,
    argmax,
    argmin,
    assign,
    assign_add,
    assign_sub,
    disable_v2_behavior,
    div,
    enable_v2_behavior,
    hessians,
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
    while_loop,
)
from eagernb.compat.v1.old_names import argmax as arg_max
from eagernb.compat.v1.old_names import argmin as arg_min
from eagernb.compat.v1.old_names import no_effect as disable_control_flow_v2
from eagernb.compat.v1.old_names import no_effect as disable_resource_variables
from eagernb.compat.v1.old_names import no_effect as enable_control_flow_v2
from eagernb.compat.v1.old_names import no_effect as enable_resource_variables
from eagernb.compat.v1.old_names import tuple_ as tuple
from eagernb.compat.v1.operation import Operation
from eagernb.compat.v1.placeholder import placeholder, placeholder_with_default
from eagernb.compat.v1.places import PLACES
from eagernb.compat.v1.scatter import (
    scatter_add,
    scatter_div,
    scatter_max,
    scatter_min,
    scatter_mul,
    scatter_nd_add,
    scatter_nd_sub,
    scatter_nd_update,
    scatter_sub,
    scatter_update,
)
from eagernb.compat.v1.session import (
    ConfigProto,
    GPUOptions,
    GraphOptions,
    InteractiveSession,
    OptimizerOptions,
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
from eagernb.compat.v1.wrap_function import wrap_function

__all__ = [
    "AUTO_REUSE", "ConfigProto", "GPUOptions", "Graph", "GraphKeys", "GraphOptions", "InteractiveSession", "Operation",
    "OptimizerOptions", "Print", "RunMetadata", "RunOptions", "Session", "Variable", "VariableScope",
    "add_to_collection", "add_to_collections", "all_variables", "app", "arg_max", "arg_min", "argmax", "argmin",
    "assign", "assign_add", "assign_sub", "constant_initializer", "disable_control_flow_v2", "disable_eager_execution",
    "disable_resource_variables", "disable_v2_behavior", "div", "enable_control_flow_v2", "enable_eager_execution",
    "enable_resource_variables", "enable_v2_behavior", "executing_eagerly", "executing_eagerly_outside_functions",
    "get_collection", "get_collection_ref", "get_default_graph", "get_default_session", "get_local_variable",
    "get_variable", "get_variable_scope", "global_variables", "global_variables_initializer",
    "glorot_normal_initializer", "glorot_uniform_initializer", "gradients", "graph_util", "hessians",
    "import_graph_def", "initialize_all_variables", "initialize_local_variables", "initialize_variables",
    "initializers", "is_variable_initialized", "layers", "local_variables", "local_variables_initializer", "logging",
    "losses", "make_ndarray", "make_tensor_proto", "metrics", "model_variables", "moving_average_variables",
    "multinomial", "name_scope", "newaxis", "nn", "ones_initializer", "placeholder", "placeholder_with_default",
    "random_gamma", "random_normal", "random_normal_initializer", "random_shuffle", "random_uniform",
    "random_uniform_initializer", "reduce_all", "reduce_any", "reduce_logsumexp", "reduce_max", "reduce_mean",
    "reduce_min", "reduce_prod", "reduce_sum", "report_uninitialized_variables", "reset_default_graph", "scatter_add",
    "scatter_div", "scatter_max", "scatter_min", "scatter_mul", "scatter_nd_add", "scatter_nd_sub",
    "scatter_nd_update", "scatter_sub", "scatter_update", "set_random_seed", "sparse", "to_double", "to_float",
    "to_int32", "to_int64", "train", "trainable_variables", "truncated_normal", "truncated_normal_initializer",
    "tuple", "variable_op_scope", "variable_scope", "variables_initializer", "variance_scaling_initializer",
    "while_loop", "wrap_function", "zeros_initializer",
]  # fmt: skip


_MESSAGES = ("GraphDef", "NodeDef", "AttrValue", "TensorProto", "TensorShapeProto", "NameAttrList", "VersionDef")


newaxis = None


def add_to_collection(name: Any, value: Any) -> None:
    """Put something into a collection of the default graph."""
    get_default_graph().add_to_collection(name, value)


def add_to_collections(names: Any, value: Any) -> None:
    """Put something into several collections of the default graph."""
    get_default_graph().add_to_collections(names, value)


def get_collection_ref(key: Any) -> list[Any]:
    """A collection of the default graph itself: what is appended to it stays there."""
    return get_default_graph().get_collection_ref(key)


def get_collection(key: Any, scope: str | None = None) -> list[Any]:
    """A collection of the default graph, as a copy."""
    return get_default_graph().get_collection(key, scope)


all_variables = global_variables
initialize_all_variables = global_variables_initializer
initialize_local_variables = local_variables_initializer
initialize_variables = variables_initializer


def __getattr__(name: str) -> Any:
    """What has not changed since TensorFlow 1, found where TensorFlow 2 has it."""
    if name in _MESSAGES:
        from eagernb.core.graph_messages import messages

        return getattr(messages(), name)
    if name == "data":
        return import_module("eagernb.compat.v1.data")
    found = None
    if not name.startswith("_"):
        module, there = PLACES.get(name, ("eagernb", name))
        found = getattr(import_module(module), there, None)
    if found is None:
        raise AttributeError(f"module 'eagernb.compat.v1' has no attribute {name!r}")
    return found


def __dir__() -> list[str]:
    # One of the files here has the name of a module that TensorFlow does not have: graph.
    unchanged = {name for name in import_module("eagernb").__all__ if name not in globals()}
    return sorted({*__all__, "data", *_MESSAGES, *PLACES, *unchanged})
