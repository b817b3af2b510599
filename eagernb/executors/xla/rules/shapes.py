"""Shapes, and moving elements around.

``shape``, ``rank`` and ``size`` are known while compiling: their kernels ask for nothing else.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from eagernb.core.op import find_op
from eagernb.core.static import normal_axis
from eagernb.executors.xla.table import rule, rules

_PAD_MODES = {"REFLECT": "reflect", "SYMMETRIC": "symmetric"}


def _pad(x: Any, paddings: Any, mode: str, value: Any = 0) -> Any:
    if not x.ndim:
        return x
    if mode == "CONSTANT":
        return jnp.pad(x, paddings, constant_values=value)
    return jnp.pad(x, paddings, mode=_PAD_MODES[mode])


@rule("pad_grad")
def _pad_grad(g: Any, paddings: Any, mode: str) -> Any:
    inner = [size - sum(pair) for size, pair in zip(g.shape, paddings, strict=True)]
    return transposed(lambda x: _pad(x, paddings, mode), inner, g)


def transposed(linear: Any, dims: Any, g: Any) -> Any:
    """What the transpose of a linear function of an array of this shape gives for ``g``: its gradient."""
    if g.dtype.kind in "iu":  # JAX transposes functions of floats only
        return transposed(linear, dims, g.astype(jnp.float64)).astype(g.dtype)
    (result,) = jax.linear_transpose(linear, jax.ShapeDtypeStruct(tuple(dims), g.dtype))(g)
    return result


def _split(x: Any, sizes: tuple[int, ...], axis: int) -> Any:
    return tuple(jnp.split(x, np.cumsum(sizes)[:-1].tolist(), axis))


def _sum_to_like(g: Any, like: Any) -> Any:
    extra = g.ndim - like.ndim
    axes = tuple(i for i in range(g.ndim) if i < extra or (like.shape[i - extra] == 1 != g.shape[i]))
    return jnp.reshape(jnp.sum(g, axes, dtype=g.dtype) if axes else g, like.shape)


def rearranging(name: str) -> Any:
    """The rule of an op that only puts elements elsewhere: its kernel is run on their numbers, while compiling.

    What the kernel pads with has the number -1.
    """
    kernel = find_op(name).kernel

    def lowered(*arrays: Any, padding: Any = None, **params: Any) -> Any:
        elements = jnp.concatenate([jnp.ravel(x) for x in arrays])
        numbers, start = [], 0
        for x in arrays:
            numbers.append(np.arange(start, start + x.size).reshape(x.shape))
            start += x.size
        if padding is not None:
            params["padding"] = -1
        order = kernel(*numbers, **params)
        if padding is None:
            return elements[order]
        last = jnp.asarray(padding, elements.dtype)[None]
        return jnp.concatenate([elements, last])[np.where(order < 0, elements.size, order)]

    return lowered


def _reverse_sequence(x: Any, seq_lengths: Any, seq_axis: int, batch_axis: int) -> Any:
    moved = jnp.moveaxis(x, (batch_axis, seq_axis), (0, 1))
    place, lengths = jnp.arange(moved.shape[1]), seq_lengths[:, None]
    picked = jnp.where(place < lengths, lengths - 1 - place, place)
    reversed_ = moved[jnp.arange(moved.shape[0])[:, None], picked]
    return jnp.moveaxis(reversed_, (0, 1), (batch_axis, seq_axis))


def _band_part(x: Any, lower: int, upper: int) -> Any:
    offset = np.arange(x.shape[-1]) - np.arange(x.shape[-2])[:, None]  # column minus row
    inside = ((lower < 0) | (offset >= -lower)) & ((upper < 0) | (offset <= upper))
    return jnp.where(inside, x, 0)


rules({
    **{name: find_op(name).kernel for name in ("shape", "rank", "size")},
    "identity": lambda x: x,
    "ensure_shape": lambda x, shape: x,
    "placeholder_with_default": lambda x, shape: x,
    "no_op": tuple,
    "reshape": lambda x, shape: jnp.reshape(x, shape),
    "transpose": lambda x, perm: jnp.transpose(x, perm),
    "expand_dims": lambda x, axis: jnp.expand_dims(x, normal_axis(axis, x.ndim + 1)),
    "squeeze": lambda x, axis: jnp.squeeze(x, axis or None),
    "broadcast_to": lambda x, shape: jnp.broadcast_to(x, shape),
    "sum_to_like": _sum_to_like,
    "tile": lambda x, multiples: jnp.tile(x, multiples),
    "reverse": lambda x, axis: jnp.flip(x, axis),
    "roll": lambda x, shift, axis, back: jnp.roll(x, tuple(-s for s in shift) if back else shift, axis),
    "repeat": lambda x, repeats, axis: jnp.repeat(x, repeats[0] if len(repeats) == 1 else np.array(repeats), axis),
    "reverse_sequence": _reverse_sequence,
    "pad": _pad,
    "concat": lambda *values, axis: jnp.concatenate(values, axis),
    "stack": lambda *values, axis: jnp.stack(values, axis),
    "unstack": lambda x, axis: tuple(jnp.moveaxis(x, axis, 0)),
    "split": _split,
    "linspace": lambda start, stop, num, axis: jnp.linspace(start, stop, num, axis=axis),
    "band_part": _band_part,
    "diag": rearranging("diag"),
    "diag_part": rearranging("diag_part"),
    "set_diag": rearranging("set_diag"),
})  # fmt: skip
