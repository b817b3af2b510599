"""Outputs as VS Code shows them: by its colours, its style sheet, its way of running scripts, and without trust.

VS Code itself cannot run here: these pages follow its source, the notebook's web view (``backLayerWebView.ts``) and the
built-in renderers (``notebook-renderers``). There is no mark of JupyterLab's in such a page: colours are in the
variables ``--vscode-*``, and the kind of theme is a class of the body.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.test_replay import LIT
from tests.viz.test_theme import contrast

pytestmark = pytest.mark.browser

_HIGH = "vscode-high-contrast"
# The theme's class, then its editor-background, editor-foreground, descriptionForeground and panel-border.
THEMES = {
    "Dark Modern": ("vscode-dark", "#1f1f1f", "#cccccc", "#9d9d9d", "#2b2b2b"),
    "Light Modern": ("vscode-light", "#ffffff", "#3b3b3b", "#3b3b3b", "#e5e5e5"),
    "Monokai": ("vscode-dark", "#272822", "#f8f8f2", "#b1b1ae", "#414339"),
    "Quiet Light": ("vscode-light", "#f5f5f5", "#333333", "#616161", "#e5e5e5"),
    "Dark High Contrast": (_HIGH, "#000000", "#ffffff", "#e6e6e6", "#6fc3df"),
    "Light High Contrast": (
        "vscode-high-contrast vscode-high-contrast-light",
        "#ffffff",
        "#292929",
        "#292929",
        "#0f4a85",
    ),
}
HIGH_CONTRAST = [name for name in THEMES if "High" in name]
# What the web view says of all outputs.
SHEET = """
body { color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); margin: 0; padding: 0 20px;
  font: 13px "Segoe WPC", "Segoe UI", sans-serif; }
img { max-width: 100%; max-height: 100%; }
code { color: var(--vscode-textPreformat-foreground); background-color: var(--vscode-textPreformat-background);
  padding: 1px 3px; border-radius: 4px; }
.output > div { overflow-x: auto; }
table, thead, tbody, tr, th, td { border: none !important; border-spacing: 0; border-collapse: collapse; }
table, th, tr { text-align: left !important; vertical-align: middle; }
table { width: 100%; }
thead { background-color: rgba(130, 130, 130, 0.16); font-weight: bold; }
th, td { padding: 4px 8px; }
tr:nth-child(even) { background-color: rgba(130, 130, 130, 0.08); }
tbody th { font-weight: normal; }
"""
# Each output is an element's innerHTML; then each of its scripts runs as a new one at its end, which goes again.
LOAD = """outputs => {
  for (const html of outputs) {
    const output = document.createElement("div"), element = document.createElement("div");
    output.className = "output";
    element.innerHTML = html;
    output.append(element);
    document.getElementById("container").append(output);
    for (const script of element.getElementsByTagName("script")) {
      const again = document.createElement("script");
      again.text = script.innerText;
      if (script.type) again.type = script.type;
      element.append(again);
      again.remove();
    }
  }
}"""
SET_THEME = """([kind, colours]) => {
  document.body.className = kind;
  const root = document.documentElement.style;
  for (const [name, colour] of Object.entries(colours)) root.setProperty(`--vscode-${name}`, colour);
}"""


def theme(page: Page, name: str) -> None:
    kind, paper, text, quiet, line = THEMES[name]
    colours = {
        "editor-background": paper, "editor-foreground": text, "foreground": text, "descriptionForeground": quiet,
        "panel-border": line, "textPreformat-foreground": text, "textPreformat-background": paper,
        "font-family": "sans-serif",
    }  # fmt: skip
    page.evaluate(SET_THEME, [kind, colours])


def shown(outputs: list[dict[str, Any]], mime: str) -> list[str]:
    return ["".join(output[mime]) for output in outputs if mime in output]


@pytest.fixture
def outputs(executed: NotebookNode) -> list[dict[str, Any]]:
    return [output.data for cell in executed.cells for output in cell.outputs if "data" in output]


@pytest.fixture
def view(page: Page, tmp_path: Path) -> Page:
    """An empty web view."""
    path = tmp_path / "view.html"
    head = f"<meta charset=utf-8><title>Notebook</title><style>{SHEET}</style>"
    path.write_text(f"<!doctype html><html lang=en><head>{head}</head><body><main id=container></main></body></html>")
    page.goto(path.as_uri())
    return page


# The colours of each text of a picture and of what it stands on: its box, or the paper.
INKS = """svgs => svgs.flatMap(svg => [...svg.querySelectorAll("text")].filter(text => text.textContent).map(text => {
  const box = text.closest(".enb-box")?.querySelector(":scope > :is(rect, path, polygon, ellipse):not(.enb-mark)");
  const paper = box ?? svg.querySelector(".enb-paper");
  return [text.textContent, getComputedStyle(text).fill, getComputedStyle(paper).fill];
}))"""


def hexed(colour: str) -> str:
    """As in rgb(1, 2, 3)."""
    return "#" + "".join(f"{int(part):02x}" for part in colour[4:-1].split(","))


def unreadable(page: Page) -> list[str]:
    found = page.locator("svg.enb-diagram").evaluate_all(INKS)
    assert len(found) > 20
    return [f"{text}: {ink} on {paper}" for text, ink, paper in found if contrast(hexed(ink), hexed(paper)) < 4.5]


def test_panels_and_reports_can_be_read_in_every_theme(view: Page, outputs: list[dict[str, Any]]) -> None:
    view.evaluate(LOAD, shown(outputs, "text/html"))
    expect(view.locator(".enb-report")).to_have_count(6)
    papers = set()
    for name in THEMES:
        theme(view, name)
        assert unreadable(view) == [], name
        if name in ("Dark Modern", *HIGH_CONTRAST):
            assert violations(view, "color-contrast") == [], name
        papers.add(view.locator(".enb-panel").first.evaluate("panel => getComputedStyle(panel).backgroundColor"))
    assert len(papers) == len({theme[1] for theme in THEMES.values()}), "the editor's own background"


def test_the_replay_runs_there(view: Page, outputs: list[dict[str, Any]]) -> None:
    theme(view, "Dark Modern")
    view.evaluate(LOAD, shown(outputs, "text/html"))
    panel = view.locator(".enb-panel").first
    slider = panel.get_by_role("slider", name="Step of the replay")
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    assert panel.evaluate(LIT, "enb-now")["rows"] == [2]


def test_pictures_alone_can_be_read_in_every_theme(view: Page, outputs: list[dict[str, Any]]) -> None:
    view.evaluate(LOAD, shown(outputs, "image/svg+xml"))
    for name in THEMES:
        theme(view, name)
        assert unreadable(view) == [], name


def test_in_a_folder_without_trust_words_say_it(outputs: list[dict[str, Any]]) -> None:
    """VS Code shows neither HTML nor SVG there: what is left is the text."""
    panels = [output for output in outputs if "enb-" in "".join(output.get("text/html", ""))]
    assert len(panels) > 9
    for output in panels:
        text = "".join(output["text/plain"])
        assert len(text) > 40, text
        assert "<eagernb" not in text
        assert " object at 0x" not in text
