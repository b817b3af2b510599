from __future__ import annotations

import re

import numpy as np
import pytest

from eagernb.viz import BOX_KINDS, EDGE_KINDS
from eagernb.viz.theme import DARK, LIGHT, Palette, style_sheet

PALETTES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("kind", BOX_KINDS)
def test_text_can_be_read_on_every_box(palette: Palette, kind: str) -> None:
    inks = (palette.ghost,) if kind == "removed" else (palette.ink, palette.small)
    assert all(contrast(ink, palette.fill[kind]) >= 4.5 for ink in inks)


@pytest.mark.parametrize("palette", PALETTES)
def test_text_beside_the_boxes_can_be_read(palette: Palette) -> None:
    assert contrast(palette.text, palette.paper) >= 4.5
    assert contrast(palette.small, palette.paper) >= 4.5  # badges


@pytest.mark.parametrize("palette", PALETTES)
def test_outlines_and_edges_can_be_seen(palette: Palette) -> None:
    assert all(contrast(palette.line[kind], palette.paper) >= 3 for kind in BOX_KINDS)
    assert all(contrast(palette.edge[kind], palette.paper) >= 3 for kind in EDGE_KINDS)


def rules(css: str) -> list[str]:
    return [selector.strip() for selector in re.findall(r"([^{}]+)\{", css)]


# What is seen of linear red, green and blue without one kind of cone: Machado, Oliveira and Fernandes 2009, table 1.
WITHOUT = {
    "red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]


def seen(colour: str, cones: list[list[float]]) -> np.ndarray:
    """A colour in CIELAB, as it is seen without some cones."""
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(np.array(XYZ) @ np.clip(np.array(cones) @ linear, 0, 1) / [0.95047, 1, 1.08883])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("cones", WITHOUT.values(), ids=WITHOUT)
@pytest.mark.parametrize("palette", PALETTES)
def test_forward_and_backward_differ_without_any_kind_of_cone(palette: Palette, cones: list[list[float]]) -> None:
    """Of kinds whose shape is nearly the same, and in the strips: a distance of 2 or 3 is just seen side by side."""
    forward, backward = (seen(palette.line[kind], cones) for kind in ("op", "gradient"))
    assert np.linalg.norm(forward - backward) > 10


def test_every_rule_stays_inside_the_picture() -> None:
    for selectors in rules(style_sheet("enb-1", BOX_KINDS, EDGE_KINDS)):
        if not selectors.startswith("@media"):
            for selector in re.split(r",(?![^(]*\))", selectors):
                assert "#enb-1" in selector


def test_the_system_s_dark_mode_darkens_only_a_picture_that_is_a_document() -> None:
    css = style_sheet("enb-1", ["op"], ["data"])
    inside = re.search(r"@media \(prefers-color-scheme:dark\)\{([^{]+)\{", css)
    assert inside is not None
    assert inside[1] == "#enb-1:root"


def test_dark_pages_are_known() -> None:
    (dark,) = (s for s in rules(style_sheet("enb-1", ["op"], ["data"])) if "vscode-dark" in s)
    assert '[data-jp-theme-light="false"] #enb-1' in dark
    assert ".vscode-dark #enb-1" in dark


def test_every_custom_property_that_is_used_is_set_in_light_and_dark() -> None:
    css = style_sheet("enb-1", BOX_KINDS, EDGE_KINDS)
    used = set(re.findall(r"var\((--enb-[a-z-]+)\)", css))
    for name in used:
        assert css.count(f"{name}:") == 3, name
