"""The replay of %%eager in a real JupyterLab: the slider by keyboard, and the five places that light one another."""

from __future__ import annotations

import nbformat
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_jupyterlab import RUN_ALL, open_notebook

pytestmark = pytest.mark.browser

CELLS = [
    "%load_ext eagernb\nimport eagernb as tf\nv = tf.Variable(tf.random.normal([3, 4], seed=1))\nx = tf.ones([5, 3])",
    "%%eager\nwith tf.GradientTape() as tape:\n    h = tf.tanh(x @ v)\n    loss = tf.reduce_mean(h * h)\n"
    "g = tape.gradient(loss, v)\nv.assign_sub(0.1 * g)",
]


def notebook(lab, name: str, cells: list[str]) -> str:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    book.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(book, lab.folder / name)
    return name


@pytest.fixture
def panel(page: Page, lab) -> Locator:
    open_notebook(page, lab, notebook(lab, "replay.ipynb", CELLS))
    page.evaluate(RUN_ALL)
    expect(page.locator(".enb-replay")).to_have_count(1)
    return page.locator(".enb-panel")


# What is lit, of each kind: the boxes of the picture, the numbers of lines, of rows, of pieces of each strip.
LIT = """(panel, name) => {
  const at = (selector, of) => [...panel.querySelectorAll(selector)].filter((e) => e.classList.contains(name)).map(of);
  const place = (e) => [...e.parentElement.children].indexOf(e) + 1;
  return {
    boxes: at("svg [data-box]", (e) => e.querySelector(".enb-title").textContent),
    lines: at(".enb-source li", place), rows: at(".enb-ops tbody tr", (e) => Number(e.cells[0].textContent)),
    times: at(".enb-time i", place), memory: at(".enb-memory i", place),
  };
}"""
ROWS = "panel => [...panel.querySelectorAll('.enb-ops tbody tr')].map(row => row.querySelector('th').innerText.trim())"


def test_a_sorted_table_does_not_change_the_steps(page: Page, panel: Locator) -> None:
    panel.locator(".enb-ops th[data-sort=t] button").click()
    panel.get_by_role("slider", name="Step of the replay").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(panel.locator(".enb-said")).to_contain_text("matmul x @ v, line 3 → 5×4 float32, ")
    assert panel.evaluate(LIT, "enb-now") == {
        "boxes": ["matmul x @ v"],
        "lines": [3],
        "rows": [2],
        "times": [2],
        "memory": [2],
    }
    expect(panel.locator(".enb-ops tr.enb-now th")).to_have_text("matmul x @ v")


def test_the_slider_walks_the_tape_by_keyboard(page: Page, panel: Locator) -> None:
    slider = panel.get_by_role("slider", name="Step of the replay")
    names = panel.evaluate(ROWS)
    assert names[:3] == ["read_variable", "matmul x @ v", "tanh"]
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    said = panel.locator(".enb-said")
    expect(said).to_contain_text(f"Step 2 of {len(names)}: matmul x @ v, line 3 → 5×4 float32, ")
    expect(said).to_have_attribute("aria-live", "polite")
    now = panel.evaluate(LIT, "enb-now")
    assert now == {"boxes": ["matmul x @ v"], "lines": [3], "rows": [2], "times": [2], "memory": [2]}
    expect(panel.locator("tr[aria-current=step]")).to_have_count(1)
    # What the step takes and gives is shown, on the edges too.
    expect(panel.locator(".enb-card")).to_have_count(3)
    expect(panel.locator("svg text.enb-flowing").first).to_be_attached()
    page.keyboard.press("End")
    assert panel.evaluate(LIT, "enb-now")["rows"] == [len(names)]
    assert panel.locator(".enb-later").count() == 0
    page.keyboard.press("Home")
    assert panel.evaluate(LIT, "enb-now") == {"boxes": [], "lines": [], "rows": [], "times": [], "memory": []}
    expect(slider).to_be_focused()


def test_a_gradient_lights_its_own_line_and_that_of_what_it_is_the_gradient_of(page: Page, panel: Locator) -> None:
    step = int(panel.locator(".enb-ops tbody tr.enb-back").first.locator("td").first.inner_text())
    slider = panel.get_by_role("slider", name="Step of the replay")
    slider.fill(str(step))
    assert panel.evaluate(LIT, "enb-now")["lines"] == [4, 5]
    assert panel.evaluate(LIT, "enb-path")["lines"] == [4], "the line that it comes from is not the one that asked"
    expect(panel.locator(".enb-said")).to_contain_text(", backward of step 5 (line 4), asked for by line 5 → ")
    expect(panel.locator(".enb-ops tr.enb-now td").nth(3)).to_have_text("5")
    expect(panel.locator(".enb-ops tr.enb-now td").nth(4)).to_have_text("backward of 5, line 4")
    assert "∂ reduce_mean, line 4" in panel.locator("svg .enb-now").text_content()
    slider.fill(str(panel.locator(".enb-ops tbody tr").count()))
    expect(panel.locator(".enb-said")).to_contain_text("assign_sub −=, line 6, an update → ")


def test_each_of_the_five_lights_the_others(page: Page, panel: Locator) -> None:
    tanh = 3
    lit = {"boxes": ["tanh"], "lines": [3], "rows": [tanh], "times": [tanh], "memory": [tanh]}

    def seen(without: str) -> dict:
        found = panel.evaluate(LIT, "enb-on") | {"boxes": panel.evaluate(LIT, "enb-lit")["boxes"]}
        return found | {without: lit[without]}

    panel.locator(".enb-ops tbody tr").nth(tanh - 1).hover()
    assert seen("rows") == lit
    panel.locator(".enb-memory i").nth(tanh - 1).hover()
    assert seen("memory") == lit
    panel.locator(".enb-time i").nth(tanh - 1).dispatch_event("pointerover")
    assert seen("times") == lit
    panel.locator("svg [data-box]", has_text="tanh").first.hover()
    assert seen("boxes") == lit
    panel.locator(".enb-source li").nth(2).hover()
    found = seen("lines")
    names = panel.evaluate(ROWS)
    assert {"matmul x @ v", "tanh"} <= {names[step - 1] for step in found["rows"]}
    assert found["rows"] == found["times"] == found["memory"]
    backward = panel.locator(".enb-ops tbody tr.enb-back.enb-on").count()
    assert backward > 0, "the gradients that the line caused"


def test_focus_lights_as_hovering_does(page: Page, panel: Locator) -> None:
    panel.locator(".enb-ops tbody tr").nth(0).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert panel.evaluate(LIT, "enb-on")["lines"] == [3]
    assert panel.evaluate(LIT, "enb-lit")["boxes"] == ["tanh"]
    panel.locator(".enb-source li[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    assert len(panel.evaluate(LIT, "enb-on")["rows"]) > 1
    panel.locator("svg [data-box][tabindex='0']").first.focus()
    page.keyboard.press("ArrowRight")
    assert panel.evaluate(LIT, "enb-on")["rows"] == [2]
    page.keyboard.press("Enter")
    expect(panel.get_by_role("slider", name="Step of the replay")).to_have_value("2")
    panel.get_by_role("slider", name="Step on the strip of memory").focus()
    page.keyboard.press("ArrowRight")
    expect(panel.get_by_role("slider", name="Step of the replay")).to_have_value("3")


def test_a_step_says_what_holds_its_result_and_shows_how_long(page: Page, panel: Locator) -> None:
    slider = panel.get_by_role("slider", name="Step of the replay")
    slider.fill("2")
    stage = panel.locator(".enb-stage")
    expect(stage).to_contain_text("Computed from v, x by the step 1.")
    expect(stage).to_contain_text("Its memory: freed after step 3. In memory now: matmul (2).")
    assert panel.evaluate(LIT, "enb-life")["memory"] == [2, 3]
    slider.fill("3")
    expect(stage).to_contain_text("Its memory: held by h. In memory now: h, matmul (2).")
    assert panel.evaluate(LIT, "enb-life")["memory"] == list(range(3, len(panel.evaluate(ROWS)) + 1))


BELOW = """panel => [".enb-strip", ".enb-gradients", "figure", ".enb-ops", ".enb-legend"]
  .flatMap((selector) => [...panel.querySelectorAll(selector)])
  .map((e) => Object.values(e.getBoundingClientRect().toJSON()))"""


@pytest.mark.parametrize("width", [1400, 900, 620])
def test_nothing_below_the_description_moves_from_step_to_step(page: Page, panel: Locator, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 6000})
    slider = panel.get_by_role("slider", name="Step of the replay")
    slider.focus()
    before = panel.evaluate(BELOW)
    for step in range(1, panel.locator(".enb-ops tbody tr").count() + 1):
        page.keyboard.press("ArrowRight")
        expect(slider).to_have_value(str(step))
        assert panel.evaluate(BELOW) == before, step


def test_a_step_lights_all_that_it_was_computed_from(page: Page, panel: Locator) -> None:
    slider = panel.get_by_role("slider", name="Step of the replay")
    slider.fill("5")
    expect(panel.locator(".enb-said")).to_contain_text("reduce_mean")
    path = panel.evaluate(LIT, "enb-path")
    assert set(path["boxes"]) == {"x", "v", "matmul x @ v", "tanh", "multiply ×"}
    assert path["rows"] == [1, 2, 3, 4]
    slider.fill("3")
    assert set(panel.evaluate(LIT, "enb-path")["boxes"]) == {"x", "v", "matmul x @ v"}
    slider.fill("0")
    assert panel.evaluate(LIT, "enb-path") == {"boxes": [], "lines": [], "rows": [], "times": [], "memory": []}


LINES = "e => { const s = getComputedStyle(e); return [s.outlineStyle, parseFloat(s.outlineWidth) > 0]; }"


def test_what_is_chosen_what_is_pointed_at_and_what_has_the_focus_look_different(page: Page, panel: Locator) -> None:
    panel.get_by_role("slider", name="Step of the replay").fill("3")
    rows, boxes = panel.locator(".enb-ops tbody tr"), panel.locator("svg [data-box]")
    tanh, product = boxes.filter(has_text="tanh").first, boxes.filter(has_text="multiply").first
    stroke = "e => parseFloat(getComputedStyle(e.querySelector('rect, path')).strokeWidth)"
    product.hover()
    for pointed, chosen in ((product, tanh), (rows.nth(3), rows.nth(2))):
        assert pointed.evaluate(LINES) == ["dashed", True]
        assert chosen.evaluate(LINES)[0] == "none"
    assert tanh.evaluate(stroke) > product.evaluate(stroke)
    panel.get_by_role("slider", name="Step of the replay").focus()
    page.keyboard.press("Tab")
    rows.nth(0).focus()
    page.keyboard.press("ArrowDown")
    assert rows.nth(1).evaluate(LINES) == ["solid", True]
    panel.locator("svg [data-box][tabindex='0']").first.focus()
    page.keyboard.press("ArrowRight")
    assert panel.locator("svg [data-box]:focus").evaluate(LINES) == ["solid", True]


def test_the_legend_explains_the_strips_and_what_is_lit(page: Page, panel: Locator) -> None:
    legends = panel.locator(".enb-legend")
    expect(legends.nth(0)).to_contain_text("forwardbackwardupdatechosen stepits result is in memory")
    expect(legends.nth(1)).to_contain_text("chosen stepwhat it was computed frompointed at")


def test_the_one_legend_of_a_tape_without_gradients_says_each_thing_once(page: Page, lab) -> None:
    cells = [CELLS[0], "%%eager\nh = tf.tanh(x @ v)\nloss = tf.reduce_mean(h * h)"]
    open_notebook(page, lab, notebook(lab, "forward.ipynb", cells))
    page.evaluate(RUN_ALL)
    expect(page.locator(".enb-replay")).to_have_count(1)
    keys = page.locator(".enb-panel .enb-legend li").all_inner_texts()
    assert len(keys) == len(set(keys))
    assert keys[-4:] == ["its result is in memory", "chosen step", "what it was computed from", "pointed at"]


def test_the_strips_of_time_and_of_memory_begin_at_one_height(page: Page, panel: Locator) -> None:
    page.set_viewport_size({"width": 1400, "height": 3000})
    tops = panel.locator(".enb-heading:has(+ .enb-strip)").evaluate_all(
        "all => all.map((e) => e.getBoundingClientRect().y)"
    )
    assert len(tops) == 2
    assert tops[0] == tops[1]


def test_a_gradient_in_the_list_finds_its_step(page: Page, panel: Locator) -> None:
    item = panel.locator(".enb-gradients li")
    expect(item).to_have_count(1)
    expect(item).to_contain_text("v: gradient ∂loss/∂v of step ")
    item.focus()
    assert panel.evaluate(LIT, "enb-lit")["boxes"] == ["matmul xᵀ @ g"]
    page.keyboard.press("Enter")
    expect(panel.locator(".enb-said")).to_contain_text("matmul xᵀ @ g, backward of step 2 (line 3)")


def test_space_plays_and_pauses(page: Page, panel: Locator) -> None:
    slider = panel.get_by_role("slider", name="Step of the replay")
    slider.focus()
    page.keyboard.press("Space")
    expect(panel.get_by_role("button", name="Pause")).to_be_visible()
    expect(slider).to_have_value("3")
    page.keyboard.press("Space")
    expect(panel.get_by_role("button", name="Play")).to_be_visible()
    stopped = slider.input_value()
    page.wait_for_timeout(1500)
    assert slider.input_value() == stopped


MOVING = "() => document.getAnimations().filter(a => a.effect.getTiming().iterations === Infinity).length"


def test_nothing_moves_for_those_who_want_it_so(page: Page, panel: Locator) -> None:
    slider = panel.get_by_role("slider", name="Step of the replay")
    slider.fill("2")
    assert page.evaluate(MOVING) > 0
    page.emulate_media(reduced_motion="reduce")
    slider.fill("3")
    assert page.evaluate(MOVING) == 0


def test_two_panels_do_not_disturb_each_other(page: Page, lab) -> None:
    open_notebook(page, lab, notebook(lab, "twice.ipynb", [CELLS[0], CELLS[1], CELLS[1]]))
    page.evaluate(RUN_ALL)
    panels = page.locator(".enb-panel")
    expect(page.locator(".enb-replay")).to_have_count(2)
    panels.nth(1).get_by_role("slider", name="Step of the replay").fill("4")
    assert panels.nth(0).evaluate(LIT, "enb-now")["rows"] == []
    assert panels.nth(1).evaluate(LIT, "enb-now")["rows"] == [4]
    ids = page.locator(".enb-panel [id], .enb-panel").evaluate_all("all => all.map(e => e.id)")
    assert len(ids) == len(set(ids))
