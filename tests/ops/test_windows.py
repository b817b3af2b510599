"""Convolutions and pooling of any size, stride, dilation, padding and grouping, against loops over windows."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import eagernb as tf
from eagernb.ops.windows import geometry

from . import naive_windows as naive

# Whole numbers, so that sums are the same in any order.


def whole(shape: Any, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(-4, 5, shape).astype(np.float32)


@st.composite
def placements(draw: Any) -> tuple[tuple[int, ...], dict[str, Any], tuple[int, ...]]:
    """Image sizes, strides with padding and dilations, and window sizes such that there is a position."""
    rank = draw(st.integers(1, 2))
    per_axis = lambda low, high: draw(st.tuples(*[st.integers(low, high)] * rank))  # noqa: E731
    image, window, strides, dilations = per_axis(1, 7), per_axis(1, 4), per_axis(1, 3), per_axis(1, 3)
    pairs = st.tuples(*[st.tuples(st.integers(0, 2), st.integers(0, 2))] * rank)
    padding = draw(st.one_of(st.sampled_from(["SAME", "VALID"]), pairs))
    try:
        counts = geometry(image, window, strides, padding, dilations).counts
    except ValueError:
        counts = (0,)
    assume(min(counts) > 0)
    return image, {"strides": strides, "padding": padding, "dilations": dilations}, window


def public(padding: Any) -> Any:
    return padding if isinstance(padding, str) else [(0, 0), *padding, (0, 0)]


@settings(max_examples=120, deadline=None)
@given(placements(), st.tuples(st.integers(1, 3), st.integers(1, 9), st.integers(1, 3)), st.integers(0, 99))
def test_a_convolution_and_its_gradients_are_sums_over_windows(placed: Any, channels: Any, seed: int) -> None:
    image, params, window = placed
    groups, depth, per_group = channels
    x = whole((2, *image, groups * depth), seed)
    w = whole((*window, depth, groups * per_group), seed + 1)
    with tf.GradientTape() as tape:
        tensors = [tf.constant(x), tf.constant(w)]
        tape.watch(tensors)
        y = tf.nn.convolution(*tensors, params["strides"], public(params["padding"]), dilations=params["dilations"])
    g = whole(y.shape, seed + 2)
    by_input, by_filters = tape.gradient(y, tensors, output_gradients=g)
    np.testing.assert_array_equal(y.numpy(), naive.conv(x, w, **params))
    np.testing.assert_array_equal(by_input.numpy(), naive.conv_backprop_input(w, g, x.shape[1:], **params))
    np.testing.assert_array_equal(by_filters.numpy(), naive.conv_backprop_filter(x, g, w.shape, **params))


@settings(max_examples=120, deadline=None)
@given(placements(), st.integers(0, 99))
def test_max_pooling_and_its_gradient_take_the_first_largest_element(placed: Any, seed: int) -> None:
    image, params, window = placed
    assume(params["padding"] != "SAME" or max(params["dilations"]) == 1)
    x = tf.constant(whole((2, *image, 2), seed))
    with tf.GradientTape() as tape:
        tape.watch(x)
        options = {"strides": params["strides"], "dilations": params["dilations"]}
        y = tf.nn.pool(x, window, "MAX", padding=public(params["padding"]), **options)
    g = whole(y.shape, seed + 1)
    want = naive.max_pool(x.numpy(), window, **params)
    np.testing.assert_array_equal(y.numpy(), want)
    back = naive.max_pool_grad(x.numpy(), g, window=window, **params)
    np.testing.assert_array_equal(tape.gradient(y, x, output_gradients=g).numpy(), back)


@settings(max_examples=80, deadline=None)
@given(placements(), st.integers(0, 99))
def test_average_pooling_and_its_gradient_count_what_is_there(placed: Any, seed: int) -> None:
    image, params, window = placed
    assume(params["padding"] == "VALID" or (params["padding"] == "SAME" and max(params["dilations"]) == 1))
    x = tf.constant(whole((2, *image, 2), seed))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.nn.pool(x, window, "AVG", **params)
    g = whole(y.shape, seed + 1)
    np.testing.assert_allclose(y.numpy(), naive.avg_pool(x.numpy(), window, **params), rtol=1e-5, atol=1e-6)
    back = naive.avg_pool_grad(g, image, window, **params)
    np.testing.assert_allclose(tape.gradient(y, x, output_gradients=g).numpy(), back, rtol=1e-5, atol=1e-6)


def test_a_large_batch_is_convolved_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    from eagernb.ops import convolution

    x, w = whole((7, 5, 5, 2), 0), whole((3, 3, 2, 3), 1)
    params: dict[str, Any] = {"strides": (1, 1), "padding": "SAME", "dilations": (1, 1)}
    y = naive.conv(x, w, **params)
    monkeypatch.setattr(convolution, "_BLOCK", 2 * 5 * 5 * 18)  # two images each, and one is left
    np.testing.assert_array_equal(tf.nn.conv2d(x, w, 1, "SAME").numpy(), y)
    filters = tf.constant(w)
    with tf.GradientTape() as tape:
        tape.watch(filters)
        z = tf.nn.conv2d(x, filters, 1, "SAME")
    back = naive.conv_backprop_filter(x, y, w.shape, **params)
    np.testing.assert_array_equal(tape.gradient(z, filters, output_gradients=y).numpy(), back)


def test_images_of_unknown_size_can_be_traced_and_differentiated() -> None:
    w = tf.constant(whole((3, 3, 1, 2), 0))

    @tf.function(input_signature=[tf.TensorSpec([None, None, None, 1])])
    def gradients(x: Any) -> Any:
        with tf.GradientTape(persistent=True) as tape:
            tape.watch([x, w])
            y = tf.nn.max_pool2d(tf.nn.conv2d(x, w, 1, "SAME"), 2, 2, "VALID")
            y = tf.nn.conv2d_transpose(y, w, tf.shape(x), 2)
            y = tf.reduce_sum(tf.nn.avg_pool2d(y, 3, 2, "SAME") ** 2)
            by_input = tape.gradient(y, x)
        return by_input, tape.gradient(y, w), tape.gradient(by_input, w)

    for batch, size in ((1, 6), (3, 8)):
        x = tf.constant(whole((batch, size, 6, 1), batch))
        for traced, eager in zip(gradients(x), gradients.python_function(x), strict=True):
            np.testing.assert_array_equal(traced.numpy(), eager.numpy())
