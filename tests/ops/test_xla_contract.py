"""Every op is either compiled by XLA, and equals the interpreter, or refused for a reason that is listed."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

import eagernb as tf
import eagernb.numpy  # registers operations of its own
from eagernb.core.dispatch import dispatch, infer, spec_of
from eagernb.core.dtypes import BFLOAT16
from eagernb.core.op import Op
from eagernb.errors import DTypeError, InvalidArgumentError
from eagernb.executors.xla import XlaExecutable
from eagernb.executors.xla.refusals import REASONS
from eagernb.executors.xla.table import find_rule, find_state_rule
from eagernb.graph import Tracer

from .samples.making import Sample
from .test_contract import OPS, SAMPLES, arguments, outputs

# XLA adds up in another order and has its own logarithms and sines. As a part of the largest number in the result:
TOLERANCES = {
    "float64": 1e-11, "complex128": 1e-11, "float32": 1e-5, "complex64": 1e-5, "float16": 4e-3, "bfloat16": 4e-2,
}  # fmt: skip


def executable(op: Op, samples: Sequence[Sample], first_is_known: bool = False) -> tuple[XlaExecutable, list[Any]]:
    """A graph with the op once for each sample (one for each would take longer), and the arrays for its inputs."""
    tracer = Tracer("op", find_line=lambda: None)
    results: list[Any] = []
    arrays: list[Any] = []
    with tracer:
        for sample in samples:
            given = arguments(sample)
            known, given = (given[:1], given[1:]) if first_is_known else ([], given)
            inputs = [tracer.add_input(spec_of(x), "x") if isinstance(x, tf.Tensor) else x for x in given]
            result = dispatch(op, [*known, *inputs], dict(sample.params))
            results += result if op.multiple else [result]
            arrays += [x._array for x in given if isinstance(x, tf.Tensor)]
    return XlaExecutable(tracer.graph(results)), arrays


def assert_close(got: Any, want: Any, message: str) -> None:
    assert (got.dtype, got.shape) == (want.dtype, want.shape), message
    tolerance = TOLERANCES.get(want.dtype.name)
    if tolerance is None:
        np.testing.assert_array_equal(got, want, message)
        return
    wide = np.complex128 if want.dtype.kind == "c" else np.float64
    got, want = got.astype(wide), want.astype(wide)
    largest = np.abs(want[np.isfinite(want)]).max(initial=1.0)
    np.testing.assert_allclose(got, want, rtol=tolerance, atol=tolerance * largest, err_msg=message)


def compare(op: Op, samples: Sequence[Sample], first_is_known: bool = False) -> None:
    tf.random.set_seed(1)
    eager = [dispatch(op, arguments(sample), dict(sample.params)) for sample in samples]
    tf.random.set_seed(1)
    program, arrays = executable(op, samples, first_is_known)
    got = list(map(tf.constant, program(arrays)))
    for i, (sample, want) in enumerate(zip(samples, eager, strict=True)):
        wanted = want if op.multiple else (want,)
        results, got = got[: len(wanted)], got[len(wanted) :]
        if sample.determined:
            results, wanted = list(sample.determined(*results)), sample.determined(*wanted)
        for a, b in zip(results, outputs(tuple(wanted)), strict=True):
            assert_close(np.asarray(a), b, f"sample {i} of {op.name}: {sample.params}")


def has_text(sample: Sample) -> bool:
    return any((x[0] if isinstance(x, list) else x).dtype == object for x in sample.inputs)


LOWERED = [OPS[name] for name in SAMPLES if name in OPS and name not in REASONS]
REFUSED = [
    pytest.param(OPS[name], sample, id=f"{name}-{i}")
    for name, samples in SAMPLES.items()
    for i, sample in enumerate(samples)
    if name in OPS and (name in REASONS or has_text(sample))
]


@pytest.mark.parametrize("op", LOWERED, ids=lambda op: op.name)
def test_xla_gives_what_the_interpreter_gives(op: Op) -> None:
    compare(op, [sample for sample in SAMPLES[op.name] if not has_text(sample)])


@pytest.mark.parametrize("op", [op for op in LOWERED if len(op.inputs) > 1], ids=lambda op: op.name)
def test_an_input_may_be_known_while_compiling(op: Op) -> None:
    compare(op, [sample for sample in SAMPLES[op.name] if not has_text(sample)][:2], first_is_known=True)


@pytest.mark.parametrize(("op", "sample"), REFUSED)
def test_what_xla_cannot_take_is_refused_with_the_reason(op: Op, sample: Sample) -> None:
    program, arrays = executable(op, [sample])
    reason = "XLA has numbers only" if has_text(sample) else re.escape(REASONS[op.name])
    with pytest.raises(InvalidArgumentError, match=reason):
        program(arrays)


def test_every_op_is_lowered_or_on_the_list_but_not_both() -> None:
    lowered = {name for name, op in OPS.items() if find_rule(op) or find_state_rule(op) or op.family == "random"}
    assert lowered | REASONS.keys() >= OPS.keys()
    assert not lowered & REASONS.keys()


def in_dtype(op: Op, sample: Sample, dtype: np.dtype) -> Sample:
    """The sample, with the inputs that share a dtype in this one."""
    typed = op.typed_positions(len(sample.inputs))

    def changed(x: Any) -> Any:
        if dtype.kind in "iu":
            x = x * 8  # no zeros, which are no divisors
        x = x.real if x.dtype.kind == "c" and dtype.kind != "c" else x
        return np.abs(x).astype(dtype) if dtype.kind in "ub" else x.astype(dtype)

    inputs = [
        ([changed(x[0])] if isinstance(x, list) else changed(x)) if i in typed else x
        for i, x in enumerate(sample.inputs)
    ]
    return sample._replace(inputs=tuple(inputs))


# What their samples hold are shapes or a permutation, or a shape follows from the dtype's size.
OF_ONE_DTYPE = {"bitcast", "broadcast_dynamic_shape", "invert_permutation"}
# The samples are of float64 and float32, int32 and int64. Of each kind another one; compiling all of them takes long.
DTYPES = ("bool", "int8", "uint64", "float16", BFLOAT16, "complex64")
TYPED = [op for op in LOWERED if op.typed and op.family != "random" and op.name not in OF_ONE_DTYPE]


@pytest.mark.parametrize("op", TYPED, ids=lambda op: op.name)
def test_xla_takes_every_dtype_that_the_op_takes(op: Op) -> None:
    sample = next(sample for sample in SAMPLES[op.name] if not has_text(sample))
    every = [in_dtype(op, sample, dtype) for dtype in map(np.dtype, DTYPES) if op.takes(dtype)]
    compare(op, [sample for sample in every if fits(op, sample)])


def fits(op: Op, sample: Sample) -> bool:
    """Whether the op has a result in this dtype: there are no complex numbers of bfloat16."""
    try:
        return bool(infer(op, [spec_of(x) for x in arguments(sample)], dict(sample.params)))
    except DTypeError:
        return False


@pytest.mark.parametrize("source", ["uint8", "int16", "float32", "int64", "complex64", "complex128"])
@pytest.mark.parametrize("target", ["uint8", "bfloat16", "float32", "int64", "complex64", "complex128"])
def test_bits_of_any_dtype_are_those_of_another(source: str, target: str) -> None:
    sizes = [tf.as_dtype(name).size for name in (source, target)]
    x = np.arange(1, 3 * max(1, sizes[1] // sizes[0]) + 1).astype(source).reshape(3, -1)
    x = x if sizes[1] > sizes[0] else x[:, 0]
    compare(OPS["bitcast"], [Sample((x,), {"dtype": tf.as_dtype(target)}, None)])
