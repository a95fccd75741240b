/* Before the first paint, so that nothing jumps: an address with a query shows no help but the place
   where results will be. The rest is `page.js`; where that cannot come, this says so. */

{
  const query = new URLSearchParams(location.search).get("q") ?? "";
  const root = /** @type {HTMLElement} */ (document.querySelector("[data-search-state]"));
  /** @type {(selector: string) => any} */
  const find = (selector) => root.querySelector(selector);
  find("[name=q]").value = query;
  find(".ps-help").open = !query.trim();
  find(".ps-facets").open = matchMedia("(min-width: 60em)").matches;
  if (query.trim()) root.dataset.searchState = "busy";
  addEventListener(
    "error",
    ({ target }) => {
      if (!(target instanceof HTMLScriptElement && target.src.endsWith("/search/page.js"))) return;
      const failed = find(".ps-failed");
      if (globalThis.origin === "null") {
        failed.querySelector("p").textContent =
          "Search does not run within another page that keeps this one apart. Open this page in a tab of its own.";
        failed.querySelector("button").hidden = true;
      }
      failed.hidden = false;
      root.dataset.searchState = "done";
    },
    true,
  );
}
