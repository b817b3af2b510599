"""The random ops. Each distribution is declared once and gives two ops: one that takes the next seed, which is an
effect, and a stateless one, whose numbers follow from the seed that is its first input, so that it is pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import ml_dtypes
import numpy as np

from eagernb.core.dtypes import FLOATS, REAL, DType
from eagernb.core.late import known_dims
from eagernb.core.op import WRITE, Op, Rule, register
from eagernb.core.shape import TensorShape, broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError
from eagernb.ops.arithmetic import negative
from eagernb.ops.exponential import exp
from eagernb.ops.families import elements, sum_to
from eagernb.ops.no_nan import xlogy
from eagernb.ops.random_seeds import generator_from, next_generator
from eagernb.ops.special import igamma_by_a, lgamma


class Distribution(NamedTuple):
    """The two ops of one distribution."""

    next: Op
    stateless: Op


def _spec(*specs: TensorSpec, shape: tuple[Any, ...], dtype: DType, **_: Any) -> TensorSpec:
    """Of the shape that is asked for; parameters broadcast to it."""
    dims = known_dims(shape)
    for spec in specs:
        if not TensorShape(broadcast_dims(spec.dims, dims)).is_compatible_with(dims):
            raise ValueError(f"parameters of shape {list(spec.dims)} do not broadcast to the result's {list(dims)}")
    return TensorSpec(dims, dtype)


def _distribution(
    name: str, draw: Callable[..., Any], label: str, inputs: tuple[str, ...] = (), dtypes: Any = REAL,
    infer: Callable[..., TensorSpec] = _spec,
) -> Distribution:  # fmt: skip
    """Declare both ops of ``draw(generator, *inputs, **params)``."""
    following = Op(
        f"random_{name}", inputs, lambda *arrays, seed, **params: draw(next_generator(seed), *arrays, **params),
        lambda *specs, seed, **params: infer(*specs, **params), rules=(None,) * len(inputs), label=label,
        family="random", dtypes=dtypes, typed=tuple(range(len(inputs))), effect=WRITE, flops=elements,
    )  # fmt: skip
    return Distribution(register(following), _stateless(name, draw, label, inputs, dtypes, infer))


def _stateless(
    name: str, draw: Callable[..., Any], label: str, inputs: tuple[str, ...] = (), dtypes: Any = REAL,
    infer: Callable[..., TensorSpec] = _spec,
) -> Op:  # fmt: skip
    """Declare the stateless op alone."""
    return register(
        Op(
            f"stateless_{name}", ("seed", *inputs),
            lambda seed, *arrays, **params: draw(generator_from(seed), *arrays, **params),
            lambda seed, *specs, **params: infer(*specs, **params), rules=(None,) * (1 + len(inputs)), label=label,
            family="random", dtypes=dtypes, typed=tuple(range(1, 1 + len(inputs))), flops=elements,
        )
    )  # fmt: skip


def _normal(rng: np.random.Generator, shape: Any, dtype: DType) -> Any:
    return np.asarray(rng.standard_normal(shape)).astype(dtype.numpy)


def _truncated(rng: np.random.Generator, shape: Any, dtype: DType) -> Any:
    """Those beyond two standard deviations are drawn again."""
    values = np.asarray(rng.standard_normal(shape))
    while (beyond := np.abs(values) > 2).any():
        values[beyond] = rng.standard_normal(int(beyond.sum()))
    return values.astype(dtype.numpy)


def _uniform(rng: np.random.Generator, shape: Any, dtype: DType) -> Any:
    if dtype.numpy == np.float32:
        return np.asarray(rng.random(shape, dtype=np.float32))
    below_one = 1 - float(ml_dtypes.finfo(dtype.numpy).epsneg)
    return np.asarray(np.minimum(rng.random(shape), below_one)).astype(dtype.numpy)


def _integers(rng: np.random.Generator, shape: Any, dtype: DType, low: int, high: int) -> Any:
    if low >= high:
        raise InvalidArgumentError(f"Need minval < maxval, got {low} >= {high}.", "random_integers")
    return np.asarray(rng.integers(low, high, shape, dtype=dtype.numpy))


def _full_range(rng: np.random.Generator, shape: Any, dtype: DType) -> Any:
    return np.asarray(rng.integers(dtype.min, dtype.max, shape, dtype=dtype.numpy, endpoint=True))


NORMAL = _distribution("normal", _normal, "normal")
TRUNCATED_NORMAL = _distribution("truncated_normal", _truncated, "normal")
UNIFORM = _distribution("uniform", _uniform, "uniform")
INTEGERS = _distribution("integers", _integers, "integers")
FULL_RANGE = _stateless("full_int", _full_range, "integers")
PERMUTATION = _distribution(
    "permutation", lambda rng, count: rng.permutation(count), "permutation",
    infer=lambda count: TensorSpec(known_dims([count]), "int64"),
)  # fmt: skip


def _gamma(rng: np.random.Generator, alpha: Any, shape: Any, dtype: DType) -> Any:
    legal = alpha > 0  # else NaN
    drawn = rng.standard_gamma(np.where(legal, alpha, 1).astype(np.float64), shape)
    return np.asarray(np.where(legal, drawn, np.nan)).astype(dtype.numpy)


def _poisson(rng: np.random.Generator, lam: Any, shape: Any, dtype: DType) -> Any:
    return np.asarray(rng.poisson(np.where(lam > 0, lam, 0).astype(np.float64), shape)).astype(dtype.numpy)


def _binomial(rng: np.random.Generator, counts: Any, probs: Any, shape: Any, dtype: DType) -> Any:
    n, p = np.broadcast_arrays(counts, probs)
    legal = (n >= 0) & (p >= 0) & (p <= 1)
    drawn = rng.binomial(np.where(legal, n, 0).astype(np.int64), np.where(legal, p, 0).astype(np.float64), shape)
    return np.asarray(np.where(legal, drawn, np.nan if dtype.is_floating else -1)).astype(dtype.numpy)


GAMMA = _distribution("gamma", _gamma, "gamma", ("alpha",), FLOATS)
POISSON = _distribution("poisson", _poisson, "poisson", ("lam",))
BINOMIAL = _stateless("binomial", _binomial, "binomial", ("counts", "probs"))


def _gamma_slope(g: Tensor, alpha: Tensor, x: Tensor, dims_alpha: Any) -> Tensor:
    """How x moves with alpha where its quantile stays: -(∂F/∂alpha) / f, of the distribution function and density."""
    density = exp(xlogy(alpha - 1, x) - x - lgamma(alpha))
    return sum_to(negative(g * igamma_by_a(alpha, x)) / density, dims_alpha)


GAMMA_SAMPLE = register(
    Op("gamma_sample", ("alpha", "x"), lambda alpha, x: x, lambda alpha, x: x, rules=(Rule.of(_gamma_slope), None),
       label="gamma", family="random", dtypes=FLOATS, typed=(0, 1))
)  # fmt: skip


def _categories(rng: np.random.Generator, logits: Any, count: int, dtype: DType) -> Any:
    """By inverting each row's distribution function."""
    weights = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True, initial=-np.inf))
    totals = np.cumsum(np.where(np.isfinite(weights), weights, 0), axis=1)
    points = rng.random((len(logits), count)) * totals[:, -1:]
    found = [np.searchsorted(row, at, side="right") for row, at in zip(totals, points, strict=True)]
    return np.reshape(np.array(found, dtype.numpy), points.shape)


def _categories_spec(logits: TensorSpec, count: Any, dtype: DType) -> TensorSpec:
    if len(logits.dims) != 2 or logits.dims[1] == 0:
        raise ValueError("the logits must be a matrix, with a row of one number or more for each distribution")
    return TensorSpec(known_dims([logits.dims[0], count]), dtype)


CATEGORICAL = _distribution("categorical", _categories, "categorical", ("logits",), FLOATS, _categories_spec)


def _truncated_between(
    rng: np.random.Generator, means: Any, stddevs: Any, minvals: Any, maxvals: Any, shape: Any, dtype: DType
) -> Any:
    """By inverting the normal distribution function between the bounds."""
    from scipy import special

    means, stddevs, minvals, maxvals = (x.astype(np.float64) for x in (means, stddevs, minvals, maxvals))
    low, high = (special.ndtr((bound - means) / stddevs) for bound in (minvals, maxvals))
    values = means + stddevs * special.ndtri(low + (high - low) * rng.random(shape))
    return np.asarray(np.clip(values, minvals, maxvals)).astype(dtype.numpy)


TRUNCATED_BETWEEN = _stateless(
    "truncated_normal_between", _truncated_between, "normal", ("means", "stddevs", "minvals", "maxvals"), FLOATS
)
