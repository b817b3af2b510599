"""Activations, softmax and the losses on it, by the formulas of their kernels."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from eagernb.executors.xla.table import rules
from eagernb.ops.activations import SELU_ALPHA, SELU_SCALE


def _sparse_cross_entropy(labels: Any, logits: Any) -> Any:
    chosen = jnp.take_along_axis(jax.nn.log_softmax(logits, -1), labels[..., None], -1, mode="fill")
    return -chosen[..., 0]  # NaN for a label that is no class, as in TensorFlow


def _sparse_gradient(gradient: Any, labels: Any, logits: Any) -> Any:
    hot = jax.nn.one_hot(labels, logits.shape[-1], dtype=logits.dtype)
    return gradient[..., None] * (jax.nn.softmax(logits, -1) - hot)


rules({
    "elu": lambda x: jnp.where(x < 0, jnp.expm1(jnp.minimum(x, 0)), x),
    "selu": lambda x: SELU_SCALE * jnp.where(x < 0, SELU_ALPHA * jnp.expm1(jnp.minimum(x, 0)), x),
    "leaky_relu": lambda x, alpha: jnp.where(x > 0, x, x * jnp.asarray(alpha, x.dtype)),
    "leaky_relu_grad": lambda g, features, alpha: jnp.where(features > 0, g, g * jnp.asarray(alpha, g.dtype)),
    "relu": lambda x: jnp.maximum(x, jnp.zeros((), x.dtype)),
    "relu6": lambda x: jnp.minimum(jnp.maximum(x, jnp.zeros((), x.dtype)), jnp.asarray(6, x.dtype)),
    "relu_grad": lambda g, features: g * (features > 0),
    "softsign": lambda x: x / (jnp.abs(x) + 1),
    "softmax": lambda logits, axis: jax.nn.softmax(logits, axis),
    "log_softmax": lambda logits, axis: jax.nn.log_softmax(logits, axis),
    "softmax_cross_entropy": lambda labels, logits, axis: -jnp.sum(labels * jax.nn.log_softmax(logits, axis), axis),
    "softmax_cross_entropy_grad": lambda g, labels, logits, axis: (
        jnp.expand_dims(g, axis) * (jax.nn.softmax(logits, axis) - labels)
    ),
    "sparse_softmax_cross_entropy": _sparse_cross_entropy,
    "sparse_softmax_cross_entropy_grad": _sparse_gradient,
})  # fmt: skip
