/* Buttons that make a file of the citations of many papers. */

import { counted, element, number } from "./elements.js";
import { base } from "./keep.js";

/** Papers in one file at most: each may lie in a pack of its own, which is to be fetched. */
export const MOST = 5000;

/** @import { Child } from "./elements.js" */

/**
 * Which papers, `MOST` at most, by ids or as a search found them, and how many there would be, where
 * that is known.
 *
 * @typedef {{ ids?: string[], places?: [pack: string, place: number][], total?: number }} Chosen
 *
 * Asked for papers, and whether the site was built anew meanwhile; it may tell a sentence of progress,
 * and is to stop where the answer is `false`.
 *
 * @typedef {(told: (sentence: string) => boolean | void, isFresh: boolean) => Promise<Chosen>} Papers
 */

const FORMATS = { bib: "BibTeX", ris: "RIS", "csl.json": "CSL-JSON" };
const PATIENCE = 200; // milliseconds before anything says that it is being worked on

/**
 * Buttons for the formats, and a line that says what became of them.
 *
 * @param {Papers} papers
 * @param {() => string} name of the file, without its ending.
 * @returns {{ buttons: HTMLElement[], line: HTMLElement }}
 */
export function taking(papers, name) {
  const line = element("div", { class: "ps-taking", role: "status" });
  const buttons = Object.entries(FORMATS).map(([format, title]) => {
    const button = element("button", { type: "button", "data-take": format }, title);
    button.addEventListener("click", () => new Taking(line, format, papers, name()).start());
    return button;
  });
  return { buttons, line };
}

/** @param {HTMLElement} line to forget what it says, of papers that are no longer shown. */
export function clear(line) {
  latest.delete(line);
  line.replaceChildren();
}

/** @type {WeakMap<HTMLElement, Taking>} */
const latest = new WeakMap(); // of each line, what it is about: another click takes its place

/** One file in the making. */
class Taking {
  #line;
  #format;
  #papers;
  #name;

  /**
   * @param {HTMLElement} line
   * @param {string} format
   * @param {Papers} papers
   * @param {string} name of the file, without its ending.
   */
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
    /** @param {string} sentence */
    const tell = (sentence) => {
      said = sentence;
      if (!isQuick && this.#isLatest)
        this.#say(
          said,
          this.#button("Cancel", () => clear(this.#line)),
        );
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

  /**
   * @param {(sentence: string) => void} tell
   * @returns {Promise<void>}
   */
  async #collect(tell, isFresh = false) {
    const [{ download }, { Lookup }] = await Promise.all([import("./citations.js"), import("./lookup.js")]);
    const { ids, places = [], total } = await this.#papers(tell, isFresh);
    if (!this.#isLatest) return;
    const { length } = ids ?? places;
    /** @param {number} done */
    const told = (done) => {
      tell(`Collecting citations: ${number(done)} of ${number(length)}`);
      return this.#isLatest;
    };
    const lookup = new Lookup();
    if (isFresh) lookup.forget();
    const found = await (ids ? lookup.cited(ids, this.#format, told) : lookup.citedAt(places, this.#format, told));
    if (!this.#isLatest) return;
    const errors = found.map(({ error }) => error).filter(Boolean);
    if (!isFresh && errors.some(({ kind }) => kind === "missing")) return this.#collect(tell, true);
    if (errors.length)
      return this.#fail(`${number(errors.length)} of ${counted(length, "paper")} could not be loaded.`);
    const texts = found.flatMap(({ value }) => value || []);
    const gone = length - texts.length;
    const without = gone ? ` ${number(gone)} ${gone === 1 ? "is" : "are"} no longer in the catalog.` : "";
    if (!texts.length) return this.#say(`There is nothing to export.${without}`);
    const file = download(this.#name, this.#format, texts);
    const isPart = total === undefined || total > length;
    const of = isPart ? ` of ${total ? number(total) : "more"}` : "";
    this.#say(
      `${isPart ? "The first " : ""}${counted(texts.length, "paper")}${of} in ${file}.${without}`,
      isPart ? all() : null,
    );
  }

  /** @param {string} message */
  #fail(message) {
    if (this.#isLatest)
      this.#say(
        message,
        this.#button("Try again", () => this.start()),
      );
  }

  /**
   * Say something; with a button, or a link, to go on.
   *
   * @param {string} message
   * @param {HTMLElement | null} button
   */
  #say(message, button = null) {
    const focused = this.#line.contains(document.activeElement);
    const shown = this.#line.querySelector("span");
    const same = this.#line.querySelector("a, button");
    if (shown && button?.textContent === same?.textContent) {
      shown.textContent = message; // a button that is about to be pressed stays
      return;
    }
    this.#line.replaceChildren(element("span", {}, message), ...(button ? [" ", button] : []));
    if (focused) button?.focus();
  }

  /**
   * @param {string} label
   * @param {() => void} act
   */
  #button(label, act) {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("click", act);
    return button;
  }
}

/** Where the citations of all papers are. */
const all = () => element("a", { href: new URL("downloads/", base) }, "All are among the downloads by year");
