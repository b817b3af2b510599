"""Every op gives in float32 what it gives in float64, up to float32's precision: values, dtypes, gradients.

test_contract.py holds the float64 side against references and finite differences.
"""

from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.dispatch import dispatch, infer, spec_of
from eagernb.core.op import Op

from .samples.making import Sample
from .test_contract import CASES, SMOOTH, arguments, arrays, outputs, run

NARROW = {np.dtype(np.float64): np.dtype(np.float32), np.dtype(np.complex128): np.dtype(np.complex64)}


def narrow(array: Any) -> Any:
    if isinstance(array, list):  # the value of a variable
        return [narrow(array[0])]
    return array.astype(NARROW[array.dtype]) if array.dtype in NARROW else array


def takes_float32(op: Op, sample: Sample) -> bool:
    """Whether it has floats, all of them in double precision, and the sample's params leave their dtype open."""
    kinds = [x.dtype for x in arrays(sample)]
    fixed = any(getattr(p, "is_floating", False) or getattr(p, "is_complex", False) for p in sample.params.values())
    return any(d in NARROW for d in kinds) and all(d in NARROW or d.kind not in "fc" for d in kinds) and not fixed


def narrowed(sample: Sample) -> Sample:
    return sample._replace(inputs=tuple(map(narrow, sample.inputs)))


def exactly(sample: Sample) -> Sample:
    """The sample with the values that float32 holds, in double precision."""
    return sample._replace(inputs=tuple(widened(narrow(x), x) for x in sample.inputs))


def widened(narrow: Any, like: Any) -> Any:
    return [widened(narrow[0], like[0])] if isinstance(like, list) else narrow.astype(like.dtype)


def assert_close(got: np.ndarray, want: np.ndarray) -> None:
    if want.dtype not in NARROW:
        np.testing.assert_array_equal(got, want)
        assert got.dtype == want.dtype
        return
    assert got.dtype == NARROW[want.dtype]
    # An error of 100 units in the last place, of the largest element: sums lose as much.
    scale = np.abs(want[np.isfinite(want)]).max(initial=1e-3)
    np.testing.assert_allclose(got, want, rtol=1e-5, atol=1e-5 * scale)


@pytest.mark.parametrize(("op", "sample"), [c for c in CASES if c.values[1].reference and takes_float32(*c.values)])
def test_values(op: Op, sample: Sample) -> None:
    got, want = run(op, narrowed(sample)), run(op, exactly(sample))
    if sample.determined:
        got, want = (outputs(sample.determined(*map(tf.constant, x))) for x in (got, want))
    for a, b in zip(got, want, strict=True):
        assert_close(a, b)
    inferred = infer(op, [spec_of(x) for x in arguments(narrowed(sample))], dict(sample.params))
    assert [spec.dtype for spec in inferred] == [a.dtype for a in run(op, narrowed(sample))]


def gradients(op: Op, sample: Sample) -> list[Any]:
    inputs = [tf.convert_to_tensor(x) for x in arrays(sample)]
    moves = [x.dtype.is_differentiable and op.rule_for(i) is not None for i, x in enumerate(inputs)]
    moving = [x for x, moved in zip(inputs, moves, strict=True) if moved]
    with tf.GradientTape() as tape:
        tape.watch(moving)
        if sample.domain:
            inputs = [sample.domain(x) if moved else x for x, moved in zip(inputs, moves, strict=True)]
        results = dispatch(op, inputs, dict(sample.params))
        results = results if op.multiple else (results,)
        if sample.determined:
            results = sample.determined(*results)
        results = [x for x in (results if isinstance(results, tuple) else (results,)) if x.dtype.is_differentiable]
    weights = [tf.cast(tf.reshape(tf.linspace(0.5, 1.5, max(1, tf.size(x))), x.shape), x.dtype) for x in results
               if x.shape.num_elements()]  # fmt: skip
    results = [x for x in results if x.shape.num_elements()]
    return tape.gradient(results, moving, output_gradients=weights)


@pytest.mark.parametrize(("op", "sample"), [c for c in SMOOTH if takes_float32(*c.values)])
def test_gradients(op: Op, sample: Sample) -> None:
    for a, b in zip(gradients(op, narrowed(sample)), gradients(op, exactly(sample)), strict=True):
        assert (a is None) == (b is None)
        if a is not None:
            assert_close(tf.convert_to_tensor(a).numpy(), tf.convert_to_tensor(b).numpy())
