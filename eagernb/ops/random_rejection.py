"""Distributions whose numbers are proposed and then accepted or not, with TensorFlow's formulas and order of draws.

Each number takes its bits from a stretch of the sequence of its own, as nobody knows how many it will take. All numbers
that are still wanted are proposed at once.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

import numpy as np

from eagernb.core.dtypes import DType
from eagernb.ops.philox import Philox
from eagernb.ops.random_from_bits import RESERVED, normals, unit


class _Stretches:
    """For each number the next block of its stretch."""

    def __init__(self, start: Philox, first: np.ndarray) -> None:
        self._start = start
        self._next = first

    def blocks(self, which: np.ndarray) -> np.ndarray:
        blocks = self._start.blocks_at(self._next[which])
        self._next[which] += 1
        return blocks


class _Supply:
    """Doubles for each stretch, made of a block two at a time. The second is handed out first, as TensorFlow does."""

    def __init__(self, stretches: _Stretches, count: int, make: Callable[[np.ndarray], np.ndarray]) -> None:
        self._stretches, self._make = stretches, make
        self._made = np.empty((count, 2))
        self._left = np.zeros(count, np.int8)

    def take(self, which: np.ndarray) -> np.ndarray:
        """The next number for each of these stretches."""
        out = which[self._left[which] == 0]
        if len(out):
            self._made[out] = self._make(self._stretches.blocks(out))
            self._left[out] = 2
        self._left[which] -= 1
        return self._made[which, self._left[which]]


def _uniforms(stretches: _Stretches, count: int) -> _Supply:
    return _Supply(stretches, count, lambda blocks: unit(blocks, np.float64))


def _each(parameter: np.ndarray, shape: Any) -> np.ndarray:
    """A parameter for each number, in the order of the stretches: all numbers of one parameter, then of the next."""
    if shape[len(shape) - parameter.ndim :] != parameter.shape:
        raise ValueError(f"the result's shape {shape} does not end with that of the parameters, {parameter.shape}")
    size = parameter.size
    return np.repeat(parameter.reshape(-1), prod(shape) // size if size else 0)


def _in_place(numbers: np.ndarray, parameter: np.ndarray, shape: Any) -> np.ndarray:
    """Numbers in the order of the stretches, where they belong in the result: its last axes are the parameter's."""
    return numbers.reshape(parameter.size, -1).T.reshape(shape)


def gamma(start: Philox, alpha: np.ndarray, shape: Any, dtype: DType) -> np.ndarray:
    """Gamma distributed numbers, of normal and uniform ones (Marsaglia and Tsang, 2000); NaN for illegal alphas.

    For alpha below 1, those of alpha + 1 times a uniform number to the power of 1 / alpha; for 1, the exponential
    distribution's.
    """
    each = _each(alpha, shape).astype(np.float64)
    count = len(each)
    stretches = _Stretches(start, np.arange(count) * RESERVED)
    uniform = _uniforms(stretches, count)
    normal = _Supply(stretches, count, lambda blocks: normals(blocks, np.float64))
    out = np.empty(count)
    exponential = each == 1
    out[exponential] = -np.log1p(-uniform.take(np.flatnonzero(exponential)))
    waiting = np.flatnonzero(~exponential)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        small = each < 1
        d = each + np.where(small, 2 / 3, -1 / 3)
        c = 1 / 3 / np.sqrt(d)
        while len(waiting):
            x = normal.take(waiting)
            v = 1 + c[waiting] * x
            proposed = ~(v <= 0)
            which, x, v = waiting[proposed], x[proposed], v[proposed] ** 3
            u = uniform.take(which)
            accepted = u < 1 - 0.0331 * (x * x) * (x * x)
            accepted |= np.log(u) < 0.5 * x * x + d[which] * (1 - v + np.log(v))
            out[which[accepted]] = (d[which] * v)[accepted]
            waiting = np.concatenate([waiting[~proposed], which[~accepted]])
        boosted = np.flatnonzero(small)
        out[boosted] *= uniform.take(boosted) ** (1 / each[boosted])
        return _in_place(out.astype(dtype.numpy), alpha, shape)


def poisson(start: Philox, lam: np.ndarray, shape: Any, dtype: DType) -> np.ndarray:
    """Poisson distributed counts: by Knuth's products of uniform numbers for means below 10, else by Hörmann's
    transformed rejection (1993)."""
    means = _each(lam, shape).astype(np.float64)
    uniform = _uniforms(_Stretches(start, np.arange(len(means)) * RESERVED), len(means))
    out = np.zeros(len(means))
    with np.errstate(all="ignore"):
        large = means >= 10
        _products(uniform, means, np.flatnonzero(~large), out)
        _transformed_poisson(uniform, means, np.flatnonzero(large), out)
        return _in_place(out.astype(dtype.numpy), lam, shape)


def _products(uniform: _Supply, means: np.ndarray, waiting: np.ndarray, out: np.ndarray) -> None:
    """How many uniform numbers can be multiplied before the product is as small as exp(-mean)."""
    limit = np.exp(-means)
    product = np.ones(len(out))
    while len(waiting):
        product[waiting] *= uniform.take(waiting)
        waiting = waiting[~(product[waiting] <= limit[waiting])]
        out[waiting] += 1


def _transformed_poisson(uniform: _Supply, means: np.ndarray, waiting: np.ndarray, out: np.ndarray) -> None:
    if not len(waiting):
        return
    from scipy.special import gammaln

    while len(waiting):
        u = uniform.take(waiting) - 0.5
        v = uniform.take(waiting)
        mean = means[waiting]
        b = 0.931 + 2.53 * np.sqrt(mean)
        a = -0.059 + 0.02483 * b
        inverse_alpha = 1.1239 + 1.1328 / (b - 3.4)
        shifted = 0.5 - np.abs(u)
        k = np.floor((2 * a / shifted + b) * u + mean + 0.43)
        accepted = (shifted >= 0.07) & (v <= 0.9277 - 3.6224 / (b - 2))
        hopeless = (k < 0) | ((shifted < 0.013) & (v > shifted))
        s = np.log(v * inverse_alpha / (a / (shifted * shifted) + b))
        accepted |= ~hopeless & (s <= -mean + k * np.log(mean) - gammaln(k + 1))
        out[waiting[accepted]] = k[accepted]
        waiting = waiting[~accepted]


# What is left of Stirling's series for log(k!), for k up to 9; above, the series is short.
_TAILS = np.array([
    0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
    0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287,
])  # fmt: skip


def binomial(start: Philox, counts: np.ndarray, probs: np.ndarray, shape: Any, dtype: DType) -> np.ndarray:
    """How many of ``counts`` tries succeed: by geometric numbers where few do, else by Hörmann's rejection (1993).

    A probability below 0 counts as 0, one above 1 as 1, and a negative number of tries as none.
    """
    tries, chances = np.broadcast_arrays(counts, probs)
    each_tries, each_chance = _each(tries, shape), _each(chances, shape)
    total = len(each_tries)
    out = np.zeros(total)
    n, p = each_tries.astype(np.float64), each_chance.astype(np.float64)
    with np.errstate(all="ignore"):
        sure = (n > 0) & (p >= 1)
        out[sure] = n[sure]
        drawn = (n > 0) & (p > 0) & (p < 1)
        fails = p > 0.5  # then the failures are counted
        rare = np.where(fails, 1 - each_chance, each_chance)
        often = each_tries * rare >= 10
        p = rare.astype(np.float64)
        for which, method, reserved in ((~often, _geometric, 42), (often, _transformed_binomial, RESERVED)):
            uniform = _uniforms(_Stretches(start, np.arange(total) * reserved), total)
            method(uniform, n, p, np.flatnonzero(drawn & which), out)
        out = np.where(drawn & fails, n - out, out)
        return _in_place(out.astype(dtype.numpy), tries, shape)


def _geometric(uniform: _Supply, n: np.ndarray, p: np.ndarray, waiting: np.ndarray, out: np.ndarray) -> None:
    """How many geometric numbers, the distances between successes, fit into n."""
    reached = np.zeros(len(out))
    while len(waiting):
        reached[waiting] += np.ceil(np.log(uniform.take(waiting)) / np.log1p(-p[waiting]))
        waiting = waiting[~(reached[waiting] > n[waiting])]
        out[waiting] += 1


def _tail(k: np.ndarray) -> np.ndarray:
    square = (k + 1) * (k + 1)
    series = (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1)
    return np.where(k <= 9, _TAILS[np.clip(k, 0, 9).astype(np.intp)], series)


def _transformed_binomial(uniform: _Supply, n: np.ndarray, p: np.ndarray, waiting: np.ndarray, out: np.ndarray) -> None:
    while len(waiting):
        u = uniform.take(waiting)
        v = uniform.take(waiting)
        nw, pw = n[waiting], p[waiting]
        deviation = np.sqrt(nw * pw * (1 - pw))
        b = 1.15 + 2.53 * deviation
        a = -0.0873 + 0.0248 * b + 0.01 * pw
        ratio, mode = pw / (1 - pw), np.floor((nw + 1) * pw)
        u = u - 0.5
        shifted = 0.5 - np.abs(u)
        k = np.floor((2 * a / shifted + b) * u + nw * pw + 0.5)
        accepted = (shifted >= 0.07) & (v <= 0.92 - 4.2 / b)
        possible = (k >= 0) & (k <= nw)
        s = np.log(v * (2.83 + 5.1 / b) * deviation / (a / (shifted * shifted) + b))
        k_legal = np.where(possible, k, 0)
        t = (
            (mode + 0.5) * np.log((mode + 1) / (ratio * (nw - mode + 1)))
            + (nw + 1) * np.log((nw - mode + 1) / (nw - k_legal + 1))
            + (k_legal + 0.5) * np.log(ratio * (nw - k_legal + 1) / (k_legal + 1))
            + _tail(mode) + _tail(nw - mode) - _tail(k_legal) - _tail(nw - k_legal)
        )  # fmt: skip
        accepted |= possible & (s <= t)
        out[waiting[accepted]] = k[accepted]
        waiting = waiting[~accepted]
