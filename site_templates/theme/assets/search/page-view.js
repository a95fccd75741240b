/* What the results page is made of. All text of papers goes into text nodes, never into markup. */

import { counted, element, number } from "../elements.js";
import { FACETS } from "./state.js";

const SHOWN = 8; // values of a facet before "more"
/** @import { Child } from "../elements.js" */
/** @import { Failure, Result } from "./client.js" */
/** @import { Counts, Refinement, Value } from "./facets.js" */
/** @import { Paper } from "./packs.js" */
/** @import { Piece } from "./snippets.js" */

/** @typedef {Map<string, string>} Names of topics, by slug. */

/** @type {Record<string, string>} */
const LINKS = { code: "Code", model: "Model", pdf: "PDF" };

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** @param {Piece[]} segments of a text, with its matches marked. */
export const marked = (segments) => segments.map(([text, match]) => (match ? element("mark", {}, text) : text));

/**
 * Where a paper is; its page marks the words that led there.
 *
 * @param {string} id
 * @param {string[]} words
 * @param {URL} base of the site.
 */
export function addressOf(id, words, base) {
  const path = id.split("/").map(encodeURIComponent).join("/");
  const address = new URL(`papers/${path}/`, base);
  if (words.length) address.searchParams.set("h", words.join(" "));
  return address;
}

/**
 * One paper of the list, as in the other lists, with a snippet where its abstract would be.
 *
 * @param {Pick<Result, "id" | "paper"> & Partial<Result>} result
 * @param {string[]} words
 * @param {URL} base of the site.
 * @param {Names} names
 */
export function entry({ id, paper, title, snippet }, words, base, names) {
  const lead = snippet?.length ? marked(snippet) : [(paper.abstract ?? "").slice(0, 320)];
  return element(
    "li",
    { class: "ps-entry", "data-id": id },
    element(
      "h2",
      { dir: "auto" },
      element(
        "a",
        { href: addressOf(id, words, base) },
        title?.length ? marked(title) : (paper.plain_title ?? paper.title),
      ),
    ),
    paper.authors && element("p", { class: "ps-authors" }, people(paper)),
    meta(paper, base, names),
    lead[0] && element("p", { class: "ps-lead", dir: "auto" }, lead),
  );
}

/** @param {Paper} paper */
const people = ({ authors = [], more_authors: more }) => authors.join(", ") + (more ? ` + ${more}` : "");

/**
 * Date, venue, upvotes, topics and links, as far as known.
 *
 * @param {Paper} paper
 * @param {URL} base
 * @param {Names} names
 */
function meta(paper, base, names) {
  const { date } = paper;
  const time = date && element("time", { datetime: date }, day(date));
  /** @type {Child[]} */
  const parts = [
    // A withdrawn paper is in no list, so nothing leads to one.
    paper.withdrawn && element("span", { class: "ps-gone" }, paper.withdrawn),
    paper.withdrawn || !date ? time : element("a", { href: new URL(`days/${date}/`, base) }, time),
    paper.venue && element("span", { class: "ps-venue", dir: "auto" }, paper.venue),
    paper.upvotes && counted(paper.upvotes, "upvote"),
  ];
  for (const slug of paper.withdrawn ? [] : (paper.topics ?? [])) {
    const href = new URL(`topics/${encodeURIComponent(slug)}/`, base);
    parts.push(element("a", { href }, names.get(slug) ?? sentence(slug)));
  }
  for (const [kind, url] of Object.entries(paper.links ?? {})) {
    const word = LINKS[kind];
    if (word && isOnTheWeb(url)) parts.push(element("a", { href: url }, word));
  }
  const known = parts.filter((part) => part).map((part) => element("li", {}, part));
  return known.length && element("ul", { class: "ps-meta" }, known);
}

/** @param {string} slug whose name is not known: `speculative-decoding` is Speculative decoding. */
const sentence = (slug) => slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll("-", " ");

/** @param {string} url */
function isOnTheWeb(url) {
  try {
    return ["http:", "https:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

/** @param {string} date as 7 Aug 2025, Aug 2025 or 2025: as much as it says. */
function day(date) {
  const [year, month, ofMonth] = date.split("-");
  return [Number(ofMonth) || "", MONTHS[Number(month) - 1] ?? "", year].join(" ").trim();
}

/**
 * Links to the pages around this one.
 *
 * @param {number} page
 * @param {number} pages
 * @param {(page: number) => string} to the address of a page.
 * @returns {HTMLElement[]}
 */
export function pager(page, pages, to) {
  if (pages < 2) return [];
  /** @type {(n: number, text: string, rel?: string) => HTMLElement} */
  const link = (n, text, rel) => element("a", { href: to(n), rel, "aria-label": !rel && `Page ${number(n)}` }, text);
  const shown = [1, 2, 3, 4, 5].map((n) => page - 3 + n).filter((n) => n > 0 && n <= pages);
  return [
    page > 1 && page <= pages && link(page - 1, "‹ Previous", "prev"),
    shown[0] > 1 && link(1, "1"),
    shown[0] > 2 && element("span", {}, "…"),
    ...shown.map((n) => (n === page ? element("span", { "aria-current": "page" }, number(n)) : link(n, number(n)))),
    page < pages && link(page + 1, "Next ›", "next"),
  ].filter((part) => part instanceof HTMLElement);
}

/** @typedef {{ values: Value[], names: Set<string>, unfolded: boolean }} Group of boxes. */

/** The facets of one query: boxes to tick. While the query is the same, no row of them moves. */
export class Facets {
  #place;
  /** @type {string | null} */
  #query = null;
  /** @type {Map<string, Group>} by facet. */
  #groups = new Map();

  /** @param {HTMLElement} place */
  constructor(place) {
    this.#place = place;
  }

  /**
   * Show the values of an answer.
   *
   * @param {Counts} facets
   * @param {Refinement} chosen
   * @param {string} query
   * @param {string} clear the address without any of them.
   */
  show(facets, chosen, query, clear) {
    if (query !== this.#query) this.#groups.clear();
    this.#query = query;
    for (const key of Object.keys(FACETS)) this.#keep(key, facets[key] ?? []);
    const active = document.activeElement;
    const focused = active instanceof HTMLInputElement || active instanceof HTMLButtonElement ? active : null;
    const { name, value } = focused && this.#place.contains(focused) ? focused : { name: "", value: "" };
    const groups = [...this.#groups].filter(([, group]) => group.values.length);
    const any = Object.values(chosen).some((values) => values.length);
    this.#place.replaceChildren(
      ...groups.map(([key, group]) => this.#fieldset(key, group, chosen[key])),
      ...(any ? [element("a", { class: "ps-clear", href: clear }, "Clear filters")] : []),
    );
    if (name) this.#focus(name, value);
  }

  clear() {
    this.#groups.clear();
    this.#place.replaceChildren();
  }

  /**
   * @param {string} key
   * @param {Value[]} values
   */
  #keep(key, values) {
    const before = this.#groups.get(key);
    const now = new Map(values.map((one) => [one.value, one]));
    if (before && values.every((one) => before.names.has(one.value))) {
      before.values = before.values.map((one) => now.get(one.value) ?? { ...one, count: 0 });
    } else {
      const names = new Set(now.keys());
      this.#groups.set(key, { values, names, unfolded: before?.unfolded ?? false });
    }
  }

  /**
   * @param {string} key
   * @param {Group} group
   * @param {string[]} chosen
   * @returns {HTMLElement}
   */
  #fieldset(key, group, chosen) {
    const rest = group.values.filter((one, at) => at >= SHOWN && !chosen.includes(one.value));
    const shown = group.unfolded ? group.values : group.values.filter((one) => !rest.includes(one));
    const more = element(
      "button",
      { type: "button", name: key, value: "", "aria-expanded": String(group.unfolded) },
      group.unfolded ? "Fewer" : `${number(rest.length)} more`,
    );
    more.addEventListener("click", () => {
      group.unfolded = !group.unfolded;
      const fresh = this.#fieldset(key, group, chosen);
      more.closest("fieldset")?.replaceWith(fresh);
      fresh.querySelector("button")?.focus();
    });
    return element(
      "fieldset",
      {},
      element("legend", {}, FACETS[key]),
      element(
        "ul",
        {},
        shown.map((one) => row(key, one, chosen.includes(one.value))),
      ),
      rest.length && more,
    );
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  #focus(name, value) {
    /** @type {NodeListOf<HTMLInputElement | HTMLButtonElement>} */
    const controls = this.#place.querySelectorAll("input, button");
    const same = [...controls].find((control) => control.name === name && control.value === value);
    same?.focus({ preventScroll: true });
  }
}

/**
 * @param {string} key
 * @param {Value} value
 * @param {boolean} checked
 */
function row(key, { value, name, count }, checked) {
  const box = element("input", { type: "checkbox", name: key, autocomplete: "off" });
  box.value = value;
  box.checked = checked;
  return element(
    "li",
    {},
    element(
      "label",
      { class: !count && !checked && "ps-none-left" },
      box,
      element("span", { class: "ps-value", dir: "auto" }, name),
      " ",
      element("span", { class: "ps-number" }, number(count)),
    ),
  );
}

/** @type {Record<string, string>} */
const REASONS = {
  network: "The search could not be loaded. The connection may be broken.",
  missing:
    "The search could not be loaded: files are missing on this host, as while a site is being uploaded. Try again in a minute.",
  outdated: "The site has changed since this page was opened. Load the page again.",
  forbidden: "The browser does not let the search run here. Open this page in a tab of its own.",
  unsupported: "The search does not run in this browser. Open this page in a newer one.",
};

/** @param {Failure} error whether there may be an answer another time. */
export const isTemporary = ({ kind = "" }) => !["outdated", "forbidden", "unsupported"].includes(kind);

/** @param {Failure} error why there is no answer, and what to do, in a sentence or two. */
export function reason(error) {
  const known = REASONS[error.kind ?? ""];
  if (!known) console.error(error);
  return known ?? "The search failed. This is a mistake in Papershelf.";
}
