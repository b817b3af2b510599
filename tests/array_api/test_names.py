"""The namespace has the standard's names, with its arguments, and says what it can do."""

import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import eagernb as tf
import eagernb.numpy as xp

SIGNATURES = [
    line for line in (Path(__file__).parent / "signatures.txt").read_text().splitlines() if not line.startswith("#")
]


def named(name: str) -> Any:
    value: Any = xp
    for part in name.split("."):
        value = getattr(value, part)
    return value


@pytest.mark.parametrize("line", SIGNATURES)
def test_arguments(line: str) -> None:
    name, _, arguments = line.partition("(")
    scope: dict[str, Any] = {}
    exec(f"def function({arguments}: ...", scope)
    want = inspect.signature(scope["function"]).parameters.values()
    got = inspect.signature(named(name)).parameters.values()
    assert [(p.name, p.kind, p.default) for p in got] == [(p.name, p.kind, p.default) for p in want]
    assert named(name).__name__ == name.rpartition(".")[2]
    assert named(name).__doc__


def test_constants() -> None:
    assert (xp.e, xp.inf, xp.pi, xp.newaxis) == (np.e, np.inf, np.pi, None)
    assert np.isnan(xp.nan)


DTYPES = [
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64",
    "complex64", "complex128",
]  # fmt: skip


@pytest.mark.parametrize("name", DTYPES)
def test_dtypes_are_tensorflows(name: str) -> None:
    assert getattr(xp, name) is getattr(tf, name)


ATTRIBUTES = [
    "T", "mT", "__abs__", "__add__", "__and__", "__array_namespace__", "__bool__", "__complex__", "__dlpack__",
    "__dlpack_device__", "__eq__", "__float__", "__floordiv__", "__ge__", "__getitem__", "__gt__", "__index__",
    "__int__", "__invert__", "__le__", "__lshift__", "__lt__", "__matmul__", "__mod__", "__mul__", "__ne__",
    "__neg__", "__or__", "__pos__", "__pow__", "__radd__", "__rand__", "__rfloordiv__", "__rlshift__",
    "__rmatmul__", "__rmod__", "__rmul__", "__ror__", "__rpow__", "__rrshift__", "__rshift__", "__rsub__",
    "__rtruediv__", "__rxor__", "__setitem__", "__sub__", "__truediv__", "__xor__", "device", "dtype", "ndim",
    "shape", "size", "to_device",
]  # fmt: skip


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_attributes_of_an_array(name: str) -> None:
    assert hasattr(xp.zeros((2, 2)), name)


@pytest.mark.parametrize("make", [xp.asarray, tf.constant])
def test_a_tensor_names_the_namespace(make: Any) -> None:
    assert make([1.0]).__array_namespace__() is xp
    assert make([1.0]).__array_namespace__(api_version="2023.12") is xp
    with pytest.raises(ValueError, match=r"2024\.12"):
        make([1.0]).__array_namespace__(api_version="2031.12")
    assert xp.__array_api_version__ == "2024.12"


def test_the_namespace_is_imported_when_it_is_asked_for() -> None:
    assert tf.numpy is xp
    code = (
        "import sys, eagernb; print({'eagernb.numpy', 'numpy.fft'} & set(sys.modules)); print(eagernb.numpy.__name__)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n")[:2] == ["set()", "eagernb.numpy"]


def test_info() -> None:
    info = xp.__array_namespace_info__()
    assert set(info.dtypes()) == set(DTYPES)
    assert all(dtype == name for name, dtype in info.dtypes().items())
    assert set(info.dtypes(kind="unsigned integer")) == {"uint8", "uint16", "uint32", "uint64"}
    assert set(info.dtypes(kind=("bool", "complex floating"))) == {"bool", "complex64", "complex128"}
    assert info.default_dtypes() == {
        "real floating": xp.float64, "complex floating": xp.complex128, "integral": xp.int64, "indexing": xp.int64,
    }  # fmt: skip
    assert info.capabilities() == {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}
    assert info.devices() == [info.default_device()] == [xp.zeros(1).device]


def test_devices() -> None:
    x = xp.zeros(2)
    assert x.to_device(x.device) is x
    for device in (x.device, "cpu", None):
        assert xp.ones(2, device=device).device == x.device
    for call in (lambda: xp.ones(2, device="GPU:0"), lambda: x.to_device("gpu"), lambda: xp.asarray(1, device="tpu")):
        with pytest.raises(ValueError, match="device"):
            call()
    with pytest.raises(ValueError, match="stream"):
        x.to_device("cpu", stream=1)
