"""The random ops. Each distribution is declared once and gives two ops: one that takes the next bits of its sequence,
which is an effect, and a stateless one, whose numbers follow from the seed that is its first input, so that it is pure.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.dtypes import FLOATS, REAL, DType, float64
from eagernb.core.dtypes import INTEGERS as INTEGRAL
from eagernb.core.late import known_dims
from eagernb.core.op import WRITE, Op, Rule, register
from eagernb.core.shape import TensorShape, broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError
from eagernb.ops import random_from_bits as from_bits
from eagernb.ops import random_rejection as rejection
from eagernb.ops.arithmetic import negative
from eagernb.ops.exponential import exp
from eagernb.ops.families import elements, sum_to
from eagernb.ops.index_shuffle import index_shuffle
from eagernb.ops.no_nan import xlogy
from eagernb.ops.philox import Philox, from_seed, from_state
from eagernb.ops.random_from_bits import RESERVED
from eagernb.ops.random_seeds import take
from eagernb.ops.special import igamma_by_a, lgamma


class Distribution(NamedTuple):
    """The two ops of one distribution."""

    next: Op
    stateless: Op


def _spec(*specs: TensorSpec, shape: tuple[Any, ...], dtype: DType, **_: Any) -> TensorSpec:
    """Of the shape that is asked for, whose last axes are those of the parameters."""
    dims, last = known_dims(shape), broadcast_dims((), *(spec.dims for spec in specs))
    if len(last) > len(dims) or not TensorShape(last).is_compatible_with(dims[len(dims) - len(last) :]):
        raise ValueError(f"the result's shape {list(dims)} does not end with that of the parameters, {list(last)}")
    return TensorSpec(dims, dtype)


def _reserved(*arrays: Any, shape: tuple[int, ...], **_: Any) -> int:
    """How far the sequence moves on, in blocks: as far for all distributions."""
    return prod(shape) * RESERVED


def _distribution(
    name: str, draw: Callable[..., Any], label: str, inputs: tuple[str, ...] = (), dtypes: Any = REAL,
    infer: Callable[..., TensorSpec] = _spec, reserved: Callable[..., int] = _reserved,
) -> Distribution:  # fmt: skip
    """Declare both ops of ``draw(place, *inputs, **params)``, where ``place`` is the Philox that it takes bits from."""

    def following(*arrays: Any, seed: Any, **params: Any) -> Any:
        kind = (name, params["dtype"], *(array.dtype for array in arrays))
        return draw(take(seed, kind, reserved(*arrays, **params)), *arrays, **params)

    op = Op(
        f"random_{name}", inputs, following, lambda *specs, seed, **params: infer(*specs, **params),
        rules=(None,) * len(inputs), label=label, family="random", dtypes=dtypes, typed=tuple(range(len(inputs))),
        effect=WRITE, flops=elements,
    )  # fmt: skip
    return Distribution(register(op), _stateless(name, draw, label, inputs, dtypes, infer))


def _stateless(
    name: str, draw: Callable[..., Any], label: str, inputs: tuple[str, ...] = (), dtypes: Any = REAL,
    infer: Callable[..., TensorSpec] = _spec,
) -> Op:  # fmt: skip
    """Declare the stateless op alone."""
    return register(
        Op(
            f"stateless_{name}", ("seed", *inputs),
            lambda seed, *arrays, **params: draw(_place(seed), *arrays, **params),
            lambda seed, *specs, **params: infer(*specs, **params), rules=(None,) * (1 + len(inputs)), label=label,
            family="random", dtypes=dtypes, typed=tuple(range(1, 1 + len(inputs))), flops=elements,
        )
    )  # fmt: skip


def _place(seed: Any) -> Philox:
    """Of the two numbers of a seed, or of the three of a Generator's state."""
    numbers = seed.tolist()
    return from_seed(*numbers) if len(numbers) == 2 else from_state(*numbers)


def _integers(place: Philox, shape: Any, dtype: DType, low: int, high: int) -> Any:
    if low >= high:
        raise InvalidArgumentError(f"Need minval < maxval, got {low} >= {high}.", "random_integers")
    return from_bits.integers(place, shape, dtype, low, high)


NORMAL = _distribution("normal", from_bits.normal, "normal")
TRUNCATED_NORMAL = _distribution("truncated_normal", from_bits.truncated_normal, "normal")
UNIFORM = _distribution("uniform", from_bits.uniform, "uniform")
INTEGERS = _distribution("integers", _integers, "integers")
FULL_RANGE = _stateless("full_int", from_bits.full_range, "integers")
# ``dtype`` is that of what is put into this order: TensorFlow's sequences are told apart by it.
PERMUTATION = _distribution(
    "permutation", lambda place, count, dtype: from_bits.permutation(place, count), "permutation",
    infer=lambda count, dtype: TensorSpec(known_dims([count]), "int64"),
    reserved=lambda count, dtype: (max(count - 1, 0) + 3) // 4,
)  # fmt: skip
GAMMA = _distribution("gamma", rejection.gamma, "gamma", ("alpha",), FLOATS)
POISSON = _distribution("poisson", rejection.poisson, "poisson", ("lam",))
BINOMIAL = _stateless("binomial", rejection.binomial, "binomial", ("counts", "probs"), FLOATS)
INDEX_SHUFFLE = register(
    Op(
        "index_shuffle", ("seed", "index", "max_index"), index_shuffle,
        lambda seed, index, max_index, rounds=4: TensorSpec(
            broadcast_dims(broadcast_dims(seed.dims[:-1], index.dims), max_index.dims), index.dtype
        ),
        rules=(None, None, None), label="shuffle", family="random", dtypes=INTEGRAL, typed=(1, 2),
    )
)  # fmt: skip


def _gamma_slope(g: Tensor, alpha: Tensor, x: Tensor, dims_alpha: Any) -> Tensor:
    """How x moves with alpha where its quantile stays: -(∂F/∂alpha) / f, of the distribution function and density."""
    density = exp(xlogy(alpha - 1, x) - x - lgamma(alpha))
    return sum_to(negative(g * igamma_by_a(alpha, x)) / density, dims_alpha)


GAMMA_SAMPLE = register(
    Op("gamma_sample", ("alpha", "x"), lambda alpha, x: x, lambda alpha, x: x, rules=(Rule.of(_gamma_slope), None),
       label="gamma", family="random", dtypes=FLOATS, typed=(0, 1))
)  # fmt: skip


def _categories_spec(logits: TensorSpec, count: Any, dtype: DType) -> TensorSpec:
    if len(logits.dims) != 2 or logits.dims[1] == 0:
        raise ValueError("the logits must be a matrix, with a row of one number or more for each distribution")
    return TensorSpec(known_dims([logits.dims[0], count]), dtype)


CATEGORICAL = _distribution(
    "categorical", from_bits.categories, "categorical", ("logits",), FLOATS, _categories_spec,
    reserved=lambda logits, count, dtype: 2 * len(logits) * (-(-count // 4) * 4) * RESERVED,
)  # fmt: skip


def _truncated_between(
    place: Philox, means: Any, stddevs: Any, minvals: Any, maxvals: Any, shape: Any, dtype: DType
) -> Any:
    """By inverting the normal distribution function between the bounds, which is not TensorFlow's way."""
    from scipy import special

    means, stddevs, minvals, maxvals = (x.astype(np.float64) for x in (means, stddevs, minvals, maxvals))
    low, high = (special.ndtr((bound - means) / stddevs) for bound in (minvals, maxvals))
    values = means + stddevs * special.ndtri(low + (high - low) * from_bits.uniform(place, shape, float64))
    return np.asarray(np.clip(values, minvals, maxvals)).astype(dtype.numpy)


TRUNCATED_BETWEEN = _stateless(
    "truncated_normal_between", _truncated_between, "normal", ("means", "stddevs", "minvals", "maxvals"), FLOATS
)
