"""Second derivatives of what picks, moves, sorts and adds up elements: the rules are made of ops that have rules."""

from typing import Any

import pytest

import eagernb as tf
from eagernb.autodiff.check import check_gradients
from eagernb.core.dispatch import dispatch
from eagernb.core.op import Op

from .samples.making import Sample
from .test_contract import SMOOTH, arguments, arrays

FAMILIES = ("shape", "indexing", "sorting", "segment")
TWICE = [case for case in SMOOTH if case.values[0].family in FAMILIES]


@pytest.mark.parametrize(("op", "sample"), TWICE)
def test_second_gradient_is_a_finite_difference(op: Op, sample: Sample) -> None:
    given = arguments(sample)
    moving = [i for i, x in enumerate(arrays(sample)) if x.dtype.kind == "f" and op.rule_for(i)]

    def gradients(*values: Any) -> Any:
        inputs: list[Any] = list(given)
        for i, value in zip(moving, values, strict=True):
            inputs[i] = value
        with tf.GradientTape() as tape:
            tape.watch(values)
            result = dispatch(op, inputs, dict(sample.params))
            # Of a sine, so that there is a second derivative at all: these ops are linear, piece by piece.
            parts = [tf.sin(y) for y in (result if op.multiple else [result]) if y.dtype.is_differentiable]
        return [tf.convert_to_tensor(g) for g in tape.gradient(parts, values) if g is not None]

    check_gradients(gradients, *[arrays(sample)[i] for i in moving], tolerance=1e-5)
