"""Keyboard, search box, drawer and palette, as people use them."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from generator.build import site
from tests.browser.conftest import Browse
from tests.browser.server import Host, serve
from tests.conftest import MakeCatalog

PHONE = 390
PAPER = "papers/lumina-next-making-lumina-t2x-stronger-and-faster-with-next-dit/"


def field(page: Page) -> Locator:
    return page.locator(".md-search__input")


def results(page: Page) -> Locator:
    return page.locator(".md-search-result__item > a")


def count(page: Page) -> Locator:
    return page.locator(".md-search-result__meta")


def search(page: Page, query: str) -> None:
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    field(page).fill("")
    page.keyboard.type(query)
    page.keyboard.press("End")  # letters of other scripts come without a key, as from a real IME
    expect(count(page)).to_have_text(re.compile(r"^[\d,]+ papers?$|^Nothing matches"))


def test_slash_opens_the_search_and_arrows_choose_a_paper(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    search(page, "speculative decoding")
    expect(results(page).first).to_be_visible()
    addresses = results(page).evaluate_all("links => links.map(link => link.pathname)")
    assert all(address.startswith("/demo/papers/") for address in addresses[:-1])
    assert addresses[-1] == "/demo/search/"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{demo_host.origin}{addresses[0]}?h=speculative+decoding")
    expect(page.locator(".ps-abstract").first).to_be_visible()


def test_escape_leaves_the_search(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    search(page, "token")
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    expect(page.locator(".md-search__output")).to_have_css("opacity", "0")


@pytest.mark.parametrize(
    ("query", "paper"),
    [
        ("right hands report", "many-authors"),
        ("forty people wrote", "many-authors"),
        ("Lovelace", "mathematics"),
        ("lovel", "mathematics"),
        ("للعربية", "right-to-left"),
        ("attention", "mathematics"),
    ],
)
def test_a_paper_is_found_by_title_abstract_and_author(
    browse: Browse, showcase_host: Host, query: str, paper: str
) -> None:
    page = browse(showcase_host.url)
    search(page, query)
    link = results(page).first
    expect(link).to_have_attribute("href", re.compile(rf"/shelf/papers/{paper}/(\?h=|$)"))


def test_papers_are_found_by_topic(browse: Browse, showcase_host: Host) -> None:
    page = browse(showcase_host.url)
    search(page, "surveys")
    lines = (showcase_host.folder / "catalog.jsonl").read_text("utf-8").splitlines()
    papers = [paper for paper in map(json.loads, lines) if "surveys" in paper.get("topics", ())]
    expect(results(page).last).to_have_text(f"All {len(papers)} results")


@pytest.mark.parametrize("query", ["titles", "about", "days", "page", "august 2025", "undated"])
def test_search_never_lists_a_listing(browse: Browse, demo_host: Host, query: str) -> None:
    page = browse(demo_host.url)
    search(page, query)
    page.wait_for_timeout(200)
    for link in results(page).all():
        assert re.search(r"/demo/(papers/|search/\?q=)", link.get_attribute("href") or "")


def test_hostile_text_is_found_and_shown_as_text(browse: Browse, hostile_host: Host) -> None:
    page = browse(hostile_host.url)
    for query in ("script", "img onerror", "click", "raw", "textarea", "MASK", "evil"):
        search(page, query)
        expect(results(page).first).to_be_visible()
        page.locator(".md-search__scrollwrap").evaluate("box => box.scrollTo(0, box.scrollHeight)")
        assert (
            page.locator(".md-search-result :is(script, img, svg svg, iframe, input)").all() == []
        )
        assert page.evaluate("window.__pwned") is None
    search(page, "pwned = 1")
    title = "<script>window.__pwned = 1</script>"
    expect(page.locator(".md-search-result h2").filter(has_text=title).first).to_be_visible()
    page.locator(".md-search-result h2").filter(has_text=title).first.click()
    expect(page.locator("h1")).to_have_text(title)
    assert page.evaluate("window.__pwned") is None


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_an_address_with_a_query_opens_the_search(
    browse: Browse, demo_host: Host, width: int
) -> None:
    page = browse(f"{demo_host.url}?q=quantization", width=width)
    expect(field(page)).to_have_value("quantization")
    expect(results(page).first).to_be_visible()
    page.wait_for_timeout(300)
    expect(page.locator("#__search")).to_be_checked()


DENIED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); }
})"""
"""Makes a browser that keeps nothing, as one is that blocks all cookies."""

SIGNS = [chr(code) for code in range(ord("!"), 0x7F)]
"""All that a key of an American keyboard writes."""


@pytest.mark.parametrize("path", [PAPER, "days/2025-08-07/2/", "search/?q=token"])
def test_no_key_leaves_the_page(browse: Browse, demo_host: Host, path: str) -> None:
    page = browse(demo_host.url + path)
    page.wait_for_load_state()
    for sign in SIGNS:
        page.keyboard.press(sign)
        page.keyboard.press("Escape")  # leaves the search, if that was its key
        page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(200)
    assert page.url == demo_host.url + path


def switch_keys_off(page: Page, host: Host) -> None:
    page.goto(f"{host.url}#footer")
    page.get_by_role("link", name="Shortcuts").click()
    control = page.get_by_role("checkbox", name="single-key shortcuts")
    expect(control).to_be_in_viewport()
    expect(control).to_be_checked()
    control.focus()
    page.keyboard.press("Space")
    expect(control).not_to_be_checked()


def test_keys_can_be_switched_off_and_on(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    switch_keys_off(page, demo_host)
    for path in ("", PAPER, "search/", "search/?q=token"):
        page.goto(demo_host.url + path)
        page.wait_for_load_state()
        for sign in SIGNS:
            page.keyboard.press(sign)
        focused = page.evaluate("document.activeElement.tagName")
        assert (page.url, focused) == (demo_host.url + path, "BODY")
        expect(page.locator("#__search:checked")).to_have_count(0)
        expect(page.locator(".ps-save[aria-pressed=true]")).to_have_count(0)
    page.goto(f"{demo_host.url}search/#keys")
    page.get_by_role("checkbox", name="single-key shortcuts").check()
    page.goto(demo_host.url)
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()


def test_shortcuts_are_explained_beside_results_too(browse: Browse, demo_host: Host) -> None:
    page = browse(f"{demo_host.url}search/?q=token")
    control = page.get_by_role("checkbox", name="single-key shortcuts")
    expect(control).to_be_hidden()
    page.get_by_role("link", name="Shortcuts").click()
    expect(control).to_be_in_viewport()


def test_with_keys_off_fields_take_all_letters(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    switch_keys_off(page, demo_host)
    page.goto(demo_host.url)
    field(page).click()
    page.keyboard.type("pn,./sjk")
    expect(field(page)).to_have_value("pn,./sjk")


def test_keys_can_be_switched_off_where_nothing_is_kept(chromium: Browser, demo_host: Host) -> None:
    with chromium.new_page() as page:
        page.add_init_script(DENIED)
        page.goto(f"{demo_host.url}search/#keys")
        control, box = (
            page.get_by_role("checkbox", name="single-key shortcuts"),
            page.get_by_role("searchbox"),
        )
        control.uncheck()
        expect(page.get_by_text("keeps nothing for this site")).to_be_visible()
        control.press("/")
        expect(box).not_to_be_focused()
        control.check()
        control.press("/")
        expect(box).to_be_focused()


@pytest.mark.parametrize("path", ["", PAPER, "days/2025-08-07/2/", "about/", "404.html"])
def test_the_first_tab_stop_skips_to_the_content(
    browse: Browse, demo_host: Host, path: str
) -> None:
    page = browse(demo_host.url + path)
    page.keyboard.press("Tab")
    skip = page.locator(".md-skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#.+$"))  # what the key does may come after it
    target = page.locator(f"[id='{page.url.partition('#')[2]}']")
    expect(target).to_be_in_viewport()


def test_the_palette_switches_and_is_remembered(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url, color_scheme="light")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    light = body.evaluate("body => getComputedStyle(body).backgroundColor")
    page.get_by_title("Switch to dark").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    expect(body).not_to_have_css("background-color", light)
    page.goto(f"{demo_host.url}topics/")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_title("Switch to light").click()
    expect(body).to_have_attribute("data-md-color-scheme", "default")


def test_the_palette_switches_where_nothing_is_kept(chromium: Browser, demo_host: Host) -> None:
    with chromium.new_page(color_scheme="light") as page:
        page.add_init_script(DENIED)
        page.goto(demo_host.url)
        for name, scheme in (("Switch to dark", "slate"), ("Switch to light", "default")):
            page.get_by_role("button", name=name).press("Enter")
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
        expect(page.get_by_role("button", name="Switch to dark")).to_be_focused()


@pytest.mark.parametrize("path", ["", "search/?q=token"])
@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_palette_switches_by_keyboard(
    browse: Browse, demo_host: Host, path: str, key: str
) -> None:
    page = browse(demo_host.url + path, color_scheme="light")
    body = page.locator("body")
    page.get_by_role("button", name="Switch to dark").focus()
    for scheme, name in (("slate", "Switch to light"), ("default", "Switch to dark")):
        page.keyboard.press(key)
        expect(body).to_have_attribute("data-md-color-scheme", scheme)
        expect(page.get_by_role("button", name=name)).to_be_focused()
        expect(page.get_by_role("button", name=name)).to_have_css("outline-style", "solid")


def test_the_palette_follows_the_system_until_it_is_chosen(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url, color_scheme="light")
    body = page.locator("body")
    page.emulate_media(color_scheme="dark")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_role("button", name="Switch to light").click()
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    expect(body).to_have_attribute("data-md-color-scheme", "default")


def test_the_colours_of_the_system_are_there_before_anything_is_seen(
    make_catalog: MakeCatalog, browse: Browse
) -> None:
    options = [
        {"media": f"(prefers-color-scheme{form})", "scheme": scheme, "toggle": toggle}
        for form, scheme, toggle in (
            ("", "default", {"icon": "papershelf/sun", "name": "As the system"}),
            (": light", "default", {"icon": "papershelf/sun", "name": "Light"}),
            (": dark", "slate", {"icon": "papershelf/moon", "name": "Dark"}),
        )
    ]
    root = make_catalog({}, settings={"theme": {"name": "papershelf", "palette": options}})
    with serve(site.build(root).site_dir, "/") as host:
        page = browse(host.url, color_scheme="light")
        page.get_by_role("button", name="As the system").click()
        page.get_by_role("button", name="Light").click()
        page.get_by_role("button", name="Dark").click()
        page.emulate_media(color_scheme="dark")
        page.route(
            "**/header.js", lambda route: route.fulfill(body="", content_type="text/javascript")
        )  # which comes later
        page.reload()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize("path", ["", "search/"])
def test_the_drawer_opens_and_closes_by_keyboard(
    browse: Browse, demo_host: Host, path: str
) -> None:
    page = browse(demo_host.url + path, width=PHONE)
    menu = page.get_by_role("button", name="Menu")
    drawer = page.get_by_role("navigation", name="Sections")
    for key in ("Enter", "Space"):
        menu.focus()
        page.keyboard.press(key)
        expect(drawer).to_be_in_viewport()
        page.keyboard.press("Tab")
        expect(drawer.get_by_role("link").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(drawer).to_be_hidden()
        expect(menu).to_be_focused()


def test_the_drawer_closes_when_the_keyboard_goes_on(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url, width=PHONE)
    page.get_by_role("button", name="Menu").press("Enter")
    drawer = page.get_by_role("navigation", name="Sections")
    drawer.get_by_role("link").last.focus()
    page.keyboard.press("Tab")
    expect(drawer).to_be_hidden()
    expect(page.locator(".ps-name:visible")).to_be_focused()


def test_the_drawer_has_the_pages_of_sections_too(
    browse: Browse, make_catalog: MakeCatalog
) -> None:
    guide = {"Guide": [{"First": "first.md"}, {"More": [{"Second": "second.md"}]}]}
    root = make_catalog(settings={"nav": [{"Latest": "index.md"}, guide, {"About": "about.md"}]})
    for name in ("first", "second"):
        (root / f"content/pages/{name}.md").write_text(f"# The {name}", "utf-8")
    with serve(site.build(root).site_dir, "/shelf/") as host:
        page = browse(f"{host.url}second/", width=PHONE)
        page.get_by_role("button", name="Menu").click()
        links = page.get_by_role("navigation", name="Sections").get_by_role("link")
        names = ["Latest", "Guide", "First", "More", "Second", "About"]
        assert [link.inner_text() for link in links.all()] == names
        expect(links.nth(4)).to_have_attribute("aria-current", "page")
        links.nth(2).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The first")


def test_the_drawer_closes_beside_it(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url, width=PHONE)
    page.get_by_role("button", name="Menu").tap()
    drawer = page.get_by_role("navigation", name="Sections")
    expect(drawer).to_be_in_viewport()
    page.touchscreen.tap(PHONE - 10, 600)
    expect(drawer).to_be_hidden()


def test_the_drawer_leads_to_the_topics_on_a_phone(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url, width=PHONE)
    link = page.get_by_role("link", name="Topics", exact=True)
    expect(link).not_to_be_in_viewport()
    page.locator(".ps-menu").click()
    link.click()
    expect(page).to_have_url(f"{demo_host.url}topics/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Topics")


def test_a_formula_too_wide_for_the_page_scrolls_by_keyboard(
    browse: Browse, showcase_host: Host
) -> None:
    page = browse(f"{showcase_host.url}papers/mathematics/", width=PHONE)
    formula = page.locator("math[display=block]")
    formula.focus()
    page.keyboard.press("ArrowRight")
    expect(formula).to_be_focused()
    page.wait_for_function("document.activeElement.scrollLeft > 0")
