/* The page works without this. What only some pages have is fetched where it is. */

import "./header.js";
import { all, element, find, isTyping } from "./elements.js";

/** What can be scrolled must be reachable without a mouse. */
function letKeyboardIn() {
  for (const formula of document.querySelectorAll("math")) {
    if (formula.scrollWidth > formula.clientWidth + 1) formula.tabIndex = 0;
    else formula.removeAttribute("tabindex");
  }
}

letKeyboardIn();
addEventListener("resize", letKeyboardIn);

// The search box: what answers it comes when somebody goes there.
const FIELD = { autocapitalize: "off", autocomplete: "off", dir: "auto", enterkeyhint: "search", spellcheck: "false" };
/** @type {HTMLInputElement | null} */
const field = document.querySelector(".md-search__input");

async function answer() {
  try {
    await import("./search/box.js");
  } catch {
    const failed = "The search could not be loaded. Press Enter to go to its page.";
    const said = element("p", { class: "md-search__output md-search-result__meta", role: "status" }, failed);
    document.querySelector(".md-search__output")?.remove();
    field?.form?.after(said);
  }
}

if (field) {
  for (const [name, value] of Object.entries(FIELD)) field.setAttribute(name, value);
  field.addEventListener("focus", answer);
  const query = new URLSearchParams(location.search).get("q");
  if (query) {
    field.value = query;
    field.focus();
  } else if (document.activeElement === field) answer();
  const toggle = find(document, "#__search", HTMLInputElement);
  toggle.addEventListener("change", () => toggle.checked && field.focus());
  addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!["/", "f", "s"].includes(key) || isTyping(target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || toggle.checked) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}

// An author who has no page is sought: that needs scripts, too.
for (const name of document.querySelectorAll(".ps-byline > span:not([class])")) {
  const query = new URLSearchParams({ q: `authors:"${name.textContent}"` });
  name.replaceWith(element("a", { href: new URL(`../search/?${query}`, import.meta.url) }, name.textContent));
}

// A link that the edge of its row cuts off is shown whole when the keyboard comes to it.
for (const row of all(document, ".ps-beside ul")) {
  row.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element) target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

/** @param {string} selector */
const has = (selector) => document.querySelector(selector) !== null;

if (has(".ps-entry, [data-paper]")) {
  import("./saved.js");
  import("./zotero.js");
}
if (has(".ps-entry")) import("./visit.js");
if (has(".ps-tools")) import("./order.js");
if (has("[data-reading]")) import("./reading-list.js");
if (new URLSearchParams(location.search).get("h")) import("./highlight.js");

// Buttons to copy and download come when citations are looked at.
/** @type {HTMLDetailsElement | null} */
const cite = document.querySelector("#cite");
cite?.addEventListener("toggle", () => import("./cite.js"), { once: true });

function openCite() {
  if (cite && location.hash === "#cite") cite.open = true;
}

if (cite) {
  openCite();
  addEventListener("hashchange", openCite);
}
