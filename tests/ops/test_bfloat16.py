"""Every op that takes float32 takes bfloat16: it computes in float32 and rounds its result once."""

import warnings
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.dispatch import dispatch, infer
from eagernb.core.dtypes import BFLOAT16
from eagernb.core.op import Op
from eagernb.core.spec import TensorSpec

from .samples.making import Sample
from .test_contract import CASES, bits


def in_dtype(sample: Sample, dtype: np.dtype) -> list[Any]:
    """The sample's arrays, as values that both dtypes have."""
    return [
        x.astype(BFLOAT16).astype(dtype) if np.asarray(x).dtype.kind == "f" else np.asarray(x) for x in sample.inputs
    ]


def is_of_floats(op: Op, sample: Sample) -> bool:
    if op.effect or not sample.inputs or not op.takes(np.dtype(np.float32)):
        return False
    if op.family == "segment" and BFLOAT16 in op.dtypes:  # an empty segment gives a limit of bfloat16, not of float32
        return False
    wide = in_dtype(sample, np.dtype(np.float32))
    # (A sample with its dtype among its params is for that dtype alone.)
    return any(x.dtype == np.float32 for x in wide) and "dtype" not in sample.params


FLOAT_CASES = [case for case in CASES if is_of_floats(*case.values)]


@pytest.mark.parametrize(("op", "sample"), FLOAT_CASES)
def test_bfloat16_is_float32_rounded_once(op: Op, sample: Sample) -> None:
    wide, narrow = in_dtype(sample, np.dtype(np.float32)), in_dtype(sample, BFLOAT16)
    try:
        specs = infer(op, [TensorSpec(x.shape, x.dtype) for x in narrow], dict(sample.params))
    except TypeError:  # it says that it cannot: there are no complex numbers of bfloat16
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        expected = op.kernel(*wide, **sample.params)
        got = dispatch(op, [tf.constant(x) for x in narrow], dict(sample.params))
        in_graph = tf.function(lambda *xs: dispatch(op, xs, dict(sample.params)))(*narrow)
    several = [x if op.multiple else (x,) for x in (expected, got, in_graph)]
    for spec, want, eager, graph in zip(specs, *several, strict=True):
        assert eager.dtype is spec.dtype
        rounded = np.asarray(want).astype(spec.dtype.numpy)
        assert bits(rounded) == bits(np.asarray(eager.numpy())) == bits(np.asarray(graph.numpy()))


def test_a_sum_does_not_stop_at_the_last_bit() -> None:
    ones = tf.ones([1000], tf.bfloat16)
    assert float(tf.reduce_sum(ones)) == 1000.0  # in steps of bfloat16 it would be 256


def test_gradients_keep_the_dtype() -> None:
    x = tf.Variable([1.5, -2.0], dtype=tf.bfloat16)
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.tanh(x) * x[0] + tf.square(x) / 3)
    gradient = tape.gradient(y, x)
    assert gradient.dtype is tf.bfloat16
    wide = tf.Variable([1.5, -2.0])
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.tanh(wide) * wide[0] + tf.square(wide) / 3)
    np.testing.assert_allclose(gradient.numpy().astype(float), tape.gradient(y, wide).numpy(), rtol=2e-2)
