"""What holds of every op, on the samples in samples/."""

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

import eagernb as tf
import eagernb.compat.v1.ops
import eagernb.numpy  # both register operations of their own
from eagernb.autodiff.check import check_gradients
from eagernb.core.dispatch import dispatch, infer, spec_of
from eagernb.core.dtypes import BFLOAT16
from eagernb.core.op import Op, all_ops
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor
from eagernb.errors import ShapeError
from eagernb.executors import make_executable
from eagernb.graph import Tracer, verify
from eagernb.ops.families import NoGradient

from .samples import load_samples
from .samples.making import Sample

SAMPLES = load_samples()
# Ops with sub-graphs, and those whose values are no arrays, have tests of their own in tests/graph and tests/data.
ELSEWHERE = ("source", "outside", "control flow", "stack", "list", "data")
OPS = {name: op for name, op in all_ops().items() if op.family not in ELSEWHERE and not op.graphs}
CASES = [
    pytest.param(OPS[name], sample, id=f"{name}-{i}")
    for name, samples in SAMPLES.items()
    for i, sample in enumerate(samples)
    if name in OPS
]
every_sample = pytest.mark.parametrize(("op", "sample"), CASES)
# Random ops have no reference.
with_reference = pytest.mark.parametrize(("op", "sample"), [c for c in CASES if c.values[1].reference is not None])

# Ops whose output's rank or number depends on a size.
NEED_SIZES = {"unstack", "gather_nd"}
without_sizes = pytest.mark.parametrize(("op", "sample"), [c for c in CASES if c.values[0].name not in NEED_SIZES])

# Ops whose output's size depends on the values of the inputs.
SIZE_FOLLOWS_FROM_VALUES = {
    "where_true", "unique", "unique_with_counts", "dynamic_partition", "dynamic_stitch", "range",
    "broadcast_dynamic_shape", "reshape_by_tensor", "broadcast_by_tensor",
    "segment_sum", "segment_mean", "segment_prod", "segment_max", "segment_min", "bincount", "confusion_matrix",
    "unique_elements", "ctc_greedy_decoder", "ctc_beam_search_decoder", "decode_raw", "matching_files",
    "parse_tensor",
}  # fmt: skip


def test_every_op_has_samples() -> None:
    assert set(OPS) == set(SAMPLES)


def arguments(sample: Sample) -> list[Any]:
    return [tf.Variable(x[0]) if isinstance(x, list) else tf.convert_to_tensor(x) for x in sample.inputs]


def arrays(sample: Sample) -> list[Any]:
    return [x[0] if isinstance(x, list) else x for x in sample.inputs]


def outputs(result: Any) -> list[np.ndarray]:
    tf.random.set_seed(1)  # for whatever runs next
    values = [x.numpy() for x in (result if isinstance(result, tuple) else (result,))]
    return [np.array(x, object) if isinstance(x, bytes) else np.asarray(x) for x in values]


def run(op: Op, sample: Sample) -> list[np.ndarray]:
    tf.random.set_seed(1)
    return outputs(dispatch(op, arguments(sample), dict(sample.params)))


def assert_same_bits(got: Sequence[np.ndarray], want: Sequence[np.ndarray]) -> None:
    assert len(got) == len(want)
    for a, b in zip(got, want, strict=True):
        assert (a.dtype, a.shape) == (b.dtype, b.shape)
        assert bits(a) == bits(b)


def bits(array: np.ndarray) -> Any:
    return array.tolist() if array.dtype == object else array.tobytes()  # an array of objects holds addresses


@with_reference
def test_eager_result_is_the_reference(op: Op, sample: Sample) -> None:
    got = run(op, sample)
    if sample.determined:
        got = outputs(sample.determined(*map(tf.constant, got)))
    assert sample.reference is not None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        want = sample.reference(*arrays(sample), **sample.params)
    for a, b in zip(got, want if op.multiple or isinstance(want, tuple) else (want,), strict=True):
        b = np.asarray(b)
        assert a.dtype == b.dtype
        assert a.shape == b.shape
        if a.dtype == object:
            np.testing.assert_array_equal(a, b)
            continue
        tolerance = 1e-5 if a.dtype in (np.float32, np.complex64) else 1e-12
        np.testing.assert_allclose(a, b, rtol=tolerance, atol=tolerance if a.dtype.kind in "fc" else 0)


@every_sample
def test_inference_says_what_eager_gives(op: Op, sample: Sample) -> None:
    specs = [spec_of(x) for x in arguments(sample)]
    got = run(op, sample)
    inferred = infer(op, specs, dict(sample.params))
    assert [spec.dtype for spec in inferred] == [a.dtype for a in got]
    for spec, array in zip(inferred, got, strict=True):
        assert spec.shape.is_compatible_with(array.shape)
        assert spec.shape.is_fully_defined() or op.name in SIZE_FOLLOWS_FROM_VALUES


@without_sizes
@pytest.mark.parametrize("every_other", [False, True])
def test_inference_allows_unknown_sizes(op: Op, sample: Sample, every_other: bool) -> None:
    specs = [spec_of(x) for x in arguments(sample)]
    vague = [
        TensorSpec([d if every_other and i % 2 else None for i, d in enumerate(spec.dims)], spec.dtype)
        for spec in specs
    ]
    for spec, array in zip(infer(op, vague, dict(sample.params)), run(op, sample), strict=True):
        assert spec.dtype == array.dtype
        assert spec.shape.is_compatible_with(array.shape)


@pytest.mark.parametrize("name", sorted(NEED_SIZES))
def test_ops_that_need_sizes_say_so(name: str) -> None:
    sample = SAMPLES[name][0]
    vague = [TensorSpec([None] * len(spec_of(x).dims), spec_of(x).dtype) for x in arguments(sample)]
    with pytest.raises(ShapeError):
        infer(OPS[name], vague, dict(sample.params))


def is_smooth(op: Op, sample: Sample) -> bool:
    floats = [x for x in arrays(sample) if x.dtype.kind in "fc"]
    finite = all(x.dtype in (np.float64, np.complex128) and np.isfinite(x).all() for x in floats)
    rounded = op.name == "cast" and sample.params["dtype"].is_integer
    return bool(floats) and finite and not rounded


# How a variable's gradient flows is tested with the tape: no tensor can stand in for the variable here. And the
# gradient of a custom one is what its user says, that of a gamma sample what moves it while its quantile stays.
APART = {"read_variable", "custom_gradient", "program_gradient", "gamma_sample"}
DIFFERENTIABLE = {
    name
    for name, op in OPS.items()
    if any(rule and not isinstance(rule, NoGradient) for rule in op.rules) and name not in APART
}
SMOOTH = [
    pytest.param(OPS[name], sample, id=f"{name}-{i}")
    for name, samples in SAMPLES.items()
    for i, sample in enumerate(samples)
    if name in DIFFERENTIABLE and is_smooth(OPS[name], sample)
]


def test_every_differentiable_op_has_a_smooth_sample() -> None:
    assert {name for name in SAMPLES if any(p.id.startswith(f"{name}-") for p in SMOOTH)} == DIFFERENTIABLE


def smooth_function(op: Op, sample: Sample) -> tuple[Callable[..., list[Any]], list[np.ndarray]]:
    """The op as a function of its inputs that have a gradient, which gives a list; and those inputs."""
    given = arguments(sample)
    moving = [i for i, x in enumerate(arrays(sample)) if x.dtype.kind in "fc" and op.rule_for(i)]

    def function(*values: Any) -> list[Any]:
        inputs: list[Any] = list(given)
        for i, value in zip(moving, values, strict=True):
            inputs[i] = sample.domain(value) if sample.domain else value
        result = dispatch(op, inputs, dict(sample.params))
        results = result if op.multiple else (result,)
        return list(sample.determined(*results) if sample.determined else results)

    return function, [arrays(sample)[i] for i in moving]


@pytest.mark.parametrize(("op", "sample"), SMOOTH)
def test_gradient_is_finite_difference(op: Op, sample: Sample) -> None:
    function, values = smooth_function(op, sample)
    coarse = op.name == "cast"  # a float32 does not show small steps
    step, tolerance = (1e-2, 1e-3) if coarse else (1e-6, 1e-6)
    check_gradients(function, *values, step=step, tolerance=tolerance)


@every_sample
@pytest.mark.parametrize("executor", ["interpreter", "numpy_source"])
def test_executors_give_the_same_bits(op: Op, sample: Sample, executor: str) -> None:
    want = run(op, sample)
    given = arguments(sample)
    tensors = [x for x in given if isinstance(x, tf.Tensor)]
    tracer = Tracer("op")
    with tracer:
        symbols = [tracer.add_input(spec_of(x), "x") if isinstance(x, tf.Tensor) else x for x in given]
        result = dispatch(op, symbols, dict(sample.params))
    graph = tracer.graph(result if op.multiple else [result])
    verify(graph)
    tf.random.set_seed(1)
    arrays_out = make_executable(graph, executor)([x._array for x in tensors])
    assert_same_bits(outputs(tuple(map(EagerTensor._of, arrays_out))), want)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("op", "sample"), [c for c in CASES if c.values[0].fresh])
def test_what_a_fresh_op_gives_lies_in_memory_of_its_own(op: Op, sample: Sample) -> None:
    given = [x._array for x in arguments(sample)]
    with np.errstate(all="ignore"):
        result = op.kernel(*given, **sample.params) if BFLOAT16 not in [x.dtype for x in given] else ()
    for a in result if op.multiple else (result,):
        assert not any(np.shares_memory(a, x) for x in given if x.dtype != object)


@pytest.mark.parametrize(("op", "sample"), [c for c in CASES if c.values[0].moves])
def test_an_op_that_moves_elements_computes_none(op: Op, sample: Sample) -> None:
    there = {0}.union(*[np.asarray(x).ravel().tolist() for x in arrays(sample)], _numbers(sample.params))
    for array in run(op, sample):
        assert there.issuperset(x for x in array.ravel().tolist() if x == x)  # NaN is in no set


def _numbers(params: Any) -> set[Any]:
    """The numbers among the params."""
    if isinstance(params, dict):
        return set().union(*map(_numbers, params.values()))
    return {params} if isinstance(params, (int, float, bool, str)) else set()


@every_sample
def test_function_gives_the_same_bits(op: Op, sample: Sample) -> None:
    want = run(op, sample)
    given = arguments(sample)
    traced = tf.function(lambda *xs: dispatch(op, xs, dict(sample.params)))
    assert_same_bits(outputs(traced(*given)), want)


@pytest.mark.parametrize("op", [op for op in OPS.values() if op.commutative], ids=lambda op: op.name)
def test_a_commutative_op_gives_the_same_bits_in_either_order(op: Op) -> None:
    # maximum(0.0, -0.0) does not: merging it with maximum(-0.0, 0.0) would change results.
    dtype = np.bool_ if np.dtype(np.float32) not in op.dtypes else np.float32
    x, y = np.array(np.meshgrid([0.0, -0.0, 1.0, -2.5, np.inf, -np.inf], [0.0, -0.0, 3.0, np.inf, -np.inf]), dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        assert_same_bits([np.asarray(op.kernel(x, y))], [np.asarray(op.kernel(y, x))])


LINEAR = [case for case in SMOOTH if case.values[0].linear]


@pytest.mark.parametrize(("op", "sample"), LINEAR)
def test_a_linear_op_passes_sums_and_multiples_through_each_input(op: Op, sample: Sample) -> None:
    function, values = smooth_function(op, sample)
    for i, x in enumerate(values):

        def results(moved: np.ndarray, i: int = i) -> list[np.ndarray]:
            return outputs(tuple(function(*map(tf.constant, [*values[:i], moved, *values[i + 1 :]]))))

        y = np.cos(np.arange(x.size)).reshape(x.shape)
        for got, of_x, of_y in zip(results(2 * x - y), results(x), results(y.astype(x.dtype)), strict=True):
            np.testing.assert_allclose(got, 2 * of_x - of_y, rtol=1e-9, atol=1e-9)
