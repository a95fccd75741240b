/* How to cite a paper: BibTeX is on its page, the other formats come when they are asked for. Beside
   each stands a button to copy it, and one to download what programs read. */

import { download, FORMATS } from "./citations.js";
import { copyButton } from "./copy.js";
import { element, find, idHere } from "./elements.js";

/** @type {Record<string, string>} */
const REFERENCES = { apa: "APA", ieee: "IEEE", acl: "ACL" };
const OTHERS = ["biblatex", "ris", "csl.json"];
const MOST_LINES = 30; // of a text that is shown at once: thousands may have signed

const cite = find(document, "#cite", HTMLDetailsElement);
const bibtex = find(cite, "[data-cite=bib]");
const key = /\{([^,]+),/.exec(bibtex.textContent)?.[1] ?? "paper";
const paper = idHere();
const line = element("p", { class: "ps-note", role: "status" });

const references = Object.entries(REFERENCES).map(([format, name]) => place(format, name, "p"));
const others = OTHERS.map((format) => place(format, FORMATS[format].name, "pre"));
bibtex.before(...references);
bibtex.after(line, ...others);
dress(bibtex, `${find(bibtex, "pre").textContent.trim()}\n`);
load();

/**
 * Where a format will stand.
 *
 * @param {string} format
 * @param {string} name
 * @param {"p" | "pre"} tag
 */
function place(format, name, tag) {
  return element("div", { "data-cite": format, "aria-busy": "true" }, element("h2", {}, name), element(tag));
}

async function load() {
  const all = [...references, ...others];
  show(all, true);
  try {
    const { Lookup } = await import("./lookup.js");
    const citations = await new Lookup().citations(paper);
    if (!citations) throw new Error(`${paper} is not in the index.`);
    for (const part of all) fill(part, citations[part.dataset.cite ?? ""]);
  } catch {
    show(all, false);
    const again = element("button", { type: "button" }, "Try again");
    again.addEventListener("click", load);
    line.replaceChildren("The other formats could not be loaded. ", again);
  }
}

/**
 * @param {HTMLElement[]} parts
 * @param {boolean} areShown
 */
function show(parts, areShown) {
  const isFocused = line.contains(document.activeElement);
  line.replaceChildren();
  for (const part of parts) part.hidden = !areShown;
  if (isFocused) find(cite, "summary").focus();
}

/**
 * @param {HTMLElement} part
 * @param {string} text
 */
function fill(part, text) {
  const source = find(part, "p, pre");
  if (source.tagName === "P") source.replaceChildren(...reference(text));
  else source.textContent = text.replace(/\n$/, "");
  if (lines(text) > MOST_LINES) source.tabIndex = 0; // it is scrolled in
  part.removeAttribute("aria-busy");
  dress(part, text);
}

/** @param {string} text that takes about so many lines. */
const lines = (text) => text.split("\n").reduce((sum, line) => sum + Math.ceil(line.length / 80), 0);

/**
 * Give a format its buttons.
 *
 * @param {HTMLElement} part
 * @param {string} text
 */
function dress(part, text) {
  const format = part.dataset.cite ?? "";
  const heading = find(part, "h2");
  const name = heading.textContent;
  const buttons = [copyButton(() => find(part, "pre, p"), "Copy", name)];
  if (FORMATS[format]) {
    const button = element(
      "button",
      { type: "button" },
      "Download",
      element("span", { class: "ps-unseen" }, ` ${name}`),
    );
    button.addEventListener("click", () => download(key, format, [text]));
    buttons.push(button);
  }
  heading.after(element("div", { class: "ps-buttons" }, buttons));
}

const MATHML = "http://www.w3.org/1998/Math/MathML";

/** @param {string} html of a reference; of its nodes there are italics, formulas and text, all else becomes text. */
function reference(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const one of body.querySelectorAll("*")) {
    const isFormula = one.namespaceURI === MATHML;
    if (!isFormula && one.tagName !== "I") one.replaceWith(one.textContent);
    for (const { name, value } of [...one.attributes]) {
      // A word, a length or a type: no address and no code.
      if (!isFormula || /^on|href|src|style/i.test(name) || !/^[\w\s.%+/-]*$/.test(value)) one.removeAttribute(name);
    }
  }
  return document.importNode(body, true).childNodes;
}

cite.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !cite.open) return;
  cite.open = false;
  find(cite, "summary").focus();
  event.stopPropagation();
});
