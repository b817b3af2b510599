"""eagernb: see how tensor libraries think.

A tensor engine on NumPy under TensorFlow 2's names (``import eagernb as tf``), and IPython magics that draw
what it does: ``%load_ext eagernb``, then ``%%eager``, ``%%graph`` and ``%%compare``.
"""

import warnings as _warnings
from importlib import import_module as _import_module
from types import ModuleType as _ModuleType
from typing import TYPE_CHECKING as _TYPE_CHECKING
from typing import Any as _Any

from eagernb import errors, version
from eagernb.autodiff.tape import GradientTape
from eagernb.autodiff.unconnected import UnconnectedGradients
from eagernb.core.composite import is_tensor
from eagernb.core.convert import (
    convert_to_tensor,
    is_symbolic_tensor,
    register_tensor_conversion_function,
    type_spec_from_value,
)
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
from eagernb.core.op import declared_in as _declared_in
from eagernb.core.scopes import control_dependencies, init_scope
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec, TypeSpec
from eagernb.core.static import get_static_value
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable, VariableAggregation, VariableSynchronization
from eagernb.function.decorator import function
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
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.casting import bitcast, cast, saturate_cast
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
from eagernb.ops.exponential import exp, sigmoid, sqrt
from eagernb.ops.gather import gather
from eagernb.ops.gather_nd import gather_nd
from eagernb.ops.joining import concat, parallel_stack, split, stack, unstack
from eagernb.ops.matmul import matmul
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
from eagernb.ops.shape import expand_dims, identity, identity_n, rank, reshape, shape, shape_n, size, squeeze, transpose
from eagernb.ops.shape_algebra import (
    broadcast_dynamic_shape,
    broadcast_static_shape,
    ensure_shape,
    unravel_index,
)
from eagernb.ops.slicing import strided_slice
from eagernb.ops.stop_gradient import stop_gradient
from eagernb.ops.where import boolean_mask, where

if _TYPE_CHECKING:
    from eagernb.lazy_names import *

__version__ = version.VERSION

newaxis = None

_declared_in("eagernb.ops", "eagernb.autodiff", "eagernb.graph", "eagernb.function", "eagernb.data")

# TensorFlow answers 1/0 with inf and 0/0 with nan, without a warning. This leaves NumPy's warnings as they are
# everywhere but in this package's own calls.
_warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"eagernb\.")


def executing_eagerly() -> _Any:
    """Whether operations run at once: False while a function or a cell is traced into a graph.

    >>> import eagernb as tf
    >>> tf.executing_eagerly(), tf.function(tf.executing_eagerly)().numpy()
    (True, np.False_)
    """
    handler = _current_handler()
    if handler is None:
        return True
    from eagernb.graph.tracer import Tracer

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


def get_logger() -> _Any:
    """The logger of this package's warnings: ``tf.get_logger().setLevel("ERROR")`` silences them.

    >>> get_logger().name
    'eagernb'
    """
    return _import_module("logging").getLogger("eagernb")


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


# What is imported when it is first asked for: public modules, names that are rarely used, and those in lazy_names.py.
_MODULES = frozenset((
    "autodiff", "autograph", "bitwise", "compat", "config", "data", "debugging", "dtypes", "errors", "executors",
    "experimental", "graph", "graph_util", "image", "io", "linalg", "math", "nest", "nn", "numpy", "passes", "random",
    "signal", "sparse", "test", "train", "types", "version",
))  # fmt: skip
_ELSEWHERE = {
    "AggregationMethod": "eagernb.autodiff.graph_gradients",
    "CriticalSection": "eagernb.core.critical_section",
    "DeviceSpec": "eagernb.core.device_spec",
    "Graph": "eagernb.compat.v1.graph",
    "IndexedSlicesSpec": "eagernb.core.indexed_slices",
    "Operation": "eagernb.compat.v1.operation",
    "RegisterGradient": "eagernb.autodiff.graph_gradients",
    "NoneTensorSpec": "eagernb.data.structure",
    "OptionalSpec": "eagernb.data.optional",
    "SparseTensor": "eagernb.sparse",
    "SparseTensorSpec": "eagernb.core.sparse_tensor",
    "TensorArraySpec": "eagernb.ops.tensor_array",
    "approx_top_k": "eagernb.ops.sorting",
    "as_string": "eagernb.ops.as_string",
    "edit_distance": "eagernb.ops.edit_distance",
    "extract_volume_patches": "eagernb.ops.volume_patches",
    "fftnd": "eagernb.signal",
    "fingerprint": "eagernb.ops.fingerprint",
    "hessians": "eagernb.compat.v1.old_names",
    "ifftnd": "eagernb.signal",
    "import_graph_def": "eagernb.compat.graphdef.read",
    "irfftnd": "eagernb.signal",
    "make_ndarray": "eagernb.compat.graphdef.tensors",
    "make_tensor_proto": "eagernb.compat.graphdef.tensors",
    "no_gradient": "eagernb.autodiff.graph_gradients",
    "random_index_shuffle": "eagernb.ops.random_stateless",
    "rfftnd": "eagernb.signal",
    "variable_creator_scope": "eagernb.core.variable_creators",
}


def __getattr__(name: str) -> _Any:
    if name in _MODULES:
        return _import_module(f"eagernb.{name}")
    if name == "__all__":  # for `from eagernb import *`
        return [listed for listed in __dir__() if not listed.startswith("_")]
    home = _ELSEWHERE.get(name, "eagernb.lazy_names")
    if name.startswith("_"):  # Python and IPython ask for many of these
        raise AttributeError(f"module 'eagernb' has no attribute {name!r}")
    if not hasattr(_import_module(home), name):
        raise AttributeError(f"module 'eagernb' has no attribute {name!r}{_instead(name)}")
    value = globals()[name] = getattr(_import_module(home), name)
    return value


def _instead(name: str) -> str:
    """Where the function is that TensorFlow 1 or NumPy has under this name, as the end of a message."""
    places = [_import_module(f"eagernb.{place}") for place in ("nn", "math", "linalg")]
    if hasattr(places[1], f"reduce_{name}"):
        return f": see tf.reduce_{name}"
    return next((f": see tf.{place.__name__[8:]}.{name}" for place in places if name in place.__all__), "")


def __dir__() -> list[str]:
    # What completion offers: the names that are loaded when they are first used, too, but no module that is not public.
    present = globals() | vars(_import_module("eagernb.lazy_names"))
    names = {name for name, value in present.items() if not isinstance(value, _ModuleType)} | _MODULES | {*_ELSEWHERE}
    return ["__version__", *sorted(name for name in names if not name.startswith("_"))]
