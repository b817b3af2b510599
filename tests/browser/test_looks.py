"""Pictures look as when somebody looked at them: screenshots, light and dark, are compared with those in ``looks``.

Texts are left out: which fonts a machine has is not ours to say. What remains is where boxes and lines are, their
shapes, patterns and colours.
"""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from nbformat import NotebookNode
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LOOKS = Path(__file__).with_name("looks")
STYLE = "<style>body { margin: 0; } svg { display: block; } svg text { visibility: hidden; }</style>"
# The share of pixels that are clearly another colour; all of them where the sizes differ.
DIFFERENCE = """async urls => {
  const pictures = await Promise.all(urls.map(url => new Promise(resolve => {
    const image = new Image();
    image.onload = () => {
      const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      resolve(context.getImageData(0, 0, image.width, image.height));
    };
    image.src = url;
  })));
  const [one, other] = pictures;
  if (one.width !== other.width || one.height !== other.height) return 1;
  let different = 0;
  for (let i = 0; i < one.data.length; i += 4)
    different += [0, 1, 2].some(channel => Math.abs(one.data[i + channel] - other.data[i + channel]) > 48);
  return different / (one.width * one.height);
}"""


def url(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["tape", "graph"])
def test_a_picture_looks_as_when_somebody_looked_at_it(
    page: Page, executed: NotebookNode, name: str, scheme: str, tmp_path: Path
) -> None:
    title = {"tape": "Tape of the cell", "graph": "Optimised graph"}[name]
    pictures = ["".join(output.data["image/svg+xml"]) for cell in executed.cells for output in cell.outputs
                if "image/svg+xml" in output.get("data", {})]  # fmt: skip
    svg = next(picture for picture in pictures if f">{title}<" in picture)
    page.set_content(f"<!doctype html><html data-theme={scheme}>{STYLE}{svg}")
    now = page.locator("svg").screenshot()
    seen = LOOKS / f"{name}_{scheme}.png"
    (tmp_path / seen.name).write_bytes(now)
    told = f"look at {tmp_path / seen.name}; if it is as it should be, it goes to {seen}"
    assert seen.exists(), told
    # Smoothed edges may differ from one version of a browser to the next.
    assert page.evaluate(DIFFERENCE, [url(now), url(seen.read_bytes())]) < 0.002, told
