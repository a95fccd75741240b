/* What works on every page: shortcuts, the drawer, and the switch between light and dark. */

/* global __md_set, palette */

import "./shortcuts.js";
import { element, find } from "./elements.js";

// Material's script, where it is, takes any `alternate` for the site in another language, and asks for
// its sitemap. Feeds are named again once that ran.

/** @type {NodeListOf<HTMLLinkElement>} */
const alternates = document.querySelectorAll("link[rel=alternate][type]");
const feeds = document.querySelector("#__config") ? [...alternates] : [];
for (const feed of feeds) feed.rel = "feed";
addEventListener("load", () => {
  for (const feed of feeds) feed.rel = "alternate";
});

// The drawer: the browser opens and closes it. It never stays where focus has gone on.

/** @type {HTMLElement | null} */
const drawer = document.querySelector("#ps-nav");

drawer?.addEventListener("focusout", ({ relatedTarget }) => {
  // The button that opened it closes it by itself.
  if (!(relatedTarget instanceof Element) || relatedTarget.matches("[popovertarget]")) return;
  if (!drawer.contains(relatedTarget)) drawer.hidePopover?.();
});
addEventListener("pagehide", () => drawer?.hidePopover?.());

// Colours: the button stands for the set that is shown, and leads to the next

/** @type {HTMLButtonElement | null} */
const button = document.querySelector(".ps-palette");
const tint = element("meta", { name: "theme-color" }); // of what the browser draws around the page

let shown = 0;

/**
 * Show a set of colours; what Material keeps of it.
 *
 * @param {HTMLButtonElement} button
 * @param {number} index
 */
function show(button, index) {
  const kept = palette.show(index);
  const { icon = "", name = "" } = palette.options[index];
  button.innerHTML = icon; // the theme's own
  button.title = name;
  button.ariaLabel = name;
  tint.content = getComputedStyle(find(document, ".md-header")).backgroundColor;
  shown = index;
  return kept;
}

if (button && palette.options.some(({ icon }) => icon)) {
  document.head.append(tint);
  show(button, palette.preferred());
  button.addEventListener("click", () => {
    __md_set("__palette", show(button, (shown + 1) % palette.options.length));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show(button, palette.preferred()));
} else button?.remove();
