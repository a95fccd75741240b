/* The reading list: which papers were saved in this browser, and the buttons that save them. */

import { all, announce, element, idHere, idOf, isTyping, titleOf } from "./elements.js";
import { canKeep, keep, kept, watch } from "./keep.js";

const KEY = "saved";
const FULL = "Not saved: this browser’s storage is full";
const ICON = "M6.5 3.5h11v17l-5.5-4.5-5.5 4.5z";

/** Tells that the list is another now, also when another tab changed it. */
export const changes = new EventTarget();

export const isPossible = canKeep();

/**
 * What can be the id of a paper, and a part of an address.
 *
 * @param {unknown} id
 * @returns {id is string}
 */
export const isId = (id) => typeof id === "string" && /^(?!\.+$)[^\s/\\?#%]{1,200}$/u.test(id);

/**
 * The ids of all saved papers, the latest first.
 *
 * @returns {string[]}
 */
export function ids() {
  const found = kept(KEY);
  return Array.isArray(found) ? [...new Set(found.filter(isId))] : [];
}

/** @param {string[]} more papers to save in this order, before all others; those that are saved stay where they are. */
export function save(more, place = 0) {
  const known = ids();
  const fresh = more.filter((id) => isId(id) && !known.includes(id));
  return write(known.toSpliced(place, 0, ...fresh));
}

/** @param {string} id */
export function remove(id) {
  return write(ids().filter((one) => one !== id));
}

/**
 * Let a paper that has another id now keep its place.
 *
 * @param {string} old
 * @param {string} id
 */
export function rename(old, id) {
  return write([...new Set(ids().map((one) => (one === old ? id : one)))]);
}

/** @param {string[]} list */
function write(list) {
  const isKept = keep(KEY, list);
  if (!isKept) announce(FULL, { isSeen: true });
  told();
  return isKept;
}

function told() {
  show(document);
  changes.dispatchEvent(new Event("change"));
}

/** @param {ParentNode} root within which every entry of a list gets its button. */
export function dress(root) {
  if (!isPossible) return;
  for (const entry of all(root, ".ps-entry:not(:has(.ps-save))")) {
    const title = titleOf(entry);
    const heading = title.closest("h2, h3") ?? title;
    heading.after(small(title.textContent));
  }
  show(root);
}

/** @param {string} title */
function small(title) {
  const button = element("button", { type: "button", class: "ps-save", "aria-label": `Save “${title}”` });
  button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICON}"/></svg>`;
  return button;
}

/** @param {ParentNode} root on each button of which is shown whether its paper is saved. */
function show(root) {
  const known = new Set(ids());
  for (const button of all(root, ".ps-save")) {
    const isSaved = known.has(paperOf(button));
    button.setAttribute("aria-pressed", String(isSaved));
    if (button.closest(".ps-actions")) button.textContent = isSaved ? "Saved" : "Save";
    else button.title = isSaved ? "Saved" : "Save";
  }
}

/** @param {HTMLElement} button */
function paperOf(button) {
  /** @type {HTMLElement | null} */
  const entry = button.closest(".ps-entry");
  return entry ? idOf(entry) : idHere();
}

/** @param {HTMLElement} button */
function toggle(button) {
  const id = paperOf(button);
  if (ids().includes(id)) remove(id);
  else save([id]);
}

function start() {
  const actions = document.querySelector(".ps-actions[data-paper]");
  actions?.append(element("li", {}, element("button", { type: "button", class: "ps-save" })));
  dress(document);

  document.addEventListener("click", ({ target }) => {
    /** @type {HTMLElement | null} */
    const button = target instanceof Element ? target.closest(".ps-save") : null;
    if (button) toggle(button);
  });

  // Before Material, for which this key is another way to its search box.
  document.addEventListener(
    "keydown",
    (event) => {
      const { key, target, repeat } = event;
      const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing);
      if (key !== "s" || !isPlain || repeat || isTyping(target) || !(target instanceof Element)) return;
      /** @type {HTMLElement | null | undefined} */
      const button = (target.closest(".ps-entry") ?? actions)?.querySelector(".ps-save");
      if (!button) return;
      event.preventDefault();
      event.stopPropagation();
      toggle(button);
      const isSaved = button.getAttribute("aria-pressed") === "true";
      announce(isSaved ? "Saved to the reading list" : "Removed from the reading list");
    },
    { capture: true },
  );

  watch(KEY, told);
  addEventListener("pageshow", ({ persisted }) => persisted && told());
}

if (isPossible) start();
