"""What a search costs: the time until a browser has painted results, the bytes that were sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.parse import quote_plus

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.search_host import Host
from tests.benchmarks.search_systems import PAPERSHELF, System
from tests.browser.conftest import ARGUMENTS, CHROMIUM

LONGEST = 120_000
"""Milliseconds to wait for results at most."""

AFTERWARDS = 300
"""Milliseconds that a page is left after it showed results, to count what it fetches then."""

WATCH = """
window.bench = (() => {
  const shown = %s;
  let found, resolve, waiting;
  const expect = () => {
    found = false;
    waiting = new Promise((done, failed) => {
      resolve = done;
      setTimeout(() => failed(new Error(`no results: ${document.body.innerText}`)), %d);
    });
  };
  const painted = () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(null);
  };
  new MutationObserver(() => {
    if (found || !shown()) return;
    found = true;
    requestAnimationFrame(painted);
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  expect();
  return {
    shown: () => waiting, // milliseconds from the beginning of the navigation
    async ask(query) {
      expect();
      const start = performance.now();
      const box = document.querySelector("[data-search-state] [name=q]");
      box.value = query;
      box.form.requestSubmit();
      return await waiting - start;
    },
  };
})();
"""
"""Runs in each page before its own scripts. The frame that shows the results has been made when a
message that was sent just before it arrives."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one search, or of the same one several times."""

    milliseconds: float
    bytes: int
    """All that was sent until results were shown: the page, its theme and scripts too."""

    later: int
    """What was sent soon after, such as the counts beside the results."""

    def __str__(self) -> str:
        later = f", then {self.later / 1000:,.0f} KB" if self.later >= 1000 else ""
        return f"{self.milliseconds:,.0f} ms, {self.bytes / 1000:,.0f} KB{later}"


def typical(costs: Sequence[Cost]) -> Cost:
    """The median time, and the most bytes."""
    return Cost(
        median(cost.milliseconds for cost in costs),
        max(cost.bytes for cost in costs),
        max(cost.later for cost in costs),
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS.split())
        yield browser
        browser.close()


@contextmanager
def fresh_page(browser: Browser, system: System = PAPERSHELF) -> Iterator[Page]:
    """A page that is watched, in a context that has seen nothing yet."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(LONGEST)
    context.add_init_script(WATCH % (system.shown, LONGEST))
    yield context.new_page()
    context.close()


def cold(browser: Browser, host: Host, system: System, query: str, runs: int) -> Cost:
    """What it costs to open the address of a search with nothing in the cache.

    A first run is not counted: in it the host reads and compresses its files.
    """
    return typical([_cold(browser, host, system, query) for _ in range(runs + 1)][1:])


def _cold(browser: Browser, host: Host, system: System, query: str) -> Cost:
    with fresh_page(browser, system) as page:
        before = len(host.sent)
        milliseconds = open_search(page, host, system, query)
        shown = len(host.sent)
        page.wait_for_timeout(AFTERWARDS)
        sizes = [one.bytes for one in host.sent[before:]]
    return Cost(milliseconds, sum(sizes[: shown - before]), sum(sizes[shown - before :]))


def open_search(page: Page, host: Host, system: System, query: str) -> float:
    """Go to the address of a search; the milliseconds until its results were shown."""
    url = f"{host.origin}{system.path}?q={quote_plus(query)}"
    page.goto(url, wait_until="commit")
    return float(page.evaluate("() => bench.shown()"))


def warm(browser: Browser, host: Host, queries: Sequence[str], runs: int) -> dict[str, float]:
    """The median milliseconds of each query, asked on a page that answered others before."""
    found: dict[str, list[float]] = {query: [] for query in queries}
    for _ in range(runs):
        with fresh_page(browser) as page:
            open_search(page, host, PAPERSHELF, "transformer")
            for query in queries:
                page.wait_for_timeout(AFTERWARDS)
                found[query].append(float(page.evaluate("(query) => bench.ask(query)", query)))
    return {query: median(times) for query, times in found.items()}


ASK = """async (requests) => {
  const { Client } = await import("/assets/search/client.js");
  const client = new Client(new URL("/", location.href));
  const answers = [];
  for (const request of requests) answers.push(await client.ask(request));
  return answers;
}"""


def ask(browser: Browser, host: Host, requests: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What Papershelf's engine answers, one after the other, without its page."""
    with fresh_page(browser) as page:
        page.goto(f"{host.origin}search/")
        answers: list[dict[str, Any]] = page.evaluate(ASK, list(requests))
    return answers
