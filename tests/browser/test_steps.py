"""The walk through the passes and the comparison's time axis, by keyboard in a real JupyterLab."""

from __future__ import annotations

import nbformat
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_jupyterlab import RUN_ALL, open_notebook

pytestmark = pytest.mark.browser

GRAPH = """%%graph
k = tf.constant(2.0) * 3.0
a = tf.exp(x * k)
b = tf.exp(x * k)
c = (a + b) * 1.0
"""
SETUP = "%load_ext eagernb\nimport eagernb as tf\nx = tf.ones([4, 3])"


def run(page: Page, lab, name: str, *cells: str) -> Locator:
    """The last panel of a notebook with these cells, which have been run."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in (SETUP, *cells)])
    book.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(book, lab.folder / name)
    open_notebook(page, lab, name)
    page.evaluate(RUN_ALL)
    expect(page.locator(".enb-panel")).to_have_count(len(cells))
    return page.locator(".enb-panel").last


def test_the_passes_are_walked_through_by_keyboard(page: Page, lab) -> None:
    panel = run(page, lab, "walk.ipynb", GRAPH)
    walk = panel.locator(".enb-walk")
    slider = walk.get_by_role("slider", name="Stage of optimising")
    stage, told = walk.locator(".enb-saved [aria-current=step] th"), walk.locator(".enb-here")
    traced = walk.locator("figure").first
    ghosts = traced.locator(".enb-ghost")
    expect(stage).to_have_text("As traced")
    expect(ghosts).to_have_count(0)
    # What the picture has struck out for pages without scripts is whole again at the first stage.
    expect(traced.locator(".enb-removed")).to_have_count(0)

    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(stage).to_have_text("fold_constants")
    expect(told).to_contain_text("multiply is always 6.0, because 2.0 and 3.0")
    expect(ghosts).to_have_count(1)
    expect(traced.locator(".enb-tag")).to_have_text("folded = 6.0")
    page.keyboard.press("ArrowRight")
    expect(stage).to_have_text("simplify")
    page.keyboard.press("ArrowRight")
    expect(stage).to_have_text("cse")
    expect(traced.locator("[data-box='%exp_1'].enb-ghost")).to_have_count(1)
    expect(traced.locator("[data-box='%multiply_3'].enb-gone")).to_have_count(1)
    assert "computes once what is computed twice" in slider.get_attribute("aria-valuetext")
    expect(slider).to_be_focused()

    page.keyboard.press("End")
    expect(stage).to_have_text("Optimised: saved")
    expect(told).to_contain_text("All passes together saved 4 operations")
    expect(walk.get_by_role("button", name="Next")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Home")
    expect(stage).to_have_text("As traced")
    expect(ghosts).to_have_count(0)
    walk.get_by_role("button", name="Next").press("Enter")
    expect(stage).to_have_text("fold_constants")
    # The keys were the panel's own: the notebook has not gone to another cell.
    assert page.evaluate("() => window.jupyterapp.shell.currentWidget.content.activeCellIndex") == 1


CHAIN = """%%graph
z = x
for k in range(8):
    a = tf.sin(z) * 2.0
    b = tf.sin(z) * 2.0
    z = tf.tanh(a) + b
"""


def test_a_large_picture_shows_at_the_last_stage_what_is_left(page: Page, lab) -> None:
    panel = run(page, lab, "alone.ipynb", CHAIN)
    walk = panel.locator(".enb-walk")
    expect(walk.locator("figure")).to_have_count(1)
    boxes = walk.locator("svg .enb-box:visible")
    expect(boxes).to_have_count(65)
    walk.get_by_role("slider", name="Stage of optimising").focus()
    page.keyboard.press("End")
    expect(boxes).to_have_count(41)
    # What used a result that has gone is led to the one in its place: b is a now.
    expect(walk.locator(".enb-tags .enb-edge")).to_have_count(8)
    page.keyboard.press("Home")
    expect(boxes).to_have_count(65)


def test_a_lane_of_the_time_axis_is_walked_by_keyboard_and_lights_row_and_line(page: Page, lab) -> None:
    panel = run(page, lab, "axis.ipynb", "%%compare\na = tf.exp(x)\nb = tf.reduce_sum(a)")
    lane = panel.locator(".enb-lane").first
    rows, lines = panel.locator(".enb-costs tr.enb-on th"), panel.locator(".enb-race li.enb-on")
    lane.focus()
    expect(rows).to_have_text("exp eˣ")
    expect(lines).to_have_text("a = tf.exp(x)")
    page.keyboard.press("End")
    expect(rows).to_have_text("reduce_sum Σ")
    expect(lines).to_have_text("b = tf.reduce_sum(a)")
    assert lane.get_attribute("aria-valuetext").startswith("Eager 2: reduce_sum")
    # The memory axis is walked in the same way, and lights the piece of time.
    held = panel.locator(".enb-lane[role=slider]").nth(2)
    assert held.get_attribute("aria-label").startswith("What is in memory: Eager")
    held.focus()
    page.keyboard.press("ArrowRight")
    expect(rows).to_have_text("reduce_sum Σ")
    assert "In memory: " in held.get_attribute("aria-valuetext")
    expect(lane.locator(".enb-on")).to_have_count(1)
    # Sorting is within each mode: what they come to stays below.
    heads = panel.locator(".enb-costs tbody").first.locator("th[scope=row]")
    panel.locator(".enb-costs").get_by_role("button", name="#").click()
    panel.locator(".enb-costs").get_by_role("button", name="#").click()
    expect(heads).to_have_text(["reduce_sum Σ", "exp eˣ", "Python after the last operation", "Total 2 operations"])
    # The other way round: a row lights its piece, a line all that runs on it.
    panel.locator(".enb-costs tbody").nth(1).locator("tr").nth(1).hover()
    expect(panel.locator(".enb-lane").nth(1).locator(".enb-on")).to_have_count(1)
    panel.locator(".enb-race .enb-source li").nth(1).hover()
    expect(rows).to_have_text(["exp eˣ", "exp eˣ"])
