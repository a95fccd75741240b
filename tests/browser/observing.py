"""What is seen of a page: what axe finds, and what moves."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import size

WIDTHS = (1280, 390)


AXE = Axe().axe_script


COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules that look at colours. All others find the same on light and dark pages."""


def violations_at_all_widths(page: Page) -> list[str]:
    """What axe finds on a page on a computer's screen and on a telephone's."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size(size(width))
        found += [f"{width}: {violation}" for violation in violations(page)]
    return found


def violations(page: Page) -> list[str]:
    """What axe finds on a page as it is, in light colours and in dark ones."""
    found = []
    page.evaluate(AXE)
    for scheme, rules in (("default", {}), ("slate", COLOURS)):
        page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
        # Colours that still fade would be measured half way.
        page.wait_for_function("document.getAnimations().every(a => a.playState !== 'running')")
        options = {"resultTypes": ["violations"], **rules}  # not all that is right, at length
        results = page.evaluate("options => axe.run(options)", options)
        found += [
            f"{scheme}: {violation['id']}: {violation['help']}: {node['html'][:200]} "
            f"{node['failureSummary']}"
            for violation in results["violations"]
            for node in violation["nodes"]
        ]
    return found


SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries())
    shifts.push([entry.value, ...entry.sources.map(s => s.node?.outerHTML?.slice(0, 100))]);
}).observe({type: 'layout-shift', buffered: true});
"""
