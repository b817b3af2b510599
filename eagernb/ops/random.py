"""Random tensors, from NumPy's Philox generator.

The numbers are not TensorFlow's; the rules of its seeds hold: after ``set_seed`` the same calls give the same numbers,
a call's own ``seed`` gives it a sequence of its own.

>>> import eagernb as tf
>>> tf.random.set_seed(1)
>>> a = tf.random.normal([2])
>>> tf.random.set_seed(1)
>>> bool(tf.reduce_all(tf.random.normal([2]) == a))
True
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import dispatch
from eagernb.core.dtypes import as_dtype, float32
from eagernb.core.late import known_dims, late_call, late_ints
from eagernb.core.op import WRITE, Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError, InvalidArgumentError
from eagernb.ops.indexing import take

# TensorFlow's seed for calls that have one of their own while set_seed was not called.
_DEFAULT_GLOBAL_SEED = 87654321


class _Seeds:
    """The global seed, and how often each sequence was drawn from since it was set."""

    def __init__(self) -> None:
        self.set(None)

    def set(self, seed: int | None) -> None:
        self.seed = seed
        self.draws: Counter[int | None] = Counter()
        self._fresh: np.random.Generator | None = None

    @property
    def fresh(self) -> np.random.Generator:
        """What calls without any seed draw from. Made when first needed: numpy.random is slow to import."""
        if self._fresh is None:
            self._fresh = np.random.default_rng()
        return self._fresh

    def generator(self, op_seed: int | None) -> np.random.Generator:
        if self.seed is None and op_seed is None:
            return self.fresh
        self.draws[op_seed] += 1
        seed = _DEFAULT_GLOBAL_SEED if self.seed is None else self.seed
        # Negative seeds are legal; SeedSequence wants natural numbers.
        entropy = [seed % 2**64, 0 if op_seed is None else 1, (op_seed or 0) % 2**64, self.draws[op_seed]]
        return np.random.Generator(np.random.Philox(np.random.SeedSequence(entropy)))


_seeds = _Seeds()


def set_seed(seed: int) -> None:
    """Start all random sequences anew, from this seed."""
    _seeds.set(int(seed))


def _drawing(name: str, draw: Any, label: str) -> Op:
    """An op without inputs; it counts as an effect, since it moves the generator on."""
    return register(
        Op(
            name,
            (),
            kernel=lambda shape, dtype, seed, **bounds: draw(_seeds.generator(seed), shape, dtype.numpy, **bounds),
            infer=lambda shape, dtype, seed, **bounds: TensorSpec(known_dims(shape), dtype),
            label=label,
            family="random",
            effect=WRITE,
            flops=lambda ins, outs, **params: outs[0].size or 0,
        )
    )


def _normal(rng: np.random.Generator, shape: Any, dtype: Any) -> Any:
    return rng.standard_normal(shape).astype(dtype)


def _truncated(rng: np.random.Generator, shape: Any, dtype: Any) -> Any:
    """Normal numbers; those beyond two standard deviations are drawn again."""
    values = np.asarray(rng.standard_normal(shape))
    while (beyond := np.abs(values) > 2).any():
        values[beyond] = rng.standard_normal(int(beyond.sum()))
    return values.astype(dtype)


def _uniform(rng: np.random.Generator, shape: Any, dtype: Any) -> Any:
    if dtype == np.float32:
        return np.asarray(rng.random(shape, dtype=np.float32))
    return np.minimum(rng.random(shape), 1 - np.finfo(dtype).epsneg).astype(dtype)


def _integers(rng: np.random.Generator, shape: Any, dtype: Any, low: int, high: int) -> Any:
    return np.asarray(rng.integers(low, high, shape, dtype=dtype))


NORMAL = _drawing("random_normal", _normal, "normal")
TRUNCATED_NORMAL = _drawing("random_truncated_normal", _truncated, "normal")
UNIFORM = _drawing("random_uniform", _uniform, "uniform")
INTEGERS = _drawing("random_integers", _integers, "integers")


def _draw(op: Op, shape: Any, dtype: Any, seed: int | None, **bounds: int) -> Tensor:
    params = {"shape": late_ints(shape, "shape"), "dtype": dtype, "seed": seed, **bounds}
    return dispatch(*late_call(op, (), params))


def _floating(dtype: Any, name: str) -> Any:
    dtype = as_dtype(dtype)
    if not dtype.is_floating:
        raise DTypeError(f"random.{name} needs a floating-point dtype, not {dtype.name}.")
    return dtype


def normal(
    shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32, seed: int | None = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Normally distributed numbers."""
    return _scaled(_draw(NORMAL, shape, _floating(dtype, "normal"), seed), mean, stddev)


def truncated_normal(
    shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32, seed: int | None = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Normally distributed numbers, none farther than two standard deviations from the mean."""
    return _scaled(_draw(TRUNCATED_NORMAL, shape, _floating(dtype, "truncated_normal"), seed), mean, stddev)


def _scaled(standard: Tensor, mean: Any, stddev: Any) -> Tensor:
    result = standard
    if not (isinstance(stddev, (int, float)) and stddev == 1):
        result = result * stddev
    return result if isinstance(mean, (int, float)) and mean == 0 else result + mean


def uniform(
    shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = float32, seed: int | None = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Evenly distributed numbers in [minval, maxval); integers need a maxval.

    >>> numbers = uniform([100], 1, 7, dtype="int32")
    >>> int(numbers.numpy().min()) >= 1, int(numbers.numpy().max()) <= 6
    (True, True)
    """
    dtype = as_dtype(dtype)
    if dtype.is_integer:
        if maxval is None:
            raise ValueError(f"Must specify maxval for integer dtype {dtype.name}.")
        low, high = (int(convert_to_tensor(v).numpy()) for v in (minval, maxval))
        if low >= high:
            raise InvalidArgumentError(f"random.uniform: need minval < maxval, got {low} >= {high}.")
        return _draw(INTEGERS, shape, dtype, seed, low=low, high=high)
    standard = _draw(UNIFORM, shape, _floating(dtype, "uniform"), seed)
    maxval = 1 if maxval is None else maxval
    if isinstance(minval, (int, float)) and isinstance(maxval, (int, float)):
        return _scaled(standard, minval, maxval - minval)
    return standard * (maxval - minval) + minval


def shuffle(value: Any, seed: int | None = None, name: str | None = None) -> Tensor:
    """The slices along the first axis in random order.

    >>> sorted(shuffle(convert_to_tensor([1, 2, 3])).numpy().tolist())
    [1, 2, 3]
    """
    x = convert_to_tensor(value)
    if not x._dims:
        return x
    order = dispatch(PERMUTATION, (), {"count": x._dims[0], "seed": seed})
    return take(x, order, 0)


PERMUTATION = register(
    Op(
        "random_permutation",
        (),
        kernel=lambda count, seed: _seeds.generator(seed).permutation(count),
        infer=lambda count, seed: TensorSpec([count], "int64"),
        label="permutation",
        family="random",
        effect=WRITE,
    )
)


def get_state() -> tuple[Any, ...]:
    """Where all random sequences are now, for ``set_state``."""
    return _seeds.seed, Counter(_seeds.draws), _seeds.fresh.bit_generator.state


def set_state(state: tuple[Any, ...]) -> None:
    """Go back to where the random sequences were: the same calls give the same numbers again."""
    seed, draws, fresh = state
    _seeds.seed, _seeds.draws = seed, Counter(draws)
    _seeds.fresh.bit_generator.state = fresh
