"""Convolutions."""

from typing import Any

import numpy as np

from ..naive_windows import conv, conv_backprop_filter, conv_backprop_input
from .making import Sample, case, rng

PLAIN = {"strides": (1, 1), "padding": "VALID", "dilations": (1, 1)}


def conv_samples(
    image: Any, filters: Any, strides: Any, padding: Any, dilations: Any, dtype: Any = np.float64
) -> tuple[Sample, Sample, Sample]:
    """The convolution and its two gradients for one set of shapes."""
    x, w = rng.normal(size=image).astype(dtype), rng.normal(size=filters).astype(dtype)
    params = {"strides": strides, "padding": padding, "dilations": dilations}
    y = rng.normal(size=conv(x, w, **params).shape).astype(dtype)
    return (
        case(x, w, reference=conv, **params),
        case(w, y, input_dims=image[1:], reference=conv_backprop_input, **params),
        case(x, y, filter_dims=filters, reference=conv_backprop_filter, **params),
    )


SETS = [
    conv_samples((2, 5, 6, 2), (3, 2, 2, 3), (1, 1), "SAME", (1, 1)),
    conv_samples((2, 5, 6, 2), (3, 3, 2, 2), (2, 1), "VALID", (1, 2)),
    conv_samples((1, 5, 6, 4), (2, 3, 2, 6), (2, 2), "SAME", (1, 1)),  # two groups
    conv_samples((1, 4, 4, 3), (2, 2, 1, 6), (1, 1), ((1, 2), (0, 1)), (1, 1)),  # each channel by itself
    conv_samples((1, 3, 3, 9), (2, 2, 9, 2), (1, 1), "VALID", (1, 1)),  # enough channels to copy along them
    conv_samples((2, 7, 3), (3, 3, 4), (2,), "SAME", (1,)),
    conv_samples((1, 3, 4, 3, 2), (2, 2, 2, 2, 2), (1, 2, 1), "SAME", (1, 1, 1)),
    conv_samples((2, 4, 4, 2), (3, 3, 2, 2), (1, 1), "SAME", (1, 1), np.float32),
]
X, W = rng.normal(size=(5, 2, 6, 4)), rng.normal(size=(2, 2, 2, 2))
SPECIAL_IMAGE = np.array([np.nan, 1.0, np.inf, -0.0, 2.0]).reshape(1, 1, 5, 1)

SAMPLES: dict[str, list[Sample]] = {
    "conv": [
        *(samples[0] for samples in SETS),
        case(X.transpose(1, 0, 3, 2)[:, ::2, :, :2], W, reference=conv, **PLAIN),  # a view
        case(rng.normal(size=(2, 3, 4, 4, 2)), W, reference=conv, **PLAIN),  # two batch axes
        case(rng.normal(size=(0, 4, 4, 2)), W, reference=lambda x, w, **_: np.zeros((0, 3, 3, 2)), **PLAIN),
        case(rng.normal(size=(2, 1, 4, 2)), W, reference=lambda x, w, **_: np.zeros((2, 0, 3, 2)), **PLAIN),
        case(SPECIAL_IMAGE, np.ones((1, 1, 1, 1)), reference=conv, **PLAIN),
        case(np.arange(12, dtype=np.int32).reshape(1, 3, 4, 1), np.full((2, 2, 1, 1), 3, np.int32), reference=conv,
             **PLAIN),
    ],
    "conv_backprop_input": [
        *(samples[1] for samples in SETS),
        case(W, np.zeros((0, 3, 3, 2)), input_dims=(4, 4, 2), reference=lambda *_, **__: np.zeros((0, 4, 4, 2)),
             **PLAIN),
    ],
    "conv_backprop_filter": [
        *(samples[2] for samples in SETS),
        case(np.zeros((0, 4, 4, 2)), np.zeros((0, 3, 3, 2)), filter_dims=(2, 2, 2, 2),
             reference=lambda *_, **__: np.zeros((2, 2, 2, 2)), **PLAIN),
    ],
}  # fmt: skip
