/* The box in the header: the best papers as one types. *Enter* leads to all results, which the form
   does by itself, also before this is here. */

import { counted, element, find, number } from "../elements.js";
import { base } from "../keep.js";
import { Client } from "./client.js";
import { addressOf, marked, reason } from "./page-view.js";

/** @import { Child } from "../elements.js" */
/** @import { Answer, Failure, Result } from "./client.js" */

const SHOWN = 8;
const MARKED = 8; // words that the page of a paper marks, too
const PAUSE = 120; // milliseconds until the next key, while somebody types
const PATIENCE = 600; // milliseconds before it says that it is searching
const LONGEST = 100; // characters of a query that are repeated to people

const HELP = "Titles, abstracts, topics, authors";

const box = find(document, ".md-search");
const toggle = find(document, "#__search", HTMLInputElement);
const field = find(box, "[name=q]", HTMLInputElement);
const form = find(box, "form", HTMLFormElement);
const said = element("p", { class: "md-search-result__meta", role: "status" }, HELP);
const list = element("ol", { class: "md-search-result__list" });
const client = new Client(base);

// What the box needs once somebody is there.

/** @param {string} name of a symbol that the page has. */
function icon(name) {
  const svg = find(document, "label[for=__search] svg", SVGElement).cloneNode(true);
  const use = find(/** @type {SVGElement} */ (svg), "use", SVGUseElement);
  use.setAttribute("href", use.href.baseVal.replace("#search", `#${name}`));
  return svg;
}

box.setAttribute("role", "dialog");
box.ariaLabel = "Search papers";
box.prepend(element("label", { class: "md-search__overlay", for: "__search" }));
box.querySelector(".md-search__output")?.remove(); // what said that this could not be loaded
field.after(
  element("label", { class: "md-search__icon md-icon", for: "__search", title: "Close" }, icon("search"), icon("back")),
  element(
    "div",
    { class: "md-search__options" },
    element(
      "button",
      { type: "reset", class: "md-search__icon md-icon", title: "Clear", tabindex: "-1" },
      icon("clear"),
    ),
  ),
);
form.after(
  element(
    "div",
    { class: "md-search__output" },
    element(
      "div",
      { class: "md-search__scrollwrap", tabindex: "0" },
      element("div", { class: "md-search-result" }, said, list),
    ),
  ),
);

let asked = ""; // what the list is of, or will be

/** @param {boolean} isOpen whether the list is to be, as the switch in front of the page does it. */
function open(isOpen) {
  if (toggle.checked !== isOpen) toggle.click();
}

/** Show what is found by what was typed, once nothing more is typed. */
async function ask() {
  const query = field.value;
  if (query === asked) return;
  asked = query;
  const isLatest = () => query === asked;
  /** @param {number} milliseconds */
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  if (!query.trim()) return show(HELP);
  await pause(PAUSE);
  if (!isLatest()) return;
  let isDone = false;
  pause(PATIENCE).then(() => !isDone && isLatest() && say("Searching …"));
  try {
    const answer = await client.ask({ query, count: SHOWN, complete: true });
    if (isLatest()) render(query, answer);
  } catch (error) {
    if (!isLatest()) return;
    show(reason(/** @type {Failure} */ (error)));
    asked = ""; // the same may be asked again
  } finally {
    isDone = true;
  }
}

/**
 * @param {string} query
 * @param {Answer} answer
 */
function render(query, { total, results }) {
  const entries = results.map(entry);
  if (total > results.length) {
    const href = new URL(`search/?${new URLSearchParams({ q: query })}`, base);
    entries.push(row(href, element("h2", {}, `All ${number(total)} results`)));
  }
  show(total ? counted(total, "paper") : `Nothing matches “${query.trim().slice(0, LONGEST)}”`, entries);
}

/** @param {Result} result */
function entry({ id, paper, title, snippet }) {
  const words = [...title, ...snippet].filter(([, isMarked]) => isMarked).map(([word]) => word.toLowerCase());
  const authors = (paper.authors ?? []).join(", ");
  return row(
    addressOf(id, [...new Set(words)].slice(0, MARKED), base),
    element("h2", { dir: "auto" }, paper.withdrawn && `[${paper.withdrawn}] `, marked(title)),
    authors && element("p", { dir: "auto" }, authors),
    snippet.length && element("p", { dir: "auto" }, marked(snippet)),
  );
}

/**
 * @param {URL} href
 * @param {(Child | Child[])[]} parts
 */
function row(href, ...parts) {
  const article = element("article", { class: "md-search-result__article md-typeset" }, ...parts);
  const link = element("a", { href, class: "md-search-result__link", tabindex: "-1" }, article);
  return element("li", { class: "md-search-result__item" }, link);
}

/**
 * @param {string} sentence
 * @param {HTMLElement[]} entries
 */
function show(sentence, entries = []) {
  const isLost = list.contains(document.activeElement);
  say(sentence);
  list.replaceChildren(...entries);
  if (isLost) field.focus();
}

/** @param {string} sentence */
function say(sentence) {
  if (said.textContent !== sentence) said.textContent = sentence;
}

/** @param {number} step to the entry to go to; from the last on to the field, and around. */
function move(step) {
  const stops = [field, ...list.querySelectorAll("a")];
  const at = stops.findIndex((stop) => stop.matches(":focus"));
  stops.at((Math.max(0, at) + step) % stops.length)?.focus();
}

for (const event of ["focus", "input"]) {
  field.addEventListener(event, () => {
    open(true);
    ask();
  });
}

form.addEventListener("reset", () => {
  setTimeout(() => {
    field.focus();
    ask();
  });
});

box.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget instanceof Node && !box.contains(relatedTarget)) open(false);
});

list.addEventListener("click", () => open(false));

box.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (key === "ArrowDown" || key === "ArrowUp") {
    move(key === "ArrowDown" ? +1 : -1);
  } else if (key === "Escape") {
    open(false);
    if (target instanceof HTMLElement) target.blur();
  } else {
    // What is typed goes into the field, wherever one is.
    if (target !== field && (key.length === 1 || key === "Backspace")) field.focus();
    return;
  }
  event.preventDefault();
});

if (document.activeElement === field) {
  open(true);
  ask();
}
