"""Saving result objects, and their operations in pandas."""

from __future__ import annotations

import itertools
import json
import os
import stat
import struct
import sys
from xml.etree.ElementTree import fromstring

import pytest

from eagernb.errors import MissingExtraError
from eagernb.notebook import png
from eagernb.viz import LayoutError
from tests.notebook.conftest import SETUP, STEP
from tests.notebook.page import read

MAGICS = ["eager", "graph", "compare"]
SUFFIXES = [".svg", ".png", ".html", ".dot", ".json", ".trace.json"]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("magic", MAGICS)
def test_every_result_is_saved_in_every_form(result, tmp_path, magic, suffix):
    path = result(magic).save(tmp_path / f"kept{suffix}")
    assert path == tmp_path / f"kept{suffix}"
    content = path.read_bytes()
    if suffix == ".svg":
        assert fromstring(content).get("role") == "img"
    elif suffix == ".png":
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        width, height = struct.unpack(">II", content[16:24])
        assert min(width, height) > 100
    elif suffix == ".html":
        page = content.decode()
        assert page.startswith("<!doctype html>")
        assert read(page).one("html").attributes["lang"] == "en"
        assert "enb-panel" in page
        assert "http:" not in page.replace("http://www.w3.org", "")
    elif suffix == ".dot":
        assert content.startswith(b"digraph")
    else:
        assert isinstance(json.loads(content), dict)
    assert [p.name for p in tmp_path.iterdir()] == [path.name], "nothing else stays in the folder"


def test_the_picture_is_chosen(result, tmp_path):
    run = result("graph", "a = x * 1.0\nb = a + 0.0\nc = tf.exp(b)")
    traced = run.save(tmp_path / "t.dot", stage="traced").read_text()
    optimized = run.save(tmp_path / "o.dot", stage="optimized").read_text()
    assert traced == run.to_dot("traced") != optimized == run.to_dot()
    both = result("compare")
    assert both.save(tmp_path / "e.dot", side="eager").read_text() == both.eager.to_dot()


def test_two_savings_are_the_same_bytes(result, tmp_path):
    recording = result("eager")
    for suffix in (".svg", ".png", ".dot", ".json", ".trace.json", ".html"):
        assert (
            recording.save(tmp_path / f"a{suffix}").read_bytes() == recording.save(tmp_path / f"b{suffix}").read_bytes()
        )


def test_json_is_all_of_it(result, tmp_path):
    recording = result("eager")
    assert json.loads(recording.save(tmp_path / "r.json").read_text()) == json.loads(json.dumps(recording.to_dict()))


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("x.gif", ValueError, r"one of \.svg, \.png, \.html, \.dot, \.json, \.trace\.json"),
        ("x", ValueError, r"\.svg"),
        (".svg", ValueError, r"\.svg"),
        ("nowhere/x.svg", FileNotFoundError, "there is no folder .*nowhere"),
        ("folder.svg", IsADirectoryError, "a folder"),
    ],
)
def test_paths_that_cannot_be(result, tmp_path, name, error, message):
    (tmp_path / "folder.svg").mkdir()
    with pytest.raises(error, match=message):
        result("eager").save(tmp_path / name)


def test_pictures_that_there_are_not(result, tmp_path):
    with pytest.raises(ValueError, match="'optimized' and 'traced'"):
        result("graph").save(tmp_path / "x.svg", stage="middle")
    with pytest.raises(TypeError, match="chosen by side="):
        result("compare").save(tmp_path / "x.svg", stage="traced")
    with pytest.raises(TypeError, match="only one picture"):
        result("eager").save(tmp_path / "x.svg", stage="traced")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("failing", ["render", "replace"])
def test_after_a_failure_the_old_file_is_as_it_was(result, tmp_path, monkeypatch, failing):
    recording = result("eager")
    path = tmp_path / "x.svg"
    path.write_text("old")

    def fail(*_):
        raise LayoutError("No picture.") if failing == "render" else OSError("disk full")

    if failing == "render":
        monkeypatch.setattr("eagernb.notebook.export.render", fail)
    else:
        monkeypatch.setattr(os, "replace", fail)
    with pytest.raises((LayoutError, OSError)):
        recording.save(path)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["x.svg"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_a_saved_file_may_be_read_like_any_other(result, tmp_path):
    (tmp_path / "plain").write_text("")
    path = result("eager").save(tmp_path / "x.dot")
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


def test_without_a_converter_a_png_says_what_to_install(result, tmp_path, monkeypatch):
    monkeypatch.setattr(png, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r'pip install "eagernb\[export\]"'):
        result("eager").save(tmp_path / "x.png")
    assert not list(tmp_path.iterdir())


def test_user_text_in_the_page_is_escaped(run, shell, tmp_path):
    run("%%eager -o kept\n# </script><script>alert(1)</script>\na = tf.constant(['<b>']) + '<i>'")
    page = shell.user_ns["kept"].save(tmp_path / "x.html").read_text()
    assert "<script>alert" not in page
    assert "<b>'" not in page


# The trace format ("Trace Event Format", Google 2016): what Perfetto needs of each kind of event.
KEYS = {
    "X": {"name", "cat", "ph", "pid", "tid", "ts", "dur", "args"},
    "C": {"name", "ph", "pid", "ts", "args"},
    "M": {"name", "ph", "pid", "args"},
}


@pytest.mark.parametrize("magic", MAGICS)
def test_the_trace_is_of_the_format(result, tmp_path, magic):
    trace = json.loads(result(magic).save(tmp_path / "x.trace.json").read_text())
    assert set(trace) == {"traceEvents", "displayTimeUnit"}
    assert trace["displayTimeUnit"] in ("ms", "ns")
    for event in trace["traceEvents"]:
        assert set(event) - {"tid"} == KEYS[event["ph"]] - {"tid"}
        assert isinstance(event["name"], str)
        assert isinstance(event["pid"], int)
        if event["ph"] == "X":
            assert isinstance(event["tid"], int)
            assert event["ts"] >= 0
            assert event["dur"] >= 0
        elif event["ph"] == "C":
            assert all(isinstance(value, int) and value >= 0 for value in event["args"].values())
        else:
            assert event["name"] in ("process_name", "thread_name")
            assert isinstance(event["args"]["name"], str)


def test_forward_and_backward_are_threads_and_memory_is_a_counter(result, tmp_path):
    recording = result("eager")
    events = json.loads(recording.save(tmp_path / "x.trace.json").read_text())["traceEvents"]
    threads = {e["tid"]: e["args"]["name"] for e in events if e["name"] == "thread_name"}
    assert set(threads.values()) == {"forward", "backward", "update"}
    timed = [e for e in events if e["ph"] == "X"]
    assert [(e["name"], threads[e["tid"]]) for e in timed] == [(op.name, op.phase) for op in recording.ops]
    assert [round(e["dur"] * 1000) for e in timed] == [op.duration for op in recording.ops]
    assert [e["args"]["bytes"] for e in events if e["ph"] == "C"] == [op.alive for op in recording.ops]


@pytest.mark.parametrize("magic", MAGICS)
def test_on_one_track_of_the_trace_nothing_overlaps_and_every_track_has_a_name(result, tmp_path, magic):
    body = f"{STEP}z = tf.map_fn(tf.exp, x)\ni = tf.constant(0)\nwhile i < 3:\n    i += 1\n"
    text = result(magic, body).save(tmp_path / "x.trace.json").read_text()
    # As Perfetto reads it: strict JSON, times in whole nanoseconds.
    events = json.loads(text, parse_constant=pytest.fail)["traceEvents"]
    tracks: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for event in events:
        if event["ph"] == "X":
            span = round(event["ts"] * 1000), round((event["ts"] + event["dur"]) * 1000)
            tracks.setdefault((event["pid"], event["tid"]), []).append(span)
    assert {pid for pid, _ in tracks} == ({1, 2} if magic == "compare" else {1})
    for spans in tracks.values():
        assert all(start >= end for (_, end), (start, _) in itertools.pairwise(spans))
    named = {(event["name"], event["pid"], event.get("tid")) for event in events if event["ph"] == "M"}
    assert named == {
        *(("process_name", pid, None) for pid, _ in tracks),
        *(("thread_name", pid, tid) for pid, tid in tracks),
    }


def test_loops_are_told_in_the_arguments(run, shell, tmp_path):
    run("n = tf.constant(3)\nx = tf.constant(1.0)")
    assert run("%%graph -o kept\nfor i in tf.range(n):\n    x = x * 2.0").error is None
    events = json.loads(shell.user_ns["kept"].save(tmp_path / "x.trace.json").read_text())["traceEvents"]
    (loop,) = [e for e in events if e["name"] == "while_loop"]
    assert "multiply ×3" in loop["args"]["inside"]


def test_pandas_has_a_row_for_each_operation(result):
    pandas = pytest.importorskip("pandas")
    recording = result("eager")
    frame = recording.to_pandas()
    assert list(frame["op"]) == [op.name for op in recording.ops]
    assert frame["duration"].sum() == sum(op.duration for op in recording.ops)
    assert set(frame["phase"]) == {"forward", "backward", "update"}
    assert isinstance(frame, pandas.DataFrame)


def test_pandas_of_graphs_and_comparisons(run, shell, result):
    pytest.importorskip("pandas")
    both = result("compare")
    frame = both.to_pandas()
    assert list(frame["mode"].unique()) == ["eager", "graph"]
    assert (frame["mode"] == "eager").sum() == len(both.eager.ops)
    run("n = tf.constant(3)\ny = tf.constant(1.0)")
    run("%%graph -o kept\nfor i in tf.range(n):\n    y = y * 2.0")
    inner = shell.user_ns["kept"].to_pandas().set_index("op").loc["multiply"]
    assert inner["times"] == 3
    assert "." in inner["number"]


def test_what_another_executor_ran_has_rows_without_times(result, tmp_path):
    pytest.importorskip("pandas")
    run = result("graph --executor numpy_source")
    frame = run.to_pandas()
    assert list(frame["op"]) == [node.op.name for node in run.optimized.ops]
    assert frame["duration"].isna().all()
    assert run.save(tmp_path / "x.trace.json").exists()


def test_an_empty_cell_can_be_saved_too(result, tmp_path):
    pytest.importorskip("pandas")
    for magic in MAGICS:
        empty = result(magic, "pass")
        assert len(empty.to_pandas()) == 0
        for suffix in (".html", ".json", ".trace.json", ".dot", ".svg"):
            assert empty.save(tmp_path / f"x{suffix}").stat().st_size


def test_without_pandas_it_says_what_to_install(result, monkeypatch):
    recording = result("eager")
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match="pip install pandas"):
        recording.to_pandas()


def test_what_failed_can_be_saved(run, shell, tmp_path):
    run(SETUP)
    run(f"%%eager -o kept\n{STEP}\nw @ w @ w")
    frame = shell.user_ns["kept"].to_pandas()
    assert frame["error"].iloc[-1].startswith("ShapeError")
    shell.user_ns["kept"].save(tmp_path / "x.html")
