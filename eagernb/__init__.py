"""eagernb: see how tensor libraries think.

A tensor engine on NumPy under TensorFlow 2's names (``import eagernb as tf``), and IPython magics that draw
what it does: ``%load_ext eagernb``, then ``%%eager``, ``%%graph`` and ``%%compare``.
"""

from __future__ import annotations

import logging as _logging
import warnings as _warnings
from typing import Any as _Any

from eagernb import (
    autograph,
    bitwise,
    config,
    debugging,
    dtypes,
    errors,
    experimental,
    image,
    linalg,
    math,
    nest,
    nn,
    random,
    signal,
    types,
    version,
)
from eagernb.autodiff.custom_gradient import custom_gradient, grad_pass_through
from eagernb.autodiff.recompute import recompute_grad
from eagernb.autodiff.symbolic import gradients
from eagernb.autodiff.tape import GradientTape
from eagernb.autodiff.unconnected import UnconnectedGradients
from eagernb.autodiff.vectorized_map import vectorized_map
from eagernb.core.convert import (
    convert_to_tensor,
    is_symbolic_tensor,
    is_tensor,
    register_tensor_conversion_function,
    type_spec_from_value,
)
from eagernb.core.devices import device
from eagernb.core.dispatch import current as _current_handler
from eagernb.core.dtypes import (
    DType,
    as_dtype,
    bfloat16,
    complex64,
    complex128,
    double,
    float16,
    float32,
    float64,
    half,
    int8,
    int16,
    int32,
    int64,
    string,
    uint8,
    uint16,
    uint32,
    uint64,
    variant,
)
from eagernb.core.dtypes import bool_ as bool
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.name_scope import get_current_name_scope, name_scope
from eagernb.core.scopes import control_dependencies, init_scope
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec, TypeSpec
from eagernb.core.static import get_static_value
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable, VariableAggregation, VariableSynchronization
from eagernb.function import explain_retracing, function, numpy_function, py_function
from eagernb.graph.branches import case, cond, switch_case
from eagernb.graph.functional import foldl, foldr, map_fn, scan
from eagernb.graph.while_loop import while_loop
from eagernb.modules.initializers import (
    constant_initializer,
    ones_initializer,
    random_normal_initializer,
    random_uniform_initializer,
    zeros_initializer,
)
from eagernb.modules.module import Module
from eagernb.ops import methods as _methods
from eagernb.ops import numpy_protocol as _numpy_protocol
from eagernb.ops.arithmetic import (
    abs,
    add,
    divide,
    maximum,
    minimum,
    multiply,
    negative,
    pow,
    realdiv,
    scalar_mul,
    sign,
    square,
    subtract,
    truediv,
)
from eagernb.ops.arranging import repeat, reverse_sequence, roll
from eagernb.ops.assertions import Assert, assert_equal, assert_greater, assert_less
from eagernb.ops.block_slice import slice_ as slice
from eagernb.ops.casting import bitcast, cast, saturate_cast
from eagernb.ops.clipping import clip_by_global_norm, clip_by_norm, clip_by_value
from eagernb.ops.clock import timestamp
from eagernb.ops.compare import (
    equal,
    greater,
    greater_equal,
    less,
    less_equal,
    logical_and,
    logical_not,
    logical_or,
    not_equal,
)
from eagernb.ops.complex import complex
from eagernb.ops.creation import constant, eye, fill, ones, ones_like, zeros, zeros_like
from eagernb.ops.cumulative import cumsum
from eagernb.ops.eigen import eig, eigvals
from eagernb.ops.einsum import einsum
from eagernb.ops.exponential import exp, sigmoid, sqrt
from eagernb.ops.gather import gather
from eagernb.ops.gather_nd import gather_nd
from eagernb.ops.grouping import group, guarantee_const, no_op
from eagernb.ops.grouping import tuple_ as tuple
from eagernb.ops.histogram import histogram_fixed_width, histogram_fixed_width_bins
from eagernb.ops.joining import concat, parallel_stack, split, stack, unstack
from eagernb.ops.matmul import matmul
from eagernb.ops.matrix_functions import sqrtm as matrix_square_root
from eagernb.ops.norms import norm
from eagernb.ops.one_hot import one_hot
from eagernb.ops.padding import pad
from eagernb.ops.partition import dynamic_partition, dynamic_stitch
from eagernb.ops.positions import argmax, argmin
from eagernb.ops.printing import print_ as print
from eagernb.ops.ranges import linspace, meshgrid, range, sequence_mask
from eagernb.ops.reduce import (
    reduce_all,
    reduce_any,
    reduce_logsumexp,
    reduce_max,
    reduce_mean,
    reduce_min,
    reduce_prod,
    reduce_sum,
)
from eagernb.ops.rounding import floor, round, truncatediv, truncatemod
from eagernb.ops.scatter import (
    scatter_nd,
    tensor_scatter_nd_add,
    tensor_scatter_nd_max,
    tensor_scatter_nd_min,
    tensor_scatter_nd_sub,
    tensor_scatter_nd_update,
)
from eagernb.ops.shape import (
    broadcast_to,
    expand_dims,
    identity,
    identity_n,
    rank,
    reshape,
    reverse,
    shape,
    shape_n,
    size,
    squeeze,
    tile,
    transpose,
)
from eagernb.ops.shape_algebra import (
    broadcast_dynamic_shape,
    broadcast_static_shape,
    ensure_shape,
    unravel_index,
)
from eagernb.ops.slicing import strided_slice
from eagernb.ops.sorting import argsort, searchsorted, sort
from eagernb.ops.space_to_batch import (
    batch_to_space,
    required_space_to_batch_paddings,
    space_to_batch,
    space_to_batch_nd,
)
from eagernb.ops.static_assertions import assert_rank
from eagernb.ops.stop_gradient import stop_gradient
from eagernb.ops.sums import add_n
from eagernb.ops.tensor_array import TensorArray
from eagernb.ops.tensordot import tensordot
from eagernb.ops.trigonometry import acos, acosh, asin, asinh, atan, atan2, atanh, cos, cosh, sin, sinh, tan, tanh
from eagernb.ops.unique import unique, unique_with_counts
from eagernb.ops.where import boolean_mask, where

__version__ = version.VERSION

newaxis = None

# TensorFlow answers 1/0 with inf and 0/0 with nan, without a warning. This leaves NumPy's warnings as they are
# everywhere but in this package's own calls.
_warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"eagernb\.")


def executing_eagerly() -> _Any:
    """Whether operations run at once: False while a function or a cell is traced into a graph.

    >>> import eagernb as tf
    >>> tf.executing_eagerly(), tf.function(tf.executing_eagerly)().numpy()
    (True, np.False_)
    """
    from eagernb.graph.tracer import Tracer

    handler = _current_handler()
    while handler is not None:
        if isinstance(handler, Tracer):
            return False
        handler = handler.outer
    return True


def inside_function() -> _Any:
    """Whether a function is being traced into a graph.

    >>> import eagernb as tf
    >>> tf.inside_function(), tf.function(tf.inside_function)().numpy()
    (False, np.True_)
    """
    return not executing_eagerly()


def get_logger() -> _logging.Logger:
    """The logger of this package's warnings: ``tf.get_logger().setLevel("ERROR")`` silences them.

    >>> get_logger().name
    'eagernb'
    """
    return _logging.getLogger("eagernb")


def why_no_gradient(tape: _Any, target: _Any, source: _Any) -> _Any:
    """Why ``tape.gradient(target, source)`` is None: where the way back is broken, on which line, and how to mend it.

    Printed, the result says it in words; a notebook shows a picture as well. Its ``reason``, ``op``, ``line`` and
    ``remedy`` are there to be asked for. Ask a tape before it has given its one answer, or after that answer was None,
    or a persistent one at any time. Raises TypeError for what is no tape, tensor or variable.

    >>> x = Variable([1.0, 3.0])
    >>> with GradientTape() as tape:
    ...     y = round(x) * 2.0
    >>> why_no_gradient(tape, y, x).reason
    'no derivative'
    """
    from eagernb.notebook import gradient_report

    return gradient_report.why_no_gradient(tape, target, source)


def load_ipython_extension(shell: _Any) -> None:
    """``%load_ext eagernb``: add the magics. Loading twice changes nothing.

    >>> from IPython.core.interactiveshell import InteractiveShell
    >>> shell = InteractiveShell()
    >>> load_ipython_extension(shell)
    >>> "graph" in shell.magics_manager.magics["cell"]
    True
    """
    from eagernb.notebook import extension

    extension.load(shell)


def unload_ipython_extension(shell: _Any) -> None:
    """``%unload_ext eagernb``: take away all that loading added.

    >>> from IPython.core.interactiveshell import InteractiveShell
    >>> shell = InteractiveShell()
    >>> load_ipython_extension(shell)
    >>> unload_ipython_extension(shell)
    >>> "graph" in shell.magics_manager.magics["cell"]
    False
    """
    from eagernb.notebook import extension

    extension.unload(shell)


# What is imported when it is first asked for.
_MODULES = ("compat", "data", "graph_util", "io", "numpy", "sparse", "test", "train")
_ELSEWHERE = {
    "AggregationMethod": "eagernb.autodiff.graph_gradients",
    "CriticalSection": "eagernb.core.critical_section",
    "DeviceSpec": "eagernb.core.device_spec",
    "Graph": "eagernb.compat.v1.graph",
    "Operation": "eagernb.compat.v1.operation",
    "RegisterGradient": "eagernb.autodiff.graph_gradients",
    "SparseTensor": "eagernb.sparse",
    "SparseTensorSpec": "eagernb.sparse",
    "hessians": "eagernb.compat.v1.old_names",
    "import_graph_def": "eagernb.compat.graphdef.read",
    "make_ndarray": "eagernb.compat.graphdef.tensors",
    "make_tensor_proto": "eagernb.compat.graphdef.tensors",
    "no_gradient": "eagernb.autodiff.graph_gradients",
}


def __getattr__(name: str) -> _Any:
    from importlib import import_module

    if name in _MODULES:
        return import_module(f"eagernb.{name}")
    if name in _ELSEWHERE:
        return getattr(import_module(_ELSEWHERE[name]), name)
    raise AttributeError(f"module 'eagernb' has no attribute {name!r}")


def __dir__() -> list[str]:
    # So that completion knows the names that are loaded when they are first used.
    return sorted({*globals(), *_MODULES, *_ELSEWHERE})
