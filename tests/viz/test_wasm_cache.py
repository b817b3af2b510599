from __future__ import annotations

import os
from pathlib import Path

import pytest
import wasmtime

from eagernb.viz import wasm_cache

WASM = bytes(wasmtime.wat2wasm('(module (func (export "one") (result i32) i32.const 1))'))

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps other users out by access lists")


@pytest.fixture
def engine() -> wasmtime.Engine:
    return wasmtime.Engine()


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(wasm_cache, "cache_directory", lambda: tmp_path / "eagernb")
    return tmp_path / "eagernb"


@pytest.fixture
def deserialised(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Each compiled module that was read back."""
    seen: list[bytes] = []
    original = wasmtime.Module.deserialize

    def deserialize(engine: wasmtime.Engine, encoded: bytes) -> wasmtime.Module:
        seen.append(encoded)
        return original(engine, encoded)

    monkeypatch.setattr(wasmtime.Module, "deserialize", deserialize)
    return seen


def works(module: wasmtime.Module, engine: wasmtime.Engine) -> bool:
    store = wasmtime.Store(engine)
    return wasmtime.Instance(store, module, []).exports(store)["one"](store) == 1  # type: ignore[operator]


def test_a_compiled_module_is_kept_and_read_back(
    engine: wasmtime.Engine, directory: Path, deserialised: list[bytes]
) -> None:
    wasm_cache.load(engine, WASM)
    assert deserialised == []
    assert works(wasm_cache.load(engine, WASM), engine)
    assert len(deserialised) == 1
    assert [path.suffix for path in directory.iterdir()] == [".cwasm"]


@pytest.mark.parametrize("spoil", ["truncate", "flip", "empty", "garbage"])
def test_a_spoilt_file_is_compiled_anew(
    spoil: str, engine: wasmtime.Engine, directory: Path, deserialised: list[bytes]
) -> None:
    wasm_cache.load(engine, WASM)
    (path,) = directory.iterdir()
    content = path.read_bytes()
    path.write_bytes(
        {
            "truncate": content[:-100],
            "flip": content[:-1] + bytes([content[-1] ^ 1]),
            "empty": b"",
            "garbage": b"x" * 5000,
        }[spoil]
    )
    assert works(wasm_cache.load(engine, WASM), engine)
    assert deserialised == []
    wasm_cache.load(engine, WASM)
    assert len(deserialised) == 1  # It was written again.


@pytest.mark.parametrize("what", ["file", "directory"])
def test_what_others_can_write_is_not_used(
    what: str, engine: wasmtime.Engine, directory: Path, deserialised: list[bytes]
) -> None:
    wasm_cache.load(engine, WASM)
    (path,) = directory.iterdir()
    (path if what == "file" else directory).chmod(0o777)
    assert works(wasm_cache.load(engine, WASM), engine)
    assert deserialised == []


@pytest.mark.parametrize("what", ["file", "directory"])
def test_links_are_not_followed(what: str, engine: wasmtime.Engine, directory: Path, deserialised: list[bytes]) -> None:
    wasm_cache.load(engine, WASM)
    (path,) = directory.iterdir()
    linked = path if what == "file" else directory
    elsewhere = directory.parent / "elsewhere"
    linked.rename(elsewhere)
    linked.symlink_to(elsewhere)
    assert works(wasm_cache.load(engine, WASM), engine)
    assert deserialised == []


def test_files_of_another_user_are_not_used(
    engine: wasmtime.Engine, directory: Path, deserialised: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    wasm_cache.load(engine, WASM)
    monkeypatch.setattr(os, "getuid", lambda: 987_654)
    assert works(wasm_cache.load(engine, WASM), engine)
    assert deserialised == []


def test_a_cache_that_cannot_be_written_is_done_without(
    engine: wasmtime.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a directory")
    monkeypatch.setattr(wasm_cache, "cache_directory", lambda: blocked / "eagernb")
    assert works(wasm_cache.load(engine, WASM), engine)
    monkeypatch.setattr(wasm_cache, "cache_directory", lambda: None)
    assert works(wasm_cache.load(engine, WASM), engine)


def test_a_relative_cache_home_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert wasm_cache.cache_directory() is None
