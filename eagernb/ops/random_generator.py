"""Generator: a random sequence of one's own, whose state is a variable.

>>> import eagernb as tf
>>> g = tf.random.Generator.from_seed(1)
>>> a = g.normal([2])
>>> g.reset_from_seed(1)
>>> bool(tf.reduce_all(g.normal([2]) == a))
True
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np

from eagernb.core.convert import array_from, convert_to_tensor, is_dense_tensor
from eagernb.core.dispatch import dispatch
from eagernb.core.dtypes import as_dtype, float32, int32, int64, uint64
from eagernb.core.late import apply_late, late_shape, late_vector
from eagernb.core.op import WRITE, Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.core.variable import Variable
from eagernb.errors import UnimplementedError
from eagernb.ops.casting import cast
from eagernb.ops.creation import zeros_like
from eagernb.ops.joining import stack
from eagernb.ops.random_algorithm import Algorithm, algorithm
from eagernb.ops.random_draws import BINOMIAL, FULL_RANGE, NORMAL, TRUNCATED_NORMAL, Distribution
from eagernb.ops.random_values import binomial_parameters, normal_values, uniform_values
from eagernb.ops.reduce import reduce_prod
from eagernb.ops.shape import shape as tensor_shape
from eagernb.ops.shape_algebra import broadcast_dynamic_shape
from eagernb.ops.state import assign

# By how much the counter moves on for each number that is drawn, as in TensorFlow.
STEP = 256


_STATE_SIZES = {Algorithm.PHILOX: 3, Algorithm.THREEFRY: 2}  # a counter of two or one, then the key


def create_rng_state(seed: Any, alg: Any) -> Tensor:
    """The state of a generator that starts from this seed: a number, or a list of 64-bit numbers.

    ValueError for an unknown algorithm.

    >>> create_rng_state(1, "philox").numpy()
    array([1, 0, 0])
    """
    size = _STATE_SIZES[algorithm(alg)]
    if isinstance(seed, int):
        words = [(seed >> 64 * i) % 2**64 for i in range(size)]
    else:
        words = [int(word) % 2**64 for word in np.ravel(array_from(seed))]
    padded = ([0] * size + words)[-size:]
    return EagerTensor._of(np.array(padded, np.uint64).astype(np.int64))


def _advance(state: Variable, delta: Any) -> Any:
    """Move the counter on, a number in little-endian words, and give the state before."""
    old = state._array
    words = [int(word) % 2**64 for word in old[:-1]]
    counter = sum(word << 64 * i for i, word in enumerate(words)) + STEP * int(delta)
    moved = [(counter >> 64 * i) % 2**64 for i in range(len(words))]
    state._array = np.append(np.array(moved, np.uint64).astype(np.int64), old[-1])
    return old


RNG_SKIP = register(
    Op("rng_skip", ("state", "delta"), _advance, lambda state, delta: TensorSpec(state.shape, int64),
       rules=(None, None), label="next seed", family="random", effect=WRITE)
)  # fmt: skip


class Generator:
    """A random sequence of one's own. Its state is a variable: what has been drawn moves it on, in functions too.

    Make one with ``from_seed``, ``from_non_deterministic_state``, ``from_state`` or ``from_key_counter``.

    >>> g = Generator.from_seed(1)
    >>> g.normal([2]).numpy().round(4), g.uniform([2]).numpy().round(4)
    (array([ 0.4384, -0.5344], dtype=float32), array([0.2646, 0.2492], dtype=float32))
    """

    def __init__(self, copy_from: Generator | None = None, state: Any = None, alg: Any = None) -> None:
        if copy_from is not None:
            state, alg = copy_from.state, copy_from.algorithm
        if state is None or alg is None:
            raise ValueError("A Generator needs copy_from, or a state and alg. See Generator.from_seed.")
        chosen = algorithm(alg)
        start = cast(state, int64)
        size = _STATE_SIZES[chosen]
        if start._dims != (size,):
            raise ValueError(f"The state of a {chosen.name.lower()} generator has shape [{size}], not {start.shape}.")
        self._algorithm = chosen
        self._state = Variable(start, trainable=False, name="StateVar", dtype=int64)

    @classmethod
    def from_state(cls, state: Any, alg: Any) -> Generator:
        """A generator that goes on from this state."""
        return cls(state=state, alg=alg)

    @classmethod
    def from_seed(cls, seed: Any, alg: Any = None) -> Generator:
        """A generator that starts from a seed: the same seed, the same numbers."""
        alg = Algorithm.PHILOX if alg is None else alg
        return cls(state=create_rng_state(seed, alg), alg=alg)

    @classmethod
    def from_non_deterministic_state(cls, alg: Any = None) -> Generator:
        """A generator whose numbers cannot be foreseen."""
        chosen = algorithm(Algorithm.PHILOX if alg is None else alg)
        words = np.random.SeedSequence().generate_state(_STATE_SIZES[chosen], np.uint64)
        return cls(state=words.astype(np.int64), alg=chosen)

    @classmethod
    def from_key_counter(cls, key: Any, counter: Any, alg: Any) -> Generator:
        """A generator with this key (one integer) and counter (two for Philox, one for ThreeFry)."""
        return cls(state=_of_key_counter(key, counter), alg=alg)

    @property
    def state(self) -> Variable:
        """The counter and the key, as a variable."""
        return self._state

    @property
    def algorithm(self) -> int:
        """The number of the algorithm: see ``Algorithm``."""
        return self._algorithm.value

    @property
    def key(self) -> Tensor:
        """The part of the state that drawing leaves as it is."""
        return self._state.read_value()[-1]

    def reset(self, state: Any) -> None:
        """Go on from this state."""
        assign(self._state, cast(state, int64))

    def reset_from_seed(self, seed: Any) -> None:
        """Start anew from a seed."""
        self.reset(create_rng_state(seed, self._algorithm))

    def reset_from_key_counter(self, key: Any, counter: Any) -> None:
        """Go on from this key and counter."""
        self.reset(_of_key_counter(key, counter))

    def skip(self, delta: Any) -> Tensor:
        """Leave out as many numbers, and give the state before. Raises UnimplementedError for ThreeFry."""
        if self._algorithm is Algorithm.THREEFRY:
            raise UnimplementedError("Only TPUs draw by ThreeFry: make the Generator with alg='philox'.")
        return dispatch(RNG_SKIP, (self._state, cast(delta, int64)), {})

    def _draw(self, distribution: Any, *inputs: Any, skips: Any = None, **params: Any) -> Tensor:
        op = distribution.stateless if isinstance(distribution, Distribution) else distribution
        state = self.skip(_count(params["shape"]) if skips is None else skips)
        return apply_late(op, (state, *inputs), **params)

    def normal(
        self, shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32, name: str | None = None
    ) -> Tensor:
        """Normally distributed numbers."""
        return normal_values(self._draw, NORMAL, shape, mean, stddev, dtype)

    def truncated_normal(
        self, shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32, name: str | None = None
    ) -> Tensor:
        """Normally distributed numbers, none farther than two standard deviations from the mean."""
        return normal_values(self._draw, TRUNCATED_NORMAL, shape, mean, stddev, dtype)

    def uniform(
        self, shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = float32, name: str | None = None
    ) -> Tensor:
        """Evenly distributed numbers in [minval, maxval); integers over all of their range with both of them None."""
        return uniform_values(self._draw, shape, minval, maxval, as_dtype(dtype))

    def uniform_full_int(self, shape: Any, dtype: Any = uint64, name: str | None = None) -> Tensor:
        """Evenly distributed integers over all of the dtype's range."""
        return uniform_values(self._draw, shape, None, None, as_dtype(dtype))

    def binomial(self, shape: Any, counts: Any, probs: Any, dtype: Any = int32, name: str | None = None) -> Tensor:
        """How many of ``counts`` tries succeed, each with probability ``probs``; both broadcast to the shape."""
        tries, chances = binomial_parameters(counts, probs)
        dims = late_vector(shape, "shape")
        batches = reduce_prod(broadcast_dynamic_shape(tensor_shape(tries), tensor_shape(chances)))
        batches = cast(batches, int64)
        skips = batches * 200 * (_count(dims) // batches + 3) // 4  # as TensorFlow reckons
        return self._draw(BINOMIAL, tries, chances, skips=skips, shape=dims, dtype=as_dtype(dtype))

    def make_seeds(self, count: Any = 1) -> Tensor:
        """Seeds for the stateless functions: of shape [2, count], a seed in each column."""
        keys = self._draw(FULL_RANGE, shape=late_shape([count], "count"), dtype=int64)
        return stack([keys, zeros_like(keys)])

    def split(self, count: int = 1) -> list[Generator]:
        """New generators that have nothing to do with each other or with this one."""
        keys = self._draw(FULL_RANGE, shape=(count,), dtype=int64)
        counter = [0] * (_STATE_SIZES[self._algorithm] - 1)
        return [Generator.from_key_counter(key, counter, self._algorithm) for key in keys]


def _of_key_counter(key: Any, counter: Any) -> Tensor:
    parts = [cast(part, int64) for part in (counter, key)]
    return EagerTensor._of(np.append(np.ravel(parts[0]._array), parts[1]._array))


def _count(dims: Sequence[Any]) -> Any:
    """How many numbers a shape has, some of whose sizes may be symbols."""
    known = prod(d for d in dims if not is_dense_tensor(d))
    result: Any = convert_to_tensor(known, int64)
    for d in dims:
        if is_dense_tensor(d):
            result = result * cast(d, int64)
    return result


_global: Generator | None = None


def get_global_generator() -> Generator:
    """The program's own generator; made at the first call, so that its numbers cannot be foreseen.

    >>> get_global_generator() is get_global_generator()
    True
    """
    global _global
    if _global is None:
        _global = Generator.from_non_deterministic_state()
    return _global


def set_global_generator(generator: Generator) -> None:
    """Let this be the program's own generator.

    >>> before = get_global_generator()
    >>> set_global_generator(Generator.from_seed(1))
    >>> get_global_generator().normal([2]).numpy().round(4)
    array([ 0.4384, -0.5344], dtype=float32)
    >>> set_global_generator(before)
    """
    global _global
    _global = generator
