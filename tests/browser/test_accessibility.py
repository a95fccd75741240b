"""What any kind of page is for those who do not see it, or not as it was drawn, or use no mouse.

axe (https://github.com/dequelabs/axe-core) finds nothing in any state; what it cannot tell is asked
of the browser itself.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import ElementHandle, Page, expect

from tests.browser.conftest import Browse, size
from tests.browser.observing import WIDTHS, violations, violations_at_all_widths
from tests.browser.server import Host

KINDS = {
    "front page": "",
    "paper with mathematics": "papers/mathematics/",
    "paper with links and many authors": "papers/many-authors/",
    "paper written from right to left": "papers/right-to-left/",
    "paper without anything": "papers/bare/",
    "day": "days/2026-03-02/",
    "second page of a day": "days/2026-03-02/2/",
    "undated list": "days/undated/",
    "month": "days/2026-03/",
    "year": "days/2026/",
    "days": "days/",
    "topics": "topics/",
    "topic": "topics/evaluation/",
    "page in the middle of a topic": "topics/evaluation/3/",
    "titles": "titles/",
    "search": "search/",
    "about": "about/",
    "missing page": "404.html",
}


@pytest.mark.parametrize(("prefers", "scheme"), [("light", "default"), ("dark", "slate")])
def test_a_page_is_as_dark_as_its_reader_likes(
    browse: Browse, showcase_host: Host, prefers: str, scheme: str
) -> None:
    page = browse(showcase_host.url, color_scheme=prefers)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_no_violation(browse: Browse, showcase_host: Host, kind: str) -> None:
    page = browse(showcase_host.url + KINDS[kind])
    assert violations_at_all_widths(page) == []


LISTS = {
    "authors": "authors/",
    "authors of a letter": "authors/letter-l/",
    "author": "authors/mei-lin/",
    "venues": "venues/",
    "trending": "trending/",
    "subscribe": "subscribe/",
    "downloads": "downloads/",
    "reading list": "reading-list/",
    "changes": "changes/",
}


@pytest.mark.parametrize("kind", LISTS)
def test_what_readers_take_away_has_no_violation(
    browse: Browse, library_host: Host, kind: str
) -> None:
    page = browse(library_host.url + LISTS[kind])
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert violations_at_all_widths(page) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("query", ["plain", "nothingatall"])
def test_the_open_search_box_has_no_violation(
    browse: Browse, showcase_host: Host, query: str, width: int
) -> None:
    page = browse(showcase_host.url, width=width)
    page.keyboard.press("/")
    page.keyboard.type(query)
    expect(page.locator(".md-search-result__meta")).to_have_text(
        "36 papers" if query == "plain" else "Nothing matches “nothingatall”"
    )
    assert violations(page) == []


@pytest.mark.parametrize("width", [700, 390])
def test_the_open_drawer_has_no_violation(browse: Browse, showcase_host: Host, width: int) -> None:
    page = browse(showcase_host.url, width=width)
    page.locator(".ps-menu").click()
    expect(page.get_by_role("link", name="Topics", exact=True)).to_be_in_viewport()
    assert violations(page) == []


# Every kind of page, in ways of looking at it that axe has not

PAGES = [("showcase_host", path) for path in KINDS.values()]
PAGES += [("library_host", path) for path in LISTS.values()]
PAGES += [
    ("demo_host", ""),
    ("demo_host", "search/?q=decoding"),
    ("library_host", "search/?q=ants"),
]

all_pages = pytest.mark.parametrize(("host", "path"), PAGES)


@pytest.fixture
def address(request: pytest.FixtureRequest, host: str, path: str) -> str:
    site: Host = request.getfixturevalue(host)
    return site.url + path


def ready(page: Page) -> None:
    """Wait until scripts have made what they make of a page."""
    page.wait_for_load_state("networkidle")
    for busy in page.locator("[data-search-state=busy]").all():
        expect(busy).to_have_attribute("data-search-state", "done")


FOCUSED = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  for (const animation of document.getAnimations()) animation.finish();
  const faults = [];
  const box = [...focused.getClientRects()].find(({ width, height }) => width > 1 && height > 1);
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(focused);
  const isShown = focused.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  if (!isShown || !box) faults.push("invisible");
  else if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) {
    faults.push("outside of the window");
  } else {
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const inside = [Math.min(x, innerWidth - 1), Math.min(y, innerHeight - 1)];
    const top = document.elementFromPoint(...inside);
    if (!focused.contains(top)) faults.push(`below ${top?.outerHTML.slice(0, 80)}`);
  }
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2 || outlineColor.endsWith(", 0)")) {
    faults.push("without a mark");
  }
  return [focused.outerHTML.slice(0, 160), faults.join(", ")];
}"""


@all_pages
def test_the_keyboard_is_never_where_nothing_is_seen(browse: Browse, address: str) -> None:
    page = browse(address)
    for width in WIDTHS:
        page.set_viewport_size(size(width))
        page.reload()
        ready(page)
        stops: list[str] = []
        while len(stops) < 400:
            page.keyboard.press("Tab")
            if not (found := page.evaluate(FOCUSED)):
                break
            if found[1]:
                page.wait_for_timeout(200)  # the search box opens a moment later
                found = page.evaluate(FOCUSED)
            element, faults = found
            assert (width, element, faults) == (width, element, "")
            stops.append(element)
        assert 5 < len(stops) < 400


PRINTED = """() => {
  const shade = (color) => {
    const [red, green, blue, alpha = 1] = color.match(/[\\d.]+/g).map(Number);
    return alpha === 0 ? null : Math.max(red, green, blue);
  };
  const texts = document.createNodeIterator(document.body, NodeFilter.SHOW_TEXT);
  const faults = new Set();
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const parent = text.parentElement;
    if (!text.data.trim() || !parent.checkVisibility({ visibilityProperty: true })) continue;
    const says = parent.outerHTML.slice(0, 160);
    if (shade(getComputedStyle(parent).color) > 60) faults.add(`pale: ${says}`);
    for (let around = parent; around; around = around.parentElement) {
      const ground = shade(getComputedStyle(around).backgroundColor);
      if (ground === null || around.closest("mark")) continue;
      if (ground < 240) faults.add(`dark: ${says}`);
    }
  }
  const [root, body] = [document.documentElement, document.body];
  const canvas = getComputedStyle(root).colorScheme;
  if (canvas !== "light") faults.add(`canvas: ${canvas}`);
  if (shade(getComputedStyle(body).backgroundColor) !== 255) faults.add("no white paper");
  return [...faults];
}"""


@all_pages
def test_a_dark_page_prints_black_on_white(browse: Browse, address: str) -> None:
    page = browse(address, color_scheme="dark")
    ready(page)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.emulate_media(media="print")
    assert page.evaluate(PRINTED) == []
    assert page.locator("button:visible, header:visible, footer:visible").all() == []
    assert page.inner_text("main").strip()


CHOSEN = "[aria-current], [aria-pressed=true], [aria-expanded=true], [aria-selected=true]"

BORDERLESS = """buttons => buttons.filter(button => {
  const { borderTopWidth, borderTopColor } = getComputedStyle(button);
  const { backgroundColor } = getComputedStyle(document.body);
  return parseFloat(borderTopWidth) < 1 || borderTopColor === backgroundColor;
}).map(button => button.outerHTML.slice(0, 160))"""


@all_pages
def test_forced_colours_show_what_is_chosen_and_where_buttons_end(
    browse: Browse, address: str
) -> None:
    page = browse(address, forced_colors="active")
    ready(page)
    for save in page.locator(".ps-save").all()[:1]:
        save.click()
    buttons = page.locator("button:visible, input[type=submit]:visible, summary.ps-button:visible")
    assert buttons.evaluate_all(BORDERLESS) == []
    for chosen in page.locator(CHOSEN).filter(visible=True).element_handles():
        assert differs(chosen), chosen.evaluate("element => element.outerHTML")


def differs(chosen: ElementHandle) -> bool:
    """Whether an element looks otherwise for being chosen."""
    before = chosen.screenshot(animations="disabled")
    chosen.evaluate(
        """element => {
          for (const name of ["aria-current", "aria-pressed", "aria-expanded", "aria-selected"])
            element.removeAttribute(name);
        }"""
    )
    return chosen.screenshot(animations="disabled") != before


@all_pages
def test_names_of_links_and_buttons_hold_what_is_read_on_them(browse: Browse, address: str) -> None:
    page = browse(address)
    ready(page)
    for width in WIDTHS:
        page.set_viewport_size(size(width))
        assert mismatches(page) == []


SEEN = """function () {
  if (!this.querySelector?.("math")) return this.innerText ?? "";
  const copy = this.cloneNode(true); // Chromium names nothing by its formulas
  for (const formula of copy.querySelectorAll("math")) formula.remove();
  return copy.textContent;
}"""


def mismatches(page: Page) -> list[tuple[str, str]]:
    """The name and the visible text of links and buttons whose name does not hold it."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    found = []
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        if node["ignored"] or node["role"]["value"] not in ("link", "button"):
            continue
        element = session.send("DOM.resolveNode", {"backendNodeId": node["backendDOMNodeId"]})
        read = {
            "objectId": element["object"]["objectId"],
            "functionDeclaration": SEEN,
        }
        seen = session.send("Runtime.callFunctionOn", read)["result"]["value"]
        name = " ".join(node["name"]["value"].split())
        if not name or " ".join(seen.split()).casefold() not in name.casefold():
            found.append((name, seen))
    return found
