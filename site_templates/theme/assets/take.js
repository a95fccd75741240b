/* Buttons that make a file of the citations of many papers, from the papers' own pages. */

import { counted, element, number } from "./elements.js";

/** Papers in one file at most: each is a page to fetch. */
export const MOST = 500;

const NAMES = { bib: "BibTeX", ris: "RIS", "csl.json": "CSL-JSON" };
const PATIENCE = 200; // milliseconds before anything says that it is being worked on

/**
 * Buttons for these formats, and a line that says what became of them.
 *
 * @param {string[]} formats of `bib`, `ris` and `csl.json`.
 * @param {(told: function) => Promise<{ ids: string[], total: ?number }>} papers which papers, `MOST`
 *   at most, and how many there would be, where that is known; it may tell a sentence of progress.
 * @param {() => string} name of the file, without its ending.
 * @returns {{ buttons: HTMLElement[], line: HTMLElement }}
 */
export function taking(formats, papers, name) {
  const line = element("div", { class: "ps-taking", role: "status" });
  const buttons = formats.map((format) => {
    const button = element("button", { type: "button", "data-take": format }, NAMES[format]);
    button.addEventListener("click", () => new Taking(line, format, papers, name()).start());
    return button;
  });
  return { buttons, line };
}

/** Forget what a line says, of papers that are no longer shown. */
export function clear(line) {
  latest.delete(line);
  line.replaceChildren();
}

const latest = new WeakMap(); // of each line, what it is about: another click takes its place

/** One file in the making. */
class Taking {
  #line;
  #format;
  #papers;
  #name;
  #texts = new Map(); // of each id its citation; nothing where the paper is gone

  constructor(line, format, papers, name) {
    this.#line = line;
    this.#format = format;
    this.#papers = papers;
    this.#name = name;
  }

  async start() {
    latest.set(this.#line, this);
    this.#line.replaceChildren();
    let isQuick = true;
    let said = "Collecting citations …";
    const tell = (sentence) => {
      said = sentence;
      if (!isQuick && this.#isLatest) this.#say(said, this.#button("Cancel", () => clear(this.#line)));
    };
    const slow = setTimeout(() => {
      isQuick = false;
      tell(said);
    }, PATIENCE);
    try {
      await this.#collect(tell);
    } catch {
      this.#fail("The list of papers could not be loaded.");
    } finally {
      clearTimeout(slow);
    }
  }

  get #isLatest() {
    return latest.get(this.#line) === this;
  }

  async #collect(tell) {
    const [{ citation, download }, { each, Gone }, { base }] = await Promise.all([
      import("./citations.js"),
      import("./pages.js"),
      import("./keep.js"),
    ]);
    const { ids, total } = await this.#papers(tell);
    if (!this.#isLatest) return;
    const missing = ids.filter((id) => !this.#texts.has(id));
    const results = await each(
      missing,
      (id) => citation(id, this.#format, base),
      (done) => {
        tell(`Collecting citations: ${number(ids.length - missing.length + done)} of ${number(ids.length)}`);
        return this.#isLatest;
      },
    );
    if (!this.#isLatest) return;
    results.forEach(({ value, error }, at) => {
      if (!error || error instanceof Gone) this.#texts.set(missing[at], value ?? "");
    });
    const failed = ids.length - this.#texts.size;
    if (failed) return this.#fail(`${number(failed)} of ${counted(ids.length, "paper")} could not be loaded.`);
    const texts = ids.map((id) => this.#texts.get(id)).filter(Boolean);
    const gone = ids.length - texts.length;
    const without = gone ? ` ${number(gone)} ${gone === 1 ? "is" : "are"} no longer in the catalog.` : "";
    if (!texts.length) return this.#say(`There is nothing to export.${without}`);
    const file = download(this.#name, this.#format, texts);
    const of = total === undefined || total > ids.length ? ` of ${total ? number(total) : "more"}` : "";
    this.#say(`${of ? "The first " : ""}${counted(texts.length, "paper")}${of} in ${file}.${without}`);
  }

  #fail(message) {
    if (this.#isLatest) this.#say(message, this.#button("Try again", () => this.start()));
  }

  #say(message, button = null) {
    const focused = this.#line.contains(document.activeElement);
    const shown = this.#line.querySelector("span");
    const same = this.#line.querySelector("button");
    if (shown && button?.textContent === same?.textContent) {
      shown.textContent = message; // a button that is about to be pressed stays
      return;
    }
    this.#line.replaceChildren(element("span", {}, message), ...(button ? [" ", button] : []));
    if (focused) button?.focus();
  }

  #button(label, act) {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("click", act);
    return button;
  }
}
