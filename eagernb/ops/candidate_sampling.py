"""Candidate sampling: a few classes out of very many, to tell from the true ones while a model is trained.

>>> import eagernb as tf
>>> tf.random.set_seed(0)
>>> sampled, true_count, sampled_count = tf.random.uniform_candidate_sampler([[1]], 1, 2, False, range_max=4)
>>> sampled.shape, true_count.numpy()
(TensorShape([2]), array([[0.5]], dtype=float32))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import dispatch
from eagernb.core.dtypes import float32, int64
from eagernb.core.op import WRITE, Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError
from eagernb.ops.casting import cast
from eagernb.ops.random_seeds import next_generator


class Candidates(NamedTuple):
    """The sampled classes, and how often each true one and each sampled one is expected among as many."""

    sampled_candidates: Tensor
    true_expected_count: Tensor
    sampled_expected_count: Tensor


def _log_uniform(classes: Any, count: int) -> Any:
    """P(k) = log((k + 2) / (k + 1)) / log(count + 1): Zipf's law, for classes in the order of their frequency."""
    return np.log((classes + 2) / (classes + 1)) / np.log(count + 1)


_PROBABILITY: dict[str, Callable[[Any, int], Any]] = {
    "uniform": lambda classes, count: np.full(np.shape(classes), 1 / count),
    "log_uniform": _log_uniform,
}


def _sample(true_classes: Any, law: str, count: int, unique: bool, range_max: int, seed: int | None) -> Any:
    if unique and count > range_max:
        raise InvalidArgumentError(f"There are only {range_max} classes to sample {count} different ones from.")
    rng, probability = next_generator(seed), _PROBABILITY[law]
    chances = probability(np.arange(range_max), range_max)
    edges = np.cumsum(chances)

    def draw(n: int) -> np.ndarray:
        return np.minimum(np.searchsorted(edges, rng.random(n) * edges[-1], side="right"), range_max - 1)

    chosen, tries = draw(count), count
    if unique:
        chosen = np.array([], np.int64)
        tries = 0
        while len(chosen) < count:  # one by one, as the number of tries decides what is expected
            candidate, tries = draw(1), tries + 1
            if candidate[0] not in chosen:
                chosen = np.append(chosen, candidate)

    def expected(classes: Any) -> Any:
        p = probability(classes, range_max)
        return np.float32(-np.expm1(tries * np.log1p(-p)) if unique else p * tries)

    return chosen.astype(np.int64), np.asarray(expected(true_classes)), np.asarray(expected(chosen))


CANDIDATES = register(
    Op(
        "candidate_sampler", ("true_classes",),
        lambda true_classes, law, count, unique, range_max, seed: _sample(
            true_classes, law, count, unique, range_max, seed),
        lambda true_classes, law, count, unique, range_max, seed: (
            TensorSpec([count], int64), TensorSpec(true_classes.shape, float32), TensorSpec([count], float32)),
        rules=(None,), label="candidates", family="random", effect=WRITE, multiple=True,
    )
)  # fmt: skip


def _candidates(
    law: str, true_classes: Any, num_true: Any, count: Any, unique: Any, limit: Any, seed: Any
) -> Candidates:
    true = cast(convert_to_tensor(true_classes), int64)
    if len(true._dims) != 2 or true._dims[1] not in (None, static_int(num_true, "num_true")):
        raise InvalidArgumentError(f"true_classes must be a [batch, {num_true}] matrix; it has shape {true.shape}.")
    numbers = {"count": static_int(count, "num_sampled"), "range_max": static_int(limit, "range_max")}
    return Candidates(*dispatch(CANDIDATES, (true,), {"law": law, "unique": bool(unique), "seed": seed, **numbers}))


def uniform_candidate_sampler(
    true_classes: Any, num_true: Any, num_sampled: Any, unique: bool, range_max: Any, seed: int | None = None,
    name: str | None = None,
) -> Candidates:  # fmt: skip
    """``num_sampled`` of the classes 0, ..., range_max - 1, all equally likely, without repetition if ``unique``."""
    return _candidates("uniform", true_classes, num_true, num_sampled, unique, range_max, seed)


def log_uniform_candidate_sampler(
    true_classes: Any, num_true: Any, num_sampled: Any, unique: bool, range_max: Any, seed: int | None = None,
    name: str | None = None,
) -> Candidates:  # fmt: skip
    """``num_sampled`` of the classes 0, ..., range_max - 1, the first the most likely, by Zipf's law.

    Class k has the probability log((k + 2) / (k + 1)) / log(range_max + 1): for words in the order of their frequency.
    """
    return _candidates("log_uniform", true_classes, num_true, num_sampled, unique, range_max, seed)
