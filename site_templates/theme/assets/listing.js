/* All entries of a list of papers, also those on its other pages. */

import { each, page } from "./pages.js";

/** The entries of the page that was opened, in the list's own order. */
export const own = [...document.querySelectorAll(".ps-columns .ps-list > .ps-entry[data-id]")];

const current = Number(document.querySelector(".ps-pager [aria-current]")?.textContent) || 1;
const loaded = new Map([[current, own]]);

/**
 * The entries of a list in its own order.
 *
 * @param {HTMLElement} tools the list's `.ps-tools`, which says where its pages are.
 * @param {number} most entries that are needed.
 * @param {(sentence: string) => boolean | void} told of progress.
 * @returns {Promise<{ entries: HTMLElement[], isWhole: boolean }>}
 */
export async function entries(tools, most = Infinity, told = () => {}) {
  const start = new URL(tools.dataset.start, document.baseURI);
  const pages = Number(tools.dataset.pages) || 1;
  const perPage = current < pages ? own.length : 1;
  const needed = Math.min(pages, perPage > 1 ? Math.ceil(most / perPage) : pages);
  const missing = Array.from({ length: needed }, (_, at) => at + 1).filter((n) => !loaded.has(n));
  const results = await each(
    missing,
    async (n) => loaded.set(n, await entriesOf(n === 1 ? start : new URL(`${n}/`, start))),
    (done) => told(`Loading page ${done} of ${missing.length}`),
  );
  const failed = results.find((result) => result?.error);
  if (failed) throw failed.error;
  const found = Array.from({ length: needed }, (_, at) => loaded.get(at + 1) ?? []).flat();
  return { entries: found.slice(0, most), isWhole: needed === pages && found.length <= most };
}

async function entriesOf(address) {
  const { document: other, url } = await page(address);
  const found = [...other.querySelectorAll(".ps-columns .ps-list > .ps-entry[data-id]")];
  if (!found.length) throw new Error(`${url.pathname} has no papers.`);
  return found.map((entry) => {
    for (const link of entry.querySelectorAll("[href]")) link.setAttribute("href", new URL(link.getAttribute("href"), url));
    return document.importNode(entry, true);
  });
}
