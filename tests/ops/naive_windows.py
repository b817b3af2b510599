"""Convolutions and pooling as their definitions say, one window after the other: what the kernels are compared with."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np


def pads_of(image: Sequence[int], window: Sequence[int], strides: Any, padding: Any, dilations: Any) -> list[Any]:
    """TensorFlow's formula for "SAME": https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2."""
    if padding == "VALID":
        return [(0, 0)] * len(image)
    if padding != "SAME":
        return list(padding)
    pairs = []
    for n, k, s, d in zip(image, window, strides, dilations, strict=True):
        span = (k - 1) * d + 1
        total = max(span - s, 0) if n % s == 0 else max(span - n % s, 0)
        pairs.append((total // 2, total - total // 2))
    return pairs


def windows(
    shape: Sequence[int], window: Sequence[int], strides: Any, padding: Any, dilations: Any
) -> Iterator[tuple[Any, list[tuple[Any, Any]]]]:
    """For each position: where it is, and the pairs (place in the window, place in the image) that are in the image."""
    pads = pads_of(shape, window, strides, padding, dilations)
    counts = [
        (n + sum(pair) - (k - 1) * d - 1) // s + 1
        for n, pair, k, s, d in zip(shape, pads, window, strides, dilations, strict=True)
    ]
    for position in np.ndindex(*counts):
        pairs = []
        for place in np.ndindex(*window):
            there = tuple(
                p * s + at * d - before
                for p, s, at, d, (before, _) in zip(position, strides, place, dilations, pads, strict=True)
            )
            if all(0 <= i < n for i, n in zip(there, shape, strict=True)):
                pairs.append((place, there))
        yield position, pairs


def _filled(found: dict[Any, Any], batch: int, channels: int, dtype: Any) -> np.ndarray:
    counts = np.max(list(found), axis=0) + 1
    result = np.zeros((batch, *counts, channels), dtype)
    for position, value in found.items():
        result[(slice(None), *position)] = value
    return result


def conv(x: np.ndarray, w: np.ndarray, strides: Any, padding: Any, dilations: Any) -> np.ndarray:
    batch_dims, rank = x.shape[: -len(strides) - 1], len(strides)
    x = x.reshape(math.prod(batch_dims), *x.shape[-rank - 1 :])
    depth, filters = w.shape[-2:]
    groups = x.shape[-1] // depth
    found = {}
    for position, pairs in windows(x.shape[1:-1], w.shape[:rank], strides, padding, dilations):
        total = np.zeros((len(x), filters), x.dtype)
        for place, there in pairs:
            for f in range(filters):
                first = f // (filters // groups) * depth
                total[:, f] += x[(slice(None), *there, slice(first, first + depth))] @ w[(*place, slice(None), f)]
        found[position] = total
    result = _filled(found, len(x), filters, x.dtype)
    return result.reshape(*batch_dims, *result.shape[1:])


def conv_backprop_input(
    w: np.ndarray, y: np.ndarray, input_dims: Any, strides: Any, padding: Any, dilations: Any
) -> np.ndarray:
    rank, (depth, filters) = len(strides), w.shape[-2:]
    groups = input_dims[-1] // depth
    result = np.zeros((len(y), *input_dims), y.dtype)
    for position, pairs in windows(input_dims[:-1], w.shape[:rank], strides, padding, dilations):
        for place, there in pairs:
            for f in range(filters):
                first = f // (filters // groups) * depth
                share = y[(slice(None), *position, f)][:, None] * w[(*place, slice(None), f)]
                result[(slice(None), *there, slice(first, first + depth))] += share
    return result


def conv_backprop_filter(
    x: np.ndarray, y: np.ndarray, filter_dims: Any, strides: Any, padding: Any, dilations: Any
) -> np.ndarray:
    rank, (depth, filters) = len(strides), filter_dims[-2:]
    groups = x.shape[-1] // depth
    result = np.zeros(filter_dims, x.dtype)
    for position, pairs in windows(x.shape[1:-1], filter_dims[:rank], strides, padding, dilations):
        for place, there in pairs:
            for f in range(filters):
                first = f // (filters // groups) * depth
                patch = x[(slice(None), *there, slice(first, first + depth))]
                result[(*place, slice(None), f)] += y[(slice(None), *position, f)] @ patch
    return result


def max_pool(x: np.ndarray, window: Any, strides: Any, padding: Any, dilations: Any) -> np.ndarray:
    lowest = (np.finfo if x.dtype.kind == "f" else np.iinfo)(x.dtype).min
    found = {}
    for position, pairs in windows(x.shape[1:-1], window, strides, padding, dilations):
        largest = np.full((len(x), x.shape[-1]), lowest, x.dtype)
        for _, there in pairs:
            part = x[(slice(None), *there)]
            largest = np.where(part > largest, part, largest)
        found[position] = largest
    return _filled(found, len(x), x.shape[-1], x.dtype)


def max_pool_places(x: np.ndarray, **params: Any) -> Iterator[tuple[Any, Any]]:
    """For each element of the result: its place, and that of the element (of volumes: the elements) it came from."""
    result, window = max_pool(x, **params), params["window"]
    for position, pairs in windows(x.shape[1:-1], **params):
        for b, c in np.ndindex(len(x), x.shape[-1]):
            there = [(b, *at, c) for _, at in pairs if x[(b, *at, c)] == result[(b, *position, c)]]
            for place in there if len(window) == 3 else there[:1]:
                yield (b, *position, c), place


def max_pool_grad(x: np.ndarray, g: np.ndarray, **params: Any) -> np.ndarray:
    back = np.zeros_like(x)
    for here, there in max_pool_places(x, **params):
        back[there] += g[here]
    return back


def max_pool_grad_grad(x: np.ndarray, g: np.ndarray, **params: Any) -> np.ndarray:
    picked = np.zeros_like(max_pool(x, **params))
    for here, there in max_pool_places(x, **params):
        picked[here] += g[there]
    return picked


def max_pool_argmax(x: np.ndarray, dtype: Any, include_batch: bool, **params: Any) -> np.ndarray:
    index = np.zeros(max_pool(x, **params).shape, dtype.numpy)
    for here, (b, *there) in max_pool_places(x, **params):
        index[here] = np.ravel_multi_index(tuple(there), x.shape[1:]) + b * (x[0].size if include_batch else 0)
    return index


def avg_pool(x: np.ndarray, window: Any, strides: Any, padding: Any, dilations: Any) -> np.ndarray:
    found = {}
    for position, pairs in windows(x.shape[1:-1], window, strides, padding, dilations):
        found[position] = np.mean([x[(slice(None), *there)] for _, there in pairs], axis=0)
    return _filled(found, len(x), x.shape[-1], x.dtype)


def avg_pool_grad(g: np.ndarray, image: Any, window: Any, strides: Any, padding: Any, dilations: Any) -> np.ndarray:
    back = np.zeros((len(g), *image, g.shape[-1]), g.dtype)
    for position, pairs in windows(image, window, strides, padding, dilations):
        for _, there in pairs:
            back[(slice(None), *there)] += g[(slice(None), *position)] / len(pairs)
    return back
