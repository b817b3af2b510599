"""Functions of TensorFlow 1 that have other names, or other arguments, in TensorFlow 2."""

from __future__ import annotations

import logging as _logging
import sys
from types import SimpleNamespace
from typing import Any

from eagernb.autodiff.symbolic import gradients
from eagernb.compat.v1.default import disable_eager_execution, enable_eager_execution
from eagernb.compat.v1.variables import GraphVariable
from eagernb.core import dtypes
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import static_graph
from eagernb.core.name_scope import name_scope as core_name_scope
from eagernb.core.scopes import control_dependencies
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable as CoreVariable
from eagernb.graph import while_loop as loops
from eagernb.ops import casting, losses, positions, random, reduce
from eagernb.ops import dropout as dropouts
from eagernb.ops.arithmetic import divide
from eagernb.ops.joining import stack
from eagernb.ops.printing import print_
from eagernb.ops.rounding import floordiv
from eagernb.ops.shape import identity, reshape
from eagernb.ops.stop_gradient import stop_gradient


class Variable:
    """Makes a variable, with its arguments in TensorFlow 1's order: of the default graph, if one is being built."""

    def __new__(
        cls, initial_value: Any = None, trainable: bool | None = None, collections: Any = None,
        validate_shape: bool = True, caching_device: Any = None, name: str | None = None, variable_def: Any = None,
        dtype: Any = None, expected_shape: Any = None, import_scope: Any = None, constraint: Any = None,
        use_resource: bool | None = None, shape: Any = None, **options: Any,
    ) -> Any:  # fmt: skip
        arguments = dict(initial_value=initial_value, trainable=trainable, validate_shape=validate_shape, name=name,
                         dtype=dtype, constraint=constraint, shape=shape, **options)  # fmt: skip
        if static_graph() is None:
            return CoreVariable(**arguments)
        return GraphVariable(**arguments, collections=collections)


class name_scope(core_name_scope):
    """A context that gives names a prefix: ``name``, or ``default_name`` where that is None."""

    def __init__(self, name: str | None, default_name: str | None = None, values: Any = None) -> None:
        if name is not None and not isinstance(name, str):
            raise TypeError(f"`name` must be a string or None, not {name!r}.")
        super().__init__(name if name is not None else default_name or "")


def _reduction(function: Any) -> Any:
    def call(
        input_tensor: Any, axis: Any = None, keepdims: bool | None = None, name: str | None = None,
        reduction_indices: Any = None, keep_dims: bool | None = None,
    ) -> Tensor:  # fmt: skip
        axis = reduction_indices if axis is None else axis
        return function(input_tensor, axis=axis, keepdims=bool(keepdims or keep_dims), name=name)

    call.__name__, call.__doc__ = function.__name__, function.__doc__
    return call


reduce_sum, reduce_mean, reduce_max, reduce_min, reduce_prod, reduce_all, reduce_any, reduce_logsumexp = (
    _reduction(getattr(reduce, f"reduce_{name}"))
    for name in ("sum", "mean", "max", "min", "prod", "all", "any", "logsumexp")
)


def argmax(
    input: Any, axis: Any = None, name: str | None = None, dimension: Any = None, output_type: Any = dtypes.int64
) -> Tensor:
    """The position of the largest element along an axis."""
    return positions.argmax(input, dimension if axis is None else axis, output_type, name=name)


def argmin(
    input: Any, axis: Any = None, name: str | None = None, dimension: Any = None, output_type: Any = dtypes.int64
) -> Tensor:
    """The position of the smallest element along an axis."""
    return positions.argmin(input, dimension if axis is None else axis, output_type, name=name)


def _to(dtype: dtypes.DType) -> Any:
    def call(x: Any, name: str | None = None) -> Tensor:
        return casting.cast(x, dtype, name=name)

    call.__doc__ = f"Cast to {dtype.name}."
    return call


to_float, to_double, to_int32, to_int64 = map(_to, (dtypes.float32, dtypes.float64, dtypes.int32, dtypes.int64))


def div(x: Any, y: Any, name: str | None = None) -> Tensor:
    """Python 2's division: of integers, rounded down."""
    x = convert_to_tensor(x, dtype_hint=getattr(y, "dtype", None))
    quotient = floordiv if x.dtype.is_integer else divide
    return quotient(x, y, name=name)


random_normal, random_uniform, truncated_normal = random.normal, random.uniform, random.truncated_normal
random_shuffle, random_gamma = random.shuffle, random.gamma


def multinomial(
    logits: Any, num_samples: Any, seed: int | None = None, name: str | None = None, output_dtype: Any = None
) -> Tensor:
    """Positions drawn by these log-probabilities, for each row."""
    return random.categorical(logits, num_samples, output_dtype or dtypes.int64, seed, name)


def set_random_seed(seed: int) -> None:
    """Begin the sequences of random numbers again, from this seed; in a static graph, those of its next operations."""
    graph = static_graph()
    if graph is None:
        random.set_seed(seed)
    else:
        graph.seed = seed


def softmax_cross_entropy_with_logits(
    labels: Any = None, logits: Any = None, dim: int = -1, name: str | None = None, axis: int | None = None
) -> Tensor:
    """The cross entropy of logits, for labels given as probabilities. No gradient reaches the labels."""
    axis = dim if axis is None else axis
    return losses.softmax_cross_entropy_with_logits(stop_gradient(labels), logits, axis, name)


def dropout(
    x: Any, keep_prob: Any = None, noise_shape: Any = None, seed: int | None = None, name: str | None = None,
    rate: Any = None,
) -> Tensor:  # fmt: skip
    """Elements set to zero at random: with the probability ``rate``, or 1 - ``keep_prob``."""
    if (keep_prob is None) == (rate is None):
        raise ValueError("Give one of keep_prob and rate: rate = 1 - keep_prob.")
    return dropouts.dropout(x, 1.0 - keep_prob if rate is None else rate, noise_shape, seed, name)


def Print(
    input_: Any, data: Any, message: str | None = None, first_n: int | None = None, summarize: int | None = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """``input_`` as it is; where it is computed, the data are printed, to standard error."""
    printed = print_(
        message or "", *(data if isinstance(data, (list, tuple)) else [data]), sep="", summarize=summarize or 3
    )
    with control_dependencies([] if printed is None else [printed]):
        return identity(input_, name=name)


def tuple_(tensors: Any, name: str | None = None, control_inputs: Any = None) -> list[Any]:
    """The tensors, each of which is there only when all of them are computed."""
    before = [t for t in tensors if t is not None] + list(control_inputs or [])
    with core_name_scope(name or "tuple"), control_dependencies(before):
        return [None if t is None else identity(t) for t in tensors]


def hessians(ys: Any, xs: Any, name: str = "hessians", **options: Any) -> list[Any]:
    """The second derivatives of the sum of the ys, for each of the xs: of shape x.shape + x.shape.

    For graphs only: RuntimeError elsewhere. ValueError where the size of an x is not known.

    >>> import eagernb as tf
    >>> second = tf.function(lambda x: tf.hessians(tf.reduce_sum(x**3), x)[0])
    >>> second(tf.constant([1.0, 2.0])).numpy()
    array([[ 6.,  0.],
           [ 0., 12.]], dtype=float32)
    """
    xs = list(xs) if isinstance(xs, list) else [xs]
    return [_hessian(first, x, name) for first, x in zip(gradients(ys, xs, name=name), xs, strict=True)]


def _hessian(first: Any, x: Any, name: str) -> Tensor:
    flat = reshape(first, [-1])
    size = flat.shape[0]
    if size is None:
        raise ValueError("hessians: the size of x must be known. Give the placeholder a whole shape.")
    rows = [gradients(flat[i], x, name=name, unconnected_gradients="zero")[0] for i in range(size)]
    return reshape(stack(rows), [*x.shape, *x.shape])


def disable_v2_behavior() -> None:
    """TensorFlow 1's behaviour, as far as it is here: ``disable_eager_execution``."""
    disable_eager_execution()


def enable_v2_behavior() -> None:
    """TensorFlow 2's behaviour: ``enable_eager_execution``."""
    enable_eager_execution()


def no_effect(*_: Any, **__: Any) -> None:
    """Accepted, and without any effect here."""


def _run(main: Any = None, argv: list[str] | None = None) -> None:
    """Call ``main`` (by default the program's own) with the command line, and exit with what it gives."""
    main = main or sys.modules["__main__"].main
    sys.exit(main(argv or sys.argv))


app = SimpleNamespace(run=_run)

_logger = _logging.getLogger("eagernb")


def _set_verbosity(v: Any) -> None:
    _logger.setLevel(v)


logging = SimpleNamespace(
    DEBUG=_logging.DEBUG, INFO=_logging.INFO, WARN=_logging.WARNING, ERROR=_logging.ERROR, FATAL=_logging.CRITICAL,
    set_verbosity=_set_verbosity, get_verbosity=_logger.getEffectiveLevel, debug=_logger.debug, info=_logger.info,
    warn=_logger.warning, warning=_logger.warning, error=_logger.error, fatal=_logger.critical,
)  # fmt: skip


def while_loop(
    cond: Any, body: Any, loop_vars: Any, shape_invariants: Any = None, parallel_iterations: int = 10,
    back_prop: bool = True, swap_memory: bool = False, name: str | None = None, maximum_iterations: Any = None,
    return_same_structure: bool = False,
) -> Any:  # fmt: skip
    """``tf.while_loop``; a single loop variable comes back by itself, unless ``return_same_structure``."""
    result = loops.while_loop(
        cond, body, loop_vars, shape_invariants, parallel_iterations, back_prop, swap_memory, maximum_iterations, name
    )
    alone = not return_same_structure and isinstance(result, (list, tuple)) and len(result) == 1
    return result[0] if alone else result


def assign(
    ref: Any, value: Any, validate_shape: bool | None = None, use_locking: bool | None = None, name: str | None = None
) -> Any:
    """``ref.assign(value)``."""
    return ref.assign(value, name=name)


def assign_add(ref: Any, value: Any, use_locking: bool | None = None, name: str | None = None) -> Any:
    """``ref.assign_add(value)``."""
    return ref.assign_add(value, name=name)


def assign_sub(ref: Any, value: Any, use_locking: bool | None = None, name: str | None = None) -> Any:
    """``ref.assign_sub(value)``."""
    return ref.assign_sub(value, name=name)
