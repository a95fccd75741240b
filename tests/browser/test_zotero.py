"""What Zotero finds on pages once their scripts ran, by the rules of its translators.

*COinS* offers to save several papers where a page has more than one `span` of the class `Z3988`
whose title is a context object of a known kind. *Embedded Metadata* takes `citation_abstract`.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Browse
from tests.browser.server import Host

SPANS = """() => {
  const path = '//x:span[@class="Z3988"][@title]';
  const namespace = () => 'http://www.w3.org/1999/xhtml';
  const kind = XPathResult.ORDERED_NODE_SNAPSHOT_TYPE;
  const found = document.evaluate(path, document, namespace, kind);
  return Array.from({length: found.snapshotLength}, (_, place) => found.snapshotItem(place).title);
}"""
PATIENCE = 20_000
"""Milliseconds: what Zotero reads comes after all that people see."""

KINDS = {"journal", "book", "dc"}


def context_objects(page: Page, count: int) -> list[dict[str, list[str]]]:
    page.wait_for_function(f"({SPANS})().length >= {count}", timeout=PATIENCE)
    return [parse_qs(title) for title in page.evaluate(SPANS)]


def records(host: Host) -> dict[str, dict[str, Any]]:
    lines = (host.folder / "catalog.jsonl").read_text("utf-8").splitlines()
    return {record["id"]: record for record in map(json.loads, lines)}


def title_of(said: dict[str, list[str]]) -> str:
    return said.get("rft.atitle", said.get("rft.title", [""]))[0]


@pytest.mark.parametrize("path", ["", "topics/ants/", "titles/", "days/2026/"])
def test_every_paper_of_a_list_can_be_saved_at_once(
    browse: Browse, library_host: Host, path: str
) -> None:
    page = browse(library_host.url + path)
    ids = page.locator(".ps-columns .ps-entry").evaluate_all(
        "all => all.map(one => one.querySelector('a').pathname.split('/').at(-2))"
    )
    assert len(ids) > 1
    found = context_objects(page, len(ids))
    by_id = records(library_host)
    assert [title_of(said) for said in found] == [by_id[one]["title"] for one in ids]
    for said in found:
        assert said["ctx_ver"] == ["Z39.88-2004"]
        assert said["rft_val_fmt"][0].rpartition(":")[2] in KINDS


def test_the_page_of_a_paper_has_its_abstract_and_no_span(
    browse: Browse, library_host: Host
) -> None:
    page = browse(f"{library_host.url}papers/paper-03/")
    tag = page.locator("meta[name=citation_abstract]")
    tag.wait_for(state="attached", timeout=PATIENCE)
    record = records(library_host)["paper-03"]
    assert tag.get_attribute("content") == " ".join(record["abstract"].split())
    assert page.evaluate(SPANS) == []


def test_who_saves_data_is_spared_what_zotero_alone_reads(
    browse: Browse, library_host: Host
) -> None:
    page = browse("about:blank", host=library_host)
    page.add_init_script("Object.defineProperty(navigator.connection, 'saveData', {value: true})")
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.clock.install()
    page.goto(f"{library_host.url}topics/ants/")
    page.wait_for_load_state("networkidle")
    page.clock.run_for(PATIENCE)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SPANS) == []
    assert not [address for address in addresses if address.endswith((".bin", "manifest.json"))]


def test_a_list_stays_as_it_is_where_citations_cannot_be_had(
    browse: Browse, library_host: Host
) -> None:
    page = browse("about:blank", host=library_host)
    page.route("**/search/manifest.json", lambda route: route.fulfill(json={"version": 0}))
    page.clock.install()
    page.goto(f"{library_host.url}topics/ants/")
    with page.expect_request("**/search/manifest.json"):
        page.clock.run_for(10_000)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SPANS) == []
