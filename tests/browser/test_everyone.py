"""Panels for everyone: axe-core finds nothing, light or dark, wide or narrow; Notebook 7; a page of its own."""

from __future__ import annotations

import nbformat
import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import Page, expect

from eagernb.notebook.doctor import diagnose
from tests.browser.axe import violations
from tests.browser.cells import PANELS, REPORTS
from tests.browser.test_jupyterlab import RUN_ALL, SAVE, open_notebook
from tests.browser.test_replay import CELLS, LIT, notebook

pytestmark = pytest.mark.browser

SET_THEME = "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})"
# When Notebook 7 says no longer that its kernel starts, it has given its first cell the focus, and takes it no more.
READY = ".jp-NotebookKernelStatus-fade"
DARKER = "light => getComputedStyle(document.querySelector('.enb-panel')).backgroundColor != light"
PAPER = "panel => getComputedStyle(panel).backgroundColor"


def test_axe_finds_nothing_in_light_and_dark(page: Page, lab) -> None:
    open_notebook(page, lab, notebook(lab, "everyone.ipynb", PANELS + REPORTS))
    page.evaluate(RUN_ALL)
    panels = page.locator(".enb-panel")
    expect(panels).to_have_count(len(PANELS) - 1 + 3)  # %%predict shows one below its report, and a gradient has one
    expect(page.locator(".enb-report")).to_have_count(6)
    expect(page.locator(".enb-banner")).to_have_count(1)
    page.evaluate("() => document.querySelectorAll('.enb-panel details').forEach((one) => { one.open = true; })")
    slider = panels.first.get_by_role("slider", name="Step of the replay")
    light = panels.first.evaluate(PAPER)
    assert violations(page) == []
    slider.fill("9")
    assert violations(page) == []
    page.evaluate(SET_THEME, "JupyterLab Dark")
    page.wait_for_function(DARKER, arg=light)
    assert violations(page) == []
    page.set_viewport_size({"width": 700, "height": 12_000})
    assert violations(page) == []
    page.evaluate(SET_THEME, "JupyterLab Light")


def test_a_kept_panel_replays_in_notebook_7(page: Page, lab) -> None:
    open_notebook(page, lab, notebook(lab, "kept.ipynb", CELLS))
    page.evaluate(RUN_ALL)
    expect(page.locator(".enb-replay")).to_have_count(1)
    page.evaluate(SAVE)
    page.goto(f"{lab.url}/notebooks/kept.ipynb")
    panel = page.locator(".enb-panel")
    slider = panel.get_by_role("slider", name="Step of the replay")
    page.wait_for_selector(READY, state="attached")
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    expect(slider).to_have_value("2")
    expect(slider).to_be_focused()
    assert panel.evaluate(LIT, "enb-now")["rows"] == [2]
    light = panel.evaluate(PAPER)
    page.evaluate(SET_THEME, "JupyterLab Dark")
    page.wait_for_function(DARKER, arg=light)
    assert panel.evaluate(LIT, "enb-now")["rows"] == [2]
    page.evaluate(SET_THEME, "JupyterLab Light")


@pytest.fixture(scope="module")
def converted(executed: nbformat.NotebookNode, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A notebook that ran, as a page of its own, by nbconvert and without anything from the network."""
    exporter = HTMLExporter(mathjax_url="", require_js_url="", jquery_url="", mermaid_js_url="")
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(exporter.from_notebook_node(executed)[0], encoding="utf-8")
    return path.as_uri()


def test_a_converted_page_replays_offline(page: Page, converted: str) -> None:
    page.goto(converted)
    panel = page.locator(".enb-panel").first
    slider = panel.get_by_role("slider", name="Step of the replay")
    slider.focus()
    page.keyboard.press("End")
    last = int(slider.input_value())
    assert panel.evaluate(LIT, "enb-now")["rows"] == [last] == [panel.locator(".enb-ops tbody tr").count()]
    assert violations(page) == []


def test_a_page_without_scripts_reads(browser, converted: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.goto(converted)
    panel = page.locator(".enb-panel").first
    expect(panel.locator("img.enb-picture")).to_be_visible()
    expect(panel.locator(".enb-source li").nth(2)).to_be_visible()
    expect(panel.locator(".enb-memory")).to_be_visible()
    expect(panel.locator(".enb-ops tbody tr").first).to_be_visible()
    assert panel.locator("input, button").count() == 0
    assert "takes" not in panel.inner_text()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_report_has_its_own_colours_where_the_page_has_none_to_offer(page: Page, scheme: str) -> None:
    html = diagnose()._repr_mimebundle_()["text/html"]
    page.set_content(f'<!doctype html><html data-theme="{scheme}">{html}')
    assert violations(page, "color-contrast") == []
    paper = page.locator(".enb-report").evaluate("report => getComputedStyle(report).backgroundColor")
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(23, 25, 28)"}[scheme]


def test_the_system_s_colours_hide_no_bar(page: Page, converted: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(converted)
    panel = page.locator(".enb-panel").first
    panel.get_by_role("slider", name="Step of the replay").fill("3")
    colours = panel.locator(".enb-memory i").evaluate_all("all => all.map(i => getComputedStyle(i).backgroundColor)")
    paper = panel.evaluate(PAPER)
    assert all(colour != paper for colour in colours)
    assert colours[2] != colours[3], "the step stands out"
