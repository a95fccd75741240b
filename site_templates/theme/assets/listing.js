/* All entries of a list of papers, also those on its other pages. */

import { all, find } from "./elements.js";
import { each, page } from "./pages.js";

const ENTRIES = ".ps-columns .ps-list > .ps-entry";

/** The entries of the page that was opened, in the list's own order. */
export const own = all(document, ENTRIES);

const tools = find(document, ".ps-tools");
const start = new URL(tools.dataset.start ?? "", document.baseURI);
/** The name of the page that was opened; that of a list's first page is empty. */
const current = location.pathname.slice(start.pathname.length).replace("/", "");
const loaded = new Map([[current, own]]);
let whole = tools.dataset; // what the first page says of the list, once it is there

/**
 * The entries of a list in its own order.
 *
 * @param {number} most entries that are needed.
 * @param {(sentence: string) => boolean | void} told of progress.
 * @returns {Promise<{ entries: HTMLElement[], isWhole: boolean }>}
 */
export async function entries(most = Infinity, told = () => {}) {
  await load([""], told);
  const names = ["", ...(whole.names ?? "").split(" ").filter(Boolean)];
  /** @type {HTMLElement[]} */
  const found = [];
  let next = 0;
  while (next < names.length && found.length < most) {
    const some = names.slice(next, next + Math.ceil((most - found.length) / own.length));
    await load(some, told);
    found.push(...some.flatMap((name) => loaded.get(name) ?? []));
    next += some.length;
  }
  return { entries: found.slice(0, most), isWhole: next === Number(whole.pages) && found.length <= most };
}

/**
 * @param {string[]} names of pages.
 * @param {(sentence: string) => boolean | void} told of progress.
 */
async function load(names, told) {
  const missing = names.filter((name) => !loaded.has(name));
  const results = await each(
    missing,
    async (name) => loaded.set(name, await entriesOf(name ? new URL(`${name}/`, start) : start)),
    (done) => told(`Loading page ${done} of ${missing.length}`),
  );
  const failed = results.find((result) => result?.error);
  if (failed) throw failed.error;
}

/** @param {URL} address of a page of the list. */
async function entriesOf(address) {
  const { document: other, url } = await page(address);
  /** @type {HTMLElement | null} */
  const place = other.querySelector(".ps-tools");
  const about = place?.dataset ?? {};
  // Some hosts answer with another page where there is none.
  const isOfList = about.start !== undefined && new URL(about.start, url).pathname === start.pathname;
  const found = isOfList ? all(other, ENTRIES) : [];
  if (!found.length) throw new Error(`${url.pathname} has no papers.`);
  if (address === start) whole = about;
  return found.map((entry) => {
    for (const link of entry.querySelectorAll("[href]"))
      link.setAttribute("href", new URL(link.getAttribute("href") ?? "", url).href);
    return document.importNode(entry, true);
  });
}
