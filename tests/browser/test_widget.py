"""The timing widgets in a real JupyterLab, by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.test_everyone import READY, SET_THEME
from tests.browser.test_jupyterlab import RUN_ALL, open_notebook
from tests.browser.test_replay import notebook

pytestmark = pytest.mark.browser

CELLS = [
    "%load_ext eagernb\nimport eagernb as tf\nx, k = tf.ones([8, 4]), tf.ones([4, 3])\nv = tf.Variable(1.0)",
    "%%eager --widget\na = tf.exp(tf.ones([20, 30]))\nb = a @ tf.transpose(a)",
    "%%graph --widget\na = tf.exp(x @ k) * 1.0\nb = tf.exp(x @ k) + a\nv.assign_add(1.0)",
    "print('after', float(v))",
]


def test_the_widgets_by_keyboard(page: Page, lab) -> None:
    open_notebook(page, lab, notebook(lab, "widget.ipynb", CELLS))
    page.evaluate(RUN_ALL)
    page.wait_for_selector("text=after 2.0")
    eager, graph = page.locator(".enbw-panel").all()
    expect(graph.locator(".enbw")).to_be_visible()
    for control in page.locator(".enbw-panel").locator("input, select, button").all():
        assert control.evaluate("e => !!(e.labels?.length || e.textContent.trim())"), "every control has a name"

    rows = eager.locator("tbody tr")
    expect(rows).to_have_count(3)
    before = rows.all_inner_texts()
    eager.get_by_label("Rounds").fill("300")
    page.keyboard.press("Tab")
    again = eager.get_by_role("button", name="Run again")
    expect(again).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "before => [...document.querySelector('.enbw').querySelectorAll('tbody tr')].map(r => r.innerText) != before",
        arg=",".join(before),
    )
    expect(again).to_be_enabled()
    expect(again).to_be_focused()

    runs = graph.locator("table", has_text="The whole graph, one run").locator("tbody tr")
    expect(runs).to_have_count(1)
    expect(runs.first).to_contain_text("all")
    merging = graph.get_by_role("checkbox", name="cse: computes once what is computed twice")
    expect(merging).to_be_checked()
    merging.focus()
    page.keyboard.press("Space")
    expect(runs).to_have_count(2)
    expect(runs.last).to_contain_text("all but cse")
    assert int(runs.last.locator("td").nth(1).inner_text()) > int(runs.first.locator("td").nth(1).inner_text())
    expect(merging).to_be_focused()

    graph.get_by_label("Executor").select_option("numpy_source")
    expect(runs).to_have_count(3)
    expect(runs.last).to_contain_text("numpy_source")
    expect(runs.last).to_have_attribute("aria-current", "true")

    sweep = graph.get_by_role("button", name="Sweep sizes")
    expect(sweep).to_be_enabled()
    sweep.focus()
    page.keyboard.press("Enter")
    plot = graph.locator(".enbw-sweep svg[role=img]")
    expect(plot).to_be_visible()
    assert "Python dispatch" in (plot.get_attribute("aria-label") or "")
    points = plot.locator("circle").count()
    assert points > 3
    expect(graph.locator(".enbw-sizes tbody tr")).to_have_count(points)
    expect(sweep).to_be_focused()

    graph.locator(".enbw-sizes").evaluate("details => { details.open = true; }")
    assert violations(page) == []
    text = "panel => getComputedStyle(panel).color"
    light = graph.locator(".enbw").evaluate(text)
    page.evaluate(SET_THEME, "JupyterLab Dark")
    page.wait_for_function("light => getComputedStyle(document.querySelector('.enbw')).color != light", arg=light)
    assert violations(page) == []
    page.set_viewport_size({"width": 700, "height": 12_000})
    assert violations(page) == []
    page.evaluate(SET_THEME, "JupyterLab Light")


def test_cells_run_and_passes_are_switched_in_notebook_7(page: Page, lab) -> None:
    name = notebook(lab, "seven.ipynb", [CELLS[0], "%%graph --widget\na = tf.exp(x @ k) + tf.exp(x @ k)"])
    page.goto(f"{lab.url}/notebooks/{name}")
    page.wait_for_selector(READY, state="attached")
    page.set_viewport_size({"width": 1300, "height": 4000})
    page.locator(".jp-Cell .cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    widget = page.locator(".enbw-panel")
    runs = widget.locator("table", has_text="The whole graph, one run").locator("tbody tr")
    expect(runs).to_have_count(1)
    widget.get_by_role("checkbox", name="cse").focus()
    page.keyboard.press("Space")
    expect(runs).to_have_count(2)
    expect(runs.last).to_contain_text("all but cse")
    time = page.locator(".enb-ops thead").get_by_role("button", name="Time")
    time.press("Enter")
    expect(page.locator(".enb-ops [aria-sort]")).to_have_attribute("aria-sort", "descending")
