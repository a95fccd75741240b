/* What works on every page: the drawer, and the switch between light and dark. */

/* global __md_get, __md_set */

import { element } from "./elements.js";

document.documentElement.classList.replace("no-js", "js");

// The drawer: the browser opens and closes it. It never stays where focus has gone on.

const drawer = document.querySelector(".ps-drawer");

drawer?.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget && !drawer.contains(relatedTarget)) drawer.hidePopover?.();
});
addEventListener("pagehide", () => drawer?.hidePopover?.());

// Colours: each button stands for one set and leads to the next

const buttons = [...document.querySelectorAll(".ps-palette button")];
const tint = element("meta", { name: "theme-color" }); // of what the browser draws around the page

/** The set that was chosen before, else the one that the system prefers. */
function preferred() {
  const chosen = __md_get("__palette")?.index;
  if (buttons[chosen]) return chosen;
  return Math.max(0, buttons.findIndex(({ dataset }) => matchMedia(dataset.mdColorMedia).matches));
}

/** Show a set of colours; what Material keeps of it. */
function show(index) {
  const media = buttons[index].dataset.mdColorMedia;
  const isAsSystem = ({ dataset }) => dataset.mdColorMedia !== media && matchMedia(dataset.mdColorMedia).matches;
  const shown = (media === "(prefers-color-scheme)" && buttons.find(isAsSystem)) || buttons[index];
  const { mdColorScheme: scheme, mdColorPrimary: primary, mdColorAccent: accent } = shown.dataset;
  const color = { media, scheme, primary, accent };
  for (const [key, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${key}`, value);
  buttons.forEach((button, place) => (button.hidden = place !== index));
  tint.content = getComputedStyle(document.querySelector(".md-header")).backgroundColor;
  return { index, color };
}

buttons.forEach((button, index) => {
  button.addEventListener("click", () => {
    const next = (index + 1) % buttons.length;
    __md_set("__palette", show(next));
    buttons[next].focus();
  });
});

if (buttons.length) {
  document.head.append(tint);
  show(preferred());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show(preferred()));
}
