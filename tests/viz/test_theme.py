from __future__ import annotations

import re

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
