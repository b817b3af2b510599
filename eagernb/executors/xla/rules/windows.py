"""Convolutions and pooling: windows that slide over images of shape [batch, *spatial, channels]."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from eagernb.core.dtypes import OF_NUMPY, DType
from eagernb.executors.xla.rules.shapes import transposed
from eagernb.executors.xla.table import rules
from eagernb.ops.windows import geometry, inside, under

_AXES = {1: "W", 2: "HW", 3: "DHW"}


def _conv(input: Any, filters: Any, strides: Any, padding: Any, dilations: Any) -> Any:
    rank = len(strides)
    *batch, channels = input.shape[: -rank - 1] + input.shape[-1:]
    images = input.reshape(math.prod(batch), *input.shape[-rank - 1 :])
    pads, _ = geometry(images.shape[1:-1], filters.shape[:rank], strides, padding, dilations)
    axes = _AXES[rank]
    result = lax.conv_general_dilated(
        images, filters, strides, pads, rhs_dilation=dilations,
        dimension_numbers=(f"N{axes}C", f"{axes}IO", f"N{axes}C"), feature_group_count=channels // filters.shape[-2],
        precision=lax.Precision.HIGHEST,
    )  # fmt: skip
    return result.reshape(*batch, *result.shape[1:])


def _filter_gradient(input: Any, y: Any, filter_dims: Any, **how: Any) -> Any:
    return transposed(lambda filters: _conv(input.astype(filters.dtype), filters, **how), filter_dims, y)


def _input_gradient(filters: Any, y: Any, input_dims: Any, strides: Any, **how: Any) -> Any:
    dims = (*y.shape[: -len(strides) - 1], *input_dims)
    return transposed(lambda images: _conv(images, filters.astype(images.dtype), strides, **how), dims, y)


def _wide(images: Any, pads: Any, value: Any) -> Any:
    return jnp.pad(images, ((0, 0), *pads, (0, 0)), constant_values=value)


def _reduced(x: Any, first: Any, combine: Any, window: Any, strides: Any, pads: Any, dilations: Any) -> Any:
    return lax.reduce_window(
        x, np.array(first, x.dtype), combine, (1, *window, 1), (1, *strides, 1), ((0, 0), *pads, (0, 0)),
        window_dilation=(1, *dilations, 1),
    )  # fmt: skip


def _avg_pool(x: Any, window: Any, strides: Any, padding: Any, dilations: Any) -> Any:
    pads, _ = geometry(x.shape[1:-1], window, strides, padding, dilations)
    how = (lax.add, window, strides, pads, dilations)
    with jax.ensure_compile_time_eval():  # how many elements there are under each window follows from the shapes
        counts = _reduced(jnp.ones((1, *x.shape[1:-1], 1), x.dtype), 0, *how)
    return _reduced(x, 0, *how) / counts


def _avg_pool_grad(g: Any, image: Any, **how: Any) -> Any:
    return transposed(lambda x: _avg_pool(x, **how), (g.shape[0], *image, g.shape[-1]), g)


def _max_pool(x: Any, window: Any, strides: Any, padding: Any, dilations: Any) -> Any:
    pads, _ = geometry(x.shape[1:-1], window, strides, padding, dilations)
    lowest = OF_NUMPY[x.dtype].min
    numbers = jnp.where(jnp.isnan(x), lowest, x) if x.dtype.kind == "f" else x
    return jnp.maximum(_reduced(numbers, lowest, lax.max, window, strides, pads, dilations), lowest)


def _largest(x: Any, window: Any, strides: Any, padding: Any, dilations: Any) -> Iterator[tuple[Any, Any]]:
    """For each place in the window: the key of the elements under it in padded images, and where they are the largest.

    Where several are, it is the first only, but for volumes: there TensorFlow takes all.
    """
    pads, counts = geometry(x.shape[1:-1], window, strides, padding, dilations)
    maxima = _max_pool(x, window, strides, padding, dilations)
    wide, free = _wide(x, pads, OF_NUMPY[x.dtype].min), jnp.ones(maxima.shape, bool)
    for place in np.ndindex(*window):
        key = under(place, counts, strides, dilations)
        largest = wide[key] == maxima
        if len(window) < 3:
            largest &= free
            free ^= largest
        yield key, largest


def _max_pool_grad(x: Any, g: Any, window: Any, strides: Any, padding: Any, dilations: Any) -> Any:
    pads, _ = geometry(x.shape[1:-1], window, strides, padding, dilations)
    result = _wide(jnp.zeros_like(x, g.dtype), pads, 0)
    for key, largest in _largest(x, window, strides, padding, dilations):
        result = result.at[key].add(g * largest)
    return result[inside(pads, x.shape[1:-1])]


def _max_pool_grad_grad(x: Any, g: Any, window: Any, strides: Any, padding: Any, dilations: Any) -> Any:
    pads, _ = geometry(x.shape[1:-1], window, strides, padding, dilations)
    wide = _wide(g, pads, 0)
    return sum(wide[key] * largest for key, largest in _largest(x, window, strides, padding, dilations))


def _max_pool_argmax(x: Any, dtype: DType, include_batch: bool, **how: Any) -> Any:
    pads, _ = geometry(x.shape[1:-1], *(how[name] for name in ("window", "strides", "padding", "dilations")))
    dims = x.shape if include_batch else x.shape[1:]
    numbered = np.arange(math.prod(dims), dtype=dtype.numpy).reshape(dims)
    wide = _wide(np.broadcast_to(numbered, x.shape), pads, 0)
    return sum(wide[key] * largest for key, largest in _largest(x, **how))


rules({
    "conv": _conv,
    "conv_backprop_filter": _filter_gradient,
    "conv_backprop_input": _input_gradient,
    "avg_pool": _avg_pool,
    "avg_pool_grad": _avg_pool_grad,
    "max_pool": _max_pool,
    "max_pool_grad": _max_pool_grad,
    "max_pool_grad_grad": _max_pool_grad_grad,
    "max_pool_argmax": _max_pool_argmax,
})  # fmt: skip
