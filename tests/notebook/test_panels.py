from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from nbval.plugin import get_sanitize_patterns

from eagernb.notebook.comparison import ResultComparison
from eagernb.notebook.panels import comparison_bundle, graph_bundle, recording_bundle
from eagernb.notebook.panels.markup import timeless
from eagernb.notebook.recording import RecordedOp, RecordedTensor, Recording
from eagernb.viz import MAX_BOXES
from tests.notebook.page import Element, read

MAGICS = ["eager", "graph", "compare"]
EVIL = """</script><script>alert(1)</script><img src=x onerror=alert(1)>"'&amp;</time></style>"""


def page(shown: Any) -> Element:
    return read(shown._repr_mimebundle_()["text/html"])


def pictures(root: Element) -> list[Element]:
    """The SVG of each image, out of its address."""
    addresses = [image.attributes["src"] for image in root.all("img", "enb-picture")]
    assert all(address.startswith("data:image/svg+xml,<svg ") for address in addresses)
    return [read(unquote(address.partition(",")[2])).one("svg") for address in addresses]


def tape(count: int, **changes: Any) -> Recording:
    """A recording of a chain of `count` additions."""
    tensors = [RecordedTensor(i, (2,), "float32", "[1. 2.]", 8) for i in range(count + 1)]
    ops = [
        RecordedOp(
            i, "add", "+", (tensors[i],), (tensors[i + 1],), "", "forward", None, 2, "x + 1", "", i * 100, 50 + i, 2, 8
        )
        for i in range(count)
    ]
    return Recording("%%eager\nx + 1", [replace(op, **changes) for op in ops], {"recorded": 1000}, 8)


def sanitised(text: str) -> str:
    config = files("eagernb.notebook").joinpath("nbval_sanitize.cfg").read_text()
    patterns = get_sanitize_patterns(config)
    assert patterns
    for regex, replacement in patterns:
        text = re.sub(regex, replacement, text)
    return text


@pytest.mark.parametrize("magic", MAGICS)
def test_a_panel_is_well_formed_and_its_picture_is_xml(result: Callable[..., Any], magic: str) -> None:
    shown = result(magic)
    root = page(shown)
    assert root.one(class_="enb-panel").attributes["aria-label"]
    assert pictures(root)
    ElementTree.fromstring(shown._repr_mimebundle_()["image/svg+xml"])


def test_the_table_has_a_row_for_each_operation_in_order(result: Callable[..., Any]) -> None:
    recording = result("eager")
    rows = page(recording).one(class_="enb-ops").one("tbody").all("tr")
    assert [row.all("td")[0].text for row in rows] == [str(op.index + 1) for op in recording.ops]
    assert [row.one("th").text.split()[0] for row in rows] == [op.name for op in recording.ops]
    assert "h 4×2 float32" in rows[2].text
    assert rows[2].all("td")[3].text == "3", "the line, which the source beside it shows"


def test_a_graph_s_table_has_a_row_for_each_node_that_ran(result: Callable[..., Any]) -> None:
    run = result("graph")
    rows = page(run).one(class_="enb-ops").one("tbody").all("tr")
    assert [row.one("th").text.split()[0] for row in rows] == [r.node.name for r in run.runs]


def test_a_graph_s_values_are_told_as_a_tape_s_are(result: Callable[..., Any]) -> None:
    body, setup = "y = x * 2.0\nz = tf.reduce_sum(y)\ns = y[0, :2]", "x = tf.reshape(tf.range(12.0), [4, 3])"
    for magic in ("eager", "graph"):
        rows = page(result(magic, body, setup)).one(class_="enb-ops").one("tbody").all("tr")
        values = {row.one("th").text.split()[0]: row.all("td")[2].text for row in rows}
        assert values["multiply"].endswith("█ 0 to 22, mean 11"), "after its histogram"
        assert values["reduce_sum"] == "132.0"


def test_tables_are_labelled(result: Callable[..., Any]) -> None:
    table = page(result("eager")).one(class_="enb-ops").one("table")
    assert table.one("caption").text
    assert all(head.attributes["scope"] in ("col", "row") for head in table.all("th"))


@pytest.mark.parametrize("magic", ["eager", "graph"])
def test_each_row_finds_its_box(result: Callable[..., Any], magic: str) -> None:
    root = page(result(magic))
    boxes = [box for picture in pictures(root) for box in picture.all("g", "enb-box")]
    drawn = {box.attributes["data-box"] for box in boxes}
    rows = root.one(class_="enb-ops").one("tbody").all("tr")
    lost = {row.one("th").text for row in rows if row.attributes["data-box"] not in drawn}
    # A graph's reading of a variable is no step in the picture.
    assert lost == ({"read_variable"} if magic == "graph" else set())


@pytest.mark.parametrize("magic", MAGICS)
def test_two_runs_give_the_same_bytes_times_apart(result: Callable[..., Any], magic: str) -> None:
    first, second = (result(magic)._repr_mimebundle_() for _ in range(2))
    assert first["text/plain"] == second["text/plain"]
    assert first["image/svg+xml"] == second["image/svg+xml"]
    assert timeless(first["text/html"]) == timeless(second["text/html"])


def test_whatever_the_times_are_only_marked_parts_change(result: Callable[..., Any]) -> None:
    """Times chosen so that order, units and the longest operation all change."""
    recording = result("eager")
    before = recording_bundle(recording)
    recording.ops = [replace(op, start=op.start * 7919, duration=10 ** (i % 9)) for i, op in enumerate(recording.ops)]
    after = recording_bundle(recording)
    assert after["text/html"] != before["text/html"]
    assert sanitised(after["text/html"]) == sanitised(before["text/html"])
    assert {k: v for k, v in after.items() if k != "text/html"} == {k: v for k, v in before.items() if k != "text/html"}


@pytest.mark.parametrize("timings", [(1, 10, 10, 100), (100, 1, 1, 1), (5_000_000, 0, 0, 5_000_000)])
def test_a_comparison_s_times_are_all_marked(result: Callable[..., Any], timings: tuple[int, ...]) -> None:
    comparison = result("compare")
    before = comparison_bundle(comparison)["text/html"]
    comparison.timings = dict(zip(("eager", "trace", "optimize", "graph"), timings, strict=True))
    assert sanitised(comparison_bundle(comparison)["text/html"]) == sanitised(before)


def test_what_the_user_wrote_is_only_ever_text() -> None:
    tensor = RecordedTensor(1, (2,), "float32", EVIL, 8, "tensor", EVIL)
    recording = tape(1, name=EVIL, label="<b>", inputs=(tensor,), outputs=(tensor,), params=EVIL, source=EVIL, via=EVIL)
    recording.source, recording.error, recording.error_line = f"%%eager\n{EVIL}", EVIL, 2
    html = recording_bundle(recording)["text/html"]
    root = read(html)
    assert len(root.all("script")) == 1
    assert not [image for image in root.all("img") if "enb-picture" not in image.classes]
    assert not [image for picture in pictures(root) for image in picture.all("img")]
    assert not [name for element in root.walk() for name in element.attributes if name.startswith("on")]
    assert EVIL in root.one(class_="enb-banner").text


def test_a_graph_s_names_and_values_are_only_ever_text(result: Callable[..., Any]) -> None:
    run = result("graph", "y = x + 1.0")
    run.names = dict.fromkeys(run.names, EVIL)
    run.runs = [replace(r, previews=(EVIL,)) for r in run.runs]
    run.error = EVIL
    root = read(graph_bundle(run)["text/html"])
    assert len(root.all("script")) == 1
    assert not [image for image in root.all("img") if "enb-picture" not in image.classes]
    assert not [image for picture in pictures(root) for image in picture.all("img")]
    assert EVIL[:20] in root.one(class_="enb-ops").text


def test_another_processors_rounding_is_taken_out_but_another_value_is_not() -> None:
    def html(preview: str) -> str:
        recording = tape(1, outputs=(RecordedTensor(1, (), "float32", preview, 4),))
        return sanitised(recording_bundle(recording)["text/html"])

    assert html("0.1235") == html("0.1234")
    assert html("0.1235") != html("0.1335")


@pytest.mark.parametrize("magic", MAGICS)
def test_nothing_comes_from_outside(result: Callable[..., Any], magic: str) -> None:
    html = result(magic)._repr_mimebundle_()["text/html"]
    namespace = "http://www.w3.org/2000/svg"  # a name, not an address that is opened
    html = html.replace("src='data:", "").replace(namespace, "")
    assert not re.search(r"https?://|url\(|@import|\bsrc=|\bhref=|fetch\(", html)


def test_the_page_stands_without_its_script(result: Callable[..., Any]) -> None:
    html = result("graph")._repr_mimebundle_()["text/html"]
    root = read(re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL))
    assert not root.all("button"), "a button that does nothing without the script"
    assert root.one(class_="enb-ops").all("tr")
    assert len(pictures(root)) == 2


def test_the_banner_names_the_line_and_what_ran_is_drawn(result: Callable[..., Any]) -> None:
    root = page(result("eager", "y = x + 1.0\nz = x @ x\n"))
    banner = root.one(class_="enb-banner").text
    assert "Stopped in line 3." in banner
    assert "z = x @ x" in banner
    assert len(root.one(class_="enb-ops").one("tbody").all("tr")) == 2
    assert len(pictures(root)[0].all("g", "enb-failed")) == 1


def test_a_graph_that_fails_while_running_shows_the_node(result: Callable[..., Any]) -> None:
    setup = "i = tf.constant([0, 9])\nx = tf.ones([3])"
    run = result("graph", "y = x + 1.0\nz = tf.gather(y, i)\n", setup)
    assert run.failed is not None
    root = page(run)
    assert "Stopped in line 3." in root.one(class_="enb-banner").text
    assert [row.one("th").text for row in root.all("tr", "enb-bad")] == ["gather"]
    assert all(svg.all("g", "enb-failed") for svg in pictures(root))


@pytest.mark.parametrize("magic", MAGICS)
def test_a_cell_without_operations_says_so(result: Callable[..., Any], magic: str) -> None:
    shown = result(magic, "k = 1 + 1")
    assert "No tensor operation" in page(shown).text
    assert "image/svg+xml" not in shown._repr_mimebundle_()


def test_a_large_tape_answers_with_a_table_and_the_reason_for_no_picture() -> None:
    recording = tape(10_000)
    recording.ops = [replace(op, line=op.index + 2) for op in recording.ops]  # so that nothing repeats
    bundle = recording_bundle(recording)
    root = read(bundle["text/html"])
    assert "image/svg+xml" not in bundle
    assert f"more than {MAX_BOXES}" in root.one("figure").text
    assert len(root.one("tbody").all("tr")) == 1000
    assert "The first 1,000 of 10,000 operations are listed; recording.ops has them all." in root.text
    assert len(bundle["text/html"]) < 1_000_000


LAYERS = """with tf.GradientTape() as tape:
    h = tf.nn.relu(x @ w1 + b1)
    h2 = tf.tanh(h @ w2 + b2)
    h3 = tf.sigmoid(h2 @ w3 + b3)
    logits = h3 @ w4 + b4
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits)
    loss = tf.reduce_mean(losses)
grads = tape.gradient(loss, [w1, b1, w2, b2, w3, b3, w4, b4])
for variable, grad in zip([w1, b1, w2], grads):
    variable.assign_sub(0.5 * grad)
"""
LAYERS_SETUP = """x, y = tf.random.normal([64, 64], seed=1), tf.constant([1] * 64)
w1, w2, w3, w4 = (tf.Variable(tf.random.normal(s, seed=2)) for s in ([64, 32], [32, 32], [32, 16], [16, 10]))
b1, b2, b3, b4 = (tf.Variable(tf.zeros([n])) for n in (32, 32, 16, 10))"""


TWO_STEPS = """for _ in range(2):
    with tf.GradientTape() as tape:
        h = tf.nn.relu(x @ w1 + b1)
        loss = tf.reduce_mean(tf.square(h @ w2 - y))
    grads = tape.gradient(loss, [w1, b1, w2])
    for w, g in zip([w1, b1, w2], grads):
        w.assign_sub(0.1 * g)
"""
TWO_STEPS_SETUP = """x, y = tf.random.normal([32, 8], seed=1), tf.random.normal([32, 1], seed=2)
w1, w2 = tf.Variable(tf.random.normal([8, 16], seed=3)), tf.Variable(tf.random.normal([16, 1], seed=4))
b1 = tf.Variable(tf.zeros([16]))"""


@pytest.mark.parametrize(("body", "setup"), [(LAYERS, LAYERS_SETUP), (TWO_STEPS, TWO_STEPS_SETUP)])
def test_a_tape_of_fifty_operations_is_under_100_kb(result: Callable[..., Any], body: str, setup: str) -> None:
    recording = result("eager", body, setup)
    recording.ops = [replace(op, duration=12_345) for op in recording.ops]  # as long in words on every machine
    assert 46 <= len(recording.ops) <= 54
    assert len(recording_bundle(recording)["text/html"].encode()) < 100_000


def test_a_comparison_says_what_is_equal_and_what_is_not(result: Callable[..., Any]) -> None:
    comparison = result("compare", "a = tf.exp(x)\nb = a + 1.0")
    assert "Equal results, to the last bit." in page(comparison).text
    comparison.results = [
        comparison.results[0],
        ResultComparison("b", False, "3 of 12 elements differ, by 1e-07 at most.", 1e-7),
    ]
    root = page(comparison)
    assert "Different results: 1 of 2." in root.text
    details = next(d for d in root.all("details") if "name by name" in d.one("summary").text)
    assert "open" in details.attributes
    assert [row.text for row in details.one("tbody").all("tr")] == [
        "a= equalEqual to the last bit.",
        "b≠ different3 of 12 elements differ, by 1e-07 at most.",
    ]


@pytest.mark.parametrize(
    ("timings", "sentence"),
    [
        ((100, 300, 100, 20), "After 5 calls, tracing has paid for itself."),
        ((100, 0, 0, 20), "Tracing has paid for itself at once."),
        ((100, 300, 100, 100), "Tracing never pays for itself here"),
    ],
)
def test_a_comparison_says_when_tracing_pays(
    result: Callable[..., Any], timings: tuple[int, ...], sentence: str
) -> None:
    comparison = result("compare", "y = x + 1.0")
    comparison.timings = dict(zip(("eager", "trace", "optimize", "graph"), timings, strict=True))
    assert sentence in page(comparison).text


def test_ids_are_unique_in_a_page(result: Callable[..., Any]) -> None:
    ids = [e.attributes["id"] for e in page(result("compare")).walk() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    assert all(name.startswith("enb-") for name in ids)


def test_other_content_gives_another_id(result: Callable[..., Any]) -> None:
    roots = [page(result("eager", f"y = x + {n}.0")).one(class_="enb-panel").attributes["id"] for n in (1, 2, 1)]
    assert roots[0] == roots[2] != roots[1]


def test_wide_pictures_take_turns_and_narrow_ones_stand_side_by_side(result: Callable[..., Any]) -> None:
    fused = f"{LAYERS}big = tf.exp(wide * 2.0)"
    narrow = page(result("graph", "y = x + 1.0"))
    wide = page(result("graph", fused, f"{LAYERS_SETUP}\nwide = tf.ones([900, 900])"))
    assert not narrow.all("input")
    assert [("checked" in button.attributes) for button in wide.one("form").all("input")] == [True, False]


def test_the_summary_of_a_graph_says_what_took_longest(result: Callable[..., Any]) -> None:
    run = result("graph")
    run.runs = [replace(ran, duration=30 if ran.node.op.name == "relu" else 10) for ran in run.runs]
    place = [ran.node.op.name for ran in run.runs].index("relu")
    percent = round(100 * 30 / (10 * len(run.runs) + 20))
    lead = page(run).one("p", "enb-lead").text
    assert f"Longest: step {place + 1}, relu, line 3, {percent}\N{NO-BREAK SPACE}% of the time." in lead


def test_the_summary_the_strip_and_the_table_tell_the_same_times(result: Callable[..., Any]) -> None:
    recording = result("eager")
    total = 0
    for index, op in enumerate(recording.ops):
        recording.ops[index] = replace(op, duration=1000 * (index + 1))
        total += index + 1
    root = page(recording)
    lead, strip = root.one("p", "enb-lead"), root.one(class_="enb-time")
    assert lead.all("time")[0].text == f"{total}\N{NO-BREAK SPACE}µs"
    longest = recording.ops[-1]
    assert f"Longest: step {len(recording.ops)}, {longest.name}, line {longest.line}, " in lead.text
    heading = next(e for e in root.all(class_="enb-heading") if "Where the time went" in e.text)
    assert heading.one("small").text == f"{total}\N{NO-BREAK SPACE}µs in the operations themselves"
    shares = [float(re.findall(r"--t:([0-9.]+)%", piece.attributes["style"])[0]) for piece in strip.all("i")]
    assert shares == [pytest.approx(100 * op.duration / (1000 * total), abs=0.01) for op in recording.ops]
    cells = [row.one("time").text for row in root.one(class_="enb-ops").one("tbody").all("tr")]
    assert cells == [f"{index + 1}\N{NO-BREAK SPACE}µs" for index in range(len(recording.ops))]


@pytest.mark.parametrize("magic", MAGICS)
def test_a_panel_is_dark_where_the_page_says_so(result: Callable[..., Any], magic: str) -> None:
    sheet = page(result(magic)).one("style").text
    ((pages, colours),) = re.findall(r"(\[data-jp-theme-light=\"false\"\] &,.*?)\{(.*?)\}", sheet)
    assert ".vscode-dark &" in pages
    assert "--enb-ink:" in colours


@pytest.mark.parametrize("magic", ["eager", "graph"])
def test_every_style_rule_stays_inside_the_panel(result: Callable[..., Any], magic: str) -> None:
    root = page(result(magic))
    name = root.one(class_="enb-panel").attributes["id"]
    css = root.one("style").text
    assert css.startswith(f"#{name}{{")
    depth = [css[: at + 1].count("{") - css[: at + 1].count("}") for at, char in enumerate(css) if char in "{}"]
    assert depth.index(0) == len(depth) - 1, "one rule around all others"
    css = re.sub(r"@(media|container)[^{]*", "", css.removeprefix(f"#{name}{{").removesuffix("}"))
    while css != (css := re.sub(r"\([^()]*\)", "", css)):
        pass  # commas in :is(...) part no selectors
    selectors = [part for rule in re.findall(r"([^{}]+)\{", css) if rule.strip() for part in rule.split(",")]
    assert len(selectors) > 60
    assert [selector for selector in selectors if "&" not in selector] == []
