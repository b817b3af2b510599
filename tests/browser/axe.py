"""axe-core, asked about our own outputs."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OURS = [".enb-panel", ".enb-report", ".enbw-panel"]


def violations(page: Page, *rules: str) -> list[str]:
    """What axe-core finds in the outputs on the page, by these rules or by all; an error where there are no outputs."""
    shown = [selector for selector in OURS if page.locator(selector).count()]
    assert shown, "nothing to look at"
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = Axe().run(page, context=shown, options=options)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found.response["violations"]]
