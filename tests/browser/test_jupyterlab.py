"""The quick tour in a real JupyterLab: run, sorted, saved, reopened without a kernel and without trust."""

from __future__ import annotations

import json

import nbformat
import pytest
from nbclient import NotebookClient
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

TOUR = "00_quick_tour.ipynb"
PANELS = 3  # one each of %%eager, %%graph and %%compare
PICTURES = 6  # the tape, the graph as traced and optimised, and all three again in the comparison


def show_all_cells(page: Page) -> None:
    """JupyterLab renders only what is in view: make everything be in view."""
    page.set_viewport_size({"width": 1400, "height": 12_000})


def open_notebook(page: Page, lab, name: str) -> None:
    page.goto(lab.notebook_url(name))
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    show_all_cells(page)


# JupyterLab's own commands: its menus would do the same, once they have been drawn.
RUN_ALL = """async () => {
  const notebook = window.jupyterapp.shell.currentWidget;
  await notebook.context.ready;
  await notebook.sessionContext.ready;
  await window.jupyterapp.commands.execute('notebook:run-all-cells');
}"""
SAVE = "() => window.jupyterapp.shell.currentWidget.context.save()"


@pytest.fixture(scope="module")
def ran(lab) -> str:
    """The tour, with all cells run by the server's kernel and saved without a signature, as a clone has it."""
    path = lab.folder / TOUR
    book = nbformat.read(path, 4)
    NotebookClient(book, kernel_name="python3", timeout=120).execute()
    nbformat.write(book, path)
    return TOUR


def test_run_all_cells_shows_live_panels(page: Page, lab) -> None:
    book = nbformat.read(lab.folder / TOUR, 4)
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    nbformat.write(book, lab.folder / "to_run.ipynb")
    open_notebook(page, lab, "to_run.ipynb")
    page.evaluate(RUN_ALL)
    page.wait_for_selector("text=test accuracy 9")
    panels = page.locator(".enb-panel")
    expect(panels).to_have_count(PANELS)
    assert page.locator("[data-mime-type*='error'], [data-mime-type*='stderr']").count() == 0

    pictures = page.locator(".enb-panel svg.enb-diagram")
    assert pictures.count() >= PANELS
    box = pictures.first.bounding_box()
    assert box is not None
    assert box["width"] > 300
    assert box["height"] > 300

    table = panels.first.locator(".enb-ops")
    rows = table.locator("tbody tr")
    in_order = rows.locator("th").all_inner_texts()
    table.locator("thead").get_by_role("button", name="Time").click()
    shares = [float(s) for s in rows.evaluate_all(TIME_SHARES)]
    assert shares == sorted(shares, reverse=True)
    table.locator("thead").get_by_role("button", name="#").click()
    assert rows.locator("th").all_inner_texts() == in_order


# decode() fails for an image that is broken.
DECODED = """async images => {
  await Promise.all(images.map(image => image.decode()));
  return images.map(image => [image.naturalWidth, image.alt.length]);
}"""
TIME_SHARES = """rows => rows.map(row => {
  const cell = [...row.children].find(cell => cell.style.getPropertyValue('--t'));
  return parseFloat(cell.style.getPropertyValue('--t'));
})"""


def test_reopened_without_kernel_or_trust_shows_pictures_and_tables(page: Page, lab, ran: str) -> None:
    page.route("**/api/sessions**", lambda route: route.abort())
    page.route("**/api/kernels**", lambda route: route.abort())
    open_notebook(page, lab, ran)
    # No kernel can be started, and JupyterLab does not trust the file: it strips scripts, styles and inline SVG.
    assert page.locator(".jp-Notebook script").count() == 0
    pictures = page.locator(".jp-RenderedHTML img[src^='data:image/svg+xml']")
    expect(pictures).to_have_count(PICTURES)
    expect(pictures.first).to_be_visible()
    sizes = pictures.evaluate_all(DECODED)
    assert all(width > 300 for width, _ in sizes), "the pictures are whole"
    assert all(alt > 20 for _, alt in sizes), "each picture has words for those who cannot see it"
    expect(page.locator(".jp-RenderedHTML table tbody tr").nth(60)).to_be_attached()
    assert '"outside"' not in page.locator(".jp-Notebook").inner_text(), "the replay's data are no text"


def test_an_error_stops_run_all_and_is_shown_under_its_panel(page: Page, lab) -> None:
    cells = ["%load_ext eagernb\nimport eagernb as tf", "%%eager\na = tf.ones([2, 3])\na @ a", "print('must not run')"]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    book.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(book, lab.folder / "failing.ipynb")
    open_notebook(page, lab, "failing.ipynb")
    page.evaluate(RUN_ALL)
    page.wait_for_selector("text=ShapeError")
    expect(page.locator(".enb-panel")).to_have_count(1)
    expect(page.locator(".enb-panel")).to_contain_text("line 3")
    page.evaluate(SAVE)
    saved = json.loads((lab.folder / "failing.ipynb").read_text())
    assert saved["cells"][2]["outputs"] == []


FOLDING = [
    "%load_ext eagernb\nimport eagernb as tf\nx = tf.constant(3.0)\nn = tf.constant(4)",
    "%%graph\nif x > 0:\n    y = x * 2.0\nelse:\n    y = -x",
    "%%graph\ny = x\nfor i in tf.range(n):\n    for k in range(8):\n        y = tf.sin(y) * x",
]
# Which frames and folded boxes of a figure can be seen.
SHOWN = """(figure) => [...figure.querySelectorAll("[data-group], .enb-nested")]
  .filter((g) => g.getBoundingClientRect().height).map((g) => g.dataset.group || g.dataset.box)"""


def test_groups_fold_and_unfold_by_keyboard(page: Page, lab) -> None:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in FOLDING])
    book.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(book, lab.folder / "folding.ipynb")
    open_notebook(page, lab, "folding.ipynb")
    page.evaluate(RUN_ALL)
    expect(page.locator(".enb-panel")).to_have_count(2)

    small = page.locator(".enb-panel").first.locator("figure").first
    button = small.get_by_role("button", name="cond: x > 0.0")
    expect(button).to_have_attribute("aria-expanded", "true")
    height = small.locator("svg.enb-diagram").bounding_box()["height"]
    assert small.evaluate(SHOWN) == ["%cond", "%cond/0", "%cond/1"]
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()
    assert small.evaluate(SHOWN) == ["%cond"]
    assert small.locator("svg.enb-diagram").bounding_box()["height"] < height - 60, "the room is given back"
    # The row of an operation inside lights the folded group.
    page.locator(".enb-panel").first.locator("tbody tr", has_text="multiply").hover()
    expect(small.locator(".enb-lit[data-box='%cond']")).to_have_count(1)
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert small.locator("svg.enb-diagram").bounding_box()["height"] == height

    large = page.locator(".enb-panel").nth(1).locator("figure").first
    button = large.get_by_role("button", name="while")
    expect(button).to_have_attribute("aria-expanded", "false")
    assert large.evaluate(SHOWN) == ["%while_loop"]
    assert large.locator("svg.enb-diagram:visible").count() == 1
    large.locator("svg.enb-diagram:visible .enb-nested").click()
    expect(button).to_have_attribute("aria-expanded", "true")
    assert large.evaluate(SHOWN) == ["%while_loop", "%while_loop/0", "%while_loop/1"]
    boxes = large.locator("svg.enb-diagram:visible [data-box]:visible")
    assert boxes.count() > 16


def test_what_is_shown_after_folding_overlaps_nothing(page: Page, lab) -> None:
    """Every way of folding a picture with groups in groups and side by side."""
    body = "i = 0\ntotal = x\nwhile i < n:\n    if i == 2:\n        total = total + x * 2.0\n    i += 1\n"
    body += "if x > 0:\n    y = x * 2.0 + 1.0\n    z = tf.exp(y)\nelse:\n    y = -x\n    z = x\nw = y + total"
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in (FOLDING[0], f"%%graph\n{body}")])
    book.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(book, lab.folder / "overlaps.ipynb")
    open_notebook(page, lab, "overlaps.ipynb")
    page.evaluate(RUN_ALL)
    figure = page.locator(".enb-panel figure").first
    buttons = figure.locator(".enb-folds button")
    expect(buttons).to_have_count(3)
    for step in (0, 1, 0, 2, 0, 1, 0):
        if buttons.nth(step).is_visible():
            buttons.nth(step).click()
        assert figure.evaluate(OVERLAPS) == []
        assert figure.evaluate(OUTSIDE) == []


OVERLAPS = """(figure) => {
  const boxes = [...figure.querySelectorAll("[data-box]")].map((g) => [g.dataset.box, g.getBoundingClientRect()])
    .filter(([, r]) => r.height);
  return boxes.flatMap(([one, a], index) => boxes.slice(index + 1).filter(([, b]) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
    .map(([other]) => `${one} ${other}`));
}"""
OUTSIDE = """(figure) => {
  const frames = new Map([...figure.querySelectorAll("[data-group]")].map((g) => [g.dataset.group, g]));
  return [...figure.querySelectorAll("[data-box][data-in]")].filter((g) => {
    const frame = frames.get(g.dataset.in).getBoundingClientRect(), box = g.getBoundingClientRect();
    return box.height && frame.height && (box.left < frame.left || box.right > frame.right || box.top < frame.top ||
      box.bottom > frame.bottom);
  }).map((g) => g.dataset.box);
}"""


def test_generated_code_is_copied_by_its_button(page: Page, lab) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cells = [FOLDING[0], "%%graph --code\nwhile x < 9.0:\n    x = x * 2.0"]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    book.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(book, lab.folder / "code.ipynb")
    open_notebook(page, lab, "code.ipynb")
    page.evaluate(RUN_ALL)
    panel = page.locator(".enb-panel")
    panel.get_by_role("button", name="Copy").click()
    expect(panel.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == panel.locator("pre.enb-program").evaluate("pre => pre.textContent")
    assert "while x_1 < " in copied
