"""The namespace's other functions: NumPy's values, dtypes and shapes."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import eagernb.numpy as xp

from .comparing import ALL, COMPLEX, FLOATS, INTS, NUMERIC, assert_same, check, lifted, random

X = (3, 4, 2)  # the shape of the first argument of most calls


def a(*shape: int) -> Callable[[str], np.ndarray]:
    """An argument: a random array of the dtype that is tried."""
    return lambda dtype: random(dtype, *shape)


def given(value: Any, dtype: str) -> Any:
    if callable(value) and not isinstance(value, type):
        return value(dtype)
    if isinstance(value, (list, tuple)):
        return type(value)(given(v, dtype) for v in value)
    return value


def flags(*shape: int) -> Callable[[str], np.ndarray]:
    return lambda dtype: random("bool", *shape)


def ints(*values: Any) -> Callable[[str], np.ndarray]:
    return lambda dtype: np.array(values)


AXES: list[dict[str, Any]] = [{}, {"axis": 0}, {"axis": -1, "keepdims": True}, {"axis": (0, 2)}, {"axis": ()},
                              {"keepdims": True}]  # fmt: skip
ALONG: list[dict[str, Any]] = [{}, {"axis": 0}, {"axis": 1, "keepdims": True}, {"keepdims": True}]

# name: dtypes, and for each call its arguments and keywords.
CALLS: dict[str, tuple[list[str], list[tuple[list[Any], dict[str, Any]]]]] = {
    **{name: (ALL, [([a(*X)], kw) for kw in AXES]) for name in ("all", "any", "count_nonzero")},
    **{name: (NUMERIC, [([a(*X)], kw) for kw in AXES]) for name in ("sum", "prod", "mean", "std", "var")},
    **{name: (INTS + FLOATS, [([a(*X)], kw) for kw in AXES]) for name in ("max", "min")},
    **{name: (INTS + FLOATS, [([a(*X)], kw) for kw in ALONG]) for name in ("argmax", "argmin")},
    **{
        name: (NUMERIC, [([a(5)], {}), ([a(*X)], {"axis": 1}), ([a(*X)], {"axis": -1, "include_initial": True})])
        for name in ("cumulative_sum", "cumulative_prod")
    },
    "argsort": (INTS + FLOATS, [([a(*X)], {}), ([a(*X)], {"axis": 0})]),
    "sort": (INTS + FLOATS, [([a(*X)], {}), ([a(*X)], {"axis": 0})]),
    "astype": (NUMERIC, [([a(*X), np.dtype("complex128")], {}), ([lambda d: np.ones(2, d), np.dtype("bool")], {})]),
    "broadcast_to": (ALL, [([a(4, 1), (3, 4, 2)], {}), ([a(), (2,)], {})]),
    "concat": (ALL, [([[a(2, 3), a(1, 3)]], {}), ([[a(2, 3), a(2, 1)]], {"axis": -1}),
                     ([(a(2, 3), a(4))], {"axis": None})]),
    "diff": (NUMERIC, [([a(*X)], {}), ([a(*X)], {"axis": 0, "n": 2}),
                       ([a(*X)], {"prepend": a(3, 4, 1), "append": a(3, 4, 2)})]),
    "expand_dims": (ALL, [([a(*X)], {"axis": i}) for i in (0, 2, -1, -4)]),
    "flip": (ALL, [([a(*X)], {}), ([a(*X)], {"axis": 1}), ([a(*X)], {"axis": (0, -1)})]),
    "matmul": (NUMERIC, [([a(*x), a(*y)], {}) for x, y in (((2, 3), (3, 4)), ((3,), (3,)), ((2, 2, 3), (3,)),
                                                           ((3,), (5, 3, 2)), ((4, 1, 2, 3), (5, 3, 2)))]),
    "matrix_transpose": (ALL, [([a(*X)], {})]),
    "meshgrid": (NUMERIC, [([a(3), a(2)], {}), ([a(3), a(2), a(4)], {"indexing": "ij"}), ([a(3)], {})]),
    "moveaxis": (ALL, [([a(*X), 0, -1], {}), ([a(*X), (0, 1), (-1, 0)], {})]),
    "nonzero": (ALL, [([a(*X)], {})]),
    "ones_like": (ALL, [([a(*X)], {}), ([a(*X)], {"dtype": np.dtype("int16")})]),
    "zeros_like": (ALL, [([a(*X)], {})]),
    "full_like": (ALL, [([a(*X), True], {})]),
    "permute_dims": (ALL, [([a(*X), (2, 0, 1)], {})]),
    "repeat": (ALL, [([a(*X), 2], {}), ([a(*X), 3], {"axis": 1}), ([a(*X), ints(1, 0, 2)], {"axis": 0})]),
    "reshape": (ALL, [([a(*X), (4, -1)], {}), ([a(*X), (24,)], {"copy": True}), ([a(), (1, 1)], {})]),
    "roll": (ALL, [([a(*X), 2], {}), ([a(*X), -1], {"axis": 1}), ([a(*X), (1, 2)], {"axis": (0, 2)}),
                   ([a(*X), 1], {"axis": (0, 1)})]),
    "searchsorted": (INTS + FLOATS, [([lambda d: np.sort(random(d, 6)), a(2, 3)], {"side": side})
                                     for side in ("left", "right")]),
    "squeeze": (ALL, [([a(1, 3, 1), axis], {}) for axis in (0, -1, (0, 2))]),
    "stack": (ALL, [([[a(*X), a(*X)]], {}), ([[a(*X), a(*X)]], {"axis": -1})]),
    "take": (ALL, [([a(*X), ints(0, -1, 1)], {"axis": 1}), ([a(5), ints(3, 0)], {})]),
    "take_along_axis": (ALL, [([a(*X), ints([[0]], [[2]], [[-1]])], {"axis": 1}),
                              ([a(*X), ints([[1, 0, -1]])], {"axis": -1})]),
    "tensordot": (NUMERIC, [([a(2, 3), a(2, 3)], {}), ([a(2, 3), a(3, 2)], {"axes": 1}), ([a(2), a(3)], {"axes": 0}),
                            ([a(2, 3), a(4, 3)], {"axes": ((1,), (-1,))})]),
    "tile": (ALL, [([a(*X), times], {}) for times in ((2,), (1, 2, 1, 2), ())]),
    "tril": (ALL, [([a(2, 3, 4)], {"k": k}) for k in (-2, 0, 1, 9)]),
    "triu": (ALL, [([a(2, 3, 4)], {"k": k}) for k in (-2, 0, 1, 9)]),
    "unstack": (ALL, [([a(*X)], {}), ([a(*X)], {"axis": -1})]),
    "vecdot": (NUMERIC, [([a(2, 3), a(3)], {}), ([a(3, 2), a(3, 2)], {"axis": -2})]),
    "where": (ALL, [([flags(*X), a(*X), a(4, 1)], {})]),
    **{name: (ALL, [([a(*X)], {}), ([a()], {})]) for name in
       ("unique_all", "unique_counts", "unique_inverse")},
    "linalg.cross": (NUMERIC, [([a(2, 3), a(3)], {}), ([a(3, 4), a(3, 1)], {"axis": 0})]),
    "linalg.diagonal": (ALL, [([a(2, 3, 4)], {"offset": k}) for k in (-3, -1, 0, 2, 7)]),
    "linalg.outer": (NUMERIC, [([a(3), a(2)], {})]),
    "linalg.trace": (NUMERIC, [([a(2, 3, 3)], {"offset": k}) for k in (-1, 0, 2)]),
}  # fmt: skip


@pytest.mark.parametrize(("name", "dtype"), [(name, dtype) for name, (dtypes, _) in CALLS.items() for dtype in dtypes])
def test_like_numpy(name: str, dtype: str) -> None:
    ours, theirs = xp, np
    for part in name.split("."):
        ours, theirs = getattr(ours, part), getattr(theirs, part)
    for args, kwargs in CALLS[name][1]:
        arguments = [given(value, dtype) for value in args]
        keywords = {key: given(value, dtype) if callable(value) else value for key, value in kwargs.items()}
        check(ours, theirs, *arguments, tolerance=1e-12, **keywords)


EMPTY_OR_SCALAR = {
    "sum": {}, "prod": {}, "flip": {}, "zeros_like": {}, "expand_dims": {"axis": 0},
}  # fmt: skip


@pytest.mark.parametrize("name", EMPTY_OR_SCALAR)
@pytest.mark.parametrize("shape", [(), (0,), (2, 0, 3)])
def test_of_empty_arrays_and_scalars(name: str, shape: tuple[int, ...]) -> None:
    for dtype in ("int16", "float32", "complex128"):
        check(getattr(xp, name), getattr(np, name), random(dtype, *shape), **EMPTY_OR_SCALAR[name])


PAIRS = [
    (p, q)
    for p in NUMERIC
    for q in ("int16", "uint8", "float32", "float64", "complex64")
    if (p, q) != ("uint64", "int16")
]


@pytest.mark.parametrize("name", ["concat", "stack", "matmul", "where", "tensordot", "vecdot", "meshgrid"])
def test_arguments_are_promoted(name: str) -> None:
    for p, q in PAIRS:
        x, y = random(p, 2, 2), random(q, 2, 2)
        if name in ("concat", "stack"):
            check(getattr(xp, name), getattr(np, name), [x, y])
        elif name == "meshgrid":  # each keeps its own
            check(xp.meshgrid, np.meshgrid, x[0], y[0])
        else:
            check(getattr(xp, name), getattr(np, name), *([random("bool", 2)] if name == "where" else []), x, y)


@pytest.mark.parametrize("dtype", INTS + FLOATS)
def test_descending_order_keeps_equal_elements_in_place(dtype: str) -> None:
    x = random(dtype, 3, 40).round()
    order = np.asarray(xp.argsort(xp.asarray(x), descending=True))
    for line, positions in zip(x, order, strict=True):
        pairs = list(zip(-line[positions].astype(float), positions, strict=True))
        assert pairs == sorted(pairs)  # equal elements by position
    np.testing.assert_array_equal(np.asarray(xp.sort(xp.asarray(x), descending=True)), np.sort(x)[:, ::-1])


def test_unique_takes_every_nan_for_an_element_of_its_own() -> None:
    nan = float("nan")
    found = xp.unique_counts(xp.asarray([nan, 1.0, nan, 1.0]))
    np.testing.assert_array_equal(np.asarray(found.values), [1.0, nan, nan])
    np.testing.assert_array_equal(np.asarray(found.counts), [2, 1, 1])


def test_unique_values_are_sorted() -> None:
    for dtype in ALL:
        x = random(dtype, 3, 4)
        want = sorted(set(x.ravel().tolist()), key=lambda z: (z.real, z.imag))
        assert_same(xp.unique_values(xp.asarray(x)), np.array(want, dtype))


def test_searchsorted_with_a_sorter() -> None:
    x, v = random("float64", 7), random("float64", 4)
    check(xp.searchsorted, np.searchsorted, x, v, sorter=np.argsort(x))


# Creation.


@pytest.mark.parametrize("dtype", ALL)
def test_filled(dtype: str) -> None:
    wanted = getattr(xp, dtype)
    for shape in ((2, 3), 3, ()):
        assert_same(xp.zeros(shape, dtype=wanted), np.zeros(shape, dtype))
        assert_same(xp.ones(shape, dtype=wanted), np.ones(shape, dtype))
        assert_same(xp.full(shape, 1, dtype=wanted), np.full(shape, 1, dtype))
        assert xp.empty(shape, dtype=wanted).dtype == dtype
    assert_same(xp.eye(3, 4, k=-1, dtype=wanted), np.eye(3, 4, k=-1, dtype=dtype))
    assert xp.empty_like(xp.zeros((2, 1), dtype=wanted)).shape == (2, 1)


@pytest.mark.parametrize(
    "arguments",
    [(5,), (1, 7, 2), (1.0, 2.0, 0.25), (5, 1, -1), (3, 0), (0, 1, 3), (0.5,)],
)
def test_arange(arguments: Any) -> None:
    check(xp.arange, np.arange, *arguments)
    check(xp.arange, np.arange, *arguments, dtype=np.dtype("float32"))


@pytest.mark.parametrize("arguments", [(0, 1, 5), (2, 2, 1), (0, 1, 0), (0, 1j, 3), (-1.5, 4.0, 7)])
@pytest.mark.parametrize("endpoint", [True, False])
def test_linspace(arguments: Any, endpoint: bool) -> None:
    check(xp.linspace, np.linspace, *arguments, endpoint=endpoint)


@pytest.mark.parametrize(
    "value", [1, 2.5, True, 1j, [1, 2], [[0.5], [1]], [], [[], []], (1, 2.0), 2**40, [True, False]]
)
def test_asarray(value: Any) -> None:
    assert_same(xp.asarray(value), np.asarray(value))
    assert_same(xp.asarray(value, dtype=xp.complex64), np.asarray(value, dtype="complex64"))


def test_asarray_of_arrays() -> None:
    x = xp.asarray([1.0, 2.0])
    assert_same(xp.asarray([x[0], 3, x[1]]), np.array([1.0, 3.0, 2.0]))
    assert_same(xp.asarray(x, dtype=xp.float32), np.array([1.0, 2.0], np.float32))
    assert_same(xp.asarray(np.array([1, 2], np.int8)), np.array([1, 2], np.int8))
    assert_same(xp.asarray(np.float32(2)), np.float32(2))
    assert_same(xp.asarray(x, copy=False), np.array([1.0, 2.0]))
    for again in (lambda: xp.asarray(x, dtype=xp.float32, copy=False), lambda: xp.asarray([1.0], copy=False)):
        with pytest.raises(ValueError, match="copy=False"):
            again()


def test_a_copy_of_numpys_array_is_taken() -> None:
    source = np.array([1.0, 2.0])
    x = xp.asarray(source)
    source[0] = 9.0
    assert_same(x, np.array([1.0, 2.0]))


# Dtypes.


def test_promotion_of_dtypes() -> None:
    for p in ALL:
        for q in ALL:
            want = np.result_type(np.dtype(p), np.dtype(q))
            if want.name in ALL:
                assert xp.result_type(getattr(xp, p), xp.zeros(2, dtype=getattr(xp, q))) == want
            assert xp.can_cast(getattr(xp, p), getattr(xp, q)) == np.can_cast(p, q)
            assert xp.can_cast(xp.zeros(1, dtype=getattr(xp, p)), getattr(xp, q)) == np.can_cast(p, q)
    for number, want in ((1, "int8"), (1.5, "float64"), (1j, "complex128"), (True, "int8")):
        assert xp.result_type(xp.zeros(2, dtype=xp.int8), number) == want
    with pytest.raises(ValueError, match="at least one"):
        xp.result_type(1, 2)


@pytest.mark.parametrize("kind", ["bool", "signed integer", "unsigned integer", "integral", "real floating",
                                  "complex floating", "numeric", ("bool", "real floating")])  # fmt: skip
def test_isdtype(kind: Any) -> None:
    for dtype in ALL:
        assert xp.isdtype(getattr(xp, dtype), kind) == np.isdtype(np.dtype(dtype), kind)
    assert xp.isdtype(xp.int8, xp.int8)
    assert not xp.isdtype(xp.int8, xp.int16)
    with pytest.raises(ValueError, match="kind"):
        xp.isdtype(xp.int8, "whole")


@pytest.mark.parametrize("dtype", FLOATS + COMPLEX)
def test_limits_of_floats(dtype: str) -> None:
    info = np.finfo(dtype)
    for given in (getattr(xp, dtype), xp.zeros(2, dtype=getattr(xp, dtype))):
        got = xp.finfo(given)
        assert (got.bits, got.eps, got.max, got.min, got.smallest_normal) == (
            info.bits, info.eps, info.max, info.min, info.smallest_normal,
        )  # fmt: skip
        assert got.dtype == info.dtype


@pytest.mark.parametrize("dtype", INTS)
def test_limits_of_integers(dtype: str) -> None:
    info = np.iinfo(dtype)
    for given in (getattr(xp, dtype), xp.zeros(2, dtype=getattr(xp, dtype))):
        got = xp.iinfo(given)
        assert (got.bits, got.max, got.min, got.dtype) == (info.bits, info.max, info.min, dtype)


def test_complex_numbers_do_not_become_real_by_a_cast() -> None:
    with pytest.raises(TypeError, match="real"):
        xp.astype(xp.asarray([1j]), xp.float64)


# What cannot be.


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda x: xp.squeeze(x, 0), ValueError),
        (lambda x: xp.expand_dims(x, axis=4), IndexError),
        (lambda x: xp.reshape(x, (7,)), ValueError),
        (lambda x: xp.sum(x, axis=2), ValueError),
        (lambda x: xp.broadcast_to(x, (2,)), ValueError),
        (lambda x: xp.concat([x, xp.zeros((2, 2))], axis=0), ValueError),
        (lambda x: xp.take(x, xp.asarray([0])), ValueError),
        (lambda x: xp.cumulative_sum(x), ValueError),
        (lambda x: xp.nonzero(xp.sum(x)), ValueError),
        (lambda x: xp.vecdot(x, x, axis=0), ValueError),
        (lambda x: xp.matmul(x, xp.zeros((5, 1))), ValueError),
        (lambda x: xp.meshgrid(x, indexing="ji"), ValueError),
        (lambda x: xp.searchsorted(x[0, :], x, side="middle"), ValueError),
        (lambda x: xp.tril(x[0, :]), ValueError),
        (lambda x: x[0, :].T, ValueError),
        (lambda x: x[0, :].mT, ValueError),
        (lambda x: xp.fft.fft(x, norm="double"), ValueError),
        (lambda x: xp.fft.rfft(x + 1j), TypeError),
        (lambda x: xp.linalg.matrix_norm(x, ord=3), ValueError),
        (lambda x: xp.linalg.outer(x, x), ValueError),
        (lambda x: xp.linalg.qr(x, mode="half"), ValueError),
        (lambda x: xp.linalg.cross(x, x[:, :2]), ValueError),
        (lambda x: bool(x), ValueError),
        (lambda x: float(x), TypeError),
        (lambda x: float(xp.asarray(1j)), TypeError),
        (lambda x: int(xp.asarray(1j)), TypeError),
        (lambda x: range(xp.asarray(1.0)), TypeError),
        (lambda x: hash(x), TypeError),
    ],
)
def test_errors(call: Callable[[Any], Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        call(xp.zeros((2, 3)))


def test_arrays_become_pythons_numbers() -> None:
    assert (int(xp.asarray(3)), float(xp.asarray(2.5)), complex(xp.asarray(1 + 2j))) == (3, 2.5, 1 + 2j)
    assert (bool(xp.asarray(0.0)), [10, 20][xp.asarray(1)]) == (False, 20)
    assert repr(xp.asarray([1, 2])) == "Array([1, 2], dtype=int64)"
    assert lifted(np.array(2.0)).shape == ()
