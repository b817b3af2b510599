"""cond, switch_case, case: one of several branches runs, chosen by a tensor.

Eagerly the branch is simply called. While a graph is traced, each branch is traced once, into a sub-graph of a node:
the op's kernel and gradient are in branches.py.

>>> import eagernb as tf
>>> @tf.function(autograph=False)
... def absolute(x):
...     return tf.cond(x < 0.0, lambda: -x, lambda: x)
>>> float(absolute(tf.constant(-2.0))), float(absolute(tf.constant(3.0)))
(2.0, 3.0)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dtypes import bool_, int32
from eagernb.core.op import Op
from eagernb.core.tensor import EagerTensor, Symbol, Tensor
from eagernb.errors import InvalidArgumentError
from eagernb.graph.branches import COND, SWITCH_CASE, chosen, run_branches
from eagernb.graph.layout import either
from eagernb.graph.part import Part, share_captures, tracer_around
from eagernb.graph.subgraphs import tell_of_variables
from eagernb.graph.tracer import Tracer
from eagernb.ops.assertions import Assert
from eagernb.ops.casting import cast
from eagernb.ops.joining import stack
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import reshape

Branch = Callable[[], Any]


def cond(pred: Any, true_fn: Branch | None = None, false_fn: Branch | None = None, name: str | None = None) -> Any:
    """``true_fn()`` if ``pred`` is true, else ``false_fn()``: functions of no arguments, with results of one structure.

    In a graph only the branch that is taken runs, while Python code in both runs once, as they are traced. Sizes in
    which the results differ are unknown in the graph, and so is a rank.

    Raises TypeError for branches that cannot be called, whose results differ in structure or dtype, and for a Python
    bool while a graph is traced.

    >>> import eagernb as tf
    >>> int(tf.cond(tf.constant(True), lambda: 1, lambda: 2))
    1
    """
    __tracebackhide__ = True
    for function, argument in ((true_fn, "true_fn"), (false_fn, "false_fn")):
        if not callable(function):
            raise TypeError(f"'{argument}' must be callable, not {function!r}.")
    assert true_fn is not None
    assert false_fn is not None
    tracer = tracer_around()
    if tracer is None and not isinstance(pred, Symbol):
        return true_fn() if pred else false_fn()
    if isinstance(pred, bool):
        raise TypeError(f"pred must not be a Python bool, but it is {pred}. Use Python's `if`, or tf.constant({pred}).")
    pred = convert_to_tensor(pred)
    if pred.dtype is not bool_:
        raise InvalidArgumentError(
            f"cond: pred must be a bool, not {pred.dtype.name}. Compare it with something, or use tf.cast(x, tf.bool)."
        )
    if pred._dims and pred.shape.num_elements() == 1:
        pred = reshape(pred, [])
    if pred._dims:
        raise InvalidArgumentError(
            f"cond: pred must be a scalar, but it has shape {pred.shape}. Reduce it with tf.reduce_any or "
            "tf.reduce_all, or choose elementwise with tf.where."
        )
    return _traced(pred, {"true_fn": true_fn, "false_fn": false_fn}, tracer, COND)


def _traced(selector: Tensor, functions: Mapping[str, Branch], tracer: Tracer | None, op: Op) -> Any:
    """A node with a sub-graph for each function."""
    __tracebackhide__ = True
    parts: list[Part] = []
    for name, function in functions.items():
        part = Part(name, tracer, before=parts[-1] if parts else None)
        parts.append(part.trace(function))
    for part, name in zip(parts[1:], list(functions)[1:], strict=True):
        _check_alike(op, next(iter(functions)), parts[0], name, part)
    captured = share_captures(parts)
    graphs = tuple(part.graph() for part in parts)
    tell_of_variables(captured, graphs)
    results = run_branches(selector, graphs, captured, op)
    return either([part.layout for part in parts]).pack(results)


def _check_alike(op: Op, first_name: str, first: Part, name: str, part: Part) -> None:
    reason = None
    try:
        nest.assert_same_structure(first.layout.structure, part.layout.structure)
    except (TypeError, ValueError) as error:
        reason = str(error)
    if reason is None and not first.layout.is_like(part.layout):
        raise ValueError(
            f"{op.name}: {first_name} and {name} must return the same: one gives None where the other gives a tensor, "
            "or a dataset of other elements."
        )
    if reason is None:
        pairs = zip(first.specs, part.specs, strict=True)
        differing = next(((a, b) for a, b in pairs if a.dtype is not b.dtype), None)
        if differing:
            reason = f"{differing[0].dtype.name} and {differing[1].dtype.name}. Use tf.cast in one of them"
    if reason is not None:
        raise TypeError(
            f"{first_name} and {name} arguments to tf.{op.name} must have the same number, type, and overall "
            f"structure of return values: {reason}"
        )


def switch_case(
    branch_index: Any, branch_fns: Any, default: Branch | None = None, name: str | None = "switch_case"
) -> Any:
    """The result of one of several functions, chosen by a number; of ``default`` (or the last) for any other number.

    ``branch_fns`` are functions of no arguments: a list, or a dict (or pairs) by number, from 0 without a gap.

    Raises TypeError for a Python number or what is no int32 tensor (eagerly, no tensor of integers), ValueError for
    numbers with gaps, InvalidArgumentError for more than one number.

    >>> import eagernb as tf
    >>> int(tf.switch_case(tf.constant(1), [lambda: 10, lambda: 11]))
    11
    """
    __tracebackhide__ = True
    functions = _by_number(branch_fns)
    if default is not None:
        functions.append(default)
    if not is_dense_tensor(branch_index):
        raise TypeError(f"'branch_index' must be a Tensor, got {type(branch_index)}")
    index = convert_to_tensor(branch_index)
    tracer = tracer_around()
    if index.dtype is not int32 and not (tracer is None and index.dtype.is_integer):
        raise TypeError(f"'branch_index' must be of type int32, not {index.dtype.name}. Use tf.cast(x, tf.int32).")
    if index._dims:
        raise InvalidArgumentError(f"switch_case: branch_index must be a scalar, but it has shape {index.shape}.")
    if isinstance(index, EagerTensor) and tracer is None:
        return functions[chosen(index._array, len(functions))]()
    return _traced(index, {f"branch_{i}": f for i, f in enumerate(functions)}, tracer, SWITCH_CASE)


def _by_number(branch_fns: Any) -> list[Branch]:
    if not isinstance(branch_fns, (list, tuple, dict)):
        raise TypeError("'branch_fns' must be a list, tuple, or dict")
    pairs = list(branch_fns.items()) if isinstance(branch_fns, dict) else list(branch_fns)
    if not pairs:
        raise ValueError("Must provide at least one item in 'branch_fns'")
    if not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in pairs):
        pairs = list(enumerate(pairs))
    for key, function in pairs:
        if not isinstance(key, int):
            raise TypeError(f"branch index must be a Python `int`, got {type(key)}")
        if not callable(function):
            raise TypeError(f"fn for key {key} must be callable.")
    keys = sorted(key for key, _ in pairs)
    if keys != list(range(len(pairs))):
        found = ",".join(map(str, keys))
        raise ValueError(
            f"branch indices (keys) must form contiguous range of [0 to {len(pairs)}) but found {{{found}}}"
        )
    return [function for _, function in sorted(pairs, key=lambda pair: pair[0])]


def case(
    pred_fn_pairs: Any, default: Branch | None = None, exclusive: bool = False, strict: bool = False,
    name: str | None = "case",
) -> Any:  # fmt: skip
    """The result of the function at the first predicate that is true, of ``default`` where none is.

    ``pred_fn_pairs`` are pairs of a scalar bool tensor and a function of no arguments. With ``exclusive`` at most one
    may be true. ``strict`` changes nothing.

    Raises TypeError for a predicate that is no bool tensor, InvalidArgumentError if none is true and there is no
    default, or if several are that should not be.

    >>> import eagernb as tf
    >>> x = tf.constant(5)
    >>> int(tf.case([(x < 0, lambda: -1), (x > 3, lambda: 1)], default=lambda: 0))
    1
    """
    __tracebackhide__ = True
    pairs = _pairs(pred_fn_pairs)
    if not (default is None or callable(default)):
        raise TypeError(f"'default' must be callable, not {default!r}.")
    if exclusive:
        preds = stack([pred for pred, _ in pairs])
        true = reduce_sum(cast(preds, int32))
        Assert(true < 2, ["Input error: exclusive=True: more than 1 conditions evaluated as True:", preds])
    if default is None:
        pred, function = pairs.pop()

        def default() -> Any:
            Assert(pred, ["Input error: None of conditions evaluated as True"])
            return function()

    return _first_true(pairs, default)


def _first_true(pairs: list[tuple[Any, Branch]], default: Branch) -> Any:
    __tracebackhide__ = True
    if not pairs:
        return default()
    (pred, function), rest = pairs[0], pairs[1:]
    return cond(pred, function, lambda: _first_true(rest, default))


def _pairs(pred_fn_pairs: Any) -> list[tuple[Any, Branch]]:
    if isinstance(pred_fn_pairs, dict):
        pred_fn_pairs = [(key.deref() if hasattr(key, "deref") else key, f) for key, f in pred_fn_pairs.items()]
    if not isinstance(pred_fn_pairs, (list, tuple)):
        raise TypeError("'pred_fn_pairs' must be a list, tuple, or dict.")
    if not pred_fn_pairs:
        raise ValueError("'pred_fn_pairs' must hold at least one pair.")
    for pair in pred_fn_pairs:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError(
                f"Each entry in 'pred_fn_pairs' must be a 2-tuple of a predicate and a function, not {pair!r}"
            )
        pred, function = pair
        if not isinstance(pred, Tensor) or pred.dtype is not bool_:
            raise TypeError(f"pred must be a Tensor of type bool, got: {pred!r}")
        if not callable(function):
            raise TypeError(f"fn for pred {pred!r} must be callable.")
    return list(pred_fn_pairs)
