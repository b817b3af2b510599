"""Random programs: lists of whole numbers that stand for operations on whatever is there by then.

Each number says which operation, and on which of the earlier values: one that its dtype and shape allow. So every list
is a program, and a shorter list a simpler one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np

import eagernb as tf

# What every program is given: name, shape, dtype.
INPUTS = [
    ("x", (2, 3), "float32"), ("l", (7, 13), "float32"), ("y", (3,), "float32"), ("s", (), "float32"),
    ("m", (3, 3), "float32"), ("e", (0, 3), "float32"), ("d", (3, 1), "float64"), ("i", (2, 3), "int32"),
    ("u", (3,), "uint8"), ("b", (2, 3), "bool"), ("h", (3,), "float16"), ("c", (3,), "complex64"),
    ("w", (2, 2), "bfloat16"),
]  # fmt: skip
SPECIAL = [0.0, -0.0, 1.0, -1.0, 2.0, -1.5, 0.5, 3.0, 1e30, -1e-30, float("inf"), float("-inf"), float("nan")]
WHOLE = [0, 1, 2, 3, 7, 100, 255]
# What the programs multiply by, add and so on: neutral elements, powers of two, and others.
CONSTANTS = [0.0, -0.0, 1.0, -1.0, 2.0, 4.0, 0.25, 3.0, 0.5, float("inf"), float("nan")]

MOVES: list[Callable[[Any], Any]] = [
    tf.identity, tf.stop_gradient, tf.transpose, lambda x: tf.reshape(x, [-1]), lambda x: tf.expand_dims(x, 0),
    lambda x: tf.expand_dims(x, -1), tf.squeeze, lambda x: tf.reshape(x, x.shape), lambda x: x[...],
    lambda x: tf.broadcast_to(x, [2, *x.shape]), lambda x: tf.concat([x], 0) if x.shape.rank else x,
    lambda x: x[::-1] if x.shape.rank else x, lambda x: x[1:] if x.shape.rank else x,
    lambda x: tf.reverse(x, [0]) if x.shape.rank else x, lambda x: tf.tile(x, [1] * x.shape.rank),
    lambda x: tf.pad(x, [[0, 0]] * x.shape.rank), lambda x: tf.stack([x, x], -1),
    lambda x: tf.unstack(x[tf.newaxis])[0],
    lambda x: tf.broadcast_to(x, x.shape), lambda x: tf.slice(x, [0] * x.shape.rank, x.shape),
    lambda x: tf.transpose(x, [*range(1, x.shape.rank), 0]) if x.shape.rank else x,
    lambda x: tf.concat(tf.split(x, x.shape[-1], axis=-1)[::-1], axis=-1) if x.shape.rank and x.shape[-1] else x,
    lambda x: tf.where(True, x, x), lambda x: tf.where(tf.constant([False]), x, tf.reverse(x, [])),
]  # fmt: skip
OF_NUMBERS: list[Callable[[Any], Any]] = [
    tf.square, lambda x: x + x, lambda x: x * x, lambda x: x - x, lambda x: x**2, lambda x: x**1,
    tf.reduce_sum, lambda x: tf.reduce_sum(x, axis=0, keepdims=True) if x.shape.rank else x,
    lambda x: tf.reduce_sum(x, axis=[]), lambda x: tf.reduce_prod(x, axis=-1) if x.shape.rank else x, tf.reduce_mean,
    lambda x: tf.reduce_sum(tf.reduce_sum(x, -1), -1) if x.shape.rank == 2 else x, lambda x: tf.add_n([x]),
    lambda x: x * tf.ones_like(x), lambda x: x + tf.zeros_like(x), lambda x: x * tf.cast(tf.size(x), x.dtype),
]  # fmt: skip
SIGNED: list[Callable[[Any], Any]] = [
    tf.negative, tf.abs, tf.sign, lambda x: x * -1, lambda x: tf.negative(-x), lambda x: x - (-x), lambda x: tf.abs(-x),
]  # fmt: skip
REALS: list[Callable[[Any], Any]] = [
    tf.nn.relu, lambda x: tf.maximum(x, x), lambda x: tf.cast(x > 0, x.dtype) * x,
    lambda x: tf.reduce_max(tf.reduce_max(x, -1), -1) if x.shape.rank == 2 and 0 not in x.shape else x,
    lambda x: tf.cast(x, tf.float64), lambda x: tf.cast(tf.cast(x, tf.float64), x.dtype),
    lambda x: tf.minimum(x, tf.reverse(x, [0])) if x.shape.rank else x, lambda x: x >= x, lambda x: tf.cast(x, tf.bool),
]  # fmt: skip
FLOATS: list[Callable[[Any], Any]] = [
    tf.exp, tf.tanh, tf.sigmoid, tf.sqrt, tf.sin, tf.floor, tf.round, tf.math.softplus, tf.math.reciprocal, tf.math.log,
    lambda x: tf.math.log(tf.exp(x)), lambda x: tf.exp(tf.math.log(x)), lambda x: x / x, lambda x: x**-1,
    lambda x: x**0.5, lambda x: x / 4, lambda x: 1 / x, lambda x: tf.cast(x, tf.float32), tf.nn.softmax,
    lambda x: x**3,
    lambda x: tf.random.stateless_uniform(x.shape, [1, 2], dtype=tf.float32), tf.math.is_finite,
    lambda x: tf.random.uniform([2], seed=1) if x.shape.rank else tf.random.normal([]),
]  # fmt: skip
INTEGERS: list[Callable[[Any], Any]] = [
    lambda x: x // 2, lambda x: x % 4, lambda x: x // 3, lambda x: tf.bitwise.invert(tf.bitwise.invert(x)),
    lambda x: x & x, lambda x: x | 0, lambda x: x ^ x, lambda x: tf.bitwise.left_shift(x, tf.zeros_like(x)),
    lambda x: tf.cast(x, tf.float32), lambda x: tf.cast(x, tf.int64), lambda x: tf.cast(x, tf.uint8),
    lambda x: x * 3 * 5,
]  # fmt: skip
BOOLS: list[Callable[[Any], Any]] = [
    tf.logical_not, lambda x: tf.logical_not(tf.logical_not(x)), lambda x: x & x, lambda x: x | True,
    lambda x: x & True,
    lambda x: tf.cast(x, tf.int32), lambda x: tf.cast(x, tf.float32), tf.reduce_any, tf.reduce_all,
    lambda x: tf.where(x, 1.0, -0.0), lambda x: tf.where(tf.logical_not(x), 2, 3),
]  # fmt: skip
BINARY: list[Callable[[Any, Any], Any]] = [tf.add, tf.subtract, tf.multiply]
BINARY_REAL = [*BINARY, tf.maximum, tf.minimum, tf.less, tf.equal, lambda x, y: tf.where(x >= y, x, y)]
BINARY_FLOAT = [
    *BINARY_REAL, tf.divide, tf.pow, tf.math.squared_difference, tf.atan2, lambda x, y: x + (-y),
    lambda x, y: (-x) * (-y),
]  # fmt: skip
BINARY_BOOL = [tf.logical_and, tf.logical_or, tf.math.logical_xor, lambda x, y: tf.where(x, tf.logical_not(y), y)]
MATRIX: list[Callable[[Any, Any], Any]] = [
    lambda x, y: tf.matmul(x, y, transpose_b=True), lambda x, y: tf.transpose(x) @ y,
    lambda x, y: x @ tf.transpose(y), lambda x, y: tf.matmul(tf.transpose(x), tf.transpose(y), transpose_b=True),
]  # fmt: skip


@cache
def unary(dtype: tf.DType) -> list[Callable[[Any], Any]]:
    """What can be done with one value of this dtype."""
    if dtype.is_bool:
        return MOVES + BOOLS
    functions = MOVES + OF_NUMBERS
    if not dtype.is_unsigned:
        functions = functions + SIGNED
    if dtype.is_integer:
        return functions + REALS + INTEGERS
    return functions + REALS + FLOATS if dtype.is_floating else functions


@cache
def binary(dtype: tf.DType) -> list[Callable[[Any, Any], Any]]:
    """What can be done with two values of this dtype."""
    if dtype.is_bool:
        return BINARY_BOOL
    return BINARY_FLOAT if dtype.is_floating else BINARY_REAL if dtype.is_integer else BINARY


def run(program: Sequence[int], inputs: Sequence[Any], variable: Any) -> list[Any]:
    """Carry a program out; its results are the last values, their sums, and what the variable holds then.

    A sum adds in the order in which numbers lie in memory: so it tells whether they lie as they would eagerly.
    """
    values = list(inputs)
    for number in program:
        number, kind = divmod(number, 16)
        which, at = divmod(number, 64)
        at, recent = divmod(at, 2)  # every other operation goes on with one of the last values
        value = values[-1 - at % (min(2, len(values)) if recent else len(values))]
        if (value.shape.num_elements() or 0) > 400:
            continue
        try:
            values.append(_step(kind, which, value, values, variable))
        except (TypeError, ValueError, LookupError, tf.errors.OpError):
            continue  # not for this dtype or shape, eagerly as well as traced
    last = values[len(inputs) :][-4:]
    sums = [tf.reduce_sum(value) for value in last if value.dtype == tf.float32]
    return [*last, *sums, variable.read_value()]


def _step(kind: int, which: int, value: Any, values: list[Any], variable: Any) -> Any:
    if kind < 7:
        functions = unary(value.dtype)
        return functions[which % len(functions)](value)
    if kind < 10:
        others = [other for other in values if _fit(value, other)]
        which, at = divmod(which, len(others))
        functions = binary(value.dtype)
        return functions[which % len(functions)](value, others[at])
    if kind < 12 and value.dtype.is_numeric:
        return _with_constant(which, value)
    if kind < 13 and value.dtype.is_numeric and value.shape.rank == 2:
        others = [other for other in values if other.dtype == value.dtype and other.shape == value.shape]
        which, at = divmod(which, len(others))
        return MATRIX[which % len(MATRIX)](value, others[at])
    if kind < 14 and value.dtype == tf.float32:
        number = tf.reduce_mean(value)
        return [variable.assign, variable.assign_add, variable.assign_sub][which % 3](number) + 0.0
    if kind < 15 and value.dtype.is_floating:
        return _gradient(which, value)
    return _control_flow(which, value, values, variable)


def _control_flow(which: int, value: Any, values: list[Any], variable: Any) -> Any:
    """A branch, a loop or a call around operations on this value and another one."""
    which, form = divmod(which, 6)
    which, at = divmod(which, len(values))
    other = values[at]
    functions = unary(value.dtype)
    which, first = divmod(which, len(functions))
    one, two = functions[first], functions[which % len(functions)]
    # What no branch can do must fail eagerly too, where only one of them runs.
    given, changed = one(value), two(value)
    if given.dtype != changed.dtype or given.shape != changed.shape:
        return given
    holds = tf.reduce_any(tf.equal(other, other))
    if form == 0:
        return tf.cond(holds, lambda: one(value), lambda: two(value))
    if form == 1:
        return tf.cond(tf.constant(at % 2 == 0), lambda: one(value), lambda: two(value))
    if form == 2:

        def branch() -> Any:
            variable.assign_add(1.0)
            return two(value)

        return tf.switch_case(tf.constant(at % 4) + tf.cast(holds, tf.int32), [branch, lambda: one(value)])
    if form == 3:
        return tf.function(lambda x, y: (one(x), two(x), tf.identity(y)), autograph=False)(value, other)[at % 2]

    def body(i: Any, x: Any, y: Any, z: Any) -> Any:
        again = two(value)  # the same in every turn
        if form == 5:
            z = z + variable
        return i + 1, tf.where(tf.equal(again, again), x, again), y, z + 1.0

    start = (tf.constant(0), given, changed, tf.constant(0.5))
    return tf.while_loop(lambda i, *_: i < at % 4, body, start)[1 + at % 3]


def _fit(x: Any, y: Any) -> bool:
    if x.dtype != y.dtype:
        return False
    try:
        return bool(tf.broadcast_static_shape(x.shape, y.shape).num_elements() < 800)
    except ValueError:
        return False


def _with_constant(which: int, value: Any) -> Any:
    which, index = divmod(which, len(CONSTANTS))
    which, form = divmod(which, 3)
    number = CONSTANTS[index]
    if value.dtype.is_integer:
        number = WHOLE[index % len(WHOLE)]
    shape = ([], [1], value.shape)[form]
    constant = tf.cast(tf.fill(shape, number), value.dtype)
    functions = binary(value.dtype)
    function = functions[which % len(functions)]
    return function(value, constant) if which % 2 else function(constant, value)


def _gradient(which: int, value: Any) -> Any:
    functions = [f for f in unary(value.dtype) if f is not tf.stop_gradient]
    outer, inner = divmod(which, len(functions))
    with tf.GradientTape() as tape:
        tape.watch(value)
        target = functions[inner](value)
        if target.dtype.is_floating:
            target = functions[outer % len(functions)](target * value if target.shape == value.shape else target)
    if not target.dtype.is_floating:
        return value
    return tape.gradient(target, value, unconnected_gradients="zero")


def arrays(seed: int) -> list[np.ndarray]:
    """An array for each input: of special values, or of any."""
    generator = np.random.default_rng(seed)
    result = []
    for _, shape, dtype in INPUTS:
        kind = tf.as_dtype(dtype)
        if kind.is_bool:
            array = generator.integers(0, 2, shape)
        elif kind.is_integer:
            array = generator.choice(WHOLE, shape) if seed % 2 else generator.integers(0, 20, shape)
        else:
            array = generator.choice(SPECIAL, shape) if seed % 2 else generator.normal(size=shape)
            if kind.is_complex:
                array = array + 1j * generator.normal(size=shape)
        with np.errstate(all="ignore"):
            result.append(np.asarray(array).astype(kind.numpy))
    return result
