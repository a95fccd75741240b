"""Citations on a paper's page: opened, copied, downloaded, closed."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from generator.search.shards import varint
from tests.browser.conftest import Browse
from tests.browser.observing import violations
from tests.browser.server import Host, serve
from tests.search.reader import Numbers

PHONE = 390
PAPER = "papers/paper-03/"
FORMATS = ["apa", "ieee", "acl", "bib", "biblatex", "ris", "csl.json"]
CLIPBOARD = ["clipboard-read", "clipboard-write"]

NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
REFUSED = """
for (const name of ['write', 'writeText'])
  navigator.clipboard[name] = async () => { throw new DOMException('no', 'NotAllowedError'); };
"""

both_widths = pytest.mark.parametrize("width", [PHONE, 1280])


def part(page: Page, format: str) -> Locator:
    return page.locator(f"[data-cite='{format}']")


def shown(page: Page, format: str) -> str:
    return part(page, format).locator("pre, p").text_content() or ""


def opened(page: Page) -> Page:
    page.locator("#cite > summary").click()
    expect(part(page, "bib").get_by_role("button").first).to_be_visible()
    return page


def test_bibtex_is_read_without_javascript(browse: Browse, library_host: Host) -> None:
    page = browse(library_host.url + PAPER, java_script_enabled=False)
    page.locator("#cite > summary").click()
    expect(part(page, "bib")).to_be_visible()
    assert page.locator("#cite button").count() == 0


@both_widths
def test_one_click_copies_a_citation(browse: Browse, library_host: Host, width: int) -> None:
    page = opened(browse(library_host.url + PAPER, width=width, permissions=CLIPBOARD))
    for style in FORMATS:
        button = part(page, style).get_by_role("button", name="Copy")
        button.click()
        expect(part(page, style).get_by_role("button", name="Copied")).to_be_visible()
        expect(page.get_by_role("status").last).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == shown(page, style)
    expect(part(page, "apa").get_by_role("button", name="Copy", exact=False)).to_have_text(
        "Copy APA", timeout=5_000
    )


def test_a_sentence_is_copied_with_its_italics(browse: Browse, library_host: Host) -> None:
    page = opened(browse(library_host.url + PAPER, permissions=CLIPBOARD))
    part(page, "apa").get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status").last).to_have_text("Copied")
    html = page.evaluate("""async () => {
      const [one] = await navigator.clipboard.read();
      return (await one.getType("text/html")).text();
    }""")
    assert "<i>A Survey of Nests, Part 3</i>" in html


@pytest.mark.parametrize("harm", [NO_CLIPBOARD, REFUSED])
def test_where_copying_is_refused_the_text_is_selected(
    browse: Browse, library_host: Host, harm: str
) -> None:
    page = browse("about:blank", host=library_host)
    page.add_init_script(harm)
    page.goto(library_host.url + PAPER)
    opened(page)
    for style in ("apa", "ris"):
        part(page, style).get_by_role("button", name="Copy").click()
        said = page.get_by_role("status").last
        expect(said).to_contain_text("The text is selected")
        expect(said).to_be_visible()
        assert page.evaluate("getSelection().toString().trim()") == shown(page, style).strip()
    assert violations(page) == []


@pytest.mark.parametrize(
    ("format", "ending"),
    [("bib", "bib"), ("biblatex", "biblatex.bib"), ("ris", "ris"), ("csl.json", "json")],
)
def test_what_programs_read_is_downloaded(
    browse: Browse, library_host: Host, tmp_path: Path, format: str, ending: str
) -> None:
    page = opened(browse(library_host.url + PAPER))
    key = shown(page, "bib").partition("{")[2].partition(",")[0]
    with page.expect_download() as download:
        part(page, format).get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == f"{key}.{ending}"
    text = Path(download.value.path()).read_text("utf-8")
    if format == "csl.json":
        assert json.loads(text) == [json.loads(shown(page, format))]
    else:
        assert text.rstrip() == shown(page, format).rstrip()
        assert text.endswith("\n")
    if format == "ris":
        assert text.endswith("\nER  - \n")


def test_sentences_are_not_offered_as_files(browse: Browse, library_host: Host) -> None:
    page = opened(browse(library_host.url + PAPER))
    for style in ("apa", "ieee", "acl"):
        expect(part(page, style).get_by_role("button")).to_have_count(1)


def test_an_address_opens_the_citations(browse: Browse, library_host: Host) -> None:
    page = browse(f"{library_host.url}{PAPER}#cite")
    expect(part(page, "bib").get_by_role("button", name="Copy")).to_be_visible()
    page.goto(f"{library_host.url}papers/paper-04/")
    expect(part(page, "bib")).to_be_hidden()
    page.evaluate("location.hash = 'cite'")
    expect(part(page, "bib").get_by_role("button", name="Copy")).to_be_visible()


def test_the_keyboard_opens_and_closes_them(browse: Browse, library_host: Host) -> None:
    page = browse(library_host.url + PAPER)
    summary = page.locator("#cite > summary")
    summary.focus()
    page.keyboard.press("Enter")
    button = part(page, "apa").get_by_role("button", name="Copy")
    expect(button).to_be_visible()
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Escape")
    expect(part(page, "apa")).to_be_hidden()
    expect(summary).to_be_focused()


def test_nothing_of_it_is_fetched_before_it_is_opened(browse: Browse, library_host: Host) -> None:
    start = len(library_host.requests)
    page = browse(library_host.url + PAPER)
    page.wait_for_load_state("networkidle")
    scripts = [one.path for one in library_host.requests[start:] if one.path.endswith(".js")]
    assert not any(path.endswith(("cite.js", "copy.js", "citations.js")) for path in scripts)
    opened(page)


def test_other_formats_that_do_not_come_are_tried_again(broken: Page, library_host: Host) -> None:
    broken.goto(library_host.url + PAPER)
    broken.route("**/shelf/search/*", lambda route: route.abort())
    broken.locator("#cite > summary").click()
    said = broken.locator("#cite [role=status]")
    expect(said).to_contain_text("The other formats could not be loaded")
    for style in FORMATS:
        expect(part(broken, style)).to_be_visible(visible=style == "bib")
    with broken.expect_download() as download:
        part(broken, "bib").get_by_role("button", name="Download").click()
    assert Path(download.value.path()).read_text("utf-8").startswith("@misc{lin-etal-2026-survey,")
    expect(part(broken, "bib").get_by_role("button", name="Copy")).to_be_enabled()
    assert violations(broken) == []
    said.get_by_role("button", name="Try again").click()
    expect(said).to_contain_text("The other formats could not be loaded")
    broken.unroute("**/shelf/search/*")
    said.get_by_role("button", name="Try again").click()
    for style in FORMATS:
        expect(part(broken, style).get_by_role("button", name="Copy")).to_have_count(1)
    expect(said).to_be_empty()


def test_a_host_that_never_answers_is_not_waited_for_all_day(
    broken: Page, library_host: Host
) -> None:
    script = (library_host.folder / "assets/pages.js").read_text("utf-8")
    assert "PATIENCE = 30_000" in script
    hasty = script.replace("PATIENCE = 30_000", "PATIENCE = 100")
    broken.route(
        "**/pages.js", lambda route: route.fulfill(body=hasty, content_type="text/javascript")
    )
    broken.route("**/shelf/search/*", lambda route: None)
    broken.goto(library_host.url + PAPER)
    broken.locator("#cite > summary").click()
    expect(broken.locator("#cite [role=status]")).to_contain_text("could not be loaded")
    broken.unroute_all(behavior="ignoreErrors")


def test_formats_stand_in_their_order(browse: Browse, library_host: Host) -> None:
    page = opened(browse(library_host.url + PAPER))
    expect(part(page, "ris")).to_contain_text("TY  - ")
    order = page.locator("[data-cite]").evaluate_all("all => all.map((one) => one.dataset.cite)")
    assert order == FORMATS


def test_what_many_signed_names_all_and_takes_no_more_room(
    browse: Browse, showcase_host: Host
) -> None:
    page = opened(browse(f"{showcase_host.url}papers/many-authors/"))
    shown = part(page, "csl.json").locator("pre")
    expect(shown).to_contain_text('"given": "Author Number"')
    assert (shown.text_content() or "").count('"family"') == 40
    expect(part(page, "bib").locator("pre")).to_contain_text("and others")
    names = part(page, "ris").locator("pre")
    assert (names.text_content() or "").count("AU  - ") == 40
    assert names.evaluate("one => one.clientHeight < one.scrollHeight / 2")
    names.focus()
    expect(names).to_be_focused()
    assert violations(page) == []


def test_formulas_are_shown_as_formulas(browse: Browse, library_host: Host) -> None:
    page = opened(browse(f"{library_host.url}papers/paper-01/"))
    expect(part(page, "apa").locator("math msup, math mi").first).to_be_visible()
    expect(part(page, "apa").locator("i math")).to_have_count(1)


def test_hostile_titles_are_cited_as_text(browse: Browse, hostile_host: Host) -> None:
    page = browse("about:blank", host=hostile_host)
    for folder in sorted((hostile_host.folder / "papers").glob("*/"))[::4]:
        page.goto(f"{hostile_host.url}papers/{quote(folder.name)}/#cite")
        if not page.locator("#cite").count():
            continue  # an address that leads on
        expect(part(page, "ris")).to_contain_text("TY  - ")
        strange = page.locator("#cite p *").evaluate_all(
            "all => all.filter((one) => one.matches('math, math *') === false)"
            ".map((one) => one.outerHTML)"
        )
        assert {html.partition(">")[0] for html in strange} <= {"<i", '<span class="math"'}
        assert page.evaluate("window.__pwned") is None


HARM = (
    '<img src="x" onerror="self.harm = 1"><script>self.harm = 2</script><i onclick="self.harm = 3">'
    '<a href="javascript:self.harm = 4">A</a></i><math href="//x.example" onclick="self.harm = 5">'
    '<mi style="color: red">x</mi><annotation-xml encoding="text/html"><b>B</b></annotation-xml>'
    "</math>"
)


def test_nothing_but_italics_and_formulas_is_taken_from_a_pack(
    browse: Browse, library_host: Host, tmp_path: Path
) -> None:
    shutil.copytree(library_host.folder, tmp_path / "site")
    harm = json.dumps({"id": "paper-03", **dict.fromkeys(("apa", "ieee", "acl", "biblatex"), HARM)})
    for path in (tmp_path / "site/search").glob("*.bin"):
        data = gzip.decompress(path.read_bytes())
        if b'"id":"paper-03","apa"' not in data:
            continue
        numbers = Numbers(data)
        _, papers = numbers.many(2)
        lengths = numbers.many(4 * papers)
        texts = [numbers.take(length) for length in lengths]
        texts = [harm.encode() if b'"id":"paper-03"' in text else text for text in texts]
        head = bytes([4, papers]) + b"".join(varint(len(text)) for text in texts)
        path.write_bytes(gzip.compress(head + b"".join(texts)))
    with serve(tmp_path / "site", "/shelf/") as host:
        page = opened(browse(host.url + PAPER))
        expect(part(page, "apa")).to_contain_text("A")
        shown = part(page, "apa").locator("p").evaluate("one => one.innerHTML")
        assert "<img" not in shown
        assert "<script" not in shown
        assert "<a" not in shown.replace("<annotation", "")
        assert not re.search("onclick|onerror|href|style", shown)
        part(page, "apa").locator("i").click()
        assert page.evaluate("self.harm") is None


@both_widths
def test_open_citations_have_no_violation(browse: Browse, library_host: Host, width: int) -> None:
    page = opened(browse(library_host.url + PAPER, width=width))
    expect(part(page, "csl.json").get_by_role("button").first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
