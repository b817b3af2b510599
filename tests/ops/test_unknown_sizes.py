"""Gradients in a function whose input_signature leaves every size open are those of the same code run eagerly."""

from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.dispatch import dispatch
from eagernb.core.op import Op
from eagernb.errors import ShapeError

from .samples.making import Sample
from .test_contract import SMOOTH, arguments

# Their results' rank or number depends on a size, or their gradient's form does.
NEED_SIZES = {
    "gather_nd", "lu", "qr", "rfft", "scatter_nd", "sparse_to_dense", "squeeze", "svd", "tensor_scatter_nd_add",
    "tensor_scatter_nd_max", "tensor_scatter_nd_min", "tensor_scatter_nd_sub", "tensor_scatter_nd_update", "unstack",
}  # fmt: skip
SAYING_SO = (ShapeError, TypeError, NotImplementedError)
SAMPLES = [p for p in SMOOTH if not p.values[0].effect]


def gradients(op: Op, sample: Sample, *inputs: Any) -> list[Any]:
    moving = [x for x in inputs if x.dtype.is_differentiable]
    with tf.GradientTape() as tape:
        tape.watch(moving)
        result = dispatch(op, inputs, dict(sample.params))
    results = [y for y in (result if op.multiple else [result]) if y.dtype.is_differentiable]
    return [None if g is None else tf.convert_to_tensor(g) for g in tape.gradient(results, moving)]


@pytest.mark.parametrize(("op", "sample"), SAMPLES)
def test_gradients_are_those_of_known_sizes(op: Op, sample: Sample) -> None:
    inputs = arguments(sample)
    try:
        want = gradients(op, sample, *inputs)
    except NotImplementedError:
        return  # there is no gradient at these sizes
    signature = [tf.TensorSpec([None] * len(x.shape), x.dtype) for x in inputs]
    traced = tf.function(lambda *xs: gradients(op, sample, *xs), input_signature=signature)
    try:
        got = traced(*inputs)
    except SAYING_SO:
        if op.name in NEED_SIZES:
            return
        raise
    for a, b in zip(got, want, strict=True):
        assert (a is None) == (b is None)
        if a is not None:
            np.testing.assert_allclose(a.numpy(), b.numpy(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("blank_index", [-1, -2, 0, 2])
def test_the_blank_is_found_among_any_number_of_classes(blank_index: int) -> None:
    labels = [[1, 1, 0]]
    logits = np.random.default_rng(0).normal(size=(6, 1, 4)).astype(np.float32)

    def loss(x: Any) -> Any:
        return tf.nn.ctc_loss(labels, x, [2], [6], blank_index=blank_index)

    traced = tf.function(loss, input_signature=[tf.TensorSpec([None, None, None])])
    np.testing.assert_allclose(traced(logits), loss(logits), rtol=1e-6)


def test_filters_of_each_channel_must_have_a_shape() -> None:
    def convolve(filters: Any) -> Any:
        return tf.nn.depthwise_conv2d(tf.ones([1, 4, 4, 3]), filters, [1, 1, 1, 1], "SAME")

    traced = tf.function(convolve, input_signature=[tf.TensorSpec([2, 2, None, None])])
    with pytest.raises(ShapeError, match="must be known while a graph is traced"):
        traced(tf.ones([2, 2, 3, 1]))
