"""Where random numbers come from: NumPy's Philox generator, started from seeds by TensorFlow's rules.

The numbers are not TensorFlow's; the rules are: after ``set_seed`` the same calls give the same numbers, a call's own
``seed`` gives it a sequence of its own, and without either, numbers cannot be foreseen.

>>> import eagernb as tf
>>> tf.random.set_seed(1)
>>> a = tf.random.normal([2])
>>> tf.random.set_seed(1)
>>> bool(tf.reduce_all(tf.random.normal([2]) == a))
True
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np

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
        return generator_from([seed, 0 if op_seed is None else 1, op_seed or 0, self.draws[op_seed]])


_seeds = _Seeds()


def generator_from(numbers: Iterable[Any]) -> np.random.Generator:
    """A generator whose numbers follow from these integers alone."""
    entropy = [int(n) % 2**64 for n in numbers]  # negative seeds are legal; SeedSequence wants natural numbers
    return np.random.Generator(np.random.Philox(np.random.SeedSequence(entropy)))


def next_generator(op_seed: int | None) -> np.random.Generator:
    """The generator for the next call with this seed of its own (or none)."""
    return _seeds.generator(op_seed)


def fixed_generator(op_seed: int) -> np.random.Generator:
    """The generator of something that keeps one of its own: it follows from this seed and the global one alone."""
    seed = _DEFAULT_GLOBAL_SEED if _seeds.seed is None else _seeds.seed
    return generator_from([seed, op_seed])


def set_seed(seed: int | None) -> None:
    """Start all random sequences anew, from this seed; None: from one that cannot be foreseen."""
    _seeds.set(None if seed is None else int(seed))


def get_state() -> tuple[Any, ...]:
    """Where all random sequences are now, for ``set_state``."""
    return _seeds.seed, Counter(_seeds.draws), _seeds.fresh.bit_generator.state


def set_state(state: tuple[Any, ...]) -> None:
    """Go back to where the random sequences were: the same calls give the same numbers again."""
    seed, draws, fresh = state
    _seeds.seed, _seeds.draws = seed, Counter(draws)
    _seeds.fresh.bit_generator.state = fresh
