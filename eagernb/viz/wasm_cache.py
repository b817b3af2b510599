"""The compiled form of Graphviz's WebAssembly, kept between processes.

Compiling takes most of a second, reading it back milliseconds. A compiled module is machine code, so a file
is used only where nobody else can have written it; anything that is wrong with the cache means compiling,
never an error.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import wasmtime

_DIGEST_SIZE = 32


def load(engine: wasmtime.Engine, wasm: bytes) -> wasmtime.Module:
    """Return the module compiled for the engine, from the cache where it is there, sound and the user's own.

    Raises wasmtime.WasmtimeError where the module cannot be compiled.
    """
    directory = cache_directory()
    path = directory / _file_name(wasm) if directory else None
    if path and (compiled := _read(path)):
        with contextlib.suppress(wasmtime.WasmtimeError):
            return wasmtime.Module.deserialize(engine, compiled)
    module = wasmtime.Module(engine, wasm)
    if path:
        _write(path, bytes(module.serialize()))
    return module


def cache_directory() -> Path | None:
    """Return the user's directory for what can be computed again, None where there is none."""
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "eagernb" if base.is_absolute() else None


def _file_name(wasm: bytes) -> str:
    # wasmtime refuses what another version or processor wrote; the name keeps them from overwriting one
    # another.
    machine = os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "any")
    key = f"{version('wasmtime')} {sys.platform} {machine} ".encode() + wasm
    return f"graphviz-{hashlib.sha256(key).hexdigest()[:24]}.cwasm"


def _read(path: Path) -> bytes | None:
    try:
        if not _is_private(os.lstat(path.parent)):
            return None
        # The open file is what is looked at, so that it cannot be exchanged in between; no links are
        # followed.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            if not _is_private(os.fstat(file.fileno())):
                return None
            content = file.read()
    except OSError:
        return None
    digest, compiled = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
    # wasmtime trusts the bytes that it is given: a file cut short by a full disk would crash the process.
    return compiled if hashlib.sha256(compiled).digest() == digest else None


def _write(path: Path, compiled: bytes) -> None:
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(os.lstat(path.parent)):
            return
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with open(descriptor, "wb") as file:
                file.write(hashlib.sha256(compiled).digest() + compiled)
            os.replace(temporary, path)
        except OSError:
            os.unlink(temporary)


def _is_private(status: os.stat_result) -> bool:
    """Say whether only this user can have written there."""
    if stat.S_ISLNK(status.st_mode):
        return False
    if not hasattr(os, "getuid"):
        return True  # Windows: a user's local application data is closed to other users by its access list.
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
