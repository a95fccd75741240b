/* What Zotero reads of a page once its scripts ran, and nobody else does.

   A list has a COinS span for each of its papers (https://en.wikipedia.org/wiki/COinS), so that several
   can be saved at once. They come from the files of citations, a few dozen papers in each, when the
   page has been there for a while. The page of a paper has its abstract as a tag. */

import { all, element, idOf } from "./elements.js";

const PATIENCE = 2000; // milliseconds; who has left by then saves nothing

const data = document.querySelector("[type='application/ld+json']");
const { abstract } = data ? JSON.parse(data.textContent) : {};
if (abstract)
  document.head.append(element("meta", { name: "citation_abstract", content: abstract.trim().replace(/\s+/g, " ") }));

async function span() {
  const { Lookup } = await import("./lookup.js");
  const entries = all(document, ".ps-columns .ps-entry");
  const found = await new Lookup().cited(entries.map(idOf), "coins", () => document.visibilityState === "visible");
  for (const [place, { value }] of found.entries()) {
    if (value) entries[place].append(element("span", { class: "Z3988", title: value }));
  }
  // Zotero looks again when a page says so.
  document.dispatchEvent(new Event("ZoteroItemUpdated", { bubbles: true, cancelable: true }));
}

if (document.querySelector(".ps-columns .ps-entry") && !navigator.connection?.saveData) {
  setTimeout(() => span().catch(() => {}), PATIENCE); // without them the page is as it was
}
